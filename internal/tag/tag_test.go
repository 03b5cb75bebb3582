package tag_test

// What a tag leaves of goals and indicators, on both databases, and what no tag may be. The pages are tried together,
// in the fictional city: internal/sample/tags_test.go.

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/tag"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// put makes a plan of the goals 1, 2 and 3: A and B hang on 1, B and C on 2, nothing on 3, and D nowhere. Today is
// 2024-03-15; T marks the goal 1 and the indicator C, and did mark D; OLD ended yesterday, NEW begins tomorrow.
func put(t *testing.T, tx *db.Tx) {
	t.Helper()
	root, _, err := network.PutArea(tx, network.Area{Code: "1", Name: "示范市", Level: "city", OpensOn: "2000-01-01"})
	must(t, err)
	_, err = plan.Put(tx, plan.Plan{Code: "P", Name: "规划", Kind: "women", AreaID: root.ID, Starts: 2021, Ends: 2025,
		Status: "issued"})
	must(t, err)
	_, err = plan.PutDomain(tx, plan.Domain{Plan: "P", Code: "D", Name: "健康"})
	must(t, err)
	for _, goal := range []string{"1", "2", "3"} {
		_, err = plan.PutGoal(tx, plan.Goal{Plan: "P", Code: goal, Domain: "D", Text: "目标"})
		must(t, err)
	}
	for code, goals := range map[string][]string{"A": {"1"}, "B": {"1", "2"}, "C": {"2"}, "D": nil} {
		i, _, err := indicator.Put(tx, indicator.Indicator{Code: code, Name: "指标" + code, Unit: "%"})
		must(t, err)
		for _, goal := range goals {
			_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: "P", Goal: goal, IndicatorID: i.ID})
			must(t, err)
		}
	}
	for _, changed := range []bool{true, false} {
		same := func(got bool, err error) {
			t.Helper()
			must(t, err)
			if got != changed {
				t.Errorf("put a second time: %v; it reports a change: %v", !changed, got)
			}
		}
		for _, s := range []tag.Set{{Code: "S"}, {Code: "GONE", ClosesOn: "2024-03-15"}} {
			s.Name, s.SourceTitle = "组"+s.Code, "模拟文本"
			same(tag.PutSet(tx, s))
		}
		for _, g := range []tag.Tag{{Set: "S", Code: "T"}, {Set: "S", Code: "OLD", ClosesOn: "2024-03-15"},
			{Set: "S", Code: "NEW", OpensOn: "2024-03-16"}, {Set: "S", Code: "LAST", ClosesOn: "2024-03-16"},
			{Set: "GONE", Code: "T"}} {
			g.Name = "签" + g.Code
			same(tag.Put(tx, g))
		}
		for _, m := range []tag.Mark{{Tag: "T", Plan: "P", Goal: "1"}, {Tag: "T", Indicator: "C"},
			{Tag: "T", Indicator: "D", ClosesOn: "2024-01-01"}, {Tag: "OLD", Indicator: "D"},
			{Tag: "LAST", Plan: "P", Goal: "3"}} {
			m.Set = "S"
			same(tag.PutMark(tx, m))
		}
	}
}

