package meeting

// Rows of what hangs on a meeting: agenda, invitations, who comes, minutes, decisions.

import (
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"yipanqi/internal/db"
)

func nullTime(at time.Time) sql.NullTime { return sql.NullTime{Time: at, Valid: !at.IsZero()} }

const agendaColumns = `id, meeting, number, title, kind, speaker_unit, speaker, minutes, paper, visible_to, outcome,
	subjects, hours, teacher`

func scanAgenda(r db.Row) (a AgendaItem, err error) {
	var of string
	err = r.Scan(&a.ID, &a.Meeting, &a.Number, &a.Title, &a.Kind, &a.SpeakerUnit, &a.Speaker, &a.Minutes, &a.Paper,
		&a.VisibleTo, &a.Outcome, &of, &a.Hours, &a.Teacher)
	a.Subjects = strings.Fields(of)
	return a, err
}

// agendaOf is a meeting's agenda in its order.
func agendaOf(tx *db.Tx, meeting string) ([]AgendaItem, error) {
	return db.All(tx, scanAgenda, `SELECT `+agendaColumns+` FROM agenda_items WHERE meeting = $1 ORDER BY number, id`,
		meeting)
}

func agendaByID(tx *db.Tx, id string) (AgendaItem, error) {
	return db.One(tx, scanAgenda, `SELECT `+agendaColumns+` FROM agenda_items WHERE id = $1`, id)
}

