package supervision_test

// The story from the letter on: its two addressees, the objection and the second version, the matter, the coverage.

import (
	"errors"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/instruction"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/rectification"
	"yipanqi/internal/supervision"
	"yipanqi/internal/web/webtest"
)

// told are steps 11 and 12: the letter for the north, to two; the government receives, the committee does not.
func (s *story) told(v visit) feedback {
	c := s.city
	b := may(c, "office", func(tx *db.Tx, by auth.User) (feedback, error) {
		return supervision.DraftFeedback(tx, by, v.ID, supervision.Drafting{PlanDue: "2023-10-31"})
	})
	if _, err := s.issue(b.Letter); errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "还没有同意") {
		s.T.Fatalf("a letter goes out without the head: %v", err)
	}
	c.site().Run(s.T, webtest.Scenario{As: "north", Path: b.URL(), Status: 404})
	c.site().Run(s.T, webtest.Scenario{As: "edu-head", Path: b.URL(), NotContains: []string{`href="/letters/`},
		Contains: []string{"意见函全文", "北原区政府、北原区妇儿工委：", "（发现2023-2）儿童之家覆盖率低于进度（模拟）"}},
		webtest.Scenario{As: "office", Path: b.URL(), Contains: []string{`href="/letters/`}})
	consent := func(tx *db.Tx, by auth.User) (feedback, error) { return supervision.Consent(tx, by, b.ID, b.Version) }
	refused(c, "office", errs.Denied, "由组长", consent)
	b = may(c, "edu-head", consent)
	l := may(c, "office", func(tx *db.Tx, _ auth.User) (letter.Letter, error) {
		return letter.Get(tx, strings.TrimPrefix(b.Letter, "letter/"))
	})
	if !slices.Equal(l.Main, []string{"990104-GOV", "990104-WCC"}) || l.Kind != letter.KindLetter {
		s.T.Errorf("the letter is a %s to %v", l.Kind, l.Main)
	}
	for _, part := range []string{"一、主要成效", "二、存在问题", "（发现2023-2）儿童之家覆盖率低于进度（模拟）", "区里补充：青禾镇",
		"市规划第三章第五条", "五、复核途径", "2023年10月31日", "附：问题清单\n| 编号 | 问题 |",
		"| 发现2023-2 | 儿童之家覆盖率低于进度（模拟） |"} {
		if !strings.Contains(l.Body, part) {
			s.T.Errorf("the letter does not say %s:\n%s", part, l.Body)
		}
	}
	alone := l
	_, err := do(c, "office", func(tx *db.Tx, by auth.User) (int, error) {
		alone.Main = alone.Main[:1]
		s.Must(tx.Exec(`UPDATE letters SET state = 'draft' WHERE id = $1`, l.ID))
		_, err := letter.Save(tx, by, l.ID, l.Version, alone)
		if err == nil {
			err = supervision.Blocks(tx, b.Object(), "WCCO")
		}
		return 0, err
	})
	if errs.KindOf(err) != errs.Conflict {
		s.T.Errorf("a letter to one of the two goes out: %v", err)
	}
	undone := errors.New("undone")
	_, err = do(c, "office", func(tx *db.Tx, by auth.User) (int, error) {
		again := func() error { _, err := supervision.Consent(tx, c.People["edu-head"], b.ID, b.Version); return err }
		if err := again(); errs.KindOf(err) != errs.Conflict {
			s.T.Errorf("the head agrees twice to the same words: %v", err)
		}
		other := l
		other.Body += "\n另有一个问题没有写。（模拟）"
		s.Must(tx.Exec(`UPDATE letters SET state = 'draft' WHERE id = $1`, l.ID))
		_, err := letter.Save(tx, by, l.ID, l.Version, other)
		s.Must(err)
		if err := supervision.Blocks(tx, b.Object(), "WCCO"); err == nil || !strings.Contains(err.Error(), "又改过") {
			s.T.Errorf("words that the head has not read go out: %v", err)
		}
		s.Must(again())
		s.Must(supervision.Blocks(tx, b.Object(), "WCCO"))
		return 0, undone
	})
	if !errors.Is(err, undone) {
		s.T.Fatal(err)
	}
	s.issues(b.Letter)
	s.receives("north-gov", b.Letter)
	c.site().Run(s.T, webtest.Scenario{As: "north-chief", Path: b.URL(), Contains: []string{"写批示", "1 / 2",
		"方案期限"}},
		webtest.Scenario{As: "south", Path: b.URL(), Status: 404})
	return b
}

