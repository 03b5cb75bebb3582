package sample_test

// Steps 7 and 8 of the story of the whole: three groups, five visits of which one is cancelled, what was found; the
// letters to the areas, the objection of one and what came of it.

import (
	"fmt"
	"strings"
)

// visit is one of the story: an area, its group and what was found there.
type visit struct{ area, group, recorder, head, on, problem, indicator string }

var visits = []visit{
	{"990101", "G1", "education-liaison", "education-leader", "2025-07-01", "联席会议记录不全（模拟）", ""},
	{"990102", "G1", "education-liaison", "education-leader", "2025-07-02", "有的学校没有法治副校长（模拟）",
		"C-LAW-001"},
	{"990103", "G2", "health-liaison", "health-leader", "2025-07-03", "妇女之家没有公示（模拟）", ""},
	{"990104", "G2", "health-liaison", "health-leader", "2025-07-04", "健康档案没有单列经费（模拟）", "W-HEA-006"},
}

// visited is step 7.
func (w *whole) visited() {
	w.on("2025-06-23")
	w.may("R", "office", "POST /rounds/{R}/start", `{"version":{R.version},"stage":3}`)
	group := func(head, kinds string) string {
		return fmt.Sprintf(`"members":{"1.person":"{%[1]s-leader}","1.kind":"unit_leader","1.part":"head",
			"2.person":"{office-b}","2.kind":"office","2.part":"deputy",
			"3.person":"{%[1]s-liaison}","3.kind":"recorder","3.part":"member",
			"4.person":"{%[2]s}","4.kind":"unit_staff","4.part":"member",
			"5.name":"人大代表（模拟）","5.kind":"deputy","5.part":"member",
			"6.name":"政协委员（模拟）","6.kind":"cppcc","6.part":"member",
			"7.name":"专家（模拟）","7.kind":"expert","7.part":"member"},"trained_on":"2025-06-20"`, head, kinds)
	}
	w.mayNot(422, "南屏区", "office", "POST /supervision/groups", `{"about":"round/{R}","title":"第二组（模拟）",
		"areas":["990103"],`+group("health", "nanping-leader")+`}`)
	w.may("G1", "office", "POST /supervision/groups", `{"about":"round/{R}","title":"第一组（模拟）",
		"areas":["990101","990102"],`+group("education", "sport-leader")+`}`)
	w.may("G2", "office", "POST /supervision/groups", `{"about":"round/{R}","title":"第二组（模拟）",
		"areas":["990103","990104"],`+group("health", "women-leader")+`}`)
	third := `{"about":"round/{R}","title":"第三组（模拟）","areas":["990105"],` +
		group("civil-affairs", "unions-leader") + `}`
	lacking := strings.Replace(third, `"6.name":"政协委员（模拟）","6.kind":"cppcc","6.part":"member",`, "", 1)
	w.mayNot(422, "缺政协委员", "office", "POST /supervision/groups", lacking)
	w.may("G3", "office", "POST /supervision/groups", strings.TrimSuffix(lacking, "}")+
		`,"lacks":"政协委员因会议请假（模拟）"}`)
	planned := `{"group":"{G1}","area":"%s","on":"%s","half":"day","methods":["hear"],"agenda":"听取汇报"}`
	w.mayNot(422, "把日期安排在阶段里", "office", "POST /visits", fmt.Sprintf(planned, "990101", "2025-08-12"))
	w.mayNot(422, "请选这个组负责的地区", "office", "POST /visits", fmt.Sprintf(planned, "990105", "2025-07-01"))
	for i, v := range append(visits, visit{area: "990105", group: "G3", on: "2025-07-07"}) {
		w.may(fmt.Sprint("V", i), "office", "POST /visits", fmt.Sprintf(`{"group":"{%s}","area":"%s","on":"%s",
			"half":"day",
			"methods":["hear","files","site"],"agenda":"听取汇报\n实地查看"}`, v.group, v.area, v.on))
		w.may(fmt.Sprint("V", i), "office", fmt.Sprintf("POST /visits/{V%d}/notify", i),
			fmt.Sprintf(`{"version":{V%d.version}}`, i))
		w.goesOut(fmt.Sprintf("{V%d.notice}", i))
		w.may("", districts[v.area]+"-office", fmt.Sprintf("POST /letters/{V%d.notice}/receive", i), `{"edition":1}`)
	}
	for i, v := range visits {
		w.on(v.on)
		w.sees(fmt.Sprint("V", i), fmt.Sprint("D", i), v)
	}
	w.may("v", "office", "GET /visits/{V4}", "")
	w.may("", "office", "POST /visits/{V4}/cancel", `{"version":{v.visit.version},"reason":"当天防汛（模拟）"}`)
	w.reads("office", "/supervision?about=round/{R}", `"visited":4,"areas":5`)
	w.shows("office", "/supervision/screen?about=round/{R}", "4 / 5", "还没有督导", "中湖")
}

