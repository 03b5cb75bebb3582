package meeting_test

// The story of a matter whole, once from a real meeting's decision and once from an instruction on paper.

import (
	"context"
	"slices"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/instruction"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/period"
	"yipanqi/internal/rectification"
	"yipanqi/internal/trail"
)

// The story of oversight.md §4 from its fourth step to its last.
func TestTheStoryOfAMatter(t *testing.T) {
	for name, begin := range map[string]func(*city) matter.Matter{"decision": decided, "instruction": written} {
		t.Run(name, func(t *testing.T) {
			eachCity(t, func(t *testing.T, c *city) { matterStory(t, c, begin) })
		})
	}
}

// decided is a matter that comes of a decision of the plenary.
func decided(c *city) matter.Matter {
	m, agenda := c.notified()
	c.goOn("2024-03-27 12:00")
	do(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Hold(tx, c.People["office"], m.ID) })
	do(c, func(tx *db.Tx) (meeting.Decision, error) {
		return meeting.Decide(tx, c.People["office"], m.ID, meeting.Decision{Text: "区4扩大儿童之家覆盖（模拟）",
			Lead:       "D4O",
			Supporting: []string{"M01"}, Follow: true, AgendaItem: agenda[2].ID, Indicator: homes})
	})
	for i, outcome := range []string{"heard", "heard", "passed", "noted"} {
		do(c, func(tx *db.Tx) (meeting.AgendaItem, error) {
			return meeting.SetOutcome(tx, c.People["office"], m.ID, agenda[i].ID, outcome)
		})
	}
	n := do(c, func(tx *db.Tx) (meeting.Minutes, error) {
		return meeting.WriteMinutes(tx, c.People["office"], m.ID, 0, "会议议定一项。")
	})
	n = do(c, func(tx *db.Tx) (meeting.Minutes, error) {
		return meeting.SendMinutes(tx, c.People["office"], m.ID, n.Version)
	})
	c.goOn("2024-03-29 10:00")
	notes := do(c, func(tx *db.Tx) (letter.Letter, error) { return letter.Get(tx, n.Letter) })
	sent := c.sends(notes, "colleague", "chief")
	c.Must(c.update(func(tx *db.Tx) error {
		return meeting.Module(nil).After[0].Run(tx, journal.Entry{Verb: letter.VerbIssue, Object: sent.Object()})
	}))
	d := do(c, func(tx *db.Tx) (meeting.Decision, error) {
		all, err := meeting.Decisions(tx, m.ID)
		c.Must(err)
		return meeting.Follow(tx, c.People["office"], m.ID, all[0].ID, "")
	})
	return do(c, func(tx *db.Tx) (matter.Matter, error) { return matter.Get(tx, d.Matter) })
}

// written is a matter that comes of what the city's leader wrote on a paper, registered by the office.
func written(c *city) matter.Matter {
	c.goOn("2024-03-29 10:00")
	i := c.noted("请区4逐项研究儿童之家覆盖。（模拟）", "2024-03-28")
	return do(c, func(tx *db.Tx) (matter.Matter, error) {
		return matter.Raise(tx, c.People["office"], matter.Draft{Title: "区4扩大儿童之家覆盖（模拟）",
			Problem: "覆盖率落后于进度。（模拟）",
			Sources: []matter.Source{{Kind: matter.Instruction, Ref: i.Object(), On: i.WrittenOn, Quote: i.Text}},
			Lead:    "D4O", Supporting: []string{"M01"}, Indicator: homes, Aim: "每个街道有儿童之家。（模拟）",
			Items: []matter.Asked{{Unit: "D4O", Text: "区4扩大儿童之家覆盖（模拟）", Due: "2024-04-18"}}})
	})
}

// noted is what the city's leader wrote on paper, registered on behalf.
func (c *city) noted(text, on string) instruction.Instruction {
	return do(c, func(tx *db.Tx) (instruction.Instruction, error) {
		return instruction.Write(tx, c.People["office"], instruction.Written{Leader: c.People["chief"].ID, On: on,
			Text: text, Title: "儿童之家情况（模拟）", Kind: instruction.ReportBack, Units: []string{"D4O"},
			Paper: "办公室第3卷（模拟）"})
	})
}

