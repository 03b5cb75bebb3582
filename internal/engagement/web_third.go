package engagement

// Routes of third parties: the list, the form of a contract, one with what it delivers and its surveys.

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func (p pages) thirdRoutes(m *web.Mux) {
	web.View(m, "GET /third-parties 列出第三方", VerbRead, p.showThirds, thirdsPage)
	web.View(m, "GET /third-parties/new 准备登记第三方", VerbContract, p.newThird, newThirdPage)
	web.Form(m, "POST /third-parties 登记第三方合同", VerbContract, p.contract, p.newThird, newThirdPage)
	web.View(m, "GET /third-parties/{id} 看一个第三方", VerbRead, showThird, thirdPage)
	web.Form(m, "POST /third-parties/{id}/deliverables/{number} 交付一项成果", VerbDeliver, deliver, showThird,
		thirdPage, web.Before(p.keepDelivered), web.In(web.Files))
	web.Form(m, "POST /third-parties/{id}/deliverables/{number}/accept 验收一项成果", VerbAccept, accept, showThird,
		thirdPage)
	web.Form(m, "POST /third-parties/{id}/surveys 登记一次问卷调查", VerbSurvey, survey, showThird, thirdPage,
		web.Before(p.keepSurvey), web.In(web.Files))
	web.Form(m, "POST /third-parties/{id}/end 结束第三方合同", VerbFinish, finish, showThird, thirdPage)
}

