package form

// The page of a form; filling one in is submission's.

import (
	"context"
	_ "embed"
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/formula"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// Routes serves the pages of forms.
func Routes(m *web.Mux) {
	web.View(m, "GET /forms 列出统计报表", "form.read", showList, listPage, web.AsOf)
	web.View(m, "GET /forms/{code}/file 下载一张统计报表的定义文件", "form.read", file, nil, web.AsOf)
	web.View(m, "GET /forms/{code} 看一张统计报表的表样和审核关系", "form.read", show, showPage, web.AsOf)
}

type showInput struct {
	Code string `json:"code"`
}

type showData struct {
	Form     Form              `json:"form"`
	Digest   string            `json:"digest"`
	From     string            `json:"from,omitempty"` // first period of the present edition
	Void     bool              `json:"void,omitempty"` // its validity has ended
	Elements []element.Element `json:"elements"`

	named   labels
	history []Published
	may     bool // upload an edition
}

func show(r *web.Request, in showInput) (showData, error) {
	f, err := ByCode(r.Tx, in.Code)
	if err != nil {
		return showData{}, err
	}
	data := showData{Form: f, Digest: f.Digest(), Void: f.Void(r.Tx.Today()),
		may: MayPublish(r.Tx, r.User, f.Issuer) == nil}
	for _, row := range f.Rows {
		data.Elements = append(data.Elements, row.Of)
	}
	editions, err := Editions(r.Tx, f.ID)
	if err != nil {
		return data, err
	}
	data.From = editions[len(editions)-1].From.String()
	if data.history, err = History(r.Tx, f.Code); err != nil {
		return data, err
	}
	data.named, err = labelled(r.Tx)
	return data, err
}

// labels are what the installation calls roles, kinds of units and levels, by kind/code.
type labels map[string]network.Label

func labelled(tx *db.Tx) (labels, error) {
	all := labels{}
	for _, kind := range []string{"role", "unit_kind", "area_level"} {
		some, err := network.Labels(tx, kind)
		if err != nil {
			return all, err
		}
		for code, l := range some {
			all[kind+"/"+code] = l
		}
	}
	return all, nil
}

func (all labels) of(ctx context.Context, kind, code string) string {
	if l, ok := all[kind+"/"+code]; ok {
		return part.Name(ctx, l.Name, l.NameEN)
	}
	return code
}

// Table is the form's rows, for CSV.
func (d showData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: d.Form.Code, Title: part.Name(ctx, d.Form.Name, d.Form.NameEN),
		Columns: []table.Column{{Name: "行号"}, {Name: "名称"},
			{Name: "数据项"}, {Name: "计量单位"},
			{Name: "口径"}, {Name: "列"}}}
	columns := make([]string, len(d.Form.Columns))
	for i, c := range d.Form.Columns {
		columns[i] = part.Name(ctx, c.Name, c.NameEN)
	}
	for _, row := range d.Form.Rows {
		t.Rows = append(t.Rows, []string{row.Number, part.Name(ctx, row.Label, row.LabelEN), row.Element,
			part.Unit(ctx, row.Of.Unit, ""), row.Calibre,
			part.Join(ctx, columns)})
	}
	return t
}

// label is what the installation calls a role, a kind of unit or a level.
func (d showData) label(ctx context.Context, kind, code string) string {
	return d.named.of(ctx, kind, code)
}

// signers are what the places for signatures are called, in the order in which they are signed.
func (d showData) signers(ctx context.Context) (names []string) {
	for _, place := range d.Form.Signers.Places() {
		name := place.Label
		if as := d.label(ctx, "role", place.Role); name == "" {
			name = as
		} else {
			name = part.T(ctx, "%s（%s）", name, as)
		}
		names = append(names, name)
	}
	return names
}

func kindOf(code string) period.Kind { return period.Kind(code) }

