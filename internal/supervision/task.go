package supervision

// What waits for whom: visits of today, notes to finish, findings to confirm and to answer, letters to write,
// objections to decide; and who is reminded of what is due.

import (
	"cmp"
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/letter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Tasks are what waits for the user.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	today := tx.Today()
	add := func(object, url, verb string, ask, state say.Key, due, title string, note say.Key) {
		tasks = append(tasks, module.Task{Object: object, Name: say.Name{ZH: title}, URL: url, Verb: verb, Ask: ask,
			State: state, DueOn: due, Lamp: flow.Lamp(due, today, flow.Near), Note: say.New(note)})
	}
	visits, err := waitingVisits(tx, by, today)
	if err != nil {
		return nil, err
	}
	ripe := map[string]bool{} // areas whose letter is asked for already: one letter tells of several visits
	for _, v := range visits {
		name, err := areaName(tx, v.AreaID)
		if err != nil {
			return nil, err
		}
		title := v.OnDay + " " + name.ZH
		mine := v.group.has(by.ID)
		_, works := by.PostFor(v.Office, auth.Office)
		switch {
		case v.State == UnderWay && mine:
			add(v.Object(), v.URL(), VerbFinish, "完成记录", v.State.Words(), v.NoteDue, title, "督导走访")
		case v.OnDay == today && mine && (v.State == Announced || v.State == Notified ||
			v.Unannounced && v.State == Planned):
			add(v.Object(), v.URL()+"/field", VerbStart, "打开手机记录页", "今天督导", today, title, "督导走访")
		case v.State == Planned && works && !v.Unannounced && v.OnDay >= today:
			add(v.Object(), v.URL(), VerbNotify, "起草督导通知", v.State.Words(), noticeDue(v.OnDay), title, "督导走访")
		case v.State == Noted && works && !ripe[v.AreaPath+" "+v.About]:
			if err := v.next(tx, title, ripe, add); err != nil {
				return nil, err
			}
		}
	}
	feedbacks, err := waitingFeedbacks(tx, by)
	if err != nil {
		return nil, err
	}
	for _, b := range feedbacks {
		if err := b.next(tx, by, add); err != nil {
			return nil, err
		}
	}
	findings, err := waitingFindings(tx, by, today)
	if err != nil {
		return nil, err
	}
	for _, f := range findings {
		title := say.Title(f.Text, maxTitle)
		switch {
		case f.State == Filed && f.waitsFor(by, VerbConfirm):
			add(f.Object(), f.URL(), VerbConfirm, "确认发现", f.State.words(), f.confirmDue(tx), title, "督导发现")
		case f.State == Shown && !f.Silent(today) && visited(by, f.AreaPath) && by.Can(VerbAnswer):
			add(f.Object(), f.URL(), VerbAnswer, "答复督导发现", "待区里答复", f.AnswerDue, title, "督导发现")
		case f.State == Answered && f.Says == "objects" && f.Reason == "" && f.waitsFor(by, VerbKeep):
			add(f.Object(), f.URL(), VerbKeep, "说明或不采用", "区里不同意", f.AnswerDue, title, "督导发现")
		}
	}
	objections, err := objectionsWhere(tx, `o.state = 'filed'`)
	if err != nil {
		return nil, err
	}
	for _, o := range objections {
		if _, _, err := objectionLife.Take(VerbDecide, by, o.stand().as(by, o.State,
			flow.Deed{Verb: VerbObject, PersonID: o.PersonID})); err == nil {
			add(o.Object(), o.URL(), VerbDecide, "作出复核结论", "待复核", o.DueOn,
				say.Title(o.Reason, maxTitle), "复核申请")
		}
	}
	return tasks, nil
}

// adding is how something that waits is told.
type adding = func(object, url, verb string, ask, state say.Key, due, title string, note say.Key)

// next is what a visit that was noted waits for at its office: that the area is shown what was found, then the letter.
func (v Visit) next(tx *db.Tx, title string, ripe map[string]bool, add adding) error {
	_, waits, err := v.letters(tx)
	if err != nil || !waits {
		return err
	}
	all, err := findingsOf(tx, v.ID)
	if err != nil {
		return err
	}
	due, err := letterDue(tx, []Visit{v})
	if err != nil {
		return err
	}
	in := func(state State) bool {
		return slices.ContainsFunc(all, func(f Finding) bool { return f.State == state })
	}
	if in(Confirmed) && !in(Filed) {
		add(v.Object(), v.URL(), VerbShow, "送区里核对", "发现已确认", due, title, "督导发现")
		return nil
	}
	b, _, err := v.drafted(tx)
	if err != nil {
		return err
	}
	if _, _, err := b.ripe(tx, true); err == nil {
		ripe[v.AreaPath+" "+v.About] = true
		add(v.Object(), v.URL(), VerbDraft, "起草意见函", "待书面反馈", due, title, "督导意见函")
	}
	return nil
}

// next is what a letter waits for: the head's word, the matter, the correction.
func (b Feedback) next(tx *db.Tx, by auth.User, add adding) error {
	l, err := b.sent(tx)
	if err != nil || l.State == letter.StateWithdrawn {
		return err
	}
	name, err := areaName(tx, b.AreaID)
	if err != nil {
		return err
	}
	last, err := lastDay(tx, b.ID)
	if err != nil {
		return err
	}
	title := last + " " + name.ZH
	_, works := by.PostFor(b.Office, auth.Office)
	switch {
	case b.waitsFor(by, l):
		add(b.Object(), b.URL(), VerbConsent, "同意意见函", b.State.words(), b.DueOn, title, "督导意见函")
	case b.State == Consented && works && l.Issued() && b.hasProblems(tx):
		add(b.Object(), b.URL(), VerbToMatter, "问题转督办", "意见函已发出", b.PlanDue, title, "督导意见函")
	}
	if _, err := b.corrected(tx, l); err == nil && works {
		add(b.Object(), b.URL(), VerbCorrect, "起草更正稿", "复核后要更正", b.DueOn, title, "督导意见函")
	}
	return nil
}

