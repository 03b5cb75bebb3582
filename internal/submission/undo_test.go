package submission_test

// Steps that take others back: a first signature, an amendment, a form taken off a unit or an area; what is in force
// stays in force.

import (
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/quantity"
	"yipanqi/internal/submission"
)

type undoing = func(*db.Tx, auth.User, string, int64, string) (submission.Submission, error)

func (c *city) undo(by auth.User, id, reason string, do undoing) error {
	version := c.get(id).Version
	return c.update(func(tx *db.Tx) error {
		_, err := do(tx, by, id, version, reason)
		return err
	})
}

func (c *city) clean() {
	c.t.Helper()
	for _, finding := range c.audit() {
		c.t.Errorf("the audit finds: %+v", finding)
	}
}

func TestTheFirstSignerTakesBack(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("1", "1", "1", "1")))
		want(t, c.undo(c.first[0], s.ID, "写错了", submission.Recall), errs.Conflict, "")
		c.must(c.prepare(c.first[0], s.ID))
		want(t, c.undo(c.second[0], s.ID, "写错了", submission.Recall), errs.Denied, "")
		want(t, c.undo(c.first[0], s.ID, " ", submission.Recall), errs.Invalid, "写明原因")
		c.must(c.undo(c.first[0], s.ID, "写错了", submission.Recall))
		if state := c.get(s.ID).State; state != submission.Draft {
			t.Errorf("taken back, the state is %s", state)
		}
		want(t, c.sign(c.second[0], s.ID), errs.Conflict, "")
		c.clean()
		c.through(0, s.ID, cells("2", "2", "1", "1"))
		if got := c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal); got.Value != 4 {
			t.Errorf("after signing anew the city has %+v", got)
		}
		c.clean()
	})
}

// The earlier version stays in force while an amendment is dropped, as a draft or returned, and after.
func TestAnAmendmentIsDropped(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		want(t, c.undo(c.first[0], s.ID, "误开", submission.Drop), errs.Conflict, "没有可以放弃的修订")
		c.through(0, s.ID, cells("10", "10", "1", "1"))
		accepted := c.get(s.ID).AcceptedID
		amend := func() { c.must(c.undo(c.first[0], s.ID, "更正", submission.Amend)) }
		amend()
		c.must(c.save(c.first[0], s.ID, cells("20", "20", "2", "2")))
		want(t, c.undo(c.office, s.ID, "误开", submission.Drop), errs.Denied, "")
		c.must(c.undo(c.first[0], s.ID, "误开", submission.Drop))
		c.clean()
		amend()
		c.must(c.save(c.first[0], s.ID, cells("30", "30", "3", "3")))
		c.must(c.prepare(c.first[0], s.ID))
		c.must(c.undo(c.second[0], s.ID, "再核", submission.Return))
		c.must(c.undo(c.first[0], s.ID, "不改了", submission.Drop))
		got := c.get(s.ID)
		if got.State != submission.Accepted || got.AcceptedID != accepted || got.Typed.Cells["1.M"] != "10" ||
			got.AmendReason+got.ReturnReason != "" {
			t.Errorf("dropped, the submission is %+v", got)
		}
		if sum := c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal); sum.Value != 20 {
			t.Errorf("dropped, the city has %+v", sum)
		}
		c.clean()
		amend()
		c.through(0, s.ID, cells("40", "40", "4", "4"))
		c.clean()
	})
}

// A form taken off a unit is not due, here and above; given back it is.
func TestAFormIsWithdrawnFromAUnit(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a, b := c.open(0, "2018"), c.open(1, "2018")
		due := func(wanted int) {
			t.Helper()
			if got := c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal); got.Due != wanted {
				t.Errorf("the city is due %d, want %d", got.Due, wanted)
			}
		}
		due(2)
		c.through(0, a.ID, cells("10", "10", "1", "1"))
		want(t, c.undo(c.first[1], b.ID, "撤并", submission.Withdraw), errs.Denied, "")
		c.must(c.undo(c.office, b.ID, "撤并", submission.Withdraw))
		due(1)
		want(t, c.save(c.first[1], b.ID, cells("1", "1", "1", "1")), errs.Conflict, "")
		if got := c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal); !got.Complete() {
			t.Errorf("with all that is due in, the city has %+v", got)
		}
		c.clean()
		c.must(c.undo(c.office, b.ID, "误免", submission.Restore))
		due(2)
		c.must(c.undo(c.first[0], a.ID, "更正", submission.Amend))
		want(t, c.undo(c.office, a.ID, "撤并", submission.Withdraw), errs.Conflict, "已有生效的数据")
		c.clean()
	})
}

// What an area owes for periods that it saw the end of stays due when it closes; what comes after does not.
func TestAClosedAreaOwesNothing(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		before, after, filled := c.open(0, "2017"), c.open(0, "2018"), c.open(0, "2019")
		c.through(0, filled.ID, cells("10", "10", "1", "1"))
		other := c.open(1, "2018")
		if n := c.follow(); n != 0 {
			t.Errorf("nothing closed and %d are withdrawn", n)
		}
		closed := c.districts[0]
		closed.ClosesOn = "2018-06-01" // the year 2018 of this form ends on 2018-09-30
		c.must(c.update(func(tx *db.Tx) error {
			_, _, err := network.PutArea(tx, closed)
			return err
		}))
		n := c.follow()
		for id, state := range map[string]submission.State{before.ID: submission.Draft, after.ID: submission.Withdrawn,
			filled.ID: submission.Accepted, other.ID: submission.Draft} {
			if got := c.get(id); got.State != state {
				t.Errorf("%s is %s, want %s", got.Period, got.State, state)
			}
		}
		if got := c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal); n != 1 || got.Due != 1 {
			t.Errorf("%d withdrawn; the city has %+v", n, got)
		}
		if n := c.follow(); n != 0 {
			t.Errorf("a second run withdraws %d", n)
		}
		c.clean()
	})
}
