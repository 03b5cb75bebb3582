package evaluation

// Papers of a round as official documents: the scheme, a participant's self-evaluation report with its signed table.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/request"
	"yipanqi/internal/sign"
)

// SchemePaper is the scheme as it stands, or as an edition has it.
func SchemePaper(tx *db.Tx, r Round) (d document.Document, err error) {
	names, err := called(tx)
	if err != nil {
		return d, err
	}
	d = document.Document{Title: r.Title + "工作方案"}
	for n, p := range schemeParts {
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: document.Numeral(n+1) + "、" + string(p.Word)})
		told, err := r.told(tx, p.Code, names)
		if err != nil {
			return d, err
		}
		d.Blocks = append(d.Blocks, told...)
		d.Blocks = append(d.Blocks, paragraphs(r.Scheme[p.Code])...)
	}
	return d, nil
}

// told is what the round itself says of a part.
func (r Round) told(tx *db.Tx, part string, names func(string) string) (blocks []document.Block, err error) {
	switch part {
	case "scope":
		var plans, who []string
		for _, code := range r.Plans {
			p, err := plan.ByCode(tx, code)
			if err != nil {
				return nil, err
			}
			plans = append(plans, "《"+p.Name+"》")
		}
		for _, p := range r.Participants {
			name := names(p.Unit)
			if p.Area != "" {
				area, err := network.AreaByCode(tx, p.Area, "")
				if err != nil {
					return nil, err
				}
				name = area.Name
			}
			who = append(who, name)
		}
		return []document.Block{document.Text("评估" + strings.Join(plans, "") + r.From + "年至" + r.Until +
			"年的实施情况。数据截止日：" + document.Day(r.CutoffOn) + "。"),
			document.Text("参加：" + strings.Join(who, "、") + "。")}, nil
	case "purpose":
		plan := "督查检查考核计划：" + r.InspectionPlan + "。"
		if r.InspectionPlan == "" {
			plan = "未列入督查检查考核计划，无编号。"
		}
		blocks = append(blocks, document.Text("依据："+r.Basis+"。性质："+string(word(natures, r.LegalNature))+
			"。"+plan))
		for _, f := range r.Papers {
			blocks = append(blocks, document.Text("依据文件："+f.Name+"。"),
				document.Text("原件摘要（SM3）："+strings.Join(eights(f.Digest), " ")))
		}
		return blocks, nil
	case "steps":
		t := document.Table{Columns: []document.Column{{Head: "阶段", Width: 3}, {Head: "起止", Width: 4},
			{Head: "负责", Width: 4}}}
		for _, s := range r.Stages {
			title := s.Title
			if s.Kind == Panel {
				title += "（专家不少于" + strconv.Itoa(s.experts()) + "人）"
			}
			t.Rows = append(t.Rows, document.Row(title, s.span(),
				names(s.Lead)))
		}
		return []document.Block{t}, nil
	case "organisation":
		for _, s := range r.Leading {
			blocks = append(blocks, document.Text(string(word(seats, s.Seat))+"："+names(s.Unit)+s.Post+"。"))
		}
	}
	return blocks, nil
}

// eights are a digest in pieces that a line can be broken between.
func eights(digest string) (all []string) {
	for piece := range slices.Chunk([]byte(digest), 8) {
		all = append(all, string(piece))
	}
	return all
}

func paragraphs(text string) (all []document.Block) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, document.Text(line))
		}
	}
	return all
}

func called(tx *db.Tx) (func(code string) string, error) {
	units, err := network.AllUnits(tx)
	by := map[string]string{}
	for _, u := range units {
		by[u.Code] = u.Name
	}
	return func(code string) string { return by[code] }, err
}