func putAgenda(tx *db.Tx, a AgendaItem) error {
	return tx.Exec(`INSERT INTO agenda_items (`+agendaColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET number = excluded.number, title = excluded.title, kind = excluded.kind,
			speaker_unit = excluded.speaker_unit, speaker = excluded.speaker, minutes = excluded.minutes,
			paper = excluded.paper, visible_to = excluded.visible_to, outcome = excluded.outcome,
			subjects = excluded.subjects, hours = excluded.hours, teacher = excluded.teacher`,
		a.ID, a.Meeting, a.Number, a.Title, a.Kind, a.SpeakerUnit, a.Speaker, a.Minutes, a.Paper, a.VisibleTo,
		a.Outcome,
		strings.Join(a.Subjects, " "), a.Hours, a.Teacher)
}

func dropAgenda(tx *db.Tx, id string) error {
	return tx.Exec(`DELETE FROM agenda_items WHERE id = $1`, id)
}

const invitationColumns = `id, meeting, unit, capacity, level, seats, position, replied_by, replied_at`

func scanInvitation(r db.Row) (i Invitation, err error) {
	var replied sql.NullTime
	err = r.Scan(&i.ID, &i.Meeting, &i.Unit, &i.Capacity, &i.Level, &i.Seats, &i.Position, &i.RepliedBy, &replied)
	if replied.Valid {
		i.RepliedAt = replied.Time.UTC()
	}
	return i, err
}

// invitationsOf are a meeting's invitations in their order.
func invitationsOf(tx *db.Tx, meeting string) ([]Invitation, error) {
	return db.All(tx, scanInvitation, `SELECT `+invitationColumns+` FROM invitations WHERE meeting = $1
		ORDER BY position, id`, meeting)
}

func putInvitation(tx *db.Tx, i Invitation) error {
	return tx.Exec(`INSERT INTO invitations (`+invitationColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET capacity = excluded.capacity, level = excluded.level, seats = excluded.seats,
			position = excluded.position, replied_by = excluded.replied_by, replied_at = excluded.replied_at`,
		i.ID, i.Meeting, i.Unit, i.Capacity, i.Level, i.Seats, i.Position, i.RepliedBy, nullTime(i.RepliedAt))
}

func dropInvitation(tx *db.Tx, id string) error {
	return tx.Exec(`DELETE FROM invitations WHERE id = $1`, id)
}

const attendeeColumns = `a.id, a.invitation, a.position, a.name, a.title, a.level, a.phone, a.excuse, a.stands_in_for,
	a.person_id, a.post_id, a.arrived_at, a.check_in, a.scores`

func scanAttendee(r db.Row) (a Attendee, err error) {
	var arrived sql.NullTime
	var points string
	if err := r.Scan(&a.ID, &a.Invitation, &a.Position, &a.Name, &a.Title, &a.Level, &a.Phone, &a.Excuse,
		&a.StandsInFor,
		&a.PersonID, &a.PostID, &arrived, &a.CheckIn, &points); err != nil {
		return a, err
	}
	if arrived.Valid {
		a.ArrivedAt = arrived.Time.UTC()
	}
	return a, json.Unmarshal([]byte(points), &a.Scores)
}

// attendeesOf are all whom the invited units named, by invitation.
func attendeesOf(tx *db.Tx, meeting string) (map[string][]Attendee, error) {
	all, err := db.All(tx, scanAttendee, `SELECT `+attendeeColumns+` FROM attendees a
		JOIN invitations i ON i.id = a.invitation WHERE i.meeting = $1 ORDER BY a.position, a.id`, meeting)
	by := map[string][]Attendee{}
	for _, a := range all {
		by[a.Invitation] = append(by[a.Invitation], a)
	}
	return by, err
}

func attendeeByID(tx *db.Tx, id string) (Attendee, error) {
	return db.One(tx, scanAttendee, `SELECT `+attendeeColumns+` FROM attendees a WHERE a.id = $1`, id)
}

func putAttendee(tx *db.Tx, a Attendee) error {
	return tx.Exec(`INSERT INTO attendees (id, invitation, position, name, title, level, phone, excuse, stands_in_for,
			person_id, post_id, arrived_at, check_in, scores)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, title = excluded.title,
			level = excluded.level, phone = excluded.phone, excuse = excluded.excuse,
			stands_in_for = excluded.stands_in_for, person_id = excluded.person_id, post_id = excluded.post_id,
			arrived_at = excluded.arrived_at, check_in = excluded.check_in, scores = excluded.scores`,
		a.ID, a.Invitation, a.Position, a.Name, a.Title, a.Level, a.Phone, a.Excuse, a.StandsInFor, a.PersonID,
		a.PostID,
		nullTime(a.ArrivedAt), a.CheckIn, scores(a.Scores))
}

func dropAttendee(tx *db.Tx, id string) error {
	return tx.Exec(`DELETE FROM attendees WHERE id = $1`, id)
}

const minutesColumns = `meeting, text, state, drafted_by_id, drafted_by, drafted_at, letter, number, issued_at, version`

func scanMinutes(r db.Row) (n Minutes, err error) {
	var issued sql.NullTime
	err = r.Scan(&n.Meeting, &n.Text, &n.State, &n.DraftedByID, &n.DraftedBy, &n.DraftedAt, &n.Letter, &n.Number,
		&issued,
		&n.Version)
	n.DraftedAt = n.DraftedAt.UTC()
	if issued.Valid {
		n.IssuedAt = issued.Time.UTC()
	}
	return n, err
}

// minutesOf are a meeting's minutes, if they are begun.
func minutesOf(tx *db.Tx, meeting string) (Minutes, bool, error) {
	return db.Maybe(db.One(tx, scanMinutes, `SELECT `+minutesColumns+` FROM minutes WHERE meeting = $1`, meeting))
}

func insertMinutes(tx *db.Tx, n Minutes) error {
	return tx.Exec(`INSERT INTO minutes (`+minutesColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		n.Meeting, n.Text, n.State, n.DraftedByID, n.DraftedBy, n.DraftedAt, n.Letter, n.Number, nullTime(n.IssuedAt),
		n.Version)
}

// updateMinutes writes minutes if they are still those that were read.
func updateMinutes(tx *db.Tx, n *Minutes) error {
	err := tx.ExecOne(`UPDATE minutes SET text = $1, state = $2, drafted_by_id = $3, drafted_by = $4, drafted_at = $5,
			letter = $6, number = $7, issued_at = $8, version = version + 1 WHERE meeting = $9 AND version = $10`,
		n.Text, n.State, n.DraftedByID, n.DraftedBy, n.DraftedAt, n.Letter, n.Number, nullTime(n.IssuedAt), n.Meeting,
		n.Version)
	n.Version++
	return err
}

const decisionColumns = `d.id, d.meeting, d.number, d.text, d.agenda_item, d.lead, d.supporting, d.due_on,
	d.due_by_lead,
	d.follow, d.why_not, d.indicator, d.goal, d.matter`

func scanDecision(r db.Row) (d Decision, err error) {
	var units string
	if err := r.Scan(&d.ID, &d.Meeting, &d.Number, &d.Text, &d.AgendaItem, &d.Lead, &units, &d.DueOn, &d.DueByLead,
		&d.Follow, &d.WhyNot, &d.Indicator, &d.Goal, &d.Matter); err != nil {
		return d, err
	}
	return d, codes(units, &d.Supporting)
}

// decisionsOf are what a meeting decided, in order.
func decisionsOf(tx *db.Tx, meeting string) ([]Decision, error) {
	return db.All(tx, scanDecision, `SELECT `+decisionColumns+` FROM decisions d WHERE d.meeting = $1
		ORDER BY d.number, d.id`, meeting)
}

func decisionByID(tx *db.Tx, id string) (Decision, error) {
	return db.One(tx, scanDecision, `SELECT `+decisionColumns+` FROM decisions d WHERE d.id = $1`, id)
}

func putDecision(tx *db.Tx, d Decision) error {
	return tx.Exec(`INSERT INTO decisions (id, meeting, number, text, agenda_item, lead, supporting, due_on,
		due_by_lead,
			follow, why_not, indicator, goal, matter)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET number = excluded.number, text = excluded.text,
			agenda_item = excluded.agenda_item, lead = excluded.lead, supporting = excluded.supporting,
			due_on = excluded.due_on, due_by_lead = excluded.due_by_lead, follow = excluded.follow,
			why_not = excluded.why_not, indicator = excluded.indicator, goal = excluded.goal, matter = excluded.matter`,
		d.ID, d.Meeting, d.Number, d.Text, d.AgendaItem, d.Lead, asList(d.Supporting), d.DueOn, d.DueByLead, d.Follow,
		d.WhyNot, d.Indicator, d.Goal, d.Matter)
}

func dropDecision(tx *db.Tx, id string) error {
	return tx.Exec(`DELETE FROM decisions WHERE id = $1`, id)
}

// openDecisions are the decisions that are to be followed up of all meetings of hosts in an area before an instant,
// newest meeting first, with those meetings' ids.
func openDecisions(tx *db.Tx, areaPath string, before time.Time) ([]Decision, error) {
	return db.All(tx, scanDecision, `SELECT `+decisionColumns+` FROM decisions d JOIN meetings m ON m.id = d.meeting
		WHERE m.area_path = $1 AND m.starts < $2 AND d.follow AND m.state IN ('held', 'minuted')
		ORDER BY m.starts DESC, d.number, d.id`, areaPath, before)
}

// led are the decisions of open meetings that the units lead and whose day they are to set.
func led(tx *db.Tx, units []string) ([]Decision, error) {
	return db.All(tx, scanDecision, `SELECT `+decisionColumns+` FROM decisions d JOIN meetings m ON m.id = d.meeting
		WHERE m.state = 'minuted' AND d.follow AND d.due_by_lead AND d.due_on = ''
		AND d.lead IN (SELECT j.key FROM json_each($1) j) ORDER BY m.starts, d.number`, db.Texts(units))
}
