package issue

// The papers of an issue: the plan of a research and, once it is reported, its report; the yearly review. Figures are
// looked up when a paper is written, and each says how far it is proven. The list of all issues is web_list.go's.

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
)

// Papers of an issue.
const (
	PaperResearch = "research" // 调研方案, 调研报告
	PaperReview   = "review"   // 年度评议
)

// paper is one being written.
type paper struct {
	Issue
	tx     *db.Tx
	by     auth.User
	d      document.Document
	parts  int
	n      int // figures
	signed int
}

// Paper writes a paper of an issue that by may see; n is which research, from 0.
func Paper(tx *db.Tx, by auth.User, id, kind string, n int) (d document.Document, err error) {
	i, err := Read(tx, by, id)
	if err != nil {
		return d, err
	}
	p := paper{Issue: i, tx: tx, by: by}
	p.d.Date = document.Day(tx.Today())
	if p.d.Issuer, err = p.unit(i.Unit); err != nil {
		return d, err
	}
	switch {
	case kind == PaperReview:
		err = p.review()
	case n < 0 || n >= len(i.Researches):
		err = errs.Missingf("没有找到这项联合调研。")
	default:
		err = p.research(n, i.Researches[n])
	}
	if p.n > 0 {
		p.d.Note = fmt.Sprintf("本件共%d项数据，%d项已双签字。", p.n, p.signed)
	}
	return p.d, err
}

func (p *paper) unit(code string) (string, error) {
	if code == "" {
		return "", nil
	}
	u, err := network.UnitByCode(p.tx, code)
	return u.Name, err
}

func (p *paper) units(codes []string) (string, error) {
	var all []string
	for _, code := range codes {
		name, err := p.unit(code)
		if err != nil {
			return "", err
		}
		all = append(all, name)
	}
	return strings.Join(all, "、"), nil
}

// part begins a part of the paper, numbered as the standard has it.
func (p *paper) part(title string) {
	p.parts++
	p.d.Blocks = append(p.d.Blocks, document.Heading{Level: 1, Text: document.Numeral(p.parts) + "、" + title})
}

// say adds paragraphs of what is known.
func (p *paper) say(texts ...string) {
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			p.d.Blocks = append(p.d.Blocks, document.Text(text))
		}
	}
}

// sentence ends with one full stop, whatever was typed.
func sentence(text string) string {
	if strings.HasSuffix(text, "。") || strings.HasSuffix(text, "。（模拟）") {
		return text
	}
	return text + "。"
}

func (p *paper) labelled(label, text string) {
	if text != "" {
		p.say(label + "：" + sentence(text))
	}
}

// research is the plan of a research, or its report once there is one.
func (p *paper) research(at int, r Research) error {
	p.d.Title = "关于" + p.Title + "的\n联合调研方案"
	if r.Report != "" {
		p.d.Title = "关于" + p.Title + "的\n联合调研报告"
	}
	head, err := p.unit(r.Head)
	if err != nil {
		return err
	}
	team, err := p.units(r.Team)
	if err != nil {
		return err
	}
	p.part("调研安排")
	p.labelled("题目", r.Title)
	p.labelled("组长单位", head)
	p.labelled("组员单位", team)
	p.labelled("专家和研究基地", strings.Join(r.Others, "、"))
	p.labelled("方法", strings.TrimRight(r.Methods, "。"))
	if len(r.Sites) > 0 {
		p.labelled(fmt.Sprintf("点位（候选%d个，抽取%d个）", len(r.Sites), len(r.Drawn)),
			strings.Join(r.Drawn, "、"))
		p.d.Blocks = append(p.d.Blocks, document.Pair{Left: "　　抽签种子：" + r.Seed + "。"})
	}
	p.part("要弄清的问题")
	p.numbered(r.Questions)
	p.part("现状")
	if err := p.standing(); err != nil {
		return err
	}
	if r.Report == "" {
		return nil
	}
	p.say(r.Report)
	for _, f := range r.Figures {
		value := "暂无数据"
		if f.Value != "" {
			value = f.Value + "（" + string(progress.Status(f.Status).Words()) + "）"
			if p.n++; progress.Status(f.Status) == progress.Proven {
				p.signed++
			}
		}
		area, err := network.NewestArea(p.tx, f.Area)
		if err != nil {
			return err
		}
		p.say(area.Name + f.Year + "年" + f.Name + "：" + value + "。")
	}
	p.part("原因")
	var why []string
	for _, c := range r.why() {
		why = append(why, c.said())
	}
	p.numbered(why)
	p.part("建议")
	rows := document.Table{Columns: []document.Column{{Head: "序号", Width: 2}, {Head: "建议", Width: 7},
		{Head: "类别", Width: 2}, {Head: "交办单位", Width: 4}, {Head: "去向", Width: 6}}}
	for n, a := range r.Advice {
		to, err := p.unit(a.To)
		if err != nil {
			return err
		}
		became := ""
		if a.Matter != "" {
			became = "已转为督办"
		}
		for _, act := range p.became(at, n) {
			became = strings.Trim(became+"\n"+document.Day(act.On)+act.Text, "\n")
		}
		rows.Rows = append(rows.Rows, document.Row(strconv.Itoa(n+1), a.Text, string(word(adviceKinds, a.Kind)), to,
			cmp.Or(became, "尚未落实")))
	}
	p.d.Blocks = append(p.d.Blocks, rows)
	if r.Second != "" {
		second, err := p.unit(r.SecondUnit)
		if err != nil {
			return err
		}
		p.part("第二单位评议")
		p.say(second + "：" + r.Second)
	}
	return nil
}

