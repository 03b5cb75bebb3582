package matter

// Matters and items in lists, cut down in SQL to what the user may see.

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/tag"
)

// itemVisible is the condition that an item is the user's to see; the parameters are those of auth.User.Scope.
func itemVisible(units, paths []string) (text string, args []any) {
	text, args = anyOf("i.facets", 1, seenBy, units)
	if len(paths) == 0 {
		return text, args
	}
	return `(` + auth.Within("i.area_path", 2) + ` OR ` + text + `)`, append(args, db.Texts(paths))
}

// anyOf is the condition that a column has a word of a kind, as parameter n. One word is asked for the cheap way.
func anyOf(column string, n int, kind string, of []string) (text string, args []any) {
	patterns := make([]string, len(of))
	for at, one := range of {
		patterns[at] = has(word(kind, one))
	}
	if len(of) == 1 {
		return fmt.Sprintf(`%s LIKE $%d`, column, n), []any{patterns[0]}
	}
	return fmt.Sprintf(`EXISTS (SELECT 1 FROM json_each($%d) j WHERE %s LIKE j.key)`, n, column),
		[]any{db.Texts(patterns)}
}

// matterVisible is the same for a matter, by any of its items; a draft is its office's.
func matterVisible(units, paths []string) (text string, args []any) {
	seen, args := anyOf("m.facets", 1, seenBy, units)
	text = `(m.raised_on <> '' AND ` + seen + `
		OR m.raised_on = '' AND m.office IN (SELECT j.key FROM json_each($2) j))`
	args = append(args, db.Texts(units))
	if len(paths) > 0 {
		below, more := anyOf("m.facets", 3, inArea, lasts(paths))
		text = `(m.raised_on <> '' AND ` + below + ` OR ` + text + `)`
		args = append(args, more...)
	}
	return text, args
}

// lasts are the ids of the areas that paths lead to.
func lasts(paths []string) (ids []string) {
	for _, path := range paths {
		all := strings.Split(strings.Trim(path, "."), ".")
		ids = append(ids, all[len(all)-1])
	}
	return ids
}

// Filter narrows the list of matters and the ledger of items.
type Filter struct {
	Kind      string `json:"source" doc:"Kind of the source, such as decision or instruction."`
	Unit      string `json:"unit" doc:"Code of the unit that has to do with it."`
	Area      string `json:"area"`
	Domain    string `json:"domain" doc:"Domain, as plan/code."`
	Lamp      string `json:"lamp" doc:"Lamp: grey, green, blue, red or pause."`
	Class     string `json:"class" doc:"Class of the rectification."`
	Indicator string `json:"indicator"`
	Goal      string `json:"goal" doc:"Goal, as plan/code."`
	Tag       string `json:"tag" doc:"Only of goals and indicators that a tag (set/tag), or any tag of a set, marks."`
	Year      int    `json:"year" doc:"Year of the number."`
	Flag      string `json:"flag" doc:"Mark: slow, hard or upper."`
	State     string `json:"state" doc:"State of a matter or item."`
	Sort      string `json:"sort"`
	Page      int    `json:"page"`

	units []string // codes of those whose items alone count; nil: all. Of matters there is no such question
}

// newest is the list's first order.
const newest = "-number"

// matterSource is the list of matters as the user may see it.
func matterSource(tx *db.Tx, by auth.User, f Filter) (s list.Source[Matter], err error) {
	s = list.Source[Matter]{Key: "m.id", From: "matters m",
		Select: prefixed("m", new(Matter).all()) + " FROM matters m",
		Scan:   scanMatter, ID: func(m Matter) string { return m.ID }, Fill: withItems,
		Orders: map[string][]string{"number": {"m.year", "m.serial", "m.id DESC"},
			"due":   {"COALESCE(NULLIF(m.due, ''), '9999')", "m.id"},
			"state": {"m.shown", "m.year DESC", "m.serial DESC", "m.id"}}}
	units, paths := by.Scope()
	text, args := matterVisible(units, paths)
	s.And(text, args...)
	if f.State != "" {
		s.Equal("state", "m.shown", f.State)
	}
	return s, listed(tx, &s, "m", units, paths, f)
}

