package panel_test

// A city with an office, a statistics bureau and four experts who are engaged for one round, and short ways to have
// them act.

import (
	"context"
	"strconv"
	"strings"
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
	"yipanqi/internal/panel"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct {
	*db.DB
	t     *testing.T
	now   *atomic.Int64
	house engagement.House
	files blob.Store
	ids   map[string]string // of people
	seats map[string]string // engagements of the experts
}

func sees(*db.Tx, auth.User, string) error { return nil }

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		now.Store(time.Date(2023, 8, 21, 1, 0, 0, 0, time.UTC).Unix())
		c := &city{DB: d, t: t, now: now, ids: map[string]string{}, seats: map[string]string{},
			files: blob.Open(t.TempDir())}
		kinds := opinion.Module(nil, nil).Exhibits
		kinds = append(kinds, panel.Module(c.panels()).Exhibits...)
		c.house = engagement.House{Sees: sees, Adds: sees, Files: c.files,
			Exhibits: func() []module.Exhibit { return kinds },
			Kinds:    func() []find.Kind { return nil }}
		c.must(d.Update(context.Background(), c.build))
		test(t, c)
	})
}

func (c *city) panels() panel.House { return panel.House{Sees: sees, Adds: sees, Files: c.files} }

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) build(tx *db.Tx) error {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "unit_kind", Code: "office", Name: "办公室"}, {Kind: "role", Code: "outsider", Name: "受聘人员"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990000", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	c.must(err)
	for code, name := range map[string]string{"CO": "示范市妇儿工委办", "STA": "示范市统计局"} {
		_, err := network.PutUnit(tx, network.Unit{Code: code, Name: name, Kind: "office", AreaID: root.ID,
			OpensOn: "1900-01-01"})
		c.must(err)
	}
	p, err := network.AddPerson(tx, network.Person{Name: "office"})
	c.must(err)
	_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: "CO", Role: auth.Office, OpensOn: "2018-01-01"})
	c.must(err)
	c.ids["office"] = p.ID
	chief, err := network.AddPerson(tx, network.Person{Name: "chief"})
	c.must(err)
	_, err = network.AddPost(tx, network.Post{PersonID: chief.ID, Unit: "STA", Role: auth.CommitteeChief,
		OpensOn: "2018-01-01"})
	c.must(err)
	c.ids["chief"] = chief.ID
	office, err := account.UserOf(tx, p.ID)
	c.must(err)
	for _, name := range []string{"甲", "乙", "丙", "丁"} {
		e := engagement.Engagement{Person: "专家" + name, Role: engagement.Expert, About: "round/1",
			OpensOn: "2023-08-21", ClosesOn: "2023-09-29", Interests: []engagement.Interest{{Kind: engagement.None}}}
		if name == "丁" {
			e.Interests[0] = engagement.Interest{Unit: "示范市统计局", Kind: "works_for"} // by its name
		}
		made, err := engagement.Invite(tx, office, engagement.Registered{Engagement: e}, c.house)
		c.must(err)
		c.ids[name], c.seats[name] = made.PersonID, made.ID
		c.must(account.Create(tx, office, made.PersonID, "expert"+strconv.Itoa(len(c.ids)), "-"))
		_, err = evidence.Attach(tx, office, evidence.File{Object: made.Object(), Field: "undertaking",
			Digest: strings.Repeat("0", 64),
			Name:   "承诺书.pdf"})
		c.must(err)
	}
	return nil
}

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

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.Present, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	engagement.Routes(m, c.house)
	opinion.Routes(m, sees, sees)
	panel.Routes(m, c.panels())
	trail.Routes(m, c.files, []trail.Place{engagement.Trail(), opinion.Trail(), panel.Trail()})
	people := map[string]auth.User{}
	for name, id := range c.ids {
		people[name] = auth.User{ID: id}
	}
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: people}
}

func (c *city) called() panel.Panel {
	return panel.Panel{Title: "评估报告（模拟）", About: "round/1", Author: "CO", Head: c.seats["甲"],
		FileBy:  "2023-09-08",
		Members: []string{c.seats["甲"], c.seats["乙"], c.seats["丙"]}}
}

const report = "一、指标总体平稳。\n二、托育供给不足。\n三、建议加强配合。"

func (c *city) call(p panel.Panel) (panel.Panel, error) {
	return as(c, "office", func(tx *db.Tx, by auth.User) (panel.Panel, error) {
		return panel.Call(tx, by, p, report, c.panels())
	})
}

func (c *city) begin() {
	c.t.Helper()
	for _, name := range []string{"甲", "乙", "丙"} {
		may(c, "office", func(tx *db.Tx, by auth.User) (engagement.Engagement, error) {
			e, err := engagement.Get(tx, c.seats[name])
			c.must(err)
			return engagement.Start(tx, by, e.ID, e.Version, c.house)
		})
	}
}

func (c *city) says(text, name, kind, weight, reason string) (opinion.Opinion, error) {
	return as(c, name, func(tx *db.Tx, by auth.User) (opinion.Opinion, error) {
		return opinion.Write(tx, by, opinion.Opinion{TextID: text, Kind: kind, Weight: weight, Reason: reason,
			Anchor: opinion.Anchor{Paragraph: "p2"}, ShownAs: "name"}, true)
	})
}

func (c *city) finish(text, name string) error {
	_, err := as(c, name, func(tx *db.Tx, by auth.User) (opinion.Text, error) { return opinion.Finish(tx, by, text) })
	return err
}

func (c *city) conclude(id, name string, say panel.Concluding) (panel.Panel, error) {
	return as(c, name, func(tx *db.Tx, by auth.User) (panel.Panel, error) {
		p, err := panel.Get(tx, id)
		if err != nil {
			return p, err
		}
		return panel.Conclude(tx, by, id, p.Version, say)
	})
}
