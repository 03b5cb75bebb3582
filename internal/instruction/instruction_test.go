package instruction_test

// Instructions from the paper that is laid before a leader to the leader's "nothing to add", step by step, on both
// databases; and what may not be done by whom.

import (
	"context"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/instruction"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

type city struct {
	*db.DB
	t      *testing.T
	people map[string]auth.User
}

// eachCity runs a test in a city with two leaders, an office, two bureaus and a district, on 15 March 2024.
func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	at := time.Date(2024, 3, 15, 1, 0, 0, 0, time.UTC)
	clock := db.WithClock(func() time.Time { at = at.Add(time.Second); return at })
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &city{DB: d, t: t, people: map[string]auth.User{}}
		c.must(d.Update(context.Background(), c.build))
		test(t, c)
	}, clock)
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) build(tx *db.Tx) error {
	for _, role := range []string{auth.Leader, auth.Office, auth.Liaison, auth.CommitteeChief} {
		if _, err := network.PutLabel(tx, network.Label{Kind: "role", Code: role, Name: role}); err != nil {
			return err
		}
	}
	for _, kind := range []string{"committee", "committee_office", "dept_EDU", "dept_HEA", "district_committee"} {
		if _, err := network.PutLabel(tx, network.Label{Kind: "unit_kind", Code: kind, Name: kind}); err != nil {
			return err
		}
	}
	for _, level := range []string{"city", "district"} {
		if _, err := network.PutLabel(tx, network.Label{Kind: "area_level", Code: level, Name: level}); err != nil {
			return err
		}
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990100", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	c.must(err)
	east, _, err := network.PutArea(tx, network.Area{Code: "990101", Name: "东岭区", Level: "district",
		ParentID: root.ID, OpensOn: "1900-01-01"})
	c.must(err)
	for i, u := range []network.Unit{
		{Code: "WCC", Name: "示范市妇儿工委", Kind: "committee", AreaID: root.ID},
		{Code: "WCCO", Name: "示范市妇儿工委办", Kind: "committee_office", Parent: "WCC", AreaID: root.ID},
		{Code: "EDU", Name: "示范市教育局", Kind: "dept_EDU", Parent: "WCC", AreaID: root.ID},
		{Code: "HEA", Name: "示范市卫生局", Kind: "dept_HEA", Parent: "WCC", AreaID: root.ID},
		{Code: "EAST", Name: "东岭区妇儿工委", Kind: "district_committee", Parent: "WCC", AreaID: east.ID},
	} {
		u.OpensOn, u.Position, u.ShortName = "2010-01-01", i, u.Name
		if _, err := network.PutUnit(tx, u); err != nil {
			return err
		}
	}
	for _, p := range []struct{ as, unit, role string }{
		{"office", "WCCO", auth.Office}, {"mayor", "WCC", auth.CommitteeChief}, {"vice", "WCC", auth.CommitteeChief},
		{"edu", "EDU", auth.Liaison}, {"hea", "HEA", auth.Liaison}, {"eastchief", "EAST", auth.CommitteeChief}} {
		who, err := network.AddPerson(tx, network.Person{Name: "某" + p.as})
		c.must(err)
		_, err = network.AddPost(tx, network.Post{PersonID: who.ID, Unit: p.unit, Role: p.role, OpensOn: "2010-01-01"})
		c.must(err)
		c.people[p.as], err = account.UserOf(tx, who.ID)
		c.must(err)
	}
	return nil
}

func (c *city) update(fn func(*db.Tx) error) error { return c.Update(context.Background(), fn) }

// do runs a step as somebody, which must succeed.
func (c *city) do(as string, do step) (i instruction.Instruction) {
	c.t.Helper()
	c.must(c.update(func(tx *db.Tx) (err error) {
		i, err = do(tx, c.people[as])
		return err
	}))
	return i
}

// refused runs a step as somebody, which must be refused in this way.
func (c *city) refused(kind errs.Kind, as string, step func(*db.Tx, auth.User) (instruction.Instruction, error)) error {
	c.t.Helper()
	err := c.update(func(tx *db.Tx) error {
		_, err := step(tx, c.people[as])
		return err
	})
	if errs.KindOf(err) != kind {
		c.t.Errorf("%s was answered %v (%v), want %v", as, err, errs.KindOf(err), kind)
	}
	return err
}

func (c *city) clean() {
	c.t.Helper()
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		found, err := instruction.Verify(tx)
		for _, f := range found {
			c.t.Errorf("verification finds %+v", f)
		}
		return err
	}))
}

