package sample_test

// Every measure of the committee's work equals a count by plain SQL: of 2024, as the city's office sees it.

import (
	"slices"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

func measures2024(t *testing.T, tx *db.Tx) {
	t.Helper()
	id, err := db.Value[string](tx, `SELECT person_id FROM accounts WHERE login = 'office'`)
	must(t, err)
	office, err := account.UserOf(tx, id)
	must(t, err)
	all, err := new(app.App).List().Measures(tx, office, module.Work{Year: 2024})
	must(t, err)
	const (
		receipts = `SELECT count(*) FROM letter_receipts c JOIN letters l ON l.id = c.letter_id
			AND l.in_force = c.edition WHERE l.year = 2024 AND l.state = 'issued'`
		remarks = `SELECT count(*) FROM opinions o JOIN opinion_texts t ON t.id = o.text_id WHERE o.verdict <> ''
			AND t.due_on LIKE '2024%'`
		answers = `SELECT count(*) FROM answers a JOIN requests q ON q.id = a.request_id
			WHERE q.state NOT IN ('draft', 'withdrawn') AND a.state <> 'replaced' AND q.due_on LIKE '2024%'`
		items  = `SELECT count(*) FROM matter_items WHERE year = 2024`
		passed = `SELECT count(*) FROM matter_items WHERE year = 2024 AND state = 'closed' AND class <> 'continuing'
			AND judgement IN ('done', 'mostly')`
		late = ` OR year = 2024 AND class <> 'continuing' AND due < '2024-03-15'
			AND state IN ('raised', 'received', 'planned', 'in_progress')`
		open = ` AND state IN ('raised', 'received', 'declined', 'planned', 'in_progress', 'reported')`
		told = `SELECT count(*) FROM instructions WHERE kind IN ('act', 'report_back') AND state <> 'withdrawn'
			AND written_on LIKE '2024%'`
		plans = `SELECT count(*) FROM rectifications WHERE state <> 'withdrawn' AND due_on LIKE '2024%'
			AND (filed_on <> '' OR due_on < '2024-03-15')`
		asked = `FROM invitations i JOIN meetings m ON m.id = i.meeting WHERE m.state IN ('held', 'minuted', 'closed')
			AND m.starts > '2024-01-01 00:00:00'`
		present = ` AND EXISTS (SELECT 1 FROM attendees a WHERE a.invitation = i.id AND a.arrived_at IS NOT NULL
			AND a.level = i.level)`
		changes = `SELECT count(*) FROM post_changes WHERE state <> 'dropped' AND adjustment = ''
			AND changed_on LIKE '2024%'`
		issues  = `SELECT count(*) FROM issues WHERE listed_on LIKE '2024%'`
		decided = `SELECT count(*) FROM decisions d JOIN meetings m ON m.id = d.meeting
			JOIN matters x ON x.id = d.matter WHERE d.follow AND m.starts > '2024-01-01 00:00:00'`
	)
	want := map[string][2]string{
		"received":         {receipts + ` AND c.received_on <> ''`, receipts},
		"adoption":         {remarks + ` AND o.verdict <> 'not_adopted'`, remarks},
		"answer_in_time":   {answers + ` AND a.first_at IS NOT NULL AND NOT a.late`, answers},
		"on_time_original": {passed + ` AND reported_on <= original_due`, passed + late},
		"on_time":          {passed + ` AND reported_on <= due`, passed + late},
		"reported":         {items + ` AND state = 'reported'`, items + open},
		"first_pass": {items + ` AND checks > 0 AND first_judgement IN ('done', 'mostly', 'obsolete')`,
			items + ` AND checks > 0`},
		"reopened":             {items + ` AND reopenings > 0`, items + ` AND closings > 0`},
		"instruction_answered": {told + ` AND state = 'satisfied'`, told},
		"plan_in_time":         {plans + ` AND filed_on <> '' AND filed_on <= due_on`, plans},
		"replied": {`SELECT count(*) ` + asked + ` AND i.replied_at IS NOT NULL`,
			`SELECT count(*) ` + asked},
		"attendance": {`SELECT count(*) FROM attendees a WHERE a.arrived_at IS NOT NULL AND a.invitation IN (
			SELECT i.id ` + asked + `)`, `SELECT CAST(sum(i.seats) AS BIGINT) ` + asked},
		"level": {`SELECT count(*) ` + asked + ` AND i.level <> 'any'` + present,
			`SELECT count(*) ` + asked + ` AND i.level <> 'any'`},
		"change_in_time": {changes + ` AND reported_on <= due_on`, changes},
		"issue_eased":    {issues + ` AND state IN ('eased', 'solved')`, issues},
		"decision_done": {decided + ` AND x.shown = 'closed'`, decided + ` AND (x.shown = 'closed'
			OR EXISTS (SELECT 1 FROM matter_items i WHERE i.matter_id = x.id AND i.original_due < '2024-03-15'))`},
	}
	found := 0
	for _, m := range all {
		sql, known := want[m.Code]
		if !known {
			continue
		}
		found++
		for i, got := range []int{m.Numerator, m.Denominator} {
			if n, err := db.Value[int](tx, sql[i]); err != nil || n != got {
				t.Errorf("%s counts %d of %d; %s is %d (%v)", m.Code, m.Numerator, m.Denominator, sql[i], n, err)
			}
		}
		if (m.Share == "") != (m.Denominator == 0) || m.URL == "" || m.Means == "" {
			t.Errorf("%s is %+v", m.Code, m)
		}
	}
	if found != len(want) {
		t.Errorf("%d of %d measures are told of", found, len(want))
	}
	addUp(t, tx, office, all)
}

// addUp holds what is counted of each unit alone against what is counted of all: each thing is one unit's, but for
// instructions, which several units may have to answer, and visits, which are of an area and all its units.
func addUp(t *testing.T, tx *db.Tx, office auth.User, all []module.Measure) {
	t.Helper()
	units, err := network.AllUnits(tx)
	must(t, err)
	sums := map[string][2]int{}
	for _, u := range units {
		own, err := new(app.App).List().Measures(tx, office, module.Work{Year: 2024, Units: []string{u.Code}})
		must(t, err)
		for _, m := range own {
			sums[m.Code] = [2]int{sums[m.Code][0] + m.Numerator, sums[m.Code][1] + m.Denominator}
		}
	}
	for _, m := range all {
		shared := slices.Contains([]string{"instruction_answered", "coverage", "drawn", "objection_upheld"}, m.Code)
		if got := sums[m.Code]; !shared && got != [2]int{m.Numerator, m.Denominator} {
			t.Errorf("%s counts %d of %d, unit by unit %v", m.Code, m.Numerator, m.Denominator, got)
		}
	}
	none, err := new(app.App).List().Measures(tx, office, module.Work{Year: 2024, Units: []string{}})
	must(t, err)
	for _, m := range none {
		if m.Numerator+m.Denominator > 0 {
			t.Errorf("%s counts %d of %d of no unit", m.Code, m.Numerator, m.Denominator)
		}
	}
}
