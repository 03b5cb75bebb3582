package submission_test

// When a unit or an area closes, what it had not finished goes to its successor or is taken off, and what was accepted
// stays.

import (
	"errors"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/quantity"
	"yipanqi/internal/submission"
)

func (c *city) follow() (n int) {
	c.t.Helper()
	c.must(c.update(func(tx *db.Tx) (err error) { n, err = submission.FollowNetwork(tx); return err }))
	return n
}

// What a closed unit has not finished goes to its successor with what was typed, whatever became of it before; what was
// accepted stays its own, and the audit follows both.
func TestASuccessorTakesOverWhatIsUnfinished(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		draft, prepared, returned, signed, accepted := c.open(0, "2018"), c.open(0, "2017"), c.open(0, "2016"),
			c.open(0, "2015"), c.open(0, "2014")
		for _, s := range []submission.Submission{draft, prepared, returned, signed} {
			c.must(c.save(c.first[0], s.ID, cells("10", "10", "1", "1")))
		}
		c.must(c.prepare(c.first[0], prepared.ID))
		c.must(c.prepare(c.first[0], returned.ID))
		c.must(c.undo(c.second[0], returned.ID, "再核", submission.Return))
		c.must(c.prepare(c.first[0], signed.ID))
		c.must(c.sign(c.second[0], signed.ID))
		c.through(0, accepted.ID, cells("5", "5", "1", "1"))
		old := c.units[0]
		heir := network.Unit{Code: "heir", Name: "东山区妇幼健康中心", Kind: "health", AreaID: c.districts[0].ID,
			OpensOn: "2019-01-01"}
		var first, second auth.User
		c.must(c.update(func(tx *db.Tx) error {
			old.ClosesOn, old.Successor = "2019-02-01", heir.Code // it is January
			for _, u := range []network.Unit{heir, old} {
				if _, err := network.PutUnit(tx, u); err != nil {
					return err
				}
			}
			first = c.hire(tx, "承接甲", heir.Code, auth.Statistician)
			second = c.hire(tx, "承接乙", heir.Code, auth.Leader)
			return nil
		}))
		if n := c.follow(); n != 0 {
			t.Errorf("before the unit closes %d reports change hands", n)
		}
		c.must(c.update(func(tx *db.Tx) error {
			old.ClosesOn = "2019-01-15"
			_, err := network.PutUnit(tx, old)
			return err
		}))
		if n := c.follow(); n != 3 {
			t.Errorf("%d reports change hands, want 3", n)
		}
		if n := c.follow(); n != 0 {
			t.Errorf("a second time %d reports change hands", n)
		}
		for id, want := range map[string]struct {
			unit  string
			state submission.State
		}{draft.ID: {"heir", submission.Draft}, prepared.ID: {"heir", submission.Draft},
			returned.ID: {"heir", submission.Returned}, signed.ID: {old.Code, submission.Signed},
			accepted.ID: {old.Code, submission.Accepted}} {
			if got := c.get(id); got.Unit.Code != want.unit || got.State != want.state ||
				got.Typed.Cells["1.M"] == "" {
				t.Errorf("%s is with %s in state %s, typed %v; want %v", got.Period, got.Unit.Code, got.State,
					got.Typed.Cells, want)
			}
		}
		c.clean()
		for _, s := range []submission.Submission{draft, prepared, returned} {
			c.must(c.save(first, s.ID, cells("20", "20", "2", "2")))
			c.must(c.prepare(first, s.ID))
			c.must(c.sign(second, s.ID))
			c.must(c.do(c.office, s.ID, c.accept))
			if got := c.amount(c.root.ID, s.Period.String(), "PME_MARRIED", quantity.SexTotal); got.Value != 40 ||
				got.Due != 1 {
				t.Errorf("in %s the city has %+v", s.Period, got)
			}
		}
		c.clean()
		for _, unit := range []network.Unit{old, heir} { // the calendar asks again, whichever unit it takes for due
			owed := c.owed(0, "2018")
			owed.Unit = unit
			c.must(c.update(func(tx *db.Tx) error {
				got, changed, err := submission.Open(tx, journal.System, owed)
				if changed || got.Unit.Code != "heir" {
					t.Errorf("asked of %s again, it is with %s, changed %t", unit.Code, got.Unit.Code, changed)
				}
				return err
			}))
		}
	})
}

// Nobody is left to give the second signature in an area that has closed.
func TestAClosedAreaLosesItsFirstSignature(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("10", "10", "1", "1")))
		c.must(c.prepare(c.first[0], s.ID))
		closed := c.districts[0]
		closed.ClosesOn = "2018-06-01"
		c.must(c.update(func(tx *db.Tx) error {
			_, _, err := network.PutArea(tx, closed)
			return err
		}))
		if n := c.follow(); n != 1 {
			t.Errorf("%d reports are withdrawn, want 1", n)
		}
		if got := c.get(s.ID); got.State != submission.Withdrawn || got.ReturnReason == "" {
			t.Errorf("the report of the closed area is %s: %q", got.State, got.ReturnReason)
		}
		if got := c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal); got.Due != 0 {
			t.Errorf("the city has %+v", got)
		}
		c.clean()
	})
}

