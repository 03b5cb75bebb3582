package journal

// The keys that stand outside the database, and the mark by which an entry is known to be the program's.

import (
	"crypto/hmac"
	"errors"
	"hash"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/db"
	"yipanqi/internal/sign"
)

// Keys stand outside the database: with them the program makes what nobody else can. A reader without MAC checks what
// the public key can; Public is then all it has.
type Keys struct {
	MAC          []byte          // for entries
	Installation sign.PrivateKey // for checkpoints; the zero value in a program that only reads
	Public       sign.PublicKey

	// Definitions is the digest of all definitions as they stand, for checkpoints; nil: none is taken.
	Definitions func(*db.Tx) (string, error)
	// Sealed is told of each checkpoint after its commit; nil: nobody is.
	Sealed func(Checkpoint) error
	// Kept is the newest checkpoint that stands outside the database; nil: none does.
	Kept func() (Checkpoint, error)
}

var errNoKeys = errors.New("journal: the database was opened without the journal's keys, see db.Carry")

func keysOf(tx *db.Tx) (Keys, error) {
	keys, ok := tx.Carried().(Keys)
	if !ok || len(keys.MAC) == 0 {
		return keys, errNoKeys
	}
	return keys, nil
}

// mark is the MAC of an entry. The number that an entry has among those of its object is covered, so no entry can take
// another's place.
func (k Keys) mark(e Entry) string {
	return k.mac(append([]string{"yipanqi/journal/1"}, e.fields()...))
}

// macs has for each key hashes that begin with it: making one takes half as long as using it, and a page asks for the
// marks of thousands of entries.
var macs sync.Map

func (k Keys) mac(fields []string) string {
	key := string(k.MAC)
	kept, there := macs.Load(key)
	if !there {
		kept, _ = macs.LoadOrStore(key, &sync.Pool{New: func() any { return hmac.New(sm3.New, []byte(key)) }})
	}
	pool := kept.(*sync.Pool)
	h := pool.Get().(hash.Hash)
	defer pool.Put(h)
	h.Reset()
	return digest(h, fields)
}

// Mark is a MAC of what only the program may write elsewhere in the database; what names the kind.
func (k Keys) Mark(what string, fields ...string) string {
	return k.mac(append([]string{"yipanqi/" + what + "/1"}, fields...))
}

// Mark is Keys.Mark with the keys of the database.
func Mark(tx *db.Tx, what string, fields ...string) (string, error) {
	keys, err := keysOf(tx)
	return keys.Mark(what, fields...), err
}

// Marked says whether the program made the mark. A reader without the journal's key cannot tell and says so of all.
func Marked(tx *db.Tx, mark, what string, fields ...string) bool {
	keys, err := keysOf(tx)
	return err != nil || hmac.Equal([]byte(keys.Mark(what, fields...)), []byte(mark))
}

// Made says whether the program made the entry. A reader without the journal's key cannot tell and says so of all.
func Made(tx *db.Tx, e Entry) bool {
	keys, err := keysOf(tx)
	return err != nil || keys.made(e)
}

// AllMade says whether the program made all of the entries, and asks that on all cores.
func AllMade(tx *db.Tx, entries []Entry) bool {
	keys, err := keysOf(tx)
	if err != nil {
		return true
	}
	var others atomic.Bool
	var working sync.WaitGroup
	for some := range slices.Chunk(entries, len(entries)/runtime.GOMAXPROCS(0)+1) {
		working.Go(func() {
			if slices.ContainsFunc(some, func(e Entry) bool { return !keys.made(e) }) {
				others.Store(true)
			}
		})
	}
	working.Wait()
	return !others.Load()
}

func (k Keys) made(e Entry) bool { return hmac.Equal([]byte(k.mark(e)), []byte(e.mac)) }
