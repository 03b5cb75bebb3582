package app_test

// How long a city's figure takes to be proven down to its districts' signatures, in a journal of thousands of entries.

import (
	"context"
	"os"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/proof"
)

// BenchmarkProof proves a city's figure from the reports of its 16 districts, of which 15 have reported, in a journal
// that is longer than what one page follows.
func BenchmarkProof(b *testing.B) {
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite,
		"postgres": dbtest.EmptyPostgres} {
		b.Run(name, func(b *testing.B) {
			ctx := context.Background()
			a, err := app.Open(ctx, app.Config{Data: b.TempDir(), DB: target(b)})
			must(b, err)
			defer a.Close()
			_, err = a.LoadSample(ctx, os.DirFS("../../samples/beijing"), func(string, int, int) {})
			must(b, err)
			must(b, a.DB.Update(ctx, func(tx *db.Tx) error {
				for range 3000 {
					must(b, journal.Log(tx, journal.System, "session.open", "person/bench",
						map[string]string{"kind": "x"}))
				}
				return nil
			}))
			must(b, journal.Seal(ctx, a.DB))
			issuer, err := a.Secrets.Installation.Public()
			must(b, err)
			key := proof.Key{Indicator: "W-HEA-007", Area: "110000", Period: "2018"}
			var city network.Area
			must(b, a.DB.View(ctx, func(tx *db.Tx) (err error) {
				city, err = network.AreaByCode(tx, "110000", "")
				return err
			}))
			reader := auth.User{ID: "o", Posts: []auth.Post{{Role: auth.Office, AreaPath: city.Path}}}
			var took times
			for range 100 {
				must(b, a.DB.View(ctx, func(tx *db.Tx) (err error) {
					var p proof.Proof
					took = append(took, timed(func() {
						p, err = proof.Read(tx, reader, key, issuer)
					}))
					if err == nil && len(p.Sources) != 16 {
						b.Fatalf("%d sources, status %s", len(p.Sources), p.Status)
					}
					return err
				}))
			}
			atMost(b, name+": proof of a city's figure, 16 districts, p50", took.at(0.5), 100, "ms")
			atMost(b, name+": proof of a city's figure, 16 districts, p99", took.at(0.99), 200, "ms")
		})
	}
}
