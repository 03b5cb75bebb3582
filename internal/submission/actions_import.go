package submission

// Answers that arrive by import: drafts, or historical facts with a named source. Import never signs.

import (
	"maps"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Filled is an answer that arrives by import, never signed: a draft, or historical data if it names its source.
type Filled struct {
	Cells     map[string]string
	Source    string
	Simulated bool
}

// Import takes an answer in as a draft, or as historical facts: unsigned, live at once. What people have typed or
// signed is never touched. Cells that cannot be read are fields of the error, cells[KEY]. It reports whether anything
// changed; with a source, run it under db.UpdateAlone.
func Import(tx *db.Tx, by auth.User, o Owed, in Filled) (Submission, bool, error) {
	s, found, err := existing(tx, o)
	if err != nil {
		return s, false, err
	}
	if found && s.UpdatedBy != by.Name {
		return s, false, nil
	}
	s, changed, err := Open(tx, by, o)
	if err != nil {
		return s, false, err
	}
	typed, err := s.keep(Typed{Cells: in.Cells, Left: s.Typed.Left})
	if err != nil {
		return s, changed, err
	}
	for key, c := range s.Typed.Counted {
		if typed.Cells[key] == "" { // a file need not say again what a register counted
			typed.Cells[key] = c.Value
		}
	}
	if err := s.locked(typed); err != nil {
		return s, changed, err
	}
	if in.Source != "" {
		return importHistory(tx, by, s, typed, in)
	}
	if s.State != Draft || maps.Equal(typed.Cells, s.Typed.Cells) {
		return s, changed, nil
	}
	s.Typed = typed
	return s, true, update(tx, &s)
}

func importHistory(tx *db.Tx, by auth.User, s Submission, typed Typed, in Filled) (Submission, bool, error) {
	st, ok := step(s.State, VerbImport)
	if !ok {
		return s, false, nil
	}
	before, found, err := missing(latest(tx, s.ID))
	if err != nil {
		return s, false, err
	}
	if found && before.Source == in.Source && before.Origin == in.origin() && maps.Equal(typed.Cells, s.Typed.Cells) {
		return s, false, nil
	}
	s.Typed = typed
	if err := s.readable(); err != nil {
		return s, false, err
	}
	v, err := freezeHistory(tx, by, s, in)
	if err != nil {
		return s, false, err
	}
	s.AcceptedID = v.ID
	return s, true, move(tx, by, &s, st, v, map[string]string{"source": in.Source})
}

func (f Filled) origin() string {
	if f.Simulated {
		return Simulated
	}
	return Entered
}

// readable refuses cells that are no numbers or contradict each other; empty ones may stay empty.
func (s Submission) readable() error {
	r := s.Review()
	fields := errs.Fields{}
	for name, msg := range r.Fields {
		if strings.HasPrefix(name, "cells[") {
			fields[name] = msg
		}
	}
	for _, f := range r.Hard {
		if !strings.HasPrefix(f.Key, "empty.") {
			fields["cells["+f.Cells[0]+"]"] = f.Words()
		}
	}
	return fields.Check("有的数读不出来或互相矛盾。")
}

func freezeHistory(tx *db.Tx, by auth.User, s Submission, in Filled) (Version, error) {
	v, c, err := Preview(tx, by, s)
	if err != nil {
		return v, err
	}
	c.Source, c.Origin, c.Notes = in.Source, in.origin(), []Note{}
	v.Source, v.Origin, v.AcceptedAt = in.Source, c.Origin, tx.Now
	if v.Frozen, err = c.text(); err != nil {
		return v, err
	}
	if v.ID, err = insertVersion(tx, v); err != nil {
		return v, err
	}
	return v, apply(tx, s, v, c)
}
