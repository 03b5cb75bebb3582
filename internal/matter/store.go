package matter

// Rows of matters and items, read and written by their lists of columns; lists of them are store_list.go's.

import (
	"fmt"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

func scanMatter(r db.Row) (m Matter, err error) { return m, scanInto(r, m.all()) }
func scanItem(r db.Row) (i Item, err error)     { return i, scanInto(r, i.all()) }

var (
	matterColumns = columnsOf(new(Matter).all())
	itemColumns   = columnsOf(new(Item).all())
)

// Get returns a matter with its items, whoever asks; see Read.
func Get(tx *db.Tx, id string) (Matter, error) {
	m, err := db.One(tx, scanMatter, `SELECT `+matterColumns+` FROM matters WHERE id = $1`, id)
	if err != nil {
		return m, err
	}
	m.read = m.Version
	m.Items, err = itemsOf(tx, id)
	return m, err
}

func itemsOf(tx *db.Tx, matter string) ([]Item, error) {
	return db.All(tx, scanItem, `SELECT `+itemColumns+` FROM matter_items WHERE matter_id = $1 ORDER BY position`,
		matter)
}

// matterOf is the id of the matter that an item belongs to.
func matterOf(tx *db.Tx, item string) (string, error) {
	return db.Value[string](tx, `SELECT matter_id FROM matter_items WHERE id = $1`, item)
}

// BySource lists the matters that come from a thing: meeting/ID.
func BySource(tx *db.Tx, ref string) (all []Matter, err error) {
	ids, err := db.All(tx, db.Single[string], `SELECT DISTINCT s.matter_id FROM matter_sources s
		WHERE s.ref = $1 ORDER BY s.matter_id`, ref)
	for _, id := range ids {
		m, err := Get(tx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, err
}

// alike are the open matters with an item of the same unit in the same area for the same indicator.
func alike(tx *db.Tx, indicator, unit string, area int64) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT DISTINCT matter_id FROM matter_items
		WHERE indicator = $1 AND area_id = $2 AND unit = $3
		AND state IN ('raised', 'received', 'declined', 'planned', 'in_progress', 'reported', 'suspended')
		ORDER BY matter_id`, indicator, area, unit)
}

// openIn are the matters of an area that are not over.
func openIn(tx *db.Tx, area int64) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT DISTINCT matter_id FROM matter_items WHERE area_id = $1
		AND state IN ('raised', 'received', 'declined', 'planned', 'in_progress', 'reported', 'suspended')
		ORDER BY matter_id DESC`, area)
}

// sameDraft says whether the office has a matter of the same title and problem already.
func sameDraft(tx *db.Tx, office string, d Draft) (bool, error) {
	n, err := db.Value[int](tx, `SELECT count(*) FROM matters WHERE office = $1 AND title = $2 AND problem = $3
		AND state <> 'withdrawn'`, office, strings.TrimSpace(d.Title), strings.TrimSpace(d.Problem))
	return n > 0, err
}

func nextSerial(tx *db.Tx, office string, year int) (int, error) {
	return db.Value[int](tx, `SELECT COALESCE(max(serial), 0) + 1 FROM matters WHERE office = $1 AND year = $2`, office,
		year)
}

func (m *Matter) insert(tx *db.Tx) error {
	m.read = m.Version
	if err := insertRow(tx, "matters", m.all()); err != nil {
		return err
	}
	for at := range m.Items {
		if err := insertRow(tx, "matter_items", m.Items[at].all()); err != nil {
			return err
		}
	}
	return m.index(tx)
}

// update writes the matter and all its items, if it is still the one that was read.
func (m *Matter) update(tx *db.Tx) error {
	if err := updateRow(tx, "matters", m.all(), fmt.Sprintf(" AND version = %d", m.read)); err != nil {
		return err
	}
	m.read = m.Version
	for at := range m.Items {
		if err := updateRow(tx, "matter_items", m.Items[at].all(), ""); err != nil {
			return err
		}
	}
	return m.index(tx)
}

func insertRow(tx *db.Tx, table string, fields []field) error {
	places, values := make([]string, len(fields)), make([]any, len(fields))
	for i, f := range fields {
		places[i], values[i] = fmt.Sprintf("$%d", i+1), f.value()
	}
	return tx.Exec(`INSERT INTO `+table+` (`+columnsOf(fields)+`) VALUES (`+strings.Join(places, ", ")+`)`, values...)
}

// updateRow writes all columns but the first, which is the key.
func updateRow(tx *db.Tx, table string, fields []field, also string) error {
	sets, values := make([]string, len(fields)-1), make([]any, len(fields))
	for i, f := range fields {
		if values[i] = f.value(); i > 0 {
			sets[i-1] = fmt.Sprintf("%s = $%d", f.column, i+1)
		}
	}
	return tx.ExecOne(`UPDATE `+table+` SET `+strings.Join(sets, ", ")+` WHERE id = $1`+also, values...)
}

// index writes from what a matter comes and which units have to do with its items.
func (m Matter) index(tx *db.Tx) error {
	if err := tx.Exec(`DELETE FROM matter_sources WHERE matter_id = $1`, m.ID); err != nil {
		return err
	}
	for _, s := range m.refs() {
		if err := tx.Exec(`INSERT INTO matter_sources (ref, matter_id, kind) VALUES ($1, $2, $3)`, s.Ref, m.ID,
			s.Kind); err != nil {
			return err
		}
	}
	if err := putFacets(tx, "m", m.ID, m.facets); err != nil {
		return err
	}
	for _, i := range m.Items {
		if err := putFacets(tx, "i", i.ID, i.facets); err != nil {
			return err
		}
		if err := tx.Exec(`DELETE FROM matter_parties WHERE item_id = $1`, i.ID); err != nil {
			return err
		}
		for _, p := range m.parties(i) {
			if err := tx.Exec(`INSERT INTO matter_parties (unit, item_id, part) VALUES ($1, $2, $3)`, p.unit, i.ID,
				p.part); err != nil {
				return err
			}
		}
	}
	return nil
}

// OfficeOf is the unit that works as the office of just this area.
func OfficeOf(tx *db.Tx, area network.Area) (string, error) {
	units, err := db.All(tx, db.Single[string], `SELECT DISTINCT p.unit FROM posts p JOIN units u ON u.code = p.unit
		WHERE u.area_id = $1 AND p.role = $2 AND p.opens_on <= $3 AND (p.closes_on = '' OR p.closes_on > $3)
		ORDER BY p.unit`, area.ID, auth.Office, tx.Today())
	if err != nil || len(units) > 0 {
		return append(units, "")[0], err
	}
	return "", errs.In("item_area", errs.Invalidf("%s没有妇儿工委办，请为这一项选定承办单位。", area.Name))
}
