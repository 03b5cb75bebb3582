package sample_test

// The indicator system is looked after and revised by pages (oversight.md §12): what has no data, links, figures by
// sex, and one revision of the children's plan with every kind of proposal, asked about, decided, in force. A target's
// indicator dropped is story_drop_test.go's.

import (
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

func TestTheIndicatorSystemIsRevisedByPages(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		for _, one := range []scene{{"1 health", (*whole).systemSeen}, {"2-5 no data", (*whole).systemLacks},
			{"5 links", (*whole).systemLinked}, {"12 by sex", (*whole).systemBySex},
			{"6 proposals", (*whole).systemProposed}, {"7 asked about", (*whole).systemAsked},
			{"9 decided, in force", (*whole).systemDecided}, {"10-14 afterwards", (*whole).systemAfter},
			{"withdrawn", (*whole).systemWithdrawn}} {
			w.scene(one.name, one.play)
		}
		clean(t, d)
	})
}

func (w *whole) systemSeen() {
	w.on("2024-03-18")
	w.may("H", "office", "GET /health?plan=SF-C21", "")
	w.shows("office", "/health?plan=SF-C21&gap=data", "儿童安全座椅知晓率", "找来源")
	w.shows("education-liaison", "/health?plan=SF-C21", "学前教育毛入园率")
	csv := w.browses("office", "GET", "/health?plan=SF-C21&format=csv", "text/csv", "", nil)
	if !strings.Contains(csv.Body.String(), "C-EDU-001") {
		w.t.Errorf("the health page as CSV is %d: %.300s", csv.Code, csv.Body)
	}
}

// record is a record of missing data as its owner sees it.
func (w *whole) record(name, login, indicator string) string {
	w.t.Helper()
	w.may("ND", "office", "GET /no-data", "")
	for _, one := range dig(w.answers["ND"], "records").([]any) {
		if dig(one, "indicator") == indicator && dig(one, "state") != "solved" && dig(one, "state") != "dismissed" {
			w.may(name, login, "GET /no-data/"+dig(one, "id").(string), "")
			return "/no-data/" + dig(one, "id").(string)
		}
	}
	w.t.Fatalf("%s has no record", indicator)
	return ""
}

func (w *whole) systemLacks() {
	w.mayNot(422, "没办结", "office", "POST /no-data", `{"indicator":"C-SAF-003","since":"2021","cause":"no_source",
		"owner":"SF-WOF","due":"2024-09-30"}`)
	w.may("R", "office", "POST /no-data", `{"indicator":"C-LAW-001","since":"2021","cause":"not_shared",
		"owner":"SF-JUS","needs":["administrative_record","department_regime"],"due":"2024-09-30"}`)
	w.mayNot(403, "", "education-liaison", "POST /no-data/{R}/plan", `{"version":{R.version},"way":"查"}`)
	w.mayNot(422, "请填写", "justice-liaison", "POST /no-data/{R}/plan", `{"version":{R.version},"way":""}`)
	w.may("R", "justice-liaison", "POST /no-data/{R}/plan", `{"version":{R.version},"way":"查学校名册（模拟）"}`)
	w.may("R", "justice-liaison", "POST /no-data/{R}/find", `{"version":{R.version},"source":"登记里有（模拟）"}`)
	w.mayNot(409, "不得重复调查", "justice-liaison", "POST /no-data/{R}/survey",
		`{"version":{R.version},"reason":"问"}`)
	w.may("R", "justice-liaison", "POST /no-data/{R}/regime", `{"version":{R.version},"regime":"演示〔2024〕3号"}`)
	w.may("R", "office", "POST /no-data/{R}/solve", `{"version":{R.version}}`)
	w.shows("justice-liaison", "/no-data/{R}", "已有数据", "演示〔2024〕3号")
	at := w.record("S", "women-liaison", "C-SAF-003")
	w.may("", "women-liaison", "POST "+at+"/survey", `{"version":{S.record.version},"reason":"只能入户问（模拟）"}`)
	w.shows("office", at, "拟开展调查")
	at = w.record("D", "justice-liaison", "C-LAW-002")
	w.may("", "justice-liaison", "POST "+at+"/drop", `{"version":{D.record.version},"reason":"没有人用（模拟）"}`)
	w.record("D", "office", "C-LAW-002")
	w.may("", "office", "POST "+at+"/open", `{"version":{D.record.version},"since":"2021",
		"cause":"no_source","owner":"SF-JUS","needs":["sample_survey"],"due":"2024-12-31"}`)
	w.shows("justice-liaison", at, "找来源", "2024-12-31")
}

