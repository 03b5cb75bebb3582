package home

// A unit's page: who works there, what it answers for, what it reports.

import (
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/tag"
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
	Day         string            `json:"day"` // as of which all is shown
	Seats       []UnitSeat        `json:"seats"`
	Charge      *network.UnitDuty `json:"charge,omitempty"` // what it has to do
	Holds       []Open            `json:"holds"`            // open work, for those who may see it
	Duties      []Duty            `json:"duties"`
	Year        int               `json:"year"`
	Years       []int             `json:"years"`      // with anything known, newest first
	Rows        []Row             `json:"indicators"` // of which it is the source
	Submissions []submission.Item `json:"submissions"`
	More        int               `json:"more_submissions,omitempty"`
	About       []module.Card     `json:"about"`         // what other modules have of it
	Tag         string            `json:"tag,omitempty"` // only what it marks is shown

	kept tag.Kept
	mine bool // the reader may see its reports
}

// UnitSeat is a seat that the unit has in a body.
type UnitSeat struct {
	network.Membership
	BodyName   string `json:"body_name"`
	BodyNameEN string `json:"body_name_en,omitempty"`
}

// Open is open work of a kind.
type Open struct {
	Kind  string        `json:"kind"`
	Label say.Key       `json:"label"`
	Held  []module.Held `json:"held"`

	module string
}

// Listed is the open work that no card of its module's shows already.
func (p UnitPage) Listed() (all []Open) {
	for _, o := range p.Holds {
		if !slices.ContainsFunc(p.About, func(c module.Card) bool { return c.Module == o.module }) {
			all = append(all, o)
		}
	}
	return all
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

// ReadUnit reads a unit's page as of a day, today if it is empty; year 0 is the year to start with. holds are the kinds
// of open work.
func ReadUnit(tx *db.Tx, by auth.User, code string, year int, day string, of tag.Choice, holds []module.Hold) (
	p UnitPage, err error) {
	p.Tag = of.Tag
	if p.kept, err = of.Read(tx); err != nil {
		return p, err
	}
	if p.Day = day; day == "" {
		p.Day = tx.Today()
	} else if _, err := time.Parse(time.DateOnly, day); err != nil {
		return p, errs.Fields{"day": {Key: "请填日期，例如 2024-03-31。"}}.Check("条件里有的值不能用，请改选后再看。")
	}
	if p.Unit, err = network.UnitOn(tx, code, p.Day); err != nil {
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
	if by.Sees(p.Unit.Code, p.Area.Path) {
		if err := p.open(tx, holds); err != nil {
			return p, err
		}
	}
	if !by.Can("submission.read") || !by.Sees(p.Unit.Code, p.Area.Path) {
		return p, nil
	}
	p.mine = true
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
	if err := p.seats(tx); err != nil {
		return err
	}
	posts, err := network.Staff(tx, p.Unit.Code, p.Day)
	for _, post := range posts {
		p.Staff = append(p.Staff, Post{post, roles[post.Role]})
	}
	return err
}

// seats are those of the day, and what the unit has to do then.
func (p *UnitPage) seats(tx *db.Tx) error {
	all, err := network.MembershipsOf(tx, p.Unit.Code, p.Day)
	if err != nil {
		return err
	}
	for _, m := range all {
		body, err := network.UnitOn(tx, m.Body, p.Day)
		if err != nil {
			return err
		}
		p.Seats = append(p.Seats, UnitSeat{m, body.Name, body.NameEN})
	}
	charges, err := network.DutiesOf(tx, p.Unit.Code)
	for i := range charges {
		if charges[i].OpenOn(p.Day) {
			p.Charge = &charges[i]
		}
	}
	return err
}

// open is the open work of the day, but for what the page shows in cards of its own.
func (p *UnitPage) open(tx *db.Tx, holds []module.Hold) error {
	for _, h := range holds {
		if h.List == nil || slices.Contains([]string{"goal", "measure", "indicator", "form"}, h.Kind) {
			continue
		}
		held, err := h.List(tx, p.Unit.Code, p.Day)
		if err != nil {
			return err
		}
		if len(held) > 0 {
			p.Holds = append(p.Holds, Open{h.Kind, h.Label, held, h.Module})
		}
	}
	return nil
}

func (p *UnitPage) duties(tx *db.Tx) error {
	duties, err := plan.DutiesOfUnit(tx, p.Unit.Code, p.Day)
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
				if d.Plan == in.Code && d.Goal == goal.Code && p.kept.Goal(in.Code, goal.Code) {
					p.Duties = append(p.Duties, Duty{in, goal, d.Duty})
				}
			}
		}
	}
	return nil
}

// indicators are those that name the unit as their source, in its area.
func (p *UnitPage) indicators(tx *db.Tx, year int) error {
	own, err := indicator.SourcedBy(tx, p.Unit.Code, p.Day)
	own = slices.DeleteFunc(own, func(i indicator.Indicator) bool { return !p.kept.Indicator(i.Code) })
	if err != nil || len(own) == 0 {
		return err
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
