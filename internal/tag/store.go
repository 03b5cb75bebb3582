package tag

// Sets, tags and marks, read and put; a second time changes nothing. What a tag leaves of a page is choice.go's.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

type (
	allSets  struct{}
	allTags  struct{}
	allMarks struct{}
)

const setColumns = `code, name, name_en, opens_on, closes_on, note, source_title, source_url, position`

func scanSet(r db.Row) (s Set, err error) {
	return s, r.Scan(&s.Code, &s.Name, &s.NameEN, &s.OpensOn, &s.ClosesOn, &s.Note, &s.SourceTitle, &s.SourceURL,
		&s.Position)
}

// Sets returns all sets in their order; shared, so not to be changed.
func Sets(tx *db.Tx) ([]Set, error) {
	return db.Remember(tx, allSets{}, func(tx *db.Tx) ([]Set, error) {
		return db.All(tx, scanSet, `SELECT `+setColumns+` FROM tag_sets ORDER BY position, code`)
	})
}

// SetByCode returns one set.
func SetByCode(tx *db.Tx, code string) (Set, error) {
	return db.One(tx, scanSet, `SELECT `+setColumns+` FROM tag_sets WHERE code = $1`, code)
}

const tagColumns = `tag_set, code, name, name_en, opens_on, closes_on, position`

func scanTag(r db.Row) (t Tag, err error) {
	return t, r.Scan(&t.Set, &t.Code, &t.Name, &t.NameEN, &t.OpensOn, &t.ClosesOn, &t.Position)
}

// Tags returns the tags of all sets in their order; shared, so not to be changed.
func Tags(tx *db.Tx) ([]Tag, error) {
	return db.Remember(tx, allTags{}, func(tx *db.Tx) ([]Tag, error) {
		return db.All(tx, scanTag, `SELECT `+tagColumns+` FROM tags ORDER BY tag_set, position, code`)
	})
}

// tagByCode returns the tag that files call set/code.
func tagByCode(tx *db.Tx, code string) (Tag, error) {
	return db.One(tx, scanTag, `SELECT `+tagColumns+` FROM tags WHERE tag_set || '/' || code = $1`, code)
}

// Marks returns the marks of all tags in their order; shared, so not to be changed.
func Marks(tx *db.Tx) ([]Mark, error) {
	return db.Remember(tx, allMarks{}, func(tx *db.Tx) ([]Mark, error) {
		return db.All(tx, func(r db.Row) (m Mark, err error) {
			return m, r.Scan(&m.Set, &m.Tag, &m.Plan, &m.Goal, &m.Indicator, &m.OpensOn, &m.ClosesOn, &m.Note,
				&m.Position)
		}, `SELECT tag_set, tag, plan, goal, indicator, opens_on, closes_on, note, position FROM tagged
			ORDER BY tag_set, tag, position, plan, goal, indicator, opens_on`)
	})
}

// PutSet adds or updates a set and reports whether anything changed.
func PutSet(tx *db.Tx, s Set) (bool, error) {
	if err := s.Validate(); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO tag_sets AS s (`+setColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
			opens_on = excluded.opens_on, closes_on = excluded.closes_on, note = excluded.note,
			source_title = excluded.source_title, source_url = excluded.source_url, position = excluded.position
		WHERE (s.name, s.name_en, s.opens_on, s.closes_on, s.note, s.source_title, s.source_url, s.position)
			<> (excluded.name, excluded.name_en, excluded.opens_on, excluded.closes_on, excluded.note,
			excluded.source_title, excluded.source_url, excluded.position)`,
		s.Code, s.Name, s.NameEN, s.OpensOn, s.ClosesOn, s.Note, s.SourceTitle, s.SourceURL, s.Position)
	return n > 0, err
}

// Put adds or updates a tag and reports whether anything changed.
func Put(tx *db.Tx, t Tag) (bool, error) {
	if err := t.Validate(); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO tags AS t (`+tagColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (tag_set, code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
			opens_on = excluded.opens_on, closes_on = excluded.closes_on, position = excluded.position
		WHERE (t.name, t.name_en, t.opens_on, t.closes_on, t.position)
			<> (excluded.name, excluded.name_en, excluded.opens_on, excluded.closes_on, excluded.position)`,
		t.Set, t.Code, t.Name, t.NameEN, t.OpensOn, t.ClosesOn, t.Position)
	return n > 0, err
}

// PutMark adds or updates a mark and reports whether anything changed.
func PutMark(tx *db.Tx, m Mark) (bool, error) {
	if err := m.Validate(); err != nil {
		return false, err
	}
	if err := m.apart(tx); err != nil {
		return false, err
	}
	n, err := tx.ExecN(`INSERT INTO tagged AS t (tag_set, tag, plan, goal, indicator, opens_on, closes_on, note,
		position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (tag_set, tag, plan, goal, indicator, opens_on) DO UPDATE SET closes_on = excluded.closes_on,
			note = excluded.note, position = excluded.position
		WHERE (t.closes_on, t.note, t.position) <> (excluded.closes_on, excluded.note, excluded.position)`,
		m.Set, m.Tag, m.Plan, m.Goal, m.Indicator, m.OpensOn, m.ClosesOn, m.Note, m.Position)
	return n > 0, err
}

// apart refuses a mark that holds on a day on which its tag marks the same thing already, from another day on.
func (m Mark) apart(tx *db.Tx) error {
	others, err := db.All(tx, func(r db.Row) (o Mark, err error) { return o, r.Scan(&o.OpensOn, &o.ClosesOn) },
		`SELECT opens_on, closes_on FROM tagged WHERE tag_set = $1 AND tag = $2 AND plan = $3 AND goal = $4
			AND indicator = $5 AND opens_on <> $6 ORDER BY opens_on`, m.Set, m.Tag, m.Plan, m.Goal, m.Indicator,
		m.OpensOn)
	f := errs.Fields{}
	for _, o := range others {
		if m.overlaps(o) {
			f.Say("opens_on", "和已有的一段重叠（%s—%s）：同一标签在一个目标或指标上，各段时间不能重叠。", o.OpensOn, o.ClosesOn)
		}
	}
	if err != nil {
		return err
	}
	return f.Check("标签的信息不完整。")
}
