package app_test

// The large city: years of use at a real city's size, every fact of it from a report that two people of its unit
// really signed and the office accepted. It is built once, kept in BENCH_CACHE, and only read by those that measure.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/submission"
)

// The shape of the large city: 336 streets report five forms for nine years, the first of them for one more, and their
// 6,720 communities the sixth once, in the last: 22,176 reports of 50 numbers. 300 indicators are made of them.
const (
	formsOfStreets = forms - 1
	largeFirstYear = 2010
	bureaus        = 647 // with the office and a station in every district and street 1,000 units
	atOnceReported = 96  // reports of one transaction
)

// largeCity opens the city in a database of the engine, and builds it if it is not there.
func largeCity(b *testing.B, engine string) *bigCity {
	b.Helper()
	dir := filepath.Join(cache(b), "large-"+engine)
	must(b, os.MkdirAll(dir, 0o700))
	config := app.Config{DB: filepath.Join(dir, "city.db"), Data: dir}
	if engine == "postgres" {
		config.DB = database(b, "large")
	}
	c, start := installation(b, engine+", large city", config), time.Now()
	var units []network.Unit
	must(b, c.Update(b.Context(), func(tx *db.Tx) (err error) {
		if err = c.build(tx, c.defineLarge); err == nil {
			units, err = network.AllUnits(tx)
		}
		return err
	}))
	built := filepath.Join(dir, "built")
	if _, err := os.Stat(built); err != nil {
		must(b, c.report(units))
		must(b, os.WriteFile(built, nil, 0o600))
		atMost(b, c.name+": built, with all signatures", time.Since(start).Seconds(), 450, "s")
	}
	must(b, c.View(b.Context(), func(tx *db.Tx) error {
		people, err := db.All(tx, db.Single[string], `SELECT person_id FROM posts WHERE unit = 'office'`)
		if err != nil || len(people) != 1 {
			return fmt.Errorf("%s was not built to its end; delete it (%s, %v)", c.name, dir, err)
		}
		c.office, err = account.UserOf(tx, people[0])
		return err
	}))
	return c
}

// cache is the folder that keeps the large city from one run to the next.
func cache(b *testing.B) string {
	if dir := os.Getenv("BENCH_CACHE"); dir != "" {
		return dir
	}
	return folder(b, "cache")
}

// defineLarge makes areas, units, forms and a plan.
func (c *bigCity) defineLarge(tx *db.Tx) error {
	levels := []string{"city", "district", "street", "community"}
	for _, l := range levels {
		if _, err := network.PutLabel(tx, network.Label{Kind: "area_level", Code: l, Name: l}); err != nil {
			return err
		}
	}
	for _, kind := range []string{"station", "office", "bureau"} {
		if _, err := network.PutLabel(tx, network.Label{Kind: "unit_kind", Code: kind, Name: kind}); err != nil {
			return err
		}
	}
	if err := putAreas(tx, levels, []int{1, districts, streets, communities}, network.Area{}); err != nil {
		return err
	}
	areas, err := network.AllAreas(tx)
	if err != nil {
		return err
	}
	for _, a := range areas {
		kind := map[string]string{"city": "office", "district": "station", "street": "station"}[a.Level]
		if kind == "" {
			continue
		}
		code := map[bool]string{true: "office", false: "S" + a.Code}[kind == "office"]
		if err := putUnit(tx, code, kind, a); err != nil {
			return err
		}
	}
	for n := range bureaus {
		if err := putUnit(tx, fmt.Sprintf("B%04d", n), "bureau", areas[0]); err != nil {
			return err
		}
	}
	for n := range forms {
		own := levels[:3]
		if n >= formsOfStreets {
			own = levels
		}
		if err := putForm(tx, n, own); err != nil {
			return err
		}
	}
	return putPlan(tx, areas[0])
}

func putUnit(tx *db.Tx, code, kind string, area network.Area) error {
	_, err := network.PutUnit(tx, network.Unit{Code: code, Name: "单位" + code, Kind: kind, AreaID: area.ID,
		OpensOn: "2000-01-01"})
	return err
}

// signers are the two who sign for a station.
type signers struct {
	unit          network.Unit
	first, second auth.User
}

