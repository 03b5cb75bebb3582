package request

// Rows of requests. Answers and what was frozen of them are store_answer.go's, the list is store_list.go's.

import (
	"database/sql"
	"encoding/json"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

const columns = `q.id, q.kind, q.title, q.basis, q.unit, q.area_path, q.questions, q.addressees, q.due_on, q.reviewer,
	q.sign_rule, q.about, q.state, q.reason, q.created_by, q.created_at, q.sent_at, q.version, q.updated_by,
		q.updated_at`

func scan(r db.Row) (q Request, err error) {
	var questions, addressees string
	var sent sql.NullTime
	if err = r.Scan(&q.ID, &q.Kind, &q.Title, &q.Basis, &q.Unit, &q.AreaPath, &questions, &addressees, &q.DueOn,
		&q.Reviewer, &q.SignRule, &q.About, &q.State, &q.Reason, &q.CreatedBy, &q.CreatedAt, &sent, &q.Version,
		&q.UpdatedBy, &q.UpdatedAt); err != nil {
		return q, err
	}
	q.CreatedAt, q.UpdatedAt, q.SentAt = q.CreatedAt.UTC(), q.UpdatedAt.UTC(), instant(sent)
	if err = json.Unmarshal([]byte(questions), &q.Questions); err == nil {
		err = json.Unmarshal([]byte(addressees), &q.Addressees)
	}
	return q, err
}

func instant(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time.UTC()
}

func nullable(t time.Time) sql.NullTime { return sql.NullTime{Time: t, Valid: !t.IsZero()} }

// Get returns a request with its reviewer's post.
func Get(tx *db.Tx, id string) (Request, error) {
	r, err := db.One(tx, scan, `SELECT `+columns+` FROM requests q WHERE q.id = $1`, id)
	if err != nil {
		return r, err
	}
	return r, r.findReviewer(tx)
}

func (r *Request) findReviewer(tx *db.Tx) (err error) {
	r.reviewer = network.Post{}
	if r.Reviewer != "" {
		r.reviewer, err = postByID(tx, r.Reviewer)
		if errs.KindOf(err) == errs.Missing {
			err = nil
		}
	}
	return err
}

func postByID(tx *db.Tx, id string) (network.Post, error) {
	return db.One(tx, func(r db.Row) (p network.Post, err error) {
		return p, r.Scan(&p.ID, &p.PersonID, &p.Person, &p.PersonEN, &p.Unit, &p.Role, &p.OpensOn, &p.ClosesOn)
	}, `SELECT p.id, p.person_id, h.name, h.name_en, p.unit, p.role, p.opens_on, p.closes_on
		FROM posts p JOIN people h ON h.id = p.person_id WHERE p.id = $1`, id)
}

func insert(tx *db.Tx, r Request) error {
	return tx.Exec(`INSERT INTO requests (id, kind, title, basis, unit, area_path, questions, addressees, due_on,
		reviewer, sign_rule, about, state, reason, created_by, created_at, sent_at, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		r.ID, r.Kind, r.Title, r.Basis, r.Unit, r.AreaPath, asJSON(r.Questions), asJSON(r.Addressees), r.DueOn,
		r.Reviewer, r.SignRule, r.About, r.State, r.Reason, r.CreatedBy, r.CreatedAt, nullable(r.SentAt), r.Version,
		r.UpdatedBy, r.UpdatedAt)
}

// update writes what may change, if the row is still that of r.Version.
func update(tx *db.Tx, r *Request) error {
	r.Version++
	return tx.ExecOne(`UPDATE requests SET kind = $1, title = $2, basis = $3, questions = $4, addressees = $5,
		due_on = $6, reviewer = $7, sign_rule = $8, about = $9, state = $10, reason = $11, sent_at = $12, version = $13,
		updated_by = $14, updated_at = $15 WHERE id = $16 AND version = $17`,
		r.Kind, r.Title, r.Basis, asJSON(r.Questions), asJSON(r.Addressees), r.DueOn, r.Reviewer, r.SignRule, r.About,
		r.State, r.Reason, nullable(r.SentAt), r.Version, r.UpdatedBy, r.UpdatedAt, r.ID, r.Version-1)
}

// all returns every request in order of its id, after one and at most so many.
func page(tx *db.Tx, after string, limit int) ([]Request, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM requests q WHERE q.id > $1 ORDER BY q.id LIMIT $2`, after, limit)
}

// AboutObject lists the requests that were asked for an object, oldest first.
func AboutObject(tx *db.Tx, object string) ([]Request, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM requests q WHERE q.about = $1 AND q.about <> '' ORDER BY q.id`,
		object)
}

// seen says whether the user may see the request: who asks, who oversees the area, and who is asked.
func seen(tx *db.Tx, by auth.User, r Request) (bool, error) {
	if r.owns(by) {
		return true, nil
	}
	if r.State == Draft {
		return false, nil
	}
	units, paths := by.Scope()
	n, err := db.Value[int](tx, `SELECT count(*) FROM answers a WHERE a.request_id = $3 AND `+
		auth.Visible("a.unit", "a.area_path", 1), db.Texts(units), db.Texts(paths), r.ID)
	return n > 0, err
}

// row is what of a request the journal has to say.
func (r Request) row() held.Row {
	return held.Row{"kind": r.Kind, "title": r.Title, "basis": r.Basis, "unit": r.Unit, "area_path": r.AreaPath,
		"questions": asJSON(r.Questions), "addressees": asJSON(r.Addressees), "due_on": r.DueOn, "reviewer": r.Reviewer,
		"sign_rule": r.SignRule, "about": r.About, "state": string(r.State), "reason": r.Reason,
		"created_by": r.CreatedBy, "created_at": held.Time(r.CreatedAt), "sent_at": held.Time(r.SentAt)}
}

// sentIn are the requests of a year, by the day on which they are due, that were sent and whose answers by may all see.
func sentIn(tx *db.Tx, by auth.User, of module.Work) ([]Request, error) {
	first, last := of.Days()
	units, paths := by.Scope()
	return db.All(tx, scan, `SELECT `+columns+` FROM requests q WHERE q.state NOT IN ('draft', 'withdrawn')
		AND `+auth.Visible("q.unit", "q.area_path", 1)+` AND q.due_on >= $3 AND q.due_on <= $4 ORDER BY q.id`,
		db.Texts(units), db.Texts(paths), first, last)
}
