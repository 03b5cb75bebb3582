package network

// Areas, units, people and posts read, by code and by day. An area's rows of earlier days are found here and joined by
// those who read numbers.

import (
	"slices"
	"yipanqi/internal/db"
	"yipanqi/internal/period"
)

const areaColumns = `a.id, a.code, a.name, a.short_name, a.name_en, a.level, COALESCE(a.parent_id, 0), a.path,
	a.opens_on, a.closes_on,
	COALESCE(a.successor_id, 0), a.tile_row, a.tile_col`

func scanArea(r db.Row) (a Area, err error) {
	err = r.Scan(&a.ID, &a.Code, &a.Name, &a.ShortName, &a.NameEN, &a.Level, &a.ParentID,
		&a.Path, &a.OpensOn, &a.ClosesOn,
		&a.Successor, &a.TileRow, &a.TileCol)
	return a, err
}

// AreaByCode returns the row of code that is valid on day, today if day is empty.
func AreaByCode(tx *db.Tx, code, day string) (Area, error) {
	if day == "" {
		day = tx.Today()
	}
	return db.One(tx, scanArea, `SELECT `+areaColumns+` FROM areas a
		WHERE a.code = $1 AND a.opens_on <= $2 AND (a.closes_on = '' OR a.closes_on > $2)`, code, day)
}

// NewestArea returns the last row of code, whether it is valid today or not.
func NewestArea(tx *db.Tx, code string) (Area, error) {
	return db.One(tx, scanArea, `SELECT `+areaColumns+` FROM areas a WHERE a.code = $1
		ORDER BY a.opens_on DESC, a.id DESC LIMIT 1`, code)
}

// What db.Remember keeps.
type (
	areaID     int64
	unitCode   string
	labelsOf   string
	allEarlier struct{}
)

// AreaByID returns one row of the tree.
func AreaByID(tx *db.Tx, id int64) (Area, error) {
	return db.Remember(tx, areaID(id), func(tx *db.Tx) (Area, error) {
		return db.One(tx, scanArea, `SELECT `+areaColumns+` FROM areas a WHERE a.id = $1`, id)
	})
}

// Root is the one area above all others that is open today.
func Root(tx *db.Tx) (Area, error) {
	return db.One(tx, scanArea, `SELECT `+areaColumns+` FROM areas a
		WHERE a.parent_id IS NULL AND a.opens_on <= $1 AND (a.closes_on = '' OR a.closes_on > $1)
		ORDER BY a.id LIMIT 1`, tx.Today())
}

// Children returns the areas directly below id that are valid on day (today if empty), in order of code.
func Children(tx *db.Tx, id int64, day string) ([]Area, error) {
	if day == "" {
		day = tx.Today()
	}
	return db.All(tx, scanArea, `SELECT `+areaColumns+` FROM areas a
		WHERE a.parent_id = $1 AND a.opens_on <= $2 AND (a.closes_on = '' OR a.closes_on > $2)
		ORDER BY a.code`, id, day)
}

// Subtree returns top and all areas that ever were below it, depth first.
func Subtree(tx *db.Tx, top Area) (below []Area, err error) {
	all, err := everyArea(tx)
	end := subtreeEnd(top.Path)
	for _, a := range all {
		if a.Path >= top.Path && a.Path < end {
			below = append(below, a)
		}
	}
	return below, err
}

// FewBelow are the ids of top and all areas that ever were below it, if they are no more than most.
func FewBelow(tx *db.Tx, top Area, most int) (ids []int64, few bool, err error) {
	all, err := everyArea(tx)
	end := subtreeEnd(top.Path)
	for i := range all {
		if all[i].Path < top.Path || all[i].Path >= end {
			continue
		}
		if len(ids) == most {
			return nil, false, err
		}
		ids = append(ids, all[i].ID)
	}
	return ids, true, err
}

// AllAreas returns every row of the tree, in order of id.
func AllAreas(tx *db.Tx) ([]Area, error) {
	all, err := everyArea(tx)
	return slices.Clone(all), err
}

type allAreas struct{}

// everyArea is the tree as it is kept in the process, which nobody may change.
func everyArea(tx *db.Tx) ([]Area, error) {
	return db.Remember(tx, allAreas{}, func(tx *db.Tx) ([]Area, error) {
		return db.All(tx, scanArea, `SELECT `+areaColumns+` FROM areas a ORDER BY a.id`)
	})
}

// Place is where a row of the tree stands.
type Place struct {
	Level string
	Above bool // rows are directly below it, or ever were
}

type allPlaces struct{}

// Tree is where every row of the tree stands, by id; shared, so not to be changed.
func Tree(tx *db.Tx) (map[int64]Place, error) {
	return db.Remember(tx, allPlaces{}, func(tx *db.Tx) (map[int64]Place, error) {
		all, err := everyArea(tx)
		tree := make(map[int64]Place, len(all))
		for _, a := range all {
			tree[a.ID] = Place{Level: a.Level, Above: tree[a.ID].Above}
			tree[a.ParentID] = Place{Level: tree[a.ParentID].Level, Above: true}
		}
		delete(tree, 0)
		return tree, err
	})
}

