package fact

// What is expected: how many reports are due where and when. Nothing here is about what came in.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/period"
)

// Periods are those for which reports are due in any of the areas, in order. It reads what is expected, not the facts,
// so it costs little at any size.
func Periods(tx *db.Tx, areas []int64) ([]period.Period, error) {
	areas, _, err := withEarlier(tx, areas)
	if err != nil {
		return nil, err
	}
	return db.All(tx, db.Single[period.Period], `SELECT DISTINCT period FROM expectations
		WHERE area_id IN (`+db.Ints(areas)+`) AND due > 0 ORDER BY period`)
}

// Expectation is whose reports of which form for which period a count is about.
type Expectation struct {
	Area   int64
	Period period.Period
	Form   int64
}

// Expected is how many reports of a form the sums take to be due at and below an area.
func Expected(tx *db.Tx, area int64, p period.Period, form int64) (int, error) {
	due, err := db.Value[int](tx, `SELECT due FROM expectations WHERE area_id = $1 AND period = $2 AND form_id = $3`,
		area, p, form)
	if errs.KindOf(err) == errs.Missing {
		return 0, nil
	}
	return due, err
}

// EachExpectation calls fn with every count.
func EachExpectation(tx *db.Tx, fn func(Expectation, int)) error {
	return db.Each(tx, func(r db.Row) error {
		var e Expectation
		var due int
		err := r.Scan(&e.Area, &e.Period, &e.Form, &due)
		fn(e, due)
		return err
	}, `SELECT area_id, period, form_id, due FROM expectations`)
}