// withItems gives matters of a list what stands in their items.
func withItems(tx *db.Tx, matters []Matter) error {
	ids := make([]string, len(matters))
	for i, m := range matters {
		ids[i] = m.ID
	}
	items, err := standingIn(tx, ids)
	for i, m := range matters {
		matters[i].Items = items[m.ID]
	}
	return err
}

type condition struct {
	text string
	args []any
}

// conditions are those that a filter sets for items (i) or matters (m).
func (f Filter) conditions(tx *db.Tx, of string) (all []condition, err error) {
	if words := f.words(); len(words) > 0 {
		all = append(all, condition{of + ".facets LIKE ?", []any{has(words...)}})
	}
	if f.units != nil {
		all = append(all, condition{of + ".unit IN (SELECT j.key FROM json_each($1) j)", []any{db.Texts(f.units)}})
	}
	if f.Area != "" {
		paths, err := pathsOf(tx, f.Area)
		if err != nil {
			return nil, err
		}
		text, args := anyOf(of+".facets", 1, inArea, lasts(paths))
		all = append(all, condition{text, args})
	}
	if f.Tag != "" {
		k, err := tag.Choice{Tag: f.Tag}.Read(tx)
		if err != nil {
			return nil, err
		}
		goals, indicators := k.Codes()
		all = append(all, condition{`(` + of + `.goal IN (SELECT j.key FROM json_each(?) j)
			OR ` + of + `.indicator IN (SELECT j.key FROM json_each(?) j))`,
			[]any{db.Texts(goals), db.Texts(indicators)}})
	}
	if f.Lamp != "" {
		today, err := LampDay(tx)
		if err != nil {
			return nil, err
		}
		text, args := lampIs(of, f.Lamp, today)
		all = append(all, condition{text, args})
	}
	return all, nil
}

// few is how many rows of a word are looked up one by one. Of more than these an index in the list's order is walked.
const few = 1000

