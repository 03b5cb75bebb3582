package progress

// The data of an indicator's page, as of a year or in one period.

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
	"yipanqi/internal/table"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func count(n int) string { return strconv.Itoa(n) }

type showInput struct {
	Code   string `json:"code"`
	Area   string `json:"area"`
	Period string `json:"period"` // exactly this one
	Year   int    `json:"year"`   // as of which; default: the period's, else the year that pages show first
}

// showData is an indicator in an area: its series, how it stands as of a year, and one period in the area and just
// below it.
type showData struct {
	Indicator indicator.Indicator `json:"indicator"`
	Versions  []indicator.Version `json:"versions"`
	Area      network.Area        `json:"area"`
	Year      int                 `json:"year"` // as of which it is judged
	Years     []int               `json:"years"`
	Period    period.Period       `json:"period"`
	Series    []Shown             `json:"series"`
	Verdicts  []judged            `json:"verdicts"`
	Below     []Shown             `json:"below"`
	Split     []Shown             `json:"by_category,omitempty"` // of the chosen period
	Missing   []network.Area      `json:"missing,omitempty"`     // areas whose report is due and not in, up to 50
	Tags      []tag.Tag           `json:"tags,omitempty"`        // of today
	Moves     []Move              `json:"moves,omitempty"`       // of the area: where its series goes on
	About     []module.Card       `json:"about"`                 // what other modules have of it

	unit     network.Unit
	lineage  []network.Area
	names    map[string]network.Label // of elements
	calibres map[int64]element.Calibre
	goals    []goal
	tags     []tag.Offered
	series   [][]Value // the total, then the sexes that are known
	chosen   Value
	before   Value // of the period just before
	below    []Value
	split    []Value // by category
	list     element.Category
}

// judged is a target with its verdict.
type judged struct {
	Target  indicator.Target `json:"target"`
	Plan    string           `json:"plan"`
	PlanEN  string           `json:"-"`
	Verdict Verdict          `json:"verdict"`
}

// goal is where the indicator hangs.
type goal struct {
	plan plan.Plan
	goal plan.Goal
	from int // the first year without it; 0: it hangs there still
}

const manyMissing = 50

func show(r *web.Request, in showInput) (d showData, err error) {
	if d.Indicator, err = indicator.ByCode(r.Tx, in.Code); err != nil {
		return d, err
	}
	if d.Area, err = areaOf(r, in.Area); err != nil {
		return d, err
	}
	if err := d.define(r.Tx, r.User); err != nil {
		return d, err
	}
	if err := d.readSeries(r.Tx); err != nil {
		return d, err
	}
	if err := d.choose(r.Tx, in); err != nil {
		return d, err
	}
	if err := d.judge(r.Tx); err != nil {
		return d, err
	}
	if err := d.readSplit(r.Tx); err != nil {
		return d, err
	}
	return d, d.readBelow(r.Tx, r.User)
}

// define reads what the indicator means and where it belongs.
func (d *showData) define(tx *db.Tx, by auth.User) error {
	versions, err := indicator.Versions(tx)
	if err != nil {
		return err
	}
	d.Versions = versions[d.Indicator.ID]
	if d.calibres, err = element.Calibres(tx); err != nil {
		return err
	}
	if d.Indicator.SourceUnit != "" {
		if d.unit, err = network.UnitByCode(tx, d.Indicator.SourceUnit); err != nil {
			return err
		}
	}
	if d.lineage, err = network.Lineage(tx, d.Area); err != nil {
		return err
	}
	if d.Moves, err = Moves(tx, d.Area); err != nil {
		return err
	}
	elements, err := element.All(tx)
	if err != nil {
		return err
	}
	d.names = map[string]network.Label{}
	for code, e := range elements {
		d.names[code] = network.Label{Name: e.Name, NameEN: e.NameEN}
	}
	categories, err := element.Categories(tx)
	if err != nil {
		return err
	}
	for code, c := range categories {
		d.names["."+code] = network.Label{Name: c.Name, NameEN: c.NameEN}
	}
	if d.tags, err = tag.OnIndicator(tx, d.Indicator.Code); err != nil {
		return err
	}
	for _, o := range d.tags {
		d.Tags = append(d.Tags, o.Tag)
	}
	return d.readGoals(tx, by)
}

