package cli_test

// The program is killed in the middle of its work, and what is left must be whole: the step was taken or it was not,
// what was confirmed was taken, and every check of journal and sums is clean.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"yipanqi/internal/cli"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/sample"
)

const asProgram = "YIPANQI_TEST_AS_PROGRAM"

// The test's own binary is the program where a test asks for it: a process of its own, to be killed.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// kills is how often each stage is killed: twice, or as often as `make bench` says.
func kills() int {
	n, err := strconv.Atoi(os.Getenv("BENCH_KILLS"))
	if err != nil {
		return 2
	}
	return n
}

// installed is one installation whose program runs as a process of its own.
type installed struct {
	t              testing.TB
	database, data string
	addr           string
	process        *exec.Cmd
	said           *bytes.Buffer
	tokens         map[string]string
}

func (k *installed) program(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], append(args, "--db", k.database, "--data", k.data)...)
	c.Env = append(os.Environ(), asProgram+"=1")
	return c
}

func (k *installed) start() {
	k.t.Helper()
	k.process, k.said = k.program("serve", "--addr", k.addr), new(bytes.Buffer)
	k.process.Stdout, k.process.Stderr = k.said, k.said
	must(k.t, k.process.Start())
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if c, err := net.Dial("tcp", k.addr); err == nil {
			c.Close()
			if code, _ := k.try("", "GET", "/signin", nil); code == 200 {
				return
			}
		}
		if time.Now().After(deadline) {
			k.kill()
			k.t.Fatalf("the program does not start:\n%s", k.said)
		}
	}
}

func (k *installed) kill() {
	k.process.Process.Kill()
	k.process.Wait()
}

// try is one request; the code is 0 if no answer came.
func (k *installed) try(login, method, path string, in any) (code int, answer map[string]any) {
	body, err := json.Marshal(in)
	must(k.t, err)
	q, err := http.NewRequest(method, "http://"+k.addr+path, bytes.NewReader(body))
	must(k.t, err)
	q.Header.Set("Accept", "application/json")
	q.Header.Set("Content-Type", "application/json")
	if login != "" {
		q.Header.Set("Authorization", "Bearer "+k.tokens[login])
	}
	resp, err := http.DefaultClient.Do(q)
	if err != nil {
		return 0, nil
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, nil
	}
	json.Unmarshal(text, &answer)
	return resp.StatusCode, answer
}

// stage is one step of a submission's life: who takes it, what is sent, and the state after it.
type stage struct {
	name, login, after string
	input              func(shown map[string]any) map[string]any
}

func (k *installed) stages(t *testing.T, path string) []stage {
	version := func(shown map[string]any) map[string]any { return map[string]any{"version": shown["version"]} }
	sign := func(map[string]any) map[string]any {
		_, seen := k.try("chaoyang-statistician", "GET", path+"/prepare", nil)
		return map[string]any{"digest": seen["digest"], "phrase": sample.Phrase}
	}
	digest := ""
	prepare := func(shown map[string]any) map[string]any {
		in := sign(shown)
		digest, _ = in["digest"].(string)
		return in
	}
	return []stage{
		{"draft", "chaoyang-statistician", "draft", func(shown map[string]any) map[string]any {
			return map[string]any{"version": shown["version"], "cells": todoCells(t)}
		}},
		{"prepare", "chaoyang-statistician", "prepared", prepare},
		{"sign", "chaoyang-leader", "signed", func(map[string]any) map[string]any {
			return map[string]any{"digest": digest, "phrase": sample.Phrase}
		}},
		{"accept", "office", "accepted", version},
		{"amend", "chaoyang-statistician", "draft", func(shown map[string]any) map[string]any {
			return map[string]any{"version": shown["version"], "reason": "核对后修改"}
		}},
	}
}

// whole checks everything that can be checked.
func (k *installed) whole(when string) {
	k.t.Helper()
	if out, err := k.program("journal", "verify").CombinedOutput(); err != nil {
		k.t.Fatalf("%s: %v\n%s", when, err, out)
	}
}

