package supervision

// How many visits units had, so that whoever asks them for more knows. A visit is of the office that works for its
// area, or else of the committee or the government there, and of each unit that keeps a place that was seen.

import (
	"cmp"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

// Loads are the visits that units had or are to have.
func Loads() []module.Load {
	return []module.Load{{Code: "visits", Name: "督导走访", Parts: "处点位", Of: visitedUnits}}
}

// visitedUnits counts the visits on a day from one on and before another, and the places seen, of each unit.
func visitedUnits(tx *db.Tx, by auth.User, from, until string) (map[string][2]int, error) {
	of, hosts, seenBy := map[string][2]int{}, map[int64]string{}, map[[2]string]bool{}
	add := func(unit, visit string, places int) {
		n := of[unit]
		if !seenBy[[2]string{unit, visit}] {
			seenBy[[2]string{unit, visit}] = true
			n[0]++
		}
		n[1] += places
		of[unit] = n
	}
	type stop struct {
		visit, keeper string // keeper: of a place that is in a register
		area          int64
		place         bool
	}
	stops, err := db.All(tx, func(r db.Row) (s stop, err error) {
		return s, r.Scan(&s.visit, &s.area, &s.place, &s.keeper)
	}, `SELECT v.id, v.area_id, s.id IS NOT NULL, COALESCE(r.unit, '') FROM visits v
		LEFT JOIN visit_sites s ON s.visit_id = v.id
		LEFT JOIN records r ON s.record = 'record/' || r.id
		WHERE v.on_day >= $4 AND v.on_day < $5 AND v.state <> 'cancelled' AND `+seen+` ORDER BY v.id, s.id`,
		append(scope(by), from, until)...)
	if err != nil {
		return nil, err
	}
	for _, s := range stops {
		if _, known := hosts[s.area]; !known {
			all, err := sidesOf(tx, s.area)
			if err != nil {
				return nil, err
			}
			speaks := append(append([]string{all.office}, all.committees...), all.governments...)
			hosts[s.area] = cmp.Or(speaks...)
		}
		host, places := hosts[s.area], 0
		if s.place {
			places = 1
		}
		if s.keeper != "" && s.keeper != host {
			add(s.keeper, s.visit, places)
			places = 0
		}
		if host != "" {
			add(host, s.visit, places)
		}
	}
	return of, nil
}
