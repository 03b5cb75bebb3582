package meeting

// A meeting as its page and programs are told it, cut down to what the reader may see.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

// showData is a meeting with its trail.
type showData struct {
	Meeting shown         `json:"meeting"`
	About   []module.Card `json:"about"` // what other modules have to say of it
	Trail   []trail.Line  `json:"trail"`

	m       Meeting
	kind    Kind
	units   names
	host    bool // the reader is on the host's side
	inside  bool // and may see who is named
	lists   bool // and may print who is to come
	attests bool // and who was trained
	trail   trail.Data
	mine    []invited // of the units that the reader speaks for
	before  []openDecision
	letters []letterView
	minutes Minutes
	steps   []string // of the minutes that the reader may take now
	contact string   // of the notice: who writes it
}

// shown is a meeting as programs read it.
type shown struct {
	ID          string     `json:"id"`
	Number      string     `json:"number"`
	Title       string     `json:"title"`
	State       State      `json:"state"`
	Lamp        string     `json:"lamp"`
	Due         string     `json:"due"`
	Version     int64      `json:"version"`
	Kind        string     `json:"kind"`
	Session     string     `json:"session,omitempty"`
	Host        string     `json:"host"`
	CoHosts     []string   `json:"co_hosts,omitempty"`
	Starts      string     `json:"starts"`
	Ends        string     `json:"ends"`
	Form        string     `json:"form"`
	Place       string     `json:"place,omitempty"`
	ChairUnit   string     `json:"chair_unit"`
	ChairRole   string     `json:"chair_role,omitempty"`
	About       string     `json:"about,omitempty"`
	PreparedBy  string     `json:"prepared_by,omitempty"`
	Scope       string     `json:"scope,omitempty"`
	ReplyBy     string     `json:"reply_by,omitempty"`
	Reason      string     `json:"reason,omitempty"`
	Source      string     `json:"source,omitempty"`
	SourceURL   string     `json:"source_url,omitempty"`
	Agenda      []item     `json:"agenda"`
	Invitations []invited  `json:"invitations"`
	Attendance  Attendance `json:"attendance"`
	Decisions   []decided  `json:"decisions"`
	Minutes     *minuted   `json:"minutes,omitempty"`
	Actions     []string   `json:"actions"` // what the reader may do now
}

// item is an item of the agenda.
type item struct {
	ID          string   `json:"id"`
	Number      int      `json:"number"`
	Title       string   `json:"title"`
	Kind        string   `json:"kind"`
	SpeakerUnit string   `json:"speaker_unit,omitempty"`
	Speaker     string   `json:"speaker,omitempty"`
	Minutes     int      `json:"minutes,omitempty"`
	Paper       string   `json:"paper,omitempty"`
	VisibleTo   string   `json:"visible_to"`
	Outcome     string   `json:"outcome,omitempty"`
	Subjects    []string `json:"subjects,omitempty"`
	Hours       string   `json:"hours,omitempty"`
	Teacher     string   `json:"teacher,omitempty"`
	Files       []paper  `json:"files,omitempty"`

	Opinions []Consulted `json:"opinions,omitempty"` // on its papers
}

// paper is a file that lies on an item.
type paper struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// invited is a unit that is asked to come, and what it said.
type invited struct {
	ID        string   `json:"id"`
	Unit      string   `json:"unit"`
	Capacity  string   `json:"capacity"`
	Level     string   `json:"level"`
	Seats     int      `json:"seats"`
	RepliedAt string   `json:"replied_at,omitempty"`
	Coming    int      `json:"coming"`
	Excused   int      `json:"excused"`
	Present   int      `json:"present"`
	People    []person `json:"people,omitempty"` // for the host and the unit itself

	i Invitation
}

// person is one who is named in a reply.
type person struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Title       string `json:"title,omitempty"`
	Level       string `json:"level"`
	Excuse      string `json:"excuse,omitempty"`
	StandsInFor string `json:"stands_in_for,omitempty"`
	ArrivedAt   string `json:"arrived_at,omitempty"`
	CheckIn     string `json:"check_in,omitempty"`

	scores map[string]string // of tests, by item
}

// minuted are minutes: by whom, not their text.
type minuted struct {
	State     string `json:"state"`
	DraftedBy string `json:"drafted_by"`
	Letter    string `json:"letter,omitempty"`
	Number    string `json:"number,omitempty"`
	IssuedAt  string `json:"issued_at,omitempty"`
	Version   int64  `json:"version"`
}

// names are all units by code.
type names map[string]named

type named struct {
	network.Unit
	url string // its page, if the reader may look there
}

func unitNames(tx *db.Tx, by auth.User) (names, error) {
	all, err := network.AllUnits(tx)
	known := names{}
	for _, u := range all {
		url, err := network.UnitURL(tx, by, u)
		if err != nil {
			return nil, err
		}
		known[u.Code] = named{u, url}
	}
	return known, err
}

// Around is what other modules have to say of a thing; nil: nothing.
type Around func(*db.Tx, auth.User, module.Of) ([]module.Card, error)

// show is a meeting with what became of it elsewhere.
func (a Around) show(r *web.Request, in idInput) (d showData, err error) {
	if d, err = show(r, in); err != nil || a == nil {
		return d, err
	}
	cards, err := a(r.Tx, r.User, module.Of{Kind: "meeting", Code: d.m.ID, Path: d.m.AreaPath})
	d.About = append(d.About, cards...)
	return d, err
}

