package submission_test

// Files laid on a report are signed with its numbers, never unseen, and stay; remarks are read by who sees the report.

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/submission"
	"yipanqi/internal/trail"
	"yipanqi/internal/web/webtest"
)

// A statistician lays a file on a cell, both sign it with the numbers, and from then on nobody takes it away.
func TestEvidenceIsSignedWithTheNumbers(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		at := c.open(0, "2018").URL()
		below := "/trail" + strings.Replace(at, "submissions", "submission", 1)
		pdf := "%PDF-1.7 台账"
		attach := func(as, name, body, field string, status int) webtest.Scenario {
			return webtest.Scenario{As: as, Path: below + "/files",
				Form: url.Values{"field": {field}, "note": {"台账扫描件"}},
				File: []byte(body), FileName: name, Status: status}
		}
		s.Run(t,
			attach("other", "台账.pdf", pdf, "1.M", 404),
			attach("office", "台账.pdf", pdf, "1.M", 409),
			attach("first", "台账.exe", pdf, "1.M", 422),
			attach("first", "台账.pdf", "", "1.M", 422),
			attach("first", "台账.pdf", pdf, "9.M", 422),
			attach("first", "台账.pdf", pdf, "1.M", 303),
			attach("first", "台账.pdf", pdf, "1.M", 409),
			webtest.Scenario{As: "first", Path: at + "/draft", Form: grid(1, cells("100", "91", "9", "8")),
				Status: 303})
		file := show(t, c, s, "first", at).Files[0]
		if file.Name != "台账.pdf" || file.Field != "1.M" {
			t.Fatalf("the file is %+v", file)
		}
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/files/" + file.ID, Contains: []string{pdf}},
			webtest.Scenario{As: "other", Path: "/files/" + file.ID, Status: 404},
			webtest.Scenario{As: "first", Path: "/files/none", Status: 404},
			webtest.Scenario{As: "office", Path: below + "/remarks", Form: url.Values{"text": {"请附全年台账"}},
				Status: 303},
			webtest.Scenario{As: "other", Path: below + "/remarks", Form: url.Values{"text": {"看不见"}}, Status: 404},
			webtest.Scenario{As: "office", Path: below + "/remarks", Form: url.Values{"text": {" "}}, Status: 422},
			webtest.Scenario{As: "first", Path: at, Contains: []string{"请附全年台账", "台账扫描件", "附上材料"}})

		page := s.Check(t, webtest.Scenario{As: "first", Path: at + "/prepare",
			Contains: []string{"佐证材料（一并签字）", file.Digest, file.ID + `" download><strong>台账.pdf`}})
		digest := between(page.Body.String(), `name="digest" value="`, `"`)
		sign := url.Values{"digest": {digest}, "phrase": {phrase}}
		withdraw := webtest.Scenario{As: "first", Path: below + "/files/" + file.ID + "/withdraw",
			Form: url.Values{"reason": {"不要了"}}, Status: 409}
		s.Run(t,
			webtest.Scenario{As: "first", Path: at + "/prepare", Form: sign, Status: 303},
			attach("first", "又一份.pdf", pdf+"二", "", 409),
			withdraw,
			webtest.Scenario{As: "second", Path: at, Contains: []string{"佐证材料（一并签字）",
				file.ID + `" download><strong>台账.pdf`}},
			webtest.Scenario{As: "second", Path: at + "/sign", Form: sign, Status: 303})
		var content submission.Content
		versions := view(c, func(tx *db.Tx) ([]submission.Version, error) {
			return submission.Versions(tx, strings.TrimPrefix(at, "/submissions/"))
		})
		c.must(json.Unmarshal([]byte(versions[len(versions)-1].Text), &content))
		if len(content.Evidence) != 1 || content.Evidence[0].Digest != file.Digest {
			t.Errorf("what both signed names the files %+v, want the one with digest %s", content.Evidence, file.Digest)
		}
		s.Check(t, webtest.Scenario{As: "second", Path: "/files/" + file.ID, Contains: []string{pdf}})
	})
}

// A file laid down between reading and signing is not signed unseen.
func TestAFileLaidDownWhileReadingIsNotSignedUnseen(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		at := c.open(0, "2018").URL()
		below := "/trail" + strings.Replace(at, "submissions", "submission", 1)
		s.Check(t, webtest.Scenario{As: "first", Path: at + "/draft", Form: grid(1, cells("100", "91", "9", "8")),
			Status: 303})
		page := s.Check(t, webtest.Scenario{As: "first", Path: at + "/prepare"})
		digest := between(page.Body.String(), `name="digest" value="`, `"`)
		s.Run(t,
			webtest.Scenario{As: "first", Path: below + "/files", File: []byte("%PDF-1.7"),
				FileName: "后来.pdf", Form: url.Values{}, Status: 303},
			webtest.Scenario{As: "first", Path: at + "/prepare",
				Form: url.Values{"digest": {digest}, "phrase": {phrase}}, Status: 409})
	})
}

func show(t *testing.T, c *city, s *webtest.Site, as, at string) trail.Data {
	t.Helper()
	var shown struct{ Trail trail.Data }
	c.must(json.Unmarshal(s.Check(t, webtest.Scenario{As: as, Path: at, JSON: true}).Body.Bytes(), &shown))
	return shown.Trail
}
