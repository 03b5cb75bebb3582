package matter

// How an item ends: reported done with what proves it, returned, re-checked by somebody else, reopened, suspended,
// merged into another matter, withdrawn.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
)

// DoneReport says that an item is done. Files that prove it lie on the item.
type DoneReport struct {
	Result string
	Steps  string
	Figure string // of the aim's period, where the aim is a figure

	// Issuer is the key that figures in the result are verified by; asked where there are any.
	Issuer func() (sign.PublicKey, error)
}

// Report is the owner's word, or the lead unit's for all, that the item is done.
func Report(tx *db.Tx, by auth.User, at At, d DoneReport) (Matter, error) {
	return at.take(tx, by, VerbReport, func(a *act) (err error) {
		i := a.item
		if d.Result, err = a.resolve(by, d.Issuer, d.Result); err != nil {
			return err
		}
		if err := a.says("result", d.Result, 4000); err != nil {
			return err
		}
		if d.Steps = strings.TrimSpace(d.Steps); d.Steps != "" {
			a.detail["measures"] = d.Steps
		}
		files, err := evidence.Of(tx, i.Object())
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(files, evidence.File.Current) {
			return errs.Fields{"file": {Key: "请先附上至少一份佐证材料，再报办结。"}}.
				Check("没有报办结：还没有佐证材料。")
		}
		if a.matter.AimOperator != "" {
			if err := a.says("figure", d.Figure, 60); err != nil {
				return errs.Fields{"figure": {Key: "这件事项定了目标值，请写明现在的数。"}}.
					Check("没有报办结：还缺目标值对应的数。")
			}
		}
		i.ReportedOn, i.ReporterID, i.ReporterUnit, i.Reason = tx.Today(), by.ID, a.post.Unit, ""
		i.WantedDue, i.AskedOn = "", ""
		return nil
	})
}

// Return sends a report back to be completed.
func Return(tx *db.Tx, by auth.User, at At, why string) (Matter, error) {
	return at.take(tx, by, VerbReturn, func(a *act) error {
		a.item.unreport()
		return a.because(why)
	})
}

// unreport forgets the report that stands: it did not pass.
func (i *Item) unreport() { i.ReportedOn, i.ReporterID, i.ReporterUnit, i.CheckUnit = "", "", "", "" }

// Entrust asks another unit to re-check.
func Entrust(tx *db.Tx, by auth.User, at At, unit string) (Matter, error) {
	return at.take(tx, by, VerbEntrust, func(a *act) error {
		v := checking{tx: tx, m: a.matter, wrong: errs.Fields{}}
		v.unit("unit", unit)
		if unit == a.item.Unit || unit == a.item.ReporterUnit {
			v.wrong.Say("unit", "承办单位和报办结的单位不能复核，请改选别的单位。")
		}
		a.item.CheckUnit = unit
		return v.wrong.Check("没有请出去，请按提示修改。")
	})
}

// Check is what somebody else found who looked at a report.
type Check struct {
	Way       string
	On        string
	Place     string // where, on site
	LookedAt  string
	Sample    string
	Judgement string
	Reason    string
	Confirmed bool // steps that are not marked done are known and left
}

// Recheck closes an item or sends it back.
func Recheck(tx *db.Tx, by auth.User, at At, c Check) (Matter, error) {
	return at.take(tx, by, VerbRecheck, func(a *act) error {
		if err := a.judged(&c); err != nil {
			return err
		}
		i := a.item
		i.Checks++
		i.Judgement, i.Checker, i.Reason = c.Judgement, by.Name, c.Reason
		if i.FirstJudgement == "" {
			i.FirstJudgement = c.Judgement
		}
		if c.Judgement != Done && c.Judgement != Mostly && c.Judgement != Obsolete {
			i.unreport()
			a.to = InProgress
			return nil
		}
		a.to, i.ClosedOn = Closed, tx.Today()
		if i.Closings++; i.FirstClosedOn == "" {
			i.FirstClosedOn = i.ClosedOn
		}
		return nil
	})
}

