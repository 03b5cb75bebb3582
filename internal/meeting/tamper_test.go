package meeting_test

// Whatever is changed without the program is found.

import (
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/meeting"
)

// Whoever owns the database changes a row of a meeting: it is named.
func TestChangesOfMeetingsAreFound(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m, agenda := c.notified()
		c.reply(m.ID, "M01", meeting.Attendee{Name: "某M01head", Title: "局长", Level: "head"})
		c.goOn("2024-03-27 08:30")
		code := do(c, func(tx *db.Tx) (string, error) {
			_, code, err := meeting.CodeNow(tx, c.People["office"], m.ID)
			return code, err
		})
		do(c, func(tx *db.Tx) (meeting.Attendee, error) {
			return meeting.SignIn(tx, auth.User{}, m.ID, code, "M01", "某M01head")
		})
		c.goOn("2024-03-27 11:40")
		do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Hold(tx, c.People["office"], m.ID) })
		do(c, func(tx *db.Tx) (meeting.Decision, error) {
			return meeting.Decide(tx, c.People["office"], m.ID, meeting.Decision{Text: "一项", AgendaItem: agenda[0].ID,
				WhyNot: "无"})
		})
		do(c, func(tx *db.Tx) (meeting.Minutes, error) {
			return meeting.WriteMinutes(tx, c.People["office"], m.ID, 0, "正文")
		})
		for _, edit := range []struct{ table, column, statement, undo string }{
			{"meetings", "title", `UPDATE meetings SET title = title || 'x'`, `UPDATE meetings SET title = substr(title,
				1,
				length(title) - 1)`},
			{"meetings", "state", `UPDATE meetings SET state = 'closed'`, `UPDATE meetings SET state = 'held'`},
			{"agenda_items", "outcome", `UPDATE agenda_items SET outcome = 'passed'`,
				`UPDATE agenda_items SET outcome = ''`},
			{"attendees", "arrived_at", `UPDATE attendees SET arrived_at = NULL`, ""},
			{"decisions", "id", `DELETE FROM decisions`, ""},
			{"minutes", "text", `UPDATE minutes SET text = 'x'`, ""},
		} {
			dbtest.Outside(t, c.DB, edit.statement)
			c.Look(func(tx *db.Tx) error {
				found, err := meeting.Verify(tx, c.Issuer)
				if err != nil {
					return err
				}
				for _, f := range found {
					if f.Table == edit.table && f.Column == edit.column {
						return nil
					}
				}
				t.Errorf("%s is not found: %+v", edit.statement, found)
				return nil
			})
			if edit.undo != "" {
				dbtest.Outside(t, c.DB, edit.undo)
			}
		}
	})
}
