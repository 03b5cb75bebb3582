// Package app puts the program together: configuration, database, secrets and modules. modules.go has one line for
// each module.
package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/go-chi/httprate"

	"yipanqi/internal/account"
	"yipanqi/internal/asof"
	"yipanqi/internal/attest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/directory"
	"yipanqi/internal/errs"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/record"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/web"
	assets "yipanqi/web"
)

// Config is what the command line and the environment decide.
type Config struct {
	DB                  string         // postgres:// URL or a SQLite file; empty: yipanqi.db in Data
	Data                string         // folder of the database, the secrets and the attachments
	AllowSampleAccounts bool           // let the sample's accounts, whose passwords are public, in from other machines
	BaseURL             string         // where users reach the site; empty: not said
	Proxies             []netip.Prefix // what these say of their clients is believed
	Certificate         *Certificate   // of https; nil: http, as behind a proxy
	Witness             string         // address that takes this installation's checkpoints; empty: none
	WitnessFor          []string       // fingerprints of installations whose checkpoints this one keeps
	Authority           Authority      // of signing keys besides the installation; zero: none
	Clock               func() time.Time
	Modules             []module.Module // of a program that has more than ours
}

// Authority is a lawful certificate service: where it is, by which key it is known, and what lets us ask it.
type Authority struct{ URL, Key, Token string }

// Version is set by the linker at a release.
var Version = "dev"

// App is the running program.
type App struct {
	Config
	DB      *db.DB
	Secrets account.Secrets
	Sample  bool // holds the sample: every document and signature says so, for ever
	Clocked bool // the sample goes by a clock of its own
	Name    string
	all     module.List
	sealer  *journal.Sealer
	pusher  *pusher

	outgoing outgoing
	runner   *job.Runner
	days     *asof.Book
	missing  []string // secrets that a program which only reads went without
}

func (c *Config) fill() {
	if c.DB == "" {
		c.DB = filepath.Join(c.Data, "yipanqi.db")
	}
}

func (c Config) options() []db.Option {
	options := []db.Option{db.WithGuard(attest.Guard)}
	if c.Clock != nil {
		options = append(options, db.WithClock(c.Clock))
	}
	return options
}

// Open opens the data folder and the database and brings its schema up to date.
func Open(ctx context.Context, c Config) (*App, error) {
	c.fill()
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, errs.Invalidf("数据目录 %s 建不起来：%s。请换一个目录（--data）或检查权限。", c.Data, err.Error())
	}
	d, err := db.Open(ctx, c.DB, c.options()...)
	if err != nil {
		return nil, unopened(err)
	}
	a := &App{Config: c, DB: d, sealer: journal.NewSealer(d)}
	if c.Witness != "" {
		a.pusher, err = newPusher(c.Witness)
	}
	if err == nil {
		err = a.open(ctx)
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return a, nil
}

func unopened(err error) error {
	if errs.KindOf(err) != errs.Internal {
		return err
	}
	return &errs.Error{Kind: errs.Invalid, Words: say.New("打不开数据库。请检查 --db（或 YIPANQI_DB）和数据库服务。"), Err: err}
}

func (a *App) open(ctx context.Context) error {
	if err := a.DB.Migrate(ctx); err != nil {
		return unopened(err)
	}
	if err := a.loadSettings(ctx); err != nil { // first of all the clock: what a newer program adds is dated by it
		return err
	}
	if err := a.loadSecrets(ctx); err != nil {
		return err
	}
	if err := account.Begin(ctx, a.DB); err != nil {
		return err
	}
	if err := attest.Begin(ctx, a.DB); err != nil {
		return err
	}
	if err := submission.BeginOwing(ctx, a.DB); err != nil {
		return err
	}
	if err := record.Begin(ctx, a.DB); err != nil {
		return err
	}
	if err := a.prepare(); err != nil {
		return err
	}
	return a.beginFinding(ctx)
}

// ErrOlder says that a database has the schema of an earlier program, which only that program can verify.
var ErrOlder = errors.New("older schema")

