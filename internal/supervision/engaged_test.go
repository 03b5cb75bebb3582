package supervision_test

// Somebody engaged from outside in a group: they are refused where they are tied to a unit of the area, head nothing,
// see the visits of their own group and no others, write down what they see, and see nothing once the engagement ends.

import (
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/supervision"
	"yipanqi/internal/web/webtest"
)

// engages lets somebody in for the round until a day, and returns who they are.
func (c *city) engages(name, until string, ties ...engagement.Interest) auth.User {
	free := func(*db.Tx, auth.User, string) error { return nil }
	return may(c, "office", func(tx *db.Tx, by auth.User) (auth.User, error) {
		e, err := engagement.Invite(tx, by, engagement.Registered{Engagement: engagement.Engagement{Person: name,
			Role: engagement.Supervisor, About: round, OpensOn: tx.Today(), ClosesOn: until, Interests: ties}},
			engagement.House{Adds: free, Sees: free, Exhibits: func() []module.Exhibit { return nil }})
		c.Must(err)
		_, err = network.AddPost(tx, network.Post{PersonID: e.PersonID, Unit: "WCCO", Role: auth.Outsider,
			OpensOn: tx.Today(), ClosesOn: until})
		c.Must(err)
		c.People[name], err = account.UserOf(tx, e.PersonID)
		return c.People[name], err
	})
}

func TestSomebodyEngagedTakesPartInTheirGroup(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		none := engagement.Interest{Kind: engagement.None}
		deputy := c.engages("代表丁（模拟）", "2023-09-30", none)
		tied := c.engages("委员戊（模拟）", "2023-09-30", engagement.Interest{Unit: "990104-WCCO", Kind: "family"})
		g := c.formed("edu-head", "990104", "990105")
		with := func(who auth.User, part string) func(*db.Tx, auth.User) (group, error) {
			return c.edits(g, "", func(g *group) {
				g.Members = append(g.Members, supervision.Member{Person: who.ID, Kind: "deputy", Part: part})
			})
		}
		refused(c, "office", errs.Invalid, "受聘时声明与北原区妇儿工委办有利害关系，不能督导北原区", with(tied, ""))
		refused(c, "office", errs.Invalid, "现在没有岗位，不能当组长", c.edits(g, "", func(g *group) {
			g.Members[0].Part = ""
			g.Members = append(g.Members, supervision.Member{Person: deputy.ID, Kind: "deputy", Part: "head"})
		}))
		for _, path := range []string{g.URL() + "/edit", "/supervision/groups/new?about=" + round} {
			c.site().Run(t, webtest.Scenario{As: "office", Path: path,
				Contains: []string{deputy.ID, "代表丁（模拟）（受聘）"}})
		}
		g = may(c, "office", with(deputy, ""))
		if m := g.Members[len(g.Members)-1]; m.Unit != "" {
			t.Errorf("who is engaged counts as staff of %s", m.Unit)
		}
		other := may(c, "office", c.plan(c.formed("hea-head", "990101"), "990101", "2023-09-13", true))
		v := may(c, "office", c.plan(g, "990104", "2023-09-12", true))
		s.begun(v)
		name := "代表丁（模拟）"
		run := func(path string, status int, says, not []string) {
			t.Helper()
			c.site().Run(t, webtest.Scenario{As: name, Path: path, Status: status, Contains: says, NotContains: not})
		}
		run(v.URL(), 0, []string{"北原区"}, []string{"完成记录"})
		run(v.URL()+"/field", 0, nil, nil)
		run(other.URL(), 404, nil, nil)
		run("/visits", 0, []string{v.URL()}, []string{other.URL()})
		for _, path := range []string{"/supervision", "/supervision/groups", v.URL() + "/record"} {
			run(path, 403, nil, nil)
		}
		run(g.URL(), 0, []string{"北原区"}, []string{"/supervision/groups\""})
		filed := may(c, name, func(tx *db.Tx, by auth.User) (finding, error) {
			return supervision.File(tx, by, v.ID, finding{Kind: "problem", Text: "没有标识（模拟）",
				Weight: "slight", Clause: "市规划第三章（模拟）", Evidence: []string{"台账（模拟）"}})
		})
		refused(c, name, errs.Denied, "", func(tx *db.Tx, by auth.User) (finding, error) {
			return supervision.Confirm(tx, by, filed.ID, filed.Version)
		})
		room := func() []module.Card {
			return may(c, name, func(tx *db.Tx, by auth.User) ([]module.Card, error) {
				about := supervision.Module(c.Secrets, blob.Open(t.TempDir()), c.rounds).About
				return about(tx, by, module.Of{Kind: "room"})
			})
		}
		if cards := room(); len(cards) != 1 || len(cards[0].Lines) != 1 || cards[0].Lines[0].URL != v.URL() {
			t.Errorf("in the room of who is engaged stands %+v", cards)
		}
		c.On("2023-10-01")
		c.People[name] = may(c, "office", func(tx *db.Tx, _ auth.User) (auth.User, error) {
			return account.UserOf(tx, deputy.ID)
		})
		if cards := room(); len(cards) != 0 {
			t.Errorf("on the day after the engagement they still see %+v", cards)
		}
		for _, path := range []string{v.URL(), v.URL() + "/field", "/visits", filed.URL()} {
			if w := c.site().Ask(t, webtest.Scenario{As: name, Path: path}); w.Code < 400 {
				t.Errorf("on the day after the engagement %s answers %d", path, w.Code)
			}
		}
		c.verifies(0)
	})
}
