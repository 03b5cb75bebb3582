package rectification

// Rows of plans, and the list of them as the reader may see it.

import (
	"encoding/json"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
)

const columns = `p.id, p.matter_id, p.office, p.unit, p.area_id, p.area_path, p.basis, p.due_on, p.led_by, p.leader_id,
	p.leader, p.instruction, p.sessions, p.lines, p.body, p.asked_on, p.filed_on, p.filer_id, p.accepted_on, p.reason,
	p.state, p.version, p.updated_by, p.updated_at`

func scan(r db.Row) (p Plan, err error) {
	var sessions, lines string
	if err = r.Scan(&p.ID, &p.MatterID, &p.Office, &p.Unit, &p.AreaID, &p.AreaPath, &p.Basis, &p.DueOn, &p.LedBy,
		&p.LeaderID, &p.Leader, &p.Instruction, &sessions, &lines, &p.Body, &p.AskedOn, &p.FiledOn, &p.FilerID,
		&p.AcceptedOn, &p.Reason, &p.State, &p.Version, &p.UpdatedBy, &p.UpdatedAt); err != nil {
		return p, err
	}
	p.UpdatedAt = p.UpdatedAt.UTC()
	if err := json.Unmarshal([]byte(sessions), &p.Sessions); err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(lines), &p.Lines)
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
func Get(tx *db.Tx, id string) (Plan, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM rectifications p WHERE p.id = $1`, id)
}

// Of returns those of a matter, oldest first, whoever asks.
func Of(tx *db.Tx, matter string) ([]Plan, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM rectifications p WHERE p.matter_id = $1 ORDER BY p.id`, matter)
}

// openOf are those that a unit has not brought to an end.
func openOf(tx *db.Tx, unit string) ([]Plan, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM rectifications p WHERE p.unit = $1
		AND p.state IN ('owed', 'drafted', 'filed') ORDER BY p.due_on, p.id`, unit)
}

// owedIn are those that units of an area, but of none below, have not filed yet.
func owedIn(tx *db.Tx, path string) ([]Plan, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM rectifications p WHERE p.area_path = $1
		AND p.state IN ('owed', 'drafted') ORDER BY p.due_on, p.id LIMIT 50`, path)
}

// openFor are those that may wait for somebody: of the own units, of the own office, or led by them.
func openFor(tx *db.Tx, by auth.User) ([]Plan, error) {
	units, _ := by.Scope()
	return db.All(tx, scan, `SELECT `+columns+` FROM rectifications p WHERE p.state IN ('owed', 'drafted', 'filed')
		AND (p.unit IN (SELECT j.key FROM json_each($1) j) OR p.office IN (SELECT j.key FROM json_each($1) j)
		OR p.leader_id = $2) ORDER BY p.due_on, p.id LIMIT 200`, db.Texts(units), by.ID)
}

// every returns all, for verification and search.
func every(tx *db.Tx) ([]Plan, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM rectifications p ORDER BY p.id`)
}

// dueUntil are those to be filed by a day, in pieces by id.
func dueUntil(tx *db.Tx, until, after string, most int) ([]Plan, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM rectifications p WHERE p.state IN ('owed', 'drafted')
		AND p.due_on <= $1 AND p.id > $2 ORDER BY p.id LIMIT $3`, until, after, most)
}

func insert(tx *db.Tx, p Plan) error {
	return tx.Exec(`INSERT INTO rectifications (id, matter_id, office, unit, area_id, area_path, basis, due_on, led_by,
		leader_id, leader, instruction, sessions, lines, body, asked_on, filed_on, filer_id, accepted_on, reason, state,
		version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24)`, p.ID, p.MatterID, p.Office, p.Unit, p.AreaID, p.AreaPath, p.Basis, p.DueOn, p.LedBy, p.LeaderID,
		p.Leader, p.Instruction, asJSON(p.Sessions), asJSON(p.Lines), p.Body, p.AskedOn, p.FiledOn, p.FilerID,
		p.AcceptedOn, p.Reason, string(p.State), p.Version, p.UpdatedBy, p.UpdatedAt)
}

// update writes what a step changes, if the row is still the one that was read.
func update(tx *db.Tx, p *Plan) error {
	p.Version++
	return tx.ExecOne(`UPDATE rectifications SET unit = $1, led_by = $2, leader_id = $3, leader = $4, instruction = $5,
		sessions = $6, lines = $7, body = $8, filed_on = $9, filer_id = $10, accepted_on = $11, reason = $12,
		state = $13, version = $14, updated_by = $15, updated_at = $16, area_id = $17, area_path = $18
		WHERE id = $19 AND version = $20`, p.Unit, p.LedBy, p.LeaderID, p.Leader, p.Instruction, asJSON(p.Sessions),
		asJSON(p.Lines), p.Body, p.FiledOn, p.FilerID, p.AcceptedOn, p.Reason, string(p.State), p.Version, p.UpdatedBy,
		p.UpdatedAt, p.AreaID, p.AreaPath, p.ID, p.Version-1)
}

