package change

// What the pages of adjustments say.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/flow"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/web/part"
)

func listPage(d listData) templ.Component { return list.Page(d.Shown) }

func (d newData) bodies(ctx context.Context) []part.Option { return options(ctx, d.Bodies) }

func options(ctx context.Context, units []network.Unit) (all []part.Option) {
	for _, u := range units {
		all = append(all, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	return all
}

func (d showData) subtitle(ctx context.Context) string {
	words := part.T(ctx, d.Adjustment.StateWords())
	if d.Adjustment.Number != "" {
		words += " · " + d.Adjustment.Number
	}
	return words
}

func (d showData) name(ctx context.Context, code string) string {
	if u, known := d.names[code]; known {
		return part.Name(ctx, u.Name, u.NameEN)
	}
	return code
}

func (d showData) lineName(ctx context.Context, l Line) string {
	var names []string
	for _, code := range l.From {
		names = append(names, d.name(ctx, code))
	}
	return part.T(ctx, l.Words()) + " · " + strings.Join(names, part.T(ctx, "、"))
}

func (d showData) versionText() string { return strconv.FormatInt(d.Adjustment.Version, 10) }

func (d showData) version() []part.Option {
	return []part.Option{{Value: "version", Label: d.versionText()}}
}

// unitOptions are the units of the day, after a first choice of none.
func (d showData) unitOptions(ctx context.Context, none string) []part.Option {
	return append([]part.Option{{Label: none}}, options(ctx, d.Units)...)
}

func (d showData) kindOptions(ctx context.Context) (all []part.Option) {
	for _, l := range d.kinds {
		name := part.Name(ctx, l.Name, l.NameEN)
		if slices.ContainsFunc(all, func(o part.Option) bool { return o.Label == name }) {
			name += "（" + l.Code + "）"
		}
		all = append(all, part.Option{Value: l.Code, Label: name})
	}
	return all
}

func seatOptions(ctx context.Context) (all []part.Option) {
	for _, s := range network.Seatings {
		all = append(all, part.Option{Value: string(s), Label: part.T(ctx, s.Words())})
	}
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b part.Option) int { // most join as members
		return boolInt(b.Value == string(network.MemberUnit)) - boolInt(a.Value == string(network.MemberUnit))
	})
	return all
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (d showData) fileOptions(ctx context.Context) []part.Option {
	all := []part.Option{{Label: part.T(ctx, "请先在办理记录里附上文件")}}
	for _, f := range d.Files {
		if f.Current() {
			all = append(all, part.Option{Value: f.ID, Label: f.Name})
		}
	}
	return all
}

// detail is what a line says beside its units.
func (l Line) detail(ctx context.Context) string {
	switch l.Kind {
	case joins, seats:
		return part.T(ctx, l.Seat.Words())
	case renames:
		return part.T(ctx, "更名为%s", part.Name(ctx, l.Name, l.NameEN))
	case duties:
		return l.Text
	}
	return ""
}

// saidOf is who was said to take over all of a kind, or one thing; Nobody if that nobody does yet.
func (l Line) saidOf(kind, object string) string {
	for _, s := range l.Shares {
		if s.Kind == kind && s.Object == object {
			if s.Unit == "" {
				return Nobody
			}
			return s.Unit
		}
	}
	return ""
}

func (d showData) previewWords(ctx context.Context) string {
	if d.Preview.Missing > 0 {
		return part.T(ctx, "%d项无人承接。先在下面指定承接单位，再预演。", d.Preview.Missing)
	}
	return part.T(ctx, "每一项都有承接单位。预演后才能报批。")
}

func (p PreviewLine) words(ctx context.Context) string {
	n := 0
	for _, g := range p.Groups {
		n += len(g.Things)
	}
	return part.T(ctx, "共%d项", n)
}

// words count a kind, by lamp where its things have one.
func (g Group) words(ctx context.Context) string {
	text := part.T(ctx, "%d项", len(g.Things))
	for _, lamp := range []string{flow.Red, flow.Blue, flow.Green, flow.Pause, flow.Grey} {
		n := 0
		for _, t := range g.Things {
			if t.Lamp == lamp {
				n++
			}
		}
		if n > 0 {
			text += " · " + part.T(ctx, part.DueWord(lamp)) + " " + strconv.Itoa(n)
		}
	}
	return text
}

func (t Thing) toWords(ctx context.Context, d showData) string {
	switch {
	case t.Stays:
		return part.T(ctx, "留在原单位")
	case t.To == "":
		return part.T(ctx, "无人承接")
	}
	return "→ " + d.name(ctx, t.To)
}

// boxes is a field of units of which several can be chosen.
func (d showData) boxes(ctx context.Context, name, label string) part.ChooseView {
	return part.ChooseView{Name: name, Label: label, Required: true,
		Groups: []part.ChooseGroup{{Code: "units", Label: part.T(ctx, "单位"), Options: options(ctx, d.Units),
			Open: true}}}
}

func (d newChangeData) roleOptions(ctx context.Context) (all []part.Option) {
	for _, l := range d.roles {
		all = append(all, part.Option{Value: l.Code, Label: part.Name(ctx, l.Name, l.NameEN)})
	}
	return all
}
