// Package peers holds what the program reads of the large city against its peers, in one run and in turn: SQL written
// by hand for just this result, through the program's own driver, and DuckDB, which computes it from the same raw
// facts. It is a module of its own, so that the program does not depend on DuckDB; `make bench` builds the city and
// runs it. Nothing is written to the city.
package peers

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
)

const (
	elements  = 300
	lastYear  = 2018
	firstYear = 2009
	times     = 31 // each of those that are compared, in turn
)

// city is the large city with what its rows are asked by.
type city struct {
	*db.DB
	duck
	areas      map[string][]network.Area
	indicators []indicator.Indicator
	elements   []int64
	year       period.Period
	all        []period.Period
}

// question is a result that all who are compared give, and about how many rows it has. That they add up to the same
// says that nobody answers another one.
type question struct {
	name string
	rows int
	ours func(tx *db.Tx) (answer, error)
	sql  map[bool]string // by hand, by whether it is PostgreSQL
	duck string
}

type answer struct {
	rows int
	sum  float64
}

func BenchmarkPeers(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			c := open(b, engine)
			for _, q := range c.questions() {
				c.compare(b, engine, q)
			}
		})
	}
}

// compare says how long the program takes for the result, the SQL by hand and DuckDB, and which it must not exceed.
func (c *city) compare(b *testing.B, engine string, q question) {
	b.Helper()
	took := map[string][]time.Duration{}
	first := map[string]answer{}
	ask := func(who string, read func() (answer, error)) {
		start := time.Now()
		a, err := read()
		took[who] = append(took[who], time.Since(start))
		must(b, err)
		first[who] = a
	}
	must(b, c.View(context.Background(), func(tx *db.Tx) error {
		for range times {
			ask("ours", func() (answer, error) { return q.ours(tx) })
			ask("hand", func() (answer, error) { return byHand(tx, q.sql[c.Postgres]) })
			ask("duck", func() (answer, error) { return c.duck.ask(q.duck) })
		}
		return nil
	}))
	for who, a := range first {
		off := math.Abs(a.sum-first["ours"].sum) / a.sum
		if a.rows != first["ours"].rows || a.rows < q.rows*99/100 || off > 1e-9 { // a few divide by nothing
			b.Errorf("%s: %s gives %d rows that add up to %f, we %d to %f", q.name, who, a.rows, a.sum,
				first["ours"].rows, first["ours"].sum)
		}
	}
	ours, hand, duck := median(took["ours"]), median(took["hand"]), median(took["duck"])
	most := 1.5 * hand
	if !c.Postgres {
		most = min(2*hand, duck)
	}
	word := "met"
	if ours > most {
		word = "MISSED"
	}
	b.Logf("%s: %-42s %7.2f ms; SQL by hand %7.2f (%.2f ×), DuckDB %7.2f (%.2f ×); target ≤ %.2f ms: %s", engine,
		q.name, ours, hand, ours/hand, duck, ours/duck, most, word)
}

// byHand reads rows of an area, a number of what, and a value.
func byHand(tx *db.Tx, query string) (a answer, err error) {
	return a, db.Each(tx, func(r db.Row) error {
		var area, what int64
		var value float64
		err := r.Scan(&area, &what, &value)
		a.add(value)
		return err
	}, query)
}

func (a *answer) add(value float64) { a.rows, a.sum = a.rows+1, a.sum+value }

func median(all []time.Duration) float64 {
	slices.Sort(all)
	return float64(all[len(all)/2].Microseconds()) / 1000
}

// open opens the city that BenchmarkPages of package app builds.
func open(b *testing.B, engine string) *city {
	b.Helper()
	dir := filepath.Join(os.Getenv("BENCH_CACHE"), "large-"+engine)
	if _, err := os.Stat(filepath.Join(dir, "built")); err != nil {
		b.Skipf("the large city is not there: `make bench ONLY=Pages` builds it (%v)", err)
	}
	target := filepath.Join(dir, "city.db")
	if engine == "postgres" {
		target = large(b)
	}
	d, err := db.OpenReadOnly(context.Background(), target)
	must(b, err)
	b.Cleanup(func() { d.Close() })
	c := &city{DB: d, areas: map[string][]network.Area{}}
	must(b, d.View(context.Background(), c.read))
	c.duck = openDuck(b, c)
	return c
}

func (c *city) read(tx *db.Tx) error {
	areas, err := network.AllAreas(tx)
	if err != nil {
		return err
	}
	for _, a := range areas {
		c.areas[a.Level] = append(c.areas[a.Level], a)
	}
	if c.indicators, err = indicator.List(tx); err != nil {
		return err
	}
	known, err := element.All(tx)
	for _, e := range known {
		c.elements = append(c.elements, e.ID)
	}
	slices.Sort(c.elements)
	for y := firstYear; y <= lastYear && err == nil; y++ {
		c.year, err = period.FromInt(y * 100)
		c.all = append(c.all, c.year)
	}
	return err
}

// values are indicators of areas in the last year, as every page that shows them reads them.
func (c *city) values(some []indicator.Indicator, areas []network.Area) func(*db.Tx) (answer, error) {
	return func(tx *db.Tx) (a answer, err error) {
		values, err := progress.Values(tx, progress.Query{Indicators: some, Areas: areas,
			Periods: []period.Period{c.year}})
		for _, v := range values {
			if v.Rat != nil { // else nothing is there to divide by
				value, _ := v.Rat.Float64()
				a.add(value)
			}
		}
		return a, err
	}
}

// ranked are the values with the greatest first.
func (c *city) ranked(one indicator.Indicator, areas []network.Area) func(*db.Tx) (answer, error) {
	return func(tx *db.Tx) (a answer, err error) {
		values, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{one}, Areas: areas,
			Periods: []period.Period{c.year}})
		values = slices.DeleteFunc(values, func(v progress.Value) bool { return v.Rat == nil })
		slices.SortFunc(values, func(x, y progress.Value) int { return y.Rat.Cmp(x.Rat) })
		for _, v := range values {
			value, _ := v.Rat.Float64()
			a.add(value)
		}
		return a, err
	}
}

// series are all elements of one area over all years.
func (c *city) series(area network.Area) func(*db.Tx) (answer, error) {
	return func(tx *db.Tx) (a answer, err error) {
		amounts, err := fact.Read(tx, fact.Query{Areas: []int64{area.ID}, Periods: c.all, Elements: c.elements})
		for _, p := range c.all {
			for _, e := range c.elements {
				if found := amounts.At(area.ID, p, e, quantity.SexTotal, 0, 0); found.Reported > 0 {
					a.add(float64(found.Value))
				}
			}
		}
		return a, err
	}
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
