package home

// What the forms ask of units: how many reports and cells, which cells another form or a register asks for too, and how
// long it took from open to accepted. Requests, meetings and visits are request's page.

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/module"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/record"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

// UnitBurden is what the forms asked of one unit in a year.
type UnitBurden struct {
	Unit    string `json:"unit"`
	Name    string `json:"unit_name"`
	Reports int    `json:"reports"`
	Cells   int    `json:"cells"`
	Twice   int    `json:"asked_twice"`      // cells that another form, or a register, asks for too
	Days    []int  `json:"days"`             // from open to accepted of each report accepted, shortest first
	Median  string `json:"median,omitempty"` // of Days

	doubles []Double
	reports []BurdenReport
}

// BurdenReport is one report, with the days from the one on which it was asked for to the one on which it was accepted.
type BurdenReport struct {
	ID       string           `json:"id"`
	Form     string           `json:"form"`
	Area     string           `json:"area"`
	Period   string           `json:"period"`
	State    submission.State `json:"state"`
	Cells    int              `json:"cells"`
	Twice    int              `json:"asked_twice"`
	Opened   string           `json:"opened,omitempty"`
	Accepted string           `json:"accepted,omitempty"`
	Days     int              `json:"days"` // 0 unless accepted
}

// Double is a cell of a report that asks for what another form, or a register, asks for in the same area and period.
type Double struct {
	Form     string   `json:"form"`
	Cell     string   `json:"cell"`
	Element  string   `json:"element"`
	Name     say.Name `json:"name"`
	Sex      string   `json:"sex"`
	Calibre  string   `json:"calibre"`
	Area     string   `json:"area"`
	Period   string   `json:"period"`
	Also     string   `json:"also"`      // code of the other
	AlsoName say.Name `json:"also_name"` // and what it is called
	Kind     string   `json:"kind"`      // form or register
	AlsoCell string   `json:"also_cell,omitempty"`

	form int64 // the other
}

// what is what a cell asks for, apart from area and period.
type what struct {
	element, calibre string
	sex              int
	category         string
	start            period.YearStart
}

func asksFor(f form.Form, c form.CellSpec) what {
	return what{c.Row.Element, c.Row.Calibre, c.Column.Sex, c.Column.Category, f.YearStart}
}

// edition is a form as it is for a period.
type edition struct {
	form   int64
	period period.Period
}

// weighing puts the burden of units together.
type weighing struct {
	tx       *db.Tx
	editions map[edition]form.Form
	also     map[edition]map[string][]Double // of each cell, what else asks for it, wherever that is
	there    map[edition]map[int64]bool      // the areas in which a form is asked for
}

// ReadBurden is what the forms asked of units in reports due in a year, by unit; of one only unless it is empty.
func ReadBurden(tx *db.Tx, by auth.User, unit string, year int) ([]UnitBurden, error) {
	reports, err := askedReports(tx, by, unit, strconv.Itoa(year)+"-01-01", strconv.Itoa(year+1)+"-01-01")
	if err != nil {
		return nil, err
	}
	w := weighing{tx, map[edition]form.Form{}, map[edition]map[string][]Double{}, map[edition]map[int64]bool{}}
	if err := w.compare(reports); err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range reports {
		ids = append(ids, r.id)
	}
	opened, err := openedAt(tx, ids)
	if err != nil {
		return nil, err
	}
	times, err := submission.TimesOf(tx, ids)
	if err != nil {
		return nil, err
	}
	all := []UnitBurden{}
	for _, r := range reports {
		if n := len(all); n == 0 || all[n-1].Unit != r.unit {
			all = append(all, UnitBurden{Unit: r.unit, Days: []int{}})
		}
		all[len(all)-1].add(w.weigh(r, opened[r.id], times[r.id].Accepted))
	}
	for i := range all {
		all[i].Median = module.Median(all[i].Days)
	}
	return all, nil
}

func (u *UnitBurden) add(r BurdenReport, twice []Double) {
	u.Reports++
	u.Cells += r.Cells
	u.Twice += r.Twice
	u.doubles, u.reports = append(u.doubles, twice...), append(u.reports, r)
	if r.Accepted != "" && r.Opened != "" {
		u.Days = append(u.Days, r.Days)
	}
}

