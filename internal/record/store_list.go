package record

// The list of a register's records, cut down in SQL to those that the user may see. The register's code stands in the
// texts, so that the indexes of its fields are used; codes are lower-case letters, digits and _ alone.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
	"yipanqi/internal/register"
	"yipanqi/internal/tag"
)

// source is where a register's list comes from: every row as the user may see it.
func (k desk) source(by auth.User, where map[string]string) list.Source[Record] {
	veiled := func(row db.Row) (Record, error) {
		r, err := scan(row)
		if err == nil {
			k.veil(by, &r)
		}
		return r, err
	}
	s := list.Source[Record]{Key: "r.id", From: "records r", Select: columns + " FROM records r", Scan: veiled,
		ID: func(r Record) string { return r.ID }, Orders: map[string][]string{},
		Partly: map[string]string{}, Of: fmt.Sprintf("r.register = '%s'", k.d.Code)}
	for _, code := range append([]string{strings.TrimPrefix(k.d.List.Sort, "-")}, k.d.List.Columns...) {
		if f, known := k.d.Field(code); known && f.Plain() {
			if terms := k.order(f); terms != nil {
				s.Orders[code] = terms
				if by := k.filing.column("s", code); by != "" {
					s.Partly[code] = "r." + by + " IS NOT NULL"
				}
			}
		}
	}
	s.Orders["due"] = []string{"r.due_on", "r.id"}
	units, paths := k.scope(by)
	if !everything(paths, k.places.root.Path) {
		visible, args := auth.Visible("r.unit", "r.area_path", 1), []any{db.Texts(units), db.Texts(paths)}
		if len(paths) == 1 { // costs less for each row
			visible = "substr(r.area_path, 1, " + strconv.Itoa(len(paths[0])) + `) = $1 OR r.unit IN (SELECT j.key
				FROM json_each($2) j)`
			args = []any{paths[0], db.Texts(units)}
		}
		s.And("(r.counts = 1 AND r.state IN (SELECT j.key FROM json_each($3) j) OR "+visible+")",
			append(args, db.Texts(k.opened()))...)
	}
	typed, passing := false, passing{}
	for code, value := range where {
		k.filter(&s, passing, code, value)
		_, field := k.d.Field(code)
		typed = typed || field && !own(code) && value != ""
	}
	if typed {
		k.told(&s, by)
	}
	if len(passing) > 1 {
		s.Combined = &list.Combined{Column: "r." + combined, Passes: passing.passes}
	}
	return s
}

// passing are filters by the place of what they ask for in the column that has all of it.
type passing map[int]func(string) bool

func (p passing) passes(text string) bool {
	parts := strings.Split(text, between)
	for at, holds := range p {
		if at >= len(parts) {
			parts = append(parts, make([]string, at+1-len(parts))...) // empty ones at the end are not written
		}
		if !holds(parts[at]) {
			return false
		}
	}
	return true
}

// tagged is source for the list, with no more than the records that a tag leaves: all of a register that serves what it
// marks, else those that name a goal which it marks, as they were last confirmed.
func (k desk) tagged(by auth.User, in listInput) list.Source[Record] {
	s := k.source(by, in.Where)
	if !k.whole(in.kept) {
		s.And("EXISTS (SELECT 1 FROM json_each(?) j WHERE replace(r.goals, j.key, '') <> r.goals)", marked(in.kept))
	}
	return s
}

// told leaves out what is typed and not confirmed, from outside: filters on fields, and views that rows say they are
// in, go by what is typed and would tell it.
func (k desk) told(s *list.Source[Record], by auth.User) {
	if units, paths := k.scope(by); !everything(paths, k.places.root.Path) {
		s.And("(r.body = r.counted OR "+auth.Visible("r.unit", "r.area_path", 1)+")", db.Texts(units),
			db.Texts(paths))
	}
}

// still keeps the records that a rule on what had nothing done with it holds for, of those whom the user sees from
// inside: what is done with a record may be restricted where the record is open.
func (k desk) still(s *list.Source[Record], by auth.User, rule string) {
	s.And("EXISTS (SELECT 1 FROM record_quiet q WHERE q.record_id = r.id AND q.rule = ?)", rule)
	if units, paths := k.scope(by); !everything(paths, k.places.root.Path) {
		s.And(auth.Visible("r.unit", "r.area_path", 1), db.Texts(units), db.Texts(paths))
	}
}

func everything(paths []string, root string) bool {
	for _, path := range paths {
		if path == root {
			return true
		}
	}
	return false
}

// order is that of one field, if lists can be sorted by it; what is equal in it comes in order of what is due.
func (k desk) order(f register.Field) []string {
	switch f.Code {
	case "number":
		return []string{"r.number"}
	case "due":
		return []string{"r.due_on", "r.id"}
	case "unit", "state":
		return []string{"r." + f.Code, "r.due_on", "r.id"}
	case "area":
		return []string{"r.area_path", "r.due_on", "r.id"}
	}
	if by := k.filing.column("s", f.Code); by != "" {
		return []string{"r." + by, "r.due_on", "r.id"}
	}
	return nil
}

