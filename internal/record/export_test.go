package record

// What tests and benchmarks need of the package's inside. No test itself.

import (
	"context"
	"fmt"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/journal"
	"yipanqi/internal/register"
	"yipanqi/internal/web/part"
)

// Value is a measure in an area as tests ask for it; split is the code of a part.
func (t *Tally) Value(code, path, split string) string {
	m, known := t.d.Measure(code)
	if !known {
		return "no such measure"
	}
	for _, at := range t.splitsOf(m, path) {
		if split != "" && strings.HasSuffix(at, "="+split) {
			return t.at(m, path, "", at).Value
		}
	}
	return t.at(m, path, "", "").Value
}

// Texts are what a measure of texts says, in Chinese.
func (t *Tally) Texts(code string) (all []string) {
	m, _ := t.d.Measure(code)
	k := desk{cast: cast{d: t.d, places: t.places}, w: t.w}
	office := auth.User{Posts: []auth.Post{{Role: auth.Office}}}
	for _, told := range t.texts(context.Background(), k, office, m) {
		all = append(all, told.Text)
	}
	return all
}

// Printed is the paper of a record in one of its forms, as somebody who sees all of it prints it.
func Printed(tx *db.Tx, r Record, form string) (document.Document, error) {
	d, err := ByCode(tx, r.Register)
	if err != nil {
		return document.Document{}, err
	}
	k, err := deskOf(tx, auth.User{}, d, "")
	if err != nil {
		return document.Document{}, err
	}
	paper := printing{k, part.With(context.Background(), part.Env{Lang: "zh"})}
	if p, err := paper.form(form, true); err == nil {
		return paper.one(p, r), nil
	}
	p, err := paper.form(form, false)
	rows := []Record{}
	if r.ID != "" {
		rows = []Record{r, r}
	}
	return paper.many(p, rows), err
}

// Insert puts a record that counts, as it is.
func Insert(tx *db.Tx, r Record) error {
	r.ID, r.Version, r.Counts, r.Origin, r.Since, r.Edits = db.NewID(), 1, true, Entered, tx.Now, 1
	r.CreatedAt, r.UpdatedAt, r.Body = tx.Now, tx.Now, r.Counted
	return insert(tx, r)
}

// ByNumber finds a record for tests.
var ByNumber = byNumber

// Advance takes the program's own steps.
var Advance = advance

// First is the first record of a register; none, if it has none.
func First(tx *db.Tx, code string) (Record, error) {
	found, err := db.All(tx, scan, `SELECT `+columns+` FROM records r WHERE r.register = $1 ORDER BY r.number LIMIT 1`,
		code)
	if len(found) == 0 {
		return Record{Register: code, Body: map[string]string{}}, err
	}
	return found[0], err
}

// OfRegister are the first records of a register.
func OfRegister(tx *db.Tx, code string) ([]Record, error) { return pageOf(tx, code, "", 500) }

// Misplaced are the records whose columns do not say what their bodies do.
func Misplaced(tx *db.Tx) ([]journal.Finding, error) {
	expected := map[string]keys{}
	for after := ""; ; {
		some, err := page(tx, after, 500)
		if err != nil || len(some) == 0 {
			break
		}
		for _, r := range some {
			if expected[r.ID], err = keyed(tx, r); err != nil {
				return nil, err
			}
			after = r.ID
		}
	}
	return misplaced(tx, expected)
}

// FirstPage is how many records the first page of a list of homes shows.
func FirstPage(tx *db.Tx, by auth.User, where map[string]string, sorted string) (int, error) {
	d, err := ByCode(tx, "child_home")
	if err != nil {
		return 0, err
	}
	k, err := deskOf(tx, by, d, "")
	if err != nil {
		return 0, err
	}
	rows, _, err := k.source(by, where).Part(tx, sorted, 0, 50)
	return len(rows), err
}

// Scanned reads all records of a register and does nothing with them.
func Scanned(tx *db.Tx, code string) error {
	return db.Each(tx, func(row db.Row) error {
		var id, number, area, counted string
		return row.Scan(&id, &number, &area, &counted)
	}, `SELECT id, number, area_path, counted FROM records WHERE register = $1 AND counts = 1 ORDER BY number`, code)
}

// Copied inserts so many records as they are, under other ids and numbers.
func Copied(tx *db.Tx, code string, n int) error {
	some, err := pageOf(tx, code, "", n)
	for i, r := range some {
		r.ID, r.Number = fmt.Sprint("copy", i), fmt.Sprint("copy", i)
		if err := insert(tx, r); err != nil {
			return err
		}
	}
	return err
}

// Flat is how bodies are read, if they are plain.
var Flat = flat

// Sortable is a decimal as texts are sorted.
var Sortable = sortable

// StepOf is how far apart lines of a map's grid are.
var StepOf = stepOf

// Drawn is how many outlines and signs a shape is drawn with, where another place is a degree away.
func Drawn(shape string) (outlines, signs int) {
	spot, ok := placeOf(register.Map{Shape: "s"}, register.Body{"s": shape})
	if !ok {
		return 0, 0
	}
	far, _ := placeOf(register.Map{Shape: "s"}, register.Body{"s": `{"type":"MultiPoint","coordinates":[[119,37]]}`})
	all := []Spot{spot, far}
	if draw(all, nil); all[0].path != "" {
		return 1, 0
	}
	return 0, 1
}

// Lapse ends late offers, ReferralsOf are a record's.
var (
	Lapse       = lapse
	ReferralsOf = referralsOf
)

// Worded are all computed fields' and measures' rules of all registers, each as the page words it.
func Worded(tx *db.Tx, by auth.User) (map[string]string, error) {
	all := map[string]string{}
	ds, err := Registers(tx)
	for _, d := range ds {
		k, err := deskOf(tx, by, d, "")
		if err != nil {
			return nil, err
		}
		for _, f := range d.Fields {
			if !f.Value.IsZero() {
				all[f.Value.String()] = k.worded(chinese, f.Value)
			}
		}
		for _, m := range d.Measures {
			if !m.Where.IsZero() {
				all[m.Where.String()] = k.worded(chinese, m.Where)
			}
		}
	}
	return all, err
}

// PrintedNone is a list or a book of which nothing counts.
func PrintedNone(shape, day string) document.Document {
	d := printing{}
	d.k.w.Today = day
	return d.many(register.Print{Shape: shape}, nil)
}
