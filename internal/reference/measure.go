package reference

// A reference to what a register counted: the number of a closed period, with the report that two people signed for it
// if there is one. Registers are above this package, so package record says what a measure comes to.

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

// Counted is what a measure of a register comes to in an area and a year.
type Counted struct {
	Name, Unit string
	Value      *big.Rat // nil: nothing to compute it from
	Decimals   int
	Mark       quantity.Mark // of a published figure: 近, 余
	Published  bool          // no records stand behind it, but a named source
	Source     string
	SourceURL  string
	Proof      string // path of the page that it rests on
	Digest     string
	Problem    string  // why it should not be issued as it stands
	Reports    []int64 // versions of accepted reports that have the number
}

// Counter says what a measure of a register comes to; Missing if there is none such, or none that by may see.
type Counter func(tx *db.Tx, by auth.User, ref Reference, area network.Area) (Counted, error)

var counter Counter

// Counts says who answers for measures: package record, once, when the program starts.
func Counts(c Counter) Counter {
	counter = c
	return c
}

// Register and measure that the reference names: REGISTER.MEASURE.
func (r Reference) Measure() (register, measure string) {
	register, measure, _ = strings.Cut(r.Code, ".")
	return register, measure
}

// measure is a reference to what a register counted.
func (r *Reader) measure(ref *Reference) (Figure, error) {
	f := Figure{Text: Gap, Name: unknownName, Indicator: ref.Code, Area: ref.Area, Period: strconv.Itoa(ref.Year),
		When: yearWords(ref.Year), Status: string(progress.Unproven), Origin: string(progress.Published),
		Proof: "/registers"}
	area := r.area
	if ref.Area != "" {
		var err error
		if area, err = network.AreaByCode(r.tx, ref.Area, ""); err != nil {
			return f, errs.Invalidf("第%d行：没有代码为%s的地区", ref.Line, ref.Area)
		}
	}
	f.Area = area.Code
	if counter == nil {
		return f, nil
	}
	c, err := counter(r.tx, r.by, *ref, area)
	if errs.KindOf(err) == errs.Missing {
		f.Problem = fmt.Sprintf("模板第%d行引用的登记统计没有定义，或者不在您的工作范围内", ref.Line)
		return f, nil
	}
	if err != nil {
		return f, err
	}
	f.Name, f.Unit, f.Source, f.SourceURL = c.Name, c.Unit, c.Source, c.SourceURL
	f.Proof, f.Problem, f.Digest = c.Proof, c.Problem, c.Digest
	if !c.Published {
		f.Origin = string(progress.Entered)
		if r.by.Sample {
			f.Origin = string(progress.Simulated)
		}
	}
	if c.Value == nil {
		return f, nil
	}
	style := ref.Style
	if style.Decimals = ref.Decimals; style.Decimals < 0 {
		style.Decimals = c.Decimals
		if style.Scale != "" {
			style.Decimals = shortest(c.Value, style)
		}
	}
	if ref.OwnUnit {
		style.Unit = c.Unit
	}
	f.Value, f.Text = quantity.Round(c.Value, c.Decimals), style.Format(c.Value)
	if said := quantity.Qualifier(ref.Style.Qualifier); c.Published && c.Mark != quantity.Exact && said != c.Mark &&
		f.Problem == "" {
		f.Problem = fmt.Sprintf("来源写的是“%s”，引用处缺少这个词。", quantity.Style{Decimals: c.Decimals,
			Qualifier: c.Mark.Words(), Unit: c.Unit}.Format(c.Value))
	}
	return r.signedFor(f, c)
}

// signedFor verifies the reports that have the number: with one that two people signed it is proven.
func (r *Reader) signedFor(f Figure, c Counted) (Figure, error) {
	var tally submission.Tally
	digests := []string{c.Digest}
	for _, id := range c.Reports {
		if err := r.verifyVersion(id); err != nil {
			return f, err
		}
		tally.Add(r.versions[id])
		digests = append(digests, r.versions[id].Digest)
		if why := r.broken[id]; why != "" {
			f.Problem = "核验不通过：" + why
		}
	}
	if len(c.Reports) > 0 {
		f.Digest = sign.Digest([]byte(strings.Join(digests, "\n")))
		f.Source += "；" + strings.Join(Said(tally.Words()), "、")
		if tally.AllSigned() && f.Problem == "" {
			f.Status = string(tally.Weakens(progress.Proven))
		}
	}
	return f, nil
}
