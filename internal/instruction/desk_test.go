package instruction_test

// What lies on a leader's desk as things take their course, and what the pages of a unit and an area say of it.

import (
	"context"
	"fmt"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/instruction"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
)

// desk is how many of each a leader finds: awaited, unconfirmed, running, idle, reported; overdue of open items.
func (c *city) desk(as string) (counts string) {
	c.t.Helper()
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		d, err := instruction.ReadDesk(tx, c.people[as])
		counts = fmt.Sprintf("%d %d %d %d %d; %d of %d", len(d.Awaited), len(d.Unsure), len(d.Running), len(d.Idle),
			len(d.Reported), d.Overdue, d.Open)
		if len(d.Late) != d.Overdue {
			c.t.Errorf("%d overdue items stand on the desk of %s, %d are counted", len(d.Late), as, d.Overdue)
		}
		return err
	}))
	return counts
}

func TestALeadersDesk(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		finds := func(when, mayor string) {
			t.Helper()
			if got := c.desk("mayor"); got != mayor {
				t.Errorf("%s the mayor finds %q, want %q", when, got, mayor)
			}
		}
		mayor := c.people["mayor"].ID
		laid := c.do("office", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Submit(tx, by, instruction.Written{Leader: mayor, Title: "关于母婴室的报告",
				Proposal: "拟请市卫生局牵头。"})
		})
		paper := c.do("office", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Write(tx, by, instruction.Written{Leader: mayor, On: "2024-03-01", Title: "来信摘要",
				Kind: instruction.ReportBack, Text: "请教育局报结果。", Units: []string{"EDU"}, Paper: "卷3"})
		})
		finds("at first", "1 1 1 1 0; 0 of 0") // nobody did anything about the paper in three working days
		c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Confirm(tx, by, paper.ID, 0)
		})
		c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Answer(tx, by, laid.ID, laid.Version, instruction.Written{Kind: instruction.ReportBack,
				Text: "请卫生局牵头。", Units: []string{"HEA"}, DueOn: "2024-04-15"})
		})
		finds("having written", "0 0 2 1 0; 0 of 0")
		c.must(c.update(func(tx *db.Tx) error {
			_, err := matter.Raise(tx, c.people["office"], matter.Draft{Title: "来信办理", Problem: "没有答复",
				Sources: []matter.Source{{Kind: matter.Instruction, Ref: paper.Object(), On: paper.WrittenOn,
					Quote: paper.Text}}, Lead: "EDU", NoIndicator: "没有对应的指标", Urgency: matter.Normal,
				Class: matter.Phased, Aim: "都有答复",
				Items: []matter.Asked{{Unit: "EDU", Text: "答复", Due: "2024-03-18"}}})
			return err
		}))
		finds("once a matter came of it", "0 0 2 0 0; 0 of 1")
		c.do("office", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Report(tx, by, laid.ID, 0, "已开放三处母婴室。")
		})
		finds("after the report", "0 0 1 0 1; 0 of 1")
		if got := c.desk("vice"); got != "0 0 0 0 0; 0 of 1" {
			t.Errorf("another leader finds %q", got)
		}
		if got := c.desk("eastchief"); got != "0 0 0 0 0; 0 of 0" {
			t.Errorf("a district's leader finds %q", got)
		}
		for _, as := range []string{"office", "edu"} {
			c.refused(errs.Denied, as, func(tx *db.Tx, by auth.User) (i instruction.Instruction, err error) {
				_, err = instruction.ReadDesk(tx, by)
				return i, err
			})
		}
	})
}

func TestWhatWasWrittenOnAUnitStandsOnItsPage(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var on [2]string
		for n, about := range []string{"unit/EDU", "area/990101"} {
			i := c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
				return instruction.Write(tx, by, instruction.Written{About: about, Title: "入园", Text: "请抓紧。",
					Kind: instruction.Act, Units: []string{"EDU"}})
			})
			on[n] = i.Object()
			gone := c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
				return instruction.Write(tx, by, instruction.Written{About: about, Title: "圈错",
					Kind: instruction.Circled})
			})
			c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
				return instruction.Withdraw(tx, by, gone.ID, 0, "圈错了")
			})
		}
		card := func(as, kind, code string) (lines, way string) {
			c.must(c.View(context.Background(), func(tx *db.Tx) error {
				cards, err := instruction.About(tx, c.people[as], module.Of{Kind: kind, Code: code})
				for _, one := range cards {
					way = one.Do.URL
					for _, l := range one.Lines {
						lines += l.Object + " "
					}
				}
				return err
			}))
			return lines, way
		}
		for _, want := range []struct{ as, kind, code, lines, way string }{
			{"mayor", "unit", "EDU", on[0] + " ", "/instructions/new?about=unit%2FEDU"},
			{"mayor", "area", "990101", on[1] + " ", "/instructions/new?about=area%2F990101"},
			{"mayor", "unit", "HEA", "", "/instructions/new?about=unit%2FHEA"},
			{"mayor", "plan", "EDU", "", ""},
			{"edu", "unit", "EDU", on[0] + " ", ""},
			{"hea", "unit", "EDU", "", ""},
			{"eastchief", "unit", "EDU", "", "/instructions/new?about=unit%2FEDU"},
		} {
			if lines, way := card(want.as, want.kind, want.code); lines != want.lines || way != want.way {
				t.Errorf("on %s %s %s finds %q and the way %q, want %q and %q", want.kind, want.code, want.as, lines,
					way, want.lines, want.way)
			}
		}
	})
}
