// Package dbtest gives tests a migrated database of their own, on SQLite and on a real PostgreSQL that the
// test binary starts for itself. It is for tests only.
package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Each runs test once on SQLite and once on PostgreSQL, in parallel, each on a fresh database.
func Each(t *testing.T, test func(*testing.T, *db.DB), options ...db.Option) {
	t.Helper()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			target := SQLite(t)
			if kind == "postgres" {
				target = Postgres(t)
			}
			test(t, Open(t, target, options...))
		})
	}
}

// Turned is Each with a clock for each of the two databases, in seconds, that the test turns: it goes on by one at
// every look. They run beside each other, so one clock for both would be turned by the other's test.
func Turned(t *testing.T, test func(*testing.T, *db.DB, *atomic.Int64)) {
	t.Helper()
	for kind, target := range map[string]func(testing.TB) string{"sqlite": SQLite, "postgres": Postgres} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			now := &atomic.Int64{}
			test(t, Open(t, target(t), db.WithClock(func() time.Time { return time.Unix(now.Add(1), 0) })), now)
		})
	}
}

// Filled is a database that is filled once for all tests of a package, on each kind; every test gets a copy of its own.
type Filled struct {
	Fill             func(testing.TB, *db.DB)
	sqlite, postgres template
}

type template struct {
	once   sync.Once
	source string // empty: Fill has failed, in the test that came first
}

// Each is Each on copies.
func (f *Filled) Each(t *testing.T, test func(*testing.T, *db.DB)) {
	t.Helper()
	for kind, open := range map[string]func(testing.TB) *db.DB{"sqlite": f.SQLite, "postgres": f.Postgres} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// SQLite opens a copy on SQLite.
func (f *Filled) SQLite(t testing.TB) *db.DB {
	t.Helper()
	f.sqlite.once.Do(func() {
		path := SQLite(t)
		f.fill(t, path)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f.sqlite.source = string(content)
	})
	if f.sqlite.source == "" {
		t.Fatal("the database could not be filled; see the test that came first")
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, []byte(f.sqlite.source), 0o600); err != nil {
		t.Fatal(err)
	}
	return Open(t, path)
}

// Postgres opens a copy on PostgreSQL.
func (f *Filled) Postgres(t testing.TB) *db.DB {
	t.Helper()
	sqliteOnly(t)
	f.postgres.once.Do(func() {
		url := Postgres(t)
		f.fill(t, url)
		f.postgres.source = nameOf(url)
	})
	if f.postgres.source == "" {
		t.Fatal("the database could not be filled; see the test that came first")
	}
	return Open(t, copied(t, f.postgres.source))
}

// fill closes the database after it: what writes a WAL back, and what PostgreSQL asks of a template.
func (f *Filled) fill(t testing.TB, target string) {
	t.Helper()
	d, err := db.Open(context.Background(), target, db.WithGuard(attest.Guard))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	d.Carry(Keys())
	f.Fill(t, d)
}

// Keys are the journal's keys of every test database.
var Keys = sync.OnceValue(func() journal.Keys {
	key, err := sign.ParseSecret(strings.Repeat("42", 32))
	if err != nil {
		panic(err)
	}
	public, err := key.Public()
	if err != nil {
		panic(err)
	}
	return journal.Keys{MAC: []byte("the journal key of tests"), Installation: key, Public: public}
})

// Open opens target for the length of the test as the program does: with keys for the journal, and what is written to
// definitions is attested.
func Open(t testing.TB, target string, options ...db.Option) *db.DB {
	t.Helper()
	d := open(t, target, append([]db.Option{db.WithGuard(attest.Guard)}, options...)...)
	d.Carry(Keys())
	targets.Store(d, target)
	return d
}

var targets sync.Map // of open databases

// Outside edits the database of d as somebody does who owns it and has nothing of the program.
func Outside(t testing.TB, d *db.DB, statements ...string) {
	t.Helper()
	target, _ := targets.Load(d)
	outside := open(t, target.(string))
	for _, statement := range statements {
		err := outside.Update(context.Background(), func(tx *db.Tx) error { return tx.Exec(statement) })
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// Tidy does what PostgreSQL does by itself, some time after many rows were written.
func Tidy(t testing.TB, d *db.DB) {
	t.Helper()
	target, _ := targets.Load(d)
	at, err := sql.Open("pgx", target.(string))
	if err == nil {
		defer at.Close()
		_, err = at.Exec(`VACUUM ANALYZE`)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, target string, options ...db.Option) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), target, options...)
	if err != nil {
		t.Fatalf("open the test database: %v", err)
	}
	d.Carry(Keys())
	t.Cleanup(func() { d.Close() })
	return d
}

var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "yq-sqlite")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	if err := migrate(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// SQLite is the path of a fresh, migrated SQLite database.
func SQLite(t testing.TB) string {
	t.Helper()
	content, err := sqliteTemplate()
	if err != nil {
		t.Fatalf("make the SQLite template: %v", err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func migrate(target string) error {
	d, err := db.Open(context.Background(), target)
	if err != nil {
		return err
	}
	defer d.Close() // writes the WAL back into the file
	return d.Migrate(context.Background())
}

var databases atomic.Int64

// Postgres is the URL of a fresh, migrated PostgreSQL database; it is dropped with the server. With SQLITE_ONLY set, as
// in a mutation run, the test is skipped.
func Postgres(t testing.TB) string {
	t.Helper()
	sqliteOnly(t)
	return copied(t, "yq_template")
}

// sqliteOnly skips what is not for mutation runs and quick work. Where nothing may be left out, it is not heard.
func sqliteOnly(t testing.TB) {
	t.Helper()
	if os.Getenv("SQLITE_ONLY") != "" && os.Getenv("REQUIRE_ALL") == "" {
		t.Skip("SQLITE_ONLY is set")
	}
}

// EmptyPostgres is the URL of a PostgreSQL database without a schema.
func EmptyPostgres(t testing.TB) string {
	t.Helper()
	return copied(t, "template0")
}

func copied(t testing.TB, template string) string {
	t.Helper()
	s, err := server()
	if err != nil {
		t.Fatalf("start PostgreSQL (`make test` installs it): %v", err)
	}
	name := fmt.Sprintf("test_%d", databases.Add(1))
	if err := s.create(name, template); err != nil {
		t.Fatalf("create a test database: %v", err)
	}
	return s.url(name)
}
