package indicator_test

// Indicators, versions, targets and published figures are put once and changed by name; sources that contradict each
// other are all kept. What a value is made of: package progress.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func year(t *testing.T, code string) period.Period {
	t.Helper()
	p, err := period.Parse(code)
	must(t, err)
	return p
}

func TestPutIsIdempotentAndUpdates(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			root, _, err := network.PutArea(tx,
				network.Area{Code: "1", Name: "示范市", Level: "city", OpensOn: "2000-01-01"})
			must(t, err)
			_, err = plan.Put(tx, plan.Plan{Code: "P", Name: "规划", Kind: "women", AreaID: root.ID, Starts: 2016,
				Ends: 2020, Status: "issued"})
			must(t, err)
			_, err = plan.PutDomain(tx, plan.Domain{Plan: "P", Code: "D", Name: "健康"})
			must(t, err)
			_, err = plan.PutGoal(tx, plan.Goal{Plan: "P", Code: "G", Domain: "D", Text: "目标"})
			must(t, err)
			_, _, err = element.PutCalibre(tx, element.Calibre{Code: "HJ", Name: "户籍", NameEN: "registered"})
			must(t, err)
			i, _, err := indicator.Put(tx, indicator.Indicator{Code: "W-1", Name: "检查率", Unit: "%", Decimals: 2,
				Direction: 1, YearStart: "--01-01"})
			must(t, err)
			if i.ID != 1 || i.YearStart != "" {
				t.Errorf("the first indicator is %+v", i)
			}
			again := func(want bool, name, unit, words, value, note string) {
				t.Helper()
				i.Name = name
				_, a, err := indicator.Put(tx, i)
				must(t, err)
				b, err := indicator.PutVersion(tx, indicator.Version{IndicatorID: i.ID, Formula: "A / B * 100",
					CalibreID: 1, Definition: words})
				must(t, err)
				c, err := indicator.PutTarget(tx, indicator.Target{Plan: "P", IndicatorID: i.ID, AreaID: root.ID,
					Level: "own", Op: "ge", Value: value, Year: 2020, SourceTitle: "规划"})
				must(t, err)
				d, err := indicator.PutPublished(tx, indicator.Published{IndicatorID: i.ID, AreaID: root.ID,
					Period: year(t, "2018"), Sex: quantity.SexTotal, Value: value, Note: note, SourceTitle: "公报"})
				must(t, err)
				e, err := indicator.PutParameter(tx,
					indicator.Parameter{Code: "DB", AreaID: root.ID, OpensOn: "2018-01-01", Name: "低保标准",
						Value: "1000", Unit: unit, SourceTitle: "总结"})
				must(t, err)
				f, err := indicator.PutOnGoal(tx,
					indicator.GoalIndicator{Plan: "P", Goal: "G", IndicatorID: i.ID, Position: len(words)})
				must(t, err)
				if got := []bool{a, b, c, d, e, f}; got[0] != want || got[1] != want || got[2] != want ||
					got[3] != want || got[4] != want || got[5] != want {
					t.Errorf("putting %s changed %v, want all %v", name, got, want)
				}
			}
			again(true, "甲率", "元", "定义", "16.5", "")
			again(false, "甲率", "元", "定义", "16.5", "")
			again(true, "乙率", "元/月", "新的定义", "16.6", "年末")
			return nil
		}))
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			i, err := indicator.ByCode(tx, "W-1")
			must(t, err)
			published, err := indicator.PublishedIn(tx, 1)
			must(t, err)
			if i.Name != "乙率" || len(published) != 1 || published[0].Value != "16.6" ||
				published[0].Sex != quantity.SexTotal {
				t.Errorf("stored: %+v, %+v", i, published)
			}
			p, err := indicator.PublishedByID(tx, published[0].ID)
			if err != nil || p != published[0] {
				t.Errorf("by its ID the figure is %+v, %v", p, err)
			}
			targets, err := indicator.Targets(tx, 1, 0)
			if err != nil || len(targets) != 1 || targets[0].Value != "16.6" {
				t.Errorf("targets are %+v, %v", targets, err)
			}
			versions, err := indicator.Versions(tx)
			if err != nil || versions[i.ID][0].Definition != "新的定义" || versions[i.ID][0].CalibreID != 1 {
				t.Errorf("versions are %+v, %v", versions, err)
			}
			goals, err := indicator.OnGoals(tx, "P")
			if err != nil || len(goals) != 1 {
				t.Errorf("indicators on goals are %+v, %v", goals, err)
			}
			parameters, err := indicator.Parameters(tx)
			if err != nil || len(parameters) != 1 || parameters[0].Unit != "元/月" {
				t.Errorf("parameters are %+v, %v", parameters, err)
			}
			return nil
		}))
	})
}

