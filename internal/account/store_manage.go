package account

// What administrators read of people: never what they report.

import (
	"database/sql"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/job"
)

// Managed is a person as an administrator sees them.
type Managed struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	NameEN  string        `json:"name_en,omitempty"`
	Login   string        `json:"login,omitempty"` // empty: no account
	Enabled bool          `json:"enabled"`
	Locked  bool          `json:"locked,omitempty"`
	Once    bool          `json:"once,omitempty"` // has a one-time password
	Posts   []ManagedPost `json:"posts"`

	Email    string     `json:"email,omitempty"`
	MailFail string     `json:"mail_error,omitempty"` // why the newest mail to them has not arrived
	Sessions int        `json:"sessions"`             // open ones, of browsers and programs
	Key      string     `json:"key,omitempty"`        // id of the signing key
	KeyAt    *time.Time `json:"key_at,omitempty"`     // since when
	LastSeen *time.Time `json:"last_seen,omitempty"`  // when the newest open session began

	// A key that waits to be compared with its owner, for the security administrator: why, and by what it is known.
	Doubt       *Doubt `json:"key_doubt,omitempty"`
	Fingerprint string `json:"key_fingerprint,omitempty"`
}

// ManagedPost is a post that the person holds today.
type ManagedPost struct {
	ID     string `json:"id"`
	Unit   string `json:"unit"`
	UnitEN string `json:"unit_en,omitempty"`
	Code   string `json:"unit_code"`
	Role   string `json:"role"`
	Since  string `json:"since"`
}

// managedWhere keeps the people who have or had a post in an area under the paths $1, and for whoever administers a
// root ($2) those without any; $3 is a part of a name or login, $4 one person, $5
// "none" keeps those in a post on the day $6 who have no e-mail address.
const managedWhere = ` FROM people h LEFT JOIN accounts c ON c.person_id = h.id
	WHERE (EXISTS (SELECT 1 FROM posts p JOIN units u ON u.code = p.unit JOIN areas a ON a.id = u.area_id
			JOIN json_each($1) j ON a.path LIKE j.key || '%' WHERE p.person_id = h.id)
		OR $2 = 'root' AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.person_id = h.id))
	AND ($3 = '' OR h.name LIKE '%' || $3 || '%' OR c.login LIKE '%' || $3 || '%') AND ($4 = '' OR h.id = $4)
	AND ($5 = '' OR NOT EXISTS (SELECT 1 FROM mailboxes m WHERE m.person_id = h.id)
		AND EXISTS (SELECT 1 FROM posts p WHERE p.person_id = h.id AND p.opens_on <= $6
			AND (p.closes_on = '' OR p.closes_on > $6)))`

// People lists those whom the user administers in role, by name.
func People(tx *db.Tx, by auth.User, role, search, only, mail string) (all []Managed, err error) {
	paths, top := by.Administered(role), ""
	if slices.ContainsFunc(paths, func(path string) bool { return strings.Count(path, ".") == 1 }) {
		top = "root"
	}
	locked, err := db.All(tx, db.Single[string], `SELECT login_hash FROM signin_tries
		WHERE failures >= $1 AND locked_until > $2`, maxTries, tx.Now)
	if err != nil {
		return nil, err
	}
	all, err = db.All(tx, func(r db.Row) (p Managed, err error) {
		var login, kept sql.NullString
		var enabled sql.NullBool
		err = r.Scan(&p.ID, &p.Name, &p.NameEN, &login, &enabled, &kept)
		p.Once = strings.HasPrefix(kept.String, oncePrefix)
		p.Login, p.Enabled, p.Posts = login.String, enabled.Bool, []ManagedPost{}
		p.Locked = login.Valid && len(locked) > 0 && slices.Contains(locked, Try{Login: p.Login}.digest())
		return p, err
	}, `SELECT h.id, h.name, h.name_en, c.login, c.enabled, c.password_hash`+managedWhere+`
		ORDER BY h.name, h.id`, db.Texts(paths), top, search, only, mail, tx.Today())
	if err != nil {
		return nil, err
	}
	return all, fill(tx, all)
}

// fill adds posts, open sessions and keys.
func fill(tx *db.Tx, all []Managed) error {
	at, ids := map[string]*Managed{}, []string{}
	for i := range all {
		at[all[i].ID], ids = &all[i], append(ids, all[i].ID)
	}
	people := db.Texts(ids)
	if err := fillMail(tx, at, ids); err != nil {
		return err
	}
	if err := db.Each(tx, func(r db.Row) error {
		var id string
		var p ManagedPost
		err := r.Scan(&id, &p.ID, &p.Code, &p.Unit, &p.UnitEN, &p.Role, &p.Since)
		at[id].Posts = append(at[id].Posts, p)
		return err
	}, `SELECT p.person_id, p.id, p.unit, u.name, u.name_en, p.role, p.opens_on
		FROM posts p JOIN units u ON u.code = p.unit
		WHERE p.person_id IN (SELECT j.key FROM json_each($1) j) AND (p.closes_on = '' OR p.closes_on > $2)
		ORDER BY p.opens_on, p.id`, people, tx.Today()); err != nil {
		return err
	}
	if err := db.Each(tx, func(r db.Row) error {
		var id string
		var began time.Time
		err := r.Scan(&id, &began)
		began = began.UTC()
		at[id].Sessions, at[id].LastSeen = at[id].Sessions+1, &began
		return err
	}, `SELECT person_id, created_at FROM sessions
		WHERE person_id IN (SELECT j.key FROM json_each($1) j) AND expires_at > $2
		ORDER BY created_at`, people, tx.Now); err != nil {
		return err
	}
	return db.Each(tx, func(r db.Row) error {
		var id, key string
		var since time.Time
		err := r.Scan(&id, &key, &since)
		since = since.UTC()
		at[id].Key, at[id].KeyAt = key, &since
		return err
	}, `SELECT person_id, id, created_at FROM signing_keys
		WHERE retired_at IS NULL AND person_id IN (SELECT j.key FROM json_each($1) j)`, people)
}

// fillMail adds addresses, and why the newest mail has not arrived.
func fillMail(tx *db.Tx, at map[string]*Managed, ids []string) error {
	set := map[string]string{}
	for _, id := range ids {
		set[id] = ""
	}
	failed, err := job.FailedTo(tx, set)
	if err != nil {
		return err
	}
	for id, reason := range failed {
		at[id].MailFail = reason
	}
	return db.Each(tx, func(r db.Row) error {
		var id, email string
		err := r.Scan(&id, &email)
		at[id].Email = email
		return err
	}, `SELECT person_id, email FROM mailboxes WHERE person_id IN (SELECT j.key FROM json_each($1) j)`, db.Texts(ids))
}

// managed is one person whom the user administers in role; missing if it is somebody else's to do.
func managed(tx *db.Tx, by auth.User, role, personID string) (Managed, error) {
	if personID != "" {
		all, err := People(tx, by, role, "", personID, "")
		if err != nil || len(all) == 1 {
			return append(all, Managed{})[0], err
		}
	}
	return Managed{}, errs.Missingf("没有找到这个人，或者其单位不归您管理。")
}
