package record_test

// Stories of law and markets: input to legislation, typical cases, legal aid, sampled products, advertisements.

import "testing"

func TestStoriesOfLaw(t *testing.T) {
	stories(t, map[string]func(*town){"legislative_participation": aWordInALaw, "typical_case": aCaseWithoutNames,
		"legal_aid_outlet": aStationJoinsTheNetwork, "legal_aid_count": aMonthOfLegalAid,
		"product_sample": aToyFailsItsTest, "advertising_case": anAdvertisementIsStopped})
}

// The federation took part, the office confirms; what became of it is added when the law is out.
func aWordInALaw(c *town) {
	s := c.begins("legislative_participation", "city", "object_title", "未成年人保护条例（修订草案）", "input_kind",
		"consult", "host_unit", "示范市人大法工委", "held_on", "2024-03-01", "participating_units",
		"示范市妇联、示范市妇儿工委办", "contribution_text", "增加儿童之家免费开放的规定")
	s.cannot("city", "submit", "半年")
	s.writes("city", "input_kind", "law_amend", "result_document", "POL-1")
	s.cannot("city", "submit", "请写明参与结果")
	s.writes("city", "result_document", "")
	s.does("city", "submit")
	s.cannot("city", "confirm", "")
	s.does("office", "confirm")
	c.counts("legislative_participation", "2024", "示范市", "inputs", "1", "inputs law_amend", "1")
	s.does("city", "correct", "reason", "条例已公布")
	s.writes("city", "participation_result", "写入第二十条", "result_document", "POL-1")
	s.does("city", "submit")
	s.does("office-b", "confirm")
	c.counts("legislative_participation", "2024", "示范市", "inputs", "1")
}

// Somebody else than the author looks for what gives a person away; the head publishes and takes down at once.
func aCaseWithoutNames(c *town) {
	const code = "typical_case"
	s := c.begins(code, "court", "case_title", "人身安全保护令案", "case_kind", "violence", "publishing_unit",
		"示范市法院",
		"case_batch", "2024反家暴案例", "legal_points", "反家庭暴力法第二十三条", "case_text", "某女申请保护令。")
	s.does("court", "submit")
	if s.seen("office") || s.seen("city") {
		c.Error("a case that is not published is seen outside its court")
	}
	s.mayNotWrite("court", "deidentify_check:D1", "ok")
	s.mayNotWrite("court-checker", "case_text", "核查人改了正文")
	s.cannot("court", "pass", "", "deidentify_check:D1", "ok")
	s.cannot("court-checker", "pass", "条件", "deidentify_check:D1", "ok")
	s.writes("court-checker", "deidentify_check:D1", "ok", "deidentify_check:D2", "na", "deidentify_check:D3", "ok",
		"deidentify_check:D4", "defect", "deidentify_check:D4:note", "日期和金额合在一起能认出", "deidentify_check:D5",
		"ok")
	s.cannot("court-checker", "pass", "条件")
	s.does("court-checker", "return", "reason", "日期和金额合在一起能认出")
	s.writes("court", "case_text", "某女申请保护令，法院当日作出。")
	s.does("court", "submit")
	s.writes("court-checker", "deidentify_check:D4", "ok", "deidentify_check:D4:note", "")
	s.does("court-checker", "pass")
	s.cannot("court-checker", "publish", "单位负责人", "published_on", "2024-11-25")
	s.cannot("court-head", "publish", "发布日期还没有到", "published_on", day(1))
	s.does("court-head", "publish", "published_on", "2024-11-25")
	if !s.seen("office") || !s.seen("west") {
		c.Error("a published case is not seen by everybody")
	}
	// 三(一): cases on family violence are published, ten cases on rights.
	c.counts(code, "2024", "示范市", "cases_published", "1", "cases_published violence", "1")
	s.cannot("court", "withdraw", "单位负责人", "reason", "不想要了")
	s.does("court-head", "withdraw", "reason", "有读者认出当事人")
	s.is("state", "withdrawn")
	c.counts(code, "2024", "示范市", "cases_published", "0")
	if s.seen("office") {
		c.Error("a case that was taken down is still seen")
	}
}

