package record

// Records drawn on a plain grid of degrees: points and outlines as they are, no boundary of any area and no map below.
// What is drawn is for the eye; no figure comes from it.

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"yipanqi/internal/register"
)

// The picture's size in its own units, and what lies around the grid.
const (
	mapWidth  = 640.0
	mapMargin = 60.0
	mapMost   = 560.0
	mapAround = 34.0 // to the right
	mapSmall  = 14.0 // an outline below that is a sign
)

// Spot is a record on the map.
type Spot struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	Area   string `json:"area"`
	Lon    string `json:"lon,omitempty"` // as it is written
	Lat    string `json:"lat,omitempty"`
	Kind   string `json:"kind"` // what it is coloured by, in words
	kind   int
	x, y   float64
	path   string // of an outline
	lines  [][][2]float64
}

// gridLine is one line of the grid with what stands at its end.
type gridLine struct {
	Label string
	At    float64
}

// drawing is the whole picture.
type drawing struct {
	Width, Height float64
	Lons, Lats    []gridLine
	Outline       string // a map that was supplied, below all
	Approval      string // its approval number
	west, north   float64
	narrow, scale float64 // how long a degree of longitude is beside one of latitude; units of a degree
}

func (d drawing) across(lon float64) float64 { return mapMargin + (lon-d.west)*d.narrow*d.scale }
func (d drawing) down(lat float64) float64   { return (d.north-lat)*d.scale + 16 }

// metres is how many units of the picture some metres are.
func (d drawing) metres(m float64) float64 { return m * d.scale / 111_000 }

// path draws lines, each closed, and says how large they are.
func (d drawing) path(lines [][][2]float64) (path string, size float64) {
	var b strings.Builder
	for _, line := range lines {
		for at, p := range line {
			size = max(size, math.Abs(p[0]-lines[0][0][0])*d.narrow*d.scale, math.Abs(p[1]-lines[0][0][1])*d.scale)
			fmt.Fprintf(&b, "%c%.1f %.1f", "LM"[bit(at == 0)], d.across(p[0]), d.down(p[1]))
		}
		b.WriteByte('Z')
	}
	return b.String(), size
}

// placeOf says where a record lies; false if it does not say.
func placeOf(m register.Map, b register.Body) (s Spot, ok bool) {
	s.Lon, s.Lat = b[register.Key(m.Point, "lon")], b[register.Key(m.Point, "lat")]
	lon, wrong := strconv.ParseFloat(s.Lon, 64)
	lat, bad := strconv.ParseFloat(s.Lat, 64)
	if m.Point != "" && wrong == nil && bad == nil {
		s.lines = [][][2]float64{{{lon, lat}}}
		return s, true
	}
	var g struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	}
	if m.Shape == "" || json.Unmarshal([]byte(b[m.Shape]), &g) != nil {
		return s, false
	}
	s.Lon, s.Lat = "", ""
	var many [][][][2]float64
	switch g.Type {
	case "MultiPoint":
		var points [][2]float64
		ok = json.Unmarshal(g.Coordinates, &points) == nil
		for _, p := range points {
			s.lines = append(s.lines, [][2]float64{p})
		}
	case "Polygon":
		ok = json.Unmarshal(g.Coordinates, &s.lines) == nil
	case "MultiPolygon":
		ok = json.Unmarshal(g.Coordinates, &many) == nil
		for _, one := range many {
			s.lines = append(s.lines, one...)
		}
	}
	return s, ok && len(s.lines) > 0 && len(s.lines[0]) > 0
}

// draw puts all on one picture.
func draw(spots []Spot, below [][][2]float64) (d drawing) {
	if len(spots) == 0 {
		return d
	}
	var lines [][][2]float64
	for _, s := range spots {
		lines = append(lines, s.lines...)
	}
	d = frame(append(lines, below...))
	d.Outline, _ = d.path(below)
	for i := range spots {
		s := &spots[i]
		path, size := d.path(s.lines)
		s.x, s.y = d.across(s.lines[0][0][0]), d.down(s.lines[0][0][1])
		if size > mapSmall {
			s.path = path
		}
		s.lines = nil
	}
	return d
}

// frame is a picture that holds all lines, whose degrees of longitude are as long beside those of latitude as they are
// there.
func frame(lines [][][2]float64) (d drawing) {
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, line := range lines {
		for _, p := range line {
			west, east = min(west, p[0]), max(east, p[0])
			south, north = min(south, p[1]), max(north, p[1])
		}
	}
	step := stepOf(max(east-west, north-south))
	west, east = math.Floor(west/step-.1)*step, math.Ceil(east/step+.1)*step
	south, north = math.Floor(south/step-.1)*step, math.Ceil(north/step+.1)*step
	d.west, d.north, d.narrow = west, north, math.Cos((south+north)/2*math.Pi/180)
	d.scale = min((mapWidth-mapMargin)/((east-west)*d.narrow), (mapMost-mapMargin)/(north-south))
	d.Width, d.Height = d.across(east)+mapAround, d.down(south)+36
	for n := math.Round(west / step); n*step <= east+step/2; n++ {
		d.Lons = append(d.Lons, gridLine{degrees(n*step, step), d.across(n * step)})
	}
	for n := math.Round(south / step); n*step <= north+step/2; n++ {
		d.Lats = append(d.Lats, gridLine{degrees(n*step, step), d.down(n * step)})
	}
	return d
}

// stepOf is between two lines of the grid: 1, 2 or 5 of something, five lines or so.
func stepOf(span float64) float64 {
	span = max(span, .002)
	ten := math.Pow(10, math.Floor(math.Log10(span/4)))
	for _, n := range []float64{1, 2, 5} {
		if span/(n*ten) <= 6 {
			return n * ten
		}
	}
	return 10 * ten
}

func degrees(at, step float64) string {
	return strconv.FormatFloat(at, 'f', max(0, int(math.Ceil(-math.Log10(step)-1e-9))), 64) + "°"
}
