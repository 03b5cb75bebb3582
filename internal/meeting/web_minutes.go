package meeting

// Minutes and decisions as they are written down, checked, signed and followed up.

import (
	"slices"

	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func minutesRoutes(m *web.Mux) {
	web.View(m, "GET /meetings/{id}/minutes 看纪要", VerbRead, showMinutes, minutesPage)
	web.Form(m, "POST /meetings/{id}/minutes 保存纪要", VerbMinutesDraft, writeMinutes, showMinutes, minutesPage)
	web.Form(m, "POST /meetings/{id}/outcomes 记录议程结果", VerbOutcome, setOutcomes, showMinutes, minutesPage)
	web.View(m, "GET /meetings/{id}/decision 打开议定事项页", VerbDecide, deciding, decisionPage)
	web.Form(m, "POST /meetings/{id}/decisions 记录一项议定事项", VerbDecide, decide, deciding, decisionPage)
	web.Update(m, "POST /meetings/{id}/decisions/{decision}/drop 撤下一项议定事项", VerbDrop, undecide)
	web.Form(m, "POST /meetings/{id}/decisions/{decision}/due 牵头单位定期限", VerbDue, setDue, show, showPage)
	web.Form(m, "POST /meetings/{id}/decisions/{decision}/follow 转为督办", VerbFollow, follow, show, showPage)
	letterRoutes(m)
}

// minutesData is the minutes with what they are made from.
type minutesData struct {
	ID      string `json:"id"`
	State   string `json:"state,omitempty"`
	Version int64  `json:"version"`
	Text    string `json:"text"`

	d       showData
	written bool // somebody has written already; else Text is proposed from the agenda
}

func showMinutes(r *web.Request, in idInput) (d minutesData, err error) {
	if d.d, err = show(r, in); err != nil {
		return d, err
	}
	d.ID, d.Version, d.State = d.d.m.ID, d.d.minutes.Version, d.d.minutes.State
	if !d.d.host {
		return d, nil // others read the letter, once it is issued
	}
	d.Text, d.written = d.d.minutes.Text, d.d.minutes.Meeting != ""
	if !d.written && d.d.may(VerbMinutesDraft) {
		d.Text = d.d.minutesText()
	}
	return d, nil
}

type writeInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Text    string `json:"text" doc:"Text of the decision or of the minutes."`
}

// kept tells a program how the minutes stand.
type kept struct {
	State   string `json:"state"`
	Version int64  `json:"version"`
}

func doneMinutes(id string, n Minutes, flash string) web.Done[kept] {
	return web.Done[kept]{To: "/meetings/" + id + "/minutes", Flash: flash, Data: kept{n.State, n.Version}}
}

func writeMinutes(r *web.Request, in writeInput) (web.Done[kept], error) {
	n, err := WriteMinutes(r.Tx, r.User, in.ID, in.Version, in.Text)
	return doneMinutes(in.ID, n, part.In(r.Lang, "纪要已保存。写好以后送核签。")), err
}

type outcomesInput struct {
	ID      string            `json:"id"`
	Outcome map[string]string `json:"outcome" doc:"What each item came to, by its identifier."`
}

func setOutcomes(r *web.Request, in outcomesInput) (web.Done[saved], error) {
	agenda, err := agendaOf(r.Tx, in.ID)
	if err != nil {
		return web.Done[saved]{}, err
	}
	for _, a := range agenda {
		if to, given := in.Outcome[a.ID]; given && to != a.Outcome {
			if _, err := SetOutcome(r.Tx, r.User, in.ID, a.ID, to); err != nil {
				return web.Done[saved]{}, err
			}
		}
		delete(in.Outcome, a.ID)
	}
	m, err := Read(r.Tx, r.User, in.ID)
	if err == nil && len(in.Outcome) > 0 {
		err = unseen
	}
	d := done(r, m, "议程结果已记录。")
	d.To += "/minutes"
	return d, err
}

type decidingInput struct {
	ID       string `json:"id"`
	Decision string `json:"decision" doc:"Identifier of a decision of the meeting."`
}

// decisionData is a decision to be filled in.
type decisionData struct {
	Meeting  string  `json:"meeting"`
	Decision decided `json:"decision"`

	d          Decision
	m          Meeting
	agenda     []part.Option
	units      []part.Option
	indicators []part.Option
	supporting part.ChooseView
}

