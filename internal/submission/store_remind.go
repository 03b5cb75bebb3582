package submission

// What reminders are made from: submissions that are due and have not been sent, those that both have signed and the
// office has not checked, and what any of them waits for now.

import (
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// Reminders are the submissions as a source of notices. What was accepted once and is being amended is not owed.
func Reminders() module.Reminder {
	return module.Reminder{Object: "submission", Verbs: "submission.", Due: due, Of: thingsOf,
		Steps: []module.Ask{{Verb: VerbPrepare, Part: "first", Label: "填报并由第一人签字", Ask: "请填报并签字"},
			{Verb: VerbSign, Part: "second", Label: "第二人签字", Ask: "请核对并签字"},
			{Verb: VerbComplete, Part: "third", Label: "第三人签字", Ask: "请核对并签字"},
			{Verb: VerbScan, Part: "first", Label: "上传签字扫描件", Ask: "请上传签字盖章后的扫描件"},
			{Verb: VerbConfirm, Part: auth.Office, Label: "确认纸质签字", Ask: "请确认纸质签字"},
			{Verb: VerbAccept, Part: auth.Office, Label: "审核", Ask: "请审核"}}}
}

// unsent is a submission as a reminder needs it, without its content.
type unsent struct {
	id, unit, dueOn string
	form, area      int64
	period          period.Period
	state           State
	accepted        bool
	since           time.Time // of the state, where both have signed
}

const unsentColumns = `s.id, s.form_id, s.unit, s.area_id, s.period, s.state, s.due_on, s.accepted_id IS NOT NULL,
	s.updated_at`

func scanUnsent(r db.Row) (u unsent, err error) {
	return u, r.Scan(&u.id, &u.form, &u.unit, &u.area, &u.period, &u.state, &u.dueOn, &u.accepted, &u.since)
}

const duePiece = 2000

// checking begins the places of what waits for the office, which come after all that is unsent.
const checking = "check "

// due lists a piece of what waits: first of what is to be sent, then of what is to be checked.
func due(tx *db.Tx, until, from string) (things []module.Due, next string, err error) {
	if after, ok := strings.CutPrefix(from, checking); ok {
		return dueChecks(tx, after)
	}
	if things, next, err = dueUnsent(tx, until, from); next == "" {
		next = checking
	}
	return things, next, err
}

// dueChecks lists a piece of what the office has to check, in the order of ids: there is never much of it.
func dueChecks(tx *db.Tx, after string) (things []module.Due, next string, err error) {
	rows, err := db.All(tx, scanUnsent, `SELECT `+unsentColumns+` FROM submissions s
		WHERE s.state IN ('signed', 'scanned') AND s.id > $1 ORDER BY s.id LIMIT $2`, after, duePiece)
	if things, err = thingsFrom(tx, rows, err); len(rows) == duePiece {
		next = checking + rows[len(rows)-1].id
	}
	return things, next, err
}

// dueUnsent lists a piece of what is due up to a day, the longest due first. A place is the day and the id of the last.
// The condition is letter for letter that of the index submissions_unsent.
func dueUnsent(tx *db.Tx, until, from string) (things []module.Due, next string, err error) {
	day, id, _ := strings.Cut(from, " ")
	rows, err := db.All(tx, scanUnsent, `SELECT `+unsentColumns+` FROM submissions s
		WHERE CASE WHEN s.accepted_id IS NULL AND s.state IN ('draft', 'returned', 'prepared', 'seconded', 'printed')
			THEN s.due_on ELSE '' END <> '' AND s.due_on <= $1 AND (s.due_on, s.id) > ($2, $3)
		ORDER BY s.due_on, s.id LIMIT $4`,
		until, day, id, duePiece)
	if things, err = thingsFrom(tx, rows, err); len(rows) == duePiece {
		last := rows[len(rows)-1]
		next = last.dueOn + " " + last.id
	}
	return things, next, err
}

func thingsFrom(tx *db.Tx, rows []unsent, err error) (things []module.Due, _ error) {
	for _, u := range rows {
		t, wrong := u.thing(tx)
		if wrong != nil {
			return nil, wrong
		}
		things = append(things, t)
	}
	return things, err
}

func thingsOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	ids := make([]string, len(objects))
	for i, o := range objects {
		ids[i] = strings.TrimPrefix(o, "submission/")
	}
	rows, err := db.All(tx, scanUnsent, `SELECT `+unsentColumns+` FROM submissions s
		WHERE s.id IN (SELECT j.key FROM json_each($1) j)`, db.Texts(ids))
	things := map[string]module.Due{}
	for _, u := range rows {
		t, err := u.thing(tx)
		if err != nil {
			return nil, err
		}
		things[t.Object] = t
	}
	return things, err
}

// thing is the submission as somebody is told of it.
func (u unsent) thing(tx *db.Tx) (t module.Due, err error) {
	f, err := form.ByID(tx, u.form)
	if err != nil {
		return t, err
	}
	unit, err := network.UnitByCode(tx, u.unit)
	if err != nil {
		return t, err
	}
	area, err := network.AreaByID(tx, u.area)
	t = module.Due{Object: "submission/" + u.id, URL: "/submissions/" + u.id, Unit: u.unit, UnitName: unit.Name,
		UnitNameEN: unit.NameEN, AreaPath: area.Path, DueOn: u.dueOn,
		Title: f.Name + " " + u.period.Label(f.YearStart),
		Roles: map[string]string{"first": f.Signers.First, "second": f.Signers.Second, "third": f.Signers.Third}}
	if f.NameEN != "" {
		t.TitleEN = f.NameEN + ", " + u.period.LabelEN(f.YearStart)
	}
	switch {
	case u.state == Signed || u.state == Scanned: // also an amendment: the office owes its check
		limit, err := deadline(tx, u.state, u.since)
		if err != nil {
			return t, err
		}
		if t.Step, t.DueOn = VerbAccept, limit.On; u.state == Scanned {
			t.Step = VerbConfirm
		}
	case u.accepted || u.dueOn == "":
	case u.state == Draft || u.state == Returned:
		t.Step = VerbPrepare
	case u.state == Prepared:
		t.Step = VerbSign
	case u.state == Seconded:
		t.Step = VerbComplete
	case u.state == Printed:
		t.Step = VerbScan
	}
	return t, err
}

// dueCount is how many reports of a form were due from a unit.
type dueCount struct {
	unit string
	form int64
	n    int
}

// dueCounts are those due from a day on until before another that by may see.
func dueCounts(tx *db.Tx, by auth.User, from, until string) ([]dueCount, error) {
	units, paths := by.Scope()
	return db.All(tx, func(r db.Row) (c dueCount, err error) { return c, r.Scan(&c.unit, &c.form, &c.n) },
		`SELECT s.unit, s.form_id, count(*) FROM submissions s WHERE s.due_on >= $3 AND s.due_on < $4
		AND `+auth.Visible("s.unit", "s.area_path", 1)+` GROUP BY s.unit, s.form_id ORDER BY s.unit, s.form_id`,
		db.Texts(units), db.Texts(paths), from, until)
}
