package sample_test

// Every measure of the committee's work equals a count by plain SQL, of a year, as the city's office sees it.

import (
	"fmt"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

// measuresOf asks for the measures of a year as they are on a day. typed are words of the year's frozen texts with
// figures that somebody typed.
func measuresOf(t *testing.T, tx *db.Tx, year int, day string, typed ...string) {
	t.Helper()
	id, err := db.Value[string](tx, `SELECT person_id FROM accounts WHERE login = 'office'`)
	must(t, err)
	office, err := account.UserOf(tx, id)
	must(t, err)
	all, err := new(app.App).List().Measures(tx, office, module.Work{Year: year})
	must(t, err)
	want := countsOf(fmt.Sprint(year), day, typed)
	found := counts(t, tx, all, want)
	for _, m := range all {
		if (m.Share == "") != (m.Denominator == 0) || m.URL == "" || m.Means == "" {
			t.Errorf("%s is %+v", m.Code, m)
		}
	}
	if found != len(want) {
		t.Errorf("%d of %d measures are told of", found, len(want))
	}
	addUp(t, tx, office, year, all)
}

// countsOf is plain SQL for the numerator and the denominator of each measure.
func countsOf(year, day string, typed []string) map[string][2]string {
	in := func(column string) string { return column + ` LIKE '` + year + `-%'` }
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	ago := func(days int) string { return at.AddDate(0, 0, -days).Format(time.DateOnly) }
	var (
		receipts = `SELECT count(*) FROM letter_receipts c JOIN letters l ON l.id = c.letter_id
			AND l.in_force = c.edition WHERE l.year = ` + year + ` AND l.state = 'issued'`
		remarks = `SELECT count(*) FROM opinions o JOIN opinion_texts t ON t.id = o.text_id WHERE o.verdict <> ''
			AND ` + in("t.due_on")
		answers = `SELECT count(*) FROM answers a JOIN requests q ON q.id = a.request_id
			WHERE q.state NOT IN ('draft', 'withdrawn') AND a.state <> 'replaced' AND ` + in("q.due_on")
		items  = `SELECT count(*) FROM matter_items WHERE year = ` + year
		passed = items + ` AND state = 'closed' AND class <> 'continuing' AND judgement IN ('done', 'mostly')`
		late   = ` OR year = ` + year + ` AND class <> 'continuing' AND due < '` + day + `'
			AND state IN ('raised', 'received', 'declined', 'planned', 'in_progress') AND due <> ''`
		running = ` AND state IN ('raised', 'received', 'declined', 'planned', 'in_progress')`
		open    = ` AND state IN ('raised', 'received', 'declined', 'planned', 'in_progress', 'reported')`
		silent  = running + ` AND COALESCE(NULLIF(noted_on, ''), NULLIF(started_on, ''), NULLIF(received_on, ''), since)
			< CASE WHEN class = 'continuing' THEN '` + ago(100) + `' ELSE '` + ago(30) + `' END`
		told = `SELECT count(*) FROM instructions WHERE kind IN ('act', 'report_back') AND state <> 'withdrawn'
			AND ` + in("written_on")
		plans = `SELECT count(*) FROM rectifications WHERE state <> 'withdrawn' AND ` + in("due_on") + `
			AND (filed_on <> '' OR due_on < '` + day + `')`
		asked = `FROM invitations i JOIN meetings m ON m.id = i.meeting WHERE m.state IN ('held', 'minuted', 'closed')
			AND ` + in("CAST(m.starts AS TEXT)")
		present = ` AND EXISTS (SELECT 1 FROM attendees a WHERE a.invitation = i.id AND a.arrived_at IS NOT NULL
			AND a.level = i.level)`
		changes = `SELECT count(*) FROM post_changes WHERE state <> 'dropped' AND adjustment = ''
			AND ` + in("changed_on")
		issues  = `SELECT count(*) FROM issues WHERE ` + in("listed_on")
		decided = `SELECT count(*) FROM decisions d JOIN meetings m ON m.id = d.meeting
			JOIN matters x ON x.id = d.matter WHERE d.follow AND ` + in("CAST(m.starts AS TEXT)")
		visits = ` FROM visits v WHERE v.state IN ('under_way', 'noted') AND ` + in("v.on_day")
		sites  = `SELECT count(*) FROM visit_sites s WHERE s.visit_id IN (SELECT v.id` + visits + `)`
		upheld = `SELECT count(*) FROM objections WHERE ` + in("decided_on")
		areas  = `SELECT count(*) FROM feedbacks b JOIN letters l ON 'letter/' || l.id = b.letter
			WHERE ` + in("b.due_on")
		sent = areas + ` AND l.in_force > 0`
		last = min(day, year+"-12-31")
	)
	return map[string][2]string{
		"received":         {receipts + ` AND c.received_on <> ''`, receipts},
		"adoption":         {remarks + ` AND o.verdict <> 'not_adopted'`, remarks},
		"answer_in_time":   {answers + ` AND a.first_at IS NOT NULL AND NOT a.late`, answers},
		"on_time_original": {passed + ` AND reported_on <= original_due`, passed + late},
		"on_time":          {passed + ` AND reported_on <= due`, passed + late},
		"reported":         {items + ` AND state = 'reported'`, items + open},
		"first_pass": {items + ` AND checks > 0 AND first_judgement IN ('done', 'mostly', 'obsolete')`,
			items + ` AND checks > 0`},
		"reopened":             {items + ` AND reopenings > 0`, items + ` AND closings > 0`},
		"silent":               {items + silent, items + open},
		"instruction_answered": {told + ` AND state = 'satisfied'`, told},
		"plan_in_time":         {plans + ` AND filed_on <> '' AND filed_on <= due_on`, plans},
		"replied": {`SELECT count(*) ` + asked + ` AND i.replied_at IS NOT NULL`,
			`SELECT count(*) ` + asked},
		"attendance": {`SELECT count(*) FROM attendees a WHERE a.arrived_at IS NOT NULL AND a.invitation IN (
			SELECT i.id ` + asked + `)`, `SELECT COALESCE(CAST(sum(i.seats) AS BIGINT), 0) ` + asked},
		"level": {`SELECT count(*) ` + asked + ` AND i.level <> 'any'` + present,
			`SELECT count(*) ` + asked + ` AND i.level <> 'any'`},
		"change_in_time": {changes + ` AND reported_on <= due_on`, changes},
		"issue_eased":    {issues + ` AND state IN ('eased', 'solved')`, issues},
		"signed_share":   {signedOf(year + "%"), figuresOf(year+"%", typed...)},
		"trained":        {trainedBy(last), owingBy(last)},
		"decision_done": {decided + ` AND x.shown = 'closed'`, decided + ` AND (x.shown = 'closed'
			OR EXISTS (SELECT 1 FROM matter_items i WHERE i.matter_id = x.id AND i.original_due < '` + day + `'))`},
		"coverage": {`SELECT count(DISTINCT v.area_id)` + visits, `SELECT count(DISTINCT v.area_id) FROM visits v
			WHERE ` + in("v.on_day")},
		"drawn": {sites + ` AND s.chosen = 'drawn'`, sites},
		"letter_in_time": {sent + ` AND EXISTS (SELECT 1 FROM letter_versions v WHERE v.letter_id = l.id
			AND v.edition = 1 AND substr(CAST(v.issued_at AS TEXT), 1, 10) <= b.due_on)`, areas + ` AND (l.in_force > 0
			OR l.state <> 'withdrawn' AND b.due_on < '` + day + `')`},
		"letter_planned": {sent + ` AND EXISTS (SELECT 1 FROM rectifications r WHERE 'matter/' || r.matter_id = b.matter
			AND r.state <> 'withdrawn' AND r.filed_on <> '')`, sent + ` AND b.matter <> ''`},
		"issue_acted": {issues + ` AND acts <> '[]'`, issues},
		"issue_advice": {`SELECT CAST(COALESCE(sum(` + occurs("researches", `"matter":"`) + ` + ` +
			occurs("acts", `"advice":"`) + `), 0) AS BIGINT) FROM issues WHERE ` + in("listed_on"),
			`SELECT CAST(COALESCE(sum(` + occurs("researches", `"to":"`) + `), 0) AS BIGINT) FROM issues WHERE ` +
				in("listed_on")},
		"objection_upheld": {upheld + ` AND verdict IN ('changed', 'dropped')`, upheld},
	}
}

// owingBy are the posts of a day whose role needs training, trainedBy those of them that had all of it by then, since
// the role began: whom a reform moves keeps what they learnt.
func owingBy(day string) string {
	return `SELECT count(*) FROM posts p WHERE p.opens_on <= '` + day + `' AND (p.closes_on = '' OR p.closes_on > '` +
		day + `') AND p.role IN ('committee_leader', 'liaison', 'statistician')`
}

func trainedBy(day string) string {
	return owingBy(day) + ` AND NOT EXISTS (SELECT 1 FROM (SELECT 'committee_leader' AS role, 'duties' AS subject
		UNION ALL SELECT 'liaison', 'duties' UNION ALL SELECT 'liaison', 'statistics'
		UNION ALL SELECT 'statistician', 'statistics') n WHERE n.role = p.role AND NOT EXISTS (
			SELECT 1 FROM attendees a JOIN invitations i ON i.id = a.invitation JOIN meetings m ON m.id = i.meeting
			JOIN agenda_items g ON g.meeting = m.id
			WHERE g.kind = 'train' AND ' ' || g.subjects || ' ' LIKE '% ' || n.subject || ' %'
			AND m.state IN ('held', 'minuted', 'closed') AND a.arrived_at IS NOT NULL AND a.person_id = p.person_id
			AND substr(CAST(m.starts AS TEXT), 1, 10) BETWEEN (SELECT min(q.opens_on) FROM posts q
				WHERE q.person_id = p.person_id AND q.role = p.role) AND '` + day + `'))`
}

// figuresOf are the figures that frozen texts in force of some days refer to, targets left out, and those that somebody
// typed, by the words around them; signedOf are those that two people signed and that nothing published contradicts.
func figuresOf(dated string, typed ...string) string {
	by := ""
	for _, words := range typed {
		by += ` + ` + times(words)
	}
	return `SELECT CAST(COALESCE(sum(` + times(`"status":"`) + ` - ` + times(`"target":true`) + by +
		`), 0) AS BIGINT)` + inForce(dated)
}

func signedOf(dated string) string {
	return `SELECT CAST(COALESCE(sum(` + times(`"status":"proven"`) + ` - ` + times(`"status":"proven","target":true`) +
		` - ` + times(`"problem":"与已公布的`) +
		`), 0) AS BIGINT)` + inForce(dated)
}

// times is how often something stands in a frozen text.
func times(what string) string { return occurs("v.text", what) }

func occurs(column, what string) string {
	return fmt.Sprintf(`(length(%[1]s) - length(replace(%[1]s, '%[2]s', ''))) / %[3]d`, column, what,
		utf8.RuneCountInString(what))
}

func inForce(dated string) string {
	return ` FROM letter_versions v JOIN letters l ON l.id = v.letter_id AND l.in_force = v.edition
		WHERE l.state <> 'withdrawn' AND v.dated_on LIKE '` + dated + `'`
}

// share holds the part of figures that two people signed against the frozen texts, once the report has gone out.
func (s *stage) share() {
	s.t.Helper()
	view(s.t, s.d, func(tx *db.Tx) {
		all, err := new(app.App).List().Measures(tx, s.who(tx, "office"), module.Work{Year: 2024})
		must(s.t, err)
		signed := signedOf("2024%")
		if n, err := db.Value[int](tx, signed); err != nil || n != 143 {
			s.t.Errorf("%d figures of the texts in force are signed (%v)", n, err)
		}
		counts(s.t, tx, all, map[string][2]string{"signed_share": {signed, figuresOf("2024%", "约为90%")}})
	})
}

// counts holds measures against counts by plain SQL, and says how many of them it found.
func counts(t *testing.T, tx *db.Tx, all []module.Measure, want map[string][2]string) (found int) {
	t.Helper()
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
	}
	return found
}

// addUp holds what is counted of each unit alone against what is counted of all: each thing is one unit's, but for
// instructions, which several units may have to answer, and visits, which are of an area and all its units.
func addUp(t *testing.T, tx *db.Tx, office auth.User, year int, all []module.Measure) {
	t.Helper()
	units, err := network.AllUnits(tx)
	must(t, err)
	sums := map[string][2]int{}
	for _, u := range units {
		own, err := new(app.App).List().Measures(tx, office, module.Work{Year: year, Units: []string{u.Code}})
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
	none, err := new(app.App).List().Measures(tx, office, module.Work{Year: year, Units: []string{}})
	must(t, err)
	for _, m := range none {
		if m.Numerator+m.Denominator > 0 {
			t.Errorf("%s counts %d of %d of no unit", m.Code, m.Numerator, m.Denominator)
		}
	}
}
