package opinion_test

// A small city to ask in: an office with two people and a leader, three units with a liaison and a leader each.

import (
	"context"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/opinion"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct{ *accounttest.City }

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	accounttest.Each(t, "2024-03-04", func(t *testing.T, town *accounttest.City) { // a Monday
		c := &city{town}
		c.Build(func(tx *db.Tx) { c.Office(tx) })
		test(t, c)
	})
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	sees := func(*db.Tx, auth.User, string) error { return nil }
	opinion.Routes(m, sees, sees)
	trail.Routes(m, blob.Open(c.T.TempDir()), []trail.Place{opinion.Trail()})
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
		found, err := opinion.Verify(tx, c.Issuer)
		for _, f := range found {
			n, text = n+1, text+f.Words("en")+"\n"
		}
		return err
	}))
	return n, text
}
