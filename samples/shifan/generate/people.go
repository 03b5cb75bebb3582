package main

// demo.yaml: role labels with accounts, the day on which the city stands, and where a form's way was not the usual one.

import (
	"fmt"
	"strconv"
	"strings"
)

func (c *city) writePeople(w *writer) {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	post := func(login, name, english, unit, role, more string) {
		line("  - {login: %s, name: %s（演示）, name_en: %q, unit: %s, role: %s%s}", login, name, english+" (demo)", unit,
			role, more)
	}
	person := func(login, name, english, unit, role string) { post(login, name, english, unit, role, "") }
	line("# 由 generate/ 写出，只在装入演示城市时使用：账号都是岗位称呼，没有真实的人；密码和签名口令相同，启动时打印。")
	line("# 演示城市的时钟停在 day 这一天，从那时走起；starts 是本系统开始使用的日子，此前的数是导入的历史数据。")
	line("day: \"2024-03-15\"\nstarts: \"2019-01-02\"\naccounts:")
	person("office", "市妇儿工委办·工作人员甲", "City committee office · officer A", "SF-WCCO", "office")
	person("office-b", "市妇儿工委办·工作人员乙", "City committee office · officer B", "SF-WCCO", "office")
	person("director", "市妇儿工委·主任甲", "City committee · director A", "SF-WCC", "committee_leader")
	person("system", "系统管理员甲", "System administrator A", "SF-WCCO", "system_admin")
	person("security", "安全管理员乙", "Security administrator B", "SF-WCCO", "security_admin")
	person("audit", "审计管理员丙", "Audit administrator C", "SF-WCCO", "audit_admin")
	person("third-a", "第三方项目负责人甲", "Third party · project head A", "SF-WCCO", "outsider")
	for _, x := range []string{"a甲", "b乙", "c丙"} { // who is engaged has a post only as long as the acts say
		person("expert-"+x[:1], "专家"+x[1:], "Expert "+strings.ToUpper(x[:1]), "SF-WCCO", "outsider")
	}
	for n, d := range c.departments {
		unit, english := "SF-"+d["code"], strings.TrimPrefix(d["name_en"], "Shifan ")
		person(d["login"]+"-statistician", d["short_name"]+"·统计员甲", english+" · statistician A", unit, "statistician")
		post(d["login"]+"-leader", d["short_name"]+"·单位负责人乙", english+" · head B", unit, "leader",
			", title: "+headTitle(d["short_name"]))
		if d["code"] != "CUL" { // whose liaison has not been named yet
			post(d["login"]+"-liaison", d["short_name"]+"·联络员丙", english+" · liaison C", unit, "liaison",
				fmt.Sprintf(", title: 副主任, room: 办公室, phone: \"0000-%d\"", 2101+n))
		}
	}
	for _, d := range districts {
		unit := d.code + "-WCCO"
		person(d.login+"-office", d.name+"妇儿工委办·工作人员甲", d.english+" District office · officer A", unit, "office")
		person(d.login+"-statistician", d.name+"妇儿工委办·统计员乙", d.english+" District office · statistician B", unit,
			"statistician")
		person(d.login+"-leader", d.name+"妇儿工委办·负责人丙", d.english+" District office · head C", unit, "leader")
		person(d.login+"-director", d.name+"妇儿工委·主任甲", d.english+" District committee · director A", d.code+"-WCC",
			"committee_leader")
		person(d.login+"-gov", d.name+"政府·联络员甲", d.english+" District Government · liaison A", d.code+"-GOV", "liaison")
	}
	for _, s := range c.streets {
		unit := s["district"] + s["code"] + "-WCS"
		person(s["login"]+"-statistician", s["short_name"]+"工作站·统计员甲", s["name_en"]+" · statistician A", unit,
			"statistician")
		person(s["login"]+"-leader", s["short_name"]+"工作站·站长乙", s["name_en"]+" · head B", unit, "leader")
	}
	line("plays:")
	c.writePlays(line)
	line("handouts:\n  - {file: %s, form: D-C, area: %q, period: %q}", handout, returnedDistrict, strconv.Itoa(lastYear))
	w.text("demo.yaml", b.String())
}

// headTitle is what the head of a unit is called.
func headTitle(unit string) string {
	if strings.HasSuffix(unit, "局") {
		return "局长"
	}
	return "主席"
}

// writePlays says which forms did not go the usual way of two signatures and acceptance, in time.
func (c *city) writePlays(line func(string, ...any)) {
	play := func(form, unit, period, rest string) {
		line("  - {form: %s, unit: %s, period: %q, %s}", form, unit, period, rest)
	}
	play("SPO-W", "SF-SPO", "2022", "late: 6")
	play("D-W", "990102-WCCO", "2022", fmt.Sprintf("amend: {on: \"2023-06-12\", "+
		"reason: 补报长桥镇漏报的注册志愿者（模拟）, cells: {17.F: %q}}",
		strconv.FormatInt(c.numbers[number{"VOLUNTEERS", 2022, "990102", "F"}]+8120, 10)))
	play("EDU-W", "SF-EDU", "2022", "amend: {on: \"2024-03-11\", until: draft, reason: 按学籍核对结果更正女校长人数（模拟）, cells: {\"4.V\": \"170\"}}")
	play("JUS-C", "SF-JUS", "2021", "amend: {on: \"2024-03-06\", until: signed, reason: 撤并学校后重新核对校数（模拟）, cells: {\"1.V\": \"416\"}}")
	play("STA-C", "SF-STA", "2021", "amend: {on: \"2024-02-26\", until: returned, back: 请附指标目录后再报（模拟）, reason: 补列两项儿童统计指标（模拟）, cells: {\"1.V\": \"67\"}}")
	play("D-W", "990104-WCCO", "2023", "notes: {1.M: 当年集中组织线上培训，人数已逐班核实（模拟）, 1.F: 当年集中组织线上培训，人数已逐班核实（模拟）}")
	play("D-C", returnedDistrict+"-WCCO", "2023", "until: returned, "+
		"notes: {1.M: 按活动台账汇总（模拟）, 1.F: 按活动台账汇总（模拟）}, "+
		"back: 参加校外实践活动的儿童似按人次填报，请按人数核对后再报（模拟）")
	play("HRS-C", "SF-HRS", "2023", "until: returned, back: 请核对是否含非全日制学生（模拟）")
	play("SPO-C", "SF-SPO", "2023", "until: draft")
	play("SPO-W", "SF-SPO", "2023", "signed: paper")
	play("CUL-C", "SF-CUL", "2023", "signed: paper, back: 扫描件上没有单位负责人的签字（模拟）")
	states := []string{"accepted", "signed", "prepared", "returned", ""}
	for i, s := range c.streets {
		unit := s["district"] + s["code"] + "-WCS"
		switch state := states[i%5]; {
		case i == 7:
			play("S-ACT", unit, "2024-02", "signed: paper, until: scanned")
		case i == 13:
			play("S-ACT", unit, "2024-02", "until: withdrawn, back: 工作站搬迁，本月免报（模拟）")
		case state == "returned":
			play("S-ACT", unit, "2024-02", "until: returned, back: 开放天数请按实际开放日填报（模拟）")
		case state != "" && state != "accepted":
			play("S-ACT", unit, "2024-02", "until: "+state)
		}
	}
}
