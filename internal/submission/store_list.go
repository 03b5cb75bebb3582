package submission

// Submissions in lists, cut down in SQL to what the user may see.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

const itemColumns = `s.id, s.form_id, f.code, f.name, s.unit, u.name, u.name_en, a.code, a.name, a.name_en, a.path,
	s.period, s.state, s.due_on,
	s.late, s.amend_reason, s.return_reason, COALESCE(s.accepted_id, 0), s.updated_by, s.updated_at`

const itemTables = ` FROM submissions s JOIN forms f ON f.id = s.form_id JOIN units u ON u.code = s.unit
	JOIN areas a ON a.id = s.area_id`

// visible keeps the rows of the units $1 and of the areas under the paths $2, both keys of a JSON object.
const visible = ` WHERE (s.unit IN (SELECT j.key FROM json_each($1) j)
	OR EXISTS (SELECT 1 FROM json_each($2) j WHERE a.path LIKE j.key || '%'))`

func scanItem(today string) func(db.Row) (Item, error) {
	return func(r db.Row) (i Item, err error) {
		var amended, returned string
		err = r.Scan(&i.ID, &i.FormID, &i.FormCode, &i.Form, &i.UnitCode, &i.Unit, &i.UnitEN, &i.AreaCode,
			&i.Area, &i.AreaEN, &i.AreaPath,
			&i.Period, &i.State, &i.DueOn, &i.Late, &amended, &returned, &i.Accepted, &i.UpdatedBy, &i.UpdatedAt)
		i.UpdatedAt, i.Reason = i.UpdatedAt.UTC(), returned
		if i.Reason == "" {
			i.Reason = amended
		}
		i.Overdue = overdue(i.State, i.Accepted, i.DueOn, today)
		return i, err
	}
}

// readItems reads lines of a list; the English name of a form stands in its definition.
func readItems(tx *db.Tx, query string, args ...any) ([]Item, error) {
	items, err := db.All(tx, scanItem(tx.Today()), query, args...)
	if err != nil {
		return nil, err
	}
	english, err := formsEN(tx)
	for i := range items {
		items[i].FormEN = english[items[i].FormID]
	}
	return items, err
}

func formsEN(tx *db.Tx) (map[int64]string, error) {
	forms, err := form.List(tx)
	english := map[int64]string{}
	for _, f := range forms {
		english[f.ID] = f.NameEN
	}
	return english, err
}

// openItems are the submissions of the user's units that are not finished, and what both have signed in the areas that
// the user's office oversees; 200 of each at most.
func openItems(tx *db.Tx, by auth.User) ([]Item, error) {
	units, over := map[string]string{}, map[string]string{}
	for _, p := range by.Posts {
		if p.Role == auth.Office {
			over[p.AreaPath] = ""
		} else {
			units[p.Unit] = ""
		}
	}
	const urgent = ` ORDER BY CASE WHEN s.due_on = '' THEN 1 ELSE 0 END, s.due_on, s.updated_at, s.id LIMIT 200`
	var open []Item
	if len(units) > 0 {
		own, err := readItems(tx, `SELECT `+itemColumns+itemTables+`
			WHERE s.state IN ('draft', 'returned', 'prepared')
			AND s.unit IN (SELECT j.key FROM json_each($1) j)`+urgent, object(units))
		if err != nil {
			return nil, err
		}
		open = own
	}
	if len(over) == 0 {
		return open, nil
	}
	signed, err := readItems(tx, `SELECT `+itemColumns+itemTables+`
		WHERE s.state = 'signed' AND EXISTS (SELECT 1 FROM json_each($1) j
		WHERE a.path LIKE j.key || '%') ORDER BY s.updated_at, s.id LIMIT 200`, object(over))
	return append(open, signed...), err
}

