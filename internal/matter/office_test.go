package matter_test

// The office's day: drafts that it changes, many items received and urged at once, and what lies before whom after each
// act.

import (
	"context"
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/matter"
	"yipanqi/internal/setting"
)

// desk are the lines of each group before somebody.
func (c *city) desk(who string) map[string]int {
	c.T.Helper()
	all := map[string]int{}
	c.Must(c.View(context.Background(), func(x *db.Tx) error {
		groups, err := matter.DeskOf(x, c.People[who])
		for _, g := range groups {
			all[g.Code] = len(g.Lines)
		}
		return err
	}))
	return all
}

func (c *city) sees(who string, want map[string]int) {
	c.T.Helper()
	got := c.desk(who)
	for code, n := range want {
		if got[code] != n {
			c.T.Errorf("%s sees %d %s, want %d", who, got[code], code, n)
		}
	}
	if len(got) != len(want) {
		c.T.Errorf("%s sees %v, want %v", who, got, want)
	}
}

// A draft is changed as often as its office likes: items come and go, its other sources stay, two people at once do
// not overwrite each other, and nobody else sees it.
func TestADraftIsChanged(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		d := proposal()
		d.Items = append(d.Items, matter.Asked{Unit: "HEA", Text: "培训（模拟）"})
		m := may(c, "office", func(x *tx, by user) (result, error) { return matter.KeepDraft(x, by, d) })
		m = may(c, "office", func(x *tx, by user) (result, error) {
			return matter.AddSource(x, by, m.ID, matter.Source{Kind: matter.Other, Quote: "来信"})
		})
		c.sees("office", map[string]int{"draft": 1})
		edit := func(version int64, change func(*matter.Draft)) func(*tx, user) (result, error) {
			return func(x *tx, by user) (result, error) {
				p := d
				change(&p)
				return matter.Edit(x, by, m.ID, version, p)
			}
		}
		refused(c, "edu", errs.Missing, "", edit(0, func(*matter.Draft) {}))
		refused(c, "office", errs.Invalid, "已于2020-01-01撤销", edit(0, func(p *matter.Draft) { p.Lead = "OLD" }))
		got := may(c, "office", edit(m.Version, func(p *matter.Draft) {
			p.Title, p.Items = "儿童之家覆盖率低", []matter.Asked{{Unit: "HEA", Text: "摸底", Due: "2024-04-01"}}
		}))
		if got.Title != "儿童之家覆盖率低" || len(got.Sources) != 2 || got.Items[0].Unit != "HEA" ||
			got.Items[1].State != matter.Withdrawn {
			t.Fatalf("the draft is %+v", got)
		}
		refused(c, "office", errs.Conflict, "刚刚有人办理过", edit(m.Version, func(*matter.Draft) {}))
		got = may(c, "office", edit(0, func(p *matter.Draft) {
			p.Items = append(p.Items, matter.Asked{Unit: "EDU", Text: "复查"})
		}))
		if len(got.Items) != 4 {
			t.Fatalf("the draft has %d items", len(got.Items))
		}
		c.verifies()
		got = may(c, "office", func(x *tx, by user) (result, error) { return matter.RaiseDraft(x, by, m.ID, 0, false) })
		if closed, of := got.Counted(); closed != 0 || of != 3 || got.Items[1].State != matter.Withdrawn {
			t.Fatalf("handed out it is %+v", got)
		}
		refused(c, "office", errs.Conflict, "", edit(0, func(*matter.Draft) {}))
		c.verifies()
	})
}

