package journal

// A look at the newest links, for whoever shows a figure and cannot walk the whole chain.

import (
	"fmt"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Linked is what a look at the newest part of the chain came to.
type Linked struct {
	OK    bool
	Links int64 // how many were looked at
	Whole bool  // these are all
}

// Outside says in a word what stands outside the database, for whoever keeps what Recent came to; known is false where
// nothing is to be kept.
func Outside(tx *db.Tx) (word string, known bool) {
	keys, _ := tx.Carried().(Keys)
	if keys.Kept == nil || tx.Past() {
		return "", !tx.Past()
	}
	tx.Outside = true // a file of its own
	c, err := keys.Kept()
	return fmt.Sprint(c.Head(), c.At), err == nil
}

// Recent follows the newest links, at most limit of them, up to the newest checkpoint: each must follow from the entry
// before, the last must be the one that is signed, and what stands outside the database must be among them. An entry
// that was taken out, put in or exchanged there breaks it, whoever computed the links anew. It stays with the links;
// marks of single entries are asked by whoever rests on them.
func Recent(tx *db.Tx, limit int64) (l Linked, err error) {
	head, err := LastSealed(tx)
	if err != nil {
		return l, err
	}
	top, err := db.Value[int64](tx, `SELECT COALESCE(max(seq), 0) FROM journal`)
	if err != nil {
		return l, err
	}
	keys, _ := tx.Carried().(Keys)
	l.OK = top == head.Seq
	if tx.Past() { // CopyUpTo has followed the rest
	} else if s, err := newest(tx); errs.KindOf(err) == errs.Missing {
		l.OK = l.OK && head.Seq == 0 // nothing was sealed yet
	} else if err != nil {
		return l, err
	} else {
		c, err := parseStored(s)
		l.OK = l.OK && err == nil && c.Head() == head && (keys.Public == "" || c.PublicKey == keys.Public)
	}
	var outside Head
	if keys.Kept != nil && !tx.Past() {
		tx.Outside = true // a file of its own
		c, err := keys.Kept()
		if err != nil {
			return Linked{}, nil // it cannot be read, or was not signed
		}
		if outside = c.Head(); outside.Seq > head.Seq && !c.At.Before(tx.Now.Add(-time.Minute)) {
			outside = Head{} // sealed since this transaction began to read
		}
	}
	from := max(head.Seq-limit, 0)
	before := Head{Seq: from}
	if from > 0 {
		if before.Hash, err = db.Value[string](tx, `SELECT hash FROM journal WHERE seq = $1`, from); err != nil {
			return Linked{}, nil // it is gone
		}
	}
	l.Whole = from == 0
	l.OK = l.OK && outside.Seq <= head.Seq
	err = db.Each(tx, func(r db.Row) error {
		e, err := scanLink(r)
		if err != nil {
			return err
		}
		l.Links++
		l.OK = l.OK && e.Seq == before.Seq+1 && link(before.Hash, e.Seq, e) == e.Hash &&
			(outside.Seq != e.Seq || outside.Hash == e.Hash)
		before = Head{e.Seq, e.Hash}
		return nil
	}, `SELECT `+columns+` FROM journal WHERE seq > $1 ORDER BY seq`, from)
	l.OK = l.OK && before == head
	return l, err
}