// unfilledOfClosed are the submissions without live facts that wait for their unit or its second signature, where the
// area or the unit has a day on which it closes.
func unfilledOfClosed(tx *db.Tx) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT s.id FROM submissions s JOIN areas a ON a.id = s.area_id
		JOIN units u ON u.code = s.unit WHERE s.state IN ('draft', 'returned', 'prepared')
		AND s.accepted_id IS NULL
		AND (a.closes_on <> '' OR u.closes_on <> '') ORDER BY s.id`)
}

// List returns one page of what the user may see, newest period first, and how many there are in all.
func List(tx *db.Tx, by auth.User, f Filter) (items []Item, total int, err error) {
	where, args, err := f.where(tx, by)
	if err != nil {
		return nil, 0, err
	}
	if total, err = db.Value[int](tx, `SELECT count(*)`+itemTables+where, args...); err != nil {
		return nil, 0, err
	}
	args = append(args, pageSize, (max(f.Page, 1)-1)*pageSize)
	items, err = readItems(tx, `SELECT `+itemColumns+itemTables+where+listed+`
		LIMIT $8 OFFSET $9`, args...)
	return items, total, err
}

const listed = ` ORDER BY s.period DESC, f.code, a.code, s.id`

// EachListed calls fn with every line of the list, of which List returns a page.
func EachListed(tx *db.Tx, by auth.User, f Filter, fn func(Item) error) error {
	where, args, err := f.where(tx, by)
	if err != nil {
		return err
	}
	english, err := formsEN(tx)
	if err != nil {
		return err
	}
	scan := scanItem(tx.Today())
	return db.Each(tx, func(r db.Row) error {
		item, err := scan(r)
		if err != nil {
			return err
		}
		item.FormEN = english[item.FormID]
		return fn(item)
	}, `SELECT `+itemColumns+itemTables+where+listed, args...)
}

func (f Filter) where(tx *db.Tx, by auth.User) (string, []any, error) {
	units, paths := scope(by)
	p, err := period.Parse(f.Period)
	if err != nil && f.Period != "" {
		return "", nil, errs.In("period", err)
	}
	if f.Form != "" {
		if _, err := form.ByCode(tx, f.Form); err != nil {
			return "", nil, errs.In("form", err)
		}
	}
	if f.Unit != "" {
		if _, err := network.UnitByCode(tx, f.Unit); err != nil {
			return "", nil, errs.In("unit", err)
		}
	}
	under := map[string]string{"": ""}
	if f.Area != "" {
		area, err := network.AreaByCode(tx, f.Area, "")
		if err != nil {
			return "", nil, errs.In("area", err)
		}
		earlier, err := network.Earlier(tx, area.ID)
		if err != nil {
			return "", nil, err
		}
		under = map[string]string{}
		for _, row := range append(earlier, area) {
			under[row.Path] = ""
		}
	}
	return visible + ` AND ($3 = '' OR f.code = $3)
		AND EXISTS (SELECT 1 FROM json_each($4) j WHERE a.path LIKE j.key || '%') AND ($5 = '' OR s.unit = $5)
		AND (CAST($6 AS BIGINT) = 0 OR s.period = $6) AND ($7 = '' OR s.state = $7)`,
		[]any{units, paths, f.Form, object(under), f.Unit, p, f.State}, nil
}

// Under lists the submissions of one form for one period in the subtree of an area, whoever asks: the parts of a
// figure.
func Under(tx *db.Tx, formID int64, p period.Period, top network.Area) ([]Item, error) {
	rows, err := network.During(tx, top, p)
	for _, row := range rows {
		items, err := readItems(tx, `SELECT `+itemColumns+itemTables+`
			WHERE s.form_id = $1 AND s.period = $2 AND a.path >= $3 AND a.path < $4 ORDER BY a.code, s.id`,
			formID, p, row.Path, strings.TrimSuffix(row.Path, ".")+"/")
		if err != nil || len(items) > 0 {
			return items, err
		}
	}
	return nil, err
}

// Periods are the periods of which the user may see a submission, newest first.
func Periods(tx *db.Tx, by auth.User) ([]period.Period, error) {
	units, paths := scope(by)
	return db.All(tx, db.Single[period.Period],
		`SELECT DISTINCT s.period FROM submissions s JOIN areas a ON a.id = s.area_id`+visible+`
		ORDER BY s.period DESC`, units, paths)
}
