package journal_test

// Entries are found by actor, verb, object and time, in both orders, page by page.

import (
	"context"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/journal"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Update(context.Background(), func(tx *db.Tx) error {
			for _, e := range [][3]string{{"张三", "session.open", "person/1"},
				{"张三", "submission.sign", "submission/7"},
				{"李四", "session.refuse", "person/2"}} {
				if err := journal.Log(tx, auth.User{ID: e[0], Name: e[0]}, e[1], e[2], nil); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			filter journal.Filter
			want   int
		}{
			{journal.Filter{Actor: "张"}, 2}, {journal.Filter{Verb: "session."}, 2},
			{journal.Filter{Object: "person/2"}, 1},
			{journal.Filter{Actor: "张", Verb: "session."}, 1}, {journal.Filter{Actor: "王"}, 0},
			{journal.Filter{Actor: "张三", From: day}, 2},
			{journal.Filter{Actor: "张三", From: day.Add(time.Second)}, 0},
			{journal.Filter{Actor: "张三", To: day}, 0}, {journal.Filter{Actor: "张三", To: day.Add(time.Second)}, 2},
		} {
			if err := d.View(context.Background(), func(tx *db.Tx) error {
				found, err := journal.Search(tx, c.filter, 0, 0, 10)
				if len(found) != c.want {
					t.Errorf("%+v finds %d, want %d", c.filter, len(found), c.want)
				}
				if err != nil {
					return err
				}
				n, err := journal.Count(tx, c.filter, 1)
				if n != min(c.want, 1) {
					t.Errorf("%+v counts %d up to one, of %d", c.filter, n, c.want)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		// Both orders, piece by piece after the last one and by leaving out the first.
		if err := d.View(context.Background(), func(tx *db.Tx) error {
			for _, oldest := range []bool{false, true} {
				f := journal.Filter{Oldest: oldest}
				all, err := journal.Search(tx, f, 0, 0, 10)
				if err != nil {
					return err
				}
				if len(all) != 3 || (all[0].ID < all[2].ID) != oldest {
					t.Fatalf("oldest first %v: %d entries from %d", oldest, len(all), all[0].ID)
				}
				rest, err := journal.Search(tx, f, all[0].ID, 0, 10)
				if err != nil {
					return err
				}
				page, err := journal.Search(tx, f, 0, 1, 1)
				if err != nil {
					return err
				}
				if len(rest) != 2 || len(page) != 1 || rest[0].ID != all[1].ID || page[0].ID != all[1].ID {
					t.Errorf("oldest first %v: after the first come %d, the second page has %d", oldest, len(rest), len(page))
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}, db.WithClock(func() time.Time { return day }))
}
