package request

// The list of requests, cut down in SQL to those that the user asks, oversees or has to answer.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
)

// Listed is a line of the list. Own is where the answer of the user's own unit stands, if it was asked.
type Listed struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Title    string `json:"title"`
	State    State  `json:"state"`
	Lamp     string `json:"lamp"`
	DueOn    string `json:"due"`
	Unit     string `json:"unit"`
	UnitName string `json:"unit_name"`
	Asked    int    `json:"asked"`
	In       int    `json:"in"`
	Late     int    `json:"overdue"`
	Own      State  `json:"own,omitempty"`
	unitEN   string
}

// light is the lamp of the line: of the day, as long as somebody owes an answer.
func (l *Listed) light(today string) {
	l.Lamp = flow.Grey
	if l.State == Sent && l.In < l.Asked {
		l.Lamp = flow.Lamp(l.DueOn, today, flow.Near)
	}
}

// ownStates are the states of the answers of the user's own units, by request.
func ownStates(tx *db.Tx, by auth.User) (map[string]State, error) {
	var units []string
	for _, p := range by.Posts {
		units = append(units, p.Unit)
	}
	own := map[string]State{}
	err := db.Each(tx, func(r db.Row) error {
		var id string
		var s State
		if err := r.Scan(&id, &s); err != nil {
			return err
		}
		own[id] = s
		return nil
	}, `SELECT a.request_id, a.state FROM answers a WHERE a.unit IN (SELECT j.key FROM json_each($1) j)
		AND a.state <> 'replaced'`, db.Texts(units))
	return own, err
}

func source(tx *db.Tx, by auth.User, in listInput) (s list.Source[Listed], err error) {
	own, err := ownStates(tx, by)
	if err != nil {
		return s, err
	}
	today := tx.Today()
	s = list.Source[Listed]{Key: "q.id", From: "requests q",
		Select: `q.id, q.kind, q.title, q.state, q.due_on, q.unit, u.name, u.name_en,
			(SELECT count(*) FROM answers a WHERE a.request_id = q.id AND a.state <> 'replaced'),
			(SELECT count(*) FROM answers a WHERE a.request_id = q.id AND a.state IN ('submitted', 'accepted')),
			(SELECT count(*) FROM answers a WHERE a.request_id = q.id AND a.due_on < '` + today + `'
				AND a.state IN ('sent', 'open', 'prepared', 'returned'))
			FROM requests q JOIN units u ON u.code = q.unit`,
		Scan: func(r db.Row) (l Listed, err error) {
			err = r.Scan(&l.ID, &l.Kind, &l.Title, &l.State, &l.DueOn, &l.Unit, &l.UnitName, &l.unitEN, &l.Asked, &l.In,
				&l.Late)
			l.Own = own[l.ID]
			l.light(today)
			return l, err
		},
		ID: func(l Listed) string { return l.ID },
		Orders: map[string][]string{"due": {"q.due_on", "q.id"}, "title": {"q.title", "q.id"},
			"kind": {"q.kind", "q.due_on", "q.id"}, "unit": {"q.unit", "q.due_on", "q.id"}}}
	units, paths := by.Scope()
	s.And(`(`+auth.Visible("q.unit", "q.area_path", 1)+` OR q.state <> 'draft' AND EXISTS (SELECT 1 FROM answers a
		WHERE a.request_id = q.id AND `+auth.Visible("a.unit", "a.area_path", 1)+`))`, db.Texts(units), db.Texts(paths))
	if in.Kind != "" {
		s.Equal("kind", "q.kind", in.Kind)
	}
	if in.State != "" {
		s.And("q.state = ?", in.State)
	}
	if in.Mine {
		s.And(`EXISTS (SELECT 1 FROM answers a WHERE a.request_id = q.id AND a.state IN ('sent', 'open', 'prepared',
			'returned') AND a.unit IN (SELECT j.key FROM json_each(?) j))`, db.Texts(units))
	}
	return s, nil
}
