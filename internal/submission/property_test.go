package submission_test

// After any sequence of steps, allowed or not, by anybody: the city's figures are what a naive sum of the accepted
// texts gives, a rebuild finds no difference, and the audit finds nothing. The state diagram is written again here on
// purpose.

import (
	"context"
	"fmt"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/journal"
	"yipanqi/internal/period"
	"yipanqi/internal/submission"
)

// model is what a submission should be, kept the naive way.
type model struct {
	state submission.State
	typed [4]int
	live  [4]int // accepted
	in    bool   // anything accepted
}

func (m *model) apply(action string) {
	switch action {
	case "prepare":
		m.state = submission.Prepared
	case "sign":
		m.state = submission.Signed
	case "return":
		m.state = submission.Returned
	case "amend", "recall":
		m.state = submission.Draft
	case "drop":
		m.state, m.typed = submission.Accepted, m.live
	case "withdraw":
		m.state = submission.Withdrawn
	case "restore":
		m.state = submission.Draft
	case "accept":
		m.state, m.live, m.in = submission.Accepted, m.typed, true
	}
}

// allowed is the state diagram of product.md D, written again.
func (m *model) allowed(action string) bool {
	switch m.state {
	case submission.Draft, submission.Returned:
		return action == "save" || action == "prepare" || action == "drop" && m.in || action == "withdraw" && !m.in
	case submission.Withdrawn:
		return action == "restore"
	case submission.Prepared:
		return action == "sign" || action == "return" || action == "recall"
	case submission.Signed:
		return action == "accept" || action == "return"
	}
	return action == "amend"
}

func TestFiguresFollowAnySequenceOfSteps(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		year := 1900
		rapid.Check(t, func(rt *rapid.T) {
			year++
			if err := c.update(func(tx *db.Tx) error { return play(rt, c, tx, strconv.Itoa(year)) }); err != nil {
				rt.Fatal(err)
			}
		})
		report, err := fact.Rebuild(context.Background(), c.DB, true)
		if err != nil || report.Count != 0 {
			t.Errorf("a rebuild finds differences: %v, %v", report, err)
		}
		if found := c.audit(); len(found) > 0 {
			t.Errorf("the audit finds: %v", found[:min(len(found), 5)])
		}
	})
}

// play lets both districts take random steps in one year; everything happens in one transaction, to be quick.
func play(t *rapid.T, c *city, tx *db.Tx, year string) error {
	var ids [2]string
	models := [2]*model{{state: submission.Draft}, {state: submission.Draft}}
	for i := range models {
		s, _, err := submission.Open(tx, journal.System, c.owed(i, year))
		if err != nil {
			return err
		}
		ids[i] = s.ID
	}
	for range rapid.IntRange(1, 14).Draw(t, "steps") {
		i := rapid.IntRange(0, 1).Draw(t, "district")
		m := models[i]
		action := rapid.SampledFrom([]string{"save", "prepare", "sign", "accept", "return",
			"amend", "recall", "drop", "withdraw", "restore", "go"}).Draw(t, "action")
		if action == "go" { // some step that is possible, so that sequences get somewhere
			for _, next := range []string{"accept", "sign", "prepare", "amend", "restore"} {
				if m.allowed(next) {
					action = next
				}
			}
		}
		if action == "save" {
			var typed [4]int
			for k := range typed {
				typed[k] = rapid.IntRange(0, 99).Draw(t, "cell")
			}
			typed[2], typed[3] = max(typed[2]%(typed[0]+1), 1), max(typed[3]%(typed[1]+1), 1)
			typed[0], typed[1] = max(typed[0], typed[2]), max(typed[1], typed[3])
			err := c.step(tx, i, ids[i], action, typed)
			if (err == nil) != m.allowed(action) {
				return fmt.Errorf("saving in state %s: %v", m.state, err)
			}
			if err == nil {
				m.typed = typed
			}
			continue
		}
		err := c.step(tx, i, ids[i], action, m.typed)
		possible := m.allowed(action) && (action != "prepare" || m.typed != [4]int{})
		if (err == nil) != possible {
			return fmt.Errorf("%s in state %s with %v: %v", action, m.state, m.typed, err)
		}
		if err == nil {
			m.apply(action)
		}
	}
	return c.agree(tx, models, ids, year)
}

func (c *city) step(tx *db.Tx, i int, id, action string, typed [4]int) error {
	s, err := submission.Get(tx, id)
	if err != nil {
		return err
	}
	first, second := c.first[i], c.second[i]
	newest := func() string {
		versions, err := submission.Versions(tx, id)
		if err != nil || len(versions) == 0 {
			return ""
		}
		return versions[len(versions)-1].Digest
	}
	switch action {
	case "save":
		filled := cells(strconv.Itoa(typed[0]), strconv.Itoa(typed[1]), strconv.Itoa(typed[2]), strconv.Itoa(typed[3]))
		_, err = submission.SaveDraft(tx, first, id, s.Version, submission.Typed{Cells: filled}, nil)
	case "prepare":
		v, _, err := submission.Preview(tx, first, s)
		if err != nil {
			return err
		}
		_, err = submission.Prepare(tx, first, id, v.Digest, c.keys[first.ID])
		return err
	case "sign":
		_, err = submission.Sign(tx, second, id, newest(), c.keys[second.ID])
	case "accept":
		_, err = submission.Accept(tx, c.office, id, s.Version, c.issuer)
	case "return":
		by := map[submission.State]auth.User{submission.Prepared: second, submission.Signed: c.office}[s.State]
		if by.ID == "" {
			by = c.office
		}
		_, err = submission.Return(tx, by, id, s.Version, "再核")
	case "amend":
		_, err = submission.Amend(tx, first, id, s.Version, "更正")
	case "recall":
		_, err = submission.Recall(tx, first, id, s.Version, "写错了")
	case "drop":
		_, err = submission.Drop(tx, first, id, s.Version, "误开")
	case "withdraw":
		_, err = submission.Withdraw(tx, c.office, id, s.Version, "撤并")
	case "restore":
		_, err = submission.Restore(tx, c.office, id, s.Version, "误免")
	}
	return err
}

// agree compares states and the city's sums with the models.
func (c *city) agree(tx *db.Tx, models [2]*model, ids [2]string, year string) error {
	p, err := period.Parse(year)
	if err != nil {
		return err
	}
	all, err := fact.Read(tx, fact.Query{Areas: []int64{c.root.ID}, Periods: []period.Period{p}})
	if err != nil {
		return err
	}
	for k := range 4 {
		want, reported, due := int64(0), 0, 0
		for i, m := range models {
			if s, err := submission.Get(tx, ids[i]); err != nil || s.State != m.state {
				return fmt.Errorf("the state is %s, want %s (%w)", s.State, m.state, err)
			}
			if m.state != submission.Withdrawn {
				due++
			}
			if m.in {
				want += int64(m.live[k])
				reported++
			}
		}
		got := all.At(c.root.ID, p, c.form.Rows[k/2].Of.ID, 1+k%2, 0, 0)
		if got.Value != want || got.Reported != reported || got.Due != due {
			return fmt.Errorf("cell %d of the city is %+v, want %d from %d", k, got, want, reported)
		}
	}
	return nil
}
