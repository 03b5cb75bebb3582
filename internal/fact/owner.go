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
