package submission_test

// Anybody may have a receipt checked: right ones are valid, and what was changed, comes from elsewhere, belongs to
// another paper, is no receipt or is too large is not.

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"yipanqi/internal/submission"
)

// sendReceipt uploads a file to the page that checks receipts, as anybody.
func sendReceipt(t *testing.T, h http.Handler, body []byte, sm3 string) (int, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("sm3", sm3); err != nil {
		t.Fatal(err)
	}
	file, err := w.CreateFormFile("file", "receipt.json")
	if err != nil {
		t.Fatal(err)
	}
	file.Write(body)
	w.Close()
	r := httptest.NewRequest("POST", "/receipt", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Accept", "text/html")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	return answer.Code, answer.Body.String()
}

func TestAnybodyChecksAReceipt(t *testing.T) {
	t.Parallel()
	c := oneCity(t)
	h := newSite(c).Handler
	receipt := receiptOf(t, c)
	digest := submission.VerifyReceipt(receipt, "").Digest
	other := oneCity(t)
	for _, try := range []struct {
		name   string
		body   []byte
		sm3    string
		status int
		says   []string
	}{
		{"as issued", receipt, "", 200, []string{"有效：内容没有改动", "东山区卫生健康委", "2018年"}},
		{"beside its paper", receipt, strings.ToUpper(digest), 200,
			[]string{"有效：内容没有改动", "与纸上二维码的摘要一致"}},
		{"beside another paper", receipt, "00", 200, []string{"无效：请不要采信", "（不成立）"}},
		{"changed", bytes.Replace(receipt, []byte(`"value": "100"`), []byte(`"value": "900"`), 1), "", 200,
			[]string{"无效：请不要采信", "content.cells[0].value", "现在是“900”"}},
		{"of another installation", receiptOf(t, other), "", 200, []string{"无效：请不要采信", "（不成立）"}},
		{"a picture", []byte("\x89PNG"), "", 200, []string{"无效：请不要采信"}},
		{"nothing", nil, "", 422, []string{"文件是空的（0字节）"}},
		{"too large", bytes.Repeat([]byte(" "), 257<<10), "", 422, []string{"文件太大：最大256 KB"}},
		{"far too large", bytes.Repeat([]byte(" "), 3<<20), "", 422, []string{"文件太大"}},
	} {
		status, page := sendReceipt(t, h, try.body, try.sm3)
		if status != try.status {
			t.Errorf("%s: status %d, not %d", try.name, status, try.status)
		}
		for _, words := range try.says {
			if !strings.Contains(page, words) {
				t.Errorf("%s: the page does not say %q:\n%s", try.name, words, between(page, "<main", "</main>"))
			}
		}
		if !strings.Contains(page, `action="/receipt" enctype="multipart/form-data"`) {
			t.Errorf("%s: the page does not let another file be chosen", try.name)
		}
	}
}
