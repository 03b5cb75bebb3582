package list

// Filters that each keep half of a list and all together next to none of it. No index has every two of them; but of
// what rows say in all of them few combinations differ. Those are read first, one look into an index for each, and lead
// to the rows. How a list is read else, store.go says.

import (
	"fmt"
	"slices"

	"yipanqi/internal/db"
)

// Combined is a column that says in one text all that rows are filtered by. Indexes have it behind what all rows of the
// list share.
type Combined struct {
	Column string                 // r.filters
	Passes func(text string) bool // whether rows with this text may pass the filters
}

// mostCombined is how many texts are looked at before other ways are taken.
const mostCombined = 300

// combined is a condition that leads to few rows, among which are all that pass; found is false if there is none such.
func (s Source[T]) combined(tx *db.Tx) (c condition, found bool, err error) {
	if s.Combined == nil || tx.Postgres() { // it takes each text for as frequent as they are on average, and reads all
		return c, false, nil
	}
	all := append(s.of(), s.plain()...)
	text, args := written(all)
	key := fmt.Sprint(s.From, "\x00", text, "\x00", args)
	if known.has(tx, key) {
		return c, false, nil
	}
	texts, err := s.texts(tx)
	if err != nil {
		return c, false, err
	}
	if len(texts) <= mostCombined {
		texts = slices.DeleteFunc(texts, func(text string) bool { return !s.Combined.Passes(text) })
		c = condition{s.Combined.Column + " IN (SELECT j.key FROM json_each(?) j)", []any{db.Texts(texts)}}
		n, err := s.count(tx, append(s.of(), c), narrow+1)
		if err != nil || n <= narrow {
			return c, err == nil, err
		}
	}
	known.put(tx, key)
	return c, false, nil
}

// texts are those that differ, up to one more than are looked at.
func (s Source[T]) texts(tx *db.Tx) ([]string, error) {
	where, _ := written(s.of())
	if where == "" {
		where = " WHERE 1 = 1"
	}
	next := fmt.Sprintf("SELECT min(%s) FROM %s%s", s.Combined.Column, s.From, where)
	return db.All(tx, db.Single[string], fmt.Sprintf(`SELECT x.v FROM (WITH RECURSIVE texts (v) AS (%s UNION ALL
		SELECT (%s AND %s > texts.v) FROM texts WHERE texts.v IS NOT NULL) SELECT v FROM texts) x WHERE x.v IS NOT NULL
		LIMIT %d`, next, next, s.Combined.Column, mostCombined+1))
}
