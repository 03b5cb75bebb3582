package journal

// Rows of journal, links and checkpoints. Entries are only ever added.

import (
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

const columns = `id, at, actor_id, actor, verb, object, object_seq, detail, seq, hash, mac`

func scan(r db.Row) (Entry, error) {
	e, err := scanLink(r)
	if err == nil && e.detail != "" {
		err = json.Unmarshal([]byte(e.detail), &e.Detail)
	}
	return e, err
}

// scanLink reads what a link covers, and not what the entry's detail means.
func scanLink(r db.Row) (e Entry, err error) {
	var seq sql.NullInt64
	var hash sql.NullString
	err = r.Scan(&e.ID, &e.At, &e.ActorID, &e.Actor, &e.Verb, &e.Object, &e.ObjectSeq, &e.detail, &seq, &hash, &e.mac)
	e.At, e.Seq, e.Hash = e.At.UTC(), seq.Int64, hash.String
	return e, err
}

// insert writes entries in their order, each with the next number of its object.
func insert(tx *db.Tx, entries ...Entry) error {
	keys, err := keysOf(tx)
	if err != nil {
		return err
	}
	last, err := numbers(tx, entries)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(entries, together) {
		rows := make([][]any, len(some))
		for i, e := range some {
			last[e.Object]++
			e.ObjectSeq = last[e.Object]
			rows[i] = []any{e.At, e.ActorID, e.Actor, e.Verb, e.Object, e.ObjectSeq, e.detail, keys.mark(e)}
		}
		if err := tx.InsertAll(`journal (at, actor_id, actor, verb, object, object_seq, detail, mac)`, rows); err != nil {
			return err
		}
	}
	return nil
}

// together is how many entries are written at a time.
const together = 500

// numbers are the last ones that the entries' objects have. Each is looked up by itself: PostgreSQL, which cannot know
// how many there are, would read the whole journal for some.
func numbers(tx *db.Tx, entries []Entry) (last map[string]int64, err error) {
	last = map[string]int64{}
	if len(entries) == 1 {
		last[entries[0].Object], err = db.Value[int64](tx,
			`SELECT COALESCE(max(object_seq), 0) FROM journal WHERE object = $1`, entries[0].Object)
		return last, err
	}
	for some := range slices.Chunk(entries, together) {
		objects := make([]string, len(some))
		for i, e := range some {
			objects[i] = e.Object
		}
		if err := db.Each(tx, func(r db.Row) error {
			var object string
			var n int64
			err := r.Scan(&object, &n)
			last[object] = n
			return err
		}, `SELECT j.key, COALESCE((SELECT max(object_seq) FROM journal WHERE object = j.key), 0) FROM json_each($1) j`,
			db.Texts(objects)); err != nil {
			return nil, err
		}
	}
	return last, nil
}

// Of returns the history of one object, oldest first.
func Of(tx *db.Tx, object string) ([]Entry, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM journal WHERE object = $1 ORDER BY object_seq`, object)
}

// OfAll returns every entry of some objects, those of each oldest first.
func OfAll(tx *db.Tx, objects []string) ([]Entry, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM journal WHERE object IN (SELECT key FROM json_each($1))
		ORDER BY object, object_seq`, db.Texts(objects))
}

// FirstOf is the oldest entry of one object, if it has any.
func FirstOf(tx *db.Tx, object string) (e Entry, found bool, err error) {
	return db.Maybe(db.One(tx, scan, `SELECT `+columns+` FROM journal WHERE object = $1 AND object_seq = 1`, object))
}

