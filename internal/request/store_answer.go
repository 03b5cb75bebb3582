package request

// Rows of answers, their frozen versions and the signatures under them.

import (
	"database/sql"
	"encoding/json"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/signed"
)

const answerColumns = `a.id, a.request_id, a.unit, a.asked, a.area_path, a.state, a.due_on, a.draft, a.received_at,
	a.received_by, a.submitted_at, a.first_at, a.late, a.returns, a.accepted_at, a.step_at, a.version, a.updated_by,
	a.updated_at`

func scanAnswer(r db.Row) (a Answer, err error) {
	var draft string
	var received, submitted, first, accepted sql.NullTime
	if err = r.Scan(&a.ID, &a.RequestID, &a.Unit, &a.Asked, &a.AreaPath, &a.State, &a.DueOn, &draft, &received,
		&a.ReceivedBy, &submitted, &first, &a.Late, &a.Returns, &accepted, &a.StepAt, &a.Version, &a.UpdatedBy,
		&a.UpdatedAt); err != nil {
		return a, err
	}
	a.ReceivedAt, a.SubmittedAt, a.FirstAt, a.AcceptedAt = instant(received), instant(submitted), instant(first),
		instant(accepted)
	a.StepAt, a.UpdatedAt = a.StepAt.UTC(), a.UpdatedAt.UTC()
	return a, json.Unmarshal([]byte(draft), &a.Draft)
}

// AnswerByID returns one answer.
func AnswerByID(tx *db.Tx, id string) (Answer, error) {
	return db.One(tx, scanAnswer, `SELECT `+answerColumns+` FROM answers a WHERE a.id = $1`, id)
}

// Answers are all of a request, in the order of the units.
func Answers(tx *db.Tx, requestID string) ([]Answer, error) {
	return db.All(tx, scanAnswer, `SELECT `+answerColumns+` FROM answers a JOIN units u ON u.code = a.asked
		WHERE a.request_id = $1 ORDER BY u.position, u.code, a.id`, requestID)
}

// openAnswers are those that wait for the user's units, and those that the reviewer's posts of the user have to judge.
func openAnswers(tx *db.Tx, by auth.User) ([]Answer, error) {
	var units []string
	for _, p := range by.Posts {
		units = append(units, p.Unit)
	}
	return db.All(tx, scanAnswer, `SELECT `+answerColumns+` FROM answers a JOIN requests q ON q.id = a.request_id
		LEFT JOIN posts p ON p.id = q.reviewer
		WHERE a.state IN ('sent', 'open', 'prepared', 'returned') AND a.unit IN (SELECT j.key FROM json_each($1) j)
		OR a.state = 'submitted' AND p.unit IN (SELECT j.key FROM json_each($1) j)
		ORDER BY a.due_on, a.id LIMIT 200`, db.Texts(units))
}

const owed = `a.state IN ('sent', 'open', 'prepared', 'returned')`

// owedUntil is a piece of what is owed up to a day, the longest due first.
func owedUntil(tx *db.Tx, until, day, id string, most int) ([]Answer, error) {
	return db.All(tx, scanAnswer, `SELECT `+answerColumns+` FROM answers a WHERE `+owed+` AND a.due_on <= $1
		AND (a.due_on, a.id) > ($2, $3) ORDER BY a.due_on, a.id LIMIT $4`, until, day, id, most)
}

// owedBy are the answers that a unit owes.
func owedBy(tx *db.Tx, unit string) ([]Answer, error) {
	return db.All(tx, scanAnswer, `SELECT `+answerColumns+` FROM answers a WHERE a.unit = $1 AND `+owed+`
		ORDER BY a.due_on, a.id`, unit)
}