func (d *showData) readGoals(tx *db.Tx, by auth.User) error {
	plans, err := plan.Seen(tx, by)
	if err != nil {
		return err
	}
	for _, p := range plans {
		on, err := indicator.OnGoals(tx, p.Code)
		if err != nil {
			return err
		}
		goals, err := plan.Goals(tx, p.Code)
		if err != nil {
			return err
		}
		dropped, err := indicator.DroppedFrom(tx, p.Code)
		if err != nil {
			return err
		}
		for _, g := range goals {
			if slices.ContainsFunc(on, func(o indicator.GoalIndicator) bool {
				return o.Goal == g.Code &&
					o.IndicatorID == d.Indicator.ID
			}) {
				d.goals = append(d.goals, goal{p, g, 0})
			}
			for _, o := range dropped {
				if o.Goal == g.Code && o.IndicatorID == d.Indicator.ID {
					d.goals = append(d.goals, goal{p, g, o.From.Year()})
				}
			}
		}
	}
	return nil
}

func (d *showData) readSeries(tx *db.Tx) error {
	sexes := []int{quantity.SexTotal, quantity.SexMale, quantity.SexFemale}
	found, err := Values(tx, Query{Indicators: []indicator.Indicator{d.Indicator},
		Areas: []network.Area{d.Area}, Sexes: sexes})
	if err != nil {
		return err
	}
	for _, sex := range sexes {
		var series []Value
		for _, v := range found {
			if v.Sex == sex {
				series = append(series, v)
			}
		}
		d.Series = append(d.Series, shownSeries(series)...)
		if sex == quantity.SexTotal || len(series) > 0 {
			d.series = append(d.series, series)
		}
	}
	return nil
}

func (d *showData) total() []Value { return d.series[0] }

// judge holds the series up to the year against every target that counts then, or against none.
func (d *showData) judge(tx *db.Tx) error {
	targets, err := Targets(tx, d.Area.ID, d.Indicator.ID)
	if err != nil {
		return err
	}
	verdict := func(t indicator.Target) Verdict { return AsOf(d.Indicator, d.Area, d.total(), d.Year, t).Verdict }
	for _, t := range TargetsAt(targets[d.Indicator.ID], d.Year) {
		p, err := plan.ByCode(tx, t.Plan)
		if err != nil {
			return err
		}
		d.Verdicts = append(d.Verdicts, judged{t, p.Name, p.NameEN, verdict(t)})
	}
	if len(d.Verdicts) == 0 {
		d.Verdicts = []judged{{Verdict: verdict(indicator.Target{})}}
	}
	return nil
}

// choose takes the period asked for, else the newest that is known as of the year.
func (d *showData) choose(tx *db.Tx, in showInput) (err error) {
	series := d.total()
	if in.Period != "" {
		if d.Period, err = period.Parse(in.Period); err != nil {
			return err
		}
		d.Year = d.Period.Year()
		d.chosen = Value{Indicator: d.Indicator, Area: d.Area, Period: d.Period, Sex: quantity.SexTotal}
		if v := at(series, d.Period); v.Indicator.ID != 0 {
			d.chosen = v
		}
		d.before = at(series, d.Period.Previous())
	} else {
		if d.Year, err = yearOr(tx, d.Area.ID, in.Year); err != nil {
			return err
		}
		s := AsOf(d.Indicator, d.Area, series, d.Year, indicator.Target{})
		d.Period, d.chosen, d.before = s.Value.Period, s.Value, s.Before
	}
	for _, v := range series {
		d.Years = append(d.Years, v.Period.Year())
	}
	if d.Year != 0 {
		d.Years = append(d.Years, d.Year)
	}
	slices.Sort(d.Years)
	d.Years = slices.Compact(d.Years)
	slices.Reverse(d.Years)
	return nil
}

