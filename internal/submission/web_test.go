package submission_test

// The pages of a report from its draft to its receipt, in the browser, as a workbook and for a program; what two type
// at once is merged cell by cell. Its newSite serves the package's other page tests.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/submission"
	"yipanqi/internal/table"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

const phrase = "示范市的签名口令"

// newSite serves the module's pages to the people of a city; the first district's two can sign.
func newSite(c *city) *webtest.Site { return newSiteAt(c, "") }

func newSiteAt(c *city, base string) *webtest.Site {
	m := web.NewMux(web.Config{BaseURL: base, DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	files := blob.Open(c.t.TempDir())
	submission.Routes(m, c.secrets, files, nil)
	trail.Routes(m, files, []trail.Place{submission.Trail(), submission.ScanTrail()})
	for _, by := range []auth.User{c.first[0], c.second[0]} {
		key, err := account.MakeKey(by, phrase, c.secrets)
		c.must(err)
		c.must(c.update(func(tx *db.Tx) error { return account.AddKey(tx, by, key, c.secrets) }))
		c.keys[by.ID], err = account.Unlock(context.Background(), c.DB, by, phrase, c.secrets) // the old one is retired
		c.must(err)
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
				Contains: []string{"刚刚保存过这份报表，有1格", `value="100"`, "存的是“x”，您填的是“100”。",
					`name="version" value="2"`, `name="was[1.M]" value="x"`}},
			webtest.Scenario{As: "first", Path: at + "/draft", Status: 409, // 1.M left alone, 1.F changed by both
				Form: url.Values{"version": {"1"}, "cells[1.M]": {""}, "was[1.M]": {""}, "cells[1.F]": {"92"},
					"was[1.F]": {""}}, Contains: []string{`name="cells[1.M]" value="x"`, `value="92"`, "存的是“91”"}},
			webtest.Scenario{As: "first", Path: at + "/draft", Form: grid(2, map[string]string{"9.M": "1"}),
				Status: 422, Contains: []string{"没有保存"}},
			// a cell that there is not, nobody else has saved
			webtest.Scenario{As: "first", Path: at + "/draft", JSON: true, Form: grid(1, map[string]string{"9.M": "1"}),
				Status: 422, Contains: []string{`"cells[9.M]":"本表没有这一格`}, NotContains: []string{"存的是"}},
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
				Contains: []string{"两个签名出自不同的两个人", "+10（+11.1%）", "退回原因", "审核期限",
					"签字齐后5个工作日（期限待确认）", `href="/holidays?year=`}},
			webtest.Scenario{As: "office", Path: at + "/return", Form: step("5"), Status: 422,
				Contains: []string{"请写明退回的原因"}},
			webtest.Scenario{As: "office", Path: at + "/accept", Form: step("4"), Status: 409,
				Contains: []string{"刷新"}},
			webtest.Scenario{As: "office", Path: at + "/accept", Form: step("5"), Status: 303, Location: at},
			webtest.Scenario{As: "first", Path: at, Contains: []string{"已审核通过", "修订", "办理记录"}},
			webtest.Scenario{As: "first", Path: at + "/receipt",
				Contains: []string{"<svg", digest, "打印", "单位负责人"}},
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
				Contains: []string{"婚前医学检查情况,PME,东山区卫生健康委,health1,东山区,990101,2018," +
					"已审核通过,密钥双签,2019-01-31,"}})
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
			webtest.Scenario{As: "office", Path: at, Contains: []string{"第2版内容", "其他版本", "<del>100</del>"}},
			webtest.Scenario{As: "second", Path: at + "/return",
				Form: url.Values{"version": {"9"}, "reason": {"再核一次"}}, Status: 303},
			webtest.Scenario{As: "first", Path: at, Contains: []string{"退回原因", "再核一次"}})
		var shown struct{ Actions []string }
		err := json.Unmarshal(s.Check(t, webtest.Scenario{As: "first", Path: at, JSON: true}).Body.Bytes(), &shown)
		if err != nil || !slices.Equal(shown.Actions, []string{submission.VerbEdit, submission.VerbPrepare,
			submission.VerbPrint, submission.VerbDrop}) {
			t.Errorf("a program is told that it may %v, %v", shown.Actions, err)
		}
		s.Run(t,
			webtest.Scenario{As: "first", Path: at + "/drop", Form: step("10"), Status: 422,
				Contains: []string{"写明原因"}},
			webtest.Scenario{As: "second", Path: at + "/drop", Form: step("10"), Status: 403},
			webtest.Scenario{As: "first", Method: "POST", Path: at + "/drop", Body: `{"version":10,"reason":"不改了"}`,
				Contains: []string{`"state":"accepted"`}},
			webtest.Scenario{As: "first", Path: at, Contains: []string{"第1版内容", "其他版本", "放弃修订", "不改了"},
				NotContains: []string{"修订原因</strong>"}})
	})
}

