package exchange

// Plans with domains, goals, duties of units, and targets, row by row.

import (
	"yipanqi/internal/indicator"
	"yipanqi/internal/plan"
)

func putPlan(r *run, w *row) (bool, error) {
	r.plans.find(w, "parent", w.text("parent"))
	p := plan.Plan{Code: w.text("code"), Name: w.text("name"), NameEN: w.text("name_en"),
		AreaID: r.areas.find(w, "area", w.text("area")).ID,
		Kind: word(w, "kind", map[string]string{"妇女": "women", "儿童": "children", "合并": "combined",
			"women": "women", "children": "children", "combined": "combined"}),
		Starts: w.year("starts"), Ends: w.year("ends"), Parent: w.text("parent"), Note: w.text("note"),
		Status: word(w, "status", map[string]string{"": "issued", "起草": "draft",
			"已印发": "issued", "已结束": "closed",
			"draft": "draft", "issued": "issued", "closed": "closed"}),
		SourceTitle: w.text("source_title"), SourceURL: w.address("source_url"), Position: w.position}
	r.plans.expect(p.Code)
	if w.bad {
		return false, nil
	}
	changed, err := plan.Put(r.tx, p)
	if err == nil {
		r.plans.add(p.Code, true)
	}
	return changed, err
}

func putDomain(r *run, w *row) (bool, error) {
	d := plan.Domain{Plan: w.text("plan"), Code: w.text("code"), Name: w.text("name"),
		NameEN: w.text("name_en"), Position: w.position}
	r.plans.find(w, "plan", d.Plan)
	r.domains.expect(d.Plan + "/" + d.Code)
	if w.bad {
		return false, nil
	}
	r.domains.add(d.Plan+"/"+d.Code, true)
	return plan.PutDomain(r.tx, d)
}

func putGoal(r *run, w *row) (bool, error) {
	g := plan.Goal{Plan: w.text("plan"), Code: w.text("code"), Domain: w.text("domain"),
		Text: w.text("text"), TextEN: w.text("text_en"),
		SourceTitle: w.text("source_title"), SourceURL: w.address("source_url"), Position: w.position}
	r.plans.find(w, "plan", g.Plan)
	r.domains.find(w, "domain", g.Plan+"/"+g.Domain)
	r.goals.expect(g.Plan + "/" + g.Code)
	if w.bad {
		return false, nil
	}
	r.goals.add(g.Plan+"/"+g.Code, true)
	return plan.PutGoal(r.tx, g)
}

func putGoalUnit(r *run, w *row) (bool, error) {
	u := plan.GoalUnit{Plan: w.text("plan"), Goal: w.text("goal"), Unit: w.text("unit"),
		Duty: word(w, "duty", map[string]string{"主要责任单位": plan.Lead, "责任单位": plan.Responsible,
			plan.Lead: plan.Lead, plan.Responsible: plan.Responsible})}
	r.goals.find(w, "goal", u.Plan+"/"+u.Goal)
	r.units.find(w, "unit", u.Unit)
	if w.bad {
		return false, nil
	}
	return plan.PutGoalUnit(r.tx, u)
}

func putGoalIndicator(r *run, w *row) (bool, error) {
	g := indicator.GoalIndicator{Plan: w.text("plan"), Goal: w.text("goal"),
		IndicatorID: r.indicators.find(w, "indicator", w.text("indicator")).ID,
		Position:    w.position}
	r.goals.find(w, "goal", g.Plan+"/"+g.Goal)
	if w.bad {
		return false, nil
	}
	return indicator.PutOnGoal(r.tx, g)
}

func putTarget(r *run, w *row) (bool, error) {
	t := indicator.Target{Plan: w.text("plan"), IndicatorID: r.indicators.find(w, "indicator", w.text("indicator")).ID,
		AreaID: r.areas.find(w, "area", w.text("area")).ID,
		Level: word(w, "level", map[string]string{"": indicator.Own, "本级": indicator.Own, "全国": indicator.National,
			indicator.Own: indicator.Own, indicator.National: indicator.National}),
		Op: word(w, "op", map[string]string{"≥": indicator.AtLeast, ">=": indicator.AtLeast, "ge": indicator.AtLeast,
			"≤": indicator.AtMost, "<=": indicator.AtMost, "le": indicator.AtMost, "提高": indicator.Increase,
			"上升": indicator.Increase, "increase": indicator.Increase, "降低": indicator.Decrease,
			"下降": indicator.Decrease, "decrease": indicator.Decrease, "无": indicator.NoTarget,
			"none": indicator.NoTarget}),
		Value: w.text("value"), Year: w.year("year"), BaselineYear: w.year("baseline_year"), Words: w.text("words"),
		SourceTitle: w.text("source_title"), SourceURL: w.address("source_url")}
	r.plans.find(w, "plan", t.Plan)
	w.refuse(t.Validate())
	if w.bad {
		return false, nil
	}
	return indicator.PutTarget(r.tx, t)
}
