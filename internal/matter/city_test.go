package matter_test

// The small city with a clock that the package's tests turn, and how they take steps in it. No test itself.

import (
	"context"
	"testing"

	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
)

// city is a small city: an office, two bureaus, a district with an office of its own, and a clock that the test turns.
type city struct{ *accounttest.City }

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	accounttest.Each(t, "2024-03-01", func(t *testing.T, town *accounttest.City) { test(t, built(town)) })
}

func built(town *accounttest.City) *city {
	c := &city{town}
	c.Build(c.build)
	return c
}

func (c *city) build(tx *db.Tx) {
	root := c.Area(tx, "990000", "示范市", network.Area{})
	c.Units(tx, root, "dept", network.Unit{Code: "WCC", Name: "市妇儿工委"},
		network.Unit{Code: "WCCO", Name: "市妇儿工委办"}, network.Unit{Code: "EDU", Name: "市教育局"},
		network.Unit{Code: "HEA", Name: "市卫生局"},
		network.Unit{Code: "OLD", Name: "市老局", ClosesOn: "2020-01-01"})
	c.Units(tx, c.Area(tx, "990104", "北原区", root), "dept", network.Unit{Code: "NORTH", Name: "北原区妇儿工委办"})
	for _, who := range []struct{ login, unit, role string }{{"office", "WCCO", auth.Office},
		{"boss", "WCCO", auth.Leader}, {"chief", "WCC", auth.CommitteeChief}, {"edu", "EDU", auth.Liaison},
		{"edu-head", "EDU", auth.Leader}, {"hea", "HEA", auth.Liaison}, {"hea-head", "HEA", auth.Leader},
		{"north", "NORTH", auth.Office}, {"north-head", "NORTH", auth.Leader}} {
		c.Employ(tx, who.login, who.login, who.unit, who.role)
	}
}

// proposal is a matter of one item of the education bureau, without an indicator.
func proposal() matter.Draft {
	return matter.Draft{Title: "儿童之家覆盖率偏低", Problem: "北原区儿童之家覆盖率低于进度（模拟）。", Lead: "EDU",
		Sources: []matter.Source{{Kind: matter.Decision, Ref: "meeting/1", On: "2024-02-28",
			Quote: "请市教育局牵头研究。"}},
		NoIndicator: "没有对应的统计指标", Aim: "年底前每个街道有儿童之家。",
		Items: []matter.Asked{{Unit: "EDU", Text: "摸清底数", Due: "2024-03-29"}}}
}

// do runs a step in a transaction of its own.
func do[T any](c *city, who string, step func(*db.Tx, auth.User) (T, error)) (out T, err error) {
	c.T.Helper()
	user, known := c.People[who]
	if !known {
		c.T.Fatalf("there is no %s", who)
	}
	err = c.Update(context.Background(), func(tx *db.Tx) (err error) {
		out, err = step(tx, user)
		return err
	})
	return out, err
}

// may is do of what must succeed.
func may[T any](c *city, who string, step func(*db.Tx, auth.User) (T, error)) T {
	c.T.Helper()
	out, err := do(c, who, step)
	c.Must(err)
	return out
}

// refused is do of what must not, for the reason.
func refused[T any](c *city, who string, kind errs.Kind, says string, step func(*db.Tx, auth.User) (T, error)) {
	c.T.Helper()
	_, err := do(c, who, step)
	if errs.KindOf(err) != kind || err == nil || says != "" && !contains(err, says) {
		c.T.Errorf("%s is told %v (%v), not %q", who, err, errs.KindOf(err), says)
	}
}

// raised is a matter handed out by the office.
func (c *city) raised(d matter.Draft) matter.Matter {
	c.T.Helper()
	return may(c, "office", func(tx *db.Tx, by auth.User) (matter.Matter, error) { return matter.Raise(tx, by, d) })
}

// item is the newest state of a matter's first item.
func (c *city) item(id string) (i matter.Item) {
	c.T.Helper()
	c.Must(c.View(context.Background(), func(tx *db.Tx) error {
		m, err := matter.Get(tx, id)
		if err == nil {
			i = m.Items[0]
		}
		return err
	}))
	return i
}

// file lays a piece of evidence on an item.
func (c *city) file(who, object, name string) {
	c.T.Helper()
	may(c, who, func(tx *db.Tx, by auth.User) (evidence.File, error) {
		return evidence.Attach(tx, by, evidence.File{Object: object, Digest: name, Name: name, MediaType: "image/png",
			Unit: by.Posts[0].UnitName})
	})
}

// verifies says that nothing differs from the journal.
func (c *city) verifies() {
	c.T.Helper()
	c.Must(c.View(context.Background(), func(tx *db.Tx) error {
		findings, err := matter.Verify(tx, "")
		for _, f := range findings {
			c.T.Errorf("does not fit: %+v", f)
		}
		return err
	}))
}
