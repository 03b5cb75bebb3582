package change

// Rows of changes of persons, and what they are counted from.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

const personColumns = `c.id, c.unit, c.area_path, c.role, c.outgoing, c.outgoing_who, c.person_id, c.person, c.title,
	c.room, c.phone, c.changed_on, c.due_on, c.note, c.state, c.post, c.reported_on, c.reported_by, c.reported_id,
	c.confirmed_on, c.take_by, c.taken_on, c.taken, c.adjustment, c.version`

func scanPerson(r db.Row) (c PostChange, err error) {
	err = r.Scan(&c.ID, &c.Unit, &c.areaPath, &c.Role, &c.outgoingPost, &c.Outgoing, &c.personID, &c.Person, &c.Title,
		&c.Room, &c.Phone, &c.ChangedOn, &c.DueOn, &c.Note, &c.State, &c.post, &c.ReportedOn, &c.ReportedBy,
		&c.reportedID, &c.ConfirmedOn, &c.TakeBy, &c.TakenOn, &c.Taken, &c.Adjustment,
		&c.Version)
	c.Late = c.ReportedOn > c.DueOn
	return c, err
}

func personByID(tx *db.Tx, id string) (PostChange, error) {
	return db.One(tx, scanPerson, `SELECT `+personColumns+` FROM post_changes c WHERE c.id = $1`, id)
}

// personChanges are those of a condition on c, the newest first.
func personChanges(tx *db.Tx, where string, args ...any) ([]PostChange, error) {
	return db.All(tx, scanPerson, `SELECT `+personColumns+` FROM post_changes c `+where+`
		ORDER BY c.changed_on DESC, c.id DESC`, args...)
}

// seenChanges are those that by may see.
func seenChanges(tx *db.Tx, by auth.User) ([]PostChange, error) {
	units, paths := by.Scope()
	return personChanges(tx, `WHERE `+auth.Visible("c.unit", "c.area_path", 1), db.Texts(units), db.Texts(paths))
}

// openChanges are those that wait for somebody.
func openChanges(tx *db.Tx) ([]PostChange, error) {
	return personChanges(tx, `WHERE c.state IN ('reported', 'in_post')`)
}

func insertPerson(tx *db.Tx, c PostChange) error {
	return tx.Exec(`INSERT INTO post_changes (id, unit, area_path, role, outgoing, outgoing_who, person_id, person,
		title, room, phone, changed_on, due_on, note, state, post, reported_on, reported_by, reported_id, confirmed_on,
		take_by, taken_on, taken, adjustment, version, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, '', '',
		$22, 1, $23, $23)`, c.ID, c.Unit, c.areaPath, c.Role, c.outgoingPost, c.Outgoing, c.personID, c.Person, c.Title,
		c.Room, c.Phone, c.ChangedOn, c.DueOn, c.Note, c.State, c.post, c.ReportedOn, c.ReportedBy, c.reportedID,
		c.ConfirmedOn, c.TakeBy, c.Adjustment, tx.Now)
}

func updatePerson(tx *db.Tx, c *PostChange) error {
	err := tx.ExecOne(`UPDATE post_changes SET person_id = $1, state = $2, post = $3, confirmed_on = $4, take_by = $5,
		taken_on = $6, taken = $7, updated_at = $8, version = version + 1 WHERE id = $9 AND version = $10`,
		c.personID, c.State, c.post, c.ConfirmedOn, c.TakeBy, c.TakenOn, c.Taken, tx.Now, c.ID, c.Version)
	c.Version++
	return err
}
