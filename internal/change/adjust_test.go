package change_test

// An adjustment from its first line to the day on which it holds, and all that keeps it from being right.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/change"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
)

func contains(err error, words string) bool {
	return err != nil && strings.Contains(err.Error(), words)
}

var (
	merge = change.Line{Kind: "merge", From: []string{"HEA", "FPB"}, To: []string{"HCM"}}
	named = change.Line{Kind: "rename", From: []string{"CUL"}, Name: "市文化和旅游局"}
	join  = change.Line{Kind: "join", To: []string{"INS"}, Seat: network.MemberUnit}
)

func TestTheReformOf2024(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a := c.draft(named, join)
		c.newUnit(a, true)
		partial := merge
		partial.Shares = []change.Share{{Kind: "goal", Unit: "HCM"}, {Kind: "measure", Unit: "HCM"}}
		c.must(c.update(func(tx *db.Tx) error { _, err := change.AddLine(tx, c.office, a.ID, 0, partial); return err }))
		approve := func(tx *db.Tx) error { _, err := change.Approve(tx, c.chief, a.ID, 0, holds()); return err }
		look := func(tx *db.Tx) (p change.Preview, err error) {
			_, p, err = change.Look(tx, c.office, a.ID, 0, holds())
			return p, err
		}
		c.refused(errs.Conflict, "还没有预演", approve)
		c.must(c.update(func(tx *db.Tx) error {
			p, err := look(tx)
			if p.Counts["goal"] != 2 || p.Counts["measure"] != 3 || p.Counts["indicator"] != 2 ||
				p.Counts["post"] != 3 ||
				p.Missing != 2 {
				t.Errorf("the preview counts %v, %d missing", p.Counts, p.Missing)
			}
			return err
		}))
		c.refused(errs.Conflict, "2项无人承接", approve)
		c.asked(c.chief, "")
		c.asked(c.office, "补全后送批 2项无人承接")
		c.must(c.update(func(tx *db.Tx) error {
			_, err := change.Assign(tx, c.office, a.ID, 0, 3, []change.Share{{Kind: "indicator", Unit: "HCM"},
				{Kind: "indicator", Object: "indicator/I2", Unit: "STA"}})
			return err
		}))
		c.refused(errs.Conflict, "还没有预演", approve)
		c.must(c.update(func(tx *db.Tx) error { _, err := look(tx); return err }))
		c.asked(c.chief, "批准")
		c.asked(c.office, "")
		c.refused(errs.Denied, "岗位", func(tx *db.Tx) error {
			_, err := change.Approve(tx, c.office, a.ID, 0, holds())
			return err
		})
		c.must(c.update(approve))
		c.refused(errs.Conflict, "现在是“已批准，待生效”，不能办“批准调整”", approve)
		c.jobs() // it is too early
		c.state(a.ID, change.Approved)

		c.day(reform)
		c.jobs()
		c.jobs()
		c.state(a.ID, change.Applied)
		c.view(func(tx *db.Tx) error {
			c.members(tx, "2024-03-30", "HEA FPB CUL STA")
			c.members(tx, reform, "HCM CUL STA INS")
			c.leads(tx, "2023-12-31", "1.1 市卫生局 1.2 市计生局 1.3 市统计局")
			c.leads(tx, reform, "1.1 市卫生健康局 1.2 市卫生健康局 1.3 市统计局")
			c.sources(tx, "2024-03-30", "HEA I1 FPB I2 STA I3")
			c.sources(tx, reform, "HCM I1 STA I2,I3")
			for day, want := range map[string]string{"2024-03-30": "市文化局", reform: "市文化和旅游局"} {
				if u, err := network.UnitOn(tx, "CUL", day); err != nil || u.Name != want {
					t.Errorf("on %s it is called %s, %v", day, u.Name, err)
				}
			}
			old, err := account.UserOf(tx, c.leader.ID)
			if err != nil || len(old.Posts) != 0 {
				t.Errorf("the old leader still holds %v, %v", old.Posts, err)
			}
			if login, err := account.Of(tx, c.leader.ID); err != nil || login.Enabled {
				t.Errorf("the old leader can sign in: %v", err)
			}
			health, err := network.UnitByCode(tx, "HEA")
			if health.ClosesOn != reform || health.Successor != "HCM" {
				t.Errorf("the health bureau closes on %s to %s", health.ClosesOn, health.Successor)
			}
			return err
		})
		// A file of before the reform does not take it back.
		c.must(c.update(func(tx *db.Tx) error {
			again, err := plan.PutGoalUnit(tx, plan.GoalUnit{Plan: "W", Goal: "1.1", Unit: "HEA", Duty: plan.Lead})
			if again || err != nil {
				t.Errorf("the old breakdown comes back: %t, %v", again, err)
			}
			_, _, err = indicator.Put(tx, indicator.Indicator{Code: "I1", Name: "指标I1", Unit: "%",
				Direction: 1, SourceUnit: "HEA"})
			return err
		}))
		c.view(func(tx *db.Tx) error { c.sources(tx, "", "HCM I1 STA I2,I3"); return nil })
		c.clean()
		dbtest.Outside(t, c.d, `UPDATE adjustments SET state = 'withdrawn'`)
		c.view(func(tx *db.Tx) error {
			if found, err := change.Verify(tx, ""); err != nil || len(found) != 1 {
				t.Errorf("a changed state is found as %+v, %v", found, err)
			}
			return nil
		})
	})
}

