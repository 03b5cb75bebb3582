package issue_test

// A research whose places come from a register, and whose figures are references: nobody types what the program knows.

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/issue"
	"yipanqi/internal/web/webtest"
)

func TestAResearchTakesPlacesAndFiguresFromWhatIsKnown(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.publish(2022, "31")
		i := done(c, func(tx *db.Tx) (issue.Issue, error) {
			i, err := issue.Propose(tx, c.People["office"], issue.Issue{Title: "母婴室不够（模拟）",
				Indicators: []string{"ROOMS"}, Why: []string{"money"}, Lead: "a", Supporting: []string{"b"}})
			c.Must(err)
			return issue.List(tx, c.People["chief"], i.ID, i.Version, "")
		})
		s := c.site()
		take := func(as, step string, status int, says string, more url.Values) {
			t.Helper()
			i = done(c, func(tx *db.Tx) (issue.Issue, error) { return issue.Get(tx, i.ID) })
			more.Set("version", strconv.FormatInt(i.Version, 10))
			s.Check(t, webtest.Scenario{As: as, Path: i.URL() + "/" + step, Form: more, Status: status,
				Contains: strings.Fields(says)})
		}
		ask := url.Values{"title": {"联合调研"}, "head": {"a"}, "questions": {"缺在哪里"}, "draw": {"2"}}
		ask.Set("register", "none")
		take("office", "research", 422, "没有已确认的点位", ask)
		ask.Set("register", "all") // none is left out in silence
		take("office", "research", 422, "候选点位最多", ask)
		ask.Set("register", "homes")
		take("office", "research", 303, "", ask)
		i = done(c, func(tx *db.Tx) (issue.Issue, error) { return issue.Get(tx, i.ID) })
		if n := len(i.Researches[0].Sites); n != 2144 {
			t.Errorf("of 2144 homes %d can be drawn", n)
		}
		ask.Set("register", "rooms")
		ask.Set("sites", "丁商场\n甲医院") // one of one's own, and one that the register has too
		take("office", "research", 303, "", ask)
		i = done(c, func(tx *db.Tx) (issue.Issue, error) { return issue.Get(tx, i.ID) })
		r := i.Researches[1]
		if len(r.Sites) != 4 || len(r.Drawn) != 2 || r.Records["乙车站"] != "2" || r.Records["丁商场"] != "" {
			t.Errorf("the research draws %v of %v with records %v", r.Drawn, r.Sites, r.Records)
		}
		s.Check(t, webtest.Scenario{As: "a", Path: i.URL(), Contains: []string{"/registers/rooms/records/2", "丁商场"}})
		report := url.Values{"research": {"1"}, "report": {"缺口有9间在老旧院区"}, "causes": {"没有预留空间"},
			"advice": {"改造|a|money"}, "figures": {"NONE 2022"}}
		take("a", "report", 422, "没有代码为“NONE”的指标", report)
		report.Set("figures", "ROOMS")
		take("a", "report", 422, "不是数据引用", report)
		report.Set("figures", "ROOMS 2022")
		take("a", "report", 303, "", report)
		s.Check(t, webtest.Scenario{As: "b", Path: i.URL(), Contains: []string{">31间</a>",
			"手写9间，没有引用"}})
		s.Check(t, webtest.Scenario{As: "b", Path: i.URL(), JSON: true, Contains: []string{
			`"figures":[{"indicator":"ROOMS","area":"990000","year":"2022","name":"母婴室","value":"31间"`}})
		if n, text := c.verified(); n != 0 {
			t.Error(text)
		}
	})
}
