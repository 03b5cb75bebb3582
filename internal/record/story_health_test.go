package record_test

// Stories of the health unit's registers: premarital sites and returns, mother-and-baby rooms, obstetric inspections.

import "testing"

func TestStoriesOfHealth(t *testing.T) {
	stories(t, map[string]func(*town){"premarital_site": aSiteBecomesOneStop,
		"premarital_month": aMonthGoesUpToTheCity, "mother_baby_room": aMallBuildsItsRooms,
		"obstetric_inspection": aVisitNobodyWasToldOf})
}

// The district hospital enters a site, the health unit confirms it; it is one-stop by what it offers, never by a tick.
func aSiteBecomesOneStop(c *town) {
	site := func(name string, more ...string) []string {
		return append([]string{"site_name", name, "site_kind", "registry", "location:lon", "118.2", "location:lat",
			"36.2", "services_offered", "婚前医学检查、优生咨询", "licence_number", "演示3号", "male_exam_room", "是",
			"female_exam_room", "是", "education_room", "是", "qualified_doctors", "2", "free_of_charge", "是",
			"opening_hours", "工作日", "opened_on", "2024-03-01"}, more...)
	}
	s := c.begins("premarital_site", "mch-west", site("西川区婚姻登记处婚检服务点", "qualified_doctors", "1")...)
	s.is("one_stop", "0")
	s.cannot("mch-west", "submit", "合格医师少于两名")
	s.writes("mch-west", "qualified_doctors", "2")
	s.does("mch-west", "submit")
	s.cannot("mch-west", "confirm", "")
	s.does("health", "return", "reason", "婚姻登记也在这里办，请补服务项目")
	s.is("state", "returned")
	s.writes("mch-west", "services_offered:registration", "1")
	s.is("one_stop", "1")
	s.does("mch-west", "submit")
	c.counts("premarital_site", "2024", "示范市", "one_stop_sites", "1", "one_stop_districts", "1")
	s.does("health", "confirm")
	// 一(三): districts that did examination, registration and counselling in one place.
	c.counts("premarital_site", "2024", "示范市", "one_stop_sites", "2", "one_stop_districts", "2",
		"one_stop_sites registry", "2")
	c.counts("premarital_site", "2024-02", "示范市", "one_stop_districts", "1")
	if s.r.DueOn == "" {
		c.Error("nobody is told of the check of the next year")
	}
	s.does("mch-west", "verify")
	s.does("mch-west", "retire", "reason", "婚姻登记处搬走", "closed_on", "2024-08-31")
	s.does("health", "confirm")
	c.counts("premarital_site", "2024", "示范市", "one_stop_sites", "1")
	c.counts("premarital_site", "2024-07", "示范市", "one_stop_sites", "2")
}

// The site fills, the district checks, the city accepts: three people. A person with two diseases is one person.
func aMonthGoesUpToTheCity(c *town) {
	s := c.begins("premarital_month", "mch-east", "service_site", "PMS-1", "report_month", "2024-05",
		"household_calibre", "RESIDENT", "married_persons:1", "200", "married_persons:2", "200", "examined_persons:1",
		"50", "examined_persons:2", "51", "counselled_persons:1", "40", "counselled_persons:2", "40",
		"disease_persons:infectious:1", "2", "disease_persons:reproductive:1", "1", "found_persons:1", "3",
		"found_persons:2", "0", "opinion_persons:none:1", "48",
		"opinion_persons:none:2", "51")
	s.is("due", "2024-06-05")
	s.cannot("mch-east", "fill", "请填写")
	zero(s, "mch-east", "disease_persons", "genetic", "infectious", "mental", "reproductive", "organ")
	zero(s, "mch-east", "opinion_persons", "no_marriage", "no_birth", "postpone", "measures", "none")
	s.cannot("mch-east", "fill", "各种医学意见的人数之和不等于检查人数")
	s.writes("mch-east", "opinion_persons:postpone:1", "2")
	s.does("mch-east", "fill")
	s.is("due", "2024-06-10")
	s.cannot("mch-east-head", "accept", "状态")
	s.does("mch-east-head", "return", "reason", "请核对登记人数")
	s.writes("mch-east", "married_persons:1", "210", "married_persons:2", "210")
	s.does("mch-east", "fill")
	s.does("mch-east-head", "check")
	s.is("due", "2024-06-17") // the 15th is a Saturday
	s.cannot("mch-east-head", "accept", "")
	c.counts("premarital_month", "2024-05", "示范市", "pme_examined", "0")
	s.does("mch-city", "accept")
	c.counts("premarital_month", "2024-05", "示范市", "pme_examined", "101", "pme_married", "420")
	// Statistical year 2024 begins on 1 October 2023, where the paper's record of that month stands.
	c.counts("premarital_month", "2024", "东岭区", "pme_examined", "301", "pme_married", "1080", "pme_rate", "27.9",
		"pme_found", "4", "pme_found infectious", "3", "pme_found reproductive", "1")
	again := c.begins("premarital_month", "mch-east", "service_site", "PMS-1", "report_month", "2024-05")
	again.cannot("mch-east", "fill", "已经登记过")
	again.does("mch-east", "discard")
	s.does("mch-east", "correct", "reason", "漏了一对")
	s.writes("mch-east", "married_persons:1", "211", "married_persons:2", "211")
	c.counts("premarital_month", "2024-05", "示范市", "pme_married", "420")
	s.does("mch-east", "fill")
	s.does("mch-east-head", "check")
	s.does("mch-city", "accept")
	c.counts("premarital_month", "2024-05", "示范市", "pme_married", "422")
}

