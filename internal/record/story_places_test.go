package record_test

// Stories of places: children's homes and what is done in them, toilets, outlets, circles, parks, sorted streets.

import "testing"

func TestStoriesOfPlaces(t *testing.T) {
	stories(t, map[string]func(*town){"child_home": homesOfAPlan, "child_home_activity": anAfternoonInTheHome,
		"public_toilet": aToiletIsRebuilt, "convenience_outlet": aShopOfThreeFunctions,
		"fifteen_minute_service_circle": aCircleServesItsCommunities, "park_green_space": aParkByItsRule,
		"waste_sorting_area": streetsBeginToSort})
}

// A home that closed stays among those that were built; coverage counts a community once.
func homesOfAPlan(c *town) {
	begin := []string{}
	for k, v := range home("青石二号儿童之家", "served_communities", "青石社区", "operating_unit", "西川区妇联") {
		begin = append(begin, k, v)
	}
	s := c.begins("child_home", "west", append(begin, "staff_checked_on", day(-30))...)
	s.does("west", "submit")
	s.does("city", "confirm")
	c.counts("child_home", "2024", "示范市", "homes_new", "1", "homes_open", "4", "homes_cover", "100.0",
		"homes_new community_station", "1")
	// 一(三): 2144 were built since the plan began, 30.7 % of communities have one.
	c.counts("child_home", "2024", "示范市", "homes_built", "5", "homes_cover_urban", "100.0", "homes_cover_rural",
		"100.0")
	c.counts("child_home", "2024", "西川区", "homes_cover", "100.0", "homes_built", "3")
	s.does("west", "retire", "reason", "场地收回", "closed_on", "2024-11-30")
	c.counts("child_home", "2024", "示范市", "homes_open", "4")
	s.does("city", "confirm")
	s.is("state", "retired")
	c.counts("child_home", "2024", "示范市", "homes_new", "1", "homes_built", "5", "homes_open", "3", "homes_cover",
		"75.0", "homes_cover_urban", "66.7")
}

// The home's staff write numbers, never names; what they refer is a number too.
func anAfternoonInTheHome(c *town) {
	s := c.begins("child_home_activity", "committee", "child_home", "CHH-1", "held_on", "2024-07-10",
		"activity_theme", "防溺水", "child_attendance:1", "8", "child_attendance:2", "9", "guardian_attendance:1", "2",
		"guardian_attendance:2", "6", "referred_children", "20")
	s.cannot("committee", "submit", "转介儿童数多于到场儿童数")
	s.writes("committee", "referred_children", "1")
	s.does("committee", "submit")
	if s.seen("west") || !s.seen("city") {
		c.Error("an activity that counts nothing yet is seen by others than those who look after its area")
	}
	s.does("city", "confirm")
	c.counts("child_home_activity", "2024", "示范市", "home_visits", "17")
	c.counts("child_home_activity", "2024-07", "东岭区", "home_visits", "17")
	c.counts("child_home_activity", "2024-07", "西川区", "home_visits", "0")
	s.does("city", "withdraw", "reason", "重复登记")
	c.counts("child_home_activity", "2024", "示范市", "home_visits", "0")
}

// 1:2 is men to women: ten places for men ask for twenty for women, never for five.
func aToiletIsRebuilt(c *town) {
	s := c.begins("public_toilet", "works", "facility_name", "示范步行街公厕", "toilet_build", "independent",
		"toilet_class", "2", "place_kind", "street", "busy_place", "是", "location:lon", "118.1", "location:lat",
		"36.2",
		"maintenance_unit", "东岭区环卫中心", "male_stalls", "4", "male_urinals", "6", "female_stalls", "5",
		"family_rooms", "1", "family_room_area", "6.5", "child_fixtures", "是", "opening_hours", "全天",
		"facility_state",
		"open", "opened_on", "2024-01-01")
	s.is("male_places", "10", "stall_ratio", "10:5", "ratio_ok", "0", "stalls_missing", "15")
	s.cannot("works", "submit", "厕位比没有达到")
	s.writes("works", "remark", "列入2024年改造", "upgrade_year", "2024")
	s.cannot("works", "submit", "请填写“改造完成日期”")
	s.writes("works", "upgraded_on", "2024-09-20")
	s.cannot("works", "submit", "请选改造内容")
	s.writes("works", "upgrade_kinds", "新建改建、无障碍改造", "female_stalls", "19")
	s.is("ratio_ok", "0", "stalls_missing", "1")
	s.writes("works", "female_stalls", "20")
	s.is("stall_ratio", "10:20", "ratio_ok", "1", "stalls_missing", "0")
	s.does("works", "submit")
	s.cannot("works", "confirm", "")
	s.does("works-head", "confirm")
	// 三(三): 1010 upgraded; two kinds of upgrade are one toilet.
	c.counts("public_toilet", "2024", "示范市", "wc_upgraded", "1", "wc_upgraded rebuild", "1",
		"wc_upgraded accessible", "1", "wc_busy", "3", "wc_ratio_ok", "66.7", "wc_stalls_women", "61")
}

