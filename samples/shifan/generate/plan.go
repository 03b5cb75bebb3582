package main

// Plans, goals, measures and who answers for them; indicators, and targets that the numbers meet, keep pace with or miss.

import (
	"strconv"
	"strings"
)

var planCodes = map[string]string{"W": "SF-W21", "C": "SF-C21"}

const planSource = "示范市妇女儿童发展规划（模拟文本）"

func (c *city) writePlans(w *writer) {
	var domains, goals, units [][]string
	for _, d := range c.domains {
		domains = append(domains, []string{planCodes[d["plan"]], d["code"], d["name"], d["name_en"]})
	}
	for _, g := range c.goals {
		plan, code := planCodes[g["code"][:1]], g["code"][1:]
		goals = append(goals, []string{plan, code, g["domain"], g["text"], g["text_en"], planSource})
		units = append(units, []string{plan, code, "SF-" + g["lead"], "主要责任单位"})
		for _, other := range strings.Fields(g["others"]) {
			units = append(units, []string{plan, code, "SF-" + other, "责任单位"})
		}
	}
	domains = append(domains, lastDomain)
	goals = append(goals, lastGoals...)
	w.table("plan_steps.csv", "规划 阶段 起 说明 来源", planSteps)
	w.table("goal_links.csv", "规划 目标 上一期规划 上一期目标 关系 说明", goalLinks)
	w.table("domains.csv", "规划 代码 名称 英文名", domains)
	w.table("goals.csv", "规划 代码 领域 目标 英文 来源", goals)
	w.table("goal_units.csv", "规划 目标 单位 责任", units)
	c.writeMeasures(w)
	c.writeIndicators(w)
}

// writeMeasures are what the plans say is done, and by whom.
func (c *city) writeMeasures(w *writer) {
	var measures, units [][]string
	for _, m := range c.measures {
		plan, code := planCodes[m["code"][:1]], m["code"][1:]
		measures = append(measures, []string{plan, code, m["domain"], m["goal"], m["text"], m["text_en"], planSource})
		units = append(units, []string{plan, code, "SF-" + m["lead"], "主要责任单位"})
		for _, other := range strings.Fields(m["others"]) {
			units = append(units, []string{plan, code, "SF-" + other, "责任单位"})
		}
	}
	w.table("measures.csv", "规划 代码 领域 目标 策略措施 英文 来源", measures)
	w.table("measure_units.csv", "规划 策略措施 单位 责任", units)
}

// handIndicators are shares of what registers count, or of what is counted by category: code, name, English, source, formula, definition, year.
var handIndicators = [][]string{
	{"C-CHH-001", "儿童之家社区（村）覆盖率", "Communities with a children’s home", "SF-WOF",
		"CH_COVERED / AREA_COMMUNITIES * 100", "年末有开放的儿童之家的社区（村）占全部社区（村）的比例", ""},
	{"C-CHH-002", "儿童之家达标率", "Children’s homes to standard", "SF-WOF", "CH_STANDARD / CH_OPEN * 100",
		"年末开放的儿童之家中达到建设标准的比例", ""},
	{"W-PME-001", "婚前医学检查率", "Premarital examination rate", "SF-HEA", "PME_EXAMINED / PME_MARRIED * 100",
		"统计年度（上年10月1日至本年9月30日）内婚前医学检查人数占结婚登记人数的比例", "--10-01"},
	{"C-EDU-101", "专任教师本科及以上学历比例", "Teachers with a bachelor’s degree or higher", "SF-EDU",
		"SCH_TEACHERS_BA / SCH_TEACHERS * 100", "各类学校（园）专任教师中有本科及以上学历的比例", ""},
	{"C-EDU-102", "幼儿园专任教师本科及以上学历比例", "Kindergarten teachers with a bachelor’s degree or higher", "SF-EDU",
		"SCH_TEACHERS_BA.SCHOOL_KINDER / SCH_TEACHERS.SCHOOL_KINDER * 100", "幼儿园专任教师中有本科及以上学历的比例", ""},
}

