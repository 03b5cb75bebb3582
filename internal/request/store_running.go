package request

// The requests that an office waits for, in short: what a wall shows of them.

import (
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// Running are the requests of the user's own units that somebody still owes an answer to, the nearest day first.
func Running(tx *db.Tx, by auth.User, most int) ([]Listed, error) {
	var units []string
	for _, p := range by.Posts {
		units = append(units, p.Unit)
	}
	return db.All(tx, func(r db.Row) (l Listed, err error) {
		err = r.Scan(&l.ID, &l.Title, &l.State, &l.DueOn, &l.Asked, &l.In, &l.Late)
		l.light(tx.Today())
		return l, err
	}, `SELECT q.id, q.title, q.state, q.due_on, q.asked, q.answered, q.late FROM (
			SELECT r.id AS id, r.title AS title, r.state AS state, r.due_on AS due_on,
				(SELECT count(*) FROM answers a WHERE a.request_id = r.id AND a.state <> 'replaced') AS asked,
				(SELECT count(*) FROM answers a WHERE a.request_id = r.id AND a.state IN ('submitted', 'accepted'))
					AS answered,
				(SELECT count(*) FROM answers a WHERE a.request_id = r.id AND a.due_on < $2
					AND a.state IN ('sent', 'open', 'prepared', 'returned')) AS late
			FROM requests r WHERE r.state = 'sent' AND r.unit IN (SELECT j.key FROM json_each($1) j)) q
		WHERE q.answered < q.asked ORDER BY q.due_on, q.id LIMIT $3`, db.Texts(units), tx.Today(), most)
}

// asked is an answer that a unit was asked for, with the request.
type asked struct {
	Answer
	request Request
}

// askedBetween are the answers that units were asked for from an instant on until before another, the first first, but
// for what was taken back, of requests of which by sees all answers.
func askedBetween(tx *db.Tx, by auth.User, from, until time.Time) (all []asked, err error) {
	units, paths := by.Scope()
	answers, err := db.All(tx, scanAnswer,
		`SELECT `+answerColumns+` FROM answers a JOIN requests q ON q.id = a.request_id
		WHERE q.sent_at >= $3 AND q.sent_at < $4 AND a.state NOT IN ('withdrawn', 'replaced')
		AND `+auth.Visible("q.unit", "q.area_path", 1)+` ORDER BY q.sent_at, a.id`, db.Texts(units), db.Texts(paths),
		from, until)
	known := map[string]Request{}
	for _, a := range answers {
		r, read := known[a.RequestID]
		if !read {
			if r, err = Get(tx, a.RequestID); err != nil {
				return nil, err
			}
			known[a.RequestID] = r
		}
		all = append(all, asked{a, r})
	}
	return all, err
}
