package evaluation

// The page on which a round is drafted, and the one on which its scheme is written.

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// editData is a round as its editor sees it.
type editData struct {
	Round
	Offered []plan.Plan `json:"offered_plans"`
	units   part.ChooseView
	areas   part.ChooseView
	leads   []part.Option
}

// ownArea is the area of the office of the user.
func ownArea(r *web.Request) int64 {
	for _, post := range r.User.Posts {
		if post.Role == auth.Office {
			return post.AreaID
		}
	}
	return 0
}

// choices are the fields that take units and areas.
func choices(r *web.Request, area int64) (units, areas part.ChooseView, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	units = part.ChooseView{Name: "units", Label: part.T(ctx, "参加单位")}
	areas = part.ChooseView{Name: "areas", Label: part.T(ctx, "参加地区"),
		Help: part.T(ctx, "由该地区的妇儿工委办答复。")}
	if area == 0 {
		return units, areas, nil
	}
	groups, err := network.Groups(r.Tx, area)
	if err != nil {
		return units, areas, err
	}
	for _, g := range groups {
		if g.Code != "members" && g.Code != "others" {
			continue
		}
		one := part.ChooseGroup{Code: g.Code, Label: part.T(ctx, g.Name)}
		for _, u := range g.Units {
			one.Options = append(one.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
		units.Groups = append(units.Groups, one)
	}
	below, err := network.Children(r.Tx, area, r.Tx.Today())
	all := part.ChooseGroup{Code: "below", Label: part.T(ctx, "全部下级地区")}
	for _, a := range below {
		all.Options = append(all.Options, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
	}
	if len(all.Options) > 0 {
		areas.Groups = append(areas.Groups, all)
	}
	return units, areas, err
}

func newRound(r *web.Request, _ struct{}) (d editData, err error) {
	d.Round = Round{Kind: kinds[0].Code, LegalNature: natures[0].Code, AreaID: ownArea(r), Plans: []string{},
		Leading: []Seat{}, Participants: []Participant{}, Scheme: Scheme{}, State: Draft}
	d.Offered = []plan.Plan{}
	year := r.Tx.Today()[:4]
	for _, k := range stageKinds[:len(stageKinds)-1] {
		d.Stages = append(d.Stages, Stage{Title: part.In(r.Lang, k.Word), Kind: k.Code})
	}
	if d.From, d.Until = year, year; d.AreaID == 0 {
		return d, nil
	}
	return d, d.fill(r)
}

func editRound(r *web.Request, in idInput) (d editData, err error) {
	if d.Round, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if _, err := d.plays(r.User, organiser); err != nil {
		return d, err
	}
	return d, d.fill(r)
}

func (d *editData) fill(r *web.Request) (err error) {
	if d.units, d.areas, err = choices(r, d.AreaID); err != nil {
		return err
	}
	for _, p := range d.Participants {
		if p.Area != "" {
			d.areas.Chosen = append(d.areas.Chosen, p.Area)
		} else {
			d.units.Chosen = append(d.units.Chosen, p.Unit)
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	own, err := network.UnitsOf(r.Tx, d.AreaID)
	if err != nil {
		return err
	}
	d.leads = []part.Option{{Label: part.T(ctx, "组织评估的单位")}}
	for _, u := range own {
		if u.ClosesOn == "" || u.ClosesOn > r.Tx.Today() {
			d.leads = append(d.leads, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
	}
	area, err := network.AreaByID(r.Tx, d.AreaID)
	if err != nil {
		return err
	}
	all, err := plan.Seen(r.Tx, r.User)
	for _, p := range all {
		of, err := network.AreaByID(r.Tx, p.AreaID)
		if err != nil {
			return err
		}
		if area.Within(of) {
			d.Offered = append(d.Offered, p)
		}
	}
	return err
}

func (d editData) action() string {
	if d.ID == "" {
		return "/rounds"
	}
	return d.URL() + "/edit"
}

// room is how many empty rows stand at the end of what is filled in by rows.
const room = 2

// stages are those that there are, and empty ones; of a refused form as many as were sent.
func (d editData) stages(ctx context.Context) []Stage {
	return append(slices.Clone(d.Stages), make([]Stage, sentOr(ctx, "stages", "title", len(d.Stages), room))...)
}

func (d editData) leading(ctx context.Context) []Seat {
	return append(slices.Clone(d.Leading), make([]Seat, sentOr(ctx, "leading", "unit", len(d.Leading), room))...)
}

// sentOr is how many rows to add to the loaded ones: as many as a refused form had more, else the usual.
func sentOr(ctx context.Context, name, field string, loaded, usual int) int {
	e := part.From(ctx)
	if len(e.Input) == 0 {
		return usual
	}
	sent := 0
	for e.Input.Has(at(name, sent, field)) {
		sent++
	}
	return max(0, sent-loaded)
}

// at is the name of a field in a row, counted from 0.
func at(name string, n int, field string) string {
	return name + "[" + strconv.Itoa(n+1) + "." + field + "]"
}

// schemeData is a scheme as its writer sees it.
type schemeData struct {
	Round `json:"round"`
	may   bool
}

func writing(r *web.Request, in idInput) (d schemeData, err error) {
	if d.Round, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if _, err := d.plays(r.User, organiser); err != nil {
		return d, err
	}
	d.may = d.State == Draft
	return d, nil
}

func heading(ctx context.Context, d editData) string {
	if d.ID == "" {
		return part.T(ctx, "拟订评估")
	}
	return d.Title
}

// none is what stands first where nobody need be chosen.
func none(ctx context.Context, all []part.Option) []part.Option {
	all = slices.Clone(all)
	if len(all) > 0 {
		all[0].Label = part.T(ctx, "请选择")
	}
	return all
}

func orMember(seat string) string { return cmp.Or(seat, "member") }

func toldHelp(ctx context.Context, told bool) string {
	if told {
		return part.T(ctx, "评估页上的内容会自动写入，这里只写另外要说明的。")
	}
	return ""
}
