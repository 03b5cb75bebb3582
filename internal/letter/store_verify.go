package letter

// Rows as an audit reads them, past the code that it audits.

import (
	"yipanqi/internal/db"
)

// begun are the letters that the journal knows.
func begun(tx *db.Tx) (map[string]bool, error) {
	objects, err := db.All(tx, db.Single[string], `SELECT DISTINCT object FROM journal WHERE verb = $1`, VerbDraft)
	known := map[string]bool{}
	for _, o := range objects {
		known[o] = true
	}
	return known, err
}

// copies calls fn with every column that only repeats what the draft says, and differs.
func copies(tx *db.Tx, l Letter, fn func(column, expected, actual string)) error {
	var issuer, kind, title, about, due string
	_, err := db.One(tx, func(r db.Row) (struct{}, error) {
		return struct{}{}, r.Scan(&issuer, &kind, &title, &about, &due)
	}, `SELECT l.issuer, l.kind, l.title, l.about, l.reply_due FROM letters l
		WHERE l.id = $1`, l.ID)
	if err != nil {
		return err
	}
	fn("issuer", l.Issuer, issuer)
	fn("kind", string(l.Kind), kind)
	fn("title", l.Title, title)
	fn("about", l.About, about)
	fn("reply_due", l.ReplyDue, due)
	return nil
}
