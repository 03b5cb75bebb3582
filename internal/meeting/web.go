package meeting

// Routes of meetings. What a page shows is web_show.go's, arrivals are web_signin.go's, minutes and decisions
// web_minutes.go's, training web_training.go's.

import (
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes registers the module's pages.
func Routes(m *web.Mux, around Around) {
	web.View(m, "GET /meetings 列出会议", VerbRead, showList, listPage)
	web.View(m, "GET /meetings/new 填写新会议", VerbDraft, newMeeting, editPage)
	web.Form(m, "POST /meetings 筹备一次会议", VerbDraft, plan, newMeeting, editPage)
	web.View(m, "GET /meetings/{id} 看一次会议", VerbRead, around.show, showPage)
	web.View(m, "GET /meetings/{id}/edit 打开会议的修改页", VerbDraft, opening(VerbDraft, edit), editPage)
	web.Form(m, "POST /meetings/{id}/edit 修改会议", VerbDraft, plan, edit, editPage)
	web.View(m, "GET /meetings/{id}/agenda 打开新议程页", VerbAgenda, opening(VerbAgenda, newItem), itemPage)
	web.Form(m, "POST /meetings/{id}/agenda 安排一项议程", VerbAgenda, setAgenda, newItem, itemPage)
	web.View(m, "GET /agenda/{id} 看一项议程和材料", VerbRead, showItem, itemPage)
	web.Form(m, "POST /agenda/{id} 修改一项议程", VerbAgenda, changeItem, showItem, itemPage)
	web.Update(m, "POST /agenda/{id}/drop 撤下一项议程", VerbAgenda, dropItem)
	web.View(m, "GET /meetings/{id}/invite 打开邀请页", VerbInvite, opening(VerbInvite, inviting), invitePage)
	web.Form(m, "POST /meetings/{id}/invite 邀请单位", VerbInvite, invite, inviting, invitePage)
	web.Form(m, "POST /meetings/{id}/uninvite 撤下邀请", VerbInvite, uninvite, inviting, invitePage)
	web.View(m, "GET /meetings/{id}/notify 看会议还差什么", VerbNotify, notifying, notifyPage)
	web.Form(m, "POST /meetings/{id}/notify 登记通知已发出", VerbNotify, notify, notifying, notifyPage)
	web.View(m, "GET /meetings/{id}/change 打开改期和取消页", VerbMove, opening(VerbCancel, changing), changePage)
	web.Form(m, "POST /meetings/{id}/move 改期", VerbMove, moveIt, changing, changePage)
	web.Form(m, "POST /meetings/{id}/cancel 取消会议", VerbCancel, cancel, changing, changePage)
	web.Form(m, "POST /meetings/{id}/hold 确认会议召开", VerbHold, hold, show, showPage)
	web.View(m, "GET /meetings/{id}/reply 打开回执页", VerbReply, replying, replyPage)
	web.Form(m, "POST /meetings/{id}/reply 报送回执", VerbReply, reply, replying, replyPage)
	web.View(m, "GET /meetings/{id}/ics 下载日程邀请", VerbRead, calendarFile, nil)
	signinRoutes(m)
	minutesRoutes(m)
	trainingRoutes(m)
	documentRoutes(m)
	acrossRoutes(m)
	calendarRoutes(m)
}

// opening is the page of a form while its step can be taken; who comes too late is told so before filling it in.
func opening[T any](verb string, load func(*web.Request, idInput) (T, error)) func(*web.Request, idInput) (T, error) {
	return func(r *web.Request, in idInput) (d T, err error) {
		if _, _, err = take(r.Tx, r.User, in.ID, verb); err != nil {
			return d, err
		}
		return load(r, in)
	}
}

// saved tells a program how the meeting stands after a step.
type saved struct {
	ID      string `json:"id"`
	Number  string `json:"number"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func done(r *web.Request, m Meeting, flash say.Key, args ...any) web.Done[saved] {
	return web.Done[saved]{To: m.URL(), Flash: part.In(r.Lang, flash, args...),
		Data: saved{m.ID, m.Number, m.State, m.Version}}
}

// planInput is a meeting as typed.
type planInput struct {
	ID         string   `json:"id"`
	Version    int64    `json:"version"`
	Title      string   `json:"title" doc:"Title; in a reply by person."`
	Kind       string   `json:"kind"`
	Session    string   `json:"session" doc:"Which meeting of its kind it is, such as 第六次."`
	Host       string   `json:"host" doc:"Code of the unit that holds the meeting."`
	CoHosts    []string `json:"co_hosts" doc:"Codes of units that hold the meeting too."`
	Starts     string   `json:"starts" doc:"When it begins, such as 2024-03-27 09:00, of China's time."`
	Ends       string   `json:"ends" doc:"When it ends, such as 2024-03-27 11:30, of China's time."`
	Form       string   `json:"form" enum:"room,video,written"`
	Place      string   `json:"place"`
	ChairUnit  string   `json:"chair_unit" doc:"Code of the unit in the chair."`
	ChairRole  string   `json:"chair_role" doc:"Code of the role of whoever has the chair."`
	About      string   `json:"about" doc:"Object that the meeting is about, such as plan/ and its code."`
	PreparedBy string   `json:"prepared_by" doc:"Identifier of the meeting that prepared this one."`
	Scope      string   `json:"scope" doc:"Who is asked to come, in words."`
	ReplyBy    string   `json:"reply_by" doc:"Last day to reply, such as 2024-03-25."`
}

func (in planInput) meeting() Meeting {
	m := Meeting{ID: in.ID, Title: in.Title, Kind: in.Kind, Session: in.Session, Host: in.Host, Form: in.Form,
		Place: in.Place, ChairUnit: in.ChairUnit, ChairRole: in.ChairRole, About: in.About, PreparedBy: in.PreparedBy,
		Scope: in.Scope, ReplyBy: in.ReplyBy}
	for _, unit := range in.CoHosts {
		if unit != "" {
			m.CoHosts = append(m.CoHosts, unit)
		}
	}
	m.Starts, _ = ParseTime(in.Starts) // what cannot be read is named as missing
	m.Ends, _ = ParseTime(in.Ends)
	return m
}

func plan(r *web.Request, in planInput) (web.Done[saved], error) {
	m, err := Plan(r.Tx, r.User, in.meeting(), in.Version)
	return done(r, m, "会议已保存。"), err
}

// itemInput is an item of an agenda as typed; ID is the meeting's where it is new, else the item's.
type itemInput struct {
	ID          string   `json:"id"`
	Title       string   `json:"title" doc:"Title; in a reply by person."`
	Kind        string   `json:"kind"`
	SpeakerUnit string   `json:"speaker_unit" doc:"Code of the unit that speaks."`
	Speaker     string   `json:"speaker" doc:"Title of whoever speaks."`
	Minutes     int      `json:"minutes" doc:"How many minutes the item may take."`
	Paper       string   `json:"paper" doc:"What is reviewed, by name or number."`
	VisibleTo   string   `json:"visible_to" enum:"all,members,office" doc:"Who may read the papers of the item."`
	Subjects    []string `json:"subjects" doc:"Codes of the subjects of training."`
	Hours       string   `json:"hours" doc:"Hours of training, such as 1.5."`
	Teacher     string   `json:"teacher" doc:"Who teaches."`
}

func (in itemInput) item() AgendaItem {
	return AgendaItem{Title: in.Title, Kind: in.Kind, SpeakerUnit: in.SpeakerUnit, Speaker: in.Speaker,
		Minutes: in.Minutes, Paper: in.Paper, VisibleTo: in.VisibleTo, Subjects: in.Subjects,
		Hours: strings.TrimSpace(in.Hours), Teacher: strings.TrimSpace(in.Teacher)}
}

func setAgenda(r *web.Request, in itemInput) (web.Done[itemSaved], error) {
	a, err := SetAgenda(r.Tx, r.User, in.ID, in.item())
	return web.Done[itemSaved]{To: "/meetings/" + in.ID, Flash: part.In(r.Lang, "议程已保存。"),
		Data: itemSaved{a.ID, a.Number}}, err
}

// itemSaved tells a program what an item is called.
type itemSaved struct {
	ID     string `json:"id"`
	Number int    `json:"number"`
}

func changeItem(r *web.Request, in itemInput) (done web.Done[itemSaved], err error) {
	old, m, err := readItem(r.Tx, r.User, in.ID)
	if err != nil {
		return done, err
	}
	a := in.item()
	a.ID = old.ID
	a, err = SetAgenda(r.Tx, r.User, m.ID, a)
	return web.Done[itemSaved]{To: m.URL(), Flash: part.In(r.Lang, "议程已保存。"), Data: itemSaved{a.ID, a.Number}},
		err
}

type idInput struct {
	ID string `json:"id"`
}

func dropItem(r *web.Request, in idInput) (web.Done[saved], error) {
	a, m, err := readItem(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[saved]{}, err
	}
	err = DropAgenda(r.Tx, r.User, m.ID, a.ID)
	return done(r, m, "议程已撤下。"), err
}

type inviteInput struct {
	ID       string   `json:"id"`
	Units    []string `json:"units" doc:"Codes of units, or a star and the code of a group."`
	Capacity string   `json:"capacity" enum:"attend,sit_in,guest" doc:"Whether the units attend, sit in or are guests."`
	Level    string   `json:"level" enum:"head,deputy,liaison,statistician,any" doc:"Level, of a person or asked for."`
	Seats    int      `json:"seats" doc:"How many people each unit may send."`
	Anyway   bool     `json:"anyway" doc:"Also units that are asked to another meeting at that time."`
}

func invite(r *web.Request, in inviteInput) (web.Done[saved], error) {
	m, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[saved]{}, err
	}
	units, err := chosenUnits(r.Tx, m, in.Units)
	if err != nil {
		return web.Done[saved]{}, err
	}
	m, err = Invite(r.Tx, r.User, in.ID, units, Invitation{Capacity: in.Capacity, Level: in.Level, Seats: in.Seats},
		in.Anyway)
	d := done(r, m, "已邀请%d个单位。", len(units))
	d.To += "/invite"
	return d, err
}

type uninviteInput struct {
	ID         string `json:"id"`
	Invitation string `json:"invitation" doc:"Identifier of a unit's invitation."`
}

func uninvite(r *web.Request, in uninviteInput) (web.Done[saved], error) {
	if err := Uninvite(r.Tx, r.User, in.ID, in.Invitation); err != nil {
		return web.Done[saved]{}, err
	}
	m, err := Read(r.Tx, r.User, in.ID)
	d := done(r, m, "邀请已撤下。")
	d.To += "/invite"
	return d, err
}

type reasonInput struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

func notify(r *web.Request, in reasonInput) (web.Done[saved], error) {
	m, err := Notify(r.Tx, r.User, in.ID, in.Reason)
	return done(r, m, "会议通知已登记为发出，受邀单位可以报送回执。"), err
}

type moveInput struct {
	ID      string `json:"id"`
	Starts  string `json:"starts" doc:"When it begins, such as 2024-03-27 09:00, of China's time."`
	Ends    string `json:"ends" doc:"When it ends, such as 2024-03-27 11:30, of China's time."`
	Place   string `json:"place"`
	ReplyBy string `json:"reply_by" doc:"Last day to reply, such as 2024-03-25."`
	Reason  string `json:"reason"`
	Anyway  bool   `json:"anyway" doc:"Also where units are asked to another meeting at that time."`
}

func moveIt(r *web.Request, in moveInput) (web.Done[saved], error) {
	to := Meeting{Place: in.Place, ReplyBy: in.ReplyBy}
	to.Starts, _ = ParseTime(in.Starts)
	to.Ends, _ = ParseTime(in.Ends)
	m, err := Move(r.Tx, r.User, in.ID, to, in.Reason, in.Anyway)
	return done(r, m, "会议已改期，受邀单位会看到新的时间和原因。"), err
}

func cancel(r *web.Request, in reasonInput) (web.Done[saved], error) {
	m, err := Cancel(r.Tx, r.User, in.ID, in.Reason)
	return done(r, m, "会议已取消，受邀单位会看到原因。"), err
}

func hold(r *web.Request, in idInput) (web.Done[saved], error) {
	m, err := Hold(r.Tx, r.User, in.ID)
	return done(r, m, "已确认会议召开。请记录议程结果和议定事项，再写纪要。"), err
}

// replyInput is who comes for a unit, each with a number: names[1].
type replyInput struct {
	ID         string            `json:"id"`
	Invitation string            `json:"invitation" doc:"Identifier of a unit's invitation."`
	Name       map[string]string `json:"name" doc:"Name of the person; in a reply by the person's number."`
	Title      map[string]string `json:"title" doc:"Title; in a reply by person."`
	Level      map[string]string `json:"level" doc:"Level, of a person or asked for."`
	Phone      map[string]string `json:"phone" doc:"Office phone, by the person's number."`
	Excuse     map[string]string `json:"excuse" doc:"Why somebody cannot come, by the person's number."`
	StandsIn   map[string]string `json:"stands_in_for" doc:"For whom somebody comes."`
}

// replied tells a program what was said of a unit.
type replied struct {
	Invitation string `json:"invitation"`
	Coming     int    `json:"coming"`
	Excused    int    `json:"excused"`
}

func reply(r *web.Request, in replyInput) (web.Done[replied], error) {
	people, err := in.people()
	if err != nil {
		return web.Done[replied]{}, err
	}
	i, people, err := Reply(r.Tx, r.User, in.ID, in.Invitation, people)
	n := taken(people)
	return web.Done[replied]{To: "/meetings/" + in.ID, Flash: part.In(r.Lang, "回执已报送。开会之前可以再改。"),
		Data: replied{i.ID, n, len(people) - n}}, err
}

// people are those of the input in the order of their numbers.
func (in replyInput) people() (all []Attendee, err error) {
	for n := 1; n <= len(in.Name); n++ {
		key := number(n)
		if _, named := in.Name[key]; !named {
			return nil, errs.Fields{"name": {Key: "人员请从1起连续编号：name[1]、name[2]。"}}.
				Check("回执没有报送，请看标出的地方。")
		}
		all = append(all, Attendee{Name: in.Name[key], Title: in.Title[key], Level: in.Level[key], Phone: in.Phone[key],
			Excuse: in.Excuse[key], StandsInFor: in.StandsIn[key]})
	}
	return all, nil
}

// calendarFile is the meeting for a mail program.
func calendarFile(r *web.Request, in idInput) (web.File, error) {
	m, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.File{}, err
	}
	host, err := network.UnitByCode(r.Tx, m.Host)
	return web.File{Name: m.Title + ".ics", MediaType: "text/calendar; charset=utf-8",
		Body: m.ICS(r.Site+m.URL(), host.Name)}, err
}
