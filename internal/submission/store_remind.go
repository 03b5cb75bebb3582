package submission

// What reminders are made from: submissions that are due and have not been sent, and what any of them waits for now.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// Reminders are the submissions as a source of notices. What was accepted once and is being amended is not owed.
func Reminders() module.Reminder {
	return module.Reminder{Object: "submission", Verbs: "submission.", Due: dueUnsent, Of: thingsOf,
		Steps: []module.Ask{{Verb: VerbPrepare, Part: "first", Label: "填报并由第一人签字", Ask: "请填报并签字"},
			{Verb: VerbSign, Part: "second", Label: "第二人签字", Ask: "请核对并签字"}}}
}

// unsent is a submission as a reminder needs it, without its content.
type unsent struct {
	id, unit, dueOn string
	form, area      int64
	period          period.Period
	state           State
	accepted        bool
}

const unsentColumns = `s.id, s.form_id, s.unit, s.area_id, s.period, s.state, s.due_on, s.accepted_id IS NOT NULL`

func scanUnsent(r db.Row) (u unsent, err error) {
	return u, r.Scan(&u.id, &u.form, &u.unit, &u.area, &u.period, &u.state, &u.dueOn, &u.accepted)
}

const duePiece = 2000

// dueUnsent lists a piece of what is due up to a day, the longest due first. A place is the day and the id of the last.
// The condition is letter for letter that of the index submissions_unsent.
func dueUnsent(tx *db.Tx, until, from string) (things []module.Due, next string, err error) {
	day, id, _ := strings.Cut(from, " ")
	rows, err := db.All(tx, scanUnsent, `SELECT `+unsentColumns+` FROM submissions s
		WHERE CASE WHEN s.accepted_id IS NULL AND s.state IN ('draft', 'returned', 'prepared')
			THEN s.due_on ELSE '' END <> '' AND s.due_on <= $1 AND (s.due_on, s.id) > ($2, $3)
		ORDER BY s.due_on, s.id LIMIT $4`,
		until, day, id, duePiece)
	for _, u := range rows {
		t, err := u.thing(tx)
		if err != nil {
			return nil, "", err
		}
		things = append(things, t)
	}
	if len(rows) == duePiece {
		last := rows[len(rows)-1]
		next = last.dueOn + " " + last.id
	}
	return things, next, err
}

func thingsOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	ids := make([]string, len(objects))
	for i, o := range objects {
		ids[i] = strings.TrimPrefix(o, "submission/")
	}
	rows, err := db.All(tx, scanUnsent, `SELECT `+unsentColumns+` FROM submissions s
		WHERE s.id IN (SELECT j.key FROM json_each($1) j)`, auth.Keys(ids))
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
		Roles: map[string]string{"first": f.Signers.First, "second": f.Signers.Second}}
	if f.NameEN != "" {
		t.TitleEN = f.NameEN + ", " + u.period.LabelEN(f.YearStart)
	}
	switch {
	case u.accepted || u.dueOn == "":
	case u.state == Draft || u.state == Returned:
		t.Step = VerbPrepare
	case u.state == Prepared:
		t.Step = VerbSign
	}
	return t, err
}
