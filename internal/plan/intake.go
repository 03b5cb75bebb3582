package plan

// Files of plans with their domains, goals, measures and the duties of units, row by row. What is
// measured is indicator's.

import (
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
)

// What other files call by a code; a domain and a goal by plan/code.
var (
	Codes       = intake.Codes[Plan]{Name: "规划", File: "plans.csv", Load: ByCode}
	DomainCodes = intake.Codes[Domain]{Name: "领域", File: "domains.csv", Load: domainByCode}
	GoalCodes   = intake.Codes[Goal]{Name: "目标", File: "goals.csv", Load: goalByCode}
	// MeasureCodes are called plan/code too.
	MeasureCodes = intake.Codes[Measure]{Name: "策略措施", File: "measures.csv", Load: measureByCode}
)

// Files are those that plans are imported from.
func Files() []intake.File {
	return []intake.File{
		{Path: Codes.File, Title: "规划", Columns: intake.Named + " kind*=类型（妇女、儿童、合并） area*=区域 starts*=起始年 " +
			"ends*=结束年 parent=上级规划 status=状态（前期研究、起草、征求意见、已印发、已结束） note=说明" + intake.Sourced,
			Key: "code", Tree: true, After: []string{network.AreaCodes.File}, Row: takePlan},
		{Path: DomainCodes.File, Title: "领域", Columns: "plan*=规划 " + intake.Named,
			Key: "plan code", Code: "plan code", After: []string{Codes.File}, Row: takeDomain},
		{Path: GoalCodes.File, Title: "主要目标",
			Columns: "plan*=规划 code*=代码 domain*=领域 text*=目标 text_en=英文" + intake.Sourced,
			Key:     "plan code", Code: "plan code", After: []string{Codes.File, DomainCodes.File}, Row: takeGoal},
		{Path: "goal_units.csv", Title: "任务分解", Columns: "plan*=规划 goal*=目标 unit*=单位 duty*=责任（主要责任单位、责任单位）",
			Key: "plan goal unit", After: []string{GoalCodes.File, network.UnitCodes.File}, Row: takeGoalUnit},
		{Path: MeasureCodes.File, Title: "策略措施",
			Columns: "plan*=规划 code*=代码 domain*=领域 goal=目标（为整个领域的留空） text*=策略措施 text_en=英文" +
				intake.Sourced,
			Key: "plan code", Code: "plan code", After: []string{GoalCodes.File}, Row: takeMeasure},
		{Path: "measure_units.csv", Title: "策略措施分解",
			Columns: "plan*=规划 measure*=策略措施 unit*=单位 duty*=责任（主要责任单位、责任单位）",
			Key:     "plan measure unit",
			After:   []string{MeasureCodes.File, network.UnitCodes.File}, Row: takeMeasureUnit},
		{Path: "plan_steps.csv", Title: "规划的各个阶段",
			Columns: "plan*=规划 state*=阶段（前期研究、起草、征求意见、已印发、已结束） since*=起（年、月或日） note=说明" + intake.Sourced,
			Key:     "plan state", After: []string{Codes.File}, Row: takeStep},
		{Path: "goal_links.csv", Title: "目标与上一期规划的衔接",
			Columns: "plan*=规划 goal*=目标 before_plan*=上一期规划 before_goal*=上一期目标 relation*=关系（延续、替代） note=说明",
			Key:     "plan goal before_plan before_goal", After: []string{GoalCodes.File}, Row: takeLink},
	}
}

func takePlan(r *intake.Run, w *intake.Row) (bool, error) {
	intake.Ref(w, "parent", Codes)
	p := Plan{Code: w.Text("code"), Name: w.Text("name"), NameEN: w.Text("name_en"),
		AreaID: intake.Ref(w, "area", network.AreaCodes).ID,
		Kind: intake.Word(w, "kind", map[string]string{"妇女": "women", "儿童": "children", "合并": "combined",
			"women": "women", "children": "children", "combined": "combined"}),
		Starts: w.Year("starts"), Ends: w.Year("ends"), Parent: w.Text("parent"), Note: w.Text("note"),
		Status:      stateOf(w, "status", Issued),
		SourceTitle: w.Text("source_title"), SourceURL: w.Address("source_url"), Position: w.Position}
	if w.Bad() {
		return false, nil
	}
	return Put(r.Tx, p)
}

func takeDomain(r *intake.Run, w *intake.Row) (bool, error) {
	d := Domain{Plan: w.Text("plan"), Code: w.Text("code"), Name: w.Text("name"),
		NameEN: w.Text("name_en"), Position: w.Position}
	intake.Ref(w, "plan", Codes)
	if w.Bad() {
		return false, nil
	}
	return PutDomain(r.Tx, d)
}