func (b Feedback) hasProblems(tx *db.Tx) bool {
	all, err := FindingsIn(tx, b.ID)
	return err == nil && slices.ContainsFunc(all, func(f Finding) bool {
		return f.Kind == "problem" && f.State != Dropped
	})
}

// waitsFor says whether by may take a step with a finding.
func (f Finding) waitsFor(by auth.User, verb string) bool {
	_, _, err := findingLife.Take(verb, by, f.as(by))
	return err == nil
}

// confirmDue is until when the head confirms: counted from the day on which the visit's notes were finished.
func (f Finding) confirmDue(tx *db.Tx) string {
	v, err := Get(tx, f.VisitID)
	start, ok := calendar.Start(cmp.Or(v.NotedOn, f.FiledOn))
	if err != nil || !ok {
		return ""
	}
	due, err := holiday.Due(tx, start, toConfirm)
	if err != nil {
		return ""
	}
	return due.On
}

// noticeDue is about the day on which a notice should go out.
func noticeDue(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return at.AddDate(0, 0, -7).Format(time.DateOnly)
}

func reminders() []module.Reminder {
	return []module.Reminder{
		{Object: "visit", Verbs: "visit.",
			Due: module.Waiting(notedFrom, func(v Visit) string { return v.ID }, Visit.reminder),
			Of:  module.Waited(Get, Visit.reminder), Steps: []module.Ask{
				{Verb: VerbFinish, Part: "first", Label: "完成督导记录", Ask: "请完成督导记录"},
				{Verb: VerbDraft, Part: "first", Label: "发出督导意见函", Ask: "请发出督导意见函"}}},
		{Object: "finding", Verbs: "finding.",
			Due: module.Waiting(shownFrom, func(f Finding) string { return f.ID }, Finding.reminder),
			Of:  module.Waited(GetFinding, Finding.reminder), Steps: []module.Ask{
				{Verb: VerbAnswer, Part: "first", Label: "答复督导发现", Ask: "请答复督导发现"}}},
		{Object: "objection", Verbs: "objection.",
			Due: module.Waiting(filedFrom, func(o Objection) string { return o.ID }, Objection.reminder),
			Of:  module.Waited(GetObjection, Objection.reminder), Steps: []module.Ask{
				{Verb: VerbDecide, Part: "first", Label: "作出复核结论", Ask: "请作出复核结论"}}},
	}
}

// asked is the beginning of a reminder to a unit, in the role that stands for it.
func asked(tx *db.Tx, object, url, unit, path, role string, title, titleEN string) (d module.Due, err error) {
	u, err := network.UnitByCode(tx, unit)
	return module.Due{Object: object, Title: title, TitleEN: titleEN, URL: url, Unit: unit, UnitName: u.Name,
		UnitNameEN: u.NameEN, AreaPath: path, Roles: map[string]string{"first": role}}, err
}

// reminder is what a visit waits for: its notes, then the letter.
func (v Visit) reminder(tx *db.Tx) (d module.Due, err error) {
	name, err := areaName(tx, v.AreaID)
	if err != nil {
		return d, err
	}
	d, err = asked(tx, v.Object(), v.URL(), v.Office, v.OfficePath, auth.Office, name.ZH+v.OnDay+"督导",
		"Visit to "+cmp.Or(name.EN, name.ZH)+" on "+v.OnDay)
	if err != nil {
		return d, err
	}
	switch v.State {
	case UnderWay:
		d.Step, d.DueOn = VerbFinish, v.NoteDue
	case Noted:
		told, waits, err := v.letters(tx)
		if err != nil {
			return d, err
		}
		for _, b := range told {
			l, err := b.sent(tx)
			if err != nil {
				return d, err
			}
			waits = waits || !l.Issued()
		}
		if waits {
			d.Step = VerbDraft
			d.DueOn, err = letterDue(tx, []Visit{v})
		}
		return d, err
	}
	return d, nil
}

// reminder is what a finding waits for: the area's word, until the day after which silence agrees.
func (f Finding) reminder(tx *db.Tx) (d module.Due, err error) {
	s, err := sidesOf(tx, f.AreaID)
	unit := cmp.Or(s.office, append(s.committees, "")[0])
	if err != nil || unit == "" {
		return module.Due{Object: f.Object()}, err
	}
	d, err = asked(tx, f.Object(), f.URL(), unit, f.AreaPath, auth.Office, "督导发现"+f.Number, "Finding "+f.Number)
	if f.State == Shown && !f.Silent(tx.Today()) {
		d.Step, d.DueOn = VerbAnswer, f.AnswerDue
	}
	return d, err
}

func (o Objection) reminder(tx *db.Tx) (d module.Due, err error) {
	name, err := areaName(tx, o.AreaID)
	if err != nil {
		return d, err
	}
	d, err = asked(tx, o.Object(), o.URL(), o.Office, o.OfficePath, auth.Office, name.ZH+"的复核申请",
		"Objection of "+cmp.Or(name.EN, name.ZH))
	if o.State == Filed {
		d.Step, d.DueOn = VerbDecide, o.DueOn
	}
	return d, err
}
