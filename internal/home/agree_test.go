package home_test

// All pages say the same of an indicator as of the same year, a missing form shows wherever it counts, and an old value
// never looks like a new one.

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"yipanqi/internal/module"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/home"
	"yipanqi/internal/progress"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

// What a page says of an indicator as of a year.
type said struct {
	Indicator, Period, Value string
	Verdict                  struct {
		Lamp, Period string
		Words        []string
	}
}

func (s said) String() string { return fmt.Sprint(s.Verdict.Lamp, s.Verdict.Period, s.Verdict.Words) }

// sampleSite serves boards, areas, units and indicators of the sample city to its office.
func sampleSite(t *testing.T, d *db.DB) *webtest.Site {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	m := web.NewMux(web.Config{DB: d, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	home.Routes(m, blob.Open(t.TempDir()), kinds)
	progress.Routes(m, module.List{}.About)
	s := &webtest.Site{Handler: m.Handler(), DB: d, People: map[string]auth.User{}}
	must(d.View(context.Background(), func(tx *db.Tx) error {
		accounts, err := account.List(tx)
		for _, a := range accounts {
			if s.People[a.Login], err = account.UserOf(tx, a.PersonID); err != nil {
				return err
			}
		}
		return err
	}))
	return s
}

func fetch[T any](t *testing.T, s *webtest.Site, path string) (answer T) {
	t.Helper()
	w := s.Check(t, webtest.Scenario{As: "office", Path: path, JSON: true})
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(path, err)
	}
	return answer
}

type boardSaid struct {
	Year    int
	Lamps   []struct{ Lamp, Count any }
	Domains []struct {
		Goals []struct{ Indicators []said }
	}
	Reporting []struct {
		Due, In    int
		Indicators []string
	}
}

// rows are the board's, by indicator.
func (b boardSaid) rows() map[string]said {
	by := map[string]said{}
	for _, d := range b.Domains {
		for _, g := range d.Goals {
			for _, r := range g.Indicators {
				by[r.Indicator] = r
			}
		}
	}
	return by
}

type pageSaid struct {
	Year       int
	Indicators []said
}

// TestAllPagesAgree holds what the board, the area, the units, the list and each indicator's own page say of every
// indicator of both plans, as of several years.
func TestAllPagesAgree(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t) // the rule is the same on both; what it reads is tested on both
	s := sampleSite(t, d)
	for _, year := range []int{0, 2014, 2017, 2020, 2025} {
		at := fmt.Sprintf("year=%d", year)
		board := map[string]said{}
		for _, plan := range []string{"BJ-W13", "BJ-C13"} {
			for code, row := range fetch[boardSaid](t, s, "/board?plan="+plan+"&"+at).rows() {
				board[code] = row
			}
		}
		if len(board) < 40 {
			t.Fatalf("%s: the boards show %d indicators", at, len(board))
		}
		agree := func(page string, row said) {
			t.Helper()
			if b, on := board[row.Indicator]; on && b.String() != row.String() {
				t.Errorf("%s: of %s the board says %s, but %s says %s", at, row.Indicator, b, page, row)
			}
		}
		seen := map[string]bool{}
		for _, row := range fetch[pageSaid](t, s, "/areas/110000?"+at).Indicators {
			agree("the area", row)
			seen[row.Indicator] = true
		}
		for code, row := range board {
			if !seen[code] && row.Verdict.Lamp != string(progress.LampNoData) {
				t.Errorf("%s: the area does not show %s, of which the board says %s", at, code, row)
			}
			own := fetch[struct {
				Period   string
				Verdicts []struct {
					Verdict struct {
						Lamp, Period string
						Words        []string
					}
				}
			}](t, s, "/indicators/"+code+"?"+at)
			row.Verdict = own.Verdicts[0].Verdict
			agree("its own page", row)
		}
		list := fetch[struct{ Groups []pageSaid }](t, s, "/indicators?"+at)
		for _, g := range list.Groups {
			for _, row := range g.Indicators {
				agree("the list", row)
			}
		}
		for _, unit := range sources(t, d) {
			for _, row := range fetch[pageSaid](t, s, "/units/"+unit+"?"+at).Indicators {
				agree("unit "+unit, row)
			}
		}
	}
}

// sources are the units that indicators of the plans come from.
func sources(t *testing.T, d *db.DB) (units []string) {
	t.Helper()
	err := d.View(context.Background(), func(tx *db.Tx) (err error) {
		units, err = db.All(tx, db.Single[string], `SELECT DISTINCT i.source_unit FROM indicators i
			JOIN goal_indicators g ON g.indicator_id = i.id WHERE i.source_unit IS NOT NULL`)
		return err
	})
	if err != nil || len(units) == 0 {
		t.Fatalf("%d units are sources (%v)", len(units), err)
	}
	return units
}

// TestBoardCountsWhatAMissingFormLeavesIncomplete: the lamp, the notice and the row say the same.
func TestBoardCountsWhatAMissingFormLeavesIncomplete(t *testing.T) {
	t.Parallel()
	sampletest.Beijing.Each(t, func(t *testing.T, d *db.DB) {
		s := sampleSite(t, d)
		board := fetch[boardSaid](t, s, "/board?plan=BJ-W13")
		waiting, lit := map[string]bool{}, map[string]bool{}
		for _, r := range board.Reporting {
			for _, code := range r.Indicators {
				waiting[code] = true
			}
		}
		for code, row := range board.rows() {
			if row.Verdict.Lamp == string(progress.LampIncomplete) {
				lit[code] = true
			}
		}
		counted := 0.0
		for _, l := range board.Lamps {
			if l.Lamp == string(progress.LampIncomplete) {
				counted = l.Count.(float64)
			}
		}
		if len(waiting) == 0 || fmt.Sprint(waiting) != fmt.Sprint(lit) || int(counted) != len(lit) {
			t.Errorf("%v wait for a form, %v are lit as incomplete, %v are counted", waiting, lit, counted)
		}
		s.Run(t, webtest.Scenario{As: "office", Path: "/board?plan=BJ-W13&lamp=incomplete",
			Contains: []string{"16个区中15个已报，数据不全；按2017年评价"}})
	})
}

// TestOldValuesDoNotLookMet: a lamp that rests on a value from before the plan says so and from which year.
func TestOldValuesDoNotLookMet(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t)
	s := sampleSite(t, d)
	old := 0
	for _, plan := range []string{"BJ-W13", "BJ-C13"} {
		for code, row := range fetch[boardSaid](t, s, "/board?year=2016&plan="+plan).rows() {
			words := strings.Join(row.Verdict.Words, "；")
			aged := row.Verdict.Period != "" && row.Verdict.Period < "2016"
			before := row.Verdict.Lamp == string(progress.LampBefore)
			if aged && !before && row.Verdict.Lamp != string(progress.LampNoTarget) || before && !aged {
				t.Errorf("%s has the lamp %s for a value of %s", code, row.Verdict.Lamp, row.Verdict.Period)
			}
			if before {
				old++
				if !strings.Contains(words, row.Verdict.Period) || !strings.Contains(words, "以前的数") {
					t.Errorf("%s does not say how old its value is: %s", code, words)
				}
			}
		}
	}
	if old == 0 {
		t.Error("the sample has no old value, so this shows nothing")
	}
}
