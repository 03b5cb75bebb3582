package supervision

// Who speaks for an area that is visited: to whom its letter goes and whom a visit counts for.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
)

// sides are the units that speak for an area: its government, and its committee with the office that serves it, which
// is the one that works here; the committee alone where none does. What there is not is empty.
func sides(tx *db.Tx, areaID int64) (government, committee, office string, err error) {
	area, err := network.AreaByID(tx, areaID)
	if err != nil {
		return "", "", "", err
	}
	if office, err = matter.OfficeOf(tx, area); err != nil && errs.KindOf(err) != errs.Invalid {
		return "", "", "", err
	}
	if office != "" {
		u, err := network.UnitByCode(tx, office)
		if err != nil {
			return "", "", "", err
		}
		committee = u.Parent
	}
	if committee == "" {
		committees, err := network.Committees(tx, areaID)
		if err != nil {
			return "", "", "", err
		}
		committee = append(committees, "")[0]
	}
	governments, err := network.Governments(tx, areaID)
	return append(governments, "")[0], committee, office, err
}
