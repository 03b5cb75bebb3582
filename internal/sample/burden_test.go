package sample_test

// What forms ask of units, counted anew: cells, cells that another form of the same area and period asks for too, days
// from open to accepted. In the fictional city, to which a form is added that asks what another asks already.

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/period"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/submission"
)

// askedCell is what a cell asks for, where and when.
type askedCell struct {
	element, calibre string
	sex              int
	area             int64
	period           period.Period
}

// again asks a unit for what one of its reports asks for already, in a form of another code.
func (c *earlier) again(code string) (unit string) {
	c.update(func(tx *db.Tx) error {
		forms, err := form.List(tx)
		if err != nil {
			return err
		}
		for _, f := range forms {
			if f.Code != code {
				continue
			}
			p, err := period.Parse("2023")
			if err != nil {
				return err
			}
			if f, err = form.At(tx, f.ID, p); err != nil {
				return err
			}
			owed, _, err := submission.Owing(tx, f, p, "")
			if err != nil {
				return err
			}
			f.ID, f.Code, f.Name, f.Rules = 0, code+"-2", "又要一遍", nil
			f.Levels = nil // it is the source of nothing: what is has one source only
			f.Rows = slices.Clone(f.Rows)[:2]
			if _, _, err := form.Put(tx, f); err != nil {
				return err
			}
			o := owed[0]
			if o.Form, err = form.ByCode(tx, f.Code); err != nil {
				return err
			}
			o.DueOn, unit = "2024-05-31", o.Unit.Code
			_, _, err = submission.Open(tx, journal.System, o)
			return err
		}
		return nil
	})
	return unit
}

func TestTheBurdenIsWhatIsCountedAnew(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		c := newEarlier(t, d)
		before := c.burden()
		unit := c.again("HEA-W")
		after := c.burden()
		if got := after[unit]["asked_twice"].(float64) - before[unit]["asked_twice"].(float64); got != 4 {
			t.Errorf("two cells are asked for by two forms each, which makes 4 for %s; the page has %v more", unit, got)
		}
		cells, twice, days := map[string]int{}, map[string]int{}, map[string][]int{}
		c.must(c.View(context.Background(), func(tx *db.Tx) error { return recount(tx, cells, twice, days) }))
		for unit, n := range cells {
			page := c.page("office", "/burden/"+unit+"?year=2024")
			formsOnly := map[string]bool{}
			for _, one := range under(page, "twice.*") {
				if m := one.(map[string]any); m["kind"] == "form" {
					formsOnly[m["form"].(string)+m["cell"].(string)+m["area"].(string)+m["period"].(string)] = true
				}
			}
			if int(page["cells"].(float64)) != n || len(formsOnly) != twice[unit] {
				t.Errorf("%s: %v cells, %d of them in two forms; counted anew %d and %d", unit, page["cells"],
					len(formsOnly), n, twice[unit])
			}
			if want := middle(days[unit]); page["median"] != want && (want != "" || page["median"] != nil) {
				t.Errorf("%s: a median of %v days, counted anew %q of %v", unit, page["median"], want, days[unit])
			}
		}
		if len(cells) != len(after) {
			t.Errorf("the list has %d units, %d were asked", len(after), len(cells))
		}
		_, refused := c.get("xichuan-statistician", "/burden/"+unit+"?year=2024")
		if errs.KindOf(refused) != errs.Missing {
			t.Errorf("a district's statistician is shown the burden of the city's %s: %v", unit, refused)
		}
		if _, refused := c.get("office", "/burden?year=1800"); errs.KindOf(refused) != errs.Invalid {
			t.Errorf("the year 1800 is taken: %v", refused)
		}
	})
}

// burden is the list of units, by code.
func (c *earlier) burden() map[string]map[string]any {
	by := map[string]map[string]any{}
	for _, one := range under(c.page("office", "/burden?year=2024"), "units.*") {
		by[one.(map[string]any)["unit"].(string)] = one.(map[string]any)
	}
	return by
}

// recount counts cells, and those that several forms ask for, of what is due in 2024, and the days that reports took.
func recount(tx *db.Tx, cells, twice map[string]int, days map[string][]int) error {
	type report struct {
		id, unit   string
		form, area int64
		period     period.Period
	}
	all, err := db.All(tx, func(r db.Row) (o report, err error) {
		return o, r.Scan(&o.id, &o.unit, &o.form, &o.area, &o.period)
	}, `SELECT id, unit, form_id, area_id, period FROM submissions WHERE due_on LIKE '2024-%'
		AND state NOT IN ('withdrawn', 'historical')`)
	if err != nil {
		return err
	}
	asked := map[askedCell]map[int64]bool{}
	each := func(fn func(report, askedCell)) error {
		for _, o := range all {
			f, err := form.At(tx, o.form, o.period)
			if err != nil {
				return err
			}
			for _, s := range f.Cells() {
				fn(o, askedCell{s.Row.Element, s.Row.Calibre, s.Column.Sex, o.area, o.period})
			}
		}
		return nil
	}
	if err := each(func(o report, what askedCell) {
		if asked[what] == nil {
			asked[what] = map[int64]bool{}
		}
		asked[what][o.form] = true
	}); err != nil {
		return err
	}
	if err := each(func(o report, what askedCell) {
		if cells[o.unit]++; len(asked[what]) > 1 {
			twice[o.unit]++
		}
	}); err != nil {
		return err
	}
	for _, o := range all {
		entries, err := journal.Of(tx, "submission/"+o.id)
		if err != nil {
			return err
		}
		opened, accepted := "", ""
		for _, e := range entries {
			day := e.At.In(db.China).Format(time.DateOnly)
			if e.Verb == submission.VerbOpen && opened == "" {
				opened = day
			}
			if e.Verb == submission.VerbAccept && accepted == "" {
				accepted = day
			}
		}
		if opened != "" && accepted != "" {
			from, _ := time.Parse(time.DateOnly, opened)
			to, _ := time.Parse(time.DateOnly, accepted)
			days[o.unit] = append(days[o.unit], int(to.Sub(from).Hours()/24))
		}
	}
	return nil
}

// middle is the median as people write it.
func middle(days []int) string {
	slices.Sort(days)
	if len(days) == 0 {
		return ""
	}
	twice := days[(len(days)-1)/2] + days[len(days)/2]
	if twice%2 == 1 {
		return strconv.Itoa(twice/2) + ".5"
	}
	return strconv.Itoa(twice / 2)
}
