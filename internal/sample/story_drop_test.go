package sample_test

// An indicator that a plan has targets for is dropped: proposed, asked about, decided by a plenary, in force from its
// year on, by the pages of whoever takes each step (oversight.md §12). What was asked of the years before stays.

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

func TestAnIndicatorWithTargetsIsDropped(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		for _, one := range []scene{{"proposed", (*whole).dropProposed}, {"asked about", (*whole).dropAsked},
			{"decided", (*whole).dropDecided}, {"afterwards", (*whole).dropFollowed}} {
			w.scene(one.name, one.play)
		}
		clean(t, d)
	})
}

// dropped is the indicator: the plan of 2021 asks 35.5 % of the city and each district by 2025.
const dropped = "W-HEA-001"

func (w *whole) dropProposed() {
	w.on("2024-03-18")
	w.mayNot(422, "请写为什么修订", "office", "POST /revisions", `{"title":"删去一个指标（模拟）","plan":"SF-W21","reason":""}`)
	w.mayNot(403, "", "health-liaison", "POST /revisions", `{"title":"删去（模拟）","plan":"SF-W21","reason":"不用"}`)
	w.may("V", "office", "POST /revisions", `{"title":"删去一个指标（模拟）","plan":"SF-W21","reason":"不再调查（模拟）"}`)
	propose := func(year string) string {
		return fmt.Sprintf(`{"version":{V.version},"action":"drop","indicator":"%s","effective":"%s",
			"evidence":"不再调查（模拟）"}`, dropped, year)
	}
	w.mayNot(422, "已经审核通过或公开", "office", "POST /revisions/{V}/proposal", propose("2023"))
	w.may("V", "office", "POST /revisions/{V}/proposal", propose("2024"))
	w.may("Vp", "office", "GET /revisions/{V}", "")
	w.holds("Vp", "shown.0.effects.lamps", 6)
	w.reads("office", "/revisions/{V}", "示范市 ≥35.5（2025）", "国家指标体系里有这个指标")
	w.mayNot(404, "", "health-liaison", "GET /revisions/{V}", "")
}

func (w *whole) dropAsked() {
	w.mayNot(409, "", "office", "POST /revisions/{V}/settle", `{"version":{V.version}}`)
	w.may("V", "office", "POST /revisions/{V}/consult", `{"version":{V.version},"unit":["SF-HEA","990101-WCCO"],
		"due":"2024-04-10","reviewer":"{Vp.reviewers.1.id}"}`)
	w.may("Vq", "office", "GET /revisions/{V}", "")
	w.may("Vr", "office", "GET /requests/{Vq.revision.request}", "")
	w.mayNot(409, "还有2个单位", "office", "POST /revisions/{V}/settle", `{"version":{V.version}}`)
	w.on("2024-03-20")
	people := map[string]string{"SF-HEA": "health-liaison", "990101-WCCO": "dongling-office"}
	for i, one := range dig(w.answers["Vr"], "answers").([]any) {
		login := people[dig(one, "unit").(string)]
		answer := fmt.Sprintf("{Vr.answers.%d.id}", i)
		w.may("A", login, "POST /answers/"+answer+"/receive", "")
		w.mayNot(422, "", login, "POST /answers/"+answer+"/submit", `{"version":{A.version}}`)
		w.may("A", login, "POST /answers/"+answer+"/draft", `{"version":{A.version},"choice":{"1":"同意"},
			"none":{"2":"没有修改意见"}}`)
		w.may("A", login, "POST /answers/"+answer+"/submit", `{"version":{A.version}}`)
	}
	w.on("2024-04-11")
	w.may("V", "office", "POST /revisions/{V}/settle", `{"version":{V.version}}`)
}

func (w *whole) dropDecided() {
	const decide = "POST /revisions/{V}/decide"
	w.mayNot(422, "请选作出决定的全委会", "office", decide, `{"version":{V.version},"verdicts":{"1":"passed"}}`)
	w.mayNot(422, "要有本级全委会的决定", "director", decide, `{"version":{V.version},"verdicts":{"1":"passed"}}`)
	w.plenary("P", "2024-04-26", "审议指标修订（模拟）")
	w.mayNot(422, "退回的请写明为什么", "office", decide,
		`{"version":{V.version},"meeting":"{P}","verdicts":{"1":"back"}}`)
	w.mayNot(422, "请选通过还是退回", "office", decide, `{"version":{V.version},"meeting":"{P}"}`)
	w.may("V", "office", decide, `{"version":{V.version},"meeting":"{P}","verdicts":{"1":"passed"}}`)
	w.may("Vd", "office", "GET /revisions/{V}", "")
	w.holds("Vd", "revision.state", "applied") // its year had begun
}

