package record

// The statistics of a register: every measure by area, sex and part, in a period; and periods closed.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type measureInput struct {
	Code   string `json:"code"`
	Period string `json:"period" doc:"2023, 2023-Q1 or 2023-05; the last whole year, if empty."`
	Area   string `json:"area" doc:"Code of an area; the reader's own, if empty."`
	tag.Choice
}

type measureData struct {
	Register string        `json:"register"`
	Period   period.Period `json:"period"`
	Area     string        `json:"area"`
	AreaName string        `json:"area_name"`
	Measures []Shown       `json:"measures"`
	Closed   string        `json:"closed,omitempty"` // id of the closing that stands behind these numbers
	Records  int           `json:"records"`          // that count
	Imported int           `json:"imported"`         // of them, which nobody confirmed here
	Texts    []Said        `json:"texts,omitempty"`
	k        desk
	tally    *Tally
	roles    map[string]network.Label
	areas    []network.Area
	top      network.Area
	closings []Closing
	closing  *Closing
	may      bool
	periods  []part.Option
	options  []part.Option
	kept     tag.Kept
}

// Shown is one measure on the page.
type Shown struct {
	Code    string            `json:"code"`
	Name    string            `json:"name"`
	NameEN  string            `json:"name_en"`
	Unit    string            `json:"unit"`
	Value   string            `json:"value"`
	Records int               `json:"records"`
	Men     string            `json:"men,omitempty"`
	Women   string            `json:"women,omitempty"`
	Areas   map[string]Number `json:"areas"`
	Split   []Part            `json:"split,omitempty"`
	// Published are figures that were published of the same, Left the codes of areas that a coverage leaves out.
	Published []Quote  `json:"published,omitempty"`
	Left      []string `json:"left,omitempty"`
	// Layers are those that a coverage rests on, Missing is why it has no number.
	Layers  []LayerUse `json:"layers,omitempty"`
	Missing string     `json:"missing,omitempty"`
	m       register.Measure
	why     say.Words
}

// Said is a measure of texts on the page.
type Said struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
	Rows   []Told `json:"rows"`
}

// Part is one part that a measure is split into.
type Part struct {
	Field string `json:"field"`
	Code  string `json:"code"`
	Number
}

// areaOf is the area that a page is about: one whose figures the reader may see.
func (k desk) areaOf(r *web.Request, code string) (network.Area, error) {
	if code == "" {
		for _, p := range r.User.Posts {
			if a, known := k.places.paths[p.AreaPath]; known {
				return a, nil
			}
		}
		return k.places.root, nil
	}
	a, known := k.places.areas[code]
	if !known || !k.reads(r.User, a.Path) {
		return a, errs.In("area", errs.Missingf("没有找到这个区域，或者您没有查看权限。"))
	}
	return a, nil
}

func showMeasures(r *web.Request, in measureInput) (d measureData, err error) {
	return measuresFor(r, in, how{texts: true})
}

