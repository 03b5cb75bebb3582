package record_test

// What a unit's page says of its registers, and that nothing of a unit that is closed is left without a keeper.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/record"
	"yipanqi/internal/web/webtest"
)

func TestAUnitsRegistersAreToldAndHandedOn(t *testing.T) {
	eachTown(t, func(c *town) {
		r, err := c.create("east", "child_home", home("移交的", "remark", "核对过"))
		if err != nil {
			c.Fatal(err)
		}
		if r, err = c.take("east", r, "submit", "", nil); err != nil {
			c.Fatal(err)
		}
		heir := ""
		c.view(func(tx *db.Tx) error {
			units, err := network.AllUnits(tx)
			for _, u := range units {
				if u.Name == "示范市妇联" {
					heir = u.Code
				}
			}
			return err
		})
		cards := func(who string) []module.Card {
			return must(c, func(tx *db.Tx) ([]module.Card, error) {
				return record.AboutUnit(tx, c.people[who], module.Of{Kind: "unit", Code: r.Unit})
			})
		}
		if got := cards("city"); len(got) != 1 || len(got[0].Lines) == 0 || got[0].Lines[0].DueOn == "" {
			t.Errorf("who oversees the unit is told %+v", got)
		}
		if got := cards("west"); len(got) != 0 {
			t.Errorf("another district is told %+v", got)
		}
		s := newSite(c)
		burden := "/registers?unit=" + r.Unit
		s.Run(c.T, webtest.Scenario{As: "city", Path: burden, Contains: []string{"业务登记已要求这个单位办理的",
			"儿童之家", "项登记；近12个月新建"}},
			webtest.Scenario{As: "east", Path: burden + "&format=csv", Contains: []string{"child_home,儿童之家,"}},
			webtest.Scenario{As: "west", Path: burden, Status: 422},
			webtest.Scenario{As: "city", Path: "/registers?unit=no-such", Status: 422})
		list := "/registers/child_home/records?where[unit]="
		s.Run(c.T, webtest.Scenario{As: "city", Path: list + r.Unit, Contains: []string{"移交的"}},
			webtest.Scenario{As: "city", Path: list + "no-such", JSON: true, Status: 422})
		hold := record.Module(nil).Holds[0]
		held := must(c, func(tx *db.Tx) ([]module.Held, error) { return hold.List(tx, r.Unit, tx.Today()) })
		if len(held) == 0 || heir == "" {
			t.Fatalf("the unit has %d records in hand, heir %q", len(held), heir)
		}
		for _, one := range held {
			must(c, func(tx *db.Tx) (bool, error) {
				return true, hold.Move(tx, journal.System, one.Object, r.Unit, heir, "adjustment/A")
			})
		}
		_, err = do(c, func(tx *db.Tx) (bool, error) {
			return true, hold.Move(tx, journal.System, r.Object(), r.Unit, heir, "adjustment/A")
		})
		c.refused(errs.Conflict, err, "a record is handed on twice")
		left := must(c, func(tx *db.Tx) ([]module.Held, error) { return hold.List(tx, r.Unit, tx.Today()) })
		if len(left) > 0 {
			t.Errorf("left behind: %+v", left)
		}
		now := must(c, func(tx *db.Tx) (record.Record, error) { return record.Get(tx, r.ID) })
		if now.Unit != heir || now.State != r.State || now.DueOn != r.DueOn {
			t.Errorf("after the handing on it stands as %s, %s, due %s", now.Unit, now.State, now.DueOn)
		}
		c.audited("")
	})
}
