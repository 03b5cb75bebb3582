package evaluation

// The page on which the voices of a round stand side by side.

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
	"yipanqi/internal/supervision"
	"yipanqi/internal/table"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type compareInput struct {
	ID  string `json:"id"`
	All bool   `json:"all" doc:"Those on which everybody agrees as well."`
	By  string `json:"by" enum:"indicator,goal,domain" doc:"What stands in a row: an indicator, or a goal or domain."`
	Of  string `json:"of" doc:"Only lines below a goal or domain, plan/code, as by says."`
	tag.Choice
}

// compareData is the comparison for its reader.
type compareData struct {
	Round       Round      `json:"round"`
	Items       []Compared `json:"lines"`
	Total       int        `json:"total"`
	Differences int        `json:"differences"`
	Explained   int        `json:"explained"`
	All         bool       `json:"all"`
	By          string     `json:"by"`
	Of          string     `json:"of,omitempty"`
	Groups      []Gathered `json:"groups"` // goals or domains, where they are asked for
	Typed       []typedBy  `json:"typed"`  // figures without a reference in self-evaluations
	Actions     []string   `json:"actions"`

	kept  tag.Kept
	of    say.Name          // the goal or domain that lines are below
	names map[string]string // of units and areas, by unit
	known map[string]indicator.Indicator
	list  []Compared // every line, to choose from
}