// judged holds what a re-check says against what it has to say.
func (a *act) judged(c *Check) error {
	v := checking{tx: a.tx, m: a.matter, wrong: errs.Fields{}}
	if c.On == "" {
		c.On = a.tx.Today()
	}
	v.choice("judgement", judgements, c.Judgement)
	v.choice("way", ways, c.Way)
	for _, text := range []*string{&c.LookedAt, &c.Reason, &c.Place, &c.Sample} {
		*text = strings.TrimSpace(*text)
	}
	v.text("looked_at", c.LookedAt, 2000, true)
	v.text("reason", c.Reason, 2000, true)
	v.text("place", c.Place, 100, c.Way == "site")
	v.text("sample", c.Sample, 2000, c.Way == "sample")
	if !calendar.IsDay(c.On) || c.On > a.tx.Today() || c.On < a.item.ReportedOn {
		v.wrong.Say("on", "复核日期要在报办结之后、今天之前，写成 2024-03-15。")
	}
	if err := v.wrong.Check("复核没有保存，请按提示修改。"); err != nil {
		return err
	}
	if c.Judgement == Obsolete {
		post, err := a.matter.directs(a.by)
		if err != nil {
			return errs.Deniedf("“不再适用”须由妇儿工委办负责人或委员会负责人判定，并写明理由。")
		}
		a.post = post
	}
	left := slices.ContainsFunc(a.item.Steps, func(s Step) bool { return s.DoneOn == "" })
	if left && (c.Judgement == Done || c.Judgement == Mostly) && !c.Confirmed {
		return errs.Fields{"confirmed": {Key: "还有措施没有标明完成。核对过、仍要销号的，请勾选确认。"}}.
			Check("没有销号：还有措施没有完成。")
	}
	for name, text := range map[string]string{"way": c.Way, "on": c.On, "place": c.Place, "looked_at": c.LookedAt,
		"sample": c.Sample, "judgement": c.Judgement, "reason": c.Reason} {
		if text != "" {
			a.detail[name] = text
		}
	}
	return nil
}

// Reopen takes up a closed item again, with a new day.
func Reopen(tx *db.Tx, by auth.User, at At, due, why string) (Matter, error) {
	return at.take(tx, by, VerbReopen, func(a *act) error {
		i := a.item
		if !calendar.IsDay(due) || due < tx.Today() {
			return errs.Fields{"due": {Key: "请写新的期限，今天或以后的日子，写成 2024-03-15。"}}.
				Check("没有重新督办，请按提示修改。")
		}
		i.unreport()
		i.Due, i.OriginalDue, i.DueBy, i.ClosedOn = due, due, "", ""
		if i.Reopenings++; i.ReopenedOn == "" {
			i.ReopenedOn = tx.Today()
		}
		return a.because(why)
	})
}

// Suspend stops an item's clock until a day on which to look again.
func Suspend(tx *db.Tx, by auth.User, at At, look, why string) (Matter, error) {
	return at.take(tx, by, VerbSuspend, func(a *act) error {
		if !calendar.IsDay(look) || look <= tx.Today() {
			return errs.Fields{"look_on": {Key: "请写到哪天再看，今天以后的日子，写成 2024-03-15。"}}.
				Check("没有暂停，请按提示修改。")
		}
		if !a.matter.Has(Upper) {
			return errs.Conflictf("只有标记了“需上级政策”的事项可以暂停。请先给事项加上这个标记。")
		}
		i := a.item
		i.BeforeState, i.SuspendedOn, i.LookOn = i.State, tx.Today(), look
		return a.because(why)
	})
}

// Resume lets the clock run again: the day moves by as many days as it stood.
func Resume(tx *db.Tx, by auth.User, at At) (Matter, error) {
	return at.take(tx, by, VerbResume, func(a *act) error {
		i := a.item
		stood := calendar.Between(i.SuspendedOn, tx.Today())
		a.to, i.Due = i.BeforeState, daysLater(i.Due, stood)
		i.SuspendedDays += stood
		i.BeforeState, i.SuspendedOn, i.LookOn, i.Reason = "", "", "", ""
		return nil
	})
}

// WithdrawItem takes an item back; the others of its matter go on.
func WithdrawItem(tx *db.Tx, by auth.User, at At, why string) (Matter, error) {
	return at.take(tx, by, VerbItemWithdraw, func(a *act) error { return a.because(why) })
}

