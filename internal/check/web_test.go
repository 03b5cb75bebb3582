package check_test

// A text or file is checked on the page, as JSON, CSV and Word, corrected and deleted; other units see none of it. Its
// each is the site of the package's page tests, on the sample of Beijing.

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

const draft = `2018年工作总结
2018年，全市婚前医学检查率达到16.5%，比2017年提高3.74个百分点。2017年全市婚前医学检查率为12.76%，2016年为11.09%。
根据“十三五”规划，编印读物三万二千余册。
指标	2018年
婚前医学检查率	16.5%
`

// newSite serves the module's pages to the people of the sample city.
func newSite(t *testing.T, d *db.DB) *webtest.Site {
	t.Helper()
	m := web.NewMux(web.Config{DB: d, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	check.Routes(m, blob.Open(t.TempDir()))
	site := &webtest.Site{Handler: m.Handler(), DB: d, People: map[string]auth.User{}}
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		accounts, err := account.List(tx)
		for _, a := range accounts {
			if site.People[a.Login], err = account.UserOf(tx, a.PersonID); err != nil {
				return err
			}
		}
		return err
	}))
	return site
}

func each(t *testing.T, test func(t *testing.T, s *webtest.Site)) {
	t.Parallel()
	sampletest.Beijing.Each(t, func(t *testing.T, d *db.DB) { test(t, newSite(t, d)) })
}

// send has a text checked and returns the address of its page.
func send(t *testing.T, s *webtest.Site, form url.Values, file []byte) string {
	t.Helper()
	w := s.Check(t, webtest.Scenario{As: "office", Method: "POST", Path: "/checks",
		Form: form, File: file, Status: 303})
	return w.Header().Get("Location")
}

type checked struct {
	ID, Name string
	Figures  []struct {
		Start, End                            int
		Text, Kind, Value, Unit, Verdict, Why string
		Indicator, Expected, Proof            string
	}
}

func read(t *testing.T, s *webtest.Site, at string) (a checked) {
	t.Helper()
	must(t, json.Unmarshal(s.Check(t, webtest.Scenario{As: "office", Path: at, JSON: true}).Body.Bytes(), &a))
	return a
}

// verdicts are those of the statistics, in their order.
func verdicts(a checked) (all []string) {
	for _, f := range a.Figures {
		if f.Verdict != "" {
			all = append(all, f.Text+" "+f.Verdict)
		}
	}
	return all
}

