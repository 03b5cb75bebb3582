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
			"8.title":"","8.from":"","8.until":"","9.title":"","9.from":"","9.until":"",
			"10.title":"","10.from":"","10.until":""}}`)
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
	w.may("E", writer, "POST /answers/"+answer+"/receive", "{}")
	w.may("E", writer, "POST /answers/"+answer+"/draft", `{"version":{E.version},"text":{"1":"目标任务已分解。（模拟）",
		"2":"按年度计划推进。（模拟）","3":"基层人手偏紧。（模拟）","4":"经费安排没有跟上。（模拟）",
			"5":"写进年度计划。（模拟）"},
		"none":{"6":"没有建议","7":"用到的数据都在数据表里"}}`)
	w.may("E", writer, "POST /answers/"+answer+"/prepare", `{"version":{E.version},"phrase":"yipanqi-sign"}`)
	w.may("Ev", leader, "GET /answers/"+answer, "")
	sign := `{"version":{E.version},"digest":"{Ev.versions.0.digest}","phrase":"yipanqi-sign"}`
	w.mayNot(403, "", writer, "POST /answers/"+answer+"/submit", sign)
	w.may("E", leader, "POST /answers/"+answer+"/submit", sign)
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
	w.may("PN", "expert-a", "POST /panels/{PN}/conclude", `{"version":{PN.version},"conclusion":"agree_after_changes",
		"statement":"如实。（模拟）","present":["{Ea}","{Eb}","{Ec}"]}`)
	w.may("PN", "office", "POST /panels/{PN}/sign", `{"version":{PN.version}}`, "scan:论证意见.docx:三人签名")
	w.may("AD", "office", "POST /rounds/{R}/recommendations", `{"text":"补齐法治副校长（模拟）",
		"findings":"部分学校没有（模拟）",
		"indicator":"C-LAW-001","addressee":"SF-JUS","what":"制定配备计划（模拟）","by":"2025-11-28",
			"criterion":"effectiveness",
		"discussed_on":"2025-06-03"}`)
	w.may("AD", "justice-leader", "POST /recommendations/{AD}/respond", `{"version":{AD.version},
		"response":"accepted"}`)
	w.on("2025-06-21") // the day after their last
	for _, path := range []string{"/room/{ET}", "/rounds/{R}", "/todo"} {
		w.mayNot(401, "请先登录", "third-a", "GET "+path, "")
	}
}
