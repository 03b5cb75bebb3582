package evaluation

// Rows of data sheets with their signatures, and of indicators that somebody moved.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/signed"
)

const sheetColumns = `s.id, s.round_id, s.unit, s.number, s.state, s.text, s.digest, s.reason, s.person_id, s.person,
	s.prepared_at, s.version, s.updated_by, s.updated_at`

func scanSheet(r db.Row) (s Sheet, err error) {
	err = r.Scan(&s.ID, &s.RoundID, &s.Unit, &s.Number, &s.State, &s.Text, &s.Digest, &s.Reason, &s.PersonID, &s.Person,
		&s.PreparedAt, &s.Version, &s.UpdatedBy, &s.UpdatedAt)
	s.PreparedAt, s.UpdatedAt = s.PreparedAt.UTC(), s.UpdatedAt.UTC()
	return s, err
}

// SheetsOf are all versions of a participant's sheet with their signatures, oldest first.
func SheetsOf(tx *db.Tx, round, unit string) ([]Sheet, error) {
	all, err := db.All(tx, scanSheet, `SELECT `+sheetColumns+` FROM round_sheets s WHERE s.round_id = $1 AND s.unit = $2
		ORDER BY s.number`, round, unit)
	return withSignatures(tx, all, err)
}

// newestOnly keeps, of the sheets of a participant, the newest version.
const newestOnly = ` AND NOT EXISTS (SELECT 1 FROM round_sheets o WHERE o.round_id = s.round_id AND o.unit = s.unit
	AND o.number > s.number)`

// sheetStates are where the newest versions of the sheets of a round stand, by unit: without their texts, which are
// large.
func sheetStates(tx *db.Tx, round string) (map[string]SheetState, error) {
	type row struct {
		unit  string
		state SheetState
	}
	all, err := db.All(tx, func(r db.Row) (s row, err error) { return s, r.Scan(&s.unit, &s.state) },
		`SELECT s.unit, s.state FROM round_sheets s WHERE s.round_id = $1`+newestOnly, round)
	by := map[string]SheetState{}
	for _, s := range all {
		by[s.unit] = s.state
	}
	return by, err
}

// signedSheets are the newest versions of the sheets of a round that two have signed, by unit, without their
// signatures: of all units, or of some.
func signedSheets(tx *db.Tx, round string, of ...string) (map[string]Sheet, error) {
	where, args := newestOnly, []any{round, string(SheetSigned)}
	if of != nil {
		where, args = where+` AND s.unit IN (SELECT j.key FROM json_each($3) j)`, append(args, db.Texts(of))
	}
	all, err := db.All(tx, scanSheet, `SELECT `+sheetColumns+` FROM round_sheets s WHERE s.round_id = $1
		AND s.state = $2`+where, args...)
	by := map[string]Sheet{}
	for _, s := range all {
		by[s.Unit] = s
	}
	return by, err
}

func everySheet(tx *db.Tx) ([]Sheet, error) {
	all, err := db.All(tx, scanSheet, `SELECT `+sheetColumns+` FROM round_sheets s ORDER BY s.id`)
	return withSignatures(tx, all, err)
}

func withSignatures(tx *db.Tx, all []Sheet, err error) ([]Sheet, error) {
	for i := range all {
		if err == nil {
			all[i].Signatures, err = db.All(tx, func(r db.Row) (signed.Signature, error) { return signed.Scan(r) },
				`SELECT `+signed.Columns+` FROM round_sheet_signatures g`+signed.Keys+`WHERE g.sheet_id = $1
				ORDER BY g.role`, all[i].ID)
		}
	}
	return all, err
}

func insertSheet(tx *db.Tx, s Sheet) error {
	return tx.Exec(`INSERT INTO round_sheets (id, round_id, unit, number, state, text, digest, reason, person_id,
		person, prepared_at, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, s.ID, s.RoundID, s.Unit, s.Number,
		string(s.State), s.Text, s.Digest, s.Reason, s.PersonID, s.Person, s.PreparedAt, s.Version, s.UpdatedBy,
		s.UpdatedAt)
}

// updateSheet writes where a version stands, if the row is still the one that was read.
func updateSheet(tx *db.Tx, s *Sheet) error {
	s.Version++
	return tx.ExecOne(`UPDATE round_sheets SET state = $1, reason = $2, version = $3, updated_by = $4, updated_at = $5
		WHERE id = $6 AND version = $7`, string(s.State), s.Reason, s.Version, s.UpdatedBy, s.UpdatedAt, s.ID,
		s.Version-1)
}

// row is what of a sheet the journal has to say.
func (s Sheet) row() held.Row {
	return held.Row{"round_id": s.RoundID, "unit": s.Unit, "number": held.Int(s.Number), "state": string(s.State),
		"text": s.Text, "digest": s.Digest, "reason": s.Reason, "person_id": s.PersonID, "person": s.Person,
		"prepared_at": held.Time(s.PreparedAt), "version": held.Int(s.Version), "updated_by": s.UpdatedBy,
		"updated_at": held.Time(s.UpdatedAt)}
}

func insertSignature(tx *db.Tx, sheet string, g signed.Signature) error {
	return tx.Exec(`INSERT INTO round_sheet_signatures (sheet_id, role, person_id, person, post, unit, key_id, digest,
		signature, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, sheet, g.Role, g.PersonID, g.Person, g.Post,
		g.Unit, g.KeyID, g.Digest, g.Value, g.At)
}

func scanMove(r db.Row) (m Move, err error) {
	return m, r.Scan(&m.RoundID, &m.Unit, &m.Indicator, &m.Class, &m.Reason, &m.Person, &m.On)
}

const moves = `SELECT m.round_id, m.unit, m.indicator, m.class, m.reason, m.person, m.moved_on FROM round_moves m `

// movesOf are those of a participant, by indicator.
func movesOf(tx *db.Tx, round, unit string) (map[string]Move, error) {
	all, err := db.All(tx, scanMove, moves+`WHERE m.round_id = $1 AND m.unit = $2`, round, unit)
	by := map[string]Move{}
	for _, m := range all {
		by[m.Indicator] = m
	}
	return by, err
}

// movedUnits are the participants of a round some of whose indicators somebody moved.
func movedUnits(tx *db.Tx, round string) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT DISTINCT m.unit FROM round_moves m WHERE m.round_id = $1`, round)
}

func everyMove(tx *db.Tx) ([]Move, error) {
	return db.All(tx, scanMove, moves+`ORDER BY m.round_id, m.unit, m.indicator`)
}

func putMove(tx *db.Tx, m Move) error {
	return tx.Exec(`INSERT INTO round_moves (round_id, unit, indicator, class, reason, person, moved_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (round_id, unit, indicator) DO UPDATE SET
		class = excluded.class, reason = excluded.reason, person = excluded.person, moved_on = excluded.moved_on`,
		m.RoundID, m.Unit, m.Indicator, m.Class, m.Reason, m.Person, m.On)
}

func (m Move) row() held.Row {
	return held.Row{"round_id": m.RoundID, "unit": m.Unit, "indicator": m.Indicator, "class": m.Class,
		"reason": m.Reason, "person": m.Person, "moved_on": m.On}
}
