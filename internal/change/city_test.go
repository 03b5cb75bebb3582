package change_test

// A small city whose health bureau and family-planning bureau become one, for the tests of this package.

import (
	"context"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/change"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/indicator"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
)

const (
	today  = "2024-03-15"
	reform = "2024-03-31"
)

type city struct {
	t      *testing.T
	d      *db.DB
	now    time.Time
	area   network.Area
	office auth.User
	second auth.User
	chief  auth.User
	leader auth.User // of the health bureau
	posts  map[string]network.Post
}

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			one := &city{t: t, posts: map[string]network.Post{}}
			one.day(today)
			target := dbtest.SQLite(t)
			if kind == "postgres" {
				target = dbtest.Postgres(t)
			}
			one.d = dbtest.Open(t, target, db.WithClock(func() time.Time { return one.now }))
			one.must(one.update(one.build))
			test(t, one)
		})
	}
}

// day moves the clock to a morning.
func (c *city) day(day string) {
	at, err := time.ParseInLocation(time.DateOnly, day, db.China)
	c.must(err)
	c.now = at.Add(8 * time.Hour)
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) update(fn func(*db.Tx) error) error { return c.d.Update(context.Background(), fn) }

func (c *city) view(fn func(*db.Tx) error) {
	c.t.Helper()
	c.must(c.d.View(context.Background(), fn))
}

func (c *city) build(tx *db.Tx) (err error) {
	if c.area, _, err = network.PutArea(tx, network.Area{Code: "C", Name: "示范市", ShortName: "示范", Level: "city",
		OpensOn: "2010-01-01"}); err != nil {
		return err
	}
	for i, u := range []network.Unit{{Code: "WCC", Name: "市妇儿工委", Kind: "committee"},
		{Code: "WCCO", Name: "市妇儿工委办", Kind: "office", Parent: "WCC"}, {Code: "HEA", Name: "市卫生局"},
		{Code: "FPB", Name: "市计生局"}, {Code: "CUL", Name: "市文化局"}, {Code: "INS", Name: "市医保局"},
		{Code: "STA", Name: "市统计局"}, {Code: "OLD", Name: "市老局", ClosesOn: "2020-01-01"}} {
		u.AreaID, u.OpensOn, u.Position = c.area.ID, "2010-01-01", i
		if u.ShortName = u.Name; u.Kind == "" {
			u.Kind = "dept"
		}
		if _, err := network.PutUnit(tx, u); err != nil {
			return err
		}
	}
	for i, m := range []string{"HEA", "FPB", "CUL", "STA"} {
		if _, _, err := network.PutMembership(tx, network.Membership{Body: "WCC", Member: m, Seat: network.MemberUnit,
			OpensOn: "2010-01-01", Basis: "演示〔2010〕1号", Position: i}); err != nil {
			return err
		}
	}
	c.office, c.second = c.hire(tx, "办公室甲", "WCCO", auth.Office), c.hire(tx, "办公室乙", "WCCO", auth.Office)
	c.chief, c.leader = c.hire(tx, "主任甲", "WCC", auth.CommitteeChief), c.hire(tx, "卫生局长", "HEA", auth.Leader)
	c.hire(tx, "计生局长", "FPB", auth.Leader)
	c.hire(tx, "卫生联络员", "HEA", auth.Liaison)
	if _, err := plan.Put(tx, plan.Plan{Code: "W", Name: "妇女规划", Kind: "women", AreaID: c.area.ID, Starts: 2021,
		Ends: 2025, Status: "active"}); err != nil {
		return err
	}
	if _, err := plan.PutDomain(tx, plan.Domain{Plan: "W", Code: "HEA", Name: "健康"}); err != nil {
		return err
	}
	for goal, units := range map[string][]string{"1.1": {"HEA", "FPB"}, "1.2": {"FPB", "HEA"}, "1.3": {"STA", "FPB"}} {
		if _, err := plan.PutGoal(tx, plan.Goal{Plan: "W", Code: goal, Domain: "HEA",
			Text: "目标" + goal}); err != nil {
			return err
		}
		for i, unit := range units {
			if _, err := plan.PutGoalUnit(tx, plan.GoalUnit{Plan: "W", Goal: goal, Unit: unit,
				Duty: []string{plan.Lead, plan.Responsible}[i]}); err != nil {
				return err
			}
		}
	}
	for code, unit := range map[string]string{"I1": "HEA", "I2": "FPB", "I3": "STA"} {
		if _, _, err := indicator.Put(tx, indicator.Indicator{Code: code, Name: "指标" + code, Unit: "%",
			Direction: 1, SourceUnit: unit}); err != nil {
			return err
		}
	}
	return nil
}

