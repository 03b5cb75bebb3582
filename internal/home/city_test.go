package home_test

// The made-up city that the package's pages are tested on: three districts, a plan, two indicators, one form reported
// by two of them. No test itself.

import (
	"context"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/home"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

// city is a made-up city of three districts with a plan, two indicators and one form for 2018, which the first two
// districts have reported.
type city struct {
	t       *testing.T
	d       *db.DB
	secrets account.Secrets
	root    network.Area
	areas   []network.Area
	form    form.Form
	people  map[string]auth.User
	keys    map[string]account.Unlocked
	open    []submission.Submission // by district
}

const pme = `code: PME
name: 婚前保健情况表
name_en: Premarital health care
number: 示范1表
issuer: 示范市统计局
valid_until: "2030-12-31"
frequency: A
level: district
reporters: health
due: "+1-01-31"
signers: {first: statistician, second: leader}
levels: {district: own, city: rolled_up}
rows:
  - {number: "1", element: MARRIED}
  - {number: "2", element: EXAMINED}
`

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// eachCity runs a test in a fresh city on both databases.
func eachCity(t *testing.T, test func(*testing.T, *city, *webtest.Site)) {
	t.Helper()
	t.Parallel()
	now := time.Date(2019, 1, 15, 1, 0, 0, 0, time.UTC)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &city{t: t, d: d, people: map[string]auth.User{}, keys: map[string]account.Unlocked{}}
		key, err := sign.Generate()
		c.must(err)
		c.secrets = account.Secrets{Pepper: make([]byte, 32), Installation: key}
		c.must(d.UpdateAlone(context.Background(), c.build))
		m := web.NewMux(web.Config{DB: d, User: account.UserOf, Committed: func() {}})
		home.Routes(m, blob.Open(t.TempDir()), kinds)
		plan.Routes(m, home.UnderGoals)
		test(t, c, &webtest.Site{Handler: m.Handler(), DB: d, People: c.people})
	}, db.WithClock(func() time.Time { return now }))
}

func (c *city) build(tx *db.Tx) error {
	for i, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市", NameEN: "City"},
		{Kind: "area_level", Code: "district", Name: "区", NameEN: "districts"},
		{Kind: "unit_kind", Code: "office", Name: "办公室"}, {Kind: "unit_kind", Code: "health", Name: "妇幼保健机构"},
		{Kind: "unit_kind", Code: "member", Name: "成员单位"},
		{Kind: "role", Code: "statistician", Name: "统计负责人"}, {Kind: "role", Code: "leader", Name: "单位负责人"},
		{Kind: "role", Code: "office", Name: "工作人员"}} {
		l.Position = i
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	c.root = c.area(tx, network.Area{Code: "99", Name: "示范市", ShortName: "示范", NameEN: "Shifan", Level: "city"})
	for i, name := range []string{"东山", "西河", "南湖"} {
		c.areas = append(c.areas, c.area(tx, network.Area{Code: "990" + string(rune('1'+i)), Name: name + "区",
			ShortName: name, NameEN: []string{"Dongshan", "Xihe", "Nanhu"}[i],
			Level: "district", ParentID: c.root.ID, TileRow: 1 + i/2, TileCol: 1 + i%2}))
	}
	for _, u := range []network.Unit{{Code: "CO", Name: "示范市妇儿工委办公室", ShortName: "市妇儿工委办",
		Kind: "office", AreaID: c.root.ID},
		{Code: "WJW", Name: "示范市卫生健康委员会", ShortName: "市卫生健康委", Kind: "member", AreaID: c.root.ID,
			Note: "共36个成员单位，已公布20个。"},
		{Code: "DO", Name: "东山区妇儿工委办公室", ShortName: "东山区妇儿工委办",
			Kind: "office", AreaID: c.areas[0].ID},
		{Code: "H1", Name: "东山区妇幼保健院", Kind: "health", AreaID: c.areas[0].ID},
		{Code: "H2", Name: "西河区妇幼保健院", Kind: "health", AreaID: c.areas[1].ID},
		{Code: "H3", Name: "南湖区妇幼保健院", Kind: "health", AreaID: c.areas[2].ID}} {
		u.OpensOn = "2000-01-01"
		if u.ShortName == "" {
			u.ShortName = u.Name
		}
		_, err := network.PutUnit(tx, u)
		c.must(err)
	}
	c.hire(tx, "office", "CO", auth.Office)
	c.hire(tx, "chief", "CO", auth.CommitteeChief)
	c.hire(tx, "district office", "DO", auth.Office)
	c.hire(tx, "system", "CO", auth.SystemAdmin)
	c.hire(tx, "audit", "CO", auth.AuditAdmin)
	for _, unit := range []string{"H1", "H2", "H3"} {
		c.hire(tx, unit+" statistician", unit, auth.Statistician)
		c.hire(tx, unit+" leader", unit, auth.Leader)
	}
	c.plan(tx)
	c.forms(tx)
	return nil
}

func (c *city) area(tx *db.Tx, a network.Area) network.Area {
	a.OpensOn = "2000-01-01"
	a, _, err := network.PutArea(tx, a)
	c.must(err)
	return a
}

func (c *city) hire(tx *db.Tx, name, unit, role string) {
	p, err := network.AddPerson(tx, network.Person{Name: name})
	c.must(err)
	_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2018-01-01"})
	c.must(err)
	user, err := account.UserOf(tx, p.ID)
	c.must(err)
	c.people[name] = user
	if !user.Can("key.create") {
		return
	}
	key, err := sign.Generate()
	c.must(err)
	public, err := key.Public()
	c.must(err)
	made := account.Key{ID: db.NewID(), PersonID: p.ID, PublicKey: public, Locked: "-"}
	c.must(account.AddKey(tx, user, made, c.secrets))
	c.keys[name] = account.Unlocked{ID: made.ID, Private: key}
}

