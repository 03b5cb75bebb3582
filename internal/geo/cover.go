package geo

// What lies within a radius of places: points by their distance, exactly; polygons by the area that they share with
// the places' surroundings, whose circles are polygons of many sides. Work is done in pieces of a second at most, and
// stops between them when its context ends.

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/peterstace/simplefeatures/geom"
	"github.com/peterstace/simplefeatures/rtree"

	"yipanqi/internal/errs"
)

// Segments are those of a quarter of a circle: its area is 0.04 % too small.
const Segments = 32

// Source is a place with its radius in metres.
type Source struct {
	Shape  Shape
	Radius float64
}

// Reach is all that lies within the radius of some places.
type Reach struct {
	sources []Source
	near    *rtree.RTree // of sources, each as far as its radius reaches
}

const (
	maxSources = 20_000
	maxCorners = 400_000 // of all sources
	maxRadius  = 100_000 // metres
	perPiece   = 2048    // sources whose surroundings are made at once
)

// ReachOf prepares what lies around places.
func ReachOf(sources []Source) (*Reach, error) {
	corners := 0
	items := make([]rtree.BulkItem, 0, len(sources))
	for i, s := range sources {
		corners += s.Shape.g.DumpCoordinates().Length()
		box, ok := s.Shape.g.Envelope().AsBox()
		if !ok || s.Radius <= 0 || s.Radius > maxRadius {
			return nil, errs.Invalidf("半径要在0到%d米之间。", maxRadius)
		}
		items = append(items, rtree.BulkItem{Box: widened(box, s.Radius), RecordID: i})
	}
	if len(sources) > maxSources || corners > maxCorners {
		return nil, errs.Conflictf("设施太多：最多%d处、%d个折点。请按区计算，或简化边界。", maxSources, maxCorners)
	}
	return &Reach{sources: sources, near: rtree.BulkLoad(items)}, nil
}

func widened(b rtree.Box, by float64) rtree.Box {
	return rtree.Box{MinX: b.MinX - by, MinY: b.MinY - by, MaxX: b.MaxX + by, MaxY: b.MaxY + by}
}

// Near says whether a place lies within the radius of any source: its nearest point counts, the edge included.
func (r *Reach) Near(ctx context.Context, s Shape) (near bool, err error) {
	box, ok := s.g.Envelope().AsBox()
	if !ok {
		return false, ctx.Err()
	}
	err = caught(func() error {
		return r.near.RangeSearch(box, func(i int) error {
			if near {
				return rtree.Stop // which ends a branch of the tree, not the search
			}
			away, ok := geom.Distance(r.sources[i].Shape.g, s.g)
			near = ok && away <= r.sources[i].Radius
			return ctx.Err()
		})
	})
	return near, cmp.Or(err, ctx.Err())
}

// Around are the sources whose surroundings may reach a place among some, by their boxes: what is not among them has no
// part in what is said of the places.
func (r *Reach) Around(places ...Shape) (sources []int) {
	all := geom.Envelope{}
	for _, s := range places {
		all = all.ExpandToIncludeEnvelope(s.g.Envelope())
	}
	if box, ok := all.AsBox(); ok {
		_ = r.near.RangeSearch(box, func(i int) error { // stops at nothing
			sources = append(sources, i)
			return nil
		})
	}
	slices.Sort(sources)
	return sources
}

// Shared is the area that a polygon shares with what lies within the radius.
func (r *Reach) Shared(ctx context.Context, s Shape) (area float64, err error) {
	whole := s.Area()
	corners := s.g.DumpCoordinates()
	var near []Source
	for _, i := range r.Around(s) {
		one := r.sources[i]
		if one.Shape.g.IsPoint() && one.holdsAll(corners) { // a circle that has all corners has all between them
			return whole, ctx.Err()
		}
		near = append(near, one)
	}
	for some := range slices.Chunk(near, perPiece) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		around, err := surroundings(some)
		if err != nil {
			return 0, err
		}
		// What is shared is counted, and only the rest can share more.
		if err := caught(func() error {
			part, err := geom.Intersection(s.g, around)
			area += part.Area()
			if err == nil && len(near) > perPiece {
				s.g, err = geom.Difference(s.g, around)
			}
			return err
		}); err != nil {
			return 0, err
		}
	}
	return min(area, whole), nil
}

