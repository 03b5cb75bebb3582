package job_test

// What happens by itself happens once: in pieces, by many processes, over failures and jumping clocks; an idle runner
// writes nothing. Its hand and runner are the fixture of the package.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
)

// hand is a clock that a test moves.
type hand struct {
	mu sync.Mutex
	at time.Time
}

func (h *hand) now() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.at }
func (h *hand) set(day, clock string) {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, db.China)
	if err != nil {
		panic(err)
	}
	h.mu.Lock()
	h.at = at
	h.mu.Unlock()
}
func (h *hand) add(d time.Duration) { h.mu.Lock(); h.at = h.at.Add(d); h.mu.Unlock() }

func eachHand(t *testing.T, test func(*testing.T, *db.DB, *hand)) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			target := dbtest.SQLite(t)
			if kind == "postgres" {
				target = dbtest.Postgres(t)
			}
			h := &hand{}
			h.set("2026-03-02", "12:00")
			test(t, dbtest.Open(t, target, db.WithClock(h.now)), h)
		})
	}
}

func runner(t *testing.T, d *db.DB, jobs job.Jobs) *job.Runner {
	t.Helper()
	r, err := job.NewRunner(d, jobs)
	must(t, err)
	return r
}

func tick(t *testing.T, r *job.Runner) {
	t.Helper()
	must(t, r.Tick(context.Background()))
}

func state(t *testing.T, d *db.DB, r *job.Runner, name string) job.State {
	t.Helper()
	for _, s := range overview(t, d, r).Jobs {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no job %s", name)
	return job.State{}
}

func overview(t *testing.T, d *db.DB, r *job.Runner) (o job.Overview) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		o, err = r.Read(tx)
		return err
	}))
	return o
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// note leaves a mark in the database, which the journal would count.
func note(tx *db.Tx, object string) error {
	return journal.Log(tx, journal.System, "mark.made", object, nil)
}

func marks(t *testing.T, d *db.DB, object string) (n int) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		all, err := journal.Of(tx, object)
		n = len(all)
		return err
	}))
	return n
}

// A day's job runs once for its moment, not before, and once for many days that a jumping clock skipped.
func TestEveryDayOnce(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		var rounds []string
		r := runner(t, d, job.Jobs{Every: []job.Every{{Name: "day", At: "07:30",
			Run: func(tx *db.Tx, r job.Round) (string, error) {
				rounds = append(rounds, fmt.Sprintf("%s+%d", r.Day(), r.Missed))
				return "", note(tx, "day/"+r.Day())
			}}}})
		for _, at := range [][2]string{{"2026-03-02", "12:00"}, {"2026-03-03", "07:29"}, {"2026-03-03", "07:30"},
			{"2026-03-03", "07:31"}, {"2026-03-03", "23:00"}, {"2026-04-03", "09:00"}, {"2026-04-03", "10:00"},
			{"2026-04-04", "07:30"}} {
			h.set(at[0], at[1])
			tick(t, r)
		}
		if got := strings.Join(rounds, " "); got != "2026-03-03+0 2026-04-03+30 2026-04-04+0" {
			t.Errorf("rounds: %s", got)
		}
		s := state(t, d, r, "day")
		if s.LastFor != "2026-04-04" || s.NextAt == nil || s.NextAt.In(db.China).Format(time.DateTime) != "2026-04-05 07:30:00" {
			t.Errorf("state: %+v", s)
		}
	})
}

// A clock that was a month ahead and is put right holds nothing up for a month.
func TestClockPutRight(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		n := 0
		r := runner(t, d, job.Jobs{Every: []job.Every{{Name: "day", At: "07:30",
			Run: func(*db.Tx, job.Round) (string, error) { n++; return "", nil }}}})
		for _, day := range []string{"2026-03-03", "2026-04-20", "2026-03-04", "2026-03-05"} {
			h.set(day, "08:00")
			tick(t, r)
		}
		if n != 2 { // the first tick entered it; the month ahead; then not again on the day put right, but on the next
			t.Errorf("%d rounds", n)
		}
	})
}

// A round in pieces goes on where it stopped, and what failed is rolled back and tried again, later each time.
func TestPiecesAndFailures(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		broken := true
		r := runner(t, d, job.Jobs{Every: []job.Every{{Name: "day", At: "07:30",
			Run: func(tx *db.Tx, r job.Round) (string, error) {
				must(t, note(tx, "piece/"+r.Rest))
				switch {
				case r.Rest == "":
					return "b", nil
				case r.Rest == "b" && broken:
					panic("a fault")
				case r.Rest == "b":
					return "c", nil
				}
				return "", nil
			}}}})
		tick(t, r)
		h.set("2026-03-03", "07:30")
		tick(t, r)
		s := state(t, d, r, "day")
		if s.Failures != 1 || !strings.Contains(s.Error, "a fault") || !s.Running {
			t.Errorf("after a failure: %+v", s)
		}
		tick(t, r) // too early
		for range 3 {
			h.add(10 * time.Minute)
			tick(t, r)
		}
		if s = state(t, d, r, "day"); s.Failures != 4 {
			t.Errorf("after four: %+v", s)
		}
		broken = false
		h.add(time.Hour)
		tick(t, r)
		for object, want := range map[string]int{"piece/": 1, "piece/b": 1, "piece/c": 1} {
			if n := marks(t, d, object); n != want {
				t.Errorf("%s: %d marks", object, n)
			}
		}
		if s = state(t, d, r, "day"); s.Failures != 0 || s.Error != "" || s.LastFor != "2026-03-03" || s.Running {
			t.Errorf("at the end: %+v", s)
		}
	})
}

