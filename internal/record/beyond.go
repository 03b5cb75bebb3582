package record

// Whether a place lies in the area that its record says, where somebody supplied the area's boundary: said, never
// refused, as boundaries and places both have their mistakes.

import (
	"fmt"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/geo"
	"yipanqi/internal/layer"
	"yipanqi/internal/say"
)

// boundary is that of an area, as a layer has it.
type boundary struct {
	layer layer.Layer
	plane geo.Plane
	shape geo.Shape
}

// beyond looks a geometry up in the boundaries that hold today, which are read when the first one asks.
func (p *places) beyond(tx *db.Tx) func(system, area, geometry string) (say.Name, bool) {
	var known map[string]boundary
	return func(system, area, geometry string) (said say.Name, beyond bool) {
		if known == nil {
			known = p.boundaries(tx)
		}
		if len(known) == 0 {
			return said, false
		}
		for _, path := range above(p.areas[area].Path, "") { // the nearest that has a boundary
			if b, there := known[path]; there && b.layer.System == system {
				return b.beyond(p.paths[path].Name, p.paths[path].NameEN, geometry)
			}
		}
		return said, false
	}
}

// beyond says that a geometry lies outside the boundary, whose area is called so.
func (b boundary) beyond(area, english, geometry string) (said say.Name, beyond bool) {
	place, err := geo.Read(geometry)
	if err != nil {
		return said, false
	}
	shape, err := b.plane.Put(place)
	if err != nil {
		return said, false
	}
	if inside, err := b.shape.Holds(shape); err != nil || inside {
		return said, false
	}
	at, name := place.Lines()[0][0], b.layer.Called()
	return say.Name{
		ZH: fmt.Sprintf("位置（%v，%v）不在%s的边界里，边界见图层%s。请核对位置和所属区域。", at[0], at[1], area, name.ZH),
		EN: fmt.Sprintf("The place (%v, %v) lies outside %s, whose boundary is in layer %s. Check both.", at[0], at[1],
			english, name.EN)}, true
}

// boundaries are those of areas, by path. What cannot be read bounds nothing.
func (p *places) boundaries(tx *db.Tx) map[string]boundary {
	known := map[string]boundary{}
	all, err := layer.InForce(tx, "areas", tx.Today(), p.root.Path)
	for _, l := range all {
		data, wrong := layer.Open(tx, l)
		if err != nil || wrong != nil {
			continue
		}
		for _, f := range data.All {
			a, there := p.areas[f.Area]
			if there && strings.HasPrefix(a.Path, l.AreaPath) && l.Serves(all, a.Path) {
				known[a.Path] = boundary{l, data.Plane, f.Shape}
			}
		}
	}
	return known
}
