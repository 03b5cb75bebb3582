package journal

import (
	"database/sql"
	"encoding/json"

	"yipanqi/internal/db"
)

const columns = `id, at, actor_id, actor, verb, object, object_seq, detail, seq, hash`

func scan(r db.Row) (e Entry, err error) {
	var seq sql.NullInt64
	var hash sql.NullString
	if err := r.Scan(&e.ID, &e.At, &e.ActorID, &e.Actor, &e.Verb, &e.Object, &e.ObjectSeq,
		&e.detail, &seq, &hash); err != nil {
		return e, err
	}
	e.At, e.Seq, e.Hash = e.At.UTC(), seq.Int64, hash.String
	if e.detail != "" {
		err = json.Unmarshal([]byte(e.detail), &e.Detail)
	}
	return e, err
}

func insert(tx *db.Tx, e Entry) error {
	return tx.Exec(`INSERT INTO journal (at, actor_id, actor, verb, object, object_seq, detail)
		VALUES ($1, $2, $3, $4, $5, (SELECT COALESCE(max(object_seq), 0) + 1 FROM journal WHERE object = $5), $6)`,
		e.At, e.ActorID, e.Actor, e.Verb, e.Object, e.detail)
}

// Of returns the history of one object, oldest first.
func Of(tx *db.Tx, object string) ([]Entry, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM journal WHERE object = $1 ORDER BY object_seq`, object)
}

// Count is how many entries an object has.
func Count(tx *db.Tx, object string) (int64, error) {
	return db.Value[int64](tx, `SELECT count(*) FROM journal WHERE object = $1`, object)
}

// Recent returns the newest entries, newest first.
func Recent(tx *db.Tx, before int64, limit int) ([]Entry, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM journal WHERE $1 = 0 OR id < $1
		ORDER BY id DESC LIMIT $2`, before, limit)
}

func scanHead(r db.Row) (h Head, err error) { return h, r.Scan(&h.Seq, &h.Hash) }

// LastSealed is the head of the chain.
func LastSealed(tx *db.Tx) (Head, error) {
	return db.One(tx, scanHead, `SELECT seq, hash FROM seal_head WHERE id = 1`)
}

// seal chains up to limit visible entries that have no link yet and returns how many it chained. Locking the head
// first makes two sealers at once take turns.
func seal(tx *db.Tx, limit int) (int, error) {
	head, err := db.One(tx, scanHead, `UPDATE seal_head SET seq = seq WHERE id = 1 RETURNING seq, hash`)
	if err != nil {
		return 0, err
	}
	entries, err := db.All(tx, scan, `SELECT `+columns+` FROM journal WHERE seq IS NULL ORDER BY id LIMIT $1`, limit)
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	for _, e := range entries {
		head = Head{head.Seq + 1, link(head.Hash, head.Seq+1, e)}
		if err := tx.ExecOne(`UPDATE journal SET seq = $1, hash = $2 WHERE id = $3 AND seq IS NULL`, head.Seq,
			head.Hash, e.ID); err != nil {
			return 0, err
		}
	}
	return len(entries), tx.ExecOne(`UPDATE seal_head SET seq = $1, hash = $2 WHERE id = 1`, head.Seq, head.Hash)
}

// each walks the chain in order of seq, then the entries not yet sealed.
func each(tx *db.Tx, fn func(Entry) error) error {
	return db.Each(tx, func(r db.Row) error {
		e, err := scan(r)
		if err != nil {
			return err
		}
		return fn(e)
	}, `SELECT `+columns+` FROM journal ORDER BY CASE WHEN seq IS NULL THEN 1 ELSE 0 END, seq, id`)
}

func hashAt(tx *db.Tx, seq int64) (string, error) {
	return db.Value[string](tx, `SELECT hash FROM journal WHERE seq = $1`, seq)
}

// brokenObjects are the objects whose entries are not numbered 1, 2, 3 … without a gap.
func brokenObjects(tx *db.Tx) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT object FROM journal GROUP BY object
		HAVING count(*) <> max(object_seq) OR min(object_seq) <> 1 ORDER BY object`)
}