// review is how the issue stands, what was done, and what each year's review said.
func (p *paper) review() error {
	p.d.Title = p.Title + "\n年度评议"
	lead, err := p.unit(p.Lead)
	if err != nil {
		return err
	}
	if !p.led() {
		lead = ""
	}
	beside, err := p.units(p.Supporting)
	if err != nil {
		return err
	}
	var why []string
	for _, code := range p.Why {
		why = append(why, string(word(whys, code)))
	}
	p.part("问题")
	p.labelled("编号", p.Number)
	p.labelled("牵头单位", lead)
	p.labelled("配合单位", beside)
	p.labelled("为什么难", strings.Join(why, "、"))
	p.say(p.WhyText)
	p.part("指标")
	if err := p.standing(); err != nil {
		return err
	}
	p.part("举措")
	if len(p.Acts) == 0 {
		p.say("还没有举措。")
	} else {
		rows := document.Table{Columns: []document.Column{{Head: "日期", Width: 2}, {Head: "类别", Width: 2},
			{Head: "内容", Width: 7}}}
		for _, a := range p.Acts {
			rows.Rows = append(rows.Rows, document.Row(a.On, string(word(actKinds, a.Kind)), a.Text))
		}
		p.d.Blocks = append(p.d.Blocks, rows)
	}
	p.part("评议")
	if len(p.Reviews) == 0 {
		p.say("还没有年度评议。")
	}
	for _, y := range p.yearly() {
		if y.Goal != "" {
			p.say(y.Year.Year + "年目标：" + y.Goal + "。措施：" + strings.Join(y.Measures, "；") + "。")
		}
		if v := y.review; v.Verdict != "" {
			p.say(fmt.Sprintf("%s年：%s。%s", v.Year, word(verdicts, v.Verdict), v.Words), v.Values)
		}
	}
	return nil
}

func (p *paper) numbered(texts []string) {
	for n, text := range texts {
		p.say(fmt.Sprintf("%d．%s", n+1, text))
	}
}

// standing is each indicator year by year beside its target, and what the areas below make of what is missing.
func (p *paper) standing() error {
	stood, err := p.stand(p.tx)
	if err != nil {
		return err
	}
	if len(stood) == 0 {
		p.labelled("怎样看出缓解", p.Relief)
	}
	area, err := network.AreaByID(p.tx, p.AreaID)
	if err != nil {
		return err
	}
	for _, l := range stood {
		if len(l.Series) == 0 {
			p.say(l.Indicator.Name + "：暂无数据。")
			continue
		}
		rows := document.Table{Caption: l.Indicator.Name + "（" + l.Indicator.Unit + "）", Columns: []document.Column{
			{Head: "年份"}, {Head: "数值", Align: document.Right}, {Head: "目标", Align: document.Right},
			{Head: "依据"}}}
		for _, v := range l.Series {
			if p.n++; v.Status == progress.Proven {
				p.signed++
			}
			rows.Rows = append(rows.Rows, document.Row(v.Period.String(), v.Plain(), l.Target.Value,
				string(v.Status.Words())))
		}
		p.d.Blocks = append(p.d.Blocks, rows)
		shares, err := l.shares(p.tx, p.by, area)
		if err != nil {
			return err
		}
		if len(shares) == 0 {
			continue
		}
		gap := document.Table{Caption: "各地区占差距的比重（不是排名）", Columns: []document.Column{{Head: "地区"},
			{Head: "数值", Align: document.Right}, {Head: "差多少", Align: document.Right},
			{Head: "占差距", Align: document.Right}}}
		for _, s := range shares {
			gap.Rows = append(gap.Rows, document.Row(s.Name, s.Value, s.Gap, s.Share+"%"))
		}
		p.d.Blocks = append(p.d.Blocks, gap)
	}
	return nil
}