// row is what of a plan the journal has to say.
func (p Plan) row() held.Row {
	return held.Row{"matter_id": p.MatterID, "office": p.Office, "unit": p.Unit, "area_id": held.Int(p.AreaID),
		"area_path": p.AreaPath, "basis": p.Basis, "due_on": p.DueOn, "led_by": p.LedBy, "leader_id": p.LeaderID,
		"leader": p.Leader, "instruction": p.Instruction, "sessions": asJSON(p.Sessions), "lines": asJSON(p.Lines),
		"body": p.Body, "asked_on": p.AskedOn, "filed_on": p.FiledOn, "filer_id": p.FilerID,
		"accepted_on": p.AcceptedOn, "reason": p.Reason, "state": string(p.State), "version": held.Int(p.Version),
		"updated_by": p.UpdatedBy, "updated_at": held.Time(p.UpdatedAt)}
}

// Listing is a line of the list.
type Listing struct {
	ID     string `json:"id"`
	Matter string `json:"matter"`
	Number string `json:"number"`
	Title  string `json:"title"`
	Unit   string `json:"unit"`
	State  State  `json:"state"`
	Lamp   string `json:"lamp"`
	DueOn  string `json:"due"`
	Filed  string `json:"filed_on,omitempty"`

	name, nameEN string
}

// seen is the condition of the plans that somebody may know of: $1 to $3 are theirs, see of.
var seen = `(` + auth.Visible("p.unit", "p.area_path", 1) + ` OR p.office IN (SELECT j.key FROM json_each($1) j)
	OR p.leader_id <> '' AND p.leader_id = $3)`

func of(by auth.User) []any {
	units, paths := by.Scope()
	return []any{db.Texts(units), db.Texts(paths), by.ID}
}

func source(tx *db.Tx, by auth.User, in listInput) list.Source[Listing] {
	today := tx.Today()
	s := list.Source[Listing]{Key: "p.id", From: "rectifications p JOIN matters m ON m.id = p.matter_id", Few: true,
		Select: `p.id, p.matter_id, m.number, m.title, p.unit, p.state, p.due_on, p.filed_on, u.name, u.name_en
			FROM rectifications p JOIN matters m ON m.id = p.matter_id JOIN units u ON u.code = p.unit`,
		Scan: func(r db.Row) (l Listing, err error) {
			err = r.Scan(&l.ID, &l.Matter, &l.Number, &l.Title, &l.Unit, &l.State, &l.DueOn, &l.Filed, &l.name,
				&l.nameEN)
			l.Lamp = Plan{State: l.State, DueOn: l.DueOn, FiledOn: l.Filed}.Lamp(today)
			return l, err
		},
		ID: func(l Listing) string { return l.ID },
		Orders: map[string][]string{"due": {"p.due_on", "p.id"}, "state": {"p.state", "p.due_on", "p.id"},
			"matter": {"m.year", "m.serial", "p.id"}}}
	s.And(seen, of(by)...)
	if in.State != "" {
		s.Equal("state", "p.state", in.State)
	}
	if in.Matter != "" {
		s.And(`p.matter_id = ?`, in.Matter)
	}
	if in.Unit != "" {
		s.And(`p.unit = ?`, in.Unit)
	}
	return s
}

// filedInTime counts what the reader sees of a year: plans filed by their day, of those that are owed by now or filed.
func filedInTime(tx *db.Tx, by auth.User, w module.Work, today string) (inTime, owed int, err error) {
	first, last := w.Days()
	n, err := db.One(tx, func(r db.Row) (n [2]int, err error) { return n, r.Scan(&n[0], &n[1]) },
		`SELECT COALESCE(sum(CASE WHEN p.filed_on <> '' AND p.filed_on <= p.due_on THEN 1 ELSE 0 END), 0), count(*)
		FROM rectifications p WHERE `+seen+` AND p.state <> 'withdrawn' AND (p.filed_on <> '' OR p.due_on < $4)
		AND p.due_on >= $5 AND p.due_on <= $6 AND `+module.Counts("p.unit", 7),
		append(of(by), today, first, last, w.Keys())...)
	return n[0], n[1], err
}
