package fact

// An acceptance written: its facts, and their difference to the sums above in one statement (decision 0005).

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// Apply makes the change's cells the facts of its area and period and carries the differences to the sums of every area
// above. Run it under db.UpdateAlone. It takes three or four statements whatever the number of cells, of areas above
// and of facts held; the same change applied twice has no difference and changes nothing.
func Apply(tx *db.Tx, c Change) error {
	if err := c.validate(); err != nil || len(c.Elements) == 0 {
		return err
	}
	found, err := element.Levels(tx)
	if err != nil {
		return err
	}
	up, err := ancestors(tx, c.Area)
	if err != nil {
		return err
	}
	old, err := factsOf(tx, c)
	if err != nil {
		return err
	}
	if err := putFacts(tx, c, old); err != nil {
		return err
	}
	for reach, sums := range carry(levels(found), c, old, up) {
		if err := addToRollups(tx, c.Period, up[:reach], sums); err != nil {
			return err
		}
	}
	return nil
}

// carry is by how much each cell changes the sums above, by how many of the areas above it reaches: up to and including
// the first that stands for itself.
func carry(l levels, c Change, old map[key]sum, up []above) map[int]map[key]sum {
	differences := map[key]sum{}
	for k, was := range old {
		differences[k] = sum{}.minus(was)
	}
	for _, cell := range c.Cells {
		k := cell.key()
		differences[k] = differences[k].plus(counted(cell.Value, cell.Mark, c.Grade))
	}
	byReach := map[int]map[key]sum{}
	for k, d := range differences {
		if d == (sum{}) || !l.counts(k.element, c.Area.Level) {
			continue
		}
		reach := 0
		for reach < len(up) {
			reach++
			if l.own(k.element, up[reach-1].level) {
				break
			}
		}
		if byReach[reach] == nil {
			byReach[reach] = map[key]sum{}
		}
		byReach[reach][k] = d
	}
	return byReach
}

func (c Cell) key() key { return key{c.Element, c.Sex, c.Category, c.Calibre} }

type above struct {
	id    int64
	level string
}

// ancestors are the areas above a, nearest first.
func ancestors(tx *db.Tx, a network.Area) (up []above, err error) {
	for _, id := range a.AncestorIDs() {
		over, err := network.AreaByID(tx, id)
		if err != nil {
			return nil, err
		}
		up = append(up, above{id, over.Level})
	}
	return up, nil
}

// idList is a few ids that differ from call to call, in a text that does not, so that it stays prepared: $1 is their
// keySet, $2 how many they are, which PostgreSQL would else take to be a hundred.
const idList = `SELECT CAST(key AS BIGINT) AS id FROM json_each($1) LIMIT $2`

func keySet(ids []int64) string {
	var set packed
	for _, id := range ids {
		set.add(id, 1)
	}
	return set.json()
}

// factsOf is what the facts that stand where the change will add to the areas above.
func factsOf(tx *db.Tx, c Change) (map[key]sum, error) {
	old := map[key]sum{}
	var n numbers
	err := db.Each(tx, func(r db.Row) error {
		if err := n.scan(r, 3); err != nil {
			return err
		}
		if k := unpack(n.at(0) + sexFrom); slices.Contains(c.Elements, k.element) {
			old[k] = n.counted(1, 2)
		}
		return nil
	}, `SELECT `+packedKey+`, value, `+packedMarks+` FROM facts
		WHERE area_id = $1 AND period = $2 AND element_id BETWEEN $3 AND $4`,
		c.Area.ID, c.Period, slices.Min(c.Elements), slices.Max(c.Elements))
	return old, err
}

// A cell travels in one JSON object as {"packed": value}: element, sex + 1, category, calibre and a byte of its own in
// one integer, taken apart by shifts that both databases have. Arrays with ->> take twice the time.
func (k key) pack(own int64) int64 {
	return k.element<<34 | int64(k.sex+1)<<30 | int64(k.category)<<20 | k.calibre<<8 | own
}

func unpack(packed int64) key {
	return key{packed >> 34, int(packed>>30&15) - 1, int(packed >> 20 & 1023), packed >> 8 & 4095}
}

// packs says whether the parts fit in their places.
func (k key) packs() bool {
	return k.element>>29 == 0 && (k.sex+1)>>4 == 0 && k.category>>10 == 0 && k.calibre>>12 == 0
}

const unpacked = `CAST(j.k >> 34 AS INTEGER), CAST(((j.k >> 30) & 15) - 1 AS INTEGER),
	CAST((j.k >> 20) & 1023 AS INTEGER), CAST((j.k >> 8) & 4095 AS INTEGER)`

type packed struct{ text []byte }

