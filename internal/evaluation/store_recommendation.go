package evaluation

// Rows of recommendations.

import (
	"encoding/json"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

const adviceColumns = `c.id, c.round_id, c.number, c.text, c.findings, c.indicator, c.unit, c.area_path, c.what,
	c.due_on,
	c.criterion, c.discussed_on, c.state, c.reason, c.answer_by, c.answered_on, c.answered_by, c.answerer_id, c.matter,
	c.created_by, c.created_at, c.version, c.updated_by, c.updated_at`

func scanRecommendation(r db.Row) (c Recommendation, err error) {
	var findings string
	if err = r.Scan(&c.ID, &c.RoundID, &c.Number, &c.Text, &findings, &c.Indicator, &c.Unit, &c.AreaPath, &c.What,
		&c.DueOn,
		&c.Criterion, &c.DiscussedOn, &c.State, &c.Reason, &c.AnswerBy, &c.AnsweredOn, &c.AnsweredBy, &c.AnswererID,
		&c.Matter, &c.CreatedBy, &c.CreatedAt, &c.Version, &c.UpdatedBy, &c.UpdatedAt); err != nil {
		return c, err
	}
	c.CreatedAt, c.UpdatedAt = c.CreatedAt.UTC(), c.UpdatedAt.UTC()
	return c, json.Unmarshal([]byte(findings), &c.Findings)
}

func getRecommendation(tx *db.Tx, id string) (Recommendation, error) {
	return db.One(tx, scanRecommendation, `SELECT `+adviceColumns+` FROM recommendations c WHERE c.id = $1`, id)
}

// RecommendationsOf are those of a round by their number, whoever asks.
func RecommendationsOf(tx *db.Tx, round string) ([]Recommendation, error) {
	return db.All(tx, scanRecommendation, `SELECT `+adviceColumns+` FROM recommendations c WHERE c.round_id = $1
		ORDER BY c.number`, round)
}

// adviceTo are those that a unit was given, the first to be answered first.
func adviceTo(tx *db.Tx, unit string) ([]Recommendation, error) {
	return db.All(tx, scanRecommendation, `SELECT `+adviceColumns+` FROM recommendations c WHERE c.unit = $1
		ORDER BY c.answer_by, c.id`, unit)
}

func everyRecommendation(tx *db.Tx) ([]Recommendation, error) {
	return db.All(tx, scanRecommendation, `SELECT `+adviceColumns+` FROM recommendations c ORDER BY c.id`)
}

// waiting are those that the user's units have not answered.
func waiting(tx *db.Tx, by auth.User) ([]Recommendation, error) {
	units, _ := by.Scope()
	return db.All(tx, scanRecommendation, `SELECT `+adviceColumns+` FROM recommendations c WHERE c.state = 'made'
		AND c.unit IN (SELECT j.key FROM json_each($1) j) ORDER BY c.answer_by, c.id LIMIT 200`, db.Texts(units))
}

// adviceDue are those to be answered by a day, in pieces by id.
func adviceDue(tx *db.Tx, until, after string, most int) ([]Recommendation, error) {
	return db.All(tx, scanRecommendation, `SELECT `+adviceColumns+` FROM recommendations c WHERE c.state = 'made'
		AND c.answer_by <= $1 AND c.id > $2 ORDER BY c.id LIMIT $3`, until, after, most)
}

func nextNumber(tx *db.Tx, round string) (int, error) {
	return db.Value[int](tx, `SELECT COALESCE(max(number), 0) + 1 FROM recommendations WHERE round_id = $1`, round)
}

func insertRecommendation(tx *db.Tx, c Recommendation) error {
	return tx.Exec(`INSERT INTO recommendations (id, round_id, number, text, findings, indicator, unit, area_path, what,
		due_on, criterion, discussed_on, state, reason, answer_by, answered_on, answered_by, answerer_id, matter,
		created_by, created_at, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24)`, c.ID, c.RoundID, c.Number, c.Text, asList(c.Findings), c.Indicator, c.Unit, c.AreaPath, c.What,
		c.DueOn, c.Criterion, c.DiscussedOn, string(c.State), c.Reason, c.AnswerBy, c.AnsweredOn, c.AnsweredBy,
		c.AnswererID, c.Matter, c.CreatedBy, c.CreatedAt, c.Version, c.UpdatedBy, c.UpdatedAt)
}

// updateRecommendation writes what a step changes, if the row is still the one that was read.
func updateRecommendation(tx *db.Tx, c *Recommendation) error {
	c.Version++
	return tx.ExecOne(`UPDATE recommendations SET state = $1, reason = $2, answered_on = $3, answered_by = $4,
		answerer_id = $5, matter = $6, unit = $7, area_path = $8, version = $9, updated_by = $10, updated_at = $11
		WHERE id = $12 AND version = $13`, string(c.State), c.Reason, c.AnsweredOn, c.AnsweredBy, c.AnswererID,
		c.Matter, c.Unit, c.AreaPath, c.Version, c.UpdatedBy, c.UpdatedAt, c.ID, c.Version-1)
}

// row is what of a recommendation the journal has to say.
func (c Recommendation) row() held.Row {
	return held.Row{"round_id": c.RoundID, "number": held.Int(c.Number), "text": c.Text,
		"findings": asList(c.Findings), "indicator": c.Indicator, "unit": c.Unit, "area_path": c.AreaPath,
		"what": c.What, "due_on": c.DueOn, "criterion": c.Criterion, "discussed_on": c.DiscussedOn,
		"state": string(c.State), "reason": c.Reason, "answer_by": c.AnswerBy, "answered_on": c.AnsweredOn,
		"answered_by": c.AnsweredBy, "answerer_id": c.AnswererID, "matter": c.Matter, "created_by": c.CreatedBy,
		"created_at": held.Time(c.CreatedAt), "version": held.Int(c.Version), "updated_by": c.UpdatedBy,
		"updated_at": held.Time(c.UpdatedAt)}
}
