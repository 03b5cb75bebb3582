package opinion

// Rows of texts, their versions and the remarks on them.

import (
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

const textColumns = `t.id, t.title, t.about, t.unit, t.area_path, t.due_on, t.state, t.created_by, t.created_at,
	t.version, t.updated_by, t.updated_at, t.purpose`

func scanText(r db.Row) (t Text, err error) {
	var state string
	err = r.Scan(&t.ID, &t.Title, &t.About, &t.Unit, &t.AreaPath, &t.DueOn, &state, &t.CreatedBy, &t.CreatedAt,
		&t.Version, &t.UpdatedBy, &t.UpdatedAt, &t.Purpose)
	t.stored, t.Closed, t.CreatedAt, t.UpdatedAt = state, state == "closed", t.CreatedAt.UTC(), t.UpdatedAt.UTC()
	return t, err
}

// Get returns a text with its readers.
func Get(tx *db.Tx, id string) (Text, error) {
	t, err := db.One(tx, scanText, `SELECT `+textColumns+` FROM opinion_texts t WHERE t.id = $1`, id)
	if err != nil {
		return t, err
	}
	return t, t.readers(tx)
}

func (t *Text) readers(tx *db.Tx) (err error) {
	t.Readers, err = db.All(tx, db.Single[string], `SELECT unit FROM opinion_readers WHERE text_id = $1
		ORDER BY unit`, t.ID)
	if err == nil && t.Purpose == Panel {
		t.Reviewers, err = reviewersOf(tx, t.ID)
	}
	return err
}

// Of are the texts of an object, oldest first.
func Of(tx *db.Tx, about string) ([]Text, error) {
	all, err := db.All(tx, scanText, `SELECT `+textColumns+` FROM opinion_texts t WHERE t.about = $1 AND t.about <> ''
		ORDER BY t.id`, about)
	for i := range all {
		if err == nil {
			err = all[i].readers(tx)
		}
	}
	return all, err
}

// page is some texts in order of their ids.
func page(tx *db.Tx, after string, limit int) ([]Text, error) {
	all, err := db.All(tx, scanText, `SELECT `+textColumns+` FROM opinion_texts t WHERE t.id > $1 ORDER BY t.id LIMIT
		$2`,
		after, limit)
	for i := range all {
		if err == nil {
			err = all[i].readers(tx)
		}
	}
	return all, err
}

func (t Text) state() string {
	if t.Closed {
		return "closed"
	}
	return "open"
}

func insertText(tx *db.Tx, t Text) error {
	if err := tx.Exec(`INSERT INTO opinion_texts (id, title, about, unit, area_path, due_on, state, created_by,
		created_at, version, updated_by, updated_at, purpose)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		t.ID, t.Title, t.About, t.Unit, t.AreaPath, t.DueOn, t.state(), t.CreatedBy, t.CreatedAt, t.Version,
		t.UpdatedBy, t.UpdatedAt, t.Purpose); err != nil {
		return err
	}
	for _, unit := range t.Readers {
		if err := tx.Exec(`INSERT INTO opinion_readers (text_id, unit) VALUES ($1, $2)`, t.ID, unit); err != nil {
			return err
		}
	}
	return nil
}

func updateText(tx *db.Tx, t *Text) error {
	t.Version++
	return tx.ExecOne(`UPDATE opinion_texts SET state = $1, version = $2, updated_by = $3, updated_at = $4
		WHERE id = $5 AND version = $6`, t.state(), t.Version, t.UpdatedBy, t.UpdatedAt, t.ID, t.Version-1)
}

func (t Text) row() held.Row {
	return held.Row{"title": t.Title, "about": t.About, "unit": t.Unit, "area_path": t.AreaPath, "due_on": t.DueOn,
		"state": t.state(), "created_by": t.CreatedBy, "created_at": held.Time(t.CreatedAt), "purpose": t.Purpose}
}

// readersRow are the units that it is laid open to, as the journal says them.
func (t Text) readersRow() held.Row { return held.Row{"unit": strings.Join(t.Readers, " ")} }

// Edition is a text as it stood in one version.
type Edition struct {
	ID         string      `json:"-"`
	Number     int         `json:"number"`
	Paragraphs []Paragraph `json:"paragraphs"`
	Reason     string      `json:"reason,omitempty"`
	Person     string      `json:"person"`
	CreatedAt  time.Time   `json:"created_at"`
}

// Editions are all versions of a text, oldest first.
func Editions(tx *db.Tx, textID string) ([]Edition, error) {
	return db.All(tx, func(r db.Row) (e Edition, err error) {
		var paragraphs string
		if err = r.Scan(&e.ID, &e.Number, &paragraphs, &e.Reason, &e.Person, &e.CreatedAt); err != nil {
			return e, err
		}
		e.CreatedAt = e.CreatedAt.UTC()
		return e, json.Unmarshal([]byte(paragraphs), &e.Paragraphs)
	}, `SELECT id, number, paragraphs, reason, person, created_at FROM opinion_versions WHERE text_id = $1
		ORDER BY number`, textID)
}

func insertEdition(tx *db.Tx, textID string, e Edition) error {
	return tx.Exec(`INSERT INTO opinion_versions (id, text_id, number, paragraphs, reason, person, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, e.ID, textID, e.Number, asJSON(e.Paragraphs), e.Reason, e.Person,
		e.CreatedAt)
}

func (e Edition) row(textID string) held.Row {
	return held.Row{"text_id": textID, "number": held.Int(e.Number), "paragraphs": asJSON(e.Paragraphs),
		"reason": e.Reason, "person": e.Person, "created_at": held.Time(e.CreatedAt)}
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

const columns = `o.id, o.text_id, o.number, o.paragraph, o.clause, o.quote, o.kind, o.weight, o.reason, o.suggestion,
	o.unit, o.person_id, o.person, o.role, o.shown_as, o.state, o.verdict, o.reply, o.changed_text, o.replied_by,
	o.replied_at, o.stance_at, o.silent, o.created_at, o.filed_at, o.version, o.updated_at, o.engagement`

func scan(r db.Row) (o Opinion, err error) {
	var replied, stance, filed sql.NullTime
	err = r.Scan(&o.ID, &o.TextID, &o.Number, &o.Paragraph, &o.Clause, &o.Quote, &o.Kind, &o.Weight, &o.Reason,
		&o.Suggestion, &o.Unit, &o.PersonID, &o.Person, &o.Role, &o.ShownAs, &o.State, &o.Verdict, &o.Reply,
		&o.ChangedText, &o.RepliedBy, &replied, &stance, &o.Silent, &o.CreatedAt, &filed, &o.Version, &o.UpdatedAt,
		&o.Engagement)
	o.RepliedAt, o.StanceAt, o.FiledAt = instant(replied), instant(stance), instant(filed)
	o.CreatedAt, o.UpdatedAt = o.CreatedAt.UTC(), o.UpdatedAt.UTC()
	return o, err
}

func instant(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time.UTC()
}

func nullable(t time.Time) sql.NullTime { return sql.NullTime{Time: t, Valid: !t.IsZero()} }

// ByID returns one remark.
func ByID(tx *db.Tx, id string) (Opinion, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM opinions o WHERE o.id = $1`, id)
}

// On are all remarks on a text, drafts too, in the order in which they were written.
func On(tx *db.Tx, textID string) ([]Opinion, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM opinions o WHERE o.text_id = $1 ORDER BY o.id`, textID)
}

// repliedBefore are remarks whose authors have had a reply since before an instant.
func repliedBefore(tx *db.Tx, at time.Time, limit int) ([]Opinion, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM opinions o WHERE o.state = 'replied' AND o.replied_at < $1
		ORDER BY o.replied_at, o.id LIMIT $2`, at, limit)
}

// waitingFor are the remarks that wait for the user: replied to his own, and filed on texts of his offices.
func waitingFor(tx *db.Tx, by auth.User) ([]Opinion, error) {
	var units []string
	for _, p := range by.Posts {
		if p.Role == auth.Office {
			units = append(units, p.Unit)
		}
	}
	return db.All(tx, scan, `SELECT `+columns+` FROM opinions o JOIN opinion_texts t ON t.id = o.text_id
		WHERE o.state = 'replied' AND o.person_id = $1
		OR o.state = 'filed' AND o.person_id <> $1 AND t.unit IN (SELECT j.key FROM json_each($2) j)
		ORDER BY o.id LIMIT 200`, by.ID, db.Texts(units))
}

func insert(tx *db.Tx, o Opinion) error {
	return tx.Exec(`INSERT INTO opinions (id, text_id, number, paragraph, clause, quote, kind, weight, reason,
		suggestion,
		unit, person_id, person, role, shown_as, state, verdict, reply, changed_text, replied_by, replied_at, stance_at,
		silent, created_at, filed_at, version, updated_at, engagement)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
			$23,
		$24, $25, $26, $27, $28)`, o.ID, o.TextID, o.Number, o.Paragraph, o.Clause, o.Quote, o.Kind, o.Weight, o.Reason,
		o.Suggestion, o.Unit, o.PersonID, o.Person, o.Role, o.ShownAs, o.State, o.Verdict, o.Reply, o.ChangedText,
		o.RepliedBy, nullable(o.RepliedAt), nullable(o.StanceAt), o.Silent, o.CreatedAt, nullable(o.FiledAt), o.Version,
		o.UpdatedAt, o.Engagement)
}

func update(tx *db.Tx, o *Opinion) error {
	o.Version, o.UpdatedAt = o.Version+1, tx.Now
	return tx.ExecOne(`UPDATE opinions SET quote = $1, kind = $2, weight = $3, reason = $4, suggestion = $5,
		shown_as = $6, state = $7, verdict = $8, reply = $9, changed_text = $10, replied_by = $11, replied_at = $12,
		stance_at = $13, silent = $14, filed_at = $15, version = $16,
			updated_at = $17 WHERE id = $18 AND version = $19`,
		o.Quote, o.Kind, o.Weight, o.Reason, o.Suggestion, o.ShownAs, o.State, o.Verdict, o.Reply, o.ChangedText,
		o.RepliedBy, nullable(o.RepliedAt), nullable(o.StanceAt), o.Silent, nullable(o.FiledAt), o.Version, o.UpdatedAt,
		o.ID, o.Version-1)
}

func (o Opinion) row() held.Row {
	return held.Row{"text_id": o.TextID, "number": held.Int(o.Number), "paragraph": o.Paragraph, "clause": o.Clause,
		"quote": o.Quote, "kind": o.Kind, "weight": o.Weight, "reason": o.Reason, "suggestion": o.Suggestion,
		"unit": o.Unit, "person_id": o.PersonID, "person": o.Person, "role": o.Role, "shown_as": o.ShownAs,
		"state": string(o.State), "verdict": o.Verdict, "reply": o.Reply, "changed_text": o.ChangedText,
		"replied_by": o.RepliedBy, "replied_at": held.Time(o.RepliedAt), "stance_at": held.Time(o.StanceAt),
		"silent": held.Bool(o.Silent), "created_at": held.Time(o.CreatedAt), "filed_at": held.Time(o.FiledAt),
		"engagement": o.Engagement}
}