func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, _ := strings.Cut(rest, after)
	return found
}

// What is typed into the draft as one of the five kinds of nothing goes out in the workbook, and what is typed there
// comes back as that.
func TestFiveKindsOfNothingComeBackFromExcel(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		sub := c.open(0, "2018")
		at := sub.URL() + "/sheet"
		places := map[string]string{"D7": "1.M", "E7": "1.F", "D8": "2.M", "E8": "2.F"}
		for _, typed := range []map[string]string{cells("0", "不适用", "暂缺", "保密 12"),
			cells("450", "暂缺", "0", "不适用")} {
			c.must(c.save(c.first[0], sub.ID, cells("7", "7", "7", "7")))
			f, err := excelize.OpenReader(s.Check(t, webtest.Scenario{As: "first", Path: at}).Body)
			c.must(err)
			for name, key := range places {
				c.must(f.SetCellStr(c.form.Name, name, typed[key]))
			}
			var b bytes.Buffer
			c.must(errors.Join(f.Write(&b), f.Close()))
			s.Check(t, webtest.Scenario{As: "first", Path: at, Form: url.Values{}, File: b.Bytes(), Status: 303})
			if got := c.get(sub.ID).Typed.Cells; !maps.Equal(got, typed) {
				t.Errorf("%v comes back from the workbook as %v", typed, got)
			}
			book, err := table.ReadXLSX(s.Check(t, webtest.Scenario{As: "first", Path: at}).Body.Bytes())
			c.must(err)
			out, err := book.Sheet(c.form.Name)
			c.must(err)
			for name, key := range places {
				if out[name] != typed[key] {
					t.Errorf("%s goes out as %s", typed[key], out[name])
				}
			}
		}
	})
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
		// changed is the workbook as handed out now, with some of its cells filled in anew
		changed := func(cells map[string]string) []byte {
			handed := s.Check(t, webtest.Scenario{As: "first", Path: at + "/sheet"}).Body
			f, err := excelize.OpenReader(handed)
			c.must(err)
			defer f.Close()
			for name, text := range cells {
				c.must(f.SetCellStr(c.form.Name, name, text))
			}
			var b bytes.Buffer
			c.must(f.Write(&b))
			return b.Bytes()
		}
		upload := func(status int, file []byte, words ...string) *httptest.ResponseRecorder {
			t.Helper()
			return s.Check(t, webtest.Scenario{As: "first", Path: at + "/sheet", Form: url.Values{}, File: file,
				Status: status, Contains: words})
		}
		flashOf := func(answer *httptest.ResponseRecorder) string {
			flash, err := url.QueryUnescape(between(answer.Header().Get("Set-Cookie"), "flash=", ";"))
			c.must(err)
			return flash
		}
		first := changed(map[string]string{"D7": "１０", "D8": "三", "E8": "不适用"})
		if flash := flashOf(upload(303, first)); !strings.Contains(flash, "读入4格") ||
			!strings.Contains(flash, "1格要改：D8") || strings.Contains(flash, "清空") {
			t.Errorf("after the upload the page says %q", flash)
		}
		kept := s.Check(t, webtest.Scenario{As: "first", Path: at, Contains: []string{"上传的原始表格"}}).Body.String()
		original := s.Check(t, webtest.Scenario{As: "first", Path: at + "/files/" + between(kept, at+"/files/", `"`)})
		if !bytes.Equal(original.Body.Bytes(), first) {
			t.Error("the uploaded workbook does not come back as it was")
		}
		s.Check(t, webtest.Scenario{As: "other", Path: at + "/files/" + between(kept, at+"/files/", `"`), Status: 404})
		if got := c.get(sub.ID).Typed.Cells; !maps.Equal(got, cells("１０", "6", "三", "不适用")) {
			t.Errorf("after the upload the draft is %v", got)
		}
		s.Check(t, webtest.Scenario{As: "first", Path: at + "?check=true", Contains: []string{"请用阿拉伯数字"}})
		upload(422, filled(c.open(1, "2018"), cells("1", "1", "1", "1")), "单元格A", "西河区")
		upload(422, []byte("no workbook"), "Excel")
		upload(422, []byte{}, "文件是空的（0字节）")
		upload(422, make([]byte, 21<<20), "文件太大：最大20 MB")
		if now := c.get(sub.ID).Typed.Cells; now["2.M"] != "三" {
			t.Errorf("a refused upload changed the draft: %v", now)
		}

		// two cells are cleared in the workbook, one is changed in the draft meanwhile, one in both
		cleared := changed(map[string]string{"D8": "", "E8": "", "D7": "11"})
		c.must(c.save(c.first[0], sub.ID, map[string]string{"1.F": "66", "1.M": "12"}))
		question := upload(303, cleared).Header().Get("Location")
		if now := c.get(sub.ID).Typed.Cells; now["2.M"] != "三" {
			t.Errorf("cells are cleared before the user was asked: %v", now)
		}
		page := s.Check(t, webtest.Scenario{As: "first", Path: question, Contains: []string{"这3格会被改掉", "D8", "三",
			"（空）", "file.xlsx"}}).Body.String()
		s.Check(t, webtest.Scenario{As: "other", Path: question, Status: 404})
		answer := url.Values{"digest": {between(page, `name="digest" value="`, `"`)}, "name": {"file.xlsx"},
			"confirm": {between(page, `name="confirm" value="`, `"`)}}
		stale := url.Values{"digest": answer["digest"], "name": {"file.xlsx"}, "confirm": {"1"}}
		s.Check(t, webtest.Scenario{As: "first", Path: at + "/sheet", Form: stale, Status: 303, Location: question})
		agreed := s.Check(t, webtest.Scenario{As: "first", Path: at + "/sheet", Form: answer, Status: 303})
		if flash := flashOf(agreed); !strings.Contains(flash, "清空了2格") {
			t.Errorf("after the answer the page says %q", flash)
		}
		if now := c.get(sub.ID).Typed.Cells; !maps.Equal(now, map[string]string{"1.M": "11", "1.F": "66"}) {
			t.Errorf("the draft is %v; cleared cells are empty, what the workbook left alone stays", now)
		}
		upload(303, cleared) // once more: nothing is left to ask
	})
}

