package supervision_test

// What a finding is held against stands beside it wherever it is told; and the checklist of a place, which its register
// has, is answered item by item.

import (
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/plan"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/supervision"
	"yipanqi/internal/web/webtest"
)

// yardsticks makes a plan with a goal, a measure and a target, and one of a district that nobody else is held against.
func (c *city) yardsticks(tx *db.Tx, _ auth.User) (bool, error) {
	for code, area := range map[string]string{"W": "990100", "S": "990103"} {
		at := areaOf(c, tx, area)
		_, err := plan.Put(tx, plan.Plan{Code: code, Name: "规划" + code, Kind: "women", AreaID: at.ID, Starts: 2021,
			Ends: 2025})
		c.Must(err)
		_, err = plan.PutDomain(tx, plan.Domain{Plan: code, Code: "env", Name: "妇女与环境"})
		c.Must(err)
		_, err = plan.PutGoal(tx, plan.Goal{Plan: code, Code: "1.1", Domain: "env", Text: "社区都有儿童之家"})
		c.Must(err)
		_, err = plan.PutMeasure(tx, plan.Measure{Plan: code, Code: "1.a", Domain: "env", Goal: "1.1",
			Text: "每个社区建一处儿童之家"})
		c.Must(err)
	}
	i, _, err := indicator.Put(tx, indicator.Indicator{Code: "HOMES", Name: "儿童之家覆盖率", Unit: "%", Direction: 1})
	c.Must(err)
	_, err = indicator.PutTarget(tx, indicator.Target{Plan: "W", IndicatorID: i.ID, AreaID: areaOf(c, tx, "990100").ID,
		Level: indicator.Own, Op: indicator.AtLeast, Value: "90", Year: 2025, SourceTitle: "规划"})
	return true, err
}

func TestFindingsAreHeldAgainstPlans(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		may(c, "office", c.yardsticks)
		v := may(c, "office", c.plan(c.formed("edu-head", "990104"), "990104", "2023-09-12", true))
		s.begun(v)
		file := func(change func(*finding)) func(*db.Tx, auth.User) (finding, error) {
			f := finding{Kind: "problem", Text: "两个社区没有儿童之家（模拟）", Weight: "normal", Goal: "W/1.1",
				Measure: "W/1.a", Indicator: "HOMES", Evidence: []string{"台账（模拟）"}}
			change(&f)
			return func(tx *db.Tx, by auth.User) (finding, error) { return supervision.File(tx, by, v.ID, f) }
		}
		for says, change := range map[string]func(*finding){
			"没有代码为“S/1.1”的目标": func(f *finding) { f.Goal = "S/1.1" }, // of another district's plan
			"没有代码为“W/9.9”的目标": func(f *finding) { f.Goal = "W/9.9" },
			"没有代码为“W/9.z”的措施": func(f *finding) { f.Measure = "W/9.z" }} {
			refused(c, "edu", errs.Invalid, says, file(change))
		}
		f := may(c, "edu", file(func(*finding) {}))
		spoken := may(c, "edu", file(func(f *finding) {
			f.Text, f.Goal, f.Indicator, f.Measure = "另一处（模拟）", "", "", "口头说过的措施"
		}))
		site := c.site()
		against := []string{"社区都有儿童之家", `href="/plans/W#1.1"`, "每个社区建一处儿童之家",
			`href="/plans/W#measure-1.a"`,
			"儿童之家覆盖率（目标：2025年不低于90%）"}
		site.Run(t, webtest.Scenario{As: "edu", Path: f.URL(), Contains: against},
			webtest.Scenario{As: "edu", Path: v.URL(), Contains: append(against, "口头说过的措施")},
			webtest.Scenario{As: "edu", Path: "/findings?format=csv", Contains: []string{against[0], against[4]}},
			webtest.Scenario{As: "edu", Path: f.URL(), JSON: true, Contains: []string{`"criteria":[{"kind":"measure",` +
				`"code":"W/1.a","text":"每个社区建一处儿童之家"`}},
			webtest.Scenario{As: "edu", Path: "/findings/new?visit=" + v.ID, Contains: []string{`value="W/1.1"`,
				`value="W/1.a"`}, NotContains: []string{`value="S/1.1"`}},
			webtest.Scenario{As: "edu", Path: spoken.URL() + "/edit",
				Contains: []string{`value="口头说过的措施" selected`}})
		s.finished(v)
		s.settled(v, f, spoken)
		body := s.body(may(c, "office", drafts(v)))
		for _, want := range []string{"规划目标“社区都有儿童之家”（1.1）", "规划措施“每个社区建一处儿童之家”（1.a）",
			"指标“儿童之家覆盖率”（目标{{target HOMES year=2023 area=990100}}）", "依据：口头说过的措施"} {
			if !strings.Contains(body, want) {
				t.Errorf("the letter does not say %s:\n%s", want, body)
			}
		}
	})
}

