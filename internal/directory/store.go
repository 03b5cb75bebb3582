package directory

// The rows of faults, each with what its facility says of itself now.

import (
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/list"
)

const (
	columns = `f.id, f.code, f.record, f.item, f.text, f.state, f.reason, f.same_as, f.asked, f.matter, f.reported_at,
	f.due_on, f.ended_on, f.answered_by, f.version, r.register, r.number, r.title, r.unit, r.area_path`
	tables = ` FROM faults f JOIN records r ON r.id = f.record `
)

func scan(r db.Row) (f Fault, err error) {
	err = r.Scan(&f.ID, &f.Code, &f.Record, &f.Item, &f.Text, &f.State, &f.Reason, &f.SameAs, &f.Asked, &f.Matter,
		&f.ReportedAt, &f.DueOn, &f.EndedOn, &f.AnsweredBy, &f.Version, &f.Register, &f.Number, &f.Title, &f.Unit,
		&f.AreaPath)
	f.ReportedAt = f.ReportedAt.UTC()
	return f, err
}

func get(tx *db.Tx, id string) (Fault, error) {
	return db.One(tx, scan, `SELECT `+columns+tables+`WHERE f.id = $1`, id)
}

func byCode(tx *db.Tx, code string) (Fault, error) {
	return db.One(tx, scan, `SELECT `+columns+tables+`WHERE f.code = $1`, code)
}

// openOf are the faults of a facility that are still ones, oldest first.
func openOf(tx *db.Tx, record string, limit int) ([]Fault, error) {
	return db.All(tx, scan, `SELECT `+columns+tables+`WHERE f.record = $1 AND f.ended_on = ''
		ORDER BY f.reported_at, f.id LIMIT $2`, record, limit)
}

// ofRecord are the faults of a facility, newest first.
func ofRecord(tx *db.Tx, record string, limit int) ([]Fault, error) {
	return db.All(tx, scan, `SELECT `+columns+tables+`WHERE f.record = $1 ORDER BY f.reported_at DESC, f.id LIMIT $2`,
		record, limit)
}

// countReport counts one more report of a sender in an hour, and forgets whoever reported before it.
func countReport(tx *db.Tx, sender, hour string) (int, error) {
	if err := tx.Exec(`DELETE FROM fault_senders WHERE hour <> $1`, hour); err != nil {
		return 0, err
	}
	if err := tx.Exec(`INSERT INTO fault_senders (sender, hour, reports) VALUES ($1, $2, 1)
		ON CONFLICT (sender) DO UPDATE SET reports = fault_senders.reports + 1`, sender, hour); err != nil {
		return 0, err
	}
	return db.Value[int](tx, `SELECT reports FROM fault_senders WHERE sender = $1`, sender)
}

func insert(tx *db.Tx, f Fault) error {
	return tx.Exec(`INSERT INTO faults (id, code, record, item, text, state, reason, same_as, asked, matter,
		reported_at, due_on, ended_on, answered_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`, f.ID, f.Code, f.Record, f.Item,
		f.Text, string(f.State), f.Reason, f.SameAs, f.Asked, f.Matter, f.ReportedAt, f.DueOn, f.EndedOn, f.AnsweredBy,
		f.Version)
}

// update writes what an answer changes, if the row is still the one that was read.
func update(tx *db.Tx, f *Fault) error {
	f.Version++
	return tx.ExecOne(`UPDATE faults SET state = $1, reason = $2, same_as = $3, asked = $4, matter = $5, ended_on = $6,
		answered_by = $7, version = $8 WHERE id = $9 AND version = $10`, string(f.State), f.Reason, f.SameAs, f.Asked,
		f.Matter, f.EndedOn, f.AnsweredBy, f.Version, f.ID, f.Version-1)
}

// sees keeps the faults of facilities that the user works with or oversees: of a register in a unit, or in an area.
const sees = `(r.register || ' ' || r.unit IN (SELECT j.key FROM json_each(?) j) OR EXISTS (SELECT 1
	FROM json_each(?) j WHERE r.register || ' ' || r.area_path LIKE j.key || '%'))`

// scope is what of whose facilities a user sees, as record says it.
type scope struct{ units, paths []string }

func (s scope) args() []any { return []any{db.Texts(s.units), db.Texts(s.paths)} }

func source(s scope, in faultsInput, today string) list.Source[Fault] {
	src := list.Source[Fault]{Key: "f.id", From: "faults f JOIN records r ON r.id = f.record", Few: true,
		Select: columns + tables, Scan: scan, ID: func(f Fault) string { return f.ID },
		Orders: map[string][]string{"reported": {"f.reported_at", "f.id"}, "facility": {"r.title", "f.id"},
			"state": {"f.state", "f.due_on", "f.id"}}}
	src.And(sees, s.args()...)
	if in.State != "" {
		src.Equal("", "f.state", in.State)
	}
	if in.Kind != "" {
		src.Equal("", "r.register", in.Kind)
	}
	switch in.Open {
	case "late":
		src.And("f.ended_on = '' AND f.due_on < ?", today)
	case "asked":
		src.And("f.ended_on = '' AND f.asked <> '' AND f.matter = ''")
	}
	return src
}

// waiting are faults of a scope that are still ones and fit a condition of ours, what is due first.
func waiting(tx *db.Tx, s scope, cond string, limit int, args ...any) ([]Fault, error) {
	var w list.Source[Fault]
	w.And(sees, s.args()...)
	w.And("f.ended_on = '' AND "+cond, args...)
	w.Select, w.Scan, w.Orders = columns+tables, scan, map[string][]string{"due": {"f.due_on", "f.id"}}
	w.Key, w.From, w.Few = "f.id", "faults f JOIN records r ON r.id = f.record", true
	w.ID = func(f Fault) string { return f.ID }
	rows, _, err := w.Part(tx, "due", 0, limit)
	return rows, err
}

// dueBetween are faults that are still ones, in order of their days; from is where the last ended, day and id.
func dueBetween(tx *db.Tx, until, from string, limit int) ([]Fault, error) {
	day, id, _ := strings.Cut(from, " ")
	return db.All(tx, scan, `SELECT `+columns+tables+`WHERE f.ended_on = '' AND f.due_on <= $1
		AND (f.due_on, f.id) > ($2, $3) ORDER BY f.due_on, f.id LIMIT $4`, until, day, id, limit)
}

// page returns faults in order of their ids, after one.
func page(tx *db.Tx, after string, limit int) ([]Fault, error) {
	return db.All(tx, scan, `SELECT `+columns+tables+`WHERE f.id > $1 ORDER BY f.id LIMIT $2`, after, limit)
}
