package score_test

// A sheet from its draft over two versions: who scores which side, what is refused, and that scores of one version
// never
// stand beside those of another.

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/network"
	"yipanqi/internal/score"
	"yipanqi/internal/sign"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func sees(*db.Tx, auth.User, string) error { return nil }

// house asks for units of the area, and for HEA alone in the round.
var house = score.House{Sees: sees, Adds: sees, Asked: func(_ *db.Tx, about string) ([]string, bool, error) {
	return []string{"HEA", "EDU"}, about == "round/1", nil
}}

// city is an office, two member units, a district's office, and short ways to have them act.
type city struct {
	*db.DB
	t      *testing.T
	people map[string]auth.User
	scan   string // of the paper that the office lays down with what it enters
}

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		now.Store(time.Date(2023, 6, 6, 1, 0, 0, 0, time.UTC).Unix())
		c := &city{DB: d, t: t, people: map[string]auth.User{}}
		c.must(d.Update(context.Background(), c.build))
		test(t, c)
	})
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) build(tx *db.Tx) error {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"}, {Kind: "unit_kind", Code: "office", Name: "办公室"},
		{Kind: "role", Code: "outsider", Name: "受聘人员"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990000", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	c.must(err)
	east, _, err := network.PutArea(tx, network.Area{Code: "990101", Name: "东岭区", Level: "district",
		ParentID: root.ID, OpensOn: "1900-01-01"})
	c.must(err)
	for code, role := range map[string]string{"CO": auth.Office, "HEA": auth.Liaison, "EDU": auth.Liaison,
		"LAW": auth.Liaison, "EO": auth.Office} {
		u := network.Unit{Code: code, Name: "单位" + code, Kind: "office", AreaID: root.ID, OpensOn: "1900-01-01"}
		if code == "EO" {
			u.AreaID = east.ID
		}
		_, err := network.PutUnit(tx, u)
		c.must(err)
		p, err := network.AddPerson(tx, network.Person{Name: code})
		c.must(err)
		_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: code, Role: role, OpensOn: "2018-01-01"})
		c.must(err)
		c.people[code], err = account.UserOf(tx, p.ID)
		c.must(err)
	}
	return nil
}

func (c *city) do(fn func(*db.Tx) error) error { return c.Update(context.Background(), fn) }

func (c *city) refused(kind errs.Kind, field string, err error, what string) {
	c.t.Helper()
	if errs.KindOf(err) != kind || field != "" && errs.FieldsOf(err)[field].IsZero() {
		c.t.Errorf("%s: %v %v, want a refusal of kind %d at %q", what, err, errs.FieldsOf(err), kind, field)
	}
}

func (c *city) draft(s score.Sheet) (made score.Sheet, err error) {
	return made, c.do(func(tx *db.Tx) error {
		made, err = score.Make(tx, c.people["CO"], s, house)
		return err
	})
}

func (c *city) fix(s score.Sheet) error {
	return c.do(func(tx *db.Tx) error {
		_, err := score.Fix(tx, c.people["CO"], s.ID, s.Version)
		return err
	})
}

func (c *city) give(as, sheet, unit, side string, item int, points string) error {
	return c.do(func(tx *db.Tx) error {
		by, err := account.UserOf(tx, c.people[as].ID)
		if err != nil {
			return err
		}
		_, err = score.Give(tx, by, sheet, score.Handed{Subject: unit, Side: side, Item: item, Points: points,
			Scan: evidence.File{Digest: c.scan, Name: "评分表.pdf"}}, house)
		return err
	})
}

// hire engages a supervisor for the round by an office, for an area; ties are units that they have to do with.
func (c *city) hire(office, name, area string, ties ...string) {
	c.t.Helper()
	c.must(c.do(func(tx *db.Tx) error {
		by := c.people[office]
		e := engagement.Engagement{Person: name, Role: engagement.Supervisor, About: "round/1", OpensOn: "2023-06-01",
			ClosesOn: "2023-08-31", Areas: []string{area}, Interests: []engagement.Interest{{Kind: engagement.None}}}
		h := engagement.House{Sees: sees, Adds: sees}
		e, err := engagement.Invite(tx, by, engagement.Registered{Engagement: e}, h)
		c.must(err)
		_, err = evidence.Attach(tx, by, evidence.File{Object: e.Object(), Field: "undertaking", Digest: "00",
			Name: "承诺书.pdf"})
		c.must(err)
		c.must(account.Create(tx, by, e.PersonID, "x"+e.ID[:8]+e.ID[30:], "-"))
		e, err = engagement.Start(tx, by, e.ID, e.Version, h)
		c.must(err)
		for _, unit := range ties { // learned of later; nothing but the row says so
			c.must(tx.Exec(`UPDATE engagements SET interests = $1 WHERE id = $2`,
				`[{"unit":"`+unit+`","kind":"family"}]`, e.ID))
		}
		c.people[name] = auth.User{ID: e.PersonID}
		return err
	}))
}