// report has every street and community report, and the office accept. Keys are made once for each who signs.
func (c *bigCity) report(units []network.Unit) error {
	ctx := context.Background()
	stations, err := c.staff(ctx, units)
	if err != nil {
		return err
	}
	owed, err := c.largeOwed(stations)
	if err != nil {
		return err
	}
	for from := 0; from < len(owed); from += atOnceReported {
		if err := c.reportAll(ctx, owed[from:min(from+atOnceReported, len(owed))], stations); err != nil {
			return err
		}
	}
	if err := journal.Seal(ctx, c.DB); err != nil || !c.Postgres {
		return err
	}
	return c.maintain("ANALYZE")
}

// staff gives every station two who sign, and the office one. All posts are there before anybody is looked at: whoever
// is, has the definitions verified anew.
func (c *bigCity) staff(ctx context.Context, units []network.Unit) (map[int64]signers, error) {
	var office string
	ids, stations := map[string][2]string{}, map[int64]signers{}
	if err := c.Update(ctx, func(tx *db.Tx) (err error) {
		if office, err = appoint(tx, auth.Office, "office"); err != nil {
			return err
		}
		for _, u := range units {
			if u.Kind != "station" {
				continue
			}
			first, err := appoint(tx, auth.Statistician, u.Code)
			if err != nil {
				return err
			}
			second, err := appoint(tx, auth.Leader, u.Code)
			if err != nil {
				return err
			}
			ids[u.Code] = [2]string{first, second}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	return stations, c.Update(ctx, func(tx *db.Tx) (err error) {
		if c.office, err = c.equip(tx, office); err != nil {
			return err
		}
		for _, u := range units {
			if u.Kind != "station" {
				continue
			}
			s := signers{unit: u}
			if s.first, err = c.equip(tx, ids[u.Code][0]); err != nil {
				return err
			}
			if s.second, err = c.equip(tx, ids[u.Code][1]); err != nil {
				return err
			}
			stations[u.AreaID] = s
		}
		return nil
	})
}

// largeOwed is all that streets and communities report, year by year.
func (c *bigCity) largeOwed(stations map[int64]signers) (all []submission.Owed, err error) {
	add := func(f form.Form, year int, areas []network.Area) {
		p, wrong := period.FromInt(year * 100)
		if err = wrong; err != nil {
			return
		}
		for _, a := range areas {
			station, own := stations[a.ID]
			if !own {
				station = stations[a.ParentID]
			}
			all = append(all, submission.Owed{Form: f, Unit: station.unit, Area: a, Period: p})
		}
	}
	add(c.forms[0], largeFirstYear-1, c.areas["street"])
	for year := largeFirstYear; year <= lastYear && err == nil; year++ {
		for _, f := range c.forms[:formsOfStreets] {
			add(f, year, c.areas["street"])
		}
	}
	add(c.forms[formsOfStreets], lastYear, c.areas["community"])
	return all, err
}

// reportAll takes some reports from their drafts to their acceptance.
func (c *bigCity) reportAll(ctx context.Context, owed []submission.Owed, stations map[int64]signers) error {
	reports, ahead := make([]report, len(owed)), make([]submission.Verified, len(owed))
	if err := c.Update(ctx, func(tx *db.Tx) error {
		for i, o := range owed {
			station, own := stations[o.Area.ID]
			if !own {
				station = stations[o.Area.ParentID]
			}
			r, ok, err := c.signBy(tx, o, station.first, station.second)
			if err != nil {
				return err
			}
			if reports[i] = r; !ok {
				return fmt.Errorf("%s %s %s was reported before", o.Form.Code, o.Area.Code, o.Period)
			}
		}
		return nil
	}); err != nil {
		return err
	}
	var verifying sync.WaitGroup
	failed := make(chan error, len(owed))
	for half := range 2 {
		verifying.Go(func() {
			for i := half; i < len(owed); i += 2 {
				var err error
				if ahead[i], err = submission.VerifyAhead(ctx, c.DB, reports[i].ID, c.issuer); err != nil {
					failed <- err
				}
			}
		})
	}
	verifying.Wait()
	close(failed)
	if err := <-failed; err != nil {
		return err
	}
	return c.UpdateAlone(ctx, func(tx *db.Tx) error {
		for i, r := range reports {
			if _, err := submission.AcceptVerified(tx, c.office, r.ID, r.Version, c.issuer, ahead[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