func TestWhatATagLeaves(t *testing.T) {
	t.Parallel()
	now := time.Date(2024, 3, 15, 2, 0, 0, 0, time.UTC)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error { put(t, tx); return nil }))
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			for of, want := range map[string]string{
				"":       "goals 123 indicators ABCD under 1A1B2B2C",
				"S/T":    "goals 12 indicators ABC under 1A1B2C", // B hangs on 2 too, but nothing marks it there
				"S/LAST": "goals 3 indicators  under ",
				"S":      "goals 123 indicators ABC under 1A1B2C", // all of the set that is in use
			} {
				k, err := tag.Choice{Tag: of}.Read(tx)
				must(t, err)
				got := "goals "
				for _, goal := range []string{"1", "2", "3"} {
					if k.Goal("P", goal) {
						got += goal
					}
				}
				got += " indicators "
				for _, code := range []string{"A", "B", "C", "D"} {
					if k.Indicator(code) {
						got += code
					}
				}
				got += " under "
				for _, hangs := range []string{"1A", "1B", "2B", "2C"} {
					if k.Under("P", hangs[:1], hangs[1:]) {
						got += hangs
					}
				}
				if got != want {
					t.Errorf("the tag %q leaves %s, want %s", of, got, want)
				}
			}
			for _, m := range []tag.Mark{{Tag: "T", Plan: "P", Goal: "1", OpensOn: "2024-01-01"},
				{Tag: "T", Indicator: "D", OpensOn: "2023-12-31", ClosesOn: "2024-02-01"}} {
				m.Set = "S"
				if _, err := tag.PutMark(tx, m); errs.FieldsOf(err)["opens_on"].IsZero() {
					t.Errorf("a second mark of days that the first covers is taken: %+v, %v", m, err)
				}
			}
			for _, wrong := range []string{"zz", "S/zz", "S/", "/T", "T", "S/OLD", "S/NEW", "GONE", "GONE/T"} {
				if _, err := (tag.Choice{Tag: wrong}).Read(tx); errs.KindOf(err) != errs.Invalid {
					t.Errorf("the tag %q is taken, though there is none today: %v", wrong, err)
				}
			}
			return nil
		}))
	}, db.WithClock(func() time.Time { return now }))
}

func TestWhatNoTagMayBe(t *testing.T) {
	t.Parallel()
	good := tag.Set{Code: "S", Name: "组", SourceTitle: "文本"}
	for n, bad := range []func() error{
		func() error { s := good; s.Code = " "; return s.Validate() },
		func() error { s := good; s.Code = "S/T"; return s.Validate() },
		func() error { s := good; s.Name = ""; return s.Validate() },
		func() error { s := good; s.SourceTitle = ""; return s.Validate() },
		func() error { s := good; s.OpensOn, s.ClosesOn = "2024-01-02", "2024-01-02"; return s.Validate() },
		tag.Tag{Set: "S", Code: "T/1", Name: "签"}.Validate,
		tag.Tag{Set: "S", Code: "T"}.Validate,
		tag.Tag{Set: "S", Code: "..", Name: "签"}.Validate,
		tag.Tag{Set: "S", Code: "T?as_of=", Name: "签"}.Validate,
		tag.Tag{Set: "S", Code: "T\u200b", Name: "签"}.Validate,
		tag.Tag{Set: "S", Code: strings.Repeat("T", 41), Name: "签"}.Validate,
		tag.Tag{Set: "S", Code: "T", Name: strings.Repeat("长", 300)}.Validate,
		func() error { s := good; s.NameEN = strings.Repeat("x", 61); return s.Validate() },
		func() error { s := good; s.Note = strings.Repeat("长", 601); return s.Validate() },
		tag.Tag{Set: "S", Code: "T", Name: "签", OpensOn: "2024-01-02", ClosesOn: "2024-01-01"}.Validate,
		tag.Mark{Set: "S", Tag: "T"}.Validate,
		tag.Mark{Set: "S", Tag: "T", Plan: "P", Goal: "1", Indicator: "A"}.Validate,
		tag.Mark{Set: "S", Tag: "T", Goal: "1"}.Validate,
		tag.Mark{Set: "S", Tag: "T", Plan: "P", Indicator: "A"}.Validate,
		tag.Mark{Set: "S", Tag: "T", Indicator: "A", OpensOn: "2024-01-02", ClosesOn: "2024-01-02"}.Validate,
	} {
		if err := bad(); errs.KindOf(err) != errs.Invalid {
			t.Errorf("mistake %d is taken: %v", n, err)
		}
	}
	whole := good
	whole.Code, whole.Name = strings.Repeat("七有_-1", 6), strings.Repeat("长", 60)
	if err := errors.Join(good.Validate(), whole.Validate()); err != nil {
		t.Error(fmt.Errorf("a good set is refused: %w", err))
	}
}
