// Package asof opens the installation as it stood at the end of an earlier day: what was accepted, defined and
// targeted then, put together from the journal, from frozen texts and from definitions as they were replaced, in a
// scratch database that the same pages read (decision 0021). It keeps a few days, each for as long as nobody needs
// the room; the past does not change, so none of them can be stale. It decides nothing about figures and writes
// nothing that stays.
package asof

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

const (
	keep     = 4               // days
	patience = 6 * time.Second // of a request, for a day that is being put together; then it is told to come again
	settled  = time.Minute     // after midnight, so that nothing of the day is still being written
)

// Book opens days of one installation.
type Book struct {
	d       *db.DB
	dir     string
	rest    func(from, to *db.Tx, place int64) error // copies what modules have of the day beside figures
	turn    chan struct{}                            // one day at a time is put together
	mu      sync.Mutex
	days    map[string]*day
	used    int64 // counts openings, so that the day that was longest unused goes first
	waiting int   // those who wait for a day while they hold a transaction
}

// Day is a day for one reader. Unproven are the tables of definitions whose state of that day cannot be proven;
// Release is called when the reader has done.
type Day struct {
	DB       *db.DB
	Unproven []string
	Release  func()
}

// day is one day as it is kept: ready is closed when d stands, or err says why it cannot.
type day struct {
	ready    chan struct{}
	d        *db.DB
	unproven []string
	err      error
	readers  int
	used     int64
}

// New keeps its scratch databases in a folder of this process under dir.
func New(d *db.DB, dir string, rest func(from, to *db.Tx, place int64) error) *Book {
	return &Book{d: d, dir: filepath.Join(dir, strconv.Itoa(os.Getpid())), rest: rest, turn: make(chan struct{}, 1),
		days: map[string]*day{}}
}

// sweep removes the folders of processes that are gone.
func (b *Book) sweep() {
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(b.dir), "*"))
	for _, path := range left {
		pid, err := strconv.Atoi(filepath.Base(path))
		if err == nil && pid != os.Getpid() && !runs(pid) {
			os.RemoveAll(path)
		}
	}
}

// runs says whether a process is there; signal 0 only asks.
func runs(pid int) bool {
	p, err := os.FindProcess(pid)
	return err == nil && p.Signal(syscall.Signal(0)) == nil
}

// Close removes all days.
func (b *Book) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	var err error
	for key, one := range b.days {
		delete(b.days, key)
		if one.d != nil {
			err = errors.Join(err, one.d.Close())
		}
	}
	os.Remove(b.dir) // if nothing is in it any more
	return err
}

// Open returns the installation as it stood at the end of a day of Chinese time (2018-10-31), which must be over. It is
// Invalid for a day to come or before the first, Busy while the day is still being put together.
func (b *Book) Open(ctx context.Context, key string) (*Day, error) {
	end, err := endOf(key)
	if err != nil {
		return nil, err
	}
	one := b.of(key, end)
	if one == nil {
		return nil, busyf("同时有人在看别的几天，没有空位再还原一天。请过一会儿再看。")
	}
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case <-one.ready:
	case <-wait.C:
		b.leave(one)
		return nil, busyf(restoring, key)
	case <-ctx.Done():
		b.leave(one)
		return nil, ctx.Err()
	}
	if one.err != nil {
		b.leave(one)
		b.drop(key, one)
		return nil, one.err
	}
	return &Day{one.d, one.unproven, func() { b.leave(one) }}, nil
}

// OpenWithin is Open for who holds a transaction meanwhile. A day is put together in a transaction of its own, so that
// no more than some may wait for it with theirs; others are told to come again at once, else all would wait for the
// last one to leave.
func (b *Book) OpenWithin(tx *db.Tx, key string) (*Day, error) {
	end, err := endOf(key)
	if err != nil {
		return nil, err
	}
	if _, err := placeAt(tx, end); err != nil {
		return nil, err
	}
	if !b.wait(key) {
		return nil, busyf(restoring, key)
	}
	defer b.waited()
	return b.Open(tx.Context, key)
}

// endOf is when a day of Chinese time ends.
func endOf(key string) (time.Time, error) {
	begins, err := time.ParseInLocation(time.DateOnly, key, db.China)
	if err != nil {
		return begins, errs.Fields{"day": say.New("日期“%s”不对。请写成 2024-03-15。", key)}.Check("没有这一天。")
	}
	return begins.AddDate(0, 0, 1), nil
}

