// Package progress turns accepted facts and published figures into indicator values, and a series of values and a
// target into a verdict. Values are exact and computed when read; nothing here is stored. Who reported what is for
// proof.
package progress

import (
	"math/big"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Status says how far a value can be shown to be right.
type Status string

const (
	Proven     Status = "proven"     // every part reported, signed by two and accepted
	Incomplete Status = "incomplete" // some parts are still due
	Paper      Status = "paper"      // every part is in, some of it signed in ink: a weaker proof
	Unproven   Status = "unproven"   // rests on something nobody signed
)

// Origin says where a value comes from: the weakest of its parts.
type Origin string

const (
	Entered   Origin = "entered"
	Published Origin = "published"
	Simulated Origin = "simulated"
)

// Value is an indicator in an area, period and sex, with all that made it. Rat is nil where there is nothing to show,
// and Why says why. Hidden values have no Rat either.
type Value struct {
	Indicator indicator.Indicator
	Version   indicator.Version
	Area      network.Area
	Period    period.Period
	Sex       int
	Category  element.Category // asked for of every element of its list; ID 0: the whole
	Calibre   element.Calibre
	Rat       *big.Rat
	Mark      quantity.Mark // of the published figure quoted
	Status    Status
	Origin    Origin
	Hidden    bool
	Reported  int           // of Due areas, for the part of which most is missing
	Due       int           // areas whose report is due
	DueLevel  network.Label // what the reporting areas are: districts, townships
	Parts     []Part
	Events    *big.Rat // what a rate counts; nil if it is no rate
	Published []Quoted // all figures that public sources give, in order
	Quoted    *Quoted  // the one that Rat was taken from, if any
	Why       []say.Words

	computes *parsed // what Rat was computed by
}

// Part is an element that a formula took in, exactly as it took it.
type Part struct {
	Element  *element.Element // shared, not to be changed
	Base     bool             // what a rate is held against
	Last     bool             // of the period before
	Period   period.Period
	Sex      int
	Category element.Category
	Calibre  int64
	FormID   int64
	Amount   fact.Amount

	asked string // category that the formula names
}

// Is says whether the part is what a formula calls by an operand.
func (p Part) Is(o formula.Operand) bool {
	return p.Element.Code == o.Element && p.Last == o.Last && p.asked == o.Category
}

// Cell is what the part takes in of a report.
func (p Part) Cell() fact.Cell {
	return fact.Cell{Element: p.Element.ID, Sex: p.Sex, Category: p.Category.ID, Calibre: p.Calibre}
}

// Called is the name of the element, with the category that the part is of.
func (p Part) Called() say.Name {
	n := named(*p.Element)
	if p.Category.ID == 0 {
		return n
	}
	if n.ZH += "（" + p.Category.Name + "）"; n.EN != "" && p.Category.NameEN != "" {
		n.EN += " (" + p.Category.NameEN + ")"
	}
	return n
}

// Quoted is a published figure beside the computed value. It is compared where the calibres agree and the computed
// value is complete; it agrees if the computed value, rounded as the source rounded, is the same number.
type Quoted struct {
	indicator.Published
	Rat        *big.Rat
	Decimals   int
	Compared   bool
	Agrees     bool
	Difference *big.Rat // computed − published, if compared
}

// Complete says whether every part that is due is in.
func (v Value) Complete() bool { return v.Rat != nil && v.Status != Incomplete }

// Computed says whether the value follows from reports, not from a public source.
func (v Value) Computed() bool { return v.Rat != nil && v.Quoted == nil }

// Disputed says whether the value was taken from one of several sources that differ.
func (v Value) Disputed() bool {
	if v.Quoted == nil {
		return false
	}
	for _, other := range v.Published {
		if other.Rat.Cmp(v.Quoted.Rat) != 0 {
			return true
		}
	}
	return false
}

// beside are the published figures apart from the value itself: all of them if they differ.
func (v Value) beside() []Quoted {
	if v.Quoted != nil && !v.Disputed() {
		return nil
	}
	return v.Published
}

// Decimals is how many decimals the value is shown with: the indicator's, or as many as the source gave.
func (v Value) Decimals() int {
	if v.Quoted != nil {
		return v.Quoted.Decimals
	}
	return v.Indicator.Decimals
}

// Text is the value rounded once for showing, with 近 or 以上 where the source says so; empty if there is none.
func (v Value) Text() string {
	if v.Rat == nil {
		return ""
	}
	return quantity.Style{Decimals: v.Decimals(), Qualifier: v.Mark.Words()}.Format(v.Rat)
}

// Fraction is what was divided by what, as plain decimals; empty where the value was not computed so.
func (v Value) Fraction() (numerator, denominator string) {
	if !v.Computed() || v.computes == nil {
		return "", ""
	}
	above, below := v.exactly(v.computes.above), v.exactly(v.computes.below)
	if above == nil || below == nil {
		return "", ""
	}
	decimals := 0
	for _, p := range v.Parts {
		decimals = max(decimals, p.Element.Decimals)
	}
	return quantity.Round(above, decimals), quantity.Round(below, decimals)
}

// Known says whether there is anything to prove: a number, shown or not, or reports that are due for one.
func (v *Value) Known() bool { return v.Rat != nil || v.Hidden || v.Due > 0 }

// Plain is the rounded value as a plain decimal for programs; empty if there is none.
func (v Value) Plain() string {
	if v.Rat == nil {
		return ""
	}
	return quantity.Round(v.Rat, v.Decimals())
}

// quote reads a stored figure; p.Value is a plain decimal, or it would not have been stored.
func quote(p indicator.Published) (Quoted, error) {
	r, decimals, ok := quantity.Decimal(p.Value)
	if !ok {
		return Quoted{}, errs.Invalidf("公开数据“%s”不是数字。", p.Value)
	}
	return Quoted{Published: p, Rat: r, Decimals: decimals}, nil
}