// Each way in which the network can change under a report of 2018, whose year ends on 30 September: to whom it belongs
// afterwards, or that nobody owes it. It is prepared, so that a signature falls wherever it moves.
func TestEachEndOfAnAreaOrAUnit(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s, amended := c.open(0, "2018"), c.open(0, "2017")
		c.through(0, amended.ID, cells("5", "5", "1", "1"))
		c.must(c.do(c.first[0], amended.ID, amend))
		c.must(c.save(c.first[0], s.ID, cells("10", "10", "1", "1")))
		c.must(c.prepare(c.first[0], s.ID))
		own := c.units[0]
		heir := network.Unit{Code: "heir", Name: "承接单位", Kind: "health", AreaID: own.AreaID, OpensOn: "2018-01-01"}
		last := heir
		last.Code, last.Name = "last", "再承接单位"
		closed := func(u network.Unit, on, successor string) network.Unit {
			u.ClosesOn, u.Successor = on, successor
			return u
		}
		for what, one := range map[string]struct {
			area  string // the day on which it closes
			units []network.Unit
			owner string
			state submission.State
			why   string
		}{
			"an area that closes on the last day of the period owes nothing": {area: "2018-09-30", owner: own.Code,
				state: submission.Withdrawn, why: "东山区已于2018-09-30停用"},
			"one that closes the day after owes the whole period": {area: "2018-10-01", owner: own.Code,
				state: submission.Prepared},
			"a unit that closes within it and leaves it to nobody owes nothing": {
				units: []network.Unit{closed(own, "2018-09-30", "")}, owner: own.Code,
				state: submission.Withdrawn, why: "东山区卫生健康委已于2018-09-30撤销"},
			"one that closes later and leaves it to nobody owes it still": {
				units: []network.Unit{closed(own, "2018-10-01", "")}, owner: own.Code, state: submission.Prepared},
			"a unit that is merged within the period leaves it to its successor": {
				units: []network.Unit{heir, closed(own, "2018-05-01", "heir")}, owner: "heir", state: submission.Draft,
				why: "东山区卫生健康委已于2018-05-01撤销，由承接单位承接"},
			"one that is merged today has left it": {
				units: []network.Unit{heir, closed(own, "2019-01-15", "heir")}, owner: "heir", state: submission.Draft},
			"one that is merged tomorrow has it still": {
				units: []network.Unit{heir, closed(own, "2019-01-16", "heir")}, owner: own.Code,
				state: submission.Prepared},
			"a successor that was merged too hands it on": {
				units: []network.Unit{last, closed(heir, "2018-12-01", "last"), closed(own, "2018-11-01", "heir")},
				owner: "last", state: submission.Draft},
			"a successor that will be merged keeps it until then": {
				units: []network.Unit{last, closed(heir, "2019-06-01", "last"), closed(own, "2018-11-01", "heir")},
				owner: "heir", state: submission.Draft},
			"two that name each other leave it where it is": {
				units: []network.Unit{closed(heir, "2018-12-01", own.Code), closed(own, "2018-11-01", "heir")},
				owner: own.Code, state: submission.Prepared},
			"where both its area and its unit are gone, nobody owes it": {area: "2018-06-01",
				units: []network.Unit{heir, closed(own, "2018-06-01", "heir")}, owner: own.Code,
				state: submission.Withdrawn, why: "停用"},
		} {
			stop := errors.New("not to be kept")
			err := c.update(func(tx *db.Tx) error {
				if one.area != "" {
					area := c.districts[0]
					area.ClosesOn = one.area
					_, _, err := network.PutArea(tx, area)
					c.must(err)
				}
				for _, u := range one.units {
					_, err := network.PutUnit(tx, u)
					c.must(err)
				}
				n, err := submission.FollowNetwork(tx)
				c.must(err)
				got, err := submission.Get(tx, s.ID)
				c.must(err)
				if moved := n == 1; got.Unit.Code != one.owner || got.State != one.state ||
					moved == (one.state == submission.Prepared) {
					t.Errorf("%s: it is with %s, %s; %d were moved", what, got.Unit.Code, got.State, n)
				}
				if got.State == submission.Withdrawn && !strings.Contains(got.ReturnReason, one.why) {
					t.Errorf("%s: the reason is %q", what, got.ReturnReason)
				}
				if got.Typed.Cells["1.M"] != "10" {
					t.Errorf("%s: what was typed is %v", what, got.Typed.Cells)
				}
				kept, err := submission.Get(tx, amended.ID)
				c.must(err)
				if kept.Unit.Code != own.Code || kept.AcceptedID == 0 || kept.State == submission.Withdrawn {
					t.Errorf("%s: what counts already is with %s, %s", what, kept.Unit.Code, kept.State)
				}
				return stop
			})
			if !errors.Is(err, stop) {
				t.Errorf("%s: %v", what, err)
			}
		}
		c.clean()
	})
}
