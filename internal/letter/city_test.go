package letter_test

// A small city for the tests: an office with its committee, two districts with theirs, two member units.

import (
	"context"
	"testing"

	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
)

type city struct {
	*accounttest.City
	blocked letter.Blocked
	scanned string // digest of a file that each site keeps
}

// eachCity runs a test in a fresh city on both databases. It is Friday morning, 15 March 2024.
func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	accounttest.Each(t, "2024-03-15", func(t *testing.T, town *accounttest.City) {
		c := &city{City: town}
		c.Build(c.build)
		test(t, c)
	})
}

func (c *city) build(tx *db.Tx) {
	root := c.Area(tx, "990100", "示范市", network.Area{})
	c.Units(tx, root, "",
		network.Unit{Code: "WCC", Name: "示范市妇女儿童工作委员会", ShortName: "市妇儿工委", Kind: "committee"},
		network.Unit{Code: "WCCO", Name: "示范市妇女儿童工作委员会办公室", ShortName: "市妇儿工委办",
			Kind: "committee_office", Parent: "WCC"},
		network.Unit{Code: "EDU", Name: "示范市教育局", ShortName: "市教育局", Kind: "dept_EDU", Parent: "WCC"},
		network.Unit{Code: "HEA", Name: "示范市卫生局", ShortName: "市卫生局", Kind: "dept_HEA", Parent: "WCC"})
	c.Units(tx, c.Area(tx, "990101", "东岭区", root), "",
		network.Unit{Code: "EAST", Name: "示范市东岭区妇女儿童工作委员会", ShortName: "东岭区妇儿工委",
			Kind: "district_committee", Parent: "WCC"},
		network.Unit{Code: "EASTO", Name: "示范市东岭区妇女儿童工作委员会办公室", ShortName: "东岭区妇儿工委办",
			Kind: "district_office", Parent: "EAST"})
	for _, p := range []struct{ as, unit, role string }{
		{"office", "WCCO", auth.Office}, {"colleague", "WCCO", auth.Office}, {"edu", "EDU", auth.Liaison},
		{"hea", "HEA", auth.Liaison}, {"east", "EASTO", auth.Office}} {
		c.Employ(tx, p.as, "某"+p.as, p.unit, p.role)
	}
	for _, p := range []struct{ as, unit, role string }{
		{"head", "WCCO", auth.Leader}, {"chief", "WCC", auth.CommitteeChief}, {"eduhead", "EDU", auth.Leader},
		{"heahead", "HEA", auth.Leader}, {"eastchief", "EAST", auth.CommitteeChief}} {
		c.Hire(tx, p.as, "某"+p.as, p.unit, p.role)
	}
	for _, kind := range letter.Kinds {
		c.Must(letter.SetMark(tx, c.People["office"], letter.Mark{Issuer: "WCCO", Kind: kind,
			Mark: "示妇儿工委办" + string(kind.Words())}))
	}
	_, err := setting.Put(tx, "name", "示范市")
	c.Must(err)
}

func (c *city) update(fn func(*db.Tx) error) error { return c.Update(context.Background(), fn) }
