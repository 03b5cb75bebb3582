package supervision_test

// A city with five areas, a group for three of them and people of every part, for the tests of this package.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/supervision"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

const round = "round/R23"

type city struct {
	*accounttest.City
	desk supervision.Desk
}

func do[T any](c *city, as string, fn func(*db.Tx, auth.User) (T, error)) (v T, err error) {
	err = c.Update(context.Background(), func(tx *db.Tx) (err error) {
		v, err = fn(tx, c.People[as])
		return err
	})
	return v, err
}

func may[T any](c *city, as string, fn func(*db.Tx, auth.User) (T, error)) T {
	c.T.Helper()
	v, err := do(c, as, fn)
	if err != nil {
		c.T.Fatalf("%v %v", err, errs.FieldsOf(err))
	}
	return v
}

func refused[T any](c *city, as string, kind errs.Kind, says string, fn func(*db.Tx, auth.User) (T, error)) {
	c.T.Helper()
	_, err := do(c, as, fn)
	said := errs.WordsOf(err).String()
	for _, words := range errs.FieldsOf(err) {
		said += words.String()
	}
	if err == nil || errs.KindOf(err) != kind || !strings.Contains(said, says) {
		c.T.Errorf("%s is told %q (%v), not %q", as, said, errs.KindOf(err), says)
	}
}

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	accounttest.Each(t, "2023-09-01", func(t *testing.T, town *accounttest.City) {
		c := &city{City: town}
		c.desk = supervision.Desk{Rounds: c.rounds}
		c.Build(c.build)
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
		From: "2023-09-04", To: "2023-10-27", Contractors: []string{c.People["firm"].ID}}, nil
}

func (c *city) build(tx *db.Tx) {
	root := c.Area(tx, "990100", "示范市", network.Area{})
	c.Units(tx, root, "dept", network.Unit{Code: "WCC", Name: "市妇儿工委", Kind: "committee"},
		network.Unit{Code: "WCCO", Name: "市妇儿工委办", Kind: "committee_office", Parent: "WCC"})
	for _, code := range []string{"EDU", "HEA", "CIV", "FIRM"} {
		c.Units(tx, root, "dept", network.Unit{Code: code, Name: "市" + code, Parent: "WCC"})
	}
	for _, a := range []struct{ code, name string }{{"990101", "东岭区"}, {"990102", "西川区"}, {"990103", "南屏区"},
		{"990104", "北原区"}, {"990105", "中湖区"}} {
		one := c.Area(tx, a.code, a.name, root)
		c.Units(tx, one, "", network.Unit{Code: a.code + "-GOV", Name: a.name + "政府", Kind: "district_government"},
			network.Unit{Code: a.code + "-WCC", Name: a.name + "妇儿工委", Kind: "district_committee", Parent: "WCC"},
			network.Unit{Code: a.code + "-WCCO", Name: a.name + "妇儿工委办", Kind: "district_office",
				Parent: a.code + "-WCC"})
	}
	c.Units(tx, areaOf(c, tx, "990103"), "dept", network.Unit{Code: "990103-EDU", Name: "南屏区教育局"})
	for _, who := range []struct{ login, unit, role string }{{"office", "WCCO", auth.Office},
		{"office-b", "WCCO", auth.Office}, {"office-head", "WCCO", auth.Leader},
		{"director", "WCC", auth.CommitteeChief}, {"edu-head", "EDU", auth.Leader}, {"edu", "EDU", auth.Liaison},
		{"hea-head", "HEA", auth.Leader}, {"hea", "HEA", auth.Liaison}, {"civ-head", "CIV", auth.Leader},
		{"civ", "CIV", auth.Liaison}, {"firm", "FIRM", auth.Liaison}, {"north", "990104-WCCO", auth.Office},
		{"north-head", "990104-WCCO", auth.Leader}, {"north-chief", "990104-WCC", auth.CommitteeChief},
		{"north-gov", "990104-GOV", auth.Liaison}, {"south", "990103-WCCO", auth.Office},
		{"south-edu", "990103-EDU", auth.Leader}, {"south-gov", "990103-GOV", auth.Liaison},
		{"west", "990102-WCCO", auth.Office}} {
		c.Employ(tx, who.login, who.login, who.unit, who.role)
	}
	// who worked in the south until two years ago, and who left it four years ago
	for login, closes := range map[string]string{"civ": "2021-10-01", "hea": "2019-08-01"} {
		_, err := network.AddPost(tx, network.Post{PersonID: c.People[login].ID, Unit: "990103-WCCO",
			Role: auth.Leader, OpensOn: "2012-01-01", ClosesOn: closes})
		c.Must(err)
	}
}

func areaOf(c *city, tx *db.Tx, code string) network.Area {
	a, err := network.AreaByCode(tx, code, "")
	c.Must(err)
	return a
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	files := blob.Open(c.T.TempDir())
	module := supervision.Module(c.Secrets, files, c.rounds)
	module.Routes(m)
	trail.Routes(m, files, module.Places)
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.People}
}

func (c *city) verifies(want int) {
	c.T.Helper()
	found := may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
		all, err := supervision.Verify(tx, "")
		if len(all) > 0 && want == 0 {
			c.T.Errorf("%+v", all[0])
		}
		return len(all), err
	})
	if (found > 0) != (want > 0) {
		c.T.Errorf("%d rows do not fit the journal, want %d", found, want)
	}
}

type (
	group = supervision.Group
	visit = supervision.Visit
	note  = supervision.Note
)

// members are those of a whole group that heads it.
func (c *city) members(head string, others ...supervision.Member) []supervision.Member {
	return append([]supervision.Member{{Person: c.People[head].ID, Kind: "unit_leader", Part: "head"},
		{Person: c.People["office-b"].ID, Kind: "office"}, {Name: "人大代表甲（模拟）", Kind: "deputy"},
		{Name: "政协委员乙（模拟）", Kind: "cppcc"}, {Name: "专家丙（模拟）", Kind: "expert"}}, others...)
}

// formed is a group that was trained, for areas.
func (c *city) formed(head string, areas ...string) group {
	c.T.Helper()
	return may(c, "office", func(tx *db.Tx, by auth.User) (group, error) {
		return c.desk.Form(tx, by, group{About: round, Title: head + "组（模拟）", TrainedOn: "2023-08-30",
			Areas:   areas,
			Members: c.members(head, supervision.Member{Person: c.People["edu"].ID, Kind: "recorder"})})
	})
}

func (c *city) plan(g group, area, on string, unannounced bool) func(*db.Tx, auth.User) (visit, error) {
	return func(tx *db.Tx, by auth.User) (visit, error) {
		return c.desk.Plan(tx, by, supervision.Planning{Group: g.ID, Area: area, OnDay: on,
			Methods: []string{"hear", "files", "site", "draw"}, Agenda: []string{"听取汇报"}, Unannounced: unannounced})
	}
}