// narrow are the things that have the rarest of the words, where few have it: what else is asked for only sifts them.
func narrow(tx *db.Tx, of string, words []string) (c condition, ok bool, err error) {
	for _, word := range kept(of, words) {
		n, err := db.Value[int](tx, fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM matter_facets WHERE facet = $1
			LIMIT %d) x`, few+1), word)
		if err != nil {
			return c, false, err
		}
		if n > few {
			continue
		}
		ids, err := db.All(tx, db.Single[string], `SELECT thing FROM matter_facets WHERE facet = $1`, word)
		return condition{of + `.id IN (SELECT j.key FROM json_each(?) j)`, []any{db.Texts(ids)}}, true, err
	}
	return c, false, nil
}

// listed narrows a list by a filter: to the things of a rare word, then by what the index of its order has.
func listed[T any](tx *db.Tx, s *list.Source[T], of string, units, paths []string, f Filter) error {
	words := f.words()
	if len(paths) == 0 && len(units) == 1 {
		words = append(words, word(seenBy, units[0]))
	}
	c, ok, err := narrow(tx, of, words)
	if err != nil {
		return err
	}
	if ok {
		s.And(c.text, c.args...)
	}
	all, err := f.conditions(tx, of)
	for _, c := range all {
		s.And(c.text, c.args...)
	}
	return err
}

// seenItems is the condition of the items that by may see and the filter leaves, with ?1, ?2 … for its arguments; see
// days.
func seenItems(tx *db.Tx, by auth.User, f Filter) (where string, args []any, err error) {
	units, paths := by.Scope()
	text, args := itemVisible(units, paths)
	where = `i.state <> 'draft' AND ` + text
	all, err := f.conditions(tx, "i")
	for _, c := range all {
		text := c.text
		for strings.Contains(text, "?") {
			text = strings.Replace(text, "?", fmt.Sprintf("$%d", len(args)+1), 1)
			args, c.args = append(args, c.args[0]), c.args[1:]
		}
		if len(c.args) > 0 { // as auth writes them, from 1
			text = strings.ReplaceAll(text, "$1", fmt.Sprintf("$%d", len(args)+1))
			args = append(args, c.args...)
		}
		where += " AND " + text
	}
	return where, args, err
}

// days puts days into a text that names them ?today, each as one more argument.
func days(text string, named map[string]string, args []any) (string, []any) {
	for _, name := range slices.Sorted(maps.Keys(named)) {
		if strings.Contains(text, "?"+name) {
			args = append(args, named[name])
			text = strings.ReplaceAll(text, "?"+name, fmt.Sprintf("$%d", len(args)))
		}
	}
	return text, args
}

// onCard are the open items that a filter leaves, the most pressing first, how many there are and how many are late.
func onCard(tx *db.Tx, by auth.User, f Filter) (items []Item, open, late int, err error) {
	where, args, err := seenItems(tx, by, f)
	if err != nil {
		return nil, 0, 0, err
	}
	where = ` FROM matter_items i WHERE ` + isOpen + ` AND ` + where
	text, all := days(`SELECT count(*), COALESCE(sum(CASE WHEN `+isRunning+` AND i.next_on <> '' AND i.next_on < ?today
		THEN 1 ELSE 0 END), 0)`+where, map[string]string{"today": tx.Today()}, args)
	n, err := db.One(tx, func(r db.Row) (n [2]int, err error) { return n, r.Scan(&n[0], &n[1]) }, text, all...)
	if err != nil || n[0] == 0 {
		return nil, n[0], n[1], err
	}
	items, err = db.All(tx, scanItem, `SELECT `+prefixed("i", new(Item).all())+where+
		fmt.Sprintf(` ORDER BY COALESCE(NULLIF(i.next_on, ''), '9999'), i.id LIMIT %d`, shownOnCard), args...)
	return items, n[0], n[1], err
}

// openOf are the open items that a unit owns.
func openOf(tx *db.Tx, unit string) ([]Item, error) {
	return db.All(tx, scanItem, `SELECT `+prefixed("i", new(Item).all())+` FROM matter_items i
		WHERE i.unit = $1 AND (`+isOpen+` OR i.state = 'suspended') ORDER BY i.year, i.serial, i.position, i.id`, unit)
}

// owedUntil are items whose day comes by a day, or that wait to be received, in pieces by id.
func owedUntil(tx *db.Tx, until, after string, limit int) ([]Item, error) {
	return db.All(tx, scanItem, `SELECT `+prefixed("i", new(Item).all())+` FROM matter_items i
		WHERE i.id > $1 AND (i.state = 'raised' OR i.state IN ('received', 'planned', 'in_progress')
		AND i.next_on <> '' AND i.next_on <= $2) ORDER BY i.id LIMIT `+fmt.Sprint(limit), after, until)
}

func itemsByID(tx *db.Tx, ids []string) ([]Item, error) {
	return db.All(tx, scanItem, `SELECT `+itemColumns+` FROM matter_items
		WHERE id IN (SELECT j.key FROM json_each($1) j)`, db.Texts(ids))
}

// pathOfOffice is the area of the office that raised a matter.
func pathOfOffice(tx *db.Tx, matter string) (path string, err error) {
	return db.Value[string](tx, `SELECT a.path FROM matters m JOIN units u ON u.code = m.office
		JOIN areas a ON a.id = u.area_id WHERE m.id = $1`, matter)
}

// lampIs is the lamp of an item (i) or a matter (m) as a condition. A matter's day is the first of its running items,
// and its lamp the most pressing of theirs.
func lampIs(of, lamp string, at Today) (string, []any) {
	day, today, soon := "i.next_on", at.Day, at.near
	runs := `i.state IN ('raised', 'received', 'declined', 'planned', 'in_progress') AND i.next_on <> ''`
	if of == "m" {
		day, runs = "m.due", `m.due <> ''`
	}
	shows := func(lamp string) string { return of + `.facets LIKE '` + has(word(lampOf, lamp)) + `'` }
	red := `(` + runs + ` AND ` + day + ` < ? OR ` + shows(flow.Red) + `)`
	blue := `(` + runs + ` AND ` + day + ` >= ? AND ` + day + ` <= ?)`
	green := `(` + runs + ` AND ` + day + ` > ? OR ` + shows(flow.Green) + `)`
	switch lamp {
	case flow.Red:
		return red, []any{today}
	case flow.Blue:
		return `(` + blue + ` AND NOT ` + shows(flow.Red) + `)`, []any{today, soon}
	case flow.Pause:
		return `(` + shows(flow.Pause) + ` AND NOT ` + red + ` AND NOT ` + blue + `)`, []any{today, today, soon}
	case flow.Green:
		return `(` + green + ` AND NOT ` + red + ` AND NOT ` + blue + ` AND NOT ` + shows(flow.Pause) + `)`,
			[]any{soon, today, today, soon}
	}
	return `NOT (` + strings.Join([]string{runs, shows(flow.Red), shows(flow.Green), shows(flow.Pause)}, ` OR `) + `)`,
		nil
}

func prefixed(alias string, fields []field) (text string) {
	for i, f := range fields {
		if i > 0 {
			text += ", "
		}
		text += alias + "." + f.column
	}
	return text
}

// itemsOfUser are the items that may wait for somebody, whoever sees them; see Tasks.
func itemsOfUser(tx *db.Tx, by auth.User, parts []string) ([]Item, error) {
	units, _ := by.Scope()
	return db.All(tx, scanItem, `SELECT `+prefixed("i", new(Item).all())+` FROM matter_items i
		WHERE i.state IN ('raised', 'received', 'declined', 'planned', 'in_progress', 'reported', 'suspended')
		AND i.id IN (SELECT p.item_id FROM matter_parties p WHERE p.part IN (SELECT j.key FROM json_each($2) j)
			AND p.unit IN (SELECT j.key FROM json_each($1) j))
		ORDER BY COALESCE(NULLIF(i.next_on, ''), '9999'), i.id LIMIT 1000`, db.Texts(units), db.Texts(parts))
}

// draftsOf are the drafts of by's offices, oldest first.
func draftsOf(tx *db.Tx, by auth.User) ([]Matter, error) {
	var offices []string
	for _, p := range by.Posts {
		if p.Role == auth.Office {
			offices = append(offices, p.Unit)
		}
	}
	if len(offices) == 0 {
		return nil, nil
	}
	return db.All(tx, scanMatter, `SELECT `+matterColumns+` FROM matters
		WHERE state = 'draft' AND office IN (SELECT j.key FROM json_each($1) j) ORDER BY id LIMIT 200`,
		db.Texts(offices))
}

// openOfOffice are the matters of an office that are not ended, but one, newest first.
func openOfOffice(tx *db.Tx, office, but string) ([]Matter, error) {
	return db.All(tx, scanMatter, `SELECT `+matterColumns+` FROM matters
		WHERE office = $1 AND state = 'raised' AND shown <> 'closed' AND id <> $2
		ORDER BY year DESC, serial DESC LIMIT 200`, office, but)
}

// matterRows are the rows of matters, without their items, by id.
func matterRows(tx *db.Tx, ids []string) (map[string]Matter, error) {
	all, err := db.All(tx, scanMatter, `SELECT `+matterColumns+` FROM matters
		WHERE id IN (SELECT j.key FROM json_each($1) j)`, db.Texts(ids))
	by := map[string]Matter{}
	for _, m := range all {
		by[m.ID] = m
	}
	return by, err
}

// standingIn are the items of several matters as far as an index has them: how they stand, and their days.
func standingIn(tx *db.Tx, matters []string) (map[string][]Item, error) {
	all, err := db.All(tx, func(r db.Row) (i Item, err error) {
		return i, r.Scan(&i.MatterID, &i.State, &i.NextOn, &i.Due, &i.ReportedOn)
	}, `SELECT i.matter_id, i.state, i.next_on, i.due, i.reported_on FROM json_each($1) j
		JOIN matter_items i ON i.matter_id = j.key ORDER BY i.matter_id, i.position`, db.Texts(matters))
	by := map[string][]Item{}
	for _, i := range all {
		by[i.MatterID] = append(by[i.MatterID], i)
	}
	return by, err
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
