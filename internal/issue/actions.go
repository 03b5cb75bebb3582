package issue

// What is done with an issue, each step by the state table: proposed, listed, met and researched about, reviewed every
// year, solved or carried on.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

var unseen = errs.Missingf("没有找到这个重难点问题。它可能不存在，或者您没有查看权限。")

// Read returns an issue that by may see: who keeps and oversees it, and the units with a part in it.
func Read(tx *db.Tx, by auth.User, id string) (Issue, error) {
	i, err := Get(tx, id)
	if err != nil {
		return i, err
	}
	if !i.seenBy(by) {
		return Issue{}, unseen
	}
	return i, nil
}

func (i Issue) seenBy(by auth.User) bool {
	return by.Sees(i.Unit, i.AreaPath) || by.Sees(i.Lead, "") ||
		slices.ContainsFunc(i.Supporting, func(u string) bool { return by.Sees(u, "") })
}

// Propose proposes an issue for the office of by.
func Propose(tx *db.Tx, by auth.User, i Issue) (Issue, error) {
	if err := by.Check(VerbPropose); err != nil {
		return i, err
	}
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool { return p.Role == auth.Office })
	if at < 0 {
		return i, errs.Deniedf("重难点问题须由妇儿工委办提出。")
	}
	post := by.Posts[at]
	i.ID, i.Unit, i.AreaID, i.AreaPath, i.State = db.NewID(), post.Unit, post.AreaID, post.AreaPath, Proposed
	i.asTold()
	i.CreatedBy, i.CreatedAt, i.Version, i.UpdatedBy, i.UpdatedAt = by.ID, tx.Now, 1, by.Name, tx.Now
	if err := i.known(tx, by); err != nil {
		return i, err
	}
	if err := insert(tx, i); err != nil {
		return i, err
	}
	if err := findable(tx, i); err != nil {
		return i, err
	}
	return i, held.Log(tx, by, VerbPropose, i.Object(), nil, i.row(), nil)
}

// known refuses what is incomplete, and units and indicators that there are not.
func (i *Issue) known(tx *db.Tx, by auth.User) error {
	slices.Sort(i.Supporting)
	i.Supporting = slices.DeleteFunc(slices.Compact(i.Supporting), func(u string) bool { return u == i.Lead })
	if err := i.check(); err != nil {
		return err
	}
	for _, code := range i.Indicators {
		if _, err := indicator.ByCode(tx, code); err != nil {
			return unfit(err, "indicators", "没有代码为“%s”的指标。请从列表里选。", code)
		}
	}
	for _, code := range i.Goals {
		if err := aGoal(tx, by, code); err != nil {
			return unfit(err, "goals", "没有目标“%s”。请从列表里选。", code)
		}
	}
	for n, unit := range append([]string{i.Lead}, i.Supporting...) {
		field := "supporting"
		if n == 0 {
			field = "lead"
		}
		if err := i.unitIn(tx, unit); err != nil {
			return unfit(err, field, "没有单位“%s”。请从列表里选。", unit)
		}
	}
	return nil
}

