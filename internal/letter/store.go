package letter

// The row of a letter, written only if it is still the one that was read. Versions, signatures and receipts are
// store_version.go's.

import (
	"encoding/json"

	"yipanqi/internal/db"
)

const columns = `l.id, l.unit, l.area_path, l.draft, l.state, l.edition, l.in_force, l.reason, l.note, l.mark, l.year,
	l.seq, l.addressed, l.received, l.receipt_due, l.drafter, l.writers, l.entries, l.version, l.created_at,
	l.updated_by, l.updated_at`

func scan(r db.Row) (l Letter, err error) {
	var draft, writers string
	if err := r.Scan(&l.ID, &l.Unit, &l.AreaPath, &draft, &l.State, &l.Edition, &l.InForce, &l.Reason, &l.Note,
		&l.number.Mark, &l.number.Year, &l.number.Seq, &l.Addressed, &l.Received, &l.ReceiptDue, &l.Drafter, &writers,
		&l.Entries, &l.Version, &l.CreatedAt, &l.UpdatedBy, &l.UpdatedAt); err != nil {
		return l, err
	}
	l.CreatedAt, l.UpdatedAt = l.CreatedAt.UTC(), l.UpdatedAt.UTC()
	l.Number = l.number.String()
	if err := json.Unmarshal([]byte(writers), &l.Writers); err != nil {
		return l, err
	}
	d, err := readDrafted(draft)
	l.take(d)
	return l, err
}

// Get returns a letter, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Letter, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM letters l WHERE l.id = $1`, id)
}

// Of returns the letters about an object, newest first, whoever asks: withdrawn ones too.
func Of(tx *db.Tx, about string) ([]Letter, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM letters l WHERE l.about = $1 AND l.about <> ''
		ORDER BY l.id DESC`, about)
}

func insert(tx *db.Tx, l Letter) error {
	draft, writers, err := l.texts()
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO letters (id, unit, area_path, draft, issuer, kind, title, about, reply_due, state,
			edition, in_force, reason, note, mark, year, seq, addressed, received, receipt_due, drafter, writers,
			entries, version, created_at, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 0, '', '', '', 0, 0, 0, 0, '', $11, $12, $13, 1, $14, $15,
			$14)`,
		l.ID, l.Unit, l.AreaPath, draft, l.Issuer, string(l.Kind), l.Title, l.About, l.ReplyDue, string(l.State),
		l.Drafter, writers, l.Entries, l.CreatedAt, l.UpdatedBy)
}

// update writes what can change, if the row is still the one that was read.
func update(tx *db.Tx, l *Letter) error {
	draft, writers, err := l.texts()
	if err != nil {
		return err
	}
	err = tx.ExecOne(`UPDATE letters
		SET draft = $1, issuer = $2, kind = $3, title = $4, reply_due = $5, state = $6, edition = $7, in_force = $8,
			reason = $9, note = $10, mark = $11, year = $12, seq = $13, addressed = $14, received = $15,
			receipt_due = $16, drafter = $17, writers = $18, entries = $19, version = version + 1, updated_by = $20,
			updated_at = $21
		WHERE id = $22 AND version = $23`,
		draft, l.Issuer, string(l.Kind), l.Title, l.ReplyDue, string(l.State), l.Edition, l.InForce, l.Reason, l.Note,
		l.number.Mark, l.number.Year, l.number.Seq, l.Addressed, l.Received, l.ReceiptDue, l.Drafter, writers,
		l.Entries, l.UpdatedBy, l.UpdatedAt, l.ID, l.Version)
	l.Version++
	return err
}

func (l Letter) texts() (draft, writers string, err error) {
	if draft, _, err = l.drafted().text(); err != nil {
		return "", "", err
	}
	list, err := json.Marshal(append([]string{}, l.Writers...))
	return draft, string(list), err
}

// lastOf is the last number that was given under a mark in a year; 0 if none was.
func lastOf(tx *db.Tx, mark string, year int64) (int64, error) {
	return db.Value[int64](tx, `SELECT COALESCE(max(seq), 0) FROM letters WHERE mark = $1 AND year = $2 AND seq > 0`,
		mark, year)
}

// Mark is the 代字 of an issuer's documents of a kind.
type Mark struct {
	Issuer string
	Kind   Kind
	Mark   string
}

// Marks are all that offices have set, by issuer and kind.
func Marks(tx *db.Tx) ([]Mark, error) {
	return db.All(tx, func(r db.Row) (m Mark, err error) {
		return m, r.Scan(&m.Issuer, &m.Kind, &m.Mark)
	}, `SELECT issuer, kind, mark FROM letter_marks ORDER BY issuer, kind`)
}

// putMark sets a 代字 and reports whether anything changed.
func putMark(tx *db.Tx, m Mark) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO letter_marks (issuer, kind, mark) VALUES ($1, $2, $3)
		ON CONFLICT (issuer, kind) DO UPDATE SET mark = excluded.mark WHERE letter_marks.mark <> excluded.mark`,
		m.Issuer, string(m.Kind), m.Mark)
	return n > 0, err
}
