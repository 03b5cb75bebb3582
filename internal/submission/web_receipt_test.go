package submission_test

// The code on a paper receipt leads to the page that checks it, which then knows the paper's digest; where nobody said
// at which address users reach the site, it says what the paper says.

import (
	"encoding/json"
	"strings"
	"testing"

	"yipanqi/internal/web/part"
	"yipanqi/internal/web/webtest"
)

func TestTheCodeOfAPaperReceipt(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{"https://city.example": "https://city.example/receipt?sm3=DIGEST",
		"http://10.0.0.8:8080": "http://10.0.0.8:8080/receipt?sm3=DIGEST", "": "yipanqi receipt ID v1 SM3 DIGEST"} {
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			c := oneCity(t)
			s := newSiteAt(c, base)
			at := c.open(0, "2018")
			c.through(0, at.ID, cells("100", "120", "10", "20"))
			var receipt struct{ Digest string }
			page := s.Check(t, webtest.Scenario{As: "first", Path: at.URL() + "/receipt"}).Body.String()
			body := s.Check(t, webtest.Scenario{As: "first", Path: at.URL() + "/receipt?format=json"}).Body.Bytes()
			c.must(json.Unmarshal(body, &receipt))
			digest := receipt.Digest
			text := strings.NewReplacer("ID", at.ID, "DIGEST", digest).Replace(want)
			code, err := part.NewQR(text)
			c.must(err)
			if digest == "" || !strings.Contains(page, code.Path) {
				t.Errorf("the paper's code is not %q", text)
			}
			if way, found := strings.CutPrefix(text, base); base != "" && found {
				s.Run(t, webtest.Scenario{Path: way, Contains: []string{digest}})
			}
		})
	}
}