// weigh is one report with what of it is asked twice.
func (w weighing) weigh(r askedReport, opened, accepted time.Time) (b BurdenReport, twice []Double) {
	at := edition{r.form, r.period}
	f := w.editions[at]
	b = BurdenReport{ID: r.id, Form: f.Code, Area: r.areaCode, Period: r.period.String(), State: r.state}
	for _, c := range f.Cells() {
		b.Cells++
		counted := false
		for _, d := range w.also[at][c.Key] {
			if d.Kind == "form" && !w.there[edition{d.form, r.period}][r.area] {
				continue
			}
			d.Form, d.Cell, d.Area, d.Period = f.Code, c.Key, r.areaCode, b.Period
			twice, counted = append(twice, d), true
		}
		if counted {
			b.Twice++
		}
	}
	if !opened.IsZero() {
		b.Opened = opened.In(db.China).Format(time.DateOnly)
	}
	if !accepted.IsZero() {
		b.Accepted = accepted.In(db.China).Format(time.DateOnly)
	}
	if b.Opened != "" && b.Accepted != "" {
		b.Days = max(0, calendar.Between(b.Opened, b.Accepted))
	}
	return b, twice
}

// compare finds for every form and period at hand which cells other forms or registers ask for.
func (w weighing) compare(reports []askedReport) error {
	forms, err := form.List(w.tx)
	if err != nil {
		return err
	}
	var ids, periods []int64
	for _, f := range forms {
		ids = append(ids, f.ID)
	}
	for _, r := range reports {
		at := edition{r.form, r.period}
		if _, done := w.editions[at]; done {
			continue
		}
		for _, f := range forms { // the others too: what they ask for then
			other := edition{f.ID, r.period}
			if w.editions[other], err = form.At(w.tx, f.ID, r.period); err != nil {
				return err
			}
		}
		periods = append(periods, int64(r.period.Int()))
	}
	there, err := askedOf(w.tx, ids, periods)
	for _, r := range there {
		at := edition{r.form, r.period}
		if w.there[at] == nil {
			w.there[at] = map[int64]bool{}
		}
		w.there[at][r.area] = true
	}
	for at, f := range w.editions {
		if err == nil {
			w.also[at], err = w.others(at, f)
		}
	}
	return err
}

// others are what else asks for the cells of a form, by key of the cell.
func (w weighing) others(at edition, f form.Form) (map[string][]Double, error) {
	also := map[string][]Double{}
	asked := map[what][]form.CellSpec{}
	for _, c := range f.Cells() {
		asked[asksFor(f, c)] = append(asked[asksFor(f, c)], c)
	}
	for other, g := range w.editions {
		if other.form == at.form || other.period != at.period || g.Frequency != f.Frequency {
			continue
		}
		for _, c := range g.Cells() {
			for _, mine := range asked[asksFor(g, c)] {
				d := double(mine, g.Code, say.Name{ZH: g.Name, EN: g.NameEN}, "form")
				d.AlsoCell, d.form = c.Key, other.form
				also[mine.Key] = append(also[mine.Key], d)
			}
		}
	}
	counting, err := record.Counting(w.tx, f, at.period)
	if err != nil {
		return nil, err
	}
	for _, c := range f.Cells() {
		for _, d := range counting[c.Key] {
			also[c.Key] = append(also[c.Key], double(c, d.Code, d.Name, "register"))
		}
		slices.SortFunc(also[c.Key], func(a, b Double) int { return strings.Compare(a.Kind+a.Also, b.Kind+b.Also) })
	}
	return also, nil
}

func double(c form.CellSpec, also string, name say.Name, kind string) Double {
	return Double{Element: c.Row.Element, Name: say.Name{ZH: c.Row.Of.Name, EN: c.Row.Of.NameEN},
		Sex: quantity.SexCode(c.Column.Sex), Calibre: c.Row.Calibre, Also: also, AlsoName: name, Kind: kind}
}
