package indicator

// The same put in or brought up to date, once: a second time changes nothing.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/period"
)

// Put adds the indicator, or updates the one with its code; ID is made here. It reports whether anything changed.
func Put(tx *db.Tx, i Indicator) (Indicator, bool, error) {
	if err := i.Validate(); err != nil {
		return i, false, err
	}
	i.YearStart, _ = period.ParseYearStart(string(i.YearStart)) // valid; makes equal starts equal texts
	old, err := ByCode(tx, i.Code)
	if err != nil && errs.KindOf(err) != errs.Missing {
		return i, false, err
	}
	if gone, err := handedOn(tx, old.ID, i.SourceUnit); err != nil {
		return i, false, err
	} else if gone {
		i.SourceUnit = old.SourceUnit
	}
	if i.ID = old.ID; i == old {
		return i, false, nil
	}
	if i.ID != 0 && i.Name != old.Name {
		if once, err := calledOnce(tx, i.ID, i.Name); err != nil {
			return i, false, err
		} else if once {
			i.Name, i.NameEN = old.Name, old.NameEN
		}
		if i == old {
			return i, false, nil
		}
	}
	if i.ID == 0 {
		if i.ID, err = db.Value[int64](tx, `SELECT COALESCE(max(id), 0) + 1 FROM indicators`); err != nil {
			return i, false, err
		}
	}
	err = tx.Exec(`INSERT INTO indicators (id, code, name, name_en, unit, unit_en, decimals, direction,
		year_start, source_unit, position)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULLIF($10, ''), $11)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, unit = excluded.unit,
			unit_en = excluded.unit_en,
			decimals = excluded.decimals, direction = excluded.direction, year_start = excluded.year_start,
			source_unit = excluded.source_unit, position = excluded.position`,
		i.ID, i.Code, i.Name, i.NameEN, i.Unit, i.UnitEN, i.Decimals, i.Direction,
		i.YearStart, i.SourceUnit, i.Position)
	if err == nil {
		err = findIndicator(tx, i)
	}
	return i, true, err
}

// PutVersion adds or updates the definition from v.From on and reports whether anything changed.
func PutVersion(tx *db.Tx, v Version) (bool, error) {
	if err := v.Validate(); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO indicator_versions AS v (indicator_id, from_period, formula, calibre_id, definition,
		source_title, source_url)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (indicator_id, from_period) DO UPDATE SET formula = excluded.formula,
			calibre_id = excluded.calibre_id,
			definition = excluded.definition, source_title = excluded.source_title, source_url = excluded.source_url
		WHERE (v.formula, v.calibre_id, v.definition, v.source_title, v.source_url)
			<> (excluded.formula, excluded.calibre_id, excluded.definition, excluded.source_title,
			excluded.source_url)`,
		v.IndicatorID, v.From, v.Formula, v.CalibreID, v.Definition, v.SourceTitle, v.SourceURL)
	return n > 0, err
}

// PutOnGoal hangs an indicator on a goal, or moves it there, and reports whether anything changed.
func PutOnGoal(tx *db.Tx, g GoalIndicator) (bool, error) {
	if off, err := takenOff(tx, g); err != nil || off {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO goal_indicators (plan, goal, indicator_id, position) VALUES ($1, $2, $3, $4)
		ON CONFLICT (plan, goal, indicator_id) DO UPDATE SET position = excluded.position
		WHERE goal_indicators.position <> excluded.position`, g.Plan, g.Goal, g.IndicatorID, g.Position)
	return n > 0, err
}

// PutTarget adds or updates a target and reports whether anything changed.
func PutTarget(tx *db.Tx, t Target) (bool, error) {
	if err := t.Validate(); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO targets AS t (plan, indicator_id, area_id, level, op, value, year, baseline_year,
		words, source_title, source_url)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (plan, indicator_id, area_id, level) DO UPDATE SET op = excluded.op, value = excluded.value,
			year = excluded.year,
			baseline_year = excluded.baseline_year, words = excluded.words, source_title = excluded.source_title,
				source_url = excluded.source_url
		WHERE (t.op, t.value, t.year, t.baseline_year, t.words, t.source_title, t.source_url)
			<> (excluded.op, excluded.value, excluded.year, excluded.baseline_year, excluded.words,
			excluded.source_title, excluded.source_url)`,
		t.Plan, t.IndicatorID, t.AreaID, t.Level, t.Op, t.Value, t.Year, t.BaselineYear, t.Words,
		t.SourceTitle, t.SourceURL)
	return n > 0, err
}

// PutPublished adds a quoted figure, or updates what the same source says of the same thing; ID is made here. Two
// sources that differ are two figures. It reports whether anything changed.
func PutPublished(tx *db.Tx, p Published) (bool, error) {
	if err := p.Validate(); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO published_figures AS p (id, indicator_id, area_id, period, sex, calibre_id, value,
		mark, derived, note, source_title, source_url, source_page, published_on, position)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (area_id, indicator_id, period, sex, calibre_id, source_title, source_url) DO UPDATE
			SET value = excluded.value,
			mark = excluded.mark, derived = excluded.derived, note = excluded.note,
			source_page = excluded.source_page, published_on = excluded.published_on, position = excluded.position
		WHERE (p.value, p.mark, p.derived, p.note, p.source_page, p.published_on, p.position)
			<> (excluded.value, excluded.mark, excluded.derived, excluded.note, excluded.source_page,
			excluded.published_on, excluded.position)`,
		db.NewID(), p.IndicatorID, p.AreaID, p.Period, p.Sex, p.CalibreID, p.Value, int(p.Mark), p.Derived, p.Note,
		p.SourceTitle, p.SourceURL, p.SourcePage, p.PublishedOn, p.Position)
	return n > 0, err
}