// OfVerb returns every entry of one verb, oldest first: for an audit, it reads the whole journal.
func OfVerb(tx *db.Tx, verb string) ([]Entry, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM journal WHERE verb = $1 ORDER BY id`, verb)
}

// MadeBy are the entries of one verb that the program made, the last of each object: what a row is held against whose
// object has one such entry.
func MadeBy(tx *db.Tx, verb string) (map[string]Entry, error) {
	entries, err := OfVerb(tx, verb)
	by := map[string]Entry{}
	for _, e := range entries {
		if Made(tx, e) {
			by[e.Object] = e
		}
	}
	return by, err
}

// LastOf is the newest entry of one object, if it has any. made is false if the program did not make it: nothing that
// it says may be believed. A reader without the journal's key cannot tell and believes it, see Verify.
func LastOf(tx *db.Tx, object string) (e Entry, found, made bool, err error) {
	e, err = db.One(tx, scan, `SELECT `+columns+` FROM journal WHERE object = $1
		ORDER BY object_seq DESC LIMIT 1`, object)
	if errs.KindOf(err) == errs.Missing {
		return e, false, false, nil
	}
	return e, err == nil, Made(tx, e), err
}

// LastUpTo is the newest entry of one object whose id is not above a place, if there is one.
func LastUpTo(tx *db.Tx, object string, place int64) (e Entry, found bool, err error) {
	return db.Maybe(db.One(tx, scan, `SELECT `+columns+` FROM journal WHERE object = $1 AND id <= $2
		ORDER BY object_seq DESC LIMIT 1`, object, place))
}

// Filter narrows a search; empty fields do not. Verb and Object are beginnings, Actor is a part of a name.
type Filter struct {
	Actor, Verb, Object string
	Objects             []string  // or any of these
	From, To            time.Time // from From to before To
	Oldest              bool      // first; else the newest are
}

// matching keeps what the filter asks for, $1 to $6.
const matching = ` FROM journal WHERE ($1 = '' OR actor LIKE '%' || $1 || '%') AND ($2 = '' OR verb LIKE $2 || '%')
	AND ($3 = '' OR object LIKE $3 || '%' OR object IN (SELECT j.key FROM json_each($4) j))
	AND at >= $5 AND at < $6`

func (f Filter) args() []any {
	if f.To.IsZero() {
		f.To = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return []any{f.Actor, f.Verb, f.Object, db.Texts(f.Objects), f.From.UTC(), f.To.UTC()}
}

// Search returns the entries that come after the one with an id (0: from the first) in the filter's order, leaving out
// the first offset of them.
func Search(tx *db.Tx, f Filter, after int64, offset, limit int) ([]Entry, error) {
	order := ` AND ($7 = 0 OR id < $7) ORDER BY id DESC LIMIT $8 OFFSET $9`
	if f.Oldest {
		order = ` AND id > $7 ORDER BY id LIMIT $8 OFFSET $9`
	}
	return db.All(tx, scan, `SELECT `+columns+matching+order, append(f.args(), after, limit, offset)...)
}

// Count says how many entries the filter keeps, up to a limit.
func Count(tx *db.Tx, f Filter, most int) (int, error) {
	return db.Value[int](tx, `SELECT count(*) FROM (SELECT 1`+matching+` LIMIT $7) x`, append(f.args(), most)...)
}

// Sealed returns the entries of the chain after one place up to another, of the verbs that begin so, in its order.
func Sealed(tx *db.Tx, after, to int64, verb string) ([]Entry, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM journal WHERE seq > $1 AND seq <= $2
		AND ($3 = '' OR verb LIKE $3 || '%') ORDER BY seq`, after, to, verb)
}

func scanHead(r db.Row) (h Head, err error) { return h, r.Scan(&h.Seq, &h.Hash) }

// LastSealed is the head of the chain.
func LastSealed(tx *db.Tx) (Head, error) {
	head, err := db.One(tx, scanHead, `SELECT seq, hash FROM seal_head WHERE id = 1`)
	if errs.KindOf(err) == errs.Missing { // somebody took it: as good as none
		return Head{}, nil
	}
	return head, err
}

// lockHead makes two sealers at once take turns.
func lockHead(tx *db.Tx) (Head, error) {
	return db.One(tx, scanHead, `UPDATE seal_head SET seq = seq WHERE id = 1 RETURNING seq, hash`)
}