func (c *city) writeIndicators(w *writer) {
	var indicators, placed, targets [][]string
	for _, i := range c.indicators {
		words := map[string]string{"1": "上升为好", "-1": "下降为好", "0": "中性"}
		row := []string{i["code"], i["name"], i["name_en"], i["unit"], i["unit_en"], i["decimals"], words[i["direction"]],
			"SF-" + i["source"], "", i["formula"], i["calibre"], "", planSource, ""}
		if i["target"] == "reform" {
			row[11] = "参加继续教育的人数占十八岁及以上常住人口的比例"
			indicators = append(indicators, row, []string{i["code"], "", "", "", "", "", "", "", "2021",
				"ADULT_ED / LABOUR * 100", i["calibre"], "参加继续教育的人数占劳动年龄人口的比例（2021年起改用新分母）", planSource, ""})
		} else {
			indicators = append(indicators, row)
		}
		plan := planCodes[i["goal"][:1]]
		placed = append(placed, []string{plan, i["goal"][1:], i["code"]})
		targets = append(targets, c.targets(i, plan)...)
	}
	for _, i := range handIndicators {
		indicators = append(indicators, []string{i[0], i[1], i[2], "%", "%", "1", "上升为好", i[3], "", i[4], "", i[5],
			planSource, i[6]})
	}
	w.table("indicators.csv", "代码 名称 英文名 单位 英文单位 小数位数 方向 来源单位 起用期 公式 口径 定义 来源 年度起始", indicators)
	w.table("goal_indicators.csv", "规划 目标 指标", placed)
	w.table("targets.csv", "规划 指标 区域 比较 目标值 年份 级别 表述 来源", targets)
}

// targets are what the plan asks of an indicator: of the city and, where the districts count it, of each of them.
func (c *city) targets(i record, plan string) (rows [][]string) {
	for _, kind := range strings.Split(i["target"], "+") {
		level, op, goal := "本级", "", ""
		kind, value, given := strings.Cut(kind, "=")
		switch {
		case kind == "":
			if given {
				op, goal = "≥", value
			}
		case kind == "national":
			level, op, goal = "全国", "≥", value
		case kind == "increase":
			op = "上升"
		case kind == "decrease":
			op = "下降"
		case kind == "none":
			op = "无"
		default:
			op, goal = "≥", c.goal(i, kind)
			if i["direction"] == "-1" {
				op = "≤"
			}
		}
		if op == "" {
			continue
		}
		areas := []string{cityCode}
		if level == "本级" && c.byDistrict(i) {
			for _, d := range districts {
				areas = append(areas, d.code)
			}
		}
		for _, area := range areas {
			row := []string{plan, i["code"], area, op, goal, "2025", level, said(i, op, goal), planSource}
			if goal == "" {
				row[5] = ""
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// said is the target as a plan words it.
func said(i record, op, goal string) string {
	switch op {
	case "上升":
		return "稳步提高"
	case "下降":
		return "逐步降低"
	case "无":
		return "监测指标，不设目标值"
	case "≤":
		return "到2025年不高于" + goal + i["unit"]
	}
	return "到2025年不低于" + goal + i["unit"]
}

func (c *city) byDistrict(i record) bool {
	for _, r := range c.rows {
		if f := c.form(r["form"]); f["level"] == "district" && strings.HasPrefix(i["formula"], r["element"]+" ") ||
			f["level"] == "district" && i["formula"] == r["element"] {
			return true
		}
	}
	return false
}

// goal is a round number that the city has met in 2023, keeps pace with, or is behind.
func (c *city) goal(i record, kind string) string {
	from, factor := 2020, map[string]int64{"met": 80, "on_pace": 150, "behind": 250, "worsening": -150, "reform": 180}[kind]
	if factor == 0 {
		panic("tables: no kind of target " + kind)
	}
	formula := i["formula"]
	if kind == "reform" {
		from, formula = 2021, "ADULT_ED / LABOUR * 100"
	}
	start, end := c.value(i, formula, from), c.value(i, formula, lastYear)
	goal := start + (end-start)*factor/100
	step := int64(million / 2)
	switch {
	case i["decimals"] == "2":
		step = million / 10
	case !strings.Contains(formula, "/") && goal > 1000*million:
		step = 100 * million
	case !strings.Contains(formula, "/"):
		step = million
	}
	harder := kind == "behind" || kind == "worsening"
	if up := goal > start; up == harder { // a goal to be met is rounded towards the easier side
		goal += step - 1
	}
	goal = goal / step * step
	if i["unit"] == "%" && goal > 100*million {
		panic("tables: the target of " + i["code"] + " is above 100 %")
	}
	text := strconv.FormatInt(goal/million, 10)
	if rest := goal % million; rest > 0 {
		text += "." + strings.TrimRight((strconv.FormatInt(million+rest, 10))[1:], "0")
	}
	return text
}

// value is the city's value of a formula A, A / B or A / B * n, in millionths.
func (c *city) value(i record, formula string, year int) int64 {
	words := strings.Fields(formula)
	suffix := ""
	if i["calibre"] == "REGISTERED" {
		suffix = "@REGISTERED"
	}
	v := c.total(words[0]+suffix, year, cityCode) * million
	if len(words) == 5 {
		factor, _ := strconv.ParseInt(words[4], 10, 64)
		v *= factor
	}
	if len(words) > 1 {
		v /= c.total(words[2]+suffix, year, cityCode)
	}
	return v
}