func matterStory(t *testing.T, c *city, begin func(*city) matter.Matter) {
	c.counts()
	m := begin(c)
	var plan rectification.Plan
	var note, own instruction.Instruction
	at := func(n int) matter.At { return matter.At{ID: m.Items[n].ID} }
	again := func() { m = do(c, func(tx *db.Tx) (matter.Matter, error) { return matter.Get(tx, m.ID) }) }
	take := func(as string, n int, fn func(*db.Tx, auth.User, matter.At) (matter.Matter, error)) {
		c.T.Helper()
		do(c, func(tx *db.Tx) (matter.Matter, error) { return fn(tx, c.People[as], at(n)) })
		again()
	}
	step := func(name string, fn func(t *testing.T)) {
		if !t.Run(name, func(t *testing.T) { c.T = t; fn(t) }) {
			t.FailNow()
		}
	}
	step("4 the district's leader writes on it", func(*testing.T) {
		own = do(c, func(tx *db.Tx) (instruction.Instruction, error) {
			return instruction.Write(tx, c.People["D4chief"], instruction.Written{Text: "逐项研究，我任组长。（模拟）",
				About: m.Object(), Title: m.Title, Kind: instruction.Act, Units: []string{"D4O"}})
		})
	})
	step("5 the district files a plan with four items, led by that leader", func(t *testing.T) {
		plan = do(c, func(tx *db.Tx) (rectification.Plan, error) {
			return rectification.Ask(tx, c.People["office"],
				rectification.Asked{Matter: m.ID, Unit: "D4O", Basis: m.Sources[0].Ref})
		})
		if plan.DueOn != "2024-04-29" {
			t.Errorf("without a day it is due on %s", plan.DueOn)
		}
		take("D4", 0, receive)
		head := do(c, func(tx *db.Tx) (string, error) {
			all, err := rectification.Heads(tx, plan)
			at := slices.IndexFunc(all, func(p network.Post) bool { return p.PersonID == c.People["D4chief"].ID })
			return all[max(at, 0)].ID, err
		})
		steps := []matter.Step{{Text: "落实场地（模拟）", Due: "2024-04-15"}}
		line := func(item, unit, text, due string) rectification.Line {
			return rectification.Line{Item: item, Unit: unit, Text: text, Due: due, Cause: "没有场地（模拟）",
				CauseKinds: []string{"resources"}, Steps: steps}
		}
		plan = do(c, func(tx *db.Tx) (rectification.Plan, error) {
			return rectification.Draft(tx, c.People["D4"], plan.ID, plan.Version, rectification.Content{LedBy: head,
				Instruction: own.Object(), Body: "按月调度。（模拟）",
				Sessions: []rectification.Session{{On: "2024-03-29", Topic: "场地", Conclusion: "借用学校（模拟）"}},
				Lines: []rectification.Line{line(m.Items[0].ID, "", "", ""), line("", "M01", "开放学校场地（模拟）",
					"2024-05-31"), line("", "M02", "培训管理员（模拟）", "2024-05-31"),
					line("", "", "公布开放时间（模拟）", "2024-05-31")}})
		})
		c.refused(errs.Denied, "组长某D4chief", func(tx *db.Tx) error {
			_, err := rectification.File(tx, c.People["D4head"], plan.ID, plan.Version)
			return err
		})
		plan = do(c, func(tx *db.Tx) (rectification.Plan, error) {
			return rectification.File(tx, c.People["D4chief"], plan.ID, plan.Version)
		})
	})
	step("6 the office accepts it", func(t *testing.T) {
		plan = do(c, func(tx *db.Tx) (rectification.Plan, error) {
			return rectification.Accept(tx, c.People["office"], plan.ID, plan.Version)
		})
		again()
		if len(m.Items) != 4 || m.Items[0].State != matter.Planned || m.Items[1].State != matter.Raised ||
			m.Items[1].Unit != "M01" || m.Items[3].Unit != "D4O" || len(m.Items[0].Steps) != 1 {
			t.Errorf("the items are %+v", m.Items)
		}
		take("D4", 0, matter.Start)
	})
	step("7 a paper note of the city's leader becomes one more source", func(t *testing.T) {
		note = c.noted("请抓紧。（模拟）", "2024-03-29")
		do(c, func(tx *db.Tx) (matter.Matter, error) {
			return matter.AddSource(tx, c.People["office"], m.ID, matter.Source{Kind: matter.Instruction,
				Ref: note.Object(), Quote: note.Text})
		})
		if again(); len(m.Sources) != 2 {
			t.Errorf("sources are %+v", m.Sources)
		}
	})
	step("8 one unit declines, the office reassigns", func(t *testing.T) {
		take("M01head", 1, func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
			return matter.Decline(tx, by, at, "不归我局")
		})
		take("office", 1, func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
			return matter.Reassign(tx, by, at, "M03", "由第三局承办")
		})
		if m.Items[1].Unit != "M03" {
			t.Errorf("it is with %s", m.Items[1].Unit)
		}
	})
	told := func(role string) bool {
		return slices.ContainsFunc(do(c, func(tx *db.Tx) ([]trail.Told, error) {
			return notice.Of(tx, m.Items[0].Object())
		}), func(l trail.Told) bool { return l.Role == role })
	}
	step("9 an item nears its day: a digest, blue", func(t *testing.T) {
		c.mornings("2024-04-15", "2024-04-16")
		if lamp := m.Items[0].Lamp("2024-04-16", 3); lamp != "blue" || !told("妇儿工委办") {
			t.Errorf("it is %s, told is %v", lamp, told("妇儿工委办"))
		}
	})
	extend := func(day string) func(*db.Tx, auth.User, matter.At) (matter.Matter, error) {
		return func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
			return matter.Extend(tx, by, at, day, "等产权单位")
		}
	}
	step("10 an extension in time is granted, one too late is refused", func(*testing.T) {
		c.goOn("2024-04-17 10:00")
		take("D4head", 0, extend("2024-04-26"))
		take("office", 0, func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
			return matter.Grant(tx, by, at, "")
		})
		c.goOn("2024-04-27 10:00")
		c.refused(errs.Conflict, "按逾期办理", func(tx *db.Tx) error {
			_, err := extend("2024-05-26")(tx, c.People["D4head"], at(0))
			return err
		})
	})
	step("11 it turns red and climbs to the committee's leader", func(t *testing.T) {
		if told("妇儿工委主任") {
			t.Error("the leader is told before the day")
		}
		c.mornings("2024-04-29", "2024-05-06", "2024-05-13", "2024-05-14", "2024-05-15")
		if lamp := m.Items[0].Lamp("2024-05-15", 3); lamp != "red" || !told("妇儿工委主任") {
			t.Errorf("it is %s, the leader told: %v", lamp, told("妇儿工委主任"))
		}
	})
	report := func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
		return matter.Report(tx, by, at, matter.DoneReport{Result: "场地已落实。（模拟）"})
	}
	proof := func(as string, n int) {
		do(c, func(tx *db.Tx) (evidence.File, error) {
			return evidence.Attach(tx, c.People[as], evidence.File{Object: m.Items[n].Object(), Digest: as,
				Name: "协议.pdf"})
		})
	}
	check := func(judgement string) func(*db.Tx, auth.User, matter.At) (matter.Matter, error) {
		return func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
			return matter.Recheck(tx, by, at, matter.Check{Way: "papers", LookedAt: "协议", Reason: "看过",
				Judgement: judgement, Confirmed: true})
		}
	}
	step("12 a report without a file is refused, with one accepted", func(*testing.T) {
		c.refused(errs.Invalid, "佐证材料", func(tx *db.Tx) error {
			_, err := report(tx, c.People["D4head"], at(0))
			return err
		})
		proof("D4", 0)
		take("D4head", 0, report)
	})
	step("13 the owner does not re-check; another unit judges partly, then done", func(t *testing.T) {
		c.refused(errs.Denied, "自己单位", func(tx *db.Tx) error {
			_, err := check(matter.Done)(tx, c.People["D4"], at(0))
			return err
		})
		take("office", 0, func(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
			return matter.Entrust(tx, by, at, "M05")
		})
		take("M05", 0, check(matter.Partly))
		take("D4head", 0, report)
		if take("office", 0, check(matter.Done)); m.Items[0].State != matter.Closed {
			t.Errorf("it is %s", m.Items[0].State)
		}
	})
	step("14 the leader sees the result and is satisfied", func(*testing.T) {
		tell := func(tx *db.Tx) error {
			i, err := instruction.Read(tx, c.People["office"], note.ID)
			if err == nil {
				_, err = instruction.Report(tx, c.People["office"], note.ID, i.Version, "四项都已销号。（模拟）")
			}
			return err
		}
		c.refused(errs.Conflict, "还没有办结", tell)
		for n, who := range map[int]string{1: "M03", 2: "M02", 3: "D4"} {
			take(who, n, receive)
			take(who, n, matter.Start)
			proof(who, n)
			take(who+"head", n, report)
			take("colleague", n, check(matter.Done))
		}
		c.Must(c.update(tell))
		do(c, func(tx *db.Tx) (instruction.Instruction, error) {
			return instruction.Satisfy(tx, c.People["chief"], note.ID, 0)
		})
	})
	step("15 next year's figure moves the ledger from waiting to improved", func(t *testing.T) {
		effect := func() string {
			return do(c, func(tx *db.Tx) (string, error) {
				all, m, err := matter.Effects(tx, c.People["office"], matter.Filter{})
				if len(all) != 4 {
					t.Fatalf("effects are %+v (%v)", all, err)
				}
				return all[0].Class + " " + all[0].After + " " + m.Share, err
			})
		}
		if got := effect(); got != matter.Waiting+"  " {
			t.Errorf("before the figure it is %q", got)
		}
		c.goOn("2026-02-02 10:00")
		c.accepted(2025, "71")
		if got := effect(); got != matter.Improved+" 71 100.0" {
			t.Errorf("after the figure it is %q", got)
		}
	})
	c.T = t
	c.Look(func(tx *db.Tx) error {
		for _, verify := range []func(*db.Tx) (n int, err error){
			func(tx *db.Tx) (int, error) { f, err := matter.Verify(tx, c.Issuer); return len(f), err },
			func(tx *db.Tx) (int, error) { f, err := rectification.Verify(tx, c.Issuer); return len(f), err },
			func(tx *db.Tx) (int, error) { f, err := instruction.Verify(tx); return len(f), err }} {
			if n, err := verify(tx); n > 0 || err != nil {
				t.Errorf("%d rows do not fit the journal (%v)", n, err)
			}
		}
		return nil
	})
}

