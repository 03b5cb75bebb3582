package form

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Source says which form a level's value of an element comes from, and how.
type Source struct {
	FormID int64
	Method Method
}

// ElementLevel is an element at an area level.
type ElementLevel struct {
	ElementID int64
	Level     string
}

// LevelsOf returns where the value of every element comes from at every level that has one.
func LevelsOf(tx *db.Tx) (map[ElementLevel]Source, error) {
	by := map[ElementLevel]Source{}
	err := db.Each(tx, func(r db.Row) error {
		var at ElementLevel
		var s Source
		err := r.Scan(&at.ElementID, &at.Level, &s.FormID, &s.Method)
		by[at] = s
		return err
	}, `SELECT element_id, level, form_id, method FROM element_levels`)
	return by, err
}

// putLevels makes f the owner of its elements at its levels.
func putLevels(tx *db.Tx, f Form) error {
	if err := tx.Exec(`DELETE FROM element_levels WHERE form_id = $1`, f.ID); err != nil {
		return err
	}
	owners, err := LevelsOf(tx)
	if err != nil {
		return err
	}
	for _, row := range f.Rows {
		for level, method := range f.Levels {
			at := ElementLevel{row.Of.ID, level}
			if owner, taken := owners[at]; taken && owner.FormID != f.ID {
				return errs.Conflictf("数据项%s在层级%s已由另一张报表负责：一个数只有一个来源。", row.Element, level)
			} else if taken {
				continue // asked in two calibres
			}
			owners[at] = Source{f.ID, method}
			err := tx.Exec(`INSERT INTO element_levels (element_id, level, form_id, method) VALUES ($1, $2, $3, $4)`,
				row.Of.ID, level, f.ID, string(method))
			if err != nil {
				return err
			}
		}
	}
	return nil
}
