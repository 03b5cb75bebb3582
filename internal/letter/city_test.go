package letter_test

// A small city for the tests: an office with its committee, two districts with theirs, two member units.

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
	"yipanqi/internal/sign"
)

type city struct {
	*db.DB
	t       *testing.T
	secrets account.Secrets
	issuer  sign.PublicKey
	people  map[string]auth.User
	keys    map[string]account.Unlocked
	blocked letter.Blocked
	now     *atomic.Int64
	scanned string // digest of a file that each site keeps
}

// eachCity runs a test in a fresh city on both databases. It is Friday morning, 15 March 2024.
func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		now.Store(time.Date(2024, 3, 15, 1, 0, 0, 0, time.UTC).Unix())
		c := &city{DB: d, t: t, people: map[string]auth.User{}, keys: map[string]account.Unlocked{}, now: now}
		key, err := sign.Generate()
		c.must(err)
		c.secrets = account.Secrets{Pepper: make([]byte, 32), Installation: key}
		c.issuer, err = key.Public()
		c.must(err)
		c.must(d.Update(context.Background(), c.build))
		test(t, c)
	})
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) build(tx *db.Tx) error {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"}, {Kind: "role", Code: auth.Leader, Name: "单位负责人"},
		{Kind: "role", Code: auth.Office, Name: "妇儿工委办"}, {Kind: "role", Code: auth.Liaison, Name: "联络员"},
		{Kind: "role", Code: auth.CommitteeChief, Name: "妇儿工委主任"}} {
		if _, err := network.PutLabel(tx, l); err != nil {
			return err
		}
	}
	for _, kind := range []string{"committee", "committee_office", "dept_EDU", "dept_HEA", "district_committee",
		"district_office"} {
		if _, err := network.PutLabel(tx, network.Label{Kind: "unit_kind", Code: kind, Name: kind}); err != nil {
			return err
		}
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990100", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	c.must(err)
	east, _, err := network.PutArea(tx, network.Area{Code: "990101", Name: "东岭区", Level: "district",
		ParentID: root.ID, OpensOn: "1900-01-01"})
	c.must(err)
	for i, u := range []network.Unit{
		{Code: "WCC", Name: "示范市妇女儿童工作委员会", ShortName: "市妇儿工委", Kind: "committee", AreaID: root.ID},
		{Code: "WCCO", Name: "示范市妇女儿童工作委员会办公室", ShortName: "市妇儿工委办", Kind: "committee_office",
			Parent: "WCC", AreaID: root.ID},
		{Code: "EDU", Name: "示范市教育局", ShortName: "市教育局", Kind: "dept_EDU", Parent: "WCC", AreaID: root.ID},
		{Code: "HEA", Name: "示范市卫生局", ShortName: "市卫生局", Kind: "dept_HEA", Parent: "WCC", AreaID: root.ID},
		{Code: "EAST", Name: "示范市东岭区妇女儿童工作委员会", ShortName: "东岭区妇儿工委", Kind: "district_committee",
			Parent: "WCC", AreaID: east.ID},
		{Code: "EASTO", Name: "示范市东岭区妇女儿童工作委员会办公室", ShortName: "东岭区妇儿工委办",
			Kind: "district_office", Parent: "EAST", AreaID: east.ID},
	} {
		u.OpensOn, u.Position = "2010-01-01", i
		if _, err := network.PutUnit(tx, u); err != nil {
			return err
		}
	}
	for _, p := range []struct{ as, unit, role string }{
		{"office", "WCCO", auth.Office}, {"colleague", "WCCO", auth.Office}, {"head", "WCCO", auth.Leader},
		{"chief", "WCC", auth.CommitteeChief}, {"edu", "EDU", auth.Liaison}, {"eduhead", "EDU", auth.Leader},
		{"hea", "HEA", auth.Liaison}, {"heahead", "HEA", auth.Leader}, {"east", "EASTO", auth.Office},
		{"eastchief", "EAST", auth.CommitteeChief}} {
		who, err := network.AddPerson(tx, network.Person{Name: "某" + p.as})
		c.must(err)
		_, err = network.AddPost(tx, network.Post{PersonID: who.ID, Unit: p.unit, Role: p.role, OpensOn: "2010-01-01"})
		c.must(err)
		user, err := account.UserOf(tx, who.ID)
		c.must(err)
		c.people[p.as] = user
		if p.role == auth.Leader || p.role == auth.CommitteeChief {
			key, err := sign.Generate()
			c.must(err)
			public, err := key.Public()
			c.must(err)
			// Argon2id is tested where it lives
			made := account.Key{ID: db.NewID(), PersonID: who.ID, PublicKey: public, Locked: "-"}
			c.must(account.AddKey(tx, user, made, c.secrets))
			c.keys[p.as] = account.Unlocked{ID: made.ID, Private: key}
		}
	}
	for _, kind := range letter.Kinds {
		c.must(letter.SetMark(tx, c.people["office"], letter.Mark{Issuer: "WCCO", Kind: kind,
			Mark: "示妇儿工委办" + string(kind.Words())}))
	}
	_, err = setting.Put(tx, "name", "示范市")
	return err
}

func (c *city) update(fn func(*db.Tx) error) error { return c.Update(context.Background(), fn) }

func (c *city) view(fn func(*db.Tx) error) {
	c.t.Helper()
	c.must(c.View(context.Background(), fn))
}
