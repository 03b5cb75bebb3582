package element

// Which form owns an element at which level, and whether its number is reported there or added up.

import (
	"maps"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Method says which number is an element's value at an area level.
type Method string

const (
	OwnReport  Method = "own"         // what the area reports itself
	RolledUp   Method = "rolled_up"   // the sum of the areas below
	OwnChecked Method = "own_checked" // its own report; a difference to the sum is a finding
)

// Source says which form a level's value of an element comes from, and how. Sexes are those of the form's columns, or
// quantity.SexTotal alone; Sums is the element's.
type Source struct {
	FormID int64
	Method Method
	Sexes  []int
	Sums   bool
	Spans  []Span // of categories; none: the form has no columns for any
}

// At is an element at an area level.
type At struct {
	ElementID int64
	Level     string
}

// Levels returns where the values of all elements come from at every level that has one; shared, so not to be changed.
func Levels(tx *db.Tx) (map[At]Source, error) {
	return db.Remember(tx, allLevels{}, readLevels)
}

func readLevels(tx *db.Tx) (map[At]Source, error) {
	by := map[At]Source{}
	parsed, spans := map[string][]int{}, map[string][]Span{}
	err := db.Each(tx, func(r db.Row) error {
		var element, form any // database/sql copies these without reflection, and there are thousands of rows
		var level, method, sexes, categories string
		var sums bool
		if err := r.Scan(&element, &level, &form, &method, &sexes, &sums, &categories); err != nil {
			return err
		}
		if parsed[sexes] == nil {
			var err error
			if parsed[sexes], err = parseSexes(sexes); err != nil {
				return &db.Unreadable{Table: "element_levels", Column: "sexes", Err: err}
			}
		}
		if categories != "" && spans[categories] == nil {
			var err error
			if spans[categories], err = parseSpans(categories); err != nil {
				return &db.Unreadable{Table: "element_levels", Column: "categories", Err: err}
			}
		}
		by[At{element.(int64), level}] = Source{form.(int64), Method(method), parsed[sexes], sums, spans[categories]}
		return nil
	}, `SELECT l.element_id, l.level, l.form_id, l.method, l.sexes, e.sums, l.categories FROM element_levels l
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

// PutLevels makes a form the owner of the elements that it asks for, at its levels. An element that a new edition no
// longer asks for keeps its levels, because its old facts are still summed by them.
func PutLevels(tx *db.Tx, formID int64, asked []Element, levels map[string]Method, sexes []int,
	spans []Span) error {
	ids, codes := []int64{}, []string{}
	for _, e := range asked {
		ids = append(ids, e.ID)
	}
	if err := tx.Exec(`DELETE FROM element_levels WHERE form_id = $1 AND element_id IN (`+db.Ints(
		ids)+`)`, formID); err != nil {
		return err
	}
	for _, sex := range sexes {
		codes = append(codes, strconv.Itoa(sex))
	}
	shared, err := Levels(tx)
	if err != nil {
		return err
	}
	owners := maps.Clone(shared)
	for _, e := range asked {
		for level, method := range levels {
			at := At{e.ID, level}
			if owner, taken := owners[at]; taken && owner.FormID != formID {
				return errs.Conflictf("数据项%s在层级%s已由另一张报表负责：一个数只有一个来源。", e.Code, level)
			} else if taken {
				continue // asked in two calibres
			}
			owners[at] = Source{FormID: formID, Method: method}
			err := tx.Exec(`INSERT INTO element_levels (element_id, level, form_id, method, sexes, categories)
				VALUES ($1, $2, $3, $4, $5, $6)`,
				e.ID, level, formID, string(method), strings.Join(codes, " "), spansText(spans))
			if err != nil {
				return err
			}
		}
	}
	return nil
}
