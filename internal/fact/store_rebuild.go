package fact

import (
	"encoding/json"
	"strconv"

	"yipanqi/internal/db"
)

// eachFact calls fn with every fact as the sum of one part.
func eachFact(tx *db.Tx, fn func(place, key, sum) error) error {
	return db.Each(tx, func(r db.Row) error {
		at, k, a, err := scanFact(r)
		if err != nil {
			return err
		}
		s := sum{n: int32(a.Reported), na: int32(a.NotApplicable), hidden: int32(a.Hidden), simulated: int32(a.Simulated), unsigned: int32(a.Unsigned)}
		if a.Mark.Summable() {
			s.value = a.Value
		}
		return fn(at, k, s)
	}, `SELECT area_id, period, element_id, sex, category, calibre, value, mark, grade, version_id FROM facts`)
}

func eachRollup(tx *db.Tx, fn func(place, key, sum) error) error {
	return db.Each(tx, func(r db.Row) error {
		at, k, a, err := scanRollup(r)
		if err != nil {
			return err
		}
		return fn(at, k, sum{value: a.Value, n: int32(a.Reported), na: int32(a.NotApplicable), hidden: int32(a.Hidden),
			simulated: int32(a.Simulated), unsigned: int32(a.Unsigned)})
	}, `SELECT area_id, period, element_id, sex, category, calibre, value, n, na, hidden, simulated, unsigned FROM rollups`)
}

const mendBatch = 500

// mend writes the computed sums over the wrong ones and removes those that nothing adds up to.
func (t *tally) mend(tx *db.Tx, wrong []slot) (written int64, err error) {
	for len(wrong) > 0 {
		batch := wrong[:min(mendBatch, len(wrong))]
		wrong = wrong[len(batch):]
		rows := map[string][]int64{}
		for i, w := range batch {
			k := t.cells[w.cell]
			if err := tx.Exec(`DELETE FROM rollups WHERE area_id = $1 AND period = $2 AND element_id = $3 AND sex = $4 AND category = $5 AND calibre = $6`,
				w.area, k.period, k.element, k.sex, k.category, k.calibre); err != nil {
				return written, err
			}
			sums := t.sums[w.area]
			if int(w.cell) >= len(sums) || sums[w.cell].parts == 0 {
				continue
			}
			row := sums[w.cell].row()
			rows[strconv.Itoa(i)] = append([]int64{w.area, int64(k.period.Int()), k.element, int64(k.sex), int64(k.category), k.calibre}, row[:]...)
		}
		text, err := json.Marshal(rows)
		if err != nil {
			return written, err
		}
		err = tx.Exec(`INSERT INTO rollups (area_id, period, element_id, sex, category, calibre, value, n, na, hidden, simulated, unsigned)
			SELECT CAST(j.value ->> 0 AS INTEGER), CAST(j.value ->> 1 AS INTEGER), CAST(j.value ->> 2 AS INTEGER), CAST(j.value ->> 3 AS INTEGER),
				CAST(j.value ->> 4 AS INTEGER), CAST(j.value ->> 5 AS INTEGER), CAST(j.value ->> 6 AS BIGINT), CAST(j.value ->> 7 AS INTEGER),
				CAST(j.value ->> 8 AS INTEGER), CAST(j.value ->> 9 AS INTEGER), CAST(j.value ->> 10 AS INTEGER), CAST(j.value ->> 11 AS INTEGER)
			FROM json_each($1) j`, string(text))
		if err != nil {
			return written, err
		}
		written += int64(len(batch))
	}
	return written, nil
}
