package record

// How much of a layer lies within a radius of a register's places. Points count by their distance; land by its square
// metres, which are integers from the moment that the geometry has given them: each plot is rounded, then added up.

import (
	"context"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"sync"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/geo"
	"yipanqi/internal/layer"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

// LayerUse is a layer as a figure rests on it.
type LayerUse struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	NameEN     string `json:"name_en"`
	Edition    int64  `json:"edition"`
	ValidOn    string `json:"valid_on"`
	Source     string `json:"source"`
	System     string `json:"coordinate_system"`
	Projection string `json:"projection"`
	Digest     string `json:"digest"`
}

// reacher is a record that covers what lies around it.
type reacher struct {
	rec      Record
	geometry string
	radius   string
	place    geo.Place
	metres   float64
	held     int    // its place among the records that the tally holds
	bit      uint64 // of the measure there
	counts   bool   // it may reach something
}

// Skipped is a record whose place cannot be measured, and why.
type Skipped struct {
	ID     string    `json:"id"`
	Number string    `json:"number"`
	Why    say.Words `json:"why"`
	rec    Record
}

// coverage is what one measure of layers came to.
type coverage struct {
	kind    register.LayerKind
	layers  []layer.Layer
	data    []*layer.Data
	paths   [][]string // of each feature: where it counts, "" if another layer says what is there
	covered [][]int64  // of each feature: how much lies within the radius
	from    []reacher
	skipped []Skipped
	why     say.Words // why there is no number
}

// uses are the layers for who asks what a number rests on.
func (c *coverage) uses() (all []LayerUse) {
	for i, l := range c.layers {
		name := l.Called()
		all = append(all, LayerUse{l.ID, name.ZH, name.EN, l.Version, l.ValidOn, l.Source, l.System,
			c.data[i].Plane.Name(), l.Digest})
	}
	return all
}

// geometryOf is where a record lies by a field of the map.
func (t *Tally) geometryOf(field string, b register.Body) string {
	d := t.d
	if field == d.Map.Point {
		d.Map.Shape = ""
	}
	return d.Geometry(b)
}

// reaches keeps a record that covers what lies around it.
func (w *worker) reaches(m *tallied, l *line, b *batch) {
	t, rec := w.c.t, l.record(w.c.t.d.Code)
	scope := t.d.Scope(rec.Counted, rec.asked(t.places), t.w)
	if !m.Where.IsZero() && !m.Where.Eval(scope).True() {
		return
	}
	one := nearby{of: m, held: len(b.held), reacher: reacher{rec: rec, geometry: t.geometryOf(m.Of, rec.Counted)}}
	defer func() { b.near = append(b.near, one) }()
	skip := func(words say.Words) { one.skipped = &Skipped{rec.ID, rec.Number, words, rec} }
	radius, ok := m.Radius.Eval(scope).Rat()
	switch {
	case one.geometry == "":
		skip(say.New("没有填位置"))
		return
	case !ok || radius.Sign() <= 0:
		skip(say.New("没有半径"))
		return
	}
	one.metres, _ = radius.Float64()
	one.radius = strings.TrimSuffix(strings.TrimRight(radius.FloatString(3), "0"), ".")
	var err error
	if one.place, err = geo.Read(one.geometry); err == nil {
		_, err = one.place.Square()
	}
	if err != nil {
		skip(errs.WordsOf(err))
	}
}

func (t *Tally) coverageOf(m register.Measure) *coverage {
	if t.covers[m.Code] == nil {
		k, _ := register.LayerKindOf(m.Layer)
		t.covers[m.Code] = &coverage{kind: k}
	}
	return t.covers[m.Code]
}

// behind is the coverage that a measure rests on: its own, or that of a share's part; nil if there is none.
func (t *Tally) behind(m register.Measure) *coverage {
	if m.Method == "share" {
		m, _ = t.d.Measure(m.Of)
	}
	return t.covers[m.Code]
}

// layered says whether a measure comes from a layer, or a share of such.
func (t *Tally) layered(m register.Measure) bool { return t.behind(m) != nil }

// cover adds up what of the layers lies within the radius, or all of it.
func (t *Tally) cover(tx *db.Tx, m register.Measure, top string) (err error) {
	c := t.coverageOf(m)
	_, last := t.Period.Range(m.YearStart)
	if c.layers, err = layer.InForce(tx, m.Layer, last, top); err != nil {
		return err
	}
	if len(c.layers) == 0 {
		c.why = say.New("没有在%s有效的图层“%s”。请先上传。", last, c.kind.Name)
		return nil
	}
	for _, l := range c.layers {
		if l.System != t.d.Map.System {
			c.why = say.New("图层%s的坐标系是%s，这项登记的是%s。两种坐标不能放在一起，本系统也不作换算。", l.Called(), l.System, t.d.Map.System)
			return nil
		}
		data, err := layer.Open(tx, l)
		if errs.KindOf(err) == errs.Conflict { // it is not what it was
			c.why = errs.WordsOf(err)
			return nil
		}
		if err != nil {
			return err
		}
		c.data = append(c.data, data)
	}
	c.place(t.places)
	if err := c.measure(tx.Context, m.Method == "within"); err != nil {
		if kind := errs.KindOf(err); kind == errs.Internal {
			return err
		}
		c.why, c.covered = errs.WordsOf(err), nil
		return nil
	}
	return t.addUp(m, c, top)
}

