package account

// Rows of accounts and signing keys. It hashes and unlocks nothing, and lets a used key only retire, never go.

import (
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

const columns = `person_id, login, password_hash, language, enabled, version`

func scan(tx *db.Tx) func(r db.Row) (Account, error) {
	return func(r db.Row) (a Account, err error) {
		var kept string
		err = r.Scan(&a.PersonID, &a.Login, &kept, &a.Language, &a.Enabled, &a.Version)
		kept, a.Once = strings.CutPrefix(kept, oncePrefix)
		hash, mark, _ := strings.Cut(kept, " ")
		a.Hash, a.mark = hash, mark
		a.Made = journal.Marked(tx, mark, markOf, a.marked()...)
		return a, err
	}
}

const (
	oncePrefix = "once "
	markOf     = "account"
)

// marked is what the mark of an account says.
func (a Account) marked() []string {
	return []string{a.PersonID, a.Login, a.Hash, strconv.FormatBool(a.Once), strconv.FormatBool(a.Enabled)}
}

// seal is the hash as it is stored, with the mark of the program, which the journal's entry has too: the newest entry
// tells which of several marked rows is the one that holds.
func (a *Account) seal(tx *db.Tx) (kept string, err error) {
	a.mark, err = journal.Mark(tx, markOf, a.marked()...)
	text := a.Hash + " " + a.mark
	if a.Once {
		text = oncePrefix + text
	}
	return text, err
}

// said is what an entry says of the row that it leaves behind.
func (a Account) said() map[string]string { return map[string]string{"row": a.mark} }

// newest says whether the row is the one that the journal's newest entry on the account left behind, and not an older
// one that was put back.
func (a Account) newest(tx *db.Tx) (bool, error) {
	e, found, made, err := journal.LastAccount(tx, personObject(a.PersonID))
	return found && made && e.Detail["row"] == a.mark, err
}

// ByLogin returns the account with a login name.
func ByLogin(tx *db.Tx, login string) (Account, error) { return held(tx, `login = $1`, login) }

// Of returns a person's account.
func Of(tx *db.Tx, personID string) (Account, error) { return held(tx, `person_id = $1`, personID) }

// held is an account held against the journal.
func held(tx *db.Tx, where, value string) (Account, error) {
	a, err := row(tx, where, value)
	if err == nil && a.Made {
		a.Made, err = a.newest(tx)
	}
	return a, err
}

// row is an account of which its own mark alone is asked.
func row(tx *db.Tx, where, value string) (Account, error) {
	return db.One(tx, scan(tx), `SELECT `+columns+` FROM accounts WHERE `+where, value)
}

// List returns all accounts by login.
func List(tx *db.Tx) ([]Account, error) {
	return db.All(tx, scan(tx), `SELECT `+columns+` FROM accounts ORDER BY login`)
}

// Languages is the language of each person whose account is open.
func Languages(tx *db.Tx) (map[string]string, error) {
	all := map[string]string{}
	err := db.Each(tx, func(r db.Row) error {
		var person, language string
		err := r.Scan(&person, &language)
		all[person] = language
		return err
	}, `SELECT person_id, language FROM accounts WHERE enabled`)
	return all, err
}

func insert(tx *db.Tx, a *Account) error {
	kept, err := a.seal(tx)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO accounts (person_id, login, password_hash, enabled, language, version, updated_at)
		VALUES ($1, $2, $3, $4, $5, 1, $6)`, a.PersonID, a.Login, kept, a.Enabled, a.Language, tx.Now)
}

// update writes password and state, and vouches for them.
func update(tx *db.Tx, a *Account) error {
	kept, err := a.seal(tx)
	if err != nil {
		return err
	}
	return tx.ExecOne(`UPDATE accounts SET password_hash = $1, enabled = $2, version = version + 1, updated_at = $3
		WHERE person_id = $4 AND version = $5`, kept, a.Enabled, tx.Now, a.PersonID, a.Version)
}

// setLanguage vouches for nothing.
func setLanguage(tx *db.Tx, a Account) error {
	return tx.ExecOne(`UPDATE accounts SET language = $1, version = version + 1, updated_at = $2
		WHERE person_id = $3 AND version = $4`, a.Language, tx.Now, a.PersonID, a.Version)
}

func setKeyTries(tx *db.Tx, id string, t tries) error {
	return tx.ExecOne(`UPDATE signing_keys SET failures = $1, locked_until = $2 WHERE id = $3`,
		t.Failures, t.until(), id)
}

func (t tries) until() sql.NullTime {
	return sql.NullTime{Time: t.LockedUntil, Valid: !t.LockedUntil.IsZero()}
}

// triesOf are the tries to sign in with a login, given as its digest; none if nobody has tried lately.
func triesOf(tx *db.Tx, login string) (tries, error) {
	t, _, err := db.Maybe(db.One(tx, func(r db.Row) (t tries, err error) {
		var locked sql.NullTime
		err = r.Scan(&t.Failures, &locked)
		t.LockedUntil = locked.Time
		return t, err
	}, `SELECT failures, locked_until FROM signin_tries WHERE login_hash = $1`, login))
	return t, err
}

// putTries keeps the count, and forgets what is a day old, so that guessing logins fills no disk.
func putTries(tx *db.Tx, login string, t tries) error {
	if err := tx.Exec(`DELETE FROM signin_tries WHERE changed_at < $1`, tx.Now.Add(-24*time.Hour)); err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO signin_tries (login_hash, failures, locked_until, changed_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (login_hash) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until,
			changed_at = excluded.changed_at`, login, t.Failures, t.until(), tx.Now)
}

