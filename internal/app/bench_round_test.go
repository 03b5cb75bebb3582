package app_test

// How long an evaluation round of the size of a real city takes: 16 districts and 36 units in each of them answer for
// 60 indicators, from reports that two people signed, some of them amended after the cutoff. Measured are the round's
// page as it is served, the figures that 592 self-evaluations begin with, and the report of the round.

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/submission"
)

const (
	unitsOfADistrict = 36
	roundIndicators  = 60
	roundForms       = 2
	roundYears       = 9 // that a data sheet looks at: from the year before the plan
	roundFrom        = lastYear - roundYears + 1
	openPages        = 100 // times that the round's page is opened
)

// roundCity is the city with the round that runs in it.
type roundCity struct {
	*bigCity
	chief auth.User
	staff map[string]signers // by unit, as long as the keys are in memory
	round evaluation.Round
}

func BenchmarkRound(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			dir := folder(b, "round-"+engine)
			config := app.Config{DB: filepath.Join(dir, "city.db"), Data: dir}
			if engine == "postgres" {
				config.DB = database(b, fmt.Sprintf("city_round_%d", time.Now().UnixNano()))
			}
			now := time.Date(2026, 5, 4, 2, 0, 0, 0, time.UTC)
			c := &roundCity{staff: map[string]signers{}, bigCity: installation(b, engine, config,
				db.WithClock(func() time.Time { return now }))}
			must(b, c.Update(b.Context(), c.found))
			must(b, c.reported(now, 0))
			must(b, c.Update(b.Context(), c.launch))
			now = now.AddDate(0, 3, 0)
			must(b, c.reported(now, 1)) // after the cutoff
			if c.Postgres {
				must(b, c.maintain("ANALYZE"))
			}
			c.prefill(b)
			must(b, c.signSheets(b))
			if c.Postgres {
				must(b, c.maintain("ANALYZE"))
			}
			now = time.Now() // as the server's: sessions are of today
			s := c.serve(b)
			for _, path := range []string{c.round.URL(), c.round.URL() + "/comparison"} {
				p := page{path: path}
				s.visit(b, &p, 1)
				if p.status != http.StatusOK {
					b.Fatalf("%s: %d", path, p.status)
				}
				s.visit(b, &p, openPages)
				what := fmt.Sprintf("%s: %s, p99", engine, strings.Replace(path, c.round.ID, "{id}", 1))
				if path == c.round.URL() {
					atMost(b, what, p.took.at(0.99), 100, "ms")
				} else {
					b.Logf("%-60s %8.2f ms   (no target)", what, p.took.at(0.99))
				}
				b.Logf("%-60s %8.2f ms   (no target), processor %.1f ms, %.0f KB", "the same, p50; sent", p.took.at(0.5),
					float64(p.processor.Microseconds())/1000, float64(p.bytes)/1024)
			}
			c.writes(b, s)
		})
	}
}

// found makes areas, units with their people, forms, and a plan of sixty indicators that every unit has its part in.
func (c *roundCity) found(tx *db.Tx) error {
	levels := []string{"city", "district"}
	for kind, codes := range map[string][]string{"area_level": levels, "unit_kind": {"office", "station", "bureau"},
		"role": {auth.Office}} {
		for _, code := range codes {
			if _, err := network.PutLabel(tx, network.Label{Kind: kind, Code: code, Name: code}); err != nil {
				return err
			}
		}
	}
	if err := putAreas(tx, levels, []int{1, districts}, network.Area{}); err != nil {
		return err
	}
	areas, err := network.AllAreas(tx)
	if err != nil {
		return err
	}
	c.root, c.areas["district"] = areas[0], areas[1:]
	for n := range roundForms {
		if err := putForm(tx, n, levels); err != nil {
			return err
		}
	}
	if err := putUnit(tx, "committee", "bureau", c.root); err != nil {
		return err
	}
	if _, err := network.PutUnit(tx, network.Unit{Code: "office", Name: "单位office", Kind: "office",
		AreaID: c.root.ID, Parent: "committee", OpensOn: "2000-01-01"}); err != nil {
		return err
	}
	p := plan.Plan{Code: "P", Name: "基准规划", Kind: "women", AreaID: c.root.ID, Starts: roundFrom + 1, Ends: 2020,
		Status: "issued", SourceTitle: "基准"}
	if _, err := plan.Put(tx, p); err != nil {
		return err
	}
	if _, err := plan.PutDomain(tx, plan.Domain{Plan: p.Code, Code: "D", Name: "领域"}); err != nil {
		return err
	}
	goal := plan.Goal{Plan: p.Code, Code: "G", Domain: "D", Text: "目标"}
	if _, err := plan.PutGoal(tx, goal); err != nil {
		return err
	}
	for n := range roundIndicators {
		formula := fmt.Sprintf("E%03d / E%03d * 100", n+1, (n+30)%(roundForms*rowsOfAForm)+1)
		if err := putIndicator(tx, p, goal, n+1, formula); err != nil {
			return err
		}
		i, err := indicator.ByCode(tx, fmt.Sprintf("I%03d", n+1))
		if err != nil {
			return err
		}
		for _, a := range areas[1:] { // every district has its own
			t := indicator.Target{Plan: p.Code, IndicatorID: i.ID, AreaID: a.ID, Level: indicator.Own,
				Op: indicator.AtLeast, Value: "90", Year: p.Ends, SourceTitle: "基准"}
			if _, err := indicator.PutTarget(tx, t); err != nil {
				return err
			}
		}
	}
	return c.populate(tx, areas[1:])
}

