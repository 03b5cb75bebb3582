package home

// The board: a plan in an area and a year, every indicator with its lamp, in few statements. The rules of verdicts are
// progress's.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/tag"
)

// Board 总览 is a plan in an area and a year: every indicator with its lamp, and how far the reports are in.
type Board struct {
	Plans     []plan.Plan   `json:"plans"` // to choose from
	Plan      plan.Plan     `json:"plan"`
	Area      network.Area  `json:"area"`
	Year      int           `json:"year"`
	Years     []int         `json:"years"`
	Lamps     []LampCount   `json:"lamps"`
	Lamp      progress.Lamp `json:"lamp,omitempty"` // only these are shown
	Reporting []Reporting   `json:"reporting"`
	Tiles     []Tile        `json:"tiles"`
	Worst     []Row         `json:"worst"`   // what needs attention first
	Changes   []Change      `json:"changes"` // what changed last, newest first
	Domains   []BoardDomain `json:"domains"`
	Tag       string        `json:"tag,omitempty"` // only what it marks is shown

	lineage []network.Area
	kept    tag.Kept
}

// LampCount is how many of the plan's indicators have a lamp.
type LampCount struct {
	Lamp  progress.Lamp `json:"lamp"`
	Count int           `json:"count"`
}

// BoardDomain is a domain with its goals.
type BoardDomain struct {
	plan.Domain
	Goals []BoardGoal `json:"goals"`
}

// BoardGoal is a goal with who leads it and how its indicators stand.
type BoardGoal struct {
	plan.Goal
	Lead []network.Unit `json:"lead"`
	Rows []Row          `json:"indicators"`
}

// Choice is what a user picks on the board; empty fields take the first plan, the user's own area, the year to start
// with, all lamps, all tags.
type Choice struct {
	Plan string        `json:"plan"`
	Area string        `json:"area"`
	Year int           `json:"year"`
	Lamp progress.Lamp `json:"lamp" enum:"met,on_pace,behind,worsening,short,incomplete,too_few,before_plan,no_data,no_target"`
	tag.Choice
}

// ReadBoard puts the board together in a constant number of statements, whatever the number of indicators and areas.
func ReadBoard(tx *db.Tx, user auth.User, c Choice) (b Board, err error) {
	b.Lamp, b.Tag = c.Lamp, c.Tag
	if b.kept, err = c.Choice.Read(tx); err != nil {
		return b, err
	}
	if err := b.choose(tx, user, c); err != nil || b.Plan.Code == "" {
		return b, err
	}
	goals, err := plan.Goals(tx, b.Plan.Code)
	if err != nil {
		return b, err
	}
	on, err := indicator.OnGoalsIn(tx, b.Plan.Code, b.Year)
	if err != nil {
		return b, err
	}
	indicators, err := b.indicators(tx, on)
	if err != nil {
		return b, err
	}
	values, err := progress.Values(tx, progress.Query{Indicators: indicators, Areas: []network.Area{b.Area}})
	if err != nil {
		return b, err
	}
	targets, err := progress.Targets(tx, b.Area.ID, 0)
	if err != nil {
		return b, err
	}
	if b.Tiles, b.Reporting, err = readReporting(tx, user, b.Area, b.Year, values); err != nil {
		return b, err
	}
	rows := map[int64]Row{}
	by := progress.ByIndicator(values)
	for _, i := range indicators {
		rows[i.ID] = row(i, b.Area, by[i.ID], ofPlan(b.Plan.Code, targets[i.ID]), b.Year)
	}
	b.count(rows)
	b.Worst = worst(indicators, rows)
	if b.Changes, err = lately(tx, user, b.Area, indicators, b.periods(values)); err != nil {
		return b, err
	}
	return b, b.arrange(tx, goals, on, rows)
}

// periods are those of the values, from the plan's first year to the year shown.
func (b *Board) periods(values []progress.Value) (all []period.Period) {
	for _, v := range values {
		if y := v.Period.Year(); b.Plan.Starts <= y && y <= b.Year && !slices.Contains(all, v.Period) {
			all = append(all, v.Period)
		}
	}
	return all
}

