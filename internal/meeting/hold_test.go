package meeting_test

// What a unit has open in meetings goes to the unit that takes over, and the journal agrees.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/module"
)

func TestMeetingsGoToTheHeir(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m := c.plenary()
		c.filled(m.ID)
		c.sends(do(c, func(tx *db.Tx) (letter.Letter, error) {
			return meeting.DraftNotice(tx, c.People["office"], m.ID, "请参加。")
		}), "colleague", "chief")
		do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Notify(tx, c.People["office"], m.ID, "") })
		hold := meeting.Holds()[0]
		of := func(unit string) (all []module.Held) {
			c.Look(func(tx *db.Tx) (err error) { all, err = hold.List(tx, unit, ""); return err })
			return all
		}
		asked, hosted := of("M05"), of("WCCO")
		if len(asked) != 1 || asked[0].Object[:11] != "invitation/" || len(hosted) != 1 ||
			hosted[0].Object != m.Object() {
			t.Fatalf("M05 holds %+v, the office %+v", asked, hosted)
		}
		give := func(object, from, to string) {
			c.T.Helper()
			c.Must(c.update(func(tx *db.Tx) error {
				return hold.Move(tx, journal.System, object, from, to, "adjustment/1")
			}))
		}
		give(asked[0].Object, "M05", "WCC") // which was not asked itself
		if left, got := of("M05"), of("WCC"); len(left) > 0 || len(got) != 1 || got[0].Object != asked[0].Object {
			t.Errorf("after it M05 holds %+v, its heir %+v", left, got)
		}
		give(of("M06")[0].Object, "M06", "M07") // which comes for both
		if left, got := of("M06"), of("M07"); len(left) > 0 || len(got) != 1 {
			t.Errorf("after it M06 holds %+v, its heir %+v", left, got)
		}
		give(m.Object(), "WCCO", "M01")
		if got := of("M01"); len(got) != 2 {
			t.Errorf("the new host holds %+v", got)
		}
		if err := c.update(func(tx *db.Tx) error {
			return hold.Move(tx, journal.System, "pebble/1", "M01", "M02", "adjustment/1")
		}); err == nil {
			t.Error("something else is handed on")
		}
		c.Look(func(tx *db.Tx) error {
			found, err := meeting.Verify(tx, c.Issuer)
			if err != nil || len(found) > 0 {
				t.Errorf("the journal and the rows do not agree: %+v (%v)", found, err)
			}
			return nil
		})
	})
}
