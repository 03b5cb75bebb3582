package journal

// What an attacker can do who knows the program, for attack_test.go. No test itself.

import "yipanqi/internal/db"

// Redo is what an attacker does who knows the program but not its keys: every link anew, and the head.
func Redo(tx *db.Tx) error { return redo(tx, func(Entry) {}) }

// RedoWithKeys is what the owner of database and keys can do: all of it anew, with MACs and signed checkpoints.
func RedoWithKeys(tx *db.Tx) error {
	keys, err := keysOf(tx)
	if err != nil {
		return err
	}
	if _, err := checkpoint(tx, keys, Head{}, true); err != nil {
		return err
	}
	var failed error
	if err := redo(tx, func(e Entry) {
		if err := tx.Exec(`UPDATE journal SET mac = $1 WHERE id = $2`, keys.mark(e), e.ID); err != nil {
			failed = err
		}
	}); err != nil || failed != nil {
		return err
	}
	head, err := LastSealed(tx)
	if err != nil {
		return err
	}
	_, err = checkpoint(tx, keys, head, false)
	return err
}

func redo(tx *db.Tx, mark func(Entry)) error {
	entries, err := db.All(tx, scan, `SELECT `+columns+` FROM journal ORDER BY seq`)
	if err != nil {
		return err
	}
	for _, e := range entries {
		mark(e)
	}
	if entries, err = db.All(tx, scan, `SELECT `+columns+` FROM journal ORDER BY seq`); err != nil {
		return err
	}
	var head Head
	for _, e := range entries {
		head = Head{head.Seq + 1, link(head.Hash, head.Seq+1, e)}
		err := tx.Exec(`UPDATE journal SET seq = $1, hash = $2 WHERE id = $3`, head.Seq, head.Hash, e.ID)
		if err != nil {
			return err
		}
	}
	return putHead(tx, head)
}
