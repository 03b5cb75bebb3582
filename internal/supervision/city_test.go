package supervision_test

// A city with five areas, a group for three of them and people of every part, for the tests of this package.

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
	"yipanqi/internal/supervision"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

const round = "round/R23"

type city struct {
	*db.DB
	t      *testing.T
	now    *atomic.Int64
	people map[string]auth.User
	desk   supervision.Desk

	secrets account.Secrets
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) on(day string) {
	at, _ := calendar.Start(day)
	c.now.Store(at.Unix() + 9*3600)
}

func do[T any](c *city, as string, fn func(*db.Tx, auth.User) (T, error)) (v T, err error) {
	err = c.Update(context.Background(), func(tx *db.Tx) (err error) {
		v, err = fn(tx, c.people[as])
		return err
	})
	return v, err
}

func may[T any](c *city, as string, fn func(*db.Tx, auth.User) (T, error)) T {
	c.t.Helper()
	v, err := do(c, as, fn)
	if err != nil {
		c.t.Fatalf("%v %v", err, errs.FieldsOf(err))
	}
	return v
}

func refused[T any](c *city, as string, kind errs.Kind, says string, fn func(*db.Tx, auth.User) (T, error)) {
	c.t.Helper()
	_, err := do(c, as, fn)
	said := errs.WordsOf(err).String()
	for _, words := range errs.FieldsOf(err) {
		said += words.String()
	}
	if err == nil || errs.KindOf(err) != kind || !strings.Contains(said, says) {
		c.t.Errorf("%s is told %q (%v), not %q", as, said, errs.KindOf(err), says)
	}
}

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		c := &city{DB: d, t: t, now: now, people: map[string]auth.User{}}
		c.desk = supervision.Desk{Rounds: c.rounds}
		key, err := sign.Generate()
		c.must(err)
		c.secrets = account.Secrets{Pepper: make([]byte, 32), Installation: key}
		c.on("2023-09-01")
		c.must(d.Update(context.Background(), c.build))
		test(t, c)
	})
}

// rounds is the one round of the city, as package evaluation would tell of it.
func (c *city) rounds(_ *db.Tx, _ auth.User, about string) (supervision.Round, error) {
	if about != round {
		return supervision.Round{}, errs.Missingf("没有找到。")
	}
	return supervision.Round{Title: "中期评估（模拟）", Areas: []string{"990101", "990102", "990103", "990104",
		"990105"},
		From: "2023-09-04", To: "2023-10-27", Contractors: []string{c.people["firm"].ID}}, nil
}