// A station hangs below a centre; a centre is a level, a point covers no street.
func aStationJoinsTheNetwork(c *town) {
	outlet := []string{"outlet_name", "青石街道法律援助工作站", "outlet_level", "3", "host_unit_kind", "street",
		"served_area",
		"青石街道", "location:lon", "118.1", "location:lat", "36.2", "contact_phone_public", "000-0000-1005",
		"opening_hours",
		"工作日", "serves_women_children", "是", "opened_on", "2024-01-03"}
	s := c.begins("legal_aid_outlet", "justice", outlet...)
	s.cannot("justice", "submit", "请填写“上级网点”")
	s.writes("justice", "parent_outlet", "LAO-3", "outlet_level", "1")
	s.cannot("justice", "submit", "市中心没有上级网点")
	s.writes("justice", "outlet_level", "3")
	s.does("justice", "submit")
	s.does("justice-head", "confirm")
	// 三(一): a network of four levels; 17 centres are the first two.
	c.counts("legal_aid_outlet", "2024", "示范市", "lao_outlets", "6", "lao_centres", "3", "lao_outlets 3", "2",
		"lao_streets_covered", "2", "lao_covered", "66.7")
	c.counts("legal_aid_outlet", "2023", "示范市", "lao_outlets", "5", "lao_covered", "33.3")
	wrong := c.begins("legal_aid_outlet", "justice", append(outlet, "outlet_name", "误填工作站", "parent_outlet",
		"LAO-2",
		"served_area", "东岭区")...)
	wrong.does("justice", "submit")
	wrong.does("justice-head", "confirm")
	c.counts("legal_aid_outlet", "2024", "示范市", "lao_outlets", "7", "lao_streets_covered", "2")
}

// A girl is one service, though she is a woman and a minor; a station decides nothing.
func aMonthOfLegalAid(c *town) {
	month := []string{"service_outlet", "LAO-2", "outlet_level", "2", "report_month", "2024-06", "applications:1", "5",
		"applications:2", "12", "granted:1", "4", "granted:2", "10", "advice:1", "20", "advice:2", "30",
		"minors_granted:1", "2", "minors_granted:2", "11", "minors_advice:1", "3", "minors_advice:2", "1"}
	s := c.begins("legal_aid_count", "justice", month...)
	s.cannot("justice", "submit", "未成年人援助件数多于援助件数")
	s.writes("justice", "minors_granted:2", "3")
	s.does("justice", "submit")
	s.does("justice-head", "confirm")
	// 三(一): nearly 5000 services for women and children: 10 + 30 women, 2 + 3 boys.
	c.counts("legal_aid_count", "2024", "示范市", "la_services", "45", "la_granted", "14", "la_minors", "5",
		"la_advice",
		"50", "la_services 2", "45")
	station := c.begins("legal_aid_count", "justice", append(month, "service_outlet", "LAO-4", "outlet_level", "3",
		"minors_granted:2", "3")...)
	station.cannot("justice", "submit", "工作站和联系点不作决定")
	again := c.begins("legal_aid_count", "justice", append(month, "minors_granted:2", "3")...)
	again.cannot("justice", "submit", "已经登记过")
}

