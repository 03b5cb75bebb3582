package journal

// What the journal has of who may come in and sign: accounts, ends of sessions, keys. They have an index of their own,
// because they are asked for at each request and a person has many other entries. What they mean is account's.

import (
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// doors is the condition of the index, word for word.
const doors = `verb IN ('account.baseline', 'account.change_password', 'account.create', 'account.disable',
	'account.enable', 'account.reset', 'key.approve', 'key.create', 'key.retire', 'session.close', 'session.end')`

// Doors are the entries on a person's account and keys, oldest first.
func Doors(tx *db.Tx, object string) ([]Entry, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM journal WHERE object = $1 AND `+doors+`
		AND verb NOT LIKE 'session.%' ORDER BY object_seq`, object)
}

// LastAccount is the newest entry on a person's account, if there is any; made as in LastOf.
func LastAccount(tx *db.Tx, object string) (e Entry, found, made bool, err error) {
	e, err = db.One(tx, scan, `SELECT `+columns+` FROM journal WHERE object = $1 AND `+doors+`
		AND verb LIKE 'account.%' ORDER BY object_seq DESC LIMIT 1`, object)
	if errs.KindOf(err) == errs.Missing {
		return e, false, false, nil
	}
	return e, err == nil, Made(tx, e), err
}

// Ended says whether the journal has it that all sessions of a person were ended after one began, or this one was.
func (k Keys) Ended(tx *db.Tx, personID, session string, began time.Time) (bool, error) {
	verbs := []string{}
	err := db.Each(tx, func(r db.Row) error {
		var verb, detail string
		err := r.Scan(&verb, &detail)
		if !strings.HasPrefix(verb, "session.close") || strings.Contains(detail, `"session":"`+session+`"`) {
			verbs = append(verbs, verb)
		}
		return err
	}, `SELECT verb, detail FROM journal WHERE object = $1 AND at > $2 AND `+doors+`
		AND verb IN ('account.change_password', 'account.disable', 'account.reset', 'session.close', 'session.end')`,
		"person/"+personID, began)
	return len(verbs) > 0, err
}