func measuresFor(r *web.Request, in measureInput, h how) (d measureData, err error) {
	if d.k, err = definitionOf(r, in.Code); err != nil {
		return d, err
	}
	if d.top, err = d.k.areaOf(r, in.Area); err != nil {
		return d, err
	}
	if d.kept, err = in.Choice.Read(r.Tx); err != nil {
		return d, err
	}
	if d.Period, err = periodOf(in.Period, r.Tx.Today()); err != nil {
		return d, err
	}
	if d.roles, err = network.Labels(r.Tx, "role"); err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	d.Register, d.Area, d.AreaName = in.Code, d.top.Code, d.top.Name
	_, last := d.Period.Range("")
	d.areas = slices.DeleteFunc(d.k.places.below(d.top, last), func(a network.Area) bool {
		return a.ID != d.top.ID && !d.k.reads(r.User, a.Path) // of another district's figures nobody else is told
	})
	t, err := count(r.Tx, d.k.d, d.Period, d.top.Path, h)
	if err != nil {
		return d, err
	}
	d.Measures, d.Records, d.Imported, d.tally = []Shown{}, t.Records, t.Brought, t
	for _, m := range measuresOf(d.k.d, d.Period) {
		if !d.k.serves(d.kept, m) {
			continue
		}
		s := t.shown(d.k, m, d.areas)
		if s.Published, err = quotes(r.Tx, m, d.top, d.Period); err != nil {
			return d, err
		}
		for _, a := range t.left(m, d.top.Path) {
			s.Left = append(s.Left, a.Code)
		}
		d.Measures = append(d.Measures, s)
	}
	for _, m := range d.k.d.Measures {
		if !d.k.serves(d.kept, m) {
			continue
		}
		if told := t.texts(ctx, d.k, r.User, m); len(told) > 0 {
			d.Texts = append(d.Texts, Said{m.Code, m.Name.ZH, m.Name.EN, told})
		}
	}
	if d.closings, err = closings(r.Tx, in.Code, d.top.Path); err != nil {
		return d, err
	}
	d.closings = slices.DeleteFunc(d.closings, func(c Closing) bool { return !d.k.reads(r.User, c.AreaPath) })
	if d.closing, err = closingOf(r.Tx, in.Code, d.Period, d.top.Code); err != nil {
		return d, err
	}
	if d.closing != nil {
		d.Closed = d.closing.ID
	}
	_, d.may = d.k.closes(r.User, d.top)
	d.choices(ctx, r)
	return d, nil
}

// serves says whether a tag leaves a measure: by its indicator, or with its register.
func (k desk) serves(kept tag.Kept, m register.Measure) bool {
	return kept.Tag == "" || k.named(kept) || kept.Indicator(m.Indicator)
}

func (t *Tally) shown(k desk, m register.Measure, areas []network.Area) Shown {
	top := areas[0].Path
	n := t.at(m, top, "", "")
	s := Shown{Code: m.Code, Name: m.Name.ZH, NameEN: m.Name.EN, Unit: m.Unit.ZH, Value: n.Value, Records: n.Records,
		Areas: map[string]Number{}, m: m}
	if m.BySex(t.d) {
		s.Men, s.Women = t.at(m, top, "1", "").Value, t.at(m, top, "2", "").Value
	}
	for _, a := range areas[1:] {
		s.Areas[a.Code] = t.at(m, a.Path, "", "")
	}
	if c := t.behind(m); c != nil {
		if s.Missing = c.why.String(); c.why.IsZero() {
			s.Layers = c.uses()
		}
		s.why = c.why
	}
	for _, split := range t.splitsOf(m, top) {
		field, code := cut(split)
		s.Split = append(s.Split, Part{field, code, t.at(m, top, "", split)})
	}
	return s
}

func cut(split string) (field, code string) {
	for i := range split {
		if split[i] == '=' {
			return split[:i], split[i+1:]
		}
	}
	return split, ""
}

