// Package figurecheck finds every figure in a report and says what it is: a statistic with its value, unit, qualifier,
// direction and subject, or a date, an ordinal or a name with a number in it. It reads Chinese official prose: Arabic,
// full-width and Chinese numerals, 万 and 亿, shares, ratios, ranges, enumerations. Text goes in, figures come out; the
// words it knows are data (data/*.txt). What a figure is worth is not decided here but by holding it against the data.
package figurecheck

// Kind says what a figure is. Value, Change, Ratio and Range are statistics; the others are recognised to keep them
// apart.
type Kind string

const (
	Value   Kind = "value"   // a level, target, share, multiple or count
	Change  Kind = "change"  // how much something rose, fell or differs
	Ratio   Kind = "ratio"   // Value to Value2: 1:2 is 1 and 2, 三分之一 is 1 and 3
	Range   Kind = "range"   // from Value to Value2
	Date    Kind = "date"    // a day, year, plan period or span of time
	Ordinal Kind = "ordinal" // a rank, a list or clause number
	Other   Kind = "other"   // a name, age group, base of a rate, document or telephone number
)

// Statistic says whether figures of this kind are to be held against data.
func (k Kind) Statistic() bool { return k == Value || k == Change || k == Ratio || k == Range }

// Figure is one figure of a text. Offsets count Unicode code points of the text given to Find.
type Figure struct {
	Start int `json:"start"`
	End   int `json:"end"`
	// Text is the number as written with its 万 or 亿 and unit, without qualifiers around it and without the noun.
	Text string `json:"text"`
	Kind Kind   `json:"kind"`
	// Value and Value2 are plain decimals, 万 and 亿 resolved; empty unless the figure is a statistic, but a date with
	// a year has the year here.
	Value  string `json:"value"`
	Value2 string `json:"value2"`
	// Unit is half-width and without 万 and 亿; % for 百分之 and 成, ‰, 个百分点, /10万; empty for ratios. In a
	// table it may come from the head, 亿元 as it stands there: then the value is in that.
	Unit      string `json:"unit"`
	Qualifier string `json:"qualifier"`
	// Direction is up, down or empty; Base what a change is measured from, as written.
	Direction string `json:"direction"`
	Base      string `json:"base"`
	// Subject is the noun phrase the number is about, as far as its clause or one before it in the sentence tells. Area
	// and Period are the nearest words for place and time before the figure, carried from earlier sentences and
	// headings.
	Subject string `json:"subject"`
	Area    string `json:"area"`
	Period  string `json:"period"`

	// Clause and Sentence are the text around the figure, up to the next comma and up to the next full stop or line
	// end. Decimals are those that the number is written with, trailing zeros too; less than 0 where 万 or 亿 hides
	// digits.
	Decimals int  `json:"-"`
	Clause   Span `json:"-"`
	Sentence Span `json:"-"`

	token            int // its place among the tokens
	areaAt, periodAt int // where Area and Period stand
}

// Span is a part of the text, in code points.
type Span struct{ Start, End int }
