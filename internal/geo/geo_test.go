package geo

// Areas and distances against geometry that is known, the laws of unions, and what bad files say.

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/peterstace/simplefeatures/geom"

	"yipanqi/internal/errs"
)

// flat is a shape that is on the plane already.
func flat(t testing.TB, wkt string) Shape {
	t.Helper()
	g, err := geom.UnmarshalWKT(wkt)
	if err != nil {
		t.Fatal(err)
	}
	return Shape{g}
}

// within fails where two areas differ by more than a share.
func within(t *testing.T, what string, got, want, share float64) {
	t.Helper()
	if off := math.Abs(got-want) / want; !(off <= share) {
		t.Errorf("%s: %.3f m², want %.3f: %.4f %% off", what, got, want, off*100)
	}
}

func areaOf(t *testing.T, sources ...Source) float64 {
	t.Helper()
	r, err := ReachOf(sources)
	if err != nil {
		t.Fatal(err)
	}
	area, err := r.Area(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return area
}

func TestAreasAgainstKnownGeometry(t *testing.T) {
	t.Parallel()
	circle := math.Pi * 500 * 500
	within(t, "circle", areaOf(t, Source{flat(t, "POINT(0 0)"), 500}), circle, .001)
	within(t, "two circles apart", areaOf(t, Source{flat(t, "POINT(0 0)"), 500},
		Source{flat(t, "POINT(5000 0)"), 500}), 2*circle, .001)
	within(t, "a circle twice", areaOf(t, Source{flat(t, "POINT(0 0)"), 500}, Source{flat(t, "POINT(0 0)"), 500}),
		circle, .001)
	lens := 2*500*500*math.Acos(.5) - 500*math.Sqrt(3)/2*500 // two circles whose middles are one radius apart
	within(t, "two circles that overlap", areaOf(t, Source{flat(t, "POINT(0 0)"), 500},
		Source{flat(t, "POINT(500 0)"), 500}), 2*circle-lens, .001)
	// The park of the sample: 200 m by 100 m, 500 m from its boundary.
	park := flat(t, "POLYGON((0 0,200 0,200 100,0 100,0 0))")
	within(t, "park", areaOf(t, Source{park, 500}), 1105398, .001)
	within(t, "circles of two radii", areaOf(t, Source{flat(t, "POINT(0 0)"), 500},
		Source{flat(t, "POINT(9000 0)"), 300}), circle+math.Pi*300*300, .001)

	r, err := ReachOf([]Source{{park, 500}})
	if err != nil {
		t.Fatal(err)
	}
	for wkt, want := range map[string]float64{
		"POLYGON((0 -100,200 -100,200 0,0 0,0 -100))":                        20000, // wholly inside
		"POLYGON((0 100,200 100,200 1100,0 1100,0 100))":                     200 * 500,
		"POLYGON((-5000 0,200 0,200 100,-5000 100,-5000 0))":                 700 * 100,
		"POLYGON((-5000 -5000,5000 -5000,5000 5000,-5000 5000,-5000 -5000))": 1105398,
	} {
		got, err := r.Shared(context.Background(), flat(t, wkt))
		if err != nil {
			t.Fatal(err)
		}
		within(t, wkt, got, want, .001)
	}
	got, err := r.Shared(context.Background(), flat(t, "POLYGON((9000 0,9200 0,9200 100,9000 0))"))
	if got != 0 || err != nil {
		t.Errorf("land far away shares %v m², %v", got, err)
	}
}

// onEllipsoid is the area between two meridians and two parallels on the ellipsoid of WGS84, by its own formula.
func onEllipsoid(west, east, south, north float64) float64 {
	const a, f = 6378137.0, 1 / 298.257223563
	e := math.Sqrt(f * (2 - f))
	b := a * (1 - f)
	q := func(lat float64) float64 {
		s := math.Sin(lat * math.Pi / 180)
		return s/(1-e*e*s*s) + math.Atanh(e*s)/e
	}
	return b * b / 2 * (east - west) * math.Pi / 180 * (q(north) - q(south))
}

// block is a polygon between two meridians and two parallels, with its parallels in many steps.
func block(west, east, south, north float64) string {
	var at []string
	const steps = 40
	for i := 0; i <= steps; i++ {
		at = append(at, fmt.Sprintf("[%v,%v]", west+(east-west)*float64(i)/steps, south))
	}
	for i := steps; i >= 0; i-- {
		at = append(at, fmt.Sprintf("[%v,%v]", west+(east-west)*float64(i)/steps, north))
	}
	at = append(at, at[0])
	return `{"type":"Polygon","coordinates":[[` + strings.Join(at, ",") + `]]}`
}

func TestDegreesBecomeMetres(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lon, lat float64 }{{117, 40}, {116.4, 39.9}, {114.1, 30}, {119.9, 45}, {75.5, 39},
		{110, 18.3}} {
		p := must(Read(block(c.lon, c.lon+.2, c.lat, c.lat+.2)))(t)
		plane := must(PlaneOf([]Place{p}))(t)
		within(t, fmt.Sprintf("%v", c), must(plane.Put(p))(t).Area(),
			onEllipsoid(c.lon, c.lon+.2, c.lat, c.lat+.2), .001)
	}
	// A city of two degrees, a block at its edge.
	city := []Place{must(Read(block(115.4, 117.5, 39.4, 41.1)))(t)}
	plane := must(PlaneOf(city))(t)
	if plane.Name() != "UTM 50N" {
		t.Errorf("the plane is %s", plane.Name())
	}
	edge := must(plane.Put(must(Read(block(115.4, 115.5, 41, 41.1)))(t)))(t)
	within(t, "edge of a city", edge.Area(), onEllipsoid(115.4, 115.5, 41, 41.1), .001)
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestBadPlacesAreRefused(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		`{"type":"Point","coordinates":[36.1,118.2]}`:                                          "写反了",
		`{"type":"Point","coordinates":[36.1,88.2]}`:                                           "写反了",
		`{"type":"Point","coordinates":[512345.6,4412345.6]}`:                                  "不是经纬度",
		`{"type":"Point","coordinates":[118.1,86]}`:                                            "不是经纬度",
		`{"type":"Point","coordinates":[]}`:                                                    "没有坐标",
		`{"type":"Point"}`:                                                                     "读不出来",
		`{"type":"Circle","coordinates":[1,2]}`:                                                "读不出来",
		`{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[118,36]}]}`: "GeometryCollection",
		`{"type":"Polygon","coordinates":[[[118,36],[118.1,36]]]}`:                             "",
		``:     "读不出来",
		`null`: "读不出来",
		`{"type":"MultiPoint","coordinates":[` + strings.Repeat(`[118,36],`, 100_000) + `[118,36]]}`: "最多",
	} {
		p, err := Read(text)
		if err == nil && says == "" { // refused no later than on the plane
			_, err = must(PlaneOf([]Place{p}))(t).Put(p)
		}
		if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%.60s: %v, want %q", text, err, says)
		}
	}
	for _, places := range [][]Place{nil, {must(Read(`{"type":"MultiPoint","coordinates":[[100,30],[120,30]]}`))(t)}} {
		if _, err := PlaneOf(places); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%d places: %v", len(places), err)
		}
	}
}

