package submission_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/submission"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

const phrase = "示范市的签名口令"

// newSite serves the module's pages to the people of a city; the first district's two can sign.
func newSite(c *city) *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	submission.Routes(m, c.secrets, blob.Open(c.t.TempDir()))
	for _, by := range []auth.User{c.first[0], c.second[0]} {
		key, err := account.MakeKey(by, phrase, c.secrets)
		c.must(err)
		c.must(c.update(func(tx *db.Tx) error { return account.AddKey(tx, by, key, c.secrets) }))
	}
	return &webtest.Site{Handler: m.Handler(), DB: c.DB,
		People: map[string]auth.User{"first": c.first[0], "second": c.second[0],
			"other": c.first[1], "office": c.office}}
}

func grid(version int64, filled map[string]string) url.Values {
	form := url.Values{"version": {fmt.Sprint(version)}}
	for key, text := range filled {
		form.Set("cells["+key+"]", text)
	}
	return form
}

func TestPagesFromDraftToReceipt(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		last := c.open(0, "2017")
		c.through(0, last.ID, cells("90", "91", "9", "8"))
		at := c.open(0, "2018").URL()
		s.Run(t,
			webtest.Scenario{As: "first", Path: at, Contains: []string{`data-cell="1.M"`, "上期 90", "2019-01-31",
				"暂缺", "核对并签字", "统计负责人签字"}},
			webtest.Scenario{As: "other", Path: at, Status: 404},
			webtest.Scenario{As: "second", Path: at, Contains: []string{"草稿，尚未签字"},
				NotContains: []string{"data-cell"}},
			webtest.Scenario{As: "first", Path: at + "/draft", Form: grid(1, cells("x", "91", "9", "8")),
				Status: 303, Location: at},
			webtest.Scenario{As: "first", Path: at, Contains: []string{`value="x"`, "请填数字", "is-invalid"}},
			webtest.Scenario{As: "first", Path: at + "/draft", Form: grid(1, cells("100", "91", "9", "8")), Status: 409,
				Contains:    []string{"刚刚保存过这份报表", `value="100"`, "已保存的是：x", `name="version" value="2"`},
				NotContains: []string{`value="x"`}},
			webtest.Scenario{As: "first", Path: at + "/draft", Form: grid(2, map[string]string{"9.M": "1"}),
				Status: 422, Contains: []string{"没有保存"}},
			webtest.Scenario{As: "first", Method: "POST", Path: at + "/draft",
				Body: `{"version":2,"cells":{"1.M":"100"}}`, Contains: []string{`"version":3`}})

		page := s.Check(t, webtest.Scenario{As: "first", Path: at + "/prepare",
			Contains: []string{"核对并签字", "100", "签名口令"}})
		digest := between(page.Body.String(), `name="digest" value="`, `"`)
		sign := func(digest, phrase string) url.Values { return url.Values{"digest": {digest}, "phrase": {phrase}} }
		step := func(version string) url.Values { return url.Values{"version": {version}} }
		s.Run(t,
			webtest.Scenario{As: "first", Path: at + "/prepare", Form: sign(digest, "wrong phrase"), Status: 422,
				Contains: []string{"签名口令不正确", "还可以试4次"}},
			webtest.Scenario{As: "first", Path: at + "/prepare", Form: sign("0", phrase), Status: 409,
				Contains: []string{"没有签字"}},
			webtest.Scenario{As: "first", Path: at + "/prepare", Form: sign(digest, phrase), Status: 303, Location: at},
			webtest.Scenario{As: "first", Path: at, Contains: []string{"第1版内容", "已冻结", "签名有效", "尚未签字"}},
			webtest.Scenario{As: "second", Path: at + "/sign", Form: sign(digest, phrase), Status: 303, Location: at},
			webtest.Scenario{As: "second", Path: at + "/accept", Form: step("5"), Status: 403},
			webtest.Scenario{As: "office", Path: at,
				Contains: []string{"两个签名出自不同的两个人", "+10（+11.1%）", "退回原因"}},
			webtest.Scenario{As: "office", Path: at + "/return", Form: step("5"), Status: 422,
				Contains: []string{"请写明退回的原因"}},
			webtest.Scenario{As: "office", Path: at + "/accept", Form: step("4"), Status: 409,
				Contains: []string{"刷新"}},
			webtest.Scenario{As: "office", Path: at + "/accept", Form: step("5"), Status: 303, Location: at},
			webtest.Scenario{As: "first", Path: at, Contains: []string{"已审核通过", "修订", "办理记录"}},
			webtest.Scenario{As: "first", Path: at + "/receipt",
				Contains: []string{"<svg", digest, "打印", "第二签字人"}},
			webtest.Scenario{As: "other", Path: at + "/receipt", Status: 404},
			webtest.Scenario{As: "office", Path: "/submissions?period=2018&state=accepted",
				Contains: []string{"东山区卫生健康委", "已审核通过"}},
			webtest.Scenario{As: "other", Path: "/submissions", Contains: []string{"没有报表"}},
			webtest.Scenario{As: "office", Path: "/submissions?period=soon", Status: 422},
			webtest.Scenario{As: "office", Path: "/submissions?state=acepted", Status: 422, JSON: true,
				Contains: []string{`"state":"没有“acepted”这个选项`}},
			webtest.Scenario{As: "office", Path: "/submissions?form=none", Status: 422, JSON: true,
				Contains: []string{`"form":`}},
			webtest.Scenario{As: "office", Path: "/submissions?unit=none", Status: 422, JSON: true,
				Contains: []string{`"unit":`}},
			webtest.Scenario{As: "office", Path: "/submissions?area=none", Status: 422, JSON: true,
				Contains: []string{`"area":`}},
			webtest.Scenario{As: "office", Path: "/submissions?stat=accepted", Status: 422, JSON: true,
				Contains: []string{`"stat":`}},
			webtest.Scenario{As: "office", Path: "/submissions?format=csv",
				Contains: []string{"婚前医学检查情况,PME,东山区卫生健康委,health1,东山区,990101,2018,已审核通过,2019-01-31,"}})
		receipt := s.Check(t, webtest.Scenario{As: "first", Path: at + "/receipt?format=json"}).Body.Bytes()
		if result := submission.VerifyReceipt(receipt, string(c.issuer)); !result.Valid {
			t.Errorf("the downloaded receipt is not valid: %s", result)
		}
		s.Run(t,
			webtest.Scenario{As: "first", Path: at + "/amend",
				Form: url.Values{"version": {"6"}, "reason": {"漏报一户"}}, Status: 303, Location: at},
			webtest.Scenario{As: "first", Path: at + "/draft",
				Form: grid(7, map[string]string{"1.M": "101"}), Status: 303},
			webtest.Scenario{As: "first", Path: at, Contains: []string{"修订原因", "漏报一户", "与现行有效版本的差别",
				"<del>100</del>", "<ins>101</ins>"}})
		page = s.Check(t, webtest.Scenario{As: "first", Path: at + "/prepare"})
		digest = between(page.Body.String(), `name="digest" value="`, `"`)
		s.Run(t,
			webtest.Scenario{As: "first", Path: at + "/prepare", Form: sign(digest, phrase), Status: 303},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"第2版内容", "以前的版本", "<del>100</del>"}},
			webtest.Scenario{As: "second", Path: at + "/return",
				Form: url.Values{"version": {"9"}, "reason": {"再核一次"}}, Status: 303},
			webtest.Scenario{As: "first", Path: at, Contains: []string{"退回原因", "再核一次"}})
		var shown struct{ Actions []string }
		err := json.Unmarshal(s.Check(t, webtest.Scenario{As: "first", Path: at, JSON: true}).Body.Bytes(), &shown)
		if err != nil || !slices.Equal(shown.Actions, []string{submission.VerbEdit, submission.VerbPrepare}) {
			t.Errorf("a program is told that it may %v, %v", shown.Actions, err)
		}
	})
}

