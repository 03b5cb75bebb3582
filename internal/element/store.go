package element

// Elements and calibres as rows, read and shared, and put in or brought up to date once.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/period"
)

const columns = `id, code, name, name_en, unit, decimals, sums, by_sex, year_start, definition,
	categories`

func scan(r db.Row) (e Element, err error) {
	return e, r.Scan(&e.ID, &e.Code, &e.Name, &e.NameEN, &e.Unit, &e.Decimals, &e.Sums, &e.BySex,
		&e.YearStart, &e.Definition, &e.Categories)
}

// What db.Remember keeps.
type (
	allElements struct{}
	allCalibres struct{}
	allLevels   struct{}
)

// All returns all elements by code; shared, so not to be changed.
func All(tx *db.Tx) (map[string]Element, error) {
	return db.Remember(tx, allElements{}, readAll)
}

func readAll(tx *db.Tx) (map[string]Element, error) {
	all, err := db.All(tx, scan, `SELECT `+columns+` FROM elements`)
	by := map[string]Element{}
	for _, e := range all {
		by[e.Code] = e
	}
	return by, err
}

// ByCode returns one element.
func ByCode(tx *db.Tx, code string) (Element, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM elements WHERE code = $1`, code)
}

// Put adds the element, or updates the words of the one with its code; ID is made here. What numbers depend on
// cannot change once a form asks for it. It reports whether anything changed.
func Put(tx *db.Tx, e Element) (Element, bool, error) {
	if err := e.Validate(); err != nil {
		return e, false, err
	}
	e.YearStart, _ = period.ParseYearStart(string(e.YearStart)) // valid; makes equal starts equal texts
	old, err := ByCode(tx, e.Code)
	if err != nil && errs.KindOf(err) != errs.Missing {
		return e, false, err
	}
	if e.ID = old.ID; e == old {
		return e, false, nil
	}
	if err := e.listed(tx); err != nil {
		return e, false, err
	}
	if e.ID == 0 {
		if e.ID, err = db.Value[int64](tx, `SELECT COALESCE(max(id), 0) + 1 FROM elements`); err != nil {
			return e, false, err
		}
	} else if old.Decimals != e.Decimals || old.Sums != e.Sums || old.BySex != e.BySex ||
		old.YearStart != e.YearStart || old.Categories != e.Categories {
		used, err := db.Value[int64](tx, `SELECT count(*) FROM element_levels WHERE element_id = $1`, e.ID)
		if err != nil {
			return e, false, err
		}
		if used > 0 {
			return e, false, errs.Conflictf("数据项%s已有报表在用，小数位数、汇总、分性别、分类和年度起始不能再改。请新建一个数据项。", e.Code)
		}
	}
	return e, true, tx.Exec(`INSERT INTO elements (id, code, name, name_en, unit, decimals, sums, by_sex, year_start,
		definition, categories)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, unit = excluded.unit,
			decimals = excluded.decimals,
			sums = excluded.sums, by_sex = excluded.by_sex, year_start = excluded.year_start,
			definition = excluded.definition, categories = excluded.categories`,
		e.ID, e.Code, e.Name, e.NameEN, e.Unit, e.Decimals, e.Sums, e.BySex, e.YearStart, e.Definition,
		e.Categories)
}

// Calibres returns all calibres by ID; shared, so not to be changed.
func Calibres(tx *db.Tx) (map[int64]Calibre, error) {
	return db.Remember(tx, allCalibres{}, readCalibres)
}

func calibreByCode(tx *db.Tx, code string) (Calibre, error) {
	all, err := Calibres(tx)
	for _, c := range all {
		if c.Code == code {
			return c, err
		}
	}
	if err != nil {
		return Calibre{}, err
	}
	return Calibre{}, errs.Missingf("没有这个口径。")
}

func readCalibres(tx *db.Tx) (map[int64]Calibre, error) {
	by := map[int64]Calibre{}
	err := db.Each(tx, func(r db.Row) error {
		var c Calibre
		err := r.Scan(&c.ID, &c.Code, &c.Name, &c.NameEN)
		by[c.ID] = c
		return err
	}, `SELECT id, code, name, name_en FROM calibres`)
	return by, err
}

// PutCalibre adds the calibre, or updates the one with its code; ID is made here. It reports whether anything changed.
func PutCalibre(tx *db.Tx, c Calibre) (Calibre, bool, error) {
	known, err := Calibres(tx)
	if err != nil {
		return c, false, err
	}
	c.ID = int64(len(known)) // never deleted, and the first is 0
	for _, k := range known {
		if k.Code == c.Code {
			c.ID = k.ID
		}
	}
	if c == known[c.ID] {
		return c, false, nil
	}
	return c, true, tx.Exec(`INSERT INTO calibres (id, code, name, name_en) VALUES ($1, $2, $3, $4)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name,
		name_en = excluded.name_en`, c.ID, c.Code, c.Name, c.NameEN)
}
