package record_test

// Stories of the committee's own work: policies, funding, research, publicity, training, pilots, experts.

import "testing"

func TestStoriesOfTheOffice(t *testing.T) {
	stories(t, map[string]func(*town){"policy_document": aPolicyComesIntoForce, "funding_item": moneyAndItsEffect,
		"research_topic": aStudyBecomesAProposal, "publicity_item": aFilmIsShown, "training_session": aDayOfTraining,
		"gender_education_pilot": aSchoolTakesPart, "expert": anExpertIsAppointed})
}

// The government drafts, its head issues, and on its day it is in force without anybody doing anything.
func aPolicyComesIntoForce(c *town) {
	const code = "policy_document"
	s := c.begins(code, "government", "object_title", "关于加强课后服务的意见", "doc_kind", "opinion", "doc_content",
		"measures", "issuing_units", "示范市财政局、示范市人民政府、示范市教育局", "benefited_group", "children",
		"goals", "C/1.2、妇女体质增强")
	s.cannotWrite("government", "goals", "不止一个规划有它", "1.2")
	s.cannotWrite("government", "goals", "没有找到目标“D/1.1”", "D/1.1")
	s.does("government", "consult")
	if s.seen("city") || !s.seen("office") {
		c.Error("a draft is seen by a unit that neither drafts it nor looks after the area, or not by the office")
	}
	s.cannot("government", "issue", "单位负责人", "issued_on", day(-40))
	s.cannot("government-head", "issue", "印发日期")
	s.writes("government-head", "in_force_from", day(-50), "document_number", "演示1号")
	s.cannot("government-head", "issue", "施行日期早于印发日期", "issued_on", day(-40))
	s.writes("government-head", "in_force_from", day(1))
	s.does("government-head", "issue", "issued_on", day(-40))
	s.is("due", workday(-10))
	s.does("government", "file")
	s.advances()
	s.is("state", "issued")
	if !s.seen("city") {
		c.Error("a policy that is issued is not seen by everybody")
	}
	s.does("government", "correct", "reason", "施行日期改为今天")
	s.writes("government", "in_force_from", day(0))
	s.does("government", "submit")
	s.does("government-head", "confirm")
	s.advances()
	s.is("state", "in_force")
	year := day(-40)[:4]
	// 二(一): ten titles with unit and day; who issues together stands in the order of the document.
	c.counts(code, year, "示范市", "pd_issued", "1", "pd_issued measures", "1", "pd_issued children", "1")
	c.inOrder(s, "issuing_units", "示范市财政局", "示范市人民政府", "示范市教育局")
	s.cannot("government", "revise", "被替代文件")
	s.does("government", "revise", "replaced_by", "POL-1")
	s.is("state", "revised")
	c.counts(code, year, "示范市", "pd_issued", "1")
}

// Money is counted in yuan and exactly; near and over are data beside the number.
func moneyAndItsEffect(c *town) {
	s := c.begins("funding_item", "finance", "fund_purpose", "课后服务", "budget_year", "2024", "fund_source", "city",
		"spending_unit", "示范市教育局", "planned_amount", "400000000", "arrived_amount", "400000000", "spent_amount",
		"40",
		"effects:0:effect_text", "建立弹性离校制度的学校", "effects:0:effect_value", "270",
		"effects:0:effect_precision", "near")
	s.cannot("finance", "submit", "是不是按万元填的")
	s.writes("finance", "spent_amount", "400,000,000.10")
	s.cannot("finance", "submit", "支出金额大于到位金额")
	s.writes("finance", "spent_amount", "399999999.90")
	s.cannot("finance", "submit", "成效单位")
	s.writes("finance", "effects:0:effect_unit", "所")
	s.cannot("finance", "submit", "没有选服务目标")
	s.writes("finance", "goals", "C/1.2")
	s.does("finance", "submit")
	s.cannot("finance", "confirm", "")
	s.does("office", "confirm")
	c.counts("funding_item", "2024", "示范市", "fund_spent", "399999999.9", "fund_spent 课后服务", "399999999.9",
		"fund_spent city", "399999999.9")
	// 二(二): what the money did, as it was given.
	c.tells("funding_item", "2024", "fund_effect", "建立弹性离校制度的学校 270 所（近）")
}

// A base studies, a proposal comes of it; what was adopted must show the paper that says so.
func aStudyBecomesAProposal(c *town) {
	s := c.begins("research_topic", "office", "topic_title", "婚前医学检查意愿调查", "research_kind", "special",
		"research_base", "示范大学研究基地(演示)", "started_on", "2024-02-01", "finished_on", "2024-10-30",
		"outcomes:0:outcome_kind", "cppcc", "outcomes:0:outcome_title", "关于提高婚检率的提案",
		"outcomes:0:receiving_body",
		"示范市政协", "outcomes:0:handed_on", "2024-11-20", "outcomes:0:outcome_result", "adopted",
		"outcomes:1:outcome_kind",
		"speech", "outcomes:1:outcome_title", "研讨会发言", "outcomes:1:receiving_body", "示范论坛",
		"outcomes:1:handed_on",
		"2024-01-01", "outcomes:1:outcome_result", "not_adopted")
	s.cannot("office", "submit", "结果文件")
	s.writes("office", "outcomes:0:result_document", "POL-1")
	s.cannot("office", "submit", "提交日期早于课题开始")
	s.writes("office", "outcomes:1:handed_on", "2024-11-21")
	s.does("office", "submit")
	s.cannot("office", "confirm", "别人")
	s.does("office-b", "confirm")
	// 二(三): two bases; studies; one became proposals, one a speech.
	c.counts("research_topic", "2024", "示范市", "rt_topics", "1", "rt_outcomes", "2", "rt_outcomes cppcc", "1",
		"rt_outcomes speech", "1", "rt_outcomes adopted", "1", "rt_adopted", "1", "rt_proposals", "1", "rt_bases", "1",
		"rb_bases", "1")
	c.counts("research_topic", "2025", "示范市", "rt_bases", "0", "rb_bases", "1")
}

