package supervision

// Findings, letters to areas and objections by their pages and routes.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/instruction"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/rectification"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// findingRoutes registers what comes of visits.
func findingRoutes(m *web.Mux) {
	web.View(m, "GET /findings 列出督导发现", VerbRead, showFindings, findingsPage)
	web.View(m, "GET /findings/new 准备记督导发现", VerbFile, newFinding, findingForm)
	web.Form(m, "POST /findings 记督导发现", VerbFile, fileFinding, newFinding, findingForm)
	web.View(m, "GET /findings/{id} 看一条督导发现", VerbRead, showFinding, findingPage)
	web.View(m, "GET /findings/{id}/edit 准备补充督导发现", VerbAmend, editFinding, findingForm)
	web.Form(m, "POST /findings/{id}/edit 补充督导发现", VerbAmend, amendFinding, editFinding, findingForm)
	web.Form(m, "POST /findings/{id}/confirm 确认督导发现", VerbConfirm, confirmFinding, showFinding, findingPage)
	web.Form(m, "POST /findings/{id}/drop 不采用督导发现", VerbDrop, because(Drop, "已记为不采用。"), showFinding,
		findingPage)
	web.Form(m, "POST /findings/{id}/keep 说明仍然采用", VerbKeep, because(Keep, "已说明。"), showFinding, findingPage)
	web.Form(m, "POST /findings/{id}/answer 答复督导发现", VerbAnswer, answerFinding, showFinding, findingPage)
	web.Form(m, "POST /visits/{id}/notify 起草督导通知", VerbNotify, notify, show, showPage)
	web.Form(m, "POST /visits/{id}/show 送区里核对", VerbShow, showArea, show, showPage)
	web.View(m, "GET /visits/{id}/record 下载督导记录表", VerbRead, recordSheet, nil)
	web.View(m, "GET /visits/{id}/problems 下载问题确认单", VerbRead, problemSheet, nil)
	web.Form(m, "POST /visits/{id}/feedback 起草督导意见函", VerbDraft, draftFeedback, show, showPage)

	web.View(m, "GET /feedbacks/{id} 看对一个地区的书面反馈", VerbRead, showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/consent 同意督导意见函", VerbConsent, feedbackStep(Consent,
		"已同意，办公室可以核稿、签发。"), showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/matter 问题转为督办事项", VerbToMatter, toMatter, showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/leave 问题不立督办", VerbLeave, leave, showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/correct 起草更正的督导意见函", VerbCorrect, feedbackStep(Correct,
		"更正稿已起草，请核稿、签发后发出第二版。"), showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/objections 申请复核", VerbObject, object, showFeedback, feedbackPage)
	web.View(m, "GET /objections/{id} 看一份复核申请", VerbRead, showObjection, objectionPage)
	web.Form(m, "POST /objections/{id}/decide 作出复核结论", VerbDecide, decide, showObjection, objectionPage)
}

// findingInput is a finding as it is written at a desk.
type findingInput struct {
	Visit     string   `json:"visit" doc:"Identifier of the visit."`
	Kind      string   `json:"kind" enum:"problem,practice,suggestion"`
	Text      string   `json:"text"`
	Goal      string   `json:"goal" doc:"plan/code."`
	Measure   string   `json:"measure" doc:"The measure that it rests on, in words."`
	Clause    string   `json:"clause" doc:"The rule and clause that it rests on."`
	Evidence  []string `json:"evidence" doc:"visit_note/ID, visit_site/ID, or words such as a figure with its source."`
	Figure    string   `json:"figure" doc:"One more piece of evidence, in words."`
	Indicator string   `json:"indicator" doc:"Code of the indicator."`
	Weight    string   `json:"weight" enum:"serious,normal,slight" doc:"How bad a problem is."`
	CauseKind string   `json:"cause_kind" doc:"policy, resources, cooperation, data, execution, external."`
	Advice    string   `json:"advice" doc:"What the group advises."`
	Lead      string   `json:"lead" doc:"Code of the unit that could mend it."`
}

