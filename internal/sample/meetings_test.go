package sample_test

// What the fictional city's meetings count to, and that the journal agrees with every row of them.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/meeting"
)

// meets holds the six meetings against what the specification counts.
func meets(t *testing.T, tx *db.Tx) {
	t.Helper()
	const plenary = `m.kind = 'enlarged_plenary'`
	const came = ` FROM attendees a JOIN invitations i ON i.id = a.invitation JOIN meetings m ON m.id = i.meeting
		WHERE a.arrived_at IS NOT NULL AND `
	const decided = `SELECT count(*) FROM decisions d JOIN meetings m ON m.id = d.meeting`
	for sql, want := range map[string]int64{
		`SELECT count(
			*) FROM meetings`: 6,
		`SELECT count(*) FROM meetings WHERE kind IN ('plenary',
			'enlarged_plenary')`: 2,
		`SELECT CAST(sum(
			i.seats) AS BIGINT) FROM invitations i JOIN meetings m ON m.id = i.meeting WHERE ` + plenary: 17,
		`SELECT count(
			*)` + came + plenary: 16,
		`SELECT count(
			*)` + came + plenary + ` AND a.level = i.level`: 12,
		decided: 5,
		decided + ` WHERE d.follow AND d.matter <> ''`:                          3,
		decided + ` JOIN matters x ON x.id = d.matter WHERE x.shown = 'closed'`: 1,
		`SELECT count(*)` + came + `m.kind = 'training'`:                        29,
	} {
		if got, err := db.Value[int64](tx, sql); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", sql, got, err, want)
		}
	}
	id, err := db.Value[string](tx, `SELECT m.id FROM meetings m WHERE `+plenary)
	must(t, err)
	a, err := meeting.AttendanceOf(tx, id)
	must(t, err)
	if a.Present != (meeting.Share{Part: 16, Of: 17}) || a.Level != (meeting.Share{Part: 12, Of: 17}) ||
		a.Excused != 1 {
		t.Errorf("attendance of the plenary is %+v", a)
	}
	found, err := meeting.Verify(tx, "")
	if err != nil || len(found) > 0 {
		t.Errorf("the journal and the meetings do not agree: %+v (%v)", found, err)
	}
}
