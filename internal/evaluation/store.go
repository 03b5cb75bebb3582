package evaluation

// Rows of rounds with who takes part in them, and of schemes as they were approved.

import (
	"encoding/json"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

const columns = `r.id, r.title, r.kind, r.plans, r.from_period, r.until_period, r.cutoff_on, r.unit, r.area_id,
	r.area_path, r.leading_group, r.basis, r.inspection_plan, r.unplanned, r.legal_nature, r.stages, r.scheme,
	r.edition, r.state, r.reason, r.launched_on, r.closed_on, r.created_by, r.created_at, r.version, r.updated_by,
	r.updated_at`

func scan(row db.Row) (r Round, err error) {
	var plans, leading, stages, scheme string
	if err = row.Scan(&r.ID, &r.Title, &r.Kind, &plans, &r.From, &r.Until, &r.CutoffOn, &r.Unit, &r.AreaID, &r.AreaPath,
		&leading, &r.Basis, &r.InspectionPlan, &r.Unplanned, &r.LegalNature, &stages, &scheme, &r.Edition, &r.State,
		&r.Reason, &r.LaunchedOn, &r.ClosedOn, &r.CreatedBy, &r.CreatedAt, &r.Version, &r.UpdatedBy,
		&r.UpdatedAt); err != nil {
		return r, err
	}
	r.CreatedAt, r.UpdatedAt = r.CreatedAt.UTC(), r.UpdatedAt.UTC()
	for text, to := range map[*string]any{&plans: &r.Plans, &leading: &r.Leading, &stages: &r.Stages,
		&scheme: &r.Scheme} {
		if err := json.Unmarshal([]byte(*text), to); err != nil {
			return r, err
		}
	}
	return r, nil
}

// asList is a list as it is kept, never null.
func asList[T any](all []T) string { return asJSON(append([]T{}, all...)) }

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain texts always marshal
	}
	return string(text)
}

// Get returns one round with its participants, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Round, error) {
	r, err := db.One(tx, scan, `SELECT `+columns+` FROM evaluation_rounds r WHERE r.id = $1`, id)
	if err != nil {
		return r, err
	}
	return r, r.participants(tx)
}

func (r *Round) participants(tx *db.Tx) (err error) {
	r.Participants, err = db.All(tx, func(row db.Row) (p Participant, err error) {
		return p, row.Scan(&p.Unit, &p.Area, &p.Path)
	}, `SELECT unit, area, path FROM round_participants WHERE round_id = $1 ORDER BY unit`, r.ID)
	return err
}

// every returns all rounds with their participants, for verification, search and what is about a unit.
func every(tx *db.Tx) ([]Round, error) {
	return withParticipants(tx, `ORDER BY r.id`)
}

// running are the rounds that go on.
func running(tx *db.Tx) ([]Round, error) {
	return withParticipants(tx, `WHERE r.state = 'running' ORDER BY r.id`)
}

func withParticipants(tx *db.Tx, where string, args ...any) ([]Round, error) {
	all, err := db.All(tx, scan, `SELECT `+columns+` FROM evaluation_rounds r `+where, args...)
	for n := range all {
		if err == nil {
			err = all[n].participants(tx)
		}
	}
	return all, err
}

func insert(tx *db.Tx, r Round) error {
	if err := tx.Exec(`INSERT INTO evaluation_rounds (id, title, kind, plans, from_period, until_period, cutoff_on,
		unit, area_id, area_path, leading_group, basis, inspection_plan, unplanned, legal_nature, stages, scheme,
		edition, state, reason, launched_on, closed_on, created_by, created_at, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27)`, r.ID, r.Title, r.Kind, asList(r.Plans), r.From, r.Until, r.CutoffOn, r.Unit,
		r.AreaID, r.AreaPath, asList(r.Leading), r.Basis, r.InspectionPlan, r.Unplanned, r.LegalNature,
		asList(r.Stages),
		asJSON(r.Scheme), r.Edition, string(r.State), r.Reason, r.LaunchedOn, r.ClosedOn, r.CreatedBy, r.CreatedAt,
		r.Version, r.UpdatedBy, r.UpdatedAt); err != nil {
		return err
	}
	return r.putParticipants(tx)
}

// update writes the round anew, if the row is still the one that was read.
func update(tx *db.Tx, r *Round) error {
	r.Version++
	if err := tx.ExecOne(`UPDATE evaluation_rounds SET title = $1, kind = $2, plans = $3, from_period = $4,
		until_period = $5, cutoff_on = $6, leading_group = $7, basis = $8, inspection_plan = $9, unplanned = $10,
		legal_nature = $11, stages = $12, scheme = $13, edition = $14, state = $15, reason = $16, launched_on = $17,
		closed_on = $18, version = $19, updated_by = $20, updated_at = $21 WHERE id = $22 AND version = $23`, r.Title,
		r.Kind, asList(r.Plans), r.From, r.Until, r.CutoffOn, asList(r.Leading), r.Basis, r.InspectionPlan, r.Unplanned,
		r.LegalNature, asList(r.Stages), asJSON(r.Scheme), r.Edition, string(r.State), r.Reason, r.LaunchedOn,
		r.ClosedOn, r.Version, r.UpdatedBy, r.UpdatedAt, r.ID, r.Version-1); err != nil {
		return err
	}
	return r.putParticipants(tx)
}