// PutParameter adds or updates a dated standard and reports whether anything changed.
func PutParameter(tx *db.Tx, p Parameter) (bool, error) {
	if err := p.Validate(); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO parameters AS p (code, area_id, opens_on, closes_on, name, name_en, value, unit,
		note, source_title, source_url)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (code, area_id, opens_on) DO UPDATE SET closes_on = excluded.closes_on, name = excluded.name,
			name_en = excluded.name_en,
			value = excluded.value, unit = excluded.unit, note = excluded.note, source_title = excluded.source_title,
				source_url = excluded.source_url
		WHERE (p.closes_on, p.name, p.name_en, p.value, p.unit, p.note, p.source_title, p.source_url)
			<> (excluded.closes_on, excluded.name, excluded.name_en, excluded.value, excluded.unit, excluded.note,
			excluded.source_title, excluded.source_url)`,
		p.Code, p.AreaID, p.OpensOn, p.ClosesOn, p.Name, p.NameEN, p.Value, p.Unit, p.Note, p.SourceTitle, p.SourceURL)
	return n > 0, err
}

// PutAlias adds an alias of an indicator or standard, by which it is then found, and reports whether it is new.
func PutAlias(tx *db.Tx, code, alias string, position int) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO aliases (code, alias, position) VALUES ($1, $2, $3)
		ON CONFLICT (code, alias) DO NOTHING`, code, alias, position)
	if err != nil || n == 0 {
		return false, err
	}
	i, err := ByCode(tx, code)
	if errs.KindOf(err) == errs.Missing {
		return true, nil // of a standard
	}
	if err == nil {
		err = findIndicator(tx, i)
	}
	return true, err
}

// publishedAs is the ID of what the same source says of the same thing; "" if that is not registered.
func publishedAs(tx *db.Tx, p Published) (string, error) {
	id, err := db.Value[string](tx, `SELECT id FROM published_figures WHERE area_id = $1 AND indicator_id = $2
		AND period = $3 AND sex = $4 AND calibre_id = $5 AND source_title = $6 AND source_url = $7`, p.AreaID,
		p.IndicatorID, p.Period, p.Sex, p.CalibreID, p.SourceTitle, p.SourceURL)
	if errs.KindOf(err) == errs.Missing {
		return "", nil
	}
	return id, err
}

// insertPublished puts a figure behind all others.
func insertPublished(tx *db.Tx, p Published) error {
	return tx.Exec(`INSERT INTO published_figures (id, indicator_id, area_id, period, sex, calibre_id, value, mark,
			derived, note, source_title, source_url, source_page, published_on, position)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, coalesce(max(position), 0) + 1
		FROM published_figures`, p.ID, p.IndicatorID, p.AreaID, p.Period, p.Sex, p.CalibreID, p.Value, int(p.Mark),
		p.Derived, p.Note, p.SourceTitle, p.SourceURL, p.SourcePage, p.PublishedOn)
}

func updatePublished(tx *db.Tx, p Published) error {
	return tx.ExecOne(`UPDATE published_figures SET indicator_id = $1, area_id = $2, period = $3, sex = $4,
			calibre_id = $5, value = $6, mark = $7, derived = $8, note = $9, source_title = $10, source_url = $11,
			source_page = $12, published_on = $13
		WHERE id = $14`, p.IndicatorID, p.AreaID, p.Period, p.Sex, p.CalibreID, p.Value, int(p.Mark), p.Derived, p.Note,
		p.SourceTitle, p.SourceURL, p.SourcePage, p.PublishedOn, p.ID)
}
