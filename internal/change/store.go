package change

// Rows of adjustments, their lines, units and shares.

import (
	"fmt"
	"strings"

	"yipanqi/internal/db"
)

const columns = `a.id, a.number, a.title, a.body, a.basis, a.effective_on, a.state, a.refused, a.drafted_by,
	a.drafted_id, a.unit, a.area_path, a.previewed, a.created_at, a.version`

func scan(r db.Row) (a Adjustment, err error) {
	err = r.Scan(&a.ID, &a.Number, &a.Title, &a.Body, &a.Basis, &a.EffectiveOn, &a.State, &a.Refused, &a.DraftedBy,
		&a.draftedID, &a.unit, &a.areaPath, &a.previewed, &a.CreatedAt, &a.Version)
	a.CreatedAt = a.CreatedAt.UTC()
	return a, err
}

// ByID is one adjustment with its lines, whoever asks.
func ByID(tx *db.Tx, id string) (Adjustment, error) {
	a, err := db.One(tx, scan, `SELECT `+columns+` FROM adjustments a WHERE a.id = $1`, id)
	if err != nil {
		return a, err
	}
	one := []Adjustment{a}
	err = fill(tx, one)
	return one[0], err
}

// all are the adjustments with their lines, the newest day first; where is a condition on a.
func all(tx *db.Tx, where string, args ...any) ([]Adjustment, error) {
	found, err := db.All(tx, scan, `SELECT `+columns+` FROM adjustments a `+where+`
		ORDER BY a.effective_on DESC, a.id DESC`, args...)
	if err != nil {
		return nil, err
	}
	return found, fill(tx, found)
}

// fill reads the lines of some adjustments.
func fill(tx *db.Tx, some []Adjustment) error {
	at, ids := map[string]*Adjustment{}, []string{}
	for i := range some {
		some[i].Lines = []Line{}
		at[some[i].ID], ids = &some[i], append(ids, some[i].ID)
	}
	line := func(id string, number int) *Line {
		for i := range at[id].Lines {
			if at[id].Lines[i].number == number {
				return &at[id].Lines[i]
			}
		}
		return &Line{} // of no line: its units and shares are kept by a foreign key
	}
	keys := db.Texts(ids)
	if err := db.Each(tx, func(r db.Row) error {
		var id string
		l := Line{From: []string{}, To: []string{}, Shares: []Share{}}
		err := r.Scan(&id, &l.number, &l.Kind, &l.Seat, &l.Name, &l.ShortName, &l.NameEN, &l.Text, &l.Clause)
		at[id].Lines = append(at[id].Lines, l)
		return err
	}, `SELECT adjustment_id, line, kind, seat, name, short_name, name_en, text, clause FROM adjustment_lines
		WHERE adjustment_id IN (SELECT j.key FROM json_each($1) j) ORDER BY adjustment_id, line`, keys); err != nil {
		return err
	}
	if err := db.Each(tx, func(r db.Row) error {
		var id, side, unit string
		var number int
		err := r.Scan(&id, &number, &side, &unit)
		if l := line(id, number); side == "from" {
			l.From = append(l.From, unit)
		} else {
			l.To = append(l.To, unit)
		}
		return err
	}, `SELECT adjustment_id, line, side, unit FROM adjustment_units
		WHERE adjustment_id IN (SELECT j.key FROM json_each($1) j) ORDER BY adjustment_id, line, position`,
		keys); err != nil {
		return err
	}
	return db.Each(tx, func(r db.Row) error {
		var id string
		var number int
		var s Share
		err := r.Scan(&id, &number, &s.Kind, &s.Object, &s.Unit)
		l := line(id, number)
		l.Shares = append(l.Shares, s)
		return err
	}, `SELECT adjustment_id, line, kind, object, unit FROM adjustment_shares
		WHERE adjustment_id IN (SELECT j.key FROM json_each($1) j) ORDER BY adjustment_id, line, kind, object`, keys)
}

// standing are the adjustments of a day that are not withdrawn.
func standing(tx *db.Tx, day string) ([]Adjustment, error) {
	return all(tx, `WHERE a.effective_on = $1 AND a.state <> 'withdrawn'`, day)
}