func (r Round) putParticipants(tx *db.Tx) error {
	if err := tx.Exec(`DELETE FROM round_participants WHERE round_id = $1`, r.ID); err != nil {
		return err
	}
	for _, p := range r.Participants {
		if err := tx.Exec(`INSERT INTO round_participants (round_id, unit, area, path) VALUES ($1, $2, $3, $4)`, r.ID,
			p.Unit, p.Area, p.Path); err != nil {
			return err
		}
	}
	return nil
}

// row is what of a round the journal has to say.
func (r Round) row() held.Row {
	var who []string
	for _, p := range r.Participants {
		who = append(who, p.Unit+" "+p.Area+" "+p.Path)
	}
	return held.Row{"title": r.Title, "kind": r.Kind, "plans": asList(r.Plans), "from_period": r.From,
		"until_period": r.Until, "cutoff_on": r.CutoffOn, "unit": r.Unit, "area_id": held.Int(r.AreaID),
		"area_path": r.AreaPath, "leading_group": asList(r.Leading), "basis": r.Basis,
		"inspection_plan": r.InspectionPlan,
		"unplanned":       held.Bool(r.Unplanned), "legal_nature": r.LegalNature, "stages": asList(r.Stages),
		"scheme": asJSON(r.Scheme), "edition": held.Int(r.Edition), "state": string(r.State), "reason": r.Reason,
		"launched_on": r.LaunchedOn, "closed_on": r.ClosedOn, "created_by": r.CreatedBy,
		"created_at": held.Time(r.CreatedAt), "version": held.Int(r.Version), "updated_by": r.UpdatedBy,
		"updated_at": held.Time(r.UpdatedAt), "participants": strings.Join(who, "\n")}
}

func scanEdition(row db.Row) (e Edition, err error) {
	err = row.Scan(&e.ID, &e.RoundID, &e.Number, &e.Text, &e.Digest, &e.ApprovedBy, &e.ApprovedAt)
	e.ApprovedAt = e.ApprovedAt.UTC()
	return e, err
}

const editionColumns = `SELECT e.id, e.round_id, e.edition, e.text, e.digest, e.approved_by, e.approved_at
	FROM round_schemes e `

// Editions are the approved schemes of a round, oldest first.
func Editions(tx *db.Tx, round string) ([]Edition, error) {
	return db.All(tx, scanEdition, editionColumns+`WHERE e.round_id = $1 ORDER BY e.edition`, round)
}

func everyEdition(tx *db.Tx) ([]Edition, error) {
	return db.All(tx, scanEdition, editionColumns+`ORDER BY e.id`)
}

func insertEdition(tx *db.Tx, e Edition) error {
	return tx.Exec(`INSERT INTO round_schemes (id, round_id, edition, text, digest, approved_by, approved_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, e.ID, e.RoundID, e.Number, e.Text, e.Digest, e.ApprovedBy, e.ApprovedAt)
}

func (e Edition) row() held.Row {
	return held.Row{"round_id": e.RoundID, "edition": held.Int(e.Number), "text": e.Text, "digest": e.Digest,
		"approved_by": e.ApprovedBy, "approved_at": held.Time(e.ApprovedAt)}
}

// dueAfter is how many reports of a period within an area are due after a day, and the last of these days.
func dueAfter(tx *db.Tx, path string, period int, day string) (n int, last string, err error) {
	v, err := db.One(tx, func(row db.Row) (v struct {
		n    int
		last string
	}, err error) {
		return v, row.Scan(&v.n, &v.last)
	}, `SELECT count(*), COALESCE(max(s.due_on), '') FROM submissions s JOIN areas a ON a.id = s.area_id
		WHERE s.period = $1 AND s.due_on > $2 AND s.state <> 'withdrawn' AND substr(a.path, 1, $3) = $4`, period, day,
		len(path), path)
	return v.n, v.last, err
}

// seen is the condition of the rounds that somebody may know of: $1 and $2 are their units and areas, see auth.Visible.
var seen = `(` + auth.Visible("r.unit", "r.area_path", 1) + ` OR r.state IN ('running', 'closed')
	AND EXISTS (SELECT 1 FROM round_participants w WHERE w.round_id = r.id AND ` +
	auth.Visible("w.unit", "w.path", 1) + `))`

// goingTo are the rounds that are not drafts in which an area takes part.
func goingTo(tx *db.Tx, area string) ([]Round, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM evaluation_rounds r JOIN round_participants w ON w.round_id = r.id
		WHERE w.area = $1 AND w.area <> '' AND r.state IN ('approved', 'running', 'closed') ORDER BY r.id`, area)
}

// launchedBefore are the rounds of the same organiser that began before a round, the newest first.
func launchedBefore(tx *db.Tx, r Round) ([]Round, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM evaluation_rounds r WHERE r.unit = $1 AND r.id <> $2
		AND r.state IN ('running', 'closed') AND r.launched_on <> '' AND (r.launched_on < $3 OR $3 = '')
		ORDER BY r.launched_on DESC, r.id`, r.Unit, r.ID, r.LaunchedOn)
}

// unfinished are the rounds that are not over.
func unfinished(tx *db.Tx) ([]Round, error) {
	return withParticipants(tx, `WHERE r.state IN ('draft', 'approved', 'running') ORDER BY r.id`)
}
