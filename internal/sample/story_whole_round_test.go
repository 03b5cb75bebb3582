package sample_test

// Steps 5 and 6 of the story of the whole: the round from its scheme to the self-evaluations, the third party, the
// panel.

import (
	"fmt"
	"strings"
)

// launched is step 5.
func (w *whole) launched() {
	w.on("2025-03-03")
	w.mayNot(422, "截止年份不能早于起始年份", "office", "POST /rounds", `{"title":"2025年专项评估（模拟）",
		"kind":"special","plans":["SF-W21"],"from":"2024","until":"2023","cutoff":"2025-04-30","basis":"纪要（模拟）",
		"legal_nature":"plan_supervision","units":["SF-JUS"],"stages":{"1.title":"自评","1.kind":"self",
		"1.from":"2025-05-06","1.until":"2025-05-30"}}`)
	w.may("R", "office", "POST /rounds", `{"title":"2025年专项评估（模拟）","kind":"special","plans":["SF-W21",
		"SF-C21"],
		"from":"2023","until":"2024","cutoff":"2025-04-30","basis":"2025年全体会议纪要（模拟）",
		"legal_nature":"plan_supervision","units":["SF-JUS","SF-HEA"],
		"areas":["990101","990102","990103","990104","990105"],
		"leading":{"1.unit":"SF-WCC","1.post":"主任","1.seat":"head"},
		"stages":{"1.title":"自评","1.kind":"self","1.from":"2025-05-06","1.until":"2025-05-30",
			"2.title":"第三方评估","2.kind":"third_party","2.from":"2025-05-12","2.until":"2025-06-30",
			"3.title":"专家论证","3.kind":"panel","3.from":"2025-06-02","3.until":"2025-06-27",
			"4.title":"分组督导","4.kind":"visits","4.from":"2025-06-16","4.until":"2025-07-11",
			"5.title":"书面反馈","5.kind":"feedback","5.from":"2025-07-01","5.until":"2025-08-29",
			"6.title":"整改","6.kind":"rectification","6.from":"2025-07-14","6.until":"2025-12-31",
			"7.title":"复核","7.kind":"recheck","7.from":"2025-10-01","7.until":"2025-12-31",
			"8.title":"评估报告","8.kind":"report","8.from":"2025-10-09","8.until":"2025-12-31",
			"9.title":"启动","9.kind":"kickoff","9.from":"2025-03-03","9.until":"2025-04-30",
			"10.title":"归档","10.kind":"archive","10.from":"2025-12-01","10.until":"2025-12-31"}}`)
	w.may("R", "office", "POST /rounds/{R}/scheme", `{"version":{R.version},"scheme":{"purpose":"查清差距。（模拟）",
		"principles":"用双签字的数据说话。（模拟）","scope":"2023年至2024年。（模拟）",
			"contents":"目标完成情况。（模拟）",
		"methods":"资料、座谈和实地查看。（模拟）","demands":"按时自评，数据双签字。（模拟）",
		"outline":"一、概况\n二、问题\n三、建议（模拟）"}}`)
	w.may("Rv", "director", "GET /rounds/{R}", "")
	w.mayNot(403, "", "office", "POST /rounds/{R}/approve", `{"version":{R.version},"digest":"{Rv.digest}"}`)
	w.may("R", "director", "POST /rounds/{R}/approve", `{"version":{R.version},"digest":"{Rv.digest}"}`)
	w.mayNot(422, "", "office", "POST /rounds/{R}/launch", `{"version":{R.version}}`)
	w.may("R", "office", "POST /rounds/{R}/launch", `{"version":{R.version},
		"inspection_plan":"2025年度市级督查检查考核计划第4项（模拟）"}`)
	w.mayNot(409, "启动", "office", "POST /rounds/{R}/ask", `{"version":{R.version},"due":"2025-05-23"}`)
	w.may("R", "office", "POST /rounds/{R}/start", `{"version":{R.version},"stage":8}`)
	w.may("R", "office", "POST /rounds/{R}/finish", `{"version":{R.version},"stage":8}`)
	w.on("2025-05-06")
	w.may("R", "office", "POST /rounds/{R}/start", `{"version":{R.version},"stage":0}`)
	w.may("R", "office", "POST /rounds/{R}/ask", `{"version":{R.version},"due":"2025-05-23"}`)
	w.may("Rp", "office", "GET /rounds/{R}", "")
	w.on("2025-05-12")
	for i, one := range dig(w.answers["Rp"], "parts").([]any) {
		unit := dig(one, "unit").(string)
		people := map[string]string{"SF-JUS": "justice", "SF-HEA": "health"}[unit]
		writer := people + "-liaison"
		if people == "" {
			people = districts[dig(one, "area").(string)]
			writer = people + "-office"
		}
		w.evaluates(fmt.Sprintf("{Rp.parts.%d.answer}", i), writer, people+"-leader")
		if unit == "SF-JUS" {
			w.may("", "justice-statistician", "POST /rounds/{R}/participants/SF-JUS/classify",
				`{"indicator":"C-LAW-001","class":"far","reason":"偏远学校聘不到人。（模拟）"}`)
		}
		w.signsSheet("/rounds/{R}/participants/"+unit, people)
	}
	w.may("R", "office", "POST /rounds/{R}/finish", `{"version":{Rp.round.version},"stage":0}`)
	w.reads("office", "/rounds/{R}/comparison", "C-LAW-001.SF-JUS")
	w.may("", "office", "POST /rounds/{R}/comparison/explain", `{"line":"C-LAW-001.SF-JUS",
		"text":"部门判断得更严，采用部门意见。（模拟）"}`)
	w.mayNot(404, "", "women-liaison", "GET /rounds/{R}/participants/SF-JUS", "")
}

