package cli_test

// `journal verify` writes nothing, reads a copy with its log, refuses what is no database of this installation, and
// takes over one from before the keyed chain. Edited entries: tamper_test.go; witnesses: witness_test.go.

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
)

// installation is a small city that has journaled something, closed and whole.
func installation(t *testing.T) (data string) {
	t.Helper()
	data = t.TempDir()
	run(t, 0, "", "import", "../sample/testdata/xinhe", "--data", data)
	return data
}

// verifying runs journal verify and returns what it says.
func verifying(t *testing.T, want int, data string, args ...string) string {
	t.Helper()
	return run(t, want, "", append([]string{"journal", "verify", "--data", data}, args...)...)
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	must(t, err)
	must(t, os.WriteFile(to, data, 0o600))
}

// filesOf is every file below a folder with its size and time, to see that nothing was touched.
func filesOf(t *testing.T, dir string) (all []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		all = append(all, path+" "+info.ModTime().String())
		return err
	}))
	return all
}

// Verifying a database in a read-only folder leaves it as it was, with its log or without.
func TestVerifyWritesNothing(t *testing.T) {
	t.Parallel()
	data := installation(t)
	before := filesOf(t, data)
	verifying(t, 0, data)
	if after := filesOf(t, data); strings.Join(before, "\n") != strings.Join(after, "\n") {
		t.Errorf("verify changed files:\n%s\nto\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	copied := filepath.Join(t.TempDir(), "copy")
	must(t, os.Mkdir(copied, 0o700))
	file := filepath.Join(copied, "yipanqi.db")
	copyFile(t, filepath.Join(data, "yipanqi.db"), file)
	must(t, os.Chmod(file, 0o400))
	must(t, os.Chmod(copied, 0o500))
	t.Cleanup(func() { os.Chmod(copied, 0o700) })
	before = filesOf(t, copied)
	verifying(t, 0, data, "--db", file)
	if after := filesOf(t, copied); strings.Join(before, "\n") != strings.Join(after, "\n") {
		t.Errorf("verify wrote beside a read-only copy: %v", after)
	}
}

// A copy taken while the program runs has a log beside it: what stands only there counts too.
func TestVerifyReadsACopyWithItsLog(t *testing.T) {
	t.Parallel()
	data := installation(t)
	a, err := app.Open(context.Background(), app.Config{Data: data})
	must(t, err)
	defer a.Close()
	must(t, a.DB.Update(context.Background(), func(tx *db.Tx) error {
		return tx.Exec(`UPDATE journal SET actor = 'X' WHERE seq = 1`)
	}))
	if out := verifying(t, 1, data); !strings.Contains(out, "存证日志第1条（") {
		t.Errorf("the running database: %s", out)
	}
	copied := t.TempDir()
	file := filepath.Join(copied, "copy.db")
	copyFile(t, filepath.Join(data, "yipanqi.db"), file)
	copyFile(t, filepath.Join(data, "yipanqi.db-wal"), file+"-wal")
	if out := verifying(t, 1, data, "--db", file); !strings.Contains(out, "存证日志第1条（") {
		t.Errorf("a copy with its log: %s", out)
	}
	if files := filesOf(t, copied); len(files) != 2 {
		t.Errorf("verify left files: %v", files)
	}
}

// What is no database of this installation is refused with a sentence, by verify and by serve.
func TestEmptyAndForeignAreRefused(t *testing.T) {
	t.Parallel()
	data, other := installation(t), installation(t)
	swap := func(t *testing.T, name string, put func(path string)) string {
		t.Helper()
		dir := t.TempDir()
		must(t, os.CopyFS(filepath.Join(dir, "data"), os.DirFS(data)))
		put(filepath.Join(dir, "data", name))
		return filepath.Join(dir, "data")
	}
	foreign := func(name string) func(string) {
		return func(path string) { copyFile(t, filepath.Join(other, name), path) }
	}
	for _, c := range []struct {
		what, name   string
		put          func(string)
		says, serves string
		want         int
	}{
		{"an empty file", "yipanqi.db", func(p string) { must(t, os.WriteFile(p, nil, 0o600)) },
			"0字节", "数据库却是空的", 1},
		{"a text", "yipanqi.db", func(p string) { must(t, os.WriteFile(p, []byte("a plain text file\n"), 0o600)) },
			"不是SQLite数据库", "打不开数据库", 1},
		{"another's database", "yipanqi.db", foreign("yipanqi.db"), "属于另一套系统", "属于另一套系统", 1},
		{"a fresh database", "yipanqi.db", func(p string) { copyFile(t, dbtest.SQLite(t), p) }, "空的", "空的", 1},
		{"a foreign pepper", "secrets/pepper", foreign("secrets/pepper"), "secrets/pepper", "secrets/pepper", 1},
		{"a foreign key", "secrets/installation.key", foreign("secrets/installation.key"), "secrets/installation.key",
			"secrets/installation.key", 1},
		{"a foreign journal key", "secrets/journal.key", foreign("secrets/journal.key"), "secrets/journal.key",
			"secrets/journal.key", 1},
		{"no pepper", "secrets/pepper", func(p string) { must(t, os.Remove(p)) },
			"secrets/pepper", "secrets/pepper", 1},
		{"no key", "secrets/installation.key", func(p string) { must(t, os.Remove(p)) }, "secrets/installation.key",
			"secrets/installation.key", 1},
		{"no journal key", "secrets/journal.key", func(p string) { must(t, os.Remove(p)) }, "校验码",
			"secrets/journal.key", 1},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			dir := swap(t, c.name, c.put)
			if out := verifying(t, c.want, dir); !strings.Contains(out, c.says) {
				t.Errorf("verify does not say %q: %s", c.says, out)
			}
			if out := run(t, 1, "", "serve", "--addr", "127.0.0.1:0", "--data", dir); !strings.Contains(out, c.serves) {
				t.Errorf("serve does not say %q: %s", c.serves, out)
			}
		})
	}
}