// An outlet of three functions is one outlet; its functions come to more than the whole.
func aShopOfThreeFunctions(c *town) {
	s := c.begins("convenience_outlet", "shops", "outlet_name", "银杏便民店", "operator_name", "企业甲",
		"outlet_functions", "便利店、早餐、末端配送", "outlet_action", "new", "finished_on", day(1), "chain_store",
		"否",
		"served_communities", "银杏社区", "location:lon", "118.1", "location:lat", "36.2", "facility_state", "open")
	s.cannot("shops", "submit", "完成日期还没有到")
	s.writes("shops", "finished_on", "2024-04-01")
	s.does("shops", "submit")
	s.does("shops-head", "confirm")
	c.counts("convenience_outlet", "2024", "示范市", "co_done", "1", "co_done convenience", "1", "co_done breakfast",
		"1", "co_done parcel", "1", "co_done new", "1")
	// Vegetables are sold in 桐花 and 银杏, of four communities.
	c.counts("convenience_outlet", "2024", "示范市", "co_vegetables_cover", "50.0")
	s.does("shops", "retire", "reason", "停业", "closed_on", "2024-10-01")
	s.does("shops-head", "confirm")
	c.counts("convenience_outlet", "2024", "示范市", "co_done", "1")
}

// Civil affairs recognise a circle; one that is lost covers nothing from that day on.
func aCircleServesItsCommunities(c *town) {
	s := c.begins("fifteen_minute_service_circle", "civil", "facility_name", "银杏服务圈", "covered_communities",
		"银杏社区", "services_present", "基本公共服务、便民利民服务", "recognised_on", "2024-03-01", "service_homes",
		"CHH-2",
		"walk_minutes", "16")
	s.cannot("civil", "submit", "步行超过十五分钟")
	s.writes("civil", "walk_minutes", "15")
	s.does("civil", "submit")
	s.does("civil-head", "confirm")
	c.counts("fifteen_minute_service_circle", "2024", "示范市", "sc_cover", "100.0", "sc_count", "3", "sc_covered", "3")
	old := &tale{c, "fifteen_minute_service_circle", c.numbered("fifteen_minute_service_circle", "SC-2")}
	if _, err := old.tries("civil", "correct", []string{"reason", "不归我管"}); err == nil {
		c.Error("a district corrects the circle of another")
	}
	s.does("civil", "correct", "reason", "撤销认定")
	s.writes("civil", "recognition_lost_on", "2024-02-01")
	s.cannot("civil", "submit", "撤销日期应当在认定日期以后")
	s.writes("civil", "recognition_lost_on", "2024-12-31")
	s.does("civil", "submit")
	s.does("civil-head", "confirm")
	c.counts("fifteen_minute_service_circle", "2024", "示范市", "sc_count", "2")
	c.counts("fifteen_minute_service_circle", "2024-11", "示范市", "sc_count", "3")
}

// A park has the radius that the rule of its size gives it, from its boundary.
func aParkByItsRule(c *town) {
	s := c.begins("park_green_space", "parks", "facility_name", "口袋公园", "park_kind", "G14", "boundary",
		`{"type":"Polygon","coordinates":[[[118,36],[118.0004,36],[118.0004,36.0004],[118,36]]]}`, "park_area", "900",
		"facility_state", "open", "opened_on", "2024-05-01", "playground", "是")
	s.is("service_radius", "300")
	s.cannot("parks", "submit", "相差超过百分之五")
	s.writes("parks", "park_area", "805") // the outline has 800 m²
	s.does("parks", "submit")
	s.does("parks-head", "confirm")
	c.counts("park_green_space", "2024", "东岭区", "parks", "2", "parks G14", "1")
	s.does("parks", "correct", "reason", "边界有误")
	s.mayNotWrite("parks", "boundary", `{"type":"Point","coordinates":[118,36]}`) // never a centre point alone
}

// A street that has begun counts, accepted or not; one street, one record.
func streetsBeginToSort(c *town) {
	s := c.begins("waste_sorting_area", "works", "sorting_street", "桐花街道", "creation_started_on", "2024-03-01")
	s.cannot("works", "submit", "已经登记过")
	s.does("works", "discard")
	s = c.begins("waste_sorting_area", "works", "sorting_street", "青石街道", "creation_started_on", "2024-03-01",
		"creation_accepted_on", "2024-02-01", "covered_estates", "4")
	s.cannot("works", "submit", "验收日期早于启动日期")
	s.writes("works", "creation_accepted_on", "")
	s.does("works", "submit")
	s.does("works-head", "confirm")
	// 三(三): 30 % of streets and townships.
	c.counts("waste_sorting_area", "2024", "示范市", "ws_cover", "66.7", "ws_started", "2", "ws_accepted", "0")
	c.counts("waste_sorting_area", "2023", "示范市", "ws_cover", "33.3")
	c.counts("waste_sorting_area", "2024", "西川区", "ws_cover", "50.0")
}
