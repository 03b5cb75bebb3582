package sample_test

// The midterm evaluation of the fictional city: ten stages, twelve units and five districts, answers and data sheets of
// all, six differences, nine recommendations, and a report that says how many of its figures two people signed.

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/sample/sampletest"
)

func judges(t *testing.T, tx *db.Tx) {
	t.Helper()
	const asked = ` FROM answers a JOIN requests q ON q.id = a.request_id WHERE q.kind = 'self_evaluation'`
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM evaluation_rounds WHERE state = 'running'`:                                   1,
		`SELECT count(*) FROM round_participants WHERE area = ''`:                                          12,
		`SELECT count(*) FROM round_participants WHERE area <> ''`:                                         5,
		`SELECT count(*)` + asked:                                                                          17,
		`SELECT count(*)` + asked + ` AND a.state = 'accepted'`:                                            17,
		`SELECT count(*)` + asked + ` AND NOT a.late`:                                                      15,
		`SELECT count(*)` + asked + ` AND a.returns > 0`:                                                   2,
		`SELECT count(*) FROM round_sheets WHERE state = 'signed'`:                                         17,
		`SELECT count(*) FROM round_sheet_signatures`:                                                      34,
		`SELECT count(*) FROM recommendations WHERE state = 'accepted'`:                                    8,
		`SELECT count(*) FROM recommendations WHERE state = 'rejected' AND reason <> ''`:                   1,
		`SELECT count(*) FROM round_sheets WHERE unit = '990102-WCCO' AND text LIKE '%"value":"15.0"%'`:    1,
		`SELECT count(*) FROM letters WHERE kind = 'report' AND about LIKE 'round/%' AND state = 'issued'`: 1,
	} {
		if got, err := db.Value[int64](tx, sql); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", sql, got, err, want)
		}
	}
	id, err := db.Value[string](tx, `SELECT id FROM evaluation_rounds`)
	must(t, err)
	r, err := evaluation.Get(tx, id)
	must(t, err)
	if len(r.Stages) != 10 || len(r.Participants) != 17 || r.InspectionPlan == "" {
		t.Errorf("the round has %d stages and %d participants", len(r.Stages), len(r.Participants))
	}
	lines, err := r.Comparison(tx)
	must(t, err)
	apart, explained := 0, 0
	for _, c := range lines {
		if c.Apart > 0 {
			apart++
		}
		if c.Note != nil {
			explained++
		}
	}
	if apart != 6 || explained != 4 {
		t.Errorf("%d differences, %d explained", apart, explained)
	}
	office, err := db.Value[string](tx, `SELECT person_id FROM accounts WHERE login = 'office'`)
	must(t, err)
	by, err := account.UserOf(tx, office)
	must(t, err)
	visited, err := evaluation.Visited(tx, by, r.Object())
	must(t, err)
	if len(visited.Areas) != 5 || visited.From != "2023-07-03" || visited.To != "2023-08-31" ||
		len(visited.Contractors) != 1 {
		t.Errorf("supervision is told of %+v", visited)
	}
	amended(t, tx, r)
	found, err := evaluation.Verify(tx, "")
	must(t, err)
	for _, f := range found {
		if f.Table != "round_sheet_signatures" { // there is no key here to hold signatures against
			t.Errorf("the round does not fit the journal: %+v", f)
		}
	}
}

// The sample's report went out with the counts of the specification on it, frozen in the middle of the story with the
// same proof as anywhere; then what is left of the round is done, one recommendation becomes a matter, and the round
// ends.
func TestTheMidtermReportWentOutAndTheRoundEnds(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d)
		id := s.does("office", "GET /rounds", "")["rounds"].([]any)[0].(map[string]any)["id"].(string)
		s.kept["R"] = id
		round := func() map[string]any { return s.does("office", "GET /rounds/{R}", "") }
		step := func(name, rest string) {
			version := part(round(), "round.version")
			with := fmt.Sprintf(`{"version":%v%s}`, version, rest)
			s.does("office", "POST /rounds/{R}/"+name, with)
		}
		for _, l := range round()["letters"].([]any) {
			if one := l.(map[string]any); strings.HasSuffix(one["title"].(string), "报告") {
				s.kept["L"] = one["id"].(string)
			}
		}
		shown := s.does("office", "GET /letters/{L}", "")
		if part(shown, "letter.state") != "issued" || fmt.Sprint(part(shown, "figures.all")) != "148" ||
			fmt.Sprint(part(shown, "figures.signed")) != "143" || len(part(shown, "figures.rest").([]any)) != 5 {
			t.Errorf("the report is %v with the figures %v", part(shown, "letter.state"), shown["figures"])
		}
		s.share()
		typed := fmt.Sprint(s.does("office", "GET /rounds/{R}/comparison", "")["typed"])
		if strings.Count(typed, "39.0%") != 2 || !strings.Contains(typed, "SF-SPO") {
			t.Errorf("the one figure that somebody typed is shown as %s", typed)
		}
		for _, advice := range round()["recommendations"].([]any) {
			if c := advice.(map[string]any); fmt.Sprint(c["number"]) == "1" {
				made := s.does("office", "POST /recommendations/"+c["id"].(string)+"/matter",
					fmt.Sprintf(`{"version":%v}`, c["version"]))
				s.kept["M"] = made["matter"].(string)
			}
		}
		m := s.does("education-liaison", "GET /matters/{M}", "")
		if !strings.Contains(fmt.Sprint(m), "把性别平等教育列入学校年度考核") {
			t.Errorf("the matter of the recommendation is %v", m)
		}
		for _, n := range []int{7, 8, 9} {
			step("finish", fmt.Sprintf(`,"stage":%d`, n))
		}
		step("close", "")
		if state := part(round(), "round.state"); state != "closed" {
			t.Errorf("the round is %v", state)
		}
	})
}

// The midterm evaluation of the real sample: what its public source says, and nothing else.
func TestTheOneRoundThatTheSourceTellsOf(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	mustImport(t, d, os.DirFS(beijing))
	view(t, d, func(tx *db.Tx) {
		for sql, want := range map[string]int64{
			`SELECT count(*) FROM evaluation_rounds WHERE state = 'closed' AND basis <> '' AND created_by = ''`: 1,
			`SELECT count(*) FROM evaluation_rounds WHERE cutoff_on = '' AND stages LIKE '%2018-03%'`:           1,
			`SELECT count(*) FROM evaluation_rounds WHERE stages LIKE '%2018年8月8日%区报%'`:                         1,
			`SELECT count(*) FROM round_participants`:                                                           0,
			`SELECT count(*) FROM recommendations`:                                                              0,
			`SELECT count(*) FROM round_sheets`:                                                                 0,
		} {
			if got, err := db.Value[int64](tx, sql); err != nil || got != want {
				t.Errorf("%s is %d (%v), want %d", sql, got, err, want)
			}
		}
		if found, err := evaluation.Verify(tx, ""); err != nil || len(found) > 0 {
			t.Errorf("the journal and the round do not agree: %+v (%v)", found, err)
		}
	})
}

// amended: a district amended a figure after the cutoff, and its page shows both.
func amended(t *testing.T, tx *db.Tx, r evaluation.Round) {
	t.Helper()
	p, is := r.Participant("990102-WCCO")
	if !is {
		t.Fatal("the district takes no part")
	}
	lines, err := r.Attainment(tx, p)
	must(t, err)
	both := 0
	for _, l := range lines {
		if l.Later != "" && !strings.Contains(l.Value, l.Later) {
			both++
		}
	}
	if both != 1 || len(lines) != 20 {
		t.Errorf("%d figures of %d show two values", both, len(lines))
	}
}