// Many runners on one database: each piece of each round is done once.
func TestManyRunners(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		jobs := job.Jobs{Every: []job.Every{{Name: "day", At: "07:30",
			Run: func(tx *db.Tx, r job.Round) (string, error) {
				next := r.Rest + "x"
				if len(next) > 20 {
					next = ""
				}
				return next, note(tx, fmt.Sprintf("piece/%s/%d", r.Day(), len(r.Rest)))
			}}}}
		runners := []*job.Runner{runner(t, d, jobs), runner(t, d, jobs), runner(t, d, jobs)}
		tick(t, runners[0])
		h.set("2026-03-03", "07:30")
		var all sync.WaitGroup
		for _, r := range runners {
			all.Go(func() {
				if err := r.Tick(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for i := range 21 {
			if n := marks(t, d, fmt.Sprintf("piece/2026-03-03/%d", i)); n != 1 {
				t.Errorf("piece %d was done %d times", i, n)
			}
		}
	})
}

func logged(t *testing.T, d *db.DB, verb string, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			return journal.Log(tx, journal.System, verb, fmt.Sprintf("thing/%d", i), nil)
		}))
	}
	must(t, journal.Seal(context.Background(), d))
}

// Every sealed entry of the verb once, in order; one that fails five times is set aside, and the cursor goes on.
func TestAfterEntries(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		must(t, journal.Adopt(context.Background(), d, nil))
		var seen []string
		broken := true
		r := runner(t, d, job.Jobs{After: []job.After{{Name: "follow", Verb: "thing.",
			Run: func(tx *db.Tx, e journal.Entry) error {
				if e.Object == "thing/2" && broken {
					return errors.New("cannot")
				}
				tx.After(func() { seen = append(seen, e.Object) })
				return nil
			}}}})
		logged(t, d, "other.change", 0, 3)
		tick(t, r)
		logged(t, d, "thing.change", 0, 5)
		tick(t, r)
		if got := strings.Join(seen, " "); got != "thing/0 thing/1" {
			t.Errorf("before the bad one: %s", got)
		}
		for range 4 {
			h.add(time.Hour)
			tick(t, r)
		}
		tick(t, r)
		if got := strings.Join(seen, " "); got != "thing/0 thing/1 thing/3 thing/4" {
			t.Errorf("after it was set aside: %s", got)
		}
		o := overview(t, d, r)
		if len(o.Asides) != 1 || o.Asides[0].Object != "thing/2" || o.Asides[0].Error != "cannot" {
			t.Fatalf("set aside: %+v", o.Asides)
		}
		retry := func() {
			must(t, d.Update(context.Background(), func(tx *db.Tx) error {
				return r.Retry(tx, auth.User{ID: "a", Name: "管理员"}, "follow", o.Asides[0].Seq)
			}))
			tick(t, r)
		}
		retry()
		if o = overview(t, d, r); len(o.Asides) != 1 || o.Asides[0].Again {
			t.Fatalf("after a retry in vain: %+v", o.Asides)
		}
		broken = false
		retry()
		if o = overview(t, d, r); len(o.Asides) != 0 || seen[len(seen)-1] != "thing/2" {
			t.Fatalf("after a retry: %+v %v", o.Asides, seen)
		}
	})
}

// A runner with nothing to do writes nothing.
func TestIdleRunnerWritesNothing(t *testing.T) {
	t.Parallel()
	target := dbtest.SQLite(t)
	d := dbtest.Open(t, target)
	must(t, journal.Adopt(context.Background(), d, nil))
	r := runner(t, d, job.Jobs{Every: []job.Every{{Name: "day", At: "07:30",
		Run: func(*db.Tx, job.Round) (string, error) { return "", nil }}},
		After: []job.After{{Name: "follow", Verb: "thing.", Run: func(*db.Tx, journal.Entry) error { return nil }}},
		Channels: []job.Channel{{Name: "mail", Send: func(context.Context, []job.Delivery,
			func(job.Delivery, error)) error {
			return errors.New("nothing was to be sent")
		}}}})
	logged(t, d, "other.change", 0, 3)
	tick(t, r)
	written := func() (all string) {
		for _, name := range []string{target, target + "-wal"} {
			info, err := os.Stat(name)
			must(t, err)
			all += fmt.Sprint(info.Size(), info.ModTime())
		}
		return all
	}
	was := written()
	ctx, stop := context.WithTimeout(context.Background(), 2500*time.Millisecond)
	defer stop()
	r.Run(ctx)
	tick(t, r)
	if now := written(); now != was {
		t.Errorf("an idle runner wrote: %s, %s", was, now)
	}
}

// A database that goes by a clock of its own has its jobs by that clock: also one that is set back by years, and one
// that is moved on by hand.
func TestOwnClock(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		var rounds []string
		r := runner(t, d, job.Jobs{Every: []job.Every{{Name: "day", At: "07:30",
			Run: func(_ *db.Tx, r job.Round) (string, error) {
				rounds = append(rounds, r.Day())
				return "", nil
			}}}})
		tick(t, r)
		ahead := -2 * 365 * 24 * time.Hour
		d.Shift(func(*db.Tx) (time.Duration, error) { return ahead, nil })
		for range 3 {
			tick(t, r)
			ahead += 24 * time.Hour
		}
		if got := strings.Join(rounds, " "); got != "2024-03-03 2024-03-04" {
			t.Errorf("rounds: %s", got)
		}
	})
}