// unsealed are the next entries by id that have no link yet.
func unsealed(tx *db.Tx, after int64, limit int) ([]Entry, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM journal WHERE seq IS NULL AND id > $1 ORDER BY id LIMIT $2`,
		after, limit)
}

func putLink(tx *db.Tx, id int64, h Head) error {
	return tx.ExecOne(`UPDATE journal SET seq = $1, hash = $2 WHERE id = $3 AND seq IS NULL`, h.Seq, h.Hash, id)
}

func putHead(tx *db.Tx, h Head) error {
	return tx.ExecOne(`UPDATE seal_head SET seq = $1, hash = $2 WHERE id = 1`, h.Seq, h.Hash)
}

// stored is a row of checkpoints.
type stored struct {
	seq       int64
	at        time.Time
	baseline  bool
	text      string
	signature string
}

func scanStored(r db.Row) (s stored, err error) {
	var baseline int64
	err = r.Scan(&s.seq, &s.at, &baseline, &s.text, &s.signature)
	s.at, s.baseline = s.at.UTC(), baseline != 0
	return s, err
}

const checkpointColumns = `seq, at, baseline, text, signature`

// checkpoints are those after an entry; 0: all.
func checkpoints(tx *db.Tx, after int64) ([]stored, error) {
	return db.All(tx, scanStored, `SELECT `+checkpointColumns+` FROM checkpoints WHERE seq > $1 OR $2 = 0
		ORDER BY seq`, after, after)
}

// newest is the checkpoint of the sealed head; Missing in a database from before checkpoints.
func newest(tx *db.Tx) (stored, error) {
	return db.One(tx, scanStored, `SELECT `+checkpointColumns+` FROM checkpoints ORDER BY seq DESC LIMIT 1`)
}

func putCheckpoint(tx *db.Tx, c Checkpoint, text string) error {
	last, err := newest(tx)
	if err != nil && errs.KindOf(err) != errs.Missing {
		return err
	}
	if err == nil && !last.baseline && last.at.Truncate(time.Minute).Equal(c.At.Truncate(time.Minute)) {
		if err := tx.Exec(`DELETE FROM checkpoints WHERE seq = $1`, last.seq); err != nil {
			return err
		}
	}
	baseline := 0
	if c.Baseline {
		baseline = 1
	}
	return tx.Exec(`INSERT INTO checkpoints (seq, at, baseline, text, signature) VALUES ($1, $2, $3, $4, $5)`,
		c.Head().Seq, c.At, baseline, text, c.Signature)
}

// Begun says whether the database holds a checkpoint or an entry with a MAC: a program with keys has written to it.
func Begun(tx *db.Tx) (bool, error) {
	n, err := db.Value[int64](tx, `SELECT (SELECT count(*) FROM checkpoints) +
		(SELECT count(*) FROM (SELECT 1 FROM journal WHERE mac <> '' LIMIT 1) j)`)
	return n > 0, err
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

// eachAfter is each of what was sealed after an entry, and of what is not yet.
func eachAfter(tx *db.Tx, seq int64, fn func(Entry) error) error {
	return db.Each(tx, func(r db.Row) error {
		e, err := scan(r)
		if err != nil {
			return err
		}
		return fn(e)
	}, `SELECT `+columns+` FROM journal WHERE seq > $1 OR seq IS NULL
		ORDER BY CASE WHEN seq IS NULL THEN 1 ELSE 0 END, seq, id`, seq)
}

// sealedAs is the entry that is sealed at a place of the chain.
func sealedAs(tx *db.Tx, seq int64) (Entry, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM journal WHERE seq = $1`, seq)
}

// brokenObjects are the objects whose entries are not numbered 1, 2, 3 … without a gap: of all, or of some.
func brokenObjects(tx *db.Tx, some []string) ([]string, error) {
	of, args := "", []any(nil)
	if some != nil {
		of, args = "WHERE object IN (SELECT j.key FROM json_each($1) j) ", []any{db.Texts(some)}
	}
	return db.All(tx, db.Single[string], `SELECT object FROM journal `+of+`GROUP BY object
		HAVING count(*) <> max(object_seq) OR min(object_seq) <> 1 ORDER BY object`, args...)
}