type step = func(*db.Tx, auth.User) (instruction.Instruction, error)

func TestAnInstructionIsClosedByItsLeaderAlone(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		mayor := c.people["mayor"].ID
		i := c.do("office", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Submit(tx, by, instruction.Written{Leader: mayor, Title: "关于母婴室建设进度的报告",
				Proposal: "拟请市卫生局牵头整改。"})
		})
		if i.State != instruction.StateAwaited {
			t.Fatalf("what was laid before the leader is %s", i.State)
		}
		c.refused(errs.Missing, "hea", read(i.ID)) // nobody but the committee sees what is not yet written
		written := instruction.Written{Kind: instruction.ReportBack, Text: "请卫生局牵头，一月内报结果。",
			Units: []string{"HEA", "EDU"}, DueOn: "2024-04-15"}
		c.refused(errs.Denied, "vice", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Answer(tx, by, i.ID, 0, written)
		})
		i = c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Answer(tx, by, i.ID, i.Version, written)
		})
		if i.State != instruction.StateRunning || i.WrittenOn != "2024-03-15" || i.Entered != instruction.Self {
			t.Errorf("what the mayor wrote is %s of %s, %s", i.State, i.WrittenOn, i.Entered)
		}
		c.do("hea", read(i.ID))
		c.refused(errs.Missing, "eastchief", read(i.ID))

		report := func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Report(tx, by, i.ID, 0, "已开放三处母婴室。")
		}
		var m matter.Matter
		c.must(c.update(func(tx *db.Tx) (err error) {
			m, err = matter.Raise(tx, c.people["office"], matter.Draft{Title: "母婴室建设", Problem: "进度慢",
				Sources: []matter.Source{{Kind: matter.Instruction, Ref: i.Object(), On: i.WrittenOn, Quote: i.Text}},
				Lead:    "HEA", NoIndicator: "没有对应的指标", Urgency: matter.Normal,
				Class: matter.Phased, Aim: "全部开放"})
			return err
		}))
		if err := c.refused(errs.Conflict, "office", report); err != nil && !strings.Contains(err.Error(), m.Called()) {
			t.Errorf("the refusal does not name the open matter: %v", err)
		}
		c.must(c.update(func(tx *db.Tx) error {
			_, err := matter.Withdraw(tx, c.people["office"], m.ID, 0, "另案办理")
			return err
		}))
		c.refused(errs.Denied, "mayor", report)
		i = c.do("office", report)

		c.refused(errs.Denied, "vice", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Satisfy(tx, by, i.ID, 0)
		})
		next := c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Follow(tx, by, i.ID, i.Version, instruction.Written{Kind: instruction.ReportBack,
				Text: "三处不够，再报。", Units: []string{"HEA"}})
		})
		if next.Follows != i.ID || next.Title != i.Title || next.State != instruction.StateRunning {
			t.Errorf("the new words follow %q as %s", next.Follows, next.State)
		}
		c.do("office", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Report(tx, by, next.ID, 0, "已开放十处。")
		})
		last := c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Satisfy(tx, by, next.ID, 0)
		})
		if last.State != instruction.StateSatisfied {
			t.Errorf("at the end it is %s", last.State)
		}
		c.must(c.View(context.Background(), func(tx *db.Tx) error {
			satisfied, asked, days, err := instruction.Answered(tx, c.people["office"], module.Work{Year: 2024})
			if satisfied != 1 || asked != 2 || len(days) != 1 {
				t.Errorf("%d of %d are answered, in %v days", satisfied, asked, days)
			}
			return err
		}))
		c.clean()
	})
}

func read(id string) step {
	return func(tx *db.Tx, by auth.User) (instruction.Instruction, error) { return instruction.Read(tx, by, id) }
}

