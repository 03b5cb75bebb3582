package letter_test

// The pages of a letter from its draft to its receipts, and what each unit sees on the way. Its newSite serves the
// package's other tests.

import (
	"encoding/json"
	"net/url"
	"strconv"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/blob"
	"yipanqi/internal/letter"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

var scan = []byte("%PDF-1.4")

func newSite(c *city) *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	files := blob.Open(c.T.TempDir())
	digest, err := files.Put(scan)
	c.Must(err)
	c.scanned = digest
	letter.Routes(m, c.Secrets, files, letter.Going{Blocked: c.blocked})
	trail.Routes(m, files, []trail.Place{letter.Trail()})
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.People}
}

func TestPagesOfALetter(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		draft := url.Values{"kind": {"notice"}, "title": {"关于报送材料的通知"}, "main": {"*members"},
			"copies": {"EAST"}, "body": {"2023年全市婚前医学检查率达到65.2%。\n一、要求\n请按时报送。"}, "disclosure": {"open"},
			"urgency": {"normal"}, "reply_due": {""}}
		bad := url.Values{"kind": {"notice"}, "title": {""}, "main": {"NONE"}, "body": {"写了不少"}}
		s.Run(t,
			webtest.Scenario{As: "edu", Path: "/letters/new", Status: 403},
			webtest.Scenario{As: "office", Path: "/letters/new", Contains: []string{"起草发文", "全部成员单位"}},
			webtest.Scenario{As: "office", Path: "/letters", Form: bad, Status: 422,
				Contains: []string{"没有代码为NONE的单位", "写了不少", "请写标题"}},
			webtest.Scenario{As: "office", Path: "/letters", Form: draft, Status: 303})
		var list struct {
			Letters []struct{ ID, Number, Title, State, Lamp, Due string }
			Total   int
		}
		read := func(as string) {
			t.Helper()
			body := s.Check(t, webtest.Scenario{As: as, Path: "/letters", JSON: true}).Body.Bytes()
			list.Letters = nil
			c.Must(json.Unmarshal(body, &list))
		}
		read("office")
		if list.Total != 1 || list.Letters[0].State != "draft" || list.Letters[0].Lamp != "grey" {
			t.Fatalf("the list is %+v", list)
		}
		id := list.Letters[0].ID
		at := "/letters/" + id
		if got := c.get(id); len(got.Main) != 2 || len(got.Copies) != 1 {
			t.Fatalf("it is addressed to %v and %v", got.Main, got.Copies)
		}
		version := strconv.FormatInt(c.get(id).Version, 10)
		s.Run(t,
			webtest.Scenario{As: "edu", Path: at, Status: 404},
			webtest.Scenario{As: "chief", Path: at, Status: 404},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"65.2%", "1项数据，0项已双签字", "修改文稿"},
				NotContains: []string{"核稿无误"}},
			webtest.Scenario{As: "office", Path: at + "/edit",
				Contains: []string{"主送成员单位和下级妇儿工委：用通知"}},
			webtest.Scenario{As: "colleague", Path: at, Contains: []string{"核稿无误，定稿"}},
			webtest.Scenario{As: "colleague", Path: at + "/check", Status: 303,
				Form: url.Values{"version": {version}, "digest": {c.digest(id)}}},
			webtest.Scenario{As: "chief", Path: at, Contains: []string{"签名口令"}},
			webtest.Scenario{As: "edu", Path: at, Status: 404})
		c.Must(c.signs("head", id, letter.Sign))
		s.Run(t,
			webtest.Scenario{As: "office", Path: at + "/issue", Status: 303,
				Form: url.Values{"version": {strconv.FormatInt(c.get(id).Version, 10)}}},
			webtest.Scenario{As: "edu", Path: at, Contains: []string{"示妇儿工委办通知〔2024〕1号", "打开看不算签收"}},
			webtest.Scenario{As: "edu", Path: "/letters", Contains: []string{"签收选中的", id + "@1"}},
			webtest.Scenario{As: "edu", Path: "/letters/receive", Form: url.Values{}, Status: 422},
			webtest.Scenario{As: "edu", Path: "/letters/receive", Status: 409,
				Form: url.Values{"letters": {id + "@2"}}},
			webtest.Scenario{As: "edu", Path: "/letters/receive", Status: 303,
				Form: url.Values{"letters": {id + "@1"}}},
			webtest.Scenario{As: "edu", Path: "/letters", NotContains: []string{"签收选中的"}},
			webtest.Scenario{As: "edu", Path: at + "/withdraw", Status: 403,
				Form: url.Values{"version": {"1"}, "reason": {"不要了"}}},
			webtest.Scenario{As: "hea", Path: at + "/receive", Form: url.Values{"edition": {"1"}}, Status: 303},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"3个单位中2个已签收", "代录纸质签收"}},
			webtest.Scenario{As: "office", Path: "/letters/marks", Contains: []string{"示妇儿工委办函"}},
			webtest.Scenario{As: "edu", Path: "/letters/marks", Status: 403},
			webtest.Scenario{As: "edu", Path: at + "/document", Contains: []string{"PK"}},
			webtest.Scenario{As: "office", Path: "/letters/receipts", Contains: []string{
				"应签收3件次，已签收2件次，其中按时2件次"}},
			webtest.Scenario{As: "office", Path: "/letters/receipts?year=2023", Contains: []string{"暂无"}},
			webtest.Scenario{As: "office", Path: "/letters/receipts?year=1", Status: 422},
			webtest.Scenario{As: "edu", Path: "/letters/receipts", JSON: true, Contains: []string{`"received":2`}})
		read("east")
		if list.Total != 1 || list.Letters[0].Number == "" || list.Letters[0].Lamp != "green" &&
			list.Letters[0].Lamp != "blue" || list.Letters[0].Due != "2024-03-19" {
			t.Errorf("the district's list is %+v", list)
		}
		c.clean()
	})
}
