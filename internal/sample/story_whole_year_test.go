package sample_test

// Steps 1 to 4 of the story of the whole: the reform on paper, the plenary, the year's statistics.

import (
	"fmt"
	"strings"
)

var (
	bureaus = map[string]string{"SF-EDU": "education-liaison", "SF-HEA": "health-liaison", "SF-HRS": "labour-liaison",
		"SF-CIV": "civil-affairs-liaison", "SF-JUS": "justice-liaison", "SF-STA": "statistics-statistician",
		"SF-WOF": "women-liaison"}
	districts = map[string]string{"990101": "dongling", "990102": "xichuan", "990103": "nanping", "990104": "beiyuan",
		"990105": "zhonghu"}
)

// drafted is step 1. The reform that the city had prepared is taken back for it.
func (w *whole) drafted() {
	w.may("old", "office", "GET /adjustments", "")
	w.may("", "office", "POST /adjustments/{old.adjustments.0.id}/withdraw",
		`{"version":0,"reason":"改革推迟，另拟（模拟）"}`)
	w.on("2024-12-02")
	w.mayNot(403, "", "health-leader", "POST /adjustments", `{"body":"SF-WCC","title":"卫生机构改革（模拟）",
		"basis":"改革方案（模拟）","effective_on":"2025-09-30"}`)
	w.may("A", "office", "POST /adjustments", `{"body":"SF-WCC","title":"卫生机构改革（模拟）",
		"basis":"改革方案〔2024〕9号（模拟）","effective_on":"2025-09-30"}`)
	w.may("", "office", "POST /trail/adjustment/{A}/files", "", "file:改革方案（模拟）.docx:两局合并")
	w.may("", "office", "POST /adjustments/{A}/lines/unit", `{"version":0,"code":"SF-HCB",
		"name":"示范市卫生健康委","short_name":"市卫生健康委","name_en":"Shifan Health Commission","kind":"dept_HCM"}`)
	w.may("", "office", "POST /adjustments/{A}/lines/merge", `{"version":0,"from":["SF-HEA","SF-FPB"],"to":["SF-HCB"]}`)
	w.may("Ap", "office", "GET /adjustments/{A}", "")
	var posts []string
	for _, line := range dig(w.answers["Ap"], "preview.lines").([]any) {
		for _, group := range dig(line, "groups").([]any) {
			for _, thing := range dig(group, "things").([]any) {
				if dig(group, "kind") == "post" && dig(thing, "from") == "SF-HEA" {
					posts = append(posts, fmt.Sprintf(`"post %s":"SF-HCB"`, dig(thing, "object")))
				}
			}
		}
	}
	w.may("", "office", "POST /adjustments/{A}/shares", `{"version":0,"line":1,"units":{`+strings.Join(posts, ",")+`}}`)
	w.may("", "office", "POST /adjustments/{A}/preview", `{"version":0}`)
	w.may("Ap", "office", "GET /adjustments/{A}", "")
	w.holds("Ap", "preview.missing", 0)
}

