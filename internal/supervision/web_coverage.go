package supervision

// How far supervision reaches, as a page for a desk, as tiles for a big screen, and the calendar of the groups.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func coverageRoutes(p pages, m *web.Mux) {
	web.View(m, "GET /supervision 看督导覆盖", VerbWatch, p.coverage, coveragePage)
	web.View(m, "GET /supervision/screen 看督导覆盖大屏", VerbWatch, p.screen, screenPage)
}

type coverageInput struct {
	About string `json:"about" doc:"What it is about: round/ID."`
}

type coverageData struct {
	Coverage
	Calendar []day `json:"calendar"`
	title    string
	plans    bool            // the reader plans visits
	opens    map[string]bool // groups that they may read
}

// ownPart is said to whom not all is shown.
const ownPart say.Key = "只数您看得到的地区和督导。"

// day is a day of the calendar with the visits of each group.
type day struct {
	On     string       `json:"on"`
	Visits []dayOfGroup `json:"visits"`
}

type dayOfGroup struct {
	Visit string `json:"visit"`
	Group string `json:"group"`
	Area  string `json:"area"`
	State State  `json:"state"`

	area say.Name
	half string
}

func (p pages) coverage(r *web.Request, in coverageInput) (d coverageData, err error) {
	if err := p.known(r.Tx, r.User, in.About); err != nil {
		return d, err
	}
	if d.Coverage, err = p.Cover(r.Tx, r.User, in.About); err != nil {
		return d, err
	}
	d.plans, d.Calendar = r.User.Can(VerbPlan), []day{}
	if in.About != "" && p.Rounds != nil {
		round, err := p.Rounds(r.Tx, r.User, in.About)
		if err != nil {
			return d, err
		}
		d.title = round.Title
	}
	d.opens = map[string]bool{}
	for _, g := range d.Groups {
		d.opens[g.ID] = inside(r.User, g, g.AreaPath)
	}
	all := slices.Clone(d.visits)
	slices.SortStableFunc(all, func(a, b Visit) int { return compare(a.OnDay+a.Half, b.OnDay+b.Half) })
	for _, v := range all {
		area, err := network.AreaByID(r.Tx, v.AreaID)
		if err != nil {
			return d, err
		}
		if n := len(d.Calendar); n == 0 || d.Calendar[n-1].On != v.OnDay {
			d.Calendar = append(d.Calendar, day{On: v.OnDay})
		}
		at := &d.Calendar[len(d.Calendar)-1]
		at.Visits = append(at.Visits, dayOfGroup{v.ID, v.group.ID, area.Code, v.State,
			say.Name{ZH: area.Name, EN: area.NameEN}, v.Half})
	}
	return d, nil
}

// of are the visits of a group on a day.
func (d day) of(group string) (all []dayOfGroup) {
	for _, v := range d.Visits {
		if v.Group == group {
			all = append(all, v)
		}
	}
	return all
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

type screenInput struct {
	About string `json:"about" doc:"What it is about: round/ID."`
	Theme string `json:"theme" enum:"dark,light" doc:"How the screen looks."`
}

type screenData struct {
	Coverage
	Day   string `json:"day"`
	light bool
}

func (p pages) screen(r *web.Request, in screenInput) (d screenData, err error) {
	if err := p.known(r.Tx, r.User, in.About); err != nil {
		return d, err
	}
	d.Day, d.light = r.Tx.Today(), in.Theme == "light"
	d.Coverage, err = p.Cover(r.Tx, r.User, in.About)
	return d, err
}

// left are the areas that no visit has reached, by their names.
func (c Coverage) left(ctx context.Context) string {
	var names []string
	for _, t := range c.Tiles {
		if t.Visits == 0 {
			names = append(names, part.Name(ctx, t.Name, t.NameEN))
		}
	}
	return part.Join(ctx, names)
}

// ofAll is n of all; of nothing it says so.
func ofAll(ctx context.Context, n, all int) string {
	if all == 0 {
		return part.T(ctx, "暂无")
	}
	return strconv.Itoa(n) + " / " + strconv.Itoa(all)
}

// letters, received, plans and closed are sums over all areas.
func (c Coverage) sum(of func(Tile) (int, int)) string {
	n, all := 0, 0
	for _, t := range c.Tiles {
		a, b := of(t)
		n, all = n+a, all+b
	}
	return strconv.Itoa(n) + " / " + strconv.Itoa(all)
}

func (c Coverage) letters() string {
	return c.sum(func(t Tile) (int, int) {
		n := 0
		if t.Letter {
			n = 1
		}
		return n, min(1, t.Visits)
	})
}

func (c Coverage) received() string {
	return c.sum(func(t Tile) (int, int) { return int(t.Received), int(t.Addressed) })
}

func (c Coverage) closed() string { return c.sum(func(t Tile) (int, int) { return t.Closed, t.Items }) }

// shade of a tile on the big screen: not visited, visited, told, all closed.
func (t Tile) shade() string {
	switch {
	case t.Visits == 0:
		return "many"
	case t.Items > 0 && t.Closed == t.Items:
		return "calm"
	case t.Letter:
		return "calm"
	}
	return "some"
}

// state is how far an area has come, in words.
func (t Tile) state(ctx context.Context) string {
	switch {
	case t.Visits == 0 && t.Next != "":
		return part.T(ctx, "定于%s", t.Next)
	case t.Visits == 0:
		return part.T(ctx, "还没有督导")
	case !t.Letter:
		return part.T(ctx, "已督导，待反馈")
	case t.Items == 0:
		return part.T(ctx, "已反馈，签收%d/%d", t.Received, t.Addressed)
	}
	return part.T(ctx, "已反馈，销号%d/%d", t.Closed, t.Items)
}

func (c Coverage) other(light bool) string {
	url := "/supervision/screen?about=" + c.About
	if light {
		return url
	}
	return url + "&theme=light"
}

func (c Coverage) query() string {
	if c.About == "" {
		return ""
	}
	return "?about=" + c.About
}
