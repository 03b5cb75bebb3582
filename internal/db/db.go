// Package db opens the one database and runs transactions on it: SQLite in a file or PostgreSQL
// behind a URL, with one SQL text for both. It knows isolation, retry, waiting lines and what a
// driver's error codes mean; it knows no table of the product.
package db

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// DB is an open database. On SQLite there is one writing connection behind a first-come-first-served
// gate and a pool of readers; on PostgreSQL one pool serves both.
type DB struct {
	Postgres bool
	write    *sql.DB
	read     *sql.DB
	writing  chan struct{} // SQLite: sql.DB's own queue is not first come first served
	alone    chan struct{} // acceptance, see UpdateAlone
	clock    func() time.Time
	ahead    atomic.Pointer[func(*Tx) (time.Duration, error)]
	guard    Guard
	memory   memory
	watch    watch
	carried  any
	scratch  string // folder of a copy made for reading only
	past     bool   // the copy is of an earlier day
}

// Carried is what Carry was given.
func (d *DB) Carried() any { return d.carried }

// Carry gives every transaction of d a value from outside the database, such as the keys that the journal needs.
func (d *DB) Carry(v any) { d.carried = v }

// Option changes how Open sets a database up.
type Option func(*DB)

// WithClock replaces the clock behind Tx.Now.
func WithClock(clock func() time.Time) Option { return func(d *DB) { d.clock = clock } }

// Shift lets an installation go by a clock of its own: how far it is ahead is asked in each transaction, so that all
// processes agree.
func (d *DB) Shift(ahead func(*Tx) (time.Duration, error)) { d.ahead.Store(&ahead) }

const (
	maxAttempts = 50
	// KiB that each connection to SQLite may keep of the file; what it does not the machine does.
	writerCache, readerCache = 16384, 2048
)

// readers is how many connections of SQLite read at once: twice as many as there are cores to work for them. Each takes
// some six megabytes.
var readers = min(8, max(4, 2*runtime.NumCPU()))

// served is how many connections to PostgreSQL there are.
const served = 32

// AtOnce is how many transactions that only read are worth having at once.
func (d *DB) AtOnce() int {
	if d.Postgres {
		return served / 2
	}
	return readers
}

// Open opens the database at target: a postgres:// URL or the path of a SQLite file, which is
// created with its folder if missing. The schema is left as it is; see Migrate.
func Open(ctx context.Context, target string, options ...Option) (*DB, error) {
	d := newDB(options)
	if err := d.connect(target); err != nil {
		return nil, err
	}
	if err := d.write.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("open database %s: %w", redact(target), err)
	}
	return d, nil
}

func newDB(options []Option) *DB {
	d := &DB{writing: make(chan struct{}, 1), alone: make(chan struct{}, 1), clock: time.Now,
		watch: watch{name: NewID()}}
	for _, option := range options {
		option(d)
	}
	return d
}

func isPostgres(target string) bool {
	return strings.HasPrefix(target, "postgres://") || strings.HasPrefix(target, "postgresql://")
}

func (d *DB) connect(target string) error {
	if isPostgres(target) {
		d.Postgres = true
		config, err := pgx.ParseConfig(target)
		if err != nil {
			return fmt.Errorf("open database %s: %w", redact(target), err)
		}
		if config.RuntimeParams["lock_timeout"] == "" {
			config.RuntimeParams["lock_timeout"] = "10s"
		}
		if config.ConnectTimeout == 0 {
			config.ConnectTimeout = 5 * time.Second
		}
		d.write = stdlib.OpenDB(*config)
		d.write.SetMaxOpenConns(served)
		d.write.SetMaxIdleConns(served)
		d.read = d.write
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return fmt.Errorf("create the database's folder: %w", err)
	}
	d.write = sql.OpenDB(connector{sqliteDSN(target, "immediate", writerCache)})
	d.write.SetMaxOpenConns(1)
	d.read = sql.OpenDB(connector{sqliteDSN(target, "deferred", readerCache)})
	d.read.SetMaxOpenConns(readers + 1) // one watches, see State
	d.read.SetMaxIdleConns(readers)
	return nil
}