func (w *whole) systemLinked() {
	w.mayNot(422, "计量单位不同", "office", "POST /indicator-links", `{"local":"C-FAM-001","level":"national",
		"upper":"托管班（模拟）","upper_unit":"%","relation":"same"}`)
	w.may("K", "office", "POST /indicator-links", `{"local":"C-FAM-001","level":"national","upper":"托管班（模拟）",
		"upper_unit":"%","relation":"unit","difference":"国家报比例（模拟）","conversion":"不可换算"}`)
	w.may("Kl", "office", "GET /indicator-links/{K}", "")
	w.may("K", "office", "POST /indicator-links/{K}", `{"version":{Kl.link.version},"upper_target":"70%（模拟）"}`)
	w.shows("education-liaison", "/indicator-links/{K}", "70%（模拟）", "不可换算")
	w.shows("office", "/indicator-links?relation=unit", "托管班（模拟）")
	w.may("", "office", "POST /indicator-links/{K}/remove", `{"version":{K.version},"reason":"国家已不用（模拟）"}`)
	w.hides("education-liaison", w.filled("/indicator-links/{K}/remove"))
}

func (w *whole) systemBySex() {
	w.may("Sx", "office", "GET /sex-duties", "")
	taken := map[string]bool{}
	for _, one := range dig(w.answers["Sx"], "duties").([]any) {
		taken[dig(one, "element").(string)] = true
	}
	element := ""
	for _, one := range []string{"CHILD_CARE", "FIT_TESTED", "FIT_GOOD", "OUTDOOR", "SAFE_TAUGHT", "CHILD_INS"} {
		if !taken[one] {
			element = one
		}
	}
	duty := fmt.Sprintf(`{"element":"%s","unit":"SF-EDU","should":"yes","now":"no"`, element)
	w.mayNot(422, "障碍", "office", "POST /sex-duties", duty+`}`)
	w.may("X", "office", "POST /sex-duties", duty+`,"obstacle":"没有这一栏（模拟）"}`)
	w.mayNot(403, "", "health-liaison", "POST /sex-duties/{X}/report", `{"version":{X.version},"now":"yes"}`)
	w.may("X", "education-liaison", "POST /sex-duties/{X}/report",
		`{"version":{X.version},"now":"partly","obstacle":"只有公办的（模拟）","target_year":"2025"}`)
	w.shows("office", "/sex-duties/{X}", "只有公办的（模拟）", "2025")
	w.may("X", "office", "POST /sex-duties/{X}", `{"version":{X.version},"now":"yes","regime":"演示〔2024〕4号",
		"obstacle":""}`)
	w.shows("education-liaison", "/sex-duties/{X}", "已完成")
	for _, path := range []string{"/sex-duties", "/indicator-links", "/no-data"} {
		paper := w.browses("office", "GET", path+"/document", "*/*", "", nil)
		if paper.Code != 200 || !strings.HasPrefix(paper.Body.String(), "PK") {
			w.t.Errorf("the paper of %s is %d", path, paper.Code)
		}
	}
}

// proposals are one of each kind, but for a drop and a new one, by number.
var proposals = []string{
	`"action":"redefine","indicator":"C-EDU-001","formula":"KINDER / AGE0_6 * 100","definition":"新的分母（模拟）"`,
	`"action":"rename","indicator":"C-FAM-001","name":"工会托管班数（模拟）","name_en":"Union classes (demo)"`,
	`"action":"change_source","indicator":"C-ENV-003","source_unit":"SF-EDU"`,
	`"action":"recalibre","indicator":"C-SAF-003","calibre":"REGISTERED"`,
	`"action":"split","indicator":"C-HEA-002","new":"C-HEA-006","name":"女生体质健康优良率（模拟）","measured_in":"%",
		"decimals":"1","direction":"1","source_unit":"SF-EDU","definition":"只看女生（模拟）"`,
	`"action":"merge","indicator":"C-WEL-004","with":["C-WEL-003"],"definition":"两个合成一个（模拟）"`,
	`"action":"make_qualitative","indicator":"C-LAW-002","definition":"看做法，分三档（模拟）"`,
	`"action":"keep","indicator":"C-EDU-004"`,
	`"action":"rename","indicator":"C-EDU-005","name":"写错了（模拟）"`,
	`"action":"add","goal":"5.1","new":"C-FAM-003","name":"亲子阅读家庭比例（模拟）","measured_in":"%","decimals":"1",
		"direction":"1","source_unit":"SF-WOF","definition":"每周至少一次（模拟）"`,
}

