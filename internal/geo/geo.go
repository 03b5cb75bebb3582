// Package geo measures on a plane in metres what GeoJSON says in degrees: distances, areas, what lies within a radius.
// It is pure: it knows no file, no register and no database. Geometry itself is the library's; here are the projection
// with its name, the bounds, and messages for people where the library would panic.
package geo

import (
	"fmt"
	"math"

	"github.com/peterstace/simplefeatures/carto"
	"github.com/peterstace/simplefeatures/geom"

	"yipanqi/internal/errs"
)

// Place is a geometry in degrees, as a file says it: points, lines or polygons.
type Place struct{ g geom.Geometry }

// Shape is a geometry on a plane, in metres, fit for the library's operations.
type Shape struct{ g geom.Geometry }

// maxVertices is how many corners one geometry may have.
const maxVertices = 100_000

// Read reads a GeoJSON geometry. Heights are left out.
func Read(text string) (p Place, err error) {
	err = caught(func() (err error) {
		p.g, err = geom.UnmarshalGeoJSON([]byte(text), geom.NoValidate{})
		return err
	})
	if err != nil {
		return p, errs.Invalidf("坐标读不出来。请用GeoJSON的 Point、MultiPoint、LineString、Polygon 或 MultiPolygon。")
	}
	p.g = p.g.Force2D()
	switch {
	case p.g.IsGeometryCollection():
		return p, errs.Invalidf("不收 GeometryCollection。请拆成单个的图形。")
	case p.g.IsEmpty():
		return p, errs.Invalidf("图形里没有坐标。")
	case p.Vertices() > maxVertices:
		return p, errs.Invalidf("一个图形最多%d个折点。请简化后再用。", maxVertices)
	}
	corners := p.g.DumpCoordinates()
	for i := range corners.Length() {
		if err := onEarth(corners.GetXY(i)); err != nil {
			return p, err
		}
	}
	return p, nil
}

// onEarth refuses what is no longitude and latitude, and says so where they seem to be written the other way round.
func onEarth(at geom.XY) error {
	swapped := math.Abs(at.Y) > 90 && math.Abs(at.X) <= 90 || between(at.X, 3, 54) && between(at.Y, 73, 90)
	switch {
	case swapped:
		return errs.Invalidf("经纬度像是写反了：%v，%v。GeoJSON里先写经度，后写纬度。", at.X, at.Y)
	case !between(at.X, -180, 180) || !between(at.Y, -80, 84):
		return errs.Invalidf("坐标%v，%v不是经纬度。请导出经纬度（度），不要导出平面坐标（米）。", at.X, at.Y)
	}
	return nil
}

func between(x, low, high float64) bool { return x >= low && x <= high }

// Vertices is how many corners it has.
func (p Place) Vertices() int { return p.g.DumpCoordinates().Length() }

// Dimension is 0 of points, 1 of lines, 2 of polygons.
func (p Place) Dimension() int { return p.g.Dimension() }

// Lines are its points in degrees, ring by ring, for drawing.
func (p Place) Lines() (lines [][][2]float64) {
	add := func(s geom.Sequence) {
		line := make([][2]float64, s.Length())
		for i := range line {
			at := s.GetXY(i)
			line[i] = [2]float64{at.X, at.Y}
		}
		lines = append(lines, line)
	}
	for _, one := range p.g.Dump() {
		switch one.Type() {
		case geom.TypePolygon:
			for _, ring := range one.MustAsPolygon().DumpRings() {
				add(ring.Coordinates())
			}
		default:
			add(one.DumpCoordinates())
		}
	}
	return lines
}

// Plane is a projection to metres: the UTM zone of a middle, with the zone's scale taken out there, so that a metre is
// a metre. The ellipsoid is that of WGS84; that of CGCS2000 differs from it by a tenth of a millimetre.
type Plane struct {
	utm   *carto.UTM
	scale float64
}

// PlaneOf is the plane of places: that of the middle of all of them.
func PlaneOf(places []Place) (Plane, error) {
	box := geom.Envelope{}
	for _, p := range places {
		box = box.ExpandToIncludeEnvelope(p.g.Envelope())
	}
	middle, ok := box.Center().XY()
	if !ok {
		return Plane{}, errs.Invalidf("没有坐标，定不了投影。")
	}
	if width := box.Width(); width > maxDegrees || box.Height() > maxDegrees {
		return Plane{}, errs.Invalidf("数据东西或南北超过%d度，一个投影量不准。请按城市分开。", maxDegrees)
	}
	utm, err := carto.NewUTMFromLocation(middle)
	if err != nil {
		return Plane{}, errs.Invalidf("坐标不在可以投影的范围里。")
	}
	return Plane{utm, scaleAt(utm, middle)}, nil
}

// maxDegrees is how far data may reach: within it lengths are right to a few parts in ten thousand.
const maxDegrees = 6

// scaleAt is how long the projection makes a metre at a place: a step along the meridian there, by the ellipsoid.
func scaleAt(utm *carto.UTM, at geom.XY) float64 {
	const a, e2, step = 6378137.0, 0.00669437999014, 1e-4
	sin := math.Sin(at.Y * math.Pi / 180)
	radius := a * (1 - e2) / math.Pow(1-e2*sin*sin, 1.5)
	north := utm.Forward(geom.XY{X: at.X, Y: at.Y + step})
	south := utm.Forward(geom.XY{X: at.X, Y: at.Y - step})
	return math.Hypot(north.X-south.X, north.Y-south.Y) / (radius * 2 * step * math.Pi / 180)
}

// Name is what the plane is called: UTM 50N.
func (p Plane) Name() string { return "UTM " + p.utm.Code() }

// Put lays a place on the plane. A polygon whose ring touches itself is mended; one that crosses itself is refused, as
// nobody can tell which part was meant.
func (p Plane) Put(place Place) (s Shape, err error) {
	s.g = place.g.TransformXY(func(at geom.XY) geom.XY {
		return p.utm.Forward(at).Scale(1 / p.scale)
	})
	if place.Dimension() < 2 {
		return s, nil
	}
	said := s.g.Area()
	err = caught(func() (err error) {
		s.g, err = geom.Buffer(s.g, 0)
		return err
	})
	if mended := s.g.Area(); err != nil || math.Abs(mended-said) > max(1, said)*.001 {
		return s, errs.Invalidf("边界自己相交，或者几块互相重叠，算不出面积。请在制图软件里修复后再用。")
	}
	return s, nil
}

// Square is how many whole square metres a place has, on a plane of its own; what has none cannot be measured.
func (p Place) Square() (int64, error) {
	plane, err := PlaneOf([]Place{p})
	if err != nil {
		return 0, err
	}
	s, err := plane.Put(p)
	return Whole(s.Area()), err
}

// Area is in square metres.
func (s Shape) Area() float64 { return s.g.Area() }

// Whole is an area in whole square metres, halves upward: from here on figures are integers.
func Whole(area float64) int64 { return int64(math.Floor(area + .5)) }

// Holds says whether the place lies inside or on the edge of a shape.
func (s Shape) Holds(other Shape) (inside bool, err error) {
	err = caught(func() (err error) {
		inside, err = geom.Covers(s.g, other.g)
		return err
	})
	return inside, err
}

// caught runs an operation of the library, which panics at what it does not understand.
func caught(fn func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("geo: %v", r)
		}
	}()
	return fn()
}