func (in findingInput) finding() Finding {
	return Finding{Kind: in.Kind, Text: in.Text, Goal: in.Goal, Measure: in.Measure, Clause: in.Clause,
		Evidence: append(slices.Clone(in.Evidence), in.Figure), Indicator: in.Indicator, Weight: in.Weight,
		CauseKind: in.CauseKind, Advice: in.Advice, Lead: in.Lead}
}

// filed tells a program where a finding stands after a step.
type filed struct {
	ID      string `json:"id"`
	Number  string `json:"number"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func findingDone(r *web.Request, f Finding, flash say.Key) web.Done[filed] {
	return web.Done[filed]{To: f.URL(), Flash: part.In(r.Lang, flash), Data: filed{f.ID, f.Number, f.State, f.Version}}
}

func fileFinding(r *web.Request, in findingInput) (web.Done[filed], error) {
	f, err := File(r.Tx, r.User, in.Visit, in.finding())
	return findingDone(r, f, "已记下，请组长确认。"), err
}

type amendInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	findingInput
}

func amendFinding(r *web.Request, in amendInput) (web.Done[filed], error) {
	f, err := Amend(r.Tx, r.User, in.ID, in.Version, in.finding())
	return findingDone(r, f, "已保存。"), err
}

func confirmFinding(r *web.Request, in versionInput) (web.Done[filed], error) {
	f, err := Confirm(r.Tx, r.User, in.ID, in.Version)
	return findingDone(r, f, "已确认。"), err
}

type ending func(tx *db.Tx, by auth.User, id string, version int64, why string) (Finding, error)

func because(take ending, flash say.Key) func(*web.Request, reasonInput) (web.Done[filed], error) {
	return func(r *web.Request, in reasonInput) (web.Done[filed], error) {
		f, err := take(r.Tx, r.User, in.ID, in.Version, in.Reason)
		return findingDone(r, f, flash), err
	}
}

type answerInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Says    string `json:"says" enum:"agrees,adds,objects" doc:"What the area says of it."`
	Text    string `json:"text"`
}

func answerFinding(r *web.Request, in answerInput) (web.Done[filed], error) {
	f, err := Answer(r.Tx, r.User, in.ID, in.Version, in.Says, in.Text)
	return findingDone(r, f, "已答复。"), err
}

type notifyInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Hasty   string `json:"hasty" doc:"Why the notice comes late, if it does."`
}

func notify(r *web.Request, in notifyInput) (web.Done[taken], error) {
	v, err := Notify(r.Tx, r.User, in.ID, in.Version, in.Hasty)
	return done(r, v, "通知已起草，请核稿、签发后发出。"), err
}

// shownData says which findings the area was told of.
type shownData struct {
	Findings []filed `json:"findings"`
}

func showArea(r *web.Request, in idInput) (web.Done[shownData], error) {
	all, err := Show(r.Tx, r.User, in.ID)
	d := shownData{Findings: []filed{}}
	for _, f := range all {
		d.Findings = append(d.Findings, filed{f.ID, f.Number, f.State, f.Version})
	}
	return web.Done[shownData]{To: "/visits/" + in.ID, Flash: part.In(r.Lang, "已送区里核对，3个工作日内答复。"), Data: d},
		err
}

func recordSheet(r *web.Request, in idInput) (web.File, error) {
	v, err := Read(r.Tx, r.User, in.ID)
	if err == nil && !v.inside(r.User) {
		err = unseen
	}
	if err != nil {
		return web.File{}, err
	}
	if v, err = Get(r.Tx, in.ID); err != nil {
		return web.File{}, err
	}
	name, d, err := RecordSheet(r.Tx, v)
	if err != nil {
		return web.File{}, err
	}
	return web.Word(r, name, d)
}

func problemSheet(r *web.Request, in idInput) (web.File, error) {
	v, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.File{}, err
	}
	name, d, err := ProblemSheet(r.Tx, r.User, v)
	if err != nil {
		return web.File{}, err
	}
	return web.Word(r, name, d)
}

// showMore is what came of a visit: its notice, its findings, the letter to the area.
type showMore struct {
	findings []Finding
	notice   letter.Letter
	feedback Feedback
	letter   letter.Letter
	may      map[string]bool
	today    string
	planDue  string
}

func moreOf(tx *db.Tx, by auth.User, v Visit) (m showMore, err error) {
	m.today, m.may = tx.Today(), map[string]bool{}
	all, err := findingsOf(tx, v.ID)
	if err != nil {
		return m, err
	}
	for _, f := range all {
		if f.sees(by) {
			m.findings = append(m.findings, f)
			for _, st := range findingLife.Open(by, f.stand().as(by, f.State)) {
				m.may[st.Verb] = true
			}
		}
	}
	if v.Notice != "" {
		if m.notice, err = letter.Read(tx, by, strings.TrimPrefix(v.Notice, "letter/")); errs.KindOf(err) == errs.Missing {
			m.notice, err = letter.Letter{}, nil
		}
		if err != nil {
			return m, err
		}
	}
	b, is, err := feedbackTo(tx, v.Office, v.About, v.AreaID)
	if err != nil {
		return m, err
	}
	if is {
		b, l, err := ReadFeedback(tx, by, b.ID)
		switch {
		case err == nil:
			m.feedback, m.letter = b, l
		case errs.KindOf(err) != errs.Missing:
			return m, err
		}
	} else if v.State == Noted {
		if _, _, err := feedbackLife.Take(VerbDraft, by, v.stand().as(by, "")); err == nil {
			m.may[VerbDraft] = true
		}
		if m.planDue, err = planDay(tx, ""); err != nil {
			return m, err
		}
	}
	if v.State == UnderWay || v.State == Noted {
		_, _, err := findingLife.Take(VerbFile, by, v.stand().as(by, ""))
		m.may[VerbFile] = err == nil
	}
	return m, nil
}

func (v Visit) stand() stand { return stand{v.group, v.Office, v.OfficePath, v.AreaPath} }

type feedbackInput struct {
	ID      string `json:"id"`
	PlanDue string `json:"plan_due" doc:"Until when the plan is wanted; by default in 30 days."`
}

// told tells a program where the letter to an area stands.
type told struct {
	ID      string `json:"id"`
	Letter  string `json:"letter"`
	Matter  string `json:"matter,omitempty"`
	State   State  `json:"state"`
	Version int64  `json:"version"`
}

func feedbackDone(r *web.Request, b Feedback, flash say.Key) web.Done[told] {
	return web.Done[told]{To: b.URL(), Flash: part.In(r.Lang, flash), Data: told{b.ID,
		strings.TrimPrefix(b.Letter, "letter/"), strings.TrimPrefix(b.Matter, "matter/"), b.State, b.Version}}
}

func draftFeedback(r *web.Request, in feedbackInput) (web.Done[told], error) {
	b, err := DraftFeedback(r.Tx, r.User, in.ID, in.PlanDue)
	return feedbackDone(r, b, "意见函已起草，请组长同意后核稿、签发。"), err
}

func feedbackStep(take func(*db.Tx, auth.User, string, int64) (Feedback, error),
	flash say.Key) func(*web.Request, versionInput) (web.Done[told], error) {
	return func(r *web.Request, in versionInput) (web.Done[told], error) {
		b, err := take(r.Tx, r.User, in.ID, in.Version)
		return feedbackDone(r, b, flash), err
	}
}

type matterInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Matter  string `json:"matter" doc:"A matter in which the problems are followed up already; by default a new one."`
}

func toMatter(r *web.Request, in matterInput) (web.Done[told], error) {
	b, err := ToMatter(r.Tx, r.User, in.ID, in.Version, in.Matter)
	return feedbackDone(r, b, "问题已转为督办事项。"), err
}

func leave(r *web.Request, in reasonInput) (web.Done[told], error) {
	b, err := Leave(r.Tx, r.User, in.ID, in.Version, in.Reason)
	return feedbackDone(r, b, "已记为不立督办。"), err
}

type objectInput struct {
	ID       string   `json:"id"`
	Findings []string `json:"findings" doc:"Identifiers of the findings."`
	Reason   string   `json:"reason"`
}

// objected tells a program where an objection stands.
type objected struct {
	ID      string `json:"id"`
	State   State  `json:"state"`
	DueOn   string `json:"due"`
	Version int64  `json:"version"`
}

func object(r *web.Request, in objectInput) (web.Done[objected], error) {
	o, err := Object(r.Tx, r.User, in.ID, in.Findings, in.Reason)
	return web.Done[objected]{To: o.URL(), Flash: part.In(r.Lang, "已提交复核申请。"),
		Data: objected{o.ID, o.State, o.DueOn, o.Version}}, err
}

type decideInput struct {
	ID          string            `json:"id"`
	Version     int64             `json:"version"`
	Verdict     string            `json:"verdict" enum:"kept,changed,dropped" doc:"What comes of the objection."`
	Explanation string            `json:"explanation" doc:"Why it is decided so."`
	Changes     map[string]string `json:"changes" doc:"New texts, by the identifier of the finding."`
}

func decide(r *web.Request, in decideInput) (web.Done[objected], error) {
	o, err := Decide(r.Tx, r.User, in.ID, in.Version, Decision{in.Verdict, in.Explanation, in.Changes})
	return web.Done[objected]{To: o.URL(), Flash: part.In(r.Lang, "结论已作出。"),
		Data: objected{o.ID, o.State, o.DueOn, o.Version}}, err
}

// findingData is a finding for its reader.
type findingData struct {
	Finding Finding    `json:"finding"`
	Visit   Visit      `json:"visit"`
	Actions []string   `json:"actions"`
	Silent  bool       `json:"silent,omitempty"`
	Trail   trail.Data `json:"trail"`

	area     say.Name
	evidence []shownEvidence
	objected []Objection
	today    string
}

// shownEvidence is a piece of evidence with what it is called and where it is.
type shownEvidence struct{ Text, URL string }

func showFinding(r *web.Request, in idInput) (d findingData, err error) {
	if d.Finding, err = ReadFinding(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	f := d.Finding
	if d.Visit, err = Get(r.Tx, f.VisitID); err != nil {
		return d, err
	}
	d.Visit = d.Visit.veiled(r.User)
	d.today, d.Actions, d.Silent = r.Tx.Today(), []string{}, f.Silent(r.Tx.Today())
	for _, st := range findingLife.Open(r.User, f.stand().as(r.User, f.State)) {
		if !slices.Contains(d.Actions, st.Verb) && !(st.Verb == VerbKeep && f.Says != "objects") &&
			!(st.Verb == VerbDrop && f.FeedbackID != "") && !(st.Verb == VerbAnswer && d.Silent) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if d.area, err = areaName(r.Tx, f.AreaID); err != nil {
		return d, err
	}
	if d.evidence, err = shownOf(r, f); err != nil {
		return d, err
	}
	if f.FeedbackID != "" {
		all, err := objectionsTo(r.Tx, f.FeedbackID)
		if err != nil {
			return d, err
		}
		for _, o := range all {
			if slices.Contains(o.Findings, f.ID) {
				d.objected = append(d.objected, o)
			}
		}
	}
	d.Trail, err = trail.Read(r.Tx, r.User, findingTrail(), f.ID)
	return d, err
}

func (d findingData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// shownOf is the evidence of a finding in words, with addresses for those who may see what it is.
func shownOf(r *web.Request, f Finding) (all []shownEvidence, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	sites, err := sitesOf(r.Tx, f.VisitID)
	if err != nil {
		return nil, err
	}
	for _, e := range f.Evidence {
		kind, id, _ := strings.Cut(e, "/")
		switch kind {
		case "visit_note":
			n, err := GetNote(r.Tx, id)
			if err != nil {
				return nil, err
			}
			one := shownEvidence{Text: part.T(ctx, "现场记录") + " " + n.clock() + " " + n.Person}
			if f.stand().inside(r.User) {
				one = shownEvidence{Text: n.said(ctx), URL: "/visit-notes/" + n.ID}
			}
			all = append(all, one)
		case "visit_site":
			for _, s := range sites {
				if s.ID == id {
					all = append(all, shownEvidence{Text: s.Place, URL: "/visits/" + f.VisitID + "#sites"})
				}
			}
		default:
			all = append(all, shownEvidence{Text: e})
		}
	}
	return all, nil
}

// findingEdit is a finding as its writer sees it.
type findingEdit struct {
	Finding    Finding `json:"finding"`
	Visit      string  `json:"visit"`
	evidence   []part.Option
	causes     []part.Option
	units      []part.Option
	indicators []part.Option
}

type newFindingInput struct {
	Visit string `json:"visit" doc:"Identifier of the visit."`
}

func newFinding(r *web.Request, in newFindingInput) (d findingEdit, err error) {
	v, err := Read(r.Tx, r.User, in.Visit)
	if err == nil && !v.inside(r.User) {
		err = unseen
	}
	if err != nil {
		return d, errs.In("visit", err)
	}
	d.Visit, d.Finding = v.ID, Finding{Kind: "problem", Weight: "normal", Evidence: []string{}}
	return d, d.choices(r, v)
}

func editFinding(r *web.Request, in idInput) (d findingEdit, err error) {
	if d.Finding, err = ReadFinding(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if !d.Finding.stand().inside(r.User) {
		return d, unseenFinding
	}
	v, err := Get(r.Tx, d.Finding.VisitID)
	if err != nil {
		return d, err
	}
	d.Visit = v.ID
	return d, d.choices(r, v)
}

func (d *findingEdit) choices(r *web.Request, v Visit) error {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	notes, err := notesOf(r.Tx, v.ID)
	if err != nil {
		return err
	}
	for _, n := range notes {
		if n.Kind != PhotoNote {
			d.evidence = append(d.evidence, part.Option{Value: n.Object(), Label: cut(n.said(ctx), maxTitle)})
		}
	}
	sites, err := sitesOf(r.Tx, v.ID)
	if err != nil {
		return err
	}
	for _, s := range sites {
		d.evidence = append(d.evidence, part.Option{Value: s.Object(), Label: part.T(ctx, "点位") + " " + s.Place})
	}
	codes, words := matter.CauseKinds()
	d.causes = []part.Option{{Label: part.T(ctx, "不清楚")}}
	for n, code := range codes {
		d.causes = append(d.causes, part.Option{Value: code, Label: part.T(ctx, words[n])})
	}
	units, err := network.UnitsOf(r.Tx, v.AreaID)
	if err != nil {
		return err
	}
	d.units = []part.Option{{Label: part.T(ctx, "区妇儿工委办")}}
	for _, u := range units {
		d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	all, err := indicator.List(r.Tx)
	d.indicators = []part.Option{{Label: part.T(ctx, "没有对应指标")}}
	for _, i := range all {
		d.indicators = append(d.indicators, part.Option{Value: i.Code,
			Label: i.Code + " " + part.Name(ctx, i.Name, i.NameEN)})
	}
	return err
}

func (d findingEdit) action() string {
	if d.Finding.ID == "" {
		return "/findings"
	}
	return d.Finding.URL() + "/edit"
}

// words are those pieces of evidence that are neither a note nor a place.
func (d findingEdit) words() string {
	for _, e := range d.Finding.Evidence {
		if !strings.HasPrefix(e, "visit_") {
			return e
		}
	}
	return ""
}

func (f Finding) version() string   { return strconv.FormatInt(f.Version, 10) }
func (b Feedback) version() string  { return strconv.FormatInt(b.Version, 10) }
func (o Objection) version() string { return strconv.FormatInt(o.Version, 10) }

// feedbackData is what an area is told, for its reader: an office at a desk, an area's leader on a phone.
type feedbackData struct {
	Feedback   Feedback    `json:"feedback"`
	Number     string      `json:"number,omitempty"`
	Title      string      `json:"title"`
	Findings   []Finding   `json:"findings"`
	Objections []Objection `json:"objections"`
	Received   int64       `json:"received"`
	Addressed  int64       `json:"addressed"`
	Days       int         `json:"days_left"`
	Actions    []string    `json:"actions"`

	letter   letter.Letter
	area     say.Name
	plans    []rectification.Plan
	words    []instruction.Instruction
	until    string
	instruct bool
	wrong    bool // there is something to correct
	today    string
}

func showFeedback(r *web.Request, in idInput) (d feedbackData, err error) {
	if d.Feedback, d.letter, err = ReadFeedback(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	b, l := d.Feedback, d.letter
	d.Number, d.Title, d.Received, d.Addressed, d.today = l.Number, l.Title, l.Received, l.Addressed, r.Tx.Today()
	d.Days = daysBetween(d.today, b.PlanDue)
	d.Findings, d.Objections, d.Actions = []Finding{}, []Objection{}, []string{}
	all, err := FindingsIn(r.Tx, b.ID)
	if err != nil {
		return d, err
	}
	d.Findings = append(d.Findings, all...)
	if d.Objections, err = objectionsTo(r.Tx, b.ID); err != nil {
		return d, err
	}
	d.Objections = append([]Objection{}, d.Objections...)
	if d.area, err = areaName(r.Tx, b.AreaID); err != nil {
		return d, err
	}
	if _, err := b.corrected(r.Tx, l); err == nil {
		d.wrong = true
	}
	if err := d.offers(r.Tx, r.User); err != nil {
		return d, err
	}
	if id, is := strings.CutPrefix(b.Matter, "matter/"); is {
		if d.plans, err = rectification.Of(r.Tx, id); err != nil {
			return d, err
		}
	}
	written, err := instruction.Of(r.Tx, b.Letter)
	for _, i := range written {
		if _, err := instruction.Read(r.Tx, r.User, i.ID); err == nil && i.WrittenOn != "" {
			d.words = append(d.words, i)
		}
	}
	return d, err
}

// offers are the steps that the reader may take.
func (d *feedbackData) offers(tx *db.Tx, by auth.User) (err error) {
	b, l := d.Feedback, d.letter
	for _, st := range feedbackLife.Open(by, b.stand().as(by, b.State)) {
		problems := slices.ContainsFunc(d.Findings, func(f Finding) bool { return f.Kind == "problem" && f.State != Dropped })
		fits := map[string]bool{VerbConsent: true, VerbDraft: l.State.Editable(), VerbCorrect: d.wrong,
			VerbToMatter: l.Issued() && problems, VerbLeave: l.Issued() && problems}[st.Verb]
		if fits && !slices.Contains(d.Actions, st.Verb) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if d.until, err = b.until(tx, l); err != nil {
		return err
	}
	o := Objection{group: b.group, Office: b.Office, OfficePath: b.OfficePath, AreaPath: b.AreaPath}
	if _, _, err := objectionLife.Take(VerbObject, by, o.stand().as(by, "")); err == nil && l.Issued() &&
		d.until != "" && tx.Today() <= d.until {
		d.Actions = append(d.Actions, VerbObject)
	}
	d.instruct = l.Issued() && by.Can(instruction.VerbWrite) && by.Has(auth.CommitteeChief) && visited(by, b.AreaPath)
	return nil
}

func (d feedbackData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// contested are the findings that can still be objected to.
func (d feedbackData) contested() (all []Finding) {
	for _, f := range d.Findings {
		taken := slices.ContainsFunc(d.Objections, func(o Objection) bool { return slices.Contains(o.Findings, f.ID) })
		if f.Kind == "problem" && f.State != Dropped && !taken {
			all = append(all, f)
		}
	}
	return all
}

// objectionData is an objection for its reader.
type objectionData struct {
	Objection Objection  `json:"objection"`
	Findings  []Finding  `json:"findings"`
	Actions   []string   `json:"actions"`
	Trail     trail.Data `json:"trail"`
	area      say.Name
	today     string
}

func showObjection(r *web.Request, in idInput) (d objectionData, err error) {
	if d.Objection, err = ReadObjection(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	o := d.Objection
	d.today, d.Actions, d.Findings = r.Tx.Today(), []string{}, []Finding{}
	for _, id := range o.Findings {
		f, err := GetFinding(r.Tx, id)
		if err != nil {
			return d, err
		}
		d.Findings = append(d.Findings, f)
	}
	if _, _, err := objectionLife.Take(VerbDecide, r.User, o.stand().as(r.User, o.State)); err == nil {
		d.Actions = append(d.Actions, VerbDecide)
	}
	if d.area, err = areaName(r.Tx, o.AreaID); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, objectionTrail(), o.ID)
	return d, err
}

func (d objectionData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// causeWord is what a kind of cause is called.
func causeWord(ctx context.Context, code string) string {
	codes, words := matter.CauseKinds()
	if at := slices.Index(codes, code); at >= 0 {
		return part.T(ctx, words[at])
	}
	return ""
}
