package app_test

// How long the page of a unit takes, today's and that of a past day, with the open work of every module: to one reader,
// and to ten in a closed loop.

import (
	"context"
	"sync"
	"testing"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/home"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/tag"
)

// BenchmarkUnit reads the page of a unit with all that it owes and owns, as its office sees it: today, and as of a past
// day.
func BenchmarkUnit(b *testing.B) {
	for name, open := range engines() {
		b.Run(name, func(b *testing.B) {
			c := open(b, size(b))
			must(b, c.list())
			c.tidy(b)
			office := auth.User{ID: c.office.ID, Posts: []auth.Post{{Role: auth.Office, Unit: "office",
				AreaPath: c.root.Path}}}
			modules := allHolds(b)
			var codes []string
			must(b, c.View(context.Background(), func(tx *db.Tx) error {
				units, err := network.AllUnits(tx)
				for _, u := range units[:min(len(units), 50)] {
					codes = append(codes, u.Code)
				}
				return err
			}))
			read := func(i int, day string) (took time.Duration, err error) { // with the wait for a connection
				took = timed(func() {
					err = c.View(context.Background(), func(tx *db.Tx) error {
						_, err := home.ReadUnit(tx, office, codes[i%len(codes)], 0, day, tag.Choice{}, modules)
						return err
					})
				})
				return took, err
			}
			for _, day := range []string{"", "2015-12-31"} {
				what := c.name + ": a unit's page" + map[bool]string{true: ", as of a past day"}[day != ""]
				var one, ten times
				for i := range 200 {
					took, err := read(i, day)
					must(b, err)
					one = append(one, took)
				}
				atMost(b, what+", p99", one.at(0.99), 100, "ms")
				var lock sync.Mutex
				var all sync.WaitGroup
				for reader := range 10 {
					all.Go(func() {
						for i := range 40 {
							took, err := read(reader+i, day)
							lock.Lock()
							if ten = append(ten, took); err != nil {
								b.Error(err)
							}
							lock.Unlock()
						}
					})
				}
				all.Wait()
				atMost(b, what+", ten at once, p99", ten.at(0.99), 300, "ms")
			}
		})
	}
}

// allHolds are the kinds of open work of all modules.
func allHolds(b *testing.B) []module.Hold {
	a, err := app.Open(context.Background(), app.Config{Data: b.TempDir()})
	must(b, err)
	b.Cleanup(func() { a.Close() })
	return a.List().Holds()
}
