package matter

// Limits that are no step's: the day an item gets from its source where none was named. Each is the
// program's proposal until the installation sets it.

import (
	"slices"
	"time"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/say"
)

// Limits that an installation may set, by name; the first five as one county's rules have them.
const (
	LimitPaper       = "matter.paper"
	LimitMinutes     = "matter.minutes"
	LimitUrgent      = "matter.instruction_urgent"
	LimitInstruction = "matter.instruction"
	LimitHard        = "matter.instruction_hard"
	LimitNear        = "matter.near"     // how many days before its day a lamp turns blue
	LimitStuck       = "matter.hard_for" // after how long what is hard is offered to a joint conference
)

// sourceLimits are those that give an item its day, in the order in which they are shown.
var sourceLimits = []string{LimitPaper, LimitMinutes, LimitInstruction, LimitUrgent, LimitHard}

var limitWords = map[string]say.Key{LimitPaper: "文件%s", LimitMinutes: "会议%s", LimitInstruction: "批示%s",
	LimitUrgent: "急件批示%s", LimitHard: "难度大的批示%s"}

// limits are the proposals.
var limits = []flow.Limited{
	{Name: LimitPaper, Words: "文件没有写明期限的事项", Within: calendar.Within(30, calendar.Days)},
	{Name: LimitMinutes, Words: "会议没有写明期限的事项", Within: calendar.Within(20, calendar.Days)},
	{Name: LimitUrgent, Words: "急件批示没有写明期限的事项", Within: calendar.Within(5, calendar.Days)},
	{Name: LimitInstruction, Words: "批示没有写明期限的事项", Within: calendar.Within(15, calendar.Days)},
	{Name: LimitHard, Words: "难度大的批示没有写明期限的事项", Within: calendar.Within(30, calendar.Days)},
	{Name: LimitNear, Words: "到期前多久亮蓝灯", Within: calendar.Within(flow.Near, calendar.Days)},
	{Name: LimitStuck, Words: "推进难度大多久以后提请联席会议", Within: calendar.Within(60, calendar.Days)},
}

// Today is a day with what its lamps go by.
type Today struct {
	Day  string
	near string // the last day that is near
	far  string // what is hard since then or longer has been so for long
}

// LampDay is today in an installation: its own thresholds, or the program's.
func LampDay(tx *db.Tx) (Today, error) { return lampDay(tx, tx.Today()) }

func lampDay(tx *db.Tx, day string) (t Today, err error) {
	t.Day = day
	near, _, err := limit(tx, LimitNear)
	if err != nil {
		return t, err
	}
	long, _, err := limit(tx, LimitStuck)
	if err != nil {
		return t, err
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return t, err
	}
	at, _ := calendar.Start(day)
	t.near, t.far = days.Due(at, near.Fixed()).On, daysLater(day, -calendar.Between(day, days.Due(at, long.Fixed()).On))
	return t, nil
}

// Lamp is the lamp of an item or a matter on the day.
func (t Today) Lamp(of interface{ Lamp(string, int) string }) string { return of.Lamp(t.Day, t.soon()) }

// soon is how many days before its day a lamp turns blue.
func (t Today) soon() int { return calendar.Between(t.Day, t.near) }

// limit is the one of a name, and whether the installation set it.
func limit(tx *db.Tx, name string) (calendar.Limit, bool, error) {
	at := slices.IndexFunc(limits, func(l flow.Limited) bool { return l.Name == name })
	l, err := limits[at].InForce(tx)
	return l.Limit, l.Confirmed, err
}

// limitOf is the name of the limit that a matter's items get where no day was named.
func (m Matter) limitOf() string {
	from := func(kind string) bool {
		return slices.ContainsFunc(m.Sources, func(s Source) bool { return s.Kind == kind })
	}
	switch {
	case from(Instruction) && m.Urgency != Normal:
		return LimitUrgent
	case from(Instruction) && m.Has(Hard):
		return LimitHard
	case from(Instruction):
		return LimitInstruction
	case from(Decision):
		return LimitMinutes
	}
	return LimitPaper
}

// dueBySource is the day that a matter's items get today where none was named.
func (m Matter) dueBySource(tx *db.Tx) (due, rule string, err error) {
	rule = m.limitOf()
	l, _, err := limit(tx, rule)
	if err != nil {
		return "", "", err
	}
	at, err := holiday.Due(tx, tx.Now, l)
	return at.On, rule, err
}

// deadline is by when the next step on an item is due; nil where its last one sets no limit.
func (i Item) deadline(tx *db.Tx) (*flow.Deadline, error) {
	verb, since := i.clock()
	at, ok := calendar.Start(since)
	if verb == "" || !ok {
		return nil, nil
	}
	st := itemLife.Steps[slices.IndexFunc(itemLife.Steps, func(s flow.Step) bool { return s.Verb == verb })]
	days, err := holiday.Table(tx)
	if err != nil {
		return nil, err
	}
	return st.Deadline(tx, days, at)
}

// clock is the step whose limit runs now, and since when.
func (i Item) clock() (verb, since string) {
	switch {
	case i.WantedDue != "":
		return VerbExtend, i.AskedOn
	case i.State == Raised:
		return VerbItemRaise, i.Since
	case i.State == Declined:
		return VerbDecline, i.Since
	case i.State == Received: // received for its owner alike
		return VerbReceive, i.Since
	case i.State == Reported:
		return VerbReport, i.Since
	}
	return "", ""
}

// daysLater is a day n days later.
func daysLater(day string, n int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return at.AddDate(0, 0, n).Format(time.DateOnly)
}