// placeAt is where a day that ends then ends in the journal. It is Invalid for one to come or before the first.
func placeAt(tx *db.Tx, end time.Time) (int64, error) {
	place, first, err := journal.PlaceAt(tx, end)
	switch {
	case err != nil:
		return 0, err
	case tx.Now.Before(end.Add(settled)):
		return 0, errs.Invalidf("这一天还没有过完，要到第二天才能查看。请选今天以前的日期。")
	case place == 0:
		return 0, errs.Invalidf("那天这里还没有任何记录。最早可以查看%s。", first.In(db.China).Format(time.DateOnly))
	}
	return place, nil
}

// wait counts one more who waits for a day within a transaction, unless there are enough of them and it is not there
// yet; waited is said by who was counted.
func (b *Book) wait(key string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.days[key]
	if ready := one != nil && finished(one); !ready && b.waiting >= max(1, b.d.AtOnce()/2) {
		return false
	}
	b.waiting++
	return true
}

func (b *Book) waited() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting--
}

// of is the day, being put together if it was not there, and counts the caller among its readers; nil if there is no
// room for one more.
func (b *Book) of(key string, end time.Time) *day {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.used++
	one := b.days[key]
	if one == nil {
		if b.used == 1 {
			b.sweep()
		}
		if !b.makeRoom() {
			return nil
		}
		one = &day{ready: make(chan struct{})}
		b.days[key] = one
		go func() {
			b.turn <- struct{}{}
			defer func() { <-b.turn }()
			one.d, one.unproven, one.err = b.build(context.Background(), end)
			close(one.ready)
		}()
	}
	one.readers++
	one.used = b.used
	return one
}

func (b *Book) leave(one *day) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one.readers--
}

// drop forgets a day that could not be put together, so that it is tried again.
func (b *Book) drop(key string, one *day) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.days[key] == one {
		delete(b.days, key)
	}
}

// makeRoom closes days that nobody reads, those longest unused first, until one more fits. Days that are read, or still
// being put together, stay.
func (b *Book) makeRoom() bool {
	for len(b.days) >= keep {
		oldest := ""
		for key, one := range b.days {
			if one.readers == 0 && finished(one) && (oldest == "" || one.used < b.days[oldest].used) {
				oldest = key
			}
		}
		if oldest == "" {
			return false
		}
		if d := b.days[oldest].d; d != nil {
			d.Close()
		}
		delete(b.days, oldest)
	}
	return true
}

func finished(one *day) bool {
	select {
	case <-one.ready:
		return true
	default:
		return false
	}
}

// build puts the installation together as it stood before an instant, and names the tables of definitions whose state
// of that day cannot be proven. Time and room grow with everything that decides figures; it reads one snapshot.
func (b *Book) build(ctx context.Context, end time.Time) (past *db.DB, unproven []string, err error) {
	err = b.d.View(ctx, func(from *db.Tx) error {
		place, err := placeAt(from, end)
		if err != nil {
			return err
		}
		if past, err = db.OpenScratch(ctx, b.dir, end.Add(-time.Microsecond)); err != nil {
			return err
		}
		past.Carry(b.d.Carried())
		return past.Update(ctx, func(to *db.Tx) (err error) {
			said, err := attest.EntryAt(from, place)
			if err != nil {
				return err
			}
			if err = journal.CopyUpTo(from, to, place, said); err != nil {
				return err
			}
			if unproven, err = attest.CopyAt(from, to, place); err != nil {
				return err
			}
			if err = submission.CopyAt(from, to, place); err != nil {
				return err
			}
			return b.rest(from, to, place)
		})
	})
	if err == nil {
		_, err = fact.Rebuild(ctx, past, false)
	}
	if err != nil && past != nil {
		past.Close()
	}
	return past, unproven, err
}

const restoring say.Key = "正在还原%s那天的数据，通常不到一分钟。请稍候，本页会自己刷新。"

// busyf asks to come again.
func busyf(msg say.Key, args ...any) error {
	return &errs.Error{Kind: errs.Busy, Words: say.New(msg, args...)}
}
