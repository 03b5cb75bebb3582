package home

// An area's page put together from what other modules know of it, as of a year.

import (
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/submission"
	"yipanqi/internal/tag"
)

// AreaPage is an area in a year: its indicators, what lies below it, its units and their reports.
type AreaPage struct {
	Area        network.Area      `json:"area"`
	Level       network.Label     `json:"level"`
	Lineage     []network.Area    `json:"lineage"` // from the root to the area itself, as far as the user may see them
	Year        int               `json:"year"`
	Years       []int             `json:"years"` // with anything known, newest first
	Rows        []Row             `json:"indicators"`
	Tiles       []Tile            `json:"tiles"`
	Reporting   []Reporting       `json:"reporting"`
	Units       []network.Unit    `json:"units"`
	Submissions []submission.Item `json:"submissions"`
	More        int               `json:"more_submissions,omitempty"` // not listed here
	About       []module.Card     `json:"about"`                      // what other modules have of it
	Moves       []progress.Move   `json:"moves,omitempty"`            // from one parent to another

	Tag string `json:"tag,omitempty"` // only what it marks is shown

	values []progress.Value // of all years, for CSV
	kept   tag.Kept
}

const areaSubmissions = 20

// ReadArea reads an area's page; year 0 is the year to start with.
func ReadArea(tx *db.Tx, by auth.User, code string, year int, of tag.Choice) (p AreaPage, err error) {
	p.Tag = of.Tag
	if p.Area, err = network.AreaByCode(tx, code, ""); err != nil {
		return p, err
	}
	if err := checkVisible(by, p.Area); err != nil {
		return p, err
	}
	if p.kept, err = of.Read(tx); err != nil {
		return p, err
	}
	if p.values, err = progress.Values(tx, progress.Query{Areas: []network.Area{p.Area}}); err != nil {
		return p, err
	}
	p.values = kept(p.kept, p.values)
	if err := p.choose(tx, year); err != nil {
		return p, err
	}
	targets, err := progress.Targets(tx, p.Area.ID, 0)
	if err != nil {
		return p, err
	}
	p.Rows = rows(p.Area, p.values, targets, p.Year)
	if p.Tiles, p.Reporting, err = readReporting(tx, by, p.Area, p.Year, p.values); err != nil {
		return p, err
	}
	if p.Units, err = network.UnitsOf(tx, p.Area.ID); err != nil {
		return p, err
	}
	return p, p.around(tx, by)
}

// kept are the values of indicators that are listed.
func kept(of tag.Kept, values []progress.Value) []progress.Value {
	return slices.DeleteFunc(values, func(v progress.Value) bool { return !of.Indicator(v.Indicator.Code) })
}

// choose lists the years that something is known of and picks one.
func (p *AreaPage) choose(tx *db.Tx, year int) (err error) {
	p.Year, p.Years, err = yearOf(tx, p.Area, year, p.values)
	return err
}

// yearOf is the year asked for, 0 for the one to start with, and all with anything known, newest first.
func yearOf(tx *db.Tx, area network.Area, asked int, values []progress.Value) (year int, years []int, err error) {
	if year = asked; year == 0 {
		if year, err = progress.FirstYear(tx, area.ID); err != nil {
			return 0, nil, err
		}
	}
	for _, v := range values {
		years = append(years, v.Period.Year())
	}
	if year != 0 {
		years = append(years, year)
	}
	slices.Sort(years)
	years = slices.Compact(years)
	slices.Reverse(years)
	return year, years, nil
}

// rows are the indicators known in the year or before it, in their order.
func rows(area network.Area, values []progress.Value, targets map[int64][]indicator.Target, year int) []Row {
	var all []Row
	by, done := progress.ByIndicator(values), map[int64]bool{}
	for _, v := range values {
		if id := v.Indicator.ID; !done[id] {
			done[id] = true
			if r := row(v.Indicator, area, by[id], progress.TargetsAt(targets[id], year), year); r.known() {
				all = append(all, r)
			}
		}
	}
	return all
}

// around reads the areas above and the reports of the year.
func (p *AreaPage) around(tx *db.Tx, by auth.User) error {
	levels, err := network.Labels(tx, "area_level")
	if err != nil {
		return err
	}
	p.Level = levels[p.Area.Level]
	if p.Moves, err = progress.Moves(tx, p.Area); err != nil {
		return err
	}
	up, err := network.Lineage(tx, p.Area)
	if err != nil {
		return err
	}
	p.Lineage = within(by, up)
	if !by.Can("submission.read") {
		return nil
	}
	filter := submission.Filter{Area: p.Area.Code}
	if p.Year != 0 {
		filter.Period = strconv.Itoa(p.Year)
	}
	items, total, err := submission.List(tx, by, filter)
	if p.Submissions = items; len(items) > areaSubmissions {
		p.Submissions = items[:areaSubmissions]
	}
	p.More = total - len(p.Submissions)
	return err
}
