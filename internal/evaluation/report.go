package evaluation

// The evaluation report, put together from what the round holds: figures by reference, areas side by side, every voice
// that differs, recommendations with their answers. It goes out as a letter of its own kind, which counts its figures,
// lists those that two have not signed, and waits for remarks that must be answered.

import (
	"fmt"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/plan"
)

// reportText is the body of the report.
func (r Round) reportText(tx *db.Tx) (string, error) {
	var b strings.Builder
	for _, part := range []func(*db.Tx, *strings.Builder) error{r.survey, r.overall, r.byDomain, r.practice, r.advised,
		r.annexes} {
		if err := part(tx, &b); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// survey is part one: grounds, scope, methods, cutoff, quality of the figures.
func (r Round) survey(tx *db.Tx, b *strings.Builder) error {
	b.WriteString("一、评估概况\n")
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
func (r Round) overall(tx *db.Tx, b *strings.Builder) error {
	lines, err := r.own(tx)
	if err != nil {
		return err
	}
	b.WriteString("二、总体完成情况\n")
	for _, c := range classes {
		var names []string
		for _, l := range lines {
			if l.Class == c.Code {
				names = append(names, l.Name)
			}
		}
		if len(names) > 0 {
			b.WriteString(string(c.Word) + "：" + strings.Join(names, "、") + "。\n")
		}
	}
	return nil
}

// byDomain is part three: each domain of each plan with its figures.
func (r Round) byDomain(tx *db.Tx, b *strings.Builder) error {
	lines, err := r.own(tx)
	if err != nil {
		return err
	}
	b.WriteString("三、分领域情况\n")
	n := 0
	for _, code := range r.Plans {
		domains, err := plan.Domains(tx, code)
		if err != nil {
			return err
		}
		for _, d := range domains {
			var said []string
			for _, l := range lines {
				if l.Domain == code+"/"+d.Code && l.Value != "" {
					said = append(said, figured(l))
				}
			}
			if len(said) > 0 {
				n++
				b.WriteString("（" + document.Numeral(n) + "）" + d.Name + "\n" + strings.Join(said, "；") + "。\n")
			}
		}
	}
	return nil
}

// figured is a line with its figure as a reference.
func figured(l Line) string {
	return l.Name + "{{figure " + l.Indicator + " year=" + l.Period + "}}（" + string(word(classes, l.Class)) + "）"
}

// practice is parts four and five, from what was answered and found.
func (r Round) practice(tx *db.Tx, b *strings.Builder) error {
	b.WriteString("四、经验做法\n（由起草人根据自评、第三方和督导的材料写）\n五、问题和原因\n")
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
	return err
}

// advised is part six: recommendations one by one, with what was answered.
func (r Round) advised(tx *db.Tx, b *strings.Builder) error {
	b.WriteString("六、对策建议\n")
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

// annexes are the areas side by side, remarks with their replies, and who does not agree.
func (r Round) annexes(tx *db.Tx, b *strings.Builder) error {
	if areas := r.Areas(); len(areas) > 0 {
		codes, err := r.shared(tx, areas)
		if err != nil {
			return err
		}
		if len(codes) > 0 {
			b.WriteString("附：分区表\n")
		}
		for n, some := range slices.Collect(slices.Chunk(codes, mostColumns)) {
			if n < mostTables {
				b.WriteString("{{table " + strings.Join(some, ",") + " year=" + r.Until + "}}\n")
			}
		}
	}
	if err := r.remarked(tx, b); err != nil {
		return err
	}
	all, err := r.Comparison(tx)
	if err != nil {
		return err
	}
	names, err := called(tx)
	if some := differences(all); err == nil && len(some) > 0 {
		b.WriteString("附：不同意见\n")
		for _, c := range some {
			b.WriteString(names(c.Unit) + "“" + c.Name + "”：" + c.sayings() + "。\n")
		}
	}
	return err
}

const mostColumns = 4

// shared are the indicators that most areas that take part have a figure of, so that a table of them is full.
func (r Round) shared(tx *db.Tx, areas []string) (codes []string, err error) {
	sheets, err := newest(tx, r.ID)
	if err != nil {
		return nil, err
	}
	has := map[string]int{}
	for _, p := range r.Participants {
		s := sheets[p.Unit]
		if p.Area == "" || s.State != SheetSigned {
			continue
		}
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
	var said, kept []string
	for _, t := range texts {
		all, err := opinion.On(tx, t.ID)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Verdict == "" {
				continue
			}
			line := "“" + o.Quote + "”：" + strings.TrimRight(o.Reason, "。") + "。回应：" +
				string(opinion.VerdictWords(o.Verdict))
			if o.Reply != "" {
				line += "（" + strings.TrimRight(o.Reply, "。") + "）"
			}
			if said = append(said, line+"。"); o.State == opinion.Kept {
				kept = append(kept, line+"。作者保留意见。")
			}
		}
	}
	for _, annex := range []struct {
		head string
		all  []string
	}{{"附：意见采纳表", said}, {"附：保留意见", kept}} {
		if len(annex.all) > 0 {
			b.WriteString(annex.head + "\n" + strings.Join(annex.all, "\n") + "\n")
		}
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
