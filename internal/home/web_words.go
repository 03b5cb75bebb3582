package home

// Names and short words that board, area, unit and to-do pages share.

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/part"
)

func areaName(ctx context.Context, a network.Area) string { return part.Name(ctx, a.Name, a.NameEN) }

func shortArea(ctx context.Context, a network.Area) string {
	return part.Name(ctx, a.ShortName, a.NameEN)
}

func unitName(ctx context.Context, u network.Unit) string {
	return part.Name(ctx, u.ShortName, u.NameEN)
}

func labelName(ctx context.Context, l network.Label) string { return part.Name(ctx, l.Name, l.NameEN) }

func planName(ctx context.Context, p plan.Plan) string { return part.Name(ctx, p.Name, p.NameEN) }

func periodName(ctx context.Context, p period.Period) string {
	if part.From(ctx).Lang == "en" {
		return p.LabelEN("")
	}
	return p.Label("")
}

// few lists the first six names and says how many there are.
func few(ctx context.Context, names []string) string {
	const most = 6
	if len(names) <= most {
		return part.Join(ctx, names)
	}
	return part.T(ctx, "%s等%d个", part.Join(ctx, names[:most]), len(names))
}

// targetWords say a target in short, and whose it is: 全国≥80%（2020年）.
func targetWords(ctx context.Context, i indicator.Indicator, t indicator.Target) string {
	value, year := progress.Measured(ctx, i, t.Value, quantity.Exact).String(), t.Year
	var text string
	switch t.Op {
	case indicator.AtLeast:
		text = "≥" + value
	case indicator.AtMost:
		text = "≤" + value
	case indicator.Increase:
		text, year = part.T(ctx, "提高"), 0
	case indicator.Decrease:
		text, year = part.T(ctx, "降低"), 0
	default:
		return part.T(ctx, "未设目标")
	}
	if t.Level == indicator.National {
		text = part.T(ctx, "全国%s", text)
	}
	if year > 0 {
		text = part.T(ctx, "%s（%d年）", text, year)
	}
	return text
}

// changeWords compare the value with the one of the period before.
func (r Row) changeWords(ctx context.Context) string {
	before := periodName(ctx, r.before.Period)
	was := progress.Measured(ctx, r.before.Indicator, r.before.Plain(), r.before.Mark)
	switch {
	case r.broken.Key != "":
		return part.T(ctx, "与%s的%s相比：%s", before, was, part.Say(ctx, r.broken))
	case r.Change == "":
		return ""
	}
	size := progress.Difference(ctx, r.latest.Indicator, r.Change)
	switch {
	case strings.Trim(r.Change, "0.") == "":
		return part.T(ctx, "与%s持平", before)
	case strings.HasPrefix(r.Change, "-"):
		return part.T(ctx, "比%s的%s降低%s", before, was, size)
	}
	return part.T(ctx, "比%s的%s提高%s", before, was, size)
}

// words say how far the form's reports are in: 16个区中15个已报，缺南湖区.
func (r Reporting) words(ctx context.Context) string {
	switch {
	case r.Due == 1 && r.In == 1 && r.Unsigned:
		return part.T(ctx, "历史数据（未签字）")
	case r.Due == 1 && r.In == 1:
		return part.T(ctx, "已审核通过")
	case r.Due == 1:
		return part.T(ctx, "还没有审核通过")
	}
	var missing []string
	for _, m := range r.Missing {
		name := areaName(ctx, m.Area)
		if m.Count > 1 {
			name += part.T(ctx, "（%d个）", m.Count)
		}
		missing = append(missing, name)
	}
	said := part.T(ctx, "%d个%s中%d个已报", r.Due, say.Many(r.level.Called()), r.In)
	if len(missing) > 0 {
		said = part.T(ctx, "%d个%s中%d个已报，缺%s", r.Due, say.Many(r.level.Called()), r.In, few(ctx, missing))
	}
	if r.Unsigned {
		return part.T(ctx, "%s，其中有未签字的历史数据", said)
	}
	return said
}

// noticeWords name the figures that wait for the form: 示范市的婚前医学检查率：16个区中15个已报，缺南湖区.
func (r Reporting) noticeWords(ctx context.Context, area network.Area) string {
	var names []string
	for _, i := range r.waiting {
		names = append(names, part.Name(ctx, i.Name, i.NameEN))
	}
	return part.T(ctx, "%s的%s：%s", areaName(ctx, area), few(ctx, names), r.words(ctx))
}

// url lists the form's submissions of the period.
func (r Reporting) url() string {
	return "/submissions?" + url.Values{"form": {r.Form}, "period": {r.Period.String()}}.Encode()
}