// decided is step 2.
func (w *whole) decided() {
	w.may("M", "office", "POST /meetings", `{"version":0,"title":"示范市妇儿工委2025年全体会议（模拟）",
		"kind":"plenary",
		"host":"SF-WCCO","form":"room","place":"市政府会议室（模拟）","starts":"2024-12-20 09:00",
			"ends":"2024-12-20 11:00",
		"chair_unit":"SF-WCC","chair_role":"committee_leader","reply_by":"2024-12-18"}`)
	w.may("M1", "office", "POST /meetings/{M}/agenda", `{"title":"审议2025年专项评估安排（模拟）","kind":"review",
		"visible_to":"members"}`)
	w.may("M2", "office", "POST /meetings/{M}/agenda", `{"title":"审议重难点问题清单（模拟）","kind":"review",
		"visible_to":"members"}`)
	w.may("", "office", "POST /meetings/{M}/invite", `{"units":["SF-EDU","SF-HEA","SF-HRS","SF-CIV","SF-JUS","SF-STA",
		"SF-WOF"],"capacity":"attend","level":"head","seats":1}`)
	w.may("Mn", "office", "POST /meetings/{M}/notice", `{"body":"定于2024年12月20日召开全体会议，请参加。（模拟）"}`)
	w.goesOut("{Mn.letter}")
	w.may("", "office", "POST /meetings/{M}/notify", `{}`)
	w.may("Mi", "office", "GET /meetings/{M}", "")
	for i, one := range dig(w.answers["Mi"], "meeting.invitations").([]any) {
		unit := dig(one, "unit").(string)
		w.may("", bureaus[unit], "POST /letters/{Mn.letter}/receive", `{"edition":1}`)
		level := []string{"head", "deputy"}[i%2]
		w.may("", bureaus[unit], "POST /meetings/{M}/reply", fmt.Sprintf(`{"invitation":"%s","name":{"1":"模拟负责人"},
			"title":{"1":"负责人"},"level":{"1":"%s"},"stands_in_for":{"1":"%s"}}`, dig(one, "id"), level,
			map[string]string{"deputy": "主要负责人"}[level]))
	}
	w.mayNot(422, "", "education-liaison", "POST /meetings/{M}/reply", `{"invitation":"{Mi.meeting.invitations.0.id}",
		"name":{"1":"甲（模拟）","2":"乙（模拟）"},"title":{"1":"局长","2":"科长"},"level":{"1":"head","2":"any"}}`)
	w.on("2024-12-20")
	w.may("Md", "office", "GET /meetings/{M}", "")
	for i := range 6 { // of seven, one is not there
		w.may("", "office", "POST /meetings/{M}/arrive", fmt.Sprintf(
			`{"attendee":"{Md.meeting.invitations.%d.people.0.id}"}`, i))
	}
	w.at("2024-12-20 11:10")
	w.may("", "office", "POST /meetings/{M}/hold", `{}`)
	w.may("", "office", "POST /meetings/{M}/outcomes", `{"outcome":{"{M1}":"passed","{M2}":"passed"}}`)
	w.may("", "office", "POST /meetings/{M}/decisions", `{"text":"2025年开展专项评估（模拟）",
		"follow":false,"why_not":"由评估轮次落实",
		"agenda_item":"{M1}"}`)
	w.may("Mr", "office", "POST /meetings/{M}/decisions", `{"text":"核定法治副校长配备计划（模拟）","lead":"SF-JUS",
		"follow":true,"due_on":"2025-06-30","agenda_item":"{M2}"}`)
	w.may("", "office", "POST /meetings/{M}/minutes", `{"version":0,
		"text":"会议审议了专项评估安排和重难点问题。（模拟）"}`)
	w.may("", "office", "POST /meetings/{M}/minutes/send", `{"version":1}`)
	w.may("Mm", "office", "GET /meetings/{M}", "")
	w.goesOut("{Mm.meeting.minutes.letter}")
	w.may("", "office", "POST /meetings/{M}/settle", `{}`)
	w.may("F", "office", "POST /meetings/{M}/decisions/{Mr}/follow", `{}`)
	w.may("K", "office", "POST /issues", `{"title":"中小学法治副校长配备不足（模拟）","indicators":["C-LAW-001"],
		"why":["several_units"],"why_text":"配备和考核分属两个部门。（模拟）","lead":"SF-JUS","supporting":["SF-EDU"]}`)
	w.mayNot(403, "", "justice-liaison", "POST /issues/{K}/list", `{"basis":"meeting/{M}","version":1}`)
	w.mayNot(422, "", "office", "POST /issues/{K}/list", `{"basis":"meeting/{M}#none","version":1}`)
	w.may("", "office", "POST /issues/{K}/list", `{"basis":"meeting/{M}#{Mr}","version":1}`)
	w.reads("office", "/issues/{K}", `"number":2,"text":"核定法治副校长配备计划`)
	w.reads("office", "/meetings/{M}", `"about":[{`, "中小学法治副校长配备不足")
	w.reads("justice-liaison", "/issues", "中小学法治副校长配备不足（模拟）")
	w.reads("justice-liaison", "/items?unit=SF-JUS", "核定法治副校长配备计划")
}