// evaluates answers the questions of a self-evaluation, signs it as two and has it accepted.
func (w *whole) evaluates(answer, writer, leader string) {
	w.t.Helper()
	version := "0"
	if w.answers["back"] != nil && writer == "health-liaison" {
		version = "1" // what was signed first stands too
	} else {
		w.may("E", writer, "POST /answers/"+answer+"/receive", "{}")
	}
	said, figures := "目标任务已分解。（模拟）", `"none":{"6":"没有建议","7":"用到的数据都在数据表里"}`
	if writer == "health-liaison" {
		said = "健康档案建档率为86.9%。（模拟）"
	}
	if version == "1" { // in place of the number that was typed
		figures = `"none":{"6":"没有建议"},"figures":{"7":"W-HEA-006 2024"}`
	}
	w.may("E", writer, "POST /answers/"+answer+"/draft", `{"version":{E.version},"text":{"1":"`+said+`",
		"2":"按年度计划推进。（模拟）","3":"基层人手偏紧。（模拟）","4":"经费安排没有跟上。（模拟）",
			"5":"写进年度计划。（模拟）"},`+figures+`}`)
	w.may("E", writer, "POST /answers/"+answer+"/prepare", `{"version":{E.version},"phrase":"yipanqi-sign"}`)
	w.may("Ev", leader, "GET /answers/"+answer, "")
	sign := `{"version":{E.version},"digest":"{Ev.versions.` + version + `.digest}","phrase":"yipanqi-sign"}`
	w.mayNot(403, "", writer, "POST /answers/"+answer+"/submit", sign)
	w.may("E", leader, "POST /answers/"+answer+"/submit", sign)
	typed := "/rounds/{R}/participants/SF-HEA"
	if writer == "health-liaison" && w.answers["back"] == nil { // one comes back at question 4
		w.shows("office", typed, "自评里手写的数", "86.9%")
		w.shows("office", "/rounds/{R}/comparison", "自评里手写的数", "86.9%")
		w.mayNot(422, "", "office", "POST /answers/"+answer+"/return", `{"version":{E.version},"remark":{"4":" "},
			"days":5}`)
		w.may("E", "office", "POST /answers/"+answer+"/return", `{"version":{E.version},
			"remark":{"4":"请与第3题逐条对应。（模拟）"},"days":5}`)
		w.answers["back"] = true
		w.evaluates(answer, writer, leader)
		return
	}
	if writer == "health-liaison" {
		w.showsNot("office", typed, "自评里手写的数")
	}
	w.may("E", "office", "POST /answers/"+answer+"/accept", `{"version":{E.version}}`)
}

// signsSheet has a participant's data sheet signed by two.
func (w *whole) signsSheet(at, people string) {
	w.t.Helper()
	w.may("Es", people+"-statistician", "GET "+at, "")
	w.may("", people+"-statistician", "POST "+at+"/prepare", `{"digest":"{Es.digest}","phrase":"yipanqi-sign"}`)
	w.may("Es", people+"-leader", "GET "+at, "")
	w.may("", people+"-leader", "POST "+at+"/sign", `{"digest":"{Es.sheet.digest}","phrase":"yipanqi-sign"}`)
}

