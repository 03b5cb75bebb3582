package submission

// Who owes what, as the journal has it: "15 of 16" is counted from there and never believed. Each form and period is an
// object of its own, so that one reading tells everybody who was asked. What was answered is not its business.

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/signed"
)

// VerbOwe is the journal's word for a report that is asked for, or whose unit or due date changed.
const VerbOwe = "submission.owe"

func owedObject(form string, p period.Period) string { return "owed/" + form + "/" + p.String() }

func owe(tx *db.Tx, by auth.User, s Submission) error {
	return journal.Log(tx, by, VerbOwe, owedObject(s.Form.Code, s.Period), s.owing().detail())
}

// owing is what an entry says of one submission.
type owing struct{ id, unit, area, dueOn string }

func (s Submission) owing() owing {
	return owing{s.ID, s.Unit.Code, strconv.FormatInt(s.Area.ID, 10), s.DueOn}
}

func (o owing) detail() map[string]string {
	return map[string]string{"submission": o.id, "unit": o.unit, "area": o.area, "due_on": o.dueOn}
}

// askedFor is what the journal says is owed of a form for a period: the last word on each submission. made is false if
// an entry is not the program's or one is missing between others.
func askedFor(tx *db.Tx, object string) (by map[string]owing, made bool, err error) {
	entries, err := journal.Of(tx, object)
	by, made = map[string]owing{}, journal.AllMade(tx, entries)
	for i, e := range entries {
		made = made && e.ObjectSeq == int64(i+1)
		d := e.Detail
		by[d["submission"]] = owing{d["submission"], d["unit"], d["area"], d["due_on"]}
	}
	return by, made, err
}

// askedOf says whether the journal has it that a unit was once asked for the submission.
func askedOf(tx *db.Tx, s Submission, unit string) (bool, error) {
	entries, err := journal.Of(tx, owedObject(s.Form.Code, s.Period))
	for _, e := range entries {
		if e.Detail["submission"] == s.ID && e.Detail["unit"] == unit && journal.Made(tx, e) {
			return true, err
		}
	}
	return false, err
}

// DueCheck is whether the reports that are due in the subtree of top are, one by one, those that were asked for, and as
// many as the sums take to be due.
func DueCheck(tx *db.Tx, formID int64, p period.Period, top network.Area) (signed.Assertion, error) {
	var c signed.Assertion
	f, err := form.ByID(tx, formID)
	if err != nil {
		return c, err
	}
	c.Words = say.New("%s（%s）应报的份数与下达记录逐份一致", say.Name{ZH: f.Name, EN: f.NameEN}, p)
	by, made, err := askedFor(tx, owedObject(f.Code, p))
	if err != nil {
		return c, err
	}
	rows, err := owedRows(tx, f.ID, p)
	if err != nil {
		return c, err
	}
	held, err := network.During(tx, top, p)
	if err != nil {
		return c, err
	}
	due, counted := 0, 0
	for _, row := range held {
		n, err := fact.Expected(tx, row.ID, p, f.ID)
		if err != nil {
			return c, err
		}
		counted += n
	}
	c.OK = made && len(rows) == len(by)
	for _, s := range rows {
		c.OK = c.OK && by[s.ID] == s.owing()
		if !slices.ContainsFunc(held, s.Area.Within) {
			continue
		}
		if s.State != Withdrawn {
			due++
			continue
		}
		withdrawn, err := Get(tx, s.ID)
		if err != nil {
			return c, err
		}
		history, err := historyCheck(tx, withdrawn)
		if err != nil {
			return c, err
		}
		c.OK = c.OK && history.OK
	}
	c.OK = c.OK && counted == due
	return c, nil
}

// BeginOwing journals what is owed in a database from before that was journaled, once.
func BeginOwing(ctx context.Context, d *db.DB) error {
	var begun bool
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		begun, err = owingBegun(tx)
		return err
	})
	if err != nil || begun {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		for after := ""; ; {
			batch, err := page(tx, after, 100)
			if err != nil || len(batch) == 0 {
				return err
			}
			for _, s := range batch {
				if err := s.name(tx); err != nil {
					return err
				}
				if err := owe(tx, journal.System, s); err != nil {
					return err
				}
				after = s.ID
			}
		}
	})
}

// owed holds all that the journal says is owed against the submissions, and what the sums take to be due against both.
type owed struct {
	a      *audit
	of     map[string]map[string]owing // by object, then submission
	counts map[fact.Expectation]int
}

func (o *owed) read(object string) (map[string]owing, error) {
	if by, done := o.of[object]; done {
		return by, nil
	}
	by, made, err := askedFor(o.a.tx, object)
	if !made {
		o.a.findings = append(o.a.findings, journal.Finding{Code: "owed.journal", Table: "journal", Object: object})
	}
	o.of[object] = by
	return by, err
}

// see takes one submission and names what differs from what was asked.
func (o *owed) see(s Submission) error {
	object := owedObject(s.Form.Code, s.Period)
	by, err := o.read(object)
	if err != nil {
		return err
	}
	said, was := by[s.ID]
	delete(by, s.ID)
	if !was {
		o.a.found(s, journal.Finding{Code: "submission.unasked", Table: "submissions"})
	}
	now := s.owing()
	for column, pair := range map[string][2]string{"unit": {said.unit, now.unit}, "area_id": {said.area, now.area},
		"due_on": {said.dueOn, now.dueOn}} {
		if was && pair[0] != pair[1] {
			o.a.found(s, journal.Finding{Code: "submission.row", Table: "submissions", Column: column,
				Expected: pair[0], Actual: pair[1]})
		}
	}
	if s.State != Withdrawn {
		for _, id := range append(s.Area.AncestorIDs(), s.Area.ID) {
			o.counts[fact.Expectation{Area: id, Period: s.Period, Form: s.Form.ID}]++
		}
	}
	return nil
}

// end names what was asked for and is not there, and every wrong count.
func (o *owed) end() error {
	objects, err := owedObjects(o.a.tx)
	if err != nil {
		return err
	}
	for _, object := range objects {
		left, err := o.read(object)
		if err != nil {
			return err
		}
		for id := range left {
			o.a.findings = append(o.a.findings, journal.Finding{Code: "submission.gone", Table: "submissions",
				Object: "submission/" + id, Expected: object})
		}
	}
	err = fact.EachExpectation(o.a.tx, func(e fact.Expectation, due int) {
		o.compare(e, due)
		delete(o.counts, e)
	})
	for e := range o.counts {
		o.compare(e, 0)
	}
	return err
}

func (o *owed) compare(e fact.Expectation, due int) {
	if o.counts[e] != due {
		o.a.findings = append(o.a.findings, journal.Finding{Code: "expectation.differs", Table: "expectations",
			Column: "due", Object: fmt.Sprintf("area/%d/%s/form/%d", e.Area, e.Period, e.Form),
			Expected: strconv.Itoa(o.counts[e]), Actual: strconv.Itoa(due)})
	}
}
