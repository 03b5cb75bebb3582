package proof

// Reads a proof: every submission behind the figure verified anew, as far as its reader may see. What that comes to is
// proof.go's.

import (
	"slices"

	"yipanqi/internal/attest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
	"yipanqi/internal/submission"
)

// Key names a figure, by codes as in its address.
type Key struct {
	Indicator string `json:"indicator"`
	Area      string `json:"area"`
	Period    string `json:"period"`
	Sex       string `json:"sex"`
	Category  string `json:"category,omitempty"`
}

// Read proves a figure: it verifies every submission behind it and adds up what was signed. A key that leads to no
// figure, or to one that by may not see, is missing.
func Read(tx *db.Tx, by auth.User, k Key, issuer sign.PublicKey) (p Proof, err error) {
	if p.value, err = find(tx, by, k); err != nil {
		return p, err
	}
	p.Value, p.Formula, p.Parts, p.Sources = p.value.Shown(), p.value.Version.Formula, []Part{}, []Source{}
	if !p.value.Computed() && len(p.value.Parts) == 0 {
		p.Status, p.Assertions = p.value.Status, []signed.Assertion{}
		return p, nil
	}
	if p.before, err = valueOf(tx, p.value.Indicator, p.value.Area,
		p.value.Period.Previous(), p.value.Sex, p.value.Category); err != nil {
		return p, err
	}
	if err := p.readParts(tx); err != nil {
		return p, err
	}
	seen := map[string]bool{}
	p.sums = make([]int64, len(p.value.Parts))
	for n, part := range p.value.Parts {
		if p.Parts[n].Addends, err = addends(tx, by, p.value.Area, part); err != nil {
			return p, err
		}
		if err := p.readSources(tx, by, part, issuer, seen); err != nil {
			return p, err
		}
	}
	var sums []signed.Assertion
	for n, part := range p.value.Parts {
		if !part.Secret() {
			sums = append(sums, signed.Assertion{Words: p.sumWords(part), OK: p.sums[n] == part.Amount.Value})
		}
	}
	differences, err := attest.Verify(tx)
	if err != nil {
		return p, err
	}
	type owed struct {
		form int64
		at   period.Period
	}
	asked := map[owed]bool{}
	for _, part := range p.value.Parts {
		of := owed{part.FormID, part.Period}
		if part.FormID == 0 || asked[of] {
			continue
		}
		asked[of] = true
		due, err := submission.DueCheck(tx, part.FormID, part.Period, p.value.Area)
		if err != nil {
			return p, err
		}
		sums = append(sums, due)
	}
	if err := p.readSince(tx); err != nil {
		return p, err
	}
	linked, err := journal.Recent(tx, maxLinks)
	if err != nil {
		return p, err
	}
	sums = append(sums, chained(linked))
	p.verdict(append(sums, definitions(attest.OfFigures(differences))))
	return p, nil
}

// sumWords say of which part a sum is: a formula may take one element of two periods.
func (p Proof) sumWords(part progress.Part) say.Words {
	name := part.Called()
	if slices.ContainsFunc(p.value.Parts, func(other progress.Part) bool { return other.Period != part.Period }) {
		return say.New("%s的“%s”等于各份报表文本之和", part.Period, name)
	}
	return say.New("“%s”等于各份报表文本之和", name)
}

func (p *Proof) readSince(tx *db.Tx) error {
	since, err := attest.Since(tx)
	for _, s := range p.Sources {
		if at := s.version.AcceptedAt; !at.IsZero() && at.Before(since) {
			p.Since = since
		}
	}
	return err
}

// maxLinks bounds how much of the journal's chain one page follows: a link takes about ten microseconds. What a page
// does not follow `journal verify` does.
const maxLinks = 2000

// chained is the check that nothing was taken out of the newest part of the journal, or put into it.
func chained(l journal.Linked) signed.Assertion {
	c := signed.Assertion{Words: say.New("存证日志最近%d条环环相扣，与签名的检查点一致（更早的由 journal verify 核对）",
		l.Links), OK: l.OK}
	if l.Whole {
		c.Words = say.New("存证日志全部%d条环环相扣，与签名的检查点一致", l.Links)
	}
	return c
}

// definitions is the check that everything the figure means is what was journaled.
func definitions(differences []attest.Difference) signed.Assertion {
	if len(differences) == 0 {
		return signed.Assertion{Words: say.New("公式、数据项、报表、地区、单位、岗位和人员都与存证日志一致"), OK: true}
	}
	return signed.Assertion{Words: say.New("公式、数据项、报表、地区、单位、岗位和人员都与存证日志一致（不符：%s等%d处）", differences[0].Place(), len(differences))}
}

func find(tx *db.Tx, by auth.User, k Key) (progress.Value, error) {
	missing := errs.Missingf("没有这个数字的出处。请检查指标、地区、期间和性别。")
	i, err := indicator.ByCode(tx, k.Indicator)
	if err != nil {
		return progress.Value{}, err
	}
	at, err := period.Parse(k.Period)
	if err != nil {
		return progress.Value{}, missing
	}
	sex, err := quantity.ParseSex(k.Sex)
	if err != nil {
		return progress.Value{}, missing
	}
	area, err := network.AreaByCode(tx, k.Area, "")
	if err != nil {
		return progress.Value{}, err
	}
	if !by.SeesFigures(area.Path) {
		return progress.Value{}, missing
	}
	of, err := element.CategoryByCode(tx, k.Category)
	if err != nil {
		return progress.Value{}, missing
	}
	v, err := valueOf(tx, i, area, at, sex, of)
	if err == nil && !v.Known() {
		err = missing
	}
	return v, err
}

