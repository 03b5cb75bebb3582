// Package cli is the command line: one file per command. Exit codes: 0 done, 1 refused or invalid, 2 usage.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"yipanqi/internal/app"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Exit codes that other programs rely on.
const (
	done    = 0
	refused = 1
	usage   = 2
)

type commands struct {
	DB   string `name:"db" env:"YIPANQI_DB" placeholder:"FILE|postgres://…" help:"Database: a SQLite file (default: yipanqi.db in the data folder) or a PostgreSQL URL."`
	Data string `name:"data" env:"YIPANQI_DATA" default:"var" help:"Folder of the database, the keys and the attachments."`

	Serve    serveCommand    `cmd:"" help:"Serve the pages and the API."`
	Import   importCommand   `cmd:"" help:"Load a city's plain files (CSV and YAML). Never signs."`
	Report   reportCommand   `cmd:"" help:"Write reports."`
	Verify   verifyCommand   `cmd:"" help:"Check a receipt without server or database."`
	Journal  journalCommand  `cmd:"" help:"Check the journal."`
	Key      keyCommand      `cmd:"" help:"The installation's public key."`
	Check    checkCommand    `cmd:"" help:"Hold every figure of a report against the data 数据核对."`
	Rebuild  rebuildCommand  `cmd:"" help:"Recompute all sums from the accepted facts, or compare only."`
	Jobs     jobsCommand     `cmd:"" help:"What happens by itself: reminders, mail, follow-up work."`
	Matters  mattersCommand  `cmd:"" help:"What must be followed up 督办."`
	Round    roundCommand    `cmd:"" help:"Evaluation rounds 评估."`
	Register registerCommand `cmd:"" help:"Registers: check definitions, list, measure, bring in."`
	Form     formCommand     `cmd:"" help:"Forms 报表: check a file, write one."`
	Rules    rulesCommand    `cmd:"" help:"Rules of forms, tried on what was accepted."`
	User     userCommand     `cmd:"" help:"People, posts and accounts."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// console is what a command talks to.
type console struct {
	context.Context
	in       io.Reader
	out, err io.Writer
	db, data string
}

// Main runs one command and returns its exit code.
func Main(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	exited := -1
	parser, err := kong.New(&c, kong.Name("yipanqi"), kong.Writers(out, errOut),
		kong.UsageOnError(), kong.ShortUsageOnError(),
		kong.Exit(func(code int) { exited = code }),
		kong.Description("Yipanqi 一盘棋: the working system of a city's Women and Children Working Committee."))
	if err != nil {
		fmt.Fprintln(errOut, err)
		return usage
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 { // --help
		return exited
	}
	if err != nil {
		fmt.Fprintf(errOut, "yipanqi: 命令写法不对 wrong usage: %v\n看用法 see: yipanqi --help\n", err)
		return usage
	}
	err = parsed.Run(&console{ctx, in, out, errOut, c.DB, c.Data})
	if err == nil {
		return done
	}
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(errOut, "yipanqi: 已按要求停止，没有做完。stopped as asked, unfinished.")
	case !errors.Is(err, errSaid):
		say(errOut, err)
	}
	if errors.Is(err, app.ErrOlder) { // not this program's to answer
		return usage
	}
	return refused
}

// errSaid ends a command that has already said what is wrong.
var errSaid = errors.New("already said")

func say(w io.Writer, err error) {
	var e *errs.Error
	if errors.As(err, &e) {
		if e.Err == app.ErrOlder || db.Spoke(e.Err) {
			e = &errs.Error{Kind: e.Kind, Words: e.Words, Fields: e.Fields}
		}
		fmt.Fprintln(w, "yipanqi: "+e.Error())
		return
	}
	fmt.Fprintln(w, "yipanqi:", err)
}

func (c *console) open(config app.Config) (*app.App, error) {
	config.DB, config.Data = c.db, c.data
	return app.Open(c, config)
}

// openHeld opens an installation that is there already, so that a mistyped folder is refused and not taken for an empty
// city.
func (c *console) openHeld() (*app.App, error) {
	if err := c.held(); err != nil {
		return nil, err
	}
	return c.open(app.Config{})
}

// openToRead opens an installation, or a copy of its database, and writes nothing.
func (c *console) openToRead() (*app.App, error) {
	if err := c.held(); err != nil {
		return nil, err
	}
	return app.OpenReadOnly(c, app.Config{DB: c.db, Data: c.data})
}

func (c *console) held() error {
	file := c.db
	if file == "" {
		file = filepath.Join(c.data, "yipanqi.db")
	}
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) && !strings.Contains(file, "://") {
		return errs.Missingf("这里没有数据：%s。请用 --data（或 YIPANQI_DATA）指明数据目录；新装的先运行 yipanqi serve 或 yipanqi import。", file)
	}
	return nil
}

func (c *console) json(v any) error {
	enc := json.NewEncoder(c.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

type versionCommand struct{}

func (versionCommand) Run(c *console) error {
	_, err := fmt.Fprintln(c.out, "yipanqi", app.Version)
	return err
}