// ReportPaper is the self-evaluation report of a participant: what it answered, and the table that two signed.
func ReportPaper(tx *db.Tx, r Round, p Participant, issuer sign.PublicKey) (d document.Document, err error) {
	names, err := called(tx)
	if err != nil {
		return d, err
	}
	name := names(p.Unit)
	d = document.Document{Title: name + "\n关于" + r.Title + "的自评报告", Issuer: name}
	answers, asked, err := r.answers(tx)
	if err != nil {
		return d, err
	}
	given, err := handedIn(tx, asked, answers[p.Unit])
	if err != nil {
		return d, err
	}
	w, err := sheetOf(tx, r, p)
	if err != nil {
		return d, err
	}
	table, note, err := w.laid(tx, issuer)
	if err != nil {
		return d, err
	}
	for n, q := range asked.For(p.Unit) {
		if q.Kind != request.Text {
			continue
		}
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: document.Numeral(n+1) + "、" + q.Text})
		switch g := given[q.Number]; {
		case g.Text != "":
			d.Blocks = append(d.Blocks, paragraphs(g.Text)...)
		case g.None != "":
			d.Blocks = append(d.Blocks, document.Text("无此项："+g.None))
		default:
			d.Blocks = append(d.Blocks, document.Text("（尚未答复）"))
		}
	}
	d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: "附：数据表（截至" + document.Day(r.CutoffOn) +
		"）"}, table)
	by, err := r.typed(tx)
	if err != nil {
		return d, err
	}
	if some := by[p.Unit]; len(some) > 0 {
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: "附：没有引用数据的数"},
			document.Text("下列数由本单位手工填写，没有引用数据，没有双签字："))
		for n, t := range some {
			d.Blocks = append(d.Blocks, document.Text(strconv.Itoa(n+1)+". "+t.Text+"（"+typedText(t)+"）"))
		}
	}
	d.Note = note
	return d, nil
}

// handedIn is what an answer says, as it was handed in: nothing of what is only written or prepared.
func handedIn(tx *db.Tx, asked request.Request, a request.Answer) (request.Content, error) {
	given, err := request.HandedIn(tx, asked.ID)
	if v := given[a.Asked]; err == nil && v.ID != "" {
		return v.Content()
	}
	return nil, err
}

// laid is the sheet as a table, with who signed it.
func (w whose) laid(tx *db.Tx, issuer sign.PublicKey) (t document.Table, note string, err error) {
	t = document.Table{Small: true, Columns: []document.Column{{Head: "指标", Width: 5}, {Head: "基期", Width: 2,
		Align: document.Right}, {Head: "目标", Width: 4, Align: document.Right}, {Head: "数值", Width: 2,
		Align: document.Right}, {Head: "变化", Width: 2, Align: document.Right}, {Head: "数据状态", Width: 2},
		{Head: "分类", Width: 3}}}
	if w.State == SheetOpen {
		t.Rows = append(t.Rows, document.Row("数据表还没有定稿", "", "", "", "", "", ""))
		return t, "", nil
	}
	c, err := w.content()
	if err != nil {
		return t, "", err
	}
	for _, l := range c.Lines {
		status := ""
		if l.Status != "" {
			status = string(progress.Status(l.Status).Words())
		}
		class := string(word(classes, l.Class))
		if l.Reason != "" {
			class += "（系统判定" + string(word(classes, l.Computed)) + "；" + l.Reason + "）"
		}
		t.Rows = append(t.Rows, document.Row(l.Name, l.Base, l.Target, l.Value+unitOf(l), l.Change, status, class))
	}
	note = "数据表" + c.Counted.Figures + "项数据，" + c.Counted.Signed + "项已双签字。"
	for _, g := range w.Signatures {
		held := "签名有效"
		if !g.Holds(w.Frozen, issuer) {
			held = "签名无效"
		}
		note += string(signatureRole(g.Role)) + "：" + g.Person + "（" + g.Unit + g.Post + "），" + held + "。"
	}
	return t, note + "摘要（SM3）：" + strings.Join(eights(w.Digest), " ") + "。", nil
}

func unitOf(l sheetLine) string {
	if l.Value == "" {
		return ""
	}
	return l.Unit
}

// noticeText is the body of the notice of a round 评估工作通知: why, whom, when, what is asked.
func (r Round) noticeText(tx *db.Tx) (string, error) {
	names, err := called(tx)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("一、目的\n" + r.Scheme["purpose"] + "\n依据：" + r.Basis + "。\n二、范围\n评估" + r.From +
		"年至" + r.Until +
		"年的实施情况，数据截至" + document.Day(r.CutoffOn) + "。" + r.Scheme["scope"] + "\n三、安排\n")
	for n, s := range r.Stages {
		b.WriteString(strconv.Itoa(n+1) + ". " + s.Title + "：" + s.span() + "，" + names(s.Lead) + "负责。\n")
	}
	b.WriteString("四、要求\n" + r.Scheme["demands"] + "\n评估工作方案、自评提纲和数据表在系统的评估页上。")
	return b.String(), nil
}

// span is when a stage is, its day once if it is one.
func (s Stage) span() string {
	if s.From == s.Until {
		return document.Day(s.From)
	}
	return document.Day(s.From) + "至" + document.Day(s.Until)
}