// Earlier are the rows that an area had before, newest first: the same area under another parent or name. What was
// reported, signed and published then stays with them.
func Earlier(tx *db.Tx, id int64) ([]Area, error) {
	by, err := EarlierOf(tx, []int64{id})
	return by[id], err
}

// EarlierOf are those of some areas, by area; most had none.
func EarlierOf(tx *db.Tx, ids []int64) (by map[int64][]Area, err error) {
	before, err := db.Remember(tx, allEarlier{}, func(tx *db.Tx) (map[int64]Area, error) {
		by := map[int64]Area{}
		closed, err := db.All(tx, scanArea, `SELECT `+areaColumns+` FROM areas a WHERE a.successor_id > 0`)
		for _, a := range closed {
			by[a.Successor] = a
		}
		return by, err
	})
	by = map[int64][]Area{}
	if len(before) == 0 {
		return by, err
	}
	for _, id := range ids {
		if by[id] != nil {
			continue
		}
		for a, ok := before[id]; ok; a, ok = before[a.ID] {
			by[id] = append(by[id], a)
		}
	}
	return by, err
}

// During are the rows of the area that may hold what was reported for a period: its own, and those before it that were
// open for a part of the period.
func During(tx *db.Tx, a Area, p period.Period) ([]Area, error) {
	earlier, err := Earlier(tx, a.ID)
	rows := []Area{a}
	for _, e := range earlier {
		if e.OpenIn(p) {
			rows = append(rows, e)
		}
	}
	return rows, err
}

// Lineage returns the areas from the root down to a itself.
func Lineage(tx *db.Tx, a Area) ([]Area, error) {
	up := a.AncestorIDs()
	line := make([]Area, 0, len(up)+1)
	for i := len(up) - 1; i >= 0; i-- {
		above, err := AreaByID(tx, up[i])
		if err != nil {
			return nil, err
		}
		line = append(line, above)
	}
	return append(line, a), nil
}

const unitColumns = `u.code, u.name, u.short_name, u.name_en, u.kind, COALESCE(u.parent, ''), u.area_id, u.note,
	u.opens_on, u.closes_on,
	COALESCE(u.successor, ''), u.position`

func scanUnit(r db.Row) (u Unit, err error) {
	err = r.Scan(&u.Code, &u.Name, &u.ShortName, &u.NameEN, &u.Kind, &u.Parent, &u.AreaID,
		&u.Note, &u.OpensOn, &u.ClosesOn,
		&u.Successor, &u.Position)
	return u, err
}

// UnitByCode returns one unit.
func UnitByCode(tx *db.Tx, code string) (Unit, error) {
	return db.Remember(tx, unitCode(code), func(tx *db.Tx) (Unit, error) {
		return db.One(tx, scanUnit, `SELECT `+unitColumns+` FROM units u WHERE u.code = $1`, code)
	})
}

// Units returns the units whose jurisdiction is top or below it, in their order.
func Units(tx *db.Tx, top Area) ([]Unit, error) {
	return db.All(tx, scanUnit, `SELECT `+unitColumns+` FROM units u JOIN areas a ON a.id = u.area_id
		WHERE a.path >= $1 AND a.path < $2 ORDER BY u.position, u.code`, top.Path, subtreeEnd(top.Path))
}

// AllUnits returns every unit there ever was, in order of code.
func AllUnits(tx *db.Tx) ([]Unit, error) {
	return db.All(tx, scanUnit, `SELECT `+unitColumns+` FROM units u ORDER BY u.code`)
}

// UnitsBelow are the codes of the units of an area and of all below it, open or closed.
func UnitsBelow(tx *db.Tx, area Area) ([]string, error) {
	return db.All(tx, db.Single[string], `SELECT u.code FROM units u JOIN areas a ON a.id = u.area_id
		WHERE a.path LIKE $1 ORDER BY u.code`, area.Path+"%")
}

// UnitsOf returns the units of just this area, in their order.
func UnitsOf(tx *db.Tx, areaID int64) ([]Unit, error) {
	return db.All(tx, scanUnit, `SELECT `+unitColumns+` FROM units u WHERE u.area_id = $1
		ORDER BY u.position, u.code`, areaID)
}

// Labels returns the words for a kind of code, by code; shared, so not to be changed.
func Labels(tx *db.Tx, kind string) (map[string]Label, error) {
	return db.Remember(tx, labelsOf(kind), func(tx *db.Tx) (map[string]Label, error) { return readLabels(tx, kind) })
}