// sqliteDSN: WAL lets readers go on while one writes; synchronous FULL because a signature that a
// person saw confirmed must survive a power cut.
func sqliteDSN(path, lock string, cacheKiB int) string {
	q := url.Values{"_txlock": {lock}, "_time_format": {"sqlite"}, "_timezone": {"UTC"}}
	for _, p := range []string{"busy_timeout(3000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		fmt.Sprintf("cache_size(-%d)", cacheKiB)} {
		q.Add("_pragma", p)
	}
	return sqliteURI(path, q)
}

// readOnlyDSN: of an immutable file SQLite asks no lock and writes nothing beside it.
func readOnlyDSN(path string, immutable bool) string {
	q := url.Values{"mode": {"ro"}, "_txlock": {"deferred"}, "_time_format": {"sqlite"}, "_timezone": {"UTC"},
		"_pragma": {"busy_timeout(10000)", "query_only(1)"}}
	if immutable {
		q.Set("immutable", "1")
	}
	return sqliteURI(path, q)
}

func sqliteURI(path string, q url.Values) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func redact(target string) string {
	if u, err := url.Parse(target); err == nil && u.User != nil {
		return u.Redacted()
	}
	return target
}

// Now is what the clock of this process shows. A transaction may be ahead of it, see Shift.
func (d *DB) Now() time.Time { return d.clock().UTC().Truncate(time.Microsecond) }

// Close closes all connections.
func (d *DB) Close() error {
	d.watch.close()
	err := d.write.Close()
	if d.read != d.write {
		if e := d.read.Close(); err == nil {
			err = e
		}
	}
	if d.scratch != "" {
		os.RemoveAll(d.scratch)
	}
	return err
}

// View runs fn on one unchanging snapshot. Writing fails.
func (d *DB) View(ctx context.Context, fn func(*Tx) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if d.Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	return known(d.run(ctx, d.read, options, "", fn))
}

// Update runs fn in one serialisable transaction, again from its start when another one was in its way.
// fn must therefore have no effect outside tx; what must follow the commit goes to Tx.After.
func (d *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	return d.update(ctx, "", fn)
}

// UpdateAlone is Update for transactions that all touch the same upper rows: they run one at a time,
// first come first served, in all processes together. With plain serialisable retries 64 clients reach
// 7 commits a second, one at a time 124 (shared/performance.md §2).
func (d *DB) UpdateAlone(ctx context.Context, fn func(*Tx) error) error {
	leave, err := enter(ctx, d.alone)
	if err != nil {
		return err
	}
	defer leave()
	return d.update(ctx, "LOCK TABLE accept_gate IN EXCLUSIVE MODE", fn)
}

func (d *DB) update(ctx context.Context, lock string, fn func(*Tx) error) error {
	if !d.Postgres {
		leave, err := enter(ctx, d.writing)
		if err != nil {
			return err
		}
		defer leave()
		lock = ""
	}
	for attempt := 1; ; attempt++ {
		err := d.run(ctx, d.write, &sql.TxOptions{Isolation: sql.LevelSerializable}, lock, fn)
		if err == nil || !retryable(err) || attempt == maxAttempts {
			return known(err)
		}
		if ctx.Err() != nil {
			return known(err)
		}
		pause := time.Duration(rand.Int64N(int64(min(attempt, 10)) * int64(2*time.Millisecond)))
		select {
		case <-ctx.Done():
			return known(ctx.Err())
		case <-time.After(pause):
		}
	}
}

func enter(ctx context.Context, gate chan struct{}) (leave func(), err error) {
	select {
	case gate <- struct{}{}:
		return func() { <-gate }, nil
	case <-ctx.Done():
		return nil, known(ctx.Err())
	}
}

func (d *DB) run(ctx context.Context, pool *sql.DB, options *sql.TxOptions, lock string, fn func(*Tx) error) error {
	stx, err := pool.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer stx.Rollback() // no effect after commit
	tx := &Tx{Context: ctx, Now: d.Now(), db: d, tx: stx, Writes: !options.ReadOnly}
	tx.Machine = tx.Now
	if lock != "" {
		// before anything takes a snapshot
		if _, err := stx.ExecContext(ctx, lock); err != nil {
			return err
		}
	}
	if ahead := d.ahead.Load(); ahead != nil {
		by, err := (*ahead)(tx)
		if err != nil {
			return err
		}
		tx.Now = tx.Now.Add(by)
	}
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Settle(); err != nil {
		return err
	}
	if err := stx.Commit(); err != nil {
		return err
	}
	for _, after := range tx.after {
		after()
	}
	return nil
}
