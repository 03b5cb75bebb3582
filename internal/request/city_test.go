package request_test

// A small city to ask in: an office with two people and a leader, three units with a liaison and a leader each.

import (
	"context"
	"testing"

	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/db"
	"yipanqi/internal/request"
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

// answer is the answer of a unit.
func (c *city) answer(r request.Request, unit string) request.Answer {
	c.T.Helper()
	for _, a := range done(c, func(tx *db.Tx) ([]request.Answer, error) { return request.Answers(tx, r.ID) }) {
		if a.Asked == unit {
			return a
		}
	}
	c.T.Fatalf("%s was not asked", unit)
	return request.Answer{}
}

// verified are the findings of the module's own check.
func (c *city) verified() (n int, text string) {
	c.Must(c.View(context.Background(), func(tx *db.Tx) error {
		found, err := request.Verify(tx, c.Issuer)
		for _, f := range found {
			n, text = n+1, text+f.Words("en")+"\n"
		}
		return err
	}))
	return n, text
}