// unitIn refuses a unit that lies outside the issue's area.
func (i Issue) unitIn(tx *db.Tx, code string) error {
	unit, err := network.UnitByCode(tx, code)
	if err != nil {
		return err
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	if err == nil && !strings.HasPrefix(area.Path, i.AreaPath) {
		err = errs.Missingf("没有单位“%s”。", code)
	}
	return err
}

// unfit says at a field what there is not; other errors stay what they are.
func unfit(err error, field string, why say.Key, args ...any) error {
	if errs.KindOf(err) != errs.Missing {
		return err
	}
	return errs.Fields{field: say.New(why, args...)}.Check("没有保存：请先改正标出的地方。")
}

// do takes a step with an issue: reads it, asks the state table, has change change it, writes and journals it.
func do(tx *db.Tx, by auth.User, id string, version int64, verb string,
	change func(*Issue) (map[string]string, error)) (Issue, error) {
	i, err := Read(tx, by, id)
	if err != nil {
		return i, err
	}
	st, _, err := life.Take(verb, by, i.as(by))
	if err != nil {
		return i, err
	}
	if i.Version != version {
		return i, errs.Conflictf("%s刚刚改过这个问题。请刷新页面，看过之后再办。", i.UpdatedBy)
	}
	before := i.row()
	detail, err := change(&i)
	if err != nil {
		return i, err
	}
	i.State, i.UpdatedBy, i.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := update(tx, &i); err != nil {
		return i, err
	}
	if err := findable(tx, i); err != nil {
		return i, err
	}
	return i, held.Log(tx, by, verb, i.Object(), before, i.row(), detail)
}

// Edit changes what an issue is about, before anything was done.
func Edit(tx *db.Tx, by auth.User, now Issue) (Issue, error) {
	return do(tx, by, now.ID, now.Version, VerbEdit, func(i *Issue) (map[string]string, error) {
		i.Title, i.Goals, i.Indicators, i.Relief = now.Title, now.Goals, now.Indicators, now.Relief
		i.Why, i.WhyText, i.Lead, i.Supporting = now.Why, now.WhyText, now.Lead, now.Supporting
		return nil, i.known(tx, by)
	})
}

// List puts the issue on the list: a leader of the committee does, or the office for a decision, which basis names.
func List(tx *db.Tx, by auth.User, id string, version int64, basis string) (Issue, error) {
	return do(tx, by, id, version, VerbList, func(i *Issue) (map[string]string, error) {
		if err := i.decided(tx, by, basis); err != nil {
			return nil, err
		}
		year := tx.Today()[:4]
		n, err := listedIn(tx, i.Unit, year)
		i.Number, i.ListedOn, i.ActedOn, i.Basis = year+"-"+strconv.Itoa(n+1), tx.Today(), tx.Today(), basis
		return nil, err
	})
}

// decided refuses a step that nobody has decided who may.
func (i Issue) decided(tx *db.Tx, by auth.User, basis string) error {
	if basis == "" && !chief(by, i) {
		return errs.Fields{"basis": {Key: "请填作出决定的会议；没有会议决定的，由妇儿工委领导办理。"}}.
			Check("没有办理：缺少会议决定。")
	}
	return aDecision(tx, basis)
}

func chief(by auth.User, i Issue) bool {
	return slices.ContainsFunc(by.Posts, func(p auth.Post) bool {
		return p.Role == auth.CommitteeChief && strings.HasPrefix(i.AreaPath, p.AreaPath)
	})
}

// AddAct notes something done about the issue: verb is meet for a conference, act for anything else.
func AddAct(tx *db.Tx, by auth.User, id string, version int64, a Act) (Issue, error) {
	verb := VerbAct
	if a.Kind == Conference {
		verb = VerbMeet
	}
	return do(tx, by, id, version, verb, func(i *Issue) (map[string]string, error) {
		wrong := errs.Fields{}
		a.Text, a.By = strings.TrimSpace(a.Text), by.Name
		if a.Text == "" || longer(a.Text, maxText) {
			wrong.Say("what", "请写明做了什么，最多%d个字。", maxText)
		}
		if !slices.Contains([]string{Conference, Policy, Funding, Standard, Motion, OtherAct}, a.Kind) {
			wrong.Say("kind", "请选择类别。")
		}
		if a.Advice != "" && i.advised(a.Advice) == nil {
			wrong.Say("proposal", "没有这条调研建议。请从列表里选。")
		}
		if !calendar.IsDay(a.On) || a.On > tx.Today() {
			wrong.Say("on_day", "请填日期，不晚于今天。")
		}
		if err := wrong.Check("没有记下：请先改正标出的地方。"); err != nil {
			return nil, err
		}
		i.act(a)
		return map[string]string{"kind": a.Kind, "on": a.On}, nil
	})
}

func (i *Issue) act(a Act) {
	i.Acts = append(i.Acts, a)
	slices.SortStableFunc(i.Acts, func(a, b Act) int { return strings.Compare(a.On, b.On) })
	i.ActedOn = max(i.ActedOn, a.On)
}

// Result is the yearly word: eased, same or worse, with words and not only a lamp.
func Result(tx *db.Tx, by auth.User, id string, version int64, v Review) (Issue, error) {
	verb := VerbReview
	if v.Verdict == Easing {
		verb = VerbEase
	}
	return do(tx, by, id, version, verb, func(i *Issue) (map[string]string, error) {
		wrong := errs.Fields{}
		if v.Words = strings.TrimSpace(v.Words); v.Words == "" || longer(v.Words, maxText) {
			wrong.Say("words", "请用文字说明，最多%d个字。", maxText)
		}
		if word(verdicts, v.Verdict) == "" {
			wrong.Say("verdict", "请选择缓解、持平或加重。")
		}
		if year, err := strconv.Atoi(v.Year); err != nil || year < 1990 || v.Year > tx.Today()[:4] {
			wrong.Say("year", "请填评议的年度，不晚于今年。")
		}
		if slices.ContainsFunc(i.Reviews, func(o Review) bool { return o.Year == v.Year }) {
			wrong.Say("year", "这一年已经评议过。")
		}
		if err := wrong.Check("没有保存：请先改正标出的地方。"); err != nil {
			return nil, err
		}
		stood, err := i.stand(tx)
		if err != nil {
			return nil, err
		}
		v.By, v.On, v.Values = by.Name, tx.Today(), stood.words()
		i.Reviews = append(i.Reviews, v)
		return map[string]string{"year": v.Year, "verdict": v.Verdict}, nil
	})
}

// Solve ends an eased issue whose indicators were at their targets in two accepted periods running; without that only a
// leader of the committee does, with a reason.
func Solve(tx *db.Tx, by auth.User, id string, version int64, basis, reason string) (Issue, error) {
	return do(tx, by, id, version, VerbSolve, func(i *Issue) (map[string]string, error) {
		if err := i.decided(tx, by, basis); err != nil {
			return nil, err
		}
		stood, err := i.stand(tx)
		if err != nil {
			return nil, err
		}
		reason = strings.TrimSpace(reason)
		if why := stood.short(); why.Key != "" && (!chief(by, *i) || reason == "") {
			return nil, &errs.Error{Kind: errs.Conflict, Words: why}
		}
		i.Reason, i.ClosedBy = reason, basis
		return map[string]string{"reason": reason, "basis": basis, "values": stood.words()}, nil
	})
}

// End takes an issue off without solving it: not listed, or carried on into the next plan, where a new one is proposed
// that goes on from it.
func End(tx *db.Tx, by auth.User, id string, version int64, verb, reason string) (Issue, error) {
	i, err := do(tx, by, id, version, verb, func(i *Issue) (map[string]string, error) {
		if reason = strings.TrimSpace(reason); reason == "" || longer(reason, maxText) {
			return nil, errs.Fields{"reason": {Key: "请写明原因。"}}.Check("没有办理：请写明原因。")
		}
		i.Reason = reason
		return map[string]string{"reason": reason}, nil
	})
	if err != nil || verb != VerbCarry {
		return i, err
	}
	next := Issue{Title: i.Title, Goals: i.Goals, Indicators: i.Indicators, Relief: i.Relief, Why: i.Why,
		WhyText: i.WhyText, Lead: i.Lead, Supporting: i.Supporting, Carried: i.ID}
	_, err = Propose(tx, by, next)
	return i, err
}
