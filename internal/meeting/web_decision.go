package meeting

// What was decided, with how each decision stands, and what stands beside it on pages.

import (
	"context"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/indicator"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// decided is a decision as programs read it.
type decided struct {
	ID         string   `json:"id"`
	Number     int      `json:"number"`
	Text       string   `json:"text"`
	AgendaItem string   `json:"agenda_item"`
	Lead       string   `json:"lead,omitempty"`
	Supporting []string `json:"supporting,omitempty"`
	Due        string   `json:"due"`
	DueByLead  bool     `json:"due_by_lead,omitempty"`
	Follow     bool     `json:"follow"`
	WhyNot     string   `json:"why_not,omitempty"`
	Indicator  string   `json:"indicator,omitempty"`
	Matter     string   `json:"matter,omitempty"`
	State      string   `json:"state"`
	Lamp       string   `json:"lamp"`
	Actions    []string `json:"actions"`

	matter matterView
	alike  []matter.Matter // open ones that it could be laid to
}

func decidedOf(d Decision) decided {
	return decided{ID: d.ID, Number: d.Number, Text: d.Text, AgendaItem: d.AgendaItem, Lead: d.Lead,
		Supporting: d.Supporting, Due: d.DueOn, DueByLead: d.DueByLead, Follow: d.Follow, WhyNot: d.WhyNot,
		Indicator: d.Indicator, Matter: d.Matter, State: d.state(), Lamp: flow.Grey, Actions: []string{}}
}

// openDecision is one of an earlier meeting that is not done yet.
type openDecision struct {
	decided
	meeting Meeting
}

// readDecisions reads what this meeting decided, and what earlier ones left open, which its papers begin with.
func (d *showData) readDecisions(r *web.Request) error {
	all, err := decisionsOf(r.Tx, d.m.ID)
	if err != nil {
		return err
	}
	d.Meeting.Decisions = []decided{}
	for _, one := range all {
		view, err := d.m.decided(r, one, d.minutes)
		if err != nil {
			return err
		}
		d.Meeting.Decisions = append(d.Meeting.Decisions, view)
	}
	if d.m.State != Draft && d.m.State != Notified {
		return nil
	}
	earlier, err := OpenBefore(r.Tx, d.m)
	if err != nil {
		return err
	}
	for _, one := range earlier {
		m, err := Read(r.Tx, r.User, one.Meeting)
		if err != nil {
			continue // of a meeting that the reader does not see
		}
		n, _, err := minutesOf(r.Tx, m.ID)
		if err != nil {
			return err
		}
		view, err := m.decided(r, one, n)
		if err != nil {
			return err
		}
		d.before = append(d.before, openDecision{view, m})
	}
	return nil
}

// decided is a decision for its reader.
func (m Meeting) decided(r *web.Request, d Decision, n Minutes) (view decided, err error) {
	view = decidedOf(d)
	if view.Due, err = d.dueOf(r.Tx, n.IssuedAt); err != nil {
		return view, err
	}
	if view.matter, err = matterOf(r.Tx, r.User, d); err != nil {
		return view, err
	}
	if d.Follow && !view.matter.Ended {
		view.Lamp = flow.Lamp(view.Due, r.Tx.Today(), flow.Near)
	}
	if view.alike, err = d.alike(r.Tx, r.User); err != nil {
		return view, err
	}
	for _, st := range ofDecision.Open(r.User, m.decisionAs(r.Tx, r.User, d)) {
		view.Actions = append(view.Actions, st.Verb)
	}
	return view, nil
}

// may says whether the reader may take a step on the decision now.
func (d decided) may(verb string) bool {
	for _, action := range d.Actions {
		if action == verb {
			return true
		}
	}
	return false
}

func (a item) speaker(ctx context.Context, units names) string {
	who := a.Speaker
	if u, ok := units[a.SpeakerUnit]; ok {
		who = strings.TrimSpace(part.Name(ctx, u.Name, u.NameEN) + " " + a.Speaker)
	}
	return who
}

// roleName is what the city calls a role.
func roleName(ctx context.Context, labels map[string]network.Label, role string) string {
	if l, ok := labels[role]; ok {
		return part.Name(ctx, l.Name, l.NameEN)
	}
	return role
}

// indicatorOptions are all indicators, with none ahead of them.
func indicatorOptions(tx *db.Tx, ctx context.Context) ([]part.Option, error) {
	all, err := indicator.List(tx)
	options := []part.Option{{Label: part.T(ctx, "无对应指标")}}
	for _, i := range all {
		options = append(options, part.Option{Value: i.Code, Label: i.Code + " " + part.Name(ctx, i.Name, i.NameEN)})
	}
	return options, err
}