func TestRingsThatTouchAreMendedAndThoseThatCrossRefused(t *testing.T) {
	t.Parallel()
	put := func(ring string) (Shape, error) {
		p := must(Read(`{"type":"Polygon","coordinates":[` + ring + `]}`))(t)
		return must(PlaneOf([]Place{p}))(t).Put(p)
	}
	// Two squares that meet in a corner, drawn in one stroke.
	touching := must(put(`[[118,36],[118.01,36],[118.01,36.01],[118.02,36.01],[118.02,36.02],[118.01,36.02],
		[118.01,36.01],[118,36.01],[118,36]]`))(t)
	within(t, "touching", touching.Area(), onEllipsoid(118, 118.01, 36, 36.01)+
		onEllipsoid(118.01, 118.02, 36.01, 36.02), .001)
	// A bow tie: each half is somebody's guess.
	for what, ring := range map[string]string{"bow tie": `[[118,36],[118.01,36.01],[118.01,36],[118,36.01],[118,36]]`,
		"line": `[[118,36],[118.01,36],[118,36]]`} {
		if s, err := put(ring); what == "bow tie" && errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v m², %v", what, s.Area(), err)
		} else if err == nil && s.Area() != 0 {
			t.Errorf("%s: %v m²", what, s.Area())
		}
	}
}