const homes = `
code: child_home
name: 儿童之家
name_en: Homes
privacy: P0
number: "{area}-H-{seq:4}"
parts:
  - {code: keeper, name: 填报单位, roles: [statistician]}
  - {code: owner, name: 确认单位, roles: [office], above: true}
fields:
  - {code: home_name, name: 名称, type: text, required: true}
  - {code: check, name: 核查, type: checklist, of: home_item}
set: plain
list: {columns: [number, home_name, state, due], sort: home_name}
`

func TestChecklistsOfPlacesAreAnsweredItemByItem(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		may(c, "office", func(tx *db.Tx, _ auth.User) (bool, error) {
			for code, name := range map[string]string{"H1": "标识", "H2": "消防"} {
				c.Must(tx.Exec(`INSERT INTO code_items (list, code, name, name_en, heading, note, source, confirmed,
					position, required) VALUES ('home_item', $1, $2, '', '', '', '', '', 1, '是')`, code, name))
			}
			def, problems := register.Parse("home.yaml", []byte(homes), register.Known{Lists: map[string]bool{
				"home_item": true}})
			c.Must(problems.Check())
			return record.Define(tx, def)
		})
		v := may(c, "office", c.plan(c.formed("edu-head", "990104"), "990104", "2023-09-12", true))
		s.begun(v)
		place := func(name, kind string) string {
			return may(c, "edu", func(tx *db.Tx, by auth.User) (supervision.Site, error) {
				return supervision.AddSite(tx, by, v.ID, supervision.Site{Place: name, Kind: kind, Chosen: "proposed"})
			}).Object()
		}
		home, school := place("青禾儿童之家（模拟）", "child_home"), place("青禾小学（模拟）", "school")
		site := c.site()
		answers := func(as, own, where, item, found, text string, status int) {
			t.Helper()
			fields := map[string]string{"own_id": own + "-0000-4000-8000-000000000000", "kind": "check",
				"place": where, "item": item, "found": found, "text": text, "at": "2023-09-12T08:50:00+08:00"}
			if got, body := send(t, site, as, v.ID, fields, nil); got != status {
				t.Errorf("%s of %s answered %s by %s: %d %s", item, where, found, as, got, body)
			}
		}
		answers("edu", "11111111", home, "H1", "ok", "", 200)
		answers("edu", "11111111", home, "H1", "ok", "", 200) // sent twice
		answers("edu", "22222222", home, "H2", "defect", "灭火器过期", 200)
		answers("edu", "33333333", home, "H9", "ok", "", 422)
		answers("edu", "44444444", school, "H1", "ok", "", 422)
		answers("edu", "55555555", home, "H1", "complete", "", 422)
		answers("edu", "66666666", "", "H1", "ok", "", 422)
		field := webtest.Scenario{As: "edu", Path: v.URL() + "/field", Contains: []string{`name="kind" value="check"`,
			"检查单：符合1项，不符合1项，没有查0项", "标识", "灭火器过期"}}
		site.Run(t, field, webtest.Scenario{As: "edu", Path: v.URL(), Contains: []string{"检查单：符合1项，不符合1项",
			"灭火器过期"}, NotContains: []string{"记录不一致"}})
		answers("office-b", "77777777", home, "H1", "defect", "", 200)
		site.Run(t, webtest.Scenario{As: "edu", Path: v.URL(), Contains: []string{"记录不一致", "不符合2项"}},
			webtest.Scenario{As: "edu", Path: v.URL(), JSON: true, Contains: []string{
				`"checks":[{"item":"H1","name":"标识","must":true,"found":"defect","split":true,"notes":[{`}},
			webtest.Scenario{As: "north", Path: v.URL(), NotContains: []string{"灭火器过期"}})
		v = s.visit(v.ID)
		d := may(c, "edu", func(tx *db.Tx, _ auth.User) (string, error) {
			_, d, err := supervision.RecordSheet(tx, v)
			return fmt.Sprint(d.Blocks), err
		})
		if !strings.Contains(d, "检查单：青禾儿童之家（模拟）") || !strings.Contains(d, "灭火器过期") {
			t.Errorf("the record sheet does not have the checklist:\n%s", d)
		}
		c.verifies(0)
	})
}
