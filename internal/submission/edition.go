package submission

// What a new edition of a form does to the reports of its periods. What was typed is carried over to where the same
// number is asked for now; what no longer has a place stays with the draft, named, so that nothing is lost. Reports
// with a text that somebody signed, or with live facts, keep the edition that they were made with.

import (
	"encoding/json"
	"maps"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Left is something typed that the form has no place for any more: a cell, or the reason for a finding.
type Left struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Reached are the reports of a form for a period and those after it: the open ones, which a new edition carries over,
// and those that it cannot touch.
func Reached(tx *db.Tx, formID int64, from period.Period) (open, fixed []Submission, err error) {
	rows, err := reportsFrom(tx, formID, from)
	for i := 0; i < len(rows) && err == nil; i++ {
		s := rows[i]
		if err = s.name(tx); err != nil {
			break
		}
		if s.AcceptedID == 0 && (s.State.Editable() || s.State == Withdrawn) {
			open = append(open, s)
		} else {
			fixed = append(fixed, s)
		}
	}
	return open, fixed, err
}

// asks tells the cells of a form apart by what they ask for, wherever they stand.
type asks struct {
	element, calibre, category string
	sex                        int
}

func asksOf(spec form.CellSpec) asks {
	return asks{spec.Row.Element, spec.Row.Calibre, spec.Column.Category, spec.Column.Sex}
}

// keysOf are the keys of a form's cells by what they ask for.
func keysOf(f form.Form) map[asks]string {
	keys := map[asks]string{}
	for _, spec := range f.Cells() {
		keys[asksOf(spec)] = spec.Key
	}
	return keys
}

// CarriedTo is the draft as the edition to asks for it, and what it has no place for, in the order of the form.
func (s Submission) CarriedTo(to form.Form) (Typed, []Left) {
	keys := keysOf(to)
	t := Typed{Cells: map[string]string{}, Notes: map[string]string{}, Left: slices.Clone(s.Typed.Left),
		Carried: s.Typed.Carried, Moves: slices.Clone(s.Typed.Moves)}
	var lost []Left
	for _, spec := range s.Form.Cells() {
		text := s.Typed.Cells[spec.Key]
		key, there := keys[asksOf(spec)]
		if c, counted := s.Typed.Counted[spec.Key]; counted && there {
			if t.Counted == nil {
				t.Counted = map[string]Counted{}
			}
			t.Counted[key] = c
		}
		switch {
		case text == "":
		case there:
			t.Cells[key] = text
		default:
			lost = append(lost, Left{leftLabel(spec), text})
		}
	}
	places := notePlaces(to)
	for _, place := range sortedNotes(s.Form) {
		reason := s.Typed.Notes[place.key]
		if reason == "" {
			continue
		}
		if key, there := places[place.of]; there {
			t.Notes[key] = reason
		} else {
			lost = append(lost, Left{place.message, reason})
		}
	}
	t.Left = append(t.Left, lost...)
	return t, lost
}

// notePlace is where the reason for a finding stands: by rule and sex, whatever number the rule has.
type notePlace struct{ of, key, message string }

func sortedNotes(f form.Form) (all []notePlace) {
	for i, rule := range f.Rules {
		message := rule.Message
		rule.Message, rule.MessageEN, rule.Hard = "", "", false
		text, _ := json.Marshal(rule) // texts always marshal
		for _, column := range f.Columns {
			all = append(all, notePlace{string(text) + " " + string(rune('0'+column.Sex)) + column.Category,
				form.FindingKey(i, column), message})
		}
	}
	return all
}

func notePlaces(f form.Form) map[string]string {
	by := map[string]string{}
	for _, place := range sortedNotes(f) {
		by[place.of] = place.key
	}
	return by
}

// Carry puts an open report, as it was read before, over to the edition that asks for its period now. Numbers that a
// register counted are journaled where their cells move.
func Carry(tx *db.Tx, s Submission, to form.Form) error {
	typed, _ := s.CarriedTo(to)
	moved, move := movedCounts(s, typed), moveOf(s.Form, to)
	if maps.Equal(typed.Cells, s.Typed.Cells) && maps.Equal(typed.Notes, s.Typed.Notes) &&
		slices.Equal(typed.Left, s.Typed.Left) && len(moved) == 0 && len(move.To) == 0 {
		return nil
	}
	for closing := range moved {
		if _, err := Unfill(tx, s.ID, closing, func(string) bool { return true }); err != nil {
			return err
		}
	}
	now, err := Get(tx, s.ID)
	if err != nil {
		return err
	}
	counted := typed.Counted
	typed.Counted = maps.Clone(now.Typed.Counted)
	typed.Carried = now.Version + 1
	if move.Until = typed.Carried; len(move.To) > 0 {
		typed.Moves = append(typed.Moves, move)
	}
	now.Typed = typed
	if err := update(tx, &now); err != nil {
		return err
	}
	for closing := range moved {
		cells := map[string]Counted{}
		for key, c := range counted {
			if c.Closing == closing {
				cells[key] = c
			}
		}
		if _, err := Fill(tx, s.ID, cells); err != nil {
			return err
		}
	}
	return nil
}

// movedCounts are the closings of which a number stands in another cell now, or in none.
func movedCounts(s Submission, typed Typed) map[string]bool {
	moved := map[string]bool{}
	for key, c := range s.Typed.Counted {
		if typed.Counted[key] != c {
			moved[c.Closing] = true
		}
	}
	return moved
}

// lastPeriod are the accepted cells of the period before, as typed, where this edition asks for them.
func lastPeriod(tx *db.Tx, s Submission) (map[string]string, error) {
	before, _, err := existing(tx, Owed{Form: s.Form, Unit: s.Unit, Area: s.Area, Period: s.Period.Previous()})
	if err != nil || before.AcceptedID == 0 {
		return nil, err
	}
	v, err := VersionByID(tx, before.AcceptedID)
	if err != nil {
		return nil, err
	}
	c, err := ParseContent(v.Text)
	return c.cellsFor(s.Form), err
}

// cellsFor are the cells of a signed text as typed, under the keys that a form has for the same numbers.
func (c Content) cellsFor(f form.Form) map[string]string {
	keys, cells := keysOf(f), map[string]string{}
	for _, cell := range c.Cells {
		sex, err := quantity.ParseSex(cell.Sex)
		key, there := keys[asks{cell.Element, cell.Calibre, cell.Category, sex}]
		if err == nil && there && cell.Value != "" {
			cells[key] = cell.Value
		}
	}
	return cells
}

// LastFilled is what was accepted of a form for the period before p, by whoever reported it first: a new edition is
// shown filled in with it.
func LastFilled(tx *db.Tx, f form.Form, id int64, p period.Period) (s Submission, cells map[string]string, err error) {
	rows, err := reportsOf(tx, id, p.Previous(), "")
	if err != nil {
		return s, nil, err
	}
	at := slices.IndexFunc(rows, func(s Submission) bool { return s.AcceptedID != 0 })
	if at < 0 {
		return s, nil, nil
	}
	if s = rows[at]; s.name(tx) != nil {
		return s, nil, nil
	}
	v, err := VersionByID(tx, s.AcceptedID)
	if err != nil {
		return s, nil, err
	}
	c, err := ParseContent(v.Text)
	return s, c.cellsFor(f), err
}
