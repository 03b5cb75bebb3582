package supervision_test

// Who is in a group that has been out, and who judges what was found: nobody is taken away afterwards, a head who has
// left leaves somebody to act, and nobody confirms what they filed themselves.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/supervision"
	"yipanqi/internal/web/webtest"
)

// edits changes a group as it is now.
func (c *city) edits(g group, why string, change func(*group)) func(*db.Tx, auth.User) (group, error) {
	return func(tx *db.Tx, by auth.User) (group, error) {
		now, err := supervision.GetGroup(tx, g.ID)
		c.Must(err)
		now.Members = slices.Clone(now.Members)
		change(&now)
		return c.desk.EditGroup(tx, by, now, why)
	}
}

// heads makes somebody the head and the one before a plain member.
func (c *city) heads(who string) func(*group) {
	return func(g *group) {
		for n := range g.Members {
			if g.Members[n].Part == supervision.HeadOf {
				g.Members[n].Part = supervision.MemberOf
			}
		}
		at := slices.IndexFunc(g.Members, func(m supervision.Member) bool { return m.Person == c.People[who].ID })
		g.Members[at].Part = supervision.HeadOf
	}
}

func (c *city) leaves(who string) {
	c.T.Helper()
	may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
		return 0, tx.Exec(`UPDATE posts SET closes_on = $1 WHERE person_id = $2`, tx.Today(), c.People[who].ID)
	})
	u := c.People[who]
	u.Posts = nil
	c.People[who] = u
}

func TestAGroupThatWasOutKeepsItsPeople(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		g := c.formed("edu-head", "990104", "990105")
		drop := func(g *group) { g.Members = g.Members[:len(g.Members)-1] }
		g = may(c, "office", c.edits(g, "", drop)) // nothing has begun yet
		g = may(c, "office", c.edits(g, "", func(g *group) {
			g.Members = append(g.Members, supervision.Member{Person: c.People["edu"].ID, Kind: "recorder"})
		}))
		v := may(c, "office", c.plan(g, "990104", "2023-09-12", true))
		s.begun(v)
		refused(c, "office", errs.Invalid, "2023-09-12 北原区的督导已经开始，成员以那一天为准，不能去掉edu", c.edits(g, "", drop))
		refused(c, "office", errs.Invalid, "不能去掉人大代表甲", c.edits(g, "", func(g *group) {
			g.Members = slices.Delete(g.Members, 2, 3)
			g.Lacks = "有事（模拟）"
		}))
		refused(c, "office", errs.Invalid, "组长edu-head还在任，不能换", c.edits(g, "换一个（模拟）", c.heads("edu")))
		own := may(c, "edu-head", func(tx *db.Tx, by auth.User) (finding, error) {
			return supervision.File(tx, by, v.ID, finding{Kind: "problem", Text: "组长自己看到的（模拟）",
				Weight: "slight", Clause: "市规划第三章（模拟）", Evidence: []string{"台账（模拟）"}})
		})
		other := s.found(v, "组员看到的（模拟）")
		s.finished(v)
		confirm := func(f finding) func(*db.Tx, auth.User) (finding, error) {
			return func(tx *db.Tx, by auth.User) (finding, error) {
				return supervision.Confirm(tx, by, f.ID, f.Version)
			}
		}
		refused(c, "edu-head", errs.Denied, "请办公室在督导组里增加一位在本系统有岗位的副组长", confirm(own))
		c.site().Run(t, webtest.Scenario{As: "edu-head", Path: own.URL(), NotContains: []string{"/confirm"},
			Contains: []string{"/drop", "增加一位在本系统有岗位的副组长"}},
			webtest.Scenario{As: "edu-head", Path: other.URL(), Contains: []string{"/confirm"}})
		may(c, "office", c.edits(g, "", func(g *group) {
			g.Members = append(g.Members, supervision.Member{Person: c.People["hea-head"].ID, Kind: "unit_leader",
				Part: supervision.DeputyOf})
		}))
		refused(c, "edu-head", errs.Denied, "请由hea-head办理", confirm(own))
		refused(c, "hea-head", errs.Denied, "由组长edu-head办理", confirm(other)) // the head is there
		if !s.asked("hea-head", supervision.VerbConfirm) {
			t.Error("the deputy is not asked to confirm what the head filed")
		}
		may(c, "hea-head", confirm(own))

		c.leaves("edu-head")
		refused(c, "edu", errs.Denied, "已经离任，这一步由副组长hea-head办理", confirm(other))
		may(c, "hea-head", confirm(other)) // stands in for a head who has left
		refused(c, "office", errs.Invalid, "写明另定组长的原因", c.edits(g, "", c.heads("edu")))
		c.site().Run(t, webtest.Scenario{As: "office", Path: g.URL() + "/edit", Contains: []string{`name="reason"`}})
		g = may(c, "office", c.edits(g, "原组长调离（模拟）", c.heads("edu")))
		why := may(c, "office", func(tx *db.Tx, _ auth.User) (string, error) {
			return db.Value[string](tx, `SELECT detail FROM journal WHERE object = $1 ORDER BY id DESC LIMIT 1`,
				g.Object())
		})
		if g.Head().Name != "edu" || !slices.ContainsFunc(g.Members, func(m supervision.Member) bool {
			return m.Name == "edu-head"
		}) {
			t.Errorf("the group is %+v", g.Members)
		}
		if !strings.Contains(why, "原组长调离") || !strings.Contains(why, `"head":"edu-head"`) {
			t.Errorf("the journal says of the new head %s", why)
		}
		c.verifies(0)
	})
}
