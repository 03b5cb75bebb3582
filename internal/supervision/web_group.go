package supervision

// The form in which a group is put together.

import (
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/engagement"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// groupEdit is a group as its editor sees it.
type groupEdit struct {
	Group  Group `json:"group"`
	people []part.Option
	areas  []part.Option
}

type newGroupInput struct {
	About string `json:"about" doc:"What it is about: round/ID."`
}

func newGroup(r *web.Request, in newGroupInput) (d groupEdit, err error) {
	d.Group = Group{About: in.About, Members: []Member{}, Areas: []string{}}
	for _, post := range r.User.Posts {
		if post.Role == auth.Office {
			d.Group.Office, d.Group.AreaID, d.Group.AreaPath = post.Unit, post.AreaID, post.AreaPath
			break
		}
	}
	return d, d.choices(r)
}

func editGroup(r *web.Request, in idInput) (d groupEdit, err error) {
	if d.Group, err = ReadGroup(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if _, err := plays(r.User, d.Group, d.Group.Office, office); err != nil {
		return d, err
	}
	if err := d.Group.asks(r.Tx); err != nil {
		return d, err
	}
	return d, d.choices(r)
}

// choices are the people of the area's own units, those whom its office has engaged, and the areas below.
func (d *groupEdit) choices(r *web.Request) error {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	units, err := network.UnitsOf(r.Tx, d.Group.AreaID)
	if err != nil {
		return err
	}
	d.people = []part.Option{{Label: part.T(ctx, "本系统外的人")}}
	known := map[string]bool{"": true}
	add := func(id, label string) {
		if !known[id] {
			known[id] = true
			d.people = append(d.people, part.Option{Value: id, Label: label})
		}
	}
	for _, u := range units {
		staff, err := network.Staff(r.Tx, u.Code, r.Tx.Today())
		if err != nil {
			return err
		}
		for _, p := range staff {
			add(p.PersonID, part.Name(ctx, p.Person, p.PersonEN))
		}
	}
	asked, err := engagement.Asked(r.Tx, d.Group.Office)
	if err != nil {
		return err
	}
	for _, e := range asked {
		add(e.PersonID, part.T(ctx, "%s（受聘）", e.Person))
	}
	for _, m := range d.Group.Members {
		add(m.Person, m.Name)
	}
	below, err := network.Children(r.Tx, d.Group.AreaID, r.Tx.Today())
	for _, a := range below {
		d.areas = append(d.areas, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
	}
	return err
}

// rows are the members with room for more.
func (d groupEdit) rows() []Member {
	return append(slices.Clone(d.Group.Members), make([]Member, max(3, 8-len(d.Group.Members)))...)
}

func (d groupEdit) action() string {
	if d.Group.ID == "" {
		return "/supervision/groups"
	}
	return d.Group.URL() + "/edit"
}

// memberField is a field of the n-th member, counted from 0.
func memberField(n int, of string) string { return "members[" + strconv.Itoa(n+1) + "." + of + "]" }

type groupInput struct {
	Title     string            `json:"title"`
	Members   map[string]string `json:"members" doc:"1.person or 1.name, 1.kind, 1.from, 1.part, 2.person …"`
	Areas     []string          `json:"areas" doc:"Codes of the areas that the group visits."`
	Lacks     string            `json:"lacks" doc:"Why a kind of member is missing."`
	TrainedOn string            `json:"trained_on" doc:"Day on which the members were trained."`
}

func (in groupInput) group() Group {
	g := Group{Title: in.Title, Members: []Member{}, Areas: in.Areas, Lacks: in.Lacks, TrainedOn: in.TrainedOn}
	for _, f := range numbered(in.Members) {
		m := Member{Person: f["person"], Name: f["name"], Kind: f["kind"], Unit: f["unit"], From: f["from"],
			Part: f["part"]}
		if m.Person == "" && m.Name == "" && m.From == "" {
			continue
		}
		g.Members = append(g.Members, m)
	}
	return g
}

type formInput struct {
	About string `json:"about" doc:"What it is about: round/ID."`
	groupInput
}

func groupDone(r *web.Request, g Group, flash say.Key) web.Done[Group] {
	return web.Done[Group]{To: g.URL(), Flash: part.In(r.Lang, flash), Data: g}
}

func (p pages) form(r *web.Request, in formInput) (web.Done[Group], error) {
	g := in.group()
	g.About = in.About
	g, err := p.Form(r.Tx, r.User, g)
	return groupDone(r, g, "督导组已组建。下一步：安排督导。"), err
}

type editGroupInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason" doc:"Why there is another head, once the group has been out and its head has left."`
	groupInput
}

func (p pages) editGroup(r *web.Request, in editGroupInput) (web.Done[Group], error) {
	g := in.group()
	g.ID, g.Version = in.ID, in.Version
	g, err := p.EditGroup(r.Tx, r.User, g, in.Reason)
	return groupDone(r, g, "已保存。"), err
}
