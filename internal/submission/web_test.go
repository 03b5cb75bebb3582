package submission_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/submission"
	"yipanqi/internal/web"
)

const phrase = "示范市的签名口令"

// site serves the module's pages to the people of a city.
type site struct {
	*city
	handler http.Handler
	tokens  map[string]string // by person
}

func newSite(c *city) *site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {}, Asset: func(name string) string { return "/assets/" + name }})
	submission.Routes(m, c.secrets)
	s := &site{c, m.Handler(), map[string]string{}}
	for _, by := range []auth.User{c.office, c.first[0], c.second[0], c.first[1]} {
		c.must(c.update(func(tx *db.Tx) error {
			secret, _, err := auth.OpenSession(tx, by.ID, auth.Bearer)
			s.tokens[by.ID] = secret
			return err
		}))
	}
	for _, by := range []auth.User{c.first[0], c.second[0]} {
		key, err := account.MakeKey(by, phrase, c.secrets)
		c.must(err)
		c.must(c.update(func(tx *db.Tx) error { return account.AddKey(tx, by, key, c.secrets) }))
	}
	return s
}

// ask sends a request as somebody and fails the test unless the status is right.
func (s *site) ask(by auth.User, status int, method, path, accept, media string, body []byte) *httptest.ResponseRecorder {
	s.t.Helper()
	request := httptest.NewRequest(method, path, bytes.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+s.tokens[by.ID])
	request.Header.Set("Accept", accept)
	if media != "" {
		request.Header.Set("Content-Type", media)
	}
	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, request)
	if answer.Code != status {
		s.t.Fatalf("%s %s as %s answers %d, want %d: %.600s", method, path, by.Name, answer.Code, status, answer.Body)
	}
	return answer
}

func (s *site) page(by auth.User, status int, path string, words ...string) string {
	s.t.Helper()
	return s.says(path, s.ask(by, status, "GET", path, "text/html", "", nil), words)
}

func (s *site) post(by auth.User, status int, path string, form url.Values, words ...string) string {
	s.t.Helper()
	return s.says(path, s.ask(by, status, "POST", path, "text/html", "application/x-www-form-urlencoded", []byte(form.Encode())), words)
}

