package engagement

// Rows of engagements and of the notes of who is engaged, and the list of them.

import (
	"encoding/json"
	"fmt"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
)

const columns = `e.id, e.office, e.area_path, e.person_id, e.person, e.role, e.about, e.third, e.opens_on, e.closes_on,
	e.areas, e.documents, e.indicators, e.interests, e.appointment, e.post, e.started_on, e.ended_on, e.reason, e.state,
	e.version, e.updated_by, e.updated_at`

func scan(r db.Row) (e Engagement, err error) {
	err = r.Scan(&e.ID, &e.Office, &e.AreaPath, &e.PersonID, &e.Person, &e.Role, &e.About, &e.Third, &e.OpensOn,
		&e.ClosesOn, (*column[string])(&e.Areas), (*column[string])(&e.Documents), (*column[string])(&e.Indicators),
		(*column[Interest])(&e.Interests), &e.Appointment, &e.Post, &e.StartedOn, &e.EndedOn, &e.Reason, &e.State,
		&e.Version, &e.UpdatedBy, &e.UpdatedAt)
	e.UpdatedAt = e.UpdatedAt.UTC()
	return e, err
}

// column is a list as its column keeps it.
type column[T any] []T

// Scan reads it.
func (c *column[T]) Scan(from any) error {
	text, ok := from.(string)
	if !ok {
		return fmt.Errorf("engagement: %T is no text of a list", from)
	}
	return json.Unmarshal([]byte(text), (*[]T)(c))
}

func asJSON[T any](all []T) string {
	if all == nil {
		all = []T{}
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic(err) // plain texts always marshal
	}
	return string(text)
}

// Get returns one, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Engagement, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM engagements e WHERE e.id = $1`, id)
}

// Of are those about an object, oldest first, whoever asks.
func Of(tx *db.Tx, about string) ([]Engagement, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM engagements e WHERE e.about = $1 ORDER BY e.id`, about)
}

// ofThird are those of a third party.
func ofThird(tx *db.Tx, third string) ([]Engagement, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM engagements e WHERE e.third = $1 ORDER BY e.id`, third)
}

// activeOf are a person's that have begun and have not ended, as long as their undertaking stands: who has taken it
// back sees nothing.
func activeOf(tx *db.Tx, personID string) ([]Engagement, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM engagements e WHERE e.person_id = $1 AND e.state = 'active'
		AND EXISTS (SELECT 1 FROM evidence v WHERE v.object = 'engagement/' || e.id AND v.field = 'undertaking'
			AND v.ended_at IS NULL) ORDER BY e.id`, personID)
}

// before are the people whom an office has engaged already, by name, each once.
func before(tx *db.Tx, office string) ([]network.Person, error) {
	return db.All(tx, func(r db.Row) (p network.Person, err error) { return p, r.Scan(&p.ID, &p.Name) },
		`SELECT h.id, h.name FROM people h WHERE h.id IN (SELECT e.person_id FROM engagements e WHERE e.office = $1)
		ORDER BY h.name, h.id`, office)
}

// Asked are the experts and supervisors whom an office has engaged and whose days are not over, by name.
func Asked(tx *db.Tx, office string) ([]Engagement, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM engagements e WHERE e.office = $1
		AND e.state IN ('invited', 'active') AND e.role IN ('expert', 'supervisor') AND e.closes_on >= $2
		ORDER BY e.person, e.id`, office, tx.Today())
}

// TiesOf are the ties that a person has declared in engagements that are not over.
func TiesOf(tx *db.Tx, personID string) (all []Interest, err error) {
	some, err := db.All(tx, scan, `SELECT `+columns+` FROM engagements e WHERE e.person_id = $1
		AND e.state IN ('invited', 'active') ORDER BY e.id`, personID)
	for _, e := range some {
		for _, i := range e.Interests {
			if i.Kind != None {
				all = append(all, i)
			}
		}
	}
	return all, err
}

// over are those whose last day was before a day.
func over(tx *db.Tx, today string, limit int) ([]Engagement, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM engagements e WHERE e.state = 'active' AND e.closes_on < $1
		ORDER BY e.closes_on, e.id LIMIT $2`, today, limit)
}

// endingUntil are those that end by a day, in pieces by id.
func endingUntil(tx *db.Tx, until, after string, most int) ([]Engagement, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM engagements e WHERE e.state = 'active' AND e.closes_on <= $1
		AND e.id > $2 ORDER BY e.id LIMIT $3`, until, after, most)
}

