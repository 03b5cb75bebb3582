package instruction_test

// Who is reminded of what a leader wrote, until somebody does something about it; and the report on it as a paper.

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/instruction"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
)

// waiting are the instructions that the office is reminded of, up to a day.
func (c *city) waiting(until string) (all []module.Due) {
	c.t.Helper()
	c.must(c.View(context.Background(), func(tx *db.Tx) (err error) {
		all, _, err = instruction.Reminders().Due(tx, until, "")
		return err
	}))
	return all
}

func TestTheOfficeIsRemindedUntilAMatterComesOfIt(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		i := c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Write(tx, by, instruction.Written{Title: "来信摘要", Kind: instruction.ReportBack,
				Text: "请教育局牵头，一月内报结果。", Units: []string{"EDU"}, DueOn: "2024-04-15"})
		})
		c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) { // only noted: nobody waits
			return instruction.Write(tx, by, instruction.Written{Title: "简报", Kind: instruction.Circled})
		})
		if early := c.waiting("2024-03-19"); len(early) != 0 {
			t.Errorf("before its third working day is over: %+v", early)
		}
		due := c.waiting("2024-03-20") // written on a Friday: three working days
		if len(due) != 1 || due[0].Object != i.Object() || due[0].DueOn != "2024-03-20" || due[0].Unit != "WCCO" ||
			due[0].Step != instruction.VerbReport || due[0].Roles["first"] != auth.Office {
			t.Fatalf("the office is reminded of %+v", due)
		}
		raise := func(tx *db.Tx) error {
			_, err := matter.Raise(tx, c.people["office"], matter.Draft{Title: "来信办理", Problem: "没有答复",
				Sources: []matter.Source{{Kind: matter.Instruction, Ref: i.Object(), On: i.WrittenOn, Quote: i.Text}},
				Lead:    "EDU", NoIndicator: "没有对应的指标", Urgency: matter.Normal, Class: matter.Phased,
				Aim: "都有答复"})
			return err
		}
		c.must(c.update(raise))
		if left := c.waiting("2024-12-31"); len(left) != 0 {
			t.Errorf("after a matter came of it: %+v", left)
		}
		c.must(c.View(context.Background(), func(tx *db.Tx) error { // what was told before ends by that
			now, err := instruction.Reminders().Of(tx, []string{i.Object()})
			if d := now[i.Object()]; d.Step != "" {
				t.Errorf("it still waits for %+v", d)
			}
			return err
		}))
	})
}

func TestTheReportOnAnInstruction(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		said := func(i instruction.Instruction) (text string, err error) {
			err = c.View(context.Background(), func(tx *db.Tx) error {
				_, d, err := instruction.Paper(tx, c.people["office"], i)
				if err != nil {
					return err
				}
				var b bytes.Buffer
				c.must(document.Write(&b, d))
				lines, err := document.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
				text = strings.Join(lines, "\n")
				return err
			})
			return text, err
		}
		laid := c.do("office", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Submit(tx, by, instruction.Written{Leader: c.people["mayor"].ID,
				Title: "关于母婴室的报告", Proposal: "拟请市卫生局牵头整改。"})
		})
		if _, err := said(laid); errs.KindOf(err) != errs.Missing {
			t.Errorf("of what nobody wrote there is a report: %v", err)
		}
		i := c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Answer(tx, by, laid.ID, laid.Version, instruction.Written{Kind: instruction.ReportBack,
				Text: "请卫生局牵头。", Units: []string{"HEA"}, DueOn: "2024-04-15"})
		})
		i = c.do("office", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Report(tx, by, i.ID, i.Version, "已开放三处母婴室。")
		})
		text, err := said(i)
		c.must(err)
		for _, want := range []string{"批示原文", "请卫生局牵头。", "某mayor，2024年3月15日",
			"由办公室办理，没有另立督办", "已开放三处母婴室。", "办结待过目"} {
			if !strings.Contains(text, want) {
				t.Errorf("the report does not say %s:\n%s", want, text)
			}
		}
	})
}