// populate makes the units of the districts, and two who sign in each.
func (c *roundCity) populate(tx *db.Tx, areas []network.Area) error {
	for _, a := range areas {
		if err := putUnit(tx, "O"+a.Code, "office", a); err != nil {
			return err
		}
		if err := putUnit(tx, "S"+a.Code, "station", a); err != nil {
			return err
		}
		for n := range unitsOfADistrict {
			code := fmt.Sprintf("B%s%02d", a.Code, n)
			if err := putUnit(tx, code, "bureau", a); err != nil {
				return err
			}
			if _, err := plan.PutGoalUnit(tx, plan.GoalUnit{Plan: "P", Goal: "G", Unit: code,
				Duty: plan.Lead}); err != nil {
				return err
			}
		}
	}
	units, err := network.AllUnits(tx)
	if err != nil {
		return err
	}
	ids := map[string][2]string{}
	for _, u := range units {
		roles := [2]string{auth.Statistician, auth.Leader}
		if u.Kind == "office" {
			roles[0] = auth.Office
		}
		if u.Code == "office" {
			roles[1] = auth.CommitteeChief
		}
		var two [2]string
		for n, role := range roles {
			if two[n], err = appoint(tx, role, u.Code); err != nil {
				return err
			}
		}
		ids[u.Code] = two
	}
	for _, u := range units {
		s := signers{unit: u}
		if s.first, err = c.equip(tx, ids[u.Code][0]); err != nil {
			return err
		}
		if s.second, err = c.equip(tx, ids[u.Code][1]); err != nil {
			return err
		}
		if c.staff[u.Code] = s; u.Code == "office" {
			c.office, c.chief = s.first, s.second
		}
	}
	return nil
}

// reported has every district report every year but the last, or the last one: what is not known on the cutoff.
func (c *roundCity) reported(now time.Time, late int) error {
	stations := map[int64]signers{}
	for _, s := range c.staff {
		if s.unit.Kind == "station" {
			stations[s.unit.AreaID] = s
		}
	}
	var owed []submission.Owed
	err := c.View(context.Background(), func(tx *db.Tx) error {
		forms, err := form.List(tx)
		for year := roundFrom; year <= lastYear && err == nil; year++ {
			p, wrong := period.FromInt(year * 100)
			for n, f := range forms {
				// of the second form, the last year comes after the cutoff
				if isLate := year == lastYear && n == roundForms-1; wrong == nil && isLate == (late == 1) {
					for _, a := range c.areas["district"] {
						owed = append(owed, submission.Owed{Form: f, Unit: stations[a.ID].unit, Area: a, Period: p})
					}
				}
			}
			err = wrong
		}
		return err
	})
	for some := range slices.Chunk(owed, atOnceReported) {
		if err == nil {
			err = c.reportAll(context.Background(), some, stations)
		}
	}
	return err
}

