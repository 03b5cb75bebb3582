package db

// A transaction and how it is asked: one instant, one actor, query helpers. When it is tried again is db.go's.

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
)

// Tx is one transaction, bound to its context. Now is one instant (UTC, microseconds) for everything
// that is written together.
type Tx struct {
	Context context.Context
	Now     time.Time
	Machine time.Time // what the machine’s clock shows; Now may be ahead of it or behind, see Shift
	Writes  bool      // it may write
	Actor   Actor
	Outside bool        // what was read rests on more than the database: on a file, or on another machine
	Kept    map[any]any // what a package keeps for the length of the transaction, by a key type of its own
	db      *DB
	tx      *sql.Tx
	last    []func(*Tx) error
	after   []func()

	told     map[string]bool // attested tables that the guard was told of
	revision string          // of the definitions as this transaction sees them now; '' = not read
	loading  int             // how many calls of Remember are loading
}

// Actor is who a transaction acts for: the first whom the journal names in it.
type Actor struct{ ID, Name string }

// Row is what a scan function reads from: *sql.Row and *sql.Rows.
type Row interface{ Scan(dest ...any) error }

// Today is the day of Now as 2018-12-31, in the office's time zone (China has one, UTC+8, no summer time).
func (tx *Tx) Today() string { return tx.Now.In(China).Format(time.DateOnly) }

// China is the time zone of all dates shown and compared.
var China = calendar.Zone

// Postgres says which database this is, for the few maintenance texts that differ.
func (tx *Tx) Postgres() bool { return tx.db.Postgres }

// Carried is what DB.Carry was given.
func (tx *Tx) Carried() any { return tx.db.carried }

// Last has fn run after everything else in the transaction, just before its commit.
func (tx *Tx) Last(fn func(*Tx) error) { tx.last = append(tx.last, fn) }

// Settle runs what was to run last, as at a commit, and goes on: for a story of many moments told in one transaction,
// each of which is to see what those before it left in the journal.
func (tx *Tx) Settle() error {
	for i := 0; i < len(tx.last); i++ { // the last may add others
		if err := tx.last[i](tx); err != nil {
			return err
		}
	}
	tx.last, tx.told, tx.Actor = nil, nil, Actor{}
	return nil
}

// After has fn run once the transaction is committed; never if it is not.
func (tx *Tx) After(fn func()) { tx.after = append(tx.after, fn) }

// Exec runs a statement.
func (tx *Tx) Exec(query string, args ...any) error {
	if err := tx.writes(query); err != nil {
		return err
	}
	if err := storable(args); err != nil {
		return err
	}
	_, err := tx.tx.ExecContext(tx.Context, query, args...)
	return known(err)
}

// ExecN runs a statement and returns how many rows it changed.
func (tx *Tx) ExecN(query string, args ...any) (int64, error) {
	if err := tx.writes(query); err != nil {
		return 0, err
	}
	if err := storable(args); err != nil {
		return 0, err
	}
	result, err := tx.tx.ExecContext(tx.Context, query, args...)
	if err != nil {
		return 0, known(err)
	}
	return result.RowsAffected()
}

// ExecOne runs a statement that must change just one row; it is a Conflict if it changes none, because
// then the row's version was not the one the user had seen.
func (tx *Tx) ExecOne(query string, args ...any) error {
	n, err := tx.ExecN(query, args...)
	if err == nil && n == 0 {
		return errs.Conflictf("这条记录刚刚被别人改过。请刷新页面，核对后再操作；您输入的内容仍在本页。")
	}
	return err
}

// Each calls fn for every row, without keeping them.
func Each(tx *Tx, fn func(Row) error, query string, args ...any) error {
	if err := cmp.Or(tx.looked(query), storable(args)); err != nil {
		return err
	}
	rows, err := tx.tx.QueryContext(tx.Context, query, args...)
	if err != nil {
		return known(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return readable(query, err)
		}
	}
	return known(rows.Err())
}

// All returns every row as scan reads it.
func All[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	var all []T
	err := Each(tx, func(r Row) error {
		item, err := scan(r)
		all = append(all, item)
		return err
	}, query, args...)
	return all, err
}

// One returns the only row; no row is a Missing error.
func One[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) (item T, err error) {
	if err := cmp.Or(tx.looked(query), storable(args)); err != nil {
		return item, err
	}
	item, err = scan(tx.tx.QueryRowContext(tx.Context, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return item, errs.Missingf("没有找到这项内容。它可能已被删除，或者您没有查看权限。")
	}
	return item, known(readable(query, err))
}

// Value returns the only column of the only row; no row is a Missing error.
func Value[T any](tx *Tx, query string, args ...any) (T, error) {
	return One(tx, Single[T], query, args...)
}

// Single scans a row of one column.
func Single[T any](r Row) (v T, err error) { return v, r.Scan(&v) }

// NewID is a new UUIDv7 as text: unique everywhere and in order of time.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Maybe turns what is not there into found = false.
func Maybe[T any](v T, err error) (_ T, found bool, _ error) {
	if errs.KindOf(err) == errs.Missing {
		return v, false, nil
	}
	return v, err == nil, err
}

// Texts packs texts for json_each($n), which reads them as keys, the same on SQLite and PostgreSQL; each once.
func Texts(all []string) string {
	set := make(map[string]int, len(all))
	for _, one := range all {
		set[one] = 1
	}
	text, _ := json.Marshal(set) // a map of integers always marshals
	return string(text)
}

// Object is a map as encoding/json writes it, if nothing in it has to be escaped: in a fifth of the time, for rows that
// are written by the thousand.
func Object(all map[string]string) (text string, plain bool) {
	keys := make([]string, 0, len(all))
	size := 2
	for key, value := range all {
		if !bare(key) || !bare(value) {
			return "", false
		}
		keys, size = append(keys, key), size+len(key)+len(value)+6
	}
	slices.Sort(keys)
	b := append(make([]byte, 0, size), '{')
	for i, key := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(append(append(b, '"'), key...), `":"`...), all[key]...), '"')
	}
	return string(append(b, '}')), true
}

// bare says that a text stands in JSON as it is, whoever writes it.
func bare(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&':
			return false
		case c == 0xE2 && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
			return false
		}
	}
	return utf8.ValidString(text)
}

// Ints writes ids for IN (…). They are numbers, so nothing can be injected; and a list that stands in the text lets
// PostgreSQL see how long it is, where json_each counts as 100 rows and makes it read whole tables. "0" if empty: no id
// is zero.
func Ints(ids []int64) string {
	if len(ids) == 0 {
		return "0"
	}
	var b []byte
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, id, 10)
	}
	return string(b)
}
