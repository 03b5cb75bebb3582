package evaluation_test

// A round by its pages and routes. The story is story_test.go's.

import (
	"bytes"
	"maps"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/evidence"
	"yipanqi/internal/sign"
	"yipanqi/internal/web/webtest"
)

// A participant's page tells of nobody else, the organiser's of all; each form shows what was wrong with it.
func TestPagesOfARound(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		site, word := c.site(), func(text ...string) []string { return text }
		form := url.Values{"title": {"中期评估"}, "kind": {"midterm"}, "plans": {"W"}, "from": {"2021"},
			"until":  {"2022"},
			"cutoff": {"2023-05-31"}, "basis": {"规划第五章"}, "legal_nature": {"plan_supervision"}, "units": {"a",
				"b"},
			"areas": {"990101", "990102"}, "stages[1.title]": {"自评"}, "stages[1.kind]": {"self"},
			"stages[1.from]":  {"2023-04-03"},
			"stages[1.until]": {"2023-06-30"}, "stages[2.kind]": {"visits"}, "stages[2.from]": {"2023-07-03"},
			"stages[2.until]": {"2023-08-31"}, "leading[1.unit]": {"CO"}, "leading[1.post]": {"主任"},
			"leading[1.seat]": {"head"}}
		wrong := maps.Clone(form)
		wrong["stages[2.until]"] = []string{"2023-07-01"}
		site.Run(t,
			webtest.Scenario{As: "office", Path: "/rounds", Contains: word("没有评估", "拟订评估")},
			webtest.Scenario{As: "a", Path: "/rounds", Contains: word("没有评估"), NotContains: word("拟订评估")},
			webtest.Scenario{As: "a", Path: "/rounds", Form: form, Status: 403},
			webtest.Scenario{As: "office", Path: "/rounds", Form: wrong, Status: 422,
				Contains: word("第2个阶段的结束日期早于开始日期", "规划第五章")}, // what was typed is kept
			webtest.Scenario{As: "office", Path: "/rounds", Form: form, Status: 303})
		s := &story{city: c}
		now := func() {
			s.take("the round", 0, func(tx *db.Tx) (evaluation.Round, error) {
				id, err := db.Value[string](tx, `SELECT id FROM evaluation_rounds`)
				c.Must(err)
				return evaluation.Get(tx, id)
			})
		}
		now()
		if len(s.r.Participants) != 4 {
			t.Fatalf("participants are %+v", s.r.Participants)
		}
		take := func(as, name string, status int, says string, more url.Values) {
			t.Helper()
			now()
			one := webtest.Scenario{As: as, Path: s.r.URL() + "/" + name, Status: status,
				Form: url.Values{"version": {strconv.FormatInt(s.r.Version, 10)}}}
			maps.Copy(one.Form, more)
			if says != "" {
				one.Contains = word(says)
			}
			site.Check(t, one)
		}
		written := url.Values{}
		for part, text := range scheme() {
			written["scheme["+part+"]"] = []string{text}
		}
		take("east", "scheme", 404, "", written)
		take("office", "scheme", 422, "请先改正标出的地方", url.Values{"scheme[poem]": {"一首诗"}})
		take("office", "scheme", 303, "", written)
		now()
		before := done(c, s.r.Frozen)
		s.ordered(t, site)
		text := done(c, s.r.Frozen)
		take("chief", "approve", 409, "方案在您阅读之后有变化", url.Values{"digest": {before.Digest}})
		site.Run(t,
			webtest.Scenario{As: "office", Path: s.r.URL() + "/edit", Contains: word("规划第五章", "2023-07-03")},
			webtest.Scenario{As: "office", Path: s.r.URL() + "/scheme", Contains: word("用数据说话")},
			webtest.Scenario{As: "chief", Path: s.r.URL(), Contains: word("请您审定方案", "用数据说话", text.Digest)},
			webtest.Scenario{As: "a", Path: s.r.URL(), Status: 404})
		take("chief", "approve", 303, "", url.Values{"digest": {text.Digest}})
		take("office", "launch", 422, "没有编号也启动", nil)
		take("office", "launch", 303, "", url.Values{"unplanned": {"true"}})
		site.Run(t,
			webtest.Scenario{As: "office", Path: s.r.URL(),
				Contains: word("经确认启动", "东岭区", "2个单位，2个地区", "第1版")},
			webtest.Scenario{As: "a", Path: s.r.URL(), Contains: word("自评", "用数据说话"),
				NotContains: word("东岭区", "不开展")},
			webtest.Scenario{As: "c", Path: s.r.URL(), Status: 404},
			webtest.Scenario{As: "c", Path: "/rounds", Contains: word("没有评估")},
			webtest.Scenario{As: "west", Path: "/rounds", Contains: word("中期评估", "2个阶段，完成0个")},
			webtest.Scenario{As: "a", Path: "/rounds?state=running&format=csv", Contains: word("中期评估")},
			webtest.Scenario{As: "office", Path: "/rounds?state=closed", NotContains: word("2023-05-31")},
			webtest.Scenario{As: "office", Path: "/rounds", JSON: true, Contains: word(`"rounds":[`, `"total":1`)})
		announce := webtest.Scenario{As: "office", Path: s.r.URL() + "/notice", Form: url.Values{}, Status: 303}
		site.Check(t, announce)
		announce.Status, announce.Contains = 409, word("工作通知已经起草") // from a second tab
		site.Check(t, announce)
		site.Check(t, webtest.Scenario{As: "office", Path: s.r.URL(), NotContains: word("起草工作通知")})
		for who, want := range map[string]int{"office": 1, "a": 0, "east": 0, "chief": 0} {
			if some := done(c, func(tx *db.Tx) ([]engagement.Cause, error) {
				return evaluation.Causes(tx, c.People[who])
			}); len(some) != want {
				t.Errorf("%s can engage somebody for %v", who, some)
			}
		}
		take("office", "skip", 422, "请写明原因", url.Values{"stage": {"1"}})
		take("office", "skip", 303, "", url.Values{"stage": {"1"}, "reason": {"今年不去"}})
		site.Check(t, webtest.Scenario{As: "east leader", Path: s.r.URL(), Contains: word("今年不去")})
		s.notTheirs(t, site)
	})
}

