package home

// The members on the big screen: each as one tile, below the domain of the plans in which it leads most, with what is
// missing: somebody who speaks for it, somebody who leads it, people trained; and goals that no unit leads.

import (
	"cmp"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
)

// ScreenDomain is a domain of the plans with the members whose work lies there most. Without a code it is of those that
// answer for no goal.
type ScreenDomain struct {
	Code    string         `json:"code,omitempty"`
	Names   []say.Name     `json:"names"` // as each plan calls it
	Goals   int            `json:"goals"` // of the domain
	NoLead  int            `json:"goals_without_lead"`
	Members []ScreenMember `json:"members"`
}

// ScreenMember is the tile of a member unit with its gaps.
type ScreenMember struct {
	Name      string `json:"name"`
	NameEN    string `json:"name_en,omitempty"`
	Vacant    bool   `json:"vacant,omitempty"`    // it has no liaison
	NoLeader  bool   `json:"no_leader,omitempty"` // nobody is registered who leads it
	Untrained int    `json:"untrained,omitempty"` // posts that owe a training
	unit      string // its code
}

// shade of a member: many where nobody speaks for it or leads it, some where people are not trained.
func (m ScreenMember) shade() string {
	switch {
	case m.Vacant || m.NoLeader:
		return "screen-many"
	case m.Untrained > 0:
		return "screen-some"
	}
	return "screen-calm"
}

// gaps are what is missing, in words.
func (m ScreenMember) gaps() (all []say.Words) {
	if m.Vacant {
		all = append(all, say.New("联络员空缺"))
	}
	if m.NoLeader {
		all = append(all, say.New("负责人没有登记"))
	}
	if m.Untrained > 0 {
		all = append(all, say.New("%d人未培训", m.Untrained))
	}
	return all
}

// members are the tiles of a council, in its order.
func members(c network.Council, owed []meeting.Owed) (all []ScreenMember) {
	for _, m := range c.Members {
		one := ScreenMember{Name: m.Name, NameEN: m.NameEN, Vacant: len(m.Liaisons) == 0, NoLeader: len(m.Leaders) == 0,
			unit: m.Member}
		for _, o := range owed {
			if o.Unit == m.Member && !o.Trained() {
				one.Untrained++
			}
		}
		all = append(all, one)
	}
	return all
}

// weight is how much of a unit's work lies in a domain: goals that it leads, then goals that it answers for.
type weight struct{ leads, answers int }

// byDomain puts each member below one domain of the plans of the screen's year, those of no goal last.
func byDomain(tx *db.Tx, top network.Area, all []ScreenMember) (domains []ScreenDomain, err error) {
	domains = []ScreenDomain{}
	plans, err := running(tx, top)
	if err != nil {
		return nil, err
	}
	work := map[string]map[string]weight{} // by unit and domain
	for _, p := range plans {
		if domains, err = add(tx, p, domains, work); err != nil {
			return nil, err
		}
	}
	rest := ScreenDomain{Names: []say.Name{}}
	for _, m := range all {
		at, most := -1, weight{}
		for n, d := range domains {
			w := work[m.unit][d.Code]
			if c := cmp.Or(cmp.Compare(w.leads, most.leads), cmp.Compare(w.answers, most.answers)); c > 0 {
				at, most = n, w
			}
		}
		if at < 0 {
			rest.Members = append(rest.Members, m)
		} else {
			domains[at].Members = append(domains[at].Members, m)
		}
	}
	if len(rest.Members) > 0 {
		domains = append(domains, rest)
	}
	return slices.DeleteFunc(domains, func(d ScreenDomain) bool { return len(d.Members) == 0 && d.NoLead == 0 }), nil
}

// running are the plans of an area that are issued and whose years are not over; the last ones where none is.
func running(tx *db.Tx, top network.Area) (now []plan.Plan, err error) {
	all, err := plan.List(tx)
	if err != nil {
		return nil, err
	}
	year, last := tx.Now.In(db.China).Year(), 0
	all = slices.DeleteFunc(slices.Clone(all), func(p plan.Plan) bool {
		return p.AreaID != top.ID || !p.InForce()
	})
	for _, p := range all {
		if p.Starts <= year {
			last = max(last, p.Ends)
		}
	}
	for _, p := range all {
		if p.Starts <= year && p.Ends >= min(last, year) {
			now = append(now, p)
		}
	}
	return now, nil
}

// add counts one plan in: its domains below those that have the same code, and who works in each.
func add(tx *db.Tx, p plan.Plan, domains []ScreenDomain, work map[string]map[string]weight) ([]ScreenDomain, error) {
	own, err := plan.Domains(tx, p.Code)
	if err != nil {
		return nil, err
	}
	for _, d := range own {
		name := say.Name{ZH: d.Name, EN: d.NameEN}
		at := slices.IndexFunc(domains, func(o ScreenDomain) bool { return o.Code == d.Code })
		if at < 0 {
			domains = append(domains, ScreenDomain{Code: d.Code, Names: []say.Name{}, Members: []ScreenMember{}})
			at = len(domains) - 1
		}
		if !slices.Contains(domains[at].Names, name) {
			domains[at].Names = append(domains[at].Names, name)
		}
	}
	goals, err := plan.Goals(tx, p.Code)
	if err != nil {
		return nil, err
	}
	units, err := plan.UnitsOfPlan(tx, p.Code, "")
	if err != nil {
		return nil, err
	}
	for _, g := range goals {
		led := false
		for _, u := range units {
			if u.Goal != g.Code {
				continue
			}
			if work[u.Unit] == nil {
				work[u.Unit] = map[string]weight{}
			}
			w := work[u.Unit][g.Domain]
			if w.answers++; u.Duty == plan.Lead {
				w.leads, led = w.leads+1, true
			}
			work[u.Unit][g.Domain] = w
		}
		at := slices.IndexFunc(domains, func(o ScreenDomain) bool { return o.Code == g.Domain })
		if domains[at].Goals++; !led {
			domains[at].NoLead++
		}
	}
	return domains, nil
}
