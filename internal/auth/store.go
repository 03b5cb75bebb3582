package auth

// Sessions: only a mark of their secret is kept, made with a key outside the database and over whose it is, so neither
// reading the table nor writing to it lets anybody in.

import (
	"crypto/rand"
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

// OpenSession starts a session and returns its secret, which ends with whose it is.
func OpenSession(tx *db.Tx, personID, kind string) (secret string, expires time.Time, err error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	secret, expires = base64.RawURLEncoding.EncodeToString(raw)+"."+personID, tx.Now.Add(SessionLength)
	mark, err := markSecret(tx, secret, kind)
	if err != nil {
		return "", expires, err
	}
	if err := tx.Exec(`DELETE FROM sessions WHERE expires_at < $1`, tx.Now); err != nil {
		return "", expires, err
	}
	return secret, expires, tx.Exec(`INSERT INTO sessions (token_hash, person_id, kind, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5)`,
		mark, personID, kind, tx.Now, expires)
}

// SessionPerson is whose session the secret opens; Missing if there is none or it has expired. A cookie is no
// bearer token nor the other way round, because only cookies are sent by themselves.
func SessionPerson(tx *db.Tx, secret, kind string) (personID string, err error) {
	if secret == "" {
		return "", errs.Missingf("请先登录。")
	}
	mark, err := markSecret(tx, secret, kind)
	if err != nil {
		return "", err
	}
	_, whose, _ := strings.Cut(secret, ".")
	return db.Value[string](tx, `SELECT person_id FROM sessions
		WHERE token_hash = $1 AND kind = $2 AND expires_at > $3 AND person_id = $4`, mark, kind, tx.Now, whose)
}

// CloseSession ends one session.
func CloseSession(tx *db.Tx, secret string) error {
	for _, kind := range []string{Cookie, Bearer} {
		mark, err := markSecret(tx, secret, kind)
		if err == nil {
			err = tx.Exec(`DELETE FROM sessions WHERE token_hash = $1`, mark)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// CloseSessions ends all sessions of a person, as after a change of password.
func CloseSessions(tx *db.Tx, personID string) error {
	return tx.Exec(`DELETE FROM sessions WHERE person_id = $1`, personID)
}

// marker is what the database carries: the keys of the journal, which stand higher than this package.
type marker interface {
	Mark(what string, fields ...string) string
}

func markSecret(tx *db.Tx, secret, kind string) (string, error) {
	keys, ok := tx.Carried().(marker)
	if !ok {
		return "", errors.New("auth: the database was opened without keys, see db.Carry")
	}
	return keys.Mark("session", kind, secret), nil
}

// ExtendSessions lets all sessions end later by as much: a sample's clock was moved on, and nobody waited.
func ExtendSessions(tx *db.Tx, by time.Duration) error {
	type session struct {
		hash    string
		expires time.Time
	}
	open, err := db.All(tx, func(r db.Row) (s session, err error) {
		return s, r.Scan(&s.hash, &s.expires)
	}, `SELECT token_hash, expires_at FROM sessions WHERE expires_at > $1`, tx.Now)
	for _, s := range open {
		if err == nil {
			err = tx.Exec(`UPDATE sessions SET expires_at = $1 WHERE token_hash = $2`, s.expires.UTC().Add(by), s.hash)
		}
	}
	return err
}
