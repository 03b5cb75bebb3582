package db_test

// Many rows come in as they were given, in their order and whatever their number; a plain object is written as the
// library writes it.

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
)

func TestManyRowsAreAllThereInTheirOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, n := range []int{0, 1, 2, 3, 127, 128, 1001} {
			err := d.Update(context.Background(), func(tx *db.Tx) error {
				var rows [][]any
				for i := range n {
					rows = append(rows, []any{fmt.Sprint("of/", n), int64(i + 1), tx.Now, "", "", "v", "{}", "?"})
				}
				must(t, tx.InsertAll(`journal (object, object_seq, at, actor_id, actor, verb, detail, mac)`, rows))
				got, err := db.All(tx, db.Single[int64], `SELECT object_seq FROM journal WHERE object = $1 AND mac = '?'
					ORDER BY id`, fmt.Sprint("of/", n))
				must(t, err)
				if len(got) != n || !slices.IsSorted(got) {
					t.Errorf("%d of %d rows are there, in the order %v", len(got), n, got[:min(len(got), 20)])
				}
				return nil
			})
			must(t, err)
		}
	})
}

func TestAPlainObjectIsWrittenAsTheLibraryDoes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value string
		plain bool
	}{{"", true}, {"儿童之家 12.5%", true}, {"\u2027\u2030", true}, {"a<b", false}, {"a&b", false},
		{`a"b`, false}, {`a\b`, false},
		{"a\nb", false}, {"\u2028", false}, {"x\u2029", false}, {"\xff", false}, {"\x7f", true}} {
		all := map[string]string{"b": c.value, "a": "1", "键": "值"}
		text, plain := db.Object(all)
		want, _ := json.Marshal(all)
		if plain != c.plain || plain && text != string(want) {
			t.Errorf("%q is written %s (%v), the library writes %s", c.value, text, plain, want)
		}
	}
	if text, plain := db.Object(nil); !plain || text != "{}" {
		t.Errorf("nothing is written %s", text)
	}
}
