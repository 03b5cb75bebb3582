package matter_test

// One matter as the specification tells it, step by step, from a meeting's decision and from an instruction: what each
// unit may do, what is refused, and that the journal bears it out after every step.

import (
	"testing"

	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
)

// The story of oversight.md §4 from its fourth step on, as far as matters tell it, once from a meeting's decision and
// once from an instruction on paper: what a leader's satisfaction and next year's figure are is told in package
// instruction and by the fictional city.
func TestTheStoryOfAMatter(t *testing.T) {
	for _, first := range []matter.Source{
		{Kind: matter.Decision, Ref: "meeting/9", On: "2024-02-28", Quote: "请逐项研究（模拟）。"},
		{Kind: matter.Instruction, Ref: "instruction/9", On: "2024-02-28", Quote: "请逐项研究（模拟）。"}} {
		t.Run(first.Kind, func(t *testing.T) { theStory(t, first) })
	}
}

func theStory(t *testing.T, first matter.Source) {
	eachCity(t, func(t *testing.T, c *city) {
		var m matter.Matter
		at := func(n int) matter.At { return matter.At{ID: m.Items[n].ID} }
		step := func(name string, do func()) {
			t.Run(name, func(t *testing.T) {
				was := c.t
				c.t = t
				defer func() { c.t = was }()
				do()
				c.verifies()
			})
			if t.Failed() {
				t.FailNow()
			}
		}
		step("4 the district's leader wrote on the letter", func() {
			d := proposal()
			d.Area, d.Lead, d.Class = "990104", "NORTH", matter.Phased
			d.Sources = []matter.Source{first}
			d.Items = []matter.Asked{{Area: "990104", Text: "落实场地", Due: "2024-03-29"},
				{Unit: "EDU", Area: "990104", Text: "开放学校场地", Due: "2024-03-29"},
				{Unit: "HEA", Area: "990104", Text: "培训", Due: "2024-04-30"},
				{Unit: "HEA", Area: "990104", Text: "体检", Due: "2024-04-30"}}
			m = c.raised(d)
		})
		step("5 the district files a plan, led by its head", func() {
			got := may(c, "north", func(x *tx, by user) (result, error) { return matter.Receive(x, by, at(0), "", "") })
			if got.Items[0].Unit != "NORTH" || got.Items[0].Responsible == "" {
				t.Errorf("received: %+v", got.Items[0])
			}
			may(c, "north", func(x *tx, by user) (result, error) {
				return matter.MakePlan(x, by, at(0), matter.Plan{CauseKinds: []string{"resources"}, Cause: "没有场地",
					Steps: []matter.Step{{Text: "找场地", Due: "2024-03-15"}}})
			})
		})
		step("6 work begins", func() {
			may(c, "north", func(x *tx, by user) (result, error) { return matter.Start(x, by, at(0)) })
		})
		step("7 the vice mayor's note becomes a second source", func() {
			got := may(c, "office", func(x *tx, by user) (result, error) {
				return matter.AddSource(x, by, m.ID, matter.Source{Kind: matter.Instruction, Ref: "instruction/1",
					Quote: "请抓紧（模拟）。"})
			})
			if len(got.Sources) != 2 {
				t.Errorf("sources are %+v", got.Sources)
			}
			for _, ref := range []string{first.Ref, "instruction/1"} {
				from := may(c, "office", func(x *tx, _ user) ([]result, error) { return matter.BySource(x, ref) })
				if len(from) != 1 || from[0].ID != m.ID {
					t.Errorf("from %s come %+v", ref, from)
				}
			}
		})
		step("8 one unit declines, the office reassigns", func() {
			may(c, "edu-head", func(x *tx, by user) (result, error) { return matter.Decline(x, by, at(1), "不归我局") })
			got := may(c, "office", func(x *tx, by user) (result, error) {
				return matter.Reassign(x, by, at(1), "HEA", "由卫生局承办")
			})
			if got.Items[1].Unit != "HEA" || got.Items[1].State != matter.Raised {
				t.Errorf("reassigned: %+v", got.Items[1])
			}
		})
		step("9 an item nears its day", func() {
			c.on("2024-03-27")
			if lamp := c.item(m.ID).Lamp("2024-03-27", 3); lamp != "blue" {
				t.Errorf("two days before it is %s", lamp)
			}
			c.sees("north", map[string]int{"soon": 1, "support": 3})
		})
		step("10 an extension in time is granted, one too late is refused", func() {
			c.on("2024-03-28")
			extend := func(x *tx, by user) (result, error) {
				return matter.Extend(x, by, at(0), "2024-04-12", "等产权单位")
			}
			may(c, "north-head", extend)
			may(c, "office", func(x *tx, by user) (result, error) { return matter.Grant(x, by, at(0), "") })
			c.on("2024-04-13")
			refused(c, "north-head", errs.Conflict, "按逾期办理", func(x *tx, by user) (result, error) {
				return matter.Extend(x, by, at(0), "2024-05-12", "还要等")
			})
		})
		step("11 it turns red and lies before the office", func() {
			if lamp := c.item(m.ID).Lamp("2024-04-13", 3); lamp != "red" {
				t.Errorf("a day after it is %s", lamp)
			}
			if n := c.desk("office")["overdue"]; n != 1 {
				t.Errorf("%d items are overdue", n)
			}
		})
		report := func(x *tx, by user) (result, error) {
			return matter.Report(x, by, at(0), matter.DoneReport{Result: "场地已落实（模拟）。"})
		}
		check := func(judgement string, confirmed bool) func(*tx, user) (result, error) {
			return func(x *tx, by user) (result, error) {
				return matter.Recheck(x, by, at(0), matter.Check{Way: "papers", LookedAt: "协议", Reason: "看过",
					Judgement: judgement, Confirmed: confirmed})
			}
		}
		step("12 a report without a file is refused", func() {
			refused(c, "north-head", errs.Invalid, "佐证材料", report)
			c.file("north", m.Items[0].Object(), "agreement.png")
			may(c, "north-head", report)
		})
		step("13 the owner does not re-check; another judges partly, then done", func() {
			refused(c, "north", errs.Denied, "自己单位", check(matter.Done, true))
			may(c, "office", func(x *tx, by user) (result, error) { return matter.Entrust(x, by, at(0), "EDU") })
			may(c, "edu", check(matter.Partly, false))
			may(c, "north-head", report)
			refused(c, "office", errs.Invalid, "还有措施", check(matter.Done, false))
			if got := may(c, "office", check(matter.Done, true)); got.Items[0].State != matter.Closed {
				t.Errorf("closed it is %s", got.Items[0].State)
			}
		})
	})
}