// sees is a visit from its start to the answer of the area to what was found.
func (w *whole) sees(id, found string, v visit) {
	w.t.Helper()
	at := "/visits/{" + id + "}"
	w.may("", "office", "POST "+at+"/sites", `{"place":"儿童之家（模拟）","kind":"child_home","chosen":"assigned"}`)
	if id == "V1" {
		w.draws(at)
	}
	w.may("v", v.recorder, "GET "+at, "")
	w.mayNot(404, "", "housing-liaison", "POST "+at+"/start", `{"version":{v.visit.version}}`)
	w.may("v", v.recorder, "POST "+at+"/start", `{"version":{v.visit.version}}`)
	note := fmt.Sprintf(`{"own_id":"whole-%s","kind":"site","place":"儿童之家（模拟）","at":"%sT10:10:00+08:00",
		"text":"有人值守（模拟）"}`, id, v.on)
	w.may("n", v.recorder, "POST "+at+"/notes", note)
	w.may("again", v.recorder, "POST "+at+"/notes", note) // a phone that did not hear the answer sends it twice
	w.holds("again", "id", dig(w.answers["n"], "id"))
	w.mayNot(422, "", v.recorder, "POST /findings", `{"visit":"{`+id+`}","kind":"problem","text":"没有证据（模拟）",
		"clause":"第五章（模拟）","weight":"normal","evidence":[]}`)
	w.may(found, v.recorder, "POST /findings", fmt.Sprintf(`{"visit":"{%s}","kind":"problem","text":"%s",
		"clause":"市规划第五章（模拟）","weight":"normal","indicator":"%s","evidence":["visit_note/{n}"],
			"advice":"请落实（模拟）"}`,
		id, v.problem, v.indicator))
	if id == "V3" {
		w.inspects(at, v)
	}
	w.may("v", v.recorder, "GET "+at, "")
	w.mayNot(422, "", v.recorder, "POST "+at+"/finish", `{"version":{v.visit.version},"present":" ",
		"oral_feedback":"反馈了（模拟）"}`)
	w.may("v", v.recorder, "POST "+at+"/finish", `{"version":{v.visit.version},"present":"区领导（模拟）",
		"oral_feedback":"反馈了主要情况（模拟）"}`)
	w.mayNot(403, "", v.recorder, "POST /findings/{"+found+"}/confirm", `{"version":{`+found+`.version}}`)
	w.may(found, v.head, "POST /findings/{"+found+"}/confirm", `{"version":{`+found+`.version}}`)
	says := `"agrees","text":""`
	if id == "V3" {
		w.may("", v.head, "POST /findings/{good}/confirm", `{"version":{good.version}}`)
		w.mayNot(422, "", v.head, "POST /findings/{weak}/drop", `{"version":{weak.version},"reason":" "}`)
		w.may("", v.head, "POST /findings/{weak}/drop", `{"version":{weak.version},"reason":"依据不足（模拟）"}`)
		says = `"adds","text":"经费在部门预算里（模拟）"`
	}
	w.may("shown", "office", "POST "+at+"/show", "{}")
	w.mayNot(404, "", "zhonghu-office", "GET /findings/{"+found+"}", "")
	said := "POST /findings/{" + found + "}/answer"
	w.mayNot(422, "", districts[v.area]+"-office", said, `{"version":{shown.findings.0.version},"says":"objects",
		"text":" "}`)
	w.may("", districts[v.area]+"-office", said, `{"version":{shown.findings.0.version},"says":`+says+`}`)
}

// draws has three places drawn of fourteen, with a seed by which anybody can draw them again.
func (w *whole) draws(at string) {
	w.t.Helper()
	places := ""
	for n := range 14 {
		places += fmt.Sprintf("第%d儿童之家（模拟）\\n", n+1)
	}
	draw := `{"list":"` + places + `","n":%d,"kind":"child_home","seed":"公开抽取2025-07-02"}`
	w.mayNot(422, "抽取数", "office", "POST "+at+"/draws", fmt.Sprintf(draw, 14))
	w.may("drawn", "office", "POST "+at+"/draws", fmt.Sprintf(draw, 3))
	if drawn, _ := dig(w.answers["drawn"], "drawn").([]any); len(drawn) != 3 {
		w.t.Errorf("drawn are %v", w.answers["drawn"])
	}
	w.reads("office", at, "公开抽取2025-07-02")
}

