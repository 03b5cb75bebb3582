package evaluation_test

// What a unit has open in rounds when a reform ends it: it is listed before, and goes on with the unit that takes over.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
)

func TestOpenWorkGoesOnWithTheSuccessor(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := &story{city: c}
		s.begins()
		made, err := s.recommend("office", advice())
		c.Must(err)
		holds := evaluation.Module(c.Secrets, nil).Holds
		held := func(kind, unit string) (all []module.Held) {
			return done(c, func(tx *db.Tx) ([]module.Held, error) {
				at := slices.IndexFunc(holds, func(h module.Hold) bool { return h.Kind == kind })
				return holds[at].List(tx, unit, tx.Today())
			})
		}
		move := func(kind, from, to string) error {
			open := held(kind, from)
			_, err := do(c, func(tx *db.Tx) (bool, error) {
				at := slices.IndexFunc(holds, func(h module.Hold) bool { return h.Kind == kind })
				for _, one := range open {
					if err := holds[at].Move(tx, journal.System, one.Object, from, to, "adjustment/1"); err != nil {
						return false, err
					}
				}
				return true, nil
			})
			return err
		}
		for kind, lamp := range map[string]string{"recommendation": "2023-03-29", "participant": "2023-06-30"} {
			if all := held(kind, "a"); len(all) != 1 || all[0].DueOn != lamp || all[0].URL == "" {
				t.Errorf("held of %s is %+v", kind, all)
			}
			c.Must(move(kind, "a", "c"))
			if left := held(kind, "a"); len(left) != 0 || len(held(kind, "c")) != 1 {
				t.Errorf("after the move the old unit holds %+v", left)
			}
		}
		c.Must(move("participant", "b", "c")) // which takes part already: it stands for both
		s.take("the round", 0, s.read("office"))
		var units []string
		for _, p := range s.r.Participants {
			units = append(units, p.Unit)
		}
		if strings.Join(units, " ") != "EO c" {
			t.Errorf("participants are %v", units)
		}
		c.Refused(errs.Conflict, func() error {
			_, err := do(c, func(tx *db.Tx) (bool, error) {
				return true, holds[0].Move(tx, journal.System, made.Object(), "a", "b", "adjustment/1")
			})
			return err
		}(), "what another unit has is moved")
		done(c, func(tx *db.Tx) (evaluation.Recommendation, error) {
			now, err := evaluation.ReadRecommendation(tx, c.People["c leader"], made.ID)
			c.Must(err)
			return evaluation.Respond(tx, c.People["c leader"], now.ID, now.Version, "accepted", "")
		})
		if all := held("recommendation", "c"); len(all) != 1 || all[0].DueOn != "2023-12-29" {
			t.Errorf("what was accepted and is no matter yet is held as %+v", all)
		}
		if n, text := c.verified(); n > 0 {
			t.Errorf("moved rows have findings:\n%s", text)
		}
	})
}

// remindedOf: what the lead unit's sheet waits for, by when; a unit without indicators is not asked.
func (s *story) remindedOf(step, day string) {
	s.T.Helper()
	sheets := evaluation.Module(s.Secrets, nil).Reminders[0]
	due := done(s.city, func(tx *db.Tx) (all []module.Due, err error) {
		all, _, err = sheets.Due(tx, "2023-06-30", "")
		if none, _, err := sheets.Due(tx, "2023-06-29", ""); err != nil || len(none) > 0 {
			s.T.Errorf("reminded of %+v too early (%v)", none, err)
		}
		return all, err
	})
	now := map[string]string{}
	for _, d := range due {
		now[d.Unit] = d.Step + " " + d.DueOn
	}
	if want := strings.TrimSpace(step + " " + day); now["a"] != want || now["b"] != "" {
		s.T.Errorf("reminded of %v, want %s of a", now, want)
	}
}
