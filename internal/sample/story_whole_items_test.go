package sample_test

// Steps 9 to 12 of the story of the whole: plans with the leaders' own words, items that run, climb and are extended,
// the reform in the middle of it, the checks by others.

import (
	"slices"
	"strings"
)

// planned is step 9: two districts file plans, the other two were told that nothing need be followed up.
func (w *whole) planned() {
	w.on("2025-07-28")
	for _, b := range []string{"B0", "B2"} {
		w.may(b+"v", "office", "GET /feedbacks/{"+b+"}", "")
		w.may("", "office", "POST /feedbacks/{"+b+"}/leave", `{"version":{`+b+`v.feedback.version},
			"reason":"当场已改（模拟）"}`)
	}
	for b, who := range map[string]string{"B1": "xichuan", "B3": "beiyuan"} {
		w.may("I"+b, who+"-director", "POST /instructions", `{"about":"letter/{`+b+`.letter}","kind":"act",
			"text":"请区妇儿工委办牵头逐项研究，按期报方案。（模拟）","units":["`+map[string]string{"B1": "990102-WCCO",
			"B3": "990104-WCCO"}[b]+`"],"due":"2025-08-29"}`)
		w.mayNot(404, "", "zhonghu-director", "GET /instructions/{I"+b+"}", "")
	}
	w.may("MB", "office", "POST /matters", `{"title":"北原区健康档案建档慢（模拟）","problem":"建档率落后。（模拟）",
		"source":"finding","source_on":"2025-07-21","quote":"拨付偏晚（模拟）",
		"area":"990104","lead":"990104-WCCO","indicator":"W-HEA-006","aim":"经费按季拨付。（模拟）","class":"phased",
		"items":{"1.unit":"990104-WCCO","1.text":"健康档案经费拨付到位（模拟）","1.due":"2025-08-29",
		"2.unit":"SF-HEA","2.area":"990104","2.text":"派员指导建档（模拟）","2.due":"2025-09-12"}}`)
	w.instructed()
	w.may("", "office", "POST /matters/{MB}/source", `{"version":0,"source":"finding",
		"source_on":"2025-07-21","quote":"督导意见函（模拟）"}`)
	w.may("B3v", "office", "GET /feedbacks/{B3}", "")
	w.may("", "office", "POST /feedbacks/{B3}/matter", `{"version":{B3v.feedback.version},"matter":"{MB}"}`)
	w.may("P3", "office", "POST /rectifications", `{"matter":"{MB}","unit":"990104-WCCO","basis":"letter/{B3.letter}",
		"due":"2025-08-22"}`)
	w.may("B1v", "office", "GET /feedbacks/{B1}", "")
	w.may("B1", "office", "POST /feedbacks/{B1}/matter", `{"version":{B1v.feedback.version}}`)
	w.may("MX", "office", "GET /matters/{B1.matter}", "")
	w.may("AD", "office", "POST /recommendations/{AD}/matter", `{"version":{AD.version}}`)
	w.may("ADv", "office", "GET /recommendations/{AD}", "")
	w.may("MJ", "office", "GET /matters/{ADv.recommendation.matter}", "")
	w.on("2025-07-29")
	w.files("P3", "{MB.items.0}", "beiyuan", "{IB3}", "zhonghu-office")
	w.may("PX", "xichuan-office", "GET /rectifications?matter={B1.matter}", "")
	w.answers["P1"] = dig(w.answers["PX"], "rectifications.0")
	w.files("P1", "{MX.matter.items.0.id}", "xichuan", "{IB1}", "beiyuan-office")
}