// hire puts somebody new with an account into a post.
func (c *city) hire(tx *db.Tx, name, unit, role string) auth.User {
	c.t.Helper()
	p, err := network.AddPerson(tx, network.Person{Name: name})
	c.must(err)
	post, err := network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2010-01-01"})
	c.must(err)
	post.Person = name
	c.posts[name] = post
	u, err := account.UserOf(tx, p.ID)
	c.must(err)
	c.must(account.Create(tx, u, p.ID, "login-"+name, "hash"))
	return u
}

func holds() []module.Hold { return append(plan.Holds(), indicator.Holds()...) }

// jobs runs the day's job to its end, as the runner does.
func (c *city) jobs() {
	c.t.Helper()
	round := job.Round{For: c.now}
	for first := true; first || round.Rest != ""; first = false {
		c.must(c.update(func(tx *db.Tx) (err error) {
			round.Rest, err = change.Jobs(holds)[0].Run(tx, round)
			return err
		}))
	}
}

// draft is an adjustment with its lines and a document.
func (c *city) draft(lines ...change.Line) (a change.Adjustment) {
	c.t.Helper()
	c.must(c.update(func(tx *db.Tx) (err error) {
		a, err = change.Draft(tx, c.office, change.Adjustment{Body: "WCC", Title: "2024年机构改革",
			Basis:       "演示〔2024〕3号",
			EffectiveOn: reform})
		return err
	}))
	for _, l := range lines {
		c.must(c.update(func(tx *db.Tx) (err error) { a, err = change.AddLine(tx, c.office, a.ID, 0, l); return err }))
	}
	c.must(c.update(func(tx *db.Tx) error {
		_, err := evidence.Attach(tx, c.office, evidence.File{Object: a.Object(), Digest: strings.Repeat("0", 64),
			Name:      "文件.pdf",
			MediaType: "application/pdf", Size: 1})
		return err
	}))
	return a
}

// newUnit makes the bureau that the two become.
func (c *city) newUnit(a change.Adjustment, staff bool) {
	c.t.Helper()
	c.must(c.update(func(tx *db.Tx) error {
		_, err := change.AddUnit(tx, c.office, a.ID, 0, network.Unit{Code: "HCM", Name: "市卫生健康局", Kind: "dept"})
		return err
	}))
	if !staff {
		return
	}
	c.must(c.update(func(tx *db.Tx) error {
		for name, role := range map[string]string{"卫健局长": auth.Leader, "卫健联络员": auth.Liaison} {
			p, err := network.AddPerson(tx, network.Person{Name: name})
			if err == nil {
				_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: "HCM", Role: role, OpensOn: reform})
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// refused wants a step to be refused in words that have these in them.
func (c *city) refused(kind errs.Kind, words string, fn func(*db.Tx) error) {
	c.t.Helper()
	err := c.update(fn)
	if errs.KindOf(err) != kind || !contains(err, words) {
		c.t.Errorf("%v, want kind %d with “%s”", err, kind, words)
	}
}

// clean: neither the journal nor the module finds anything.
func (c *city) clean() {
	c.t.Helper()
	c.must(journal.Seal(context.Background(), c.d))
	c.view(func(tx *db.Tx) error {
		found, err := change.Verify(tx, "")
		if len(found) > 0 {
			c.t.Errorf("verify finds %+v", found)
		}
		return err
	})
}