// ordered: the paper that orders a round is a file on it, whose digest the scheme holds; it is handed out byte for byte
// to whoever takes part, also once it was taken off, and nobody but the organiser lays one down.
func (s *story) ordered(t *testing.T, site *webtest.Site) {
	t.Helper()
	paper := append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte{0, 255, 10}, 300)...)
	lay := webtest.Scenario{As: "east", Path: "/trail/" + s.r.Object() + "/files", File: paper,
		FileName: "评估通知.pdf", Form: url.Values{"field": {"basis"}}, Status: 404}
	site.Check(t, lay)
	lay.As, lay.Status = "office", 303
	site.Check(t, lay)
	f := done(s.city, func(tx *db.Tx) (f evidence.File, err error) {
		all, err := evidence.Of(tx, s.r.Object())
		if err == nil && len(all) == 1 {
			f = all[0]
		}
		return f, err
	})
	scheme := done(s.city, s.r.Frozen)
	if !strings.Contains(scheme.Text, `"digest":"`+sign.Digest(paper)+`"`) || f.Digest != sign.Digest(paper) {
		t.Errorf("the scheme does not hold the digest of the paper %v: %s", f, scheme.Text)
	}
	site.Run(t, webtest.Scenario{As: "office", Path: s.r.URL(), Contains: []string{"/files/" + f.ID, "评估通知.pdf"}},
		webtest.Scenario{As: "office", Path: s.r.URL(), JSON: true,
			Contains: []string{`"basis_files":[{"id":"` + f.ID}})
	got := site.Check(t, webtest.Scenario{As: "chief", Path: "/files/" + f.ID})
	if !bytes.Equal(got.Body.Bytes(), paper) {
		t.Errorf("the paper came back as %d bytes that are not those laid down", got.Body.Len())
	}
}

// notTheirs: who takes part sees the round and has nobody work on it; what a district has all the same is not the
// organiser's.
func (s *story) notTheirs(t *testing.T, site *webtest.Site) {
	t.Helper()
	_, err := do(s.city, func(tx *db.Tx) (bool, error) {
		return true, evaluation.Trail().Adds(tx, s.People["east"], s.r.ID)
	})
	s.Refused(errs.Denied, err, "a district adds to the city's round")
	anything := func(*db.Tx, auth.User, string) error { return nil }
	done(s.city, func(tx *db.Tx) (engagement.ThirdParty, error) {
		s.Must(evaluation.Trail().Adds(tx, s.People["office"], s.r.ID))
		return engagement.Contract(tx, s.People["east"], engagement.ThirdParty{About: s.r.Object(), Name: "区里的公司",
			OpensOn: "2023-06-01", ClosesOn: "2023-08-31", Scope: "区里", Methods: []string{"desk"},
			Deliverables: []engagement.Deliverable{{Title: "区报告", Due: "2023-08-25"}}},
			engagement.House{Sees: anything, Adds: anything})
	})
	site.Check(t, webtest.Scenario{As: "office", Path: s.r.URL(), Contains: []string{"0家，成果交来0/0"}})
}
