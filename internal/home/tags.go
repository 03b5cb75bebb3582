package home

// Tag sets and how what they mark stands, put together as boards are. What a tag marks is tag's.

import (
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/tag"
)

// TagPage is a set in an area and a year: each of its tags with the goals and indicators that it marks today.
type TagPage struct {
	Set   tag.Set      `json:"set"`
	Open  bool         `json:"open"` // today
	Area  network.Area `json:"area"`
	Year  int          `json:"year"`
	Years []int        `json:"years"`
	Tags  []TagRows    `json:"tags"`
	Ended []tag.Tag    `json:"ended,omitempty"` // or not yet begun

	areas []network.Area
	today string
}

// TagRows is a tag with what it marks.
type TagRows struct {
	tag.Tag
	Lamps []LampCount `json:"lamps"`
	Goals []TagGoal   `json:"goals"`
	Rows  []Row       `json:"indicators"` // marked themselves
}

// TagGoal is a goal that a tag marks.
type TagGoal struct {
	Plan plan.Plan `json:"plan"`
	plan.Goal
	Rows []Row `json:"indicators"`
}

// ReadTags reads the page of a set in an area, the whole if areaCode is empty; year 0 is the year to start with.
func ReadTags(tx *db.Tx, by auth.User, code, areaCode string, year int) (p TagPage, err error) {
	if p.Set, err = tag.SetByCode(tx, code); err != nil {
		return p, err
	}
	p.today = tx.Today()
	p.Open = p.Set.OpenOn(p.today)
	if err := p.where(tx, by, areaCode); err != nil {
		return p, err
	}
	tags, err := tag.Tags(tx)
	if err != nil {
		return p, err
	}
	values, err := progress.Values(tx, progress.Query{Areas: []network.Area{p.Area}})
	if err != nil {
		return p, err
	}
	if p.Year, p.Years, err = yearOf(tx, p.Area, year, values); err != nil {
		return p, err
	}
	targets, err := progress.Targets(tx, p.Area.ID, 0)
	if err != nil {
		return p, err
	}
	m := marking{tx: tx, page: &p, series: progress.ByIndicator(values), targets: targets}
	if m.indicators, err = indicator.List(tx); err != nil {
		return p, err
	}
	if m.plans, err = plan.Seen(tx, by); err != nil {
		return p, err
	}
	for _, t := range tags {
		switch {
		case t.Set != p.Set.Code:
		case !p.Open || !t.OpenOn(p.today):
			p.Ended = append(p.Ended, t)
		default:
			rows, err := m.rows(t)
			if err != nil {
				return p, err
			}
			p.Tags = append(p.Tags, rows)
		}
	}
	return p, nil
}

// where finds the area, and those to choose from: the root and what lies directly below, as far as by may see them.
func (p *TagPage) where(tx *db.Tx, by auth.User, code string) error {
	root, err := network.Root(tx)
	if err != nil {
		return err
	}
	below, err := network.Children(tx, root.ID, "")
	if err != nil {
		return err
	}
	p.areas = within(by, append([]network.Area{root}, below...))
	switch {
	case code != "":
		if p.Area, err = network.AreaByCode(tx, code, ""); err == nil {
			err = checkVisible(by, p.Area)
		}
		return errs.In("area", err)
	case len(p.areas) > 0:
		p.Area = p.areas[0]
		return nil
	}
	p.Area, err = ownArea(tx, by, root)
	if err == nil {
		err = checkVisible(by, p.Area)
	}
	return err
}

// marking is what the rows of all tags of a page are read from.
type marking struct {
	tx         *db.Tx
	page       *TagPage
	indicators []indicator.Indicator
	plans      []plan.Plan // that the user may see
	series     map[int64][]progress.Value
	targets    map[int64][]indicator.Target
}

// rows are what a tag marks: goals of the plans that the user may see with all that hangs on them, and indicators.
func (m marking) rows(t tag.Tag) (r TagRows, err error) {
	r = TagRows{Tag: t, Goals: []TagGoal{}, Rows: []Row{}}
	marked, err := tag.Choice{Tag: t.Set + "/" + t.Code}.Read(m.tx)
	if err != nil {
		return r, err
	}
	every := map[int64]Row{}
	for _, i := range m.indicators {
		if marked.Indicator(i.Code) {
			every[i.ID] = row(i, m.page.Area, m.series[i.ID], progress.TargetsAt(m.targets[i.ID], m.page.Year),
				m.page.Year)
		}
		if marked.Marks(i.Code) {
			r.Rows = append(r.Rows, every[i.ID])
		}
	}
	for _, p := range m.plans {
		goals, err := m.goals(p, marked, every)
		if err != nil {
			return r, err
		}
		r.Goals = append(r.Goals, goals...)
	}
	r.count()
	return r, nil
}

// goals are those of a plan that are marked themselves.
func (m marking) goals(p plan.Plan, marked tag.Kept, every map[int64]Row) (all []TagGoal, err error) {
	goals, err := plan.Goals(m.tx, p.Code)
	if err != nil {
		return nil, err
	}
	on, err := indicator.OnGoalsIn(m.tx, p.Code, m.page.Year)
	for _, g := range goals {
		if !marked.MarksGoal(p.Code, g.Code) {
			continue
		}
		one := TagGoal{Plan: p, Goal: g, Rows: []Row{}}
		for _, o := range on {
			if o.Goal == g.Code {
				one.Rows = append(one.Rows, every[o.IndicatorID])
			}
		}
		all = append(all, one)
	}
	return all, err
}

// all are the rows of a tag, each indicator once.
func (r TagRows) all() (all []Row) {
	seen := map[int64]bool{}
	add := func(rows []Row) {
		for _, one := range rows {
			if id := one.latest.Indicator.ID; !seen[id] {
				seen[id] = true
				all = append(all, one)
			}
		}
	}
	for _, g := range r.Goals {
		add(g.Rows)
	}
	add(r.Rows)
	return all
}

func (r *TagRows) count() {
	n := map[progress.Lamp]int{}
	for _, one := range r.all() {
		n[one.Verdict.Lamp]++
	}
	for _, lamp := range progress.Lamps() {
		r.Lamps = append(r.Lamps, LampCount{lamp, n[lamp]})
	}
}

// lastDay is the day to look at a tag that ended: the one before; "" for one that has not begun or is open.
func lastDay(closesOn, today string) string {
	until, err := time.Parse(time.DateOnly, closesOn)
	if err != nil || closesOn > today {
		return ""
	}
	return until.AddDate(0, 0, -1).Format(time.DateOnly)
}
