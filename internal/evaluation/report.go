package evaluation

// The evaluation report, put together from what the round holds: figures by reference, areas side by side, every voice
// that differs, recommendations with their answers. It goes out as a letter of its own kind, which counts its figures,
// lists those that two have not signed, and waits for remarks that must be answered.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
	"yipanqi/internal/supervision"
)

// written is a part of the report, and the page where what it is made of is put right.
type written struct{ title, text, url string }

// reportParts are the parts of the report in their order.
func (r Round) reportParts(tx *db.Tx) (all []written, err error) {
	lines, err := r.own(tx)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		title, url string
		write      func(*db.Tx, *strings.Builder) error
	}{
		{"一、评估概况", r.URL() + "/scheme", r.survey},
		{"二、总体完成情况", r.URL(), func(_ *db.Tx, b *strings.Builder) error { overall(lines, b); return nil }},
		{"三、分领域情况", r.URL(), func(tx *db.Tx, b *strings.Builder) error { return r.byDomain(tx, lines, b) }},
		{"四、经验做法", "/supervision?about=" + r.Object(), r.practices},
		{"五、问题和原因", r.URL() + "#recommendations", r.problems},
		{"六、对策建议", r.URL() + "#recommendations", r.advised},
		{"附：分区表", r.URL(), r.byArea},
		{"附：自评中手工填写的数", r.URL() + "#parts", r.byHand},
		{"附：意见采纳表", "/opinions?document=" + r.Object(), r.remarked},
		{"附：不同意见", r.URL() + "/comparison", r.apart},
	} {
		var b strings.Builder
		if err := part.write(tx, &b); err != nil {
			return nil, err
		}
		if b.Len() > 0 {
			all = append(all, written{part.title, part.title + "\n" + b.String(), part.url})
		}
	}
	return all, nil
}

// reportText is the body of the report. One that is too long for a letter is refused with its longest part.
func (r Round) reportText(tx *db.Tx) (string, error) {
	all, err := r.reportParts(tx)
	if err != nil {
		return "", err
	}
	text, longest := "", written{}
	for _, p := range all {
		if text += p.text; utf8.RuneCountInString(p.text) > utf8.RuneCountInString(longest.text) {
			longest = p
		}
	}
	if most := letter.MostBody(letter.KindReport); longer(text, most) {
		return "", errs.Fields{"report": say.New("正文有%d个字，最多%d个字。最长的是“%s”，%d个字：请先精简它的材料。",
			utf8.RuneCountInString(text), most, longest.title, utf8.RuneCountInString(longest.text)),
			"report_at": say.New("%s", longest.url)}.Check("没有起草评估报告：正文太长。")
	}
	return text, nil
}

// survey is part one: grounds, scope, methods, cutoff, quality of the figures.
func (r Round) survey(tx *db.Tx, b *strings.Builder) error {
	fmt.Fprintf(b, "依据：%s。\n", r.Basis)
	for _, text := range []string{r.Scheme["scope"], r.Scheme["methods"]} {
		if text != "" {
			b.WriteString(text + "\n")
		}
	}
	b.WriteString("数据截至" + document.Day(r.CutoffOn) + "；各参加单位的数据表由统计员和负责人共同签字。文中数据均从系统引用，未双签字的逐项列出。\n")
	return nil
}

// own are the lines of the organiser's area, as known on the cutoff day.
func (r Round) own(tx *db.Tx) ([]Line, error) {
	all, err := r.places(tx)
	if err != nil {
		return nil, err
	}
	area, err := network.AreaByID(tx, r.AreaID)
	if err != nil {
		return nil, err
	}
	return r.stand(tx, area, all)
}

// overall is part two: which indicators are of which class.
func overall(lines []Line, b *strings.Builder) {
	b.WriteString("表：按达标分类汇总\n| 分类 | 指标 |\n")
	for _, c := range classes {
		var names []string
		for _, l := range lines {
			if l.Class == c.Code {
				names = append(names, l.Name)
			}
		}
		if len(names) > 0 {
			b.WriteString(row(string(c.Word), strings.Join(names, "、")))
		}
	}
}

