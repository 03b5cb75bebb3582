package app_test

// What recounting all facts costs in time and memory beside a bare scan, and how much room a fact takes on disk.

import (
	"bytes"
	"context"
	"os"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
)

// BenchmarkRebuild recounts all facts, to compare (rebuild --check) and to write every sum anew, by turns with a bare
// scan of the table through the same driver.
func BenchmarkRebuild(b *testing.B) {
	for name, open := range engines() {
		b.Run(name, func(b *testing.B) {
			c := open(b, size(b))
			const rounds = 3
			var scans, checks, rebuilds times
			most := 0.0
			for range rounds {
				scans = append(scans, timed(func() { must(b, c.scan()) }))
				peak := peakMemory(func() {
					checks = append(checks, timed(func() { c.rebuild(b, true) }))
					must(b, c.maintain("DELETE FROM rollups"))
					rebuilds = append(rebuilds, timed(func() { c.rebuild(b, false) }))
				})
				most = max(most, peak)
			}
			b.Logf("%s: bare scan %.1f s, rebuild --check %.1f s, rebuild of all sums %.1f s", c.name,
				scans.at(0.5)/1000, checks.at(0.5)/1000, rebuilds.at(0.5)/1000)
			atMost(b, c.name+": rebuild --check ÷ bare scan", checks.at(0.5)/scans.at(0.5), 2, "×")
			atMost(b, c.name+": rebuild of all sums ÷ bare scan", rebuilds.at(0.5)/scans.at(0.5), 2, "×")
			atMost(b, c.name+": resident memory of this process", most, 400, "MB")
		})
	}
}

func timed(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}

// scan reads every column of every fact, in order of the key.
func (c *bigCity) scan() error {
	return c.View(context.Background(), func(tx *db.Tx) error {
		var row [10]int64
		return db.Each(tx, func(r db.Row) error {
			return r.Scan(&row[0], &row[1], &row[2], &row[3], &row[4], &row[5], &row[6], &row[7], &row[8], &row[9])
		}, `SELECT area_id, period, element_id, sex, category, calibre, value, mark, grade, version_id FROM facts`)
	})
}

func (c *bigCity) rebuild(b *testing.B, check bool) {
	b.Helper()
	report, err := fact.Rebuild(context.Background(), c.DB, check)
	must(b, err)
	if check && report.Count > 0 {
		b.Fatalf("%s: after all that was accepted the sums are wrong:\n%s", c.name, report)
	}
}

// peakMemory is the most memory that is resident while do runs, in MB.
func peakMemory(do func()) (peak float64) {
	debug.FreeOSMemory()
	done, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			peak = max(peak, resident())
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	do()
	close(done)
	<-stopped
	return peak
}

func resident() float64 {
	text, err := os.ReadFile("/proc/self/statm")
	fields := bytes.Fields(text)
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.Atoi(string(fields[1]))
	return float64(pages*os.Getpagesize()) / 1e6
}

// BenchmarkStorage says how much room the facts take.
func BenchmarkStorage(b *testing.B) {
	for name, open := range engines() {
		b.Run(name, func(b *testing.B) {
			c := open(b, size(b))
			must(b, c.View(context.Background(), func(tx *db.Tx) error {
				bytes := `SELECT sum(pgsize) FROM dbstat WHERE name = 'facts'`
				if c.Postgres {
					bytes = `SELECT pg_total_relation_size('facts')`
				}
				used, err := db.Value[int64](tx, bytes)
				if err != nil {
					return err
				}
				n, err := db.Value[int64](tx, `SELECT count(*) FROM facts`)
				if c.Postgres {
					b.Logf("%s: %.1f bytes for a fact, with its index (no target)", c.name, float64(used)/float64(n))
				} else {
					atMost(b, c.name+": bytes for a fact", float64(used)/float64(n), 30, "B")
				}
				return err
			}))
		})
	}
}
