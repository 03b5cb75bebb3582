package record

// Goals of plans as values of records: which there are, how they are found, and which confirmed records serve them.
// How they are shown is web_goals.go's.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/plan"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// aim is a goal with its plan; code is plan/code.
type aim struct {
	code string
	plan plan.Plan
	path string // of the plan's area
	goal plan.Goal
	sole bool // the plan is the only one of its kind that is not over
}

// aimed reads the goals of all plans that were issued, in the order of plans.
func (p *places) aimed(tx *db.Tx) error {
	plans, err := plan.List(tx)
	if err != nil {
		return err
	}
	kinds := map[string]int{}
	for _, one := range plans {
		if one.Status == plan.Issued {
			kinds[one.Kind]++
		}
	}
	p.aims = map[string]aim{}
	for _, one := range plans {
		if !one.InForce() {
			continue
		}
		goals, err := plan.Goals(tx, one.Code)
		if err != nil {
			return err
		}
		for _, g := range goals {
			a := aim{one.Code + "/" + g.Code, one, p.area(one.AreaID).Path, g,
				one.Status == plan.Issued && kinds[one.Kind] == 1}
			p.aims[a.code] = a
			p.goals = append(p.goals, a)
		}
	}
	return nil
}

// serves says whether something in an area can serve the goal: its plan is of the area or of one above it.
func (a aim) serves(areaPath string) bool { return strings.HasPrefix(areaPath, a.path) }

// goalCalled finds a goal by plan/code, or by its own code or words, if only one plan for the area has it. Without an
// area it is among all.
func (p *places) goalCalled(text, areaPath string) (code string, ok bool) {
	if a, known := p.aims[text]; known {
		return text, areaPath == "" || a.serves(areaPath)
	}
	n := 0
	for _, a := range p.goals {
		if (a.goal.Code == text || a.goal.Text == text) && (areaPath == "" || a.serves(areaPath)) {
			code, n = a.code, n+1
		}
	}
	return code, n == 1
}

// aimsOf are goals by code; one that there is no more has nothing but it.
func (c cast) aimsOf(codes []string) (all []aim) {
	for _, code := range codes {
		a := c.places.aims[code]
		a.code = code
		all = append(all, a)
	}
	return all
}

// Served is what of one register serves a goal.
type Served struct {
	Register string `json:"register"`
	say.Name
	Whole   bool     `json:"whole,omitempty"` // the register says so of itself
	Count   int      `json:"count"`           // confirmed records that the reader may see and that name the goal
	Records []Serves `json:"records,omitempty"`
	filter  string   // of the list
}

// Serves is one of the records.
type Serves struct {
	Number string `json:"number"`
	Title  string `json:"title"`
	URL    string `json:"url"`
}

const mostServing = 5 // records that a goal names of each register

// Serving is what serves the goals of a plan, by goal: confirmed records that name it, as far as by may see them, and
// registers that name it for all of theirs.
func Serving(tx *db.Tx, by auth.User, in string) (map[string][]Served, error) {
	all := map[string][]Served{}
	if !by.Can(VerbRead) {
		return all, nil
	}
	registers, err := Registers(tx)
	if err != nil {
		return nil, err
	}
	for _, d := range registers {
		found := map[string]*Served{}
		of := func(goal string) *Served {
			if found[goal] == nil {
				found[goal] = &Served{Register: d.Code, Name: d.Name}
			}
			return found[goal]
		}
		for _, code := range d.Goals {
			if goal, its := strings.CutPrefix(code, in+"/"); its {
				of(goal).Whole = true
			}
		}
		if at := slices.IndexFunc(d.Fields, func(f register.Field) bool { return f.Type == "goals" }); at >= 0 {
			if err := serving(tx, by, d, d.Fields[at], in, of); err != nil {
				return nil, err
			}
		}
		for goal, served := range found {
			all[goal] = append(all[goal], *served)
		}
	}
	return all, nil
}

// serving finds the records of one register.
func serving(tx *db.Tx, by auth.User, d register.Definition, f register.Field, in string,
	of func(goal string) *Served) error {
	k, err := deskOf(tx, by, d, "")
	if err != nil {
		return err
	}
	return eachServing(tx, d.Code, in, func(r Record) error {
		if !k.sees(by, r) {
			return nil
		}
		r.Body = r.Counted
		k.veil(by, &r)
		for _, code := range r.Body.Chosen(f.Code) {
			if goal, its := strings.CutPrefix(code, in+"/"); its {
				s := of(goal)
				if slices.Contains(d.List.Filters, f.Code) {
					s.filter = f.Code
				}
				if s.Count++; len(s.Records) < mostServing {
					s.Records = append(s.Records, Serves{r.Number, k.plain(d.Title(), r.Body), r.URL()})
				}
			}
		}
		return nil
	})
}
