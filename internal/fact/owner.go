package fact

// Which form an element's number comes from at each level, worked out once for a revision of the definitions.

import (
	"cmp"
	"maps"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
)

// owners says, for every element, which forms ask for it and how; worked out once for a revision of the definitions.
type owners struct{ of map[int64]*owner }

type owner struct {
	levels []ownedLevel
	forms  []int64 // that ask for the element, at any level
	sexes  []int   // where a level has none of its own
	spans  []element.Span
}

type ownedLevel struct {
	level string
	element.Source
}

func (o *owner) at(level string) (s element.Source, ok bool) {
	for i := range o.levels {
		if o.levels[i].level == level {
			return o.levels[i].Source, true
		}
	}
	return s, false
}

// alone says whether areas of a level report all of these elements themselves, unchecked, and areas of no other level
// do: what is below them then adds up to nothing that anybody asks for.
func (o *owners) alone(elements []int64, level string) bool {
	for _, id := range elements {
		owner := o.of[id]
		if owner == nil {
			continue
		}
		for i := range owner.levels {
			switch l := &owner.levels[i]; {
			case l.level == level && l.Method != element.OwnReport, l.level != level && l.Method != element.RolledUp:
				return false
			}
		}
		if _, asked := owner.at(level); !asked {
			return false
		}
	}
	return len(elements) > 0
}

// askedBy are the forms that ask for any of these elements.
func (o *owners) askedBy(elements []int64) (forms []int64) {
	for _, id := range elements {
		if owner := o.of[id]; owner != nil {
			forms = append(forms, owner.forms...)
		}
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

func readOwners(tx *db.Tx) (*owners, error) {
	type key struct{}
	return db.Remember(tx, key{}, func(tx *db.Tx) (*owners, error) {
		found, err := element.Levels(tx)
		if err != nil {
			return nil, err
		}
		all := &owners{map[int64]*owner{}}
		inOrder := slices.SortedFunc(maps.Keys(found), func(a, b element.At) int {
			return cmp.Or(cmp.Compare(a.ElementID, b.ElementID), cmp.Compare(a.Level, b.Level))
		})
		for _, at := range inOrder { // so that of two reports it is always the same whose sexes count
			source := found[at]
			o := all.of[at.ElementID]
			if o == nil {
				o = &owner{}
				all.of[at.ElementID] = o
			}
			o.levels = append(o.levels, ownedLevel{at.Level, source})
			if !slices.Contains(o.forms, source.FormID) {
				o.forms = append(o.forms, source.FormID)
			}
			if o.sexes == nil || source.Method != element.RolledUp {
				o.sexes, o.spans = source.Sexes, source.Spans
			}
		}
		return all, nil
	})
}
