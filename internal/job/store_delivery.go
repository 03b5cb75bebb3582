package job

// Rows of deliveries: taken on a lease, so that what a killed process had taken is sent by another.

import (
	"database/sql"
	"time"

	"yipanqi/internal/db"
)

// PutAll is Put for many at once.
func PutAll(tx *db.Tx, all []Delivery) error {
	rows := map[string]map[string]string{}
	for _, d := range all {
		rows[db.NewID()] = map[string]string{"channel": d.Channel, "key": d.Key, "person": d.Person,
			"subject": d.Subject, "body": d.Body}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Exec(`INSERT INTO deliveries (id, channel, key, person_id, subject, body, tries, next_at, error,
			created_at)
		SELECT j.key, j.value ->> 'channel', j.value ->> 'key', j.value ->> 'person', j.value ->> 'subject',
			j.value ->> 'body', 0, $2, '', $2 FROM json_each($1) j WHERE true
		ON CONFLICT (channel, key) DO NOTHING`, object(rows), tx.Now)
}

const deliveryColumns = `id, channel, key, person_id, subject, body, tries, created_at`

func scanDelivery(r db.Row) (d Delivery, err error) {
	err = r.Scan(&d.ID, &d.Channel, &d.Key, &d.Person, &d.Subject, &d.Body, &d.Tries, &d.CreatedAt)
	d.CreatedAt = d.CreatedAt.UTC()
	return d, err
}

// leased takes those of a channel that are due, oldest first, until the lease ends.
func leased(tx *db.Tx, channel string) ([]Delivery, error) {
	return db.All(tx, scanDelivery, `UPDATE deliveries SET next_at = $1, tries = tries + 1
		WHERE id IN (SELECT id FROM deliveries WHERE next_at <= $2 AND channel = $3 ORDER BY next_at, id LIMIT $4)
		RETURNING `+deliveryColumns, tx.Now.Add(lease), tx.Now, channel, batch)
}

// sent notes what has left; its text is not needed any more.
func sent(tx *db.Tx, ids map[string]string) error {
	return tx.Exec(`UPDATE deliveries SET sent_at = $1, next_at = NULL, body = '', error = ''
		WHERE sent_at IS NULL AND id IN (SELECT j.key FROM json_each($2) j)`, tx.Now, object(ids))
}

// notSent notes a failure, and when to try again; the zero time gives up.
func notSent(tx *db.Tx, id, reason string, next time.Time) error {
	return tx.Exec(`UPDATE deliveries SET error = $1, next_at = $2 WHERE id = $3 AND sent_at IS NULL`, reason,
		sql.NullTime{Time: next, Valid: !next.IsZero()}, id)
}

// release gives back what was taken and not tried.
func release(tx *db.Tx, ids map[string]string) error {
	return tx.Exec(`UPDATE deliveries SET next_at = $1, tries = tries - 1
		WHERE sent_at IS NULL AND id IN (SELECT j.key FROM json_each($2) j)`, tx.Now, object(ids))
}

// nextDelivery is when the next of a channel may be taken; the zero time, if there is none.
func nextDelivery(tx *db.Tx, channel string) (time.Time, error) {
	found, err := db.All(tx, db.Single[time.Time], `SELECT next_at FROM deliveries
		WHERE next_at IS NOT NULL AND channel = $1 ORDER BY next_at LIMIT 1`, channel)
	if len(found) == 0 {
		return time.Time{}, err
	}
	return found[0].UTC(), err
}

// again has what was given up, or waits, tried at once: all of it.
func again(tx *db.Tx) (int64, error) {
	return tx.ExecN(`UPDATE deliveries SET next_at = $1, created_at = $1
		WHERE sent_at IS NULL AND (next_at IS NULL OR next_at > $1) AND error <> ''`, tx.Now)
}

// tidy forgets what left, or was given up, long ago.
func tidy(tx *db.Tx, before time.Time) error {
	return tx.Exec(`DELETE FROM deliveries WHERE next_at IS NULL AND created_at < $1`, before)
}

// sendings counts deliveries and lists the newest failures.
func sendings(tx *db.Tx) (s Sending, err error) {
	if s.Waiting, err = db.Value[int](tx, `SELECT count(*) FROM deliveries WHERE next_at IS NOT NULL`); err != nil {
		return s, err
	}
	if s.Sent, err = db.Value[int](tx, `SELECT count(*) FROM deliveries WHERE sent_at IS NOT NULL`); err != nil {
		return s, err
	}
	s.Failed, err = db.All(tx, func(r db.Row) (f Failure, err error) {
		var next sql.NullTime
		err = r.Scan(&f.ID, &f.Channel, &f.Key, &f.Person, &f.Subject, &f.Body, &f.Tries, &f.CreatedAt, &f.Error, &next)
		if f.CreatedAt = f.CreatedAt.UTC(); next.Valid {
			at := next.Time.UTC()
			f.NextAt = &at
		}
		return f, err
	}, `SELECT `+deliveryColumns+`, error, next_at FROM deliveries WHERE sent_at IS NULL AND error <> ''
		ORDER BY created_at DESC, id DESC LIMIT 200`)
	return s, err
}

// FailedTo says of each person why the newest delivery to them has not arrived; those whose has are left out.
func FailedTo(tx *db.Tx, people map[string]string) (map[string]string, error) {
	reasons := map[string]string{}
	err := db.Each(tx, func(r db.Row) error {
		var person, reason string
		err := r.Scan(&person, &reason)
		reasons[person] = reason
		return err
	}, `SELECT d.person_id, d.error FROM deliveries d
		WHERE d.person_id IN (SELECT j.key FROM json_each($1) j) AND d.sent_at IS NULL AND d.error <> ''
		AND NOT EXISTS (SELECT 1 FROM deliveries n WHERE n.person_id = d.person_id AND n.created_at > d.created_at)`,
		object(people))
	return reasons, err
}
