package evaluation

// The page on which the voices of a round stand side by side.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type compareInput struct {
	ID  string `json:"id"`
	All bool   `json:"all" doc:"Those on which everybody agrees as well."`
}

// compareData is the comparison for its reader.
type compareData struct {
	Round       Round      `json:"round"`
	Items       []Compared `json:"lines"`
	Total       int        `json:"total"`
	Differences int        `json:"differences"`
	Explained   int        `json:"explained"`
	All         bool       `json:"all"`
	Typed       []typedBy  `json:"typed"` // figures without a reference in self-evaluations
	Actions     []string   `json:"actions"`

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
	if err := d.handwritten(r); err != nil {
		return d, err
	}
	d.Total, d.All, d.Actions = len(d.list), in.All, []string{}
	d.Items = append([]Compared{}, differences(d.list)...)
	d.Differences = len(d.Items)
	for _, c := range d.Items {
		if c.Note != nil {
			d.Explained++
		}
	}
	if in.All {
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

func (d compareData) inShort(ctx context.Context) string {
	return part.T(ctx, "共对照%d行，有分歧%d处，已说明%d处", d.Total, d.Differences, d.Explained)
}

// Table is the lines, for CSV and Excel.
func (d compareData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "comparison-" + d.Round.ID, Columns: []table.Column{{Name: "代码"}, {Name: "指标"},
		{Name: "参加"}, {Name: "数值"}, {Name: "目标"}, {Name: "自评", Words: true}, {Name: "第三方", Words: true},
		{Name: "专家", Words: true}, {Name: "督导组", Words: true}, {Name: "系统判定", Words: true},
		{Name: "相差", Number: true}, {Name: "说明"}, {Name: "自评手写的数"}}}
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
			strings.Join(c.Typed, " ")))
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