func TestASheetAndItsNextVersion(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		must, give, do := c.must, c.give, c.do
		items := []score.Item{{Dimension: "组织", Title: "开会", Points: 400}, {Dimension: "监测", Title: "报数",
			Points: 600}}
		_, err := c.draft(score.Sheet{Title: "评分表"})
		c.refused(errs.Invalid, "items", err, "a sheet without items")
		_, err = c.draft(score.Sheet{Title: "评分表", Items: []score.Item{{Dimension: "组织", Title: "开会"}}})
		c.refused(errs.Invalid, "items", err, "an item without points")
		_, err = c.draft(score.Sheet{Title: "评分表", Items: []score.Item{{Dimension: "组织", Title: "开会", Points: 10,
			Indicator: "X"}}})
		c.refused(errs.Invalid, "items", err, "an indicator that there is not")
		for what, i := range map[string]score.Item{
			"a long dimension": {Dimension: strings.Repeat("长", 121), Title: "开会", Points: 10},
			"a long proof":     {Dimension: "组织", Title: "开会", Points: 10, Evidence: strings.Repeat("长", 601)},
			"too many points":  {Dimension: "组织", Title: "开会", Points: 10010},
		} {
			_, err = c.draft(score.Sheet{Title: "评分表", Items: []score.Item{i}})
			c.refused(errs.Invalid, "items", err, what)
		}
		first, err := c.draft(score.Sheet{Title: "评分表", Items: items})
		must(err)
		c.refused(errs.Missing, "", give("HEA", first.ID, "HEA", score.Self, 1, "40"), "a draft is scored by")
		must(c.fix(first))
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
			"an item there is not":         {"HEA", "HEA", score.Self, "1", 3, errs.Invalid, "item_number"},
			"another unit as itself":       {"HEA", "EDU", score.Self, "1", 1, errs.Denied, ""},
			"the office as the unit":       {"CO", "HEA", score.Self, "1", 1, errs.Denied, ""},
			"a unit for the group":         {"EDU", "HEA", score.Group, "1", 1, errs.Denied, ""},
			"the own unit for a group":     {"CO", "CO", score.Group, "1", 1, errs.Denied, ""},
			"a side there is not":          {"CO", "HEA", "friend", "1", 1, errs.Invalid, "side"},
			"the office for a second side": {"CO", "EDU", score.Third, "1", 1, errs.Denied, ""},
		} {
			if what == "the office for a second side" {
				c.scan = "01"
				must(give("CO", first.ID, "EDU", score.Group, 1, "30"))
			}
			c.refused(one.kind, one.field, give(one.as, first.ID, one.unit, one.side, one.item, one.points), what)
		}
		must(give("EDU", first.ID, "EDU", score.Self, 1, "30"))
		must(give("EDU", first.ID, "EDU", score.Self, 2, "60"))
		_, err = c.draft(score.Sheet{Series: first.Series, Title: "评分表", Items: items})
		c.refused(errs.Invalid, "reason", err, "a version without a reason")
		second, err := c.draft(score.Sheet{Series: first.Series, Title: "评分表", Items: items[:1], Reason: "只留一项"})
		must(err)
		must(c.fix(second))
		c.refused(errs.Conflict, "", give("HEA", first.ID, "HEA", score.Self, 2, "50"), "the earlier version")
		must(give("HEA", second.ID, "HEA", score.Self, 1, "40"))

		m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
			Asset: func(name string) string { return "/assets/" + name }})
		score.Routes(m, house)
		s := &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.people}
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
			c.refused(errs.Conflict, "", err, "undone")
		}
	})
}

// Who is engaged by another office, for other areas or with a tie has no say; the office writes down what was scored on
// paper, with the paper, and never over what somebody gave themselves; who takes no part is not scored.
func TestWhoHasASay(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s, err := c.draft(score.Sheet{Title: "评分表", About: "round/1", Items: []score.Item{
			{Dimension: "组织", Title: "开会", Points: 400}, {Dimension: "监测", Title: "报数", Points: 600}}})
		c.must(err)
		c.must(c.fix(s))
		c.hire("CO", "督导甲", "990000")
		c.hire("CO", "督导乙", "990101")
		c.hire("CO", "督导丙", "990000", "HEA")
		c.hire("EO", "区督导", "990101")
		give := func(as, unit, side string, item int) error { return c.give(as, s.ID, unit, side, item, "30") }
		c.refused(errs.Missing, "", give("区督导", "HEA", score.Group, 1), "a district's supervisor in the city's sheet")
		c.refused(errs.Denied, "", give("督导乙", "HEA", score.Group, 1), "a unit outside of the areas of the scope")
		c.refused(errs.Denied, "", give("督导丙", "HEA", score.Group, 1), "a unit that they are tied to")
		c.refused(errs.Invalid, "subject_unit", give("LAW", "LAW", score.Self, 1), "who takes no part")
		c.refused(errs.Invalid, "scan", give("CO", "HEA", score.Group, 1), "the office without the paper")
		c.must(give("督导甲", "HEA", score.Group, 1))
		c.scan = "01"
		c.refused(errs.Denied, "", give("CO", "HEA", score.Group, 1), "the office over what the supervisor gave")
		c.must(give("CO", "HEA", score.Group, 2))
		c.scan = ""
		c.must(give("CO", "HEA", score.Group, 2)) // corrected: the paper lies there already
		c.must(give("督导甲", "HEA", score.Group, 2))
		c.must(give("HEA", "HEA", score.Self, 1))
		m := web.NewMux(web.Config{DB: c.DB, User: account.Present, Committed: func() {},
			Asset: func(name string) string { return "/assets/" + name }})
		score.Routes(m, house)
		site := &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.people}
		button := []string{"出新版"}
		site.Run(t, webtest.Scenario{As: "区督导", Path: s.URL(), Status: 404},
			webtest.Scenario{As: "CO", Path: s.URL(), Contains: button},
			webtest.Scenario{As: "EDU", Path: s.URL(), NotContains: button, Contains: []string{"单位EDU"}},
			webtest.Scenario{As: "LAW", Path: s.URL(), NotContains: []string{"/scores"}},
			webtest.Scenario{As: "督导甲", Path: "/score-sheets", Contains: []string{s.URL()}},
			webtest.Scenario{As: "区督导", Path: "/score-sheets", NotContains: []string{s.URL()}},
			webtest.Scenario{As: "督导甲", Path: s.URL(), NotContains: append(button, "单位LAW"),
				Contains: []string{"单位EDU"}})
	})
}
