package directory

// Routes of faults: reporting one and asking after it, which anybody may; the list and the page, for who is signed in.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func faultRoutes(m *web.Mux) {
	web.Form(m, "POST /directory/{register}/{number}/faults 报一处公共设施的故障", web.Public, report, showFacility,
		facilityPage)
	web.View(m, "GET /directory/faults 凭查询码查一条报修", web.Public, ask, askPage)
	web.View(m, "GET /faults 列出公众报修", VerbRead, showFaults, faultsPage)
	web.View(m, "GET /faults/{id} 看一条公众报修", VerbRead, showFault, faultPage)
	for verb, word := range map[string]string{VerbFix: "写明报修已修复", VerbPass: "写明报修不归本单位管",
		VerbWont: "写明报修暂不处理", VerbSame: "写明报修与另一条重复", VerbReopen: "重新打开一条报修",
		VerbAsk: "把一条报修报请督办", VerbRaise: "把一条报修转为督办事项"} {
		web.Form(m, "POST /faults/{id}/"+strings.TrimPrefix(verb, "fault.")+" "+word, verb,
			func(r *web.Request, in answerInput) (web.Done[faultView], error) { return answer(r, in, verb) },
			showFault, faultPage)
	}
}

type reportInput struct {
	Register string `json:"register" doc:"Code of the facility's register."`
	Number   string `json:"number" doc:"Number of its record."`
	Item     string `json:"item" doc:"What is wrong, one of the facility's items."`
	Text     string `json:"text" doc:"A sentence without personal data: no telephone, no number of a card, no mail."`
}

// reported is what somebody gets who reported a fault: the code to ask after it.
type reported struct {
	Code  string `json:"code"`
	State State  `json:"state"`
}

func report(r *web.Request, in reportInput) (web.Done[reported], error) {
	f, err := Report(r.Tx, r.Remote, in.Register, in.Number, in.Item, in.Text)
	return web.Done[reported]{To: "/directory/faults?code=" + f.Code,
		Flash: part.In(r.Lang, "已收到，谢谢。请记下查询码：%s", f.Code), Data: reported{f.Code, f.State}}, err
}

type askInput struct {
	Code string `json:"code" doc:"The code that who reported the fault was given."`
}

// askData is what the code tells: no more than how it stands.
type askData struct {
	Code     string `json:"code,omitempty"`
	Facility string `json:"facility,omitempty"`
	URL      string `json:"url,omitempty"`
	Item     string `json:"item,omitempty"`
	Reported string `json:"reported,omitempty"`
	State    State  `json:"state,omitempty"`
	Days     int    `json:"days,omitempty"`
	Answer   string `json:"answer,omitempty"`
	Matter   bool   `json:"followed_up,omitempty"` // the office follows it up

	item say.Name
}

func ask(r *web.Request, in askInput) (d askData, err error) {
	code := strings.ToUpper(strings.TrimSpace(in.Code))
	if code == "" {
		return d, nil
	}
	if len(code) != codeLength || strings.Trim(code, letters) != "" {
		return d, errs.Fields{"code": say.New("查询码一共%d位，没有字母I、L、O和数字0、1。请核对后再查。", codeLength)}.
			Check("条件里有的值不能用，请改选后再看。")
	}
	f, err := byCode(r.Tx, code)
	if errs.KindOf(err) == errs.Missing {
		err = errs.Missingf("没有这个查询码。请核对后再查。")
	}
	if err != nil {
		return d, err
	}
	d = askData{Code: f.Code, Reported: part.When(f.ReportedAt), State: f.State, Days: f.days(r.Tx.Today()),
		Answer: f.Reason, Matter: f.Matter != ""}
	if d.item, err = itemName(r.Tx, f); err != nil {
		return d, err
	}
	d.Item = d.item.ZH
	place, err := record.FacilityOf(r.Tx, f.Register, f.Number)
	switch errs.KindOf(err) {
	case errs.Missing: // it is not public any more
		d.Facility, err = f.Number, nil
	default:
		d.Facility, d.URL = place.Name, place.URL()
	}
	return d, err
}

