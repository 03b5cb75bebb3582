package revision

// An indicator without data 无数据登记: why, who looks for a source, by when, and what became of it.

import (
	"cmp"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

// Record is one indicator without data.
type Record struct {
	Kept
	Indicator  string        `json:"indicator"`
	Since      period.Period `json:"since"`
	Cause      string        `json:"cause,omitempty"`
	Needs      []string      `json:"needs"`
	Owner      string        `json:"owner,omitempty"`
	Plan       string        `json:"plan,omitempty"`
	HalfOn     string        `json:"half,omitempty"` // by when the owner says how
	DueOn      string        `json:"due,omitempty"`
	Substitute string        `json:"substitute,omitempty"`
	Source     string        `json:"source,omitempty"`
	Regime     string        `json:"regime,omitempty"`
	OpenedOn   string        `json:"opened_on,omitempty"`
	EndedOn    string        `json:"ended_on,omitempty"`
	Reason     string        `json:"reason,omitempty"`
}

func (r *Record) table() string { return "no_data_records" }
func (r *Record) head() *Kept   { return &r.Kept }

func (r *Record) columns() []column {
	return append(r.kept(), text("indicator", &r.Indicator), column{"since", &r.Since,
		func() any { return r.Since.Int() }, func() string { return r.Since.String() },
		func(said string) (err error) {
			r.Since, err = period.Parse(said)
			return err
		}}, text("cause", &r.Cause),
		listed("needs", &r.Needs),
		text("owner", &r.Owner), text("plan", &r.Plan), text("half_on", &r.HalfOn), text("due_on", &r.DueOn),
		text("substitute", &r.Substitute), text("source", &r.Source), text("regime", &r.Regime),
		text("opened_on", &r.OpenedOn), text("ended_on", &r.EndedOn), text("reason", &r.Reason))
}

// Object is the record's name in the journal.
func (r Record) Object() string { return "nodata/" + r.ID }

// URL is its page.
func (r Record) URL() string { return "/no-data/" + r.ID }

// States of a record.
const (
	Proposed       State = "proposed" // by the program: a period passed without a value
	Open           State = "open"
	SourceFound    State = "source_found"
	InRegime       State = "in_department_regime"
	SurveyProposed State = "survey_proposed"
	DropProposed   State = "drop_proposed"
	Solved         State = "solved"
	Dismissed      State = "dismissed"
)

// causes, and what it takes: administrative records come before a new survey.
var (
	causes = []choice{{"no_source", "无来源"}, {"not_split", "未分区或分性别"}, {"irregular", "非年度"},
		{"definition", "定义不清"}, {"unit_gone", "来源单位调整"}, {"survey_ended", "调查停止"},
		{"not_shared", "未共享"}, {"unknown", "待查"}}
	needs = []choice{{"administrative_record", "行政记录"}, {"department_regime", "部门统计调查制度"},
		{"sample_survey", "抽样调查"}, {"census", "普查"}, {"purchase", "购买服务"}}
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead    = "revision.read"
	VerbPropose = "nodata.propose"
	VerbOpen    = "nodata.open"
	VerbPlan    = "nodata.plan"
	VerbFind    = "nodata.find"
	VerbRegime  = "nodata.regime"
	VerbSurvey  = "nodata.survey"
	VerbDrop    = "nodata.drop"
	VerbSolve   = "nodata.solve"
	VerbDismiss = "nodata.dismiss"
	VerbMove    = "nodata.move"
	VerbImport  = "nodata.import"
)

// Parts that people play.
const (
	office = "office" // works in the office that keeps it
	owner  = "owner"  // speaks for the unit that looks for a source, or the office
)

var reasoned = flow.Rule{Needs: []string{"reason"}}

// unsolved are the states in which somebody still has something to do.
var unsolved = []State{Open, SourceFound, InRegime, SurveyProposed, DropProposed}

// life of a record.
var life = flow.Table{Object: "nodata", Words: words, Ends: []string{string(Solved), string(Dismissed)},
	Steps: recordSteps()}

func recordSteps() []flow.Step {
	all := []flow.Step{
		flow.Line("", VerbPropose, flow.Program, Proposed),
		flow.Line("", VerbImport, flow.Program, Open),
		flow.Line("", VerbOpen, office, Open),
		flow.Line(Proposed, VerbOpen, office, Open),
		flow.Line(Proposed, VerbDismiss, office, Dismissed, reasoned),
		flow.Line(Proposed, VerbSolve, flow.Program, Solved),
		flow.Line(Open, VerbOpen, office, Open),
		flow.Line(Open, VerbPlan, owner, Open),
		flow.Line(Open, VerbFind, owner, SourceFound),
		flow.Line(SourceFound, VerbPlan, owner, SourceFound),
	}
	for _, from := range []State{Open, SourceFound} {
		all = append(all, flow.Line(from, VerbRegime, owner, InRegime), flow.Line(from, VerbSurvey, owner,
			SurveyProposed, reasoned), flow.Line(from, VerbDrop, owner, DropProposed, reasoned))
	}
	all = append(all, flow.Line(SurveyProposed, VerbRegime, owner, InRegime),
		flow.Line(DropProposed, VerbOpen, office, Open))
	for _, from := range unsolved {
		all = append(all, flow.Line(from, VerbSolve, office, Solved), flow.Line(from, VerbMove, flow.Program, from))
	}
	return all
}

// words are those of all states, verbs and parts of this module.
var words = map[string]say.Key{
	string(Proposed): "待登记", string(Open): "找来源", string(SourceFound): "已有来源",
	string(InRegime): "已进部门制度", string(SurveyProposed): "拟开展调查", string(DropProposed): "拟删去",
	string(Solved): "已有数据", string(Dismissed): "不必登记",

	VerbRead: "看指标体系健康和修订", VerbPropose: "提示登记无数据指标", VerbOpen: "登记无数据指标",
	VerbPlan: "填找数方案",
	VerbFind: "填找到的来源", VerbRegime: "填进入的部门制度", VerbSurvey: "提议开展调查", VerbDrop: "提议删去指标",
	VerbSolve: "确认已有数据", VerbDismiss: "不必登记", VerbMove: "移交无数据指标", VerbImport: "导入无数据登记",

	office: "妇儿工委办", owner: "找来源的单位，或妇儿工委办", flow.Program: "系统",

	string(InForce): "生效", string(Removed): "已删去", string(Owed): "未完成", string(Done): "已完成",
	string(NotAsked): "不要求", VerbLink: "登记衔接", VerbUnlink: "删去衔接", VerbDuty: "登记分性别统计任务",
	VerbReport: "填分性别统计现状", VerbHandDuty: "移交分性别统计任务",

	string(Draft): "草拟", string(Consulting): "征求意见中", string(Settled): "意见已处理", string(Decided): "已决定",
	string(Applied): "已生效", string(Withdrawn): "已撤回",
	VerbWrite: "草拟修订", VerbConsult: "征求意见", VerbSettle: "意见处理完毕", VerbDecide: "记录决定",
	VerbApply: "按决定生效", VerbWithdraw: "撤回修订", committee: "全委会（由办公室记录）或妇儿工委领导",
}

// plays is the post in which by plays a part in the record.
func (r Record) plays(by auth.User, part string) (auth.Post, error) {
	post, err := r.keeper(by)
	if err == nil || part == office {
		return post, err
	}
	return liaison(by, r.Owner, "这一步须由找来源的单位办理。")
}

func (r Record) as(by auth.User) flow.Case {
	return flow.Case{State: string(r.State), Plays: func(part string) (auth.Post, error) { return r.plays(by, part) }}
}

// ended says whether nothing is left to do.
func (r Record) ended() bool { return life.Ended(string(r.State)) }

// Lamp is how its day stands.
func (r Record) Lamp(today string) string {
	switch {
	case r.ended() || r.DueOn == "":
		return flow.Grey
	case r.State != Open && r.State != SourceFound:
		return flow.Green
	}
	return flow.Lamp(r.DueOn, today, flow.Near)
}

// check refuses what cannot be kept.
func (r *Record) check(today string) errs.Fields {
	wrong := errs.Fields{}
	if !known(causes, r.Cause) {
		wrong.Say("cause", "请选为什么没有数据。")
	}
	for _, n := range r.Needs {
		if !known(needs, n) {
			wrong.Say("needs", "没有“%s”这个选项。", n)
		}
	}
	if r.Owner == "" {
		wrong.Say("owner", "请选由哪个单位找来源。")
	}
	if !calendar.IsDay(r.DueOn) || r.DueOn <= today {
		wrong.Say("due", "期限要写成 2024-06-30，在今天以后。")
	}
	if r.Since.IsZero() {
		wrong.Say("since", "请写从哪一期起没有数据，例如 2023。")
	}
	tooLong(wrong, "way", r.Plan, maxText)
	return wrong
}

// why is the word for the cause; one that nobody named is still to be clarified.
func (r Record) why() say.Key { return word(causes, cmp.Or(r.Cause, "unknown")) }
