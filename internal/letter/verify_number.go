package letter

// Numbers and 代字 held against each other and the journal.

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"yipanqi/internal/journal"
)

// series is the numbers of one 代字 in one year.
type series struct {
	mark string
	year int64
}

// numbers names the series that have a gap or a number twice.
func (a *audit) numbers() {
	keys := slices.SortedFunc(maps.Keys(a.given), func(x, y series) int {
		return cmp.Or(cmp.Compare(x.mark, y.mark), cmp.Compare(x.year, y.year))
	})
	for _, key := range keys {
		given := a.given[key]
		slices.Sort(given)
		for i, seq := range given {
			if seq != int64(i+1) {
				a.found(numbering{key.mark, key.year, int64(i + 1)}.String(), journal.Finding{Code: "letter.number",
					Table: "letters", Column: "seq", Expected: fmt.Sprint(i + 1), Actual: fmt.Sprint(seq)})
				break
			}
		}
	}
}

// marks holds the 代字 against the journal.
func (a *audit) marks() error {
	said, err := journal.MadeBy(a.tx, VerbMark)
	if err != nil {
		return err
	}
	rows, err := Marks(a.tx)
	for _, m := range rows {
		object := "letter_mark/" + m.Issuer + "." + string(m.Kind)
		if want := said[object].Detail["mark"]; want != m.Mark {
			a.found(object, journal.Finding{Code: "letter.row", Table: "letter_marks", Column: "mark", Expected: want,
				Actual: m.Mark})
		}
		delete(said, object)
	}
	for object, e := range said {
		a.found(object, journal.Finding{Code: "letter.row", Table: "letter_marks", Column: "mark",
			Expected: e.Detail["mark"]})
	}
	return err
}
