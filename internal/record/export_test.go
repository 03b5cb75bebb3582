package record

import (
	"context"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
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
	for _, told := range t.texts(context.Background(), k, m) {
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
