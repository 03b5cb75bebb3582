package matter_test

// Measures of a year are counted by hand and compared, effects are judged by the indicator's own figures. The steps
// here serve the package's other tests.

import (
	"context"
	"math/big"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/matter"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
)

// id names the first item of a matter that was raised.
func id(m matter.Matter) matter.At { return matter.At{ID: m.Items[0].ID} }

// started raises a matter due on a day, has it received and begun; no class is immediate.
func (c *city) started(due, class string) matter.Matter {
	c.T.Helper()
	d := proposal()
	d.Items[0].Due, d.Class = due, class
	m := c.raised(d)
	may(c, "edu", func(x *tx, by user) (result, error) { return matter.Receive(x, by, id(m), "", "") })
	if class != "" && class != matter.Immediate {
		may(c, "edu", func(x *tx, by user) (result, error) {
			return matter.MakePlan(x, by, id(m), matter.Plan{CauseKinds: []string{"data"}, Cause: "数不清",
				Steps: []matter.Step{{Text: "清点"}}})
		})
	}
	return may(c, "edu", func(x *tx, by user) (result, error) { return matter.Start(x, by, id(m)) })
}

func (c *city) reported(m matter.Matter) {
	c.T.Helper()
	if len(m.Items[0].ReportedOn) == 0 && m.Items[0].Checks == 0 {
		c.file("edu", m.Items[0].Object(), m.ID+".png")
	}
	may(c, "edu-head", func(x *tx, by user) (result, error) {
		return matter.Report(x, by, id(m), matter.DoneReport{Result: "已办"})
	})
}

func (c *city) judged(m matter.Matter, judgement string) {
	c.T.Helper()
	may(c, "office", func(x *tx, by user) (result, error) {
		return matter.Recheck(x, by, id(m), matter.Check{Way: "papers", LookedAt: "台账", Reason: "核对过",
			Judgement: judgement, Confirmed: true})
	})
}

func (c *city) measures() map[string][2]int {
	c.T.Helper()
	all := map[string][2]int{}
	c.Must(c.View(context.Background(), func(x *db.Tx) error {
		measures, err := matter.Measures(x, c.People["office"], matter.Filter{})
		for _, m := range measures {
			all[m.Code] = [2]int{m.Numerator, m.Denominator}
			if (m.Denominator == 0) != (m.Share == "") {
				c.T.Errorf("%s is %q of %d", m.Code, m.Share, m.Denominator)
			}
		}
		return err
	}))
	return all
}

// Eight items as such a year has them, counted by hand: in time against both days, late, overdue, returned once.
func TestMeasuresAreCountedAsDefined(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		for code, of := range c.measures() {
			if of != [2]int{} {
				t.Errorf("%s of nothing is %v", code, of)
			}
		}
		inTime, again := c.started("2024-03-20", ""), c.started("2024-03-20", "")
		extended, late := c.started("2024-03-20", ""), c.started("2024-03-20", "")
		c.started("2024-03-20", "") // stays overdue
		waiting, continuing := c.started("2024-06-28", ""), c.started("2024-12-31", matter.Continuing)
		gone := c.started("2024-06-28", "")

		c.On("2024-03-19")
		may(c, "edu-head", func(x *tx, by user) (result, error) {
			return matter.Extend(x, by, id(extended), "2024-03-29", "等材料")
		})
		may(c, "office", func(x *tx, by user) (result, error) { return matter.Grant(x, by, id(extended), "") })
		c.reported(inTime)
		c.judged(inTime, matter.Done)
		c.reported(again)
		c.judged(again, matter.Partly)
		may(c, "edu-head", func(x *tx, by user) (result, error) {
			return matter.Report(x, by, id(again), matter.DoneReport{Result: "补办"})
		})
		c.judged(again, matter.Mostly)
		c.On("2024-03-29")
		c.reported(extended)
		c.judged(extended, matter.Done)
		c.reported(late)
		c.judged(late, matter.Done)
		c.reported(waiting)
		may(c, "office", func(x *tx, by user) (result, error) { return matter.WithdrawItem(x, by, id(gone), "重复") })
		may(c, "edu", func(x *tx, by user) (result, error) {
			return matter.AddNote(x, by, id(continuing), matter.Note{Text: "一季度"})
		})
		c.On("2024-08-01") // the second quarter went by without a note
		may(c, "edu", func(x *tx, by user) (result, error) {
			return matter.AddNote(x, by, id(continuing), matter.Note{Text: "三季度"})
		})
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Reopen(x, by, id(late), "2024-12-31", "反弹")
		})
		want := map[string][2]int{"on_time_original": {2, 4}, "on_time": {3, 4}, "reported": {1, 4},
			"first_pass": {3, 4}, "reopened": {1, 4}, "silent": {2, 4}, "note_in_time": {2, 3}}
		for code, of := range c.measures() {
			if of != want[code] {
				t.Errorf("%s is %d of %d, not %v", code, of[0], of[1], want[code])
			}
		}
		c.verifies()
	})
}