// inspects looks through the nine files of the catalogue on the pages of a phone, and files a practice and what the
// head will not use.
func (w *whole) inspects(at string, v visit) {
	w.t.Helper()
	for n, item := range []string{"organisation", "meetings", "plan", "statistics", "evaluation", "training", "funding",
		"issues", "examples"} {
		found := "complete"
		if item == "statistics" {
			found = "partly"
		}
		w.may("", v.recorder, "POST "+at+"/notes", fmt.Sprintf(`{"own_id":"file-of-north-%d","kind":"file",
			"item":"%s","found":"%s","at":"%sT11:00:00+08:00"}`, n, item, found, v.on))
	}
	finding := `{"visit":"` + w.filled(at[len("/visits/"):]) + `","kind":"%s","text":"%s",
		"clause":"市规划第五章（模拟）","weight":"slight","evidence":["visit_note/{n}"]}`
	w.may("good", v.recorder, "POST /findings", fmt.Sprintf(finding, "practice", "儿童之家由退休教师值守（模拟）"))
	w.may("weak", v.recorder, "POST /findings", fmt.Sprintf(finding, "problem", "标识不清（模拟）"))
	w.mayNot(422, "问题要有依据", v.recorder, "POST /findings", strings.Replace(fmt.Sprintf(finding, "problem",
		"没有依据（模拟）"), "市规划第五章（模拟）", "", 1))
}

// told is step 8: of four letters with two receivers each, the district that they call 北原 objects to one finding.
func (w *whole) told() {
	w.on("2025-07-14")
	w.may("R", "office", "POST /rounds/{R}/start", `{"version":{R.version},"stage":4}`)
	for i, v := range visits {
		b := fmt.Sprint("B", i)
		w.may(b, "office", fmt.Sprintf("POST /visits/{V%d}/feedback", i), `{"plan_due":"2025-08-22"}`)
		w.mayNot(403, "", v.recorder, "POST /feedbacks/{"+b+"}/consent", `{"version":{`+b+`.version}}`)
		w.may(b, v.head, "POST /feedbacks/{"+b+"}/consent", `{"version":{`+b+`.version}}`)
		w.goesOut("{" + b + ".letter}")
		for _, who := range []string{"-gov", "-office"}[:2-i/3] { // the last one's committee does not
			w.may("", districts[v.area]+who, "POST /letters/{"+b+".letter}/receive", `{"edition":1}`)
		}
	}
	w.on("2025-07-21")
	w.reads("beiyuan-office", "/inbox", "{B3.letter}") // whose committee has not received it
	w.shows("office", "/letters/{B3.letter}", "1 / 2")
	w.may("", "beiyuan-office", "POST /letters/{B3.letter}/receive", `{"edition":1}`)
	w.mayNot(404, "", "nanping-director", "POST /feedbacks/{B3}/objections", `{"findings":["{D3}"],
		"reason":"有（模拟）"}`)
	w.mayNot(422, "", "beiyuan-director", "POST /feedbacks/{B3}/objections", `{"findings":["{D3}"],"reason":" "}`)
	w.may("O", "beiyuan-director", "POST /feedbacks/{B3}/objections", `{"findings":["{D3}"],
		"reason":"部门预算里有这一项（模拟）"}`)
	w.mayNot(422, "写出修改后的内容", "director", "POST /objections/{O}/decide", `{"version":{O.version},
		"verdict":"changed","explanation":"有这一项（模拟）"}`)
	decided := `{"version":{O.version},"verdict":"changed","explanation":"有这一项，拨付偏晚（模拟）",
		"changes":{"{D3}":"健康档案经费已单列，拨付偏晚（模拟）"}}`
	w.mayNot(403, "", "health-leader", "POST /objections/{O}/decide", decided) // the head of the group
	w.may("O", "director", "POST /objections/{O}/decide", decided)
	w.may("B3v", "office", "GET /feedbacks/{B3}", "")
	w.may("B3", "office", "POST /feedbacks/{B3}/correct", `{"version":{B3v.feedback.version}}`)
	w.goesOut("{B3.letter}")
	for _, who := range []string{"beiyuan-gov", "beiyuan-office"} {
		w.may("", who, "POST /letters/{B3.letter}/receive", `{"edition":2}`)
	}
	w.may("L", "beiyuan-director", "GET /letters/{B3.letter}", "")
	if text := fmt.Sprint(w.answers["L"]); !strings.Contains(text, "拨付偏晚") {
		w.t.Errorf("the second version says %.600s", text)
	}
}
