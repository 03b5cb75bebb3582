package meeting

// Decisions: taken down while the minutes are written, given a day, followed up as a matter with one step.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/indicator"
)

// state of a decision in its flow.
func (d Decision) state() string {
	switch {
	case d.ID == "":
		return ""
	case d.Matter != "":
		return Followed
	}
	return Taken
}

// decisionAs is a decision in its flow, for by.
func (m Meeting) decisionAs(tx *db.Tx, by auth.User, d Decision) flow.Case {
	return flow.Case{State: d.state(),
		Plays: func(part string) (auth.Post, error) {
			if part != Lead {
				return m.plays(tx, by, part)
			}
			units, err := speaksFor(tx, by)
			if post, ok := units[d.Lead]; ok {
				return post, nil
			}
			return auth.Post{}, orDenied(err, "期限须由牵头单位自己定。")
		},
		Fits: func(s flow.Step) error { return m.decisionFits(tx, d, s) }}
}

func (m Meeting) decisionFits(tx *db.Tx, d Decision, s flow.Step) error {
	switch s.Verb {
	case VerbDecide, VerbDrop:
		if m.State != Held {
			return errs.Conflictf("会议确认召开之后、纪要签发之前才能记录议定事项。")
		}
		return m.unsent(tx)
	case VerbDue:
		if m.State != Minuted || !d.DueByLead || d.DueOn != "" {
			return errs.Conflictf("这项议定事项不需要牵头单位定期限，或者期限已经定了。")
		}
	case VerbFollow:
		if m.State != Minuted || !d.Follow {
			return errs.Conflictf("纪要签发之后，需要督办的议定事项才能转为督办。")
		}
		if d.DueByLead && d.DueOn == "" {
			return errs.Conflictf("期限由牵头单位定，还没有定。请先请牵头单位定下期限。")
		}
	}
	return nil
}

// takeDecision reads a meeting and one of its decisions, none for an empty id, and finds the line by which by may do
// verb.
func takeDecision(tx *db.Tx, by auth.User, id, decision, verb string) (m Meeting, d Decision, st flow.Step, err error) {
	if m, err = Read(tx, by, id); err != nil {
		return m, d, st, err
	}
	if decision != "" {
		if d, err = decisionIn(tx, m, decision); err != nil {
			return m, d, st, err
		}
	}
	st, _, err = ofDecision.Take(verb, by, m.decisionAs(tx, by, d))
	return m, d, st, err
}