// asked is what somebody's list of tasks asks of them, with what it says beside.
func (c *city) asked(by auth.User, want string) {
	c.t.Helper()
	c.view(func(tx *db.Tx) error {
		tasks, err := change.Tasks(tx, by, holds())
		got := ""
		for _, task := range tasks {
			got += string(task.Ask) + " " + task.Note.String()
		}
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			c.t.Errorf("%s is asked %q, want %q", by.Name, got, want)
		}
		return err
	})
}

func (c *city) state(id, want string) {
	c.t.Helper()
	c.view(func(tx *db.Tx) error {
		a, err := change.ByID(tx, id)
		if a.State != want {
			c.t.Errorf("it is %s (%s), want %s", a.State, a.Refused, want)
		}
		return err
	})
}

func (c *city) members(tx *db.Tx, day, want string) {
	c.t.Helper()
	all, err := network.Members(tx, "WCC", day)
	var codes []string
	for _, m := range all {
		codes = append(codes, m.Member)
	}
	if got := strings.Join(codes, " "); err != nil || got != want {
		c.t.Errorf("members on %s: %s, %v; want %s", day, got, err, want)
	}
}

func (c *city) leads(tx *db.Tx, day, want string) {
	c.t.Helper()
	by, err := plan.Leads(tx, "W", day)
	var all []string
	for _, goal := range []string{"1.1", "1.2", "1.3"} {
		for _, u := range by[goal] {
			all = append(all, goal+" "+u.Name)
		}
	}
	if got := strings.Join(all, " "); err != nil || got != want {
		c.t.Errorf("leads on %s: %s, %v; want %s", day, got, err, want)
	}
}

func (c *city) sources(tx *db.Tx, day, want string) {
	c.t.Helper()
	var all []string
	for _, unit := range []string{"HEA", "FPB", "HCM", "STA"} {
		own, err := indicator.SourcedBy(tx, unit, day)
		c.must(err)
		var codes []string
		for _, i := range own {
			codes = append(codes, i.Code)
		}
		if slices.Sort(codes); len(codes) > 0 {
			all = append(all, unit+" "+strings.Join(codes, ","))
		}
	}
	if got := strings.Join(all, " "); got != want {
		c.t.Errorf("sources on %s: %s; want %s", day, got, want)
	}
}

