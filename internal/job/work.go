package job

// How each kind of job is done: a round of a day in pieces, entries in the order of the chain, deliveries on a lease.

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
)

// daily does a job that is due, piece by piece.
func (r *Runner) daily(ctx context.Context, e daily) error {
	for more := true; more; {
		by, err := r.read(ctx)
		if err != nil {
			return err
		}
		w, now := by[e.Name], r.db.Now()
		if next := e.at.after(now); w.due.After(next) { // the clock was ahead, and was put right
			err := r.db.Update(ctx, func(tx *db.Tx) error { return setBack(tx, w, next) })
			if err != nil {
				return err
			}
			continue
		}
		if w.due.After(now) || w.rests(now) {
			return nil
		}
		if more, err = r.piece(ctx, e, w); err != nil {
			if notNow(ctx, err) {
				return err
			}
			slog.Error("a job failed and will be tried again", "job", e.Name, "failures", w.failures+1, "error", err)
			return r.db.Update(ctx, func(tx *db.Tx) error { return failed(tx, w, said(err)) })
		}
	}
	return nil
}

// piece does the next piece in one transaction, unless another process is faster.
func (r *Runner) piece(ctx context.Context, e daily, w row) (more bool, err error) {
	err = r.db.Update(ctx, func(tx *db.Tx) error {
		more = true
		if w.piece == 0 { // a round is for the last moment that has come, also if it was brought forward by hand
			w.round = e.at.before(tx.Now)
			if w.missed = missed(w.due, w.round); w.due.After(w.round) {
				w.round, w.missed = w.due, 0
			}
		}
		taken, err := take(tx, w)
		if err != nil || !taken {
			return err
		}
		rest := ""
		err = guarded(e.Name, func() (err error) {
			rest, err = e.Run(tx, Round{For: w.round, Missed: w.missed, Rest: w.rest})
			return err
		})
		if err != nil {
			return err
		}
		if rest != "" {
			return goOn(tx, e.Name, rest)
		}
		more = false
		return finish(tx, w, e.at.after(tx.Now))
	})
	return more, err
}

// window is how many places of the chain are looked through at once.
const window = 1000

// follow does a job's work for the entries that were sealed since.
func (r *Runner) follow(ctx context.Context, a After) error {
	for {
		var w row
		var head journal.Head
		var found []journal.Entry
		var to int64
		err := r.db.View(ctx, func(tx *db.Tx) error {
			by, err := rows(tx)
			if err != nil {
				return err
			}
			if head, err = journal.LastSealed(tx); err != nil {
				return err
			}
			w = by[a.Name]
			from := max(w.seq, r.seen[a.Name])
			to = min(head.Seq, from+window)
			found, err = journal.Sealed(tx, from, to, a.Verb)
			return err
		})
		if err != nil || to <= max(w.seq, r.seen[a.Name]) || w.rests(r.db.Now()) {
			return err
		}
		if len(found) == 0 && to-w.seq < 10*window { // nothing to do, so nothing is written yet
			r.seen[a.Name] = to
			continue
		}
		done, err := r.entries(ctx, a, w, found, to)
		if err != nil {
			return err
		}
		if !done {
			return nil
		}
		r.seen[a.Name] = to
	}
}

// entries does the work for the entries found and moves the job to a place, all in one transaction. If one fails, those
// before it are done, and it is noted; after its last failure it is set aside.
func (r *Runner) entries(ctx context.Context, a After, w row, found []journal.Entry, to int64) (done bool, err error) {
	bad, done, err := r.together(ctx, a, w, found, to)
	if err == nil {
		return done, nil
	}
	if bad < 0 || notNow(ctx, err) {
		return false, err
	}
	reason, e := said(err), found[bad]
	slog.Error("a job failed on a journal entry", "job", a.Name, "entry", e.Seq, "verb", e.Verb, "error", err)
	if bad > 0 {
		before := found[bad-1].Seq
		if _, done, err := r.together(ctx, a, w, found[:bad], before); err != nil || !done {
			return false, err
		}
		w.seq, w.failures = before, 0
	}
	return false, r.db.Update(ctx, func(tx *db.Tx) error {
		if w.failures+1 < maxFailures {
			return failed(tx, w, reason)
		}
		moved, err := advance(tx, w, e.Seq, false)
		if err != nil || !moved {
			return err
		}
		return setAside(tx, a.Name, e, reason)
	})
}