// Two editors of one draft: each cell is the one's who changed it.
func TestDraftsMergeByCell(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		sub := c.open(0, "2018")
		c.must(c.save(c.first[0], sub.ID, cells("1", "2", "3", "")))
		seen := c.get(sub.ID)
		c.must(c.save(c.first[0], sub.ID, map[string]string{"1.M": "10", "2.M": "30"}))
		saving := func(typed map[string]string) error {
			return c.update(func(tx *db.Tx) error {
				_, err := submission.SaveDraft(tx, c.both, sub.ID, seen.Version, submission.Typed{Cells: typed},
					map[string]string{"1.M": "1", "1.F": "2", "2.M": "3", "2.F": ""})
				return err
			})
		}
		err := saving(cells("1", "20", "33", "40"))
		if fields := errs.FieldsOf(err); errs.KindOf(err) != errs.Conflict || len(fields) != 1 ||
			!strings.Contains(err.Error(), "存的是“30”，您填的是“33”") {
			t.Errorf("a cell that both changed gives %v", err)
		}
		if now := c.get(sub.ID).Typed.Cells; !maps.Equal(now, map[string]string{"1.M": "10", "1.F": "2", "2.M": "30"}) {
			t.Errorf("a conflict changed the draft: %v", now)
		}
		c.must(saving(cells("1", "20", "30", "40")))
		if now := c.get(sub.ID).Typed.Cells; !maps.Equal(now, cells("10", "20", "30", "40")) {
			t.Errorf("the merged draft is %v", now)
		}
	})
}
