package app_test

// How benchmarks of this package open their databases, take times and say them beside a target. Nothing is measured
// here.

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"yipanqi/internal/app"
)

// size is how many facts the databases hold: BENCH_FACTS, a million if it is not set.
func size(b *testing.B) int {
	b.Helper()
	text := os.Getenv("BENCH_FACTS")
	if text == "" {
		return 1_000_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 100_000 {
		b.Fatalf("BENCH_FACTS=%s: want a number, at least 100000", text)
	}
	return n
}

// sqliteCity opens the city of so many facts in a file.
func sqliteCity(b *testing.B, facts int) *bigCity {
	b.Helper()
	dir := folder(b, fmt.Sprintf("sqlite-%d", facts))
	return openCity(b, fmt.Sprintf("SQLite, %d facts", facts),
		app.Config{DB: filepath.Join(dir, "city.db"), Data: dir}, facts)
}

// postgresCity opens it in a database of the server at BENCH_POSTGRES, which scripts/bench starts.
func postgresCity(b *testing.B, facts int) *bigCity {
	b.Helper()
	return openCity(b, fmt.Sprintf("PostgreSQL, %d facts", facts), app.Config{
		DB: database(b, fmt.Sprintf("city_%d", facts)), Data: folder(b, fmt.Sprintf("postgres-%d", facts))}, facts)
}

// database is where one of the server's stands, made if it is not there.
func database(b *testing.B, name string) string {
	b.Helper()
	server := os.Getenv("BENCH_POSTGRES")
	if server == "" {
		b.Fatal("BENCH_POSTGRES is not set: run `make bench`, which starts a server")
	}
	at, err := url.Parse(server)
	must(b, err)
	root, err := sql.Open("pgx", server)
	must(b, err)
	defer root.Close()
	var there bool
	must(b, root.QueryRow(`SELECT count(*) > 0 FROM pg_database WHERE datname = $1`, name).Scan(&there))
	if !there {
		_, err = root.Exec("CREATE DATABASE " + name)
		must(b, err)
	}
	at.Path = "/" + name
	return at.String()
}

// folder is one of BENCH_DIR, so that all benchmarks of a run share their databases, or of this benchmark alone.
func folder(b *testing.B, name string) string {
	b.Helper()
	dir := os.Getenv("BENCH_DIR")
	if dir == "" {
		return b.TempDir()
	}
	dir = filepath.Join(dir, name)
	must(b, os.MkdirAll(dir, 0o700))
	return dir
}

func engines() map[string]func(*testing.B, int) *bigCity {
	return map[string]func(*testing.B, int) *bigCity{"sqlite": sqliteCity, "postgres": postgresCity}
}

// times are how long the same thing took, again and again.
type times []time.Duration

// at is the quantile q, in milliseconds.
func (t times) at(q float64) float64 {
	slices.Sort(t)
	return float64(t[min(len(t)-1, int(q*float64(len(t))))]) / float64(time.Millisecond)
}

// atMost says a result with its target beside it. scripts/bench fails of the word MISSED once all have run.
func atMost(b *testing.B, what string, got, target float64, unit string) {
	b.Helper()
	word := "met"
	if got > target {
		word = "MISSED"
	}
	b.Logf("%-60s %8.2f %-4s target ≤ %g: %s", what, got, unit, target, word)
}

// atLeast is atMost the other way round.
func atLeast(b *testing.B, what string, got, target float64, unit string) {
	b.Helper()
	word := "met"
	if got < target {
		word = "MISSED"
	}
	b.Logf("%-60s %8.2f %-4s target ≥ %g: %s", what, got, unit, target, word)
}

// tidy does what PostgreSQL does by itself, some time after many rows were written.
func (c *bigCity) tidy(b *testing.B) {
	if !c.Postgres {
		return
	}
	at, err := sql.Open("pgx", c.config.DB)
	must(b, err)
	defer at.Close()
	_, err = at.Exec("VACUUM ANALYZE submissions")
	must(b, err)
}
