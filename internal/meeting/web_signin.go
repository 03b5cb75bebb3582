package meeting

// Arrivals: the host's list, the code on the host's screen, and the page that it leads a phone to.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/errs"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func signinRoutes(m *web.Mux) {
	web.View(m, "GET /meetings/{id}/list 看签到名单", VerbArrive, arrivals, arrivalsPage)
	web.Form(m, "POST /meetings/{id}/arrive 登记一人到会", VerbArrive, arrive, arrivals, arrivalsPage)
	web.Form(m, "POST /meetings/{id}/leave 撤销一人签到", VerbLeave, leave, arrivals, arrivalsPage)
	web.View(m, "GET /meetings/{id}/admit 打开现场登记页", VerbArrive, admitting, admitPage)
	web.Form(m, "POST /meetings/{id}/admit 现场登记未报名的人", VerbArrive, admit, admitting, admitPage)
	web.View(m, "GET /meetings/{id}/screen 看会场屏幕和签到码", VerbArrive, screen, screenPage)
	web.View(m, "GET /arrive/{id}/{code} 打开手机签到页", web.Public, signing, signinPage)
	web.Form(m, "POST /arrive/{id}/{code} 手机签到", web.Public, signIn, signing, signinPage)
}

// arrivalsData is the list that the host ticks; others see who is named of their own units.
type arrivalsData struct {
	ID          string     `json:"id"`
	Invitations []invited  `json:"invitations"`
	Attendance  Attendance `json:"attendance"`
	Open        bool       `json:"open"` // arrivals can be ticked now

	m      Meeting
	units  names
	closed string // why not
}

func arrivals(r *web.Request, in idInput) (d arrivalsData, err error) {
	if d.m, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	_, notHost := d.m.plays(r.Tx, r.User, Host)
	if notHost != nil && errs.KindOf(notHost) != errs.Denied {
		return d, notHost
	}
	own, err := speaksFor(r.Tx, r.User)
	if err != nil {
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
	for _, i := range all {
		_, mine := own[i.Unit]
		d.Invitations = append(d.Invitations, invitedOf(i, coming[i.ID], mine || notHost == nil))
	}
	d.Attendance = attendance(all, coming)
	_, step := life.Step(string(d.m.State), VerbArrive)
	switch err := d.m.listOpen(r.Tx); {
	case notHost != nil:
		d.closed = errs.WordsOf(notHost).In(r.Lang, part.English)
	case errs.KindOf(err) == errs.Conflict:
		d.closed = errs.WordsOf(err).In(r.Lang, part.English)
	case err != nil:
		return d, err
	default:
		d.Open = step
	}
	return d, nil
}

// Table is the list as a sheet to sign on: position and post, no private phones.
func (d arrivalsData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "arrivals", Columns: []table.Column{{Name: "单位"}, {Name: "参会身份"}, {Name: "姓名"},
		{Name: "职务"}, {Name: "层级"}, {Name: "代会"}, {Name: "请假"}, {Name: "签到时间"}, {Name: "签到方式"}}}
	for _, i := range d.Invitations {
		name := part.Name(ctx, d.units[i.Unit].Name, d.units[i.Unit].NameEN)
		capacity := part.T(ctx, wordOf(capacities, i.Capacity))
		if len(i.People) == 0 {
			t.Rows = append(t.Rows, []string{name, capacity, "", "", "", "", "", "", ""})
		}
		for _, p := range i.People {
			how := ""
			if p.CheckIn != "" {
				how = part.T(ctx, wordOf(checkIns, p.CheckIn))
			}
			t.Rows = append(t.Rows, []string{name, capacity, p.Name, p.Title, part.T(ctx, wordOf(levels, p.Level)),
				p.StandsInFor, p.Excuse, p.ArrivedAt, how})
		}
	}
	return t
}

type personInput struct {
	ID       string `json:"id"`
	Attendee string `json:"attendee" doc:"Identifier of somebody whom a reply names."`
}

// arrived tells a program who came when.
type arrived struct {
	Attendee  string `json:"attendee"`
	Name      string `json:"name"`
	ArrivedAt string `json:"arrived_at,omitempty"`
	CheckIn   string `json:"check_in,omitempty"`
}

func arrivedOf(a Attendee) (d arrived) {
	d = arrived{Attendee: a.ID, Name: a.Name, CheckIn: a.CheckIn}
	if a.Present() {
		d.ArrivedAt = clock(a.ArrivedAt)
	}
	return d
}

func arrive(r *web.Request, in personInput) (web.Done[arrived], error) {
	a, err := Arrive(r.Tx, r.User, in.ID, in.Attendee)
	return web.Done[arrived]{To: "/meetings/" + in.ID + "/list#p-" + a.ID, Data: arrivedOf(a)}, err
}

func leave(r *web.Request, in personInput) (web.Done[arrived], error) {
	a, err := Leave(r.Tx, r.User, in.ID, in.Attendee)
	return web.Done[arrived]{To: "/meetings/" + in.ID + "/list#p-" + a.ID, Data: arrivedOf(a)}, err
}

