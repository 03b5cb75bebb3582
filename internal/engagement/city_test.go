package engagement_test

// A small city to ask in: an office with two people, a member unit, a district; outsiders come as they are engaged.

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/find"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct {
	*db.DB
	t     *testing.T
	now   *atomic.Int64 // the clock, Unix seconds
	house engagement.House
	ids   map[string]string // of people
}

func sees(*db.Tx, auth.User, string) error { return nil }

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		now.Store(time.Date(2023, 5, 22, 1, 0, 0, 0, time.UTC).Unix())
		c := &city{DB: d, t: t, now: now, ids: map[string]string{}}
		c.house = engagement.House{Sees: sees, Adds: sees,
			Exhibits: func() []module.Exhibit { return opinion.Module(nil, nil).Exhibits },
			Kinds:    func() []find.Kind { return nil }, Files: blob.Open(t.TempDir()),
			Around: func(*db.Tx, auth.User, module.Of) ([]module.Card, error) { return nil, nil }}
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
	for _, u := range []network.Unit{{Code: "WCC", Name: "示范市妇儿工委", AreaID: root.ID},
		{Code: "CO", Name: "示范市妇儿工委办", AreaID: root.ID},
		{Code: "HEA", Name: "示范市卫生局", ShortName: "市卫生局",
			AreaID: root.ID},
		{Code: "EO", Name: "东岭区妇儿工委办（筹）", ShortName: "东岭区办", AreaID: east.ID}} {
		u.Kind, u.OpensOn = "office", "1900-01-01"
		_, err := network.PutUnit(tx, u)
		c.must(err)
	}
	_, _, err = network.PutMembership(tx, network.Membership{Body: "WCC", Member: "HEA", Seat: network.MemberUnit,
		OpensOn: "2020-01-01", Basis: "文件（模拟）"})
	c.must(err)
	for name, post := range map[string][2]string{"office": {"CO", auth.Office}, "second": {"CO", auth.Office},
		"hea": {"HEA", auth.Liaison}, "east": {"EO", auth.Office}} {
		p, err := network.AddPerson(tx, network.Person{Name: name})
		c.must(err)
		_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: post[0], Role: post[1], OpensOn: "2018-01-01"})
		c.must(err)
		c.ids[name] = p.ID
	}
	return nil
}

// as runs a step as a person, who has the posts of that day.
func as[T any](c *city, name string, fn func(*db.Tx, auth.User) (T, error)) (v T, err error) {
	err = c.Update(context.Background(), func(tx *db.Tx) (err error) {
		user, err := account.UserOf(tx, c.ids[name])
		if err != nil {
			return err
		}
		v, err = fn(tx, user)
		return err
	})
	return v, err
}

// may is as of a step that must succeed.
func may[T any](c *city, name string, fn func(*db.Tx, auth.User) (T, error)) T {
	c.t.Helper()
	v, err := as(c, name, fn)
	c.must(err)
	return v
}

func (c *city) refused(kind errs.Kind, field string, err error, what string) {
	c.t.Helper()
	if errs.KindOf(err) != kind || field != "" && errs.FieldsOf(err)[field].IsZero() {
		c.t.Errorf("%s: %v %v, want a refusal of kind %d at %q", what, err, errs.FieldsOf(err), kind, field)
	}
}

// on sets the clock to the morning of a day.
func (c *city) on(day string) {
	at, err := time.Parse(time.DateOnly, day)
	c.must(err)
	c.now.Store(at.Add(time.Hour).Unix())
}

func (c *city) attach(object, field string) evidence.File {
	c.t.Helper()
	return may(c, "office", func(tx *db.Tx, by auth.User) (evidence.File, error) {
		return evidence.Attach(tx, by, evidence.File{Object: object, Field: field, Digest: c.put("一页纸"),
			Name: field + ".pdf", MediaType: "application/pdf"})
	})
}

func (c *city) put(text string) string {
	digest, err := c.house.Files.Put([]byte(text))
	c.must(err)
	return digest
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.Present, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	engagement.Routes(m, c.house)
	people := map[string]auth.User{}
	for name, id := range c.ids {
		people[name] = auth.User{ID: id}
	}
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: people}
}
