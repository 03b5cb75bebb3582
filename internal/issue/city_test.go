package issue_test

// A small city to ask in: an office with two people and a leader, three units with a liaison and a leader each.

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/indicator"
	"yipanqi/internal/issue"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct {
	*db.DB
	t       *testing.T
	now     *atomic.Int64 // the clock, Unix seconds
	secrets account.Secrets
	issuer  sign.PublicKey
	people  map[string]auth.User // office, reviewer, chief, and by unit: a, a leader, …
	keys    map[string]account.Unlocked
	reviews string // the post of the reviewer
}

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		now.Store(time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC).Unix()) // a Monday
		c := &city{DB: d, t: t, now: now, people: map[string]auth.User{}, keys: map[string]account.Unlocked{}}
		key, err := sign.Generate()
		c.must(err)
		c.secrets = account.Secrets{Pepper: make([]byte, 32), Installation: key}
		c.issuer, err = key.Public()
		c.must(err)
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
		{Kind: "unit_kind", Code: "member", Name: "成员单位"}, {Kind: "role", Code: "office", Name: "妇儿工委办"},
		{Kind: "role", Code: "liaison", Name: "联络员"}, {Kind: "role", Code: "leader", Name: "单位负责人"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990000", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	c.must(err)
	east, _, err := network.PutArea(tx, network.Area{Code: "990101", Name: "东岭区", Level: "district",
		ParentID: root.ID,
		OpensOn:  "1900-01-01"})
	c.must(err)
	for _, u := range []network.Unit{{Code: "CO", Name: "示范市妇儿工委办", Kind: "office", AreaID: root.ID},
		{Code: "a", Name: "示范市教育局", Kind: "member", AreaID: root.ID},
		{Code: "b", Name: "示范市卫生健康委", Kind: "member", AreaID: root.ID},
		{Code: "c", Name: "示范市体育局", Kind: "member", AreaID: root.ID},
		{Code: "EO", Name: "东岭区妇儿工委办", Kind: "office", AreaID: east.ID}} {
		u.OpensOn = "1900-01-01"
		_, err := network.PutUnit(tx, u)
		c.must(err)
	}
	c.define(tx, root)
	c.hire(tx, "office", "办公室甲", "CO", auth.Office)
	c.reviews = c.hire(tx, "reviewer", "办公室乙", "CO", auth.Office)
	c.hire(tx, "chief", "副主任", "CO", auth.CommitteeChief)
	c.hire(tx, "east", "东岭办甲", "EO", auth.Office)
	for _, unit := range []string{"a", "b", "c"} {
		c.hire(tx, unit, unit+"联络员", unit, auth.Liaison)
		c.hire(tx, unit+" second", unit+"联络员乙", unit, auth.Liaison)
		c.hire(tx, unit+" leader", unit+"负责人", unit, auth.Leader)
	}
	return nil
}

// hire gives a person a post and a key; it returns the post.
func (c *city) hire(tx *db.Tx, as, name, unit, role string) string {
	p, err := network.AddPerson(tx, network.Person{Name: name})
	c.must(err)
	post, err := network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2018-01-01"})
	c.must(err)
	user, err := account.UserOf(tx, p.ID)
	c.must(err)
	key, err := sign.Generate()
	c.must(err)
	public, err := key.Public()
	c.must(err)
	// Argon2id is tested where it lives
	made := account.Key{ID: db.NewID(), PersonID: p.ID, PublicKey: public, Locked: "-"}
	c.must(account.AddKey(tx, user, made, c.secrets))
	c.keys[as], c.people[as] = account.Unlocked{ID: made.ID, Private: key}, user
	return post.ID
}

// papers are kinds of papers that an act can be.
func papers() []find.Kind {
	return []find.Kind{{Code: "letter", Verb: issue.VerbRead, Page: func(id string) string { return "/letters/" + id }},
		{Code: "record", Verb: issue.VerbRead, Page: func(id string) string { return "/records/" + id }}}
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	issue.Routes(m, func(*db.Tx, auth.User, string) error { return nil }, papers, issue.Places{
		Sources: func(*db.Tx, auth.User) ([]issue.Source, error) {
			return []issue.Source{{Code: "rooms", Name: say.Name{ZH: "母婴室登记", EN: "Rooms"}}}, nil
		},
		Of: func(_ *db.Tx, _ auth.User, register, _ string) (all []issue.Place, err error) {
			if register == "rooms" {
				all = []issue.Place{{ID: "1", Name: "甲医院"}, {ID: "2", Name: "乙车站"}, {ID: "3", Name: "丙公园"}}
			}
			for n := range map[string]int{"homes": 2144, "all": 5001}[register] {
				all = append(all, issue.Place{ID: strconv.Itoa(n), Name: "儿童之家" + strconv.Itoa(n)})
			}
			return all, nil
		}})
	trail.Routes(m, blob.Open(c.t.TempDir()), []trail.Place{issue.Trail()})
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.people}
}

// do runs a step and returns what it made.
func do[T any](c *city, fn func(*db.Tx) (T, error)) (v T, err error) {
	err = c.Update(context.Background(), func(tx *db.Tx) (err error) {
		v, err = fn(tx)
		return err
	})
	return v, err
}

// done is do of a step that must succeed.
func done[T any](c *city, fn func(*db.Tx) (T, error)) T {
	c.t.Helper()
	v, err := do(c, fn)
	c.must(err)
	return v
}

func (c *city) refused(kind errs.Kind, err error, what string) {
	c.t.Helper()
	if errs.KindOf(err) != kind {
		c.t.Errorf("%s: %v, want a refusal of kind %d", what, err, kind)
	}
}

// pass lets days go by.
func (c *city) pass(days int) { c.now.Add(int64(days) * 86400) }

// verified are the findings of the module's own check.
func (c *city) verified() (n int, text string) {
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		found, err := issue.Verify(tx, c.issuer)
		for _, f := range found {
			n, text = n+1, text+f.Words("en")+"\n"
		}
		return err
	}))
	return n, text
}

// define makes an indicator of the city with a target of 60 by 2025.
func (c *city) define(tx *db.Tx, root network.Area) {
	_, err := plan.Put(tx, plan.Plan{Code: "W", Name: "规划", Kind: "women", AreaID: root.ID, Starts: 2021, Ends: 2025})
	c.must(err)
	i, _, err := indicator.Put(tx, indicator.Indicator{Code: "ROOMS", Name: "母婴室", Unit: "间",
		Direction: 1})
	c.must(err)
	_, err = indicator.PutTarget(tx, indicator.Target{Plan: "W", IndicatorID: i.ID, AreaID: root.ID,
		Level: indicator.Own, Op: indicator.AtLeast, Value: "60", Year: 2025, SourceTitle: "规划"})
	c.must(err)
}

// publish quotes a figure of a year.
func (c *city) publish(year int, value string) {
	c.t.Helper()
	done(c, func(tx *db.Tx) (bool, error) {
		i, err := indicator.ByCode(tx, "ROOMS")
		c.must(err)
		root, err := network.Root(tx)
		c.must(err)
		p, err := period.FromInt(year * 100)
		c.must(err)
		return indicator.PutPublished(tx, indicator.Published{IndicatorID: i.ID, AreaID: root.ID, Period: p,
			Sex: quantity.SexTotal, Value: value, SourceTitle: "年鉴"})
	})
}
