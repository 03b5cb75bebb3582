package meeting

// The plenaries of a committee, for what only a plenary decides.

import (
	"slices"

	"yipanqi/internal/db"
)

// Plenaries are the plenaries of the committee of an area, from a day on, that were held and decided something, newest
// first, whoever asks.
func Plenaries(tx *db.Tx, areaPath, from string) (some []Meeting, err error) {
	all, err := every(tx, Held, Minuted, Closed)
	for _, m := range all {
		if m.AreaPath != areaPath || m.Day() < from || m.Kind != "plenary" && m.Kind != "enlarged_plenary" {
			continue
		}
		decided, err := decisionsOf(tx, m.ID)
		if err != nil {
			return nil, err
		}
		if len(decided) > 0 {
			some = append(some, m)
		}
	}
	slices.SortFunc(some, func(a, b Meeting) int { return b.Starts.Compare(a.Starts) })
	return some, err
}
