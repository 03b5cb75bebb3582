package supervision_test

// What an area is told after its first letter: what was found since, once, in a letter of its own.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/supervision"
	"yipanqi/internal/web/webtest"
)

// found is a problem that was seen on a visit, filed at a desk.
func (s *story) found(v visit, text string) finding {
	s.T.Helper()
	return may(s.city, "edu", func(tx *db.Tx, by auth.User) (finding, error) {
		return supervision.File(tx, by, v.ID, finding{Kind: "problem", Text: text, Weight: "normal",
			Clause: "市规划第三章（模拟）", Evidence: []string{"台账（模拟）"}})
	})
}

// settled has the head confirm findings of a visit that was noted, and the area agree to them.
func (s *story) settled(v visit, all ...finding) {
	s.T.Helper()
	for _, f := range all {
		may(s.city, "edu-head", func(tx *db.Tx, by auth.User) (finding, error) {
			return supervision.Confirm(tx, by, f.ID, f.Version)
		})
	}
	shown := may(s.city, "office", func(tx *db.Tx, by auth.User) ([]finding, error) {
		return supervision.Show(tx, by, v.ID)
	})
	for _, f := range shown {
		may(s.city, "north", func(tx *db.Tx, by auth.User) (finding, error) {
			return supervision.Answer(tx, by, f.ID, f.Version, "agrees", "")
		})
	}
}

// begun is a visit on which something was noted.
func (s *story) begun(v visit) {
	s.T.Helper()
	s.On(v.OnDay)
	may(s.city, "edu", func(tx *db.Tx, by auth.User) (note, error) {
		n, _, err := supervision.AddNote(tx, by, v.ID, supervision.Jotting{OwnID: "own-id-" + v.ID, Kind: "note",
			Text: "到现场（模拟）"})
		return n, err
	})
}

func (s *story) finished(v visit) {
	s.T.Helper()
	may(s.city, "edu", func(tx *db.Tx, by auth.User) (visit, error) {
		now, err := supervision.Get(tx, v.ID)
		s.Must(err)
		return supervision.Finish(tx, by, v.ID, now.Version, supervision.Finishing{Present: "区领导（模拟）",
			OralFeedback: "说了（模拟）"})
	})
}

// drafts is the draft of the letter that a visit waits for.
func drafts(v visit) func(*db.Tx, auth.User) (feedback, error) {
	return func(tx *db.Tx, by auth.User) (feedback, error) {
		return supervision.DraftFeedback(tx, by, v.ID, supervision.Drafting{})
	}
}

// sent has the head consent and the letter issued, and says what it tells.
func (s *story) sent(b feedback) string {
	s.T.Helper()
	may(s.city, "edu-head", func(tx *db.Tx, by auth.User) (feedback, error) {
		return supervision.Consent(tx, by, b.ID, b.Version)
	})
	s.issues(b.Letter)
	return s.body(b)
}

func (s *story) body(b feedback) string {
	return may(s.city, "office", func(tx *db.Tx, _ auth.User) (letter.Letter, error) {
		return letter.Get(tx, strings.TrimPrefix(b.Letter, "letter/"))
	}).Body
}

func (s *story) tile(code string) supervision.Tile {
	c := may(s.city, "office", func(tx *db.Tx, by auth.User) (supervision.Coverage, error) {
		return s.desk.Cover(tx, by, round)
	})
	return c.Tiles[slices.IndexFunc(c.Tiles, func(t supervision.Tile) bool { return t.Code == code })]
}

