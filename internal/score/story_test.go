package score_test

// A sheet from its draft over two versions: who scores which side, what is refused, and that scores of one version
// never
// stand beside those of another.

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/score"
	"yipanqi/internal/sign"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func sees(*db.Tx, auth.User, string) error { return nil }

func TestASheetAndItsNextVersion(t *testing.T) {
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		now.Store(time.Date(2023, 6, 6, 1, 0, 0, 0, time.UTC).Unix())
		people := map[string]auth.User{}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(d.Update(context.Background(), func(tx *db.Tx) error {
			root, _, err := network.PutArea(tx, network.Area{Code: "990000", Name: "示范市", Level: "city",
				OpensOn: "1900-01-01"})
			must(err)
			for code, role := range map[string]string{"CO": auth.Office, "HEA": auth.Liaison, "EDU": auth.Liaison} {
				_, err := network.PutUnit(tx, network.Unit{Code: code, Name: "单位" + code, Kind: "office",
					AreaID: root.ID, OpensOn: "1900-01-01"})
				must(err)
				p, err := network.AddPerson(tx, network.Person{Name: code})
				must(err)
				_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: code, Role: role,
					OpensOn: "2018-01-01"})
				must(err)
				people[code], err = account.UserOf(tx, p.ID)
				must(err)
			}
			return nil
		}))
		do := func(fn func(*db.Tx) error) error { return d.Update(context.Background(), fn) }
		refused := func(kind errs.Kind, field string, err error, what string) {
			t.Helper()
			if errs.KindOf(err) != kind || field != "" && errs.FieldsOf(err)[field].IsZero() {
				t.Errorf("%s: %v, want a refusal of kind %d at %q", what, err, kind, field)
			}
		}
		draft := func(s score.Sheet) (made score.Sheet, err error) {
			return made, do(func(tx *db.Tx) error {
				made, err = score.Make(tx, people["CO"], s, sees)
				return err
			})
		}
		give := func(as, sheet, unit, side string, item int, points string) error {
			return do(func(tx *db.Tx) error {
				_, err := score.Give(tx, people[as], sheet, score.Handed{Subject: unit, Side: side, Item: item,
					Points: points})
				return err
			})
		}
		items := []score.Item{{Dimension: "组织", Title: "开会", Points: 400}, {Dimension: "监测", Title: "报数",
			Points: 600}}
		_, err := draft(score.Sheet{Title: "评分表"})
		refused(errs.Invalid, "items", err, "a sheet without items")
		_, err = draft(score.Sheet{Title: "评分表", Items: []score.Item{{Dimension: "组织", Title: "开会"}}})
		refused(errs.Invalid, "items", err, "an item without points")
		_, err = draft(score.Sheet{Title: "评分表", Items: []score.Item{{Dimension: "组织", Title: "开会", Points: 10,
			Indicator: "X"}}})
		refused(errs.Invalid, "items", err, "an indicator that there is not")
		first, err := draft(score.Sheet{Title: "评分表", Items: items})
		must(err)
		refused(errs.Missing, "", give("HEA", first.ID, "HEA", score.Self, 1, "40"), "a draft is scored by")
		fix := func(s score.Sheet) error {
			return do(func(tx *db.Tx) error {
				_, err := score.Fix(tx, people["CO"], s.ID, s.Version)
				return err
			})
		}
		must(fix(first))
		must(give("HEA", first.ID, "HEA", score.Self, 1, "35.5"))
		must(give("HEA", first.ID, "HEA", score.Self, 1, "36.5")) // corrected
		for what, one := range map[string]struct {
			as, unit, side, points string
			item                   int
			kind                   errs.Kind
			field                  string
		}{
			"above the points":             {"HEA", "HEA", score.Self, "60.1", 2, errs.Invalid, "points"},
			"no number":                    {"HEA", "HEA", score.Self, "高", 2, errs.Invalid, "points"},
			"an item there is not":         {"HEA", "HEA", score.Self, "1", 3, errs.Invalid, "item"},
			"another unit as itself":       {"HEA", "EDU", score.Self, "1", 1, errs.Denied, ""},
			"the office as the unit":       {"CO", "HEA", score.Self, "1", 1, errs.Denied, ""},
			"a unit for the group":         {"EDU", "HEA", score.Group, "1", 1, errs.Denied, ""},
			"the own unit for a group":     {"CO", "CO", score.Group, "1", 1, errs.Denied, ""},
			"a side there is not":          {"CO", "HEA", "friend", "1", 1, errs.Invalid, "side"},
			"the office for a second side": {"CO", "EDU", score.Third, "1", 1, errs.Denied, ""},
		} {
			if what == "the office for a second side" {
				must(give("CO", first.ID, "EDU", score.Group, 1, "30"))
			}
			refused(one.kind, one.field, give(one.as, first.ID, one.unit, one.side, one.item, one.points), what)
		}
		must(give("EDU", first.ID, "EDU", score.Self, 1, "30"))
		must(give("EDU", first.ID, "EDU", score.Self, 2, "60"))
		_, err = draft(score.Sheet{Series: first.Series, Title: "评分表", Items: items})
		refused(errs.Invalid, "reason", err, "a version without a reason")
		second, err := draft(score.Sheet{Series: first.Series, Title: "评分表", Items: items[:1], Reason: "只留一项"})
		must(err)
		must(fix(second))
		refused(errs.Conflict, "", give("HEA", first.ID, "HEA", score.Self, 2, "50"), "the version before is scored by")
		must(give("HEA", second.ID, "HEA", score.Self, 1, "40"))

		m := web.NewMux(web.Config{DB: d, User: account.UserOf, Committed: func() {},
			Asset: func(name string) string { return "/assets/" + name }})
		score.Routes(m, sees)
		s := &webtest.Site{Handler: m.Handler(), DB: d, People: people}
		s.Run(t,
			// HEA's first version stays open: 36.5 of one item, no place
			webtest.Scenario{As: "CO", Path: first.URL(), Contains: []string{"未评完（1／2）", "90", "第1"},
				NotContains: []string{"第2<"}},
			webtest.Scenario{As: "CO", Path: second.URL(), NotContains: []string{"单位EDU</td>"},
				Contains: []string{"40"}},
			webtest.Scenario{As: "HEA", Path: first.URL() + "?format=csv", Contains: []string{"36.5"},
				NotContains: []string{"单位EDU"}})
		must(do(func(tx *db.Tx) error {
			found, err := score.Verify(tx, sign.PublicKey(""))
			if len(found) > 0 {
				t.Errorf("honest scores have findings: %v", found)
			}
			return err
		}))
		for _, edit := range []string{"scores SET points = points + 1",
			"scores SET side = 'third' WHERE side = 'group'",
			"score_sheets SET items = '[]'", "score_sheets SET state = 'fixed'"} {
			err := do(func(tx *db.Tx) error {
				must(tx.Exec("UPDATE " + edit))
				found, err := score.Verify(tx, sign.PublicKey(""))
				if err == nil && len(found) == 0 {
					t.Errorf("nobody finds %s", edit)
				}
				return errs.Conflictf("back")
			})
			refused(errs.Conflict, "", err, "undone")
		}
	})
}
