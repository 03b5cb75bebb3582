package fact

import (
	"encoding/json"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// Apply makes the change's cells the facts of its area and period and brings the sums of every area above up to date.
// Run it under db.UpdateAlone. It takes one statement for the facts and one or two for each level above, whatever the
// number of cells and of facts held: the cost grows with depth × children × cells.
func Apply(tx *db.Tx, c Change) error {
	if err := c.validate(); err != nil {
		return err
	}
	s, err := summing(tx)
	if err != nil {
		return err
	}
	withdrawn, err := putFacts(tx, c)
	if err != nil {
		return err
	}
	day := lastDay(c.Period)
	level := c.Area.Level
	up, err := ancestors(tx, c.Area)
	if err != nil {
		return err
	}
	for _, parent := range up {
		facts, rolled := split(s, c.Elements, level)
		if withdrawn {
			// a sum none of whose parts is left must not stay behind
			if err := dropRollups(tx, parent.id, c.Period, append(facts, rolled...)); err != nil {
				return err
			}
		}
		if err := rollUp(tx, rollFacts, parent.id, c.Period, day, facts); err != nil {
			return err
		}
		if err := rollUp(tx, rollRollups, parent.id, c.Period, day, rolled); err != nil {
			return err
		}
		level = parent.level
	}
	return nil
}

// split parts the elements that sum by what stands for an area of the level: its own fact, or its rollup.
func split(s sums, elements []int64, level string) (facts, rolled []int64) {
	for _, e := range elements {
		switch {
		case !s.elements[e]:
		case s.own(e, level):
			facts = append(facts, e)
		default:
			rolled = append(rolled, e)
		}
	}
	return facts, rolled
}

func summing(tx *db.Tx) (s sums, err error) {
	if s.levels, err = form.LevelsOf(tx); err != nil {
		return s, err
	}
	s.elements = map[int64]bool{}
	elements, err := form.Elements(tx)
	for _, e := range elements {
		s.elements[e.ID] = e.Sums
	}
	return s, err
}

// lastDay is the day that decides which areas are part of their parent in a period.
func lastDay(p period.Period) string {
	_, to := p.Range("")
	return to
}

type above struct {
	id    int64
	level string
}

// ancestors are the areas above a, nearest first.
func ancestors(tx *db.Tx, a network.Area) ([]above, error) {
	return db.All(tx, func(r db.Row) (u above, err error) { return u, r.Scan(&u.id, &u.level) },
		`SELECT id, level FROM areas WHERE id IN (SELECT CAST(key AS BIGINT) FROM json_each($1)) ORDER BY path DESC`, keySet(a.AncestorIDs()))
}

// keySet is ids as the keys of a JSON object: the one form of a list parameter that runs on both databases.
func keySet(ids []int64) string {
	b := []byte{'{'}
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendInt(append(b, '"'), id, 10), '"', ':', '1')
	}
	return string(append(b, '}'))
}

// putFacts writes the cells and reports whether it withdrew any.
func putFacts(tx *db.Tx, c Change) (withdrawn bool, err error) {
	cells := map[string][]int64{}
	for i, cell := range c.Cells {
		cells[strconv.Itoa(i)] = []int64{cell.Element, int64(cell.Sex), int64(cell.Category), cell.Calibre, cell.Value, int64(cell.Mark)}
	}
	text, err := json.Marshal(cells)
	if err != nil {
		return false, err
	}
	err = tx.Exec(`INSERT INTO facts (area_id, period, element_id, sex, category, calibre, value, mark, grade, version_id)
		SELECT CAST($1 AS INTEGER), CAST($2 AS INTEGER), CAST(j.value ->> 0 AS INTEGER), CAST(j.value ->> 1 AS INTEGER), CAST(j.value ->> 2 AS INTEGER),
			CAST(j.value ->> 3 AS INTEGER), CAST(j.value ->> 4 AS BIGINT), CAST(j.value ->> 5 AS INTEGER), CAST($3 AS INTEGER), CAST($4 AS BIGINT)
		FROM json_each($5) j WHERE true
		ON CONFLICT (area_id, period, element_id, sex, category, calibre) DO UPDATE SET
			value = excluded.value, mark = excluded.mark, grade = excluded.grade, version_id = excluded.version_id`,
		c.Area.ID, c.Period, int(c.Grade), c.Version, string(text))
	if err != nil {
		return false, err
	}
	n, err := tx.ExecN(`DELETE FROM facts WHERE area_id = $1 AND period = $2 AND version_id <> $3
		AND element_id IN (SELECT CAST(key AS INTEGER) FROM json_each($4))`, c.Area.ID, c.Period, c.Version, keySet(c.Elements))
	return n > 0, err
}