func (c *city) build(tx *db.Tx) error {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"}, {Kind: "unit_kind", Code: "dept", Name: "部门"},
		{Kind: "unit_kind", Code: "committee", Name: "妇儿工委"}, {Kind: "unit_kind", Code: "district_committee",
			Name: "区妇儿工委"}, {Kind: "unit_kind", Code: "district_government", Name: "区政府"},
		{Kind: "unit_kind", Code: "district_office", Name: "区妇儿工委办"},
		{Kind: "unit_kind", Code: "committee_office", Name: "市妇儿工委办"},
		{Kind: "role", Code: "office", Name: "工作人员"}, {Kind: "role", Code: "leader", Name: "单位负责人"},
		{Kind: "role", Code: "liaison", Name: "联络员"}, {Kind: "role", Code: "committee_leader", Name: "主任"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	area := func(code, name, level string, parent int64) network.Area {
		a, _, err := network.PutArea(tx, network.Area{Code: code, Name: name, ShortName: name, Level: level,
			ParentID: parent, OpensOn: "1900-01-01"})
		c.must(err)
		return a
	}
	unit := func(code, name, kind, parent string, a network.Area) {
		_, err := network.PutUnit(tx, network.Unit{Code: code, Name: name, Kind: kind, Parent: parent, AreaID: a.ID,
			OpensOn: "2010-01-01"})
		c.must(err)
	}
	post := func(login, unit, role string) {
		p, err := network.AddPerson(tx, network.Person{Name: login})
		c.must(err)
		_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2010-01-01"})
		c.must(err)
		c.people[login], err = account.UserOf(tx, p.ID)
		c.must(err)
	}
	root := area("990100", "示范市", "city", 0)
	unit("WCC", "市妇儿工委", "committee", "", root)
	unit("WCCO", "市妇儿工委办", "committee_office", "WCC", root)
	for _, code := range []string{"EDU", "HEA", "CIV", "FIRM"} {
		unit(code, "市"+code, "dept", "WCC", root)
	}
	for _, a := range []struct{ code, name string }{{"990101", "东岭区"}, {"990102", "西川区"}, {"990103", "南屏区"},
		{"990104", "北原区"}, {"990105", "中湖区"}} {
		one := area(a.code, a.name, "district", root.ID)
		unit(a.code+"-GOV", a.name+"政府", "district_government", "", one)
		unit(a.code+"-WCC", a.name+"妇儿工委", "district_committee", "WCC", one)
		unit(a.code+"-WCCO", a.name+"妇儿工委办", "district_office", a.code+"-WCC", one)
	}
	unit("990103-EDU", "南屏区教育局", "dept", "", areaOf(c, tx, "990103"))
	for _, who := range []struct{ login, unit, role string }{{"office", "WCCO", "office"},
		{"office-b", "WCCO", "office"}, {"office-head", "WCCO", "leader"}, {"director", "WCC", "committee_leader"},
		{"edu-head", "EDU", "leader"}, {"edu", "EDU", "liaison"}, {"hea-head", "HEA", "leader"},
		{"hea", "HEA", "liaison"}, {"civ-head", "CIV", "leader"}, {"civ", "CIV", "liaison"}, {"firm", "FIRM",
			"liaison"},
		{"north", "990104-WCCO", "office"}, {"north-head", "990104-WCCO", "leader"},
		{"north-chief", "990104-WCC", "committee_leader"}, {"north-gov", "990104-GOV", "liaison"},
		{"south", "990103-WCCO", "office"}, {"south-edu", "990103-EDU", "leader"}, {"south-gov", "990103-GOV",
			"liaison"},
		{"west", "990102-WCCO", "office"}} {
		post(who.login, who.unit, who.role)
	}
	// who worked in the south until two years ago, and who left it four years ago
	for login, closes := range map[string]string{"civ": "2021-10-01", "hea": "2019-08-01"} {
		_, err := network.AddPost(tx, network.Post{PersonID: c.people[login].ID, Unit: "990103-WCCO", Role: "leader",
			OpensOn: "2012-01-01", ClosesOn: closes})
		c.must(err)
	}
	return nil
}

func areaOf(c *city, tx *db.Tx, code string) network.Area {
	a, err := network.AreaByCode(tx, code, "")
	c.must(err)
	return a
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	files := blob.Open(c.t.TempDir())
	module := supervision.Module(c.secrets, files, c.rounds)
	module.Routes(m)
	trail.Routes(m, files, module.Places)
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.people}
}

func (c *city) verifies(want int) {
	c.t.Helper()
	found := may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
		all, err := supervision.Verify(tx, "")
		if len(all) > 0 && want == 0 {
			c.t.Errorf("%+v", all[0])
		}
		return len(all), err
	})
	if (found > 0) != (want > 0) {
		c.t.Errorf("%d rows do not fit the journal, want %d", found, want)
	}
}

type (
	group = supervision.Group
	visit = supervision.Visit
	note  = supervision.Note
)

// members are those of a whole group that heads it.
func (c *city) members(head string, others ...supervision.Member) []supervision.Member {
	return append([]supervision.Member{{Person: c.people[head].ID, Kind: "unit_leader", Part: "head"},
		{Person: c.people["office-b"].ID, Kind: "office"}, {Name: "人大代表甲（模拟）", Kind: "deputy"},
		{Name: "政协委员乙（模拟）", Kind: "cppcc"}, {Name: "专家丙（模拟）", Kind: "expert"}}, others...)
}

// formed is a group that was trained, for areas.
func (c *city) formed(head string, areas ...string) group {
	c.t.Helper()
	return may(c, "office", func(tx *db.Tx, by auth.User) (group, error) {
		return c.desk.Form(tx, by, group{About: round, Title: head + "组（模拟）", TrainedOn: "2023-08-30",
			Areas:   areas,
			Members: c.members(head, supervision.Member{Person: c.people["edu"].ID, Kind: "recorder"})})
	})
}

func (c *city) plan(g group, area, on string, unannounced bool) func(*db.Tx, auth.User) (visit, error) {
	return func(tx *db.Tx, by auth.User) (visit, error) {
		return c.desk.Plan(tx, by, supervision.Planning{Group: g.ID, Area: area, OnDay: on,
			Methods: []string{"hear", "files", "site", "draw"}, Agenda: []string{"听取汇报"}, Unannounced: unannounced})
	}
}