// faultsInput cuts the list down.
type faultsInput struct {
	State string `json:"state" enum:"open,fixed,not_ours,wont_fix,duplicate"`
	Kind  string `json:"kind" doc:"Code of a register."`
	Open  string `json:"open" enum:"late,asked" doc:"late: not mended for seven days; asked: the office was asked."`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type faultsData struct {
	Items []Fault `json:"faults"`
	list.Shown[Fault]
}

func showFaults(r *web.Request, in faultsInput) (d faultsData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	kinds, err := record.Reporting(r.Tx)
	if err != nil {
		return d, err
	}
	state := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range states {
		state.Options = append(state.Options, part.Option{Value: string(s), Label: part.T(ctx, words[string(s)])})
	}
	kind := list.Filter{Name: "kind", Label: "类别", Value: in.Kind, Options: []part.Option{}}
	names := map[string]string{}
	for _, k := range kinds {
		names[k.Code] = part.Name(ctx, k.Name.ZH, k.Name.EN)
		kind.Options = append(kind.Options, part.Option{Value: k.Code, Label: names[k.Code]})
	}
	open := list.Filter{Name: "open", Label: "没有修好的", Value: in.Open, Options: []part.Option{
		{Value: "late", Label: part.T(ctx, "超过%d天", answerDays)},
		{Value: "asked", Label: part.T(ctx, "报请督办的")}}}
	s, err := scopeOf(r.Tx, r.User, false)
	if err != nil {
		return d, err
	}
	items := map[string]string{}
	for _, k := range kinds {
		all, err := record.Items(r.Tx, k.Code)
		if err != nil {
			return d, err
		}
		for _, o := range all {
			items[k.Code+" "+o.Code] = part.Name(ctx, o.Name.ZH, o.Name.EN)
		}
	}
	d.Items, d.Shown, err = faults(r.Tx.Today(), names, items).Read(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{state, kind, open}}, source(s, in, r.Tx.Today()))
	return d, err
}

func faults(today string, kinds, items map[string]string) list.List[Fault] {
	text := func(fn func(Fault) string) func(context.Context, Fault) string {
		return func(_ context.Context, f Fault) string { return fn(f) }
	}
	return list.List[Fault]{Path: "/faults", File: "faults", Title: "公众报修", First: "-reported", Size: 50,
		Intro: say.New("公众不用登录，在设施的公开页上报修。先由设施管理单位处理；超过七天没有修好的，妇儿工委办可以督办。"),
		Empty: list.Empty{Title: "没有报修", Next: "公众报的故障会列在这里。"},
		Columns: []list.Column[Fault]{
			{Name: "facility", Label: "设施", URL: Fault.URL, Text: text(func(f Fault) string { return f.Title })},
			{Name: "kind", Label: "类别", Text: text(func(f Fault) string { return kinds[f.Register] })},
			{Name: "item", Label: "问题", Text: text(func(f Fault) string { return items[f.Register+" "+f.Item] })},
			{Name: "text", Label: "说明", Text: text(func(f Fault) string { return f.Text })},
			{Name: "state", Label: "状态", Show: func(f Fault) templ.Component { return stateChip(f.State) },
				Text: func(ctx context.Context, f Fault) string { return part.T(ctx, words[string(f.State)]) }},
			{Name: "reported", Label: "报修时间", Newest: true,
				Text: text(func(f Fault) string { return part.When(f.ReportedAt) })},
			{Name: "days", Label: "已报天数", Numeric: true,
				Show: func(f Fault) templ.Component { return daysCell(f, today) },
				Text: text(func(f Fault) string { return strconv.Itoa(f.days(today)) })},
		}}
}

type faultInput struct {
	ID string `json:"id"`
}

