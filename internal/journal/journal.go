// Package journal is the append-only record of what happened: who did which verb to which object. Each entry carries
// a MAC that only the program can make; after commit a sealer chains the entries by SM3 and signs the head, so that a
// changed, removed or inserted entry is found (decision 0008). It is not a log of technical events.
package journal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"hash"
	"strconv"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// Entry is one line of the journal. ObjectSeq numbers an object's entries from 1 without gaps; Seq and Hash are
// its link in the chain, empty until sealed.
type Entry struct {
	ID        int64             `json:"-"`
	At        time.Time         `json:"at"`
	ActorID   string            `json:"-"`
	Actor     string            `json:"actor"`
	Verb      string            `json:"verb"`
	Object    string            `json:"object"`
	ObjectSeq int64             `json:"object_seq"`
	Detail    map[string]string `json:"detail,omitempty"`
	Seq       int64             `json:"seq,omitempty"`
	Hash      string            `json:"hash,omitempty"`
	detail    string            // as stored: what the hash covers
	mac       string            // '' in entries from before 0016
}

// Head is the last sealed link.
type Head struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

// Log records that by did verb to object ("submission/0190…"). The entry is written as the last thing before
// the commit: then the order of ids is the order of commits wherever two transactions touch the same rows.
func Log(tx *db.Tx, by auth.User, verb, object string, detail map[string]string) error {
	text, err := encode(detail)
	if err != nil {
		return err
	}
	if tx.Actor == (db.Actor{}) {
		tx.Actor = db.Actor{ID: by.ID, Name: by.Name}
	}
	if tx.Kept == nil {
		tx.Kept = map[any]any{}
	}
	waiting, _ := tx.Kept[waitingKey{}].([]Entry)
	tx.Kept[waitingKey{}] = append(waiting, Entry{At: tx.Now, ActorID: by.ID, Actor: by.Name, Verb: verb,
		Object: object, detail: text})
	if waiting == nil {
		tx.Last(func(tx *db.Tx) error {
			all, _ := tx.Kept[waitingKey{}].([]Entry)
			delete(tx.Kept, waitingKey{})
			return insert(tx, all...)
		})
	}
	return nil
}

// waitingKey is under which a transaction keeps the entries that are written at its end.
type waitingKey struct{}

// VerbClock begins the time of another clock: a sample's own. What follows may be dated before what went ahead.
const VerbClock = "clock.set"

// ObjectClock is what the journal calls such a clock; its first entry is VerbClock's.
const ObjectClock = "clock"

// System is the actor of what the program does by itself.
var System = auth.User{ID: "system", Name: "系统"}

func encode(detail map[string]string) (string, error) {
	if len(detail) == 0 {
		return "", nil
	}
	if text, plain := db.Object(detail); plain {
		return text, nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b) // sorts keys
	enc.SetEscapeHTML(false)
	err := enc.Encode(detail)
	return string(bytes.TrimSpace(b.Bytes())), err
}

// link is the hash of an entry after previous. Every field is preceded by its length, so no two entries have
// the same bytes.
func link(previous string, seq int64, e Entry) string {
	fields := append([]string{previous, strconv.FormatInt(seq, 10), strconv.FormatInt(e.ID, 10)}, e.fields()...)
	if e.mac != "" {
		fields = append(fields, e.mac)
	}
	return digest(sm3.New(), fields)
}

// fields are what an entry says.
func (e Entry) fields() []string {
	return []string{e.At.UTC().Format(time.RFC3339Nano), e.ActorID, e.Actor, e.Verb, e.Object,
		strconv.FormatInt(e.ObjectSeq, 10), e.detail}
}

func digest(h hash.Hash, fields []string) string {
	for _, field := range fields {
		h.Write([]byte(strconv.Itoa(len(field)) + ":" + field))
	}
	return hex.EncodeToString(h.Sum(nil))
}