func every(tx *db.Tx) ([]Engagement, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM engagements e ORDER BY e.id`)
}

// waiting are those of the user's offices that have not begun.
func waiting(tx *db.Tx, by auth.User) ([]Engagement, error) {
	units := []string{}
	for _, p := range by.Posts {
		if p.Role == auth.Office {
			units = append(units, p.Unit)
		}
	}
	return db.All(tx, scan, `SELECT `+columns+` FROM engagements e WHERE e.state = 'invited'
		AND e.office IN (SELECT j.key FROM json_each($1) j) ORDER BY e.opens_on, e.id LIMIT 100`, db.Texts(units))
}

func insert(tx *db.Tx, e Engagement) error {
	return tx.Exec(`INSERT INTO engagements (id, office, area_path, person_id, person, role, about, third, opens_on,
		closes_on, areas, documents, indicators, interests, appointment, post, started_on, ended_on, reason, state,
		version, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
		$17, $18, $19, $20, $21, $22, $23)`, e.ID, e.Office, e.AreaPath, e.PersonID, e.Person, string(e.Role), e.About,
		e.Third, e.OpensOn, e.ClosesOn, asJSON(e.Areas), asJSON(e.Documents), asJSON(e.Indicators),
		asJSON(e.Interests), e.Appointment, e.Post, e.StartedOn, e.EndedOn, e.Reason, string(e.State), e.Version,
		e.UpdatedBy, e.UpdatedAt)
}

// update writes what a step changes, if the row is still the one that was read.
func update(tx *db.Tx, e *Engagement) error {
	e.Version++
	return tx.ExecOne(`UPDATE engagements SET opens_on = $1, closes_on = $2, areas = $3, documents = $4,
		indicators = $5, interests = $6, appointment = $7, post = $8, started_on = $9, ended_on = $10, reason = $11,
		state = $12, version = $13, updated_by = $14, updated_at = $15 WHERE id = $16 AND version = $17`,
		e.OpensOn, e.ClosesOn, asJSON(e.Areas), asJSON(e.Documents), asJSON(e.Indicators), asJSON(e.Interests),
		e.Appointment, e.Post, e.StartedOn, e.EndedOn, e.Reason, string(e.State), e.Version, e.UpdatedBy, e.UpdatedAt,
		e.ID, e.Version-1)
}

func (e Engagement) row() held.Row {
	return held.Row{"office": e.Office, "area_path": e.AreaPath, "person_id": e.PersonID, "person": e.Person,
		"role": string(e.Role), "about": e.About, "third": e.Third, "opens_on": e.OpensOn, "closes_on": e.ClosesOn,
		"areas": asJSON(e.Areas), "documents": asJSON(e.Documents), "indicators": asJSON(e.Indicators),
		"interests": asJSON(e.Interests), "appointment": e.Appointment, "post": e.Post, "started_on": e.StartedOn,
		"ended_on": e.EndedOn, "reason": e.Reason, "state": string(e.State), "version": held.Int(e.Version),
		"updated_by": e.UpdatedBy, "updated_at": held.Time(e.UpdatedAt)}
}

const noteColumns = `n.id, n.engagement_id, n.text, n.written_at`

func scanNote(r db.Row) (n Note, err error) {
	err = r.Scan(&n.ID, &n.Engagement, &n.Text, &n.WrittenAt)
	n.WrittenAt = n.WrittenAt.UTC()
	return n, err
}

func notesOf(tx *db.Tx, id string) ([]Note, error) {
	return db.All(tx, scanNote, `SELECT `+noteColumns+` FROM engagement_notes n WHERE n.engagement_id = $1
		ORDER BY n.id`, id)
}

func everyNote(tx *db.Tx) ([]Note, error) {
	return db.All(tx, scanNote, `SELECT `+noteColumns+` FROM engagement_notes n ORDER BY n.id`)
}

func insertNote(tx *db.Tx, n Note) error {
	return tx.Exec(`INSERT INTO engagement_notes (id, engagement_id, text, written_at) VALUES ($1, $2, $3, $4)`, n.ID,
		n.Engagement, n.Text, n.WrittenAt)
}

func (n Note) row() held.Row {
	return held.Row{"engagement_id": n.Engagement, "text": n.Text, "written_at": held.Time(n.WrittenAt)}
}

// Listing is a line of the list.
type Listing struct {
	ID       string `json:"id"`
	Person   string `json:"person"`
	Role     Role   `json:"role"`
	About    string `json:"about,omitempty"`
	OpensOn  string `json:"opens_on"`
	ClosesOn string `json:"closes_on"`
	State    State  `json:"state"`
	Lacks    bool   `json:"undertaking_missing"`
}

func source(by auth.User, in listInput, today string) list.Source[Listing] {
	s := list.Source[Listing]{Key: "e.id", From: "engagements e", Few: true,
		Select: `e.id, e.person, e.role, e.about, e.opens_on, e.closes_on, e.state,
			NOT EXISTS (SELECT 1 FROM evidence v WHERE v.object = 'engagement/' || e.id AND v.field = 'undertaking'
				AND v.ended_at IS NULL) FROM engagements e`,
		Scan: func(r db.Row) (l Listing, err error) {
			err = r.Scan(&l.ID, &l.Person, &l.Role, &l.About, &l.OpensOn, &l.ClosesOn, &l.State, &l.Lacks)
			if l.State == Active && l.ClosesOn < today {
				l.State = Ended
			}
			return l, err
		},
		ID: func(l Listing) string { return l.ID },
		Orders: map[string][]string{"until": {"e.closes_on", "e.id"}, "person": {"e.person", "e.id"},
			"state": {"e.state", "e.closes_on", "e.id"}}}
	s.Visible(by, "e.office", "e.area_path")
	if in.State != "" {
		s.And("e.state = ?", in.State)
	}
	if in.Role != "" {
		s.And("e.role = ?", in.Role)
	}
	if in.About != "" {
		s.And("e.about = ?", in.About)
	}
	return s
}
