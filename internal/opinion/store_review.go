package opinion

// Rows of the reviewers of a panel's text.

import (
	"database/sql"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

func scanReviewer(r db.Row) (v Reviewer, err error) {
	var finished sql.NullTime
	err = r.Scan(&v.ID, &v.TextID, &v.Engagement, &v.PersonID, &v.Person, &finished)
	v.FinishedAt = instant(finished)
	return v, err
}

func reviewersOf(tx *db.Tx, textID string) ([]Reviewer, error) {
	return db.All(tx, scanReviewer, `SELECT id, text_id, engagement_id, person_id, person, finished_at
		FROM opinion_reviewers WHERE text_id = $1 ORDER BY id`, textID)
}

func everyReviewer(tx *db.Tx) ([]Reviewer, error) {
	return db.All(tx, scanReviewer, `SELECT id, text_id, engagement_id, person_id, person, finished_at
		FROM opinion_reviewers ORDER BY id`)
}

func insertReviewer(tx *db.Tx, v Reviewer) error {
	return tx.Exec(`INSERT INTO opinion_reviewers (id, text_id, engagement_id, person_id, person, finished_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, v.ID, v.TextID, v.Engagement, v.PersonID, v.Person, nullable(v.FinishedAt))
}

func finishReviewer(tx *db.Tx, v Reviewer) error {
	return tx.ExecOne(`UPDATE opinion_reviewers SET finished_at = $1 WHERE id = $2 AND finished_at IS NULL`,
		nullable(v.FinishedAt), v.ID)
}

func (r Reviewer) row() held.Row {
	return held.Row{"text_id": r.TextID, "engagement_id": r.Engagement, "person_id": r.PersonID, "person": r.Person,
		"finished_at": held.Time(r.FinishedAt)}
}

// textsNamed are the texts among some objects.
func textsNamed(tx *db.Tx, objects []string) ([]Text, error) {
	all, err := db.All(tx, scanText, `SELECT `+textColumns+` FROM opinion_texts t
		WHERE t.id IN (SELECT j.key FROM json_each($1) j) ORDER BY t.id`, db.Texts(textIDs(objects)))
	for i := range all {
		if err == nil {
			err = all[i].readers(tx)
		}
	}
	return all, err
}

// textIDs are the ids of the texts among some objects.
func textIDs(objects []string) (ids []string) {
	for _, object := range objects {
		if id, is := strings.CutPrefix(object, "text/"); is {
			ids = append(ids, id)
		}
	}
	return ids
}
