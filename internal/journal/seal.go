package journal

// Sealing chains what is committed, and signs the new head in the same transaction.

import (
	"context"
	"log/slog"
	"time"

	"yipanqi/internal/db"
)

const batch = 1000

// Seal chains every visible entry that the program made and that has no link yet. An entry that the program did not
// make stays as it is: Verify names it.
func Seal(ctx context.Context, d *db.DB) error {
	for {
		var done round
		err := d.Update(ctx, func(tx *db.Tx) (err error) {
			done, err = seal(tx, batch)
			return err
		})
		if err != nil {
			return err
		}
		if done.alien > 0 {
			slog.Error("journal entries that this program did not make are not sealed; run yipanqi journal verify",
				"entries", done.alien, "first", done.first, "object", done.object)
		}
		if done.sealed > 0 && done.tell != nil {
			if err := done.tell(done.checkpoint); err != nil {
				return err
			}
		}
		if done.sealed < batch {
			return nil
		}
	}
}

// round is what one transaction of sealing came to.
type round struct {
	sealed     int
	checkpoint Checkpoint
	tell       func(Checkpoint) error
	alien      int // entries without the program's MAC
	first      int64
	object     string
}

func seal(tx *db.Tx, limit int) (done round, err error) {
	keys, err := keysOf(tx)
	if err != nil {
		return done, err
	}
	done.tell = keys.Sealed
	head, err := lockHead(tx)
	if err != nil {
		return done, err
	}
	for after := int64(0); done.sealed < limit; {
		entries, err := unsealed(tx, after, limit)
		if err != nil {
			return done, err
		}
		for _, e := range entries {
			after = e.ID
			if !keys.made(e) {
				if done.alien++; done.alien == 1 {
					done.first, done.object = e.ID, e.Object
				}
				continue
			}
			if head, err = chain(tx, head, e); err != nil {
				return done, err
			}
			done.sealed++
		}
		if len(entries) < limit {
			break
		}
	}
	if done.sealed == 0 {
		return done, nil
	}
	if err := putHead(tx, head); err != nil {
		return done, err
	}
	done.checkpoint, err = checkpoint(tx, keys, head, false)
	return done, err
}

func chain(tx *db.Tx, head Head, e Entry) (Head, error) {
	head = Head{head.Seq + 1, link(head.Hash, head.Seq+1, e)}
	return head, putLink(tx, e.ID, head)
}

// VerbBaseline is the entry of the first start of a program with keys on a database from before them.
const VerbBaseline = "journal.baseline"

// Adopt begins the keyed chain of a database: what is in the journal already has no MAC, is chained as it is, and
// stands under a signed baseline checkpoint. more journals what else is taken as it is found (nil: nothing). A
// database that has a checkpoint is left alone. The caller decides from outside the database whether it may be
// adopted.
func Adopt(ctx context.Context, d *db.DB, more func(*db.Tx) error) error {
	var keys Keys
	var made Checkpoint
	err := d.Update(ctx, func(tx *db.Tx) (err error) {
		if keys, err = keysOf(tx); err != nil {
			return err
		}
		head, err := lockHead(tx)
		if err != nil {
			return err
		}
		if begun, err := Begun(tx); err != nil || begun {
			return err
		}
		old, err := unsealed(tx, 0, 1<<31)
		if err != nil {
			return err
		}
		for _, e := range old {
			if head, err = chain(tx, head, e); err != nil {
				return err
			}
		}
		if head.Seq > 0 {
			err = insert(tx, Entry{At: tx.Now, ActorID: System.ID, Actor: System.Name, Verb: VerbBaseline,
				Object: "installation", detail: `{"hash":"` + head.Hash + `"}`})
			if err != nil {
				return err
			}
		}
		if more != nil {
			if err := more(tx); err != nil {
				return err
			}
		}
		tx.Last(func(tx *db.Tx) error { // after the entries of more, which come last themselves
			entries, err := unsealed(tx, 0, 1<<31)
			if err != nil {
				return err
			}
			for _, e := range entries {
				if head, err = chain(tx, head, e); err != nil {
					return err
				}
			}
			if err := putHead(tx, head); err != nil {
				return err
			}
			made, err = checkpoint(tx, keys, head, true)
			return err
		})
		return nil
	})
	if err == nil && made.Signature != "" && keys.Sealed != nil {
		err = keys.Sealed(made)
	}
	return err
}

// Sealer seals soon after each nudge and writes nothing otherwise.
type Sealer struct {
	db    *db.DB
	nudge chan struct{}
}

// NewSealer returns a sealer; Run makes it work.
func NewSealer(d *db.DB) *Sealer { return &Sealer{d, make(chan struct{}, 1)} }

// Nudge says that there are new entries. It never waits.
func (s *Sealer) Nudge() {
	select {
	case s.nudge <- struct{}{}:
	default:
	}
}

// Run seals once at the start and after nudges, at most every pause, until ctx ends.
func (s *Sealer) Run(ctx context.Context, pause time.Duration) {
	for s.Nudge(); ; {
		select {
		case <-ctx.Done():
			return
		case <-s.nudge:
		}
		if err := Seal(ctx, s.db); err != nil && ctx.Err() == nil {
			slog.Error("seal the journal", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}