func (k desk) filter(s *list.Source[Record], p passing, code, value string) {
	f, known := k.d.Field(code)
	by := k.filing.column("f", code)
	at := slices.Index(filterColumns, by) + 1
	switch {
	case value == "" || !known:
	case code == "state":
		s.Equal("state", "r.state", value)
		p[0] = func(has string) bool { return has == value }
	case code == "area":
		s.Within("r.area_path", []string{k.places.areas[value].Path})
	case code == "unit":
		s.Equal("unit", "r.unit", value)
	case f.Several() && by != "":
		s.And(worded("r."+by), words([]string{value}))
		p[at] = func(has string) bool { return strings.Contains(has, words([]string{value})) }
	case f.Several():
		s.And("r.body ->> ? = '1'", register.Key(f.Code, value))
	case by != "":
		s.Equal(code, "r."+by, begun(value))
		p[at] = func(has string) bool { return has == begun(value) }
	default:
		s.And(fmt.Sprintf("r.body ->> '%s' = ?", f.Code), value)
	}
}

// worded is the condition that a column of words has one.
func worded(column string) string { return "replace(" + column + ", ?, '') <> " + column }

// byState counts the records of a register that the user may see and a tag leaves, by where they stand.
func (k desk) byState(tx *db.Tx, by auth.User, kept tag.Kept) (map[string]int, error) {
	units, paths := k.scope(by)
	text := `r.register = $3 AND (` + auth.Visible("r.unit", "r.area_path", 1) + ` OR r.counts = 1 AND
		r.state IN (SELECT j.key FROM json_each($4) j))`
	args := []any{db.Texts(units), db.Texts(paths), k.d.Code, db.Texts(k.opened())}
	if !k.whole(kept) {
		text += ` AND EXISTS (SELECT 1 FROM json_each($5) j WHERE replace(r.goals, j.key, '') <> r.goals)`
		args = append(args, marked(kept))
	}
	return counted(tx, text, args...)
}

// whole says whether a tag leaves all of a register: its file says that it, or what it counts, serves a goal or an
// indicator that is left.
func (k desk) whole(kept tag.Kept) bool {
	return kept.Tag == "" || k.named(kept) ||
		slices.ContainsFunc(k.d.Measures, func(m register.Measure) bool { return kept.Indicator(m.Indicator) })
}

// named says whether the register's file names a goal or an indicator that a tag leaves.
func (k desk) named(kept tag.Kept) bool {
	return slices.ContainsFunc(k.d.Indicators, kept.Indicator) ||
		slices.ContainsFunc(k.d.Goals, func(code string) bool {
			in, goal, _ := strings.Cut(code, "/")
			return kept.Goal(in, goal)
		})
}

// marked are the goals that a tag leaves, each as it stands in the column of the goals that a record serves.
func marked(kept tag.Kept) string {
	goals, _ := kept.Codes()
	var all []string
	for _, goal := range goals {
		all = append(all, words([]string{goal}))
	}
	return db.Texts(all)
}

// alike is the number of another record that says the same in all fields that no two may have alike, if there is one.
// What was discarded is no other.
func alike(tx *db.Tx, d register.Definition, r Record) (string, error) {
	if len(d.Unique) == 0 {
		return "", nil
	}
	text, args := "", []any{d.Code, r.ID}
	for _, code := range d.Unique {
		if register.IsNothing(r.Body[code]) {
			return "", nil
		}
		args = append(args, r.Body[code])
		text += fmt.Sprintf(" AND r.body ->> '%s' = $%d", code, len(args))
	}
	for _, s := range d.States {
		if s.Ends && s.Counts == register.Uncounted {
			text += fmt.Sprintf(" AND r.state <> '%s'", s.Code)
		}
	}
	found, err := db.All(tx, db.Single[string], `SELECT r.number FROM records r WHERE r.register = $1 AND r.id <> $2`+
		text+` ORDER BY r.number LIMIT 1`, args...)
	if len(found) == 0 {
		return "", err
	}
	return found[0], err
}

// dueTo are records of a register that a user may see and that wait in one of some states, what is due first; in states
// that count they wait from near on.
func dueTo(tx *db.Tx, code string, units, paths, states, counting []string, near string, limit int) ([]Record, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM records r WHERE r.register = '`+code+`' AND r.due_on <> '' AND
		r.state IN (SELECT j.key FROM json_each($3) j) AND (r.due_on <= $5 OR r.state NOT IN (SELECT j.key
		FROM json_each($4) j)) AND `+auth.Visible("r.unit", "r.area_path", 1)+` ORDER BY r.due_on, r.id LIMIT `+
		strconv.Itoa(limit), db.Texts(units), db.Texts(paths), db.Texts(states), db.Texts(counting), near)
}

// eachServing calls fn with the records of a register that count and name goals of a plan, in order of their numbers.
func eachServing(tx *db.Tx, code, plan string, fn func(Record) error) error {
	return db.Each(tx, func(row db.Row) error {
		r, err := scan(row)
		if err != nil {
			return err
		}
		return fn(r)
	}, `SELECT `+columns+` FROM records r WHERE r.goals <> '' AND r.counts = 1 AND r.register = $1 AND `+
		strings.Replace(worded("r.goals"), "?", "$2", 1)+` ORDER BY r.number`, code, " "+plan+"/")
}