// Who has to do what today: each act moves a line on; the office receives and urges many at once, all or none.
func TestTheDeskOfADay(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a, b := c.raised(proposal()), c.raised(proposal())
		c.sees("office", map[string]int{"unreceived": 2})
		c.sees("edu", map[string]int{"receive": 2})
		ids := []string{a.Items[0].ID, b.Items[0].ID}
		all := func(ids []string, paper string) func(*tx, user) (int, error) {
			return func(x *tx, by user) (int, error) { return matter.ReceiveAll(x, by, ids, paper) }
		}
		refused(c, "office", errs.Invalid, "请勾选", all(nil, "第1卷"))
		refused(c, "office", errs.Invalid, "必填", all(ids, ""))
		refused(c, "edu", errs.Denied, "", all(ids, "第1卷"))
		urge := func(x *tx, by user) (int, error) {
			return matter.UrgeAll(x, by, append([]string{""}, ids...), "请签收", "2024-03-08")
		}
		if n := may(c, "office", urge); n != 2 {
			t.Errorf("%d are urged", n)
		}
		if n := may(c, "office", all(append(ids, ids[0]), "办公室第1卷")); n != 2 {
			t.Errorf("%d are received", n)
		}
		if i := c.item(a.ID); i.State != matter.Received || i.Handler != "edu" || i.Responsible == "" || i.Urges != 1 {
			t.Errorf("received on behalf it is %+v", i)
		}
		refused(c, "office", errs.Conflict, "", all(ids, "第1卷"))
		c.sees("office", map[string]int{})
		c.sees("edu", map[string]int{"running": 2})
		c.On("2024-03-28")
		c.sees("edu", map[string]int{"soon": 2})
		may(c, "edu", func(x *tx, by user) (result, error) { return matter.Start(x, by, id(a)) })
		may(c, "edu-head", func(x *tx, by user) (result, error) {
			return matter.Extend(x, by, id(a), "2024-05-01", "等材料")
		})
		c.sees("office", map[string]int{"extension": 1})
		may(c, "office", func(x *tx, by user) (result, error) { return matter.Refuse(x, by, id(a), "抓紧") })
		c.sees("edu", map[string]int{"returned": 1, "soon": 1})
		c.On("2024-04-01")
		c.sees("office", map[string]int{"overdue": 2})
		c.sees("edu", map[string]int{"returned": 1, "late": 1})
		c.reported(a)
		may(c, "office", func(x *tx, by user) (result, error) { return matter.Entrust(x, by, id(a), "HEA") })
		c.sees("hea", map[string]int{"check": 1})
		c.sees("edu", map[string]int{"waiting": 1, "late": 1})
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Flag(x, by, b.ID, 0, []string{matter.Hard})
		})
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Flag(x, by, b.ID, 0, []string{matter.Hard, matter.Upper})
		})
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Suspend(x, by, id(b), "2024-05-01", "等上级政策")
		})
		c.On("2024-05-06")
		c.sees("office", map[string]int{"recheck": 1, "look": 1})
		c.On("2024-06-10")
		may(c, "office", func(x *tx, by user) (result, error) { return matter.Resume(x, by, id(b)) })
		c.sees("office", map[string]int{"recheck": 1, "hard": 1})
		c.verifies()
	})
}

// An installation sets the days that items get by their source, in city.yaml as every other limit.
func TestAnInstallationSetsTheDaysOfSources(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		d := proposal()
		d.Items = nil
		if m := c.raised(d); m.Items[0].Due != "2024-03-21" || m.Items[0].DueBy != matter.LimitMinutes {
			t.Errorf("twenty days after the first of March: %+v", m.Items[0])
		}
		c.Must(c.Update(context.Background(), func(x *db.Tx) error {
			_, err := setting.Put(x, flow.LimitKey(matter.LimitMinutes), "5天")
			return err
		}))
		if m := c.raised(d); m.Items[0].Due != "2024-03-06" {
			t.Errorf("five days after the first of March is %s", m.Items[0].Due)
		}
		for _, name := range []string{matter.LimitPaper, matter.LimitMinutes, matter.LimitHard, matter.LimitNear,
			matter.LimitStuck} {
			named := func(l flow.Limited) bool { return l.Name == name }
			if !slices.ContainsFunc(matter.Flows()[0].Limited(), named) {
				t.Errorf("city.yaml does not know %s", name)
			}
		}
		c.verifies()
	})
}
