package rectification_test

// What may not be done with a plan, by whom, and when; that what is not filed is nobody else's; its paper, its page,
// its measure. The story is package meeting's (oversight_story_test.go).

import (
	"context"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/rectification"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct {
	*accounttest.City
	m matter.Matter // of the north district, with an item of its own and one of the education bureau
}

func do[T any](c *city, as string, fn func(*db.Tx, auth.User) (T, error)) (v T, err error) {
	err = c.Update(context.Background(), func(tx *db.Tx) (err error) {
		v, err = fn(tx, c.People[as])
		return err
	})
	return v, err
}

func may[T any](c *city, as string, fn func(*db.Tx, auth.User) (T, error)) T {
	c.T.Helper()
	v, err := do(c, as, fn)
	c.Must(err)
	return v
}

func refused[T any](c *city, as string, kind errs.Kind, says string, fn func(*db.Tx, auth.User) (T, error)) {
	c.T.Helper()
	_, err := do(c, as, fn)
	said := errs.WordsOf(err).String()
	for _, words := range errs.FieldsOf(err) {
		said += words.String()
	}
	if err == nil || errs.KindOf(err) != kind || !strings.Contains(said, says) {
		c.T.Errorf("%s is told %q (%v), not %q", as, said, errs.KindOf(err), says)
	}
}

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	accounttest.Each(t, "2024-03-01", func(t *testing.T, town *accounttest.City) {
		c := &city{City: town}
		c.Build(c.build)
		c.m = may(c, "office", func(tx *db.Tx, by auth.User) (matter.Matter, error) {
			return matter.Raise(tx, by, matter.Draft{Title: "儿童之家覆盖率偏低", Problem: "低于进度（模拟）。",
				Lead:        "NORTH",
				Sources:     []matter.Source{{Kind: matter.Finding, On: "2024-02-28", Quote: "现场看到（模拟）"}},
				NoIndicator: "没有对应的指标", Aim: "都有（模拟）",
				Items: []matter.Asked{{Unit: "NORTH", Text: "落实场地", Due: "2024-05-31"},
					{Unit: "EDU", Text: "开放学校", Due: "2024-05-31"}}})
		})
		test(t, c)
	})
}

func (c *city) build(tx *db.Tx) {
	root := c.Area(tx, "990000", "示范市", network.Area{})
	north, south := c.Area(tx, "990104", "北原区", root), c.Area(tx, "990103", "南屏区", root)
	c.Units(tx, root, "dept", network.Unit{Code: "WCCO", Name: "市妇儿工委办"},
		network.Unit{Code: "EDU", Name: "市教育局"}, network.Unit{Code: "HEA", Name: "市卫生局"})
	c.Units(tx, north, "dept", network.Unit{Code: "NWCC", Name: "北原区妇儿工委"},
		network.Unit{Code: "NORTH", Name: "北原区妇儿工委办"})
	c.Units(tx, south, "dept", network.Unit{Code: "SOUTH", Name: "南屏区妇儿工委办"})
	for _, who := range []struct{ login, unit, role string }{{"office", "WCCO", auth.Office},
		{"edu", "EDU", auth.Liaison}, {"edu-head", "EDU", auth.Leader}, {"hea", "HEA", auth.Liaison},
		{"north", "NORTH", auth.Office}, {"north-head", "NORTH", auth.Leader},
		{"north-chief", "NWCC", auth.CommitteeChief}, {"south", "SOUTH", auth.Office},
		{"south-head", "SOUTH", auth.Leader}} {
		c.Employ(tx, who.login, who.login, who.unit, who.role)
	}
}

type plan = rectification.Plan

func (c *city) ask(unit, due string) func(*db.Tx, auth.User) (plan, error) {
	return func(tx *db.Tx, by auth.User) (plan, error) {
		return rectification.Ask(tx, by, rectification.Asked{Matter: c.m.ID, Unit: unit, DueOn: due})
	}
}

