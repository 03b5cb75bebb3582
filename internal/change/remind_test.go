package change_test

// A change that shows because an account was disabled, and was not reported.

import (
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/change"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

func TestADisabledAccountWithAnOpenPost(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var r module.Reminder
		for _, one := range change.Reminders() {
			if one.Object == "unreported" {
				r = one
			}
		}
		due := func() (all []module.Due) {
			c.view(func(tx *db.Tx) (err error) { all, _, err = r.Due(tx, today, ""); return err })
			return all
		}
		if all := due(); len(all) > 0 {
			t.Errorf("nobody is disabled: %+v", all)
		}
		liaison := c.posts["卫生联络员"]
		c.must(c.update(func(tx *db.Tx) error { return account.Disable(tx, c.office, liaison.PersonID) }))
		all := due()
		if len(all) != 1 || all[0].Unit != "HEA" || all[0].Roles["first"] != auth.Leader || all[0].DueOn != today ||
			all[0].Step != change.VerbReport {
			t.Fatalf("due is %+v", all)
		}
		c.must(c.update(func(tx *db.Tx) error { return account.Disable(tx, c.office, c.leader.ID) }))
		for _, d := range due() {
			if want := map[bool]string{true: auth.Liaison, false: auth.Leader}[d.Object == "unreported/"+
				c.posts["卫生局长"].ID]; d.Roles["first"] != want {
				t.Errorf("%s is told to %s, want %s", d.Object, d.Roles["first"], want)
			}
		}
		_, err := c.report(c.office, change.PostChange{Unit: "HEA", Role: auth.Liaison, Person: "新联络员",
			Title: "科长", ChangedOn: today}, change.Who{})
		c.must(err)
		if all := due(); len(all) != 1 || all[0].Object == "unreported/"+liaison.ID {
			t.Errorf("what was reported is still due: %+v", all)
		}
		c.view(func(tx *db.Tx) error {
			of, err := r.Of(tx, []string{"unreported/" + liaison.ID, all[0].Object})
			if of["unreported/"+liaison.ID].Step != "" {
				t.Errorf("what was reported waits still: %+v", of)
			}
			return err
		})
	})
}
