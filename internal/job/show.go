package job

// How jobs stand, for the page and the command line, and what the system administrator may ask for: one more try.

import (
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
)

// Overview is everything that happens by itself, as it stands.
type Overview struct {
	Jobs     []State `json:"jobs"`
	Asides   []Aside `json:"set_aside"`
	Delivery Sending `json:"deliveries"`
}

// Read says how all jobs stand.
func (r *Runner) Read(tx *db.Tx) (o Overview, err error) {
	by, err := rows(tx)
	if err != nil {
		return o, err
	}
	head, err := journal.LastSealed(tx)
	if err != nil {
		return o, err
	}
	for _, e := range r.every {
		s := State{Name: e.Name, Label: e.Label, At: e.At}
		w, there := by[e.Name]
		if s.fill(w); there {
			next := w.due
			if w.failures > 0 && w.try.After(next) {
				next = w.try
			}
			s.NextAt, s.Running = &next, w.piece > 0
		}
		o.Jobs = append(o.Jobs, s)
	}
	for _, a := range r.after {
		s := State{Name: a.Name, Label: a.Label, After: a.Verb}
		w := by[a.Name]
		s.fill(w)
		found, err := journal.Sealed(tx, w.seq, head.Seq, a.Verb)
		if err != nil {
			return o, err
		}
		if s.Behind = int64(len(found)); w.failures > 0 {
			s.NextAt = &w.try
		}
		o.Jobs = append(o.Jobs, s)
	}
	if o.Asides, err = asides(tx, false); err != nil {
		return o, err
	}
	o.Asides = append([]Aside{}, o.Asides...) // a program that reads them finds a list, if an empty one
	o.Delivery, err = sendings(tx)
	o.Delivery.Failed = append([]Failure{}, o.Delivery.Failed...)
	return o, err
}

func (s *State) fill(w row) {
	s.Failures, s.Error, s.Missed = w.failures, w.error, w.missed
	if w.last.Valid {
		at := w.last.Time.UTC()
		s.LastAt = &at
	}
	if w.lastFor.Valid {
		s.LastFor = Round{For: w.lastFor.Time}.Day()
	}
}

// Retry has a job that failed, or an entry that was set aside (seq > 0), tried once more; "" is all that was not sent.
func (r *Runner) Retry(tx *db.Tx, by auth.User, name string, seq int64) (err error) {
	found := true
	switch {
	case name == "":
		_, err = again(tx)
	case seq > 0:
		found, err = askAgain(tx, name, seq)
	default:
		err = r.Bring(tx, name)
	}
	if err != nil {
		return err
	}
	if !found {
		return errs.Missingf("没有找到这一条：它可能已经重试成功。")
	}
	tx.After(r.Nudge)
	detail := map[string]string{"job": name}
	if seq > 0 {
		detail["entry"] = strconv.FormatInt(seq, 10)
	}
	return journal.Log(tx, by, "job.retry", "installation", detail)
}
