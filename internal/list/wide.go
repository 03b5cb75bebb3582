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

var known = struct {
	sync.Mutex
	wide map[string]time.Time
}{wide: map[string]time.Time{}}

// wide says whether a condition leads to more rows than can be sorted in no time.
func (s Source[T]) wide(tx *db.Tx, c condition) (bool, error) {
	key := fmt.Sprint(s.From, "\x00", s.Of, "\x00", c.text, "\x00", c.args)
	known.Lock()
	since, wide := known.wide[key]
	known.Unlock()
	if wide && tx.Machine.Sub(since).Abs() < lately {
		return true, nil
	}
	n, err := s.count(tx, append(s.of(), c), narrow+1)
	if err != nil || n <= narrow {
		return false, err
	}
	known.Lock()
	defer known.Unlock()
	if len(known.wide) >= mostKnown {
		clear(known.wide)
	}
	known.wide[key] = tx.Machine
	return true, nil
}
