package supervision

// Visits as lists show them, cut down to what the reader may know of.

import (
	"encoding/json"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
	"yipanqi/internal/say"
)

// Listing is a line of the list of visits.
type Listing struct {
	ID      string   `json:"id"`
	On      string   `json:"on"`
	Area    string   `json:"area"`
	Group   string   `json:"group"`
	Methods []string `json:"methods"`
	State   State    `json:"state"`
	DueOn   string   `json:"due,omitempty"`
	Lamp    string   `json:"lamp"`

	area say.Name
}

// scope are the parameters of seen: the paths below which the reader sees all, who they are, the areas that they speak
// for.
func scope(by auth.User) []any {
	_, paths := by.Scope()
	var own []string
	for _, p := range by.Posts {
		if speaks(p.Role) {
			own = append(own, p.AreaPath)
		}
	}
	return []any{db.Texts(paths), by.ID, db.Texts(own)}
}

// within is the condition that the reader sees what the group of row x wrote down; $1 and $2 are theirs.
func within(x string) string {
	return `(` + auth.Within(x+".office_path", 1) + ` OR EXISTS (SELECT 1 FROM supervision_people p
		WHERE p.group_id = ` + x + `.group_id AND p.person_id = $2))`
}

// seen is the condition on a visit v; $1 to $3 are of the reader, see scope.
var seen = `(` + within("v") + ` OR v.area_path IN (SELECT j.key FROM json_each($3) j)
	AND NOT (v.unannounced AND v.state IN ('planned', 'cancelled')))`

func source(tx *db.Tx, by auth.User, in listInput, area int64) list.Source[Listing] {
	today := tx.Today()
	s := list.Source[Listing]{Key: "v.id", From: `visits v JOIN supervision_groups g ON g.id = v.group_id
			JOIN areas a ON a.id = v.area_id`, Few: true,
		Select: `v.id, v.on_day, a.code, a.name, a.name_en, g.title, v.methods, v.state, v.note_due
			FROM visits v JOIN supervision_groups g ON g.id = v.group_id JOIN areas a ON a.id = v.area_id`,
		Scan: func(r db.Row) (l Listing, err error) {
			var methods string
			if err = r.Scan(&l.ID, &l.On, &l.Area, &l.area.ZH, &l.area.EN, &l.Group, &methods, &l.State,
				&l.DueOn); err != nil {
				return l, err
			}
			l.Lamp = Visit{State: l.State, NoteDue: l.DueOn}.Lamp(today)
			return l, json.Unmarshal([]byte(methods), &l.Methods)
		},
		ID: func(l Listing) string { return l.ID },
		Orders: map[string][]string{"on": {"v.on_day", "v.id"}, "area": {"a.code", "v.on_day", "v.id"},
			"group": {"g.title", "v.on_day", "v.id"}, "state": {"v.state", "v.on_day", "v.id"},
			"due": {"v.note_due", "v.id"}}}
	s.And(seen, scope(by)...)
	if in.State != "" {
		s.Equal("state", "v.state", in.State)
	}
	if area != 0 {
		s.And(`v.area_id = ?`, area)
	}
	if in.Group != "" {
		s.And(`v.group_id = ?`, in.Group)
	}
	if in.About != "" {
		s.And(`v.about = ?`, in.About)
	}
	if in.Method != "" {
		s.And(`v.methods LIKE ?`, `%"`+in.Method+`"%`)
	}
	return s
}

// Lamp is how the notes of a visit stand: red where they were to be finished and are not.
func (v Visit) Lamp(today string) string {
	switch v.State {
	case UnderWay:
		return flow.Lamp(v.NoteDue, today, 0)
	case Noted:
		return flow.Green
	}
	return flow.Grey
}
