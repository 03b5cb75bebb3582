package list

// How the rows of a page are found: their ids first, by an index in the list's order; what a row shows is read for
// those of the page only. What a list is, web.go says.

import (
	"fmt"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// Most is how far a list is counted. Narrow is how many rows may be sorted where no index has them in order.
const (
	Most   = 10_000
	narrow = 2_000
)

// Source is where rows come from. From has all that ids, conditions and orders need, under the aliases that Select
// gives them too. An order is given ascending; its last term is the key, so that no two rows are equal.
type Source[T any] struct {
	Key      string // s.id
	From     string // submissions s
	Select   string // s.id, s.state, u.name FROM submissions s JOIN units u ON u.code = s.unit
	Scan     func(db.Row) (T, error)
	ID       func(T) string
	Fill     func(*db.Tx, []T) error // what rows show beside their own, for many at a time; may be nil
	Orders   map[string][]string     // by the name in the address
	Of       string                  // the condition that every index begins with, if there is one; without parameters
	Partly   map[string]string       // by order, what its index has in its condition; every row of the list has it
	Combined *Combined               // where several filters are set; nil: no such column
	Few      bool                    // no index has the orders: the conditions lead to few rows, which are sorted
	Where
}

// Where are the conditions that all hold. A parameter is a question mark.
type Where struct {
	all   []condition
	equal []equality
}

type condition struct {
	text string
	args []any
}

// equality is a condition that an index begins with: the one of the order of that name.
type equality struct {
	order, column, text string
	arg                 any
	implied             bool // by another condition
}

// And adds a condition.
func (w *Where) And(text string, args ...any) { w.all = append(w.all, condition{text, args}) }

// Equal keeps the rows that have the value. order is the one whose index begins with the column; empty if none does.
func (w *Where) Equal(order, column string, value any) {
	w.equal = append(w.equal, equality{order: order, column: column, text: "%s = ?", arg: value})
}

// Visible keeps what the user may see. Rows that are a unit's own have no path.
func (w *Where) Visible(by auth.User, unit, path string) {
	units, paths := by.Scope()
	if path == "" {
		path, paths = "''", nil
	}
	w.all = append(w.all, condition{auth.Visible(unit, path, 1), []any{db.Texts(units), db.Texts(paths)}})
	switch {
	case len(paths) > 0:
	case len(units) == 1:
		w.equal = append(w.equal, equality{"unit", unit, "%s = ?", units[0], true})
	default:
		w.equal = append(w.equal, equality{column: unit, text: "%s IN (SELECT j.key FROM json_each(?) j)",
			arg: db.Texts(units), implied: true})
	}
}

// Within keeps the rows of the areas of these paths and of all below them.
func (w *Where) Within(path string, paths []string) {
	if len(paths) == 1 { // costs least for each row
		w.And(fmt.Sprintf("substr(%s, 1, %d) = ?", path, len(paths[0])), paths[0])
		return
	}
	w.all = append(w.all, condition{auth.Within(path, 1), []any{db.Texts(paths)}})
}

// written is a list of conditions as SQL, each parameter with its number.
func written(all []condition) (text string, args []any) {
	var b strings.Builder
	for i, c := range all {
		if b.WriteString(" AND "); i == 0 {
			b.Reset()
			b.WriteString(" WHERE ")
		}
		b.WriteString(numbered(c.text, len(args)))
		args = append(args, c.args...)
	}
	return b.String(), args
}

// numbered counts a condition's own parameters on from those before it.
func numbered(text string, before int) string {
	n := before
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '?':
			n++
			fmt.Fprintf(&b, "$%d", n)
		case text[i] == '$' && before > 0: // as auth writes them, from 1
			fmt.Fprintf(&b, "$%d", int(text[i+1]-'0')+before)
			i++
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// plain are all conditions, each as an index may use it.
func (w Where) plain() []condition {
	all := slices.Clone(w.all)
	for _, e := range w.equal {
		all = append(all, condition{fmt.Sprintf(e.text, e.column), []any{e.arg}})
	}
	return all
}

// ordered are all conditions such that the rows come out in order: an equality that would lead the database away from
// the order's index, to more rows than can be sorted in no time, is written so that it only sifts.
// few says that one of them leads to so few rows that they are better sorted.
func (s Source[T]) ordered(tx *db.Tx, order []string) (all []condition, few bool, err error) {
	if s.Few {
		return append(s.of(), s.plain()...), false, nil
	}
	all = slices.Concat(s.of(), s.all)
	for _, e := range s.equal {
		c := condition{fmt.Sprintf(e.text, e.column), []any{e.arg}}
		if !slices.Equal(without(s.Orders[e.order], e.column), without(order, e.column)) {
			wide, err := s.wide(tx, c)
			if err != nil {
				return nil, false, err
			}
			few = few || !wide
			if wide && e.implied {
				continue
			}
			if wide {
				c.text = "(" + c.text + ") IS TRUE" // no index leads there, and no text is copied for it
			}
		}
		all = append(all, c)
	}
	if !few {
		c, found, err := s.combined(tx)
		if err != nil || !found {
			return all, false, err
		}
		all, few = append(all, c), true
	}
	return all, few, nil
}

// without is an order among rows that are equal in the column.
func without(order []string, column string) []string {
	return slices.DeleteFunc(slices.Clone(order), func(term string) bool {
		return strings.TrimSuffix(term, " DESC") == column
	})
}

func (s Source[T]) of() []condition {
	if s.Of == "" {
		return nil
	}
	return []condition{{text: s.Of}}
}

// total is how many rows there are, counted to most.
func (s Source[T]) total(tx *db.Tx, most int) (int, error) {
	all := append(s.of(), s.plain()...)
	c, found, err := s.combined(tx)
	if err != nil {
		return 0, err
	}
	if found {
		all = append(all, c)
	}
	return s.count(tx, all, most)
}

func (s Source[T]) count(tx *db.Tx, all []condition, most int) (int, error) {
	text, args := written(all)
	return db.Value[int](tx, fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM %s%s LIMIT %d) x`, s.From, text, most),
		args...)
}

// Ids is the query for the ids of a part of the list.
func (s Source[T]) Ids(tx *db.Tx, sort string, offset, limit int) (query string, args []any, err error) {
	order := s.Orders[strings.TrimPrefix(sort, "-")]
	all, few, err := s.ordered(tx, order)
	if part := s.Partly[strings.TrimPrefix(sort, "-")]; part != "" && !few {
		all = append(all, condition{text: part})
	}
	text, args := written(all)
	key, from, by := s.Key, s.From+text, order
	if few { // found first, whatever index has the order
		key, by = "x.k", nil
		columns := s.Key + " AS k"
		for i, term := range order {
			column, down := strings.CutSuffix(term, " DESC")
			columns += fmt.Sprintf(", %s AS o%d", column, i)
			by = append(by, fmt.Sprintf("x.o%d", i)+map[bool]string{true: " DESC"}[down])
		}
		from = fmt.Sprintf("(SELECT %s FROM %s LIMIT %d) x", columns, from, narrow+1)
	}
	return fmt.Sprintf(`SELECT %s FROM %s%s LIMIT %d OFFSET %d`, key, from, orderBy(sort, by), limit, offset), args, err
}

func orderBy(sort string, order []string) string {
	order = slices.Clone(order)
	for i, term := range order {
		ascending := strings.TrimSuffix(term, " DESC")
		if strings.HasPrefix(sort, "-") {
			if order[i] = ascending; ascending == term {
				order[i] += " DESC"
			}
		}
	}
	return " ORDER BY " + strings.Join(order, ", ")
}

// Part reads the rows from offset on, at most limit, and says whether more follow.
func (s Source[T]) Part(tx *db.Tx, sort string, offset, limit int) (rows []T, more bool, err error) {
	query, args, err := s.Ids(tx, sort, offset, limit+1)
	if err != nil {
		return nil, false, err
	}
	ids, err := db.All(tx, db.Single[string], query, args...)
	if more = len(ids) > limit; more {
		ids = ids[:limit]
	}
	if err != nil || len(ids) == 0 {
		return nil, more, err
	}
	found, err := db.All(tx, s.Scan, `SELECT `+s.Select+` WHERE `+s.Key+` IN (SELECT j.key FROM json_each($1) j)`,
		db.Texts(ids))
	at := map[string]int{}
	for i, row := range found {
		at[s.ID(row)] = i
	}
	for _, id := range ids {
		if i, there := at[id]; there {
			rows = append(rows, found[i])
		}
	}
	if err == nil && s.Fill != nil {
		err = s.Fill(tx, rows)
	}
	return rows, more, err
}

// Counted is a page, from 1, for whoever shows a part of a list, and how many rows there are, counted to Most.
func (s Source[T]) Counted(tx *db.Tx, sort string, page, size int) (rows []T, total int, err error) {
	offset := (max(page, 1) - 1) * size
	rows, more, err := s.Part(tx, sort, offset, size)
	if total = offset + len(rows); err != nil || !more {
		return rows, total, err
	}
	total, err = s.total(tx, Most)
	return rows, total, err
}

// Grouped counts the rows by what stands in a column.
func (s Source[T]) Grouped(tx *db.Tx, column string) (map[string]int, error) {
	text, args := written(append(s.of(), s.plain()...))
	sums := map[string]int{}
	return sums, db.Each(tx, func(r db.Row) error {
		var value string
		var n int
		err := r.Scan(&value, &n)
		sums[value] = n
		return err
	}, fmt.Sprintf(`SELECT %s, count(*) FROM %s%s GROUP BY 1`, column, s.From, text), args...)
}

// piece is how many rows are filled at once.
const piece = 500

// Each calls fn with every row of the list, in order.
func (s Source[T]) Each(tx *db.Tx, sort string, fn func(T) error) error {
	order := s.Orders[strings.TrimPrefix(sort, "-")]
	all, _, err := s.ordered(tx, order)
	if err != nil {
		return err
	}
	text, args := written(all)
	query := `SELECT ` + s.Select + text + orderBy(sort, order)
	if s.Fill == nil {
		return db.Each(tx, func(r db.Row) error {
			row, err := s.Scan(r)
			if err != nil {
				return err
			}
			return fn(row)
		}, query, args...)
	}
	rows, err := db.All(tx, s.Scan, query, args...)
	for some := range slices.Chunk(rows, piece) {
		if err := s.Fill(tx, some); err != nil {
			return err
		}
		for _, row := range some {
			if err := fn(row); err != nil {
				return err
			}
		}
	}
	return err
}