// TestReachHasTheLawsOfUnions: no more than the sum of its parts, no less than the largest, growing with the radius and
// with every place; and what is near is what shares area.
func TestReachHasTheLawsOfUnions(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		dice := rand.New(rand.NewPCG(seed, 1))
		var sources, wider []Source
		sum, largest := 0.0, 0.0
		for range 3 + dice.IntN(90) {
			at := fmt.Sprintf("POINT(%v %v)", dice.Float64()*6000, dice.Float64()*6000)
			radius := []float64{200, 500}[dice.IntN(2)]
			sources = append(sources, Source{flat(t, at), radius})
			wider = append(wider, Source{flat(t, at), radius + 50})
			one := areaOf(t, sources[len(sources)-1])
			sum, largest = sum+one, max(largest, one)
		}
		all := areaOf(t, sources...)
		if all > sum*1.000001 || all < largest*.999999 {
			t.Errorf("seed %d: %v m² of parts that come to %v, the largest %v", seed, all, sum, largest)
		}
		if fewer := areaOf(t, sources[1:]...); fewer > all*1.000001 {
			t.Errorf("seed %d: with a place less %v m², with it %v", seed, fewer, all)
		}
		if more := areaOf(t, wider...); more < all {
			t.Errorf("seed %d: a longer radius gives %v m² of %v", seed, more, all)
		}
		r, err := ReachOf(sources)
		if err != nil {
			t.Fatal(err)
		}
		box := flat(t, "POLYGON((-999 -999,6999 -999,6999 6999,-999 6999,-999 -999))")
		within(t, fmt.Sprint("seed ", seed), must(r.Shared(context.Background(), box))(t), all, 1e-6)
		for range 30 {
			x, y := dice.Float64()*6000, dice.Float64()*6000
			near := must(r.Near(context.Background(), flat(t, fmt.Sprintf("POINT(%v %v)", x, y))))(t)
			want := false
			for _, s := range sources {
				at := s.Shape.g.MustAsPoint()
				xy, _ := at.XY()
				want = want || math.Hypot(xy.X-x, xy.Y-y) <= s.Radius
			}
			if near != want {
				t.Errorf("seed %d: %v,%v near %t, want %t", seed, x, y, near, want)
			}
		}
	}
}

func TestLandThatIsDrawnTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	shapes := []Shape{flat(t, "POLYGON((0 0,100 0,100 100,0 100,0 0))"), flat(t, "POLYGON((50 0,150 0,150 100,50 100,50 0))"),
		flat(t, "POLYGON((150 0,250 0,250 100,150 100,150 0))"), flat(t, "POLYGON((0 0,100 0,100 100,0 100,0 0))")}
	if err := Apart(context.Background(), shapes); err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{10000, 5000, 10000, 0} {
		if got := shapes[i].Area(); math.Abs(got-want) > 1e-6 {
			t.Errorf("piece %d has %v m², want %v", i, got, want)
		}
	}
}

func TestReachIsBoundedAndStops(t *testing.T) {
	t.Parallel()
	for what, sources := range map[string][]Source{"no radius": {{flat(t, "POINT(0 0)"), 0}},
		"a country": {{flat(t, "POINT(0 0)"), 1e6}}, "nowhere": {{flat(t, "POINT EMPTY"), 500}},
		"too many": make([]Source, maxSources+1)} {
		for i := range sources {
			if sources[i].Shape.g.IsEmpty() && what == "too many" {
				sources[i] = Source{flat(t, "POINT(0 0)"), 500}
			}
		}
		if _, err := ReachOf(sources); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
	many := make([]Source, 3000)
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range many {
		many[i] = Source{flat(t, fmt.Sprintf("POINT(%v %v)", dice.Float64()*30000, dice.Float64()*30000)), 500}
	}
	r, err := ReachOf(many)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer stop()
	began := time.Now()
	if _, err := r.Area(ctx); err == nil || time.Since(began) > 10*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Near(gone, flat(t, "POINT(0 0)")); err == nil {
		t.Error("who left is served")
	}
}

// city is 2,000 points of a city, as far apart as facilities are.
func city() (points []geom.Geometry) {
	dice := rand.New(rand.NewPCG(7, 7))
	for range 2000 {
		points = append(points, geom.NewPointXY(dice.Float64()*40000, dice.Float64()*40000).AsGeometry())
	}
	return points
}

// BenchmarkCity surrounds 2,000 points by 500 m and unites that: the library's bare call, and ours.
func BenchmarkCity(b *testing.B) {
	points := city()
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			if _, err := geom.Buffer(geom.NewGeometryCollection(points).AsGeometry(), 500,
				geom.BufferQuadSegments(Segments)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			sources := make([]Source, len(points))
			for i, p := range points {
				sources[i] = Source{Shape{p}, 500}
			}
			r, err := ReachOf(sources)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := r.Area(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkLand is 2,000 plots of land held against 2,000 points.
func BenchmarkLand(b *testing.B) {
	sources := make([]Source, 0, 2000)
	for _, p := range city() {
		sources = append(sources, Source{Shape{p}, 500})
	}
	r, err := ReachOf(sources)
	if err != nil {
		b.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(9, 9))
	var plots []Shape
	for range 2000 {
		x, y := dice.Float64()*40000, dice.Float64()*40000
		plots = append(plots, flat(b, fmt.Sprintf("POLYGON((%v %v,%v %v,%v %v,%v %v))", x, y, x+300, y, x+200, y+300,
			x, y)))
	}
	for b.Loop() {
		for _, p := range plots {
			if _, err := r.Shared(b.Context(), p); err != nil {
				b.Fatal(err)
			}
		}
	}
}