// valueOf is one value, with whatever is known of it.
func valueOf(tx *db.Tx, i indicator.Indicator, area network.Area, at period.Period, sex int,
	of element.Category) (progress.Value, error) {
	values, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{i}, Areas: []network.Area{area},
		Periods: []period.Period{at}, Sexes: []int{sex}, Category: of})
	if err != nil {
		return progress.Value{}, err
	}
	return values[0], nil
}

// readParts reads what each element comes to, by sex.
func (p *Proof) readParts(tx *db.Tx) error {
	q := fact.Query{Areas: []int64{p.value.Area.ID}}
	for _, part := range p.value.Parts {
		q.Elements, q.Periods = append(q.Elements, part.Element.ID), append(q.Periods, part.Period)
	}
	amounts, err := fact.Read(tx, q)
	if err != nil {
		return err
	}
	for _, part := range p.value.Parts {
		one := Part{Element: part.Element.Code, Category: part.Category.Code,
			Name: part.Called().ZH, NameEN: part.Called().EN,
			Period:   part.Period.String(),
			Unit:     part.Element.Unit,
			Reported: part.Amount.Reported + part.Amount.NotApplicable, Due: part.Amount.Due, of: part}
		one.Total, one.Nothing = plain(part, part.Amount)
		if part.Element.BySex && part.Sex == quantity.SexTotal {
			at := func(sex int) fact.Amount {
				return amounts.At(p.value.Area.ID, part.Period, part.Element.ID, sex, part.Category.ID,
					part.Calibre)
			}
			one.Men, one.MenNothing = plain(part, at(quantity.SexMale))
			one.Women, one.WomenNothing = plain(part, at(quantity.SexFemale))
		}
		p.Parts = append(p.Parts, one)
	}
	return nil
}

// plain is an amount of the part's element; empty if it is not there or may not be shown, and why.
func plain(part progress.Part, a fact.Amount) (number, nothing string) {
	part.Amount = a
	if a.Reported == 0 || part.Secret() {
		return "", string(part.Nothing())
	}
	return quantity.Plain(a.Value, part.Element.Decimals), ""
}

// readSources adds the submissions that a part rests on: the area's own, or those of the areas below. Each is verified,
// however many there are, and leaves its numbers in the sums of the parts.
func (p *Proof) readSources(tx *db.Tx, by auth.User, part progress.Part, issuer sign.PublicKey,
	seen map[string]bool) error {
	items, err := submission.Under(tx, part.FormID, part.Period, p.value.Area)
	if err != nil {
		return err
	}
	var ids []string
	for _, item := range items {
		if !seen[item.ID] {
			ids = append(ids, item.ID)
		}
		seen[item.ID] = true
	}
	return submission.VouchAll(tx, ids, issuer, func(v submission.Vouched) error {
		called, err := submission.CalledIn(tx, v.Form)
		if err != nil {
			return err
		}
		source := p.source(by, v, called)
		if !source.Visible {
			p.Withheld++
		}
		if p.Sources = append(p.Sources, source); !source.Reported {
			p.Tally.Missing++
			return nil
		}
		p.Tally.Add(v.Accepted)
		if source.Verified {
			p.add(v.Period, v.Cells)
		}
		if len(ids) > 1 { // only a page of one source shows its text verified on the spot
			p.Sources[len(p.Sources)-1].version.Text = ""
		}
		return nil
	})
}

// source is what by may see of a submission that was verified.
func (p *Proof) source(by auth.User, v submission.Vouched, called submission.Called) Source {
	source := Source{Area: v.Area, Unit: v.Unit.Name, UnitEN: v.Unit.NameEN, Form: v.Form.Name,
		Period: v.Period, State: v.State,
		Late: v.Late, Reported: v.AcceptedID != 0, Visible: by.Sees(v.Unit.Code, v.Area.Path)}
	if source.Visible {
		source.Submission = v.ID
	}
	if !source.Reported {
		return source
	}
	source.called = called
	source.version, source.Origin, source.Signed = v.Accepted, v.Accepted.Origin, v.Accepted.Signed()
	source.OnPaper = v.Accepted.OnPaper()
	source.problem, source.Verified = v.Holds()
	if !source.Visible {
		return source
	}
	source.Version, source.Digest, source.Named = v.Accepted.Number, v.Accepted.Digest, v.Accepted.Source
	for _, g := range v.Accepted.Signatures {
		source.Signatures = append(source.Signatures,
			Signature{g.Role, called[g.Role].Name, g.Person, g.Post, g.Unit, g.At, g.Digest, g.Kind, g.Paper.On,
				g.Sample()})
	}
	if source.Signed && by.Can("receipt.read") {
		source.Receipt = v.URL() + "/receipt"
	}
	for _, cell := range v.Counted {
		if slices.ContainsFunc(p.value.Parts, func(part progress.Part) bool {
			return part.Element.Code == cell.Element
		}) {
			source.Counted = append(source.Counted, Counted{cell.Label, *cell.Counted})
		}
	}
	return source
}