func clearTries(tx *db.Tx, login string) error {
	return tx.Exec(`DELETE FROM signin_tries WHERE login_hash = $1`, login)
}

const keyColumns = `id, person_id, public_key, certificate, locked, created_at, failures, locked_until, retired_at`

func scanKey(r db.Row) (k Key, err error) {
	var locked, retired sql.NullTime
	var public, certificate, private string
	err = r.Scan(&k.ID, &k.PersonID, &public, &certificate, &private, &k.CreatedAt, &k.Failures, &locked, &retired)
	if err != nil {
		return k, err
	}
	k.PublicKey, k.Locked, k.LockedUntil = sign.PublicKey(public), sign.Locked(private), locked.Time
	k.RetiredAt = retired.Time.UTC()
	return k, json.Unmarshal([]byte(certificate), &k.Certificate)
}

// KeyOf returns a person's current signing key; Missing if there is none yet.
func KeyOf(tx *db.Tx, personID string) (Key, error) {
	return db.One(tx, scanKey, `SELECT `+keyColumns+` FROM signing_keys
		WHERE person_id = $1 AND retired_at IS NULL`, personID)
}

// KeyByID returns any key, also a retired one: signatures made with it stay valid.
func KeyByID(tx *db.Tx, id string) (Key, error) {
	return db.One(tx, scanKey, `SELECT `+keyColumns+` FROM signing_keys WHERE id = $1`, id)
}

func retireKeys(tx *db.Tx, personID string, at time.Time) error {
	return tx.Exec(`UPDATE signing_keys SET retired_at = $1 WHERE person_id = $2 AND retired_at IS NULL`, at, personID)
}

func insertKey(tx *db.Tx, k Key) error {
	certificate, err := sign.Canonical(k.Certificate)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO signing_keys (id, person_id, public_key, certificate, locked, failures, created_at)
		VALUES ($1, $2, $3, $4, $5, 0, $6)`,
		k.ID, k.PersonID, string(k.PublicKey), string(certificate), string(k.Locked), k.CreatedAt)
}

// allKeys are the signing keys of everybody, retired ones too.
func allKeys(tx *db.Tx) ([]Key, error) {
	return db.All(tx, scanKey, `SELECT `+keyColumns+` FROM signing_keys ORDER BY id`)
}