func TestWhatCannotBeAdjusted(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a := c.draft()
		c.newUnit(a, false)
		for _, bad := range []struct {
			words string
			line  change.Line
		}{
			{"没有“fuse”这种调整", change.Line{Kind: "fuse"}},
			{"须选原单位", change.Line{Kind: "merge", To: []string{"HCM"}}},
			{"须选一个新单位", change.Line{Kind: "merge", From: []string{"HEA"}}},
			{"不能只并入自己", change.Line{Kind: "merge", From: []string{"HEA"}, To: []string{"HEA"}}},
			{"须选两个以上新单位", change.Line{Kind: "split", From: []string{"HEA"}, To: []string{"HCM"}}},
			{"此项必填", change.Line{Kind: "rename", From: []string{"CUL"}}},
			{"请选席位", change.Line{Kind: "join", To: []string{"INS"}}},
			{"不存在", change.Line{Kind: "merge", From: []string{"HEA"}, To: []string{"OLD"}}},
			{"已经是成员", change.Line{Kind: "join", To: []string{"STA"}, Seat: network.ViceUnit}},
			{"不是成员", change.Line{Kind: "leave", From: []string{"INS"}}},
			{"已经是成员单位", change.Line{Kind: "seat", From: []string{"STA"}, Seat: network.MemberUnit}},
			{"另一个在用单位的名称", change.Line{Kind: "rename", From: []string{"CUL"}, Name: "市统计局"}},
			{"已经是这个名称", change.Line{Kind: "rename", From: []string{"CUL"}, Name: "市文化局"}},
		} {
			err := c.update(func(tx *db.Tx) error {
				_, err := change.AddLine(tx, c.office, a.ID, 0,
					bad.line)
				return err
			})
			said := ""
			if err != nil {
				said = err.Error()
			}
			for _, w := range errs.FieldsOf(err) {
				said += " " + w.String()
			}
			if !strings.Contains(said, bad.words) {
				t.Errorf("%s %v → %v: %s; want %s", bad.line.Kind, bad.line.From, bad.line.To, said, bad.words)
			}
		}
		for words, bad := range map[string]func(*change.Adjustment){
			"title 此项必填。":        func(x *change.Adjustment) { x.Title = " " },
			"title 标题最多100个字。":   func(x *change.Adjustment) { x.Title = strings.Repeat("改", 101) },
			"basis 此项必填。":        func(x *change.Adjustment) { x.Basis = "" },
			"effective_on 请填生效日": func(x *change.Adjustment) { x.EffectiveOn = "三月底" },
			"effective_on 生效日须在": func(x *change.Adjustment) { x.EffectiveOn = today },
			"body 没有":            func(x *change.Adjustment) { x.Body = "NONE" },
		} {
			x := change.Adjustment{Body: "WCC", Title: "调整", Basis: "文", EffectiveOn: reform}
			bad(&x)
			err := c.update(func(tx *db.Tx) error { _, err := change.Draft(tx, c.office, x); return err })
			said := ""
			for name, w := range errs.FieldsOf(err) {
				said += name + " " + w.String()
			}
			if !strings.Contains(said, words) {
				t.Errorf("%s; want %s", said, words)
			}
		}
		add := func(l change.Line) func(*db.Tx) error {
			return func(tx *db.Tx) error { _, err := change.AddLine(tx, c.office, a.ID, 0, l); return err }
		}
		c.must(c.update(add(change.Line{Kind: "merge", From: []string{"FPB"}, To: []string{"HEA"}})))
		c.refused(errs.Conflict, "循环合并", add(change.Line{Kind: "merge", From: []string{"HEA"},
			To: []string{"FPB"}}))
		c.refused(errs.Conflict, "不能再有别的变动", add(change.Line{Kind: "rename", From: []string{"FPB"},
			Name: "新"}))
		other := c.draft()
		c.refused(errs.Conflict, "同一天已有另一项调整", func(tx *db.Tx) error {
			_, err := change.AddLine(tx, c.office, other.ID, 0, change.Line{Kind: "rename", From: []string{"HEA"},
				Name: "新局"})
			return err
		})
		c.refused(errs.Invalid, "请先改正", func(tx *db.Tx) error {
			_, err := change.Edit(tx, c.office, other.ID, 0, change.Adjustment{Title: "改", Basis: "文",
				EffectiveOn: today})
			return err
		})
		c.refused(errs.Conflict, "刚被别人改过", func(tx *db.Tx) error {
			_, err := change.Withdraw(tx, c.office, other.ID, 99, "不办了")
			return err
		})
		c.refused(errs.Missing, "没有找到", func(tx *db.Tx) error {
			_, err := change.Read(tx, c.leader, other.ID)
			return err
		})
		c.refused(errs.Denied, "岗位", func(tx *db.Tx) error {
			_, err := change.Draft(tx, c.leader, change.Adjustment{})
			return err
		})
	})
}

