package app_test

// Many clients accept at once and change the same sums: none is refused, few begin anew, and every snapshot adds up.

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"yipanqi/internal/db"
)

const crowdAccepts = 1000

// BenchmarkCrowd has many clients accept at once, each as fast as it can, reports of one form and one year: every one
// of them changes the same rows of the city. A reader checks all the while that every snapshot adds up.
func BenchmarkCrowd(b *testing.B) {
	for _, engine := range []struct {
		name      string
		open      func(*testing.B, int) *bigCity
		clients   int
		perSecond float64
		p99       float64
	}{{"sqlite", sqliteCity, 50, 200, 400}, {"postgres", postgresCity, 64, 100, 1000}} {
		b.Run(engine.name, func(b *testing.B) {
			c := engine.open(b, size(b))
			year := firstYear + rand.IntN(lastYear-firstYear+1)
			reports, err := c.signed(crowdAccepts, year)
			must(b, err)
			c.tries.Store(0)
			ctx, stop := context.WithCancel(context.Background())
			checks := make(chan int)
			go func() { checks <- c.watch(b, ctx, year) }()
			start := time.Now()
			took := c.crowd(b, reports, engine.clients)
			elapsed := time.Since(start)
			stop()
			b.Logf("%s: %d clients, %d accepted, none failed, %d snapshots added up", c.name,
				engine.clients, len(took), <-checks)
			atLeast(b, c.name+": accepted per second", float64(len(took))/elapsed.Seconds(), engine.perSecond, "/s")
			atMost(b, c.name+": p99 with waiting in line", took.at(0.99), engine.p99, "ms")
			atMost(b, c.name+": retries for each accepted", float64(c.tries.Load())/float64(len(took))-1, 0.1, "")
		})
	}
}

// crowd accepts the reports by so many clients.
func (c *bigCity) crowd(b *testing.B, reports []report, clients int) times {
	b.Helper()
	next, took := make(chan report), make(chan time.Duration, len(reports))
	var crowd sync.WaitGroup
	for range clients {
		crowd.Go(func() {
			for r := range next {
				start := time.Now()
				if err := c.accept(r); err != nil {
					b.Errorf("%s: a client is told: %v", c.name, err)
				}
				took <- time.Since(start)
			}
		})
	}
	for _, r := range reports {
		next <- r
	}
	close(next)
	crowd.Wait()
	close(took)
	var all times
	for t := range took {
		all = append(all, t)
	}
	return all
}

// watch checks in one snapshot after another, until ctx ends, that the city is what its districts, its streets and its
// communities come to. It returns how many snapshots it saw.
func (c *bigCity) watch(b *testing.B, ctx context.Context, year int) (snapshots int) {
	for ctx.Err() == nil {
		element := c.forms[0].Rows[rand.IntN(rowsOfAForm)].Of.ID
		err := c.View(context.Background(), func(tx *db.Tx) error {
			totals, err := db.All(tx, db.Single[int64], `SELECT CAST(sum(x.value) AS BIGINT) FROM (
					SELECT a.level, r.value FROM areas a JOIN rollups r ON r.area_id = a.id AND r.period = $1
					AND r.element_id = $2
					UNION ALL
					SELECT a.level, f.value FROM areas a JOIN facts f ON f.area_id = a.id AND f.period = $1
					AND f.element_id = $2
				) x GROUP BY x.level`, year*100, element)
			for _, t := range totals {
				if t != totals[0] || len(totals) != 4 {
					b.Errorf("%s: element %d of %d comes to %d at the four levels", c.name, element, year, totals)
					break
				}
			}
			return err
		})
		if err != nil {
			b.Errorf("%s: reading while others accept: %v", c.name, err)
		}
		snapshots++
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
	return snapshots
}
