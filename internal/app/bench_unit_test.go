package app_test

// How long the page of a unit takes, today's and that of a past day, with the open work of every module.

import (
	"context"
	"testing"

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
			for _, day := range []string{"", "2015-12-31"} {
				var took times
				for i := range 200 {
					must(b, c.View(context.Background(), func(tx *db.Tx) (err error) {
						took = append(took, timed(func() {
							_, err = home.ReadUnit(tx, office, codes[i%len(codes)], 0, day, tag.Choice{}, modules)
						}))
						return err
					}))
				}
				atMost(b, c.name+": a unit's page"+map[bool]string{true: ", as of a past day"}[day != ""]+", p99",
					took.at(0.99), 100, "ms")
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