func TestTheSecondLetterTellsWhatIsNew(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		g := c.formed("edu-head", "990104", "990105")
		v1 := may(c, "office", c.plan(g, "990104", "2023-09-12", true))
		v2 := may(c, "office", c.plan(g, "990104", "2023-09-19", true))
		s.begun(v1)
		one := s.found(v1, "第一次看到的（模拟）")
		refused(c, "office", errs.Conflict, "还没有完成记录", drafts(v1))
		s.finished(v1)
		s.settled(v1, one)
		s.begun(v2) // under way, with something found: it neither waits nor makes the first letter wait
		two := s.found(v2, "第二次看到的（模拟）")
		if !s.asked("office", supervision.VerbDraft) {
			t.Error("a visit under way keeps the office from being asked for the letter of the one before")
		}
		b1 := may(c, "office", drafts(v1))
		if again := may(c, "office", drafts(v1)); again.ID != b1.ID || again.Version != b1.Version {
			t.Errorf("the letter pressed for twice is drafted twice: %+v, %+v", b1, again)
		}
		if body := s.sent(b1); strings.Contains(body, "第二次看到的") || !strings.Contains(body, "第一次看到的") {
			t.Errorf("the first letter says\n%s", body)
		}
		s.receives("north-gov", b1.Letter)
		o := may(c, "north-head", func(tx *db.Tx, by auth.User) (objection, error) {
			return supervision.Object(tx, by, b1.ID, []string{one.ID}, "不是这样（模拟）")
		})
		may(c, "director", func(tx *db.Tx, by auth.User) (objection, error) {
			return supervision.Decide(tx, by, o.ID, o.Version, supervision.Decision{Verdict: "dropped",
				Explanation: "查过，没有这回事（模拟）"})
		})
		b1 = may(c, "office", func(tx *db.Tx, by auth.User) (feedback, error) {
			now, err := supervision.GetFeedback(tx, b1.ID)
			s.Must(err)
			return supervision.Correct(tx, by, b1.ID, now.Version)
		})
		s.issues(b1.Letter) // all of its findings are gone, and a visit is under way: the correction goes out
		if body := s.body(b1); strings.Contains(body, "看到的") || !strings.Contains(body, "没有发现需要整改的问题") ||
			!strings.Contains(body, "2023年9月12日") || strings.Contains(body, "2023年9月19日") {
			t.Errorf("the corrected letter says\n%s", body)
		}
		s.finished(v2)
		late := s.found(v1, "回来才补记的（模拟）")
		s.settled(v2, two)
		refused(c, "office", errs.Conflict, "还没有经组长确认", drafts(v2))
		if tile := s.tile("990104"); !tile.Letter || len(tile.Feedbacks) != 1 || tile.Addressed != 2 {
			t.Errorf("something found later takes the first letter away: %+v", tile)
		}
		s.settled(v1, late)
		tasks := may(c, "office", supervision.Tasks)
		asked := 0
		for _, t := range tasks {
			if t.Verb == supervision.VerbDraft {
				asked++
			}
		}
		if asked != 1 {
			t.Errorf("the office is asked %d times for one letter", asked)
		}
		c.site().Run(t, webtest.Scenario{As: "office", Path: v1.URL(), Contains: []string{b1.URL(), "起草意见函"}})
		b2 := may(c, "office", drafts(v2))
		if b2.ID == b1.ID {
			t.Fatal("what was found later is written into the letter that is out")
		}
		tasks = may(c, "edu-head", supervision.Tasks)
		if len(tasks) != 1 || tasks[0].Object != b2.Object() {
			t.Errorf("the head is asked %+v, want the second letter once", tasks)
		}
		s.dropped(b2.Letter) // withdrawn before it went out: it is drafted once more, and consented to once more
		b2 = may(c, "office", drafts(v2))
		if body := s.sent(b2); strings.Contains(body, "第一次看到的") || !strings.Contains(body, "第二次看到的") ||
			!strings.Contains(body, "回来才补记的") || !strings.Contains(body, "2023年9月19日") {
			t.Errorf("the second letter says\n%s", body)
		}
		s.receives("north-gov", b2.Letter)
		tile := s.tile("990104")
		if tile.Visits != 2 || len(tile.Feedbacks) != 2 || tile.Addressed != 4 || tile.Received != 1 {
			t.Errorf("both letters count as %+v", tile)
		}
		for _, of := range []struct{ as, verb string }{{"office", supervision.VerbDraft},
			{"edu-head", supervision.VerbConsent}} {
			if s.asked(of.as, of.verb) {
				t.Errorf("%s is still asked for %s", of.as, of.verb)
			}
		}
		c.verifies(0)
	})
}

// dropped withdraws a letter that has not gone out.
func (s *story) dropped(object string) {
	s.T.Helper()
	may(s.city, "office", func(tx *db.Tx, by auth.User) (letter.Letter, error) {
		l, err := letter.Get(tx, strings.TrimPrefix(object, "letter/"))
		s.Must(err)
		return letter.Withdraw(tx, by, l.ID, l.Version, "写错了（模拟）")
	})
}

func TestOfSeveralGovernmentsOneIsChosen(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		g := c.formed("edu-head", "990104", "990105")
		v := may(c, "office", c.plan(g, "990104", "2023-09-12", true))
		s.begun(v)
		f := s.found(v, "看到的（模拟）")
		s.finished(v)
		s.settled(v, f)
		site := c.site()
		site.Run(t, webtest.Scenario{As: "office", Path: v.URL(),
			Contains:    []string{"主送：北原区政府、北原区妇儿工委"},
			NotContains: []string{`name="government"`}})
		register := func(code, kind, parent string) {
			may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
				_, err := network.PutUnit(tx, network.Unit{Code: code, Name: code + "（模拟）",
					Kind: kind, Parent: parent, AreaID: areaOf(c, tx, "990104").ID, OpensOn: "2010-01-01"})
				return 0, err
			})
		}
		register("990104-A", "district_government", "") // a zone with a government of its own
		register("990104-B", "district_committee", "")  // whose office does not work here
		site.Run(t, webtest.Scenario{As: "office", Path: v.URL(), Contains: []string{`name="government"`,
			"主送：北原区妇儿工委",
			"990104-A（模拟）"}, NotContains: []string{"990104-B"}})
		refused(c, "office", errs.Invalid, "北原区登记了2个政府，请选主送哪一个", drafts(v))
		to := func(code string) func(*db.Tx, auth.User) (feedback, error) {
			return func(tx *db.Tx, by auth.User) (feedback, error) {
				return supervision.DraftFeedback(tx, by, v.ID, supervision.Drafting{Government: code})
			}
		}
		refused(c, "office", errs.Invalid, "请从北原区登记的政府里选", to("990103-GOV"))
		b := may(c, "office", to("990104-GOV"))
		if again := may(c, "office", drafts(v)); b.Government != "990104-GOV" || b.Committee != "990104-WCC" ||
			again.Government != b.Government {
			t.Errorf("the letter goes to %s and %s", b.Government, b.Committee)
		}
		if other := may(c, "office", to("990104-A")); other.ID != b.ID || other.Government != "990104-A" {
			t.Errorf("the government that is chosen anew is %s", other.Government)
		}
	})
}
