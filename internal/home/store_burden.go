package home

// The reports that were due in a year, and when each was opened. What is asked twice burden.go says.

import (
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/period"
	"yipanqi/internal/submission"
)

// askedReport is a report as it was asked for.
type askedReport struct {
	id, unit, areaCode string
	form, area         int64
	period             period.Period
	state              submission.State
}

func scanAsked(r db.Row) (a askedReport, err error) {
	return a, r.Scan(&a.id, &a.unit, &a.areaCode, &a.form, &a.area, &a.period, &a.state)
}

const askedColumns = `s.id, s.unit, s.area_code, s.form_id, s.area_id, s.period, s.state`

// askedReports are those due from a day on until before another that by may see; of one unit, or of all if it is empty.
// What is no longer asked for, or was imported, was no work.
func askedReports(tx *db.Tx, by auth.User, unit, from, until string) ([]askedReport, error) {
	units, paths := by.Scope()
	return db.All(tx, scanAsked, `SELECT `+askedColumns+` FROM submissions s WHERE s.due_on >= $3 AND s.due_on < $4
		AND s.state NOT IN ('withdrawn', 'historical') AND ($5 = '' OR s.unit = $5)
		AND `+auth.Visible("s.unit", "s.area_path", 1)+` ORDER BY s.unit, s.form_id, s.period, s.area_code`,
		db.Texts(units), db.Texts(paths), from, until, unit)
}

// askedOf are the reports of some forms, of all units: whether something is asked twice does not depend on who looks.
func askedOf(tx *db.Tx, forms, periods []int64) ([]askedReport, error) {
	return db.All(tx, scanAsked, `SELECT `+askedColumns+` FROM submissions s
		WHERE s.form_id IN (`+db.Ints(forms)+`) AND s.period IN (`+db.Ints(periods)+`)
		AND s.state NOT IN ('withdrawn', 'historical')`)
}

// openedAt are the moments in which reports were asked for, by id.
func openedAt(tx *db.Tx, ids []string) (map[string]time.Time, error) {
	objects := make([]string, len(ids))
	for i, id := range ids {
		objects[i] = submission.Submission{ID: id}.Object()
	}
	at := map[string]time.Time{}
	const before = len("submission/")
	return at, db.Each(tx, func(r db.Row) error {
		var object string
		var when time.Time
		err := r.Scan(&object, &when)
		if was, there := at[object[before:]]; err == nil && (!there || when.Before(was)) {
			at[object[before:]] = when.UTC()
		}
		return err
	}, `SELECT object, at FROM journal WHERE object IN (SELECT j.key FROM json_each($1) j) AND verb = $2`,
		db.Texts(objects), submission.VerbOpen)
}