func (c *city) plan(tx *db.Tx) {
	_, err := plan.Put(tx, plan.Plan{Code: "W", Name: "示范市妇女发展规划", NameEN: "Shifan women’s plan",
		Kind: "women", AreaID: c.root.ID, Starts: 2016, Ends: 2020, Status: "issued", SourceTitle: "虚构"})
	c.must(err)
	for i, d := range []plan.Domain{{Plan: "W", Code: "health", Name: "妇女与健康"},
		{Plan: "W", Code: "work", Name: "妇女与经济"}} {
		d.Position = i
		_, err := plan.PutDomain(tx, d)
		c.must(err)
	}
	for _, g := range []plan.Goal{{Plan: "W", Code: "1.1", Domain: "health", Text: "婚前医学检查率稳步提高"},
		{Plan: "W", Code: "2.1", Domain: "work", Text: "女性就业比例提高"}} {
		_, err := plan.PutGoal(tx, g)
		c.must(err)
	}
	_, err = plan.PutGoalUnit(tx, plan.GoalUnit{Plan: "W", Goal: "1.1", Unit: "WJW", Duty: plan.Lead})
	c.must(err)
	for _, e := range []element.Element{{Code: "MARRIED", Name: "结婚登记人数", Unit: "人", Sums: true},
		{Code: "EXAMINED", Name: "婚前医学检查人数", Unit: "人", Sums: true}} {
		_, _, err := element.Put(tx, e)
		c.must(err)
	}
	for goal, i := range map[string]indicator.Indicator{
		"1.1": {Code: "RATE", Name: "婚前医学检查率", NameEN: "Premarital examination rate", Unit: "%", Decimals: 2,
			Direction: 1, SourceUnit: "WJW"},
		"2.1": {Code: "WORK", Name: "就业人员中女性比例", Unit: "%", Decimals: 1, Direction: 1}} {
		i, _, err := indicator.Put(tx, i)
		c.must(err)
		version := indicator.Version{IndicatorID: i.ID}
		target := indicator.Target{Plan: "W", IndicatorID: i.ID, AreaID: c.root.ID, Op: indicator.Increase,
			Level: indicator.Own, Words: "稳步提高", Year: 2020, BaselineYear: 2015, SourceTitle: "虚构"}
		figures := map[int]string{2017: "12.76", 2018: "16.5"}
		if i.Code == "RATE" {
			version.Formula = "EXAMINED / MARRIED * 100"
		} else {
			target.Op, target.Value, target.Level, target.Words = indicator.AtLeast, "40",
				indicator.National, "全国目标"
			figures = map[int]string{2016: "40.5", 2018: "41"}
		}
		_, err = indicator.PutVersion(tx, version)
		c.must(err)
		_, err = indicator.PutTarget(tx, target)
		c.must(err)
		_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: "W", Goal: goal, IndicatorID: i.ID})
		c.must(err)
		for year, value := range figures {
			_, err := indicator.PutPublished(tx, indicator.Published{IndicatorID: i.ID, AreaID: c.root.ID,
				Period: periodOf(year), Sex: quantity.SexTotal, Value: value, SourceTitle: "示范年鉴（虚构）"})
			c.must(err)
		}
	}
}

func periodOf(year int) period.Period {
	p, err := period.FromInt(year * 100)
	if err != nil {
		panic(err)
	}
	return p
}

func (c *city) forms(tx *db.Tx) {
	known, err := form.LoadKnown(tx)
	c.must(err)
	f, problems := form.ParseYAML("PME.yaml", []byte(pme), known)
	c.must(problems.Check())
	_, _, err = form.Put(tx, f)
	c.must(err)
	c.form, err = form.ByCode(tx, "PME")
	c.must(err)
	for i, a := range c.areas {
		unit, err := network.UnitByCode(tx, []string{"H1", "H2", "H3"}[i])
		c.must(err)
		s, _, err := submission.Open(tx, journal.System, submission.Owed{Form: c.form, Unit: unit, Area: a,
			Period: periodOf(2018), DueOn: "2019-01-31"})
		c.must(err)
		c.open = append(c.open, s)
	}
	c.report(tx, 0, "10000", "1500")
	c.report(tx, 1, "6000", "1000")
}

// report takes a district's form from its draft to accepted.
func (c *city) report(tx *db.Tx, district int, married, examined string) {
	id, unit := c.open[district].ID, c.open[district].Unit.Code
	first, second := c.people[unit+" statistician"], c.people[unit+" leader"]
	issuer, err := c.secrets.Installation.Public()
	c.must(err)
	s, err := submission.SaveDraft(tx, first, id, c.open[district].Version,
		submission.Typed{Cells: map[string]string{"1.V": married, "2.V": examined}}, nil)
	c.must(err)
	v, _, err := submission.Preview(tx, first, s)
	c.must(err)
	_, err = submission.Prepare(tx, first, id, v.Digest, c.keys[unit+" statistician"])
	c.must(err)
	s, err = submission.Sign(tx, second, id, v.Digest, c.keys[unit+" leader"])
	c.must(err)
	_, err = submission.Accept(tx, c.people["office"], id, s.Version, issuer)
	c.must(err)
}

// amend takes a district's accepted form once more the whole way.
func (c *city) amend(district int, married, examined string) {
	c.t.Helper()
	c.must(c.d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
		s := c.open[district]
		now, err := submission.Get(tx, s.ID)
		c.must(err)
		now, err = submission.Amend(tx, c.people[s.Unit.Code+" statistician"], s.ID, now.Version, "漏报")
		c.must(err)
		c.open[district] = now
		c.report(tx, district, married, examined)
		return nil
	}))
}
