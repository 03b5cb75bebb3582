package submission_test

// What a unit owes goes to another with what was typed and its due day; what is signed or accepted stays. What happens
// when a unit closes: network_test.go.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/submission"
)

func TestOwedReportsAreHandedOver(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		draft, accepted := c.open(0, "2018"), c.open(0, "2014")
		c.must(c.save(c.first[0], draft.ID, cells("10", "10", "1", "1")))
		c.through(0, accepted.ID, cells("5", "5", "1", "1"))
		hold, from := submission.Holds()[0], c.units[0]
		c.must(c.update(func(tx *db.Tx) error {
			if _, err := network.PutUnit(tx, network.Unit{Code: "heir", Name: "承接单位", Kind: "other",
				AreaID: c.districts[0].ID, OpensOn: "2019-01-01"}); err != nil {
				return err
			}
			held, err := hold.List(tx, from.Code, "")
			if err != nil || len(held) != 1 || held[0].Object != draft.Object() || held[0].URL != draft.URL() {
				t.Fatalf("%s owes %+v, %v", from.Code, held, err)
			}
			return hold.Move(tx, journal.System, held[0].Object, from.Code, "heir", "adjustment/1")
		}))
		c.must(c.update(func(tx *db.Tx) error {
			s, err := submission.Get(tx, draft.ID)
			if s.Unit.Code != "heir" || s.Typed.Cells["1.M"] != "10" ||
				s.DueOn != draft.DueOn {
				t.Errorf("it is with %s, due %s, typed %v", s.Unit.Code, s.DueOn, s.Typed.Cells)
			}
			if err != nil {
				return err
			}
			s, err = submission.Get(tx, accepted.ID)
			if s.Unit.Code != from.Code {
				t.Errorf("what was accepted is with %s", s.Unit.Code)
			}
			return err
		}))
	})
}
