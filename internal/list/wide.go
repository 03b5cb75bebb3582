package list

// Which values lead to more rows than can be sorted in no time, remembered for a while: most pages ask for the same
// few. It says which way the rows are found and never which rows: what is remembered may be out of date.

import (
	"fmt"
	"sync"
	"time"

	"yipanqi/internal/db"
)

// How long a value is taken to be wide without counting anew, and of how many values that is known.
const (
	lately    = 10 * time.Minute
	mostKnown = 10_000
)

// remembered are conditions that lead to many rows, since when.
type remembered struct {
	sync.Mutex
	since map[string]time.Time
}

var known = remembered{since: map[string]time.Time{}}

func (k *remembered) has(tx *db.Tx, condition string) bool {
	k.Lock()
	defer k.Unlock()
	since, wide := k.since[condition]
	return wide && tx.Machine.Sub(since).Abs() < lately
}

func (k *remembered) put(tx *db.Tx, condition string) {
	k.Lock()
	defer k.Unlock()
	if len(k.since) >= mostKnown {
		clear(k.since)
	}
	k.since[condition] = tx.Machine
}

// wide says whether a condition leads to more rows than can be sorted in no time.
func (s Source[T]) wide(tx *db.Tx, c condition) (bool, error) {
	key := fmt.Sprint(s.From, "\x00", s.Of, "\x00", c.text, "\x00", c.args)
	if known.has(tx, key) {
		return true, nil
	}
	n, err := s.count(tx, append(s.of(), c), narrow+1)
	if err != nil || n <= narrow {
		return false, err
	}
	known.put(tx, key)
	return true, nil
}