// stateWord is short enough for a tile.
func stateWord(state string) say.Key {
	switch submission.State(state) {
	case submission.Draft:
		return "待报"
	case submission.Prepared, submission.Seconded, submission.Printed:
		return "签字中"
	case submission.Signed, submission.Scanned:
		return "待审核"
	case submission.Returned:
		return "修改中"
	case submission.Historical:
		return "历史数据"
	case submission.Withdrawn:
		return "免报"
	}
	return "已审核通过"
}

func (t Tile) tile(ctx context.Context) part.Tile {
	view := part.Tile{Code: t.Area.Code, Name: shortArea(ctx, t.Area), Row: t.Area.TileRow, Col: t.Area.TileCol,
		Hatched: t.Simulated, URL: areaURL(t.Area, 0)}
	switch {
	case t.Due == 0:
		view.Text = "—"
	case t.Complete() && t.Unsigned:
		view.Kind, view.Text = part.Unproven, part.T(ctx, "未签字")
	case t.Complete() && t.Paper:
		view.Kind, view.Text = part.Paper, part.T(ctx, "纸质签字")
	case t.Complete():
		view.Kind, view.Text = part.Proven, part.T(ctx, "已审核通过")
	case t.State != "":
		view.Kind, view.Text = part.Incomplete, part.T(ctx, stateWord(t.State))
	default:
		view.Kind, view.Text = part.Incomplete, strconv.Itoa(t.In)+"/"+strconv.Itoa(t.Due)
	}
	return view
}

// mapped says whether every tile has its place on a map.
func mapped(tiles []Tile) bool {
	for _, t := range tiles {
		if t.Area.TileRow == 0 || t.Area.TileCol == 0 {
			return false
		}
	}
	return len(tiles) > 0
}

func tileViews(ctx context.Context, tiles []Tile) (views []part.Tile) {
	for _, t := range tiles {
		views = append(views, t.tile(ctx))
	}
	return views
}

func areaURL(a network.Area, year int) string {
	u := "/areas/" + url.PathEscape(a.Code)
	if year != 0 {
		u += "?year=" + strconv.Itoa(year)
	}
	return u
}

func (r Row) url() string {
	return "/indicators/" + url.PathEscape(r.latest.Indicator.Code) + "?" +
		url.Values{"area": {r.latest.Area.Code}, "year": {strconv.Itoa(r.year)}}.Encode()
}

// url is the board with another plan, or lamp, or format.
func (b Board) url(change ...string) string {
	q := url.Values{"plan": {b.Plan.Code}, "area": {b.Area.Code}, "year": {strconv.Itoa(b.Year)}}
	if b.Lamp != "" {
		q.Set("lamp", string(b.Lamp))
	}
	if b.Tag != "" {
		q.Set("tag", b.Tag)
	}
	for i := 0; i+1 < len(change); i += 2 {
		if q.Set(change[i], change[i+1]); change[i+1] == "" {
			q.Del(change[i])
		}
	}
	return "/board?" + q.Encode()
}

func dutyWord(duty string) say.Key {
	if duty == plan.Lead {
		return "主要责任单位"
	}
	return "责任单位"
}

func orVacant(ctx context.Context, person string) string {
	if person == "" {
		return part.T(ctx, "（岗位空缺）")
	}
	return person
}

func actionWord(t submission.Task) say.Key {
	switch t.Verb {
	case submission.VerbSign, submission.VerbComplete:
		return "去核对并签字"
	case submission.VerbAccept:
		return "去审核"
	case submission.VerbScan:
		return "去上传扫描件"
	case submission.VerbConfirm:
		return "去确认签字"
	}
	return "去填写"
}

func areaNote(ctx context.Context, p AreaPage) string {
	if p.Year == 0 {
		return ""
	}
	return part.T(ctx, "%d年的数；没有的取此前最近一年", p.Year)
}

// plans are the plans in which the unit answers for something.
func (p UnitPage) plans() (plans []plan.Plan) {
	for _, d := range p.Duties {
		if len(plans) == 0 || plans[len(plans)-1].Code != d.Plan.Code {
			plans = append(plans, d.Plan)
		}
	}
	return plans
}

func (b Board) total() (n int) {
	for _, l := range b.Lamps {
		n += l.Count
	}
	return n
}

func (d BoardDomain) empty() bool {
	for _, g := range d.Goals {
		if len(g.Rows) > 0 {
			return false
		}
	}
	return len(d.Goals) == 0
}

func taskWords(ctx context.Context, t submission.Task) string {
	if part.From(ctx).Sample {
		return part.T(ctx, "%s（演示）", part.T(ctx, t.Words()))
	}
	return part.T(ctx, t.Words())
}
