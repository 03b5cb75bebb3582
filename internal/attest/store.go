package attest

// The table attested: the texts of rows, and the entry of the journal that vouches for them.

import (
	"encoding/json"
	"maps"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

func attestedTexts(tx *db.Tx, table db.Attested) (texts, error) {
	all := texts{}
	return all, db.Each(tx, func(r db.Row) error {
		var key, text string
		err := r.Scan(&key, &text)
		all[key] = text
		return err
	}, `SELECT key, text FROM attested WHERE name = $1`, table.Table)
}

const chunk = 500 // rows a statement: bounds its parameter

// store writes fresh texts over the old ones and removes those of rows that are gone; what they said until then is kept
// as replaced by the journal's entry seq.
func store(tx *db.Tx, table db.Attested, fresh texts, gone []string, seq int64) error {
	if err := keep(tx, table, append(slices.Collect(maps.Keys(fresh)), gone...), seq); err != nil {
		return err
	}
	for keys := range slices.Chunk(slices.Sorted(maps.Keys(fresh)), chunk) {
		part := map[string]map[string]string{}
		for _, key := range keys {
			part[key] = map[string]string{"text": fresh[key]}
		}
		list, err := json.Marshal(part)
		if err != nil {
			return err
		}
		if err := tx.Exec(`INSERT INTO attested (name, key, text)
			SELECT CAST($1 AS TEXT), j.key, j.value ->> 'text' FROM json_each($2) j WHERE true
			ON CONFLICT (name, key) DO UPDATE SET text = excluded.text`, table.Table, string(list)); err != nil {
			return err
		}
	}
	for _, key := range gone {
		if err := tx.Exec(`DELETE FROM attested WHERE name = $1 AND key = $2`, table.Table, key); err != nil {
			return err
		}
	}
	return nil
}

// lastEntry is what the journal last said of the definitions.
func lastEntry(tx *db.Tx) (e journal.Entry, begun, made bool, err error) {
	return journal.LastOf(tx, Object)
}