// place says of each feature where it counts: in its own area, if its layer is the one that speaks for that.
func (c *coverage) place(p *places) {
	c.paths = make([][]string, len(c.layers))
	for i, l := range c.layers {
		c.paths[i] = make([]string, len(c.data[i].All))
		for n, f := range c.data[i].All {
			path := l.AreaPath
			if a, known := p.areas[f.Area]; known && strings.HasPrefix(a.Path, l.AreaPath) {
				path = a.Path
			}
			if l.Serves(c.layers, path) {
				c.paths[i][n] = path
			}
		}
	}
}

// measure says of each feature how much of it is covered: all, if nothing is asked of the distance.
func (c *coverage) measure(ctx context.Context, within bool) (err error) {
	c.covered = make([][]int64, len(c.layers))
	for i, data := range c.data {
		if !within {
			for _, f := range data.All {
				c.covered[i] = append(c.covered[i], f.Counts(c.kind))
			}
			continue
		}
		key := c.key(data)
		if c.covered[i] = measuredBefore.get(key); c.covered[i] != nil {
			continue
		}
		r, err := c.reach(data.Plane)
		if err != nil {
			return err
		}
		if c.covered[i], err = near(ctx, r, c.kind, data.All); err != nil {
			return err
		}
		measuredBefore.put(key, c.covered[i])
	}
	return nil
}

// reach is what lies around the records, on a layer's plane.
func (c *coverage) reach(p geo.Plane) (*geo.Reach, error) {
	sources := make([]geo.Source, len(c.from))
	for i, one := range c.from {
		shape, err := p.Put(one.place)
		if err != nil {
			return nil, err
		}
		sources[i] = geo.Source{Shape: shape, Radius: one.metres}
	}
	return geo.ReachOf(sources)
}

func near(ctx context.Context, r *geo.Reach, k register.LayerKind, all []layer.Feature) (covered []int64, err error) {
	covered = make([]int64, len(all))
	for n, f := range all {
		if k.Land {
			area, err := r.Shared(ctx, f.Shape)
			if err != nil {
				return nil, err
			}
			covered[n] = geo.Whole(area)
			continue
		}
		is, err := r.Near(ctx, f.Shape)
		if err != nil {
			return nil, err
		}
		if is {
			covered[n] = f.Counts(k)
		}
	}
	return covered, nil
}

// addUp brings features to the areas that they count in, and says how many records may reach them.
func (t *Tally) addUp(m register.Measure, c *coverage, top string) error {
	shapes := make([]map[string][]geo.Shape, len(c.layers))
	for i := range c.layers {
		shapes[i] = map[string][]geo.Shape{}
		for n, path := range c.paths[i] {
			for _, one := range above(path, top) {
				at := spot{measure: m.Code, path: one}
				if t.sums[at] == nil {
					t.sums[at] = &sum{total: new(big.Rat)}
				}
				t.sums[at].total.Add(t.sums[at].total, new(big.Rat).SetInt64(c.covered[i][n]))
				if m.Method == "layer" {
					t.sums[at].records++
				} else {
					shapes[i][one] = append(shapes[i][one], c.data[i].All[n].Shape)
				}
			}
		}
	}
	if m.Method == "layer" {
		return nil
	}
	part := map[string]map[int]bool{}
	for i, data := range c.data {
		if len(shapes[i]) == 0 {
			continue
		}
		r, err := c.reach(data.Plane)
		if err != nil {
			return err
		}
		for path, some := range shapes[i] {
			if part[path] == nil {
				part[path] = map[int]bool{}
			}
			for _, source := range r.Around(some...) {
				part[path][source] = true
			}
		}
	}
	for path, sources := range part {
		t.sums[spot{measure: m.Code, path: path}].records = len(sources)
	}
	for i := range c.from {
		one := &c.from[i]
		if one.counts = part[top][i]; one.counts && len(t.held) > 0 {
			t.held[one.held].In |= one.bit
		}
	}
	return nil
}

// key is what a measurement depends on, all of it: the layer's file, and where the records lie with which radius.
func (c *coverage) key(data *layer.Data) string {
	var all [][2]string
	for _, one := range c.from {
		all = append(all, [2]string{one.geometry, one.radius})
	}
	body, _ := json.Marshal(all) // texts
	return c.kind.Code + data.Digest + sign.Digest(body)
}

// measurements are kept by their keys, so that a page that is read again is not measured again.
type measurements struct {
	sync.Mutex
	all   map[string][]int64
	order []string
}

var measuredBefore measurements

const mostMeasured = 64

func (k *measurements) get(key string) []int64 {
	k.Lock()
	defer k.Unlock()
	return k.all[key]
}

func (k *measurements) put(key string, covered []int64) {
	k.Lock()
	defer k.Unlock()
	if k.all == nil {
		k.all = map[string][]int64{}
	}
	if k.all[key] == nil {
		k.order = append(k.order, key)
	}
	if k.all[key] = covered; len(k.order) > mostMeasured {
		delete(k.all, k.order[0])
		k.order = slices.Clone(k.order[1:])
	}
}
