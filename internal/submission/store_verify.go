package submission

// Rows as an audit reads them, past the code that it audits.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

// page returns the next rows by id, without form, unit and area beyond their keys.
func page(tx *db.Tx, after string, limit int) ([]Submission, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM submissions WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
}

// some are those of ids, as page returns them.
func some(tx *db.Tx, ids []string) ([]Submission, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM submissions WHERE id IN (SELECT j.key FROM json_each($1) j)
		ORDER BY id`, db.Texts(ids))
}

// owedRows are the submissions of one form and period, without form, unit and area beyond their keys, and without what
// people typed.
func owedRows(tx *db.Tx, formID int64, p period.Period) ([]Submission, error) {
	return db.All(tx, func(r db.Row) (s Submission, err error) {
		return s, r.Scan(&s.ID, &s.Unit.Code, &s.Area.ID, &s.Area.Path, &s.DueOn, &s.State)
	}, `SELECT s.id, s.unit, s.area_id, a.path, s.due_on, s.state FROM submissions s JOIN areas a ON a.id = s.area_id
		WHERE s.form_id = $1 AND s.period = $2 ORDER BY s.id`, formID, p)
}

// owedObjects are the forms and periods of which the journal says that something is owed.
func owedObjects(tx *db.Tx) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT DISTINCT object FROM journal WHERE verb = $1 ORDER BY object`, VerbOwe)
}

// owingBegun says whether the journal knows what is owed, or nothing is.
func owingBegun(tx *db.Tx) (bool, error) {
	n, err := db.Value[int64](tx, `SELECT count(*) FROM (SELECT 1 FROM journal WHERE verb = $1 LIMIT 1) j`, VerbOwe)
	if err != nil || n > 0 {
		return n > 0, err
	}
	n, err = db.Value[int64](tx, `SELECT count(*) FROM (SELECT 1 FROM submissions LIMIT 1) s`)
	return n == 0, err
}

// counted is a fact as it stands in the table.
type counted struct {
	fact.Cell
	Grade fact.Grade
}

// strays visits area, period and version of facts whose version is not the accepted one of a submission of just that
// area and period.
func strays(tx *db.Tx, visit func(area, period, version int64) error) error {
	return db.Each(tx, func(r db.Row) error {
		var area, period, version int64
		if err := r.Scan(&area, &period, &version); err != nil {
			return err
		}
		return visit(area, period, version)
	}, `SELECT DISTINCT f.area_id, f.period, f.version_id FROM facts f
		LEFT JOIN submissions s ON s.accepted_id = f.version_id AND s.area_id = f.area_id AND s.period = f.period
		WHERE s.id IS NULL ORDER BY f.area_id, f.period, f.version_id LIMIT 1000`)
}

// formKeys calls fn with every form_key that is not its form's.
func formKeys(tx *db.Tx, fn func(id, table, column, expected, actual string)) error {
	type key struct{ form, have string }
	all, err := db.All(tx, func(r db.Row) (k key, err error) { return k, r.Scan(&k.form, &k.have) },
		`SELECT DISTINCT f.code, s.form_key FROM submissions s JOIN forms f ON f.id = s.form_id
		ORDER BY f.code, s.form_key`)
	for _, k := range all {
		want := say.SortKey(k.form)
		if err != nil || k.have == want {
			continue
		}
		err = db.Each(tx, func(r db.Row) error {
			var id string
			err := r.Scan(&id)
			fn(id, "submissions", "form_key", want, k.have)
			return err
		}, `SELECT s.id FROM submissions s JOIN forms f ON f.id = s.form_id WHERE f.code = $1 AND s.form_key = $2
			ORDER BY s.id LIMIT 1000`, k.form, k.have)
	}
	return err
}

// copies calls fn with every copy of a code or path that is not what it was copied from.
func copies(tx *db.Tx, fn func(id, table, column, expected, actual string)) error {
	if err := formKeys(tx, fn); err != nil {
		return err
	}
	err := db.Each(tx, func(r db.Row) error {
		var id string
		var of, have [2]string
		err := r.Scan(&id, &of[0], &have[0], &of[1], &have[1])
		for i, column := range []string{"area_code", "area_path"} {
			if of[i] != have[i] {
				fn(id, "submissions", column, of[i], have[i])
			}
		}
		return err
	}, `SELECT s.id, a.code, s.area_code, a.path, s.area_path FROM submissions s JOIN areas a ON a.id = s.area_id
		WHERE s.area_code <> a.code OR s.area_path <> a.path ORDER BY s.id LIMIT 1000`)
	if err != nil {
		return err
	}
	return db.Each(tx, func(r db.Row) error {
		var id string
		var of, have [2]string
		err := r.Scan(&id, &of[0], &have[0], &of[1], &have[1])
		for i, column := range []string{"period", "area_id"} {
			if of[i] != have[i] {
				fn(id, "versions", column, of[i], have[i])
			}
		}
		return err
	}, `SELECT s.id, CAST(s.period AS TEXT), CAST(v.period AS TEXT), CAST(s.area_id AS TEXT), CAST(v.area_id AS TEXT)
		FROM versions v JOIN submissions s ON s.id = v.submission_id
		WHERE v.period <> s.period OR v.area_id <> s.area_id ORDER BY v.id LIMIT 1000`)
}
