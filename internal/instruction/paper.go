package instruction

// 批示办理情况报告: the words as they stand, what was done, what came of it, as a paper for the leader.

import (
	"cmp"
	"fmt"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
)

// Paper writes the report on an instruction that was written. A unit that it names reads there of its own matters.
func Paper(tx *db.Tx, by auth.User, i Instruction) (name string, d document.Document, err error) {
	if i.WrittenOn == "" {
		return "", d, errs.Missingf("领导还没有批示，没有办理情况可以报告。")
	}
	office, err := network.UnitByCode(tx, i.Office)
	if err != nil {
		return "", d, err
	}
	d = document.Document{Title: "关于“" + i.Title + "”批示办理情况的报告", Recipient: i.Leader, Issuer: office.Name,
		Date: document.Day(tx.Today())}
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
	add("一、批示原文", words, fmt.Sprintf("%s，%s。", i.Leader, document.Day(i.WrittenOn)))
	course, result := "由办公室办理，没有另立督办。", i.Report
	switch {
	case !i.Kind.Asks():
		course, result = "领导"+string(i.Kind.Words())+"，不要求办理。", cmp.Or(result, "没有要报告的结果。")
	case result == "":
		course, result = "还没有立为督办。", "正在办理，还没有报告。"
	}
	if !by.Sees(i.Unit, i.AreaPath) {
		course = "本单位没有由此承办的督办事项。"
	}
	from, err := matter.SeenBySource(tx, by, i.Object())
	if err != nil {
		return "", d, err
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
	return d.Title, d, nil
}
