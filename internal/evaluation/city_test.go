package evaluation_test

// A small city to judge in: an office with two people and a leader, three units and a district with their people.

import (
	"context"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
	"yipanqi/internal/submission"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct{ *accounttest.City }

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	accounttest.Each(t, "2023-03-01", func(t *testing.T, town *accounttest.City) { // a Wednesday
		c := &city{town}
		c.Build(c.build)
		test(t, c)
	})
}

func (c *city) build(tx *db.Tx) {
	root := c.Area(tx, "990000", "示范市", network.Area{})
	east := c.Area(tx, "990101", "东岭区", root)
	west := c.Area(tx, "990102", "西川区", root)
	c.Area(tx, "990103", "南屏区", root)
	c.Units(tx, root, "member", network.Unit{Code: "CO", Name: "示范市妇儿工委办", Kind: "office"},
		network.Unit{Code: "a", Name: "示范市教育局", Parent: "CO"},
		network.Unit{Code: "b", Name: "示范市卫生健康委", Parent: "CO"},
		network.Unit{Code: "c", Name: "示范市体育局", Parent: "CO"},
		network.Unit{Code: "gone", Name: "示范市文化局", Parent: "CO", ClosesOn: "2022-01-01", Successor: "c"})
	c.Units(tx, east, "office", network.Unit{Code: "EO", Name: "东岭区妇儿工委办"})
	c.Units(tx, west, "office", network.Unit{Code: "WO", Name: "西川区妇儿工委办"})
	c.define(tx, root)
	c.owes(tx, east, "EO")
	c.Hire(tx, "office", "办公室甲", "CO", auth.Office)
	c.Hire(tx, "reviewer", "办公室乙", "CO", auth.Office)
	c.Hire(tx, "chief", "副主任", "CO", auth.CommitteeChief)
	c.Hire(tx, "east", "东岭办甲", "EO", auth.Office)
	c.Hire(tx, "east statistician", "东岭办乙", "EO", auth.Statistician)
	c.Hire(tx, "east leader", "东岭办丙", "EO", auth.Leader)
	c.Hire(tx, "west", "西川办甲", "WO", auth.Office)
	for _, unit := range []string{"a", "b", "c"} {
		c.Hire(tx, unit, unit+"联络员", unit, auth.Liaison)
		c.Hire(tx, unit+" statistician", unit+"统计员", unit, auth.Statistician)
		c.Hire(tx, unit+" leader", unit+"负责人", unit, auth.Leader)
	}
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	evaluation.Routes(m, c.Secrets, func(*db.Tx, auth.User, module.Of) ([]module.Card, error) { return nil, nil })
	trail.Routes(m, blob.Open(c.T.TempDir()), []trail.Place{evaluation.Trail()})
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.People}
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
	c.T.Helper()
	v, err := do(c, fn)
	c.Must(err)
	return v
}

// verified are the findings of the module's own check.
func (c *city) verified() (n int, text string) {
	c.Must(c.View(context.Background(), func(tx *db.Tx) error {
		found, err := evaluation.Verify(tx, c.Issuer)
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
	c.Must(err)
	i, _, err := indicator.Put(tx, indicator.Indicator{Code: "ROOMS", Name: "母婴室", Unit: "间",
		Direction: 1})
	c.Must(err)
	_, err = indicator.PutTarget(tx, indicator.Target{Plan: "W", IndicatorID: i.ID, AreaID: root.ID,
		Level: indicator.Own, Op: indicator.AtLeast, Value: "60", Year: 2025, SourceTitle: "规划"})
	c.Must(err)
	_, err = plan.PutDomain(tx, plan.Domain{Plan: "W", Code: "env", Name: "妇女与环境"})
	c.Must(err)
	_, err = plan.PutGoal(tx, plan.Goal{Plan: "W", Code: "1.1", Domain: "env", Text: "母婴室够用"})
	c.Must(err)
	_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: "W", Goal: "1.1", IndicatorID: i.ID})
	c.Must(err)
	_, err = plan.PutGoalUnit(tx, plan.GoalUnit{Plan: "W", Goal: "1.1", Unit: "a", Duty: plan.Lead})
	c.Must(err)
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
	c.Must(err)
	known, err := form.LoadKnown(tx)
	c.Must(err)
	f, problems := form.ParseYAML("ROOM.yaml", []byte(rooms), known)
	c.Must(problems.Check())
	_, _, err = form.Put(tx, f)
	c.Must(err)
	if f, err = form.ByCode(tx, "ROOM"); err != nil {
		c.Must(err)
	}
	by, err := network.UnitByCode(tx, unit)
	c.Must(err)
	p, err := period.FromInt(2022 * 100)
	c.Must(err)
	_, _, err = submission.Open(tx, journal.System, submission.Owed{Form: f, Unit: by, Area: area, Period: p,
		DueOn: "2023-04-10"})
	c.Must(err)
}

// publish quotes a figure of a year.
func (c *city) publish(year int, value string) {
	c.T.Helper()
	done(c, func(tx *db.Tx) (bool, error) {
		i, err := indicator.ByCode(tx, "ROOMS")
		c.Must(err)
		root, err := network.Root(tx)
		c.Must(err)
		p, err := period.FromInt(year * 100)
		c.Must(err)
		return indicator.PutPublished(tx, indicator.Published{IndicatorID: i.ID, AreaID: root.ID, Period: p,
			Sex: quantity.SexTotal, Value: value, SourceTitle: "年鉴"})
	})
}
