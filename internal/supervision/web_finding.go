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
	"yipanqi/internal/flow"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// findingRoutes registers what comes of visits.
func findingRoutes(p pages, m *web.Mux) {
	web.View(m, "GET /findings 列出督导发现", VerbRead, p.showFindings, findingsPage)
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
	web.View(m, "GET /visits/{id}/record 下载督导记录表", VerbWatch, recordSheet, nil)
	web.View(m, "GET /visits/{id}/problems 下载问题确认单", VerbWatch, problemSheet, nil)
	web.Form(m, "POST /visits/{id}/feedback 起草督导意见函", VerbDraft, draftFeedback, show, showPage)

	web.View(m, "GET /feedbacks/{id} 看对一个地区的书面反馈", VerbWatch, p.showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/consent 同意督导意见函", VerbConsent, feedbackStep(Consent,
		"已同意，办公室可以核稿、签发。"), p.showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/matter 问题转为督办事项", VerbToMatter, toMatter, p.showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/leave 问题不立督办", VerbLeave, leave, p.showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/correct 起草更正的督导意见函", VerbCorrect, feedbackStep(Correct,
		"更正稿已起草，请核稿、签发后发出第二版。"), p.showFeedback, feedbackPage)
	web.Form(m, "POST /feedbacks/{id}/objections 申请复核", VerbObject, object, p.showFeedback, feedbackPage)
	web.View(m, "GET /objections/{id} 看一份复核申请", VerbWatch, showObjection, objectionPage)
	web.Form(m, "POST /objections/{id}/decide 作出复核结论", VerbDecide, decide, showObjection, objectionPage)
}

// findingInput is a finding as it is written at a desk.
type findingInput struct {
	Visit     string   `json:"visit" doc:"Identifier of the visit."`
	Kind      string   `json:"kind" enum:"problem,practice,suggestion"`
	Text      string   `json:"text"`
	Goal      string   `json:"goal" doc:"plan/code."`
	Measure   string   `json:"measure" doc:"The measure that it rests on: plan/code, or in words."`
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
	return web.Done[shownData]{To: "/visits/" + in.ID, Flash: part.In(r.Lang, "已送区里核对，由区里在期限内答复。"),
			Data: d},
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

// lettered is what an area is told with its letter.
type lettered struct {
	feedback Feedback
	letter   letter.Letter
}

// showMore is what came of a visit: its notice, its findings, the letter to the area.
type showMore struct {
	findings []Finding
	criteria map[string][]Criterion // by finding
	notice   letter.Letter
	letters  []lettered
	sides    shownSides
	may      map[string]bool
	today    string
	planDue  string
}

func moreOf(tx *db.Tx, by auth.User, v Visit) (m showMore, err error) {
	m.today, m.may, m.criteria = tx.Today(), map[string]bool{}, map[string][]Criterion{}
	all, err := findingsOf(tx, v.ID)
	if err != nil {
		return m, err
	}
	for _, f := range all {
		if f.sees(by) {
			m.findings = append(m.findings, f)
			if m.criteria[f.ID], err = f.criteria(tx); err != nil {
				return m, err
			}
			for _, st := range findingLife.Open(by, f.as(by)) {
				m.may[st.Verb] = true
			}
		}
	}
	if v.Notice != "" {
		if m.notice, err = letter.Read(tx, by, strings.TrimPrefix(v.Notice,
			"letter/")); errs.KindOf(err) == errs.Missing {
			m.notice, err = letter.Letter{}, nil
		}
		if err != nil {
			return m, err
		}
	}
	told, waits, err := v.letters(tx)
	if err != nil {
		return m, err
	}
	for _, b := range told {
		b, l, err := ReadFeedback(tx, by, b.ID)
		switch {
		case err == nil:
			m.letters = append(m.letters, lettered{b, l})
		case errs.KindOf(err) != errs.Missing:
			return m, err
		}
	}
	if waits && v.State == Noted {
		if _, _, err := feedbackLife.Take(VerbDraft, by, v.stand().as(by, "")); err == nil {
			m.may[VerbDraft] = true
		}
		if m.planDue, err = planDay(tx, ""); err != nil {
			return m, err
		}
	}
	if m.sides, err = shownSidesOf(tx, v.AreaID); err != nil {
		return m, err
	}
	if v.State == UnderWay || v.State == Noted {
		_, _, err := findingLife.Take(VerbFile, by, v.stand().as(by, ""))
		m.may[VerbFile] = err == nil
	}
	return m, nil
}

func (v Visit) stand() stand { return stand{v.group, nil, v.Office, v.OfficePath, v.AreaPath, ""} }

// findingData is a finding for its reader.
type findingData struct {
	Finding  Finding     `json:"finding"`
	Criteria []Criterion `json:"criteria"`
	Visit    Visit       `json:"visit"`
	Actions  []string    `json:"actions"`
	Silent   bool        `json:"silent,omitempty"`
	Trail    trail.Data  `json:"trail"`

	area     say.Name
	evidence []shownEvidence
	objected []Objection
	own      string // why a head does not judge it, where that is as they filed it
	letter   bool   // the reader may read what the area is told
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
	found, err := f.criteria(r.Tx)
	if err != nil {
		return d, err
	}
	d.Visit, d.Criteria = d.Visit.veiled(r.User), append([]Criterion{}, found...)
	d.today, d.Actions, d.Silent = r.Tx.Today(), []string{}, f.Silent(r.Tx.Today())
	for _, st := range findingLife.Open(r.User, f.as(r.User)) {
		if !slices.Contains(d.Actions, st.Verb) && !(st.Verb == VerbKeep && f.Says != "objects") &&
			!(st.Verb == VerbDrop && f.FeedbackID != "") && !(st.Verb == VerbAnswer && d.Silent) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if refused := f.as(r.User).Fits(flow.Step{Who: judge, Rule: notOwn}); refused != nil && f.State == Filed {
		d.own = errs.WordsOf(refused).In(r.Lang, part.English)
	}
	if d.area, err = areaName(r.Tx, f.AreaID); err != nil {
		return d, err
	}
	if d.evidence, err = shownOf(r, f); err != nil {
		return d, err
	}
	if f.FeedbackID != "" && r.User.Can(VerbWatch) {
		_, _, unread := ReadFeedback(r.Tx, r.User, f.FeedbackID)
		d.letter = unread == nil
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

func (f Finding) version() string   { return strconv.FormatInt(f.Version, 10) }
func (b Feedback) version() string  { return strconv.FormatInt(b.Version, 10) }
func (o Objection) version() string { return strconv.FormatInt(o.Version, 10) }

// causeWord is what a kind of cause is called.
func causeWord(ctx context.Context, code string) string {
	codes, words := matter.CauseKinds()
	if at := slices.Index(codes, code); at >= 0 {
		return part.T(ctx, words[at])
	}
	return ""
}
