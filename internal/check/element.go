package check

// Counts straight from accepted reports as witnesses, beside the indicators that are made of them.

import (
	"math/big"
	"net/url"
	"slices"
	"unicode/utf8"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// elements are the data items of the forms: what reports count, beside the indicators that are made of it.
type elements struct {
	byCode  map[string]element.Element
	usedBy  map[string]string // an indicator whose proof shows the element
	amounts map[int64]fact.Amounts
}

func loadElements(tx *db.Tx, indicators []indicator.Indicator) (e elements, err error) {
	e = elements{usedBy: map[string]string{}, amounts: map[int64]fact.Amounts{}}
	if e.byCode, err = element.All(tx); err != nil {
		return e, err
	}
	versions, err := indicator.Versions(tx)
	if err != nil {
		return e, err
	}
	for _, i := range indicators {
		for _, v := range versions[i.ID] {
			computes, err := formula.Parse(v.Formula)
			if err != nil {
				return e, err
			}
			for _, code := range computes.Elements() {
				if e.usedBy[code] == "" {
					e.usedBy[code] = i.Code
				}
			}
		}
	}
	return e, nil
}

// terms are the elements for the vocabulary, by code.
func (e elements) terms(aliases map[string][]string) (terms []figurecheck.Term) {
	codes := make([]string, 0, len(e.byCode))
	for code := range e.byCode {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		one := e.byCode[code]
		terms = append(terms, figurecheck.Term{Code: code, Unit: one.Unit,
			Names: append([]string{one.Name}, aliases[code]...)})
	}
	return terms
}

// read fetches what the elements come to in an area.
func (e elements) read(tx *db.Tx, area network.Area, codes []string, periods []period.Period) error {
	q := fact.Query{Areas: []int64{area.ID}, Periods: periods}
	for _, code := range codes {
		q.Elements = append(q.Elements, e.byCode[code].ID)
	}
	if len(q.Elements) == 0 || len(q.Periods) == 0 {
		return nil
	}
	amounts, err := fact.Read(tx, q)
	e.amounts[area.ID] = amounts
	return err
}

// counts is what an element comes to by accepted reports; nothing if it is confidential or nobody has reported. Only
// its name in full can contradict: 结婚登记 may be counted in many ways.
func (d data) counts(c figurecheck.Claim, code string, area network.Area, p period.Period, sex int) []witness {
	amounts, read := d.elements.amounts[area.ID]
	e := d.elements.byCode[code]
	if !read || sex != quantity.SexTotal && !e.BySex {
		return nil
	}
	a := amounts.At(area.ID, p, e.ID, sex, 0, 0)
	if !a.Known() || a.Hidden == 1 || a.Hidden > 0 && a.Own || a.Mark.HasValue() && !a.Mark.Summable() {
		return nil
	}
	rat := quantity.Rat(a.Value, e.Decimals)
	w := witness{truth: truth{rat: rat, decimals: e.Decimals}, unit: e.Unit, code: code,
		name: network.Label{Name: e.Name, NameEN: e.NameEN},
		at:   p, area: area, simulated: a.Simulated > 0, verdict: Proven, loose: !c.Vouched &&
			c.Name != (figurecheck.Span{}) && c.Name.End-c.Name.Start < utf8.RuneCountInString(e.Name),
		said: say.New("已审核通过的报表合计%s", said(rat, e.Decimals, quantity.Exact, e.Unit, ""))}
	if used := d.elements.usedBy[code]; used != "" {
		w.proof = "/proof?" + url.Values{"indicator": {used}, "area": {area.Code}, "period": {p.String()},
			"sex": {quantity.SexCode(sex)}}.Encode()
	}
	switch {
	case !a.Complete():
		w.verdict = Unknown
		w.said = say.New("数据不全：应报%d个，已报%d个，已报的合计%s", a.Due, a.Reported+a.NotApplicable,
			said(rat, e.Decimals, quantity.Exact, e.Unit, ""))
	case a.Unsigned > 0:
		w.verdict = Published
	case a.Paper > 0:
		w.verdict = Paper
		w.said = say.New("纸质签字的报表合计%s", said(rat, e.Decimals, quantity.Exact, e.Unit, ""))
	}
	w.value = progress.Value{Area: area, Period: p}
	return []witness{w}
}

// pow10 is 10 to the power of n, for n up to 18.
func pow10(n int) int64 { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil).Int64() }
