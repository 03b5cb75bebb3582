package trail_test

// What happened to a thing is told in its order with remarks and files, and remarks that SQL changed are found. Files
// themselves: package evidence.

import (
	"context"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var office = auth.User{ID: "p9", Name: "办公室甲", Posts: []auth.Post{{UnitName: "妇儿工委办"}}}

func TestATrailIsInTheOrderOfWhatHappened(t *testing.T) {
	t.Parallel()
	now := time.Date(2024, 3, 15, 1, 0, 0, 0, time.UTC)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		steps := []func(tx *db.Tx) error{
			func(tx *db.Tx) error {
				return journal.Log(tx, office, "thing.open", "thing/1", map[string]string{"reason": "年报"})
			},
			func(tx *db.Tx) error {
				_, err := trail.Write(tx, office, "thing/1", " 请核对第二行 ")
				return err
			},
			func(tx *db.Tx) error {
				_, err := evidence.Attach(tx, office, evidence.File{Object: "thing/1", Name: "说明.pdf", Digest: "d"})
				return err
			},
			func(tx *db.Tx) error { return journal.Log(tx, office, "thing.hidden", "thing/1", nil) },
			func(tx *db.Tx) error {
				files, err := evidence.Of(tx, "thing/1")
				must(t, err)
				_, err = evidence.Withdraw(tx, office, "thing/1", files[0].ID, "不对")
				return err
			},
			func(tx *db.Tx) error { _, err := trail.Write(tx, office, "thing/2", "别处"); return err },
		}
		for _, step := range steps {
			must(t, d.Update(context.Background(), step))
		}
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			lines, _, err := trail.Of(tx, "thing/1", func(verb string) say.Key {
				return map[string]say.Key{"thing.open": "下达"}[verb]
			})
			var said []string
			for _, l := range lines {
				said = append(said, string(l.Words)+l.Text)
			}
			if got := strings.Join(said, " "); got != "下达 备注请核对第二行 附上材料 撤下材料不对" {
				t.Errorf("the trail says: %s", got)
			}
			return err
		}))
	}, db.WithClock(func() time.Time { now = now.Add(time.Second); return now }))
}

func TestRemarksAreHeldAgainstTheJournal(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			for _, text := range []string{"甲", "乙", "丙"} {
				_, err := trail.Write(tx, office, "thing/1", text)
				must(t, err)
			}
			for _, text := range []string{" ", strings.Repeat("长", 2001)} {
				if _, err := trail.Write(tx, office, "thing/1", text); errs.KindOf(err) != errs.Invalid {
					t.Errorf("a remark of %d bytes: %v", len(text), err)
				}
			}
			return nil
		}))
		check := func(want ...string) {
			t.Helper()
			must(t, d.View(context.Background(), func(tx *db.Tx) error {
				found, err := trail.Verify(tx)
				var columns []string
				for _, f := range found {
					columns = append(columns, f.Column)
				}
				if strings.Join(columns, " ") != strings.Join(want, " ") {
					t.Errorf("found %v, want %v", columns, want)
				}
				return err
			}))
		}
		check()
		dbtest.Outside(t, d, `UPDATE remarks SET text = '假' WHERE text = '甲'`,
			`DELETE FROM remarks WHERE text = '乙'`,
			`INSERT INTO remarks SELECT 'x', object, text, person_id, person, unit, created_at FROM remarks
			WHERE text = '丙'`)
		check("text", "id", "id")
	})
}