// An item of two themes is one item.
func aFilmIsShown(c *town) {
	s := c.begins("publicity_item", "city", "item_title", "远离家暴短片", "publicity_kind", "film", "publicity_themes",
		"反家庭暴力、男女平等基本国策", "host_units", "示范市妇联、示范市妇儿工委办", "held_from", "2024-11-25",
		"held_to", "2024-11-20",
		"reach_count", "20000")
	s.cannot("city", "submit", "举办结束日早于起始日")
	s.writes("city", "held_to", "2024-12-10")
	s.cannot("city", "submit", "没有写在哪里发布")
	s.writes("city", "publication_channel", "地铁电视", "reach_precision", "over")
	s.does("city", "submit")
	s.does("federation-head", "confirm")
	if !s.seen("west") {
		c.Error("publicity is hidden")
	}
	c.counts("publicity_item", "2024", "示范市", "pub_items", "1", "pub_items anti_violence", "1", "pub_items equality",
		"1", "pub_items film", "1")
}

// Numbers by sex, no list of names; a meeting of the committee is not counted twice.
func aDayOfTraining(c *town) {
	day := []string{"session_title", "统计员培训", "training_kind", "statistics", "host_units", "示范市妇儿工委办",
		"held_from", "2024-03-20", "training_hours", "6", "audience_kinds", "统计负责人、联络员", "attendance_count:1",
		"0",
		"attendance_count:2", "0"}
	s := c.begins("training_session", "office", day...)
	s.cannot("office", "submit", "没有人参加")
	s.writes("office", "attendance_count:1", "10", "attendance_count:2", "22")
	s.does("office", "submit")
	s.does("office-b", "confirm")
	meeting := c.begins("training_session", "office", append(day, "source_meeting", "M-1", "attendance_count:1",
		"5")...)
	meeting.does("office", "submit")
	meeting.does("office-b", "confirm")
	c.counts("training_session", "2024", "示范市", "tr_sessions", "1", "tr_people", "32", "tr_people statistician",
		"32",
		"tr_sessions statistics", "1")
	// 2019 四(二): training after the change of members; nobody types who changed or who was trained.
	c.counts("training_session", "2020", "示范市", "tr_posts_changed", "26", "tr_posts_changed liaison", "7",
		"tr_posts_trained", "0", "tr_new_trained", "0.0", "tr_new_trained liaison", "0.0")
	c.counts("training_session", "2024", "示范市", "tr_posts_changed", "0", "tr_new_trained", "")
}

// The school reports, the education unit confirms; a pilot that ended is none on the last day.
func aSchoolTakesPart(c *town) {
	s := c.begins("gender_education_pilot", "school", "school_name", "示范中学", "school_stage", "junior",
		"school_area", "东岭区", "pilot_from", "2024-09-01", "pilot_state", "running", "course_kinds", "融合课",
		"carrier_subject", "道德与法治", "yearly_lessons", "8", "teachers_trained:1", "2", "teachers_trained:2", "3",
		"pupils_reached:1", "100", "pupils_reached:2", "110", "school_pupils:1", "90", "school_pupils:2", "200")
	s.cannot("school", "submit", "覆盖学生数多于在校学生数")
	s.writes("school", "school_pupils:1", "150")
	s.does("school", "submit")
	s.does("school-head", "confirm")
	// 2019 三(三): pilot courses in moral education.
	c.counts("gender_education_pilot", "2024", "示范市", "ge_schools", "2", "ge_pupils", "618", "ge_schools junior",
		"1")
	s.does("school", "correct", "reason", "试点结束")
	s.writes("school", "pilot_state", "ended")
	s.cannot("school", "submit", "请填写“试点结束”")
	s.writes("school", "pilot_to", "2025-06-30")
	s.does("school", "submit")
	s.does("school-head", "confirm")
	c.counts("gender_education_pilot", "2025", "示范市", "ge_schools", "1")
	c.counts("gender_education_pilot", "2024", "东岭区", "ge_schools", "2", "ge_pupils primary", "408")
}

// Two people of the office; the last day of a term is a day in term.
func anExpertIsAppointed(c *town) {
	s := c.begins("expert", "office", "person_name_public", "专家戊(演示)", "sex", "2", "employer_name",
		"示范大学(演示)",
		"expert_fields", "法律、统计", "expert_roles", "评估论证", "letter_number", "演示聘5号", "term_from",
		"2024-01-01",
		"term_to", "2023-12-31", "public_consent", "否")
	s.cannot("office", "submit", "聘期止早于聘期起")
	s.writes("office", "term_to", "2025-12-31", "conflicts", "示范市法院")
	s.is("term_over", "2026-01-01")
	s.does("office", "submit")
	s.cannot("office", "confirm", "")
	s.does("office-b", "confirm")
	if s.seen("city") {
		c.Error("an expert who did not consent is shown to other units")
	}
	c.counts("expert", "2024", "示范市", "ex_count", "5", "ex_count law", "2", "ex_count 2", "1")
	c.counts("expert", "2025", "示范市", "ex_count", "1")
	c.counts("expert", "2026", "示范市", "ex_count", "0")
}
