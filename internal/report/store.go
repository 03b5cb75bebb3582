package report

// Templates as kept, and the years that there is something to report of.

import (
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/reference"
)

// Stored is a template as kept: text that the office edits.
type Stored struct {
	Code    string
	Name    string
	NameEN  string
	Body    string
	Version int64
}

const columns = `code, name, name_en, body, version`

func scan(r db.Row) (s Stored, err error) {
	return s, r.Scan(&s.Code, &s.Name, &s.NameEN, &s.Body, &s.Version)
}

// ByCode returns a template.
func ByCode(tx *db.Tx, code string) (Stored, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM report_templates WHERE code = $1`, code)
}

// Put adds or updates a template and reports whether anything changed. A text with mistakes is refused.
func Put(tx *db.Tx, s Stored) (bool, error) {
	if _, err := ParseTemplate(s.Body); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO report_templates (code, name, name_en, body, version, updated_at)
		VALUES ($1, $2, $3, $4, 1, $5)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, body = excluded.body,
			version = report_templates.version + 1, updated_at = excluded.updated_at
		WHERE report_templates.name <> excluded.name OR report_templates.name_en <> excluded.name_en
		OR report_templates.body <> excluded.body`,
		s.Code, s.Name, s.NameEN, s.Body, tx.Now)
	if err != nil || n == 0 {
		return false, err
	}
	return true, findable(tx, s)
}

// years are those for which the area has reports, newest first; if it has none, those of its published figures.
func years(tx *db.Tx, areaID int64) ([]int, error) {
	found, err := db.All(tx, db.Single[int], `SELECT DISTINCT period / 100 FROM expectations WHERE area_id = $1
		ORDER BY 1 DESC`, areaID)
	if err != nil || len(found) > 0 {
		return found, err
	}
	return db.All(tx, db.Single[int], `SELECT DISTINCT period / 100 FROM published_figures WHERE area_id = $1
		ORDER BY 1 DESC`, areaID)
}

func stored(tx *db.Tx) ([]Stored, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM report_templates ORDER BY code`)
}

// Citing are the templates that take figures of an indicator.
func Citing(tx *db.Tx, indicator string) (some []Stored, err error) {
	all, err := stored(tx)
	for _, s := range all {
		t, err := ParseTemplate(s.Body)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(t.References(t.Year()), func(r *reference.Reference) bool { return r.Code == indicator }) {
			some = append(some, s)
		}
	}
	return some, err
}
