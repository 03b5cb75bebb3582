package record

// Rows of records. Lists are store_list.go's, definitions and what they name are store_define.go's.

import (
	"encoding/json"
	"maps"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/register"
)

const columns = `r.id, r.register, r.version, r.number, r.title, r.unit, r.area, r.area_path, r.state, r.since,
	r.due_on, r.due_at, r.body, r.counted, r.counts, r.origin, r.edits, r.created_by, r.created_at, r.updated_by,
	r.updated_at`

func scan(row db.Row) (r Record, err error) {
	var body, counted string
	var counts int64
	if err = row.Scan(&r.ID, &r.Register, &r.Version, &r.Number, &r.Title, &r.Unit, &r.Area, &r.AreaPath, &r.State,
		&r.Since, &r.DueOn, &r.DueAt, &body, &counted, &counts, &r.Origin, &r.Edits, &r.CreatedBy, &r.CreatedAt,
		&r.UpdatedBy, &r.UpdatedAt); err != nil {
		return r, err
	}
	r.Since, r.CreatedAt, r.UpdatedAt, r.Counts = r.Since.UTC(), r.CreatedAt.UTC(), r.UpdatedAt.UTC(), counts == 1
	if r.Body = bodyOf(body); counted == body {
		r.Counted = maps.Clone(r.Body)
	} else {
		r.Counted = bodyOf(counted)
	}
	return r, nil
}

// bodyOf reads a body. What is none, because SQL wrote it, is kept as it stands for the journal to find.
func bodyOf(text string) register.Body {
	if b, plain := flat(text); plain {
		return b
	}
	b := register.Body{}
	if json.Unmarshal([]byte(text), &b) != nil {
		return register.Body{"": text}
	}
	return b
}

// Get returns a record whoever asks.
func Get(tx *db.Tx, id string) (Record, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM records r WHERE r.id = $1`, id)
}

func byNumber(tx *db.Tx, code, number string) (Record, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM records r WHERE r.register = $1 AND r.number = $2`, code, number)
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// insert writes new records.
func insert(tx *db.Tx, all ...Record) error {
	rows := make([][]any, len(all))
	for i, r := range all {
		k, err := keyed(tx, r)
		if err != nil {
			return err
		}
		body := text(r.Body)
		counted := body
		if !maps.Equal(r.Body, r.Counted) {
			counted = text(r.Counted)
		}
		rows[i] = append([]any{r.ID, r.Register, r.Version, r.Number, r.Title, r.Unit, r.Area, r.AreaPath, r.State,
			r.Since, r.DueOn, r.DueAt, body, counted, bit(r.Counts), r.Origin, r.Edits, r.CreatedBy, r.CreatedAt,
			r.UpdatedBy, r.UpdatedAt}, k.args()...)
	}
	return tx.InsertAll(`records (id, register, version, number, title, unit, area, area_path, state, since, due_on,
		due_at, body, counted, counts, origin, edits, created_by, created_at, updated_by, updated_at, `+
		strings.Join(keyColumns, ", ")+`, views, goals)`, rows)
}

// update writes what may change, if the row is still the one that was read.
func update(tx *db.Tx, r *Record) error {
	k, err := keyed(tx, *r)
	if err != nil {
		return err
	}
	r.Edits++
	return tx.ExecOne(`UPDATE records SET version = $1, title = $2, unit = $3, area = $4, area_path = $5, state = $6,
		since = $7, due_on = $8, due_at = $9, body = $10, counted = $11, counts = $12, edits = $13, updated_by = $14,
		updated_at = $15`+set(18)+` WHERE id = $16 AND edits = $17`, append([]any{r.Version, r.Title, r.Unit, r.Area,
		r.AreaPath, r.State, r.Since, r.DueOn, r.DueAt, text(r.Body), text(r.Counted), bit(r.Counts), r.Edits,
		r.UpdatedBy, r.UpdatedAt, r.ID, r.Edits - 1}, k.args()...)...)
}

// next is the number after the last one under a prefix; numbers are never given twice.
func next(tx *db.Tx, code, prefix string) (int64, error) {
	return db.Value[int64](tx, `INSERT INTO record_numbers (register, prefix, last) VALUES ($1, $2, 1)
		ON CONFLICT (register, prefix) DO UPDATE SET last = record_numbers.last + 1 RETURNING last`, code, prefix)
}

// gaveUpTo says up to which number they were given under a prefix.
func gaveUpTo(tx *db.Tx, code, prefix string, last int64) error {
	return tx.Exec(`UPDATE record_numbers SET last = $1 WHERE register = $2 AND prefix = $3`, last, code, prefix)
}

// page returns records of all registers in order of their ids, after one.
func page(tx *db.Tx, after string, limit int) ([]Record, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM records r WHERE r.id > $1 ORDER BY r.id LIMIT $2`, after, limit)
}

// each calls fn with every record of a register below an area, in order of their numbers.
func each(tx *db.Tx, code, path string, fn func(Record) error) error {
	return db.Each(tx, func(row db.Row) error {
		r, err := scan(row)
		if err != nil {
			return err
		}
		return fn(r)
	}, `SELECT `+columns+` FROM records r WHERE r.register = $1 AND r.area_path LIKE $2 || '%' ORDER BY r.number`,
		code, path)
}

// waiting are the records with a limit up to a day, of registers and states that wait for somebody, in order.
func waiting(tx *db.Tx, until, day, id string, limit int) ([]Record, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM records r WHERE r.due_on <> '' AND r.due_on <= $1
		AND (r.due_on, r.id) > ($2, $3) ORDER BY r.due_on, r.id LIMIT $4`, until, day, id, limit)
}