// objects is step 13: the district objects to a finding on day 12, a reviewer outside the group changes it, version 2.
func (s *story) objects(b feedback) {
	c := s.city
	told := may(c, "office", func(tx *db.Tx, _ auth.User) ([]finding, error) {
		all, err := supervision.FindingsIn(tx, b.ID)
		return slices.DeleteFunc(all, func(f finding) bool { return f.Kind != "problem" }), err
	})
	if len(told) != 4 {
		s.T.Fatalf("the letter tells %d problems", len(told))
	}
	third := told[2]
	object := func(reason string, ids ...string) func(*db.Tx, auth.User) (objection, error) {
		return func(tx *db.Tx, by auth.User) (objection, error) {
			return supervision.Object(tx, by, b.ID, ids, reason)
		}
	}
	s.On("2023-11-20")
	refused(c, "north-head", errs.Conflict, "期限", object("不对", third.ID))
	s.On("2023-09-30")
	refused(c, "north", errs.Denied, "", object("不对", third.ID))
	refused(c, "north-head", errs.Invalid, "写明理由", object("", third.ID))
	refused(c, "north-head", errs.Invalid, "从这份意见函的发现里选", object("不对", "none"))
	o := may(c, "north-head", object("经费已在部门预算单列（模拟）", third.ID))
	refused(c, "north-chief", errs.Invalid, "申请过复核", object("不对", third.ID))
	decide := func(d supervision.Decision) func(*db.Tx, auth.User) (objection, error) {
		return func(tx *db.Tx, by auth.User) (objection, error) {
			return supervision.Decide(tx, by, o.ID, o.Version, d)
		}
	}
	changed := supervision.Decision{Verdict: "changed", Explanation: "部门预算里有这一项（模拟）",
		Changes: map[string]string{third.ID: "经费单列，拨付偏晚（模拟）"}}
	refused(c, "office-b", errs.Denied, "督导组成员", decide(changed))
	refused(c, "north-chief", errs.Denied, "", decide(changed))
	refused(c, "director", errs.Invalid, "写出修改后的内容", decide(supervision.Decision{Verdict: "changed",
		Explanation: "有这一项（模拟）"}))
	refused(c, "director", errs.Invalid, "写出修改后的内容", decide(supervision.Decision{Verdict: "changed",
		Explanation: "有这一项（模拟）", Changes: map[string]string{third.ID: third.Text}}))
	if !s.asked("office", supervision.VerbDecide) || s.asked("office-b", supervision.VerbDecide) {
		s.T.Error("whoever may decide an objection is not asked, or who may not is")
	}
	may(c, "director", decide(changed))
	now := may(c, "office", func(tx *db.Tx, _ auth.User) (feedback, error) { return supervision.GetFeedback(tx, b.ID) })
	may(c, "office", func(tx *db.Tx, by auth.User) (feedback, error) {
		return supervision.Correct(tx, by, b.ID, now.Version)
	})
	c.site().Run(s.T, webtest.Scenario{As: "north", Path: b.URL(), Contains: []string{"经费没有单列"},
		NotContains: []string{"拨付偏晚（模拟）。依据"}}, webtest.Scenario{As: "edu-head", Path: b.URL(),
		Contains: []string{"拨付偏晚（模拟）。依据"}})
	s.issues(b.Letter)
	l := may(c, "office", func(tx *db.Tx, _ auth.User) (letter.Letter, error) {
		return letter.Get(tx, strings.TrimPrefix(b.Letter, "letter/"))
	})
	if l.InForce != 2 || !strings.Contains(l.Body, "拨付偏晚") || strings.Contains(l.Body, "经费没有单列") {
		s.T.Errorf("edition %d says\n%s", l.InForce, l.Body)
	}
	s.receives("north-gov", b.Letter)
	refused(c, "office", errs.Conflict, "没有复核后要更正的内容", func(tx *db.Tx, by auth.User) (feedback, error) {
		now, err := supervision.GetFeedback(tx, b.ID)
		s.Must(err)
		return supervision.Correct(tx, by, b.ID, now.Version)
	})
}

