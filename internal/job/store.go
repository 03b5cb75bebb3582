package job

// Rows of jobs and of entries set aside. Each change names what it saw, so that of several processes one makes it.

import (
	"database/sql"
	"encoding/json"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

// row is a job as it is kept.
type row struct {
	name            string
	due, round, try time.Time
	piece           int64
	rest            string
	missed          int
	seq             int64
	failures        int
	error           string
	last, lastFor   sql.NullTime
}

// rests says whether a job that failed is to be left alone for a while. A moment further off than any wait was set by a
// clock that was ahead.
func (w row) rests(now time.Time) bool {
	return w.failures > 0 && w.try.After(now) && !w.try.After(now.Add(longestWait))
}

func scanRow(r db.Row) (w row, err error) {
	err = r.Scan(&w.name, &w.due, &w.piece, &w.rest, &w.round, &w.missed, &w.seq, &w.try, &w.failures, &w.error,
		&w.last, &w.lastFor)
	w.due, w.round, w.try = w.due.UTC(), w.round.UTC(), w.try.UTC()
	return w, err
}

func rows(tx *db.Tx) (map[string]row, error) {
	all, err := db.All(tx, scanRow, `SELECT name, due_at, piece, rest, for_at, missed, seq, try_at, failures, error,
		last_at, last_for FROM jobs`)
	by := map[string]row{}
	for _, w := range all {
		by[w.name] = w
	}
	return by, err
}

// enter makes the row of a job that has none yet.
func enter(tx *db.Tx, name string, due time.Time) error {
	return tx.Exec(`INSERT INTO jobs (name, due_at, piece, rest, for_at, missed, seq, try_at, failures, error)
		VALUES ($1, $2, 0, '', $2, 0, 0, $3, 0, '') ON CONFLICT (name) DO NOTHING`, name, due, tx.Now)
}

// take claims the next piece of a round for this transaction; not, if another process was faster.
func take(tx *db.Tx, w row) (bool, error) {
	n, err := tx.ExecN(`UPDATE jobs SET piece = piece + 1, for_at = $1, missed = $2, failures = 0, error = ''
		WHERE name = $3 AND due_at = $4 AND piece = $5`, w.round, w.missed, w.name, w.due, w.piece)
	return n == 1, err
}

// goOn notes where the next piece of the round begins.
func goOn(tx *db.Tx, name, rest string) error {
	return tx.ExecOne(`UPDATE jobs SET rest = $1 WHERE name = $2`, rest, name)
}

// finish ends the round: the job is due again at next.
func finish(tx *db.Tx, w row, next time.Time) error {
	return tx.ExecOne(`UPDATE jobs SET due_at = $1, piece = 0, rest = '', last_at = $2, last_for = $3
		WHERE name = $4 AND due_at = $5`, next, tx.Now, w.round, w.name, w.due)
}

// setBack brings a due moment back that a clock set wrong had carried off.
func setBack(tx *db.Tx, w row, due time.Time) error {
	return tx.Exec(`UPDATE jobs SET due_at = $1, piece = 0, rest = '' WHERE name = $2 AND due_at = $3`, due, w.name,
		w.due)
}

// bring makes a job due now.
func bring(tx *db.Tx, name string) (bool, error) {
	n, err := tx.ExecN(`UPDATE jobs SET due_at = CASE WHEN due_at > $1 THEN $1 ELSE due_at END, try_at = $1
		WHERE name = $2`, tx.Now, name)
	return n == 1, err
}

// failed notes a failure of what was to be done next, unless another process has done it meanwhile.
func failed(tx *db.Tx, w row, reason string) error {
	return tx.Exec(`UPDATE jobs SET failures = failures + 1, error = $1, try_at = $2
		WHERE name = $3 AND due_at = $4 AND piece = $5 AND seq = $6 AND failures = $7`,
		reason, tx.Now.Add(backoff(w.failures+1)), w.name, w.due, w.piece, w.seq, w.failures)
}

// advance moves the place of a job in the chain; not, if another process was faster.
func advance(tx *db.Tx, w row, to int64, worked bool) (bool, error) {
	n, err := tx.ExecN(`UPDATE jobs SET seq = $1, failures = 0, error = '', try_at = $2,
		last_at = CASE WHEN $3 THEN $2 ELSE last_at END WHERE name = $4 AND seq = $5`,
		to, tx.Now, worked, w.name, w.seq)
	return n == 1, err
}

func setAside(tx *db.Tx, name string, e journal.Entry, reason string) error {
	return tx.Exec(`INSERT INTO jobs_aside (job, seq, object, verb, error, at, again)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (job, seq) DO NOTHING`,
		name, e.Seq, e.Object, e.Verb, reason, tx.Now, false)
}

// asides are the entries set aside, newest first; of those that are to be tried again only, if asked.
func asides(tx *db.Tx, again bool) ([]Aside, error) {
	return db.All(tx, func(r db.Row) (a Aside, err error) {
		err = r.Scan(&a.Job, &a.Seq, &a.Object, &a.Verb, &a.Error, &a.At, &a.Again)
		a.At = a.At.UTC()
		return a, err
	}, `SELECT job, seq, object, verb, error, at, again FROM jobs_aside WHERE again OR NOT $1
		ORDER BY at DESC, job, seq DESC LIMIT 200`, again)
}

func askAgain(tx *db.Tx, job string, seq int64) (bool, error) {
	n, err := tx.ExecN(`UPDATE jobs_aside SET again = $1 WHERE job = $2 AND seq = $3`, true, job, seq)
	return n == 1, err
}

// takeAside claims an entry that is to be tried again.
func takeAside(tx *db.Tx, a Aside) (bool, error) {
	n, err := tx.ExecN(`DELETE FROM jobs_aside WHERE job = $1 AND seq = $2 AND again`, a.Job, a.Seq)
	return n == 1, err
}

func leaveAside(tx *db.Tx, a Aside, reason string) error {
	return tx.Exec(`UPDATE jobs_aside SET again = $1, error = $2, at = $3 WHERE job = $4 AND seq = $5`,
		false, reason, tx.Now, a.Job, a.Seq)
}

// object is keys as one JSON object, for json_each.
func object[V any](m map[string]V) string {
	text, _ := json.Marshal(m) // texts and maps of texts always marshal
	return string(text)
}
