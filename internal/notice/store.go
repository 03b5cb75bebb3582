package notice

// Rows of notices and of who read them. What a notice is about is asked of its module.

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// told is a notice as it is kept.
type told struct {
	ID     int64
	Unit   string
	Role   string
	Object string
	Step   string
	DueOn  string
	Rung   string
	ToldOn string
	Ended  *time.Time
	Read   bool
}

// key is what a notice is there for once.
func (n told) key() string {
	return strings.Join([]string{n.Object, n.Step, n.DueOn, n.Rung, n.Unit, n.Role}, "\x00")
}

const toldColumns = `n.id, n.unit, n.role, n.object, n.step, n.due_on, n.rung, n.told_on, n.ended_at`

func scanTold(r db.Row) (n told, err error) {
	var ended sql.NullTime
	err = r.Scan(&n.ID, &n.Unit, &n.Role, &n.Object, &n.Step, &n.DueOn, &n.Rung, &n.ToldOn, &ended)
	n.Ended = at(ended)
	return n, err
}

func at(when sql.NullTime) *time.Time {
	if !when.Valid {
		return nil
	}
	utc := when.Time.UTC()
	return &utc
}

func texts(all []string) string {
	set := map[string]int{}
	for _, text := range all {
		set[text] = 1
	}
	out, _ := json.Marshal(set) // texts always marshal
	return string(out)
}

// toldOf are all notices about objects, oldest first.
func toldOf(tx *db.Tx, objects []string) ([]told, error) {
	return db.All(tx, scanTold, `SELECT `+toldColumns+` FROM notices n
		WHERE n.object IN (SELECT j.key FROM json_each($1) j) ORDER BY n.id`, texts(objects))
}

// toldUnder are all notices about an object and about parts of it, letter/ID/UNIT, opened/ID.UNIT and quiet/ID:rule,
// oldest first.
func toldUnder(tx *db.Tx, object string) ([]told, error) {
	return db.All(tx, scanTold, `SELECT `+toldColumns+` FROM notices n WHERE n.object = $1
		OR n.object > $2 AND n.object < $3 OR n.object > $4 AND n.object < $5 ORDER BY n.id`, object, object+".",
		object+"0", object+":", object+";")
}

// tell keeps notices of a day; one that is there already stays as it is.
func tell(tx *db.Tx, day string, all []told) error {
	if len(all) == 0 {
		return nil
	}
	rows := map[string][6]string{} // lists, as their parts are read faster than those of an object
	for i, n := range all {
		rows[fmt.Sprintf("%07d", i)] = [6]string{n.Unit, n.Role, n.Object, n.Step, n.DueOn, n.Rung}
	}
	text, _ := json.Marshal(rows) // texts always marshal
	return tx.Exec(`INSERT INTO notices (unit, role, object, step, due_on, rung, told_on)
		SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, $2
		FROM json_each($1) j WHERE true ORDER BY j.key
		ON CONFLICT (object, step, due_on, rung, unit, role) DO NOTHING`, string(text), day)
}

// end closes notices.
func end(tx *db.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.Exec(`UPDATE notices SET ended_at = $1 WHERE ended_at IS NULL AND id IN (`+db.Ints(ids)+`)`, tx.Now)
}

// toldOn calls fn for each notice of a day, post by post, what is due first before.
func toldOn(tx *db.Tx, day string, fn func(n told)) error {
	return db.Each(tx, func(r db.Row) error {
		var n told
		err := r.Scan(&n.Unit, &n.Role, &n.Object, &n.Step, &n.DueOn, &n.Rung)
		fn(n)
		return err
	}, `SELECT unit, role, object, step, due_on, rung FROM notices WHERE told_on = $1
		ORDER BY unit, role, due_on, id`, day)
}

// addressed is the condition that a notice is for one of the user's posts, from parameter number first on.
func addressed(by auth.User, first int) (where string, args []any) {
	var posts []string
	for _, p := range by.Posts {
		posts = append(posts, fmt.Sprintf("n.unit = $%d AND n.role = $%d", first, first+1))
		args, first = append(args, p.Unit, p.Role), first+2
	}
	if posts == nil {
		return "(1 = 0)", nil
	}
	return "(" + strings.Join(posts, " OR ") + ")", args
}

// view is which notices of a post are wanted.
type view struct {
	before int64 // id; 0: from the newest on
	ended  bool  // those that ended too
	unread bool  // only those that the user has not read
}

// inbox are notices to the user's posts, newest first.
func inbox(tx *db.Tx, by auth.User, v view, limit int) ([]told, error) {
	where, args := addressed(by, 4)
	if !v.ended {
		where += " AND n.ended_at IS NULL" // in the text, so that the index is used
	}
	return db.All(tx, func(r db.Row) (n told, err error) {
		var ended sql.NullTime
		err = r.Scan(&n.ID, &n.Unit, &n.Role, &n.Object, &n.Step, &n.DueOn, &n.Rung, &n.ToldOn, &ended, &n.Read)
		n.Ended = at(ended)
		return n, err
	}, `SELECT `+toldColumns+`, r.at IS NOT NULL FROM notices n
		LEFT JOIN notice_reads r ON r.notice_id = n.id AND r.person_id = $1
		WHERE `+where+` AND ($2 = 0 OR n.id < $2) AND (NOT $3 OR r.at IS NULL)
		ORDER BY n.id DESC LIMIT `+fmt.Sprint(limit), append([]any{by.ID, v.before, v.unread}, args...)...)
}

// markRead notes that the user has seen notices to their posts: those named, or all that there are.
func markRead(tx *db.Tx, by auth.User, ids []int64) error {
	where, args := addressed(by, 4)
	return tx.Exec(`INSERT INTO notice_reads (person_id, notice_id, at)
		SELECT $1, n.id, $2 FROM notices n
		WHERE `+where+` AND n.ended_at IS NULL AND ($3 OR n.id IN (`+db.Ints(ids)+`))
		ON CONFLICT (person_id, notice_id) DO NOTHING`, append([]any{by.ID, tx.Now, len(ids) == 0}, args...)...)
}

// rungs are those of the office.
func rungs(tx *db.Tx) ([]Rung, error) {
	return db.All(tx, func(r db.Row) (g Rung, err error) {
		var when string
		if err := r.Scan(&g.Step, &when, &g.Role, &g.Of, &g.Status, &g.Basis); err != nil {
			return g, err
		}
		g.When, err = ParseWhen(when)
		return g, err
	}, `SELECT step, rung, role, place, status, basis FROM reminder_rungs ORDER BY step, rung, role, place`)
}

// PutRung adds a rung to the office's ladder, or changes it, and reports whether anything changed.
func PutRung(tx *db.Tx, r Rung) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO reminder_rungs (step, rung, role, place, status, basis)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (step, rung, role, place) DO UPDATE SET status = excluded.status, basis = excluded.basis
		WHERE reminder_rungs.status <> excluded.status OR reminder_rungs.basis <> excluded.basis`,
		r.Step, r.When.String(), r.Role, string(r.Of), string(r.Status), r.Basis)
	return n > 0, err
}
