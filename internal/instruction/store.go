package instruction

// The rows of instructions, written only if they are still the ones that were read. The list is store_list.go's.

import (
	"database/sql"

	"yipanqi/internal/db"
)

const columns = `i.id, i.unit, i.area_path, i.office, i.leader_id, i.leader, i.written_on, i.text, i.about, i.title,
	i.proposal, i.kind, i.due_on, i.entered, i.paper, i.confirmed_at, i.follows, i.report, i.reported_on, i.reason,
	i.state, i.entries, i.version, i.created_at, i.updated_by, i.updated_at`

func scan(r db.Row) (i Instruction, err error) {
	var confirmed sql.NullTime
	err = r.Scan(&i.ID, &i.Unit, &i.AreaPath, &i.Office, &i.LeaderID, &i.Leader, &i.WrittenOn, &i.Text, &i.About,
		&i.Title, &i.Proposal, &i.Kind, &i.DueOn, &i.Entered, &i.Paper, &confirmed, &i.Follows, &i.Report,
		&i.ReportedOn, &i.Reason, &i.State, &i.Entries, &i.Version, &i.CreatedAt, &i.UpdatedBy, &i.UpdatedAt)
	if confirmed.Valid {
		i.Confirmed = confirmed.Time.UTC()
	}
	i.CreatedAt, i.UpdatedAt = i.CreatedAt.UTC(), i.UpdatedAt.UTC()
	return i, err
}

// Get returns an instruction, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Instruction, error) {
	i, err := db.One(tx, scan, `SELECT `+columns+` FROM instructions i WHERE i.id = $1`, id)
	if err != nil {
		return i, err
	}
	i.Units, err = unitsOf(tx, id)
	return i, err
}

// Of returns the instructions on an object, newest first, whoever asks.
func Of(tx *db.Tx, about string) ([]Instruction, error) {
	return withUnits(tx, `WHERE i.about = $1 AND i.about <> '' ORDER BY i.id DESC`, about)
}

// withUnits reads instructions with the units that each names.
func withUnits(tx *db.Tx, where string, args ...any) ([]Instruction, error) {
	all, err := db.All(tx, scan, `SELECT `+columns+` FROM instructions i `+where, args...)
	for n := range all {
		if err == nil {
			all[n].Units, err = unitsOf(tx, all[n].ID)
		}
	}
	return all, err
}

// OfLeader returns what a leader wrote or has to write, in one of the states, oldest first.
func ofLeader(tx *db.Tx, leader string, state State) ([]Instruction, error) {
	return withUnits(tx, `WHERE i.leader_id = $1 AND i.state = $2 ORDER BY i.id LIMIT 100`, leader, string(state))
}

// unconfirmed returns what was written down for a leader and not yet looked at.
func unconfirmed(tx *db.Tx, leader string) ([]Instruction, error) {
	return withUnits(tx, `WHERE i.leader_id = $1 AND i.entered = 'on_behalf' AND i.confirmed_at IS NULL
		AND i.written_on <> '' AND i.state <> 'withdrawn' ORDER BY i.id LIMIT 100`, leader)
}

// kept returns what an office sees to, in one of the states, oldest first.
func kept(tx *db.Tx, office string, state State) ([]Instruction, error) {
	return withUnits(tx, `WHERE i.office = $1 AND i.state = $2 ORDER BY i.id LIMIT 200`, office, string(state))
}

// runningAfter returns what is being done, in pieces by id.
func runningAfter(tx *db.Tx, _, after string, most int) ([]Instruction, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM instructions i WHERE i.state = 'running' AND i.id > $1
		ORDER BY i.id LIMIT $2`, after, most)
}

func unitsOf(tx *db.Tx, id string) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT unit FROM instruction_units WHERE instruction_id = $1
		ORDER BY position`, id)
}

// all returns every instruction, for verification.
func all(tx *db.Tx) ([]Instruction, error) { return withUnits(tx, `ORDER BY i.id`) }

func insert(tx *db.Tx, i Instruction) error {
	err := tx.Exec(`INSERT INTO instructions (id, unit, area_path, office, leader_id, leader, written_on, text, about,
			title, proposal, kind, due_on, entered, paper, confirmed_at, follows, report, reported_on, reason, state,
			entries, version, created_at, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL, $16, '', '', '', $17, 1, 1, $18,
			$19, $18)`,
		i.ID, i.Unit, i.AreaPath, i.Office, i.LeaderID, i.Leader, i.WrittenOn, i.Text, i.About, i.Title, i.Proposal,
		string(i.Kind), i.DueOn, i.Entered, i.Paper, i.Follows, string(i.State), i.CreatedAt, i.UpdatedBy)
	if err != nil {
		return err
	}
	return putUnits(tx, i)
}

// update writes what can change, if the row is still the one that was read.
func update(tx *db.Tx, i *Instruction) error {
	err := tx.ExecOne(`UPDATE instructions
		SET written_on = $1, text = $2, kind = $3, due_on = $4, entered = $5, paper = $6, confirmed_at = $7,
			report = $8, reported_on = $9, reason = $10, state = $11, entries = $12, version = version + 1,
			updated_by = $13, updated_at = $14
		WHERE id = $15 AND version = $16`,
		i.WrittenOn, i.Text, string(i.Kind), i.DueOn, i.Entered, i.Paper,
		sql.NullTime{Time: i.Confirmed, Valid: !i.Confirmed.IsZero()}, i.Report, i.ReportedOn, i.Reason,
		string(i.State), i.Entries, i.UpdatedBy, i.UpdatedAt, i.ID, i.Version)
	i.Version++
	return err
}

func putUnits(tx *db.Tx, i Instruction) error {
	if err := tx.Exec(`DELETE FROM instruction_units WHERE instruction_id = $1`, i.ID); err != nil {
		return err
	}
	for n, unit := range i.Units {
		if err := tx.Exec(`INSERT INTO instruction_units (instruction_id, position, unit) VALUES ($1, $2, $3)`, i.ID,
			n+1, unit); err != nil {
			return err
		}
	}
	return nil
}
