package submission_test

// An accepted report names the figures that its acceptance changed, in its area and above, as they were and as they
// are; later acceptances elsewhere do not change what it says.

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

// rate defines an indicator over the form's two elements.
func (c *city) rate() {
	c.t.Helper()
	c.must(c.update(func(tx *db.Tx) error {
		i, _, err := indicator.Put(tx,
			indicator.Indicator{Code: "RATE", Name: "婚前医学检查率", Unit: "%", Decimals: 1})
		c.must(err)
		_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: i.ID,
			Formula: "PME_EXAMINED / PME_MARRIED * 100"})
		return err
	}))
}

func TestAcceptedReportNamesWhatItChanged(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.rate()
		s := newSite(c)
		first, second := c.open(0, "2018"), c.open(1, "2018")
		c.through(0, first.ID, cells("100", "100", "10", "10"))
		says := []string{"审核通过后变动的指标", "东山区 · 2018年", "示范市 · 2018年", "已报：0 → 1，应报2",
			"未报", "10.0"}
		s.Run(t, webtest.Scenario{As: "first", Path: first.URL(), Contains: says},
			webtest.Scenario{As: "office", Path: second.URL(), NotContains: []string{"审核通过后变动的指标"}})
		c.through(1, second.ID, cells("100", "100", "40", "40"))
		s.Run(t, webtest.Scenario{As: "first", Path: first.URL(), Contains: says, NotContains: []string{"25.0"}},
			webtest.Scenario{As: "office", Path: second.URL(), Contains: []string{"已报：1 → 2，已报齐",
				"10.0%", "25.0", "/proof?area=990000"}})
	})
}

// What an acceptance will change is said while the report still waits, and comes out so: the same figures before and
// after it, those of a changed denominator marked, also long after, when much else was accepted.
func TestWhatAcceptanceWouldChangeIsSaidBefore(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.rate()
		s := newSite(c)
		first, second := c.open(0, "2018"), c.open(1, "2018")
		changes := func(login, path string) string {
			var d struct {
				Changes []submission.ChangedFigure `json:"changes"`
			}
			c.must(json.Unmarshal(s.Check(t, webtest.Scenario{As: login, Path: path, JSON: true}).Body.Bytes(), &d))
			said := ""
			for _, f := range d.Changes {
				said += fmt.Sprintf("%s %s→%s %v %v; ", f.Area, f.Before, f.After, f.Base, f.Waits)
			}
			return said
		}
		signs := func(by int, id string, filled map[string]string) {
			c.must(c.save(c.first[by], id, filled))
			c.must(c.prepare(c.first[by], id))
			c.must(c.sign(c.second[by], id))
		}
		signs(0, first.ID, cells("100", "100", "10", "10"))
		const before = "990101 →10.0 false true; 990000 →10.0 false true; "
		if got := changes("office", first.URL()); got != before {
			t.Errorf("the first report of all is said to change %q, want %q", got, before)
		}
		s.Run(t, webtest.Scenario{As: "office", Path: first.URL(), Contains: []string{"审核通过后会变动的指标",
			"已报：0 → 1，应报2"}, NotContains: []string{"/proof?area=990000", "分母变动"}})
		c.must(c.do(c.office, first.ID, c.accept))
		after := strings.ReplaceAll(before, "false true", "false false")
		if got := changes("office", first.URL()); got != after {
			t.Errorf("accepted, it is said to have changed %q, want %q", got, after)
		}
		c.through(1, second.ID, cells("100", "100", "40", "40"))

		c.must(c.do(c.first[0], first.ID, amend)) // the denominator alone, then the numerator alone
		c.must(c.save(c.first[0], first.ID, cells("50", "50", "10", "10")))
		s.Run(t, webtest.Scenario{As: "first", Path: first.URL() + "/prepare", Contains: []string{
			"审核通过后会变动的指标", "分母变动", "20.0", "33.3"}})
		signs(0, first.ID, cells("50", "50", "10", "10"))
		const halved = "990101 10.0→20.0 true true; 990000 25.0→33.3 true true; "
		if got := changes("office", first.URL()); got != halved {
			t.Errorf("half the denominator is said to change %q, want %q", got, halved)
		}
		c.must(c.do(c.office, first.ID, c.accept))
		c.must(c.do(c.first[0], first.ID, amend))
		signs(0, first.ID, cells("50", "50", "20", "20"))
		const counted = "990101 20.0→40.0 false true; 990000 33.3→40.0 false true; "
		if got := changes("office", first.URL()); got != counted {
			t.Errorf("another numerator is said to change %q, want %q", got, counted)
		}
		c.must(c.do(c.office, first.ID, c.accept))
		for range 13 {
			c.must(c.do(c.first[1], second.ID, amend))
			c.through(1, second.ID, cells("100", "100", "40", "40"))
		}
		late := strings.ReplaceAll(counted, "false true", "false false")
		if got := changes("office", first.URL()); got != late {
			t.Errorf("after 13 other acceptances it is said to have changed %q, want %q", got, late)
		}
		c.clean()
	})
}

