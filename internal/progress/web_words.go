package progress

// Values, verdicts and statuses in the reader's language; it rounds nothing that was not rounded before.

import (
	"context"
	"strings"

	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// Words are what the status is called, in Chinese, on every page and in every document.
func (s Status) Words() say.Key { return part.StatusWord(string(s)) }

// Words are what the origin is called, in Chinese.
func (o Origin) Words() say.Key { return part.OriginWord(string(o)) }

// Figure is a value for part.Figure; where there is no number it says in a word why.
func Figure(ctx context.Context, v Value) part.FigureView {
	f := part.FigureView{Text: quantity.Written{Number: absent(ctx, v)}, Status: string(v.Status),
		Origin: string(v.Origin), ProofURL: v.ProofURL()}
	if v.Rat != nil {
		f.Text = Measured(ctx, v.Indicator, v.Plain(), v.Mark)
	} else if v.Due == 0 && !v.Hidden {
		f.ProofURL, f.Status, f.Origin = "", "", ""
	}
	return f
}

// number is the value without its unit, for a place whose head names the unit.
func number(ctx context.Context, v Value) string {
	if v.Rat == nil {
		return absent(ctx, v)
	}
	return part.Measured(ctx, v.Plain(), v.Mark, "", "").String()
}

func absent(ctx context.Context, v Value) string {
	switch {
	case v.Hidden:
		return part.T(ctx, say.Key(quantity.Confidential.Words()))
	case v.Why == nil && v.Due <= v.Reported:
		return "—"
	}
	for _, p := range v.Parts {
		if nothing := p.Nothing(); nothing != "" && nothing != notIn {
			return part.T(ctx, nothing)
		}
	}
	if v.Due > v.Reported {
		return part.T(ctx, notIn)
	}
	return "—"
}

// Measured is a value of the indicator with its unit, in the reader's language.
func Measured(ctx context.Context, i indicator.Indicator, number string, mark quantity.Mark) quantity.Written {
	return part.Measured(ctx, number, mark, i.Unit, i.UnitEN)
}

// Difference is how far two values of the indicator are apart, without a sign: 3.74个百分点.
func Difference(ctx context.Context, i indicator.Indicator, number string) string {
	unit, en := quantity.Points(i.Unit), i.UnitEN
	if unit != i.Unit {
		en = ""
	}
	return part.Measured(ctx, strings.TrimPrefix(number, "-"), quantity.Exact, unit, en).String()
}

// In says the amount in lang.
func (a amount) In(lang string) string {
	ctx := part.With(context.Background(), part.Env{Lang: lang})
	if a.apart {
		return Difference(ctx, a.of, a.number)
	}
	return Measured(ctx, a.of, a.number, a.mark).String()
}

// Words are the figure as its source gives it: 近5000件.
func (q Quoted) Words(ctx context.Context, i indicator.Indicator) quantity.Written {
	return Measured(ctx, i, q.Value, q.Mark)
}

// UnitOf is the indicator's unit in the reader's language.
func UnitOf(ctx context.Context, i indicator.Indicator) string {
	return part.Unit(ctx, i.Unit, i.UnitEN)
}

// Coverage says how many of the reports that are due are in; nothing if none is due.
func Coverage(ctx context.Context, v Value) string {
	if v.Due == 0 {
		return ""
	}
	if v.Due == 1 && v.Reported == 0 {
		return part.T(ctx, "还没有审核通过")
	}
	return part.T(ctx, "%d个%s中%d个已报", v.Due, say.Many(v.DueLevel.Called()), v.Reported)
}

func labelled(ctx context.Context, l network.Label) string { return part.Name(ctx, l.Name, l.NameEN) }

// Comparison says how a published figure and the computed value agree: 等于已公布的16.5%.
func Comparison(ctx context.Context, v Value, q Quoted) string {
	published := q.Words(ctx, v.Indicator).String()
	switch {
	case !q.Compared:
		return part.T(ctx, "已公布%s", published)
	case q.Agrees && q.Mark == quantity.Exact:
		return part.T(ctx, "等于已公布的%s", published)
	case q.Agrees:
		return part.T(ctx, "符合已公布的%s", published)
	}
	return part.T(ctx, "与已公布的%s相差%s", published, Difference(ctx, v.Indicator, q.Off(v)))
}

func periodOf(ctx context.Context, p period.Period, start period.YearStart) string {
	if part.From(ctx).Lang == "en" {
		return p.LabelEN(start)
	}
	return p.Label(start)
}

// formulaWords writes the version's formula with the elements' names.
func formulaWords(ctx context.Context, v indicator.Version, parts map[string]network.Label) string {
	f, err := formula.Parse(v.Formula)
	if err != nil {
		return v.Formula
	}
	return f.Words(func(o formula.Operand) string {
		name := o.Element
		if l, ok := parts[o.Element]; ok {
			name = labelled(ctx, l)
		}
		if l, ok := parts["."+o.Category]; ok {
			name = part.T(ctx, "%s（%s）", name, labelled(ctx, l))
		}
		if o.Last {
			return part.T(ctx, "上期%s", name)
		}
		return name
	})
}

// TargetWords says a target in short: ≥30%（2020年）.
func TargetWords(ctx context.Context, i indicator.Indicator, t indicator.Target) string {
	value := Measured(ctx, i, t.Value, quantity.Exact).String()
	switch t.Op {
	case indicator.AtLeast:
		return part.T(ctx, "%d年不低于%s", t.Year, value)
	case indicator.AtMost:
		return part.T(ctx, "%d年不高于%s", t.Year, value)
	case indicator.Increase:
		return part.T(ctx, "提高（只有方向）")
	case indicator.Decrease:
		return part.T(ctx, "降低（只有方向）")
	}
	return part.T(ctx, "尚未设定目标")
}

func (d showData) missingNames(ctx context.Context) string {
	var names []string
	for _, a := range d.Missing {
		names = append(names, part.Name(ctx, a.Name, a.NameEN))
	}
	if len(names) == manyMissing {
		names = append(names, "…")
	}
	return part.Join(ctx, names)
}

// changeWords says the change against the period before, 比2017年提高3.74个百分点, or why there is none.
func (d showData) changeWords(ctx context.Context) string {
	before := periodOf(ctx, d.Period.Previous(), "")
	if why := BreakSince(d.before, d.chosen); why.Key != "" {
		return part.T(ctx, "与%s相比：%s", before, part.Say(ctx, why))
	}
	change := ChangeText(d.before, d.chosen)
	if change == "" {
		return ""
	}
	size := Difference(ctx, d.Indicator, change)
	switch {
	case strings.Trim(change, "-0.") == "":
		return part.T(ctx, "与%s持平", before)
	case strings.HasPrefix(change, "-"):
		return part.T(ctx, "比%s降低%s", before, size)
	}
	return part.T(ctx, "比%s提高%s", before, size)
}

func (d showData) seriesColumns(ctx context.Context) []part.Col {
	columns := []part.Col{{Label: part.T(ctx, "期间")}}
	for i, series := range d.series {
		label := part.T(ctx, "数值")
		if i > 0 {
			label = part.T(ctx, quantity.SexWords(series[0].Sex))
		}
		columns = append(columns, part.Col{Label: label, Numeric: true})
	}
	if d.withCalibres() {
		columns = append(columns, part.Col{Label: part.T(ctx, "口径")})
	}
	columns = append(columns, part.Col{Label: part.T(ctx, "来源性质")})
	if d.compares() {
		columns = append(columns, part.Col{Label: part.T(ctx, "公开数对照")})
	}
	return columns
}

func (d showData) withCalibres() bool {
	calibres := calibresOf(d.total())
	return len(calibres) > 1 || len(calibres) == 1 && calibres[0].ID != 0
}

// since says from when a version is in force.
func (d showData) since(ctx context.Context, v indicator.Version) string {
	if v.From.IsZero() {
		return part.T(ctx, "最初的定义")
	}
	return part.T(ctx, "%s起", periodOf(ctx, v.From, ""))
}

func (g group) title(ctx context.Context) string {
	if g.Domain == "" {
		return part.T(ctx, "没有挂在规划目标下的指标")
	}
	return part.Name(ctx, g.Domain, g.DomainEN)
}

// intro says whose figures these are and of when; before there are any it says nothing.
func (d listData) intro() say.Words {
	if d.Year == 0 {
		return say.Words{}
	}
	return say.New("%s截至%d年的数和评价。点开数字看出处。", say.Name{ZH: d.Area.Name, EN: d.Area.NameEN}, d.Year)
}
