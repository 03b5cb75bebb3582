package issue_test

// What is refused of issues, by the specification's list of bad input (oversight.md §8): each input with what is said.

import (
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/issue"
	"yipanqi/internal/web/webtest"
)

func TestWhatIsNoIssue(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		says := func(words string, fn step) {
			t.Helper()
			if _, err := do(c, fn); err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("it says %v; want %s", err, words)
			}
		}
		for words, bad := range map[string]func(*issue.Issue){
			"title: 请写名称": func(i *issue.Issue) { i.Title = " " },
			"indicators: 请选择指标；没有指标的，请写明": func(i *issue.Issue) { i.Indicators = nil },
			"indicators: 没有代码为“NONE”的指标":  func(i *issue.Issue) { i.Indicators = []string{"NONE"} },
			"why: 请选择为什么难":                func(i *issue.Issue) { i.Why = nil },
			"why: 没有“luck”这个选项":           func(i *issue.Issue) { i.Why = []string{"luck"} },
			"lead: 请选择牵头单位":               func(i *issue.Issue) { i.Lead = "" },
			"lead: 没有单位“NONE”":            func(i *issue.Issue) { i.Lead = "NONE" },
			"supporting: 没有单位“NONE”":      func(i *issue.Issue) { i.Supporting = []string{"NONE"} },
			"supporting: 请选择配合单位：一个单位能解决": func(i *issue.Issue) { i.Supporting = []string{"a"} },
		} {
			i := issue.Issue{Title: "母婴室建设", Indicators: []string{"ROOMS"}, Why: []string{"money"}, Lead: "a",
				Supporting: []string{"b"}}
			bad(&i)
			says(words, func(tx *db.Tx) (issue.Issue, error) { return issue.Propose(tx, c.People["office"], i) })
		}
		i := c.propose("母婴室建设")
		says("basis: 请填作出决定的会议", func(tx *db.Tx) (issue.Issue, error) {
			return issue.List(tx, c.People["office"], i.ID, i.Version, "")
		})
		i = done(c, func(tx *db.Tx) (issue.Issue, error) {
			return issue.List(tx, c.People["chief"], i.ID, i.Version, "")
		})
		c.offered(i)
		for words, bad := range map[string]func(*issue.Research, *int){
			"questions: 请写要弄清的问题，一行一个": func(r *issue.Research, _ *int) { r.Questions = nil },
			"head: 请从参与这个问题的单位里选组长":    func(r *issue.Research, _ *int) { r.Head = "c" },
			"team: 组员要是参与这个问题的单位，“c”":  func(r *issue.Research, _ *int) { r.Team = []string{"c"} },
			"draw: 抽取的点位不能多于候选点位（1个）":  func(_ *issue.Research, draw *int) { *draw = 2 },
		} {
			r, draw := issue.Research{Title: "调研", Head: "a", Questions: []string{"缺多少"},
				Sites: []string{"一号院"}}, 0
			bad(&r, &draw)
			says(words, func(tx *db.Tx) (issue.Issue, error) {
				return issue.StartResearch(tx, c.People["office"], i.ID, i.Version, r, draw)
			})
		}
		i = done(c, func(tx *db.Tx) (issue.Issue, error) {
			return issue.StartResearch(tx, c.People["office"], i.ID, i.Version, issue.Research{Title: "调研", Head: "a",
				Questions: []string{"缺多少"}}, 0)
		})
		long := strings.Repeat("长", 150)
		for words, a := range map[string]issue.Advice{
			"advice: 第1条建议没有写明交给哪个参与单位":  {Text: "补经费", Kind: "money"},
			"advice: 第1条建议没有选类别":         {Text: "补经费", To: "b", Kind: "钱"},
			"advice: 第1条建议须写明内容，最多200个字": {Text: long + long, To: "b", Kind: "money"},
		} {
			says(words, func(tx *db.Tx) (issue.Issue, error) {
				return issue.ReportResearch(tx, c.People["a"], i.ID, i.Version, 0, "要点",
					[]issue.Cause{{Text: "原因"}}, []issue.Advice{a})
			})
		}
		i = done(c, func(tx *db.Tx) (issue.Issue, error) {
			return issue.ReportResearch(tx, c.People["a"], i.ID, i.Version, 0, "要点", []issue.Cause{{Text: "原因"}},
				[]issue.Advice{{Text: long, To: "b", Kind: "money"}})
		})
		i = done(c, func(tx *db.Tx) (issue.Issue, error) {
			return issue.SecondResearch(tx, c.People["b"], i.ID, i.Version, 0, "属实")
		})
		i = done(c, c.raise(&i, 0)) // a long proposal becomes a matter all the same
		c.publish(2023, "31")
		i = done(c, func(tx *db.Tx) (issue.Issue, error) {
			return issue.Result(tx, c.People["office"], i.ID, i.Version, issue.Review{Year: "2024",
				Verdict: issue.Easing, Words: "好转"})
		})
		for who, basis := range map[string]string{"office": "meeting/4", "chief": ""} {
			says("“母婴室”连续达到目标的期数是0，不足2期", func(tx *db.Tx) (issue.Issue, error) {
				return issue.Solve(tx, c.People[who], i.ID, i.Version, basis, "")
			})
		}
	})
}

// offered: what an act can be is chosen from letters and from records of policies and funding, as far as they are seen.
func (c *city) offered(i issue.Issue) {
	t := c.T
	t.Helper()
	done(c, func(tx *db.Tx) (bool, error) {
		for object, doc := range map[string]find.Doc{
			"letter/1": {Title: "关于建设母婴室的通知", Scope: find.Scope{Unit: "CO"}},
			"letter/2": {Title: "别处的函", Scope: find.Scope{Unit: "EO"}}, "record/3": {Title: "母婴室建设标准",
				Words: []string{"政策文件"}, Scope: find.Scope{Unit: "CO"}}, "record/4": {Title: "一处母婴室",
				Scope: find.Scope{Unit: "CO"}}} {
			doc.Object = object
			c.Must(find.Put(tx, doc))
		}
		return true, nil
	})
	c.site().Check(t, webtest.Scenario{As: "office", Path: i.URL(), Contains: []string{"关于建设母婴室的通知",
		`value="record/3"`}, NotContains: []string{"别处的函", `value="record/4"`}})
}