// Withdraw takes a matter back with all its items that are not closed.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64, why string) (Matter, error) {
	m, st, err := take(tx, by, id, version, VerbWithdraw)
	if err != nil {
		return m, err
	}
	return m.end(tx, by, st.Verb, State(st.To), VerbItemWithdraw, why)
}

// Merge makes a matter part of another: its sources move along, its items end.
func Merge(tx *db.Tx, by auth.User, id, into string, version int64, why string) (Matter, error) {
	m, st, err := take(tx, by, id, version, VerbMerge)
	if err != nil {
		return m, err
	}
	other, err := Read(tx, by, into)
	if errs.KindOf(err) == errs.Missing || err == nil && (other.ID == m.ID || other.State != Raised) {
		return m, errs.Fields{"into": {Key: "请选另一件在办的督办事项。"}}.Check("没有合并，请按提示修改。")
	}
	if err != nil {
		return m, err
	}
	for _, s := range m.Sources {
		if _, err := AddSource(tx, by, into, s); err != nil && errs.KindOf(err) != errs.Conflict {
			return m, err
		}
	}
	m.MergedInto = into
	return m.end(tx, by, st.Verb, State(st.To), VerbItemMerge, why)
}

// end takes the matter and all its items that are left to a state.
func (m Matter) end(tx *db.Tx, by auth.User, verb string, to State, itemVerb, why string) (Matter, error) {
	why, err := reason(why)
	if err != nil {
		return m, err
	}
	whole, err := Get(tx, m.ID)
	if err != nil {
		return m, err
	}
	before := said(whole.own())
	whole.State, whole.Reason, whole.MergedInto = to, why, m.MergedInto
	if err := whole.log(tx, by, verb, before, nil); err != nil {
		return whole, err
	}
	for at := range whole.Items {
		i := &whole.Items[at]
		st, ok := itemLife.Step(string(i.State), itemVerb)
		if !ok && i.State == InDraft {
			st, ok = itemLife.Step(string(i.State), VerbItemWithdraw)
		}
		if !ok {
			continue
		}
		was := said(i.own())
		i.State, i.Reason, i.Since = State(st.To), why, tx.Today()
		if err := whole.logItem(tx, by, i, st.Verb, was, nil); err != nil {
			return whole, err
		}
	}
	return whole, whole.save(tx)
}

// Flag sets what marks a matter: slow, hard, waiting for those above.
func Flag(tx *db.Tx, by auth.User, id string, version int64, set []string) (Matter, error) {
	m, _, err := take(tx, by, id, version, VerbFlag)
	if err != nil {
		return m, err
	}
	v := checking{tx: tx, m: &m, wrong: errs.Fields{}}
	for _, flag := range set {
		v.choice("flags", flags, flag)
	}
	if err := v.wrong.Check("标记没有保存，请按提示修改。"); err != nil {
		return m, err
	}
	before := said(m.own())
	hard := m.Has(Hard)
	m.Flags = slices.Clone(set)
	if m.Has(Hard) != hard {
		if m.HardSince = ""; !hard {
			m.HardSince = tx.Today()
		}
	}
	if err := m.log(tx, by, VerbFlag, before, nil); err != nil {
		return m, err
	}
	return m, m.save(tx)
}

// RaiseDraft hands out a draft that was kept; where an open matter is about the same, only if that is known.
func RaiseDraft(tx *db.Tx, by auth.User, id string, version int64, anyway bool) (Matter, error) {
	m, _, err := take(tx, by, id, version, VerbRaise)
	if err != nil {
		return m, err
	}
	for _, unit := range append([]string{m.Lead}, m.Supporting...) {
		u, err := network.UnitByCode(tx, unit)
		if err != nil {
			return m, err
		}
		if u.ClosesOn != "" && u.ClosesOn <= tx.Today() {
			return m, errs.Conflictf("%s已于%s撤销，请先改选现有的单位。", u.Name, u.ClosesOn)
		}
	}
	if err := m.alone(tx, by, anyway); err != nil {
		return m, err
	}
	return raise(tx, by, m)
}
