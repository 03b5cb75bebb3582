package evaluation

// What the last round asked of a participant, and where it stands: findings of visits and recommendations, as far as
// whoever reads may see them. What is done about them is package matter's.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/matter"
	"yipanqi/internal/say"
	"yipanqi/internal/supervision"
)

// Last is the round before this one in which a participant was told anything, with what it was told.
type Last struct {
	Round string   `json:"round,omitempty"`
	Title string   `json:"title,omitempty"`
	Asked []Asking `json:"asked"`
}

// Asking is a finding or a recommendation of an earlier round, and where it stands.
type Asking struct {
	Kind  string    `json:"kind" enum:"finding,recommendation"`
	Text  string    `json:"text"`
	URL   string    `json:"url"`
	On    string    `json:"on"` // the matter or item that goes on with it, or its own page
	State say.Words `json:"-"`
	DueOn string    `json:"due,omitempty"`
	Lamp  string    `json:"lamp,omitempty"`
}

var askingWords = map[string]say.Key{"finding": "督导发现", "recommendation": "评估建议"}

// last is what the round before, of the same organiser, told a participant.
func (r Round) last(tx *db.Tx, by auth.User, p Participant) (l Last, err error) {
	l.Asked = []Asking{}
	rounds, err := launchedBefore(tx, r)
	if err != nil || len(rounds) == 0 {
		return l, err
	}
	advice, err := adviceTo(tx, p.Unit)
	if err != nil {
		return l, err
	}
	for _, o := range rounds {
		found, err := o.found(tx, by, p)
		if err != nil {
			return l, err
		}
		for _, c := range advice {
			if c.RoundID != o.ID || c.State == TakenBack {
				continue
			}
			one := Asking{Kind: "recommendation", Text: c.What, URL: c.URL(), On: c.URL(), State: say.New("%s",
				c.State.Words()), DueOn: c.DueOn, Lamp: c.Lamp(tx.Today())}
			if err := one.goesOn(tx, by, c.Matter, ""); err != nil {
				return l, err
			}
			found = append(found, one)
		}
		if len(found) > 0 {
			return Last{o.ID, o.Title, found}, nil
		}
	}
	return l, nil
}

// found are the findings of the round's visits that a participant was told: its area's, or those that it is to lead.
func (r Round) found(tx *db.Tx, by auth.User, p Participant) (all []Asking, err error) {
	told, err := supervision.ToldOf(tx, r.Object())
	if err != nil {
		return nil, err
	}
	area, err := r.areaOf(tx, p)
	if err != nil {
		return nil, err
	}
	for _, f := range told {
		if f.Kind == practice || f.State == supervision.Dropped || f.Lead != p.Unit &&
			(p.Area == "" || f.AreaID != area.ID) {
			continue
		}
		if _, err := supervision.ReadFinding(tx, by, f.ID); errs.KindOf(err) == errs.Missing {
			continue
		} else if err != nil {
			return nil, err
		}
		letter, err := supervision.GetFeedback(tx, f.FeedbackID)
		if err != nil {
			return nil, err
		}
		one := Asking{Kind: "finding", Text: f.Text, URL: f.URL(), On: f.URL(),
			State: say.New("已书面反馈，没有转为督办")}
		if err := one.goesOn(tx, by, letter.Matter, f.Text); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// goesOn says where what was asked stands in a matter, if there is one that by may see: in the item of that text, else
// in the whole.
func (a *Asking) goesOn(tx *db.Tx, by auth.User, object, text string) error {
	id := strings.TrimPrefix(object, "matter/")
	if id == "" {
		return nil
	}
	m, err := matter.Read(tx, by, id)
	if errs.KindOf(err) == errs.Missing {
		a.State = say.New("已转为督办事项")
		return nil
	}
	if err != nil {
		return err
	}
	a.On, a.DueOn, a.Lamp = m.URL(), m.Due, m.Lamp(tx.Today(), flow.Near)
	a.State = say.New("%s %s", m.Number, m.Shown.Words())
	if at := slices.IndexFunc(m.Items, func(i matter.Item) bool {
		return text != "" && i.Text == say.Title(text, supervision.ItemText)
	}); at >= 0 {
		i := m.Items[at]
		a.On, a.DueOn, a.Lamp = i.URL(), i.Due, i.Lamp(tx.Today(), flow.Near)
		a.State = say.New("%s 第%d项%s", m.Number, i.Position, i.State.Words())
	}
	return nil
}
