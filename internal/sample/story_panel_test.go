package sample_test

// A panel on what a joint research of a key difficult issue reported, by pages from the issue to its result there:
// experts are engaged for the issue, read, write each alone, see the others' once all have filed; the head concludes.

import (
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

func TestAPanelOnAResearchReport(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		w.on("2024-03-18")
		w.update(func(tx *db.Tx) error {
			id, err := db.Value[string](tx, `SELECT id FROM issues WHERE state = 'eased'`)
			w.answers["I"] = map[string]any{"id": id}
			return err
		})
		w.reads("office", "/issues/{I}", `"researches"`)
		w.leads("office", "/issues/{I}", "/panels?about=issue/{I}", "/panels/new?about=issue")
		w.leads("office", "/issues/{I}", "/engagements/new?about=issue/{I}")
		for _, one := range []string{"a", "b", "c"} {
			w.may("E"+one, "office", "POST /engagements", fmt.Sprintf(`{"same":"{expert-%s}","about":"issue/{I}",
				"interests":{"1.kind":"none"},"role":"expert","areas":["990100"],
				"opens_on":"2024-03-18","closes_on":"2024-04-30"}`, one))
			w.may("", "office", "POST /trail/engagement/{E"+one+"}/files", `{"field":"undertaking"}`,
				"file:承诺书.docx:保密")
			w.may("Ev", "office", "GET /engagements/{E"+one+"}", "")
			w.may("", "office", "POST /engagements/{E"+one+"}/start", `{"version":{Ev.engagement.version}}`)
		}
		call := `{"title":"母婴设施调研报告（模拟）","about":"issue/{I}","author":"SF-HOU","members":["{Ea}","{Eb}"%s],
			"head_of":"{Ea}","quorum":2,"due":"2024-03-29",
			"text":"一、应配未配的集中在客运站。（模拟）\n二、建议先易后难。（模拟）"}`
		w.mayNot(422, "至少", "office", "POST /panels", fmt.Sprintf(call, ""))
		w.may("P", "office", "POST /panels", fmt.Sprintf(call, `,"{Ec}"`))
		w.on("2024-03-19")
		w.leads("expert-a", "/room/{Ea}", "/opinions/{P.text}")
		opinion := `{"paragraph":"%s","kind":"data","weight":"%s","reason":"注明年份%s。（模拟）",
			"suggestion":"注明年份（模拟）","shown_as":"name","next":"file"}`
		w.mayNot(422, "", "expert-a", "POST /opinions/{P.text}/opinions", strings.Replace(fmt.Sprintf(opinion, "p1",
			"must", ""), "注明年份。（模拟）", " ", 1))
		w.may("Oa", "expert-a", "POST /opinions/{P.text}/opinions", fmt.Sprintf(opinion, "p1", "must", "甲"))
		w.may("Ob", "expert-b", "POST /opinions/{P.text}/opinions", fmt.Sprintf(opinion, "p2", "advise", "乙"))
		w.may("seen", "expert-c", "GET /opinions/{P.text}", "")
		if w.says("seen", "注明年份") {
			t.Error("an expert reads what others filed before all have filed")
		}
		for _, one := range []string{"a", "b", "c"} {
			w.may("", "expert-"+one, "POST /opinions/{P.text}/finish", "{}")
		}
		w.reads("expert-c", "/opinions/{P.text}", "注明年份甲", "注明年份乙")
		for _, one := range []string{"a", "b"} {
			w.may("O"+one, "office", "POST /opinions/{P.text}/opinions/{O"+one+"}/reply",
				`{"version":{O`+one+`.version},"verdict":"adopted",
				"changed_text":"2023年应配未配的集中在客运站（模拟）"}`)
			w.may("", "expert-"+one, "POST /opinions/{P.text}/opinions/{O"+one+"}/settle",
				`{"version":{O`+one+`.version}}`)
		}
		end := `{"version":{P.version},"conclusion":"agree_after_changes","statement":"如实、可行。（模拟）",
			"present":[%s]}`
		w.mayNot(422, "", "expert-a", "POST /panels/{P}/conclude", fmt.Sprintf(end, `"{Ea}"`))
		w.may("P", "expert-a", "POST /panels/{P}/conclude", fmt.Sprintf(end, `"{Ea}","{Eb}","{Ec}"`))
		w.may("P", "office", "POST /panels/{P}/sign", `{"version":{P.version}}`, "scan:论证意见.docx:三人签名")
		w.may("page", "office", "GET /issues/{I}", "")
		page := w.browses("office", "GET", w.filled("/issues/{I}"), "text/html", "", nil).Body.String()
		if !strings.Contains(page, w.filled("/panels/{P}")) || !strings.Contains(page, "修改后通过") {
			t.Error("the issue does not show what the panel concluded")
		}
		clean(t, d)
	})
}

// leads looks that each page of a way is a link of the one before, as somebody sees it.
func (w *whole) leads(login, from string, way ...string) {
	w.t.Helper()
	for _, to := range way {
		page := w.browses(login, "GET", w.filled(from), "text/html", "", nil).Body.String()
		if !strings.Contains(page, `href="`+w.filled(to)) && !strings.Contains(page, `href="`+strings.ReplaceAll(
			w.filled(to), "/", "%2F")) {
			w.t.Errorf("%s is not led from %s to %s", login, w.filled(from), w.filled(to))
		}
		from = to
	}
}