func dropRollups(tx *db.Tx, area int64, p period.Period, elements []int64) error {
	return tx.Exec(`DELETE FROM rollups WHERE area_id = $1 AND period = $2 AND element_id IN (SELECT CAST(key AS INTEGER) FROM json_each($3))`,
		area, p, keySet(elements))
}

// The unary plus keeps the set of elements from being looked up one by one: a child's elements are one short range.
// Marks 0 and 12 are quantity.Exact and Confidential, 10 is NotApplicable; grades are bits, see Grade.
const (
	rollFacts = `SELECT f.element_id, f.sex, f.category, f.calibre,
			CASE WHEN f.mark IN (0, 12) THEN f.value ELSE 0 END AS value,
			CASE WHEN f.mark IN (0, 12) THEN 1 ELSE 0 END AS n,
			CASE WHEN f.mark = 10 THEN 1 ELSE 0 END AS na,
			CASE WHEN f.mark = 12 THEN 1 ELSE 0 END AS hidden,
			CASE WHEN f.mark IN (0, 12) AND f.grade IN (1, 3) THEN 1 ELSE 0 END AS simulated,
			CASE WHEN f.mark IN (0, 12) AND f.grade IN (2, 3) THEN 1 ELSE 0 END AS unsigned
		FROM areas c CROSS JOIN facts f
		WHERE f.area_id = c.id AND f.period = $2 AND f.element_id BETWEEN $4 AND $5 AND +f.element_id IN (SELECT CAST(key AS INTEGER) FROM json_each($6))`
	rollRollups = `SELECT f.element_id, f.sex, f.category, f.calibre, f.value, f.n, f.na, f.hidden, f.simulated, f.unsigned
		FROM areas c CROSS JOIN rollups f
		WHERE f.area_id = c.id AND f.period = $2 AND f.element_id BETWEEN $4 AND $5 AND +f.element_id IN (SELECT CAST(key AS INTEGER) FROM json_each($6))`
)

// rollUp recomputes a parent's sums of the elements from its direct children. The same statement twice changes nothing.
func rollUp(tx *db.Tx, children string, parent int64, p period.Period, day string, elements []int64) error {
	if len(elements) == 0 {
		return nil
	}
	low, high := elements[0], elements[0]
	for _, e := range elements {
		low, high = min(low, e), max(high, e)
	}
	return tx.Exec(`INSERT INTO rollups (area_id, period, element_id, sex, category, calibre, value, n, na, hidden, simulated, unsigned)
		SELECT CAST($1 AS INTEGER), CAST($2 AS INTEGER), x.element_id, x.sex, x.category, x.calibre,
			CAST(sum(x.value) AS BIGINT), sum(x.n), sum(x.na), sum(x.hidden), sum(x.simulated), sum(x.unsigned)
		FROM (`+children+` AND c.parent_id = $1 AND c.opens_on <= $3 AND (c.closes_on = '' OR c.closes_on > $3)) x
		WHERE true GROUP BY x.element_id, x.sex, x.category, x.calibre
		ON CONFLICT (area_id, period, element_id, sex, category, calibre) DO UPDATE SET value = excluded.value, n = excluded.n, na = excluded.na,
			hidden = excluded.hidden, simulated = excluded.simulated, unsigned = excluded.unsigned`,
		parent, p, day, low, high, keySet(elements))
}

// Expect adds delta to the reports of the form that are due for the area, and for every area above it.
func Expect(tx *db.Tx, a network.Area, p period.Period, formID int64, delta int) error {
	return tx.Exec(`INSERT INTO expectations (area_id, period, form_id, due)
		SELECT CAST(key AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT) FROM json_each($1) WHERE true
		ON CONFLICT (area_id, period, form_id) DO UPDATE SET due = expectations.due + excluded.due`,
		keySet(append(a.AncestorIDs(), a.ID)), p, formID, delta)
}
