package app_test

// What a page of an earlier day costs beside the same page of today, in the large city, in turn in one run. How long a
// day takes to be put together, once, is said beside it.

import (
	"net/http"
	"testing"
	"time"

	"yipanqi/internal/db"
)

// BenchmarkAsOf opens the city's pages as of the day on which the last report was accepted.
func BenchmarkAsOf(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			c := largeCity(b, engine)
			var day string
			must(b, c.View(b.Context(), func(tx *db.Tx) error {
				last, err := db.Value[time.Time](tx, `SELECT accepted_at FROM versions WHERE accepted_at IS NOT NULL
					ORDER BY accepted_at DESC LIMIT 1`)
				day = last.In(db.China).Format(time.DateOnly)
				return err
			}))
			s := c.serve(b)
			start := time.Now()
			for first := (page{path: "/board?year=2018&as_of=" + day}); first.status != http.StatusOK; {
				if s.visit(b, &first, 1); time.Since(start) > 15*time.Minute {
					b.Fatalf("%s as of %s is answered by %d", c.name, day, first.status)
				}
			}
			b.Logf("%-60s %8.2f s    (no target)", c.name+": a day put together", time.Since(start).Seconds())
			for _, path := range []string{"/board?year=2018", "/areas/" + c.areas["district"][0].Code + "?year=2018",
				"/indicators/I001?period=2018",
				"/proof?indicator=I001&area=" + c.areas["street"][0].Code + "&period=2018"} {
				today, then := page{path: path}, page{path: path + "&as_of=" + day}
				for range visits {
					s.visit(b, &today, 1)
					s.visit(b, &then, 1)
				}
				if today.status != http.StatusOK || then.status != http.StatusOK {
					b.Fatalf("%s is answered by %d, of that day by %d", path, today.status, then.status)
				}
				atMost(b, c.name+": "+path+" of that day ÷ today, p50", then.took.at(0.5)/today.took.at(0.5), 3, "×")
				b.Logf("%-60s %8.2f ms, %.2f ms of that day", "", today.took.at(0.5), then.took.at(0.5))
			}
		})
	}
}
