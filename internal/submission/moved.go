package submission

// What somebody typed on a page that was open before the form was asked otherwise: it goes to where the same number is
// asked for now, or is left beside the draft, named. It is never refused and never put into a cell that means something
// else. What the draft itself becomes is edition.go's.

import (
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/form"
	"yipanqi/internal/quantity"
)

// Move is where the fields of one edition are in the next, by the names that they have on a page: cells[2.M]. Only what
// moved is named; what has no place any more goes to no field, and has a label.
type Move struct {
	Until  int64             `json:"until"` // pages of versions of the row before it show the edition before
	To     map[string]string `json:"to"`
	Labels map[string]string `json:"labels,omitempty"`
}

const cellField, noteField = "cells[", "notes["

// keyIn is the key that a field of the page is for.
func keyIn(field, kind string) (key string, is bool) {
	key, is = strings.CutPrefix(field, kind)
	return strings.TrimSuffix(key, "]"), is
}

// moveOf holds two editions against each other.
func moveOf(was, is form.Form) Move {
	m := Move{To: map[string]string{}, Labels: map[string]string{}}
	goes := func(kind, key, to, label string, there bool) {
		switch {
		case !there:
			m.To[kind+key+"]"], m.Labels[kind+key+"]"] = "", label
		case key != to:
			m.To[kind+key+"]"] = kind + to + "]"
		}
	}
	keys := keysOf(is)
	for _, spec := range was.Cells() {
		key, there := keys[asksOf(spec)]
		goes(cellField, spec.Key, key, leftLabel(spec), there)
	}
	places := notePlaces(is)
	for _, place := range sortedNotes(was) {
		key, there := places[place.of]
		goes(noteField, place.key, key, place.message, there)
	}
	return m
}

// fromBefore is the draft with what was typed on a page of an earlier edition, and whether it is known how that edition
// stands to this one.
func (s Submission) fromBefore(version int64, typed Typed, was map[string]string) (Typed, bool) {
	moves := slices.DeleteFunc(slices.Clone(s.Typed.Moves), func(m Move) bool { return m.Until <= version })
	if len(moves) == 0 {
		return s.Typed, false
	}
	kept := s.Typed.with(Typed{})
	kept.Left = slices.Clone(kept.Left)
	specs := map[string]form.CellSpec{}
	for _, spec := range s.Form.Cells() {
		specs[spec.Key] = spec
	}
	for _, key := range slices.Sorted(maps.Keys(typed.Cells)) {
		text, before := strings.TrimSpace(typed.Cells[key]), strings.TrimSpace(was[key])
		if text == before {
			continue // as the page had it
		}
		field, label := follow(moves, cellField+key+"]", key)
		now, _ := keyIn(field, cellField)
		spec, there := specs[now]
		if !there {
			kept.leave(label, text, before)
			continue
		}
		kept.place(spec, text, before, s.Typed)
	}
	for _, key := range slices.Sorted(maps.Keys(typed.Notes)) {
		text := strings.TrimSpace(typed.Notes[key])
		if text == "" {
			continue
		}
		field, label := follow(moves, noteField+key+"]", key)
		now, there := keyIn(field, noteField)
		if old := s.Typed.Notes[now]; !there || !short(text) || old != "" && old != text {
			kept.leave(label, text, "")
		} else {
			kept.Notes[now] = text
		}
	}
	return kept, true
}

// follow is where a field of a page is by now, and what it is called if it is nowhere.
func follow(moves []Move, field, label string) (at, called string) {
	for _, m := range moves {
		to, moved := m.To[field]
		if moved && to == "" {
			return "", m.Labels[field]
		}
		if moved {
			field = to
		}
	}
	return field, label
}

// place puts into a cell what was typed where before stood, unless it is another's by now.
func (t *Typed) place(spec form.CellSpec, text, before string, now Typed) {
	stands := now.Cells[spec.Key]
	_, counted := now.Counted[spec.Key]
	switch {
	case same(spec, stands, text):
	case counted, stands != before, len(text) > maxCell:
		t.leave(leftLabel(spec), text, "")
	case text == "":
		delete(t.Cells, spec.Key)
	default:
		t.Cells[spec.Key] = text
	}
}

// leave keeps beside the draft what has no cell, in the place of what stood there before it was changed.
func (t *Typed) leave(label, text, before string) {
	at := slices.IndexFunc(t.Left, func(l Left) bool {
		return l.Label == label && (l.Value == before || l.Value == text)
	})
	switch {
	case at >= 0 && text == "":
		t.Left = slices.Delete(t.Left, at, at+1)
	case at >= 0:
		t.Left[at].Value = text
	case text != "":
		t.Left = append(t.Left, Left{label, text})
	}
}

// leftLabel names a cell that the form may not have any more.
func leftLabel(spec form.CellSpec) string { return spec.Words() + " " + Label(spec) }

// maxCell is how many bytes a cell takes.
const maxCell = 200

// same says whether two texts mean the same in a cell: a spreadsheet gives 16.50 back as 16.5.
func same(spec form.CellSpec, a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" {
		return false // trimmed: only nothing is empty
	}
	x, markX, errX := quantity.ParseCell(a, spec.Row.Of.Decimals)
	y, markY, errY := quantity.ParseCell(b, spec.Row.Of.Decimals)
	return errX == nil && errY == nil && x == y && markX == markY
}
