package meeting_test

// A small city for the tests: an office with its committee, five districts with theirs, twelve member units.

import (
	"context"
	"fmt"
	"testing"

	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
)

type city struct{ *accounttest.City }

// eachCity runs a test in a fresh city on both databases. It is Friday morning, 15 March 2024.
func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	accounttest.Each(t, "2024-03-15", func(t *testing.T, town *accounttest.City) {
		c := &city{town}
		c.Build(c.build)
		test(t, c)
	})
}

func (c *city) build(tx *db.Tx) {
	root := c.Area(tx, "990100", "示范市", network.Area{})
	c.Units(tx, root, "",
		network.Unit{Code: "WCC", Name: "示范市妇女儿童工作委员会", ShortName: "市妇儿工委", Kind: "committee"},
		network.Unit{Code: "WCCO", Name: "示范市妇女儿童工作委员会办公室", ShortName: "市妇儿工委办",
			Kind: "committee_office", Parent: "WCC"})
	for i := range 12 {
		code := fmt.Sprintf("M%02d", i+1)
		c.Units(tx, root, "dept", network.Unit{Code: code, Name: "示范市第" + code + "局", ShortName: code + "局",
			Parent: "WCC"})
		c.Employ(tx, code, "某"+code, code, auth.Liaison)
		c.Employ(tx, code+"head", "某"+code+"head", code, auth.Leader)
		c.Employ(tx, code+"stat", "某"+code+"stat", code, auth.Statistician)
	}
	for i := range 5 {
		n := fmt.Sprint(i + 1)
		c.Units(tx, c.Area(tx, "99010"+n, "区"+n, root), "", network.Unit{Code: "D" + n,
			Name: "区" + n + "妇女儿童工作委员会", ShortName: "区" + n + "妇儿工委", Kind: "district_committee",
			Parent: "WCC"}, network.Unit{Code: "D" + n + "O", Name: "区" + n + "妇女儿童工作委员会办公室",
			ShortName: "区" + n + "妇儿工委办", Kind: "district_office", Parent: "D" + n})
		c.Employ(tx, "D"+n, "某D"+n, "D"+n+"O", auth.Office)
		c.Employ(tx, "D"+n+"chief", "某D"+n+"chief", "D"+n, auth.CommitteeChief)
	}
	c.Employ(tx, "office", "某office", "WCCO", auth.Office)
	c.Employ(tx, "colleague", "某colleague", "WCCO", auth.Office)
	c.Hire(tx, "head", "某head", "WCCO", auth.Leader)
	c.Hire(tx, "chief", "某chief", "WCC", auth.CommitteeChief)
	for _, kind := range letter.Kinds {
		c.Must(letter.SetMark(tx, c.People["office"], letter.Mark{Issuer: "WCCO", Kind: kind,
			Mark: "示妇儿工委办" + string(kind.Words())}))
	}
	_, err := setting.Put(tx, "name", "示范市")
	c.Must(err)
}

func (c *city) update(fn func(*db.Tx) error) error { return c.Update(context.Background(), fn) }