// instructed is a matter of its own that a leader wrote on by hand: the office enters it, and one unit declines.
func (w *whole) instructed() {
	w.t.Helper()
	asked := func(lead, supporting, aim, due string) string {
		return `{"title":"校园周边的安全设施（模拟）","problem":"护栏不全。（模拟）","source":"decision",
			"source_on":"2025-07-21","quote":"会上提出（模拟）","lead":"` + lead + `",` + supporting + `
			"aim":"补齐。（模拟）","class":"phased",` + aim + `"items":{"1.unit":"SF-HOU","1.text":"补齐护栏（模拟）",
			"1.due":"` + due + `"}}`
	}
	none := `"no_indicator":"没有对应的指标（模拟）",`
	w.mayNot(422, "不能同时是配合单位", "office", "POST /matters", asked("SF-HOU",
		`"supporting":["SF-HOU","SF-EDU"],`, none, "2025-09-26"))
	w.mayNot(422, "已经过了", "office", "POST /matters", asked("SF-HOU", "", none, "2025-07-01"))
	w.mayNot(422, "请选对应的指标", "office", "POST /matters", asked("SF-HOU", "", "", "2025-09-26"))
	w.mayNot(422, "目标不能是不高于", "office", "POST /matters", asked("SF-HOU", "", `"indicator":"W-HEA-006",
		"aim_operator":"le","aim_value":"85","aim_period":"2025",`, "2025-09-26"))
	w.may("MD", "office", "POST /matters", asked("SF-HOU", "", none, "2025-09-26"))
	w.mayNot(422, "", "office", "POST /instructions", `{"about":"matter/{MD}","leader":"{director}",
		"kind":"report_back","text":"请抓紧。（模拟）","on":"2025-07-28","paper":" "}`)
	w.may("IV", "office", "POST /instructions", `{"about":"matter/{MD}","leader":"{director}","kind":"report_back",
		"text":"请抓紧办理，报结果。（模拟）","units":["SF-WCCO"],"due":"2025-10-24","on":"2025-07-28",
		"paper":"办公室2025年批示第1卷（模拟）"}`)
	w.may("", "office", "POST /matters/{MD}/source", `{"version":0,"source":"instruction","source_on":"2025-07-28",
		"quote":"请抓紧办理（模拟）"}`)
	w.reads("office", "/matters/{MD}", "请抓紧办理（模拟）")
	w.mayNot(422, "", "housing-leader", "POST /items/{MD.items.0}/decline", `{"version":0,"reason":" "}`)
	w.may("", "housing-leader", "POST /items/{MD.items.0}/decline", `{"version":0,
		"reason":"校门以内由教育部门负责（模拟）"}`)
	w.mayNot(422, "", "office", "POST /items/{MD.items.0}/reassign", `{"version":0,"unit":"SF-EDU","reason":" "}`)
	w.may("", "office", "POST /items/{MD.items.0}/reassign", `{"version":0,"unit":"SF-EDU","reason":"按职责（模拟）"}`)
	w.may("", "education-liaison", "POST /items/{MD.items.0}/receive", `{"version":0}`)
	w.mayNot(422, "", "education-liaison", "POST /items/{MD.items.0}/plan", `{"version":0,"cause_kinds":["execution"],
		"cause":"没有专人。（模拟）","steps":{"1.text":"派人（模拟）","1.due":"2025-13-01"}}`)
	w.may("", "education-liaison", "POST /items/{MD.items.0}/plan", `{"version":0,"cause_kinds":["execution"],
		"cause":"没有专人。（模拟）","steps":{"1.text":"派人（模拟）","1.due":"2025-08-29"}}`)
	w.may("", "education-liaison", "POST /items/{MD.items.0}/start", `{"version":0}`)
}

// satisfied is the end of it: done only in part, sent back, done, and the leader has nothing to add.
func (w *whole) satisfied(check func(judgement, reason string) string) {
	w.t.Helper()
	report := func(result string) {
		w.may("", "education-leader", "POST /items/{MD.items.0}/report", `{"version":0,"result":"`+result+`"}`,
			"file:验收单.docx:"+result)
	}
	report("补了一半（模拟）")
	w.mayNot(403, "", "education-liaison", "POST /items/{MD.items.0}/recheck", check("done", "好（模拟）"))
	w.mayNot(422, "", "office-b", "POST /items/{MD.items.0}/recheck", check("partly", " "))
	w.may("half", "office-b", "POST /items/{MD.items.0}/recheck", check("partly", "还差三所（模拟）"))
	w.holds("half", "item_state", "in_progress")
	w.may("", "education-liaison", "POST /items/{MD.items.0}/note", `{"version":0,"text":"补齐了。（模拟）",
		"done":["1"]}`)
	report("全部补齐（模拟）")
	w.may("whole", "office-b", "POST /items/{MD.items.0}/recheck", check("done", "逐所看过（模拟）"))
	w.holds("whole", "item_state", "closed")
	w.mayNot(422, "", "office", "POST /instructions/{IV}/report", `{"version":0,"report":" "}`)
	w.may("", "office", "POST /instructions/{IV}/report", `{"version":0,"report":"护栏全部补齐。（模拟）"}`)
	w.mayNot(403, "", "office", "POST /instructions/{IV}/satisfy", `{"version":0}`)
	w.may("IV", "director", "POST /instructions/{IV}/satisfy", `{"version":0}`)
	w.holds("IV", "state", "satisfied")
}

