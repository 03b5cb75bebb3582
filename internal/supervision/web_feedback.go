package supervision

// Letters to areas and objections by their pages and routes.

import (
	"slices"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/instruction"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/rectification"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type feedbackInput struct {
	ID      string `json:"id"`
	PlanDue string `json:"plan_due" doc:"Until when the plan is wanted; by default in 30 days."`

	Government string `json:"government" doc:"Code of the government that it goes to, where the area has several."`
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
	b, err := DraftFeedback(r.Tx, r.User, in.ID, Drafting{in.PlanDue, in.Government})
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

// linkedPlan is a plan that an area owes for a letter, and whether the reader may open it.
type linkedPlan struct {
	rectification.Plan
	reads bool
}

// feedbackData is what an area is told, for its reader: an office at a desk, an area's leader on a phone.
type feedbackData struct {
	Feedback   Feedback    `json:"feedback"`
	Number     string      `json:"number,omitempty"`
	Title      string      `json:"title"`
	Body       string      `json:"body"` // as it goes out
	Findings   []Finding   `json:"findings"`
	Objections []Objection `json:"objections"`
	Received   int64       `json:"received"`
	Addressed  int64       `json:"addressed"`
	Days       int         `json:"days_left"`
	Actions    []string    `json:"actions"`

	letter   letter.Letter
	text     letter.Content
	state    say.Key  // of the letter
	reads    bool     // the reader may open the letter itself
	matter   bool     // and the matter
	shut     []string // ids of findings of other groups that the reader may not open
	area     say.Name
	plans    []linkedPlan
	words    []instruction.Instruction
	until    string
	instruct bool
	wrong    bool          // there is something to correct
	open     []part.Option // matters of the area in which the problems may be followed up already
	today    string
}

func (p pages) showFeedback(r *web.Request, in idInput) (d feedbackData, err error) {
	if d.Feedback, d.letter, err = ReadFeedback(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	b, l := d.Feedback, d.letter
	d.Number, d.Received, d.Addressed, d.today = l.Number, l.Received, l.Addressed, r.Tx.Today()
	if err := d.says(r, p.secrets); err != nil {
		return d, err
	}
	d.Days = calendar.Between(d.today, b.PlanDue)
	d.Findings, d.Objections, d.Actions = []Finding{}, []Objection{}, []string{}
	all, err := FindingsIn(r.Tx, b.ID)
	if err != nil {
		return d, err
	}
	d.Findings = append(d.Findings, all...)
	d.shut = shut(r.User, all)
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
	if slices.Contains(d.Actions, VerbToMatter) {
		matters, err := matter.OpenIn(r.Tx, r.User, b.AreaID)
		if err != nil {
			return d, err
		}
		for _, m := range matters {
			d.open = append(d.open, part.Option{Value: m.ID, Label: strings.TrimSpace(m.Number + " " + m.Title)})
		}
	}
	if id, is := strings.CutPrefix(b.Matter, "matter/"); is {
		plans, err := rectification.Of(r.Tx, id)
		if err != nil {
			return d, err
		}
		for _, plan := range plans {
			_, unread := rectification.Read(r.Tx, r.User, plan.ID)
			d.plans = append(d.plans, linkedPlan{plan, unread == nil})
		}
		_, unread := matter.Read(r.Tx, r.User, id)
		d.matter = unread == nil
	}
	written, err := instruction.Of(r.Tx, b.Letter)
	for _, i := range written {
		if _, err := instruction.Read(r.Tx, r.User, i.ID); err == nil && i.WrittenOn != "" {
			d.words = append(d.words, i)
		}
	}
	return d, err
}

// says reads what the letter says to its reader: the area knows nothing of a correction before it goes out.
func (d *feedbackData) says(r *web.Request, secrets account.Secrets) error {
	issuer, err := secrets.Installation.Public()
	if err != nil {
		return err
	}
	inside := d.Feedback.stand().inside(r.User)
	if d.text, err = d.letter.Text(r.Tx, inside, issuer); err != nil {
		return err
	}
	if d.state = d.letter.State.Words(); !inside && d.letter.Correcting() {
		d.state = letter.StateIssued.Words()
	}
	var lines []string
	for _, line := range d.text.Lines() {
		lines = append(lines, line.Text())
	}
	_, unread := letter.Read(r.Tx, r.User, d.letter.ID)
	d.Title, d.Body, d.reads = d.text.Title, strings.Join(lines, "\n"), unread == nil
	return nil
}

// offers are the steps that the reader may take.
func (d *feedbackData) offers(tx *db.Tx, by auth.User) (err error) {
	b, l := d.Feedback, d.letter
	for _, st := range feedbackLife.Open(by, b.stand().as(by, b.State)) {
		problems := slices.ContainsFunc(d.Findings,
			func(f Finding) bool { return f.Kind == "problem" && f.State != Dropped })
		gone := l.State == letter.StateWithdrawn
		fits := map[string]bool{VerbConsent: b.waitsFor(by, l) && !gone, VerbCorrect: d.wrong,
			VerbDraft:    b.State == Drafted && l.State.Editable() || gone,
			VerbToMatter: l.Issued() && problems, VerbLeave: l.Issued() && problems}[st.Verb]
		if fits && !slices.Contains(d.Actions, st.Verb) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if d.until, err = b.until(tx, l); err != nil {
		return err
	}
	o := Objection{group: b.group, further: b.further(), Office: b.Office, OfficePath: b.OfficePath,
		AreaPath: b.AreaPath}
	if _, _, err := objectionLife.Take(VerbObject, by, o.stand().as(by, "")); err == nil && l.Issued() &&
		d.until != "" && tx.Today() <= d.until {
		d.Actions = append(d.Actions, VerbObject)
	}
	d.instruct = l.Issued() && by.Can(instruction.VerbWrite) && by.Has(auth.CommitteeChief) && visited(by, b.AreaPath)
	return nil
}

// shut are the ids of findings that by may not open: those of another group than their own, told in one letter.
func shut(by auth.User, all []Finding) (ids []string) {
	for _, f := range all {
		if !f.sees(by) {
			ids = append(ids, f.ID)
		}
	}
	return ids
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
	shut      []string
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
	d.shut = shut(r.User, d.Findings)
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