func (p *packed) add(k, value int64) {
	if p.text == nil {
		p.text = []byte{'{'}
	} else {
		p.text = append(p.text, ',')
	}
	p.text = strconv.AppendInt(append(p.text, '"'), k, 10)
	p.text = strconv.AppendInt(append(p.text, '"', ':'), value, 10)
}

func (p *packed) json() string {
	if p.text == nil {
		return "{}"
	}
	return string(p.text) + "}"
}

// putFacts writes the cells and removes the old ones that are no longer said.
func putFacts(tx *db.Tx, c Change, old map[key]sum) error {
	var cells packed
	withdrawn := len(old)
	for _, cell := range c.Cells {
		cells.add(cell.key().pack(int64(cell.Mark)), cell.Value)
		if _, stood := old[cell.key()]; stood {
			withdrawn--
		}
	}
	err := tx.Exec(`INSERT INTO facts (area_id, period, element_id, sex, category, calibre, value, mark, grade,
		version_id)
		SELECT CAST($1 AS INTEGER), CAST($2 AS INTEGER), `+unpacked+`, j.v, CAST(j.k & 255 AS INTEGER),
		CAST($3 AS INTEGER), CAST($4 AS BIGINT)
		FROM (SELECT CAST(key AS BIGINT) AS k, CAST(CAST(value AS TEXT) AS BIGINT) AS v FROM json_each($5)) j WHERE true
		ON CONFLICT (area_id, period, element_id, sex, category, calibre) DO UPDATE SET
			value = excluded.value, mark = excluded.mark, grade = excluded.grade, version_id = excluded.version_id`,
		c.Area.ID, c.Period, int(c.Grade), c.Version, cells.json())
	if err != nil || withdrawn == 0 {
		return err
	}
	return tx.Exec(`DELETE FROM facts WHERE area_id = $1 AND period = $2 AND version_id <> $3
		AND element_id IN (`+db.Ints(c.Elements)+`)`,
		c.Area.ID, c.Period, c.Version)
}

// addToRollups adds the differences to each of the areas. The counts change by -1, 0 or 1: five travel
// as the digits of one number to base 3 beside the key, the sixth in the two lowest bits of the value.
func addToRollups(tx *db.Tx, p period.Period, to []above, sums map[key]sum) error {
	// the table's order
	keys := slices.SortedFunc(maps.Keys(sums), func(a, b key) int { return cmp.Compare(a.pack(0), b.pack(0)) })
	var cells packed
	for _, k := range keys {
		s, counts := sums[k], int64(0)
		for _, n := range []int32{s.n, s.na, s.hidden, s.simulated, s.unsigned} {
			counts = counts*3 + int64(n+1)
		}
		cells.add(k.pack(counts), s.value<<2|int64(s.paper+1))
	}
	var ids []int64
	for _, a := range to {
		ids = append(ids, a.id)
	}
	return tx.Exec(`WITH j AS MATERIALIZED (SELECT CAST(key AS BIGINT) AS k, CAST(CAST(value AS TEXT) AS BIGINT) AS v
		FROM json_each($4))
		INSERT INTO rollups (area_id, period, element_id, sex, category, calibre, value, n, na, hidden, simulated,
			unsigned, paper)
		SELECT CAST(a.id AS INTEGER), CAST($3 AS INTEGER), `+unpacked+`, j.v >> 2,
		CAST((j.k & 255) / 81 - 1 AS INTEGER),
		CAST((j.k & 255) / 27 % 3 - 1 AS INTEGER),
			CAST((j.k & 255) / 9 % 3 - 1 AS INTEGER), CAST((j.k & 255) / 3 % 3 - 1 AS INTEGER),
				CAST((j.k & 255) % 3 - 1 AS INTEGER), CAST((j.v & 3) - 1 AS INTEGER)
		FROM (`+idList+`) a CROSS JOIN j WHERE true
		ON CONFLICT (area_id, period, element_id, sex, category, calibre) DO UPDATE
			SET value = rollups.value + excluded.value,
			n = rollups.n + excluded.n, na = rollups.na + excluded.na, hidden = rollups.hidden + excluded.hidden,
			simulated = rollups.simulated + excluded.simulated, unsigned = rollups.unsigned + excluded.unsigned,
			paper = rollups.paper + excluded.paper`,
		keySet(ids), len(ids), p, cells.json())
}

// Expect adds delta to the reports of the form that are due for the area, and for every area above it.
func Expect(tx *db.Tx, a network.Area, p period.Period, formID int64, delta int) error {
	areas := append(a.AncestorIDs(), a.ID)
	return tx.Exec(`INSERT INTO expectations (area_id, period, form_id, due)
		SELECT a.id, CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT) FROM (`+idList+`) a WHERE true
		ON CONFLICT (area_id, period, form_id) DO UPDATE SET due = expectations.due + excluded.due`,
		keySet(areas), len(areas), p, formID, delta)
}
