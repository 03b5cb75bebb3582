package submission

// Submissions in lists, cut down in SQL to what the user may see.

import (
	"cmp"
	"math"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

const itemColumns = `s.id, s.form_id, f.code, f.name, s.unit, u.name, u.name_en, a.code, a.name, a.name_en, a.path,
	s.period, s.state, s.due_on,
	s.late, s.amend_reason, s.return_reason, COALESCE(s.accepted_id, 0), s.updated_by, s.updated_at,
	COALESCE((SELECT g.kind FROM signatures g JOIN versions w ON w.id = g.version_id WHERE w.submission_id = s.id
		AND g.role = 'second' AND (w.id = s.accepted_id OR s.state = 'signed') ORDER BY w.number DESC LIMIT 1), '')`

const itemTables = ` FROM submissions s JOIN forms f ON f.id = s.form_id JOIN units u ON u.code = s.unit
	JOIN areas a ON a.id = s.area_id`

func scanItem(today string) func(db.Row) (Item, error) {
	return func(r db.Row) (i Item, err error) {
		var amended, returned string
		err = r.Scan(&i.ID, &i.FormID, &i.FormCode, &i.Form, &i.UnitCode, &i.Unit, &i.UnitEN, &i.AreaCode,
			&i.Area, &i.AreaEN, &i.AreaPath,
			&i.Period, &i.State, &i.DueOn, &i.Late, &amended, &returned, &i.Accepted, &i.UpdatedBy, &i.UpdatedAt,
			&i.Signed)
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
	var units, over []string
	for _, p := range by.Posts {
		if p.Role == auth.Office {
			over = append(over, p.AreaPath)
		} else {
			units = append(units, p.Unit)
		}
	}
	const urgent = ` ORDER BY CASE WHEN s.due_on = '' THEN 1 ELSE 0 END, s.due_on, s.updated_at, s.id LIMIT 200`
	var open []Item
	if len(units) > 0 {
		own, err := readItems(tx, `SELECT `+itemColumns+itemTables+`
			WHERE s.state IN ('draft', 'returned', 'prepared', 'seconded', 'printed')
			AND s.unit IN (SELECT j.key FROM json_each($1) j)`+urgent, db.Texts(units))
		if err != nil {
			return nil, err
		}
		open = own
	}
	if len(over) == 0 {
		return open, nil
	}
	signed, err := readItems(tx, `SELECT `+itemColumns+itemTables+`
		WHERE s.state IN ('signed', 'scanned') AND `+auth.Within("s.area_path", 1)+`
		ORDER BY s.updated_at, s.id LIMIT 200`,
		db.Texts(over))
	return append(open, signed...), err
}

// unfilledOfClosed are the submissions without live facts that wait for their unit or for a signature, where the
// area or the unit has a day on which it closes.
func unfilledOfClosed(tx *db.Tx) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT s.id FROM submissions s JOIN areas a ON a.id = s.area_id
		JOIN units u ON u.code = s.unit WHERE s.state IN ('draft', 'returned', 'prepared', 'seconded', 'printed')
		AND s.accepted_id IS NULL
		AND (a.closes_on <> '' OR u.closes_on <> '') ORDER BY s.id`)
}

// Unaccepted are the submissions of an area path that were due by a day, for the periods of some years, and of which
// no version was accepted yet: in the order of forms, then areas.
func Unaccepted(tx *db.Tx, path, due string, years [2]int) ([]Item, error) {
	return readItems(tx, `SELECT `+itemColumns+itemTables+`
		WHERE s.state IN ('draft', 'returned', 'prepared', 'seconded', 'printed', 'signed', 'scanned')
		AND s.accepted_id IS NULL AND s.period BETWEEN $1 AND $2 AND s.due_on <> ''
		AND s.due_on <= $3 AND `+auth.Within("s.area_path", 4)+`
		ORDER BY s.form_key, s.period, a.code, s.id`, years[0]*100, years[1]*100+99, due, db.Texts([]string{path}))
}

// FilledDrafts are the drafts that hold numbers, in order of form, period and area.
func FilledDrafts(tx *db.Tx) (filled []Submission, err error) {
	drafts, err := db.All(tx, scan, `SELECT `+columns+` FROM submissions WHERE state = 'draft'
		ORDER BY form_id, period, area_id`)
	if err != nil {
		return nil, err
	}
	for _, s := range drafts {
		if len(s.Typed.Cells) == 0 {
			continue
		}
		if err := s.name(tx); err != nil {
			return nil, err
		}
		filled = append(filled, s)
	}
	return filled, nil
}

// source is the list as the user may see it; index submissions_by_… has each order.
func source(tx *db.Tx, by auth.User, f Filter) (s list.Source[Item], err error) {
	english, err := formsEN(tx)
	if err != nil {
		return s, err
	}
	scan := scanItem(tx.Today())
	s = list.Source[Item]{Key: "s.id", From: "submissions s", Select: itemColumns + itemTables,
		Scan: func(r db.Row) (Item, error) {
			i, err := scan(r)
			i.FormEN = english[i.FormID]
			return i, err
		},
		ID: func(i Item) string { return i.ID },
		Orders: map[string][]string{
			"form":   {"s.form_key", "s.period DESC", "s.area_code", "s.id"},
			"unit":   {"s.unit", "s.period DESC", "s.form_key", "s.area_code", "s.id"},
			"period": {"s.period", "s.form_key DESC", "s.area_code DESC", "s.id DESC"},
			"state":  {"s.state", "s.period DESC", "s.form_key", "s.area_code", "s.id"},
			"due": {"COALESCE(NULLIF(s.due_on, ''), '9999')", "s.period DESC", "s.form_key", "s.area_code",
				"s.id"},
		}}
	s.Visible(by, "s.unit", "s.area_path")
	if f.Form != "" {
		s.Equal("form", "s.form_key", say.SortKey(f.Form))
	}
	if f.Unit != "" {
		s.Equal("unit", "s.unit", f.Unit)
	}
	if f.State != "" {
		s.Equal("state", "s.state", f.State)
	}
	if f.Period != "" {
		p, err := period.Parse(f.Period)
		if err != nil {
			return s, errs.In("period", err)
		}
		s.Equal("period", "s.period", p)
	}
	if f.Area != "" {
		paths, err := pathsOf(tx, f.Area)
		if err != nil {
			return s, err
		}
		s.Within("s.area_path", paths)
	}
	return s, nil
}

// pathsOf are the paths of the area of today and of the rows that it had before.
func pathsOf(tx *db.Tx, code string) (paths []string, err error) {
	area, err := network.AreaByCode(tx, code, "")
	if err != nil {
		return nil, errs.In("area", err)
	}
	earlier, err := network.Earlier(tx, area.ID)
	for _, row := range append(earlier, area) {
		paths = append(paths, row.Path)
	}
	return paths, err
}

// List returns a page of what the user may see, newest period first where the filter says no order, and how many there
// are, counted to list.Most.
func List(tx *db.Tx, by auth.User, f Filter) (items []Item, total int, err error) {
	s, err := source(tx, by, f)
	if err != nil {
		return nil, 0, err
	}
	return s.Counted(tx, cmp.Or(f.Sort, newestFirst), f.Page, pageSize)
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

// Periods are the periods of which there is any submission, newest first: each is looked up behind the one before, for
// there are few of them and many submissions.
func Periods(tx *db.Tx) (all []period.Period, err error) {
	for before := int64(math.MaxInt32); ; {
		p, err := db.Value[period.Period](tx, `SELECT s.period FROM submissions s WHERE s.period < $1
			ORDER BY s.period DESC LIMIT 1`, before)
		if errs.KindOf(err) == errs.Missing {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all, before = append(all, p), int64(p.Int())
	}
}

// unfinishedOf are the reports that a unit has not finished, whatever is due first.
func unfinishedOf(tx *db.Tx, unit string) ([]Item, error) {
	return readItems(tx, `SELECT `+itemColumns+itemTables+`
		WHERE s.unit = $1 AND s.state IN ('draft', 'returned', 'prepared', 'seconded', 'printed')
		ORDER BY CASE WHEN s.due_on = '' THEN 1 ELSE 0 END, s.due_on, s.id`, unit)
}
