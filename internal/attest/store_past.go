package attest

// The table attested_past: what texts said until an entry of the journal replaced them. Rows are only ever added.

import (
	"encoding/json"
	"slices"

	"yipanqi/internal/db"
)

// keep adds what the texts of keys said until the entry seq. Of the first entry nothing is kept: nobody spoke before.
func keep(tx *db.Tx, table db.Attested, keys []string, seq int64) error {
	if seq <= 1 {
		return nil
	}
	for part := range slices.Chunk(keys, chunk) {
		set := map[string]int{}
		for _, key := range part {
			set[key] = 1
		}
		list, err := json.Marshal(set)
		if err != nil {
			return err
		}
		if err := tx.Exec(`INSERT INTO attested_past (name, key, until_seq, text)
			SELECT CAST($1 AS TEXT), j.key, CAST($2 AS BIGINT), COALESCE(a.text, '')
			FROM json_each($3) j LEFT JOIN attested a ON a.name = CAST($1 AS TEXT) AND a.key = j.key WHERE true`,
			table.Table, seq, string(list)); err != nil {
			return err
		}
	}
	return nil
}

// textsAt are the texts of a table as the journal's entry seq left them.
func textsAt(tx *db.Tx, table string, seq int64) (texts, error) {
	all, err := attestedTexts(tx, db.Attested{Table: table})
	if err != nil {
		return nil, err
	}
	return all, db.Each(tx, func(r db.Row) error {
		var key, text string
		err := r.Scan(&key, &text)
		all.back(key, text)
		return err
	}, `SELECT key, text FROM attested_past WHERE name = $1 AND until_seq > $2 ORDER BY until_seq DESC`, table, seq)
}

// replaced is a text that an entry of the journal replaced.
type replaced struct {
	table, key, text string
	until            int64
}

// eachReplaced visits what was ever replaced, the newest first.
func eachReplaced(tx *db.Tx, fn func(replaced)) error {
	return db.Each(tx, func(r db.Row) error {
		var was replaced
		err := r.Scan(&was.table, &was.key, &was.until, &was.text)
		fn(was)
		return err
	}, `SELECT name, key, until_seq, text FROM attested_past ORDER BY until_seq DESC, name, key`)
}

// putText writes one text of a copy.
func putText(tx *db.Tx, table, key, text string) error {
	return tx.Exec(`INSERT INTO attested (name, key, text) VALUES ($1, $2, $3)`, table, key, text)
}

func empty(tx *db.Tx, table string) error { return tx.Exec(`DELETE FROM ` + table) }
