package supervision_test

// One letter that tells what two groups found waits for the head of each, for the words as they are.

import (
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/supervision"
	"yipanqi/internal/web/webtest"
)

func TestALetterOfTwoGroupsWaitsForBothHeads(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		first := may(c, "office", c.plan(c.formed("edu-head", "990104"), "990104", "2023-09-12", true))
		last := may(c, "office", c.plan(c.formed("hea-head", "990104"), "990104", "2023-09-19", true))
		s.begun(first)
		f := s.found(first, "第一组看到的（模拟）")
		s.finished(first)
		s.settled(first, f)
		s.begun(last)
		f = s.found(last, "第二组看到的（模拟）")
		s.finished(last)
		may(c, "hea-head", func(tx *db.Tx, by auth.User) (finding, error) {
			return supervision.Confirm(tx, by, f.ID, f.Version)
		})
		s.settled(last)
		b := may(c, "office", drafts(last))
		if len(b.Further) != 1 || !strings.Contains(s.body(b), "第一组看到的") {
			t.Fatalf("the letter is of one group alone: %+v", b)
		}
		if groups := "edu-head组（模拟）、hea-head组（模拟）对"; !strings.Contains(s.body(b), groups) {
			t.Errorf("the letter does not name both groups, %s: %s", groups, s.body(b))
		}
		agree := func(tx *db.Tx, by auth.User) (feedback, error) {
			now, err := supervision.GetFeedback(tx, b.ID)
			s.Must(err)
			return supervision.Consent(tx, by, b.ID, now.Version)
		}
		waits := func(says string) {
			t.Helper()
			_, err := do(c, "office", func(tx *db.Tx, _ auth.User) (bool, error) {
				return true, supervision.Blocks(tx, b.Object(), "")
			})
			if says == "" && err != nil || says != "" && (errs.KindOf(err) != errs.Conflict ||
				!strings.Contains(err.Error(), says)) {
				t.Errorf("the letter waits for %v, want %q", err, says)
			}
		}
		for _, head := range []string{"edu-head", "hea-head"} {
			if !s.asked(head, supervision.VerbConsent) {
				t.Errorf("%s is not asked to agree", head)
			}
		}
		refused(c, "office", errs.Denied, "组长", agree)
		waits("还没有同意")
		if now := may(c, "hea-head", agree); now.State != supervision.Drafted {
			t.Errorf("after one head agreed the letter is %s", now.State)
		}
		waits("edu-head还没有同意")
		refused(c, "hea-head", errs.Conflict, "已经同意过", agree)
		c.site().Run(t, webtest.Scenario{As: "edu-head", Path: b.URL(), Contains: []string{"请您过目",
			"还没有：edu-head"}}, webtest.Scenario{As: "hea-head", Path: b.URL(), NotContains: []string{"请您过目"}})
		if now := may(c, "edu-head", agree); now.State != supervision.Consented {
			t.Errorf("after both heads agreed the letter is %s", now.State)
		}
		waits("")
		may(c, "office", func(tx *db.Tx, by auth.User) (letter.Letter, error) {
			l, err := letter.Get(tx, b.Letter[len("letter/"):])
			s.Must(err)
			l.Body += "\n补写一句（模拟）"
			return letter.Save(tx, by, l.ID, l.Version, l)
		})
		waits("又改过") // the words that both agreed to are no longer these
		may(c, "edu-head", agree)
		waits("组长hea-head同意以后")
		may(c, "hea-head", agree)
		s.issues(b.Letter)
		c.verifies(0)
		may(c, "office", func(tx *db.Tx, _ auth.User) (bool, error) {
			return true, tx.Exec(`UPDATE feedbacks SET further = '' WHERE id = $1`, b.ID)
		})
		c.verifies(1)
	})
}
