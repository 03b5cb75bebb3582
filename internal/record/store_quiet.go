package record

// Rows of what had nothing done with it; and what rules on several records and records to be opened look at.

import (
	"encoding/json"
	"fmt"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/register"
)

// undiscarded leaves out states that end a record without its counting, as a condition: codes are lower-case letters,
// digits and _ alone.
func undiscarded(d register.Definition) (text string) {
	for _, s := range d.States {
		if discarded(d, s.Code) {
			text += fmt.Sprintf(" AND r.state <> '%s'", s.Code)
		}
	}
	return text
}

// lastOf is the latest day that records of a register say under one field, by what they name in another.
func lastOf(tx *db.Tx, d register.Definition, link, on string) (map[string]string, error) {
	last := map[string]string{}
	return last, db.Each(tx, func(row db.Row) error {
		number, day := "", ""
		err := row.Scan(&number, &day)
		last[number] = day
		return err
	}, fmt.Sprintf(`SELECT r.body ->> '%s', max(r.body ->> '%s') FROM records r WHERE r.register = $1%s
		AND COALESCE(r.body ->> '%[1]s', '') <> '' AND COALESCE(r.body ->> '%[2]s', '') <> ''
		GROUP BY r.body ->> '%[1]s'`, link, on, undiscarded(d)), d.Code)
}

// opened are the months or years from one on, each with the number that a record of the register names: 2023-05 N-1.
func opened(tx *db.Tx, d register.Definition, from string) (map[string]bool, error) {
	there := map[string]bool{}
	all, err := db.All(tx, db.Single[string], fmt.Sprintf(`SELECT (r.body ->> '%[2]s') || ' ' ||
		COALESCE(r.body ->> '%[1]s', '') FROM records r WHERE r.register = $1 AND r.body ->> '%[2]s' >= $2`,
		d.Opens.Link, d.Opens.At), d.Code, from)
	for _, one := range all {
		there[one] = true
	}
	return there, err
}

// definedSince is when the first version of a register was put.
func definedSince(tx *db.Tx, code string) (time.Time, error) {
	return db.Value[time.Time](tx, `SELECT put_at FROM registers WHERE code = $1 ORDER BY version LIMIT 1`, code)
}

// beside are the other records of a register that count in the area of one.
func beside(tx *db.Tx, r Record) ([]Record, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM records r WHERE r.register = $1 AND r.area_path = $2
		AND r.counts = 1 AND r.id <> $3 ORDER BY r.number`, r.Register, r.AreaPath, r.ID)
}

// putStill writes what a rule of a register holds for, in place of what it held for before.
func putStill(tx *db.Tx, code, rule string, all []Still) error {
	if err := tx.Exec(`DELETE FROM record_quiet WHERE rule = $1 AND record_id IN
		(SELECT id FROM records WHERE register = $2)`, rule, code); err != nil || len(all) == 0 {
		return err
	}
	rows := map[string][2]string{}
	for _, s := range all {
		rows[s.record] = [2]string{s.Since, s.DueOn}
	}
	body, _ := json.Marshal(rows) // texts always marshal
	return tx.Exec(`INSERT INTO record_quiet (record_id, rule, since, due_on)
		SELECT j.key, $2, j.value ->> 0, j.value ->> 1 FROM json_each($1) j`, string(body), rule)
}

// endStill ends what a rule held for.
func endStill(tx *db.Tx, code, number, rule string) error {
	return tx.Exec(`DELETE FROM record_quiet WHERE rule = $1 AND record_id IN
		(SELECT id FROM records WHERE register = $2 AND number = $3)`, rule, code, number)
}

const stillColumns = `q.record_id, q.rule, q.since, q.due_on, r.number FROM record_quiet q
	JOIN records r ON r.id = q.record_id`

func scanStill(r db.Row) (s Still, err error) {
	return s, r.Scan(&s.record, &s.Rule, &s.Since, &s.DueOn, &s.number)
}

// stillOf are the rules that hold for a record.
func stillOf(tx *db.Tx, record string) ([]Still, error) {
	return db.All(tx, scanStill, `SELECT `+stillColumns+` WHERE q.record_id = $1 ORDER BY q.rule`, record)
}

// stillDue are those in order of their days, from a place on.
func stillDue(tx *db.Tx, until, day, key string, limit int) ([]Still, error) {
	return db.All(tx, scanStill, `SELECT `+stillColumns+` WHERE q.due_on <= $1
		AND (q.due_on, q.record_id || ':' || q.rule) > ($2, $3) ORDER BY q.due_on, q.record_id || ':' || q.rule
		LIMIT $4`, until, day, key, limit)
}

// stillBy are those of records that some units keep.
func stillBy(tx *db.Tx, code string, units []string, limit int) ([]Still, error) {
	return db.All(tx, scanStill, `SELECT `+stillColumns+` WHERE r.register = $1 AND r.unit IN
		(SELECT j.key FROM json_each($2) j) ORDER BY q.due_on, q.record_id LIMIT $3`, code, db.Texts(units), limit)
}