// together is one transaction for many entries; bad is the one that failed, or -1. It is not done if another process
// was faster.
func (r *Runner) together(ctx context.Context, a After, w row, found []journal.Entry, to int64) (bad int, done bool,
	err error) {
	err = r.db.Update(ctx, func(tx *db.Tx) (err error) {
		bad = -1
		if done, err = advance(tx, w, to, len(found) > 0); err != nil || !done {
			return err
		}
		for i, e := range found {
			if err := guarded(a.Name, func() error { return a.Run(tx, e) }); err != nil {
				bad = i
				return err
			}
		}
		return nil
	})
	return bad, done, err
}

// again tries those set aside that somebody asked for.
func (r *Runner) again(ctx context.Context) error {
	var asked []Aside
	err := r.db.View(ctx, func(tx *db.Tx) (err error) {
		asked, err = asides(tx, true)
		return err
	})
	for _, one := range asked {
		for _, a := range r.after {
			if a.Name == one.Job {
				err = errors.Join(err, r.once(ctx, a, one))
			}
		}
	}
	return err
}

func (r *Runner) once(ctx context.Context, a After, one Aside) error {
	err := r.db.Update(ctx, func(tx *db.Tx) error {
		taken, err := takeAside(tx, one)
		if err != nil || !taken {
			return err
		}
		found, err := journal.Sealed(tx, one.Seq-1, one.Seq, a.Verb)
		for _, e := range found {
			err = errors.Join(err, guarded(a.Name, func() error { return a.Run(tx, e) }))
		}
		return err
	})
	if err == nil || notNow(ctx, err) {
		return err
	}
	return r.db.Update(ctx, func(tx *db.Tx) error { return leaveAside(tx, one, said(err)) })
}

// deliver sends what is ready on a channel, a lease at a time. A lease outlives the time that its sending may take.
func (r *Runner) deliver(ctx context.Context, c Channel) error {
	for {
		if r.db.Now().Before(r.resting[c.Name].until) {
			return nil
		}
		var due bool
		err := r.db.View(ctx, func(tx *db.Tx) error {
			at, err := nextDelivery(tx, c.Name)
			due = !at.IsZero() && !at.After(tx.Now)
			return err
		})
		if err != nil || !due {
			return err
		}
		var taken []Delivery
		err = r.db.Update(ctx, func(tx *db.Tx) (err error) {
			taken, err = leased(tx, c.Name)
			return err
		})
		if err != nil || len(taken) == 0 {
			return err
		}
		if err := r.send(ctx, c, taken); err != nil {
			return err
		}
	}
}

// rest is how long a channel that does not work is left alone.
type rest struct {
	failures int
	until    time.Time
}

// send hands a lease to the channel and notes what became of each.
func (r *Runner) send(ctx context.Context, c Channel, taken []Delivery) error {
	left, gone, refused := map[string]string{}, map[string]string{}, map[string]error{}
	by := map[string]Delivery{}
	for _, d := range taken {
		left[d.ID], by[d.ID] = "", d
	}
	limited, cancel := context.WithTimeout(ctx, lease/2)
	err := guarded(c.Name, func() error {
		return c.Send(limited, taken, func(d Delivery, err error) {
			delete(left, d.ID)
			if err == nil {
				gone[d.ID] = ""
			} else {
				refused[d.ID] = err
			}
		})
	})
	cancel()
	if err != nil && ctx.Err() == nil {
		failures := r.resting[c.Name].failures + 1
		r.resting[c.Name] = rest{failures, r.db.Now().Add(backoff(failures))}
		slog.Error("a channel does not work", "channel", c.Name, "failures", failures, "error", err)
		for id := range left {
			refused[id] = err
		}
		clear(left)
	} else if err == nil {
		delete(r.resting, c.Name)
	}
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second) // what has left is noted, also at a stop
	defer cancel()
	return r.db.Update(noting, func(tx *db.Tx) error {
		if err := sent(tx, gone); err != nil {
			return err
		}
		for id, err := range refused {
			next := tx.Now.Add(backoff(by[id].Tries))
			if IsPermanent(err) || by[id].CreatedAt.Add(giveUpAfter).Before(next) {
				next = time.Time{}
			}
			if err := notSent(tx, id, said(err), next); err != nil {
				return err
			}
		}
		return release(tx, left)
	})
}

// Bring makes a job due now; Tick or a nudge then does it.
func (r *Runner) Bring(tx *db.Tx, name string) error {
	found, err := bring(tx, name)
	if err == nil && !found {
		err = errs.Missingf("没有这个作业：%s", name)
	}
	return err
}