// files takes a plan of one item from its text to the office's consent. Another district may not see it.
func (w *whole) files(plan, item, people, words, other string) {
	w.t.Helper()
	at := "/rectifications/{" + plan + "}"
	w.may("", people+"-office", "POST /items/"+item+"/receive", `{"version":0}`)
	w.may("Pe", people+"-office", "GET "+at+"/edit", "")
	w.mayNot(404, "", other, "GET "+at, "")
	w.may(plan, people+"-office", "POST "+at+"/draft", `{"version":1,"led_by":"{Pe.heads.0.post}",
		"instruction":"instruction/`+words+`","text":"每月调度。（模拟）",
		"sessions":{"1.on":"2025-07-28","1.topic":"逐项研究（模拟）","1.conclusion":"先易后难（模拟）"},
		"lines":{"1.item":"`+item+`","1.cause":"拨付环节多。（模拟）","1.kind.execution":"on",
			"1.step1":"核定额度（模拟）",
		"1.due1":"2025-08-15"}}`)
	w.mayNot(403, "", people+"-leader", "POST "+at+"/file", `{"version":{`+plan+`.version}}`)
	w.may(plan, people+"-director", "POST "+at+"/file", `{"version":{`+plan+`.version}}`)
	w.mayNot(403, "", people+"-office", "POST "+at+"/accept", `{"version":{`+plan+`.version}}`)
	w.may(plan, "office", "POST "+at+"/accept", `{"version":{`+plan+`.version}}`)
	w.reads("office", at, "instruction/"+words)
	w.may("", people+"-office", "POST /items/"+item+"/start", `{"version":0}`)
}

// run is step 10.
func (w *whole) run() {
	begin := func(item, people string) {
		w.may("", people+"-liaison", "POST /items/"+item+"/receive", `{"version":0}`)
		w.may("", people+"-liaison", "POST /items/"+item+"/plan", `{"version":0,"cause_kinds":["execution"],
			"cause":"没有专人。（模拟）","steps":{"1.text":"派人（模拟）","1.due":"2025-08-29"}}`)
		w.may("", people+"-liaison", "POST /items/"+item+"/start", `{"version":0}`)
	}
	begin("{MB.items.1}", "health")
	begin("{MJ.matter.items.0.id}", "justice")
	w.mayNot(404, "", "women-liaison", "POST /items/{MB.items.1}/note", `{"version":0,"text":"进展（模拟）"}`)
	w.on("2025-08-29")
	w.reads("beiyuan-leader", "/inbox", "健康档案经费拨付到位（模拟）")
	w.may("near", "office", "GET /items/{MB.items.0}", "")
	w.holds("near", "item.lamp", "blue")
	w.on("2025-09-01")
	w.may("late", "office", "GET /items/{MB.items.0}", "")
	w.holds("late", "item.lamp", "red")
	w.reads("office", "/inbox", "健康档案经费拨付到位（模拟）")
	w.mayNot(409, "", "beiyuan-leader", "POST /items/{MB.items.0}/extend", `{"version":0,"wanted_due":"2025-09-30",
		"reason":"晚了（模拟）"}`) // asked after the day
	w.may("quiet", "director", "GET /inbox", "")
	w.mayNot(422, "现在的期限之后", "health-leader", "POST /items/{MB.items.1}/extend", `{"version":0,
		"wanted_due":"2025-08-01","reason":"人手不够（模拟）"}`)
	w.may("", "health-leader", "POST /items/{MB.items.1}/extend", `{"version":0,"wanted_due":"2025-11-14",
		"reason":"人手不够（模拟）"}`)
	w.mayNot(403, "", "health-leader", "POST /items/{MB.items.1}/grant", `{"version":0}`)
	w.may("", "office", "POST /items/{MB.items.1}/grant", `{"version":0,"granted_due":"2025-10-31"}`)
	w.on("2025-09-12") // ten working days after the day
	w.reads("director", "/inbox", "健康档案经费拨付到位（模拟）")
	if w.says("quiet", "健康档案经费拨付到位") {
		w.t.Error("the director is told before it climbs that far")
	}
	w.may("", "beiyuan-office", "POST /items/{MB.items.0}/note", `{"version":0,"text":"额度已核定。（模拟）",
		"done":["1"]}`)
	w.mayNot(422, "", "health-leader", "POST /items/{MB.items.1}/report", `{"version":0,"result":" "}`)
	w.mayNot(422, "", "beiyuan-leader", "POST /items/{MB.items.0}/report", `{"version":0,"result":"已到位（模拟）"}`)
	w.may("", "beiyuan-leader", "POST /items/{MB.items.0}/report", `{"version":0,"result":"已到位（模拟）"}`,
		"file:拨付单.docx:按季拨付")
}

