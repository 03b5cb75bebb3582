package auth

// Sessions: only the hash of their secret is kept, so the table lets nobody in.

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
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

// OpenSession starts a session and returns its secret, of which only the hash is kept.
func OpenSession(tx *db.Tx, personID, kind string) (secret string, expires time.Time, err error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	secret, expires = base64.RawURLEncoding.EncodeToString(raw), tx.Now.Add(SessionLength)
	if err := tx.Exec(`DELETE FROM sessions WHERE expires_at < $1`, tx.Now); err != nil {
		return "", expires, err
	}
	return secret, expires, tx.Exec(`INSERT INTO sessions (token_hash, person_id, kind, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5)`,
		hashSecret(secret), personID, kind, tx.Now, expires)
}

// SessionPerson is whose session the secret opens; Missing if there is none or it has expired. A cookie is no
// bearer token nor the other way round, because only cookies are sent by themselves.
func SessionPerson(tx *db.Tx, secret, kind string) (personID string, err error) {
	if secret == "" {
		return "", errs.Missingf("请先登录。")
	}
	return db.Value[string](tx, `SELECT person_id FROM sessions
		WHERE token_hash = $1 AND kind = $2 AND expires_at > $3`, hashSecret(secret), kind, tx.Now)
}

// CloseSession ends one session.
func CloseSession(tx *db.Tx, secret string) error {
	return tx.Exec(`DELETE FROM sessions WHERE token_hash = $1`, hashSecret(secret))
}

// CloseSessions ends all sessions of a person, as after a change of password.
func CloseSessions(tx *db.Tx, personID string) error {
	return tx.Exec(`DELETE FROM sessions WHERE person_id = $1`, personID)
}

func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
