package supervision_test

// The story of the paper, step by step, on both databases: three groups, five visits, one draw, what was found, the
// letter to an area, its objection, the second version, the matter and the coverage. What a phone does without network
// is e2e's.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/module"
	"yipanqi/internal/sign"
	"yipanqi/internal/supervision"
	"yipanqi/internal/web/webtest"
)

type (
	finding   = supervision.Finding
	feedback  = supervision.Feedback
	objection = supervision.Objection
)

// story is a city with a key for whoever signs letters.
type story struct {
	*city
	key account.Unlocked
}

func (c *city) signing() *story {
	s := &story{city: c}
	may(c, "office", func(tx *db.Tx, by auth.User) (int, error) {
		own, err := sign.Generate()
		c.Must(err)
		public, err := own.Public()
		c.Must(err)
		made := account.Key{ID: db.NewID(), PersonID: c.People["director"].ID, PublicKey: public, Locked: "-"}
		c.Must(account.AddKey(tx, c.People["director"], made, c.Secrets))
		s.key = account.Unlocked{ID: made.ID, Private: own}
		for _, kind := range []letter.Kind{letter.KindNotice, letter.KindLetter} {
			c.Must(letter.SetMark(tx, by, letter.Mark{Issuer: "WCCO", Kind: kind, Mark: "示妇儿工委办" + string(kind)}))
		}
		return 0, nil
	})
	return s
}

// issue has a letter checked, signed and issued.
func (s *story) issue(object string) (letter.Letter, error) {
	return do(s.city, "office-b", func(tx *db.Tx, by auth.User) (letter.Letter, error) {
		l, err := letter.Get(tx, strings.TrimPrefix(object, "letter/"))
		s.Must(err)
		if l.State == letter.StateDraft {
			v, _, err := letter.Preview(tx, l, s.Issuer)
			s.Must(err)
			l, err = letter.Check(tx, by, l.ID, l.Version, v.Digest, s.Issuer)
			s.Must(err)
			l, err = letter.Sign(tx, s.People["director"], l.ID, v.Digest, s.key)
			s.Must(err)
		}
		if l, err = letter.Issue(tx, s.People["office"], l.ID, l.Version, supervision.Blocks); err != nil {
			return l, err
		}
		return l, supervision.Issued(tx, s.People["office"], l.About, l.Object())
	})
}

func (s *story) issues(object string) {
	s.T.Helper()
	if _, err := s.issue(object); err != nil {
		s.T.Fatal(err)
	}
}

func (s *story) receives(as, object string) {
	s.T.Helper()
	may(s.city, as, func(tx *db.Tx, by auth.User) (letter.Letter, error) {
		l, err := letter.Get(tx, strings.TrimPrefix(object, "letter/"))
		s.Must(err)
		return letter.Receive(tx, by, l.ID, l.InForce)
	})
}

func (s *story) visit(id string) visit {
	return may(s.city, "office", func(tx *db.Tx, _ auth.User) (visit, error) { return supervision.Get(tx, id) })
}

// asked says whether a step waits for somebody.
func (s *story) asked(as, verb string) bool {
	s.T.Helper()
	tasks := may(s.city, as, supervision.Tasks)
	return slices.ContainsFunc(tasks, func(t module.Task) bool { return t.Verb == verb })
}

func TestTheStory(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		groups := s.groups()
		visits := s.visits(groups)
		s.drawn(visits["north"])
		s.noted(visits["north"])
		b := s.told(visits["north"])
		s.objects(b)
		s.handed(b)
		s.covered(b)
		c.verifies(0)
	})
}

