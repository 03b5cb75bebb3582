package instruction

// 批示办理情况报告: the words as they stand, what was done, what came of it, as a paper for the leader.

import (
	"bytes"
	"fmt"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
)

// Paper writes the report on an instruction that was written.
func Paper(tx *db.Tx, i Instruction) (name string, body []byte, err error) {
	if i.WrittenOn == "" {
		return "", nil, errs.Missingf("领导还没有批示，没有办理情况可以报告。")
	}
	office, err := network.UnitByCode(tx, i.Office)
	if err != nil {
		return "", nil, err
	}
	d := document.Document{Title: "关于“" + i.Title + "”批示办理情况的报告", Recipient: i.Leader, Issuer: office.Name,
		Date: dated(tx.Today())}
	sample, err := setting.IsSample(tx)
	if err != nil {
		return "", nil, err
	}
	if sample {
		d.Sample = "演示样稿"
	}
	add := func(title string, texts ...string) {
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: title})
		for _, text := range texts {
			for _, line := range paragraphs(text) {
				d.Blocks = append(d.Blocks, document.Text(line))
			}
		}
	}
	words := i.Text
	if words == "" {
		words = string(i.Kind.Words())
	}
	add("一、批示原文", words, fmt.Sprintf("%s，%s。", i.Leader, dated(i.WrittenOn)))
	course, result := "由办公室办理，没有另立督办。", i.Report
	if result == "" {
		result = "正在办理，还没有报告。"
	}
	from, err := matter.BySource(tx, i.Object())
	if err != nil {
		return "", nil, err
	}
	for n, m := range from {
		if n == 0 {
			course = ""
		}
		closed, of := m.Counted()
		course += fmt.Sprintf("%s：%d项中%d项已销号。\n", m.Called(), of, closed)
	}
	add("二、办理情况", course)
	add("三、结果", result)
	add("四、后续", string(i.State.Words())+"。")
	var b bytes.Buffer
	err = document.Write(&b, d)
	return "批示办理情况报告 " + i.ID + ".docx", b.Bytes(), err
}

func dated(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return at.Format("2006年1月2日")
}