type thirdsInput struct {
	About string `json:"about" doc:"The object that they evaluate: round/…"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type thirdsData struct {
	Items []ThirdParty `json:"third_parties"`
	list.Shown[ThirdParty]
}

func (p pages) showThirds(r *web.Request, in thirdsInput) (d thirdsData, err error) {
	if in.About != "" {
		if err := p.Sees(r.Tx, r.User, in.About); err != nil {
			return d, errs.In("about", err)
		}
	}
	all, err := thirdsFor(r.Tx, r.User, in.About)
	if err != nil {
		return d, err
	}
	text := func(of func(ThirdParty) string) func(context.Context, ThirdParty) string {
		return func(_ context.Context, t ThirdParty) string { return of(t) }
	}
	by := func(of func(ThirdParty) string) func(a, b ThirdParty) int {
		return func(a, b ThirdParty) int { return cmp.Compare(of(a), of(b)) }
	}
	name, until := func(t ThirdParty) string { return t.Name }, func(t ThirdParty) string { return t.ClosesOn }
	l := list.List[ThirdParty]{Path: "/third-parties", File: "third-parties", Title: "第三方", First: "-until",
		Size: 50, Intro: say.New("受委托评估的机构：合同、成果和问卷。"),
		Empty: list.Empty{Title: "没有第三方", Next: "委托评估的机构会列在这里。"},
		Columns: []list.Column[ThirdParty]{
			{Name: "name", Label: "机构", URL: ThirdParty.URL, Text: text(name), Compare: by(name)},
			{Name: "state", Label: "状态", Text: func(ctx context.Context, t ThirdParty) string {
				return part.T(ctx,
					t.StateOn(r.Tx.Today()).Words())
			}},
			{Name: "until", Label: "最后一天", Newest: true, Text: text(until), Compare: by(until)},
			{Name: "results", Label: "成果", Text: text(func(t ThirdParty) string {
				return strconv.Itoa(t.accepted()) + " / " + strconv.Itoa(len(t.Deliverables))
			})},
			{Name: "forms", Label: "有效问卷", Numeric: true,
				Text: text(func(t ThirdParty) string { return strconv.Itoa(t.valid()) })},
		}}
	if r.User.Can(VerbContract) {
		l.Actions, l.Empty.Label, l.Empty.URL = thirdButton(), "登记第三方", "/third-parties/new"
	}
	d.Items, d.Shown, err = l.Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{{Name: "about", Value: in.About, Hidden: true}}}, all)
	return d, err
}

func (t ThirdParty) accepted() (n int) {
	for _, d := range t.Deliverables {
		if d.AcceptedOn != "" {
			n++
		}
	}
	return n
}

// valid are the valid answers of all its surveys.
func (t ThirdParty) valid() (n int) {
	for _, s := range t.Surveys {
		n += s.Valid
	}
	return n
}

type contractInput struct {
	About        string            `json:"about" doc:"The object that they evaluate: round/…"`
	Unit         string            `json:"unit" doc:"Code, if it is a unit of the network."`
	Name         string            `json:"name" doc:"What the body is called."`
	OpensOn      string            `json:"opens_on" doc:"The first day of the contract."`
	ClosesOn     string            `json:"closes_on" doc:"The last day of the contract."`
	Scope        string            `json:"scope" doc:"What is evaluated."`
	Methods      []string          `json:"methods" doc:"desk, data, survey, interview, symposium, site."`
	Deliverables map[string]string `json:"deliverables" doc:"What is delivered: 1.title, 1.due, 2.title …"`
}

type takenThird struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func thirdDone(r *web.Request, t ThirdParty, flash say.Key) web.Done[takenThird] {
	to := t.URL()
	if r.User.Has(auth.Outsider) {
		to = "/room"
	}
	return web.Done[takenThird]{To: to, Flash: part.In(r.Lang, flash), Data: takenThird{t.ID, t.Version}}
}

const maxDeliverables = 20

func (p pages) contract(r *web.Request, in contractInput) (web.Done[takenThird], error) {
	t := ThirdParty{About: in.About, Unit: in.Unit, Name: in.Name, OpensOn: strings.TrimSpace(in.OpensOn),
		ClosesOn: strings.TrimSpace(in.ClosesOn), Scope: in.Scope, Methods: in.Methods,
		Deliverables: []Deliverable{}}
	for n := 1; n <= maxDeliverables; n++ {
		at := strconv.Itoa(n)
		d := Deliverable{Title: strings.TrimSpace(in.Deliverables[at+".title"]),
			Due: strings.TrimSpace(in.Deliverables[at+".due"])}
		if d.Title != "" || d.Due != "" {
			t.Deliverables = append(t.Deliverables, d)
		}
	}
	t, err := Contract(r.Tx, r.User, t, p.House)
	return thirdDone(r, t, "已登记。请附上合同和独立性声明。"), err
}

type newThirdData struct {
	About  string `json:"about,omitempty"`
	units  []part.Option
	causes []part.Option
}

type aboutInput struct {
	About string `json:"about" doc:"The object that they evaluate: round/…"`
}

func (p pages) newThird(r *web.Request, in aboutInput) (d newThirdData, err error) {
	d.About = in.About
	if in.About != "" {
		if err := p.Adds(r.Tx, r.User, in.About); err != nil {
			return d, err
		}
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	if d.causes, err = p.causes(ctx, r.Tx, r.User, in.About); err != nil {
		return d, err
	}
	at, err := officeOf(r.User)
	if err != nil {
		return d, err
	}
	top, err := network.AreaByID(r.Tx, at.AreaID)
	if err != nil {
		return d, err
	}
	units, err := network.Units(r.Tx, top)
	d.units = []part.Option{{Label: part.T(ctx, "不是网络内的单位")}}
	for _, u := range units {
		if u.OpenOn(r.Tx.Today()) {
			d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
	}
	return d, err
}

// thirdData is a third party for its office.
type thirdData struct {
	ThirdParty `json:"third_party"`
	People     []Engagement `json:"engagements"`
	Actions    []string     `json:"actions"`
	Trail      trail.Data   `json:"trail"`
	about      string
	today      string
	outside    bool
	contract   bool
	statement  bool
}

func showThird(r *web.Request, in idInput) (d thirdData, err error) {
	engaged := false
	if d.ThirdParty, engaged, err = ReadThird(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.Actions, d.today = []string{}, r.Tx.Today()
	for _, st := range hiring.Open(r.User, d.as(r.User, engaged)) {
		if !slices.Contains(d.Actions, st.Verb) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	d.People, d.Trail.Lines, d.Trail.Files = []Engagement{}, []trail.Line{}, []evidence.File{}
	if engaged { // a form of theirs that was refused: what the house keeps of the contract is not theirs to read
		d.outside = true
		return d, nil
	}
	if d.People, err = ofThird(r.Tx, d.ID); err != nil {
		return d, err
	}
	if d.about, err = (Engagement{About: d.About}).aboutName(r.Tx); err != nil {
		return d, err
	}
	if d.Trail, err = trail.Read(r.Tx, r.User, thirdTrail(), d.ID); err != nil {
		return d, err
	}
	for _, f := range d.Trail.Files {
		d.contract = d.contract || f.Field == fieldContract && f.Current()
		d.statement = d.statement || f.Field == fieldIndependence && f.Current()
	}
	return d, nil
}

func (d thirdData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

func (t ThirdParty) version() string { return strconv.FormatInt(t.Version, 10) }

// keep cleans a file and writes it down before the transaction.
func (p pages) keep(u *web.Upload) (f evidence.File, err error) {
	if u == nil {
		return f, nil
	}
	return evidence.Keep(p.Files, u.Name, u.Body)
}

type deliverInput struct {
	ID      string      `json:"id"`
	Number  int         `json:"number" doc:"Which deliverable, from 1."`
	Version int64       `json:"version"`
	File    *web.Upload `json:"file"`
	kept    evidence.File
}

func (p pages) keepDelivered(_ *web.Request, in *deliverInput) (err error) {
	in.kept, err = p.keep(in.File)
	return err
}

func deliver(r *web.Request, in deliverInput) (web.Done[takenThird], error) {
	if in.kept.Digest == "" {
		return web.Done[takenThird]{}, errs.Fields{"file": {Key: "请选择一个文件。"}}.Check("请选择一个文件。")
	}
	t, err := Deliver(r.Tx, r.User, in.ID, in.Version, in.Number, in.kept)
	return thirdDone(r, t, "已交付，等待验收。"), err
}

type acceptInput struct {
	ID      string `json:"id"`
	Number  int    `json:"number" doc:"Which deliverable, from 1."`
	Version int64  `json:"version"`
}

func accept(r *web.Request, in acceptInput) (web.Done[takenThird], error) {
	t, err := Accept(r.Tx, r.User, in.ID, in.Version, in.Number)
	return thirdDone(r, t, "已验收。"), err
}

type surveyInput struct {
	ID         string      `json:"id"`
	Version    int64       `json:"version"`
	Who        string      `json:"who" doc:"Who was asked."`
	Mode       string      `json:"mode" enum:"online,paper,phone,face" doc:"How they were asked."`
	Sent       int         `json:"sent" doc:"How many were asked."`
	Valid      int         `json:"valid" doc:"How many valid answers came back."`
	From       string      `json:"from" doc:"The first day."`
	Until      string      `json:"until" doc:"The last day."`
	Instrument *web.Upload `json:"instrument" doc:"The questions."`
	Results    *web.Upload `json:"results" doc:"The results as counts; no raw answers."`
	asked      evidence.File
	counted    evidence.File
}

func (p pages) keepSurvey(_ *web.Request, in *surveyInput) (err error) {
	if in.asked, err = p.keep(in.Instrument); err != nil {
		return err
	}
	in.counted, err = p.keep(in.Results)
	return err
}

func survey(r *web.Request, in surveyInput) (web.Done[takenThird], error) {
	t, err := AddSurvey(r.Tx, r.User, in.ID, in.Version, Survey{Who: in.Who, Mode: in.Mode, Sent: in.Sent,
		Valid: in.Valid, From: strings.TrimSpace(in.From), Until: strings.TrimSpace(in.Until)}, in.asked, in.counted)
	return thirdDone(r, t, "问卷已登记。"), err
}

func finish(r *web.Request, in reasonInput) (web.Done[takenThird], error) {
	t, err := Finish(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return thirdDone(r, t, "合同已结束，其人员现在什么都看不到了。"), err
}
