package submission

// The row of a submission, written only if it is still the one that was read.

import (
	"database/sql"
	"encoding/json"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

const columns = `id, form_id, unit, area_id, period, state, due_on, late, draft, amend_reason, return_reason,
	COALESCE(accepted_id, 0), entries, version, updated_by, updated_at`

func scan(r db.Row) (s Submission, err error) {
	var draft string
	if err := r.Scan(&s.ID, &s.Form.ID, &s.Unit.Code, &s.Area.ID, &s.Period, &s.State, &s.DueOn,
		&s.Late, &draft, &s.AmendReason,
		&s.ReturnReason, &s.AcceptedID, &s.Entries, &s.Version, &s.UpdatedBy, &s.UpdatedAt); err != nil {
		return s, err
	}
	s.UpdatedAt = s.UpdatedAt.UTC()
	return s, json.Unmarshal([]byte(draft), &s.Typed)
}

// Get returns one submission with form, unit and area, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Submission, error) {
	s, err := db.One(tx, scan, `SELECT `+columns+` FROM submissions WHERE id = $1`, id)
	if err != nil {
		return s, err
	}
	if err := s.name(tx); err != nil {
		return s, err
	}
	return s, s.look(tx)
}

// countingRows are the bare rows of the reports of a form that count, area by area, oldest first.
func countingRows(tx *db.Tx, formID int64) ([]Submission, error) {
	return db.All(tx, func(r db.Row) (s Submission, err error) {
		s.Form.ID = formID
		return s, r.Scan(&s.ID, &s.Unit.Code, &s.Area.ID, &s.Period)
	}, `SELECT id, unit, area_id, period FROM submissions WHERE form_id = $1 AND accepted_id IS NOT NULL
		ORDER BY area_id, period`, formID)
}

// name fills in what the row only refers to.
func (s *Submission) name(tx *db.Tx) (err error) {
	if s.Form, err = form.At(tx, s.Form.ID, s.Period); err != nil {
		return err
	}
	if s.Unit, err = network.UnitByCode(tx, s.Unit.Code); err != nil {
		return err
	}
	s.Area, err = network.AreaByID(tx, s.Area.ID)
	return err
}

// existing returns the bare row of what is owed, which may be with the unit before or after the one that is asked; any
// other unit that answers for the area is a Conflict.
func existing(tx *db.Tx, o Owed) (s Submission, found bool, err error) {
	s, found, err = missing(db.One(tx, scan, `SELECT `+columns+` FROM submissions
		WHERE form_id = $1 AND area_id = $2 AND period = $3`,
		o.Form.ID, o.Area.ID, o.Period))
	if err != nil || !found {
		return s, found, err
	}
	if s.Unit.Code != o.Unit.Code {
		unit, err := network.UnitByCode(tx, s.Unit.Code)
		if err != nil {
			return s, true, err
		}
		same, err := inherits(tx, unit, o.Unit)
		if err != nil {
			return s, true, err
		}
		if same {
			o.Unit = unit
		}
	}
	if s.Unit.Code != o.Unit.Code {
		return s, true, errs.Conflictf("%s的“%s”已由另一个单位（%s）负责：一个数只有一个来源。",
			o.Area.Name, o.Form.Name, s.Unit.Code)
	}
	s.Unit, s.Area = o.Unit, o.Area
	s.Form, err = form.At(tx, o.Form.ID, o.Period)
	return s, found, err
}

func insert(tx *db.Tx, s Submission) error {
	draft, err := json.Marshal(s.Typed)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO submissions (id, form_id, unit, area_id, period, state, due_on, late, draft,
		amend_reason, return_reason,
			entries, version, updated_by, updated_at, form_key, area_code, area_path)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', $10, $11, $12, $13, $14, $15, $16)`,
		s.ID, s.Form.ID, s.Unit.Code, s.Area.ID, s.Period, string(s.State), s.DueOn, s.Late, string(draft),
		s.Entries, s.Version, s.UpdatedBy, s.UpdatedAt, say.SortKey(s.Form.Code), s.Area.Code, s.Area.Path)
}

// update writes what can change, if the row is still the one that was read.
func update(tx *db.Tx, s *Submission) error {
	draft, err := json.Marshal(s.Typed)
	if err != nil {
		return err
	}
	err = tx.ExecOne(`UPDATE submissions
		SET state = $1, due_on = $2, late = $3, draft = $4, amend_reason = $5, return_reason = $6,
			accepted_id = $7, entries = $8, version = version + 1, updated_by = $9, updated_at = $10,
			unit = $11
		WHERE id = $12 AND version = $13`,
		string(s.State), s.DueOn, s.Late, string(draft), s.AmendReason, s.ReturnReason,
		sql.NullInt64{Int64: s.AcceptedID, Valid: s.AcceptedID != 0}, s.Entries, s.UpdatedBy,
		s.UpdatedAt, s.Unit.Code, s.ID, s.Version)
	s.Version++
	return err
}

// reportsFrom are the bare rows of a form for a period and all that come after it.
func reportsFrom(tx *db.Tx, formID int64, from period.Period) ([]Submission, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM submissions
		WHERE form_id = $1 AND period >= $2 ORDER BY period, area_path`, formID, from)
}

// AnyAccepted says whether a report of the form counts.
func AnyAccepted(tx *db.Tx, formID int64) (bool, error) {
	n, err := db.Value[int64](tx, `SELECT count(*) FROM (SELECT 1 FROM submissions
		WHERE form_id = $1 AND accepted_id IS NOT NULL LIMIT 1) s`, formID)
	return n > 0, err
}

// reportsOf are the bare rows of a form for a period in an area and below it.
func reportsOf(tx *db.Tx, formID int64, p period.Period, areaPath string) ([]Submission, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM submissions
		WHERE form_id = $1 AND period = $2 AND area_path LIKE $3 || '%' ORDER BY area_path`, formID, p, areaPath)
}

// FirstOpen is the first period of a form in which nothing was signed or reported yet; that of today where nothing was.
func FirstOpen(tx *db.Tx, f form.Form) (period.Period, error) {
	last, err := db.Value[int64](tx, `SELECT COALESCE(max(period), 0) FROM submissions WHERE form_id = $1
		AND (accepted_id IS NOT NULL OR state NOT IN ('draft', 'returned', 'withdrawn'))`, f.ID)
	if err != nil {
		return period.Period{}, err
	}
	if last > 0 {
		p, err := period.FromInt(int(last))
		return p.Next(), err
	}
	first, err := db.Value[int64](tx, `SELECT COALESCE(min(period), 0) FROM submissions WHERE form_id = $1`, f.ID)
	if err != nil {
		return period.Period{}, err
	}
	if first == 0 {
		return period.Parse(tx.Today()[:4] + map[period.Kind]string{period.Half: "-S1", period.Quarter: "-Q1",
			period.Month: "-01"}[f.Frequency])
	}
	return period.FromInt(int(first))
}