// A database of the program before the keyed chain is not touched by verify; serve takes it over under a baseline.
func TestUpgradeFromBeforeTheKeyedChain(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			target := filepath.Join(data, "yipanqi.db")
			if kind == "postgres" {
				target = dbtest.EmptyPostgres(t)
			}
			older(t, target)
			out := run(t, 2, "", "journal", "verify", "--db", target, "--data", data)
			if !strings.Contains(out, "0007_check") || !strings.Contains(out, "serve") {
				t.Errorf("it does not say which program to use: %s", out)
			}
			a, err := app.Open(context.Background(), app.Config{DB: target, Data: data})
			must(t, err)
			must(t, a.Close())
			run(t, 0, "", "journal", "verify", "--db", target, "--data", data)
			for edit, says := range map[string]string{
				`UPDATE journal SET actor = 'X' WHERE seq = 2`:              "被改动过",
				`UPDATE journal SET mac = '' WHERE seq = 4`:                 "被改动过",
				`UPDATE checkpoints SET baseline = 0`:                       "没有起始检查点",
				`DELETE FROM journal WHERE verb = 'journal.baseline'`:       "已被删除",
				`UPDATE checkpoints SET text = replace(text, '"4"', '"3"')`: "签名或内容被改动过",
				`UPDATE journal SET detail = '{"hash":""}' WHERE seq = 4`:   "校验码不符",
				`UPDATE checkpoints SET at = '2020-01-01 00:00:00+00:00'`:   "签名或内容被改动过",
				`INSERT INTO journal (at, actor_id, actor, verb, object, object_seq, detail)
					VALUES ('2020-01-01 00:00:00+00:00', '', '', 'v', 'x/1', 1, '')`: "没有校验码",
			} {
				undo(t, target, data, edit, says)
			}
		})
	}
}

// undo makes an edit on a copy-like state, expects it to be found, and puts the journal's tables back.
func undo(t *testing.T, target, data, edit, says string) {
	t.Helper()
	d, err := db.Open(context.Background(), target)
	must(t, err)
	defer d.Close()
	exec := func(statements ...string) {
		t.Helper()
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			for _, s := range statements {
				if err := tx.Exec(s); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	exec(`CREATE TABLE kept_journal AS SELECT * FROM journal`,
		`CREATE TABLE kept_checkpoints AS SELECT * FROM checkpoints`, edit)
	if out := run(t, 1, "", "journal", "verify", "--db", target, "--data", data); !strings.Contains(out, says) {
		t.Errorf("%s is not found by %q:\n%s", edit, says, out)
	}
	exec(`DELETE FROM journal`, `INSERT INTO journal SELECT * FROM kept_journal`, `DROP TABLE kept_journal`,
		`DELETE FROM checkpoints`, `INSERT INTO checkpoints SELECT * FROM kept_checkpoints`,
		`DROP TABLE kept_checkpoints`)
}

// Links of the two entries that older seals, as the program of schema 7 made them.
const (
	firstLink  = "ab50a92661f6845c21023465a90f2c153dc1572ec0194068f3c1cf998af8474c"
	secondLink = "e570485c53b238d45e40329d454bdec98c17ef3942235d9eae18ddece89d98d4"
)

// older makes a database as the program of schema 7 left it, with three entries, two of them sealed.
func older(t *testing.T, target string) {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, target)
	must(t, err)
	defer d.Close()
	must(t, d.MigrateTo(ctx, 7))
	must(t, d.Update(ctx, func(tx *db.Tx) error {
		for _, s := range []string{
			`INSERT INTO journal (at, actor_id, actor, verb, object, object_seq, detail, seq, hash) VALUES
				('2020-01-01 00:00:00+00:00', 'p', '张三', 'thing.make', 'thing/1', 1, '', 1, '` + firstLink + `')`,
			`INSERT INTO journal (at, actor_id, actor, verb, object, object_seq, detail, seq, hash) VALUES
				('2020-01-02 00:00:00+00:00', 'p', '张三', 'thing.change', 'thing/1', 2, '', 2, '` + secondLink + `')`,
			`INSERT INTO journal (at, actor_id, actor, verb, object, object_seq, detail) VALUES
				('2020-01-03 00:00:00+00:00', 'p', '张三', 'thing.change', 'thing/1', 3, '')`,
			`UPDATE seal_head SET seq = 2, hash = '` + secondLink + `'`,
		} {
			if err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	}))
}