// Fifteen days to object, the re-check is the last word, and nothing is announced before.
func aToyFailsItsTest(c *town) {
	draw := []string{"sampling_task", "2024年儿童用品专项", "product_kind", "toy", "sample_field", "shop",
		"batch_number",
		"演示9", "sampled_on", "2024-05-06", "sampled_unit", "企业甲", "producer_name", "企业乙", "producer_in_city",
		"否"}
	items := []string{"failed_items:0:item_name", "小零件", "failed_items:0:standard_number", "GB 6675.2",
		"failed_items:0:limit_value", "无", "failed_items:0:measured_value", "有", "failed_items:0:safety_item", "是"}
	s := c.begins("product_sample", "market", draw...)
	s.cannot("market", "test", "别人", "tested_on", "2024-05-20", "sample_result", "fail")
	s.cannot("laboratory", "test", "检验日期", "sample_result", "fail")
	s.writes("laboratory", items...)
	s.does("laboratory", "test", "tested_on", "2024-05-20", "sample_result", "fail")
	s.is("final_result", "fail", "due", "2024-05-27")
	s.does("market", "notify", "notified_on", day(-15))
	s.cannot("market", "no_objection", "条件")
	s.cannot("market-head", "announce", "状态", "announced_on", day(0))
	if s.seen("office") || s.seen("health") {
		c.Error("who sells a toy that may have failed is known outside the market unit")
	}
	s.does("market", "ask_recheck", "objection_on", day(-10))
	c.counts("product_sample", "2024", "示范市", "ps_tested", "0")
	s.does("laboratory", "recheck", "recheck_result", "pass")
	s.is("final_result", "pass", "sample_result", "fail")
	c.counts("product_sample", "2024", "示范市", "ps_tested", "1", "ps_passed", "1", "ps_rate", "100.0",
		"ps_passed toy", "1")

	bad := c.begins("product_sample", "market", append(draw, "batch_number", "演示10", "product_kind", "nappy")...)
	bad.writes("laboratory", items...)
	bad.does("laboratory", "test", "tested_on", "2024-05-20", "sample_result", "fail")
	bad.does("market", "notify", "notified_on", day(-16))
	bad.does("market", "no_objection")
	// 三(三): 85.8 % passed is passed over tested, a re-check counting as it ended.
	c.counts("product_sample", "2024", "示范市", "ps_tested", "2", "ps_rate", "50.0", "ps_failed", "1", "ps_handled",
		"0.0")
	bad.cannot("market-head", "announce", "异议期还没有满", "announced_on", day(-2))
	bad.does("market", "order", "handling_steps:0:handling", "recheck", "handling_steps:0:handling_done_on", day(0))
	bad.does("market-head", "announce", "announced_on", day(0))
	if !bad.seen("office") || s.seen("office") {
		c.Error("what is announced is hidden, or what is not is shown")
	}
	c.counts("product_sample", "2024", "示范市", "ps_handled", "100.0")

	slow := c.begins("product_sample", "market", append(draw, "batch_number", "演示11")...)
	slow.does("laboratory", "test", "tested_on", "2024-05-20", "sample_result", "pass")
	slow.does("market", "notify", "notified_on", "2024-05-27")
	slow.advances()
	slow.is("state", "final")
}

// Ninety days to decide, twenty working days to publish; a decision that falls is taken down.
func anAdvertisementIsStopped(c *town) {
	s := c.begins("advertising_case", "market", "ad_title", "某饮品广告", "ad_medium", "school", "ad_article", "39",
		"advertiser_name", "企业丙", "found_on", "2024-05-06", "found_way", "inspection")
	s.cannot("market", "open_case", "部门负责人")
	s.does("market-head", "open_case")
	s.waits(90)
	s.writes("market", "fine_amount", "30000")
	s.cannot("market-head", "decide", "请在处理结果里选罚款", "handled_on", "2024-06-20", "ad_measure", "责令停止发布")
	s.cannot("market-head", "decide", "处理日期早于发现日期", "handled_on", "2024-05-01", "ad_measure",
		"责令停止发布、罚款")
	s.does("market-head", "decide", "handled_on", "2024-06-20", "ad_measure", "责令停止发布、罚款")
	s.is("due", "2024-07-18")
	c.counts("advertising_case", "2024", "示范市", "ad_cases", "1", "ad_cases 39", "1", "ad_cases school", "1")
	s.does("market", "publish")
	s.is("state", "announced")
	s.does("market-head", "take_down", "reason", "复议撤销")
	c.counts("advertising_case", "2024", "示范市", "ad_cases", "0")
}