// Any one thing that a reader can see makes a difference; nothing else does.
func TestWhatMakesAFigureDiffer(t *testing.T) {
	is := progress.Value{Indicator: indicator.Indicator{Decimals: 1}, Rat: big.NewRat(33, 2), Status: progress.Proven,
		Reported: 2, Due: 2}
	for what, change := range map[string]func(*progress.Value){
		"the number":           func(v *progress.Value) { v.Rat = big.NewRat(17, 1) },
		"no number":            func(v *progress.Value) { v.Rat = nil },
		"who is in":            func(v *progress.Value) { v.Reported = 1 },
		"what is hidden":       func(v *progress.Value) { v.Hidden = true },
		"how complete it is":   func(v *progress.Value) { v.Status = progress.Incomplete },
		"quoted, not computed": func(v *progress.Value) { v.Quoted = &progress.Quoted{} },
	} {
		was := is
		change(&was)
		if !submission.Differs(was, is) {
			t.Errorf("a reader sees %s, and the figure is said not to differ", what)
		}
	}
	was := is
	was.Rat = big.NewRat(33001, 2000)
	if submission.Differs(was, is) {
		t.Error("16.5005 and 16.5 are shown alike, and said to differ")
	}
}

// Who may not see a district's report learns that a figure of the city changed, and not by whose report.
func TestWhoseReportChangedAFigureIsToldToWhoMaySee(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.rate()
		for district := range 2 {
			c.through(district, c.open(district, "2018").ID, cells("100", "100", "10", "10"))
		}
		for _, reader := range []auth.User{c.first[0], c.office} {
			all := view(c, func(tx *db.Tx) ([]submission.Changed, error) {
				return submission.Lately(tx, reader, c.root, progress.Query{Areas: []network.Area{c.root},
					Periods: []period.Period{year(c, "2018")}}, func([]submission.Changed) bool { return false })
			})
			if len(all) != 2 {
				t.Fatalf("%d reports changed the city's rate, want 2", len(all))
			}
			for _, one := range all {
				other := one.By.Submission.Area.ID == c.districts[1].ID
				if one.Unnamed != (other && reader.ID != c.office.ID) {
					t.Errorf("to %s, the report of %s is unnamed: %t", reader.Name, one.By.Submission.Area.Name,
						one.Unnamed)
				}
			}
		}
	})
}

// Once the newest two acceptances changed enough, nothing older is looked at; else all are, the newest first.
func TestNothingOlderIsLookedAtOnceEnoughChanged(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.rate()
		first, second := c.open(0, "2018"), c.open(1, "2018")
		c.through(0, first.ID, cells("100", "100", "10", "10"))
		c.through(1, second.ID, cells("100", "100", "40", "40"))
		c.must(c.do(c.first[0], first.ID, amend))
		c.through(0, first.ID, cells("100", "100", "20", "20"))
		newest := []string{"25.0→30.0", "10.0→25.0"}
		for _, will := range []bool{true, false} {
			var asked [][]string
			all := view(c, func(tx *db.Tx) ([]submission.Changed, error) {
				return submission.Lately(tx, c.office, c.root, progress.Query{Areas: []network.Area{c.root},
					Periods: []period.Period{year(c, "2018")}}, func(found []submission.Changed) bool {
					asked = append(asked, moves(found))
					return will
				})
			})
			want := newest
			if !will {
				want = append(slices.Clone(newest), "→10.0")
			}
			if got := moves(all); !slices.Equal(got, want) {
				t.Errorf("enough is %t: the figures that changed are %q, want %q", will, got, want)
			}
			if len(asked) != 1 || !slices.Equal(asked[0], newest) {
				t.Errorf("whether that is enough was asked of %q, want it once of %q", asked, newest)
			}
		}
	})
}

func moves(all []submission.Changed) (said []string) {
	for _, c := range all {
		said = append(said, c.Before.Text()+"→"+c.After.Text())
	}
	return said
}
