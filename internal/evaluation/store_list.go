package evaluation

// Where the list of rounds comes from.

import (
	"encoding/json"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
)

func source(by auth.User, state, kind string) list.Source[Listing] {
	s := list.Source[Listing]{Key: "r.id", From: "evaluation_rounds r", Few: true,
		Select: `r.id, r.title, r.kind, r.unit, r.from_period, r.until_period, r.cutoff_on, r.state, r.stages, u.name,
			u.name_en FROM evaluation_rounds r JOIN units u ON u.code = r.unit`,
		Scan: func(row db.Row) (l Listing, err error) {
			var stages string
			if err = row.Scan(&l.ID, &l.Title, &l.Kind, &l.Unit, &l.From, &l.Until, &l.CutoffOn, &l.State, &stages,
				&l.name, &l.nameEN); err != nil {
				return l, err
			}
			var all []Stage
			err = json.Unmarshal([]byte(stages), &all)
			for _, one := range all {
				if l.Stages++; one.over() {
					l.Done++
				}
			}
			return l, err
		},
		ID: func(l Listing) string { return l.ID },
		Orders: map[string][]string{"title": {"r.title", "r.id"}, "kind": {"r.kind", "r.id"},
			"from": {"r.from_period", "r.until_period", "r.id"}, "cutoff": {"r.cutoff_on", "r.id"},
			"state": {"r.state", "r.id"}}}
	units, paths := by.Scope()
	s.And(seen, auth.Keys(units), auth.Keys(paths))
	if state != "" {
		s.Equal("state", "r.state", state)
	}
	if kind != "" {
		s.Equal("kind", "r.kind", kind)
	}
	return s
}