func frequencyWord(k period.Kind) say.Key {
	switch k {
	case period.Half:
		return "半年报"
	case period.Quarter:
		return "季报"
	case period.Month:
		return "月报"
	}
	return "年报"
}

func methodWord(m element.Method) say.Key {
	switch m {
	case element.RolledUp:
		return "下级汇总"
	case element.OwnChecked:
		return "本级填报，与下级汇总核对"
	}
	return "本级填报"
}

// dueWords says a due rule: 次年1月31日, or 期末后20天.
func (f Form) dueWords(ctx context.Context) string {
	if found := dueDays.FindStringSubmatch(f.Due); found != nil {
		return part.T(ctx, "期末后%s天", found[1])
	}
	found := dueDate.FindStringSubmatch(f.Due)
	switch {
	case found == nil:
		return f.Due
	case found[1] == "0":
		return part.T(ctx, "当年%s", part.MonthDay(ctx, found[2]))
	case found[1] == "1":
		return part.T(ctx, "次年%s", part.MonthDay(ctx, found[2]))
	}
	return part.T(ctx, "%s年后的%s", found[1], part.MonthDay(ctx, found[2]))
}

// words writes a rule with the rows' names: 婚前医学检查人数 ≤ 结婚登记人数.
func (f Form) words(ctx context.Context, c Rule) string {
	row, _ := f.rowOf(c.Element)
	name := part.Name(ctx, row.Of.Name, row.Of.NameEN)
	if c.Element == EveryRow {
		name = part.T(ctx, "每一行")
	}
	switch c.Kind {
	case InRange:
		return part.T(ctx, "%s：在历年的中位数 ± %s倍中位差以内", name, c.Limit)
	case Steady:
		return part.T(ctx, "%s：比上期增减不超过%s%%", name, c.Limit)
	case AddsUp:
		return part.T(ctx, "%s：各类相加等于合计", name)
	case Within:
		return part.T(ctx, "%s：每一类不大于合计", name)
	case AsBelow:
		if c.Limit != "" {
			return part.T(ctx, "%s：与下级合计相差不超过%s%%", name, c.Limit)
		}
		return part.T(ctx, "%s：等于下级合计", name)
	}
	r, err := formula.ParseComparison(c.Expr)
	if err != nil {
		return c.Expr
	}
	return r.Words(func(o formula.Operand) string {
		row, _ := f.rowOf(o.Element)
		name := part.Name(ctx, row.Of.Name, row.Of.NameEN)
		if at := slices.IndexFunc(f.Columns, func(c Column) bool { return c.Category == o.Category }); at >= 0 &&
			o.Category != "" {
			name = part.T(ctx, "%s（%s）", name, part.Name(ctx, f.Columns[at].Name, f.Columns[at].NameEN))
		}
		if o.Last {
			return part.T(ctx, "上期%s", name)
		}
		return name
	})
}

// RuleWords is words for other pages.
func (f Form) RuleWords(ctx context.Context, c Rule) string { return f.words(ctx, c) }

// levelsInOrder is the reporting level first, then the others by code.
func (f Form) levelsInOrder() []string {
	levels := []string{f.Level}
	for _, level := range slices.Sorted(maps.Keys(f.Levels)) {
		if level != f.Level {
			levels = append(levels, level)
		}
	}
	return levels
}

func indented(row Row, label string) string { return strings.Repeat("　", row.Indent) + label }

func (d showData) columns(ctx context.Context) []part.Col {
	columns := []part.Col{{Label: part.T(ctx, "行号")}, {Label: part.T(ctx, "名称")}, {Label: part.T(ctx, "计量单位")}}
	if d.Form.Derives() {
		columns = append(columns, part.Col{Label: part.T(ctx, "合计"), Numeric: true})
	}
	for _, c := range d.Form.Columns {
		columns = append(columns, part.Col{Label: part.Name(ctx, c.Name, c.NameEN), Numeric: true})
	}
	return append(columns, part.Col{Label: part.T(ctx, "指标解释")})
}