// groups are steps 1 to 3: one lacks a CPPCC member, one has somebody of the south, training is recorded.
func (s *story) groups() map[string]group {
	c := s.city
	lacking := group{About: round, Title: "第三组（模拟）", Areas: []string{"990101"},
		Members: slices.DeleteFunc(c.members("civ-head"), func(m supervision.Member) bool { return m.Kind == "cppcc" })}
	form := func(g group) func(*db.Tx, auth.User) (group, error) {
		return func(tx *db.Tx, by auth.User) (group, error) { return c.desk.Form(tx, by, g) }
	}
	refused(c, "office", errs.Invalid, "缺政协委员", form(lacking))
	lacking.Lacks = "政协委员因会议请假（模拟）"
	third := may(c, "office", form(lacking))
	first := c.formed("edu-head", "990104", "990105")
	for who, says := range map[string]string{"south-edu": "是南屏区教育局的人", "civ": "三年内在",
		"firm": "受托第三方"} {
		refused(c, "office", errs.Invalid, says, form(group{About: round, Title: "第二组（模拟）",
			Areas:   []string{"990102", "990103"},
			Members: c.members("hea-head", supervision.Member{Person: c.People[who].ID, Kind: "unit_staff"})}))
	}
	second := c.formed("hea-head", "990102", "990103")
	second = may(c, "office", func(tx *db.Tx, by auth.User) (group, error) {
		second.Members = append(second.Members, supervision.Member{Person: c.People["hea"].ID, Kind: "unit_staff"})
		return c.desk.EditGroup(tx, by, second, "") // who left the south four years ago may
	})
	refused(c, "office", errs.Invalid, "先培训再督导", c.plan(third, "990101", "2023-09-20", false))
	third.TrainedOn = "2023-08-30"
	third = may(c, "office", func(tx *db.Tx, by auth.User) (group, error) {
		return c.desk.EditGroup(tx, by, third, "")
	})
	return map[string]group{"first": first, "second": second, "third": third}
}

// visits are step 4: five on the calendar, none outside the stage, nobody in two groups on one day, notices received.
func (s *story) visits(groups map[string]group) map[string]visit {
	c := s.city
	refused(c, "office", errs.Invalid, "把日期安排在阶段里", c.plan(groups["first"], "990104", "2023-11-06", false))
	refused(c, "office", errs.Invalid, "请选这个组负责的地区", c.plan(groups["first"], "990101", "2023-09-12", false))
	refused(c, "north", errs.Invalid, "没有找到这个督导组", c.plan(groups["first"], "990104", "2023-09-12", false))
	all := map[string]visit{}
	for name, of := range map[string][3]string{"north": {"first", "990104", "2023-09-12"},
		"lake": {"first", "990105", "2023-09-13"}, "west": {"second", "990102", "2023-09-14"},
		"south": {"second", "990103", "2023-09-15"}, "east": {"third", "990101", "2023-09-19"}} {
		all[name] = may(c, "office", c.plan(groups[of[0]], of[1], of[2], false))
	}
	refused(c, "office", errs.Invalid, "同一天不能在两个组", c.plan(groups["third"], "990101", "2023-09-12", false))
	north := all["north"]
	if !s.asked("office", supervision.VerbNotify) {
		s.T.Error("the office is not asked to tell the area of a visit")
	}
	told := func(hasty string) func(*db.Tx, auth.User) (visit, error) {
		return func(tx *db.Tx, by auth.User) (visit, error) {
			return supervision.Notify(tx, by, north.ID, north.Version, hasty)
		}
	}
	s.On("2023-09-07")
	refused(c, "office", errs.Invalid, "不够提前通知的期限", told(""))
	s.On("2023-09-04")
	refused(c, "edu-head", errs.Denied, "", told(""))
	north = s.noticed(north, told(""))
	s.receives("north", north.Notice)
	may(c, "office", func(tx *db.Tx, by auth.User) (visit, error) {
		v := all["lake"]
		return supervision.Cancel(tx, by, v.ID, v.Version, "当天有会（模拟）")
	})
	all["north"] = s.visit(north.ID)
	return all
}