// Two sources may differ about one year; a national target may stand beside the plan's own.
func TestConflictsAreKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			root, _, err := network.PutArea(tx,
				network.Area{Code: "1", Name: "示范市", Level: "city", OpensOn: "2000-01-01"})
			must(t, err)
			_, err = plan.Put(tx, plan.Plan{Code: "P", Name: "规划", Kind: "women", AreaID: root.ID, Starts: 2016,
				Ends: 2020, Status: "issued"})
			must(t, err)
			i, _, err := indicator.Put(tx, indicator.Indicator{Code: "W-1", Name: "检查率"})
			must(t, err)
			for _, source := range []string{"甲报", "乙报"} {
				_, err = indicator.PutPublished(tx, indicator.Published{IndicatorID: i.ID, AreaID: root.ID,
					Period: year(t, "2013"), Value: "9.45", SourceTitle: source})
				must(t, err)
			}
			for _, level := range []string{indicator.National, indicator.Own} {
				_, err = indicator.PutTarget(tx, indicator.Target{Plan: "P", IndicatorID: i.ID, AreaID: root.ID,
					Level: level, Op: "le", Value: "20", Year: 2020, SourceTitle: level})
				must(t, err)
			}
			published, err := indicator.PublishedIn(tx, root.ID)
			if err != nil || len(published) != 2 {
				t.Errorf("of two sources %d figures are kept, %v", len(published), err)
			}
			targets, err := indicator.Targets(tx, root.ID, i.ID)
			if err != nil || len(targets) != 2 || targets[0].Level != indicator.Own {
				t.Errorf("targets are %+v, %v; want the plan's own first", targets, err)
			}
			return nil
		}))
	})
}

func TestVersionAt(t *testing.T) {
	t.Parallel()
	versions := []indicator.Version{{Definition: "一"}, {From: year(t, "2018"), Definition: "二"},
		{From: year(t, "2020"), Definition: "三"}}
	for code, want := range map[string]string{"2017": "一", "2018": "二", "2018-Q1": "二", "2019": "二",
		"2020": "三", "2030-01": "三"} {
		if got := indicator.VersionAt(versions, year(t, code)).Definition; got != want {
			t.Errorf("in %s definition %s is in force, want %s", code, got, want)
		}
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for field, err := range map[string]error{
		"name":       indicator.Indicator{Code: "A"}.Validate(),
		"decimals":   indicator.Indicator{Code: "A", Name: "甲", Decimals: 7}.Validate(),
		"direction":  indicator.Indicator{Code: "A", Name: "甲", Direction: 2}.Validate(),
		"year_start": indicator.Indicator{Code: "A", Name: "甲", YearStart: "10-01"}.Validate(),
		"code":       indicator.Indicator{Code: "A/B", Name: "甲"}.Validate(),
		"value": indicator.Target{Op: "ge", Value: "约40", Year: 2020, Level: "own",
			SourceTitle: "规划"}.Validate(),
		"year": indicator.Target{Op: "le", Value: "20", Level: "own", SourceTitle: "规划"}.Validate(),
		"op": indicator.Target{Op: ">=", Value: "20", Year: 2020, Level: "own",
			SourceTitle: "规划"}.Validate(),
		"level": indicator.Target{Op: "increase", Level: "city", SourceTitle: "规划"}.Validate(),
		"baseline_year": indicator.Target{Op: "increase", Level: "own", Year: 2020, BaselineYear: 2020,
			SourceTitle: "规划"}.Validate(),
		"source_title": indicator.Target{Op: "increase", Level: "own"}.Validate(),
		"period":       indicator.Published{Value: "16.5", SourceTitle: "公报"}.Validate(),
		"opens_on":     indicator.Parameter{Code: "A", Name: "甲", Value: "1:2", SourceTitle: "规范"}.Validate(),
	} {
		fields := errs.FieldsOf(err)
		if errs.KindOf(err) != errs.Invalid || len(fields) != 1 || fields[field].IsZero() {
			t.Errorf("want a message at %s, got %v", field, err)
		}
	}
	for _, i := range []indicator.Indicator{{Decimals: -1}, {Direction: -2}} {
		if i.Code, i.Name = "A", "甲"; errs.KindOf(i.Validate()) != errs.Invalid {
			t.Errorf("%+v passes", i)
		}
	}
	long := strings.Repeat("9", 30)
	for _, v := range []interface{ Validate() error }{
		indicator.Indicator{Code: "A", Name: "甲", Decimals: 6, Direction: 1},
		indicator.Indicator{Code: "A", Name: "甲", Direction: -1},
		indicator.Target{Op: "ge", Value: long, Year: 2020, BaselineYear: 2019, Level: "own", SourceTitle: "规划"},
	} {
		if err := v.Validate(); err != nil {
			t.Errorf("%+v is refused: %v", v, err)
		}
	}
	if err := (indicator.Published{Value: long + "9", Period: year(t, "2018"), SourceTitle: "公报"}).Validate(); errs.
		FieldsOf(err)["value"].IsZero() {
		t.Errorf("31 digits pass: %v", err)
	}
	if err := (indicator.Version{Formula: "A +"}).Validate(); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a broken formula passes: %v", err)
	}
}
