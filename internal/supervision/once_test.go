package supervision_test

// What is pressed twice is there once; and an area counts as told when its notice has gone out, not when it is drafted.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/supervision"
	"yipanqi/internal/web/webtest"
)

// noticed drafts and issues the notice of a visit: the words for where it stands follow the letter.
func (s *story) noticed(v visit, told func(*db.Tx, auth.User) (visit, error)) visit {
	s.T.Helper()
	c := s.city
	v = may(c, "office", told)
	refused(c, "office", errs.Conflict, "已经起草", func(tx *db.Tx, by auth.User) (visit, error) {
		return supervision.Notify(tx, by, v.ID, v.Version, "")
	})
	site := c.site()
	said := func(word, state, never string) {
		s.T.Helper()
		site.Run(s.T, webtest.Scenario{As: "office", Path: v.URL(), Contains: []string{word},
			NotContains: []string{never}},
			webtest.Scenario{As: "north", Path: v.URL(), JSON: true, Contains: []string{`"state":"` + state + `"`}},
			webtest.Scenario{As: "office", Path: "/visits?format=csv&area=990104", Contains: []string{word},
				NotContains: []string{never}},
			webtest.Scenario{As: "office", Path: "/visits?state=" + state, JSON: true, Contains: []string{v.ID}})
	}
	said("已拟通知", "announced", "已通知")
	s.dropped(v.Notice)
	v = may(c, "office", func(tx *db.Tx, by auth.User) (visit, error) { // withdrawn: it is drafted once more
		return supervision.Notify(tx, by, v.ID, v.Version, "")
	})
	said("已拟通知", "announced", "已通知")
	s.issues(v.Notice)
	said("已通知", "notified", "已拟通知")
	return s.visit(v.ID)
}

func TestWhatIsPressedTwiceIsThereOnce(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		g := c.formed("edu-head", "990104", "990105")
		again := g
		form := func(tx *db.Tx, by auth.User) (group, error) { return c.desk.Form(tx, by, again) }
		refused(c, "office", errs.Invalid, "已经有叫“edu-head组（模拟）”的督导组", form)
		plan := c.plan(g, "990104", "2023-09-12", true)
		v := may(c, "office", plan)
		refused(c, "office", errs.Invalid, "已经安排了对北原区的督导", plan)
		may(c, "office", c.plan(g, "990105", "2023-09-12", true)) // two areas on one day are two visits
		list := []string{"甲（模拟）", "乙（模拟）", "丙（模拟）"}
		draw := func(places ...string) func(*db.Tx, auth.User) (supervision.Draw, error) {
			return func(tx *db.Tx, by auth.User) (supervision.Draw, error) {
				return supervision.DrawSites(tx, by, v.ID, slices.Clone(places), 1, "school", "")
			}
		}
		d := may(c, "edu", draw(list...))
		slices.Reverse(list)
		refused(c, "edu", errs.Invalid, "已经由edu抽过，抽到"+d.Drawn[0], draw(list...))
		may(c, "edu", draw(slices.DeleteFunc(list, func(p string) bool { return p == d.Drawn[0] })...))
		s.begun(v)
		f := s.found(v, "看到的（模拟）")
		file := func(tx *db.Tx, by auth.User) (finding, error) { return supervision.File(tx, by, v.ID, f) }
		refused(c, "edu", errs.Invalid, "已经记过同样的发现（"+f.Number+"）", file)
		s.finished(v)
		s.settled(v, f)
		one, two := may(c, "office", drafts(v)), may(c, "office", drafts(v))
		letters := may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
			return db.Value[int](tx, `SELECT count(*) FROM letters WHERE about = $1`, one.Object())
		})
		if one.ID != two.ID || letters != 1 {
			t.Errorf("two clicks draft %s and %s, with %d letters", one.ID, two.ID, letters)
		}
		may(c, "office", func(tx *db.Tx, by auth.User) (letter.Letter, error) {
			l, err := letter.Get(tx, one.Letter[len("letter/"):])
			s.Must(err)
			l.Body += "\n补写一句（模拟）"
			return letter.Save(tx, by, l.ID, l.Version, l)
		})
		may(c, "office", drafts(v)) // an old tab does not take away what was written since
		if !strings.HasSuffix(s.body(one), "补写一句（模拟）") {
			t.Error("drafting again takes away what was written in the draft")
		}
		c.verifies(0)
	})
}
