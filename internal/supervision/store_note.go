package supervision

// Rows of what was noted on a visit: notes, places, draws. None is ever changed, but for which finding a note became.

import (
	"encoding/json"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

const noteColumns = `n.id, n.visit_id, n.own_id, n.person_id, n.person, n.kind, n.at, n.received_at, n.body, n.item,
	n.found, n.place, n.belongs_to, n.photo, n.stripped, n.digest, n.against, n.late, n.finding`

func scanNote(r db.Row) (n Note, err error) {
	err = r.Scan(&n.ID, &n.VisitID, &n.OwnID, &n.PersonID, &n.Person, &n.Kind, &n.At, &n.ReceivedAt, &n.Text, &n.Item,
		&n.Found, &n.Place, &n.Of, &n.Photo, &n.Stripped, &n.Digest, &n.Against, &n.Late, &n.Finding)
	n.ReceivedAt = n.ReceivedAt.UTC()
	return n, err
}

// GetNote returns a note, whoever asks.
func GetNote(tx *db.Tx, id string) (Note, error) {
	n, err := db.One(tx, scanNote, `SELECT `+noteColumns+` FROM visit_notes n WHERE n.id = $1`, id)
	if err != nil {
		return n, err
	}
	one := []Note{n}
	err = calledIn(tx, one)
	return one[0], err
}

// notesOf are those of a visit, as they came in.
func notesOf(tx *db.Tx, visit string) ([]Note, error) {
	all, err := db.All(tx, scanNote, `SELECT `+noteColumns+` FROM visit_notes n WHERE n.visit_id = $1 ORDER BY n.id`,
		visit)
	if err != nil {
		return nil, err
	}
	return all, calledIn(tx, all)
}

// ownNotes are what a person's devices sent under an id of theirs: one, or several that say different things.
func ownNotes(tx *db.Tx, person, own string) ([]Note, error) {
	return db.All(tx, scanNote, `SELECT `+noteColumns+` FROM visit_notes n WHERE n.person_id = $1 AND n.own_id = $2
		ORDER BY n.id`, person, own)
}

func everyNote(tx *db.Tx) ([]Note, error) {
	return db.All(tx, scanNote, `SELECT `+noteColumns+` FROM visit_notes n ORDER BY n.id`)
}

func insertNote(tx *db.Tx, n Note) error {
	return tx.Exec(`INSERT INTO visit_notes (id, visit_id, own_id, person_id, person, kind, at, received_at, body, item,
		found, place, belongs_to, photo, stripped, digest, against, late, finding)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`, n.ID, n.VisitID,
		n.OwnID, n.PersonID, n.Person, n.Kind, n.At, n.ReceivedAt, n.Text, n.Item, n.Found, n.Place, n.Of, n.Photo,
		n.Stripped, n.Digest, n.Against, n.Late, n.Finding)
}

// row is what of a note the journal has to say.
func (n Note) row() held.Row {
	return held.Row{"visit_id": n.VisitID, "own_id": n.OwnID, "person_id": n.PersonID, "person": n.Person,
		"kind": n.Kind, "at": n.At, "received_at": held.Time(n.ReceivedAt), "body": n.Text, "item": n.Item,
		"found": n.Found, "place": n.Place, "belongs_to": n.Of, "photo": n.Photo, "stripped": held.Bool(n.Stripped),
		"digest": n.Digest, "against": n.Against, "late": held.Bool(n.Late), "finding": n.Finding}
}

const siteColumns = `s.id, s.visit_id, s.place, s.kind, s.record, s.chosen, s.draw, s.person_id, s.added_at`

func scanSite(r db.Row) (s Site, err error) {
	err = r.Scan(&s.ID, &s.VisitID, &s.Place, &s.Kind, &s.Record, &s.Chosen, &s.Draw, &s.PersonID, &s.AddedAt)
	s.AddedAt = s.AddedAt.UTC()
	return s, err
}

// sitesOf are the places of a visit, as they were added.
func sitesOf(tx *db.Tx, visit string) ([]Site, error) {
	return db.All(tx, scanSite, `SELECT `+siteColumns+` FROM visit_sites s WHERE s.visit_id = $1 ORDER BY s.id`, visit)
}

func everySite(tx *db.Tx) ([]Site, error) {
	return db.All(tx, scanSite, `SELECT `+siteColumns+` FROM visit_sites s ORDER BY s.id`)
}

func insertSite(tx *db.Tx, s Site) error {
	return tx.Exec(`INSERT INTO visit_sites (id, visit_id, place, kind, record, chosen, draw, person_id, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, s.ID, s.VisitID, s.Place, s.Kind, s.Record, s.Chosen, s.Draw,
		s.PersonID, s.AddedAt)
}

func (s Site) row() held.Row {
	return held.Row{"visit_id": s.VisitID, "place": s.Place, "kind": s.Kind, "record": s.Record, "chosen": s.Chosen,
		"draw": s.Draw, "person_id": s.PersonID, "added_at": held.Time(s.AddedAt)}
}

// Draw is 随机抽取: which places came out of a list, and the seed by which anybody can draw them again.
type Draw struct {
	ID       string    `json:"id"`
	VisitID  string    `json:"visit"`
	Places   []string  `json:"list"`
	N        int64     `json:"n"`
	Seed     string    `json:"seed"`
	Drawn    []string  `json:"drawn"`
	PersonID string    `json:"-"`
	Person   string    `json:"by"`
	At       time.Time `json:"at"`
}

// Object is the draw's name in the journal.
func (d Draw) Object() string { return "random_draw/" + d.ID }

const drawColumns = `d.id, d.visit_id, d.places, d.n, d.seed, d.drawn, d.person_id, d.person, d.drawn_at`

func scanDraw(r db.Row) (d Draw, err error) {
	var places, drawn string
	if err = r.Scan(&d.ID, &d.VisitID, &places, &d.N, &d.Seed, &drawn, &d.PersonID, &d.Person, &d.At); err != nil {
		return d, err
	}
	d.At = d.At.UTC()
	if err = json.Unmarshal([]byte(places), &d.Places); err != nil {
		return d, err
	}
	return d, json.Unmarshal([]byte(drawn), &d.Drawn)
}

// drawsOf are the draws of a visit, oldest first.
func drawsOf(tx *db.Tx, visit string) ([]Draw, error) {
	return db.All(tx, scanDraw, `SELECT `+drawColumns+` FROM random_draws d WHERE d.visit_id = $1 ORDER BY d.id`, visit)
}

func everyDraw(tx *db.Tx) ([]Draw, error) {
	return db.All(tx, scanDraw, `SELECT `+drawColumns+` FROM random_draws d ORDER BY d.id`)
}

func insertDraw(tx *db.Tx, d Draw) error {
	return tx.Exec(`INSERT INTO random_draws (id, visit_id, places, n, seed, drawn, person_id, person, drawn_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, d.ID, d.VisitID, asJSON(d.Places), d.N, d.Seed, asJSON(d.Drawn),
		d.PersonID, d.Person, d.At)
}

func (d Draw) row() held.Row {
	return held.Row{"visit_id": d.VisitID, "places": asJSON(d.Places), "n": held.Int(d.N), "seed": d.Seed,
		"drawn": asJSON(d.Drawn), "person_id": d.PersonID, "person": d.Person, "drawn_at": held.Time(d.At)}
}
