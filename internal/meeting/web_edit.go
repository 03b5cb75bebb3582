package meeting

// The forms of a meeting: itself, an item of its agenda, whom it asks, its notice, another time, a unit's reply.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// editData is a meeting to be filled in.
type editData struct {
	ID      string `json:"id,omitempty"`
	Version int64  `json:"version,omitempty"`
	Title   string `json:"title,omitempty"`

	m       Meeting
	kinds   []Kind
	hosts   []part.Option
	units   []part.Option
	roles   []part.Option
	before  []part.Option // meetings that may have prepared this one
	coHosts part.ChooseView
}

func newMeeting(r *web.Request, _ struct{}) (d editData, err error) {
	host, err := homeOf(r.User)
	if err != nil {
		return d, err
	}
	d.m = Meeting{Host: host.Unit, Form: Room}
	unit, err := network.UnitByCode(r.Tx, host.Unit)
	if err != nil {
		return d, err
	}
	if d.m.ChairUnit = unit.Parent; host.Role != auth.Office || unit.Parent == "" {
		d.m.ChairUnit = unit.Code
	}
	d.m.ChairRole = auth.Leader
	if host.Role == auth.Office {
		d.m.ChairRole = auth.CommitteeChief
	}
	return d, d.offer(r)
}

// homeOf is the post from which the user holds meetings.
func homeOf(by auth.User) (auth.Post, error) {
	for _, role := range []string{auth.Office, auth.Liaison} {
		for _, p := range by.Posts {
			if p.Role == role {
				return p, nil
			}
		}
	}
	return auth.Post{}, errs.Deniedf("筹备会议的须是妇儿工委办工作人员或联络员。")
}

func edit(r *web.Request, in idInput) (d editData, err error) {
	if d.m, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.ID, d.Version, d.Title = d.m.ID, d.m.Version, d.m.Title
	return d, d.offer(r)
}

// offer fills in what can be chosen from: units of the host's area and of the areas directly below it.
func (d *editData) offer(r *web.Request) (err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	if d.kinds, err = Kinds(r.Tx); err != nil {
		return err
	}
	if d.coHosts, err = chooser(r.Tx, ctx, d.m, "co_hosts", nil); err != nil {
		return err
	}
	d.coHosts.Label, d.coHosts.Chosen = part.T(ctx, "协办单位"), d.m.CoHosts
	units, err := unitsAround(r.Tx, d.m.Host)
	if err != nil {
		return err
	}
	day := r.Tx.Today()
	if !d.m.Starts.IsZero() {
		day = d.m.Day()
	}
	for _, u := range units {
		if u.OpensOn > day || u.ClosesOn != "" && u.ClosesOn <= day {
			continue
		}
		option := part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)}
		d.units = append(d.units, option)
		at := Meeting{Host: u.Code}
		if _, err := at.plays(r.Tx, r.User, Host); err == nil {
			d.hosts = append(d.hosts, option)
		} else if errs.KindOf(err) != errs.Denied {
			return err
		}
	}
	labels, err := network.Labels(r.Tx, "role")
	if err != nil {
		return err
	}
	for _, role := range []string{auth.CommitteeChief, auth.Leader, auth.Office} {
		d.roles = append(d.roles, part.Option{Value: role, Label: roleName(ctx, labels, role)})
	}
	recent, err := beforeMeeting(r.Tx, d.m)
	d.before = []part.Option{{Label: part.T(ctx, "没有")}}
	for _, m := range recent {
		d.before = append(d.before, part.Option{Value: m.ID, Label: m.Day() + " " + m.Title})
	}
	return err
}

// unitsAround are the units of the area of a unit and of the areas directly below it, in their order.
func unitsAround(tx *db.Tx, code string) (all []network.Unit, err error) {
	unit, err := network.UnitByCode(tx, code)
	if err != nil {
		return nil, err
	}
	if all, err = network.UnitsOf(tx, unit.AreaID); err != nil {
		return nil, err
	}
	below, err := network.Children(tx, unit.AreaID, "")
	for _, area := range below {
		units, err := network.UnitsOf(tx, area.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, units...)
	}
	return all, err
}

// itemData is an item of an agenda, to be read or filled in, with its papers.
type itemData struct {
	Meeting string     `json:"meeting"`
	Item    item       `json:"item"`
	Trail   trail.Data `json:"papers"`

	layOpen string

	m      Meeting
	units  []part.Option
	mayPut bool
}

func newItem(r *web.Request, in idInput) (d itemData, err error) {
	if d.m, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.Meeting, d.Item = d.m.ID, item{Kind: itemKinds[0].Code, VisibleTo: visibles[0].Code}
	return d, d.offer(r)
}

