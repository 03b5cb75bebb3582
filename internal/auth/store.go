package auth

// Sessions: only a mark of their secret is kept, made with a key outside the database, and one over whose it is and
// until when, so neither reading the table nor writing to it lets anybody in. One that was ended and put back is
// refused by the journal.

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Kinds of session: a browser's cookie, or the bearer token of a program.
const (
	Cookie = "cookie"
	Bearer = "bearer"
)

// SessionLength is how long a session lives: a working day.
const SessionLength = 12 * time.Hour

// Session is one as it is kept. Made: the program wrote it just so; any other lets nobody in.
type Session struct {
	Hash     string
	PersonID string
	Kind     string
	Began    time.Time
	Expires  time.Time
	Made     bool
}

// Name is what the journal calls the session.
func (s Session) Name() string { return s.Hash[:min(len(s.Hash), 16)] }

func (s Session) mark(keys marker) string {
	return keys.Mark("session row", s.Hash, s.PersonID, s.Kind, s.Began.UTC().Format(time.RFC3339Nano),
		s.Expires.UTC().Format(time.RFC3339Nano))
}

const sessionColumns = `token_hash, person_id, kind, created_at, expires_at, mark`

// scanSession reads a row; a reader without keys cannot tell who made it and believes it.
func scanSession(tx *db.Tx) func(db.Row) (Session, error) {
	return func(r db.Row) (s Session, err error) {
		var mark string
		err = r.Scan(&s.Hash, &s.PersonID, &s.Kind, &s.Began, &s.Expires, &mark)
		s.Began, s.Expires = s.Began.UTC(), s.Expires.UTC()
		keys, ok := tx.Carried().(marker)
		s.Made = !ok || subtle.ConstantTimeCompare([]byte(mark), []byte(s.mark(keys))) == 1
		return s, err
	}
}

// Sessions are all that stand in the table.
func Sessions(tx *db.Tx) ([]Session, error) {
	return db.All(tx, scanSession(tx), `SELECT `+sessionColumns+` FROM sessions ORDER BY token_hash`)
}

// OpenSession starts a session and returns its secret, which ends with whose it is.
func OpenSession(tx *db.Tx, personID, kind string) (secret string, s Session, err error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	secret = base64.RawURLEncoding.EncodeToString(raw) + "." + personID
	s = Session{PersonID: personID, Kind: kind, Began: tx.Now, Expires: tx.Now.Add(SessionLength)}
	keys, err := keysOf(tx)
	if err != nil {
		return "", s, err
	}
	s.Hash = keys.Mark("session", kind, secret)
	if err := tx.Exec(`DELETE FROM sessions WHERE expires_at < $1`, tx.Now); err != nil {
		return "", s, err
	}
	return secret, s, tx.Exec(`INSERT INTO sessions (`+sessionColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		s.Hash, personID, kind, s.Began, s.Expires, s.mark(keys))
}

// SessionPerson is whose session the secret opens; Missing if there is none, it has expired, or the journal has it that
// it was ended. A cookie is no bearer token nor the other way round, because only cookies are sent by themselves.
func SessionPerson(tx *db.Tx, secret, kind string) (personID string, err error) {
	none := errs.Missingf("请先登录。")
	if secret == "" {
		return "", none
	}
	keys, err := keysOf(tx)
	if err != nil {
		return "", err
	}
	_, whose, _ := strings.Cut(secret, ".")
	s, err := db.One(tx, scanSession(tx), `SELECT `+sessionColumns+` FROM sessions
		WHERE token_hash = $1 AND kind = $2 AND expires_at > $3 AND person_id = $4`,
		keys.Mark("session", kind, secret), kind, tx.Now, whose)
	if err != nil {
		return "", err
	}
	ended, err := keys.Ended(tx, s.PersonID, s.Name(), s.Began)
	if err == nil && (ended || !s.Made) {
		err = none
	}
	return s.PersonID, err
}

// CloseSession ends one session and returns what the journal calls it.
func CloseSession(tx *db.Tx, secret string) (name string, err error) {
	keys, err := keysOf(tx)
	if err != nil {
		return "", err
	}
	for _, kind := range []string{Cookie, Bearer} {
		s := Session{Hash: keys.Mark("session", kind, secret)}
		n, err := db.Value[int](tx, `SELECT count(*) FROM sessions WHERE token_hash = $1`, s.Hash)
		if err != nil {
			return "", err
		}
		if n > 0 {
			return s.Name(), tx.Exec(`DELETE FROM sessions WHERE token_hash = $1`, s.Hash)
		}
	}
	return "", nil
}

// CloseSessions ends all sessions of a person, as after a change of password.
func CloseSessions(tx *db.Tx, personID string) error {
	return tx.Exec(`DELETE FROM sessions WHERE person_id = $1`, personID)
}

// marker is what the database carries: the keys of the journal, which stand higher than this package.
type marker interface {
	Mark(what string, fields ...string) string
	Ended(tx *db.Tx, personID, session string, began time.Time) (bool, error)
}

func keysOf(tx *db.Tx) (marker, error) {
	keys, ok := tx.Carried().(marker)
	if !ok {
		return nil, errors.New("auth: the database was opened without keys, see db.Carry")
	}
	return keys, nil
}

// ExtendSessions lets all sessions end later by as much: a sample's clock was moved on, and nobody waited.
func ExtendSessions(tx *db.Tx, by time.Duration) error {
	keys, err := keysOf(tx)
	if err != nil {
		return err
	}
	open, err := Sessions(tx)
	for _, s := range open {
		if err != nil || !s.Made || !s.Expires.After(tx.Now) {
			continue
		}
		s.Expires = s.Expires.Add(by)
		err = tx.Exec(`UPDATE sessions SET expires_at = $1, mark = $2 WHERE token_hash = $3`, s.Expires, s.mark(keys),
			s.Hash)
	}
	return err
}
