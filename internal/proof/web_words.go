package proof

import (
	"context"
	"math/big"
	"net/url"
	"strings"

	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/part"
)

func (d showData) url() string {
	q := url.Values{"indicator": {d.Figure.Indicator}, "area": {d.Figure.Area}, "period": {d.Figure.Period}, "sex": {d.Figure.Sex}}
	return "/proof?" + q.Encode()
}

func (d showData) title(ctx context.Context) string {
	v := d.proof.Value
	words := []string{part.Name(ctx, v.Area.Name, v.Area.NameEN), part.Name(ctx, v.Indicator.Name, v.Indicator.NameEN), label(ctx, v.Period, v.Indicator.YearStart)}
	if v.Sex != quantity.SexTotal {
		words = append(words, part.T(ctx, quantity.SexWords(v.Sex)))
	}
	return strings.Join(words, " · ")
}

func label(ctx context.Context, p period.Period, start period.YearStart) string {
	if part.From(ctx).Lang == "en" {
		return p.LabelEN(start)
	}
	return p.Label(start)
}

func (d showData) figure(ctx context.Context) part.FigureView {
	f := progress.Figure(ctx, d.proof.Value)
	f.ProofURL, f.Large, f.Status = "", true, string(d.Status)
	return f
}

// verdict says what the two axes come to.
func (d showData) verdict(ctx context.Context) string {
	v := d.proof.Value
	switch {
	case v.Quoted != nil:
		return part.T(ctx, "引自公开来源，没有双签字")
	case d.Status == progress.Proven && len(d.Reports) > 0:
		return part.T(ctx, "公式、组成、摘要和每张报表的两个签字，刚刚全部核验通过")
	case d.Status == progress.Proven:
		return part.T(ctx, "各下级数字均有双签字；逐级点开核验")
	case d.Status == progress.Incomplete:
		return part.T(ctx, "有报表还没有报来，现在的数只含已报部分")
	}
	return part.T(ctx, "有的数没有双签字，或核验不通过，见下")
}

func (d showData) change(ctx context.Context) string {
	v := d.proof.Value
	change := progress.Change(d.previous, v)
	if change == nil || !v.Complete() || !d.previous.Complete() {
		return ""
	}
	unit := progress.UnitOf(ctx, v.Indicator)
	if unit == "%" {
		unit = part.T(ctx, "个百分点")
	}
	amount := quantity.Round(new(big.Rat).Abs(change), v.Indicator.Decimals)
	before := label(ctx, d.previous.Period, "")
	if change.Sign() < 0 {
		return part.T(ctx, "比%s（%s）降低%s%s", before, d.previous.Text(), amount, unit)
	}
	return part.T(ctx, "比%s（%s）提高%s%s", before, d.previous.Text(), amount, unit)
}

func (d showData) missingNames(ctx context.Context) string {
	var names []string
	for _, a := range d.missing {
		names = append(names, part.Name(ctx, a.Name, a.NameEN))
	}
	return strings.Join(names, part.T(ctx, "、"))
}

func (d showData) formulaNames(ctx context.Context) string {
	v := d.proof.Value
	return part.Name(ctx, v.Indicator.Name, v.Indicator.NameEN) + " = " + d.proof.Formula.Words(func(o indicator.Operand) string {
		l := d.names[o.Element]
		if o.Last {
			return part.T(ctx, "上期%s", part.Name(ctx, l.Name, l.NameEN))
		}
		return part.Name(ctx, l.Name, l.NameEN)
	})
}

// formulaNumbers is the formula with its numbers put in, and what it comes to.
func (d showData) formulaNumbers(ctx context.Context) string {
	v := d.proof.Value
	text := d.proof.Formula.Words(func(o indicator.Operand) string {
		for _, p := range v.Parts {
			if p.Element.Code == o.Element && p.Last == o.Last {
				return amount(ctx, p)
			}
		}
		return "—"
	})
	if v.Rat == nil {
		return text
	}
	return text + " = " + v.Text() + progress.UnitOf(ctx, v.Indicator)
}

func amount(ctx context.Context, p progress.Part) string {
	switch {
	case p.Secret():
		return part.T(ctx, "保密")
	case !p.Amount.Known():
		return part.T(ctx, "未报")
	}
	return grouped(quantity.Plain(p.Amount.Value, p.Element.Decimals)) + p.Element.Unit
}

// grouped puts thousands separators into a plain decimal.
func grouped(text string) string {
	whole, fraction, dotted := strings.Cut(text, ".")
	sign := ""
	if rest, negative := strings.CutPrefix(whole, "-"); negative {
		sign, whole = "-", rest
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dotted {
		return sign + whole + "." + fraction
	}
	return sign + whole
}

func (d showData) periodOf(ctx context.Context, p progress.Part) string {
	return label(ctx, p.Period, p.Element.YearStart)
}

func checkWords(ctx context.Context, c submission.Check) string {
	return part.T(ctx, c.Msg, c.Args...)
}

func (d publishedData) figure(ctx context.Context) part.FigureView {
	return part.FigureView{Text: d.quoted.Words(ctx), Unit: progress.UnitOf(ctx, d.Indicator), Status: part.Unproven, Origin: part.Published, Large: true}
}

func (d publishedData) periodOf(ctx context.Context) string {
	return label(ctx, d.Published.Period, "")
}

func (d publishedData) comparison(ctx context.Context) string {
	return part.T(ctx, "本系统由报表计算：%s", d.value.Text()+progress.UnitOf(ctx, d.Indicator)) + part.T(ctx, "，") + progress.Comparison(ctx, d.value, d.quoted)
}

func (d publishedData) precision(ctx context.Context) string {
	if words := d.Published.Mark.Words(); words != "" {
		return part.T(ctx, "来源写的是“%s”，不是精确数，不参加计算", words)
	}
	return part.T(ctx, "来源写的是精确数，%d位小数", d.quoted.Decimals)
}