// due are the approved ones whose day has come, the oldest day first.
func due(tx *db.Tx, day string) (ids []string, err error) {
	return db.All(tx, db.Single[string], `SELECT id FROM adjustments WHERE state = 'approved' AND effective_on <= $1
		ORDER BY effective_on, id`, day)
}

func insert(tx *db.Tx, a Adjustment) error {
	return tx.Exec(`INSERT INTO adjustments (id, number, title, body, basis, effective_on, state, refused, drafted_by,
		drafted_id, unit, area_path, previewed, created_at, updated_at, version)
		VALUES ($1, '', $2, $3, $4, $5, $6, '', $7, $8, $9, $10, '', $11, $11, 1)`,
		a.ID, a.Title, a.Body, a.Basis, a.EffectiveOn, a.State, a.DraftedBy, a.draftedID, a.unit, a.areaPath, tx.Now)
}

// update writes what can change, if the row is still the one that was read.
func update(tx *db.Tx, a *Adjustment) error {
	err := tx.ExecOne(`UPDATE adjustments SET number = $1, title = $2, basis = $3, effective_on = $4, state = $5,
		previewed = $6, refused = $7, updated_at = $8, version = version + 1 WHERE id = $9 AND version = $10`,
		a.Number, a.Title, a.Basis, a.EffectiveOn, a.State, a.previewed, a.Refused, tx.Now, a.ID, a.Version)
	a.Version++
	return err
}

func insertLine(tx *db.Tx, id string, l Line) error {
	if err := tx.Exec(`INSERT INTO adjustment_lines (adjustment_id, line, kind, seat, name, short_name, name_en, text,
		clause) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, l.number, l.Kind, string(l.Seat), l.Name, l.ShortName,
		l.NameEN, l.Text, l.Clause); err != nil {
		return err
	}
	for side, units := range map[string][]string{"from": l.From, "to": l.To} {
		for i, unit := range units {
			if err := tx.Exec(`INSERT INTO adjustment_units (adjustment_id, line, side, unit, position)
				VALUES ($1, $2, $3, $4, $5)`, id, l.number, side, unit, i); err != nil {
				return err
			}
		}
	}
	for _, s := range l.Shares {
		if err := putShare(tx, id, l.number, s); err != nil {
			return err
		}
	}
	return nil
}

func deleteLine(tx *db.Tx, id string, number int) error {
	for _, table := range []string{"adjustment_shares", "adjustment_units", "adjustment_lines"} {
		if err := tx.Exec(`DELETE FROM `+table+` WHERE adjustment_id = $1 AND line = $2`, id, number); err != nil {
			return err
		}
	}
	return nil
}

func putShare(tx *db.Tx, id string, number int, s Share) error {
	return tx.Exec(`INSERT INTO adjustment_shares (adjustment_id, line, kind, object, unit) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (adjustment_id, line, kind, object) DO UPDATE SET unit = excluded.unit`,
		id, number, s.Kind, s.Object, s.Unit)
}

// dropShare takes back what was said of a kind or a thing.
func dropShare(tx *db.Tx, id string, number int, s Share) error {
	return tx.Exec(`DELETE FROM adjustment_shares WHERE adjustment_id = $1 AND line = $2 AND kind = $3 AND object = $4`,
		id, number, s.Kind, s.Object)
}

// nextNumber is the number of the next adjustment that is approved in a year: numbers have no gaps.
func nextNumber(tx *db.Tx, areaPath, year string) (string, error) {
	n, err := db.Value[int](tx, `SELECT count(*) FROM adjustments WHERE area_path = $1 AND number LIKE $2`, areaPath,
		"成员调整〔"+year+"〕%")
	return fmt.Sprintf("成员调整〔%s〕%d号", year, n+1), err
}

// touching are the adjustments that a unit had or has a part in, the newest first.
func touching(tx *db.Tx, unit string) ([]Adjustment, error) {
	return all(tx, `WHERE a.id IN (SELECT u.adjustment_id FROM adjustment_units u WHERE u.unit = $1)`, unit)
}

// within are the adjustments of the bodies of an area and of all below it.
func within(tx *db.Tx, path string) ([]Adjustment, error) {
	return all(tx, `WHERE a.area_path LIKE $1`, strings.ReplaceAll(path, "%", "")+"%")
}
