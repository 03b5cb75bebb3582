package record

// Numbers of a closed period on their way into reports: nobody types what a register counted. A report that stands
// signed keeps its number; where that is another than the closing's, the closing's page says so.

import (
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/intake"
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

	of      submission.Submission
	spec    form.CellSpec
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
			if m.Into == spec.Row.Element && spec.Column.Category == "" && m.YearStart == f.YearStart &&
				(m.Calibre == "" || m.Calibre == spec.Row.Calibre) && m.Fits(d, spec.Row.Of.Decimals, spec.Column.Sex) {
				cells[spec.Key] = m
			}
		}
	}
	return cells
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

// numberOf is a number that was frozen: of a measure in an area, of a sex.
type numberOf struct{ measure, area, sex string }

// numbers are those that cells may ask for.
func (c Closing) numbers() map[numberOf]Counts {
	all := map[numberOf]Counts{}
	for _, n := range c.Counts {
		if n.Split == "" {
			all[numberOf{n.Measure, n.Area, n.Sex}] = n
		}
	}
	return all
}

// cells are those of one report. Where no record is, a count is 0 and a median nothing.
func (c Closing) cells(s submission.Submission, asked map[string]register.Measure, numbers map[numberOf]Counts) (
	all []Fed) {
	for _, spec := range s.Form.Cells() {
		m, asks := asked[spec.Key]
		n, known := numbers[numberOf{m.Code, s.Area.Code, sexOf(spec.Column.Sex)}]
		if !asks || !known && !m.Counted() {
			continue
		}
		if !known {
			n.Value = "0"
		}
		all = append(all, Fed{Submission: s.ID, Form: s.Form.Code, Area: s.Area.Code, Unit: s.Unit.Code, Cell: spec.Key,
			Measure: m.Code, Value: n.Value, Reported: s.Typed.Cells[spec.Key], State: s.State,
			Counted: s.Typed.Counted[spec.Key].Closing == c.ID, of: s, spec: spec, records: n.Records})
	}
	return all
}

// source is what a cell says of where its number comes from.
func (c Closing) source(d register.Definition, f Fed) submission.Counted {
	s := submission.Counted{Register: c.Register, Name: d.Name.ZH, Definition: strconv.FormatInt(c.Version, 10),
		Measure: f.Measure, Closing: c.ID, Digest: c.Digest, Value: f.Value}
	if m, _ := d.Measure(f.Measure); m.Method != "areas" { // areas in force are no records
		s.Records = strconv.Itoa(f.records)
	}
	return s
}

// fill puts the closing's numbers into the cells of reports that are still open, and says how many.
func (c Closing) fill(tx *db.Tx, d register.Definition, all []Fed) (filled int, err error) {
	order, cells := []string{}, map[string]map[string]submission.Counted{}
	for _, f := range all {
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
		k, err := castOf(tx, d)
		if err != nil {
			return err
		}
		cells := asks(d, s.Form, s.Period)
		if len(cells) == 0 || !k.works(s.Form.Reporters) {
			continue
		}
		closed, err := closingsOver(tx, d.Code, s.Period, s.Area.Path)
		if err != nil {
			return err
		}
		for _, c := range closed {
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

// owned refuses a measure into an element that units report which have no part in the register, and one that its cells
// cannot hold: a number has one source, and nobody else fills it in.
func owned(r *intake.Run) error {
	all, err := Registers(r.Tx)
	if err != nil {
		return err
	}
	forms, err := form.List(r.Tx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if err := reaches(r.Tx, d); err != nil {
			return err
		}
		k, err := castOf(r.Tx, d)
		if err != nil {
			return err
		}
		for _, f := range forms {
			for _, m := range d.Measures {
				if err := k.into(m, f); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// into says why a measure cannot go into a form that asks for its element.
func (c cast) into(m register.Measure, f form.Form) error {
	at := slices.IndexFunc(f.Rows, func(row form.Row) bool { return row.Element == m.Into })
	switch {
	case at < 0 || !slices.Contains(m.Per, f.Frequency) || m.YearStart != f.YearStart:
		return nil
	case !c.works(f.Reporters):
		return errs.Invalidf("业务登记“%s”的统计“%s”计入%s，填报“%s”的单位却不办这项登记。请改计入的数据项，或在%s里写明它办哪个环节。",
			c.d.Name, m.Name, m.Into, f.Name, partsFile)
	case m.Decimals > f.Rows[at].Of.Decimals:
		return errs.Invalidf("业务登记“%s”的统计“%s”有%d位小数，计入的数据项%s只有%d位。请改成一样。", c.d.Name, m.Name, m.Decimals, m.Into,
			f.Rows[at].Of.Decimals)
	}
	return nil
}

// Counting are the registers that count what the cells of a form ask for in a period, by key of the cell, where units
// of the kind that fills the form in play a part in them.
func Counting(tx *db.Tx, f form.Form, p period.Period) (map[string][]register.Definition, error) {
	all, err := Registers(tx)
	if err != nil {
		return nil, err
	}
	by := map[string][]register.Definition{}
	for _, d := range all {
		cells := asks(d, f, p)
		if len(cells) == 0 {
			continue
		}
		k, err := castOf(tx, d)
		if err != nil {
			return nil, err
		}
		if k.works(f.Reporters) {
			for key := range cells {
				by[key] = append(by[key], d)
			}
		}
	}
	return by, nil
}
