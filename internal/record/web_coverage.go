package record

// What a coverage rests on: the radius, the layers, the projection and the formula, what lies within and what does not,
// on a page with a map, as a table, and as a paper to print.

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/geo"
	"yipanqi/internal/layer"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type coverageInput struct {
	Code    string `json:"code"`
	Measure string `json:"measure" doc:"Code of a share of coverage; the register's first, if empty."`
	Period  string `json:"period" doc:"2023; the last whole year, if empty."`
	Area    string `json:"area" doc:"Code of an area; the reader's own, if empty."`
}

// LeftOut is a thing of a layer that lies outside every radius, or partly so.
type LeftOut struct {
	Name    string `json:"name"`
	Area    string `json:"area"`
	Covered int64  `json:"covered"`
	Whole   int64  `json:"whole"`
	lines   [][][2]float64
}

type coverageData struct {
	Register   string        `json:"register"`
	Measure    string        `json:"measure"`
	Name       string        `json:"name"`
	Period     period.Period `json:"period"`
	Area       string        `json:"area"`
	Value      string        `json:"value"` // of the share
	Covered    string        `json:"covered"`
	Whole      string        `json:"whole"`
	Unit       string        `json:"unit"` // of the two
	Radius     []string      `json:"radius_metres"`
	Layers     []LayerUse    `json:"layers"`
	Segments   int           `json:"segments_of_a_quarter_circle,omitempty"` // of land
	Buffer     int64         `json:"buffer_square_metres,omitempty"`         // of all surroundings, each part once
	Facilities int           `json:"facilities"`                             // that may reach something
	Skipped    []Skipped     `json:"skipped"`
	Left       []LeftOut     `json:"not_covered"`
	Missing    say.Words     `json:"missing,omitzero"`
	Outline    *LayerUse     `json:"outline,omitempty"`
	k          desk
	m, part    register.Measure
	whole      register.Measure
	top        network.Area
	ones       bool      // each thing counts once: within or not
	inside     []LeftOut // covered wholly
	places     []reacher // that the reader may see
	drawing    drawing
	measures   []part.Option
	periods    []part.Option
	areas      []part.Option
}

// coverages are the shares of coverage that a register has.
func coverages(d register.Definition) (all []register.Measure) {
	for _, m := range d.Measures {
		if of, _ := d.Measure(m.Of); m.Method == "share" && of.Method == "within" {
			all = append(all, m)
		}
	}
	return all
}

func showCoverage(r *web.Request, in coverageInput) (d coverageData, err error) {
	s, err := measuresFor(r, measureInput{Code: in.Code, Period: in.Period, Area: in.Area}, how{places: true})
	if err != nil {
		return d, err
	}
	all := coverages(s.k.d)
	if len(all) == 0 {
		return d, errs.Fields{"measure": {Key: "这项登记没有按距离的覆盖。请看统计。"}}.
			Check("条件里有的值不能用，请改选后再看。")
	}
	at := slices.IndexFunc(all, func(m register.Measure) bool { return m.Code == in.Measure })
	if in.Measure == "" {
		at = 0
	}
	if at < 0 || !slices.Contains(all[at].Per, s.Period.Kind()) {
		return d, errs.Fields{"measure": {Key: "没有这个覆盖率，或者它不按这种期别统计。"}}.Check("条件里有的值不能用，请改选后再看。")
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	d = coverageData{Register: in.Code, Measure: all[at].Code, Name: all[at].Name.ZH, Period: s.Period, Area: s.Area,
		Radius: []string{}, Layers: []LayerUse{}, Skipped: []Skipped{}, Left: []LeftOut{}, k: s.k, m: all[at],
		top: s.top, periods: s.periods, areas: s.options}
	for _, m := range all {
		d.measures = append(d.measures, part.Option{Value: m.Code, Label: called(ctx, m.Name)})
	}
	d.part, _ = s.k.d.Measure(d.m.Of)
	d.whole, _ = s.k.d.Measure(d.m.Over)
	d.Unit = d.part.Unit.ZH
	return d, d.take(r, s.tally)
}

// take takes what the tally knows of the coverage.
func (d *coverageData) take(r *web.Request, t *Tally) error {
	top := d.top.Path
	n := t.at(d.part, top, "", "")
	d.Value, d.Covered = t.at(d.m, top, "", "").Value, n.Value
	d.Whole, d.Facilities = t.at(d.whole, top, "", "").Value, n.Records
	c, whole := t.covers[d.part.Code], t.covers[d.whole.Code]
	d.Missing, d.ones = c.why, !c.kind.Land && !c.kind.Heads
	for _, s := range c.skipped {
		if strings.HasPrefix(s.rec.AreaPath, top) && d.k.sees(r.User, s.rec) {
			d.Skipped = append(d.Skipped, s)
		}
	}
	radii := map[string]bool{}
	var sources []reacher
	for _, one := range c.from {
		if radii[one.radius] = true; one.counts {
			sources = append(sources, one)
			if d.k.sees(r.User, one.rec) {
				d.places = append(d.places, one)
			}
		}
	}
	d.Radius = append(d.Radius, slices.SortedFunc(maps.Keys(radii), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})...)
	if !c.why.IsZero() || !whole.why.IsZero() {
		return nil
	}
	d.Layers = append(d.Layers, c.uses()...)
	for i, data := range c.data {
		for n, f := range data.All {
			if !strings.HasPrefix(c.paths[i][n], top) {
				continue
			}
			one := LeftOut{f.Name, d.k.places.paths[c.paths[i][n]].Code, c.covered[i][n], whole.covered[i][n],
				f.Place.Lines()}
			if one.Covered < one.Whole {
				d.Left = append(d.Left, one)
			} else {
				d.inside = append(d.inside, one)
			}
		}
	}
	slices.SortStableFunc(d.Left, func(a, b LeftOut) int { return cmp.Compare(b.Whole-b.Covered, a.Whole-a.Covered) })
	if c.kind.Land {
		d.Segments = geo.Segments
		area, err := c.around(r.Tx, sources)
		if err != nil {
			return err
		}
		d.Buffer = area
	}
	return d.draw(r.Tx)
}

