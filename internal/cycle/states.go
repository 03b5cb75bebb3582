package cycle

// The life of a cycle and who takes which step; what is not in the table cannot happen.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where a cycle stands.
type State string

const (
	Planned   State = "planned"
	Trained   State = "trained"
	Open      State = "open"
	Closed    State = "closed"
	Compiled  State = "compiled"
	Reported  State = "reported"
	Published State = "published"
	Dropped   State = "dropped"
)

// states are all of them, in order.
var states = []State{Planned, Trained, Open, Closed, Compiled, Reported, Published, Dropped}

// Parts that people play.
const (
	keeper = "keeper" // works in the office whose cycle it is, or is statistician of the unit that leads it
	office = "office" // works in that office: letters go out from there
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead    = "cycle.read"
	VerbPlan    = "cycle.plan"
	VerbEdit    = "cycle.edit"
	VerbNotify  = "cycle.notify"
	VerbTrain   = "cycle.train"
	VerbOpen    = "cycle.open"
	VerbGoOn    = "cycle.open_more"
	VerbExtend  = "cycle.extend"
	VerbDun     = "cycle.dun"
	VerbExplain = "cycle.explain"
	VerbClose   = "cycle.close"
	VerbCompile = "cycle.compile"
	VerbReport  = "cycle.report"
	VerbPublish = "cycle.publish"
	VerbDrop    = "cycle.drop"
)

var reasoned = flow.Rule{Needs: []string{"reason"}}

// life is the whole state table.
var life = flow.Table{Object: "cycle", Words: lifeWords, Ends: []string{string(Published), string(Dropped)},
	Note: "Opening asks every unit for what it owes and has not been asked for; more than one piece of it goes on by\n" +
		"itself (`cycle.open_more`). What is filled in and signed is each submission's own life.",
	Steps: []flow.Step{
		flow.Line("", VerbPlan, keeper, Planned),
		flow.Line(Planned, VerbEdit, keeper, Planned),
		flow.Line(Planned, VerbNotify, office, Planned),
		flow.Line(Planned, VerbTrain, keeper, Trained),
		flow.Line(Planned, VerbDrop, keeper, Dropped, reasoned),
		flow.Line(Trained, VerbEdit, keeper, Trained),
		flow.Line(Trained, VerbNotify, office, Trained),
		flow.Line(Trained, VerbOpen, keeper, Open),
		flow.Line(Trained, VerbDrop, keeper, Dropped, reasoned),
		flow.Line(Open, VerbGoOn, flow.Program, Open),
		flow.Line(Open, VerbEdit, keeper, Open),
		flow.Line(Open, VerbExtend, keeper, Open),
		flow.Line(Open, VerbDun, office, Open),
		flow.Line(Open, VerbExplain, keeper, Open),
		flow.Line(Open, VerbClose, keeper, Closed),
		flow.Line(Closed, VerbEdit, keeper, Closed),
		flow.Line(Closed, VerbDun, office, Closed),
		flow.Line(Closed, VerbExplain, keeper, Closed),
		flow.Line(Closed, VerbCompile, keeper, Compiled),
		flow.Line(Compiled, VerbReport, keeper, Reported),
		flow.Line(Reported, VerbPublish, keeper, Published),
	}}

var lifeWords = map[string]say.Key{
	string(Planned): "筹备中", string(Trained): "待开放", string(Open): "填报中", string(Closed): "已截止",
	string(Compiled): "已汇总", string(Reported): "已出报告", string(Published): "已发布", string(Dropped): "已取消",

	VerbPlan: "建立监测周期", VerbEdit: "修改监测周期", VerbNotify: "起草报表通知", VerbTrain: "登记培训",
	VerbOpen: "开放填报", VerbGoOn: "继续下达报表", VerbExtend: "延期", VerbDun: "催报", VerbExplain: "记下数据说明",
	VerbClose: "截止填报", VerbCompile: "完成汇总", VerbReport: "关联监测报告", VerbPublish: "登记发布",
	VerbDrop: "取消周期", VerbFill: "开始填报",

	keeper: "妇儿工委办或牵头的统计单位", office: "妇儿工委办", flow.Program: "系统",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return lifeWords[string(s)] }

// begun says whether units have been asked.
func (s State) begun() bool { return s != Planned && s != Trained && s != Dropped }

func (c Cycle) plays(by auth.User, part string) (auth.Post, error) {
	if post, ok := by.PostFor(c.Unit, auth.Office); ok {
		return post, nil
	}
	if part == office {
		return auth.Post{}, errs.Deniedf("这一步须由妇儿工委办办理：公文由办公室印发。")
	}
	if post, ok := by.PostFor(c.Lead, auth.Statistician); ok && c.Lead != "" {
		return post, nil
	}
	return auth.Post{}, errs.Deniedf("这一步须由妇儿工委办或牵头的统计单位办理。")
}

// runs says whether by works on the cycle as a whole, and so sees all of it.
func (c Cycle) runs(by auth.User) bool {
	_, err := c.plays(by, keeper)
	return err == nil
}

// visible says whether by may see that there is the cycle: who runs or oversees it, and once it was announced whoever
// works in its area. Which reports of it, is another question.
func (c Cycle) visible(by auth.User) bool {
	if by.Sees(c.Unit, c.AreaPath) || c.Lead != "" && by.Sees(c.Lead, "") {
		return true
	}
	if c.State == Planned || c.State == Dropped {
		return false
	}
	return by.SeesFigures(c.AreaPath)
}

func (c Cycle) as(by auth.User) flow.Case {
	return flow.Case{State: string(c.State), Plays: func(part string) (auth.Post, error) { return c.plays(by, part) }}
}
