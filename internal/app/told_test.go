package app_test

// Who was reminded of a thing stands below it, whatever it is: one reminder of each kind of thing in each district, and
// the walk of sees_test.go then asks who reads what of the other's.

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/trail"
)

// below says under which thing a reminder stands whose object is not that thing, and what the object is then called.
var below = map[string]struct{ place, mark string }{"invitation": {place: "meeting"}, "referral": {place: "record"},
	"participant": {"round", "."}, "opened": {"cycle", "."}, "quiet": {"record", ":"}, "letter": {"letter", "/"},
	"untrained": {"round", "."}, "issue_review": {place: "issue"}, "issue_advice": {place: "issue"}}

// remind tells an office of one thing of each kind, and looks for it below the thing.
func (c *twoDistricts) remind(t *testing.T) {
	t.Helper()
	list := c.app.List()
	c.must(c.app.DB.Update(context.Background(), func(tx *db.Tx) error {
		for _, d := range c.districts {
			office := d.staff[auth.Office]
			for _, source := range list.Reminders() {
				if source.Object == "vacancy" || source.Object == "unreported" {
					continue // a post has no page
				}
				at, kind := below[source.Object], source.Object
				if at.place != "" {
					kind = at.place
				}
				id := d.objects[kind]
				object := source.Object + "/" + cmp.Or(d.objects[source.Object], id)
				if at.mark != "" {
					object = source.Object + "/" + id + at.mark + office.Posts[0].Unit
				}
				if err := tx.Exec(`INSERT INTO notices (unit, role, object, step, due_on, rung, told_on)
					VALUES ($1, $2, $3, 'look', '2020-01-02', '0d', '2020-01-02')`, office.Posts[0].Unit, auth.Office,
					object); err != nil {
					return err
				}
				n := slices.IndexFunc(list.Places(), func(p trail.Place) bool { return p.Kind == kind })
				if n < 0 {
					t.Errorf("people are reminded of a %s, which has no trail", source.Object)
					continue
				}
				read, err := trail.Read(tx, office, list.Places()[n], id)
				if err != nil || !slices.ContainsFunc(read.Told, func(o trail.Told) bool { return o.Step == "look" }) {
					t.Errorf("below %s/%s it does not stand who was reminded of %s: %v, %v", kind, id, object,
						read.Told, err)
				}
			}
		}
		return nil
	}))
}