func TestPastedText(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/checks",
				Contains: []string{"还没有核对过", `data-upload`, "东城区"}},
			webtest.Scenario{As: "office", Path: "/checks",
				Form: url.Values{"text": {" \n "}, "year": {"1900"}}, Status: 422,
				Contains: []string{"请粘贴文字，或者选择一个文件。", "年份请填1949至2199之间的四位数",
					`value="1900"`, "is-invalid"}},
			webtest.Scenario{As: "office", Path: "/checks",
				Form: url.Values{"text": {"2018年16.5%"}, "area": {"999999"}}, Status: 404},
			webtest.Scenario{As: "office", Path: "/checks", Form: url.Values{"text": {"2018年16.5%"}, "year": {"今年"}},
				Status: 422, Contains: []string{"请填整数", "2018年16.5%", "今年"}})

		at := send(t, s, url.Values{"text": {strings.ReplaceAll(draft, "\n", "\r\n")}}, nil) // as browsers send it
		page := s.Check(t, webtest.Scenario{As: "office", Path: at,
			Contains: []string{"<h1>2018年工作总结</h1>", `mark mark-published`, `mark mark-proven hatched`,
				`mark mark-contradicted`, `mark mark-unknown`, `title="不符：应为11.05%"`, "应为", "11.05%",
				"已审核通过的报表算得11.05%", "<td>", "出处", "改正对应", `<span class="mark-other">`,
				at + "/document", at + "?verdict=contradicted"}}).Body.String()
		if strings.Contains(page, "style=") || strings.Contains(page, "onclick") {
			t.Error("the page has inline styles or scripts, which the content policy forbids")
		}
		s.Run(t,
			webtest.Scenario{As: "office", Path: at + "?verdict=contradicted",
				Contains: []string{`data-filter="contradicted"`, `data-verdict="contradicted" aria-current`}},
			webtest.Scenario{As: "office", Path: at + "?verdict=wrong", Status: 404},
			webtest.Scenario{As: "office", Path: at + "?others=true", Contains: []string{`class="check check-others"`}},
			webtest.Scenario{As: "office", Path: "/checks", Contains: []string{"2018年工作总结", "市妇儿工委办",
				strconv.Itoa(utf8.RuneCountInString(draft))}},
			webtest.Scenario{As: "office", Path: "/checks?format=csv",
				Contains: []string{"编号,名称,提交人,时间,字数,地区代码,年份", ",2018年工作总结,"}},
			webtest.Scenario{As: "office", Path: at + "?format=csv", Contains: []string{
				"核对结果,核对结果代码,指标代码,应为,理由,出处,改正单位,改正人,改正时间",
				",不符,contradicted,W-HEA-007,11.05,已审核通过的报表算得11.05%,"}},
			webtest.Scenario{As: "office", Path: at + "?format=csv&verdict=proven",
				NotContains: []string{"contradicted"}},
			webtest.Scenario{As: "chaoyang-statistician", Path: at, Status: 404},
			webtest.Scenario{As: "chaoyang-statistician", Path: at + "/document", Status: 404},
			webtest.Scenario{As: "chaoyang-statistician", Path: "/checks", Contains: []string{"还没有核对过"}},
			webtest.Scenario{As: "chaoyang-statistician", Path: at + "/delete",
				Form: url.Values{"version": {"1"}}, Status: 404},
			webtest.Scenario{As: "audit", Path: "/checks", Status: 403})

		a := read(t, s, at)
		if got, want := verdicts(a), []string{"16.5% published", "3.74个百分点 published", "12.76% proven",
			"11.09% contradicted", "三万二千余册 unknown", "16.5% published"}; !slices.Equal(got, want) {
			t.Errorf("verdicts are\n%q, want\n%q", got, want)
		}
		for _, f := range a.Figures {
			if text := string([]rune(draft)[f.Start:f.End]); !strings.Contains(text, f.Text) {
				t.Errorf("figure %q is said to be at %q", f.Text, text)
			}
		}
		s.Run(t,
			webtest.Scenario{As: "office", Path: at + "/delete", Form: url.Values{"version": {"7"}}, Status: 409},
			webtest.Scenario{As: "office", Path: at + "/delete", Form: url.Values{"version": {"1"}},
				Status: 303, Location: "/checks"},
			webtest.Scenario{As: "office", Path: at, Status: 404})
	})
}

func TestCorrection(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		at := send(t, s, url.Values{"text": {draft}}, nil)
		var start string
		for _, f := range read(t, s, at).Figures {
			if f.Verdict == "contradicted" {
				start = strconv.Itoa(f.Start)
			}
		}
		figure := at + "/figures/" + start
		verdict := func() string {
			for _, f := range read(t, s, at).Figures {
				if strconv.Itoa(f.Start) == start {
					return f.Verdict
				}
			}
			return "gone"
		}
		s.Run(t,
			webtest.Scenario{As: "office", Path: at + "?start=" + start + "&edit=true",
				Contains: []string{`action="` + figure + `/correct"`, "这个数字说的是…", "[W-HEA-007]"}},
			webtest.Scenario{As: "office", Path: figure + "/correct",
				Form: url.Values{"indicator": {"没有这一项"}, "period": {"2016年"}}, Status: 422,
				Contains: []string{"请从列表里选一项指标", "期间请写成", `value="没有这一项"`,
					`action="` + figure + `/correct"`}},
			webtest.Scenario{As: "office", Path: figure + "/correct",
				Form: url.Values{"none": {"true"}, "verdict": {"contradicted"}}, Status: 303,
				Location: at + "?verdict=contradicted&start=" + start + "#f-" + start})
		if v := verdict(); v != "unknown" {
			t.Errorf("a figure that is said to be none of our indicators is %s", v)
		}
		s.Run(t, webtest.Scenario{As: "office", Path: at + "?start=" + start,
			Contains: []string{"已人工改正", "恢复自动核对", "is-selected"}},
			webtest.Scenario{As: "office", Path: figure + "/correct",
				Form: url.Values{"indicator": {"婚前医学检查率 [W-HEA-007]"}, "period": {"2017"}}, Status: 303})
		a := read(t, s, at)
		for _, f := range a.Figures {
			if strconv.Itoa(f.Start) == start && (f.Verdict != "contradicted" || f.Expected != "12.76") {
				t.Errorf("held against another year, the figure is %s, expected %s", f.Verdict, f.Expected)
			}
		}
		s.Run(t, webtest.Scenario{As: "office", Path: figure + "/uncorrect", Form: url.Values{}, Method: "POST",
			Status: 303, Location: at + "?start=" + start + "#f-" + start})
		if v := verdict(); v != "contradicted" {
			t.Errorf("after taking the correction back the figure is %s", v)
		}
		s.Run(t, webtest.Scenario{As: "office", Path: at, NotContains: []string{"已人工改正"}},
			webtest.Scenario{As: "office", Path: at + "/figures/1/correct",
				Form: url.Values{"none": {"true"}}, Status: 404},
			webtest.Scenario{As: "chaoyang-statistician", Path: figure + "/correct",
				Form: url.Values{"none": {"true"}}, Status: 404})
	})
}

