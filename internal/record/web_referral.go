package record

// Pages and steps of referrals: the list of those sent and received, and their part of a record's page; and what is due
// of them.

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type offerInput struct {
	Code    string `json:"code"`
	ID      string `json:"id"`
	Version int64  `json:"version"`
	To      string `json:"to" doc:"Code of the unit that is asked to take the record."`
	Reason  string `json:"reason"`
}

func offer(r *web.Request, in offerInput) (web.Done[Referral], error) {
	rec, k, err := (recordInput{in.Code, in.ID}).read(r)
	if err != nil {
		return web.Done[Referral]{}, err
	}
	f, err := Refer(r.Tx, r.User, in.ID, in.Version, in.To, in.Reason)
	if err != nil {
		return web.Done[Referral]{}, err
	}
	asked := part.In(r.Lang, "已请%s接收。接收以前仍由本单位负责。", k.places.unitName(f.To))
	return web.Done[Referral]{To: rec.URL(), Flash: asked, Data: f}, nil
}

type settleInput struct {
	ID     string `json:"id"`
	Reason string `json:"reason" doc:"Why, of a refusal."`
}

func settling(verb string) func(*web.Request, settleInput) (web.Done[Referral], error) {
	return func(r *web.Request, in settleInput) (web.Done[Referral], error) {
		f, err := Settle(r.Tx, r.User, in.ID, verb, in.Reason)
		to := "/referrals"
		if err == nil && verb != VerbRefuse {
			to = Record{ID: f.Record, Register: f.Register}.URL()
		}
		now := part.In(r.Lang, "已办理，现在是“%s”。", referralWords[string(f.State)])
		return web.Done[Referral]{To: to, Flash: now, Data: f}, err
	}
}

// referralOf is the page of a referral's record, to come back to.
func referralOf(about About) func(*web.Request, settleInput) (showData, error) {
	return func(r *web.Request, in settleInput) (showData, error) {
		f, err := referral(r.Tx, in.ID)
		if err != nil {
			return showData{}, noReferral
		}
		return showWith(about)(r, recordInput{f.Register, f.Record})
	}
}