// OpenReadOnly opens what is there to check it: it makes, migrates and seals nothing, and goes without secret keys.
func OpenReadOnly(ctx context.Context, c Config) (*App, error) {
	c.fill()
	d, err := db.OpenReadOnly(ctx, c.DB, c.options()...)
	if err != nil {
		return nil, unopened(err)
	}
	a := &App{Config: c, DB: d}
	if err := a.openReadOnly(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) openReadOnly(ctx context.Context) error {
	have, err := a.DB.Schema(ctx)
	if err != nil {
		return unopened(err)
	}
	if have > db.Newest() {
		return db.TooNew(have)
	}
	if have < db.Newest() {
		return &errs.Error{Kind: errs.Conflict, Err: ErrOlder,
			Words: say.New("数据库的结构版本是%d（%s），比本程序（%d）旧。请用结构版本为%d的程序核验；要升级，先备份，再运行一次本程序的 yipanqi serve，然后核验。",
				have, db.SchemaName(have), db.Newest(), have)}
	}
	if err := a.readSecrets(ctx); err != nil {
		return err
	}
	return a.loadSettings(ctx)
}

// Close seals what is left and closes the database.
func (a *App) Close() error {
	if a.sealer == nil { // only read
		return a.DB.Close()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return errors.Join(journal.Seal(ctx, a.DB), a.past().Close(), a.DB.Close())
}

// past opens earlier days of this installation.
func (a *App) past() *asof.Book {
	if a.days == nil {
		a.days = asof.New(a.DB, filepath.Join(a.Data, "asof"),
			func(from, to *db.Tx, place int64) error { return a.List().Past(from, to, place) })
	}
	return a.days
}

// Listen opens the address, or says in words what is in its way.
func Listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, errs.Conflictf("端口已被占用：%s。请关掉占用它的程序，或用 --addr 换一个端口，例如 --addr 127.0.0.1:8081。", addr)
	}
	if err != nil {
		return nil, errs.Invalidf("不能监听 %s：%s", addr, err.Error())
	}
	return l, nil
}

// Serve answers on l until ctx ends, then lets running requests finish.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	handler, err := a.Handler()
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	// a search for 10,000 characters is an address of 120 KB; what is longer net/http refuses without our words
	server := &http.Server{Handler: thrifty(handler, quiet, func() { a.giveBack(ctx) }),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 128 << 10, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
	var background sync.WaitGroup
	background.Go(func() { a.sealer.Run(ctx, 200*time.Millisecond) })
	background.Go(func() { a.runner.Run(ctx) })
	if a.pusher != nil {
		if last, err := a.lastCheckpoint(); err == nil && last.Signature != "" {
			a.pusher.offer(last)
		}
		background.Go(func() { a.pusher.run(ctx) })
	}
	served := make(chan error, 1)
	go func() {
		if a.Certificate == nil {
			served <- server.Serve(l)
			return
		}
		server.TLSConfig = a.Certificate.config()
		background.Go(func() { a.Certificate.renew(ctx) })
		served <- server.ServeTLS(l, "", "")
	}()
	select {
	case err = <-served:
	case <-ctx.Done():
		shutdown, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		err = server.Shutdown(shutdown)
	}
	stop()
	background.Wait()
	return err
}

// Handler is the whole site.
func (a *App) Handler() (http.Handler, error) {
	m, err := a.Mux()
	if err != nil {
		return nil, err
	}
	return web.Behind(a.Proxies, compressed(limited(m))), nil
}

// limited slows guessing down: each other machine may try to sign in, or have a receipt checked, 30 times a minute.
// Accounts also lock by themselves. What nobody signs in for may be read ten times as often; faults of facilities any
// machine, this one too, may report a few times an hour.
func limited(m *web.Mux) http.Handler {
	site := m.Handler()
	by := func(times int, within time.Duration, refusal say.Key) http.Handler {
		return httprate.LimitBy(times, within, func(r *http.Request) (string, error) {
			host, _, err := net.SplitHostPort(r.RemoteAddr) // behind a proxy that nobody named all share one allowance
			return host, err
		}, httprate.WithLimitHandler(m.Refuse(&errs.Error{Kind: errs.Often,
			Words: say.New(refusal)})))(site)
	}
	const often = "这台计算机一分钟里试的次数太多，这次没有办。请等一分钟再试。"
	slow, open := by(30, time.Minute, often), by(300, time.Minute, often)
	report := by(directory.ReportsAnHour, time.Hour, directory.Often)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case web.Directory(r.URL.Path) && r.Method == http.MethodPost:
			report.ServeHTTP(w, r)
		case !web.Limited(r.Method, r.URL.Path) || account.Loopback(web.Remote(r)):
			site.ServeHTTP(w, r)
		case web.Directory(r.URL.Path):
			open.ServeHTTP(w, r)
		default:
			slow.ServeHTTP(w, r)
		}
	})
}

// Mux is the route table with all modules in it.
func (a *App) Mux() (*web.Mux, error) {
	files, err := assets.Open()
	if err != nil {
		return nil, err
	}
	sealer := a.sealer
	if sealer == nil { // a house put together without its server: nobody waits for the nudges
		sealer = journal.NewSealer(a.DB)
	}
	m := web.NewMux(web.Config{DB: a.DB, User: account.Present, Env: a.env, Asset: files.URL, Committed: sealer.Nudge,
		BaseURL: a.BaseURL, Past: a.past().Past})
	m.Handle("GET /assets/", files.Handler())
	a.routes(m)
	return m, nil
}

// local says whether sample accounts may sign in from there.
func (a *App) local(remote string) bool { return a.AllowSampleAccounts || account.Loopback(remote) }

// Root is the actor of commands on the server's own command line.
var Root = auth.User{ID: "command-line", Name: "命令行"}
