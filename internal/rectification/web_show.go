package rectification

// The page of one plan and the form in which it is written.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// showData is a plan for its reader.
type showData struct {
	Plan    Plan       `json:"rectification"`
	Actions []string   `json:"actions"`
	Trail   trail.Data `json:"trail"`

	m     matter.Matter // as its reader may see it
	unit  network.Unit
	items map[string]matter.Item
	names map[string]network.Unit
	today string
	shut  bool // the draft is not the reader's
}

func show(r *web.Request, in idInput) (d showData, err error) {
	if d.Plan, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	whole, err := Get(r.Tx, in.ID)
	if err != nil {
		return d, err
	}
	d.today, d.shut, d.Actions = r.Tx.Today(), !whole.reads(r.User), []string{}
	for _, st := range life.Open(r.User, whole.as(r.User)) {
		if !slices.Contains(d.Actions, st.Verb) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if err := d.around(r.Tx, d.Plan); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.Plan.ID)
	return d, err
}

// around reads what the plan names.
func (d *showData) around(tx *db.Tx, p Plan) (err error) {
	if d.m, err = matter.Get(tx, p.MatterID); err != nil {
		return err
	}
	if d.unit, err = network.UnitByCode(tx, p.Unit); err != nil {
		return err
	}
	d.items, d.names = map[string]matter.Item{}, map[string]network.Unit{p.Unit: d.unit}
	for _, i := range d.m.Items {
		d.items[i.ID] = i
	}
	for _, l := range p.Lines {
		if l.Unit == "" {
			continue
		}
		if d.names[l.Unit], err = network.UnitByCode(tx, l.Unit); err != nil {
			return err
		}
	}
	return nil
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// what is the text of a point: the item's own, or that of the new one.
func (d showData) what(l Line) string {
	if i, known := d.items[l.Item]; known {
		return i.Text
	}
	return l.Text
}

// until is the day of a point.
func (d showData) until(l Line) string {
	if i, known := d.items[l.Item]; known {
		return i.Due
	}
	return l.Due
}

// whose is the unit of a point.
func (d showData) whose(ctx context.Context, l Line) string {
	u := d.unit
	if l.Unit != "" {
		u = d.names[l.Unit]
	}
	return part.Name(ctx, u.Name, u.NameEN)
}

func (p Plan) version() string { return strconv.FormatInt(p.Version, 10) }

// pageOf is the page of an object.
func pageOf(object string) string { return "/" + strings.Replace(object, "/", "s/", 1) }

// causes are the words for kinds of cause.
func causes(ctx context.Context, l Line) string {
	codes, words := matter.CauseKinds()
	var all []string
	for n, code := range codes {
		if slices.Contains(l.CauseKinds, code) {
			all = append(all, part.T(ctx, words[n]))
		}
	}
	return part.Join(ctx, all)
}

// Head is somebody who may lead a plan.
type Head struct {
	Post string `json:"post"`
	Name string `json:"name"`
}

// editData is a plan as its writer sees it.
type editData struct {
	showData
	Heads  []Head `json:"heads"` // who may lead it
	heads  []part.Option
	words  []part.Option
	points []Line // those written, then what the unit owes and has not written of, then an empty one
}

func edit(r *web.Request, in idInput) (d editData, err error) {
	if d.showData, err = show(r, in); err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	heads, err := Heads(r.Tx, d.Plan)
	if err != nil {
		return d, err
	}
	d.heads = []part.Option{{Label: part.T(ctx, "请选择")}}
	d.Heads = []Head{}
	for _, h := range heads {
		d.Heads = append(d.Heads, Head{h.ID, h.Person})
		d.heads = append(d.heads, part.Option{Value: h.ID, Label: part.Name(ctx, h.Person, h.PersonEN)})
	}
	known, err := words(r.Tx, r.User, d.Plan)
	if err != nil {
		return d, err
	}
	d.words = options(ctx, "没有", known)
	d.points = slices.Clone(d.Plan.Lines)
	for _, i := range d.m.Items {
		has := slices.ContainsFunc(d.points, func(l Line) bool { return l.Item == i.ID })
		if i.Unit == d.Plan.Unit && !has && i.Adopts() {
			d.points = append(d.points, Line{Item: i.ID, CauseKinds: i.CauseKinds, Cause: i.Cause, Steps: i.Steps})
		}
	}
	d.points = append(d.points, Line{})
	return d, nil
}

// room are the measures of a point with room for more.
func room(l Line) []matter.Step {
	return append(slices.Clone(l.Steps), make([]matter.Step, max(1, 3-len(l.Steps)))...)
}

// held are the sessions with room for one more.
func (d editData) held() []Session { return append(slices.Clone(d.Plan.Sessions), Session{}) }

// name is a field of the n-th point or session, counted from 0.
func name(field string, n int, of string) string {
	return field + "[" + strconv.Itoa(n+1) + "." + of + "]"
}

// hidden are what a button sends along.
func hidden(d showData) []part.Option {
	return []part.Option{{Value: "version", Label: d.Plan.version()}}
}
