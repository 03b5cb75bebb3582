package matter_test

// The shortest whole life of a matter: raised, received, reported, re-checked by another unit, closed. All its branches
// are in oversight_story_test.go and measures_test.go.

import (
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
)

func contains(err error, text string) bool {
	for _, words := range errs.FieldsOf(err) {
		if strings.Contains(words.String(), text) {
			return true
		}
	}
	return strings.Contains(errs.WordsOf(err).String(), text)
}

type (
	tx     = db.Tx
	user   = auth.User
	result = matter.Matter
)

func TestTheLifeOfAMatter(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m := c.raised(proposal())
		if m.Number != "示范市督〔2024〕1号" || m.Shown != matter.Raised || m.Items[0].OriginalDue != "2024-03-29" {
			t.Fatalf("raised: %+v", m)
		}
		at := matter.At{ID: m.Items[0].ID, Version: m.Version}
		receive := func(x *tx, by user) (result, error) { return matter.Receive(x, by, at, "", "") }
		refused(c, "hea", errs.Missing, "", receive)
		refused(c, "edu-head", errs.Denied, "", receive)
		got := may(c, "edu", receive)
		if i := got.Items[0]; i.State != matter.Received || i.Handler != "edu" || i.Responsible == "" {
			t.Fatalf("received: %+v", i)
		}
		refused(c, "edu", errs.Conflict, "", receive)
		may(c, "edu", func(x *tx, by user) (result, error) { return matter.Start(x, by, matter.At{ID: at.ID}) })

		c.On("2024-03-28")
		report := func(x *tx, by user) (result, error) {
			return matter.Report(x, by, matter.At{ID: at.ID}, matter.DoneReport{Result: "已摸清（模拟）。"})
		}
		refused(c, "edu-head", errs.Invalid, "佐证材料", report)
		c.file("edu", m.Items[0].Object(), "photo.png")
		may(c, "edu-head", report)

		check := func(judgement string) func(*tx, user) (result, error) {
			return func(x *tx, by user) (result, error) {
				return matter.Recheck(x, by, matter.At{ID: at.ID}, matter.Check{Way: "papers", LookedAt: "台账",
					Reason: "与台账一致", Judgement: judgement})
			}
		}
		refused(c, "edu-head", errs.Denied, "自己单位", check(matter.Done))
		refused(c, "edu", errs.Denied, "自己单位", check(matter.Done))
		refused(c, "hea", errs.Missing, "", check(matter.Done))
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Entrust(x, by, matter.At{ID: at.ID}, "HEA")
		})
		if got = may(c, "hea", check(matter.Partly)); got.Items[0].State != matter.InProgress {
			t.Fatalf("partly done is %s", got.Items[0].State)
		}
		may(c, "edu-head", report)
		if got = may(c, "office", check(matter.Done)); got.Shown != matter.Closed {
			t.Fatalf("done is %s", got.Shown)
		}
		if i := got.Items[0]; i.FirstJudgement != matter.Partly || i.Checks != 2 || i.ClosedOn != "2024-03-28" ||
			i.Lamp("2024-05-01", 3) != "grey" {
			t.Fatalf("closed: %+v", i)
		}
		c.verifies()
	})
}