func (s *site) says(path string, answer *httptest.ResponseRecorder, words []string) string {
	s.t.Helper()
	body := answer.Body.String()
	for _, word := range words {
		if !strings.Contains(body, word) {
			s.t.Errorf("%s lacks %q", path, word)
		}
	}
	return body
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
		sub := c.open(0, "2018")
		at := sub.URL()
		first, second := c.first[0], c.second[0]
		s.page(first, 200, at, `data-cell="1.M"`, "上期 90", "2019-01-31", "暂缺", "核对并签字", "统计负责人签字")
		s.page(c.first[1], 404, at, "没有")
		s.page(second, 200, at, "草稿，尚未签字")

		s.post(first, 303, at+"/draft", grid(1, cells("x", "91", "9", "8")))
		s.page(first, 200, at, `value="x"`, "请填数字", "is-invalid")
		body := s.post(first, 409, at+"/draft", grid(1, cells("100", "91", "9", "8")), "刚刚保存过这份报表", `value="100"`, "已保存的是：x", `name="version" value="2"`)
		if strings.Contains(body, `value="x"`) {
			t.Error("the loser's own input is replaced by what was saved")
		}
		s.post(first, 422, at+"/draft", grid(2, map[string]string{"9.M": "1"}), "没有保存")
		answer := s.ask(first, 200, "POST", at+"/draft", "application/json", "application/json", []byte(`{"version":2,"cells":{"1.M":"100"}}`))
		var saved struct{ Version int64 }
		if err := json.Unmarshal(answer.Body.Bytes(), &saved); err != nil || saved.Version != 3 {
			t.Errorf("saving as one types answers %s", answer.Body)
		}

		body = s.page(first, 200, at+"/prepare", "核对并签字", "100", "签名口令")
		digest := between(body, `name="digest" value="`, `"`)
		s.post(first, 422, at+"/prepare", url.Values{"digest": {digest}, "phrase": {"wrong phrase"}}, "签名口令不正确", "还可以试4次")
		s.post(first, 409, at+"/prepare", url.Values{"digest": {"0"}, "phrase": {phrase}}, "没有签字")
		s.post(first, 303, at+"/prepare", url.Values{"digest": {digest}, "phrase": {phrase}})
		s.page(first, 200, at, "第1版内容", "已冻结", "签名有效", "尚未签字")
		s.post(second, 303, at+"/sign", url.Values{"digest": {digest}, "phrase": {phrase}})
		s.post(second, 403, at+"/accept", url.Values{"version": {"5"}})
		s.page(c.office, 200, at, "两个签名出自不同的两个人", "+10（11.1%）", "退回原因")
		s.post(c.office, 422, at+"/return", url.Values{"version": {"5"}}, "请写明退回的原因")
		s.post(c.office, 409, at+"/accept", url.Values{"version": {"4"}}, "刷新")
		s.post(c.office, 303, at+"/accept", url.Values{"version": {"5"}})
		s.page(first, 200, at, "已验收", "修订", "办理记录")

		s.page(first, 200, at+"/receipt", "<svg", digest, "打印", "第二签字人")
		receipt := s.ask(first, 200, "GET", at+"/receipt?format=json", "*/*", "", nil).Body.Bytes()
		if result := submission.VerifyReceipt(receipt, string(c.issuer)); !result.Valid {
			t.Errorf("the downloaded receipt is not valid: %s", result)
		}
		s.page(c.first[1], 404, at+"/receipt")

		s.page(c.office, 200, "/submissions?period=2018&state=accepted", "东山区卫生健康委", "已验收")
		s.page(c.first[1], 200, "/submissions", "没有报表")
		s.page(c.office, 422, "/submissions?period=soon")
		csv := s.ask(c.office, 200, "GET", "/submissions", "text/csv", "", nil).Body.String()
		if strings.Count(csv, "已验收") != 2 {
			t.Errorf("the list as CSV is %s", csv)
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
		sub, first := c.open(0, "2018"), c.first[0]
		at := sub.URL()
		c.must(c.save(first, sub.ID, cells("5", "6", "", "1")))
		if file := s.ask(first, 200, "GET", at+"/sheet", "*/*", "", nil); !strings.Contains(file.Header().Get("Content-Disposition"), ".xlsx") {
			t.Errorf("the file is called %s", file.Header().Get("Content-Disposition"))
		}
		filled := func(s submission.Submission, cells map[string]string) []byte {
			s.Typed.Cells = cells
			var b bytes.Buffer
			c.must(s.Sheet().WriteXLSX(&b))
			return b.Bytes()
		}
		upload := func(status int, file []byte, words ...string) *httptest.ResponseRecorder {
			t.Helper()
			var b bytes.Buffer
			form := multipart.NewWriter(&b)
			c.must(form.WriteField("version", fmt.Sprint(c.get(sub.ID).Version)))
			part, err := form.CreateFormFile("file", "填好的.xlsx")
			c.must(err)
			_, err = part.Write(file)
			c.must(err)
			c.must(form.Close())
			answer := s.ask(first, status, "POST", at+"/sheet", "text/html", form.FormDataContentType(), b.Bytes())
			s.says(at+"/sheet", answer, words)
			return answer
		}
		answer := upload(303, filled(sub, map[string]string{"1.M": "１０", "2.M": "三", "2.F": "不适用"}))
		flash, err := url.QueryUnescape(between(answer.Header().Get("Set-Cookie"), "flash=", ";"))
		c.must(err)
		if !strings.Contains(flash, "读入3格") || !strings.Contains(flash, "D") {
			t.Errorf("after the upload the page says %q", flash)
		}
		got := c.get(sub.ID).Typed.Cells
		if got["1.M"] != "１０" || got["1.F"] != "6" || got["2.M"] != "三" || got["2.F"] != "不适用" {
			t.Errorf("after the upload the draft is %v", got)
		}
		s.page(first, 200, at+"?check=true", "请填数字")
		upload(422, filled(c.open(1, "2018"), cells("1", "1", "1", "1")), "单元格A", "西河区")
		upload(422, []byte("no workbook"), "Excel")
		upload(422, nil, "请选择填好的Excel文件")
		upload(422, make([]byte, 21<<20), "文件太大：最大20 MB")
		if now := c.get(sub.ID).Typed.Cells; now["2.M"] != "三" {
			t.Errorf("a refused upload changed the draft: %v", now)
		}
	})
}
