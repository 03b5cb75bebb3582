package network

// Where people get their mail, and who holds which post today: for those who are told something.

import (
	"net/mail"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// EmailOf is a person's e-mail address, empty if none is known.
func EmailOf(tx *db.Tx, personID string) (string, error) {
	found, err := db.All(tx, db.Single[string], `SELECT email FROM mailboxes WHERE person_id = $1`, personID)
	if len(found) == 0 {
		return "", err
	}
	return found[0], err
}

// EmailsOf are the addresses of those people who have one, by person.
func EmailsOf(tx *db.Tx, people []string) (map[string]string, error) {
	return emails(tx, ` WHERE person_id IN (SELECT j.key FROM json_each($1) j)`, db.Texts(people))
}

// Emails are the addresses of everybody who has one, by person.
func Emails(tx *db.Tx) (map[string]string, error) { return emails(tx, "") }

func emails(tx *db.Tx, where string, args ...any) (map[string]string, error) {
	all := map[string]string{}
	err := db.Each(tx, func(r db.Row) error {
		var person, email string
		err := r.Scan(&person, &email)
		all[person] = email
		return err
	}, `SELECT person_id, email FROM mailboxes`+where, args...)
	return all, err
}

// SetEmail keeps a person's address, or forgets it if it is empty, and reports whether anything changed.
func SetEmail(tx *db.Tx, personID, email string) (bool, error) {
	email = strings.TrimSpace(norm.NFKC.String(email)) // typed in the width of Chinese, it is the same address
	if email == "" {
		n, err := tx.ExecN(`DELETE FROM mailboxes WHERE person_id = $1`, personID)
		return n > 0, err
	}
	if !isEmail(email) {
		wrong := errs.Fields{}
		wrong.Say("email", "“%s”不是邮箱地址，请写成 name@example.org", email)
		return false, wrong.Check("邮箱没有保存。")
	}
	n, err := tx.ExecN(`INSERT INTO mailboxes (person_id, email) VALUES ($1, $2)
		ON CONFLICT (person_id) DO UPDATE SET email = excluded.email WHERE mailboxes.email <> excluded.email`,
		personID, email)
	return n > 0, err
}

// isEmail: one bare address with a domain, no longer than a mail server takes.
func isEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && len(text) <= 254 && !strings.ContainsAny(text, "\r\n") &&
		strings.Contains(text[strings.LastIndexByte(text, '@'):], ".")
}

// Held are all posts that are held today.
func Held(tx *db.Tx) ([]Post, error) {
	return db.All(tx, scanPost, `SELECT `+postColumns+` FROM posts p JOIN people h ON h.id = p.person_id
		WHERE p.opens_on <= $1 AND (p.closes_on = '' OR p.closes_on > $1) ORDER BY p.person_id, p.id`, tx.Today())
}

// Seat is a unit in which somebody holds a role, and the area that it is for.
type Seat struct{ Unit, AreaPath string }

// Seats are the units in which a role is held today.
func Seats(tx *db.Tx, role string) ([]Seat, error) {
	return db.All(tx, func(r db.Row) (s Seat, err error) { return s, r.Scan(&s.Unit, &s.AreaPath) },
		`SELECT DISTINCT p.unit, a.path FROM posts p JOIN units u ON u.code = p.unit JOIN areas a ON a.id = u.area_id
		WHERE p.role = $1 AND p.opens_on <= $2 AND (p.closes_on = '' OR p.closes_on > $2) ORDER BY a.path, p.unit`,
		role, tx.Today())
}

// Unreachable counts the people who hold a post today and have no e-mail address.
func Unreachable(tx *db.Tx) (int, error) {
	return db.Value[int](tx, `SELECT count(DISTINCT p.person_id) FROM posts p
		WHERE p.opens_on <= $1 AND (p.closes_on = '' OR p.closes_on > $1)
		AND NOT EXISTS (SELECT 1 FROM mailboxes m WHERE m.person_id = p.person_id)`, tx.Today())
}
