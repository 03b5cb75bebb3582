package db

// The inverted index of the search: rows of terms, and which rows hold what is asked, newest first. It is the one
// thing that the databases do in texts of their own: FTS5 on SQLite, a tsvector under GIN on PostgreSQL. What the
// terms mean, and who may see which row, is package find's business.

import (
	"fmt"
	"strconv"
	"strings"
)

// Match is a condition on a row's terms: it holds Term, or all of All, or one of Any; just one of the three is set.
// A term is letters and digits of any script, in lower case.
type Match struct {
	Term string
	All  []Match
	Any  []Match
}

// A row's terms are kept under its id. SQLite keeps nothing but the index; detail=none has no positions, which makes
// it small, and phrases impossible.
const (
	termsSQLite = `CREATE VIRTUAL TABLE find_terms USING fts5(terms, content='', contentless_delete=1, detail='none',
	tokenize='unicode61 remove_diacritics 0');`
	termsPostgres = `CREATE TABLE find_terms (id BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL);
CREATE INDEX find_terms_terms ON find_terms USING gin (terms) WITH (fastupdate = off);`
)

// block is how many ids PostgreSQL looks through at a time: GIN gives matches in no order, and sorting half a million
// of them to show twenty takes longer than a person waits. The block of an id is a term like any other.
const (
	block     = 1 << 14
	blockMark = "块"
)

// Terms are those of one row.
type Terms struct {
	ID    int64
	Terms []string
}

// PutTerms sets the terms of rows, each once, in place of those they had.
func (tx *Tx) PutTerms(rows ...Terms) error {
	head, one, ending := `INSERT OR REPLACE INTO find_terms (rowid, terms) VALUES `, "", ""
	if tx.db.Postgres {
		head, one = `INSERT INTO find_terms (id, terms) VALUES `, `(?, array_to_tsvector(string_to_array(?, ' ')))`
		ending = ` ON CONFLICT (id) DO UPDATE SET terms = excluded.terms`
	}
	all := make([][]any, len(rows))
	for i, row := range rows {
		text := strings.Join(row.Terms, " ")
		if tx.db.Postgres {
			text = blockMark + strconv.FormatInt(row.ID/block, 10) + " " + text
		}
		all[i] = []any{row.ID, text}
	}
	return tx.many(head, one, ending, all, tx.Exec)
}

// DropTerms forgets row id.
func (tx *Tx) DropTerms(id int64) error {
	if tx.db.Postgres {
		return tx.Exec(`DELETE FROM find_terms WHERE id = $1`, id)
	}
	return tx.Exec(`DELETE FROM find_terms WHERE rowid = $1`, id)
}

// Matching returns the ids of the newest rows that match, newest first, at most limit of them.
func (tx *Tx) Matching(m Match, limit int) ([]int64, error) {
	if !tx.db.Postgres {
		return All(tx, Single[int64], fmt.Sprintf(`SELECT rowid FROM find_terms WHERE find_terms MATCH $1
			ORDER BY rowid DESC LIMIT %d`, limit), m.fts5())
	}
	// id + 0: the planner must not walk all ids backwards in the hope of an early match
	return All(tx, Single[int64], fmt.Sprintf(`SELECT found.id
		FROM generate_series((SELECT COALESCE(max(id), 0) / %d FROM find_terms), 0, -1) AS block,
			LATERAL (SELECT id FROM find_terms WHERE terms @@ CAST($1 || ' & ''%s' || block || '''' AS tsquery)
				ORDER BY id + 0 DESC LIMIT %[3]d) found
		LIMIT %[3]d`, block, blockMark, limit), m.tsquery())
}

func (m Match) fts5() string {
	return m.text(" AND ", " OR ", func(term string) string { return `"` + term + `"` })
}

func (m Match) tsquery() string {
	return m.text(" & ", " | ", func(term string) string { return "'" + term + "'" })
}

func (m Match) text(and, or string, quote func(string) string) string {
	if m.Term != "" {
		return quote(strings.Map(onlyTerm, m.Term))
	}
	parts, by := m.All, and
	if len(m.Any) > 0 {
		parts, by = m.Any, or
	}
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = part.text(and, or, quote)
	}
	return "(" + strings.Join(texts, by) + ")"
}

// onlyTerm drops what would end the quotes around a term.
func onlyTerm(r rune) rune {
	if r == '\'' || r == '"' || r == '\\' || r == ' ' {
		return -1
	}
	return r
}
