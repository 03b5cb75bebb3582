package record_test

// Records that serve goals of plans: chosen in the form, found by the goal, listed under it once they are confirmed, to
// whom they are shown at all.

import (
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/record"
	"yipanqi/internal/table"
	"yipanqi/internal/web/webtest"
)

// serving are the titles of what serves the goals of a plan, as somebody sees it: "1.2 policy_document 关于甲的意见".
func (c *town) serving(who, plan string) (all []string) {
	c.view(func(tx *db.Tx) error {
		served, err := record.Serving(tx, c.people[who], plan)
		for _, goal := range []string{"1.1", "1.2"} {
			for _, s := range served[goal] {
				for _, r := range s.Records {
					all = append(all, goal+" "+s.Register+" "+r.Title)
				}
			}
		}
		return err
	})
	return all
}

func (c *town) serves(plan string, want map[string]string) {
	c.Helper()
	for who, titles := range want {
		if got := strings.Join(c.serving(who, plan), "；"); got != titles {
			c.Errorf("%s sees that the goals of %s are served by %q, want %q", who, plan, got, titles)
		}
	}
}

func TestRecordsServeGoals(t *testing.T) {
	eachTown(t, func(c *town) {
		site := newSite(c)
		s := c.begins("policy_document", "government", "object_title", "防近视的意见", "doc_kind", "opinion",
			"doc_content", "measures", "issuing_units", "示范市人民政府", "benefited_group", "children", "goals",
			"C/1.2、W/1.1")
		site.Check(c.T, webtest.Scenario{As: "government", Path: s.r.URL() + "/edit",
			Contains:    []string{"妇女发展规划", "1.2 儿童近视率下降", `name="value[goals:C/1.2]" value="1" checked`},
			NotContains: []string{"还没有印发的目标", "东岭的目标"}})
		c.serves("C", map[string]string{"government": "", "office": ""}) // nothing that is not confirmed
		s.does("government-head", "issue", "issued_on", day(-3))
		const policy = "1.2 policy_document 防近视的意见"
		c.serves("C", map[string]string{"government": policy, "office": policy, "east": policy})

		money := c.begins("funding_item", "finance", "fund_purpose", "体检", "budget_year", "2024", "fund_source",
			"city", "spending_unit", "示范市财政局", "arrived_amount", "50000", "planned_amount", "50000",
			"spent_amount", "50000", "goals", "W/1.1", "remark", "没有成效")
		money.does("finance", "submit")
		money.does("office", "confirm")
		const healthy = "1.1 policy_document 防近视的意见"
		c.serves("W", map[string]string{"east": healthy, "office": "1.1 funding_item 体检；" + healthy})

		s.does("government", "correct", "reason", "目标填错了")
		s.writes("government", "goals", "W/1.2")
		c.serves("C", map[string]string{"government": policy, "east": policy}) // as it was confirmed
		s.does("government", "submit")
		s.does("government-head", "confirm")
		c.serves("C", map[string]string{"government": "", "east": ""})
		c.serves("W", map[string]string{"east": "1.2 policy_document 防近视的意见"})

		const list = "/registers/policy_document/records"
		site.Check(c.T, webtest.Scenario{As: "east", Path: list + "?where[goals]=W/1.2",
			Contains: []string{"防近视的意见", "妇女规划1.2"}})
		site.Check(c.T, webtest.Scenario{As: "east", Path: list + "?where[goals]=C/1.2",
			NotContains: []string{"防近视的意见"}})
		site.Check(c.T, webtest.Scenario{As: "east", Path: s.r.URL(),
			Contains: []string{"妇女规划1.2", "妇女体质增强"}})
		site.Check(c.T, webtest.Scenario{As: "east", Path: list + "?format=csv", Contains: []string{",W/1.2,"}})

		s.does("government", "correct", "reason", "还服务于儿童")
		if _, err := do(c, func(tx *db.Tx) (record.Imported, error) {
			return record.ImportRows(tx, c.people["government"], "policy_document", []table.Record{{Line: 2,
				Values: map[string]string{"记录编号": s.r.Number, "服务目标": "C/1.2、W/1.2"}}}, false)
		}); err != nil {
			c.Fatalf("the goals of an exported table are not brought in again: %v", err)
		}
		if got := c.numbered("policy_document", s.r.Number).Body; got["goals:C/1.2"]+got["goals:W/1.2"] != "11" {
			c.Errorf("after the import the goals are %v", got)
		}
	})
}

func TestARegisterSaysWhichGoalsItServes(t *testing.T) {
	eachTown(t, func(c *town) {
		must(c, func(tx *db.Tx) (bool, error) { return c.redefined(tx, "保密: P0\n", "保密: P0\n目标: [C/1.2]\n") })
		c.view(func(tx *db.Tx) error {
			served, err := record.Serving(tx, c.people["east"], "C")
			if of := served["1.2"]; len(of) != 1 || !of[0].Whole || of[0].Register != "child_home" {
				c.Errorf("a register that serves the goal is not listed under it: %+v", served)
			}
			return err
		})
		newSite(c).Check(c.T, webtest.Scenario{As: "east", Path: "/registers/child_home",
			Contains: []string{"服务的目标和指标", "儿童规划1.2", "儿童近视率下降"}})
		broken := func() (said []string) {
			c.view(func(tx *db.Tx) error {
				all, err := record.Broken(tx)
				for _, p := range all {
					said = append(said, p.Error())
				}
				return err
			})
			return said
		}
		if said := broken(); len(said) > 0 {
			c.Errorf("definitions that hold together are said to be broken: %q", said)
		}
		must(c, func(tx *db.Tx) (bool, error) {
			return true, tx.Exec(`UPDATE plans SET status = 'draft' WHERE code = 'C'`)
		})
		if said := broken(); len(said) != 1 || !strings.Contains(said[0], "child_home.yaml第") ||
			!strings.Contains(said[0], "没有目标“C/1.2”") {
			c.Errorf("a goal that is gone is told as %q", said)
		}
	})
}
