package db_test

// The index of terms finds the newest first and reads nothing that a user types as syntax. What may be found by whom:
// package find.

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
)

func term(t string) db.Match { return db.Match{Term: t} }

func TestTermsAreFoundNewestFirst(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			for id := int64(1); id <= 200; id++ {
				terms := []string{"儿童", fmt.Sprint("n", id)}
				if id%2 == 0 {
					terms = append(terms, "even")
				}
				must(t, tx.PutTerms(db.Terms{ID: id * 1000, Terms: terms})) // over several blocks
			}
			must(t, tx.PutTerms(db.Terms{ID: 200_000, Terms: []string{"妇女"}})) // in place of what it had
			return tx.DropTerms(198_000)
		}))
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			for _, c := range []struct {
				match db.Match
				limit int
				want  []int64
			}{
				{term("儿童"), 3, []int64{199_000, 197_000, 196_000}},
				{term("even"), 2, []int64{196_000, 194_000}},
				{db.Match{All: []db.Match{term("even"), term("n4")}}, 9, []int64{4000}},
				{db.Match{All: []db.Match{term("even"), term("n5")}}, 9, nil},
				{db.Match{Any: []db.Match{term("n7"), term("妇女"), {All: []db.Match{term("n8"), term("even")}}}}, 9,
					[]int64{200_000, 8000, 7000}},
				{term("none"), 9, nil},
				{term(`no"ne' \ OR x`), 9, nil}, // quotes are not syntax
			} {
				got, err := tx.Matching(c.match, c.limit)
				must(t, err)
				if !slices.Equal(got, c.want) {
					t.Errorf("%+v finds %v, want %v", c.match, got, c.want)
				}
			}
			return nil
		}))
	})
}
