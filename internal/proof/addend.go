package proof

// This file lists what each area put into a part of the formula, so that a reader can add it up. What a reader may not
// see keeps its line and loses its number.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
)

// Addend is one area's number in a part. Value is empty where there is none, or where it may not be shown.
type Addend struct {
	Area     string `json:"area"`
	Name     string `json:"area_name"`
	NameEN   string `json:"-"`
	Value    string `json:"value,omitempty"`
	Mark     string `json:"mark,omitempty"`     // 近 约 余 以上: not exact, so not in the sum; 保密: in it, not shown
	Withheld bool   `json:"withheld,omitempty"` // another area's, which the reader may not see

	version int64
}

// maxAddends bounds how many areas' facts one part is read from.
const maxAddends = 20000

// addends are the areas' numbers in part, in order of area.
func addends(tx *db.Tx, by auth.User, top network.Area, part progress.Part) ([]Addend, error) {
	cells, err := fact.Sources(tx, top, part.Period, part.Element.ID, part.Calibre, maxAddends)
	if err != nil {
		return nil, err
	}
	list := []Addend{}
	for start := 0; start < len(cells); {
		end := start + 1
		for end < len(cells) && cells[end].Area.ID == cells[start].Area.ID {
			end++
		}
		if one, counts := addend(by, part, cells[start:end]); counts {
			list = append(list, one)
		}
		start = end
	}
	return list, nil
}

// at is what the area put in; nothing if it did not report.
func (p Part) at(area string) Addend {
	for _, a := range p.Addends {
		if a.Area == area {
			return a
		}
	}
	return Addend{}
}

// column names the part in tables.
func (p Part) column() string {
	name := p.Element
	if p.Category != "" {
		name += "." + p.Category
	}
	if p.of.Last {
		return name + "@" + p.Period
	}
	return name
}

// areas are those that put something into any part, in the order of the first part that has them.
func (p Proof) areas() (all []Addend) {
	seen := map[string]bool{}
	for _, one := range p.Parts {
		for _, a := range one.Addends {
			if !seen[a.Area] {
				seen[a.Area] = true
				all = append(all, a)
			}
		}
	}
	return all
}

// unseen counts the numbers that the reader may not see.
func (p Proof) unseen() (n int) {
	for _, one := range p.Parts {
		for _, a := range one.Addends {
			if a.Withheld || a.Mark == quantity.Confidential.Words() {
				n++
			}
		}
	}
	return n
}

// addend sums the cells of one area that the part takes in, as the part does: exact ones only.
func addend(by auth.User, part progress.Part, cells []fact.Source) (a Addend, counts bool) {
	area := cells[0].Area
	a = Addend{Area: area.Code, Name: area.Name, NameEN: area.NameEN, Withheld: !by.SeesFigures(area.Path)}
	whole := slices.ContainsFunc(cells, func(c fact.Source) bool { return c.Cell.Category == 0 })
	var total, inexact int64
	summed, mark := false, quantity.Empty
	for _, c := range cells {
		if !part.Cell().Takes(c.Cell, whole) {
			continue
		}
		counts, a.version = true, c.Version
		if c.Cell.Mark.Summable() {
			total, summed = total+c.Cell.Value, true
		} else {
			inexact += c.Cell.Value
		}
		if c.Cell.Mark.HasValue() == mark.HasValue() {
			mark = max(mark, c.Cell.Mark)
		} else if c.Cell.Mark.HasValue() || mark == quantity.Empty {
			mark = c.Cell.Mark
		}
	}
	switch {
	case a.Withheld:
	case mark == quantity.Confidential:
		a.Mark = mark.Words()
	case summed:
		a.Value = quantity.Plain(total, part.Element.Decimals)
	case mark.HasValue():
		a.Value, a.Mark = quantity.Plain(inexact, part.Element.Decimals), mark.Words()
	default:
		a.Mark = mark.Words()
	}
	return a, counts
}