func insertAnswer(tx *db.Tx, a Answer) error {
	return tx.Exec(`INSERT INTO answers (id, request_id, unit, asked, area_path, state, due_on, draft, received_at,
		received_by, submitted_at, first_at, late, returns, accepted_at, step_at, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		a.ID, a.RequestID, a.Unit, a.Asked, a.AreaPath, a.State, a.DueOn, asJSON(a.Draft), nullable(a.ReceivedAt),
		a.ReceivedBy, nullable(a.SubmittedAt), nullable(a.FirstAt), a.Late, a.Returns, nullable(a.AcceptedAt), a.StepAt,
		a.Version, a.UpdatedBy, a.UpdatedAt)
}

// updateAnswer writes what may change, if the row is still that of a.Version.
func updateAnswer(tx *db.Tx, a *Answer) error {
	a.Version++
	return tx.ExecOne(`UPDATE answers SET unit = $1, area_path = $2, state = $3, due_on = $4, draft = $5,
		received_at = $6, received_by = $7, submitted_at = $8, first_at = $9, late = $10, returns = $11,
		accepted_at = $12, step_at = $13, version = $14, updated_by = $15, updated_at = $16
		WHERE id = $17 AND version = $18`,
		a.Unit, a.AreaPath, a.State, a.DueOn, asJSON(a.Draft), nullable(a.ReceivedAt), a.ReceivedBy,
		nullable(a.SubmittedAt), nullable(a.FirstAt), a.Late, a.Returns, nullable(a.AcceptedAt), a.StepAt, a.Version,
		a.UpdatedBy, a.UpdatedAt, a.ID, a.Version-1)
}

// row is what of an answer the journal has to say; a draft decides nothing.
func (a Answer) row() held.Row {
	return held.Row{"request_id": a.RequestID, "unit": a.Unit, "asked": a.Asked, "area_path": a.AreaPath,
		"state": string(a.State), "due_on": a.DueOn, "received_at": held.Time(a.ReceivedAt),
		"received_by":  a.ReceivedBy,
		"submitted_at": held.Time(a.SubmittedAt), "first_at": held.Time(a.FirstAt), "late": held.Bool(a.Late),
		"returns": held.Int(a.Returns), "accepted_at": held.Time(a.AcceptedAt), "step_at": held.Time(a.StepAt)}
}

const versionColumns = `v.id, v.answer_id, v.number, v.text, v.digest, v.unit, v.person_id, v.person, v.created_at,
	v.verdict, v.remarks, v.judged_by, v.judged_at`

func scanVersion(r db.Row) (v Version, err error) {
	var remarks string
	var judged sql.NullTime
	if err = r.Scan(&v.ID, &v.AnswerID, &v.Number, &v.Text, &v.Digest, &v.Unit, &v.PersonID, &v.Person, &v.CreatedAt,
		&v.Verdict, &remarks, &v.JudgedBy, &judged); err != nil {
		return v, err
	}
	v.CreatedAt, v.JudgedAt = v.CreatedAt.UTC(), instant(judged)
	return v, json.Unmarshal([]byte(remarks), &v.Remarks)
}

// VersionsOf are all versions of an answer with their signatures, oldest first.
func VersionsOf(tx *db.Tx, answerID string) ([]Version, error) {
	all, err := db.All(tx, scanVersion, `SELECT `+versionColumns+` FROM answer_versions v WHERE v.answer_id = $1
		ORDER BY v.number`, answerID)
	for i := range all {
		if err == nil {
			all[i].Signatures, err = signaturesOf(tx, all[i].ID)
		}
	}
	return all, err
}

// HandedIn are the newest versions of a request's answers that their units handed in, without signatures, by the unit
// that was asked.
func HandedIn(tx *db.Tx, requestID string) (map[string]Version, error) {
	type row struct {
		asked string
		Version
	}
	all, err := db.All(tx, func(r db.Row) (v row, err error) {
		return v, r.Scan(&v.asked, &v.ID, &v.Number, &v.Text)
	}, `SELECT a.asked, v.id, v.number, v.text FROM answers a JOIN answer_versions v ON v.answer_id = a.id
		WHERE a.request_id = $1 AND a.state NOT IN ('replaced', 'withdrawn') AND (v.verdict IN ('returned', 'accepted')
		OR v.verdict = '' AND a.state = 'submitted') ORDER BY a.asked, v.number`, requestID)
	by := map[string]Version{}
	for _, v := range all {
		by[v.asked] = v.Version
	}
	return by, err
}

// newest is the last version of an answer, empty if there is none.
func newest(tx *db.Tx, answerID string) (Version, error) {
	all, err := VersionsOf(tx, answerID)
	if err != nil || len(all) == 0 {
		return Version{}, err
	}
	return all[len(all)-1], nil
}

func insertVersion(tx *db.Tx, v Version) error {
	return tx.Exec(`INSERT INTO answer_versions (id, answer_id, number, text, digest, unit, person_id, person,
		created_at, verdict, remarks, judged_by, judged_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, v.ID, v.AnswerID, v.Number, v.Text, v.Digest,
		v.Unit, v.PersonID, v.Person, v.CreatedAt, v.Verdict, asJSON(v.Remarks), v.JudgedBy, nullable(v.JudgedAt))
}

func judge(tx *db.Tx, v Version) error {
	return tx.ExecOne(`UPDATE answer_versions SET verdict = $1, remarks = $2, judged_by = $3, judged_at = $4
		WHERE id = $5 AND verdict = ''`, v.Verdict, asJSON(v.Remarks), v.JudgedBy, nullable(v.JudgedAt), v.ID)
}

func scanSignature(r db.Row) (signed.Signature, error) { return signed.Scan(r) }

func signaturesOf(tx *db.Tx, versionID string) ([]signed.Signature, error) {
	return db.All(tx, scanSignature, `SELECT `+signed.Columns+` FROM answer_signatures g`+signed.Keys+
		`WHERE g.version_id = $1 ORDER BY g.role`, versionID)
}

func insertSignature(tx *db.Tx, versionID string, s signed.Signature) error {
	return tx.Exec(`INSERT INTO answer_signatures (version_id, role, person_id, person, post, unit, key_id, digest,
		signature, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, versionID, s.Role, s.PersonID, s.Person,
		s.Post, s.Unit, s.KeyID, s.Digest, s.Value, s.At)
}
