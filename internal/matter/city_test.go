package matter_test

// The small city with a clock that the package's tests turn, and how they take steps in it. No test itself.

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
)

// city is a small city: an office, two bureaus, a district with an office of its own, and a clock that the test turns.
type city struct {
	*db.DB
	t      testing.TB
	people map[string]auth.User
	now    *atomic.Int64
}

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) { test(t, newCity(t, d, now)) })
}

func newCity(t testing.TB, d *db.DB, now *atomic.Int64) *city {
	t.Helper()
	c := &city{DB: d, t: t, people: map[string]auth.User{}, now: now}
	c.on("2024-03-01")
	c.must(d.Update(context.Background(), c.build))
	return c
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// on turns the clock to nine in the morning of a day.
func (c *city) on(day string) {
	at, ok := calendar.Start(day)
	if !ok {
		c.t.Fatalf("%s is no day", day)
	}
	c.now.Store(at.Add(9 * time.Hour).Unix())
}

func (c *city) build(tx *db.Tx) (err error) {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"}, {Kind: "unit_kind", Code: "dept", Name: "部门"},
		{Kind: "role", Code: "office", Name: "工作人员"}, {Kind: "role", Code: "leader", Name: "单位负责人"},
		{Kind: "role", Code: "liaison", Name: "联络员"}, {Kind: "role", Code: "committee_leader", Name: "主任"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990000", Name: "示范市", ShortName: "示范", Level: "city",
		OpensOn: "1900-01-01"})
	c.must(err)
	district, _, err := network.PutArea(tx, network.Area{Code: "990104", Name: "北原区", ShortName: "北原",
		Level: "district", ParentID: root.ID, OpensOn: "1900-01-01"})
	c.must(err)
	for _, u := range []network.Unit{{Code: "WCC", Name: "市妇儿工委", AreaID: root.ID},
		{Code: "WCCO", Name: "市妇儿工委办", AreaID: root.ID}, {Code: "EDU", Name: "市教育局", AreaID: root.ID},
		{Code: "HEA", Name: "市卫生局", AreaID: root.ID}, {Code: "OLD", Name: "市老局", AreaID: root.ID,
			ClosesOn: "2020-01-01"}, {Code: "NORTH", Name: "北原区妇儿工委办", AreaID: district.ID}} {
		u.Kind, u.OpensOn = "dept", "2010-01-01"
		_, err := network.PutUnit(tx, u)
		c.must(err)
	}
	for _, who := range []struct{ login, unit, role string }{{"office", "WCCO", "office"}, {"boss", "WCCO", "leader"},
		{"chief", "WCC", "committee_leader"}, {"edu", "EDU", "liaison"}, {"edu-head", "EDU", "leader"},
		{"hea", "HEA", "liaison"}, {"hea-head", "HEA", "leader"}, {"north", "NORTH", "office"},
		{"north-head", "NORTH", "leader"}} {
		p, err := network.AddPerson(tx, network.Person{Name: who.login})
		c.must(err)
		_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: who.unit, Role: who.role,
			OpensOn: "2010-01-01"})
		c.must(err)
		c.people[who.login], err = account.UserOf(tx, p.ID)
		c.must(err)
	}
	return nil
}

// proposal is a matter of one item of the education bureau, without an indicator.
func proposal() matter.Draft {
	return matter.Draft{Title: "儿童之家覆盖率偏低", Problem: "北原区儿童之家覆盖率低于进度（模拟）。", Lead: "EDU",
		Sources: []matter.Source{{Kind: matter.Decision, Ref: "meeting/1", On: "2024-02-28",
			Quote: "请市教育局牵头研究。"}},
		NoIndicator: "没有对应的统计指标", Aim: "年底前每个街道有儿童之家。",
		Items: []matter.Asked{{Unit: "EDU", Text: "摸清底数", Due: "2024-03-29"}}}
}

// do runs a step in a transaction of its own.
func do[T any](c *city, who string, step func(*db.Tx, auth.User) (T, error)) (out T, err error) {
	c.t.Helper()
	user, known := c.people[who]
	if !known {
		c.t.Fatalf("there is no %s", who)
	}
	err = c.Update(context.Background(), func(tx *db.Tx) (err error) {
		out, err = step(tx, user)
		return err
	})
	return out, err
}

// may is do of what must succeed.
func may[T any](c *city, who string, step func(*db.Tx, auth.User) (T, error)) T {
	c.t.Helper()
	out, err := do(c, who, step)
	c.must(err)
	return out
}

// refused is do of what must not, for the reason.
func refused[T any](c *city, who string, kind errs.Kind, says string, step func(*db.Tx, auth.User) (T, error)) {
	c.t.Helper()
	_, err := do(c, who, step)
	if errs.KindOf(err) != kind || err == nil || says != "" && !contains(err, says) {
		c.t.Errorf("%s is told %v (%v), not %q", who, err, errs.KindOf(err), says)
	}
}

// raised is a matter handed out by the office.
func (c *city) raised(d matter.Draft) matter.Matter {
	c.t.Helper()
	return may(c, "office", func(tx *db.Tx, by auth.User) (matter.Matter, error) { return matter.Raise(tx, by, d) })
}

// item is the newest state of a matter's first item.
func (c *city) item(id string) (i matter.Item) {
	c.t.Helper()
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		m, err := matter.Get(tx, id)
		if err == nil {
			i = m.Items[0]
		}
		return err
	}))
	return i
}

// file lays a piece of evidence on an item.
func (c *city) file(who, object, name string) {
	c.t.Helper()
	may(c, who, func(tx *db.Tx, by auth.User) (evidence.File, error) {
		return evidence.Attach(tx, by, evidence.File{Object: object, Digest: name, Name: name, MediaType: "image/png",
			Unit: by.Posts[0].UnitName})
	})
}

// verifies says that nothing differs from the journal.
func (c *city) verifies() {
	c.t.Helper()
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		findings, err := matter.Verify(tx, "")
		for _, f := range findings {
			c.t.Errorf("does not fit: %+v", f)
		}
		return err
	}))
}
