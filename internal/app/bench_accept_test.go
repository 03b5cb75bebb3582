package app_test

// How long acceptance takes, and that ten times the facts do not make it slower. The city is of bench_city_test.go.

import (
	"context"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

const accepts = 300

// BenchmarkAccept accepts reports of 50 cells in a city of a tenth of the facts and in the whole city by turns: the
// ratio says what the facts held cost.
func BenchmarkAccept(b *testing.B) {
	for _, engine := range []struct {
		name     string
		open     func(*testing.B, int) *bigCity
		p50, p99 float64
	}{{"sqlite", sqliteCity, 4, 30}, {"postgres", postgresCity, 10, 40}} {
		b.Run(engine.name, func(b *testing.B) {
			small, large := engine.open(b, size(b)/10), engine.open(b, size(b))
			few, many := acceptByTurns(b, small, large)
			atMost(b, small.name+": accept 50 cells, p50", few.at(0.5), engine.p50, "ms")
			atMost(b, small.name+": accept 50 cells, p99", few.at(0.99), engine.p99, "ms")
			atMost(b, large.name+": accept 50 cells, p50", many.at(0.5), engine.p50, "ms")
			atMost(b, large.name+": accept 50 cells, p99", many.at(0.99), engine.p99, "ms")
			atMost(b, "p50 with ten times the facts ÷ p50", many.at(0.5)/few.at(0.5), 1.5, "×")
		})
	}
}

func acceptByTurns(b *testing.B, small, large *bigCity) (few, many times) {
	b.Helper()
	var reports [2][]report
	for i, c := range []*bigCity{small, large} {
		var err error
		reports[i], err = c.signed(accepts, 0)
		must(b, err)
	}
	for n := range accepts {
		for i, c := range []*bigCity{small, large} {
			r := reports[i][n]
			before := c.figures(b, r)
			start := time.Now()
			must(b, c.accept(r))
			took := time.Since(start)
			c.compare(b, r, before)
			if i == 0 {
				few = append(few, took)
			} else {
				many = append(many, took)
			}
		}
	}
	return few, many
}

// figures are the report's elements in its community and in every area above, from the community up.
func (c *bigCity) figures(b *testing.B, r report) (all []map[int64]int64) {
	b.Helper()
	must(b, c.View(context.Background(), func(tx *db.Tx) error {
		ids := append([]int64{r.Area.ID}, r.Area.AncestorIDs()...)
		q := fact.Query{Areas: ids, Periods: []period.Period{r.Period}}
		for e := range r.cells {
			q.Elements = append(q.Elements, e)
		}
		amounts, err := fact.Read(tx, q)
		all = make([]map[int64]int64, len(ids))
		for i, id := range ids {
			all[i] = map[int64]int64{}
			for e := range r.cells {
				all[i][e] = amounts.At(id, r.Period, e, quantity.SexTotal, 0, 0).Value
			}
		}
		return err
	}))
	return all
}

// compare fails unless every figure has moved by just what the report changed.
func (c *bigCity) compare(b *testing.B, r report, before []map[int64]int64) {
	b.Helper()
	for level, after := range c.figures(b, r) {
		for e, v := range r.cells {
			if want := before[level][e] + v - before[0][e]; after[e] != want {
				b.Fatalf("%s: element %d is %d after the commit, want %d (%d levels up)",
					c.name, e, after[e], want, level)
			}
		}
	}
}
