package register

// Layers: what a coverage is a share of, and what maps are drawn on. A closed list of kinds; the files themselves are
// package layer's.

import (
	"slices"
	"strings"

	"yipanqi/internal/say"
)

// LayerKind is what the features of a layer are and what of them is counted.
type LayerKind struct {
	Code  string
	Name  say.Name
	Land  bool // polygons, counted by their square metres; else points
	Drawn bool // for maps alone: nothing of it is counted
	Heads bool // of points, how many persons live there is added up; else each counts once
}

// LayerKinds are all.
var LayerKinds = []LayerKind{
	{Code: "communities", Name: say.Name{ZH: "社区（村）点", EN: "Communities (points)"}},
	{Code: "population", Name: say.Name{ZH: "人口点", EN: "Population points"}, Heads: true},
	{Code: "residential", Name: say.Name{ZH: "居住用地", EN: "Residential land"}, Land: true},
	{Code: "areas", Name: say.Name{ZH: "区域边界", EN: "Boundaries of areas"}, Land: true},
	{Code: "outline", Name: say.Name{ZH: "底图轮廓", EN: "Outline map"}, Land: true, Drawn: true},
}

// LayerKindOf is that of a code.
func LayerKindOf(code string) (k LayerKind, known bool) {
	at := slices.IndexFunc(LayerKinds, func(k LayerKind) bool { return k.Code == code })
	if at < 0 {
		return k, false
	}
	return LayerKinds[at], true
}

// measured are the kinds that a definition may name, in words.
func measured() string {
	var all []string
	for _, k := range LayerKinds {
		if !k.Drawn {
			all = append(all, k.Code+"（"+k.Name.ZH+"）")
		}
	}
	return strings.Join(all, "、")
}

// Metric are the systems of coordinates in which distances can be measured: the others are shifted by law, each place
// by another length.
var Metric = []string{"CGCS2000", "WGS84"}

// Layered says whether a measure comes from a layer: without one it has no number, and no zero either.
func (m Measure) Layered() bool { return m.Method == "within" || m.Method == "layer" }

// Counted says whether a measure has a number, zero, where nothing is: not the middle of nothing, nor a share of it.
func (m Measure) Counted() bool { return m.Method != "median" && m.Method != "share" && !m.Layered() }

// covers holds measures of coverage against the map, once that is known.
func (r *reader) covers() {
	for i, m := range r.d.Measures {
		n := r.measureAt[i]
		if m.Method == "share" {
			part, _ := r.d.Measure(m.Of)
			whole, _ := r.d.Measure(m.Over)
			if (part.Layered() || whole.Layered()) && (whole.Method != "layer" || part.Layer != whole.Layer) {
				r.Problem(n, "统计“%s”：覆盖的分母要是同一类图层的全部。", m.Name.ZH)
			}
			continue
		}
		if !m.Layered() {
			if m.Layer != "" || !m.Radius.IsZero() {
				r.Problem(n, "统计“%s”：只有覆盖有图层和半径。", m.Name.ZH)
			}
			continue
		}
		k, known := LayerKindOf(m.Layer)
		if !known || k.Drawn {
			r.Problem(n, "统计“%s”的图层请填 %s 之一。", m.Name.ZH, measured())
		}
		if len(m.Split) > 0 || m.Area != "" || m.Level != "" || m.Decimals > 0 || !m.Value.IsZero() {
			r.Problem(n, "统计“%s”：覆盖是整数，按图层自己的区域，不能有分项、按区域、层级、算式和小数。", m.Name.ZH)
		}
		if m.Method == "layer" {
			if len(m.Stock)+len(m.Flow) > 0 || !m.Where.IsZero() || !m.Radius.IsZero() {
				r.Problem(n, "统计“%s”是图层的全部，不能有半径、只计、存量和发生。", m.Name.ZH)
			}
			continue
		}
		switch {
		case m.Of != r.d.Map.Point && m.Of != r.d.Map.Shape:
			r.Problem(n, "统计“%s”：覆盖要从地图的位置或边界算起，“%s”不是。", m.Name.ZH, m.Of)
		case !slices.Contains(Metric, r.d.Map.System):
			r.Problem(n, "统计“%s”：覆盖要量距离，地图的坐标系请填 %s 之一；偏移过的坐标量不准。", m.Name.ZH,
				strings.Join(Metric, "、"))
		case m.Radius.IsZero():
			r.Problem(n, "统计“%s”要写明半径（米），一个数或一个算式。", m.Name.ZH)
		}
		r.knows(n, m.Radius, "")
	}
}
