package indicator

// Who was the source of an indicator before somebody took over, and what it was called before.

import (
	"slices"

	"yipanqi/internal/db"
)

type pastSource struct{ unit, closesOn string }

type allPast struct{}

// pastSources are those of each indicator, oldest first; shared, so not to be changed.
func pastSources(tx *db.Tx) (map[int64][]pastSource, error) {
	return db.Remember(tx, allPast{}, func(tx *db.Tx) (map[int64][]pastSource, error) {
		by := map[int64][]pastSource{}
		err := db.Each(tx, func(r db.Row) error {
			var id int64
			var p pastSource
			err := r.Scan(&id, &p.unit, &p.closesOn)
			by[id] = append(by[id], p)
			return err
		}, `SELECT indicator_id, unit, closes_on FROM indicator_sources_past ORDER BY indicator_id, closes_on`)
		return by, err
	})
}

// HandSource makes another unit the source from a day on.
func HandSource(tx *db.Tx, code, unit, day string) error {
	i, err := ByCode(tx, code)
	if err != nil {
		return err
	}
	if err := tx.Exec(`INSERT INTO indicator_sources_past (indicator_id, unit, opens_on, closes_on)
		SELECT id, source_unit, source_since, $1 FROM indicators WHERE id = $2`, day, i.ID); err != nil {
		return err
	}
	return tx.Exec(`UPDATE indicators SET source_unit = $1, source_since = $2 WHERE id = $3`, unit, day, i.ID)
}

// handedOn says whether the unit was the source once and somebody took over: a file of before changes that no more.
func handedOn(tx *db.Tx, id int64, unit string) (bool, error) {
	past, err := pastSources(tx)
	return unit != "" && slices.ContainsFunc(past[id], func(p pastSource) bool { return p.unit == unit }), err
}

// Rename calls an indicator otherwise from a day on.
func Rename(tx *db.Tx, i Indicator, name, nameEN, day string) error {
	if err := tx.Exec(`INSERT INTO indicator_names_past (indicator_id, name, name_en, closes_on)
		VALUES ($1, $2, $3, $4)`, i.ID, i.Name, i.NameEN, day); err != nil {
		return err
	}
	i.Name, i.NameEN = name, nameEN
	_, _, err := Put(tx, i)
	return err
}

// calledOnce says whether an indicator had the name once and was renamed: a file of before changes that no more.
func calledOnce(tx *db.Tx, id int64, name string) (bool, error) {
	n, err := db.Value[int](tx, `SELECT count(*) FROM indicator_names_past WHERE indicator_id = $1 AND name = $2`, id,
		name)
	return n > 0, err
}