func readLabels(tx *db.Tx, kind string) (map[string]Label, error) {
	labels := map[string]Label{}
	err := db.Each(tx, func(r db.Row) error {
		l := Label{Kind: kind}
		if err := r.Scan(&l.Code, &l.Name, &l.NameEN, &l.Position); err != nil {
			return err
		}
		labels[l.Code] = l
		return nil
	}, `SELECT code, name, name_en, position FROM labels WHERE kind = $1`, kind)
	return labels, err
}

func scanPerson(r db.Row) (p Person, err error) {
	return p, r.Scan(&p.ID, &p.Name, &p.NameEN, &p.Sample)
}

// PersonByID returns one person.
func PersonByID(tx *db.Tx, id string) (Person, error) {
	return db.One(tx, scanPerson, `SELECT id, name, name_en, sample FROM people WHERE id = $1`, id)
}

// Namesakes are the people of a name with the posts that they hold or will hold, a post each; one without any has an
// empty post.
func Namesakes(tx *db.Tx, name string) ([]Post, error) {
	return db.All(tx, scanPost, `SELECT COALESCE(p.id, ''), h.id, h.name, h.name_en, COALESCE(p.unit, ''),
		COALESCE(p.role, ''), COALESCE(p.opens_on, ''), COALESCE(p.closes_on, ''), COALESCE(p.title, ''),
		COALESCE(p.room, ''), COALESCE(p.phone, '')
		FROM people h LEFT JOIN posts p ON p.person_id = h.id AND (p.closes_on = '' OR p.closes_on > $2)
		WHERE h.name = $1 ORDER BY h.id, p.opens_on, p.id`, name, tx.Today())
}

const postColumns = `p.id, p.person_id, h.name, h.name_en, p.unit, p.role, p.opens_on, p.closes_on, p.title, p.room,
	p.phone`

func scanPost(r db.Row) (p Post, err error) {
	return p, r.Scan(&p.ID, &p.PersonID, &p.Person, &p.PersonEN, &p.Unit, &p.Role, &p.OpensOn, &p.ClosesOn, &p.Title,
		&p.Room, &p.Phone)
}

// PostsOf returns the posts a person holds on day (today if empty).
func PostsOf(tx *db.Tx, personID, day string) ([]Post, error) {
	if day == "" {
		day = tx.Today()
	}
	return db.All(tx, scanPost, `SELECT `+postColumns+` FROM posts p JOIN people h ON h.id = p.person_id
		WHERE p.person_id = $1 AND p.opens_on <= $2 AND (p.closes_on = '' OR p.closes_on > $2)
		ORDER BY p.opens_on, p.id`, personID, day)
}

// AllPostsOf returns the posts that a person holds, held and will hold.
func AllPostsOf(tx *db.Tx, personID string) ([]Post, error) {
	return db.All(tx, scanPost, `SELECT `+postColumns+` FROM posts p JOIN people h ON h.id = p.person_id
		WHERE p.person_id = $1 ORDER BY p.opens_on, p.id`, personID)
}

// Staff returns the posts of a unit on day (today if empty): who was in which role. Who is engaged by it is no staff.
func Staff(tx *db.Tx, unit, day string) ([]Post, error) {
	if day == "" {
		day = tx.Today()
	}
	return db.All(tx, scanPost, `SELECT `+postColumns+` FROM posts p JOIN people h ON h.id = p.person_id
		WHERE p.unit = $1 AND p.opens_on <= $2 AND (p.closes_on = '' OR p.closes_on > $2) AND p.role <> 'outsider'
		ORDER BY p.role, p.opens_on, p.id`, unit, day)
}

// StaffOf is Staff of several units today, by unit.
func StaffOf(tx *db.Tx, units []string) (map[string][]Post, error) {
	rows, err := db.All(tx, scanPost, `SELECT `+postColumns+` FROM posts p JOIN people h ON h.id = p.person_id
		WHERE p.unit IN (SELECT j.key FROM json_each($1) j) AND p.opens_on <= $2
		AND (p.closes_on = '' OR p.closes_on > $2) AND p.role <> 'outsider' ORDER BY p.role, p.opens_on, p.id`,
		db.Texts(units), tx.Today())
	all := map[string][]Post{}
	for _, p := range rows {
		all[p.Unit] = append(all[p.Unit], p)
	}
	return all, err
}

// LastHeld is the day until which a role was last held in a unit; empty if it never was, or still is.
func LastHeld(tx *db.Tx, unit, role string) (string, error) {
	return db.Value[string](tx, `SELECT COALESCE(max(closes_on), '') FROM posts WHERE unit = $1 AND role = $2
		AND closes_on <= $3`, unit, role, tx.Today())
}

// Speaks is the role that speaks for a unit: its liaison's, else, where it has none, that of its office.
func Speaks(tx *db.Tx, unit string) (role string, err error) {
	staff, err := Staff(tx, unit, "")
	if slices.ContainsFunc(staff, func(p Post) bool { return p.Role == "liaison" }) {
		return "liaison", err
	}
	return "office", err
}