// readReferrals reads the record's referrals, and to whom it could be offered.
func (d *showData) readReferrals(r *web.Request) (err error) {
	if d.k.d.Referral.Who == "" {
		return nil
	}
	if d.Referrals, err = referralsOf(r.Tx, d.Record.ID); err != nil {
		return err
	}
	if d.Referrals == nil {
		d.Referrals = []Referral{}
	}
	if d.Record.Offered == "" && d.k.refers(d.Record) && r.User.Can(VerbOffer) {
		if _, no := d.k.acts(r.User, d.Record.Unit); no == nil {
			ctx := part.With(r.Context, part.Env{Lang: r.Lang})
			for _, u := range d.k.takers(d.Record) {
				d.takers = append(d.takers, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
			}
		}
	}
	if d.Record.Offered == "" {
		return nil
	}
	for verb, unit := range map[string]string{VerbAccept: d.Record.Offered, VerbRefuse: d.Record.Offered,
		VerbWithdraw: d.Record.Unit} {
		if _, no := d.k.acts(r.User, unit); no == nil && r.User.Can(verb) {
			d.Actions = append(d.Actions, verb)
		}
	}
	slices.Sort(d.Actions)
	d.steps = nil // who offered it first takes it back
	return nil
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// offerNow is the offer that waits, if one does.
func (d showData) offerNow() (f Referral, waits bool) {
	if len(d.Referrals) > 0 && d.Referrals[0].State == Offered {
		return d.Referrals[0], true
	}
	return f, false
}

type referralsInput struct {
	Box   string `json:"box" enum:"in,out" doc:"in: offered to the reader's units; out: offered by them."`
	State string `json:"state" enum:"offered,accepted,refused,withdrawn,lapsed"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type referralsData struct {
	Items []Referral `json:"referrals"`
	list.Shown[Referral]
}

func showReferrals(r *web.Request, ask referralsInput) (d referralsData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	box := list.Filter{Name: "box", Label: "方向", Value: ask.Box, Options: []part.Option{
		{Value: "in", Label: part.T(ctx, "转来的")}, {Value: "out", Label: part.T(ctx, "转出的")}}}
	state := list.Filter{Name: "state", Label: "状态", Value: ask.State}
	for _, s := range offerings {
		state.Options = append(state.Options, part.Option{Value: string(s), Label: part.T(ctx,
			referralWords[string(s)])})
	}
	p, err := placed(r.Tx)
	if err != nil {
		return d, err
	}
	all, err := Registers(r.Tx)
	if err != nil {
		return d, err
	}
	reads := in(ctx)
	stage := func(f Referral) (string, string) {
		for _, def := range all {
			if def.Code == f.Register {
				return reads(def.Name), reads(def.State(f.Stage).Name)
			}
		}
		return f.Register, f.Stage
	}
	units, _ := r.User.Scope()
	today := r.Tx.Today()
	text := func(fn func(Referral) string) func(context.Context, Referral) string {
		return func(_ context.Context, f Referral) string { return fn(f) }
	}
	l := list.List[Referral]{Path: "/referrals", File: "referrals", Title: "登记转办", First: "-offered", Size: 50,
		Intro: say.New("本单位转出和转来的登记记录。接收以前由转出单位负责；接收以后记录在接收单位的列表里，转出单位在这里看得到它到了哪一步。"),
		Empty: list.Empty{Title: "没有转办", Next: "在记录页上可以把记录转给别的单位。"},
		Columns: []list.Column[Referral]{
			{Name: "record", Label: "记录", Show: func(f Referral) templ.Component {
				return referredRecord(f, f.State == Offered || slices.Contains(units, f.Holder))
			}, Text: text(func(f Referral) string { return f.Number + " " + f.Title })},
			{Name: "register", Label: "登记", Text: text(func(f Referral) string { name, _ := stage(f); return name })},
			{Name: "from", Label: "转出单位", Text: text(func(f Referral) string { return reads(p.unitName(f.From)) })},
			{Name: "to", Label: "接收单位", Text: text(func(f Referral) string { return reads(p.unitName(f.To)) })},
			{Name: "state", Label: "转办状态", Show: func(f Referral) templ.Component { return offeringChip(f.State) },
				Text: text(func(f Referral) string { return part.T(ctx, referralWords[string(f.State)]) })},
			{Name: "offered", Label: "转出时间", Newest: true,
				Text: text(func(f Referral) string { return part.When(f.OfferedAt) })},
			{Name: "due", Label: "接收期限", Show: func(f Referral) templ.Component { return offerDue(f, today) },
				Text: text(func(f Referral) string { return f.DueOn })},
			{Name: "holder", Label: "现在由谁办",
				Text: text(func(f Referral) string { return reads(p.unitName(f.Holder)) })},
			{Name: "stage", Label: "现在的环节", Text: text(func(f Referral) string { _, at := stage(f); return at })},
			{Label: "原因", Saved: true, Text: text(func(f Referral) string { return f.Reason })},
			{Label: "答复", Saved: true, Text: text(func(f Referral) string { return f.Answer })},
		}}
	d.Items, d.Shown, err = l.Read(r, list.At{Sort: ask.Sort, Page: ask.Page, Filters: []list.Filter{box, state}},
		referralSource(r.User, ask))
	return d, err
}

// referralTasks are the offers that wait for the user's units.
func referralTasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbAccept) {
		return nil, nil
	}
	units, _ := by.Scope()
	rows, err := offeredToAny(tx, units, mostTasks)
	for _, f := range rows {
		def, err := ByVersion(tx, f.Register, f.version)
		if err != nil {
			return nil, err
		}
		c, err := castOf(tx, def)
		if err != nil {
			return nil, err
		}
		if _, no := c.acts(by, f.To); no == nil {
			tasks = append(tasks, module.Task{Object: f.Object(), Name: say.Name{ZH: f.Title},
				URL: "/records/" + f.Record, Verb: VerbAccept, Ask: "接收转办",
				State: say.Key(def.Name.ZH + " · " + "待接收"), DueOn: f.DueOn,
				Lamp: flow.Lamp(f.DueOn, tx.Today(), flow.Near)})
		}
	}
	return tasks, err
}

// referralReminders tell the unit that is asked, before the offer lapses, and the sender of what came back.
func referralReminders() module.Reminder {
	return module.Reminder{Object: "referral", Verbs: "referral.", Of: referralsDue,
		Steps: []module.Ask{{Verb: VerbAccept, Part: "first", Label: "接收转办", Ask: "请接收或拒收转来的登记"},
			{Verb: VerbRefuse, Part: "first", Label: "转办被拒收", Ask: "转办被拒收，请自行办理或另转别的单位"},
			{Verb: VerbLapse, Part: "first", Label: "转办到期未接收", Ask: "转办到期没有接收，请自行办理或另转别的单位"}},
		Due: func(tx *db.Tx, until, from string) (things []module.Due, next string, err error) {
			day, id, _ := strings.Cut(from, " ")
			rows, err := openReferrals(tx, until, later(until, -comesBack), day, id, duePiece)
			for _, f := range rows {
				d, err := f.dues(tx)
				if err != nil {
					return nil, "", err
				}
				things = append(things, d)
			}
			if len(rows) == duePiece {
				last := rows[duePiece-1]
				if next = last.DueOn + " " + last.ID; last.State != Offered {
					next = last.AnsweredOn + " " + last.ID
				}
			}
			return things, next, err
		}}
}

// comesBack is for how many days a sender is told of an offer that came back.
const comesBack = 14

// left says whether nothing was done with the record since the offer came back to its sender.
func (f Referral) left(tx *db.Tx) (bool, error) {
	all, err := referralsOf(tx, f.Record)
	if err != nil || len(all) == 0 || all[0].ID != f.ID {
		return false, err
	}
	entries, err := journal.Of(tx, "record/"+f.Record)
	if err != nil || len(entries) == 0 {
		return false, err
	}
	last := entries[len(entries)-1].Verb
	return last == VerbRefuse || last == VerbLapse, nil
}

func referralsDue(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	things := map[string]module.Due{}
	for _, object := range objects {
		f, err := referral(tx, strings.TrimPrefix(object, "referral/"))
		if err != nil {
			return nil, err
		}
		if things[object], err = f.dues(tx); err != nil {
			return nil, err
		}
	}
	return things, nil
}

func (f Referral) dues(tx *db.Tx) (d module.Due, err error) {
	def, err := ByVersion(tx, f.Register, f.version)
	if err != nil {
		return d, err
	}
	c, err := castOf(tx, def)
	if err != nil {
		return d, err
	}
	back := f.State == Refused || f.State == Lapsed
	to := f.To
	if back {
		to = f.From
	}
	u := c.places.units[to]
	d = module.Due{Object: f.Object(), Title: "登记转办：" + f.Title, TitleEN: "Referral: " + f.Title,
		URL: "/records/" + f.Record, Unit: to, UnitName: u.Name, UnitNameEN: u.NameEN,
		AreaPath: c.places.area(u.AreaID).Path}
	p, _ := def.Part(def.Referral.Who)
	for _, role := range auth.Roles() {
		if c.fits(p, auth.Post{Unit: to, Role: role}) {
			d.Roles = map[string]string{"first": role}
			break
		}
	}
	if f.State == Offered && f.DueOn != "" && len(d.Roles) > 0 {
		d.Step, d.DueOn = VerbAccept, f.DueOn
	}
	if back && len(d.Roles) > 0 {
		waits, err := f.left(tx)
		if err != nil || !waits {
			return d, err
		}
		d.DueOn, d.Step = f.AnsweredOn, map[Offering]string{Refused: VerbRefuse, Lapsed: VerbLapse}[f.State]
	}
	return d, nil
}
