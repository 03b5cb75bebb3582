package change_test

// A change of person from the report to the successor's word, and what is refused on the way.

import (
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/change"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

func (c *city) report(by auth.User, p change.PostChange, who change.Who) (made change.PostChange, err error) {
	err = c.update(func(tx *db.Tx) (err error) { made, err = change.Report(tx, by, p, who); return err })
	return made, err
}

func TestALiaisonChanges(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		p, err := c.report(c.leader, change.PostChange{Unit: "HEA", Role: auth.Liaison, Person: "新联络员",
			Title: "科长",
			Phone: "0000-1", ChangedOn: "2024-02-04"}, change.Who{})
		c.must(err)
		if p.Outgoing != "卫生联络员" || p.Late || p.DueOn != "2024-03-04" {
			t.Logf("reported %+v", p)
		}
		if !p.Late || p.DueOn != "2024-03-04" { // 40 days after it
			t.Errorf("a report of 40 days later is late %t, due %s", p.Late, p.DueOn)
		}
		confirm := func(by auth.User) func(tx *db.Tx) error {
			return func(tx *db.Tx) (err error) { p, err = change.Confirm(tx, by, p.ID, 0); return err }
		}
		c.refused(errs.Denied, "岗位", confirm(c.leader))
		c.refused(errs.Conflict, "已有一项变动在等确认", func(tx *db.Tx) error {
			_, err := change.Report(tx, c.leader, change.PostChange{Unit: "HEA", Role: auth.Liaison, Person: "另一人",
				Title: "科长", ChangedOn: today}, change.Who{})
			return err
		})
		c.must(c.update(confirm(c.office)))
		if p.TakeBy != "2024-03-22" || p.State != change.InPost {
			t.Errorf("to be taken over by %s, %s", p.TakeBy, p.State)
		}
		var next auth.User
		c.view(func(tx *db.Tx) error {
			for day, want := range map[string]string{"2024-02-03": "卫生联络员", "2024-02-04": "新联络员"} {
				var who []string
				staff, err := network.Staff(tx, "HEA", day)
				for _, s := range staff {
					if s.Role == auth.Liaison {
						who = append(who, s.Person)
						if s.Person == "新联络员" && s.Phone != "0000-1" {
							t.Errorf("the office phone is %q", s.Phone)
						}
					}
				}
				if got := strings.Join(who, " "); err != nil || got != want {
					t.Errorf("liaison on %s: %s, %v; want %s", day, got, err, want)
				}
			}
			old := c.posts["卫生联络员"].PersonID
			if a, err := account.Of(tx, old); err != nil || a.Enabled {
				t.Errorf("who left can sign in: %v", err)
			}
			staff, err := network.Staff(tx, "HEA", "")
			for _, s := range staff {
				if s.Person == "新联络员" {
					next, err = account.UserOf(tx, s.PersonID)
				}
			}
			return err
		})
		take := func(by auth.User) func(tx *db.Tx) error {
			return func(tx *db.Tx) (err error) { p, err = change.TakeOver(tx, by, p.ID, 0, holds()); return err }
		}
		c.refused(errs.Denied, "接任人", take(c.leader))
		c.view(func(tx *db.Tx) error {
			tasks, err := change.Tasks(tx, next, holds())
			if len(tasks) != 1 || tasks[0].Ask != "接手工作" {
				t.Errorf("the successor is told %+v", tasks)
			}
			return err
		})
		c.must(c.update(take(next)))
		if lines := strings.Split(p.Taken, "\n"); len(lines) != 3 || p.State != change.HandedOver {
			t.Errorf("taken over: %q, %s", p.Taken, p.State)
		}
		c.view(func(tx *db.Tx) error {
			in, all, err := change.Reporting(tx, c.office, module.Work{Year: 2024})
			if in != 0 || all != 1 {
				t.Errorf("%d of %d in time", in, all)
			}
			return err
		})
		c.clean()
	})
}

func TestWhatIsNoChangeOfPerson(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		good := change.PostChange{Unit: "FPB", Role: auth.Liaison, Person: "卫生联络员", Title: "科员",
			ChangedOn: today}
		for words, bad := range map[string]func(*change.PostChange){
			"此项必填":          func(p *change.PostChange) { p.Title = "" },
			"请填变动日期":        func(p *change.PostChange) { p.ChangedOn = "昨天" },
			"最多提前60天":       func(p *change.PostChange) { p.ChangedOn = "2024-06-01" },
			"请从列表里选一个岗位":    func(p *change.PostChange) { p.Role = auth.SystemAdmin },
			"不在这个岗位上":       func(p *change.PostChange) { p.Outgoing = "没有的人" },
			"请填办公电话":        func(p *change.PostChange) { p.Phone = "a@b.c" },
			"这个单位在变动日不存在":   func(p *change.PostChange) { p.Unit = "OLD" },
			"已是别的单位的联络员":    func(*change.PostChange) {},
			"没有编号是“x”、叫“卫生": nil,
		} {
			p, who := good, change.Who{Same: c.posts["卫生联络员"].PersonID}
			if bad != nil {
				bad(&p)
			} else {
				who.Same = "x"
			}
			_, err := c.report(c.office, p, who)
			said := ""
			if err != nil {
				said = err.Error()
			}
			for _, w := range errs.FieldsOf(err) {
				said += w.String()
			}
			if !strings.Contains(said, words) {
				t.Errorf("%s; want %s", said, words)
			}
		}
		if _, err := c.report(c.office, good, change.Who{}); !contains(err, "已有叫") {
			t.Errorf("a namesake is not asked after: %v", err)
		}
		if _, err := c.report(c.leader, good, change.Who{}); errs.FieldsOf(err)["unit"].IsZero() {
			t.Errorf("another unit's change is reported: %v", err)
		}
		p, err := c.report(c.office, good, change.Who{Same: c.posts["卫生联络员"].PersonID, Both: true})
		c.must(err)
		c.refused(errs.Denied, "由另一位同事确认", func(tx *db.Tx) error {
			_, err := change.Confirm(tx, c.office, p.ID, 0)
			return err
		})
		c.refused(errs.Invalid, "请写明撤回的原因", func(tx *db.Tx) error {
			_, err := change.Drop(tx, c.office, p.ID, 0, " ")
			return err
		})
		c.must(c.update(func(tx *db.Tx) error { _, err := change.Confirm(tx, c.second, p.ID, 0); return err }))
		c.view(func(tx *db.Tx) error {
			u, err := account.UserOf(tx, c.posts["卫生联络员"].PersonID)
			if len(u.Posts) != 2 {
				t.Errorf("who is liaison of both holds %v", u.Posts)
			}
			return err
		})
	})
}
