package change

// The life of an adjustment as a table, and who plays which part in it.

// States and verbs.

import (
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

const (
	Drafted   = "draft"
	Approved  = "approved"
	Applied   = "applied"
	Withdrawn = "withdrawn"

	VerbDraft    = "adjustment.draft"
	VerbEdit     = "adjustment.edit"
	VerbPreview  = "adjustment.preview"
	VerbApprove  = "adjustment.approve"
	VerbEnter    = "adjustment.enter" // the approval that a leader gave on paper
	VerbAssign   = "adjustment.assign"
	VerbApply    = "adjustment.apply"
	VerbWithdraw = "adjustment.withdraw"
)

const (
	partOffice = "office"
	partChief  = "chief"
)

var life = flow.Table{Object: "adjustment", Ends: []string{Applied, Withdrawn},
	Words: map[string]say.Key{Drafted: "拟定中", Approved: "已批准，待生效", Applied: "已生效", Withdrawn: "已撤销",
		VerbDraft: "拟定调整", VerbEdit: "修改调整", VerbPreview: "预演", VerbApprove: "批准调整",
		VerbEnter:  "代录批准",
		VerbAssign: "指定承接单位", VerbApply: "调整生效", verbRefuse: "未能生效", VerbWithdraw: "撤销调整",
		partOffice: "妇儿工委办", partChief: "妇儿工委主任、副主任", flow.Program: "系统"},
	Apart: map[string]say.Key{VerbApprove: "您拟定了这项调整，不能由您批准。请由另一位主任、副主任批准。"},
	Steps: []flow.Step{
		flow.Line("", VerbDraft, partOffice, Drafted),
		flow.Line(Drafted, VerbEdit, partOffice, Drafted),
		flow.Line(Drafted, VerbPreview, partOffice, Drafted),
		flow.Line(Drafted, VerbApprove, partChief, Approved, flow.Rule{Not: []string{VerbDraft}}),
		flow.Line(Drafted, VerbEnter, partOffice, Approved, flow.Rule{Needs: []string{"for", "file"}}),
		flow.Line(Drafted, VerbWithdraw, partOffice, Withdrawn, flow.Rule{Needs: []string{"reason"}}),
		flow.Line(Approved, VerbAssign, partOffice, Approved),
		flow.Line(Approved, verbRefuse, flow.Program, Approved),
		flow.Line(Approved, VerbApply, flow.Program, Applied),
		flow.Line(Approved, VerbWithdraw, partOffice, Withdrawn, flow.Rule{Needs: []string{"reason"}}),
	}}

// Life is the state table of adjustments.
func Life() flow.Table { return life }

// StateWords is the state in Chinese.
func (a Adjustment) StateWords() say.Key { return life.Words[a.State] }

// Lamp says how near the day is: grey, blue at most three days ahead, red when it has passed and nothing happened.
func (a Adjustment) Lamp(today string) string {
	switch {
	case a.State == Applied:
		return "green"
	case a.State == Withdrawn:
		return "grey"
	case a.EffectiveOn <= today:
		return "red"
	case a.EffectiveOn <= addDays(today, 3):
		return "blue"
	}
	return "grey"
}

func addDays(day string, n int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return at.AddDate(0, 0, n).Format(time.DateOnly)
}

// plays is the post in which by plays a part in the adjustment.
func (a Adjustment) plays(by auth.User, part string) (auth.Post, error) {
	if part == partOffice {
		if post, ok := by.Oversees(a.areaPath); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("成员调整由负责本地区的妇儿工委办办理。")
	}
	for _, p := range by.Posts {
		if p.Role == auth.CommitteeChief && strings.HasPrefix(a.areaPath, p.AreaPath) {
			return p, nil
		}
	}
	return auth.Post{}, errs.Deniedf("成员调整由妇儿工委主任、副主任批准。")
}

// fits refuses steps whose day has not come or has passed.
func (a Adjustment) fits(today string) func(flow.Step) error {
	return func(s flow.Step) error {
		switch s.Verb {
		case VerbApprove, VerbEnter:
			if a.EffectiveOn <= today {
				return errs.Conflictf("生效日%s已到。请先把生效日改到今天之后，再批准。", a.EffectiveOn)
			}
			if a.previewed == "" {
				return errs.Conflictf("内容改过，还没有预演。请妇儿工委办先预演，再批准。")
			}
		case VerbWithdraw:
			if a.State == Approved && a.EffectiveOn <= today && a.Refused == "" {
				return errs.Conflictf("生效日%s已到，不能再撤销。", a.EffectiveOn)
			}
		}
		return nil
	}
}

func (a Adjustment) as(by auth.User, today string) flow.Case {
	return flow.Case{State: a.State, Fits: a.fits(today),
		Plays: func(part string) (auth.Post, error) { return a.plays(by, part) },
		Did:   []flow.Deed{{Verb: VerbDraft, PersonID: a.draftedID, Unit: a.unit}}}
}

// Open are the steps that by may take now.
func (a Adjustment) Open(by auth.User, today string) []flow.Step {
	return life.Open(by, a.as(by, today))
}

// Sees says whether by may see it: what is not approved yet only the office and the leaders.
func (a Adjustment) sees(by auth.User) bool {
	return by.SeesAll(a.areaPath) || (a.State == Approved || a.State == Applied) && by.SeesFigures(a.areaPath)
}