// drawn is step 5: three places of 14 with a seed, identical when they are drawn again.
func (s *story) drawn(v visit) {
	c := s.city
	var list []string
	for n := range 14 {
		list = append(list, "第"+string(rune('一'+n))+"儿童之家（模拟）")
	}
	draw := func(n int) func(*db.Tx, auth.User) (supervision.Draw, error) {
		return func(tx *db.Tx, by auth.User) (supervision.Draw, error) {
			return supervision.DrawSites(tx, by, v.ID, slices.Clone(list), n, "child_home", "")
		}
	}
	refused(c, "edu", errs.Invalid, "抽取数", draw(14))
	refused(c, "north", errs.Denied, "", draw(3))
	d := may(c, "edu", draw(3))
	if len(d.Drawn) != 3 || !d.Repeated() || d.Seed == "" {
		s.T.Errorf("drawn are %+v", d)
	}
	slices.Reverse(d.Places)
	if !d.Repeated() {
		s.T.Error("the order of the list decides what is drawn")
	}
	c.site().Run(s.T, webtest.Scenario{As: "edu", Path: v.URL(), Contains: []string{d.Seed, "重抽，结果相同",
		d.Drawn[0]}},
		webtest.Scenario{As: "north", Path: v.URL(), Contains: []string{"听取汇报"}, NotContains: []string{d.Seed}},
		webtest.Scenario{As: "west", Path: v.URL(), Status: 404})
}

// noted are steps 7 to 10: nine files, five findings and a practice; the head drops one; the area adds to one.
func (s *story) noted(v visit) {
	c := s.city
	s.On(v.OnDay)
	note := func(own, kind, item, found, text string) func(*db.Tx, auth.User) (note, error) {
		return func(tx *db.Tx, by auth.User) (note, error) {
			n, _, err := supervision.AddNote(tx, by, v.ID, supervision.Jotting{OwnID: own + "-own-id", Kind: kind,
				At: "2023-09-12T08:50:00+08:00", Item: item, Found: found, Text: text})
			return n, err
		}
	}
	for n, item := range []string{"organisation", "meetings", "plan", "statistics", "evaluation", "training", "funding",
		"issues", "examples"} {
		found := "complete"
		if item == "statistics" {
			found = "partly"
		}
		may(c, "edu", note(item+string(rune('a'+n)), "file", item, found, ""))
	}
	seen := may(c, "edu", note("finding0", "finding", "practice", "", "街道每月公示活动安排（模拟）"))
	if seen.Finding == "" {
		s.T.Fatal("a finding that a phone sent is none")
	}
	file := func(text string, change func(*finding)) func(*db.Tx, auth.User) (finding, error) {
		f := finding{Kind: "problem", Text: text, Clause: "市规划第三章第五条（模拟）", Weight: "normal",
			Evidence: []string{seen.Object(), "2022年覆盖率71%（模拟）"}, Advice: "落实场地（模拟）"}
		change(&f)
		return func(tx *db.Tx, by auth.User) (finding, error) { return supervision.File(tx, by, v.ID, f) }
	}
	for says, change := range map[string]func(*finding){"问题要有依据": func(f *finding) { f.Clause = "" },
		"至少选一条证据": func(f *finding) { f.Evidence = nil }, "不是这次督导的记录": func(f *finding) {
			f.Evidence = []string{"visit_note/none"}
		}, "请写看到了什么": func(f *finding) { f.Text = " " }, "没有这个代码": func(f *finding) { f.Lead = "NONE" },
		"没有代码为": func(f *finding) { f.Goal = "W/none" }} {
		refused(c, "edu", errs.Invalid, says, file("某事", change))
	}
	refused(c, "north", errs.Denied, "", file("某事", func(*finding) {}))
	var ids []string
	for _, text := range []string{"儿童之家覆盖率低于进度（模拟）", "两个街道没有专职人员（模拟）",
		"经费没有单列（模拟）",
		"台账没有更新（模拟）", "标识不清（模拟）"} {
		ids = append(ids, may(c, "edu", file(text, func(*finding) {})).ID)
	}
	confirm := func(id string) func(*db.Tx, auth.User) (finding, error) {
		return func(tx *db.Tx, by auth.User) (finding, error) {
			f, err := supervision.GetFinding(tx, id)
			s.Must(err)
			return supervision.Confirm(tx, by, id, f.Version)
		}
	}
	refused(c, "edu-head", errs.Conflict, "先完成记录", confirm(ids[0]))
	now := s.visit(v.ID)
	may(c, "edu", func(tx *db.Tx, by auth.User) (visit, error) {
		return supervision.Finish(tx, by, v.ID, now.Version, supervision.Finishing{Present: "区领导和五个单位（模拟）",
			OralFeedback: "现场说了三点（模拟）"})
	})
	refused(c, "edu", errs.Denied, "由组长", confirm(ids[0]))
	if !s.asked("edu-head", supervision.VerbConfirm) {
		s.T.Error("the head is not asked to confirm")
	}
	for _, id := range append(ids[:4:4], strings.TrimPrefix(seen.Finding, "finding/")) {
		may(c, "edu-head", confirm(id))
	}
	drop := func(why string) func(*db.Tx, auth.User) (finding, error) {
		return func(tx *db.Tx, by auth.User) (finding, error) {
			return supervision.Drop(tx, by, ids[4], 1, why)
		}
	}
	refused(c, "edu-head", errs.Invalid, "写明原因", drop(""))
	may(c, "edu-head", drop("证据不足（模拟）"))
	refused(c, "office", errs.Conflict, "还没有送区里核对", func(tx *db.Tx, by auth.User) (feedback, error) {
		return supervision.DraftFeedback(tx, by, v.ID, supervision.Drafting{})
	})
	s.answers(v, ids)
}

