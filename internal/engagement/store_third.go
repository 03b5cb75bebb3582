package engagement

// Rows of third parties.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

const thirdColumns = `t.id, t.office, t.area_path, t.about, t.unit, t.name, t.opens_on, t.closes_on, t.scope, t.methods,
	t.deliverables, t.surveys, t.state, t.reason, t.version, t.updated_by, t.updated_at`

func scanThird(r db.Row) (t ThirdParty, err error) {
	err = r.Scan(&t.ID, &t.Office, &t.AreaPath, &t.About, &t.Unit, &t.Name, &t.OpensOn, &t.ClosesOn, &t.Scope,
		(*column[string])(&t.Methods), (*column[Deliverable])(&t.Deliverables), (*column[Survey])(&t.Surveys), &t.State,
		&t.Reason, &t.Version, &t.UpdatedBy, &t.UpdatedAt)
	t.UpdatedAt = t.UpdatedAt.UTC()
	return t, err
}

// GetThird returns one, whoever asks; see ReadThird.
func GetThird(tx *db.Tx, id string) (ThirdParty, error) {
	return db.One(tx, scanThird, `SELECT `+thirdColumns+` FROM third_parties t WHERE t.id = $1`, id)
}

// Thirds are those about an object, oldest first, whoever asks.
func Thirds(tx *db.Tx, about string) ([]ThirdParty, error) {
	return db.All(tx, scanThird, `SELECT `+thirdColumns+` FROM third_parties t WHERE t.about = $1 ORDER BY t.id`, about)
}

// thirdsFor are those that by may see for their office, newest first.
func thirdsFor(tx *db.Tx, by auth.User, about string) ([]ThirdParty, error) {
	units, paths := by.Scope()
	return db.All(tx, scanThird, `SELECT `+thirdColumns+` FROM third_parties t WHERE ($3 = '' OR t.about = $3) AND `+
		auth.Visible("t.office", "t.area_path", 1)+` ORDER BY t.closes_on DESC, t.id`, db.Texts(units),
		db.Texts(paths), about)
}

func everyThird(tx *db.Tx) ([]ThirdParty, error) {
	return db.All(tx, scanThird, `SELECT `+thirdColumns+` FROM third_parties t ORDER BY t.id`)
}

func insertThird(tx *db.Tx, t ThirdParty) error {
	return tx.Exec(`INSERT INTO third_parties (id, office, area_path, about, unit, name, opens_on, closes_on, scope,
		methods, deliverables, surveys, state, reason, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`, t.ID, t.Office,
		t.AreaPath, t.About, t.Unit, t.Name, t.OpensOn, t.ClosesOn, t.Scope, asJSON(t.Methods),
		asJSON(t.Deliverables), asJSON(t.Surveys), string(t.State), t.Reason, t.Version, t.UpdatedBy, t.UpdatedAt)
}

func updateThird(tx *db.Tx, t *ThirdParty) error {
	t.Version++
	return tx.ExecOne(`UPDATE third_parties SET deliverables = $1, surveys = $2, state = $3, reason = $4, version = $5,
		updated_by = $6, updated_at = $7 WHERE id = $8 AND version = $9`, asJSON(t.Deliverables), asJSON(t.Surveys),
		string(t.State), t.Reason, t.Version, t.UpdatedBy, t.UpdatedAt, t.ID, t.Version-1)
}

func (t ThirdParty) row() held.Row {
	return held.Row{"office": t.Office, "area_path": t.AreaPath, "about": t.About, "unit": t.Unit, "name": t.Name,
		"opens_on": t.OpensOn, "closes_on": t.ClosesOn, "scope": t.Scope, "methods": asJSON(t.Methods),
		"deliverables": asJSON(t.Deliverables), "surveys": asJSON(t.Surveys), "state": string(t.State),
		"reason": t.Reason, "version": held.Int(t.Version), "updated_by": t.UpdatedBy,
		"updated_at": held.Time(t.UpdatedAt)}
}
