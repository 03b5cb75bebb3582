package app

// Another installation keeps our signed checkpoints, so that a journal rewritten by whoever has all keys is found by
// it. The chain itself: package journal.

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, c Config) *App {
	t.Helper()
	c.Data = t.TempDir()
	a, err := Open(context.Background(), c)
	must(t, err)
	t.Cleanup(func() { a.Close() })
	return a
}

// happen journals something and seals it.
func happen(t *testing.T, a *App) journal.Checkpoint {
	t.Helper()
	ctx := context.Background()
	must(t, a.DB.Update(ctx, func(tx *db.Tx) error {
		return journal.Log(tx, journal.System, "thing.make", "thing/1", nil)
	}))
	must(t, journal.Seal(ctx, a.DB))
	c, err := a.lastCheckpoint()
	must(t, err)
	return c
}

func witnessOf(t *testing.T, fingerprints ...string) *httptest.Server {
	t.Helper()
	h, err := open(t, Config{WitnessFor: fingerprints}).Handler()
	must(t, err)
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	return s
}

func push(t *testing.T, s *httptest.Server, c journal.Checkpoint) error {
	t.Helper()
	p, err := newPusher(s.URL)
	must(t, err)
	p.client = s.Client()
	return p.send(context.Background(), c)
}

func TestAWitnessKeepsCheckpointsAndRefusesAnotherHistory(t *testing.T) {
	t.Parallel()
	city := open(t, Config{})
	before := happen(t, city)
	witness := witnessOf(t, before.Installation)
	kept := func() string {
		answer, err := witness.Client().Get(witness.URL + "/witness/" + before.Installation)
		must(t, err)
		defer answer.Body.Close()
		var c journal.Checkpoint
		must(t, json.NewDecoder(answer.Body).Decode(&c))
		must(t, c.Verify())
		return c.Seq
	}
	must(t, push(t, witness, before))
	must(t, push(t, witness, before)) // again is once
	after := happen(t, city)
	must(t, push(t, witness, after))
	if kept() != after.Seq {
		t.Errorf("the witness holds %s, not %s", kept(), after.Seq)
	}
	if err := push(t, witness, before); err == nil || !strings.Contains(err.Error(), "409") {
		t.Errorf("an older state put back is taken: %v", err)
	}
	forged := after
	forged.Hash = strings.Repeat("0", 64)
	if err := push(t, witness, forged); err == nil || !strings.Contains(err.Error(), "422") {
		t.Errorf("a checkpoint that nobody signed is taken: %v", err)
	}
	if err := push(t, witness, happen(t, open(t, Config{}))); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("a stranger's checkpoint is taken: %v", err)
	}
	if kept() != after.Seq {
		t.Errorf("after what was refused the witness holds %s", kept())
	}
	answer, err := witness.Client().Post(witness.URL+"/witness", "application/json",
		strings.NewReader(`{"schema":"`+strings.Repeat("x", 20<<10)+`"}`))
	must(t, err)
	if answer.Body.Close(); answer.StatusCode/100 != 4 {
		t.Errorf("20 KB are taken: %d", answer.StatusCode)
	}
}

// What the witness holds names the entry that was rewritten, by whoever holds database and keys.
func TestWhatAWitnessHoldsIsHeldAgainstTheJournal(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	city := open(t, Config{})
	c := happen(t, city)
	witness := witnessOf(t, c.Installation)
	must(t, push(t, witness, c))
	answer, err := witness.Client().Get(witness.URL + "/witness/" + c.Installation)
	must(t, err)
	defer answer.Body.Close()
	file := filepath.Join(t.TempDir(), "held.json")
	held, err := os.Create(file)
	must(t, err)
	_, err = held.ReadFrom(answer.Body)
	must(t, err)
	must(t, held.Close())
	known, err := city.ReadWitness(ctx, file)
	must(t, err)
	v, err := city.Verify(ctx, []journal.Known{known})
	must(t, err)
	if !v.OK {
		t.Fatalf("an honest journal contradicts its witness: %+v", v.Findings)
	}
	known.Head.Hash = strings.Repeat("0", 64) // as if another history had been sealed under this number
	v, err = city.Verify(ctx, []journal.Known{known})
	must(t, err)
	if v.OK {
		t.Error("another history under the same number agrees with the witness")
	}
}

// The running program sends by itself, and goes on when the witness was away.
func TestCheckpointsLeaveByThemselves(t *testing.T) {
	t.Parallel()
	got := make(chan journal.Checkpoint, 10)
	tries := 0
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if tries++; tries == 1 {
			http.Error(w, "away", http.StatusBadGateway)
			return
		}
		var c journal.Checkpoint
		if json.NewDecoder(r.Body).Decode(&c) == nil {
			got <- c
		}
	}))
	t.Cleanup(s.Close)
	a := open(t, Config{Witness: s.URL + "/keep"})
	a.pusher.client, a.pusher.pause = s.Client(), 20*time.Millisecond
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go a.pusher.run(ctx)
	want := happen(t, a)
	for deadline := time.After(20 * time.Second); ; {
		select {
		case c := <-got:
			must(t, c.Verify())
			if c.Seq == want.Seq {
				return
			}
		case <-deadline:
			t.Fatal("the newest checkpoint never arrived")
		}
	}
}

func TestWitnessAddresses(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{"https://witness.example": true, "https://witness.example/keep/it": true,
		"http://127.0.0.1:8081": true, "http://witness.example": false, "ftp://witness.example": false,
		"witness": false, "https://user:secret@witness.example": false, "https://": false} {
		if p, err := newPusher(address); (err == nil) != ok {
			t.Errorf("%s: %+v, %v", address, p, err)
		}
	}
}