// readSplit reads the chosen value by category, where every element of the formula has the same list of them.
func (d *showData) readSplit(tx *db.Tx) error {
	if d.Period.IsZero() || len(d.chosen.Parts) == 0 {
		return nil
	}
	list := d.chosen.Parts[0].Element.Categories
	for _, p := range d.chosen.Parts {
		if p.Element.Categories != list || p.Category.ID != 0 {
			return nil
		}
	}
	categories, err := element.Categories(tx)
	if err != nil {
		return err
	}
	for _, of := range element.Values(categories, list) {
		values, err := Values(tx, Query{Indicators: []indicator.Indicator{d.Indicator}, Areas: []network.Area{d.Area},
			Periods: []period.Period{d.Period}, Category: of})
		if err != nil {
			return err
		}
		for _, v := range values {
			if v.Due > 0 || v.Rat != nil {
				d.split, d.Split = append(d.split, v), append(d.Split, v.Shown())
			}
		}
	}
	d.list = categories[list]
	return nil
}

// readBelow reads the areas just below, in order of code: simulated values are never ranked, so nothing is.
func (d *showData) readBelow(tx *db.Tx, by auth.User) error {
	if d.Period.IsZero() {
		return nil
	}
	children, err := network.Children(tx, d.Area.ID, "")
	if err != nil {
		return err
	}
	children = slices.DeleteFunc(children, func(a network.Area) bool { return !by.SeesFigures(a.Path) })
	if len(children) > 0 {
		d.below, err = Values(tx, Query{Indicators: []indicator.Indicator{d.Indicator}, Areas: children,
			Periods: []period.Period{d.Period}})
		if err != nil {
			return err
		}
	}
	d.Below = []Shown{}
	for _, v := range d.below {
		d.Below = append(d.Below, v.Shown())
	}
	if d.chosen.Due <= d.chosen.Reported || !by.SeesAll(d.Area.Path) {
		return nil
	}
	for _, p := range d.chosen.Parts {
		most := min(manyMissing, p.Amount.Due-p.Amount.Reported) // no more are looked for than there are
		if p.Amount.Complete() || p.FormID == 0 || most <= 0 {
			continue
		}
		f, err := form.ByID(tx, p.FormID)
		if err != nil {
			return err
		}
		d.Missing, err = fact.Missing(tx, d.Area, p.Period, f, most)
		return err
	}
	return nil
}

// quotes says whether any published figure stands beside the series.
func (d showData) quotes() bool {
	return slices.ContainsFunc(d.total(), func(v Value) bool { return len(v.Published) > 0 })
}

// compares says whether any stands beside another number.
func (d showData) compares() bool {
	return slices.ContainsFunc(d.total(), func(v Value) bool { return len(v.beside()) > 0 })
}

// known says whether any area below has something to show.
func (d showData) known() bool {
	return slices.ContainsFunc(d.below, func(v Value) bool { return v.Rat != nil || v.Due > 0 })
}

// tiles is the tile map of the areas below: a figure and its status each, no order of value.
func (d showData) tiles(ctx context.Context) []part.Tile {
	var tiles []part.Tile
	for _, v := range d.below {
		if v.Area.TileRow == 0 {
			return nil
		}
		tiles = append(tiles, part.Tile{Code: v.Area.Code, Name: part.Name(ctx, v.Area.ShortName, v.Area.NameEN),
			Row: v.Area.TileRow, Col: v.Area.TileCol,
			Text: number(ctx, v), Kind: string(v.Status), Hatched: v.Origin == Simulated,
			URL: d.url(v.Area.Code, d.Period)})
	}
	return tiles
}

func (d showData) url(area string, p period.Period) string {
	return "/indicators/" + url.PathEscape(d.Indicator.Code) + "?" + url.Values{"area": {area},
		"period": {p.String()}}.Encode()
}

// Table is the series for CSV.
func (d showData) Table(ctx context.Context) table.Table {
	return valuesTable(ctx, d.Indicator.Code+"-"+d.Area.Code, d.Series)
}

// at is the value of a series in the same period as v.
func at(series []Value, p period.Period) Value {
	for _, v := range series {
		if v.Period == p {
			return v
		}
	}
	return Value{}
}
