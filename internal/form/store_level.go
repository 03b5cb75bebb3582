package form

// Which form owns an element at which level, and whether its number is reported there or added up.

import (
	"maps"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Source says which form a level's value of an element comes from, and how. Sexes are those of the form's columns, or
// quantity.SexTotal alone; Sums is the element's.
type Source struct {
	FormID int64
	Method Method
	Sexes  []int
	Sums   bool
}

// ElementLevel is an element at an area level.
type ElementLevel struct {
	ElementID int64
	Level     string
}

// Levels returns where the values of all elements come from at every level that has one; shared, so not to be changed.
func Levels(tx *db.Tx) (map[ElementLevel]Source, error) {
	return db.Remember(tx, allLevels{}, readLevels)
}

func readLevels(tx *db.Tx) (map[ElementLevel]Source, error) {
	by := map[ElementLevel]Source{}
	parsed := map[string][]int{}
	err := db.Each(tx, func(r db.Row) error {
		var element, form any // database/sql copies these without reflection, and there are thousands of rows
		var level, method, sexes string
		var sums bool
		if err := r.Scan(&element, &level, &form, &method, &sexes, &sums); err != nil {
			return err
		}
		if parsed[sexes] == nil {
			var err error
			if parsed[sexes], err = parseSexes(sexes); err != nil {
				return err
			}
		}
		by[ElementLevel{element.(int64), level}] = Source{form.(int64), Method(method), parsed[sexes], sums}
		return nil
	}, `SELECT l.element_id, l.level, l.form_id, l.method, l.sexes, e.sums FROM element_levels l
		JOIN elements e ON e.id = l.element_id`)
	return by, err
}

func parseSexes(text string) (sexes []int, err error) {
	for _, sex := range strings.Fields(text) {
		n, err := strconv.Atoi(sex)
		if err != nil {
			return nil, err
		}
		sexes = append(sexes, n)
	}
	return sexes, nil
}

// putLevels makes f the owner of its elements at its levels. An element that a new edition no longer asks for keeps its
// levels, because its old facts are still summed by them.
func putLevels(tx *db.Tx, f Form) error {
	var asked []int64
	for _, row := range f.Rows {
		asked = append(asked, row.Of.ID)
	}
	if err := tx.Exec(`DELETE FROM element_levels WHERE form_id = $1 AND element_id IN (`+db.Ints(
		asked)+`)`, f.ID); err != nil {
		return err
	}
	var sexes []string
	for _, column := range f.Columns {
		sexes = append(sexes, strconv.Itoa(column.Sex))
	}
	shared, err := Levels(tx)
	if err != nil {
		return err
	}
	owners := maps.Clone(shared)
	for _, row := range f.Rows {
		for level, method := range f.Levels {
			at := ElementLevel{row.Of.ID, level}
			if owner, taken := owners[at]; taken && owner.FormID != f.ID {
				return errs.Conflictf("数据项%s在层级%s已由另一张报表负责：一个数只有一个来源。", row.Element, level)
			} else if taken {
				continue // asked in two calibres
			}
			owners[at] = Source{FormID: f.ID, Method: method}
			err := tx.Exec(`INSERT INTO element_levels (element_id, level, form_id, method, sexes)
				VALUES ($1, $2, $3, $4, $5)`,
				row.Of.ID, level, f.ID, string(method), strings.Join(sexes, " "))
			if err != nil {
				return err
			}
		}
	}
	return nil
}