// CountOf is how many records a register has.
func CountOf(tx *db.Tx, code string) (int, error) {
	return db.Value[int](tx, `SELECT count(*) FROM records WHERE register = $1`, code)
}

// holding says how many records of a register say something under a key of a field, by version.
func holding(tx *db.Tx, code, key string) (n int, err error) {
	return db.Value[int](tx, `SELECT count(*) FROM records WHERE register = $1 AND body ->> $2 IS NOT NULL`, code, key)
}

// byTitle finds a record by what it is called, if only one is called so.
func byTitle(tx *db.Tx, code, title string) (Record, error) {
	found, err := db.All(tx, scan, `SELECT `+columns+` FROM records r WHERE r.register = $1 AND r.title = $2 LIMIT 2`,
		code, title)
	if err == nil && len(found) != 1 {
		err = unseen
	}
	if err != nil {
		return Record{}, err
	}
	return found[0], nil
}

// eachCounted calls fn with every record of a register below an area that counts, in order of their numbers. What is
// typed since it was confirmed is left out.
func eachCounted(tx *db.Tx, code, path string, fn func(Record) error) error {
	return db.Each(tx, func(row db.Row) error {
		r, err := scan(row)
		if err != nil {
			return err
		}
		return fn(r)
	}, `SELECT `+strings.Replace(columns, "r.body", "'{}'", 1)+` FROM records r WHERE r.register = $1 AND r.counts = 1
		AND r.area_path LIKE $2 || '%' ORDER BY r.number`, code, path)
}

// eachLine calls fn with the records of eachCounted as they are counted, in the same order: with their origin, or with
// all of their rows, if that is asked.
func eachLine(tx *db.Tx, code, path string, origin, whole bool, fn func(line) error) error {
	var l line
	into, more := []any{&l.id, &l.path, &l.text}, ""
	if origin {
		into, more = append(into, &l.origin), ", r.origin"
	}
	if whole {
		into = append(into, &l.number, &l.title, &l.unit, &l.area, &l.state, &l.due)
		more += ", r.number, r.title, r.unit, r.area, r.state, r.due_on"
	}
	below, args := "", []any{code}
	if path != "" {
		below, args = " AND r.area_path LIKE $2 || '%'", append(args, path)
	}
	return db.Each(tx, func(row db.Row) error {
		if err := row.Scan(into...); err != nil {
			return err
		}
		return fn(l)
	}, `SELECT r.id, r.area_path, r.counted`+more+` FROM records r WHERE r.register = $1 AND r.counts = 1`+
		below+` ORDER BY r.number`, args...)
}

// numbers are those of all records of a register.
func numbers(tx *db.Tx, code string) (map[string]bool, error) {
	all, err := db.All(tx, db.Single[string], `SELECT number FROM records WHERE register = $1`, code)
	known := map[string]bool{}
	for _, number := range all {
		known[number] = true
	}
	return known, err
}

// byIDs are records by id; what is not there any more is left out.
func byIDs(tx *db.Tx, ids []string) (map[string]Record, error) {
	rows, err := db.All(tx, scan, `SELECT `+columns+` FROM records r
		WHERE r.id IN (SELECT j.key FROM json_each($1) j)`, db.Texts(ids))
	all := map[string]Record{}
	for _, r := range rows {
		all[r.ID] = r
	}
	return all, err
}

// eachPublic calls fn with records of a register below an area that count, in order of their numbers after one, of each
// only what the public may be shown.
func eachPublic(tx *db.Tx, code, path, after string, limit int, fn func(Record) error) error {
	return db.Each(tx, func(row db.Row) error {
		r, body := Record{Register: code, Counts: true}, ""
		if err := row.Scan(&r.ID, &r.Number, &r.Unit, &r.Area, &r.AreaPath, &r.State, &r.DueOn, &body); err != nil {
			return err
		}
		r.Counted = bodyOf(body)
		return fn(r)
	}, `SELECT r.id, r.number, r.unit, r.area, r.area_path, r.state, r.due_on, r.counted FROM records r
		WHERE r.register = $1 AND r.counts = 1 AND r.number > $2 AND r.area_path LIKE $3 || '%' ORDER BY r.number
		LIMIT $4`, code, after, path, limit)
}

// keptBy counts the records that a unit keeps, by register, and those of them made since a time.
func keptBy(tx *db.Tx, unit string, since time.Time) ([]keeping, error) {
	return db.All(tx, func(row db.Row) (k keeping, err error) {
		return k, row.Scan(&k.register, &k.records, &k.made, &k.open, &k.due)
	}, `SELECT r.register, count(*), count(CASE WHEN r.created_at >= $2 THEN 1 END), count(NULLIF(r.due_on, '')),
		COALESCE(min(NULLIF(r.due_on, '')), '')
		FROM records r WHERE r.register IN (SELECT code FROM registers) AND r.unit = $1
		GROUP BY r.register ORDER BY r.register`, unit, since)
}

// ofUnit are all records that a unit keeps, in order.
func ofUnit(tx *db.Tx, unit string) ([]Record, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM records r
		WHERE r.register IN (SELECT code FROM registers) AND r.unit = $1 ORDER BY r.register, r.number`, unit)
}