func TestEffectsAreJudgedByWhatTheIndicatorDid(t *testing.T) {
	t.Parallel()
	value := func(year int, n int64, of ...int64) progress.Value {
		p, err := period.FromInt(year * 100)
		if err != nil {
			t.Fatal(err)
		}
		v := progress.Value{Period: p, Rat: big.NewRat(n, 10), Status: progress.Proven,
			Indicator: indicator.Indicator{Direction: 1, Decimals: 1}}
		if len(of) > 0 {
			v.Events = big.NewRat(of[0], 1)
		}
		return v
	}
	fine := func(year int, thousandths int64) progress.Value {
		v := value(year, 0)
		v.Rat = big.NewRat(thousandths, 1000)
		return v
	}
	unproven := value(2025, 900)
	unproven.Status = progress.Unproven
	for name, test := range map[string]struct {
		before, after progress.Value
		op, aim, want string
	}{
		"nothing yet":         {value(2023, 500), progress.Value{}, "", "", matter.Waiting},
		"better":              {value(2023, 500), value(2025, 520), "", "", matter.Improved},
		"one shown digit":     {value(2023, 500), value(2025, 501), "", "", matter.Unchanged},
		"shown as one digit":  {value(2023, 500), fine(2025, 50149), "", "", matter.Unchanged},
		"shown as two digits": {value(2023, 500), fine(2025, 50151), "", "", matter.Improved},
		"two shown digits":    {value(2023, 500), value(2025, 502), "", "", matter.Improved},
		"the other way":       {value(2023, 500), value(2025, 480), "", "", matter.Worse},
		"the aim itself":      {value(2023, 500), value(2025, 550), "ge", "55", matter.Reached},
		"short of the aim":    {value(2023, 500), value(2025, 549), "ge", "55", matter.Improved},
		"not signed":          {value(2023, 500), unproven, "", "", matter.TooFew},
		"nothing before":      {progress.Value{}, value(2025, 500), "", "", matter.TooFew},
		"nineteen events":     {value(2023, 500), value(2025, 900, 19), "", "", matter.TooFew},
		"twenty events":       {value(2023, 500, 20), value(2025, 900, 20), "", "", matter.Improved},
		"an aim at most, met": {value(2023, 500), value(2025, 400), "le", "40", matter.Reached},
	} {
		if got := matter.JudgeEffect(test.before, test.after, test.op, test.aim); got != test.want {
			t.Errorf("%s: %s, not %s", name, got, test.want)
		}
	}
	before, after := matter.Around([]progress.Value{value(2022, 1), value(2023, 2), value(2024, 3), value(2025, 4),
		value(2026, 5)}, "2024-03-01", "2024-12-31")
	if before.Period.Year() != 2023 || after.Period.Year() != 2025 {
		t.Errorf("around 2024 are %v and %v", before.Period, after.Period)
	}
}

// A unit that is closed hands its open items on, with their clocks; suspension moves the day; merging moves sources.
func TestItemsChangeHandsWithTheirClocks(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m, other := c.started("2024-03-20", ""), c.started("2024-04-30", "")
		may(c, "office", func(x *tx, by user) (struct{}, error) {
			return struct{}{}, matter.Move(x, by, m.Items[0].Object(), "EDU", "HEA", "adjustment/1")
		})
		if i := c.item(m.ID); i.Unit != "HEA" || i.Due != "2024-03-20" || i.State != matter.InProgress {
			t.Fatalf("moved: %+v", i)
		}
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Flag(x, by, m.ID, 0, []string{matter.Upper, matter.Hard})
		})
		c.On("2024-03-10")
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Suspend(x, by, id(m), "2024-05-01", "等上级政策")
		})
		c.On("2024-03-25")
		may(c, "office", func(x *tx, by user) (result, error) { return matter.Resume(x, by, id(m)) })
		if i := c.item(m.ID); i.Due != "2024-04-04" || i.OriginalDue != "2024-03-20" || i.SuspendedDays != 15 {
			t.Fatalf("resumed: %+v", i)
		}
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.AddSource(x, by, m.ID, matter.Source{Kind: matter.Instruction, Ref: "instruction/7"})
		})
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Merge(x, by, m.ID, other.ID, 0, "同一件事")
		})
		c.Must(c.View(context.Background(), func(x *db.Tx) error {
			found, err := matter.BySource(x, "instruction/7")
			if len(found) != 2 || found[0].State != matter.Merged || found[0].Items[0].State != matter.Merged {
				t.Errorf("the instruction's matters are %+v", found)
			}
			return err
		}))
		declined := c.raised(proposal())
		decline := func(x *tx, by user) (result, error) { return matter.Decline(x, by, id(declined), "不归我局") }
		for range 2 {
			may(c, "edu-head", decline)
			may(c, "office", func(x *tx, by user) (result, error) { return matter.Keep(x, by, id(declined), "归你局") })
		}
		may(c, "edu-head", decline)
		reassign := func(x *tx, by user) (result, error) { return matter.Reassign(x, by, id(declined), "HEA", "改派") }
		refused(c, "office", errs.Denied, "第三次", reassign)
		may(c, "boss", reassign)
		c.verifies()
	})
}
