package db

// Many new rows of one table, in as few statements as there need be. What the rows hold is their module's business;
// rows of a definition, a handful at a time, are better one JSON object that json_each reads.

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// mostParameters is how many a statement has: more make it no faster, and SQLite counts them from the start for each.
const mostParameters = 1000

// InsertAll inserts rows in their order, many with each statement: into is the table with its columns, as after INSERT
// INTO.
func (tx *Tx) InsertAll(into string, rows [][]any) error {
	return tx.many("INSERT INTO "+into+" VALUES ", "", "", rows, tx.Exec)
}

// Inserted is InsertAll that reads what ending returns of each row, in no order.
func Inserted[T any](tx *Tx, scan func(Row) (T, error), into string, rows [][]any, ending string) (all []T, err error) {
	return all, tx.many("INSERT INTO "+into+" VALUES ", "", ending, rows, func(query string, args ...any) error {
		some, err := All(tx, scan, query, args...)
		all = append(all, some...)
		return err
	})
}

// many runs one statement after another with as many rows as go together: a power of two, so that a handful of texts
// are all that stay prepared. one is a row with question marks; empty: nothing but these.
func (tx *Tx) many(head, one, ending string, rows [][]any, run func(string, ...any) error) error {
	if len(rows) == 0 {
		return nil
	}
	width := len(rows[0])
	if one == "" {
		one = "(" + strings.Repeat("?, ", width-1) + "?)"
	}
	most := 1 << (bits.Len(uint(max(1, mostParameters/width))) - 1)
	text, texts := "", 0
	for len(rows) > 0 {
		n := min(most, 1<<(bits.Len(uint(len(rows)))-1))
		if n != texts {
			text, texts = head+strings.Repeat(one+", ", n-1)+one+ending, n
			if tx.db.Postgres {
				text = counted(text)
			}
		}
		if err := run(text, slices.Concat(rows[:n]...)...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// counted gives the question marks of a text their numbers, which PostgreSQL wants; SQLite takes marks faster.
func counted(text string) string {
	var b strings.Builder
	for n := 1; ; n++ {
		before, after, more := strings.Cut(text, "?")
		b.WriteString(before)
		if !more {
			return b.String()
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
		text = after
	}
}
