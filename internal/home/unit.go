package home

// A unit's page: who works there, what it answers for, what it reports.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/submission"
)

// UnitPage is what a unit is and what it answers for.
type UnitPage struct {
	Unit        network.Unit      `json:"unit"`
	Kind        network.Label     `json:"kind"`
	Area        network.Area      `json:"area"`
	Parent      *network.Unit     `json:"parent,omitempty"`
	Successor   *network.Unit     `json:"successor,omitempty"`
	Below       []network.Unit    `json:"below"`
	Staff       []Post            `json:"staff"`
	Duties      []Duty            `json:"duties"`
	Year        int               `json:"year"`
	Years       []int             `json:"years"`      // with anything known, newest first
	Rows        []Row             `json:"indicators"` // of which it is the source
	Submissions []submission.Item `json:"submissions"`
	More        int               `json:"more_submissions,omitempty"`
	About       []module.Card     `json:"about"` // what other modules have of it
}

// Post is who holds which role today.
type Post struct {
	network.Post
	RoleName network.Label `json:"role_name"`
}

// Duty is a goal that the unit answers for.
type Duty struct {
	Plan plan.Plan `json:"plan"`
	Goal plan.Goal `json:"goal"`
	Duty string    `json:"duty"`
}

// ReadUnit reads a unit's page; year 0 is the year to start with.
func ReadUnit(tx *db.Tx, by auth.User, code string, year int) (p UnitPage, err error) {
	if p.Unit, err = network.UnitByCode(tx, code); err != nil {
		return p, err
	}
	if p.Area, err = network.AreaByID(tx, p.Unit.AreaID); err != nil {
		return p, err
	}
	if !by.SeesFigures(p.Area.Path) {
		return UnitPage{}, errs.Missingf("没有找到这个单位，或者它不在您的工作范围内。")
	}
	if err := p.relations(tx, by); err != nil {
		return p, err
	}
	if err := p.duties(tx); err != nil {
		return p, err
	}
	if err := p.indicators(tx, year); err != nil {
		return p, err
	}
	if !by.Can("submission.read") || !by.Sees(p.Unit.Code, p.Area.Path) {
		return p, nil
	}
	items, total, err := submission.List(tx, by, submission.Filter{Unit: code})
	p.Submissions, p.More = items, total-len(items)
	return p, err
}

func (p *UnitPage) relations(tx *db.Tx, by auth.User) error {
	kinds, err := network.Labels(tx, "unit_kind")
	if err != nil {
		return err
	}
	p.Kind = kinds[p.Unit.Kind]
	for code, into := range map[string]**network.Unit{p.Unit.Parent: &p.Parent, p.Unit.Successor: &p.Successor} {
		if code == "" {
			continue
		}
		u, err := network.UnitByCode(tx, code)
		if err != nil {
			return err
		}
		*into = &u
	}
	all, err := network.Units(tx, p.Area)
	if err != nil {
		return err
	}
	for _, u := range all {
		if u.Parent != p.Unit.Code {
			continue
		}
		area, err := network.AreaByID(tx, u.AreaID)
		if err != nil {
			return err
		}
		if by.SeesFigures(area.Path) {
			p.Below = append(p.Below, u)
		}
	}
	roles, err := network.Labels(tx, "role")
	if err != nil {
		return err
	}
	posts, err := network.Staff(tx, p.Unit.Code, "")
	for _, post := range posts {
		p.Staff = append(p.Staff, Post{post, roles[post.Role]})
	}
	return err
}

func (p *UnitPage) duties(tx *db.Tx) error {
	duties, err := plan.DutiesOfUnit(tx, p.Unit.Code)
	if err != nil {
		return err
	}
	plans, err := plan.List(tx)
	if err != nil {
		return err
	}
	for _, in := range plans {
		goals, err := plan.Goals(tx, in.Code)
		if err != nil {
			return err
		}
		for _, goal := range goals {
			for _, d := range duties {
				if d.Plan == in.Code && d.Goal == goal.Code {
					p.Duties = append(p.Duties, Duty{in, goal, d.Duty})
				}
			}
		}
	}
	return nil
}

// indicators are those that name the unit as their source, in its area.
func (p *UnitPage) indicators(tx *db.Tx, year int) error {
	all, err := indicator.List(tx)
	if err != nil {
		return err
	}
	var own []indicator.Indicator
	for _, i := range all {
		if i.SourceUnit == p.Unit.Code {
			own = append(own, i)
		}
	}
	if len(own) == 0 {
		return nil
	}
	values, err := progress.Values(tx, progress.Query{Indicators: own, Areas: []network.Area{p.Area}})
	if err != nil || len(values) == 0 {
		return err
	}
	if p.Year, p.Years, err = yearOf(tx, p.Area, year, values); err != nil {
		return err
	}
	targets, err := progress.Targets(tx, p.Area.ID, 0)
	p.Rows = rows(p.Area, values, targets, p.Year)
	return err
}
