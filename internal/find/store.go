package find

// Rows of things that can be found, written with the thing itself and asked by rights first.

import (
	"cmp"
	"encoding/hex"
	"hash/fnv"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Put makes d findable, or brings its row up to date; a thing keeps the place in time at which it first came. Nothing
// is written if nothing changed.
func Put(tx *db.Tx, d Doc) error {
	terms := d.terms()
	ids, err := db.All(tx, db.Single[int64], `UPDATE finds SET title = $1, title_en = $2, note = $3, note_en = $4,
		digest = $5 WHERE object = $6 AND (title <> $1 OR title_en <> $2 OR note <> $3 OR note_en <> $4
		OR digest <> $5) RETURNING id`, d.Title, d.TitleEN, d.Note, d.NoteEN, digest(terms), d.Object)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		_, err := add(tx, []Doc{d}, [][]string{terms})
		return err
	}
	return tx.PutTerms(db.Terms{ID: ids[0], Terms: terms})
}

// Add is Put of many different things that are new, a few statements for all of them. One that is not is brought up to
// date.
func Add(tx *db.Tx, docs []Doc) error {
	fresh, err := add(tx, docs, termsOfAll(docs))
	if err != nil || len(fresh) == len(docs) {
		return err
	}
	for _, d := range docs {
		if !fresh[d.Object] {
			if err := Put(tx, d); err != nil {
				return err
			}
		}
	}
	return nil
}

// add puts what is not there yet, and says what that was.
func add(tx *db.Tx, docs []Doc, terms [][]string) (fresh map[string]bool, err error) {
	rows, at := make([][]any, len(docs)), make(map[string]int, len(docs))
	for i, d := range docs {
		kind, _, ok := strings.Cut(d.Object, "/")
		if !ok {
			panic("find: no object: " + d.Object) // only modules call
		}
		at[d.Object] = i
		rows[i] = []any{d.Object, kind, d.Title, d.TitleEN, d.Note, d.NoteEN, digest(terms[i])}
	}
	fresh = map[string]bool{}
	put, err := db.Inserted(tx, func(r db.Row) (t db.Terms, err error) {
		var object string
		err = r.Scan(&t.ID, &object)
		fresh[object], t.Terms = true, terms[at[object]]
		return t, err
	}, `finds (object, kind, title, title_en, note, note_en, digest)`, rows,
		` ON CONFLICT (object) DO NOTHING RETURNING id, object`)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(put, func(a, b db.Terms) int { return cmp.Compare(a.ID, b.ID) }) // an index grows best at its end
	return fresh, tx.PutTerms(put...)
}

// Called is what an object is called, if it can be found at all, whoever asks.
func Called(tx *db.Tx, object string) (name say.Name, found bool, err error) {
	all, err := db.All(tx, func(r db.Row) (n say.Name, err error) { return n, r.Scan(&n.ZH, &n.EN) },
		`SELECT title, title_en FROM finds WHERE object = $1`, object)
	if len(all) > 0 {
		name = all[0]
	}
	return name, len(all) > 0, err
}

// digest tells whether a row's terms are those that it has.
func digest(terms []string) string {
	h := fnv.New128a()
	h.Write([]byte(strings.Join(terms, " ")))
	return hex.EncodeToString(h.Sum(nil))
}

// Drop makes object unfindable.
func Drop(tx *db.Tx, object string) error {
	id, err := db.Value[int64](tx, `SELECT id FROM finds WHERE object = $1`, object)
	if errs.KindOf(err) == errs.Missing {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.DropTerms(id); err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM finds WHERE id = $1`, id)
}

// Limit is how many hits an answer has.
const Limit = 20

// Find returns the first hits for words among what by may see, of the kinds given: those whose title holds the words
// before the others, and the newest first among equals. Words that hold nothing to look for find nothing.
func Find(tx *db.Tx, by auth.User, kinds []Kind, words string) ([]Hit, error) {
	if err := Readable(words); err != nil {
		return nil, err
	}
	mine := db.Match{}
	for _, k := range kinds {
		for _, term := range scopes(by, k) {
			mine.Any = append(mine.Any, db.Match{Term: term})
		}
	}
	if len(mine.Any) == 0 {
		return nil, nil
	}
	var ids []int64
	for _, mark := range []string{titleMark, ""} {
		all, ok := asked(words, mark)
		if !ok || len(ids) >= Limit {
			break
		}
		found, err := tx.Matching(db.Match{All: append(all, mine)}, Limit)
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			if len(ids) < Limit && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return read(tx, kinds, ids)
}

// Newest returns the newest things of the kinds given that by may see.
func Newest(tx *db.Tx, by auth.User, kinds []Kind, most int) ([]Hit, error) {
	mine := db.Match{}
	for _, k := range kinds {
		for _, term := range scopes(by, k) {
			mine.Any = append(mine.Any, db.Match{Term: term})
		}
	}
	if len(mine.Any) == 0 {
		return nil, nil
	}
	ids, err := tx.Matching(mine, most)
	if err != nil {
		return nil, err
	}
	return read(tx, kinds, ids)
}

// read returns the rows of ids in their order.
func read(tx *db.Tx, kinds []Kind, ids []int64) ([]Hit, error) {
	pages := map[string]func(string) string{}
	for _, k := range kinds {
		pages[k.Code] = k.Page
	}
	rows := map[int64]Hit{}
	err := db.Each(tx, func(r db.Row) error {
		var id int64
		var h Hit
		if err := r.Scan(&id, &h.Object, &h.Kind, &h.Title, &h.TitleEN, &h.Note, &h.NoteEN); err != nil {
			return err
		}
		_, code, _ := strings.Cut(h.Object, "/")
		h.URL = pages[h.Kind](code)
		rows[id] = h
		return nil
	}, `SELECT id, object, kind, title, title_en, note, note_en FROM finds WHERE id IN (`+db.Ints(ids)+`)`)
	hits := make([]Hit, 0, len(ids))
	for _, id := range ids {
		if h, ok := rows[id]; ok {
			hits = append(hits, h)
		}
	}
	return hits, err
}

// Clear forgets everything: before the modules put all of it anew.
func Clear(tx *db.Tx) error {
	ids, err := db.All(tx, db.Single[int64], `SELECT id FROM finds`)
	for _, id := range ids {
		if err == nil {
			err = tx.DropTerms(id)
		}
	}
	if err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM finds`)
}

// Empty says whether nothing was ever put: a database of a program that had no search.
func Empty(tx *db.Tx) (bool, error) {
	n, err := db.Value[int](tx, `SELECT count(*) FROM (SELECT 1 FROM finds LIMIT 1) f`)
	return n == 0, err
}
