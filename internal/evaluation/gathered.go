package evaluation

// The comparison by goals and by domains: what each voice says of all lines below one, counted. Nothing is averaged and
// no class is given to a goal that nobody gave: a reader sees how many lines each voice calls what.

import (
	"cmp"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/plan"
	"yipanqi/internal/say"
)

// Ways in which the lines of a comparison stand.
const (
	ByIndicator = "indicator"
	ByGoal      = "goal"
	ByDomain    = "domain"
)

var ways = []choice{{ByIndicator, "按指标"}, {ByGoal, "按目标"}, {ByDomain, "按领域"}}

// Gathered is a goal or a domain with what everybody says of the lines below it: how many lines by class.
type Gathered struct {
	Code        string                    `json:"code"` // plan/goal or plan/domain; '' = lines below none
	Name        string                    `json:"name"`
	Lines       int                       `json:"lines"`
	Differences int                       `json:"differences"` // lines on which not all agree
	Explained   int                       `json:"explained"`   // of them
	Apart       int                       `json:"apart"`       // of the line on which they are farthest apart
	Self        map[string]int            `json:"self"`
	Computed    map[string]int            `json:"computed"`
	Voices      map[string]map[string]int `json:"voices"`

	name say.Name
	url  string
}

// above is what lines are gathered under.
type above struct {
	all   []Gathered
	under map[string][]int // places in all, by code of an indicator
}

// Above are the goals or the domains of the round's plans, and which indicators are below each.
func (r Round) above(tx *db.Tx, by string) (a above, err error) {
	codes := map[int64]string{}
	known, err := indicator.List(tx)
	if err != nil {
		return a, err
	}
	for _, i := range known {
		codes[i.ID] = i.Code
	}
	a.under = map[string][]int{}
	for _, code := range r.Plans {
		p, err := plan.ByCode(tx, code)
		if err != nil {
			return a, err
		}
		goals, err := plan.Goals(tx, code)
		if err != nil {
			return a, err
		}
		domains, err := plan.Domains(tx, code)
		if err != nil {
			return a, err
		}
		on, err := indicator.OnGoalsIn(tx, code, r.firstYear())
		if err != nil {
			return a, err
		}
		at, in := map[string]int{}, map[string]string{}
		for _, g := range goals {
			if in[g.Code] = g.Code; by == ByDomain {
				in[g.Code] = g.Domain
				continue
			}
			at[g.Code] = len(a.all)
			a.all = append(a.all, gatheredUnder(p, g.Code, say.Name{ZH: g.Text, EN: g.TextEN}, "#"+g.Code))
		}
		for _, d := range domains {
			if by == ByDomain {
				at[d.Code] = len(a.all)
				a.all = append(a.all, gatheredUnder(p, d.Code, say.Name{ZH: p.Name + " · " + d.Name,
					EN: cmp.Or(p.NameEN, p.Name) + " · " + cmp.Or(d.NameEN, d.Name)}, ""))
			}
		}
		for _, o := range on {
			place, is := at[in[o.Goal]]
			if one := codes[o.IndicatorID]; is && !slices.Contains(a.under[one], place) {
				a.under[one] = append(a.under[one], place)
			}
		}
	}
	return a, nil
}

func gatheredUnder(p plan.Plan, code string, name say.Name, at string) Gathered {
	return Gathered{Code: p.Code + "/" + code, Name: name.ZH, name: name, url: "/plans/" + p.Code + at}
}

// gather counts the lines of a comparison under what is above them, the worst disagreement first; what has no line is
// left out, and lines below nothing stand last.
func (a above) gather(lines []Compared) []Gathered {
	for n := range a.all {
		a.all[n].begin()
	}
	rest := Gathered{name: say.Name{ZH: "没有对应目标的指标", EN: "Indicators of no goal"}, Name: "没有对应目标的指标"}
	rest.begin()
	for _, c := range lines {
		if len(a.under[c.Indicator]) == 0 {
			rest.add(c)
		}
		for _, place := range a.under[c.Indicator] {
			a.all[place].add(c)
		}
	}
	some := slices.DeleteFunc(a.all, func(g Gathered) bool { return g.Lines == 0 })
	slices.SortStableFunc(some, func(a, b Gathered) int {
		return cmp.Or(cmp.Compare(b.Apart, a.Apart), cmp.Compare(b.Differences, a.Differences),
			strings.Compare(a.Code, b.Code))
	})
	if rest.Lines > 0 {
		some = append(some, rest)
	}
	return append([]Gathered{}, some...)
}

func (g *Gathered) begin() {
	g.Self, g.Computed, g.Voices = map[string]int{}, map[string]int{}, map[string]map[string]int{}
	for _, v := range voices {
		g.Voices[v.Code] = map[string]int{}
	}
}

func (g *Gathered) add(c Compared) {
	g.Lines++
	g.Apart = max(g.Apart, c.Apart)
	if c.Apart > 0 {
		if g.Differences++; c.Note != nil {
			g.Explained++
		}
	}
	g.Self[c.Self]++
	g.Computed[c.Computed]++
	for voice, v := range c.Voices {
		g.Voices[voice][v.Class]++
	}
}
