package progress

// Values as programs read them: every number a plain decimal, confidential ones left out.

import (
	"net/url"

	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Shown is a value as programs read it: every number a plain decimal text, rounded as shown; confidential ones left
// out.
type Shown struct {
	Indicator   string           `json:"indicator"`
	Name        string           `json:"name"`
	Unit        string           `json:"unit"`
	Area        string           `json:"area"`
	AreaName    string           `json:"area_name"`
	Period      string           `json:"period"`
	Sex         string           `json:"sex"`
	Category    string           `json:"category,omitempty"`
	Calibre     string           `json:"calibre"`
	Value       string           `json:"value"`
	Mark        string           `json:"mark,omitempty"`      // 近 余 以上 约
	Numerator   string           `json:"numerator,omitempty"` // of a rate that was computed
	Denominator string           `json:"denominator,omitempty"`
	Status      Status           `json:"status"`
	Origin      Origin           `json:"origin"`
	Reported    int              `json:"reported"`
	Due         int              `json:"due"`
	Why         string           `json:"why,omitempty"`
	Break       string           `json:"break,omitempty"` // why it cannot be compared with the number before it
	Parts       []ShownPart      `json:"parts,omitempty"`
	Published   []ShownPublished `json:"published,omitempty"`
	Proof       string           `json:"proof"`

	nameEN, areaEN, unitEN string // for tables to be saved
	why                    []say.Words
}

// ShownPart is an operand of the formula.
type ShownPart struct {
	Element  string `json:"element"`
	Category string `json:"category,omitempty"`
	Name     string `json:"name"`
	Period   string `json:"period"`
	Value    string `json:"value"`
	Unit     string `json:"unit"`
	Nothing  string `json:"nothing,omitempty"` // why there is no number: 不适用, 暂缺, 保密 …
	Reported int    `json:"reported"`
	Due      int    `json:"due"`

	NotApplicable int `json:"not_applicable,omitempty"` // of those who reported: to whom it does not apply
}

// ShownPublished is a published figure beside the value. Agrees is null where they cannot be compared.
type ShownPublished struct {
	Value       string `json:"value"`
	Mark        string `json:"mark,omitempty"`
	Agrees      *bool  `json:"agrees"`
	Difference  string `json:"difference,omitempty"` // computed − published
	SourceTitle string `json:"source_title"`
	SourceURL   string `json:"source_url,omitempty"`
	Proof       string `json:"proof"`
}

// shownSeries is one series, of one indicator, area and sex in order of period, for programs: with its breaks.
func shownSeries(series []Value) []Shown {
	all := make([]Shown, len(series))
	for i, v := range series {
		all[i] = v.Shown()
		all[i].Break = breakBefore(series, i).String()
	}
	return all
}

// ProofURL is the page that shows where the value comes from.
func (v Value) ProofURL() string {
	if v.Quoted != nil {
		return v.Quoted.ProofURL()
	}
	q := url.Values{"indicator": {v.Indicator.Code}, "area": {v.Area.Code}, "period": {v.Period.String()},
		"sex": {quantity.SexCode(v.Sex)}}
	if v.Category.ID != 0 {
		q.Set("category", v.Category.Code)
	}
	return "/proof?" + q.Encode()
}

// ProofURL is the page of the published figure.
func (q Quoted) ProofURL() string { return "/published/" + q.ID }

// Off is how far the computed value is from the published one, with the decimals of the finer of the two.
func (q Quoted) Off(v Value) string {
	return Tell(max(q.Decimals, v.Indicator.Decimals), q.Difference)
}

// Shown is the value for programs.
func (v Value) Shown() Shown {
	s := Shown{Indicator: v.Indicator.Code, Name: v.Indicator.Name, Unit: v.Indicator.Unit,
		Area: v.Area.Code, AreaName: v.Area.Name,
		Period: v.Period.String(), Sex: quantity.SexCode(v.Sex), Category: v.Category.Code,
		Calibre: v.Calibre.Code,
		Value:   v.Plain(), Mark: v.Mark.Words(),
		Status: v.Status, Origin: v.Origin, Reported: v.Reported, Due: v.Due, Why: say.Chinese(v.Why),
		Proof:  v.ProofURL(),
		nameEN: v.Indicator.NameEN, areaEN: v.Area.NameEN, unitEN: v.Indicator.UnitEN, why: v.Why}
	s.Numerator, s.Denominator = v.Fraction()
	for _, p := range v.Parts {
		shown := ShownPart{Element: p.Element.Code, Category: p.Category.Code, Name: p.Called().ZH,
			Period: p.Period.String(), Unit: p.Element.Unit,
			Nothing: string(p.Nothing()), Reported: p.Amount.Reported + p.Amount.NotApplicable, Due: p.Amount.Due,
			NotApplicable: p.Amount.NotApplicable}
		if p.Amount.Reported > 0 && !p.Secret() {
			shown.Value = quantity.Plain(p.Amount.Value, p.Element.Decimals)
		}
		s.Parts = append(s.Parts, shown)
	}
	for _, q := range v.Published {
		shown := ShownPublished{Value: q.Value, Mark: q.Mark.Words(), SourceTitle: q.SourceTitle,
			SourceURL: q.SourceURL, Proof: q.ProofURL()}
		if q.Compared {
			shown.Agrees, shown.Difference = &q.Agrees, q.Off(v)
		}
		s.Published = append(s.Published, shown)
	}
	return s
}
