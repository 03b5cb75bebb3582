package delegation

// Rows of delegations, and the list of them.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
)

const columns = `d.id, d.unit, d.area_path, d.role, d.person_id, d.person, d.to_id, d.to_name, d.opens_on, d.closes_on,
	d.reason, d.post, d.ended_on, d.end_reason, d.state, d.version, d.updated_by, d.updated_at`

func scan(r db.Row) (d Delegation, err error) {
	err = r.Scan(&d.ID, &d.Unit, &d.AreaPath, &d.Role, &d.PersonID, &d.Person, &d.ToID, &d.To, &d.OpensOn,
		&d.ClosesOn, &d.Reason, &d.Post, &d.EndedOn, &d.EndReason, &d.State, &d.Version, &d.UpdatedBy, &d.UpdatedAt)
	d.UpdatedAt = d.UpdatedAt.UTC()
	return d, err
}

// Get returns one, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Delegation, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM delegations d WHERE d.id = $1`, id)
}

func byPost(tx *db.Tx, post string) (Delegation, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM delegations d WHERE d.post = $1`, post)
}

func every(tx *db.Tx) ([]Delegation, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM delegations d ORDER BY d.id`)
}

// activeIn are those of a unit that have not ended.
func activeIn(tx *db.Tx, unit string) ([]Delegation, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM delegations d WHERE d.unit = $1 AND d.state = 'active'
		ORDER BY d.id`, unit)
}

// active are all that have not ended, in pieces by id.
func active(tx *db.Tx, after string, most int) ([]Delegation, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM delegations d WHERE d.state = 'active' AND d.id > $1
		ORDER BY d.id LIMIT $2`, after, most)
}

// holds says whether the lender holds the post today.
func (d Delegation) holds(tx *db.Tx) (bool, error) {
	posts, err := network.PostsOf(tx, d.PersonID, "")
	return slices.ContainsFunc(posts, func(p network.Post) bool { return p.Unit == d.Unit && p.Role == d.Role }), err
}

func insert(tx *db.Tx, d Delegation) error {
	return tx.Exec(`INSERT INTO delegations (id, unit, area_path, role, person_id, person, to_id, to_name, opens_on,
		closes_on, reason, post, ended_on, end_reason, state, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`, d.ID, d.Unit,
		d.AreaPath, d.Role, d.PersonID, d.Person, d.ToID, d.To, d.OpensOn, d.ClosesOn, d.Reason, d.Post, d.EndedOn,
		d.EndReason, string(d.State), d.Version, d.UpdatedBy, d.UpdatedAt)
}

// update writes how one ended, if the row is still the one that was read.
func update(tx *db.Tx, d *Delegation) error {
	d.Version++
	return tx.ExecOne(`UPDATE delegations SET ended_on = $1, end_reason = $2, state = $3, version = $4,
		updated_by = $5, updated_at = $6 WHERE id = $7 AND version = $8`, d.EndedOn, d.EndReason, string(d.State),
		d.Version, d.UpdatedBy, d.UpdatedAt, d.ID, d.Version-1)
}

// Listing is a line of the list.
type Listing struct {
	ID       string `json:"id"`
	Unit     string `json:"unit"`
	UnitName string `json:"unit_name"`
	UnitEN   string `json:"unit_name_en,omitempty"`
	Role     string `json:"role"`
	Person   string `json:"person"`
	To       string `json:"to"`
	OpensOn  string `json:"opens_on"`
	ClosesOn string `json:"closes_on"`
	State    State  `json:"state"`
}

func source(by auth.User, state string) list.Source[Listing] {
	s := list.Source[Listing]{Key: "d.id", From: "delegations d", Few: true,
		Select: `d.id, d.unit, u.name, u.name_en, d.role, d.person, d.to_name, d.opens_on, d.closes_on, d.state
			FROM delegations d JOIN units u ON u.code = d.unit`,
		Scan: func(r db.Row) (l Listing, err error) {
			return l, r.Scan(&l.ID, &l.Unit, &l.UnitName, &l.UnitEN, &l.Role, &l.Person, &l.To, &l.OpensOn,
				&l.ClosesOn, &l.State)
		},
		ID: func(l Listing) string { return l.ID },
		Orders: map[string][]string{"until": {"d.closes_on", "d.id"}, "unit": {"d.unit", "d.closes_on", "d.id"},
			"state": {"d.state", "d.closes_on", "d.id"}}}
	s.Visible(by, "d.unit", "d.area_path")
	if state != "" {
		s.And("d.state = ?", state)
	}
	return s
}