// choices are the periods and areas that the page offers.
func (d *measureData) choices(ctx context.Context, r *web.Request) {
	today, _ := period.Parse(r.Tx.Today()[:4]) // a year
	kinds := map[period.Kind]bool{}
	for _, m := range d.k.d.Measures {
		for _, kind := range m.Per {
			kinds[kind] = true
		}
	}
	add := func(p period.Period) {
		d.periods = append(d.periods, part.Option{Value: p.String(), Label: p.In(part.From(ctx).Lang)})
	}
	if kinds["A"] {
		for p, n := today, 0; n < 6; p, n = p.Previous(), n+1 {
			add(p)
		}
	}
	if month, err := period.Parse(r.Tx.Today()[:7]); kinds["M"] && err == nil {
		for n := 0; n < 14; month, n = month.Previous(), n+1 {
			add(month)
		}
	}
	if !slices.ContainsFunc(d.periods, func(o part.Option) bool { return o.Value == d.Period.String() }) {
		add(d.Period)
	}
	for _, a := range d.k.places.sorted {
		near := a.ID == d.top.ID || a.ID == d.top.ParentID || a.ParentID == d.top.ID || a.ID == d.k.places.root.ID
		if near && d.k.reads(r.User, a.Path) && a.OpenOn(d.k.w.Today) {
			d.options = append(d.options, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
		}
	}
}

// splitName is what a part is called.
func (d measureData) splitName(ctx context.Context, p Part) string {
	switch p.Field {
	case "unit.kind":
		return p.Code
	case register.PostKind:
		return called(ctx, d.roles[p.Code].Called())
	}
	f, _ := d.k.d.Field(p.Field)
	if f.Type == "calc" && f.Unit == "" {
		return called(ctx, f.Name) + " " + d.k.one(in(ctx), f, p.Code)
	}
	return d.k.one(in(ctx), f, p.Code)
}

// Table is all numbers, one a row.
func (d measureData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: d.Register + "-" + d.Period.String(), Columns: []table.Column{{Name: "统计代码"},
		{Name: "统计"}, {Name: "期别"}, {Name: "区域代码"}, {Name: "区域"}, {Name: "分组"},
		{Name: "数值", Number: true}, {Name: "计量单位"}, {Name: "记录数", Number: true}}}
	row := func(s Shown, code, area, split string, n Number) {
		t.Rows = append(t.Rows, []string{s.Code, part.Name(ctx, s.Name, s.NameEN), d.Period.String(), code, area, split,
			n.Value, s.Unit, strconv.Itoa(n.Records)})
	}
	for _, s := range d.Measures {
		name := part.Name(ctx, d.top.Name, d.top.NameEN)
		row(s, d.Area, name, "", Number{Value: s.Value, Records: s.Records})
		if s.Men != "" {
			row(s, d.Area, name, called(ctx, men), Number{Value: s.Men, Records: s.Records})
			row(s, d.Area, name, called(ctx, women), Number{Value: s.Women, Records: s.Records})
		}
		for _, p := range s.Split {
			row(s, d.Area, name, d.splitName(ctx, p), p.Number)
		}
		for _, a := range d.areas[1:] {
			row(s, a.Code, part.Name(ctx, a.Name, a.NameEN), "", s.Areas[a.Code])
		}
	}
	return t
}

func (d measureData) heads(ctx context.Context) []part.Col {
	cols := []part.Col{{Label: part.T(ctx, "统计")}}
	for _, a := range d.areas {
		cols = append(cols, part.Col{Label: part.Name(ctx, a.ShortName, a.NameEN), Numeric: true})
	}
	return cols
}

// how says how a measure is counted, in words.
func (d measureData) how(ctx context.Context, m register.Measure) string {
	words := ""
	switch {
	case m.Method == "share":
		part1, _ := d.k.d.Measure(m.Of)
		whole, _ := d.k.d.Measure(m.Over)
		words = called(ctx, part1.Name) + " ÷ " + called(ctx, whole.Name)
		if m.Basis == "" {
			words += part.T(ctx, "（公式待确认）")
		}
	case m.Method == "areas":
		words = part.T(ctx, "期末在册的区域")
	case m.Method == "posts" && m.Of == register.PostsChanged:
		words = part.T(ctx, "本期换了人、又应受训的岗位")
	case m.Method == "posts":
		words = part.T(ctx, "其中到岗以后受过岗位所需培训的，按会议的培训记录")
	case m.Method == "within":
		words = part.T(ctx, "图层“%s”里离已确认的记录不超过半径的", layerName(m))
	case m.Method == "layer":
		words = part.T(ctx, "图层“%s”的全部", layerName(m))
	case len(m.Stock) > 0:
		words = part.T(ctx, "期末时点数")
	case m.Flow != "":
		f, _ := d.k.d.Field(m.Flow)
		words = part.T(ctx, "按“%s”计入", f.Name)
	}
	if unit := part.Unit(ctx, m.Unit.ZH, m.Unit.EN); unit != "" {
		words += " · " + unit
	}
	return words
}

func layerName(m register.Measure) say.Name {
	k, _ := register.LayerKindOf(m.Layer)
	return k.Name
}

// coverage is the page that explains a share of coverage; empty for any other measure.
func (d measureData) coverage(m register.Measure) string {
	if of, _ := d.k.d.Measure(m.Of); m.Method != "share" || of.Method != "within" {
		return ""
	}
	return "/registers/" + d.Register + "/coverage?measure=" + m.Code + "&period=" + d.Period.String() +
		"&area=" + d.Area
}

func orNone(value string) string {
	if value == "" {
		return "—"
	}
	return value
}
