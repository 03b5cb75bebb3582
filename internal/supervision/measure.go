package supervision

// What supervision counts of a year's work: how far it reached, whether areas were told in time, and how long it took
// from a visit to the letter and from the letter to the plan. What of its problems was mended counts package matter.

import (
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/letter"
	"yipanqi/internal/module"
	"yipanqi/internal/rectification"
	"yipanqi/internal/say"
)

// Measures are how far supervision reached in a year and how long it took, as far as by sees.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	n, err := reachedIn(tx, by, of)
	if err != nil {
		return nil, err
	}
	t, err := toldIn(tx, by, of)
	if err != nil {
		return nil, err
	}
	letters := module.Counted("letter_in_time", "意见函按期", t.inTime, t.owed,
		"期限前发出的督导意见函 ÷ 发出的和过期没有发出的", "/supervision")
	if len(t.toLetter) > 0 {
		letters.Beside = say.New("督导到发函的中位数%s天", module.Median(t.toLetter))
	}
	plans := module.Counted("letter_planned", "收函后报方案", t.planned, t.problems,
		"已报整改方案的督导意见函 ÷ 发出的、有问题转督办的意见函", "/supervision")
	if len(t.toPlan) > 0 {
		plans.Beside = say.New("发函到报方案的中位数%s天", module.Median(t.toPlan))
	}
	return []module.Measure{
		module.Counted("coverage", "督导覆盖", n.visited, n.areas, "督导过的地区 ÷ 督导组负责的地区", "/supervision"),
		module.Counted("drawn", "抽取点位", n.drawn, n.sites, "抽取的点位 ÷ 看过的点位", "/visits"),
		module.Counted("objection_upheld", "复核改变", n.upheld, n.decided, "修改或撤销的复核 ÷ 作出结论的复核",
			"/findings"), letters, plans,
	}, nil
}

// telling is how areas were told of what was found, of letters that were due in a year.
type telling struct {
	inTime, owed      int
	planned, problems int
	toLetter, toPlan  []int // days
}

// toldIn counts what by sees: a letter is the work of the office that sends it, a plan that of the area's government.
func toldIn(tx *db.Tx, by auth.User, of module.Work) (t telling, err error) {
	first, last := of.Days()
	all, err := feedbacksWhere(tx, auth.Within("b.office_path", 1)+` AND b.due_on >= $2 AND b.due_on <= $3`,
		scope(by)[0], first, last)
	for _, b := range all {
		if err != nil {
			return t, err
		}
		if of.Of(b.Office) || of.Of(b.Government) {
			err = t.add(tx, b, of)
		}
	}
	return t, err
}

func (t *telling) add(tx *db.Tx, b Feedback, of module.Work) error {
	l, err := b.sent(tx)
	if err != nil {
		return err
	}
	issued, err := firstIssued(tx, l)
	if err != nil || issued == "" && (l.State == letter.StateWithdrawn || b.DueOn >= tx.Today()) {
		return err
	}
	if of.Of(b.Office) {
		if t.owed++; issued != "" && issued <= b.DueOn {
			t.inTime++
		}
		visited, err := lastDay(tx, b.ID)
		if err != nil {
			return err
		}
		if issued != "" && visited != "" {
			t.toLetter = append(t.toLetter, calendar.Between(visited, issued))
		}
	}
	matter, handed := strings.CutPrefix(b.Matter, "matter/")
	if issued == "" || !handed || !of.Of(b.Government) {
		return nil
	}
	t.problems++
	plans, err := rectification.Of(tx, matter)
	filed := ""
	for _, p := range plans {
		if p.State != rectification.Withdrawn && p.FiledOn != "" && (filed == "" || p.FiledOn < filed) {
			filed = p.FiledOn
		}
	}
	if filed != "" {
		t.planned, t.toPlan = t.planned+1, append(t.toPlan, calendar.Between(issued, filed))
	}
	return err
}

// firstIssued is the day on which a letter went out the first time; empty if it has not.
func firstIssued(tx *db.Tx, l letter.Letter) (string, error) {
	if !l.Issued() {
		return "", nil
	}
	v, err := letter.VersionOf(tx, l.ID, 1)
	if err != nil || v.IssuedAt.IsZero() {
		return "", err
	}
	return v.IssuedAt.In(db.China).Format(time.DateOnly), nil
}
