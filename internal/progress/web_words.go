package progress

import (
	"context"
	"math/big"
	"strings"

	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/web/part"
)

// Say says words in the reader's language, as one sentence.
func Say(ctx context.Context, all ...Words) string {
	english := part.From(ctx).Lang == "en"
	said := make([]string, len(all))
	for i, w := range all {
		said[i] = part.T(ctx, w.Key, spoken(ctx, w.Args)...)
	}
	if english {
		return strings.Join(said, "; ")
	}
	return strings.Join(said, "；")
}

// spoken turns arguments into what a format prints in the language of ctx.
func spoken(ctx context.Context, args []any) []any {
	said := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case period.Period:
			said[i] = periodOf(ctx, arg, "")
		case network.Label:
			said[i] = part.Many(ctx, arg.Name, arg.NameEN)
		case Both:
			said[i] = part.Name(ctx, arg.ZH, arg.EN)
		case amount:
			said[i] = marked(ctx, arg.number, arg.mark)
		default:
			said[i] = arg
		}
	}
	return said
}

// Figure is a value for part.Figure; where there is no number it says in a word why.
func Figure(ctx context.Context, v Value) part.FigureView {
	f := part.FigureView{Text: number(ctx, v), Status: string(v.Status),
		Origin: string(v.Origin), ProofURL: v.ProofURL()}
	if v.Rat != nil {
		f.Unit = UnitOf(ctx, v.Indicator)
	} else if v.Due == 0 && !v.Hidden {
		f.ProofURL, f.Status, f.Origin = "", "", ""
	}
	return f
}

func number(ctx context.Context, v Value) string {
	switch {
	case v.Hidden:
		return part.T(ctx, "保密")
	case v.Rat == nil && v.Due > v.Reported:
		return part.T(ctx, "未报")
	case v.Rat == nil:
		return "—"
	}
	return marked(ctx, v.Plain(), v.Mark)
}

// marked puts 近, 余, 以上 or 约 where the language wants it.
func marked(ctx context.Context, number string, mark quantity.Mark) string {
	number = readable(ctx, number)
	switch mark {
	case quantity.Nearly:
		return part.T(ctx, "近%s", number)
	case quantity.Over:
		return part.T(ctx, "%s余", number)
	case quantity.AtLeast:
		return part.T(ctx, "%s以上", number)
	case quantity.About:
		return part.T(ctx, "约%s", number)
	}
	return number
}

// readable writes a long whole number as the language does, without rounding anything away: 40亿 and 2154.2万,
// 4,000,000,000 and 21,542,000.
func readable(ctx context.Context, number string) string {
	r, ok := new(big.Rat).SetString(number)
	if !ok || !r.IsInt() || len(number) < 7 {
		return number
	}
	if part.From(ctx).Lang == "en" {
		return quantity.Grouped(number)
	}
	for _, scale := range []string{"亿", "万"} {
		for decimals := range 3 {
			style := quantity.Style{Scale: scale, Decimals: decimals}
			if text := style.Format(r); style.Exact(r) && strings.TrimPrefix(text, "-")[0] != '0' {
				return text
			}
		}
	}
	return number
}

// Words are the figure as its source gives it: 近5000.
func (q Quoted) Words(ctx context.Context) string { return marked(ctx, q.Value, q.Mark) }

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
	return part.T(ctx, "%d个%s中%d个已报", v.Due, part.Many(ctx, v.DueLevel.Name, v.DueLevel.NameEN), v.Reported)
}

func labelled(ctx context.Context, l network.Label) string { return part.Name(ctx, l.Name, l.NameEN) }

// Comparison says how a published figure and the computed value agree: 等于已公布的16.5%.
func Comparison(ctx context.Context, v Value, q Quoted) string {
	published := marked(ctx, q.Value, q.Mark) + UnitOf(ctx, v.Indicator)
	switch {
	case !q.Compared:
		return part.T(ctx, "已公布%s", published)
	case q.Agrees && q.Mark == quantity.Exact:
		return part.T(ctx, "等于已公布的%s", published)
	case q.Agrees:
		return part.T(ctx, "符合已公布的%s", published)
	}
	return part.T(ctx, "与已公布的%s相差%s", published, q.Off(v))
}

func periodOf(ctx context.Context, p period.Period, start period.YearStart) string {
	if part.From(ctx).Lang == "en" {
		return p.LabelEN(start)
	}
	return p.Label(start)
}

// formulaWords writes the version's formula with the elements' names.
func formulaWords(ctx context.Context, v indicator.Version, parts map[string]network.Label) string {
	f, err := indicator.ParseFormula(v.Formula)
	if err != nil {
		return v.Formula
	}
	return f.Words(func(o indicator.Operand) string {
		name := o.Element
		if l, ok := parts[o.Element]; ok {
			name = labelled(ctx, l)
		}
		if o.Last {
			return part.T(ctx, "上期%s", name)
		}
		return name
	})
}

// targetWords says a target in short: ≥30%（2020年）.
func targetWords(ctx context.Context, i indicator.Indicator, t indicator.Target) string {
	value := t.Value + UnitOf(ctx, i)
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
	return part.T(ctx, "没有设定目标")
}

// joined writes several names in one line.
func joined(ctx context.Context, names []string) string {
	if part.From(ctx).Lang == "en" {
		return strings.Join(names, ", ")
	}
	return strings.Join(names, "、")
}

func (d showData) missingNames(ctx context.Context) string {
	var names []string
	for _, a := range d.Missing {
		names = append(names, part.Name(ctx, a.Name, a.NameEN))
	}
	if len(names) == manyMissing {
		names = append(names, "…")
	}
	return joined(ctx, names)
}

// changeWords says the change against the period before: 比2017年提高3.74个百分点.
func (d showData) changeWords(ctx context.Context) string {
	unit := UnitOf(ctx, d.Indicator)
	if unit == "%" {
		unit = part.T(ctx, "个百分点")
	}
	before := periodOf(ctx, d.Period.Previous(), "")
	if amount, down := strings.CutPrefix(d.change, "-"); down {
		return part.T(ctx, "比%s降低%s%s", before, amount, unit)
	}
	return part.T(ctx, "比%s提高%s%s", before, d.change, unit)
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

func groupTitle(ctx context.Context, g group) string {
	if g.Domain == "" {
		return part.T(ctx, "没有挂在规划目标下的指标")
	}
	return part.Name(ctx, g.Domain, g.DomainEN)
}
