package record

// Numbers of a closed period on their way into reports: nobody types what a register counted. A report that stands
// signed keeps its number; where that is another than the closing's, the closing's page says so.

import (
	"math/big"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/register"
	"yipanqi/internal/submission"
)

// Fed is one cell of a report that asks for what a closing counted.
type Fed struct {
	Submission string           `json:"submission"`
	Form       string           `json:"form"`
	Area       string           `json:"area"`
	Unit       string           `json:"unit"`
	Cell       string           `json:"cell"`
	Measure    string           `json:"measure"`
	Value      string           `json:"value"`    // that the closing has
	Reported   string           `json:"reported"` // that stands in the report
	Counted    bool             `json:"counted"`  // the cell names this closing
	State      submission.State `json:"state"`

	// Parts is what the categories come to where that is not the whole, as some records are of none: then the unit
	// fills them in itself.
	Parts string `json:"parts,omitempty"`
	Whole string `json:"whole,omitempty"`

	of      submission.Submission
	spec    form.CellSpec
	split   string
	records int
}

// sex is that of the cell, as measures have it.
func (f Fed) sex() string { return sexOf(f.spec.Column.Sex) }

func sexOf(sex int) string {
	if sex == quantity.SexTotal {
		return ""
	}
	return quantity.SexCode(sex)
}

// Same says whether the report has the closing's number.
func (f Fed) Same() bool { return f.Value == f.Reported }

// asks are the measures that go into a form's cells in a period of this kind, by key of the cell.
func asks(d register.Definition, f form.Form, p period.Period) map[string]register.Measure {
	cells := map[string]register.Measure{}
	if f.Frequency != p.Kind() {
		return cells
	}
	for _, m := range measuresOf(d, p) {
		for _, spec := range f.Cells() {
			if asksFor(d, m, f, spec) {
				cells[spec.Key] = m
			}
		}
	}
	return cells
}

// asksFor says whether a cell asks for what a measure counts, of all or of the cell's category.
func asksFor(d register.Definition, m register.Measure, f form.Form, spec form.CellSpec) bool {
	_, counts := m.SplitOf(spec.Column.Category)
	return m.Into == spec.Row.Element && counts && m.YearStart == f.YearStart &&
		(m.Calibre == "" || m.Calibre == spec.Row.Calibre) && m.Fits(d, spec.Row.Of.Decimals, spec.Column.Sex)
}

// works says whether units of a kind play any part in the register: only their reports are filled in.
func (c cast) works(kind string) bool {
	said := map[string]bool{}
	for _, a := range c.here {
		if said[a.part] = true; a.kind == kind {
			return true
		}
	}
	for _, p := range c.d.Parts {
		if !said[p.Code] && (len(p.Kinds) == 0 || slices.Contains(p.Kinds, kind)) {
			return true
		}
	}
	return false
}

// fed are the cells of all reports that ask for what a closing counted.
func (c Closing) fed(tx *db.Tx, d register.Definition) (all []Fed, err error) {
	k, err := castOf(tx, d)
	if err != nil {
		return nil, err
	}
	forms, err := form.List(tx)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		if f, err = form.At(tx, f.ID, c.Period); err != nil {
			return nil, err
		}
		cells := asks(d, f, c.Period)
		if len(cells) == 0 || !k.works(f.Reporters) {
			continue
		}
		reports, err := submission.Asked(tx, f, c.Period, c.AreaPath)
		if err != nil {
			return nil, err
		}
		numbers := c.numbers()
		for _, s := range reports {
			all = append(all, c.cells(s, cells, numbers)...)
		}
	}
	return all, nil
}

// numberOf is a number that was frozen: of a measure in an area, of a sex, of all or a part.
type numberOf struct{ measure, area, sex, split string }

// numbers are those that cells may ask for.
func (c Closing) numbers() map[numberOf]Counts {
	all := map[numberOf]Counts{}
	for _, n := range c.Counts {
		all[n.of()] = n
	}
	return all
}

// cells are those of one report. Where no record is, a count is 0 and a median nothing.
func (c Closing) cells(s submission.Submission, asked map[string]register.Measure, numbers map[numberOf]Counts) (
	all []Fed) {
	for _, spec := range s.Form.Cells() {
		m, asks := asked[spec.Key]
		split, _ := m.SplitOf(spec.Column.Category)
		n, known := numbers[numberOf{m.Code, s.Area.Code, sexOf(spec.Column.Sex), split}]
		if !asks || !known && !m.Counted() {
			continue
		}
		if !known {
			n.Value = "0"
		}
		all = append(all, Fed{Submission: s.ID, Form: s.Form.Code, Area: s.Area.Code, Unit: s.Unit.Code, Cell: spec.Key,
			Measure: m.Code, Value: n.Value, Reported: s.Typed.Cells[spec.Key], State: s.State,
			Counted: s.Typed.Counted[spec.Key].Closing == c.ID, of: s, spec: spec, split: split, records: n.Records})
	}
	return lacking(all, s.Form, numbers)
}

