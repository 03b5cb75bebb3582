package submission_test

// Signing for somebody else (代签): for the days and the post that were lent, with the own key, and said under the
// signature; never both signatures by one person, never after the delegation ended.

import (
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/delegation"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/submission"
)

func TestAColleagueSignsForTheLeader(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var deputy, stranger, newcomer auth.User
		c.must(c.update(func(tx *db.Tx) error {
			deputy = c.hire(tx, "赵副职", c.units[0].Code, auth.Liaison)
			newcomer = c.hire(tx, "孙新人", c.units[0].Code, auth.Liaison)
			stranger = c.hire(tx, "钱外人", c.units[1].Code, auth.Liaison)
			for login, who := range map[string]auth.User{"deputy": deputy, "first": c.first[0], "stranger": stranger} {
				c.must(account.Create(tx, c.office, who.ID, login, "-"))
			}
			return nil
		}))
		again := func(u auth.User) auth.User { // as the next request finds them
			return view(c, func(tx *db.Tx) (auth.User, error) { return account.UserOf(tx, u.ID) })
		}
		day := func(n int) string {
			today := view(c, func(tx *db.Tx) (string, error) { return tx.Today(), nil })
			for range n {
				today = calendar.DayAfter(today)
			}
			return today
		}
		give := func(by auth.User, change func(*delegation.Delegation)) (d delegation.Delegation, err error) {
			d = delegation.Delegation{Unit: c.units[0].Code, Role: auth.Leader, ToID: deputy.ID, OpensOn: day(0),
				ClosesOn: day(9), Reason: "外出培训"}
			if change != nil {
				change(&d)
			}
			return d, c.update(func(tx *db.Tx) (err error) {
				d, err = delegation.Give(tx, by, d)
				return err
			})
		}
		leader := c.second[0]
		for says, change := range map[string]func(*delegation.Delegation){
			"不能委托给自己":     func(d *delegation.Delegation) { d.ToID = leader.ID },
			"双签字的另一位签字人":  func(d *delegation.Delegation) { d.ToID = c.first[0].ID },
			"请从本单位在岗的人里选": func(d *delegation.Delegation) { d.ToID = stranger.ID },
			"还没有账号":       func(d *delegation.Delegation) { d.ToID = newcomer.ID },
			"从今天起":        func(d *delegation.Delegation) { d.OpensOn = "2018-12-31" },
			"不早于第一天":      func(d *delegation.Delegation) { d.OpensOn = day(10) },
			"一次最多委托90天":   func(d *delegation.Delegation) { d.ClosesOn = day(90) },
			"请写明委托的原因":    func(d *delegation.Delegation) { d.Reason = " " },
			"请选一个要委托签字":   func(d *delegation.Delegation) { d.Role = auth.Office },
		} {
			_, err := give(leader, change)
			if words := said(err); errs.KindOf(err) != errs.Invalid || !strings.Contains(words, says) {
				t.Errorf("%v %q, want %q", err, words, says)
			}
		}
		if _, err := give(deputy, nil); errs.KindOf(err) != errs.Denied {
			t.Errorf("who does not hold the post lends it: %v", err)
		}

		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("9", "9", "5", "5")))
		c.must(c.prepare(c.first[0], s.ID))
		if err := c.sign(again(deputy), s.ID); errs.KindOf(err) != errs.Denied {
			t.Fatalf("a deputy signs without delegation: %v", err)
		}
		ink := func() map[string]string { // who may sign on paper in the leader's place, and as what
			all := view(c, func(tx *db.Tx) ([]submission.Inked, error) {
				return submission.Signatories(tx, c.get(s.ID), submission.Second)
			})
			posts := map[string]string{}
			for _, i := range all {
				posts[i.Name] = i.Post
			}
			return posts
		}
		d, err := give(leader, nil)
		c.must(err)
		if _, err := give(leader, func(d *delegation.Delegation) { d.OpensOn = day(3) }); !strings.Contains(said(err),
			"这些天已经委托给赵副职") {
			t.Errorf("one post is lent twice on the same days: %v", err)
		}
		if got := ink(); len(got) != 3 || !strings.Contains(got[deputy.Name], "受"+leader.Name+"委托") {
			t.Errorf("in ink may sign %v, want the leaders and the deputy", got)
		}
		c.must(c.sign(again(deputy), s.ID))
		versions := view(c, func(tx *db.Tx) ([]submission.Version, error) { return submission.Versions(tx, s.ID) })
		if post := versions[0].Signatures[1].Post; !strings.Contains(post, "受"+leader.Name+"委托") {
			t.Errorf("under the signature stands %q and not for whom it was made", post)
		}
		c.must(c.do(c.office, s.ID, c.accept))
		entries := view(c, func(tx *db.Tx) ([]journal.Entry, error) { return journal.Of(tx, s.Object()) })
		for _, e := range entries {
			if got, lent := e.Detail["delegation"]; lent != (e.Verb == submission.VerbSign) || lent && got != d.ID {
				t.Errorf("the journal keeps of %s: %v; the delegation belongs to the signing alone", e.Verb, e.Detail)
			}
		}

		next := c.open(0, "2019")
		c.must(c.save(c.first[0], next.ID, cells("9", "9", "5", "5")))
		c.must(c.prepare(c.first[0], next.ID))
		c.must(c.update(func(tx *db.Tx) error {
			d, err = delegation.End(tx, leader, d.ID, d.Version, "提前回来")
			return err
		}))
		if err := c.sign(again(deputy), next.ID); errs.KindOf(err) != errs.Denied {
			t.Errorf("a deputy signs after the delegation was taken back: %v", err)
		}

		d, err = give(leader, nil)
		c.must(err)
		c.must(c.update(func(tx *db.Tx) error {
			return tx.Exec(`UPDATE posts SET closes_on = $1 WHERE person_id = $2`,
				tx.Today(), leader.ID)
		}))
		if err := c.sign(again(deputy), next.ID); !strings.Contains(said(err), "委托人已不在岗") {
			t.Errorf("a deputy signs for a leader who has left: %v", err)
		}
		if got := ink(); len(got) != 1 || got[c.both.Name] == "" {
			t.Errorf("in ink may sign %v, want the leader who is left", got)
		}
		c.must(c.update(func(tx *db.Tx) error {
			_, err := delegation.Lapse(tx, "")
			return err
		}))
		d = view(c, func(tx *db.Tx) (delegation.Delegation, error) { return delegation.Get(tx, d.ID) })
		if d.State != delegation.Ended {
			t.Error("at night the delegation of a leader who has left does not end")
		}
		if found := view(c, func(tx *db.Tx) (n int, err error) {
			all, err := delegation.Verify(tx, c.issuer)
			return len(all), err
		}); found != 0 {
			t.Errorf("%d rows are not what the journal says", found)
		}
	})
}

// said is all that an error says, fields and all.
func said(err error) string {
	if err == nil {
		return ""
	}
	words := errs.WordsOf(err).String()
	for _, w := range errs.FieldsOf(err) {
		words += " " + w.String()
	}
	return words
}
