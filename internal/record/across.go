package record

// Rules on several records together: their confirmed values with this record's, those that are alike and of one year.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/register"
)

// across are the rules on several records that a record breaks with those confirmed in its area.
func (k desk) across(tx *db.Tx, r Record) (said []register.Said, err error) {
	if len(k.d.Across) == 0 {
		return nil, nil
	}
	others, err := beside(tx, r)
	if err != nil {
		return nil, err
	}
	return k.d.JudgeAcross(r.asked(k.places), k.w, func(a register.Across) (bodies []register.Body) {
		year, known := a.Year(r.Body[a.At])
		if !known {
			return nil
		}
		bodies = append(bodies, r.Body)
		for _, o := range others {
			if a.In(o.Counted[a.At], year) && k.alike(a.Alike, o, r) {
				bodies = append(bodies, o.Counted)
			}
		}
		return bodies
	}), nil
}

func (k desk) alike(codes []string, o, r Record) bool {
	for _, code := range codes {
		switch code {
		case "unit":
			if o.Unit != r.Unit {
				return false
			}
		case "area":
			if o.Area != r.Area {
				return false
			}
		default:
			if register.IsNothing(r.Body[code]) || o.Counted[code] != r.Body[code] {
				return false
			}
		}
	}
	return true
}
