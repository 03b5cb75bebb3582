package supervision

// Where the search finds groups, visits and findings, and the trails that stand below them.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

func kinds() []find.Kind {
	return []find.Kind{
		{Code: "visit", Verb: VerbRead, Name: "督导走访", NameEN: "Supervision visits",
			Page: func(id string) string { return "/visits/" + id }},
		{Code: "supervision_group", Verb: VerbRead, Name: "督导组", NameEN: "Supervision groups",
			Page: func(id string) string { return "/supervision/groups/" + id }},
		{Code: "finding", Verb: VerbRead, Name: "督导发现", NameEN: "Findings",
			Page: func(id string) string { return "/findings/" + id }},
	}
}

// findable puts a group where those of its office find it.
func (g Group) findable(tx *db.Tx) error {
	return find.Put(tx, find.Doc{Object: g.Object(), Title: g.Title, Note: "督导组", NoteEN: "Supervision group",
		Scope: find.Scope{Unit: g.Office, Path: g.AreaPath}})
}

// findable puts a visit where those of its office find it; the area has it on its own page.
func (v Visit) findable(tx *db.Tx) error {
	area, err := network.AreaByID(tx, v.AreaID)
	if err != nil {
		return err
	}
	return find.Put(tx, find.Doc{Object: v.Object(), Title: area.Name + " " + v.OnDay + " " + v.group.Title,
		Note: "督导走访", NoteEN: "Supervision visit", Scope: find.Scope{Unit: v.Office, Path: v.OfficePath}})
}

// Reindex puts all of them anew.
func Reindex(tx *db.Tx) error {
	groups, err := everyGroup(tx)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if err := g.findable(tx); err != nil {
			return err
		}
	}
	all, err := every(tx)
	if err != nil {
		return err
	}
	for _, v := range all {
		if err := v.findable(tx); err != nil {
			return err
		}
	}
	findings, err := everyFinding(tx)
	for _, f := range findings {
		if err := f.findable(tx); err != nil {
			return err
		}
	}
	return err
}

// GroupTrail is the place of groups among the things that have a trail.
func GroupTrail() trail.Place {
	return trail.Place{Kind: "supervision_group", Page: func(id string) string { return "/supervision/groups/" + id },
		Words: wordsOfVerbs,
		Sees:  func(tx *db.Tx, by auth.User, id string) error { _, err := ReadGroup(tx, by, id); return err }}
}

func wordsOfVerbs(verb string) say.Key { return verbs[verb] }

// Trail is the place of visits. The area that is visited sees its files, such as the report that it gave, and lays
// them down there.
func Trail() trail.Place {
	return trail.Place{Kind: "visit", Page: func(id string) string { return "/visits/" + id }, Words: wordsOfVerbs,
		Sees: func(tx *db.Tx, by auth.User, id string) error { _, err := Read(tx, by, id); return err },
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			v, err := Read(tx, by, id)
			if err != nil {
				return "", err
			}
			if v.State == Cancelled {
				return "", errs.Conflictf("这次督导已经取消，不能再附材料。")
			}
			for _, p := range by.Posts {
				if p.Unit == v.Office || p.AreaPath == v.AreaPath && speaks(p.Role) || v.group.has(by.ID) {
					return p.UnitName, nil
				}
			}
			return "", errs.Deniedf("材料由被督导的地区或督导组附上。")
		},
		Hides: func(tx *db.Tx, by auth.User, id string) (func(*trail.Line) bool, error) {
			v, err := Get(tx, id)
			if err != nil || v.inside(by) {
				return nil, err
			}
			return func(l *trail.Line) bool { return strings.HasPrefix(l.Verb, VerbChoose) || l.Verb == VerbPlan }, nil
		},
		Told: func(tx *db.Tx, by auth.User, id string) ([]trail.Told, error) {
			v, err := Get(tx, id)
			if err != nil || !v.inside(by) {
				return nil, err
			}
			return notice.Of(tx, v.Object())
		}}
}

// noteTrail is the place of notes: who sees what a group wrote down sees its photos.
func noteTrail() trail.Place {
	return trail.Place{Kind: "visit_note", Page: func(id string) string { return "/visit-notes/" + id },
		Words: wordsOfVerbs,
		Sees:  func(tx *db.Tx, by auth.User, id string) error { _, _, err := readNote(tx, by, id); return err }}
}

// readNote is a note with its visit, for whoever sees what the group wrote down.
func readNote(tx *db.Tx, by auth.User, id string) (n Note, v Visit, err error) {
	if n, err = GetNote(tx, id); err != nil {
		return n, v, err
	}
	if v, err = Get(tx, n.VisitID); err == nil && !v.inside(by) {
		err = errs.Missingf("没有找到这条记录。它可能不存在，或者您没有查看权限。")
	}
	return n, v, err
}

// findingTrail is the place of findings.
func findingTrail() trail.Place {
	return trail.Place{Kind: "finding", Page: func(id string) string { return "/findings/" + id }, Words: wordsOfVerbs,
		Sees: func(tx *db.Tx, by auth.User, id string) error { _, err := ReadFinding(tx, by, id); return err },
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			f, err := ReadFinding(tx, by, id)
			if err != nil {
				return "", err
			}
			return holds(by, f.stand())
		},
		Hides: func(tx *db.Tx, by auth.User, id string) (func(*trail.Line) bool, error) {
			f, err := GetFinding(tx, id)
			if err != nil || f.stand().inside(by) {
				return nil, err
			}
			return func(l *trail.Line) bool {
					return l.Verb == VerbFile || l.Verb == VerbAmend || l.Verb == VerbConfirm
				},
				nil
		}, Told: notice.Told("finding")}
}

// feedbackTrail is the place of letters to areas; what is said of them is said on the letter.
func feedbackTrail() trail.Place {
	return trail.Place{Kind: "feedback", Page: func(id string) string { return "/feedbacks/" + id },
		Words: wordsOfVerbs,
		Sees:  func(tx *db.Tx, by auth.User, id string) error { _, _, err := ReadFeedback(tx, by, id); return err }}
}

// objectionTrail is the place of objections, with the papers that are to prove them.
func objectionTrail() trail.Place {
	return trail.Place{Kind: "objection", Page: func(id string) string { return "/objections/" + id },
		Words: wordsOfVerbs,
		Sees:  func(tx *db.Tx, by auth.User, id string) error { _, err := ReadObjection(tx, by, id); return err },
		Holds: func(tx *db.Tx, by auth.User, id string) (string, error) {
			o, err := ReadObjection(tx, by, id)
			if err == nil && o.State == Decided {
				err = errs.Conflictf("结论已经作出，不能再附材料。")
			}
			if err != nil {
				return "", err
			}
			return holds(by, o.stand())
		}, Told: notice.Told("objection")}
}

// holds is the unit in which by lays down a file: of the office, the group or the area.
func holds(by auth.User, s stand) (string, error) {
	for _, p := range by.Posts {
		if p.Unit == s.office || s.group.has(by.ID) || p.AreaPath == s.toArea && speaks(p.Role) {
			return p.UnitName, nil
		}
	}
	return "", errs.Deniedf("材料由被督导的地区或督导组附上。")
}