// launch has the office run the round and ask everybody; most have answered.
func (c *roundCity) launch(tx *db.Tx) error {
	r := evaluation.Round{Title: "中期评估", Kind: "midterm", Plans: []string{"P"}, From: fmt.Sprint(roundFrom + 1),
		Until: fmt.Sprint(lastYear), CutoffOn: "2026-06-30", Basis: "规划", LegalNature: "plan_supervision",
		Stages: []evaluation.Stage{{Kind: evaluation.Self, From: "2026-05-04", Until: "2026-12-31"},
			{Kind: evaluation.Visits, From: "2026-05-04", Until: "2026-12-31"},
			{Kind: evaluation.Report, From: "2026-05-04", Until: "2026-12-31"}},
		Scheme: evaluation.Scheme{"purpose": "目的", "principles": "原则", "contents": "内容", "methods": "方法",
			"demands": "要求", "outline": "提纲"}}
	for _, s := range c.staff {
		switch s.unit.Kind {
		case "bureau":
			if s.unit.Code != "committee" {
				r.Participants = append(r.Participants, evaluation.Participant{Unit: s.unit.Code})
			}
		case "station":
			r.Participants = append(r.Participants, evaluation.Participant{Area: s.unit.Code[1:]})
		}
	}
	r, err := evaluation.Create(tx, c.office, r)
	if err != nil {
		return err
	}
	text, err := r.Frozen(tx)
	if err != nil {
		return err
	}
	if r, err = evaluation.Approve(tx, c.chief, r.ID, r.Version, text.Digest); err != nil {
		return err
	}
	if r, err = evaluation.Launch(tx, c.office, r.ID, r.Version, "7", false); err != nil {
		return err
	}
	for n := range r.Stages {
		if r, err = evaluation.Step(tx, c.office, r.ID, r.Version, evaluation.VerbStart, n, ""); err != nil {
			return err
		}
	}
	if c.round, err = evaluation.Ask(tx, c.office, r.ID, r.Version, "", ""); err != nil {
		return err
	}
	return tx.Exec(`UPDATE answers SET state = CASE WHEN unit LIKE '%5' THEN 'returned' ELSE 'accepted' END, returns =
		CASE WHEN unit LIKE '%5' THEN 1 ELSE 0 END, received_at = $1, first_at = $1 WHERE unit NOT LIKE '%7'`, tx.Now)
}

// prefill composes the figures of every self-evaluation, each for whoever opens it.
func (c *roundCity) prefill(b *testing.B) {
	var took times
	start, before := time.Now(), processorTime(b)
	for _, p := range c.round.Participants {
		must(b, c.View(b.Context(), func(tx *db.Tx) error {
			begun := time.Now()
			text, err := evaluation.SheetText(tx, c.staff[p.Unit].first, c.round.ID, p.Unit)
			if n := strings.Count(text.Text, `"indicator":`); err == nil && n != roundIndicators {
				err = fmt.Errorf("the sheet of %s has %d lines", p.Unit, n)
			}
			took = append(took, time.Since(begun))
			return err
		}))
	}
	atMost(b, fmt.Sprintf("%s: %d self-evaluations pre-filled", c.name, len(took)), time.Since(start).Seconds(), 10,
		"s")
	b.Logf("%-60s %8.2f ms   (no target), processor %.2f s for all", "one of them, p50", took.at(0.5),
		(processorTime(b) - before).Seconds())
}

// signSheets has two sign all sheets but some, and a third party say what it makes of a hundred lines.
func (c *roundCity) signSheets(b *testing.B) error {
	start := time.Now()
	for some := range slices.Chunk(c.round.Participants, atOnceReported) {
		if err := c.Update(b.Context(), func(tx *db.Tx) error {
			for _, p := range some {
				if p.Area == "" && strings.HasSuffix(p.Unit, "9") {
					continue
				}
				if err := c.signSheet(tx, p.Unit, c.staff[p.Unit]); err != nil {
					return fmt.Errorf("%s: %w", p.Unit, err)
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	b.Logf("%-60s %8.2f s    (no target)", "nearly all sheets signed by two", time.Since(start).Seconds())
	start = time.Now()
	defer func() {
		b.Logf("%-60s %8.2f s    (no target)", "a third party's hundred lines put down", time.Since(start).Seconds())
	}()
	for n := range 100 {
		line := fmt.Sprintf("I%03d.B%s%02d", n%roundIndicators+1, c.areas["district"][n%districts].Code, n%9)
		if err := c.Update(b.Context(), func(tx *db.Tx) error {
			_, err := evaluation.Say(tx, c.office, c.round.ID, line, evaluation.Voice{Voice: evaluation.VoiceThird,
				Class: []string{evaluation.Met, evaluation.Far}[n%2], Text: "报告第三章"})
			return err
		}); err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
	}
	return nil
}

func (c *roundCity) signSheet(tx *db.Tx, unit string, two signers) error {
	text, err := evaluation.SheetText(tx, two.first, c.round.ID, unit)
	if err != nil {
		return err
	}
	if _, err = evaluation.Prepare(tx, two.first, c.round.ID, unit, text.Digest, c.keys[two.first.ID]); err != nil {
		return err
	}
	_, err = evaluation.Sign(tx, two.second, c.round.ID, unit, text.Digest, c.keys[two.second.ID])
	return err
}