type admitInput struct {
	ID         string `json:"id"`
	Invitation string `json:"invitation" doc:"Identifier of a unit's invitation."`
	Name       string `json:"name" doc:"Name of the person; in a reply by the person's number."`
	Title      string `json:"title" doc:"Title; in a reply by person."`
	Level      string `json:"level" enum:"head,deputy,liaison,statistician,any" doc:"Level, of a person or asked for."`
	StandsIn   string `json:"stands_in_for" doc:"For whom somebody comes."`
}

func admitting(r *web.Request, in idInput) (d arrivalsData, err error) {
	m, _, err := take(r.Tx, r.User, in.ID, VerbArrive)
	if err == nil {
		err = m.listOpen(r.Tx)
	}
	if err != nil && errs.KindOf(err) != errs.Denied { // who may not put anybody down sees who came, as on the list
		return d, err
	}
	return arrivals(r, in)
}

func admit(r *web.Request, in admitInput) (web.Done[arrived], error) {
	a, err := Admit(r.Tx, r.User, in.ID, in.Invitation, Attendee{Name: in.Name, Title: in.Title, Level: in.Level,
		StandsInFor: in.StandsIn})
	return web.Done[arrived]{To: "/meetings/" + in.ID + "/list#p-" + a.ID,
		Flash: part.In(r.Lang, "%s已登记到会。", a.Name), Data: arrivedOf(a)}, err
}

// screenData is what the room sees: the code while it holds, the agenda, how many came.
type screenData struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Address    string     `json:"address,omitempty"` // that the code leads to
	Agenda     []item     `json:"agenda"`
	Attendance Attendance `json:"attendance"`

	m     Meeting
	units names
	qr    part.QR
	why   string // there is no code
}

func screen(r *web.Request, in idInput) (d screenData, err error) {
	list, err := arrivals(r, in)
	if err != nil {
		return d, err
	}
	d = screenData{ID: list.ID, Title: list.m.Title, Attendance: list.Attendance, m: list.m, units: list.units,
		Agenda: []item{}}
	agenda, err := agendaOf(r.Tx, d.ID)
	if err != nil {
		return d, err
	}
	for _, a := range agenda {
		d.Agenda = append(d.Agenda, itemOf(a))
	}
	_, code, err := CodeNow(r.Tx, r.User, in.ID)
	if kind := errs.KindOf(err); kind == errs.Conflict || kind == errs.Denied {
		d.why = errs.WordsOf(err).In(r.Lang, part.English)
		return d, nil
	}
	if err != nil {
		return d, err
	}
	d.Address = r.Site + "/arrive/" + d.ID + "/" + code
	d.qr, err = part.NewQR(d.Address)
	return d, err
}

type codeInput struct {
	ID   string `json:"id"`
	Code string `json:"code" doc:"Code that the host's screen shows."`
}

// signingData is what a phone sees: the meeting's name, and the units that are asked; no names.
type signingData struct {
	Title  string      `json:"title"`
	Starts string      `json:"starts"`
	Place  string      `json:"place,omitempty"`
	Units  []askedUnit `json:"units"`

	m     Meeting
	code  string
	mine  string // a unit that the reader speaks for
	name  string // of the reader
	there string // at what time the reader signed in
}

// askedUnit is a unit that is asked to come.
type askedUnit struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEN string `json:"name_en,omitempty"`
}

func signing(r *web.Request, in codeInput) (d signingData, err error) {
	if d.m, err = ByCode(r.Tx, in.ID, in.Code); err != nil {
		return d, err
	}
	d.Title, d.Starts, d.Place, d.code, d.Units = d.m.Title, clock(d.m.Starts), d.m.Place, in.Code, []askedUnit{}
	units, err := unitNames(r.Tx, r.User)
	if err != nil {
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
	for _, i := range all {
		u := units[i.Unit]
		d.Units = append(d.Units, askedUnit{u.Code, u.Name, u.NameEN})
		at := slices.IndexFunc(coming[i.ID], func(a Attendee) bool { return r.User.Known() && a.PersonID == r.User.ID })
		if _, mine := own[i.Unit]; at >= 0 || mine && d.mine == "" {
			d.mine = i.Unit
		}
		if at >= 0 {
			if d.name = coming[i.ID][at].Name; coming[i.ID][at].Present() {
				d.there = clock(coming[i.ID][at].ArrivedAt)
			}
		}
	}
	return d, err
}

type signInput struct {
	ID   string `json:"id"`
	Code string `json:"code" doc:"Code that the host's screen shows."`
	Unit string `json:"unit"`
	Name string `json:"name" doc:"Name of the person; in a reply by the person's number."`
}

// welcome is the answer to who signed in: a page of its own, for the code does not hold for long.
type welcome struct {
	Title     string `json:"title"`
	Name      string `json:"name"`
	ArrivedAt string `json:"arrived_at"`
}

func signIn(r *web.Request, in signInput) (welcome, error) {
	m, err := ByCode(r.Tx, in.ID, in.Code)
	if err != nil {
		return welcome{}, err
	}
	a, err := SignIn(r.Tx, r.User, in.ID, in.Code, in.Unit, in.Name)
	return welcome{m.Title, a.Name, clock(a.ArrivedAt)}, err
}

func seatsWords(ctx context.Context, i invited) string {
	return part.T(ctx, wordOf(levels, i.Level)) + " " + strconv.Itoa(i.Seats)
}