// zero fills the cells of a number by sex and kind that are still empty.
func zero(s *tale, who, field string, kinds ...string) {
	var all []string
	for _, kind := range kinds {
		for _, sex := range []string{"1", "2"} {
			if key := field + ":" + kind + ":" + sex; s.r.Body[key] == "" {
				all = append(all, key, "0")
			}
		}
	}
	s.writes(who, all...)
}

// A mall of 12,000 m² must have a room of 10 m², or several of 4 m² by the rule of its city: two of 5 m² pass.
func aMallBuildsItsRooms(c *town) {
	items := []string{}
	for _, item := range []string{"M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M11"} {
		items = append(items, "room_items:"+item, "ok")
	}
	s := c.begins("mother_baby_room", "rooms-east", "place_name", "示范商场丙", "place_kind", "commercial",
		"room_scope",
		"public", "managing_body", "示范商场丙管理方", "floor_area", "12000", "daily_visitors", "4000", "location:lon",
		"118.1", "location:lat", "36.2", "floor_position", "一层", "room_count", "0", "unified_sign", "否",
		"opening_hours", "10:00-22:00", "free_of_charge", "是", "facility_state", "open", "opened_on", "2024-02-01")
	s.is("room_due", "1", "due_area", "10", "area_ok", "0")
	s.cannot("rooms-east", "submit", "应当设母婴室")
	s.writes("rooms-east", "remark", "年内建成")
	s.does("rooms-east", "submit")
	s.does("health", "confirm")
	c.counts("mother_baby_room", "2024", "示范市", "mbr_rooms", "4", "mbr_places_due", "3", "mbr_rate", "33.3")
	s.does("rooms-east", "correct", "reason", "两间建成")
	s.writes("rooms-east", append(items, "room_count", "2", "room_area", "5", "smallest_room_area", "6",
		"unified_sign", "是")...)
	s.cannot("rooms-east", "submit", "最小间面积大于单间面积")
	s.writes("rooms-east", "smallest_room_area", "3")
	s.is("area_ok", "0")
	s.writes("rooms-east", "smallest_room_area", "5")
	s.is("area_ok", "1")
	s.does("rooms-east", "submit")
	s.does("health", "confirm")
	// 三(三): rooms of the public and of employers are never added without saying so.
	c.counts("mother_baby_room", "2024", "示范市", "mbr_rooms", "6", "mbr_rooms public", "5", "mbr_rooms employer", "1",
		"mbr_rate", "66.7")
	s.writes("rooms-east", "checks_done:0:checked_on", "2024-06-03", "checks_done:0:checker", "巡查员",
		"checks_done:0:item_result", "defect", "checks_done:0:defect_text", "尿布台带子坏",
		"checks_done:0:defect_state",
		"open")
	s.is("state", "confirmed") // a round is written without taking the room out of the figures
}

// The plan is secret, two inspect, findings are put right one by one, and not by the inspected.
func aVisitNobodyWasToldOf(c *town) {
	s := c.begins("obstetric_inspection", "health", "inspection_round", "2024上半年", "inspected_institution",
		"西川区医院", "planned_on", "2024-05-20", "unannounced_inspection", "是", "inspectors:0:inspector", "EXP-3",
		"inspectors:0:conflict_declared", "否")
	s.mayNotWrite("health-head", "findings:0:finding_text", "没有去过就写问题")
	s.cannot("health", "visit", "请填写", "visited_on", "2024-05-20")
	visit := []string{"visited_on", "2024-05-20", "inspection_ways", "查阅资料、应急演练", "inspection_items:O1", "ok",
		"inspection_items:O2", "defect", "inspection_items:O2:note", "制度没有落实到班组"}
	for _, item := range []string{"O3", "O4", "O5", "O6", "O7", "O8", "O10", "O11"} {
		visit = append(visit, "inspection_items:"+item, "ok")
	}
	s.cannot("health-team", "visit", "少于两人", visit...)
	s.writes("health", "inspectors:1:inspector", "EXP-4", "inspectors:1:conflict_declared", "是")
	s.cannot("health-team", "visit", "应当回避", visit...)
	s.writes("health", "inspectors:1:conflict_declared", "否")
	s.writes("health-team", "findings:0:finding_text", "急救药品近效期", "findings:0:defect_severity", "general",
		"findings:0:addressee_unit", "西川区医院", "findings:0:rectify_by", "2024-05-01")
	s.cannot("health-team", "visit", "整改期限早于检查日期", visit...)
	s.writes("health-team", "findings:0:rectify_by", "2024-06-20")
	s.does("health-team", "visit", visit...)
	s.is("due", "2024-05-27")
	c.counts("obstetric_inspection", "2024", "示范市", "obi_visits", "1", "obi_findings", "1")
	s.writes("health-team", "findings:1:finding_text", "备血不足",
		"findings:1:defect_severity", "major", "findings:1:addressee_unit", "西川区医院", "findings:1:rectify_by",
		"2024-06-10")
	s.does("health-team", "feed_back", "inspection_result", "rectify")
	s.cannot("health-team", "order", "部门负责人")
	s.does("health-head", "order")
	s.cannot("health-team", "close", "条件", "reinspected_on", "2024-06-21")
	s.writes("health-team", "findings:0:closed_on", "2024-06-18")
	c.counts("obstetric_inspection", "2024", "示范市", "obi_findings", "2", "obi_closed", "0.0")
	s.writes("health-team", "findings:1:closed_on", "2024-06-21")
	s.does("health-team", "close", "reinspected_on", "2024-06-21")
	c.counts("obstetric_inspection", "2024", "示范市", "obi_visits", "1", "obi_institutions", "1", "institutions", "1",
		"obi_covered", "100.0", "obi_closed", "100.0", "obi_findings major", "1")
}
