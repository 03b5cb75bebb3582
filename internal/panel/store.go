package panel

// Rows of panels, and the list of them.

import (
	"encoding/json"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/list"
)

const columns = `p.id, p.office, p.area_path, p.title, p.about, p.text_id, p.author, p.head, p.members, p.quorum,
	p.file_by, p.meeting, p.edition, p.conclusion, p.statement, p.present, p.concluded_on, p.signed_on, p.scan,
		p.reason,
	p.state, p.version, p.updated_by, p.updated_at`

func scan(r db.Row) (p Panel, err error) {
	var members, present string
	if err = r.Scan(&p.ID, &p.Office, &p.AreaPath, &p.Title, &p.About, &p.Text, &p.Author, &p.Head, &members, &p.Quorum,
		&p.FileBy, &p.Meeting, &p.Edition, &p.Conclusion, &p.Statement, &present, &p.ConcludedOn, &p.SignedOn, &p.Scan,
		&p.Reason, &p.State, &p.Version, &p.UpdatedBy, &p.UpdatedAt); err != nil {
		return p, err
	}
	p.UpdatedAt = p.UpdatedAt.UTC()
	if err := json.Unmarshal([]byte(members), &p.Members); err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(present), &p.Present)
}

func asJSON(all []string) string {
	if all == nil {
		all = []string{}
	}
	text, _ := json.Marshal(all) // texts always marshal
	return string(text)
}

// Get returns one, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Panel, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM panels p WHERE p.id = $1`, id)
}

// Of are those about an object, oldest first, whoever asks.
func Of(tx *db.Tx, about string) ([]Panel, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM panels p WHERE p.about = $1 AND p.about <> '' ORDER BY p.id`,
		about)
}

func every(tx *db.Tx) ([]Panel, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM panels p ORDER BY p.id`)
}

// dueUntil are those whose experts are to file by a day, in pieces by id.
func dueUntil(tx *db.Tx, until, after string, most int) ([]Panel, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM panels p WHERE p.state = 'reviewing' AND p.file_by <= $1
		AND p.id > $2 ORDER BY p.id LIMIT $3`, until, after, most)
}

// waiting are those of the user's offices that are concluded and not signed.
func waiting(tx *db.Tx, by auth.User) ([]Panel, error) {
	units := []string{}
	for _, post := range by.Posts {
		if post.Role == auth.Office {
			units = append(units, post.Unit)
		}
	}
	return db.All(tx, scan, `SELECT `+columns+` FROM panels p WHERE p.state = 'concluded'
		AND p.office IN (SELECT j.key FROM json_each($1) j) ORDER BY p.id LIMIT 100`, db.Texts(units))
}

func insert(tx *db.Tx, p Panel) error {
	return tx.Exec(`INSERT INTO panels (id, office, area_path, title, about, text_id, author, head, members, quorum,
		file_by, meeting, edition, conclusion, statement, present, concluded_on, signed_on, scan, reason, state,
			version,
		updated_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
		$19, $20, $21, $22, $23, $24)`, p.ID, p.Office, p.AreaPath, p.Title, p.About, p.Text, p.Author, p.Head,
		asJSON(p.Members), p.Quorum, p.FileBy, p.Meeting, p.Edition, string(p.Conclusion), p.Statement,
		asJSON(p.Present), p.ConcludedOn, p.SignedOn, p.Scan, p.Reason, string(p.State), p.Version, p.UpdatedBy,
		p.UpdatedAt)
}

// update writes what a step changes, if the row is still the one that was read.
func update(tx *db.Tx, p *Panel) error {
	p.Version++
	return tx.ExecOne(`UPDATE panels SET head = $15, edition = $1, conclusion = $2, statement = $3, present = $4,
		concluded_on = $5,
		signed_on = $6, scan = $7, reason = $8, state = $9, version = $10, updated_by = $11, updated_at = $12
		WHERE id = $13 AND version = $14`, p.Edition, string(p.Conclusion), p.Statement, asJSON(p.Present),
		p.ConcludedOn, p.SignedOn, p.Scan, p.Reason, string(p.State), p.Version, p.UpdatedBy, p.UpdatedAt, p.ID,
		p.Version-1, p.Head)
}

func (p Panel) row() held.Row {
	return held.Row{"office": p.Office, "area_path": p.AreaPath, "title": p.Title, "about": p.About, "text_id": p.Text,
		"author": p.Author, "head": p.Head, "members": asJSON(p.Members), "quorum": held.Int(p.Quorum),
		"file_by": p.FileBy, "meeting": p.Meeting, "edition": held.Int(p.Edition), "conclusion": string(p.Conclusion),
		"statement": p.Statement, "present": asJSON(p.Present), "concluded_on": p.ConcludedOn, "signed_on": p.SignedOn,
		"scan": p.Scan, "reason": p.Reason, "state": string(p.State), "version": held.Int(p.Version),
		"updated_by": p.UpdatedBy, "updated_at": held.Time(p.UpdatedAt)}
}

// Listing is a line of the list.
type Listing struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	State      State      `json:"state"`
	FileBy     string     `json:"file_by"`
	Conclusion Conclusion `json:"conclusion,omitempty"`
	Unit       string     `json:"unit"`

	name, nameEN string
}

// source is cut down to what by sees; named are the panels on which they sit.
func source(by auth.User, in listInput, named []string) list.Source[Listing] {
	s := list.Source[Listing]{Key: "p.id", From: "panels p", Few: true,
		Select: `p.id, p.title, p.state, p.file_by, p.conclusion, p.office, u.name, u.name_en
			FROM panels p JOIN units u ON u.code = p.office`,
		Scan: func(r db.Row) (l Listing, err error) {
			return l, r.Scan(&l.ID, &l.Title, &l.State, &l.FileBy, &l.Conclusion, &l.Unit, &l.name, &l.nameEN)
		},
		ID: func(l Listing) string { return l.ID },
		Orders: map[string][]string{"due": {"p.file_by", "p.id"}, "title": {"p.title", "p.id"},
			"state": {"p.state", "p.file_by", "p.id"}}}
	if by.Has(auth.Outsider) {
		s.And("p.id IN (SELECT j.key FROM json_each(?) j)", db.Texts(named))
	} else {
		s.Visible(by, "p.office", "p.area_path")
	}
	if in.State != "" {
		s.And("p.state = ?", in.State)
	}
	if in.About != "" {
		s.And("p.about = ?", in.About)
	}
	return s
}