// choose fills in plan, area and year.
func (b *Board) choose(tx *db.Tx, by auth.User, c Choice) (err error) {
	if b.Plans, err = plan.Seen(tx, by); err != nil {
		return err
	}
	for _, p := range b.Plans {
		if c.Plan == p.Code || c.Plan == "" && b.Plan.Code == "" {
			b.Plan = p
		}
	}
	if b.Plan.Code == "" && c.Plan == "" {
		return nil // no plans yet
	}
	if b.Plan.Code == "" {
		return errs.In("plan", errs.Missingf("没有这个规划。"))
	}
	top, err := network.AreaByID(tx, b.Plan.AreaID)
	if err != nil {
		return err
	}
	if b.Area, err = ownArea(tx, by, top); err != nil {
		return err
	}
	if c.Area != "" {
		if b.Area, err = network.AreaByCode(tx, c.Area, ""); err != nil {
			return errs.In("area", err)
		}
	}
	if err := checkVisible(by, b.Area); err != nil {
		return errs.In("area", err)
	}
	up, err := network.Lineage(tx, b.Area)
	if err != nil {
		return err
	}
	for _, a := range within(by, up) {
		if a.Within(top) {
			b.lineage = append(b.lineage, a)
		}
	}
	if !b.Area.Within(top) {
		return errs.In("area", errs.Missingf("本规划不适用于这个地区。"))
	}
	for y := b.Plan.Starts; y <= b.Plan.Ends; y++ {
		b.Years = append(b.Years, y)
	}
	if b.Year = c.Year; b.Year == 0 {
		b.Year, err = progress.FirstYear(tx, b.Area.ID)
		b.Year = min(max(b.Year, b.Plan.Starts), b.Plan.Ends)
	} else if !slices.Contains(b.Years, b.Year) { // asked for: a plan may be looked at when it is over
		b.Years = append(b.Years, b.Year)
		slices.Sort(b.Years)
	}
	return err
}

// ownArea is where the user works, if the plan reaches there; else the plan's area.
func ownArea(tx *db.Tx, by auth.User, top network.Area) (network.Area, error) {
	for _, p := range by.Posts {
		if strings.HasPrefix(p.AreaPath, top.Path) && by.SeesFigures(p.AreaPath) {
			return network.AreaByID(tx, p.AreaID)
		}
	}
	return top, nil
}

// indicators returns those that hang on goals and are listed, each once.
func (b *Board) indicators(tx *db.Tx, on []indicator.GoalIndicator) ([]indicator.Indicator, error) {
	wanted := map[int64]bool{}
	for _, g := range on {
		wanted[g.IndicatorID] = true
	}
	all, err := indicator.List(tx)
	some := make([]indicator.Indicator, 0, len(wanted)) // not nil: nil would ask for all
	for _, i := range all {
		if wanted[i.ID] && b.kept.Indicator(i.Code) {
			some = append(some, i)
		}
	}
	return some, err
}

func (b *Board) count(rows map[int64]Row) {
	n := map[progress.Lamp]int{}
	for _, r := range rows {
		n[r.Verdict.Lamp]++
	}
	for _, lamp := range progress.Lamps() {
		b.Lamps = append(b.Lamps, LampCount{lamp, n[lamp]})
	}
}

// arrange puts the rows under their goals and domains.
func (b *Board) arrange(tx *db.Tx, goals []plan.Goal, on []indicator.GoalIndicator, rows map[int64]Row) error {
	domains, err := plan.Domains(tx, b.Plan.Code)
	if err != nil {
		return err
	}
	leads, err := plan.Leads(tx, b.Plan.Code, endOf(tx, b.Year))
	if err != nil {
		return err
	}
	for _, d := range domains {
		bd := BoardDomain{Domain: d, Goals: []BoardGoal{}}
		for _, g := range goals {
			if g.Domain != d.Code || !b.kept.Goal(b.Plan.Code, g.Code) {
				continue
			}
			bg := BoardGoal{Goal: g, Lead: leads[g.Code], Rows: []Row{}}
			for _, i := range on {
				if r := rows[i.IndicatorID]; i.Goal == g.Code && b.shows(g, r) {
					bg.Rows = append(bg.Rows, r)
				}
			}
			if b.Lamp == "" || len(bg.Rows) > 0 {
				bd.Goals = append(bd.Goals, bg)
			}
		}
		if b.Lamp == "" && b.Tag == "" || len(bd.Goals) > 0 {
			b.Domains = append(b.Domains, bd)
		}
	}
	return nil
}

// shows says whether a row is listed under a goal.
func (b *Board) shows(g plan.Goal, r Row) bool {
	return (b.Lamp == "" || r.Verdict.Lamp == b.Lamp) && b.kept.Under(b.Plan.Code, g.Code, r.latest.Indicator.Code)
}

// endOf is the last day of a year, or today: who answers for what is said as of it.
func endOf(tx *db.Tx, year int) string {
	return min(tx.Today(), strconv.Itoa(year)+"-12-31")
}