func compare(r *web.Request, in compareInput) (d compareData, err error) {
	if d.Round, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if !d.Round.owns(r.User) { // it tells of everybody
		return d, errs.Deniedf("对照列着各参加单位的判断，由组织评估的妇儿工委办和上级看。")
	}
	if d.list, err = d.Round.Comparison(r.Tx); err != nil {
		return d, err
	}
	if d.kept, err = in.Choice.Read(r.Tx); err != nil {
		return d, err
	}
	d.list = slices.DeleteFunc(d.list, func(c Compared) bool { return !d.kept.Indicator(c.Indicator) })
	if err := d.handwritten(r); err != nil {
		return d, err
	}
	if err := d.found(r); err != nil {
		return d, err
	}
	if err := d.gathered(r, in); err != nil {
		return d, err
	}
	d.Total, d.All, d.Actions = len(d.list), in.All || in.Of != "", []string{}
	d.Items = append([]Compared{}, differences(d.list)...)
	d.Differences = len(d.Items)
	for _, c := range d.Items {
		if c.Note != nil {
			d.Explained++
		}
	}
	if d.All {
		d.Items = d.list
	}
	for _, st := range life.Open(r.User, d.Round.as(r.User)) {
		if st.Verb == VerbExplain || st.Verb == VerbVoice {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	s := showData{Round: d.Round}
	if err := s.name(r); err != nil {
		return d, err
	}
	all, err := indicator.List(r.Tx)
	d.known = map[string]indicator.Indicator{}
	for _, i := range all {
		d.known[i.Code] = i
	}
	d.names = map[string]string{}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, p := range d.Round.Participants {
		d.names[p.Unit] = s.called(ctx, p)
	}
	return d, err
}

// found puts the findings of visits beside the lines that they are held against: those in the participant's area, and
// those that it is to lead.
func (d *compareData) found(r *web.Request) error {
	all, err := supervision.Against(r.Tx, r.User, d.Round.Object())
	if err != nil {
		return err
	}
	areas := map[string]int64{}
	for _, p := range d.Round.Participants {
		if p.Area == "" {
			continue
		}
		a, err := network.AreaByCode(r.Tx, p.Area, "")
		if err != nil {
			return err
		}
		areas[p.Unit] = a.ID
	}
	for n := range d.list {
		c := &d.list[n]
		c.Findings = []Found{}
		for _, f := range all {
			if f.Indicator == c.Indicator && (f.Lead == c.Unit || areas[c.Unit] != 0 && f.AreaID == areas[c.Unit]) {
				c.Findings = append(c.Findings, Found{f.ID, f.Number, f.Text, f.URL()})
			}
		}
	}
	return nil
}

// numbers are the findings held against a line, by their numbers.
func (c Compared) numbers() (all []string) {
	for _, f := range c.Findings {
		all = append(all, f.Number)
	}
	return all
}

// gathered puts the lines under goals or domains, or leaves those below one.
func (d *compareData) gathered(r *web.Request, in compareInput) error {
	d.By, d.Of, d.Groups = cmp.Or(in.By, ByIndicator), in.Of, []Gathered{}
	if d.By == ByIndicator && d.Of == "" {
		return nil
	}
	a, err := d.Round.above(r.Tx, d.By)
	if err != nil {
		return err
	}
	if d.Of == "" {
		d.Groups = a.gather(d.list)
		return nil
	}
	at := slices.IndexFunc(a.all, func(g Gathered) bool { return g.Code == d.Of })
	if at < 0 {
		wrong := errs.Fields{}
		wrong.Say("of", "没有“%s”这个选项。", d.Of)
		return wrong.Check("条件里有的值不能用，请改选后再看。")
	}
	d.of = a.all[at].name
	d.list = slices.DeleteFunc(d.list, func(c Compared) bool { return !slices.Contains(a.under[c.Indicator], at) })
	return nil
}

// grouped says whether rows are goals or domains.
func (d compareData) grouped() bool { return d.By != ByIndicator && d.Of == "" }

// way is the address of the comparison in another way, with the tag that was chosen.
func (d compareData) way(by string) string {
	if by == ByIndicator {
		by = ""
	}
	return d.at("by", by)
}

// at is the address of the comparison with something chosen beside the tag.
func (d compareData) at(name, value string) string {
	chosen := url.Values{}
	for name, value := range map[string]string{"tag": d.kept.Tag, name: value} {
		if value != "" {
			chosen.Set(name, value)
		}
	}
	return strings.TrimSuffix(d.Round.URL()+"/comparison?"+chosen.Encode(), "?")
}

// below is the address of the lines below a goal or domain.
func (d compareData) below(g Gathered) string {
	return d.way(d.By) + "&of=" + url.QueryEscape(g.Code)
}

// counted is how many lines a voice calls what: 已达标12行、差距较大2行.
func counted(ctx context.Context, by map[string]int) string {
	var all []string
	for _, c := range classes {
		if n := by[c.Code]; n > 0 {
			all = append(all, part.T(ctx, "%s%d行", part.T(ctx, c.Word), n))
		}
	}
	if len(all) == 0 {
		return "—"
	}
	return part.Join(ctx, all)
}

// named is what the indicator of a line is called; the sheet has signed its Chinese name.
func (d compareData) named(ctx context.Context, c Compared) string {
	return part.Name(ctx, c.Name, d.known[c.Indicator].NameEN)
}

// read is what the sheet has signed in Chinese, a value or a target, in the reader's language: ≥95%（2025年）.
func (d compareData) read(ctx context.Context, c Compared, signed string) string {
	i, known := d.known[c.Indicator]
	text, year, dated := strings.Cut(strings.TrimSuffix(signed, "年）"), "（")
	number := strings.TrimSuffix(strings.TrimLeft(text, "≥≤"), i.Unit)
	if _, _, plain := quantity.Decimal(number); !known || !plain {
		return part.T(ctx, say.Key(orDash(signed)))
	}
	value := strings.TrimSuffix(text, number+i.Unit) + progress.Measured(ctx, i, number, quantity.Exact).String()
	if !dated {
		return value
	}
	return part.T(ctx, "%s（%s年）", value, year)
}

// handwritten says of each line which figures the self-evaluation types about it, and of each participant all that it
// typed.
func (d *compareData) handwritten(r *web.Request) error {
	by, err := d.Round.typed(r.Tx)
	for i := range d.list {
		c := &d.list[i]
		c.Typed = append([]string{}, speaksOf(by[c.Unit], c.Name)...)
	}
	d.Typed = []typedBy{}
	for _, p := range d.Round.Participants {
		if some := by[p.Unit]; len(some) > 0 {
			d.Typed = append(d.Typed, typedBy{p.Unit, some})
		}
	}
	return err
}

// typedBy are the figures that a participant typed in its self-evaluation.
type typedBy struct {
	Unit    string          `json:"unit"`
	Figures []request.Typed `json:"figures"`
}

func (d compareData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// said is what a voice says of a line, as a word.
func said(ctx context.Context, class string) string {
	if class == "" {
		return "—"
	}
	return part.T(ctx, word(classes, class))
}

// lineOptions are the lines of which something can be said.
func (d compareData) lineOptions(ctx context.Context) (all []part.Option) {
	for _, c := range d.list {
		all = append(all, part.Option{Value: c.Line, Label: part.T(ctx, "%s（%s）", d.named(ctx, c), d.names[c.Unit])})
	}
	slices.SortFunc(all, func(a, b part.Option) int {
		if a.Label < b.Label {
			return -1
		}
		return 1
	})
	return all
}

// heading says what the lines are below, if they are some of all.
func (d compareData) heading(ctx context.Context) string {
	if d.of.ZH == "" {
		return part.T(ctx, "各方的判断")
	}
	return part.Name(ctx, d.of.ZH, d.of.EN)
}

func (d compareData) inShort(ctx context.Context) string {
	return part.T(ctx, "共对照%d行，有分歧%d处，已说明%d处", d.Total, d.Differences, d.Explained)
}

// Table is the lines, for CSV and Excel.
func (d compareData) Table(ctx context.Context) table.Table {
	if d.grouped() {
		return d.groupTable(ctx)
	}
	t := table.Table{Name: "comparison-" + d.Round.ID, Heading: d.Round.Title + " " + part.T(ctx, "对照"),
		Columns: []table.Column{{Name: "代码"}, {Name: "指标"},
			{Name: "参加"}, {Name: "数值"}, {Name: "目标"}, {Name: "自评", Words: true}, {Name: "第三方", Words: true},
			{Name: "专家", Words: true}, {Name: "督导组", Words: true}, {Name: "系统判定", Words: true},
			{Name: "相差", Number: true}, {Name: "说明"}, {Name: "自评手写的数"}, {Name: "督导发现"}}}
	for _, c := range d.Items {
		note := ""
		if c.Note != nil {
			note = c.Note.Text
		}
		row := []string{c.Indicator, d.named(ctx, c), d.names[c.Unit], c.Value, c.Target, string(word(classes, c.Self))}
		for _, v := range voices {
			row = append(row, string(word(classes, c.Voices[v.Code].Class)))
		}
		t.Rows = append(t.Rows, append(row, string(word(classes, c.Computed)), itoa(c.Apart), note,
			strings.Join(c.Typed, " "), strings.Join(c.numbers(), " ")))
	}
	return t
}

// groupTable is goals or domains, for CSV and Excel.
func (d compareData) groupTable(ctx context.Context) table.Table {
	t := table.Table{Name: "comparison-" + d.By + "-" + d.Round.ID, Heading: d.Round.Title + " " + part.T(ctx, "对照"),
		Columns: []table.Column{{Name: "代码"}, {Name: "名称"},
			{Name: "行数", Number: true}, {Name: "分歧", Number: true}, {Name: "已说明", Number: true},
			{Name: "相差", Number: true}, {Name: "自评"}, {Name: "第三方"}, {Name: "专家"}, {Name: "督导组"},
			{Name: "系统判定"}}}
	for _, g := range d.Groups {
		row := []string{g.Code, part.Name(ctx, g.name.ZH, g.name.EN), itoa(g.Lines), itoa(g.Differences),
			itoa(g.Explained), itoa(g.Apart), counted(ctx, g.Self)}
		for _, v := range voices {
			row = append(row, counted(ctx, g.Voices[v.Code]))
		}
		t.Rows = append(t.Rows, append(row, counted(ctx, g.Computed)))
	}
	return t
}

type explainInput struct {
	ID   string `json:"id"`
	Line string `json:"line" doc:"Indicator and unit: W-HEA-001.SF-HEA."`
	Text string `json:"text" doc:"Why they differ."`
}

func explain(r *web.Request, in explainInput) (web.Done[Note], error) {
	n, err := Explain(r.Tx, r.User, in.ID, in.Line, in.Text)
	return web.Done[Note]{To: "/rounds/" + in.ID + "/comparison", Flash: part.In(r.Lang, "说明已保存。"), Data: n}, err
}

type voiceInput struct {
	ID    string `json:"id"`
	Line  string `json:"line" doc:"Indicator and unit: W-HEA-001.SF-HEA."`
	Voice string `json:"voice" enum:"third_party,panel,group" doc:"Who says so."`
	Class string `json:"class" enum:"met,on_track,reachable,far,no_data,no_target" doc:"What they make of it."`
	Text  string `json:"text" doc:"Where they say so."`
}

func voice(r *web.Request, in voiceInput) (web.Done[Voice], error) {
	v, err := Say(r.Tx, r.User, in.ID, in.Line, Voice{Voice: in.Voice, Class: in.Class, Text: in.Text})
	return web.Done[Voice]{To: "/rounds/" + in.ID + "/comparison", Flash: part.In(r.Lang, "已记下。"), Data: v}, err
}