// amends changes a figure after the cutoff day: the unit's sheet shows both.
func (w *whole) amends() {
	w.t.Helper()
	w.may("S", "health-statistician", "GET /submissions?form=HEA-W&period=2024", "")
	w.may("Sd", "health-statistician", "GET /submissions/{S.submissions.0.id}", "")
	w.mayNot(422, "", "health-statistician", "POST /submissions/{S.submissions.0.id}/amend",
		`{"version":{Sd.version},"reason":" "}`)
	w.may("", "health-statistician", "POST /submissions/{S.submissions.0.id}/amend",
		`{"version":{Sd.version},"reason":"漏报一处（模拟）"}`)
	w.accepted("HEA-W", "health", "2024", `{"1.V":"195","2.V":"1392000","3.V":"1224000"}`)
	w.shows("office", "/rounds/{R}/participants/SF-HEA", "86.9", "截止日后改为", "87.9")
}

// judged is step 6.
func (w *whole) judged() {
	w.may("TP", "office", "POST /third-parties", `{"about":"round/{R}","name":"示范咨询中心（模拟）",
		"opens_on":"2025-05-13",
		"closes_on":"2025-06-20","scope":"群众感受。（模拟）","methods":["desk","survey"],
		"deliverables":{"1.title":"第三方报告（模拟）","1.due":"2025-06-16"}}`)
	w.may("", "office", "POST /trail/third_party/{TP}/files", `{"field":"contract"}`, "file:合同.docx:合同期")
	w.may("", "office", "POST /trail/third_party/{TP}/files", `{"field":"independence"}`, "file:独立性声明.docx:独立")
	engage := func(name, login, more string) {
		w.may(name, "office", "POST /engagements", fmt.Sprintf(`{"same":"{%s}","about":"round/{R}",
			"documents":["letter/{Mm.meeting.minutes.letter}"],"interests":{"1.kind":"none"},%s}`, login, more))
		w.may("", "office", "POST /trail/engagement/{"+name+"}/files", `{"field":"undertaking"}`,
			"file:承诺书.docx:保密")
		w.may(name+"v", "office", "GET /engagements/{"+name+"}", "")
		w.may(name, "office", "POST /engagements/{"+name+"}/start", `{"version":{`+name+`v.engagement.version}}`)
	}
	engage("ET", "third-a", `"role":"third_party","third_party":"{TP}",
		"opens_on":"2025-05-13","closes_on":"2025-06-20",
		"areas":["990100"],"indicators":["C-LAW-001"],"appointment":"聘〔2025〕1号（模拟）"`)
	w.on("2025-05-13")
	w.reads("third-a", "/room/{ET}", "C-LAW-001")
	w.mayNot(403, "您受聘的范围里没有这项内容", "third-a", "GET /rounds/{R}/participants/SF-JUS", "")
	w.may("TP", "third-a", "POST /third-parties/{TP}/deliverables/1", `{"version":{TP.version}}`,
		"file:第三方报告.docx:进展和建议")
	w.mayNot(422, "", "third-a", "POST /third-parties/{TP}/surveys", `{"version":{TP.version},"who":"家长（模拟）",
		"mode":"online","sent":600,"valid":612,"from":"2025-05-13","until":"2025-05-16"}`)
	w.may("TP", "third-a", "POST /third-parties/{TP}/surveys", `{"version":{TP.version},"who":"家长（模拟）",
		"mode":"online","sent":680,"valid":612,"from":"2025-05-13","until":"2025-05-13"}`, "instrument:问卷.docx:题目",
		"results:汇总结果.docx:各题的份数")
	w.may("TP", "office", "POST /third-parties/{TP}/deliverables/1/accept", `{"version":{TP.version}}`)
	for _, one := range []string{"a", "b", "c"} {
		engage("E"+one, "expert-"+one, `"role":"expert",
			"opens_on":"2025-06-02","closes_on":"2025-06-27"`)
	}
	w.may("PN", "office", "POST /panels", `{"title":"专项评估报告讨论稿（模拟）","about":"round/{R}","author":"SF-WCCO",
		"members":["{Ea}","{Eb}","{Ec}"],"head_of":"{Ea}","quorum":3,"due":"2025-06-16",
		"text":"一、配备总体平稳。（模拟）\n二、各区不平衡。（模拟）"}`)
	w.mayNot(403, "还没有开始", "expert-a", "GET /opinions/{PN.text}", "")
	w.on("2025-06-03")
	w.amends()
	opinion := `{"paragraph":"%s","kind":"data","weight":"%s","reason":"注明年份。（模拟）",
		"suggestion":"注明年份（模拟）",
		"shown_as":"name","next":"file"}`
	w.may("Oa", "expert-a", "POST /opinions/{PN.text}/opinions", fmt.Sprintf(opinion, "p1", "must"))
	w.may("Ob", "expert-b", "POST /opinions/{PN.text}/opinions", fmt.Sprintf(opinion, "p2", "advise"))
	w.may("seen", "expert-c", "GET /opinions/{PN.text}", "")
	if strings.Contains(fmt.Sprint(w.answers["seen"]), "注明年份") {
		w.t.Error("an expert reads what others filed before all have filed")
	}
	for _, one := range []string{"a", "b", "c"} {
		w.may("", "expert-"+one, "POST /opinions/{PN.text}/finish", "{}")
	}
	w.mayNot(422, "", "office", "POST /opinions/{PN.text}/opinions/{Ob}/reply", `{"version":{Ob.version},
		"verdict":"not_adopted","reply":""}`)
	w.may("Oa", "office", "POST /opinions/{PN.text}/opinions/{Oa}/reply", `{"version":{Oa.version},
		"verdict":"adopted","changed_text":"2024年配备总体平稳（模拟）"}`)
	w.may("Ob", "office", "POST /opinions/{PN.text}/opinions/{Ob}/reply", `{"version":{Ob.version},
		"verdict":"not_adopted","reply":"附表已注明。（模拟）"}`)
	w.may("", "expert-a", "POST /opinions/{PN.text}/opinions/{Oa}/settle", `{"version":{Oa.version}}`)
	w.may("", "expert-b", "POST /opinions/{PN.text}/opinions/{Ob}/keep", `{"version":{Ob.version}}`)
	w.mayNot(422, "", "expert-a", "POST /panels/{PN}/conclude", `{"version":{PN.version},
		"conclusion":"agree_after_changes","statement":"如实。（模拟）","present":["{Ea}"]}`)
	w.may("PN", "expert-a", "POST /panels/{PN}/conclude", `{"version":{PN.version},"conclusion":"agree_after_changes",
		"statement":"如实。（模拟）","present":["{Ea}","{Eb}","{Ec}"]}`)
	w.may("PN", "office", "POST /panels/{PN}/sign", `{"version":{PN.version}}`, "scan:论证意见.docx:三人签名")
	w.may("AD", "office", "POST /rounds/{R}/recommendations", `{"text":"补齐法治副校长（模拟）",
		"findings":"部分学校没有（模拟）",
		"indicator":"C-LAW-001","addressee":"SF-JUS","what":"制定配备计划（模拟）","by":"2025-11-28",
			"criterion":"effectiveness",
		"discussed_on":"2025-06-03"}`)
	w.mayNot(422, "", "office", "POST /rounds/{R}/recommendations", `{"text":"补齐（模拟）","findings":" ",
		"addressee":"SF-HEA","what":"制定计划（模拟）","by":"2025-11-28","discussed_on":"2025-06-03"}`)
	w.may("AH", "office", "POST /rounds/{R}/recommendations", `{"text":"健康档案全部单列（模拟）",
		"findings":"经费没有单列（模拟）","addressee":"SF-HEA","what":"单列经费（模拟）","by":"2025-11-28",
		"criterion":"efficiency","discussed_on":"2025-06-03"}`)
	w.mayNot(422, "", "health-leader", "POST /recommendations/{AH}/respond", `{"version":{AH.version},
		"response":"rejected","reason":" "}`)
	w.may("", "health-leader", "POST /recommendations/{AH}/respond", `{"version":{AH.version},"response":"rejected",
		"reason":"预算科目由上级统一制定。（模拟）"}`)
	w.may("AD", "justice-leader", "POST /recommendations/{AD}/respond", `{"version":{AD.version},
		"response":"accepted"}`)
	w.on("2025-06-21") // the day after their last
	for _, path := range []string{"/room/{ET}", "/rounds/{R}", "/todo"} {
		w.mayNot(401, "请先登录", "third-a", "GET "+path, "")
	}
}