// A leader checks texts but says nothing about what figures mean: that is the office's and the statisticians'
// knowledge.
func TestWhoMayCorrect(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		w := s.Check(t, webtest.Scenario{As: "chaoyang-leader", Method: "POST", Path: "/checks",
			Body:     `{"text":"2017年，全市婚前医学检查率为12.76%。","name":"发言稿","year":2017}`,
			Contains: []string{`"id"`, `"location":"/checks/`}})
		var at struct{ ID, Location string }
		must(t, json.Unmarshal(w.Body.Bytes(), &at))
		s.Run(t,
			webtest.Scenario{As: "chaoyang-leader", Path: at.Location,
				Contains:    []string{"发言稿", "mark-proven", "删除"},
				NotContains: []string{"改正对应", "correct-form", "check-terms"}},
			webtest.Scenario{As: "chaoyang-leader", Path: at.Location + "/figures/15/correct",
				Form: url.Values{"none": {"true"}}, Status: 403},
			webtest.Scenario{As: "chaoyang-statistician", Path: at.Location, Contains: []string{"改正对应"}},
			webtest.Scenario{As: "office", Path: at.Location, Status: 404},
			webtest.Scenario{As: "chaoyang-leader", Method: "POST", Path: "/checks", Body: `{"text":""}`, Status: 422,
				Contains: []string{`"fields":{"text"`}})
	})
}

func TestUploadedDocument(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/checks",
				Form: url.Values{"text": {"已经粘贴的文字"}, "year": {"2018"}}, File: []byte("%PDF-1.7"), Status: 422,
				Contains: []string{"这是版式文件", "已经粘贴的文字", `value="2018"`, `id="e-file"`}},
			webtest.Scenario{As: "office", Path: "/checks", Form: url.Values{},
				File: []byte(strings.Repeat("长", document.MaxText+1)), Status: 422, Contains: []string{"200万字"}})

		var original bytes.Buffer
		_, err := document.Marked(&original, "", draft, nil, time.Now())
		must(t, err)
		at := send(t, s, url.Values{"text": {"文件优先于粘贴的文字，99%"}}, original.Bytes())
		if got := verdicts(read(t, s, at)); !slices.Contains(got, "11.09% contradicted") ||
			slices.Contains(got, "99% unknown") {
			t.Errorf("figures of the uploaded document are %q", got)
		}
		file := s.Check(t, webtest.Scenario{As: "office", Path: at + "/document"})
		body := file.Body.Bytes()
		lines, err := document.Read(bytes.NewReader(body), int64(len(body)))
		if err != nil || !strings.Contains(strings.Join(lines, "\n"), "全市婚前医学检查率达到16.5%") {
			t.Errorf("the commented document says %q, %v", lines, err)
		}
		comments := part(t, body, "word/comments.xml")
		for _, want := range []string{"不符", "应为：11.05%", "已审核通过的报表算得11.05%", "http://example.com/",
			"演示样稿", "共核对6个数字"} {
			if !strings.Contains(comments, want) {
				t.Errorf("the comments do not say %q: %s", want, comments)
			}
		}
		if strings.Contains(comments, "没有认出它是哪一项指标") {
			t.Error("an unknown figure has a comment that nobody asked for")
		}
		if all := s.Check(t, webtest.Scenario{As: "office",
			Path: at + "/document?all=true"}).Body.Bytes(); !strings.Contains(part(t, all, "word/comments.xml"),
			"没有认出它是哪一项指标") {
			t.Error("with all=true an unknown figure has no comment")
		}

		pasted := send(t, s, url.Values{"text": {draft}}, nil)
		body = s.Check(t, webtest.Scenario{As: "office", Path: pasted + "/document"}).Body.Bytes()
		if !strings.Contains(part(t, body, "word/document.xml"), "演示样稿") {
			t.Error("a plain document of a sample does not say that it is one")
		}
	})
}