// decisionIn is a decision of the meeting.
func decisionIn(tx *db.Tx, m Meeting, id string) (Decision, error) {
	d, err := decisionByID(tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && d.Meeting != m.ID {
		err = errs.Missingf("没有找到这项议定事项。请刷新页面看看。")
	}
	return d, err
}

// Decide takes a decision down, or changes one.
func Decide(tx *db.Tx, by auth.User, id string, d Decision) (Decision, error) {
	m, old, st, err := takeDecision(tx, by, id, d.ID, VerbDecide)
	if err != nil {
		return d, err
	}
	if d.Meeting, d.Number, d.Matter = m.ID, old.Number, ""; d.ID == "" {
		all, err := decisionsOf(tx, m.ID)
		if err != nil {
			return d, err
		}
		if d.ID, d.Number = db.NewID(), 1; len(all) > 0 {
			d.Number = all[len(all)-1].Number + 1
		}
	}
	d.Text, d.WhyNot = strings.TrimSpace(d.Text), strings.TrimSpace(d.WhyNot)
	d.Supporting = slices.DeleteFunc(d.Supporting, func(u string) bool { return u == "" })
	if err := d.validate(tx, m); err != nil {
		return d, err
	}
	if err := putDecision(tx, d); err != nil {
		return d, err
	}
	return d, record(tx, by, &m, st.Verb, nil, d.row())
}

// validate says everything that is wrong with a decision as typed.
func (d Decision) validate(tx *db.Tx, m Meeting) error {
	f := errs.Fields{}
	if d.Text == "" || !short(d.Text, maxShort) {
		f.Say("text", "请写议定内容，%d个字以内。", maxShort)
	}
	agenda, err := agendaOf(tx, m.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(agenda, func(a AgendaItem) bool { return a.ID == d.AgendaItem }) {
		f.Say("agenda_item", "请选它出自哪项议程。")
	}
	for field, codes := range map[string][]string{"lead": {d.Lead}, "supporting": d.Supporting} {
		for _, code := range codes {
			if field == "lead" && code == "" {
				continue
			}
			if err := standing(tx, f, field, code, m.Day()); err != nil {
				return err
			}
		}
	}
	switch {
	case d.Follow && d.Lead == "":
		f.Say("lead", "要督办的议定事项须有牵头单位。")
	case !d.Follow && d.WhyNot == "":
		f.Say("why_not", "不督办的，请写明为什么。")
	case d.Lead != "" && slices.Contains(d.Supporting, d.Lead):
		f.Say("supporting", "牵头单位不能又是配合单位。")
	}
	if d.DueOn != "" {
		if _, ok := dayAt(d.DueOn); !ok {
			f.Say("due_on", "请填日期，例如 2024-06-30。")
		} else if d.DueOn < m.Day() {
			f.Say("due_on", "期限不能早于开会那天（%s）。", m.Day())
		} else if d.DueByLead {
			f.Say("due_on", "期限由牵头单位定的，这里不填日期。")
		}
	}
	if d.Indicator != "" {
		if _, err := indicator.ByCode(tx, d.Indicator); errs.KindOf(err) == errs.Missing {
			f.Say("indicator", "没有这个指标：%s", d.Indicator)
		} else if err != nil {
			return err
		}
	}
	return f.Check("议定事项没有保存，请看标出的地方。")
}

func dayAt(text string) (time.Time, bool) {
	at, err := time.ParseInLocation(time.DateOnly, text, db.China)
	return at, err == nil
}

// Undecide takes a decision out that was put down by mistake; those behind it move up.
func Undecide(tx *db.Tx, by auth.User, id, decision string) error {
	m, d, st, err := takeDecision(tx, by, id, decision, VerbDrop)
	if err != nil {
		return err
	}
	all, err := decisionsOf(tx, m.ID)
	if err != nil {
		return err
	}
	rows := []row{gone(d.row())}
	if err := dropDecision(tx, d.ID); err != nil {
		return err
	}
	for _, o := range all {
		if o.Number <= d.Number {
			continue
		}
		o.Number--
		if err := putDecision(tx, o); err != nil {
			return err
		}
		rows = append(rows, o.row())
	}
	return record(tx, by, &m, st.Verb, nil, rows...)
}

// SetDue is the day that the lead unit sets itself.
func SetDue(tx *db.Tx, by auth.User, id, decision, day string) (Decision, error) {
	m, d, st, err := takeDecision(tx, by, id, decision, VerbDue)
	if err != nil {
		return d, err
	}
	if _, ok := dayAt(day); !ok || day < tx.Today() {
		return d, errs.Fields{"due_on": {Key: "请填今天或以后的日期，例如 2024-06-30。"}}.Check("期限没有保存。")
	}
	d.DueOn = day
	if err := putDecision(tx, d); err != nil {
		return d, err
	}
	return d, record(tx, by, &m, st.Verb, nil, d.row())
}

// dueOf is the day by which a decision is to be done: its own, or so many days after the minutes; "" while the lead
// unit has not set it.
func (d Decision) dueOf(tx *db.Tx, signed time.Time) (string, error) {
	if d.DueOn != "" || d.DueByLead || signed.IsZero() {
		return d.DueOn, nil
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return "", err
	}
	st, _ := life.Step(string(Held), VerbMinute)
	due, err := st.Deadline(tx, days, signed)
	if err != nil || due == nil {
		return "", err
	}
	return due.On, nil
}

// Decisions are what a meeting decided, in order, whoever asks.
func Decisions(tx *db.Tx, id string) ([]Decision, error) { return decisionsOf(tx, id) }

// OpenBefore are the decisions of earlier meetings of the host's area that are followed up and not done: what the
// papers of a meeting begin with.
func OpenBefore(tx *db.Tx, m Meeting) ([]Decision, error) {
	all, err := openDecisions(tx, m.AreaPath, m.Starts)
	if err != nil {
		return nil, err
	}
	open := []Decision{}
	for _, d := range all {
		ended, err := d.ended(tx)
		if err != nil {
			return nil, err
		}
		if !ended {
			open = append(open, d)
		}
	}
	return open, nil
}