// row is a line of a table as a letter has it.
func row(cells ...string) string {
	for i, text := range cells {
		cells[i] = strings.NewReplacer("|", "｜", "\n", " ").Replace(text)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// byDomain is part three: for each domain of each plan its goals with their indicators, what the plan asks, the figure
// and the class.
func (r Round) byDomain(tx *db.Tx, lines []Line, b *strings.Builder) error {
	n := 0
	for _, code := range r.Plans {
		domains, err := plan.Domains(tx, code)
		if err != nil {
			return err
		}
		goals, err := plan.Goals(tx, code)
		if err != nil {
			return err
		}
		text := map[string]string{}
		for _, g := range goals {
			text[code+"/"+g.Code] = say.Title(g.Text, mostGoal)
		}
		for _, d := range domains {
			some := slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return l.Domain != code+"/"+d.Code })
			if len(some) == 0 {
				continue
			}
			n++
			b.WriteString("（" + document.Numeral(n) + "）" + d.Name + "\n| 规划目标 | 指标 | 目标值 | 数值 | 分类 |\n")
			said := ""
			for _, l := range some {
				goal := text[l.Goal]
				if goal == said {
					goal = "同上"
				}
				said = text[l.Goal]
				b.WriteString(row(goal, l.Name, r.asks(l), figured(l), string(word(classes, l.Class))))
			}
		}
	}
	return nil
}

// mostGoal is how many characters of a goal's text stand in the table.
const mostGoal = 40

// asks is what the plan asks of a line, as a reference.
func (r Round) asks(l Line) string {
	if l.Target == "" {
		return blank
	}
	return "{{target " + l.Indicator + " year=" + r.Until + "}}"
}

// blank stands in a table for what there is not.
const blank = "—"

// figured is a line's figure as a reference; one of an earlier year says so.
func figured(l Line) string {
	if l.Value == "" {
		return blank
	}
	return "{{figure " + l.Indicator + " year=" + l.Period + "}}"
}

// ToWrite stands in the report where somebody has to write first; it is not issued with it.
const ToWrite = "（由起草人根据自评、第三方和督导的材料写）"

// practice is the kind of finding that others can learn from.
const practice = "practice"

// practices are part four: what areas were told that others can learn from.
func (r Round) practices(tx *db.Tx, b *strings.Builder) error {
	told, err := supervision.ToldOf(tx, r.Object())
	if err != nil {
		return err
	}
	n := 0
	for _, f := range told {
		if f.Kind != practice {
			continue
		}
		area, err := network.AreaByID(tx, f.AreaID)
		if err != nil {
			return err
		}
		n++
		b.WriteString("（" + document.Numeral(n) + "）" + area.Name + "：" + strings.TrimRight(f.Text, "。") + "。\n")
	}
	if n == 0 {
		b.WriteString(ToWrite + "\n")
	}
	return nil
}

// problems are part five: what the recommendations are aimed at.
func (r Round) problems(tx *db.Tx, b *strings.Builder) error {
	advice, err := RecommendationsOf(tx, r.ID)
	var found []string
	for _, c := range advice {
		for _, f := range c.Findings {
			if c.State != TakenBack && !slices.Contains(found, f) {
				found = append(found, f)
			}
		}
	}
	for n, f := range found {
		b.WriteString("（" + document.Numeral(n+1) + "）" + strings.TrimRight(f, "。") + "。\n")
	}
	if len(found) == 0 && err == nil {
		b.WriteString(ToWrite + "\n")
	}
	return err
}