// opened is step 3.
func (w *whole) opened() {
	w.on("2024-12-23")
	w.may("T", "office", "POST /meetings", `{"version":0,"title":"统计监测培训（模拟）","kind":"training",
		"host":"SF-WCCO",
		"form":"video","starts":"2025-01-10 09:00","ends":"2025-01-10 11:00","chair_unit":"SF-WCC"}`)
	w.may("", "office", "POST /meetings/{T}/agenda", `{"title":"监测统计（模拟）","kind":"train","visible_to":"all",
		"subjects":["statistics"],"hours":"2"}`)
	w.may("", "office", "POST /meetings/{T}/invite", `{"units":["SF-JUS","SF-HEA"],"capacity":"attend","level":"any",
		"seats":1}`)
	w.may("Tn", "office", "POST /meetings/{T}/notice", `{"body":"请统计员参加。（模拟）"}`)
	w.goesOut("{Tn.letter}")
	w.may("", "office", "POST /meetings/{T}/notify", `{}`)
	w.may("Ti", "office", "GET /meetings/{T}", "")
	names := map[string]string{"SF-JUS": "市司法局·统计员甲（演示）", "SF-HEA": "市卫生局·统计员甲（演示）"}
	for _, one := range dig(w.answers["Ti"], "meeting.invitations").([]any) {
		unit := dig(one, "unit").(string)
		w.may("", bureaus[unit], "POST /meetings/{T}/reply", fmt.Sprintf(`{"invitation":"%s","name":{"1":"%s"},
			"title":{"1":"统计员"},"level":{"1":"any"}}`, dig(one, "id"), names[unit]))
	}
	w.cycle("C", 2024, `"JUS-C","HEA-W"`, "2025-01-13", `,"training":["meeting/{T}"]`)
	w.on("2025-01-10")
	w.may("Ti", "office", "GET /meetings/{T}", "")
	for i := range 2 {
		w.may("", "office", "POST /meetings/{T}/arrive", fmt.Sprintf(
			`{"attendee":"{Ti.meeting.invitations.%d.people.0.id}"}`, i))
	}
	w.mayNot(409, "", "office", "POST /cycles/{C}/open", `{"version":{C.version}}`)
	w.at("2025-01-10 11:10")
	w.may("", "office", "POST /meetings/{T}/hold", `{}`)
	w.may("records", "office", "GET /trainings/records?meeting={T}", "")
	if n := len(dig(w.answers["records"], "records").([]any)); n != 2 {
		w.t.Errorf("%d records of training", n)
	}
	w.may("C", "office", "POST /cycles/{C}/train", `{"version":{C.version}}`)
	w.on("2025-01-13")
	w.may("C", "statistics-statistician", "POST /cycles/{C}/open", `{"version":{C.version}}`)
	w.reads("justice-statistician", "/todo", "JUS-C")
}

// cycle plans a year's cycle of some forms and announces it.
func (w *whole) cycle(name string, year int, forms, opens, more string) {
	w.may(name, "office", "POST /cycles", fmt.Sprintf(`{"year":%d,"title":"%d年度妇女儿童统计监测（模拟）",
		"lead":"SF-STA",
		"forms":[%s],"basis":"统计报表制度（模拟）","contact":"市统计局社会科（模拟）","opens_on":"%s",
		"level":["city"],"due":["%d-03-31"]%s}`, year, year, forms, opens, year+1, more))
	w.may(name, "office", "POST /cycles/{"+name+"}/notify", `{"version":{`+name+`.version}}`)
	w.may(name+"n", "office", "GET /cycles/{"+name+"}", "")
	w.goesOut("{" + name + "n.notice_letter.id}")
}

// reported is step 4.
func (w *whole) reported() {
	w.on("2025-02-10")
	w.accepted("JUS-C", "justice", "2024", `{"1.V":"423","2.V":"398"}`)
	w.accepted("HEA-W", "health", "2024", `{"1.V":"195","2.V":"1392000","3.V":"1210000"}`)
	w.reads("office", "/indicators/C-LAW-001", "94.1")
}

// accepted takes a form from the figures to the office's receipt.
func (w *whole) accepted(form, unit, period, cells string) {
	w.t.Helper()
	w.may("S", unit+"-statistician", "GET /submissions?form="+form+"&period="+period, "")
	w.may("Sd", unit+"-statistician", "GET /submissions/{S.submissions.0.id}", "")
	w.may("", unit+"-statistician", "POST /submissions/{S.submissions.0.id}/draft",
		`{"version":{Sd.version},"cells":`+cells+`}`)
	w.may("Sp", unit+"-statistician", "GET /submissions/{S.submissions.0.id}/prepare", "")
	sign := `{"digest":"{Sp.digest}","phrase":"yipanqi-sign"}`
	w.may("", unit+"-statistician", "POST /submissions/{S.submissions.0.id}/prepare", sign)
	w.mayNot(403, "", unit+"-statistician", "POST /submissions/{S.submissions.0.id}/sign", sign)
	w.mayNot(404, "", "women-leader", "POST /submissions/{S.submissions.0.id}/sign", sign)
	w.mayNot(422, "签名口令不正确", unit+"-leader", "POST /submissions/{S.submissions.0.id}/sign",
		strings.ReplaceAll(sign, "yipanqi-sign", "yipanqi-demo"))
	w.may("", unit+"-leader", "POST /submissions/{S.submissions.0.id}/sign", sign)
	w.may("Sd", "office", "GET /submissions/{S.submissions.0.id}", "")
	w.may("", "office", "POST /submissions/{S.submissions.0.id}/accept", `{"version":{Sd.version}}`)
	w.reads("office", "/submissions/{S.submissions.0.id}/receipt", `"role":"first"`, `"role":"second"`)
}
