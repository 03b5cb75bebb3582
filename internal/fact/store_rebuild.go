package fact

import (
	"encoding/json"
	"strconv"

	"yipanqi/internal/db"
)

// eachFact calls fn with every fact as what it adds to the areas above.
func eachFact(tx *db.Tx, fn func(cellAt, sum) error) error {
	var n numbers
	return db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 9); err != nil {
			return err
		}
		return fn(n.cell(), n.counted())
	}, `SELECT area_id, period, element_id, sex, category, calibre, value, mark, grade FROM facts`)
}

func eachRollup(tx *db.Tx, fn func(cellAt, sum) error) error {
	var n numbers
	return db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 12); err != nil {
			return err
		}
		return fn(n.cell(), n.rolled())
	}, `SELECT `+rollupColumns+` FROM rollups`)
}

const mendBatch = 500

// mend writes the sums as they should be over the wrong ones; one that should not be becomes a row of zeros.
func (t *tally) mend(tx *db.Tx, wrong []mistake) (written int64, err error) {
	for len(wrong) > 0 {
		batch := wrong[:min(mendBatch, len(wrong))]
		wrong = wrong[len(batch):]
		rows := map[string][]int64{}
		for i, m := range batch {
			k, s := t.cells[m.cell], m.sum
			rows[strconv.Itoa(i)] = []int64{m.area, int64(k.period.Int()), k.element, int64(k.sex), int64(k.category), k.calibre,
				s.value, int64(s.n), int64(s.na), int64(s.hidden), int64(s.simulated), int64(s.unsigned)}
		}
		text, err := json.Marshal(rows)
		if err != nil {
			return written, err
		}
		err = tx.Exec(`INSERT INTO rollups (`+rollupColumns+`)
			SELECT CAST(j.value ->> 0 AS INTEGER), CAST(j.value ->> 1 AS INTEGER), CAST(j.value ->> 2 AS INTEGER), CAST(j.value ->> 3 AS INTEGER),
				CAST(j.value ->> 4 AS INTEGER), CAST(j.value ->> 5 AS INTEGER), CAST(j.value ->> 6 AS BIGINT), CAST(j.value ->> 7 AS INTEGER),
				CAST(j.value ->> 8 AS INTEGER), CAST(j.value ->> 9 AS INTEGER), CAST(j.value ->> 10 AS INTEGER), CAST(j.value ->> 11 AS INTEGER)
			FROM json_each($1) j WHERE true
			ON CONFLICT (area_id, period, element_id, sex, category, calibre) DO UPDATE SET value = excluded.value, n = excluded.n, na = excluded.na,
				hidden = excluded.hidden, simulated = excluded.simulated, unsigned = excluded.unsigned`, string(text))
		if err != nil {
			return written, err
		}
		written += int64(len(batch))
	}
	return written, nil
}