// holdsAll says whether all corners lie within the source's radius.
func (s Source) holdsAll(corners geom.Sequence) bool {
	at, _ := s.Shape.g.MustAsPoint().XY()
	for i := range corners.Length() {
		if corners.GetXY(i).Sub(at).Length() > s.Radius {
			return false
		}
	}
	return true
}

// surroundings are all that lies within the radius of some sources: those of one radius are surrounded at once.
func surroundings(some []Source) (around geom.Geometry, err error) {
	some = slices.SortedStableFunc(slices.Values(some), func(a, b Source) int { return cmp.Compare(a.Radius, b.Radius) })
	var parts []geom.Geometry
	err = caught(func() error {
		for len(some) > 0 {
			n, radius := 0, some[0].Radius
			var together []geom.Geometry
			for n < len(some) && some[n].Radius == radius {
				together = append(together, some[n].Shape.g)
				n++
			}
			some = some[n:]
			one, err := geom.Buffer(geom.NewGeometryCollection(together).AsGeometry(), radius,
				geom.BufferQuadSegments(Segments))
			if err != nil {
				return err
			}
			parts = append(parts, one)
		}
		around = parts[0]
		if len(parts) > 1 {
			around, err = geom.UnionMany(parts)
		}
		return err
	})
	return around, err
}

// Area is that of all that lies within the radius, each part of it once.
func (r *Reach) Area(ctx context.Context) (area float64, err error) {
	const size = 4096 // metres: neighbours stand together, column by column
	order := slices.SortedStableFunc(slices.Values(r.sources), func(a, b Source) int {
		return cmp.Or(cmp.Compare(math.Floor(middle(a).X/size), math.Floor(middle(b).X/size)),
			cmp.Compare(middle(a).Y, middle(b).Y))
	})
	var all []geom.Geometry
	for some := range slices.Chunk(order, perPiece) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		one, err := surroundings(some)
		if err != nil {
			return 0, err
		}
		all = append(all, one)
	}
	if len(all) == 1 {
		return all[0].Area(), ctx.Err()
	}
	err = caught(func() error {
		one, err := geom.UnionMany(all)
		area = one.Area()
		return cmp.Or(err, ctx.Err())
	})
	return area, err
}

func middle(s Source) geom.XY {
	at, _ := s.Shape.g.Envelope().Center().XY()
	return at
}

// Apart takes from each polygon what an earlier one has already, so that land that is drawn twice counts once.
func Apart(ctx context.Context, shapes []Shape) error {
	items := make([]rtree.BulkItem, 0, len(shapes))
	for i, s := range shapes {
		if box, ok := s.g.Envelope().AsBox(); ok {
			items = append(items, rtree.BulkItem{Box: box, RecordID: i})
		}
	}
	tree := rtree.BulkLoad(items)
	for i := range shapes {
		if err := ctx.Err(); err != nil {
			return err
		}
		box, ok := shapes[i].g.Envelope().AsBox()
		if !ok {
			continue
		}
		var before []geom.Geometry
		err := caught(func() error {
			if err := tree.RangeSearch(box, func(other int) error {
				if other < i && geom.Intersects(shapes[i].g, shapes[other].g) {
					before = append(before, shapes[other].g)
				}
				return nil
			}); err != nil || len(before) == 0 {
				return err
			}
			taken, err := geom.UnionMany(before)
			if err != nil {
				return err
			}
			shapes[i].g, err = geom.Difference(shapes[i].g, taken)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
