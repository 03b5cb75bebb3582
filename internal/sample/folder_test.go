package sample_test

// What is no file is named, and nobody waits for it: a named pipe, a folder, a file that may not be read.

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
)

func TestWhatIsNoFileIsNamed(t *testing.T) {
	t.Parallel()
	for what, put := range map[string]func(path string) error{
		"a named pipe": func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a folder":     func(path string) error { return os.Mkdir(path, 0o700) },
		"a lost link":  func(path string) error { return os.Symlink(path+".gone", path) },
	} {
		for _, name := range []string{"areas.csv", "city.yaml", "forms/HOME-1.yaml"} {
			t.Run(what+" "+path.Base(name), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				must(t, os.CopyFS(dir, os.DirFS("testdata/xinhe")))
				must(t, os.Remove(filepath.Join(dir, name)))
				must(t, put(filepath.Join(dir, name)))
				d := dbtest.Open(t, dbtest.SQLite(t))
				_, err := intake.Import(context.Background(), d, app.Imports(), os.DirFS(dir), quiet)
				if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), name+"：") {
					t.Errorf("said: %v", err)
				}
				untouched(t, d)
			})
		}
	}
}