func write(p *plan, content rectification.Content) func(*db.Tx, auth.User) (plan, error) {
	return func(tx *db.Tx, by auth.User) (plan, error) {
		return rectification.Draft(tx, by, p.ID, p.Version, content)
	}
}

func file(p *plan) func(*db.Tx, auth.User) (plan, error) {
	return func(tx *db.Tx, by auth.User) (plan, error) { return rectification.File(tx, by, p.ID, p.Version) }
}

func accept(p *plan) func(*db.Tx, auth.User) (plan, error) {
	return func(tx *db.Tx, by auth.User) (plan, error) { return rectification.Accept(tx, by, p.ID, p.Version) }
}

func back(p *plan, why string) func(*db.Tx, auth.User) (plan, error) {
	return func(tx *db.Tx, by auth.User) (plan, error) { return rectification.Return(tx, by, p.ID, p.Version, why) }
}

// content is a plan that can be filed.
func (c *city) content() rectification.Content {
	return rectification.Content{LedBy: c.Posts["north-chief"], Body: "按月调度（模拟）。",
		Lines: []rectification.Line{{Item: c.m.Items[0].ID, Cause: "没有场地（模拟）",
			CauseKinds: []string{"resources"},
			Steps:      []matter.Step{{Text: "借用学校（模拟）", Due: "2024-04-30"}}},
			{Text: "公布开放时间", Due: "2024-06-28", Cause: "没有公布（模拟）", CauseKinds: []string{"execution"},
				Steps: []matter.Step{{Text: "贴出来（模拟）"}}}}}
}