func receive(tx *db.Tx, by auth.User, at matter.At) (matter.Matter, error) {
	return matter.Receive(tx, by, at, "", "")
}

// mornings are days on which everybody is told what is due.
func (c *city) mornings(days ...string) {
	c.T.Helper()
	desk := notice.Desk{Sources: matter.Module(account.Secrets{}, blob.Store{}).Reminders,
		City: func(*db.Tx) (string, error) { return "示范市", nil }}
	for _, day := range days {
		c.goOn(day + " 07:30")
		round := job.Round{For: at(day + " 07:30")}
		for going := true; going; going = round.Rest != "" {
			round.Rest = do(c, func(tx *db.Tx) (string, error) { return desk.Jobs().Every[0].Run(tx, round) })
		}
	}
}

const homes = "HOMES"

// counted is the form of the story: how many homes a district has.
const counted = `code: HOMES
name: 儿童之家
number: 演示1表
issuer: 演示单位
valid_until: 2030-12-31
frequency: A
level: district
reporters: district_office
due: "+1-01-31"
levels: {district: own, city: rolled_up}
rows:
  - {number: 1, element: HOMES}
`

// counts defines the indicator of the story, with what was known of it before.
func (c *city) counts() {
	c.Must(c.update(func(tx *db.Tx) error {
		who, err := network.AddPerson(tx, network.Person{Name: "某D4head"})
		c.Must(err)
		_, err = network.AddPost(tx, network.Post{PersonID: who.ID, Unit: "D4O", Role: auth.Leader,
			OpensOn: "2010-01-01"})
		c.Must(err)
		c.People["D4head"], err = account.UserOf(tx, who.ID)
		c.Must(err)
		_, _, err = element.Put(tx, element.Element{Code: homes, Name: "儿童之家个数", Sums: true})
		c.Must(err)
		i, _, err := indicator.Put(tx, indicator.Indicator{Code: homes, Name: "儿童之家个数（模拟）", Unit: "个",
			Direction: 1})
		c.Must(err)
		_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: i.ID, Formula: homes, Definition: "个数"})
		c.Must(err)
		known, err := form.LoadKnown(tx)
		c.Must(err)
		f, problems := form.ParseYAML("f.yaml", []byte(counted), known)
		c.Must(problems.Check())
		_, _, err = form.Put(tx, f)
		return err
	}))
	c.accepted(2023, "60")
}

// accepted is what the fourth district reported of a year, signed by two and accepted.
func (c *city) accepted(year int, homes string) {
	c.T.Helper()
	c.Must(c.UpdateAlone(context.Background(), func(tx *db.Tx) error {
		all, err := form.List(tx)
		c.Must(err)
		f := all[0]
		area, err := network.AreaByCode(tx, "990104", "")
		c.Must(err)
		p, err := period.FromInt(year * 100)
		c.Must(err)
		c.Must(fact.Expect(tx, area, p, f.ID, 1))
		values, fields := f.Read(map[string]string{f.Cells()[0].Key: homes})
		c.Must(fields.Check("cells"))
		spec := f.Cells()[0]
		of, cell := spec.Row.Of.ID, values[spec.Key]
		return fact.Apply(tx, fact.Change{Area: area, Period: p, FormID: f.ID, Version: int64(year),
			Elements: []int64{of}, Cells: []fact.Cell{{Element: of, Sex: spec.Column.Sex, Value: cell.Value,
				Mark: cell.Mark}}})
	}))
}