// lacking marks the categories that do not come to the whole, where the form has no column of its own for that: what it
// adds up would not be what was counted.
func lacking(all []Fed, f form.Form, numbers map[numberOf]Counts) []Fed {
	if f.Adding()[0].Category == "" {
		return all
	}
	whole := func(x Fed) numberOf { return numberOf{x.Measure, x.Area, x.sex(), ""} }
	sums := map[numberOf]*big.Rat{}
	for _, x := range all {
		if sums[whole(x)] == nil {
			sums[whole(x)] = new(big.Rat)
		}
		if n := ratOf(x.Value); n != nil {
			sums[whole(x)].Add(sums[whole(x)], n)
		}
	}
	for i, x := range all {
		of, sum := ratOf(numbers[whole(x)].Value), sums[whole(x)]
		if of == nil {
			of = new(big.Rat)
		}
		if sum.Cmp(of) != 0 {
			all[i].Parts, all[i].Whole = quantity.Round(sum, exactly(sum)), quantity.Round(of, exactly(of))
		}
	}
	return all
}

// source is what a cell says of where its number comes from.
func (c Closing) source(d register.Definition, f Fed) submission.Counted {
	s := submission.Counted{Register: c.Register, Name: d.Name.ZH, Definition: strconv.FormatInt(c.Version, 10),
		Measure: f.Measure, Split: f.split, Closing: c.ID, Digest: c.Digest, Value: f.Value}
	if m, _ := d.Measure(f.Measure); m.Method != "areas" { // areas in force are no records
		s.Records = strconv.Itoa(f.records)
	}
	return s
}

// fill puts the closing's numbers into the cells of reports that are still open, and says how many.
func (c Closing) fill(tx *db.Tx, d register.Definition, all []Fed) (filled int, err error) {
	order, cells := []string{}, map[string]map[string]submission.Counted{}
	for _, f := range all {
		if f.Parts != "" {
			continue
		}
		if cells[f.Submission] == nil {
			order, cells[f.Submission] = append(order, f.Submission), map[string]submission.Counted{}
		}
		cells[f.Submission][f.Cell] = c.source(d, f)
	}
	for _, id := range order {
		n, err := submission.Fill(tx, id, cells[id])
		if err != nil {
			return filled, err
		}
		filled += n
	}
	return filled, nil
}

// reopening are the steps after which a report can be filled in again.
var reopening = map[string]bool{submission.VerbOpen: true, submission.VerbReturn: true, submission.VerbRecall: true,
	submission.VerbAmend: true, submission.VerbRestore: true}

// following fills in reports that were opened only after a register's period was closed.
func following() job.After {
	return job.After{Name: "record.feed", Label: "业务登记：结账数填入报表", Verb: "submission.",
		Run: func(tx *db.Tx, e journal.Entry) error {
			if !reopening[e.Verb] {
				return nil
			}
			return feedOne(tx, e.Object[len("submission/"):])
		}}
}

// feedOne fills in one report from the closings that cover its area, the nearest first.
func feedOne(tx *db.Tx, id string) error {
	s, err := submission.Get(tx, id)
	if errs.KindOf(err) == errs.Missing {
		return nil
	}
	if err != nil {
		return err
	}
	if err := release(tx, s); err != nil {
		return err
	}
	all, err := Registers(tx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if len(asks(d, s.Form, s.Period)) == 0 {
			continue
		}
		closed, err := closingsOver(tx, d.Code, s.Period, s.Area.Path)
		if err != nil {
			return err
		}
		for _, c := range closed { // by what the register was then: of what it counts only since, it has no number
			if d, err = ByVersion(tx, d.Code, c.Version); err != nil {
				return err
			}
			k, err := castOf(tx, d)
			if err != nil {
				return err
			}
			cells := asks(d, s.Form, s.Period)
			if len(cells) == 0 || !k.works(s.Form.Reporters) {
				continue
			}
			moved, err := c.moved(tx, s)
			if err != nil {
				return err
			}
			if _, err := submission.Unfill(tx, id, c.ID, func(cell string) bool { return moved[cell] }); err != nil {
				return err
			}
			fed := slices.DeleteFunc(c.cells(s, cells, c.numbers()), func(f Fed) bool { return moved[f.Cell] })
			if _, err := c.fill(tx, d, fed); err != nil {
				return err
			}
		}
	}
	return nil
}

// seenBy leaves of the cells those whose report by may see.
func seenBy(by auth.User, all []Fed) (left []Fed) {
	for _, f := range all {
		if by.Sees(f.Unit, f.of.Area.Path) {
			left = append(left, f)
		}
	}
	return left
}