func TestAPlanFromAskedToAccepted(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		refused(c, "north", errs.Denied, "", c.ask("NORTH", ""))
		refused(c, "south", errs.Missing, "", c.ask("NORTH", ""))
		refused(c, "office", errs.Invalid, "牵头单位或承办单位", c.ask("HEA", ""))
		refused(c, "office", errs.Invalid, "今天以后", c.ask("NORTH", "2024-02-29"))
		refused(c, "office", errs.Invalid, "选依据", func(tx *db.Tx, by auth.User) (plan, error) {
			return rectification.Ask(tx, by, rectification.Asked{Matter: c.m.ID, Unit: "NORTH", Basis: "letter/9"})
		})
		p := may(c, "office", c.ask("NORTH", "2024-03-29"))
		refused(c, "office", errs.Invalid, "已经有", c.ask("NORTH", ""))
		late := may(c, "office", c.ask("EDU", "2024-03-15"))

		whole := c.content()
		refused(c, "office", errs.Denied, "报送单位", write(&p, whole))
		refused(c, "edu", errs.Missing, "", write(&p, whole))
		refused(c, "south", errs.Missing, "", write(&p, whole))
		refused(c, "north", errs.Invalid, "还没有签收", write(&p, whole))
		may(c, "north", func(tx *db.Tx, by auth.User) (matter.Matter, error) {
			return matter.Receive(tx, by, matter.At{ID: c.m.Items[0].ID}, "", "")
		})
		for says, change := range map[string]func(*rectification.Content){
			"不是本单位": func(n *rectification.Content) { n.Lines[0].Item = "nothing" },
			"写了两次":  func(n *rectification.Content) { n.Lines[1] = n.Lines[0] },
			"另行申请延期": func(n *rectification.Content) {
				n.Lines[0].Steps = []matter.Step{{Text: "晚",
					Due: "2024-06-30"}}
			},
			"不是日期": func(n *rectification.Content) {
				n.Lines[0].Steps = []matter.Step{{Text: "晚",
					Due: "四月"}}
			},
			"没有代码为“NONE”的单位": func(n *rectification.Content) { n.Lines[1].Unit = "NONE" },
			"在今天以后":          func(n *rectification.Content) { n.Lines[1].Due = "2024-02-01" },
			"没有“luck”这个选项":   func(n *rectification.Content) { n.Lines[0].CauseKinds = []string{"luck"} },
			"在岗的负责人":         func(n *rectification.Content) { n.LedBy = c.Posts["south-head"] },
			"没有这件批示":         func(n *rectification.Content) { n.Instruction = "instruction/9" },
			"已经开过的那一天": func(n *rectification.Content) {
				n.Sessions = []rectification.Session{{On: "2024-03-09", Topic: "甲", Conclusion: "乙"}}
			},
			"最多200个字": func(n *rectification.Content) { n.Lines[1].Text = strings.Repeat("长", 201) },
		} {
			n := c.content()
			change(&n)
			refused(c, "north", errs.Invalid, says, write(&p, n))
		}
		half := c.content()
		half.LedBy, half.Lines = "", half.Lines[:1]
		was := p
		p = may(c, "north", write(&p, half))
		refused(c, "north", errs.Conflict, "刚刚改过", write(&was, whole)) // two at once
		refused(c, "north-head", errs.Denied, "还没有写明组长", file(&p))
		p = may(c, "north", write(&p, whole))

		site := c.site()
		site.Run(t, webtest.Scenario{As: "office", Path: p.URL(), Contains: []string{"还没有报送"},
			NotContains: []string{"没有场地", "按月调度"}},
			webtest.Scenario{As: "office", Path: p.URL(), JSON: true, NotContains: []string{"没有场地"}},
			webtest.Scenario{As: "office", Path: p.URL() + "/document", NotContains: []string{"没有场地"}},
			webtest.Scenario{As: "south", Path: p.URL(), Status: 404},
			webtest.Scenario{As: "hea", Path: p.URL() + "/document", Status: 404},
			webtest.Scenario{As: "office", Path: p.URL() + "/edit", Contains: []string{"由报送单位的联络员"},
				NotContains: []string{"没有场地", "按月调度"}},
			webtest.Scenario{As: "north", Path: p.URL() + "/edit", Contains: []string{"没有场地", "借用学校",
				"north-chief"}},
			webtest.Scenario{As: "north", Path: p.URL() + "/document"},
			webtest.Scenario{As: "office", Path: "/rectifications/new?matter=" + c.m.ID,
				Contains: []string{"市教育局"}},
			webtest.Scenario{As: "north", Path: "/rectifications/nothing", Status: 404},
			webtest.Scenario{As: "south", Path: "/rectifications?matter=" + c.m.ID, Status: 422})

		if cards := may(c, "north-chief", func(tx *db.Tx, by auth.User) ([]module.Card, error) {
			return rectification.Module().About(tx, by, module.Of{Kind: "desk", Path: by.Posts[0].AreaPath})
		}); len(cards) != 1 || cards[0].Lines[0].DueOn != "2024-03-29" {
			t.Errorf("the desk of the district's leader says %+v", cards)
		}
		refused(c, "north-head", errs.Denied, "组长north-chief", file(&p))
		c.waits("north-chief", rectification.VerbFile)
		p = may(c, "north-chief", file(&p))
		refused(c, "north", errs.Conflict, "", write(&p, whole))
		refused(c, "north", errs.Denied, "", accept(&p))
		refused(c, "office", errs.Invalid, "原因", back(&p, " "))
		p = may(c, "office", back(&p, "措施太虚（模拟）"))
		c.waits("north", "")
		p = may(c, "north", write(&p, whole))
		c.On("2024-04-02")
		p = may(c, "north-chief", file(&p))
		c.waits("office", rectification.VerbAccept)
		p = may(c, "office", accept(&p))
		if p.State != rectification.Accepted || p.FiledOn != "2024-03-01" {
			t.Errorf("accepted: %+v", p)
		}
		m := may(c, "office", func(tx *db.Tx, _ auth.User) (matter.Matter, error) { return matter.Get(tx, c.m.ID) })
		if n := len(m.Items); n != 3 || m.Items[0].State != matter.Planned || m.Items[0].Steps[0].Due != "2024-04-30" ||
			m.Items[2].State != matter.Raised || m.Items[2].OriginalDue != "2024-06-28" {
			t.Errorf("the items are %+v", m.Items)
		}
		refused(c, "office", errs.Conflict, "", accept(&p))
		c.site().Run(t, webtest.Scenario{As: "office", Path: p.URL(), Contains: []string{"没有场地", "新增"}},
			webtest.Scenario{As: "office", Path: "/rectifications", JSON: true,
				Contains: []string{`"numerator":1,"denominator":2`, `"total":2`}},
			webtest.Scenario{As: "edu", Path: "/rectifications", JSON: true, Contains: []string{
				`"numerator":0,"denominator":1`, `"total":1`, `"lamp":"red"`}})
		if cards := may(c, "office", func(tx *db.Tx, by auth.User) ([]module.Card, error) {
			return rectification.Module().About(tx, by, module.Of{Kind: "unit", Code: "EDU"})
		}); len(cards) != 1 || cards[0].Lines[0].Object != late.Object() {
			t.Errorf("the page of the bureau says %+v", cards)
		}
		if cards := may(c, "north-chief", func(tx *db.Tx, by auth.User) ([]module.Card, error) {
			return rectification.Module().About(tx, by, module.Of{Kind: "desk", Path: by.Posts[0].AreaPath})
		}); len(cards) != 0 {
			t.Errorf("a leader whose area has filed all is told of %+v", cards)
		}
		hold := rectification.Module().Holds[0]
		may(c, "office", func(tx *db.Tx, by auth.User) (struct{}, error) {
			return struct{}{}, hold.Move(tx, by, late.Object(), "EDU", "SOUTH", "adjustment/1")
		})
		if late = may(c, "office", func(tx *db.Tx, _ auth.User) (plan, error) {
			return rectification.Get(tx, late.ID)
		}); late.Unit != "SOUTH" || late.DueOn != "2024-03-15" || late.AreaPath != c.People["south"].Posts[0].AreaPath {
			t.Errorf("handed on it is %+v", late)
		}
		c.found(late, "south")
		may(c, "office", func(tx *db.Tx, by auth.User) (plan, error) {
			return rectification.Withdraw(tx, by, late.ID, late.Version, "不再需要（模拟）")
		})
		c.found(late)
		c.verifies(0)
		for _, column := range []string{"lines", "led_by", "filed_on", "state", "body", "instruction"} {
			dbtest.Outside(t, c.DB, `CREATE TABLE kept AS SELECT * FROM rectifications`,
				`UPDATE rectifications SET `+column+` = '[{}]' WHERE id = '`+p.ID+`'`)
			c.verifies(1)
			dbtest.Outside(t, c.DB, `UPDATE rectifications SET `+column+` = (SELECT k.`+column+` FROM kept k
				WHERE k.id = rectifications.id)`, `DROP TABLE kept`)
		}
	})
}