func show(r *web.Request, in idInput) (d showData, err error) {
	d.About = []module.Card{}
	if d.m, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if d.units, err = unitNames(r.Tx, r.User); err != nil {
		return d, err
	}
	if d.kind, err = KindOf(r.Tx, d.m.Kind); err != nil {
		return d, err
	}
	due, err := dueRule(r.Tx)
	if err != nil {
		return d, err
	}
	_, notHost := d.m.plays(r.Tx, r.User, Host)
	d.host = notHost == nil
	d.inside = d.m.inside(r.Tx, r.User)
	d.lists, d.attests = d.inside && r.User.Can(VerbArrive), d.inside && r.User.Can(VerbScore)
	m := d.m
	d.Meeting = shown{ID: m.ID, Number: m.Number, Title: m.Title, State: m.State, Version: m.Version, Kind: m.Kind,
		Session: m.Session, Host: m.Host, CoHosts: m.CoHosts, Starts: clock(m.Starts), Ends: clock(m.Ends),
		Form:  m.Form,
		Place: m.Place, ChairUnit: m.ChairUnit, ChairRole: m.ChairRole, About: m.About, PreparedBy: m.PreparedBy,
		Scope: m.Scope, ReplyBy: m.ReplyBy, Reason: m.Reason, Source: m.Source, SourceURL: m.SourceURL,
		Due: due.next(m, d.kind), Actions: []string{}}
	d.Meeting.Lamp = flow.Lamp(d.Meeting.Due, r.Tx.Today(), flow.Near)
	for _, st := range m.Open(r.Tx, r.User) {
		d.Meeting.Actions = append(d.Meeting.Actions, st.Verb)
	}
	for _, read := range []func(*web.Request) error{d.readAgenda, d.readInvited, d.readMinutes, d.readDecisions,
		d.readLetters} {
		if err := read(r); err != nil {
			return d, err
		}
	}
	if d.trail, err = trail.Read(r.Tx, r.User, Trail(), m.ID); err != nil {
		return d, err
	}
	d.Trail = d.trail.Lines
	return d, nil
}

func (d *showData) readAgenda(r *web.Request) error {
	agenda, err := agendaOf(r.Tx, d.m.ID)
	if err != nil {
		return err
	}
	d.Meeting.Agenda = []item{}
	for _, a := range agenda {
		open, err := d.m.shows(r.Tx, r.User, a)
		if err != nil {
			return err
		}
		one := itemOf(a)
		if open {
			files, err := evidence.Of(r.Tx, a.Object())
			if err != nil {
				return err
			}
			for _, f := range files {
				if f.Current() {
					one.Files = append(one.Files, paper{f.ID, f.Name})
				}
			}
			if one.Opinions, err = consulted(r.Tx, a); err != nil {
				return err
			}
		}
		d.Meeting.Agenda = append(d.Meeting.Agenda, one)
	}
	return nil
}

func itemOf(a AgendaItem) item {
	return item{ID: a.ID, Number: a.Number, Title: a.Title, Kind: a.Kind, SpeakerUnit: a.SpeakerUnit,
		Speaker: a.Speaker, Minutes: a.Minutes, Paper: a.Paper, VisibleTo: a.VisibleTo, Outcome: a.Outcome,
		Subjects: a.Subjects, Hours: a.Hours, Teacher: a.Teacher}
}

// readInvited tells people apart by who asks: names are for the host's side and the unit itself.
func (d *showData) readInvited(r *web.Request) error {
	all, err := invitationsOf(r.Tx, d.m.ID)
	if err != nil {
		return err
	}
	coming, err := attendeesOf(r.Tx, d.m.ID)
	if err != nil {
		return err
	}
	own, err := speaksFor(r.Tx, r.User)
	if err != nil {
		return err
	}
	d.Meeting.Invitations = []invited{}
	for _, i := range all {
		_, mine := own[i.Unit]
		one := invitedOf(i, coming[i.ID], mine || d.inside)
		d.Meeting.Invitations = append(d.Meeting.Invitations, one)
		if mine {
			d.mine = append(d.mine, one)
		}
	}
	d.Meeting.Attendance = attendance(all, coming)
	return nil
}

func invitedOf(i Invitation, people []Attendee, named bool) invited {
	one := invited{ID: i.ID, Unit: i.Unit, Capacity: i.Capacity, Level: i.Level, Seats: i.Seats, i: i}
	if !i.RepliedAt.IsZero() {
		one.RepliedAt = clock(i.RepliedAt)
	}
	for _, a := range byPosition(people) {
		p := person{ID: a.ID, Name: a.Name, Title: a.Title, Level: a.Level, Excuse: a.Excuse,
			StandsInFor: a.StandsInFor,
			CheckIn:     a.CheckIn, scores: a.Scores}
		if a.Excuse != "" {
			one.Excused++
		} else {
			one.Coming++
		}
		if a.Present() {
			p.ArrivedAt = clock(a.ArrivedAt)
			one.Present++
		}
		if named {
			one.People = append(one.People, p)
		}
	}
	return one
}

func (d *showData) readMinutes(r *web.Request) error {
	n, found, err := minutesOf(r.Tx, d.m.ID)
	if err != nil {
		return err
	}
	for _, st := range ofMinutes.Open(r.User, d.m.minutesAs(r.Tx, r.User, n)) {
		d.steps = append(d.steps, st.Verb)
	}
	if !found {
		return nil
	}
	d.minutes = n
	d.Meeting.Minutes = &minuted{State: n.State, DraftedBy: n.DraftedBy, Letter: n.Letter, Number: n.Number,
		Version: n.Version}
	if !n.IssuedAt.IsZero() {
		d.Meeting.Minutes.IssuedAt = clock(n.IssuedAt)
	}
	return nil
}

// may says whether the reader may take a step now.
func (d showData) may(verb string) bool {
	return slices.Contains(d.Meeting.Actions, verb) || slices.Contains(d.steps, verb)
}
