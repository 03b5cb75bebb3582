package fact

// Acceptances taken back in what was read, to see what a board said before them; the database stays as it is.

import (
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
)

// Undo is an acceptance seen backwards: Is is the change that it made, Was the one that stood before it, without cells
// if there was none. The other way round, Was being a change that waits, it is an acceptance ahead of its time.
type Undo struct{ Was, Is Change }

// Undo takes an acceptance back in what was read; the database stays as it is. Undone newest first, the amounts are
// those that stood before each of them.
func (a Amounts) Undo(tx *db.Tx, u Undo) error {
	found, err := element.Levels(tx)
	if err != nil {
		return err
	}
	up, err := ancestors(tx, u.Is.Area)
	if err != nil {
		return err
	}
	old := map[key]sum{}
	for _, cell := range u.Is.Cells {
		old[cell.key()] = counted(cell.Value, cell.Mark, u.Is.Grade)
	}
	if h := a.held[place{u.Is.Area.ID, u.Is.Period}]; h != nil {
		h.replace(u)
	}
	back := u.Was
	back.Area, back.Period = u.Is.Area, u.Is.Period
	for reach, sums := range carry(levels(found), back, old, up) {
		for _, over := range up[:reach] {
			if h := a.held[place{over.id, u.Is.Period}]; h != nil {
				h.add(sums)
			}
		}
	}
	return nil
}

// replace puts the cells of before in the place of those since.
func (h *held) replace(u Undo) {
	since := map[int64]bool{}
	for _, cell := range u.Is.Cells {
		since[cell.key().pack(0)] = true
	}
	h.facts = slices.DeleteFunc(h.facts, func(c cellOf[own]) bool { return since[c.key] })
	for _, cell := range u.Was.Cells {
		h.facts = append(h.facts, cellOf[own]{cell.key().pack(0), own{cell.Value, cell.Mark, u.Was.Grade}})
	}
	sorted(h.facts)
}

// add adds the differences to the sums; what nobody has reported yet begins with its difference.
func (h *held) add(sums map[key]sum) {
	there := make(map[key]bool, len(sums))
	for i := range h.sums {
		k := unpack(h.sums[i].key)
		if d, ok := sums[k]; ok {
			h.sums[i].is, there[k] = h.sums[i].is.plus(d), true
		}
	}
	for k, d := range sums {
		if !there[k] {
			h.sums = append(h.sums, cellOf[sum]{k.pack(0), d})
		}
	}
	sorted(h.sums)
}