// Who leaves keeps nothing that nobody takes; what is said to stay stays.
func TestALeaverHandsOver(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a := c.draft(change.Line{Kind: "leave", From: []string{"FPB"}})
		look := func() (p change.Preview) {
			c.must(c.update(func(tx *db.Tx) (err error) {
				_, p, err = change.Look(tx, c.office, a.ID, 0, holds())
				return err
			}))
			return p
		}
		if p := look(); p.Missing != 4 || p.Counts["post"] != 0 {
			t.Errorf("%d have no receiver, %v", p.Missing, p.Counts)
		}
		c.must(c.update(func(tx *db.Tx) error {
			_, err := change.Assign(tx, c.office, a.ID, 0, 1, []change.Share{{Kind: "goal", Unit: "HEA"},
				{Kind: "measure", Unit: "FPB"}, {Kind: "indicator", Unit: change.Nobody}})
			return err
		}))
		if p := look(); p.Missing != 1 {
			t.Errorf("%d have no receiver", p.Missing)
		}
		c.must(c.update(func(tx *db.Tx) error {
			_, err := change.Assign(tx, c.office, a.ID, 0, 1, []change.Share{{Kind: "indicator", Unit: "STA"}})
			return err
		}))
		look()
		c.must(c.update(func(tx *db.Tx) error { _, err := change.Approve(tx, c.chief, a.ID, 0, holds()); return err }))
		c.day("2024-04-02") // nobody was there on the day: it holds from the day on all the same
		c.jobs()
		c.view(func(tx *db.Tx) error {
			c.members(tx, reform, "HEA CUL STA")
			c.leads(tx, reform, "1.1 市卫生局 1.2 市卫生局 1.3 市统计局")
			c.leads(tx, "2024-03-30", "1.1 市卫生局 1.2 市计生局 1.3 市统计局")
			u, err := network.UnitByCode(tx, "FPB")
			if u.ClosesOn != "" {
				t.Errorf("who leaves is closed")
			}
			return err
		})
	})
}

// What nobody could foresee keeps the whole from applying, and says so; once somebody takes it, it applies.
func TestADayOnWhichSomethingHasNoReceiver(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a := c.draft(change.Line{Kind: "leave", From: []string{"STA"}})
		c.must(c.update(func(tx *db.Tx) error {
			_, err := change.Assign(tx, c.office, a.ID, 0, 1, []change.Share{{Kind: "goal", Unit: "HEA"},
				{Kind: "indicator", Object: "indicator/I3", Unit: "HEA"}})
			return err
		}))
		c.must(c.update(func(tx *db.Tx) error { _, _, err := change.Look(tx, c.office, a.ID, 0, holds()); return err }))
		c.must(c.update(func(tx *db.Tx) error {
			files, err := change.Read(tx, c.office, a.ID)
			if err != nil {
				return err
			}
			if _, err := change.Enter(tx, c.office, files.ID, 0, holds(), "", ""); errs.KindOf(err) != errs.Invalid {
				t.Errorf("an approval without a name: %v", err)
			}
			return nil
		}))
		c.must(c.update(func(tx *db.Tx) error { _, err := change.Approve(tx, c.chief, a.ID, 0, holds()); return err }))
		c.must(c.update(func(tx *db.Tx) error {
			_, _, err := indicator.Put(tx, indicator.Indicator{Code: "I4", Name: "新指标", Unit: "%",
				Direction: 1, SourceUnit: "STA"})
			return err
		}))
		c.day(reform)
		c.jobs()
		c.state(a.ID, change.Approved)
		c.view(func(tx *db.Tx) error {
			c.members(tx, reform, "HEA FPB CUL STA")
			c.leads(tx, reform, "1.1 市卫生局 1.2 市计生局 1.3 市统计局")
			tasks, err := change.Tasks(tx, c.office, holds())
			if len(tasks) != 1 || tasks[0].Ask != "指定承接单位" {
				t.Errorf("the office is told %+v", tasks)
			}
			return err
		})
		c.must(c.update(func(tx *db.Tx) error {
			_, err := change.Assign(tx, c.office, a.ID, 0, 1, []change.Share{{Kind: "indicator", Unit: "HEA"}})
			return err
		}))
		c.day("2024-04-01")
		c.jobs()
		c.state(a.ID, change.Applied)
		c.clean()
	})
}
