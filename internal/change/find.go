package change

// Adjustments as the search finds them: drafts by the office and the leaders alone.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Kinds are what this module makes findable.
func Kinds() []find.Kind {
	return []find.Kind{{Code: "adjustment", Verb: "adjustment.read", Name: "成员单位调整",
		NameEN: "Adjustments of members",
		Page:   func(id string) string { return "/adjustments/" + id }}}
}

// Reindex puts all adjustments where they are found.
func Reindex(tx *db.Tx) error {
	found, err := all(tx, "")
	for _, a := range found {
		if err := findable(tx, a); err != nil {
			return err
		}
	}
	return err
}

func findable(tx *db.Tx, a Adjustment) error {
	return find.Put(tx, find.Doc{Object: a.Object(), Title: a.Title, Note: a.Number + " " + a.EffectiveOn,
		NoteEN: a.Number + " " + a.EffectiveOn, Words: []string{a.Basis},
		Scope: find.Scope{Path: a.areaPath, Figures: a.State == Approved || a.State == Applied}})
}

// Trail is the place of adjustments among the things that have a trail. The office lays the documents down until they
// are approved.
func Trail() trail.Place {
	return trail.Place{Kind: "adjustment", Page: func(id string) string { return "/adjustments/" + id },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			a, _, err := step(tx, by, id, 0, VerbEdit)
			if err != nil {
				return "", err
			}
			post, err := a.plays(by, partOffice)
			return post.UnitName, err
		},
		Words: func(verb string) say.Key { return life.Words[verb] }, Hides: hides}
}

// hides: how it was drafted, and who was to take over what, is for who decides and oversees.
func hides(tx *db.Tx, by auth.User, id string) (func(*trail.Line) bool, error) {
	a, err := ByID(tx, id)
	if err != nil || by.SeesAll(a.areaPath) {
		return nil, err
	}
	return func(l *trail.Line) bool {
		return slices.Contains([]string{VerbDraft, VerbEdit, VerbPreview, VerbAssign}, l.Verb)
	}, nil
}

// changeTrail is the place of changes of persons: whoever reports lays the letter down.
func changeTrail() trail.Place {
	return trail.Place{Kind: "post_change", Page: func(id string) string { return "/changes/" + id },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := ReadChange(tx, by, id)
			return err
		},
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			c, err := ReadChange(tx, by, id)
			if err != nil {
				return "", err
			}
			post, err := c.plays(by, partUnit)
			return post.UnitName, err
		},
		Words: func(verb string) say.Key { return personLife.Words[verb] }, Told: notice.Told("post_change")}
}
