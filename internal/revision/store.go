package revision

// Rows of records, links, duties and revisions: the columns of each are named once, for reading, writing and the
// journal alike. There are few of them, so a list reads all and leaves out what its reader may not see.

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

// column is one column of a row: where it is scanned to, what is written, what the journal says of it.
type column struct {
	name  string
	to    any
	value func() any
	said  func() string
	read  func(said string) error // takes in what said says
}

func text[T ~string](name string, p *T) column {
	return column{name, p, func() any { return string(*p) }, func() string { return string(*p) },
		func(said string) error {
			*p = T(said)
			return nil
		}}
}

func whole[T ~int | ~int64](name string, p *T) column {
	return column{name, p, func() any { return int64(*p) }, func() string { return held.Int(*p) },
		func(said string) error {
			n, err := strconv.ParseInt(said, 10, 64)
			*p = T(n)
			return err
		}}
}

func moment(name string, p *time.Time) column {
	return column{name, p, func() any { return *p }, func() string { return held.Time(*p) },
		func(said string) (err error) {
			*p, err = time.Parse(time.RFC3339Nano, said)
			return err
		}}
}

// number is a yes or no as a number.
type number struct{ p *bool }

func (n number) Scan(stored any) error {
	v, ok := stored.(int64)
	if !ok {
		return fmt.Errorf("%v is no yes or no", stored)
	}
	*n.p = v != 0
	return nil
}

func yes(name string, p *bool) column {
	return column{name, number{p}, func() any {
		if *p {
			return 1
		}
		return 0
	}, func() string { return held.Bool(*p) }, func(said string) error {
		*p = said != ""
		return nil
	}}
}

// packed is a list kept as JSON.
type packed[T any] struct{ p *[]T }

func (c packed[T]) Scan(stored any) error {
	switch v := stored.(type) {
	case string:
		return json.Unmarshal([]byte(v), c.p)
	case []byte:
		return json.Unmarshal(v, c.p)
	}
	return fmt.Errorf("%v is no list", stored)
}

func (c packed[T]) text() string {
	all := *c.p
	if all == nil {
		all = []T{}
	}
	body, err := json.Marshal(all)
	if err != nil {
		panic(err) // plain texts always marshal
	}
	return string(body)
}

func listed[T any](name string, p *[]T) column {
	c := packed[T]{p}
	return column{name, c, func() any { return c.text() }, c.text, func(said string) error { return c.Scan(said) }}
}

// kept are the columns that all tables have.
func (k *Kept) kept() []column {
	return []column{text("office", &k.Office), text("area_path", &k.AreaPath), text("state", &k.State),
		whole("version", &k.Version), text("updated_by", &k.UpdatedBy), moment("updated_at", &k.UpdatedAt)}
}

// row is one of the four.
type row interface {
	table() string
	columns() []column
	head() *Kept
}

// names are the columns of a row for a statement.
func names(columns []column) string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = c.name
	}
	return strings.Join(all, ", ")
}

// scanned reads a row.
func scanned[T any, R interface {
	*T
	row
}](r db.Row) (one T, err error) {
	columns := R(&one).columns()
	to := []any{&R(&one).head().ID}
	for _, c := range columns {
		to = append(to, c.to)
	}
	err = r.Scan(to...)
	R(&one).head().UpdatedAt = R(&one).head().UpdatedAt.UTC()
	return one, err
}

func selecting(r row) string { return `SELECT id, ` + names(r.columns()) + ` FROM ` + r.table() }

// byID reads one, whoever asks.
func byID[T any, R interface {
	*T
	row
}](tx *db.Tx, id string) (T, error) {
	var one T
	return db.One(tx, scanned[T, R], selecting(R(&one))+` WHERE id = $1`, id)
}

// every reads all of a table, oldest first.
func every[T any, R interface {
	*T
	row
}](tx *db.Tx) ([]T, error) {
	var one T
	return db.All(tx, scanned[T, R], selecting(R(&one))+` ORDER BY id`)
}

func insert(tx *db.Tx, r row) error {
	columns := r.columns()
	marks, values := []string{"$1"}, []any{r.head().ID}
	for i, c := range columns {
		marks, values = append(marks, fmt.Sprintf("$%d", i+2)), append(values, c.value())
	}
	return tx.Exec(`INSERT INTO `+r.table()+` (id, `+names(columns)+`) VALUES (`+strings.Join(marks, ", ")+`)`,
		values...)
}

// update writes a row, if it is still the one that was read.
func update(tx *db.Tx, r row) error {
	r.head().Version++
	columns := r.columns()
	var set []string
	values := []any{r.head().ID, r.head().Version - 1}
	for i, c := range columns {
		set, values = append(set, fmt.Sprintf("%s = $%d", c.name, i+3)), append(values, c.value())
	}
	return tx.ExecOne(`UPDATE `+r.table()+` SET `+strings.Join(set, ", ")+` WHERE id = $1 AND version = $2`, values...)
}

// rowOf is what of a row the journal has to say.
func rowOf(r row) held.Row {
	said := held.Row{}
	for _, c := range r.columns() {
		said[c.name] = c.said()
	}
	return said
}

// recordsDue are the records that wait for their owner until a day, in pieces by id.
func recordsDue(tx *db.Tx, until, after string, most int) ([]Record, error) {
	var one Record
	return db.All(tx, scanned[Record], selecting(&one)+` WHERE state IN ('open', 'source_found') AND id > $2
		AND (plan = '' AND half_on <= $1 OR due_on <= $1) ORDER BY id LIMIT $3`, until, after, most)
}

// recordsOf are the records that a unit looks for a source for, of those that are not ended.
func recordsOf(tx *db.Tx, owner string) ([]Record, error) {
	var one Record
	return db.All(tx, scanned[Record], selecting(&one)+` WHERE owner = $1
		AND state IN ('open', 'source_found', 'in_department_regime', 'survey_proposed', 'drop_proposed')
		ORDER BY due_on, id`, owner)
}

// recordsAbout are the records of an indicator, oldest first.
func recordsAbout(tx *db.Tx, indicator string) ([]Record, error) {
	var one Record
	return db.All(tx, scanned[Record], selecting(&one)+` WHERE indicator = $1 ORDER BY id`, indicator)
}

// dutiesOf are the duties of a unit that are not done.
func dutiesOf(tx *db.Tx, unit string) ([]Duty, error) {
	var one Duty
	return db.All(tx, scanned[Duty], selecting(&one)+` WHERE unit = $1 AND state = 'owed' ORDER BY element, id`, unit)
}

// linksOf are the links of an indicator in force.
func linksOf(tx *db.Tx, local string) ([]Link, error) {
	var one Link
	return db.All(tx, scanned[Link], selecting(&one)+` WHERE local = $1 AND state = 'in_force' ORDER BY level, id`,
		local)
}

// revisionsIn are the revisions in a state.
func revisionsIn(tx *db.Tx, state State) ([]Revision, error) {
	var one Revision
	return db.All(tx, scanned[Revision], selecting(&one)+` WHERE state = $1 ORDER BY id`, string(state))
}
