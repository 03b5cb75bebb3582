package plan

// What an office records of a plan's life: when it came into a state, why that is said, and that it goes on to the next
// one. Goals, units and targets come from files.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// VerbStep is permission and journal word.
const VerbStep = "plan.step"

// Object is the plan's name in the journal.
func (p Plan) Object() string { return "plan/" + p.Code }

// keeps says whether by keeps the plan: the office that oversees its area.
func (p Plan) keeps(tx *db.Tx, by auth.User) (bool, error) {
	area, err := network.AreaByID(tx, p.AreaID)
	return err == nil && by.Can(VerbStep) && by.SeesAll(area.Path), err
}

// next are the states whose date can be recorded: those that the plan came to, and the one that comes after.
func (p Plan) next() []string {
	return States()[:min(slices.Index(States(), p.Status)+2, len(States()))]
}

// Record dates a step of a plan's life; one behind where the plan stands takes it there, if the user has said yes. was
// is the state that the user has seen it in.
func Record(tx *db.Tx, by auth.User, s Step, was, reason string, confirmed bool) (Plan, error) {
	p, err := ByCode(tx, s.Plan)
	if err != nil {
		return p, err
	}
	keeps, err := p.keeps(tx, by)
	switch {
	case err != nil:
		return p, err
	case !keeps:
		return p, errs.Deniedf("规划的阶段由规划所在地区的妇儿工委办登记。")
	case was != p.Status:
		return p, errs.Conflictf("规划的状态刚刚改过，现在是“%s”。请看过之后再登记。", statusWords(p.Status))
	}
	s.Since, reason = strings.TrimSpace(s.Since), strings.TrimSpace(reason)
	f := errs.Fields{}
	if !slices.Contains(p.next(), s.State) {
		f.Say("state", "一次只能走一步。规划现在是“%s”。", statusWords(p.Status))
	}
	if dated(s.Since) && later(s.Since, tx.Today()) {
		f.Say("since", "这一天还没有到。到了那天再登记。")
	}
	if reason == "" {
		f.Say("reason", "请写明依据或原因。")
	}
	if s.SourceURL != "" && !errs.WebAddress(s.SourceURL) {
		f.Say("source_url", "网址要以 https:// 或 http:// 开头。")
	}
	on := slices.Index(States(), s.State) > slices.Index(States(), p.Status)
	if on && !confirmed {
		f.Say("confirm", "规划将转入“%s”，不能退回。请勾选确认。", statusWords(s.State))
	}
	short(f, reason)
	if err := f.Check("规划的这一步没有收下。"); err != nil {
		return p, err
	}
	before, err := stepsOf(tx, p.Code)
	if err != nil {
		return p, err
	}
	detail := map[string]string{"state": s.State, "since": s.Since, "note": s.Note, "source_title": s.SourceTitle,
		"source_url": s.SourceURL, "reason": reason, "was": p.Status}
	if at := slices.IndexFunc(before, func(o Step) bool { return o.State == s.State }); at >= 0 {
		detail["since_was"] = before[at].Since
	}
	if on {
		p.Status = s.State
		if _, err := Put(tx, p); err != nil {
			return p, err
		}
	}
	if changed, err := PutStep(tx, s); err != nil || !changed && !on {
		return p, err
	}
	return p, journal.Log(tx, by, VerbStep, p.Object(), detail)
}