func TestKilledAtAnyMomentNothingIsHalfDone(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			k := &installed{t: t, data: t.TempDir(), tokens: map[string]string{}}
			k.database = filepath.Join(k.data, "yipanqi.db")
			if kind == "postgres" {
				k.database = dbtest.Postgres(t)
			}
			l, err := net.Listen("tcp", "127.0.0.1:0")
			must(t, err)
			k.addr = l.Addr().String()
			l.Close()
			if out, err := k.program("import", "--sample", samples).CombinedOutput(); err != nil {
				t.Fatalf("import: %v\n%s", err, out)
			}
			k.start()
			t.Cleanup(func() { k.kill() })
			for _, login := range []string{"chaoyang-statistician", "chaoyang-leader", "office"} {
				_, answer := k.try("", "POST", "/tokens", map[string]any{"name": login,
					"password": sample.Password})
				k.tokens[login], _ = answer["token"].(string)
			}
			_, list := k.try("chaoyang-statistician", "GET", "/submissions?state=draft", nil)
			open, _ := list["submissions"].([]any)
			if len(open) != 1 {
				t.Fatalf("%d open forms: %v", len(open), list)
			}
			path := "/submissions/" + open[0].(map[string]any)["id"].(string)
			stages := k.stages(t, path)
			took := map[string]time.Duration{} // of each stage when nobody kills it, of late
			for round := range kills() + 1 {
				for _, s := range stages {
					if now := k.killedIn(path, s, round-1, kills(), took[s.name]); took[s.name] == 0 {
						took[s.name] = now
					} else if now > 0 {
						took[s.name] = (took[s.name] + now) / 2
					}
				}
			}
			k.whole("at the end")
		})
	}
}

// killedIn takes a stage, the first time undisturbed, then with a kill at an even share of the time that it takes. It
// returns how long the stage took undisturbed, which it does not when the kill came too late: a server that has just
// started takes longer than one that is warm, so the moments follow.
func (k *installed) killedIn(path string, s stage, round, rounds int, usual time.Duration) time.Duration {
	t := k.t
	t.Helper()
	_, shown := k.try(s.login, "GET", path, nil)
	in := s.input(shown)
	take := func() int { code, _ := k.try(s.login, "POST", path+"/"+s.name, in); return code }
	if round < 0 {
		start := time.Now()
		if code := take(); code != 200 {
			t.Fatalf("%s: %d", s.name, code)
		}
		return time.Since(start)
	}
	at := usual * time.Duration(2*round+1) / time.Duration(2*rounds)
	answered := make(chan int, 1)
	go func() { answered <- take() }()
	time.Sleep(at)
	k.kill()
	code := <-answered
	k.start()
	when := fmt.Sprintf("killed %s after the start of %s", at.Round(time.Microsecond), s.name)
	_, left := k.try(s.login, "GET", path, nil)
	taken := left["state"] == s.after && left["version"] != shown["version"]
	if !taken && (left["state"] != shown["state"] || left["version"] != shown["version"]) {
		t.Fatalf("%s: half done: %v version %v became %v version %v", when, shown["state"], shown["version"],
			left["state"], left["version"])
	}
	if code == 200 && !taken {
		t.Fatalf("%s: it was confirmed and is lost", when)
	}
	k.whole(when)
	t.Logf("%s: answered %d, taken %v", when, code, taken)
	if !taken {
		in = s.input(left)
		start := time.Now()
		if code := take(); code != 200 {
			t.Fatalf("%s: taken again: %d", when, code)
		}
		return time.Since(start)
	}
	return 0
}

// An import that was killed left nothing, or all: the next one brings in what the first would have, or nothing more.
func TestAKilledImportLeavesNothingOrAll(t *testing.T) {
	t.Parallel()
	const city = "../sample/testdata/xinhe"
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			fresh := func() *installed {
				k := &installed{t: t, data: t.TempDir()}
				k.database = filepath.Join(k.data, "yipanqi.db")
				if kind == "postgres" {
					k.database = dbtest.Postgres(t)
				}
				return k
			}
			changed := func(k *installed) float64 {
				t.Helper()
				out, err := k.program("import", city, "--json").Output()
				if err != nil {
					t.Fatalf("import: %v\n%s", err, out)
				}
				return object(t, out)["changed"].(float64)
			}
			start := time.Now()
			all := changed(fresh())
			usual := time.Since(start)
			for round := range kills() {
				k := fresh()
				at := usual*time.Duration(2*round+1)/time.Duration(2*kills()) + time.Duration(rand.IntN(3000))
				c := k.program("import", city)
				must(t, c.Start())
				time.Sleep(at)
				c.Process.Kill()
				c.Wait()
				if again := changed(k); again != all && again != 0 {
					t.Errorf("killed after %s: the next import changes %v rows, not %v or none", at, again, all)
				}
				k.whole(fmt.Sprintf("import killed after %s", at))
			}
		})
	}
}