// handed is step 14: the problems become one matter with an item each, and the leader's words stand behind the plan.
func (s *story) handed(b feedback) {
	c := s.city
	b = may(c, "office", func(tx *db.Tx, _ auth.User) (feedback, error) { return supervision.GetFeedback(tx, b.ID) })
	if !s.asked("office", supervision.VerbToMatter) {
		s.T.Error("the office is not asked to follow the problems up")
	}
	b = may(c, "office", func(tx *db.Tx, by auth.User) (feedback, error) {
		return supervision.ToMatter(tx, by, b.ID, b.Version, "")
	})
	id := strings.TrimPrefix(b.Matter, "matter/")
	m := may(c, "office", func(tx *db.Tx, _ auth.User) (matter.Matter, error) { return matter.Get(tx, id) })
	if len(m.Items) != 4 || m.Items[0].Due != "2023-10-31" || m.Lead != "990104-WCCO" || len(m.Sources) != 5 {
		s.T.Errorf("the matter is %+v", m)
	}
	may(c, "north-chief", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
		return instruction.Write(tx, by, instruction.Written{Text: "请逐项研究（模拟）", About: b.Letter,
			Title: "督导意见函", Kind: "act", Units: []string{"990104-WCCO"}})
	})
	plans := may(c, "office", func(tx *db.Tx, _ auth.User) ([]rectification.Plan, error) {
		return rectification.Of(tx, id)
	})
	if len(plans) != 1 || plans[0].DueOn != "2023-10-31" || plans[0].Basis != b.Letter {
		s.T.Errorf("plans are %+v", plans)
	}
	c.site().Run(s.T, webtest.Scenario{As: "north-chief", Path: b.URL(), Contains: []string{"请逐项研究", "整改方案"}})
}

// covered is step 15: who was reached, and the area that was not says its name.
func (s *story) covered(b feedback) {
	c := s.city
	cover := may(c, "office", func(tx *db.Tx, by auth.User) (supervision.Coverage, error) {
		return c.desk.Cover(tx, by, round)
	})
	at := slices.IndexFunc(cover.Tiles, func(t supervision.Tile) bool { return t.Code == "990104" })
	north := cover.Tiles[at]
	if cover.Visited != 1 || cover.Areas != 5 || !north.Letter || north.Received != 1 || north.Addressed != 2 ||
		north.Items != 4 || north.PlansDue != 1 || len(north.Feedbacks) != 1 || north.Feedbacks[0].ID != b.ID ||
		cover.Problems != 4 {
		s.T.Errorf("coverage is %+v", cover)
	}
	measures := may(c, "office", func(tx *db.Tx, by auth.User) ([]module.Measure, error) {
		return supervision.Measures(tx, by, module.Work{Year: 2023})
	})
	if m := measures[0]; m.Code != "coverage" || m.Numerator != 1 || m.Denominator != 5 {
		s.T.Errorf("the measure is %+v", m)
	}
	counted := may(c, "office", func(tx *db.Tx, by auth.User) (map[string][2]int, error) {
		return supervision.Loads()[0].Of(tx, by, "2023-01-01", "2024-01-01")
	})
	if counted["990104-WCCO"] != [2]int{1, 3} || len(counted) != 4 {
		s.T.Errorf("units had visits and places %v; one of five is cancelled, three places were seen in the north", counted)
	}
	c.site().Run(s.T, webtest.Scenario{As: "office", Path: "/supervision?about=" + round,
		Contains: []string{"督导覆盖 1 / 5", "还没有督导：东岭区", "中湖区"}},
		webtest.Scenario{As: "office", Path: "/supervision/screen?about=" + round, Contains: []string{"1 / 5",
			"1 / 2"}},
		webtest.Scenario{As: "north", Path: "/supervision?about=" + round, Contains: []string{"督导覆盖 1 / 1",
			"北原区", "每个地区都已督导", "只数您看得到的", b.URL()}, NotContains: []string{"东岭区", "中湖区",
			"/supervision/groups/"}},
		webtest.Scenario{As: "north", Path: "/supervision?about=" + round, JSON: true, Contains: []string{`"part":true`,
			`"visited":1`, `"areas":1`, `"problems":4`}, NotContains: []string{"990101", "990105"}},
		webtest.Scenario{As: "north", Path: "/supervision/screen?about=" + round, Contains: []string{"1 / 1",
			"只数您看得到的"}, NotContains: []string{"东岭区"}},
		webtest.Scenario{As: "west", Path: "/supervision?about=" + round, Contains: []string{"督导覆盖 0 / 1",
			"还没有督导：西川区"}, NotContains: []string{"北原区"}},
		webtest.Scenario{As: "edu", Path: "/supervision?about=" + round, Contains: []string{"督导覆盖 1 / 4", "中湖区",
			"只数您看得到的"}, NotContains: []string{"东岭区"}},
		webtest.Scenario{As: "office", Path: "/supervision?about=" + round, NotContains: []string{"只数您看得到的"}},
		webtest.Scenario{As: "office", Path: "/visits?format=csv", Contains: []string{"北原区"}},
		webtest.Scenario{As: "north", Path: "/visits", JSON: true, Contains: []string{`"total":1`}})
}
