package opinion

// The list of texts, cut down in SQL to those that the user lays open, oversees or may remark on.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
)

// source is cut down to what by sees; named are the objects that their engagements name. How many opinions others have
// filed is not told to who is engaged, nor, while a panel is blind, to who only oversees. today is a day of the clock.
func source(by auth.User, in listInput, named []string, today string) list.Source[Listed] {
	engaged := by.Has(auth.Outsider)
	s := list.Source[Listed]{Key: "t.id", From: "opinion_texts t",
		Select: `t.id, t.title, t.state, t.due_on, t.unit, u.name, u.name_en,
			(SELECT count(*) FROM opinions o WHERE o.text_id = t.id AND o.state NOT IN ('draft', 'withdrawn')),
			(SELECT count(*) FROM opinions o WHERE o.text_id = t.id AND o.verdict <> '' AND o.state <> 'withdrawn'),
			t.purpose = 'panel' AND t.state <> 'closed' AND EXISTS (SELECT 1 FROM opinion_reviewers v
				WHERE v.text_id = t.id AND v.finished_at IS NULL)
			FROM opinion_texts t JOIN units u ON u.code = t.unit`,
		Scan: func(r db.Row) (l Listed, err error) {
			err = r.Scan(&l.ID, &l.Title, &l.State, &l.DueOn, &l.Unit, &l.UnitName, &l.unitEN, &l.Filed, &l.Replied,
				&l.Blind)
			l.Blind = l.Blind && today <= l.DueOn
			if _, ours := by.PostFor(l.Unit, auth.Office); engaged || l.Blind && !ours {
				l.Filed, l.Replied = 0, 0
			} else if ours {
				l.Blind = false // how many there are its office is told, not what they say
			}
			return l, err
		},
		ID: func(l Listed) string { return l.ID },
		Orders: map[string][]string{"due": {"t.due_on", "t.id"},
			"title": {"t.title", "t.id"}}}
	units, paths := by.Scope()
	if engaged {
		s.And("t.id IN (SELECT j.key FROM json_each(?) j)", db.Texts(textIDs(named)))
	} else {
		s.And(seen, db.Texts(units), db.Texts(paths))
	}
	if in.State != "" {
		s.And("t.state = ?", in.State)
	}
	if id, is := strings.CutPrefix(in.Document, "text/"); is {
		s.And("t.id = ?", id)
	} else if in.Document != "" {
		s.And("t.about = ?", in.Document)
	}
	return s
}

// seen is the condition on a text t by which units ($1) and areas ($2) see it.
var seen = `(` + auth.Visible("t.unit", "t.area_path", 1) + ` OR EXISTS (SELECT 1 FROM opinion_readers w
	WHERE w.text_id = t.id AND w.unit IN (SELECT j.key FROM json_each($1) j)))`

// adopted are how many remarks on the texts of a year that by may see were adopted or partly so, of those replied to.
func adopted(tx *db.Tx, by auth.User, of module.Work) (n, replied int, err error) {
	first, last := of.Days()
	units, paths := by.Scope()
	both, err := db.One(tx, func(r db.Row) (n [2]int, err error) { return n, r.Scan(&n[0], &n[1]) },
		`SELECT COALESCE(sum(CASE WHEN o.verdict IN ('adopted', 'partly') THEN 1 ELSE 0 END), 0), count(*)
		FROM opinions o JOIN opinion_texts t ON t.id = o.text_id WHERE o.verdict <> ''
		AND o.state NOT IN ('draft',
			'withdrawn') AND t.due_on >= $3 AND t.due_on <= $4 AND `+seen+` AND `+module.Counts("o.unit", 5),
		db.Texts(units), db.Texts(paths), first, last, of.Keys())
	return both[0], both[1], err
}
