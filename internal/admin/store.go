package admin

// Names of what journal entries are about. The entries are package journal's.

import (
	"encoding/json"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// name adds the names of the people, reports, forms and units that entries are about, by object; what is gone has none.
func name(tx *db.Tx, entries []journal.Entry, all map[string]network.Label) error {
	ids := map[string]map[string]int{"person": {}, "submission": {}}
	for _, e := range entries {
		if e.ActorID != "" {
			ids["person"][e.ActorID] = 1
		}
		kind, id, _ := strings.Cut(e.Object, "/")
		switch kind {
		case "person", "submission":
			ids[kind][id] = 1
		case "form":
			f, err := form.ByCode(tx, id)
			if err == nil {
				all[e.Object] = network.Label{Name: f.Name, NameEN: f.NameEN}
			} else if errs.KindOf(err) != errs.Missing {
				return err
			}
		case "unit":
			u, err := network.UnitByCode(tx, id)
			if err == nil {
				all[e.Object] = network.Label{Name: u.Name, NameEN: u.NameEN}
			} else if errs.KindOf(err) != errs.Missing {
				return err
			}
		}
	}
	err := db.Each(tx, func(r db.Row) error {
		var id string
		var l network.Label
		err := r.Scan(&id, &l.Name, &l.NameEN)
		all["person/"+id] = l
		return err
	}, `SELECT id, name, name_en FROM people WHERE id IN (SELECT j.key FROM json_each($1) j)`, keys(ids["person"]))
	if err != nil {
		return err
	}
	type report struct {
		id, unit string
		form     int64
		period   int
	}
	reports, err := db.All(tx, func(r db.Row) (s report, err error) {
		return s, r.Scan(&s.id, &s.form, &s.unit, &s.period)
	}, `SELECT id, form_id, unit, period FROM submissions WHERE id IN (SELECT j.key FROM json_each($1) j)`,
		keys(ids["submission"]))
	for i := 0; err == nil && i < len(reports); i++ {
		var f form.Form
		var u network.Unit
		var p period.Period
		if f, err = form.ByID(tx, reports[i].form); err == nil {
			u, err = network.UnitByCode(tx, reports[i].unit)
		}
		if err == nil {
			p, err = period.FromInt(reports[i].period)
		}
		all["submission/"+reports[i].id] = reportName(f, u, p)
	}
	return err
}

// called are the people whose names have text in them, as objects of the journal.
func called(tx *db.Tx, text string) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT 'person/' || id FROM people WHERE name LIKE '%' || $1 || '%'
		OR name_en LIKE '%' || $1 || '%'`, text)
}

func keys(ids map[string]int) string {
	text, _ := json.Marshal(ids)
	return string(text)
}
