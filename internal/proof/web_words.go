package proof

// A proof's sentences in the reader's language: formula with names and numbers, change, verdict.

import (
	"context"
	"strings"

	"yipanqi/internal/formula"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/part"
)

func (d proofData) title(ctx context.Context) string {
	v := d.value
	words := []string{part.Name(ctx, v.Area.Name, v.Area.NameEN), label(ctx, v.Period, v.Indicator.YearStart)}
	if v.Sex != quantity.SexTotal {
		words = append(words, part.T(ctx, quantity.SexWords(v.Sex)))
	}
	if v.Category.ID != 0 {
		words = append(words, part.Name(ctx, v.Category.Name, v.Category.NameEN))
	}
	return strings.Join(words, " · ")
}

func label(ctx context.Context, p period.Period, start period.YearStart) string {
	return part.Name(ctx, p.Label(start), p.LabelEN(start))
}

// figure is the number with the status that verification gave it.
func (d proofData) figure(ctx context.Context) part.FigureView {
	f := progress.Figure(ctx, d.value)
	f.ProofURL, f.Status, f.Large = "", string(d.Status), true
	return f
}

// verdict says what the two axes come to.
func (d proofData) verdict(ctx context.Context) string {
	switch {
	case d.value.Quoted != nil:
		return part.T(ctx, "引自公开来源，没有双签字。")
	case d.Status == progress.Proven:
		return part.T(ctx, "公式、组成、摘要和每份报表的各个签字，刚刚全部核验通过。")
	case d.Status == progress.Paper:
		return part.T(ctx, "公式、组成和摘要刚刚核验通过；有的报表是纸质签字，没有密钥签名，证明力较弱：%s。",
			part.Say(ctx, d.Tally.Words()...))
	case d.Status == progress.Incomplete:
		return part.T(ctx, "有报表还没有审核通过，现在的数只含已报部分。")
	}
	if !d.Tally.AllSigned() {
		return part.T(ctx, "有的报表未签字：%s。", part.Say(ctx, d.Tally.Words()...))
	}
	return part.T(ctx, "有的报表核验不通过，见下。")
}

// change says how far the figure is from the period before, from unrounded values, or why that is not to be said.
func (d proofData) change(ctx context.Context) string {
	before, was := label(ctx, d.before.Period, ""), progress.Figure(ctx, d.before).Text
	if why := progress.BreakSince(d.before, d.value); why.Key != "" {
		return part.T(ctx, "与%s的%s相比：%s", before, was, part.Say(ctx, why))
	}
	change := progress.ChangeText(d.before, d.value)
	if change == "" {
		return ""
	}
	size := progress.Difference(ctx, d.value.Indicator, change)
	switch {
	case strings.Trim(change, "-0.") == "":
		return part.T(ctx, "与%s（%s）持平", before, was)
	case strings.HasPrefix(change, "-"):
		return part.T(ctx, "比%s（%s）降低%s", before, was, size)
	}
	return part.T(ctx, "比%s（%s）提高%s", before, was, size)
}

// formula writes the formula with names, or with the numbers that it took in.
func (d proofData) formula(ctx context.Context, numbers bool) string {
	f, err := formula.Parse(d.value.Version.Formula)
	if err != nil {
		return d.value.Version.Formula
	}
	return f.Words(func(o formula.Operand) string {
		for _, p := range d.Parts {
			if !p.of.Is(o) {
				continue
			}
			name := part.Name(ctx, p.Name, p.NameEN)
			switch {
			case numbers && p.Total != "":
				return quantity.Grouped(p.Total)
			case o.Last:
				return part.T(ctx, "上期%s", name)
			}
			return name
		}
		return o.Element
	})
}

// bySex says whether any part is shown by sex.
func (d proofData) bySex() bool {
	for _, p := range d.Parts {
		if p.of.Element.BySex && p.of.Sex == quantity.SexTotal {
			return true
		}
	}
	return false
}

func (d proofData) partColumns(ctx context.Context) []part.Col {
	cols := []part.Col{{Label: part.T(ctx, "数据项")}, {Label: part.T(ctx, "期间")}}
	if d.bySex() {
		cols = append(cols, part.Col{Label: part.T(ctx, "男"), Numeric: true},
			part.Col{Label: part.T(ctx, "女"), Numeric: true})
	}
	return append(cols, part.Col{Label: part.T(ctx, "合计"), Numeric: true}, part.Col{Label: part.T(ctx, "计量单位")},
		part.Col{Label: part.T(ctx, "已报"), Numeric: true})
}

// amount is a part's number, or what stands in its place, as people read it.
func amount(ctx context.Context, number, nothing string) string {
	switch {
	case number != "":
		return quantity.Grouped(number)
	case nothing != "":
		return part.T(ctx, say.Key(nothing))
	}
	return "—"
}

func (d proofData) areaColumns(ctx context.Context) []part.Col {
	cols := []part.Col{{Label: part.T(ctx, "地区")}}
	for _, p := range d.Parts {
		name := part.Name(ctx, p.Name, p.NameEN)
		if p.of.Last {
			name = part.T(ctx, "上期%s", name)
		}
		cols = append(cols, part.Col{Label: name, Numeric: true})
	}
	return cols
}

// words are the area's number in the part as people read it.
func (a Addend) words(ctx context.Context, p Part) string {
	switch {
	case a.Withheld:
		return part.T(ctx, "不便显示")
	case a.Value != "" && a.Mark != "":
		number := quantity.Grouped(a.Value)
		return part.T(ctx, "%s（不计入）", part.Measured(ctx, number, quantity.Qualifier(a.Mark), "", ""))
	case a.Value != "":
		return quantity.Grouped(a.Value)
	case a.Mark != "":
		return part.T(ctx, say.Key(a.Mark))
	}
	return part.T(ctx, "未报")
}

// signatures are the signers' cards, verified again.
func (d proofData) signatures(ctx context.Context, s Source) (views []part.SignatureView) {
	for _, g := range s.version.Signatures {
		views = append(views, s.version.View(ctx, g, s.called, d.issuer))
	}
	return views
}

// signedWord says for a table whether two signed with their keys.
func (s Source) signedWord() string {
	switch {
	case s.OnPaper:
		return "纸质签字"
	case s.Signed:
		return "是"
	}
	return "否"
}

func (s Source) stateWords() say.Key {
	if s.State == submission.Draft {
		return "缺报"
	}
	return s.State.Words()
}

// live is the state of the version that counts, whatever has begun since.
func (s Source) live() submission.State {
	if !s.Signed {
		return submission.Historical
	}
	return submission.Accepted
}

// precision says how exactly the source gives the figure.
func (d publishedData) precision(ctx context.Context) string {
	if words := d.Figure.Mark.Words(); words != "" {
		return part.T(ctx, "来源写的是“%s”，不是精确数，不参加计算", words)
	}
	return part.T(ctx, "来源写的是精确数，%d位小数", d.quote.Decimals)
}