func TestPaperIsWrittenDownOnBehalf(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		w := instruction.Written{Leader: c.people["vice"].ID, On: "2024-03-12", Title: "来信摘要",
			Kind: instruction.Act, Text: "请教育局阅办。", Units: []string{"EDU"}}
		write := func(change func(*instruction.Written)) step {
			return func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
				one := w
				change(&one)
				return instruction.Write(tx, by, one)
			}
		}
		for field, change := range map[string]func(*instruction.Written){
			"paper":  func(*instruction.Written) {},
			"leader": func(w *instruction.Written) { w.Paper, w.Leader = "卷3", c.people["hea"].ID },
			"on":     func(w *instruction.Written) { w.Paper, w.On = "卷3", "2024-03-16" },
			"due":    func(w *instruction.Written) { w.Paper, w.DueOn = "卷3", "2024-03-01" },
			"units":  func(w *instruction.Written) { w.Paper, w.Kind = "卷3", instruction.Noted },
			"text":   func(w *instruction.Written) { w.Paper, w.Text = "卷3", " " },
			"kind":   func(w *instruction.Written) { w.Paper, w.Kind = "卷3", "order" },
			"title":  func(w *instruction.Written) { w.Paper, w.Title = "卷3", strings.Repeat("长", 121) },
		} {
			err := c.refused(errs.Invalid, "office", write(change))
			if _, named := errs.FieldsOf(err)[field]; !named {
				t.Errorf("the refusal of a wrong %s names %v", field, errs.FieldsOf(err))
			}
		}
		c.refused(errs.Denied, "edu", write(func(w *instruction.Written) { w.Paper = "卷3" }))
		i := c.do("office", write(func(w *instruction.Written) { w.Paper = "办公室2024年第3卷" }))
		if !i.Unconfirmed() || i.Entered != instruction.OnBehalf || i.Leader != "某vice" {
			t.Errorf("what stands on paper is %s, by %s, unconfirmed %t", i.Entered, i.Leader, i.Unconfirmed())
		}
		confirm := func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Confirm(tx, by, i.ID, 0)
		}
		c.refused(errs.Denied, "mayor", confirm)
		c.refused(errs.Denied, "office", confirm)
		if i = c.do("vice", confirm); i.Unconfirmed() {
			t.Error("the leader's word does not count")
		}
		c.refused(errs.Conflict, "vice", confirm)
		circled := c.do("vice", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Write(tx, by, instruction.Written{Title: "季度简报", Kind: instruction.Circled})
		})
		if circled.State != instruction.StateFiled {
			t.Errorf("what was only circled is %s", circled.State)
		}
		gone := c.do("vice", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Withdraw(tx, by, circled.ID, 0, "圈错了")
		})
		if gone.State != instruction.StateWithdrawn {
			t.Errorf("it is %s", gone.State)
		}
		c.clean()
	})
}

// Whoever owns the database changes nothing unseen.
func TestWhatSQLChangesIsFound(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		written := func() instruction.Instruction {
			return c.do("vice", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
				return instruction.Write(tx, by, instruction.Written{Title: "来信", Kind: instruction.Act,
					Text: "请办。", Units: []string{"EDU"}, DueOn: "2024-04-01"})
			})
		}
		for change, code := range map[string]string{
			`text = '不必办。'`:         "instruction.words",
			`due_on = '2030-01-01'`: "instruction.words",
			`leader_id = (SELECT p.person_id FROM posts p WHERE p.unit = 'EAST')`: "instruction.words",
			`state = 'satisfied'`:       "instruction.state",
			`report = '办好了'`:            "instruction.report",
			`confirmed_at = created_at`: "instruction.confirmed",
			`entries = 5`:               "instruction.entries",
			`reason = '撤回'`:             "instruction.reason",
		} {
			i := written()
			dbtest.Outside(t, c.DB, `UPDATE instructions SET `+change+` WHERE id = '`+i.ID+`'`)
			c.finds(t, i, code, change)
		}
		i := written()
		dbtest.Outside(t, c.DB, `DELETE FROM instruction_units WHERE instruction_id = '`+i.ID+`'`)
		c.finds(t, i, "instruction.words", "its units removed")
		dbtest.Outside(t, c.DB, `DELETE FROM instructions WHERE id = '`+i.ID+`'`)
		c.finds(t, i, "instruction.missing", "its row removed")
	})
}

func (c *city) finds(t *testing.T, i instruction.Instruction, code, change string) {
	t.Helper()
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		found, err := instruction.Verify(tx)
		for _, f := range found {
			if f.Code == code && f.Object == i.Object() {
				return err
			}
		}
		t.Errorf("%s is not found as %s, but %+v", change, code, found)
		return err
	}))
}
