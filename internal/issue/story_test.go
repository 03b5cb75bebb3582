package issue_test

// One issue from its proposal to solved, step by step as the specification tells it: what is refused on the way, what
// the pages show at its end, and every edit of its rows found. The city is made in city_test.go.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/issue"
	"yipanqi/internal/matter"
	"yipanqi/internal/web/webtest"
)

type step func(*db.Tx) (issue.Issue, error)

func (c *city) propose(title string) issue.Issue {
	return done(c, func(tx *db.Tx) (issue.Issue, error) {
		return issue.Propose(tx, c.People["office"], issue.Issue{Title: title, Indicators: []string{"ROOMS"},
			Why: []string{"several_units", "money"}, Lead: "a", Supporting: []string{"b", "EO"}})
	})
}

// The story of oversight.md §8 on a small city, its steps by their numbers: without the experts of step 8 (a second
// unit reviews), the records of step 10 and the summary of step 14, which other parts bring.
func TestTheStoryOfAnIssue(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var i, idle issue.Issue
		numbered := func(name string, do func()) {
			t.Run(name, func(t *testing.T) {
				was := c.T
				c.T = t
				defer func() { c.T = was }()
				do()
				if n, text := c.verified(); n > 0 {
					t.Errorf("honest issues have findings:\n%s", text)
				}
			})
			if t.Failed() {
				t.FailNow()
			}
		}
		take := func(what string, kind errs.Kind, fn step) {
			c.T.Helper()
			now, err := do(c, fn)
			if kind != 0 {
				c.Refused(kind, err, what)
				return
			}
			if err != nil {
				c.T.Fatalf("%s: %v", what, err)
			}
			i = now
		}
		c.publish(2022, "31")
		numbered("1 units propose six issues", func() {
			_, err := do(c, func(tx *db.Tx) (issue.Issue, error) {
				return issue.Propose(tx, c.People["office"], issue.Issue{Title: "没有指标", Why: []string{"money"},
					Lead: "a", Supporting: []string{"b"}})
			})
			c.Refused(errs.Invalid, err, "an issue without an indicator or a way to see relief")
			i, idle = c.propose("母婴室建设"), c.propose("另一个问题")
			for _, title := range []string{"第三个问题", "第四个问题", "第五个问题", "第六个问题"} {
				c.propose(title)
			}
		})
		list := func(as, basis string, which *issue.Issue) step {
			return func(tx *db.Tx) (issue.Issue, error) {
				return issue.List(tx, c.People[as], which.ID, which.Version, basis)
			}
		}
		numbered("2 the plenary lists three", func() {
			take("the office lists without a decision", errs.Invalid, list("office", "", &i))
			take("a unit lists", errs.Denied, list("a", "meeting/1", &i))
			take("the plenary's decision", 0, list("office", "meeting/1", &i))
			if i.Number != "2024-1" || i.State != issue.Listed {
				c.T.Errorf("the issue is %s, %s", i.Number, i.State)
			}
			idle = done(c, list("chief", "", &idle))
			third := c.propose("第七个问题")
			if third = done(c, list("office", "meeting/1", &third)); third.Number != "2024-3" {
				c.T.Errorf("the third is %s", third.Number)
			}
		})
		act := func(on, text, ref string) step {
			return func(tx *db.Tx) (issue.Issue, error) {
				return issue.AddAct(tx, c.People["office"], i.ID, i.Version, issue.Act{Kind: issue.Conference, On: on,
					Text: text, Ref: ref})
			}
		}
		numbered("3 a liaison meeting prepares", func() {
			take("the meeting of liaisons", 0, act("2024-03-04", "联络员会议准备议题", "meeting/2"))
		})
		numbered("4 the joint conference meets, 5 and who pays is not agreed", func() {
			take("a joint conference", 0, act("2024-03-04", "经费谁出没有谈拢", "meeting/3"))
			if n := len(i.Acts); n != 2 || i.Acts[1].Text != "经费谁出没有谈拢" {
				c.T.Errorf("the acts are %+v", i.Acts)
			}
		})
		numbered("6 a research with three questions, two sites drawn", func() {
			start := func(questions []string, draw int, team ...string) step {
				return func(tx *db.Tx) (issue.Issue, error) {
					return issue.StartResearch(tx, c.People["office"], i.ID, i.Version, issue.Research{
						Title: "钱从哪里来", Head: "a", Team: team, Questions: questions,
						Sites: []string{"一号院", "二号院", "三号院", "四号院"}}, draw)
				}
			}
			take("a research without questions", errs.Invalid, start(nil, 2, "b"))
			take("more sites drawn than there are", errs.Invalid, start([]string{"缺多少"}, 5, "b"))
			take("a unit without a part in it", errs.Invalid, start([]string{"缺多少"}, 2, "c"))
			take("a research", 0, start([]string{"缺多少", "谁来管", "谁出钱"}, 2, "b"))
			r := i.Researches[0]
			if again := issue.Draw(r.Sites, r.Seed, 2); len(r.Drawn) != 2 || !slices.Equal(again, r.Drawn) {
				c.T.Errorf("drawn are %v, and again %v", r.Drawn, again)
			}
		})
		advice := []issue.Advice{{Text: "补经费", To: "b", Kind: "money"}, {Text: "定标准", To: "a", Kind: "rule"},
			{Text: "先试点", To: "EO", Kind: "pilot"}, {Text: "并入年度预算", To: "b", Kind: "money"}}
		numbered("8 a second unit reviews the report", func() {
			share := "101"
			write := func(advice ...issue.Advice) step {
				return func(tx *db.Tx) (issue.Issue, error) {
					return issue.ReportResearch(tx, c.People["a"], i.ID, i.Version, 0, "缺口在老旧院区",
						[]issue.Cause{{Text: "没有经费渠道", Ground: issue.Ground{Kind: "resources",
							Evidence: "院区台账", Share: share}}}, advice)
				}
			}
			take("a proposal to nobody", errs.Invalid, write(issue.Advice{Text: "补经费", Kind: "money"}))
			take("a cause that makes more than all of the gap", errs.Invalid, write(advice...))
			share = "71.5"
			if c.waits("a", i) != issue.VerbReport || c.waits("b", i) != "" {
				c.T.Error("who heads the research is not asked for its report, or somebody else is")
			}
			take("the report", 0, write(advice...))
			if c.waits("b", i) != issue.VerbSecond || c.waits("a", i) != "" {
				c.T.Error("the team's other unit is not asked to assess the report, or its writer is")
			}
			say := func(as string) step {
				return func(tx *db.Tx) (issue.Issue, error) {
					return issue.SecondResearch(tx, c.People[as], i.ID, i.Version, 0, "数据属实")
				}
			}
			take("a matter before the second word", errs.Conflict, c.raise(&i, 0))
			take("the report's own unit reviews it", errs.Denied, say("a"))
			take("a second unit reviews it", 0, say("b"))
		})
		numbered("9 of four proposals three become matters", func() {
			for n := range 3 {
				take("a proposal becomes a matter", 0, c.raise(&i, n))
			}
			take("it becomes one again", errs.Conflict, c.raise(&i, 0))
			all := done(c, func(tx *db.Tx) ([]matter.Matter, error) { return matter.BySource(tx, i.Object()) })
			become := func(place string) step {
				return func(tx *db.Tx) (issue.Issue, error) {
					return issue.AddAct(tx, c.People["office"], i.ID, i.Version, issue.Act{Kind: issue.Funding,
						On: "2024-03-04", Text: "并入预算", Advice: place})
				}
			}
			take("what became of a proposal that nobody made", errs.Invalid, become("0.9"))
			take("the fourth became a budget", 0, become("0.3"))
			if len(all) != 3 || i.Researches[0].Advice[3].Matter != "" {
				c.T.Fatalf("matters of the issue are %+v", all)
			}
			for n, a := range i.Researches[0].Advice[:3] {
				at := slices.IndexFunc(all, func(m matter.Matter) bool { return m.ID == a.Matter })
				if at < 0 || all[at].Lead != advice[n].To {
					c.T.Errorf("proposal %d became %+v", n+1, a)
				}
			}
		})
		numbered("11 nothing for 90 days on another issue", func() {
			tasks := func() (n int) {
				return done(c, func(tx *db.Tx) (n int, err error) {
					all, err := issue.Tasks(tx, c.People["chief"])
					for _, task := range all {
						if task.Object == idle.Object() && task.Verb == issue.VerbMeet {
							n++
						}
					}
					return n, err
				})
			}
			if n := tasks(); n != 0 {
				c.T.Error("it is told at once")
			}
			c.Pass(91)
			if told := c.reminded(idle); !slices.Equal(told, []string{issue.VerbMeet}) {
				c.T.Errorf("the ladder is told of %v, want that nothing was done in 90 days", told)
			}
			if n := tasks(); n != 1 {
				c.T.Error("who leads the committee is not told of the issue about which nothing was done")
			}
		})
		review := func(as, year, verdict, words string) step {
			return func(tx *db.Tx) (issue.Issue, error) {
				return issue.Result(tx, c.People[as], i.ID, i.Version, issue.Review{Year: year, Verdict: verdict,
					Words: words})
			}
		}
		solve := func(as, basis, reason string) step {
			return func(tx *db.Tx) (issue.Issue, error) {
				return issue.Solve(tx, c.People[as], i.ID, i.Version, basis, reason)
			}
		}
		aim := func(as, year, goal string, measures ...string) step {
			return func(tx *db.Tx) (issue.Issue, error) {
				return issue.Aim(tx, c.People[as], i.ID, i.Version, issue.Year{Year: year, Goal: goal,
					Measures: measures})
			}
		}
		numbered("what is meant to be reached in the year", func() {
			take("a year without measures", errs.Invalid, aim("a", "2024", "覆盖六成"))
			take("a year before it was listed", errs.Invalid, aim("a", "2023", "覆盖六成", "补建"))
			take("by a unit that does not lead", errs.Denied, aim("b", "2024", "覆盖六成", "补建"))
			take("the year's aim", 0, aim("a", "2024", "覆盖六成", "补建三十间", "统一标识"))
		})
		numbered("12 the yearly review says eased", func() {
			c.publish(2023, "61")
			take("a review by a lamp alone", errs.Invalid, review("office", "2024", issue.Easing, ""))
			take("a review of next year", errs.Invalid, review("office", "2025", issue.Easing, "好转"))
			take("a review by a unit that does not lead", errs.Denied, review("b", "2024", issue.Easing, "好转"))
			take("solved before it eased", errs.Conflict, solve("chief", "", "理由"))
			take("the yearly review", 0, review("a", "2024", issue.Easing, "母婴室多了三十间"))
			take("an aim of a year that was reviewed", errs.Invalid, aim("a", "2024", "覆盖七成", "补建"))
			if i.State != issue.Eased || !strings.Contains(i.Reviews[0].Values, "61") {
				c.T.Errorf("after the review it is %s: %+v", i.State, i.Reviews)
			}
		})
		numbered("13 solved is refused, and accepted next year", func() {
			take("solved after one period", errs.Conflict, solve("office", "meeting/4", "理由"))
			take("solved by the leader without a reason", errs.Conflict, solve("chief", "", ""))
			c.Pass(300)
			c.publish(2024, "64")
			take("solved after two periods", 0, solve("office", "meeting/5", ""))
		})
		carried := done(c, func(tx *db.Tx) (issue.Issue, error) {
			return issue.End(tx, c.People["office"], idle.ID, idle.Version, issue.VerbCarry, "规划到期")
		})
		s := c.site()
		s.Run(t,
			webtest.Scenario{As: "c", Path: i.URL(), Status: 404},
			webtest.Scenario{As: "a", Path: "/issues?format=csv", Contains: []string{"母婴室建设,2024-1", "已解决"}},
			webtest.Scenario{As: "a", Path: i.URL(), Contains: []string{"一号院", "抽签种子", "数据属实", "已转为事项",
				"连续达标2期", "64", "覆盖六成", "统一标识", "占差距71.5%", "去向", "并入预算", "4 / 4条"}},
			webtest.Scenario{As: "office", Path: i.URL() + "?format=csv",
				Contains: []string{"2024-03-04,联席会议,经费谁出没有谈拢"}},
			webtest.Scenario{As: "office", Path: "/issues/document?year=2024"},
			webtest.Scenario{As: "a", Path: i.URL() + "/document?paper=research", Contains: []string{"PK"}},
			webtest.Scenario{As: "c", Path: i.URL() + "/document", Status: 404},
			webtest.Scenario{As: "office", Path: "/issues", JSON: true, Contains: []string{`"issues":[`, `"lamp":`}},
			webtest.Scenario{As: "office", Path: "/issues?state=proposed", Contains: []string{carried.Title}})
		c.papers(i)
		if n, text := c.verified(); n > 0 {
			t.Errorf("honest issues have findings:\n%s", text)
		}
		for _, edit := range []string{"acts = '[]'", "researches = '[]'", "reviews = '[]'", "years = '[]'",
			"state = 'listed'",
			"listed_on = 'x'", "indicators = '[]'", "acted_on = 'x'", "reason = 'x'"} {
			column, _, _ := strings.Cut(edit, " ")
			dbtest.Outside(t, c.DB, `CREATE TABLE kept AS SELECT * FROM issues`, `UPDATE issues SET `+edit)
			if n, _ := c.verified(); n == 0 {
				t.Errorf("%s is not found", edit)
			}
			dbtest.Outside(t, c.DB, `UPDATE issues SET `+column+` = (SELECT k.`+column+` FROM kept k
				WHERE k.id = issues.id)`, `DROP TABLE kept`)
		}
		dbtest.Outside(t, c.DB, `DELETE FROM issue_units WHERE unit = 'EO'`)
		if n, _ := c.verified(); n == 0 {
			t.Error("a unit taken off from outside is not found")
		}
	})
}

// raise makes a matter of the n-th proposal of an issue's research.
func (c *city) raise(i *issue.Issue, n int) step {
	return func(tx *db.Tx) (issue.Issue, error) {
		return issue.ToMatter(tx, c.People["office"], i.ID, i.Version, 0, n, "2024-06-28")
	}
}

// waits is the step that an issue asks of somebody; none if it does not.
func (c *city) waits(as string, i issue.Issue) string {
	c.T.Helper()
	return done(c, func(tx *db.Tx) (string, error) {
		all, err := issue.Tasks(tx, c.People[as])
		for _, task := range all {
			if task.Object == i.Object() {
				return task.Verb, err
			}
		}
		return "", err
	})
}

// reminded are the steps of which somebody would be told by today.
func (c *city) reminded(i issue.Issue) (steps []string) {
	c.T.Helper()
	return done(c, func(tx *db.Tx) (steps []string, err error) {
		for _, r := range issue.Reminders() {
			due, _, err := r.Due(tx, tx.Today(), "")
			if err != nil {
				return nil, err
			}
			for _, d := range due {
				if strings.HasSuffix(d.Object, "/"+i.ID) {
					steps = append(steps, d.Step)
				}
			}
		}
		return steps, nil
	})
}