// around is how much land lies within the radius of places, whatever it is used for.
func (c *coverage) around(tx *db.Tx, sources []reacher) (int64, error) {
	if len(sources) == 0 || len(c.data) == 0 {
		return 0, nil
	}
	some := &coverage{kind: c.kind, from: sources}
	key := "around" + some.key(&layer.Data{Digest: c.data[0].Plane.Name()})
	if kept := measuredBefore.get(key); kept != nil {
		return kept[0], nil
	}
	r, err := some.reach(c.data[0].Plane)
	if err != nil {
		return 0, err
	}
	area, err := r.Area(tx.Context)
	if err != nil {
		return 0, err
	}
	measuredBefore.put(key, []int64{geo.Whole(area)})
	return geo.Whole(area), nil
}

// outline is a map that was supplied, to draw on.
type outline struct {
	lines    [][][2]float64
	approval string
	use      *LayerUse
}

// outlineOf is the newest outline of the whole installation, if it is in the register's system of coordinates.
func outlineOf(tx *db.Tx, d register.Definition, p *places) (o outline, err error) {
	all, err := layer.InForce(tx, "outline", tx.Today(), p.root.Path)
	for _, l := range all {
		if l.Area != p.root.Code || l.System != d.Map.System {
			continue
		}
		data, err := layer.Open(tx, l)
		if errs.KindOf(err) == errs.Conflict {
			return o, nil
		}
		if err != nil {
			return o, err
		}
		for _, f := range data.All {
			o.lines = append(o.lines, f.Place.Lines()...)
		}
		name := l.Called()
		o.approval, o.use = l.Approval, &LayerUse{ID: l.ID, Name: name.ZH, NameEN: name.EN, Edition: l.Version,
			ValidOn: l.ValidOn, Source: l.Source, System: l.System, Digest: l.Digest}
		return o, nil
	}
	return o, err
}

// Table is everything that the layers have, with how much of it is covered.
func (d coverageData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: d.Register + "-" + d.Measure + "-" + d.Period.String(), Columns: []table.Column{
		{Name: "名称"}, {Name: "区域代码"}, {Name: "区域"}, {Name: "半径以内", Number: true},
		{Name: "全部", Number: true}, {Name: "计量单位"}}}
	for _, one := range slices.Concat(d.Left, d.inside) {
		t.Rows = append(t.Rows, []string{one.Name, one.Area, called(ctx, d.k.places.areaName(one.Area)),
			strconv.FormatInt(one.Covered, 10), strconv.FormatInt(one.Whole, 10), d.Unit})
	}
	return t
}

// url is a page of the coverage with what is chosen.
func (d coverageData) url(page string) string {
	return "/registers/" + d.Register + page + "?measure=" + d.Measure + "&period=" + d.Period.String() +
		"&area=" + d.Area
}

// heads are the columns of what lies outside.
func (d coverageData) heads(ctx context.Context) []part.Col {
	cols := []part.Col{{Label: part.T(ctx, "名称")}, {Label: part.T(ctx, "区域")}}
	if !d.ones {
		cols = append(cols, part.Col{Label: part.T(ctx, "半径以内"), Numeric: true},
			part.Col{Label: part.T(ctx, "全部"), Numeric: true})
	}
	return cols
}