func (w *whole) systemProposed() {
	w.may("V", "office", "POST /revisions", `{"title":"儿童指标修订（模拟）","plan":"SF-C21","reason":"对齐（模拟）"}`)
	propose := func(number int, what, year string) string {
		return fmt.Sprintf(`{"version":{V.version},%s,"number":%d,"effective":"%s","evidence":"对齐（模拟）"}`, what,
			number, year)
	}
	const step = "POST /revisions/{V}/proposal"
	w.mayNot(422, "已经审核通过或公开", "office", step, propose(0, proposals[0], "2023"))
	w.mayNot(422, "NOPE不存在", "office", step, propose(0, `"action":"redefine","indicator":"C-EDU-001",
		"formula":"KINDER / NOPE"`, "2024"))
	for _, what := range proposals {
		w.may("V", "office", step, propose(0, what, "2024"))
	}
	w.mayNot(422, "提议1已经改", "office", step, propose(0, proposals[0], "2024"))
	w.may("V", "office", "POST /revisions/{V}/remove", `{"version":{V.version},"number":9}`)
	w.may("V", "office", "POST /revisions/{V}/edit", `{"version":{V.version},"title":"儿童规划指标修订（模拟）"}`)
	w.shows("office", "/revisions/{V}", "儿童规划指标修订（模拟）", "改前", "改后", "新的分母（模拟）", "前后不可比",
		"两个合成一个（模拟）", "看做法，分三档（模拟）", "女生体质健康优良率（模拟）")
}

func (w *whole) systemAsked() {
	w.may("Vp", "office", "GET /revisions/{V}", "")
	w.may("V", "office", "POST /revisions/{V}/consult", `{"version":{V.version},
		"unit":["SF-EDU","SF-CIV","990101-WCCO"],"due":"2024-04-10","reviewer":"{Vp.reviewers.1.id}"}`)
	w.may("Vq", "office", "GET /revisions/{V}", "")
	w.may("Vr", "office", "GET /requests/{Vq.revision.request}", "")
	w.on("2024-03-20")
	text := "/opinions/{Vq.revision.opinions}"
	w.may("T", "education-liaison", "GET "+text, "")
	w.may("O", "education-liaison", "POST "+text+"/opinions", `{"paragraph":"{T.edition.paragraphs.0.id}",
		"kind":"content","weight":"must","reason":"分母写清楚（模拟）","shown_as":"role","next":"file"}`)
	people := map[string]string{"SF-EDU": "education-liaison", "SF-CIV": "civil-affairs-liaison",
		"990101-WCCO": "dongling-office"}
	for i, one := range dig(w.answers["Vr"], "answers").([]any) {
		login, at := people[dig(one, "unit").(string)], w.filled(fmt.Sprintf("{Vr.answers.%d.id}", i))
		w.may("A", login, "POST /answers/"+at+"/receive", "")
		w.may("Aq", login, "GET /answers/"+at, "")
		choices, none := []string{}, []string{}
		for _, q := range dig(w.answers["Aq"], "questions").([]any) {
			number := w.text(dig(q, "number"), "number")
			if dig(q, "kind") == "choice" {
				choices = append(choices, fmt.Sprintf("%q:%q", number, "同意"))
			} else {
				none = append(none, fmt.Sprintf("%q:%q", number, "没有修改意见"))
			}
		}
		w.may("A", login, "POST /answers/"+at+"/draft", `{"version":{A.version},"choice":{`+
			strings.Join(choices, ",")+`},"none":{`+strings.Join(none, ",")+`}}`)
		w.may("A", login, "POST /answers/"+at+"/submit", `{"version":{A.version}}`)
	}
	w.mayNot(409, "必须修改", "office", "POST /revisions/{V}/settle", `{"version":{V.version}}`)
	w.shows("office", "/revisions/{V}", "1条“必须修改”未回应")
	w.may("V", "office", "POST /revisions/{V}/proposal", `{"version":{V.version},"number":1,"action":"redefine",
		"indicator":"C-EDU-001","definition":"零至六岁儿童作分母（模拟）","evidence":"照意见写清楚（模拟）"}`)
	w.may("O", "office", "POST "+text+"/opinions/{O}/reply", `{"version":{O.version},"verdict":"partly",
		"reply":"已写明（模拟）","changed_text":"零至六岁儿童作分母（模拟）"}`)
	w.may("V", "office", "POST /revisions/{V}/settle", `{"version":{V.version}}`)
}

