package score

// Rows of sheets and of scores, and the list of sheets.

import (
	"encoding/json"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/held"
)

const columns = `s.id, s.series, s.number, s.office, s.area_path, s.title, s.about, s.items, s.reason, s.state,
	s.version, s.updated_by, s.updated_at`

func scan(r db.Row) (s Sheet, err error) {
	var items string
	if err = r.Scan(&s.ID, &s.Series, &s.Number, &s.Office, &s.AreaPath, &s.Title, &s.About, &items, &s.Reason,
		&s.State,
		&s.Version, &s.UpdatedBy, &s.UpdatedAt); err != nil {
		return s, err
	}
	s.UpdatedAt = s.UpdatedAt.UTC()
	return s, json.Unmarshal([]byte(items), &s.Items)
}

func asJSON(items []Item) string {
	text, err := json.Marshal(items)
	if err != nil {
		panic(err) // plain texts and numbers always marshal
	}
	return string(text)
}

// Get returns one version, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Sheet, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM score_sheets s WHERE s.id = $1`, id)
}

// Of are the versions about an object, oldest first, whoever asks.
func Of(tx *db.Tx, about string) ([]Sheet, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM score_sheets s WHERE s.about = $1 AND s.about <> ''
		ORDER BY s.series, s.number`, about)
}

func versions(tx *db.Tx, series string) ([]Sheet, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM score_sheets s WHERE s.series = $1 ORDER BY s.number`, series)
}

func every(tx *db.Tx) ([]Sheet, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM score_sheets s ORDER BY s.series, s.number`)
}

func insert(tx *db.Tx, s Sheet) error {
	return tx.Exec(`INSERT INTO score_sheets (id, series, number, office, area_path, title, about, items, reason, state,
		version, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, s.ID,
		s.Series, s.Number, s.Office, s.AreaPath, s.Title, s.About, asJSON(s.Items), s.Reason, string(s.State),
		s.Version,
		s.UpdatedBy, s.UpdatedAt)
}

// update writes what a step changes, if the row is still the one that was read.
func update(tx *db.Tx, s *Sheet) error {
	s.Version++
	return tx.ExecOne(`UPDATE score_sheets SET title = $1, items = $2, reason = $3, state = $4, version = $5,
		updated_by = $6, updated_at = $7 WHERE id = $8 AND version = $9`, s.Title, asJSON(s.Items), s.Reason,
		string(s.State), s.Version, s.UpdatedBy, s.UpdatedAt, s.ID, s.Version-1)
}

func (s Sheet) row() held.Row {
	return held.Row{"series": s.Series, "number": held.Int(s.Number), "office": s.Office, "area_path": s.AreaPath,
		"title": s.Title, "about": s.About, "items": asJSON(s.Items), "reason": s.Reason, "state": string(s.State),
		"version": held.Int(s.Version), "updated_by": s.UpdatedBy, "updated_at": held.Time(s.UpdatedAt)}
}

const scoreColumns = `c.id, c.sheet_id, c.subject, c.side, c.item, c.points, c.evidence, c.behalf, c.person_id,
	c.person,
	c.given_at`

func scanScore(r db.Row) (c Score, err error) {
	err = r.Scan(&c.ID, &c.Sheet, &c.Subject, &c.Side, &c.Item, &c.Points, &c.Evidence, &c.Behalf, &c.PersonID,
		&c.Person,
		&c.GivenAt)
	c.GivenAt = c.GivenAt.UTC()
	return c, err
}

// Given are the scores on one version of a sheet, whoever asks.
func Given(tx *db.Tx, sheet string) ([]Score, error) {
	return db.All(tx, scanScore, `SELECT `+scoreColumns+` FROM scores c WHERE c.sheet_id = $1
		ORDER BY c.subject, c.side, c.item`, sheet)
}

func everyScore(tx *db.Tx) ([]Score, error) {
	return db.All(tx, scanScore, `SELECT `+scoreColumns+` FROM scores c ORDER BY c.id`)
}

func insertScore(tx *db.Tx, c Score) error {
	return tx.Exec(`INSERT INTO scores (id, sheet_id, subject, side, item, points, evidence, behalf, person_id, person,
		given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, c.ID, c.Sheet, c.Subject, c.Side, c.Item,
		int64(c.Points), c.Evidence, c.Behalf, c.PersonID, c.Person, c.GivenAt)
}

func updateScore(tx *db.Tx, c Score) error {
	return tx.ExecOne(`UPDATE scores SET points = $1, evidence = $2, behalf = $3, person_id = $4, person = $5,
		given_at = $6 WHERE id = $7`, int64(c.Points), c.Evidence, c.Behalf, c.PersonID, c.Person, c.GivenAt, c.ID)
}

func (s Score) row() held.Row {
	return held.Row{"sheet_id": s.Sheet, "subject": s.Subject, "side": s.Side, "item": held.Int(s.Item),
		"points": held.Int(s.Points), "evidence": s.Evidence, "behalf": held.Bool(s.Behalf), "person_id": s.PersonID,
		"person": s.Person, "given_at": held.Time(s.GivenAt)}
}

// seen are the sheets that by may see: their office's and those of areas they oversee; fixed ones also whoever is in
// the office's area, as they are scored by them, and whoever is engaged by it for what they are about.
func seen(tx *db.Tx, by auth.User, about string) (all []Sheet, err error) {
	some, err := every(tx)
	for _, s := range some {
		if err != nil || about != "" && s.About != about {
			continue
		}
		sees := s.sees(by)
		if !sees && s.State != Draft && by.Has(auth.Outsider) {
			var own []engagement.Engagement
			own, err = s.engaged(tx, by)
			sees = len(own) > 0
		}
		if sees {
			all = append(all, s)
		}
	}
	return all, err
}
