package record_test

// A closing that is taken back: its numbers leave the reports, it stays with its reason, and the period is closed anew;
// where somebody signed, the report is amended instead.

import (
	"strings"
	"sync"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/record"
	"yipanqi/internal/submission"
)

// bureaus makes the homes those of the bureaus that report them.
func (c *town) bureaus() {
	c.Helper()
	must(c, func(tx *db.Tx) (bool, error) {
		if _, err := record.Assign(tx, "child_home", "keeper", "bureau", []string{auth.Statistician}); err != nil {
			return false, err
		}
		return record.Assign(tx, "child_home", "owner", "bureau", []string{auth.Liaison})
	})
}

func (c *town) close(who, area, year string) (record.Closing, error) {
	c.Helper()
	return do(c, func(tx *db.Tx) (record.Closing, error) {
		a, err := network.NewestArea(tx, area)
		if err != nil {
			return record.Closing{}, err
		}
		p, _ := period.Parse(year)
		return record.Close(tx, c.people[who], "child_home", p, a)
	})
}

func (c *town) reopen(who, id, reason string) error {
	c.Helper()
	_, err := do(c, func(tx *db.Tx) (record.Closing, error) { return record.Reopen(tx, c.people[who], id, reason) })
	return err
}

func TestAClosingIsTakenBackUntilSomebodySigns(t *testing.T) {
	eachTown(t, func(c *town) {
		form := c.ask("H1", "district", "bureau", "CH_NEW", "CH_OPEN")
		c.bureaus()
		east := c.open(form, "东岭区妇联", "980101", "2023")
		old, err := c.close("city", "980100", "2023")
		if err != nil {
			c.Fatal(err)
		}
		c.refused(errs.Denied, c.reopen("east", old.ID, "错了"), "who keeps homes takes a closing back")
		c.refused(errs.Missing, c.reopen("city", "no-such", "错了"), "no closing is taken back")
		c.refused(errs.Invalid, c.reopen("city", old.ID, "  "), "a closing is taken back for no reason")
		for _, state := range []submission.State{submission.Prepared, submission.Signed, submission.Accepted} {
			dbtest.Outside(t, c.d, "UPDATE submissions SET state = '"+string(state)+"'")
			c.refused(errs.Conflict, c.reopen("city", old.ID, "错了"), "a signature rests on it: "+string(state))
		}
		dbtest.Outside(t, c.d, "UPDATE submissions SET state = 'draft'")
		var wait sync.WaitGroup
		took := make([]error, 2)
		for i := range took {
			wait.Go(func() { took[i] = c.reopen("city", old.ID, "记录还没有录全") })
		}
		wait.Wait()
		if (took[0] == nil) == (took[1] == nil) {
			t.Errorf("two people take one closing back: %v, %v", took[0], took[1])
		}
		if got := c.report(east.ID).Typed; len(got.Cells) != 0 || len(got.Counted) != 0 {
			t.Errorf("after the closing was taken back the draft says %+v", got)
		}
		c.audited("")
		again, err := c.close("city", "980100", "2023")
		if err != nil || again.Filled != 2 || again.ID == old.ID {
			t.Errorf("the period is closed anew: %+v, %v", again.Filled, err)
		}
		if got := c.report(east.ID).Typed.Counted["2.T"]; got.Closing != again.ID {
			t.Errorf("the cell comes from %+v", got)
		}
		c.followed(east)
		c.audited("")
		dbtest.Outside(t, c.d, "UPDATE record_closings SET reason = '别的原因' WHERE id = '"+old.ID+"'")
		c.audited("row.journal")
		dbtest.Outside(t, c.d, "UPDATE record_closings SET reason = '记录还没有录全' WHERE id = '"+old.ID+"'",
			"DELETE FROM record_closings WHERE id = '"+again.ID+"'",
			"UPDATE record_closings SET reopened_at = NULL WHERE id = '"+old.ID+"'")
		c.audited("row.journal")
	})
}

func TestAnAmendmentIsWhereACountedNumberIsCorrected(t *testing.T) {
	eachTown(t, func(c *town) {
		form := c.ask("H1", "district", "bureau", "CH_OPEN")
		c.bureaus()
		east := c.open(form, "东岭区妇联", "980101", "2023")
		closed, err := c.close("city", "980100", "2023")
		if err != nil {
			c.Fatal(err)
		}
		dbtest.Outside(t, c.d, "UPDATE submissions SET accepted_id = 77") // it is being amended
		c.followed(east)
		if got := c.report(east.ID).Typed.Counted["1.T"]; got.Closing != closed.ID {
			t.Errorf("a number that is still the same leaves the amendment: %+v", got)
		}
		dbtest.Outside(t, c.d, "UPDATE records SET counts = 0 WHERE register = 'child_home' AND area LIKE '980101%'")
		for range 2 { // returned and followed again it is not filled in either
			c.followed(east)
			if got := c.report(east.ID).Typed; len(got.Counted) != 0 || len(got.Cells) != 0 {
				t.Errorf("an amendment keeps a number that the records do not give any more: %+v", got)
			}
		}
		if err := c.reopen("city", closed.ID, "区里记录有误"); err != nil {
			t.Errorf("nothing stands signed, and the closing is not taken back: %v", err)
		}
		if _, err := c.close("city", "980100", "2023"); err != nil {
			t.Error(err)
		}
		got := c.report(east.ID).Typed.Cells["1.T"]
		if got == "" || strings.HasPrefix(got, closed.ID) {
			t.Errorf("closed anew, the amendment says %q", got)
		}
	})
}
