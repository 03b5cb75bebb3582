package record

// The picture of a coverage: surroundings, what lies within them and what does not, told apart by shape and not by
// colour alone.

import (
	"fmt"

	"yipanqi/internal/db"
)

// covered is one thing on the picture: a sign at a point, or a path.
type covered struct {
	title string
	class string
	path  string
	line  string // width of a line around an outline, which shows its radius
	x, y  float64
	r     float64 // of a circle
	url   string
}

// draw lays the picture out.
func (d *coverageData) draw(tx *db.Tx) error {
	below, err := outlineOf(tx, d.k.d, d.k.places)
	if err != nil {
		return err
	}
	var lines [][][2]float64
	for _, some := range [][]LeftOut{first(d.Left), first(d.inside)} {
		for _, one := range some {
			lines = append(lines, one.lines...)
		}
	}
	for _, p := range first(d.places) {
		lines = append(lines, p.place.Lines()...)
	}
	if len(lines) == 0 {
		return nil
	}
	d.drawing = frame(append(lines, below.lines...))
	d.drawing.Outline, _ = d.drawing.path(below.lines)
	d.drawing.Approval, d.Outline = below.approval, below.use
	return nil
}

func first[T any](all []T) []T { return all[:min(len(all), mostDrawn)] }

// around are the surroundings of the places.
func (d coverageData) around() (all []covered) {
	for _, p := range first(d.places) {
		lines := p.place.Lines()
		r := d.drawing.metres(p.metres)
		if p.place.Dimension() < 2 {
			for _, line := range lines {
				for _, at := range line {
					all = append(all, covered{x: d.drawing.across(at[0]), y: d.drawing.down(at[1]), r: r})
				}
			}
			continue
		}
		path, _ := d.drawing.path(lines)
		all = append(all, covered{path: path, line: fmt.Sprintf("%.1f", 2*r)})
	}
	return all
}

// signs are the records themselves.
func (d coverageData) signs() (all []covered) {
	for _, p := range first(d.places) {
		at := p.place.Lines()[0][0]
		all = append(all, covered{title: p.rec.Title, url: p.rec.URL(),
			path: kindSign(2, d.drawing.across(at[0]), d.drawing.down(at[1]))})
	}
	return all
}

// things are those of the layers: a disc within the radius, a lozenge outside; land with a whole or a broken line.
func (d coverageData) things() (all []covered) {
	add := func(some []LeftOut, class string, sign int) {
		for _, one := range first(some) {
			x, y := d.drawing.across(one.lines[0][0][0]), d.drawing.down(one.lines[0][0][1])
			path, size := d.drawing.path(one.lines)
			if size < mapSmall/2 {
				path = kindSign(sign, x, y)
			}
			all = append(all, covered{title: one.Name, class: class, path: path})
		}
	}
	add(d.inside, "cover-in", 0)
	add(d.Left, "cover-out", 3)
	return all
}
