// Package accounttest is a small city for the tests of modules that stand above accounts: areas, units, people with
// their posts and keys, and a clock that the test turns. It has no unit of its own: which there are, and whatever a
// module needs beside, its own test lays down. It is for tests only.
package accounttest

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
)

// City is one on a fresh database.
type City struct {
	*db.DB
	T       *testing.T    // nil in a benchmark
	Now     *atomic.Int64 // the clock, Unix seconds
	Secrets account.Secrets
	Issuer  sign.PublicKey
	People  map[string]auth.User        // by the name that a test gives them
	Keys    map[string]account.Unlocked // of those who may sign
	Posts   map[string]string           // the post of each
	bench   testing.TB
}

// Each runs a test in a fresh city on both databases, from nine in the morning of a day on.
func Each(t *testing.T, day string, test func(*testing.T, *City)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) { test(t, New(t, d, now, day)) })
}

// New is a city with its levels of areas and its roles.
func New(t testing.TB, d *db.DB, now *atomic.Int64, day string) *City {
	t.Helper()
	c := &City{DB: d, Now: now, People: map[string]auth.User{}, Keys: map[string]account.Unlocked{},
		Posts: map[string]string{}, bench: t}
	c.T, _ = t.(*testing.T)
	c.On(day)
	key, err := sign.Generate()
	c.Must(err)
	c.Secrets = account.Secrets{Pepper: make([]byte, 32), Installation: key}
	c.Issuer, err = key.Public()
	c.Must(err)
	c.Build(func(tx *db.Tx) {
		c.Labels(tx, "area_level", "city", "市", "district", "区")
		c.Labels(tx, "role", auth.Office, "妇儿工委办", auth.Liaison, "联络员", auth.Leader, "单位负责人",
			auth.Statistician, "统计负责人", auth.CommitteeChief, "妇儿工委主任")
	})
	return c
}

// told is who is told of a fault: the part of a story that runs now, which puts itself in T.
func (c *City) told() testing.TB {
	if c.T != nil {
		return c.T
	}
	return c.bench
}

// Must ends the test where a step of its own fails.
func (c *City) Must(err error) {
	c.told().Helper()
	if err != nil {
		c.told().Fatal(err)
	}
}

// Build lays something down in one transaction.
func (c *City) Build(lay func(tx *db.Tx)) {
	c.told().Helper()
	c.Must(c.Update(context.Background(), func(tx *db.Tx) error {
		lay(tx)
		return nil
	}))
}

// Look reads in a transaction.
func (c *City) Look(read func(tx *db.Tx) error) {
	c.told().Helper()
	c.Must(c.View(context.Background(), read))
}

// On turns the clock to nine in the morning of a day.
func (c *City) On(day string) {
	c.told().Helper()
	at, ok := calendar.Start(day)
	if !ok {
		c.told().Fatalf("%s is no day", day)
	}
	c.Now.Store(at.Add(9 * time.Hour).Unix())
}

// Pass lets days go by.
func (c *City) Pass(days int) { c.Now.Add(int64(days) * 86400) }

// Labels gives codes of one kind their names, code and name in turn.
func (c *City) Labels(tx *db.Tx, kind string, named ...string) {
	c.told().Helper()
	for i := 0; i+1 < len(named); i += 2 {
		_, err := network.PutLabel(tx, network.Label{Kind: kind, Code: named[i], Name: named[i+1]})
		c.Must(err)
	}
}

// Area opens an area: the city itself, or a district below it.
func (c *City) Area(tx *db.Tx, code, name string, above network.Area) network.Area {
	c.told().Helper()
	a := network.Area{Code: code, Name: name, ShortName: name, Level: "city", OpensOn: "1900-01-01"}
	if above.ID != 0 {
		a.Level, a.ParentID = "district", above.ID
	}
	a, _, err := network.PutArea(tx, a)
	c.Must(err)
	return a
}

// Units opens units in an area, of one kind where they name none themselves.
func (c *City) Units(tx *db.Tx, of network.Area, kind string, units ...network.Unit) {
	c.told().Helper()
	for i, u := range units {
		if u.Kind == "" {
			u.Kind = kind
		}
		c.Labels(tx, "unit_kind", u.Kind, u.Kind)
		u.AreaID, u.Position = of.ID, i
		if u.OpensOn == "" {
			u.OpensOn = "1900-01-01"
		}
		_, err := network.PutUnit(tx, u)
		c.Must(err)
	}
}

// Employ gives a person a post, and no key.
func (c *City) Employ(tx *db.Tx, as, name, unit, role string) {
	c.told().Helper()
	p, err := network.AddPerson(tx, network.Person{Name: name})
	c.Must(err)
	post, err := network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2010-01-01"})
	c.Must(err)
	c.People[as], err = account.UserOf(tx, p.ID)
	c.Must(err)
	c.Posts[as] = post.ID
}

// Hire gives a person a post and a key.
func (c *City) Hire(tx *db.Tx, as, name, unit, role string) {
	c.told().Helper()
	c.Employ(tx, as, name, unit, role)
	key, err := sign.Generate()
	c.Must(err)
	public, err := key.Public()
	c.Must(err)
	// Argon2id is tested where it lives
	made := account.Key{ID: db.NewID(), PersonID: c.People[as].ID, PublicKey: public, Locked: "-"}
	c.Must(account.AddKey(tx, c.People[as], made, c.Secrets))
	c.Keys[as] = account.Unlocked{ID: made.ID, Private: key}
}

// Refused wants a refusal of a kind.
func (c *City) Refused(kind errs.Kind, err error, what string) {
	c.told().Helper()
	if errs.KindOf(err) != kind {
		c.told().Errorf("%s: %v, want a refusal of kind %d", what, err, kind)
	}
}
