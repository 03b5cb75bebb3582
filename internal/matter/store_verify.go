package matter

// What an audit reads: rows page by page, and rows that belong to nothing.

import "yipanqi/internal/db"

// some are the next ids of matters after one.
func some(tx *db.Tx, after string, most int) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT id FROM matters WHERE id > $1 ORDER BY id LIMIT $2`, after, most)
}

func sourceRows(tx *db.Tx, id string) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT ref || ' ' || kind FROM matter_sources WHERE matter_id = $1`, id)
}

func partyRows(tx *db.Tx, item string) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT unit || ' ' || part FROM matter_parties WHERE item_id = $1`, item)
}

func strayRows(tx *db.Tx) ([][2]string, error) {
	return db.All(tx, func(r db.Row) (row [2]string, err error) { return row, r.Scan(&row[0], &row[1]) },
		`SELECT 'matter_items', i.id FROM matter_items i
			WHERE NOT EXISTS (SELECT 1 FROM matters m WHERE m.id = i.matter_id)
		UNION ALL SELECT 'matter_parties', p.item_id FROM matter_parties p
			WHERE NOT EXISTS (SELECT 1 FROM matter_items i WHERE i.id = p.item_id)
		UNION ALL SELECT 'matter_facets', f.thing FROM matter_facets f
			WHERE NOT EXISTS (SELECT 1 FROM matter_items i WHERE i.id = f.thing)
			AND NOT EXISTS (SELECT 1 FROM matters m WHERE m.id = f.thing)
		UNION ALL SELECT 'matter_sources', s.matter_id FROM matter_sources s
			WHERE NOT EXISTS (SELECT 1 FROM matters m WHERE m.id = s.matter_id)`)
}
