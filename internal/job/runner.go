package job

// The runner: what is due is done piece by piece, each in a transaction of its own that also notes that it is done. The
// next due moment is kept in memory, so an idle server reads now and then and writes nothing.

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"yipanqi/internal/db"
)

// Runner does the jobs of a program on one database.
type Runner struct {
	db       *db.DB
	every    []daily
	after    []After
	channels []Channel
	nudge    chan struct{}
	next     time.Time        // nothing is due before, as far as this process knows
	seen     map[string]int64 // how far a job has looked into the chain without finding anything to do
	resting  map[string]rest  // channels
}

type daily struct {
	Every
	at clockTime
}

// Jobs are all jobs of a program.
type Jobs struct {
	Every    []Every
	After    []After
	Channels []Channel
}

// tidying forgets deliveries that left long ago.
func tidying() Every {
	return Every{Name: "deliveries.tidy", Label: "清理寄出已满90天的记录", At: "03:10",
		Run: func(tx *db.Tx, _ Round) (string, error) { return "", tidy(tx, tx.Now.AddDate(0, 0, -90)) }}
}

// NewRunner returns a runner of these jobs; Run or Tick makes it work.
func NewRunner(d *db.DB, jobs Jobs) (*Runner, error) {
	r := &Runner{db: d, after: jobs.After, channels: jobs.Channels, nudge: make(chan struct{}, 1),
		seen: map[string]int64{}, resting: map[string]rest{}}
	names := map[string]bool{}
	for _, e := range append(jobs.Every, tidying()) {
		at, err := parseTime(e.At)
		if err != nil || names[e.Name] {
			return nil, fmt.Errorf("job %s at %q: %v", e.Name, e.At, err)
		}
		names[e.Name] = true
		r.every = append(r.every, daily{e, at})
	}
	for _, a := range jobs.After {
		if names[a.Name] {
			return nil, fmt.Errorf("two jobs are named %s", a.Name)
		}
		names[a.Name] = true
	}
	return r, nil
}

// Nudge says that there may be something to do. It never waits.
func (r *Runner) Nudge() {
	select {
	case r.nudge <- struct{}{}:
	default:
	}
}

// Run works until ctx ends: after nudges, when something is due, and looks once a minute for what other processes have
// left. The clock is asked each second, because it may be moved.
func (r *Runner) Run(ctx context.Context) {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for looked := time.Now(); ; looked = time.Now() {
		began := r.db.Now()
		if err := r.Tick(ctx); err != nil && ctx.Err() == nil {
			slog.Error("jobs", "error", err)
		}
		for waiting := true; waiting; {
			select {
			case <-ctx.Done():
				return
			case <-r.nudge:
				waiting = false
			case <-second.C:
				now := r.db.Now()
				waiting = now.Before(r.next) && now.After(began.Add(-time.Second)) && time.Since(looked) < time.Minute
			}
		}
	}
}

// Tick does all that is due now. What fails is noted and does not hold up the rest; the error is about the database.
func (r *Runner) Tick(ctx context.Context) error {
	r.next = r.db.Now().Add(time.Minute) // should it fail
	if err := r.Enter(ctx); err != nil {
		return err
	}
	var failures error
	for _, e := range r.every {
		failures = errors.Join(failures, r.daily(ctx, e))
	}
	for _, a := range r.after {
		failures = errors.Join(failures, r.follow(ctx, a))
	}
	failures = errors.Join(failures, r.again(ctx))
	for _, c := range r.channels {
		failures = errors.Join(failures, r.deliver(ctx, c))
	}
	if failures != nil {
		return failures
	}
	return r.look(ctx)
}

func (r *Runner) read(ctx context.Context) (by map[string]row, err error) {
	err = r.db.View(ctx, func(tx *db.Tx) (err error) {
		by, err = rows(tx)
		return err
	})
	return by, err
}

// Enter makes the rows of new jobs.
func (r *Runner) Enter(ctx context.Context) error {
	by, err := r.read(ctx)
	if err != nil {
		return err
	}
	missing := map[string]time.Time{}
	now := r.db.Now()
	for _, e := range r.every {
		if _, there := by[e.Name]; !there {
			missing[e.Name] = e.at.after(now)
		}
	}
	for _, a := range r.after {
		if _, there := by[a.Name]; !there {
			missing[a.Name] = now
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return r.db.Update(ctx, func(tx *db.Tx) error {
		for name, due := range missing {
			if err := enter(tx, name, due); err != nil {
				return err
			}
		}
		return nil
	})
}

// look finds when something is due next.
func (r *Runner) look(ctx context.Context) error {
	return r.db.View(ctx, func(tx *db.Tx) error {
		by, err := rows(tx)
		if err != nil {
			return err
		}
		next := tx.Now.Add(24 * time.Hour)
		sooner := func(at time.Time) {
			if at.Before(next) {
				next = at
			}
		}
		for _, e := range r.every {
			if w := by[e.Name]; w.failures > 0 && w.try.After(w.due) {
				sooner(w.try)
			} else {
				sooner(w.due)
			}
		}
		for _, a := range r.after {
			if w := by[a.Name]; w.failures > 0 {
				sooner(w.try)
			}
		}
		for _, c := range r.channels {
			at, err := nextDelivery(tx, c.Name)
			if err != nil {
				return err
			}
			if rests := r.resting[c.Name].until; !at.IsZero() && at.Before(rests) {
				at = rests
			}
			if !at.IsZero() {
				sooner(at)
			}
		}
		r.next = next
		return nil
	})
}
