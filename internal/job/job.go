// Package job is what happens by itself: work due at a time of day, work that follows each sealed entry of the journal,
// and what is to leave the house. In the database its effects are there exactly once however many processes run; what
// leaves the house does so at least once. It runs in transactions of its own, never inside one of business.
package job

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
)

// Every is work due each day at a time of day. A clock that jumps over many days has it run once, for the last of them.
type Every struct {
	Name  string
	Label say.Key
	At    string // "07:30", of China's time
	// Run does a piece of the work in tx and says where the next begins; "" ends the round. Each piece is committed
	// with the note that it is done.
	Run func(tx *db.Tx, r Round) (rest string, err error)
}

// Round is one due moment of a job.
type Round struct {
	For    time.Time // the moment that it is for
	Missed int       // how many earlier moments passed without a round
	Rest   string    // where the piece before ended; "" is the beginning
}

// Day is the day that the round is for, as 2018-12-31.
func (r Round) Day() string { return r.For.In(db.China).Format(time.DateOnly) }

// After is work for every sealed entry whose verb begins so, in the order of the chain.
type After struct {
	Name  string
	Label say.Key
	Verb  string
	Run   func(*db.Tx, journal.Entry) error
}

// Channel sends what is to leave the house. Send calls done for each delivery that it has tried; one that trying again
// will not mend is Permanent. Its own error says that the channel as a whole does not work now: it then rests a while.
// What Send did not come to in time is tried again at once.
type Channel struct {
	Name string
	Send func(ctx context.Context, batch []Delivery, done func(Delivery, error)) error
}

// Delivery is one thing to be sent. ID never changes, so that a receiver can tell a repetition.
type Delivery struct {
	ID      string `json:"id"`
	Channel string `json:"channel"`
	Key     string `json:"-"`
	Person  string `json:"-"`
	Subject string `json:"subject"`
	Body    string `json:"-"`
	Tries   int    `json:"tries"`

	CreatedAt time.Time `json:"created_at"`
}

// Put lays a delivery ready, once for each key of its channel. It leaves after the commit.
func Put(tx *db.Tx, d Delivery) error { return PutAll(tx, []Delivery{d}) }

// permanent marks an error that trying again will not mend.
type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Permanent says that trying again will not help.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return permanent{err}
}

// IsPermanent says whether an error is marked so.
func IsPermanent(err error) bool {
	_, never := errors.AsType[permanent](err)
	return never
}

// Limits of trying: an entry is set aside after so many failures; a delivery is given up after a day.
const (
	maxFailures = 5
	giveUpAfter = 24 * time.Hour
	lease       = 5 * time.Minute
	batch       = 200
	longestWait = time.Hour
)

// backoff is how long to wait after so many failures: half a minute, doubled each time, at most an hour.
func backoff(failures int) time.Duration {
	if failures > 7 {
		return longestWait
	}
	return min(longestWait, 30*time.Second<<max(0, failures-1))
}

// clockTime is a time of day.
type clockTime struct{ hour, minute int }

func parseTime(at string) (c clockTime, err error) {
	t, err := time.Parse("15:04", at)
	return clockTime{t.Hour(), t.Minute()}, err
}

// before is the last such moment that is not after now.
func (c clockTime) before(now time.Time) time.Time {
	local := now.In(db.China)
	at := time.Date(local.Year(), local.Month(), local.Day(), c.hour, c.minute, 0, 0, db.China)
	if at.After(now) {
		at = at.AddDate(0, 0, -1)
	}
	return at.UTC()
}

// after is the first such moment after now.
func (c clockTime) after(now time.Time) time.Time { return c.before(now).AddDate(0, 0, 1) }

// missed is how many moments from due to last passed without a round, last not counted.
func missed(due, last time.Time) int { return max(0, int(last.Sub(due)/(24*time.Hour))) }

// guarded runs fn and takes a panic for an error, so that one job ends no other.
func guarded(name string, fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("job %s: panic: %v", name, p)
		}
	}()
	return fn()
}

// notNow says whether an error is none of the job's own: the database was busy or away, or the program is stopping.
func notNow(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errs.KindOf(err) == errs.Busy || errors.Is(err, context.Canceled)
}

// said is an error as it is kept and shown: no longer than a few lines, and storable.
func said(err error) string {
	text := strings.ToValidUTF8(strings.ReplaceAll(err.Error(), "\x00", ""), "?")
	if runes := []rune(text); len(runes) > 500 {
		text = string(runes[:500]) + "…"
	}
	return text
}

// State is how a job stands, for the page and the command line.
type State struct {
	Name     string     `json:"name"`
	Label    say.Key    `json:"label"`
	At       string     `json:"at,omitempty"`    // of day
	After    string     `json:"after,omitempty"` // verbs that it follows
	NextAt   *time.Time `json:"next_at,omitempty"`
	Behind   int64      `json:"behind,omitempty"` // sealed entries not seen yet
	LastAt   *time.Time `json:"last_at,omitempty"`
	LastFor  string     `json:"last_for,omitempty"` // the day
	Missed   int        `json:"missed,omitempty"`   // due moments that passed before the last round without one
	Failures int        `json:"failures,omitempty"`
	Error    string     `json:"error,omitempty"`
	Running  bool       `json:"running,omitempty"` // a round has begun and is not at its end
}

// Aside is an entry that was set aside.
type Aside struct {
	Job    string    `json:"job"`
	Seq    int64     `json:"seq"`
	Object string    `json:"object"`
	Verb   string    `json:"verb"`
	Error  string    `json:"error"`
	At     time.Time `json:"at"`
	Again  bool      `json:"again,omitempty"` // is about to be tried once more
}

// ID names it in an address.
func (a Aside) ID() string { return a.Job + ":" + strconv.FormatInt(a.Seq, 10) }

// Sending is how deliveries stand.
type Sending struct {
	Waiting int       `json:"waiting"`
	Sent    int       `json:"sent"` // within the last 90 days
	Failed  []Failure `json:"failed"`
}

// Failure is a delivery that failed: given up, or to be tried again.
type Failure struct {
	Delivery
	Error  string     `json:"error"`
	NextAt *time.Time `json:"next_at,omitempty"` // none: given up
}