// faultView is a fault as its page shows it.
type faultView struct {
	Fault
	Days    int      `json:"days"`
	Late    bool     `json:"late"`
	Actions []string `json:"actions"`

	item  say.Name
	kind  say.Name
	unit  say.Name
	steps []flow.Step
	twins []part.Option
	units []part.Option
	same  *Fault
	trail trail.Data
	today string
}

func viewOf(r *web.Request, f Fault) (d faultView, err error) {
	d = faultView{Fault: f, Days: f.days(r.Tx.Today()), Late: f.late(r.Tx.Today()), Actions: []string{},
		today: r.Tx.Today()}
	d.steps = life.Open(r.User, f.as(r.Tx, r.User))
	for _, s := range d.steps {
		d.Actions = append(d.Actions, s.Verb)
	}
	return d, nil
}

func showFault(r *web.Request, in faultInput) (d faultView, err error) {
	f, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	if d, err = viewOf(r, f); err != nil {
		return d, err
	}
	if d.item, err = itemName(r.Tx, f); err != nil {
		return d, err
	}
	d.kind = record.KindName(r.Tx, f.Register)
	if d.unit, err = record.UnitName(r.Tx, f.Unit); err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	others, err := ofRecord(r.Tx, f.Record, mostOpen)
	if err != nil {
		return d, err
	}
	items, err := record.Items(r.Tx, f.Register)
	if err != nil {
		return d, err
	}
	for _, o := range others {
		if o.ID == f.SameAs {
			d.same = &o
		}
		if o.ID != f.ID && o.State != Duplicate {
			d.twins = append(d.twins, part.Option{Value: o.ID, Label: part.When(o.ReportedAt) + " " + called(ctx, items,
				o.Item) + " " + o.Text})
		}
	}
	if slices.Contains(d.Actions, VerbRaise) {
		post, err := f.as(r.Tx, r.User).Plays(office)
		if err != nil {
			return d, err
		}
		all, err := record.UnitsBelow(r.Tx, post.AreaPath)
		if err != nil {
			return d, err
		}
		for _, u := range all {
			d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
	}
	d.trail, err = trail.Read(r.Tx, r.User, Trail(), f.ID)
	return d, err
}

func called(ctx context.Context, items []register.Option, code string) string {
	for _, o := range items {
		if o.Code == code {
			return part.Name(ctx, o.Name.ZH, o.Name.EN)
		}
	}
	return code
}

type answerInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Reason  string `json:"reason" doc:"Who reported the fault may read it."`
	SameAs  string `json:"same_as" doc:"Identifier of another fault of the facility, of a duplicate."`
	Lead    string `json:"lead" doc:"Unit that has to mend it, of a matter; who keeps the facility, if empty."`
	Due     string `json:"due" doc:"By when, of a matter, 2024-03-15; as for matters of its kind, if empty."`
}

func answer(r *web.Request, in answerInput, verb string) (web.Done[faultView], error) {
	f, err := Answer(r.Tx, r.User, Answered{ID: in.ID, Verb: verb, Version: in.Version, Reason: in.Reason,
		SameAs: in.SameAs, Lead: in.Lead, Due: in.Due})
	if err != nil {
		return web.Done[faultView]{}, err
	}
	d, err := viewOf(r, f)
	return web.Done[faultView]{To: f.URL(), Flash: part.In(r.Lang, "已办理。"), Data: d}, err
}

// reasonWord is what a step's words are called.
func reasonWord(verb string) say.Key {
	switch verb {
	case VerbFix:
		return "怎样修好的"
	case VerbPass:
		return "归谁管，转给了谁"
	}
	return "原因"
}

func (d facilityData) itemOptions(ctx context.Context) []part.Option {
	options := []part.Option{{Value: "", Label: part.T(ctx, "请选择")}}
	for _, i := range d.Items {
		options = append(options, part.Option{Value: i.Code, Label: part.Name(ctx, i.Name, i.NameEN)})
	}
	return options
}
