package fact

// Rows as a recount reads and mends them, whatever stands in them.

import (
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/quantity"
)

// All columns are read one by one here, not packed: a planted row may hold numbers that do not fit, and must not pass
// for another one.
const keyColumns = `area_id, period, element_id, sex, category, calibre`

// eachFact calls fn with every fact as what it adds to the areas above.
func eachFact(tx *db.Tx, fn func(cellAt, sum) error) error {
	var n numbers
	return db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 9); err != nil {
			return err
		}
		return fn(n.cell(), counted(n.at(6), quantity.Mark(n.at(7)), Grade(n.at(8))))
	}, `SELECT `+keyColumns+`, value, mark, grade FROM facts`)
}

func eachRollup(tx *db.Tx, fn func(cellAt, sum) error) error {
	var n numbers
	return db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 13); err != nil {
			return err
		}
		return fn(n.cell(), sum{n.at(6), n.count(7), n.count(8), n.count(9), n.count(10), n.count(11),
			n.count(12)})
	}, `SELECT `+keyColumns+`, value, n, na, hidden, simulated, unsigned, paper FROM rollups`)
}

// count is -1, which no count is, if the number does not fit.
func (n *numbers) count(i int) int32 {
	if v := n.at(i); v == int64(int32(v)) {
		return int32(v)
	}
	return -1
}

const mendBatch = 500

// mend writes the sums as they should be over the wrong ones; one that should not be becomes a row of zeros. The
// numbers stand in the text: taking thirteen columns out of JSON costs more than writing the row.
func (t *tally) mend(tx *db.Tx, wrong []mistake) (written int64, err error) {
	var text []byte
	for len(wrong) > 0 {
		batch := wrong[:min(mendBatch, len(wrong))]
		wrong = wrong[len(batch):]
		text = append(text[:0], `INSERT INTO rollups (`+keyColumns+`, value, n, na, hidden, simulated, unsigned,
			paper)
			VALUES `...)
		for i, m := range batch {
			if i > 0 {
				text = append(text, ',')
			}
			text = appendRow(text, m.area, t.cells[m.cell], m.sum)
		}
		text = append(text, ` ON CONFLICT (area_id, period, element_id, sex, category, calibre)
			DO UPDATE SET value = excluded.value, n = excluded.n, na = excluded.na,
			hidden = excluded.hidden, simulated = excluded.simulated, unsigned = excluded.unsigned,
			paper = excluded.paper`...)
		if err := tx.Exec(string(text)); err != nil {
			return written, err
		}
		written += int64(len(batch))
	}
	return written, nil
}

// appendRow writes the row as (1,201800,17,-1,0,0,5,1,0,0,0,0,0).
func appendRow(b []byte, area int64, k cellKey, s sum) []byte {
	b = append(b, '(')
	for i, n := range [...]int64{area, int64(k.period.Int()), k.element, int64(k.sex), int64(k.category), k.calibre,
		s.value, int64(s.n), int64(s.na), int64(s.hidden), int64(s.simulated), int64(s.unsigned),
		int64(s.paper)} {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return append(b, ')')
}