// advised is part six: recommendations one by one, with what was answered.
func (r Round) advised(tx *db.Tx, b *strings.Builder) error {
	names, err := called(tx)
	if err != nil {
		return err
	}
	advice, err := RecommendationsOf(tx, r.ID)
	for n, c := range advice {
		if c.State == TakenBack {
			continue
		}
		fmt.Fprintf(b, "（%s）%s。责任单位：%s；做什么：%s；何时：%s前；回应：%s", document.Numeral(n+1), strings.TrimRight(c.Text, "。"),
			names(c.Unit), strings.TrimRight(c.What, "。"), document.Day(c.DueOn), c.State.Words())
		if c.Reason != "" {
			b.WriteString("（" + strings.TrimRight(c.Reason, "。") + "）")
		}
		b.WriteString("。\n")
	}
	return err
}

// mostTables bounds the annex of areas: what an area is asked beyond it stands in its own sheet.
const mostTables = 4

// byArea is the annex of areas side by side, each table with its chart.
func (r Round) byArea(tx *db.Tx, b *strings.Builder) error {
	areas := r.Areas()
	if len(areas) == 0 {
		return nil
	}
	codes, err := r.shared(tx, areas)
	for n, some := range slices.Collect(slices.Chunk(codes, mostColumns)) {
		if n < mostTables {
			fmt.Fprintf(b, "图：各地区对照（%s）\n{{table %s year=%s}}\n", document.Numeral(n+1), strings.Join(some, ","),
				r.Until)
		}
	}
	return err
}

// apart are the differences that are left, with what everybody says.
func (r Round) apart(tx *db.Tx, b *strings.Builder) error {
	all, err := r.Differences(tx)
	if err != nil {
		return err
	}
	names, err := called(tx)
	for _, c := range all {
		b.WriteString(names(c.Unit) + "“" + c.Name + "”：" + c.sayings() + "。\n")
	}
	return err
}

const mostColumns = 4

// shared are the indicators that most areas that take part have a figure of, so that a table of them is full.
func (r Round) shared(tx *db.Tx, areas []string) (codes []string, err error) {
	answering := []string{}
	for _, p := range r.Participants {
		if p.Area != "" {
			answering = append(answering, p.Unit)
		}
	}
	sheets, err := signedSheets(tx, r.ID, answering...)
	if err != nil {
		return nil, err
	}
	has := map[string]int{}
	for _, s := range sheets {
		c, err := s.content()
		if err != nil {
			return nil, err
		}
		for _, l := range c.Lines {
			if l.Value != "" && l.Period == r.Until {
				has[l.Indicator]++
			}
		}
	}
	all, err := indicator.List(tx)
	for _, i := range all {
		if has[i.Code] == len(areas) {
			codes = append(codes, i.Code)
		}
	}
	return codes, err
}

// remarked is the table of remarks on the round's texts with their replies, and dissent that its author keeps.
func (r Round) remarked(tx *db.Tx, b *strings.Builder) error {
	texts, err := r.texts(tx)
	if err != nil {
		return err
	}
	var said, kept strings.Builder
	for _, t := range texts {
		all, err := opinion.On(tx, t.ID)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Verdict == "" {
				continue
			}
			reply := string(opinion.VerdictWords(o.Verdict))
			if o.Reply != "" {
				reply += "：" + o.Reply
			}
			line := row(cmp.Or(o.Quote, o.Clause, t.Title), o.Reason, reply)
			if said.WriteString(line); o.State == opinion.Kept {
				kept.WriteString(line)
			}
		}
	}
	const heads = "| 原文 | 意见 | 回应 |\n"
	if said.Len() > 0 {
		b.WriteString(heads + said.String())
	}
	if kept.Len() > 0 {
		b.WriteString("下列意见作者保留：\n" + heads + kept.String())
	}
	return nil
}

// sayings are what everybody says of the line, and what the office makes of the difference.
func (c Compared) sayings() string {
	said := []string{"自评" + string(word(classes, c.Self)), "系统判定" + string(word(classes, c.Computed))}
	for _, v := range voices {
		if one, is := c.Voices[v.Code]; is {
			said = append(said, string(v.Word)+string(word(classes, one.Class)))
		}
	}
	text := strings.Join(said, "，")
	if c.Note != nil {
		text += "；说明：" + strings.TrimRight(c.Note.Text, "。")
	}
	return text
}