// answers is step 10: the area sees what is confirmed, adds to one and lets another pass.
func (s *story) answers(v visit, ids []string) {
	c := s.city
	c.site().Run(s.T, webtest.Scenario{As: "north", Path: "/findings/" + ids[0], Status: 404})
	shown := may(c, "office", func(tx *db.Tx, by auth.User) ([]finding, error) {
		return supervision.Show(tx, by,
			v.ID)
	})
	if len(shown) != 5 {
		s.T.Errorf("the area is shown %d findings, want 5", len(shown))
	}
	c.site().Run(s.T, webtest.Scenario{As: "north", Path: "/findings/" + ids[0], Contains: []string{"请答复"}},
		webtest.Scenario{As: "north", Path: "/findings/" + ids[4], Status: 404},
		webtest.Scenario{As: "north", Path: "/findings", Contains: []string{"儿童之家覆盖率"}},
		webtest.Scenario{As: "west", Path: "/findings", NotContains: []string{"儿童之家覆盖率"}})
	answer := func(id, says, text string) func(*db.Tx, auth.User) (finding, error) {
		return func(tx *db.Tx, by auth.User) (finding, error) {
			f, err := supervision.GetFinding(tx, id)
			s.Must(err)
			return supervision.Answer(tx, by, id, f.Version, says, text)
		}
	}
	refused(c, "north", errs.Invalid, "写明补充的事实", answer(ids[0], "adds", ""))
	refused(c, "edu", errs.Denied, "", answer(ids[0], "agrees", ""))
	may(c, "north", answer(ids[0], "adds", "青禾镇两个场地已在装修（模拟）"))
	may(c, "north", answer(ids[1], "agrees", ""))
	may(c, "north-head", answer(ids[2], "objects", "经费已单列（模拟）"))
	draft := func(tx *db.Tx, by auth.User) (feedback, error) {
		return supervision.DraftFeedback(tx, by, v.ID, supervision.Drafting{})
	}
	refused(c, "office", errs.Conflict, "还在等区里答复", draft)
	s.On("2023-09-18") // the three days are over: silence agrees
	refused(c, "office", errs.Conflict, "请组长先说明仍然采用", draft)
	refused(c, "north", errs.Conflict, "视为同意", answer(ids[3], "objects", "不对（模拟）"))
	may(c, "edu-head", func(tx *db.Tx, by auth.User) (finding, error) {
		f, err := supervision.GetFinding(tx, ids[2])
		s.Must(err)
		return supervision.Keep(tx, by, f.ID, f.Version, "预算里没有这一项（模拟）")
	})
	c.site().Run(s.T, webtest.Scenario{As: "edu", Path: "/findings/" + ids[3],
		Contains: []string{"逾期未答复，视为同意"}})
}