func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, _ := strings.Cut(rest, after)
	return found
}

func TestFormByExcel(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		sub := c.open(0, "2018")
		at := sub.URL()
		c.must(c.save(c.first[0], sub.ID, cells("5", "6", "", "1")))
		file := s.Check(t, webtest.Scenario{As: "first", Path: at + "/sheet"})
		if name := file.Header().Get("Content-Disposition"); !strings.Contains(name, ".xlsx") {
			t.Errorf("the file is called %s", name)
		}
		filled := func(s submission.Submission, cells map[string]string) []byte {
			s.Typed.Cells = cells
			var b bytes.Buffer
			c.must(s.Sheet().WriteXLSX(&b))
			return b.Bytes()
		}
		upload := func(status int, file []byte, words ...string) string {
			t.Helper()
			answer := s.Check(t, webtest.Scenario{As: "first", Path: at + "/sheet",
				Form: grid(c.get(sub.ID).Version, nil), File: file, Status: status, Contains: words})
			flash, err := url.QueryUnescape(between(answer.Header().Get("Set-Cookie"), "flash=", ";"))
			c.must(err)
			return flash
		}
		flash := upload(303, filled(sub, map[string]string{"1.M": "１０", "2.M": "三", "2.F": "不适用"}))
		if !strings.Contains(flash, "读入3格") || !strings.Contains(flash, "1格要改：D") {
			t.Errorf("after the upload the page says %q", flash)
		}
		kept := s.Check(t, webtest.Scenario{As: "first", Path: at, Contains: []string{"上传的原始表格"}}).Body.String()
		original := s.Check(t, webtest.Scenario{As: "first", Path: at + "/files/" + between(kept, at+"/files/", `"`)})
		if !bytes.Equal(original.Body.Bytes(),
			filled(sub, map[string]string{"1.M": "１０", "2.M": "三", "2.F": "不适用"})) {
			t.Error("the uploaded workbook does not come back as it was")
		}
		s.Check(t, webtest.Scenario{As: "other", Path: at + "/files/" + between(kept, at+"/files/", `"`), Status: 404})
		got := c.get(sub.ID).Typed.Cells
		if got["1.M"] != "１０" || got["1.F"] != "6" || got["2.M"] != "三" || got["2.F"] != "不适用" {
			t.Errorf("after the upload the draft is %v", got)
		}
		s.Check(t, webtest.Scenario{As: "first", Path: at + "?check=true", Contains: []string{"请填数字"}})
		upload(422, filled(c.open(1, "2018"), cells("1", "1", "1", "1")), "单元格A", "西河区")
		upload(422, []byte("no workbook"), "Excel")
		upload(422, []byte{}, "请选择填好的Excel文件")
		upload(422, make([]byte, 21<<20), "文件太大：最大20 MB")
		if now := c.get(sub.ID).Typed.Cells; now["2.M"] != "三" {
			t.Errorf("a refused upload changed the draft: %v", now)
		}
	})
}
