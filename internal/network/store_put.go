package network

// Areas, units, labels, people and posts put in, once: what is put again changes nothing, what has closed stays.

import (
	"fmt"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// PutArea adds the area, or updates the names and dates of the row with the same code and first day. The
// parent is given by a.ParentID; id, path and successor are made here. It reports whether anything changed.
func PutArea(tx *db.Tx, a Area) (Area, bool, error) {
	a, changed, err := putArea(tx, a)
	if err != nil {
		return a, false, err
	}
	rows, err := db.All(tx, scanArea,
		`SELECT `+areaColumns+` FROM areas a WHERE a.code = $1 ORDER BY a.opens_on DESC`, a.Code)
	next := int64(0)
	for _, row := range rows {
		if row.ID == a.ID {
			a.Successor = next
		}
		if row.Successor != next {
			changed = true
			if err := tx.Exec(`UPDATE areas SET successor_id = $1 WHERE id = $2`, next, row.ID); err != nil {
				return a, false, err
			}
		}
		next = row.ID
	}
	if err == nil && changed {
		err = findArea(tx, a)
	}
	return a, changed, err
}

func putArea(tx *db.Tx, a Area) (Area, bool, error) {
	if err := a.Validate(); err != nil {
		return a, false, err
	}
	old, found, err := db.Maybe(db.One(tx, scanArea,
		`SELECT `+areaColumns+` FROM areas a WHERE a.code = $1 AND a.opens_on = $2`, a.Code, a.OpensOn))
	if err != nil {
		return a, false, err
	}
	if found {
		if old.ParentID != a.ParentID || old.Level != a.Level {
			return a, false, errs.Conflictf("地区%s的上级和层级不能改。请给它填结束日期，再新开一行。", a.Code)
		}
		a.ID, a.Path, a.Successor = old.ID, old.Path, old.Successor
		if a == old {
			return a, false, nil
		}
		return a, true, tx.Exec(`UPDATE areas
			SET name = $1, short_name = $2, name_en = $3, closes_on = $4, tile_row = $5, tile_col = $6 WHERE id = $7`,
			a.Name, a.ShortName, a.NameEN, a.ClosesOn, a.TileRow, a.TileCol, a.ID)
	}
	if a.ID, err = db.Value[int64](tx, `SELECT COALESCE(max(id), 0) + 1 FROM areas`); err != nil {
		return a, false, err
	}
	var parent any
	a.Path = fmt.Sprintf("%d.", a.ID)
	if a.ParentID != 0 {
		above, err := AreaByID(tx, a.ParentID)
		if err != nil {
			return a, false, err
		}
		parent, a.Path = above.ID, above.Path+a.Path
	}
	return a, true, tx.Exec(`INSERT INTO areas (id, code, name, short_name, name_en, level, parent_id, path, opens_on,
		closes_on, tile_row, tile_col)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		a.ID, a.Code, a.Name, a.ShortName, a.NameEN, a.Level, parent, a.Path, a.OpensOn,
		a.ClosesOn, a.TileRow, a.TileCol)
}

// PutUnit adds or updates a unit and reports whether anything changed.
func PutUnit(tx *db.Tx, u Unit) (bool, error) {
	if err := u.Validate(); err != nil {
		return false, err
	}
	old, found, err := db.Maybe(UnitByCode(tx, u.Code))
	if err != nil || found && old == u {
		return false, err
	}
	if err := tx.Exec(`INSERT INTO units (code, name, short_name, name_en, kind, parent, area_id, note, opens_on,
		closes_on, successor, position)
		VALUES ($1, $2, $3, $4, $5, NULLIF($6, ''), $7, $8, $9, $10, NULLIF($11, ''), $12)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, short_name = excluded.short_name,
			name_en = excluded.name_en, kind = excluded.kind,
			parent = excluded.parent, area_id = excluded.area_id, note = excluded.note, opens_on = excluded.opens_on,
			closes_on = excluded.closes_on, successor = excluded.successor, position = excluded.position`,
		u.Code, u.Name, u.ShortName, u.NameEN, u.Kind, u.Parent, u.AreaID, u.Note, u.OpensOn,
		u.ClosesOn, u.Successor, u.Position); err != nil {
		return false, err
	}
	return true, findUnit(tx, u)
}

// PutLabel adds or updates a label and reports whether anything changed.
func PutLabel(tx *db.Tx, l Label) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO labels (kind, code, name, name_en, position) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kind, code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
			position = excluded.position
		WHERE labels.name <> excluded.name OR labels.name_en <> excluded.name_en
		OR labels.position <> excluded.position`,
		l.Kind, l.Code, l.Name, l.NameEN, l.Position)
	return n > 0, err
}

// AddPerson adds a person and returns it with its id.
func AddPerson(tx *db.Tx, p Person) (Person, error) {
	p.ID = db.NewID()
	return p, tx.Exec(`INSERT INTO people (id, name, name_en, sample, created_at) VALUES ($1, $2, $3, $4, $5)`,
		p.ID, p.Name, p.NameEN, p.Sample, tx.Now)
}

// AddPost puts a person into a post and returns it with its id.
func AddPost(tx *db.Tx, p Post) (Post, error) {
	f := errs.Fields{}
	required(f, "unit", p.Unit)
	required(f, "role", p.Role)
	dated(f, p.OpensOn, p.ClosesOn)
	if err := f.Check("岗位信息不完整。"); err != nil {
		return p, err
	}
	p.ID = db.NewID()
	return p, tx.Exec(`INSERT INTO posts (id, person_id, unit, role, opens_on, closes_on, title, room, phone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.ID, p.PersonID, p.Unit, p.Role, p.OpensOn, p.ClosesOn, p.Title, p.Room, p.Phone)
}

// ClosePost ends a post from day on.
func ClosePost(tx *db.Tx, id, day string) error {
	return tx.ExecOne(`UPDATE posts SET closes_on = $1
		WHERE id = $2 AND (closes_on = '' OR closes_on > $1)`, day, id)
}
