package main

// The last plan for women, which is over, and what has become of its goals; the lives of the plans.

const lastSource = "示范市妇女发展规划（2016—2020年，模拟文本）"

var lastDomain = []string{"SF-W16", "health", "妇女与健康", "Women and health"}

// lastGoals are plan, code, domain, text, English, source.
var lastGoals = [][]string{
	{"SF-W16", "16.1", "health", "妇女健康服务覆盖全生命周期（模拟）", "Health services for women at every stage of life (made up)",
		lastSource},
	{"SF-W16", "16.2", "health", "参加体育锻炼的妇女人数增加（模拟）", "More women take part in sports (made up)", lastSource},
}

// goalLinks are plan, goal, plan before, goal before, relation, why.
var goalLinks = [][]string{
	{"SF-W21", "1.1", "SF-W16", "16.1", "延续", ""},
	{"SF-W21", "1.2", "SF-W16", "16.2", "替代", "人数改为锻炼的普遍程度和体质水平（模拟）"},
}

// planSteps are plan, state, since, why, source.
var planSteps = [][]string{
	{"SF-W16", "已印发", "2016", "", lastSource},
	{"SF-W16", "已结束", "2020-12-31", "", lastSource},
	{"SF-W21", "前期研究", "2019", "委托研究妇女发展的任务和思路（模拟）", planSource},
	{"SF-W21", "起草", "2020-05", "", planSource},
	{"SF-W21", "征求意见", "2020-10-12", "", planSource},
	{"SF-W21", "已印发", "2021-01-15", "", planSource},
	{"SF-C21", "前期研究", "2019", "", planSource},
	{"SF-C21", "已印发", "2021-01-15", "", planSource},
}