// says looks for words in an answer.
func (w *whole) says(name, words string) bool { return strings.Contains(said(w.answers[name]), words) }

// reformed is step 11.
func (w *whole) reformed() {
	w.on("2025-09-22")
	w.mayNot(403, "", "office", "POST /adjustments/{A}/approve", `{"version":0}`)
	w.may("", "director", "POST /adjustments/{A}/approve", `{"version":0}`)
	w.on("2025-09-29")
	before := w.clocks("SF-HEA", "SF-FPB")
	if !strings.Contains(strings.Join(before, " "), dig(w.answers["MB"], "items.1").(string)) {
		w.t.Errorf("the story's item is not among %v", before)
	}
	w.on("2025-09-30")
	if after := w.clocks("SF-HCB"); !slices.Equal(before, after) {
		w.t.Errorf("the items were\n%s\nand are\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	if left := w.clocks("SF-HEA", "SF-FPB"); len(left) > 0 {
		w.t.Errorf("the old units still have %v", left)
	}
	w.may("moved", "office", "GET /items/{MB.items.1}", "")
	w.holds("moved", "item.unit", "SF-HCB")
	w.holds("moved", "item.due", "2025-10-31")
	w.mayNot(401, "", "family-planning-liaison", "GET /items/{MB.items.1}", "")
}

// checked is step 12: the district's item is done though late, the health commission's is not, the justice bureau's is.
func (w *whole) checked() {
	w.on("2025-10-20")
	check := func(judgement, reason string) string {
		return `{"version":0,"way":"papers","looked_at":"台账（模拟）","judgement":"` + judgement + `",
			"reason":"` + reason + `"}`
	}
	w.satisfied(check)
	w.mayNot(403, "", "beiyuan-office", "POST /items/{MB.items.0}/recheck", check("done", "齐全（模拟）"))
	w.may("", "office-b", "POST /items/{MB.items.0}/recheck", check("done", "齐全（模拟）"))
	w.may("", "health-leader", "POST /items/{MB.items.1}/report", `{"version":0,"result":"已派员（模拟）"}`,
		"file:派员名单.docx:名单")
	w.mayNot(403, "", "health-liaison", "POST /items/{MB.items.1}/recheck", check("done", "好（模拟）"))
	w.may("failed", "office-b", "POST /items/{MB.items.1}/recheck", check("partly", "两个街道没有去（模拟）"))
	w.holds("failed", "item_state", "in_progress")
	w.may("", "justice-leader", "POST /items/{MJ.matter.items.0.id}/report", `{"version":0,
		"result":"计划已印发（模拟）"}`,
		"file:配备计划.docx:逐校名单")
	w.may("", "office", "POST /items/{MJ.matter.items.0.id}/entrust", `{"version":0,"unit":"SF-EDU"}`)
	w.mayNot(403, "", "justice-liaison", "POST /items/{MJ.matter.items.0.id}/recheck", check("done", "好（模拟）"))
	sure := strings.Replace(check("done", "与名单一致（模拟）"), `}`, `,"confirmed":true}`, 1) // measures are open
	w.may("passed", "education-liaison", "POST /items/{MJ.matter.items.0.id}/recheck", sure)
	w.holds("passed", "item_state", "closed")
	w.reads("office", "/items/measures?year=2025", "C-LAW-001", "waiting")
}
