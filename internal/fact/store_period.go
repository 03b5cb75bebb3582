package fact

import (
	"yipanqi/internal/db"
	"yipanqi/internal/period"
)

// Periods are those for which reports are due in any of the areas, in order. It reads what is expected, not the facts,
// so it costs little at any size.
func Periods(tx *db.Tx, areas []int64) ([]period.Period, error) {
	return db.All(tx, db.Single[period.Period], `SELECT DISTINCT period FROM expectations
		WHERE area_id IN (`+db.Ints(areas)+`) AND due > 0 ORDER BY period`)
}