func showItem(r *web.Request, in idInput) (d itemData, err error) {
	a, m, err := readItem(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	d.m, d.Meeting, d.Item = m, m.ID, itemOf(a)
	if d.Trail, err = trail.Read(r.Tx, r.User, papers(), a.ID); err != nil {
		return d, err
	}
	if d.Item.Opinions, err = consulted(r.Tx, a); err != nil {
		return d, err
	}
	if d.layOpen, err = layOpenURL(r.Tx, r.User, m, a); err != nil {
		return d, err
	}
	return d, d.offer(r)
}

func (d *itemData) offer(r *web.Request) error {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, st := range d.m.Open(r.Tx, r.User) {
		d.mayPut = d.mayPut || st.Verb == VerbAgenda
	}
	units, err := unitsAround(r.Tx, d.m.Host)
	d.units = []part.Option{{Label: part.T(ctx, "没有")}}
	for _, u := range units {
		d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	return err
}

// inviteData is who can be asked, and who is.
type inviteData struct {
	ID          string    `json:"id"`
	Invitations []invited `json:"invitations"`

	m     Meeting
	units names
	free  part.ChooseView // units that are not asked yet
}

func inviting(r *web.Request, in idInput) (d inviteData, err error) {
	if d.m, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.ID, d.Invitations = d.m.ID, []invited{}
	if d.units, err = unitNames(r.Tx, r.User); err != nil {
		return d, err
	}
	all, err := invitationsOf(r.Tx, d.m.ID)
	if err != nil {
		return d, err
	}
	coming, err := attendeesOf(r.Tx, d.m.ID)
	if err != nil {
		return d, err
	}
	asked := map[string]bool{}
	for _, i := range all {
		asked[i.Unit] = true
		d.Invitations = append(d.Invitations, invitedOf(i, coming[i.ID], false))
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	d.free, err = chooser(r.Tx, ctx, d.m, "units", func(code string) bool { return asked[code] })
	d.free.Label, d.free.Required = part.T(ctx, "单位"), true
	return d, err
}

// notifyData is what a meeting lacks before its notice goes out.
type notifyData struct {
	ID     string   `json:"id"`
	Lacks  []string `json:"lacks"`
	Letter string   `json:"letter,omitempty"` // number of the notice, once it is issued
	Body   string   `json:"body,omitempty"`   // proposed for it until then

	m    Meeting
	late string // the limit that the notice comes later than; '' = in time
	show showData
}

func notifying(r *web.Request, in idInput) (d notifyData, err error) {
	if d.m, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.ID, d.Lacks = d.m.ID, []string{}
	err = ready(r.Tx, d.m)
	for _, words := range errs.FieldsOf(err).First() {
		d.Lacks = append(d.Lacks, words.In(r.Lang, part.English))
	}
	if err != nil && errs.KindOf(err) != errs.Invalid {
		return d, err
	}
	if d.Letter, err = noticeOf(r.Tx, d.m); err != nil && errs.KindOf(err) != errs.Conflict {
		return d, err
	}
	if d.show, err = show(r, in); err != nil {
		return d, err
	}
	if d.show.contact, err = contact(r.Tx, r.User, d.m.Host); err != nil {
		return d, err
	}
	if d.m.State == Draft && len(d.Lacks) == 0 && d.Letter == "" {
		d.Body = d.show.noticeText()
	}
	limit, short, err := noticeShort(r.Tx, d.m)
	if short {
		d.late = limit.In(r.Lang)
	}
	return d, err
}

// contact is who writes, with the phone of their office, for those who have a question.
func contact(tx *db.Tx, by auth.User, host string) (string, error) {
	staff, err := network.Staff(tx, host, "")
	for _, p := range staff {
		if p.Person == by.Name {
			return strings.TrimSpace(by.Name + " " + p.Phone), err
		}
	}
	return by.Name, err
}

// changeData is a meeting that may be moved or called off.
type changeData struct {
	ID string `json:"id"`

	m       Meeting
	actions []string
}

func changing(r *web.Request, in idInput) (d changeData, err error) {
	if d.m, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.ID = d.m.ID
	for _, st := range d.m.Open(r.Tx, r.User) {
		d.actions = append(d.actions, st.Verb)
	}
	return d, nil
}

func (d changeData) may(verb string) bool { return slices.Contains(d.actions, verb) }

type replyingInput struct {
	ID         string `json:"id"`
	Invitation string `json:"invitation" doc:"Identifier of a unit's invitation."`
}

// replyData is one unit's reply to be filled in.
type replyData struct {
	ID          string    `json:"id"`
	Invitations []invited `json:"invitations"` // of the units that the reader speaks for

	m     Meeting
	units names
	at    int           // the one that is filled in
	staff []part.Option // names that can be chosen
	open  bool
}

func replying(r *web.Request, in replyingInput) (d replyData, err error) {
	if d.m, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.ID, d.Invitations = d.m.ID, []invited{}
	if d.units, err = unitNames(r.Tx, r.User); err != nil {
		return d, err
	}
	own, err := speaksFor(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	all, err := invitationsOf(r.Tx, d.m.ID)
	if err != nil {
		return d, err
	}
	coming, err := attendeesOf(r.Tx, d.m.ID)
	if err != nil {
		return d, err
	}
	for _, i := range all {
		if _, mine := own[i.Unit]; !mine {
			continue
		}
		if d.Invitations = append(d.Invitations, invitedOf(i, coming[i.ID], true)); i.ID == in.Invitation {
			d.at = len(d.Invitations) - 1
		}
	}
	if len(d.Invitations) == 0 {
		return d, nil
	}
	for _, st := range d.m.Open(r.Tx, r.User) {
		d.open = d.open || st.Verb == VerbReply
	}
	staff, err := staffOf(r.Tx, d.Invitations[d.at].Unit, d.m.Day())
	for _, p := range staff {
		d.staff = append(d.staff, part.Option{Value: p.Person})
	}
	return d, err
}

// rows are how many people the form asks for: as many as there are seats, and one who cannot come.
func (d replyData) rows() int {
	one := d.Invitations[d.at]
	return max(min(one.Seats, 20)+1, len(one.People)+1)
}

// person is who stands in a row of the form, from 1.
func (d replyData) person(n int) person {
	if people := d.Invitations[d.at].People; n <= len(people) {
		return people[n-1]
	}
	return person{Level: d.Invitations[d.at].Level}
}
