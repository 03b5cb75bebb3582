package dbtest

// A PostgreSQL of our own for the tests: one server a process, a fresh database a test, gone with it.

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// postgres is a server in a temporary folder, reached by a unix socket only.
type postgres struct {
	dir  string
	mu   sync.Mutex // PostgreSQL refuses to copy a template that another copy reads
	root *sql.DB
	life io.Closer // the keeper's standard input: kept open, and kept from the garbage collector
}

func (s *postgres) url(name string) string {
	return fmt.Sprintf("postgres://postgres@/%s?host=%s&sslmode=disable", name, s.dir)
}

func nameOf(url string) string {
	_, rest, _ := strings.Cut(url, "@/")
	name, _, _ := strings.Cut(rest, "?")
	return name
}

func (s *postgres) create(name, template string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.root.Exec("CREATE DATABASE " + name + " TEMPLATE " + template)
	return err
}

// The shell that runs the server waits for the end of its standard input, which comes when this process
// ends in whatever way, then stops the server and removes the folder.
const keeper = `"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off \
	-c synchronous_commit=off -c max_connections=200 -c shared_buffers=256MB >"$2/log" 2>&1 & pid=$!
cat >/dev/null
kill -INT $pid; wait $pid; rm -rf "$2"`

var server = sync.OnceValues(func() (*postgres, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "yqpg") // short: a socket's path has 107 bytes at most
	if err != nil {
		return nil, err
	}
	as, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	if err := cluster(bin, dir, as); err != nil {
		return nil, err
	}
	run := exec.Command("sh", "-c", keeper, "keeper", bin, dir)
	run.SysProcAttr = as
	run.Dir = dir
	life, err := run.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := run.Start(); err != nil {
		return nil, err
	}
	s := &postgres{dir: dir, life: life}
	if s.root, err = sql.Open("pgx", s.url("postgres")); err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if err = s.root.Ping(); err == nil {
			break
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			return nil, fmt.Errorf("no answer: %w: %s", err, log)
		}
	}
	if err := s.create("yq_template", "template0"); err != nil {
		return nil, err
	}
	return s, migrate(s.url("yq_template"))
})

// cluster puts an empty cluster into dir: a copy of one that every program of this PostgreSQL's tests shares, since
// making it takes a second of processor each time.
func cluster(bin, dir string, as *syscall.SysProcAttr) error {
	program, err := os.Stat(filepath.Join(bin, "initdb"))
	if err != nil {
		return err
	}
	shared := filepath.Join(os.TempDir(), fmt.Sprintf("yqpg-empty-%x-%d", program.ModTime().Unix(), os.Geteuid()))
	do := func(name string, args ...string) error {
		c := exec.Command(name, args...)
		c.SysProcAttr, c.Dir = as, dir
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", name, err, bytes.TrimSpace(out))
		}
		return nil
	}
	if _, err := os.Stat(filepath.Join(shared, "data", "PG_VERSION")); err != nil {
		made, err := os.MkdirTemp("", "yqpg-empty")
		if err != nil {
			return err
		}
		defer os.RemoveAll(made)
		if as.Credential != nil {
			if err := os.Chown(made, int(as.Credential.Uid), int(as.Credential.Gid)); err != nil {
				return err
			}
		}
		err = do(filepath.Join(bin, "initdb"), "-D", filepath.Join(made, "data"), "-U", "postgres", "-A", "trust",
			"-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
		if err != nil {
			return err
		}
		if err := os.Rename(made, shared); err != nil && !errors.Is(err, fs.ErrExist) { // another was faster
			return err
		}
	}
	return do("cp", "-a", filepath.Join(shared, "data"), filepath.Join(dir, "data"))
}

// binaries is the folder of the newest PostgreSQL that Debian's packages have installed.
func binaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", errors.New("no /usr/lib/postgresql/*/bin: install the package postgresql-15")
	}
	sort.Strings(found)
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged: PostgreSQL refuses to run as root, so root hands it to the user postgres.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return &syscall.SysProcAttr{Setpgid: true}, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Setpgid: true, Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}