// plenary is held on a day with something decided.
func (w *whole) plenary(name, day, title string) {
	w.t.Helper()
	held, err := time.Parse(time.DateOnly, day)
	must(w.t, err)
	w.may(name, "office", "POST /meetings", fmt.Sprintf(`{"version":0,"title":"示范市妇儿工委全体会议（模拟）",
		"kind":"plenary","host":"SF-WCCO","form":"room","place":"市政府会议室（模拟）",
		"starts":"%s 09:00","ends":"%s 11:00",
		"chair_unit":"SF-WCC","chair_role":"committee_leader","reply_by":"%s","scope":"成员单位（模拟）"}`,
		day, day, held.AddDate(0, 0, -2).Format(time.DateOnly)))
	w.may(name+"1", "office", "POST /meetings/{"+name+"}/agenda", fmt.Sprintf(
		`{"title":"%s","kind":"review","minutes":30,"visible_to":"members"}`, title))
	w.may("", "office", "POST /meetings/{"+name+"}/invite",
		`{"units":["SF-EDU","SF-JUS"],"capacity":"attend","level":"head","seats":1}`)
	w.may(name+"n", "office", "POST /meetings/{"+name+"}/notice", `{"body":"请参加全体会议。（模拟）"}`)
	w.goesOut("{" + name + "n.letter}")
	w.may("", "office", "POST /meetings/{"+name+"}/notify", `{}`)
	w.may(name+"i", "office", "GET /meetings/{"+name+"}", "")
	for i, one := range dig(w.answers[name+"i"], "meeting.invitations").([]any) {
		login := bureaus[dig(one, "unit").(string)]
		w.may("", login, "POST /letters/{"+name+"n.letter}/receive", `{"edition":1}`)
		w.may("", login, "POST /meetings/{"+name+"}/reply", fmt.Sprintf(
			`{"invitation":"{%si.meeting.invitations.%d.id}",
			"name":{"1":"模拟负责人"},"title":{"1":"负责人"},"level":{"1":"head"}}`, name, i))
	}
	w.on(day)
	w.may(name+"d", "office", "GET /meetings/{"+name+"}", "")
	for i := range 2 {
		w.may("", "office", "POST /meetings/{"+name+"}/arrive", fmt.Sprintf(
			`{"attendee":"{%sd.meeting.invitations.%d.people.0.id}"}`, name, i))
	}
	w.at(day + " 11:10")
	w.may("", "office", "POST /meetings/{"+name+"}/hold", `{}`)
	w.may("", "office", "POST /meetings/{"+name+"}/outcomes", `{"outcome":{"{`+name+`1}":"passed"}}`)
	w.may("", "office", "POST /meetings/{"+name+"}/decisions", `{"text":"通过指标修订（模拟）","follow":false,
		"why_not":"由系统生效","agenda_item":"{`+name+`1}"}`)
}

// dropFollowed looks at boards, lamps and reports of the years on both sides.
func (w *whole) dropFollowed() {
	shows := func(login, path string, want bool) {
		w.t.Helper()
		said := w.sends(login, "GET "+path, "")
		if got := strings.Contains(said.Body.String(), `"indicator":"`+dropped+`"`); said.Code != 200 || got != want {
			w.t.Errorf("%s shows %s: %t, %d", path, dropped, got, said.Code)
		}
	}
	for _, login := range []string{"office", "xichuan-leader"} {
		shows(login, "/board?plan=SF-W21&year=2023", true)
		shows(login, "/board?plan=SF-W21&year=2024", false)
		shows(login, "/indicators?plan=SF-W21&year=2023", true)
		shows(login, "/indicators?plan=SF-W21&year=2024", false)
	}
	w.may("I23", "office", "GET /indicators/"+dropped+"?year=2023", "")
	w.holds("I23", "verdicts.0.target.value", "35.5")
	w.holds("I23", "verdicts.0.target.dropped", 2024)
	w.may("I24", "office", "GET /indicators/"+dropped+"?year=2024", "")
	w.holds("I24", "verdicts.0.target.op", "")
	w.holds("I24", "verdicts.0.verdict.lamp", "no_target")
	w.reads("office", "/reports/annual?year=2023", dropped)
	w.reads("office", "/health?plan=SF-W21", `"indicators":`)
	page := w.browses("office", "GET", "/indicators/"+dropped, "text/html", "", nil).Body.String()
	if !strings.Contains(page, "2024年起不再列入") {
		w.t.Error("the indicator’s page does not say that the plan dropped it")
	}
}