func takeGoal(r *intake.Run, w *intake.Row) (bool, error) {
	g := Goal{Plan: w.Text("plan"), Code: w.Text("code"), Domain: w.Text("domain"),
		Text: w.Text("text"), TextEN: w.Text("text_en"),
		SourceTitle: w.Text("source_title"), SourceURL: w.Address("source_url"), Position: w.Position}
	intake.Ref(w, "plan", Codes)
	intake.RefCode(w, "domain", DomainCodes, g.Plan+"/"+g.Domain)
	if w.Bad() {
		return false, nil
	}
	return PutGoal(r.Tx, g)
}

// duties are the words of the files for what a unit has to do with a goal or a measure.
var duties = map[string]string{"主要责任单位": Lead, "责任单位": Responsible, Lead: Lead, Responsible: Responsible}

func takeMeasure(r *intake.Run, w *intake.Row) (bool, error) {
	m := Measure{Plan: w.Text("plan"), Code: w.Text("code"), Domain: w.Text("domain"), Goal: w.Text("goal"),
		Text: w.Text("text"), TextEN: w.Text("text_en"),
		SourceTitle: w.Text("source_title"), SourceURL: w.Address("source_url"), Position: w.Position}
	intake.Ref(w, "plan", Codes)
	intake.RefCode(w, "domain", DomainCodes, m.Plan+"/"+m.Domain)
	if m.Goal != "" {
		if g := intake.RefCode(w, "goal", GoalCodes, m.Plan+"/"+m.Goal); !w.Bad() && g.Domain != m.Domain {
			w.Fail("goal", "目标%s不在领域“%s”里。请填它所属的领域，或把目标留空。", m.Goal, m.Domain)
		}
	}
	if w.Bad() {
		return false, nil
	}
	return PutMeasure(r.Tx, m)
}

func takeMeasureUnit(r *intake.Run, w *intake.Row) (bool, error) {
	u := MeasureUnit{Plan: w.Text("plan"), Measure: w.Text("measure"), Unit: w.Text("unit"),
		Duty: intake.Word(w, "duty", duties)}
	intake.RefCode(w, "measure", MeasureCodes, u.Plan+"/"+u.Measure)
	intake.Ref(w, "unit", network.UnitCodes)
	if w.Bad() {
		return false, nil
	}
	return PutMeasureUnit(r.Tx, u)
}

func takeGoalUnit(r *intake.Run, w *intake.Row) (bool, error) {
	u := GoalUnit{Plan: w.Text("plan"), Goal: w.Text("goal"), Unit: w.Text("unit"),
		Duty: intake.Word(w, "duty", duties)}
	intake.RefCode(w, "goal", GoalCodes, u.Plan+"/"+u.Goal)
	intake.Ref(w, "unit", network.UnitCodes)
	if w.Bad() {
		return false, nil
	}
	return PutGoalUnit(r.Tx, u)
}

// stateOf reads a state of a plan; empty is otherwise, where that is none of its own.
func stateOf(w *intake.Row, column, otherwise string) string {
	words := map[string]string{"前期研究": Research, "起草": Draft, "征求意见": Consultation, "已印发": Issued,
		"已结束": Closed}
	for _, state := range States() {
		words[state] = state
	}
	if otherwise != "" {
		words[""] = otherwise
	}
	return intake.Word(w, column, words)
}

func takeStep(r *intake.Run, w *intake.Row) (bool, error) {
	s := Step{Plan: w.Text("plan"), State: stateOf(w, "state", ""), Since: w.Text("since"), Note: w.Text("note"),
		SourceTitle: w.Text("source_title"), SourceURL: w.Address("source_url")}
	intake.Ref(w, "plan", Codes)
	if w.Bad() {
		return false, nil
	}
	return PutStep(r.Tx, s)
}

func takeLink(r *intake.Run, w *intake.Row) (bool, error) {
	l := GoalLink{Plan: w.Text("plan"), Goal: w.Text("goal"), BeforePlan: w.Text("before_plan"),
		BeforeGoal: w.Text("before_goal"), Note: w.Text("note"), Relation: intake.Word(w, "relation",
			map[string]string{"延续": Continues, "替代": Replaces, Continues: Continues, Replaces: Replaces})}
	intake.RefCode(w, "goal", GoalCodes, l.Plan+"/"+l.Goal)
	intake.RefCode(w, "before_goal", GoalCodes, l.BeforePlan+"/"+l.BeforeGoal)
	if w.Bad() {
		return false, nil
	}
	return PutLink(r.Tx, l)
}
