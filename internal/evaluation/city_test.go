package evaluation_test

// A small city to judge in: an office with two people and a leader, three units and a district with their people.

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
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
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
		now.Store(time.Date(2023, 3, 1, 1, 0, 0, 0, time.UTC).Unix()) // a Wednesday
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
	west, _, err := network.PutArea(tx, network.Area{Code: "990102", Name: "西川区", Level: "district",
		ParentID: root.ID, OpensOn: "1900-01-01"})
	c.must(err)
	_, _, err = network.PutArea(tx, network.Area{Code: "990103", Name: "南屏区", Level: "district",
		ParentID: root.ID, OpensOn: "1900-01-01"})
	c.must(err)
	for _, u := range []network.Unit{{Code: "CO", Name: "示范市妇儿工委办", Kind: "office", AreaID: root.ID},
		{Code: "a", Name: "示范市教育局", Kind: "member", AreaID: root.ID},
		{Code: "b", Name: "示范市卫生健康委", Kind: "member", AreaID: root.ID},
		{Code: "c", Name: "示范市体育局", Kind: "member", AreaID: root.ID},
		{Code: "gone", Name: "示范市文化局", Kind: "member", AreaID: root.ID, ClosesOn: "2022-01-01", Successor: "c"},
		{Code: "EO", Name: "东岭区妇儿工委办", Kind: "office", AreaID: east.ID},
		{Code: "WO", Name: "西川区妇儿工委办", Kind: "office", AreaID: west.ID}} {
		u.OpensOn = "1900-01-01"
		if u.Code != "CO" && u.AreaID == root.ID {
			u.Parent = "CO"
		}
		_, err := network.PutUnit(tx, u)
		c.must(err)
	}
	c.define(tx, root)
	c.owes(tx, east, "EO")
	c.hire(tx, "office", "办公室甲", "CO", auth.Office)
	c.reviews = c.hire(tx, "reviewer", "办公室乙", "CO", auth.Office)
	c.hire(tx, "chief", "副主任", "CO", auth.CommitteeChief)
	c.hire(tx, "east", "东岭办甲", "EO", auth.Office)
	c.hire(tx, "east statistician", "东岭办乙", "EO", auth.Statistician)
	c.hire(tx, "east leader", "东岭办丙", "EO", auth.Leader)
	c.hire(tx, "west", "西川办甲", "WO", auth.Office)
	for _, unit := range []string{"a", "b", "c"} {
		c.hire(tx, unit, unit+"联络员", unit, auth.Liaison)
		c.hire(tx, unit+" statistician", unit+"统计员", unit, auth.Statistician)
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

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	evaluation.Routes(m, c.secrets, func(*db.Tx, auth.User, module.Of) ([]module.Card, error) { return nil, nil })
	trail.Routes(m, blob.Open(c.t.TempDir()), []trail.Place{evaluation.Trail()})
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

// verified are the findings of the module's own check.
func (c *city) verified() (n int, text string) {
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		found, err := evaluation.Verify(tx, c.issuer)
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
	_, err = plan.PutDomain(tx, plan.Domain{Plan: "W", Code: "env", Name: "妇女与环境"})
	c.must(err)
	_, err = plan.PutGoal(tx, plan.Goal{Plan: "W", Code: "1.1", Domain: "env", Text: "母婴室够用"})
	c.must(err)
	_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: "W", Goal: "1.1", IndicatorID: i.ID})
	c.must(err)
	_, err = plan.PutGoalUnit(tx, plan.GoalUnit{Plan: "W", Goal: "1.1", Unit: "a", Duty: plan.Lead})
	c.must(err)
}

const rooms = `code: ROOM
name: 母婴室情况表
name_en: Mother and baby rooms
number: 示范1表
issuer: 示范市统计局
valid_until: "2030-12-31"
frequency: A
level: district
reporters: office
due: "+1-04-10"
signers: {first: statistician, second: leader}
levels: {district: own, city: rolled_up}
rows:
  - {number: "1", element: ROOMS}
`

// owes has a district owe its report of 2022 until 10 April.
func (c *city) owes(tx *db.Tx, area network.Area, unit string) {
	_, _, err := element.Put(tx, element.Element{Code: "ROOMS", Name: "母婴室数量", Unit: "间", Sums: true})
	c.must(err)
	known, err := form.LoadKnown(tx)
	c.must(err)
	f, problems := form.ParseYAML("ROOM.yaml", []byte(rooms), known)
	c.must(problems.Check())
	_, _, err = form.Put(tx, f)
	c.must(err)
	if f, err = form.ByCode(tx, "ROOM"); err != nil {
		c.must(err)
	}
	by, err := network.UnitByCode(tx, unit)
	c.must(err)
	p, err := period.FromInt(2022 * 100)
	c.must(err)
	_, _, err = submission.Open(tx, journal.System, submission.Owed{Form: f, Unit: by, Area: area, Period: p,
		DueOn: "2023-04-10"})
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
