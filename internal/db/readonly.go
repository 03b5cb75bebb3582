package db

// Reading only: an auditor's copy, a backup, the running system's own file. Nothing is made, migrated or locked for
// others, and no file appears beside the database.

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"

	"yipanqi/internal/errs"
)

// OpenReadOnly opens a database that is there, for View alone, and refuses what is no database of this program.
func OpenReadOnly(ctx context.Context, target string, options ...Option) (*DB, error) {
	d := newDB(options)
	var err error
	if isPostgres(target) {
		err = d.connect(readOnlyURL(target))
	} else {
		err = d.connectReadOnly(target)
	}
	if err != nil {
		return nil, err
	}
	if err := d.read.PingContext(ctx); err != nil {
		d.Close()
		return nil, fmt.Errorf("open database %s: %w", redact(target), err)
	}
	return d, nil
}

// readOnlyURL has the server refuse whatever would write.
func readOnlyURL(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return target // connecting says what is wrong with it
	}
	q := u.Query()
	q.Set("default_transaction_read_only", "on")
	u.RawQuery = q.Encode()
	return u.String()
}

func (d *DB) connectReadOnly(path string) error {
	if err := isSQLite(path); err != nil {
		return err
	}
	immutable := false
	if !holds(path+"-wal") && !exists(path+"-shm") { // nobody has it open and nothing is missing from it
		immutable = true
	} else if !exists(path + "-shm") { // a copy with its log: reading it would write beside it
		copied, err := d.copyOf(path)
		if err != nil {
			return err
		}
		path = copied
	}
	d.read = sql.OpenDB(connector{readOnlyDSN(path, immutable)})
	d.read.SetMaxOpenConns(readers)
	d.write = d.read
	return nil
}

// isSQLite refuses a missing, an empty and a foreign file with a sentence, before SQLite takes an empty one for new.
func isSQLite(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return errs.Missingf("没有数据库文件 %s。请用 --db 或 --data 指明数据库。", path)
	}
	if err != nil {
		return errs.Invalidf("读不了数据库文件 %s。请检查文件权限。", path)
	}
	defer f.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	switch n, _ := io.ReadFull(f, head); {
	case n == 0:
		return errs.Invalidf("数据库文件 %s 是空的（0字节），不是一盘棋的数据库。请用备份恢复，或检查 --db。", path)
	case string(head) != magic:
		return errs.Invalidf("文件 %s 不是SQLite数据库。请检查 --db 或 --data。", path)
	}
	return nil
}

// copyOf copies a database and its log into a temporary folder that Close removes.
func (d *DB) copyOf(path string) (string, error) {
	dir, err := os.MkdirTemp("", "yipanqi-verify")
	if err != nil {
		return "", err
	}
	d.scratch = dir
	into := filepath.Join(dir, "copy.db")
	return into, errors.Join(copyFile(path, into), copyFile(path+"-wal", into+"-wal"))
}

func copyFile(from, into string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(into, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func holds(path string) bool { info, err := os.Stat(path); return err == nil && info.Size() > 0 }

// Schema is the version of a database's schema; Newest is the one of this program. No version is an Invalid error: the
// database is somebody else's, or empty.
func (d *DB) Schema(ctx context.Context) (have int64, err error) {
	find := `SELECT count(*) FROM sqlite_master WHERE name = $1`
	if d.Postgres {
		find = `SELECT count(*) FROM pg_class WHERE oid = to_regclass($1)`
	}
	err = d.View(ctx, func(tx *Tx) error {
		for _, table := range []string{"goose_db_version", "journal", "settings"} {
			if n, err := Value[int64](tx, find, table); err != nil || n == 0 {
				return errors.Join(err, errs.Invalidf("这不是一盘棋的数据库：没有 %s 表。请检查 --db 或 --data。", table))
			}
		}
		have, err = Value[int64](tx, `SELECT COALESCE(max(version_id), 0) FROM goose_db_version`)
		return err
	})
	return have, err
}

// Newest is the version of the schema that this program writes.
func Newest() int64 {
	files, _ := fs.Glob(migrations, "migrations/*.sql") // sorted; the pattern is good
	version, err := goose.NumericComponent(files[len(files)-1])
	if err != nil {
		panic(err) // it is in the program
	}
	return version
}

// SchemaName is the name of the migration that made a version, to say which program wrote it.
func SchemaName(version int64) string {
	found, _ := fs.Glob(migrations, fmt.Sprintf("migrations/%04d_*.sql", version))
	if len(found) == 0 {
		return fmt.Sprintf("%04d", version)
	}
	return strings.TrimSuffix(filepath.Base(found[0]), ".sql")
}