func deciding(r *web.Request, in decidingInput) (d decisionData, err error) {
	if d.m, d.d, _, err = takeDecision(r.Tx, r.User, in.ID, in.Decision, VerbDecide); err != nil {
		return d, err
	}
	if d.Meeting = d.m.ID; in.Decision == "" {
		d.d.Follow = true
	}
	d.Decision = decidedOf(d.d)
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	agenda, err := agendaOf(r.Tx, d.m.ID)
	if err != nil {
		return d, err
	}
	for _, a := range agenda {
		d.agenda = append(d.agenda, part.Option{Value: a.ID, Label: number(a.Number) + " " + a.Title})
	}
	if d.supporting, err = chooser(r.Tx, ctx, d.m, "supporting", nil); err != nil {
		return d, err
	}
	d.supporting.Label, d.supporting.Chosen = part.T(ctx, "配合单位"), d.d.Supporting
	units, err := unitsAround(r.Tx, d.m.Host)
	for _, u := range units {
		if u.OpensOn <= d.m.Day() && (u.ClosesOn == "" || u.ClosesOn > d.m.Day()) {
			d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
		}
	}
	if err != nil {
		return d, err
	}
	d.indicators, err = indicatorOptions(r.Tx, ctx)
	return d, err
}

// leads are the units that may lead a decision, with none ahead of them.
func (d decisionData) leads(none string) []part.Option {
	return slices.Concat([]part.Option{{Label: none}}, d.units)
}

type decideInput struct {
	ID         string   `json:"id"`
	Decision   string   `json:"decision" doc:"Identifier of a decision of the meeting."`
	Text       string   `json:"text" doc:"Text of the decision or of the minutes."`
	AgendaItem string   `json:"agenda_item" doc:"Identifier of the item of the agenda that it comes from."`
	Lead       string   `json:"lead" doc:"Code of the unit that leads."`
	Supporting []string `json:"supporting" doc:"Codes of the units that support."`
	DueOn      string   `json:"due_on" doc:"Day by which it is to be done, such as 2024-06-30."`
	DueByLead  bool     `json:"due_by_lead" doc:"The lead unit sets the day itself."`
	Follow     bool     `json:"follow" doc:"It is to be followed up as a matter."`
	WhyNot     string   `json:"why_not" doc:"Why it is not followed up."`
	Indicator  string   `json:"indicator"`
}

func decide(r *web.Request, in decideInput) (web.Done[decided], error) {
	m, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[decided]{}, err
	}
	c, err := chooser(r.Tx, r.Context, m, "supporting", nil)
	if err != nil {
		return web.Done[decided]{}, err
	}
	d, err := Decide(r.Tx, r.User, in.ID, Decision{ID: in.Decision, Text: in.Text, AgendaItem: in.AgendaItem,
		Lead: in.Lead, Supporting: c.Codes(in.Supporting), DueOn: in.DueOn, DueByLead: in.DueByLead, Follow: in.Follow,
		WhyNot: in.WhyNot, Indicator: in.Indicator})
	return web.Done[decided]{To: "/meetings/" + in.ID + "/minutes#decisions", Flash: part.In(r.Lang,
		"议定事项已记录。"),
		Data: decidedOf(d)}, err
}

type decisionInput struct {
	ID       string `json:"id"`
	Decision string `json:"decision" doc:"Identifier of a decision of the meeting."`
}

func undecide(r *web.Request, in decisionInput) (web.Redirect, error) {
	err := Undecide(r.Tx, r.User, in.ID, in.Decision)
	to := "/meetings/" + in.ID + "/minutes#decisions"
	return web.Redirect{To: to, Flash: part.In(r.Lang, "议定事项已撤下。"), Data: web.Place{Location: to}}, err
}

type dueInput struct {
	ID       string `json:"id"`
	Decision string `json:"decision" doc:"Identifier of a decision of the meeting."`
	DueOn    string `json:"due_on" doc:"Day by which it is to be done, such as 2024-06-30."`
}

func setDue(r *web.Request, in dueInput) (web.Done[decided], error) {
	d, err := SetDue(r.Tx, r.User, in.ID, in.Decision, in.DueOn)
	return web.Done[decided]{To: "/meetings/" + in.ID + "#decisions", Flash: part.In(r.Lang, "期限已定。"),
		Data: decidedOf(d)}, err
}

type followInput struct {
	ID       string `json:"id"`
	Decision string `json:"decision" doc:"Identifier of a decision of the meeting."`
	Matter   string `json:"matter" doc:"An open matter that takes it as a source."`
}

func follow(r *web.Request, in followInput) (web.Done[decided], error) {
	d, err := Follow(r.Tx, r.User, in.ID, in.Decision, in.Matter)
	return web.Done[decided]{To: "/meetings/" + in.ID + "#decisions", Flash: part.In(r.Lang, "已转为督办。"),
		Data: decidedOf(d)}, err
}