// found says who finds a plan by the words of its matter.
func (c *city) found(p plan, as ...string) {
	c.T.Helper()
	for _, who := range []string{"edu", "hea", "south"} {
		hits := may(c, who, func(tx *db.Tx, by auth.User) (int, error) {
			all, err := find.Find(tx, by, rectification.Module().Kinds, "儿童之家")
			n := 0
			for _, one := range all {
				if one.Object == p.Object() {
					n++
				}
			}
			return n, err
		})
		if (hits > 0) != slices.Contains(as, who) {
			c.T.Errorf("%s finds %d of it", who, hits)
		}
	}
}

// waits says which step waits for somebody, "" for the writing of a returned plan that is whole.
func (c *city) waits(as, verb string) {
	c.T.Helper()
	tasks := may(c, as, rectification.Tasks)
	if verb == "" && len(tasks) == 0 {
		return
	}
	if len(tasks) != 1 || tasks[0].Verb != verb {
		c.T.Errorf("%s is asked for %+v, want %q", as, tasks, verb)
	}
}

func (c *city) verifies(want int) {
	c.T.Helper()
	found := may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
		all, err := rectification.Verify(tx, "")
		return len(all), err
	})
	if (found > 0) != (want > 0) {
		c.T.Errorf("%d rows do not fit the journal", found)
	}
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	rectification.Routes(m)
	trail.Routes(m, blob.Open(c.T.TempDir()), []trail.Place{rectification.Trail()})
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.People}
}
