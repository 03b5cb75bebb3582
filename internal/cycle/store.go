package cycle

// Rows of cycles, and the list of them as the user may see it.

import (
	"encoding/json"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

const columns = `c.id, c.year, c.title, c.unit, c.lead, c.area_id, c.area_path, c.forms, c.basis, c.contact, c.opens_on,
	c.due, c.trainings, c.untaught, c.notice, c.review_meeting, c.extensions, c.duns, c.explanations, c.gaps,
	c.opened_on, c.closed_on, c.compiled_on, c.report, c.published_on, c.copied_from, c.reason, c.state, c.created_by,
	c.created_at, c.version, c.updated_by, c.updated_at`

func scan(r db.Row) (c Cycle, err error) {
	var forms, due, trainings, extensions, duns, explanations, gaps string
	if err = r.Scan(&c.ID, &c.Year, &c.Title, &c.Unit, &c.Lead, &c.AreaID, &c.AreaPath, &forms, &c.Basis, &c.Contact,
		&c.OpensOn, &due, &trainings, &c.Untaught, &c.Notice, &c.ReviewMeeting, &extensions, &duns, &explanations,
		&gaps, &c.OpenedOn, &c.ClosedOn, &c.CompiledOn, &c.Report, &c.PublishedOn, &c.CopiedFrom, &c.Reason, &c.State,
		&c.CreatedBy, &c.CreatedAt, &c.Version, &c.UpdatedBy, &c.UpdatedAt); err != nil {
		return c, err
	}
	c.CreatedAt, c.UpdatedAt = c.CreatedAt.UTC(), c.UpdatedAt.UTC()
	for text, to := range map[*string]any{&forms: &c.Forms, &due: &c.Due, &trainings: &c.Trainings,
		&extensions: &c.Extensions, &duns: &c.Duns, &explanations: &c.Explanations, &gaps: &c.Gaps} {
		if err := json.Unmarshal([]byte(*text), to); err != nil {
			return c, err
		}
	}
	return c, nil
}

func asJSON[T any](all []T) string {
	if all == nil {
		all = []T{}
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	return string(text)
}

// Get returns one cycle, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Cycle, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM cycles c WHERE c.id = $1`, id)
}

// every are all cycles, the newest year first: there are a few a year.
func every(tx *db.Tx) ([]Cycle, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM cycles c ORDER BY c.year DESC, c.id DESC`)
}

func ofYear(tx *db.Tx, year int) ([]Cycle, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM cycles c WHERE c.year = $1 ORDER BY c.id`, year)
}

// LeadOf is the statistics unit that runs the cycle of a year in an area with the office, empty if none does.
func LeadOf(tx *db.Tx, area int64, year int) (unit string, err error) {
	all, err := ofYear(tx, year)
	for _, c := range all {
		if c.AreaID == area && c.State != Dropped {
			unit = c.Lead
		}
	}
	return unit, err
}

func insert(tx *db.Tx, c Cycle) error {
	return tx.Exec(`INSERT INTO cycles (id, year, title, unit, lead, area_id, area_path, forms, basis, contact,
		opens_on, due, trainings, untaught, notice, review_meeting, extensions, duns, explanations, gaps, opened_on,
		closed_on, compiled_on, report, published_on, copied_from, reason, state, created_by, created_at, version,
		updated_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
		$19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)`, c.ID, c.Year, c.Title, c.Unit,
		c.Lead, c.AreaID, c.AreaPath, asJSON(c.Forms), c.Basis, c.Contact, c.OpensOn, asJSON(c.Due),
		asJSON(c.Trainings), c.Untaught, c.Notice, c.ReviewMeeting, asJSON(c.Extensions), asJSON(c.Duns),
		asJSON(c.Explanations), asJSON(c.Gaps), c.OpenedOn, c.ClosedOn, c.CompiledOn, c.Report, c.PublishedOn,
		c.CopiedFrom, c.Reason, string(c.State), c.CreatedBy, c.CreatedAt, c.Version, c.UpdatedBy, c.UpdatedAt)
}

// update writes what can change, if the row is still the one that was read.
func update(tx *db.Tx, c *Cycle) error {
	c.Version++
	return tx.ExecOne(`UPDATE cycles SET title = $1, lead = $2, forms = $3, basis = $4, contact = $5, opens_on = $6,
		due = $7, trainings = $8, untaught = $9, notice = $10, review_meeting = $11, extensions = $12, duns = $13,
		explanations = $14, gaps = $15, opened_on = $16, closed_on = $17, compiled_on = $18, report = $19,
		published_on = $20, reason = $21, state = $22, year = $23, version = $24, updated_by = $25, updated_at = $26
		WHERE id = $27 AND version = $28`, c.Title, c.Lead, asJSON(c.Forms), c.Basis, c.Contact, c.OpensOn,
		asJSON(c.Due), asJSON(c.Trainings), c.Untaught, c.Notice, c.ReviewMeeting, asJSON(c.Extensions),
		asJSON(c.Duns), asJSON(c.Explanations), asJSON(c.Gaps), c.OpenedOn, c.ClosedOn, c.CompiledOn, c.Report,
		c.PublishedOn, c.Reason, string(c.State), c.Year, c.Version, c.UpdatedBy, c.UpdatedAt, c.ID, c.Version-1)
}

// row is what of a cycle the journal has to say.
func (c Cycle) row() held.Row {
	return held.Row{"year": strconv.Itoa(c.Year), "title": c.Title, "unit": c.Unit, "lead": c.Lead,
		"area_id": held.Int(c.AreaID), "area_path": c.AreaPath, "forms": asJSON(c.Forms), "basis": c.Basis,
		"contact": c.Contact, "opens_on": c.OpensOn, "due": asJSON(c.Due), "trainings": asJSON(c.Trainings),
		"untaught": c.Untaught, "notice": c.Notice, "review_meeting": c.ReviewMeeting,
		"extensions": asJSON(c.Extensions), "duns": asJSON(c.Duns), "explanations": asJSON(c.Explanations),
		"gaps": asJSON(c.Gaps), "opened_on": c.OpenedOn, "closed_on": c.ClosedOn, "compiled_on": c.CompiledOn,
		"report": c.Report, "published_on": c.PublishedOn, "copied_from": c.CopiedFrom, "reason": c.Reason,
		"state": string(c.State), "created_by": c.CreatedBy, "created_at": held.Time(c.CreatedAt)}
}