func (w *whole) systemDecided() {
	w.plenary("P", "2024-04-26", "审议儿童指标修订（模拟）")
	verdicts := []string{}
	for _, number := range []int{1, 2, 3, 4, 5, 6, 7, 8, 10} {
		verdict := "passed"
		if number == 3 {
			verdict = "back"
		}
		verdicts = append(verdicts, fmt.Sprintf(`"%d":"%s"`, number, verdict))
	}
	decide := `{"version":{V.version},"meeting":"{P}","verdicts":{` + strings.Join(verdicts, ",") + `}`
	w.mayNot(422, "退回的请写明为什么", "office", "POST /revisions/{V}/decide", decide+`}`)
	w.may("V", "office", "POST /revisions/{V}/decide", decide+`,"remarks":{"3":"交接没有办完（模拟）"}}`)
	w.may("Vd", "office", "GET /revisions/{V}", "")
	w.holds("Vd", "revision.state", "applied")
	w.shows("education-liaison", "/revisions/{V}", "交接没有办完（模拟）", "2024-04-26")
	w.hides("office", w.filled("/revisions/{V}/withdraw"))
}

func (w *whole) systemAfter() {
	w.shows("office", "/indicators/C-EDU-001", "零至六岁儿童作分母（模拟）", "2024")
	w.shows("office", "/indicators/C-FAM-001", "工会托管班数（模拟）")
	w.shows("office", "/indicators/C-HEA-006", "女生体质健康优良率（模拟）")
	w.shows("office", "/indicators/C-LAW-002", "看做法，分三档（模拟）")
	w.may("I", "office", "GET /indicators/C-ENV-003", "")
	w.holds("I", "indicator.source_unit", "SF-CUL") // sent back
	for _, year := range []string{"2023", "2024"} {
		w.may("B", "office", "GET /board?plan=SF-C21&year="+year, "")
		if has := strings.Contains(said(w.answers["B"]), `"C-WEL-003"`); has != (year == "2023") {
			w.t.Errorf("the board of %s has what was merged away: %t", year, has)
		}
	}
	w.may("H2", "office", "GET /health?plan=SF-C21", "")
	paper := w.browses("office", "GET", w.filled("/revisions/{V}/document"), "*/*", "", nil)
	if paper.Code != 200 || !strings.HasPrefix(paper.Body.String(), "PK") {
		w.t.Errorf("the note of the revision is %d", paper.Code)
	}
	w.shows("office", "/no-data?state=proposed")
}

func (w *whole) systemWithdrawn() {
	w.may("W", "office", "POST /revisions", `{"title":"不要了（模拟）","plan":"SF-C21","reason":"试试（模拟）"}`)
	w.may("W", "office", "POST /revisions/{W}/proposal", `{"version":{W.version},"number":0,"action":"rename",
		"indicator":"C-EDU-005","name":"新名（模拟）","effective":"2025","evidence":"依据（模拟）"}`)
	w.mayNot(422, "请写明原因", "office", "POST /revisions/{W}/withdraw", `{"version":{W.version},"reason":""}`)
	w.may("", "office", "POST /revisions/{W}/withdraw", `{"version":{W.version},"reason":"不合时宜（模拟）"}`)
	w.shows("office", "/revisions/{W}", "已撤回", "不合时宜（模拟）")
}
