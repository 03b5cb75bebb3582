package issue_test

// A small city to ask in: an office with two people and a leader, three units with a liaison and a leader each.

import (
	"context"
	"strconv"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/indicator"
	"yipanqi/internal/issue"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct{ *accounttest.City }

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	accounttest.Each(t, "2024-03-04", func(t *testing.T, town *accounttest.City) { // a Monday
		c := &city{town}
		c.Build(func(tx *db.Tx) {
			root, _ := c.Office(tx)
			c.define(tx, root)
		})
		test(t, c)
	})
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
	trail.Routes(m, blob.Open(c.T.TempDir()), []trail.Place{issue.Trail()})
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
		found, err := issue.Verify(tx, c.Issuer)
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
