package instruction_test

// What a unit that an instruction names is told of the others' matters that came of it: nothing.

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/instruction"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

// desks stand for what other modules say of a leader's desk.
var desks = module.List{{Name: "plans", About: func(_ *db.Tx, _ auth.User, of module.Of) ([]module.Card, error) {
	return []module.Card{{Title: "整改方案", Lines: []module.Line{{Object: "plan/x",
		Name: say.Name{ZH: "儿童之家方案"}, URL: "/plans", DueOn: "2024-02-01"}}}}, nil
}}}

func TestANamedUnitIsToldOfItsOwnMattersAlone(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		before := c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Write(tx, by, instruction.Written{Title: "来信", Kind: instruction.ReportBack,
				Text: "请卫生局先查。", Units: []string{"HEA"}, DueOn: "2024-04-01"})
		})
		c.do("office", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Report(tx, by, before.ID, 0, "已查。")
		})
		i := c.do("mayor", func(tx *db.Tx, by auth.User) (instruction.Instruction, error) {
			return instruction.Follow(tx, by, before.ID, 0, instruction.Written{Kind: instruction.ReportBack,
				Text: "两家一起办。", Units: []string{"HEA", "EDU"}, DueOn: "2024-04-15"})
		})
		var m matter.Matter
		c.must(c.update(func(tx *db.Tx) (err error) {
			m, err = matter.Raise(tx, c.people["office"], matter.Draft{Title: "三处漏报", Problem: "进度慢",
				Lead: "HEA",
				Sources: []matter.Source{{Kind: matter.Instruction, Ref: i.Object(), On: i.WrittenOn,
					Quote: i.Text}},
				NoIndicator: "没有对应的指标", Urgency: matter.Normal, Class: matter.Phased, Aim: "补齐"})
			return err
		}))
		mux := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
			Asset: func(name string) string { return "/assets/" + name }})
		instruction.Routes(mux, instruction.House{About: desks.About, Page: desks.Page, Sees: desks.Sees})
		trail.Routes(mux, blob.Open(t.TempDir()), []trail.Place{instruction.Trail(), matter.Trail()})
		s := &webtest.Site{Handler: mux.Handler(), DB: c.DB, People: c.people}
		theirs := []string{m.Number, "三处漏报", m.ID, before.ID}
		item := "/trail/" + m.Items[0].Object()
		s.Run(t, webtest.Scenario{As: "mayor", Path: "/instructions/desk", Contains: []string{"整改方案期限", "逾期",
			"儿童之家方案", "/instructions/new?about=", "整改方案逾期"}},
			webtest.Scenario{As: "mayor", Path: "/instructions/desk", JSON: true, Contains: []string{`"days":-`}})
		s.Run(t, webtest.Scenario{As: "edu", Path: i.URL(), Contains: []string{"两家一起办"}, NotContains: theirs},
			webtest.Scenario{As: "edu", Path: i.URL(), JSON: true, NotContains: theirs[:3]},
			webtest.Scenario{As: "edu", Path: "/trail/" + i.Object(), JSON: true, NotContains: theirs[:3]},
			webtest.Scenario{As: "edu", Path: item, JSON: true, Status: 404},
			webtest.Scenario{As: "hea", Path: item, JSON: true, Contains: []string{"item.raise"}},
			webtest.Scenario{As: "hea", Path: i.URL(), Contains: theirs},
			webtest.Scenario{As: "mayor", Path: i.URL(), Contains: theirs})
		paper := func(as string) string {
			var said []string
			c.must(c.View(context.Background(), func(tx *db.Tx) error {
				_, d, err := instruction.Paper(tx, c.people[as], i)
				var b bytes.Buffer
				c.must(document.Write(&b, d))
				said, _ = document.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
				return err
			}))
			return strings.Join(said, "\n")
		}
		if said := paper("edu"); strings.Contains(said, m.Number) || !strings.Contains(said, "本单位没有由此承办") {
			t.Errorf("the paper tells a unit: %s", said)
		}
		if said := paper("office"); !strings.Contains(said, m.Number) {
			t.Errorf("the paper tells the office: %s", said)
		}
	})
}
