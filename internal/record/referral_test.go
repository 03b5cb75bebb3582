package record_test

// A sample that failed, handed on to the unit where its producer sits: who answers for it when, and who sees it where.

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/record"
	"yipanqi/internal/sign"
	"yipanqi/internal/web/webtest"
)

func (c *town) refer(who string, r record.Record, to, reason string) (record.Referral, error) {
	return do(c, func(tx *db.Tx) (record.Referral, error) {
		return record.Refer(tx, c.people[who], r.ID, r.Edits, to, reason)
	})
}

func (c *town) settle(who string, f record.Referral, verb, reason string) (record.Referral, error) {
	return do(c, func(tx *db.Tx) (record.Referral, error) {
		return record.Settle(tx, c.people[who], f.ID, verb, reason)
	})
}

// listed says in whose lists a record stands, of some people.
func (c *town) listed(s *webtest.Site, number string, people ...string) (found string) {
	c.Helper()
	for _, who := range people {
		w := s.Check(c.T, webtest.Scenario{As: who, Path: "/registers/product_sample/records", JSON: true})
		if strings.Contains(w.Body.String(), `"number":"`+number+`"`) {
			found += who + " "
		}
	}
	return strings.TrimSpace(found)
}

func (c *town) asked(who, verb string) (n int) {
	c.Helper()
	c.view(func(tx *db.Tx) error {
		tasks, err := record.Tasks(tx, c.people[who])
		for _, t := range tasks {
			if t.Verb == verb {
				n++
			}
		}
		return err
	})
	return n
}

func TestARecordIsHandedOn(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		r := c.numbered("product_sample", "PS-1")
		west, east := c.people["west"].Posts[0].Unit, c.people["east"].Posts[0].Unit
		for name, try := range map[string]struct{ to, reason string }{"nobody": {"NONE", "在西川"},
			"itself": {r.Unit, "在西川"}, "without a reason": {west, " "}} {
			_, err := c.refer("market", r, try.to, try.reason)
			c.refused(errs.Invalid, err, "a referral to "+name)
		}
		_, err := c.refer("east", r, west, "不归我管")
		c.refused(errs.Missing, err, "a referral of what one does not see")
		home := c.numbered("child_home", "CHH-1")
		_, err = c.refer("east", home, west, "这项登记不转办")
		c.refused(errs.Conflict, err, "a referral in a register without any")

		f, err := c.refer("market", r, west, "生产者在西川区")
		if err != nil {
			c.Fatal(err)
		}
		if f.DueOn == "" || c.asked("west", record.VerbAccept) != 1 || c.asked("east", record.VerbAccept) != 0 {
			c.Errorf("the offer %+v waits for somebody else than the unit that is asked", f)
		}
		if in := c.listed(s, "PS-1", "market", "west", "east"); in != "market" {
			c.Errorf("an offered record stands in the lists of %s", in)
		}
		_, err = c.refer("market", r, east, "再转一家")
		c.refused(errs.Conflict, err, "a second offer beside the first")
		_, err = c.take("market", r, "correct", "改一改", nil)
		c.refused(errs.Conflict, err, "a step with what is being offered")
		s.Run(c.T,
			webtest.Scenario{As: "west", Path: r.URL(), Contains: []string{"接收", "拒收", "生产者在西川区"},
				NotContains: []string{"撤回转办"}},
			webtest.Scenario{As: "market", Path: r.URL(), Contains: []string{"撤回转办"}},
			webtest.Scenario{As: "east", Path: r.URL(), Status: 404},
			webtest.Scenario{As: "east", Method: "POST", Path: "/referrals/" + f.ID + "/accept", JSON: true, Body: "{}",
				Status: 404},
			webtest.Scenario{As: "market", Method: "POST", Path: "/referrals/" + f.ID + "/accept", JSON: true,
				Body: "{}", Status: 403},
		)
		_, err = c.settle("west", f, record.VerbRefuse, "")
		c.refused(errs.Invalid, err, "a refusal without a reason")
		if f, err = c.settle("west", f, record.VerbRefuse, "生产者已迁走"); err != nil || f.State != record.Refused {
			c.Fatalf("refused: %v %+v", err, f)
		}
		refused := f
		if got := c.told(refused); got.Step != record.VerbRefuse || got.Unit != r.Unit || got.Roles["first"] == "" {
			c.Errorf("the sender is told %+v of the refusal", got)
		}
		if in := c.listed(s, "PS-1", "market", "west", "east"); in != "market" {
			c.Errorf("a refused record stands in the lists of %s", in)
		}
		if f, err = c.refer("market", r, west, "已核实仍在西川区"); err != nil {
			c.Fatal(err)
		}
		if got := c.told(refused); got.Step != "" {
			c.Errorf("offered anew, the sender is still told %+v", got)
		}
		if _, err = c.settle("market", f, record.VerbWithdraw, ""); err != nil {
			c.Fatal(err)
		}
		if f, err = c.refer("market", r, west, "生产者在西川区"); err != nil {
			c.Fatal(err)
		}
		c.twoAccept(f)
		if in := c.listed(s, "PS-1", "market", "west", "east"); in != "west" {
			c.Errorf("an accepted record stands in the lists of %s", in)
		}
		now := c.numbered("product_sample", "PS-1")
		if now.Unit != west || now.Area != r.Area || now.DueOn != r.DueOn || now.State != r.State {
			c.Errorf("accepted, the record is %+v, before %+v", now, r)
		}
		if _, err = c.take("west", now, "correct", "接收后核对", nil); err != nil {
			c.Errorf("who accepted it cannot go on: %v", err)
		}
		_, err = c.take("market", now, "correct", "已经转走", nil)
		if err == nil {
			c.Error("who handed it on still takes steps")
		}
		s.Run(c.T,
			webtest.Scenario{As: "market", Path: "/referrals?box=out",
				Contains: []string{"西川区妇联", "更正中", "已接收"}},
			webtest.Scenario{As: "west", Path: "/referrals?box=in&state=accepted", JSON: true,
				Contains: []string{`"number":"PS-1"`, `"stage":"correcting"`}},
			webtest.Scenario{As: "east", Path: "/referrals", NotContains: []string{"PS-1"}},
			webtest.Scenario{As: "west", Path: r.URL(), Contains: []string{"接收转办", "生产者已迁走"}},
		)
		c.verified(0)
		dbtest.Outside(c.T, c.d, "UPDATE referrals SET to_unit = from_unit WHERE id = '"+f.ID+"'")
		c.verified(1)
	})
}

// twoAccept has two people of the unit accept at once: one of them is told that it was done.
func (c *town) twoAccept(f record.Referral) {
	c.Helper()
	done := make(chan error, 2)
	for _, who := range []string{"west", "west2"} {
		go func() {
			done <- c.d.Update(context.Background(), func(tx *db.Tx) error {
				_, err := record.Settle(tx, c.people[who], f.ID, record.VerbAccept, "")
				return err
			})
		}()
	}
	var told []error
	for range 2 {
		if err := <-done; err != nil {
			told = append(told, err)
		}
	}
	if len(told) != 1 || errs.KindOf(told[0]) != errs.Conflict {
		c.Fatalf("of two who accept at once these were told: %v", told)
	}
}

// told is what a unit is reminded of about a referral now, as the list of what is due and the look at one have it.
func (c *town) told(f record.Referral) (d module.Due) {
	c.Helper()
	c.view(func(tx *db.Tx) error {
		for _, m := range record.Module(nil).Reminders {
			if m.Object != "referral" {
				continue
			}
			now, err := m.Of(tx, []string{f.Object()})
			if err != nil {
				return err
			}
			d = now[f.Object()]
			listed, _, err := m.Due(tx, "2999-01-01", "")
			if d.DueOn != "" && d.Step == record.VerbAccept != slices.ContainsFunc(listed, func(o module.Due) bool {
				return o.Object == d.Object && o.Step == d.Step
			}) {
				c.Errorf("due are %+v", listed)
			}
			return err
		}
		return nil
	})
	return d
}

func (c *town) verified(want int) {
	c.Helper()
	c.view(func(tx *db.Tx) error {
		findings, err := record.Verify(tx, sign.PublicKey(""))
		if len(findings) != want {
			c.Errorf("%d findings, want %d: %+v", len(findings), want, findings)
		}
		return err
	})
}

// An offer that nobody answers lapses, and the record stays where it is.
func TestAnOfferLapses(t *testing.T) {
	eachTown(t, func(c *town) {
		r, west := c.numbered("product_sample", "PS-1"), c.people["west"].Posts[0].Unit
		f, err := c.refer("market", r, west, "生产者在西川区")
		if err != nil {
			c.Fatal(err)
		}
		for _, after := range []struct {
			days int
			want record.Offering
		}{{0, record.Offered}, {30, record.Lapsed}} {
			must(c, func(tx *db.Tx) (int, error) {
				tx.Now = tx.Now.AddDate(0, 0, after.days)
				return 0, record.Lapse(tx)
			})
			c.view(func(tx *db.Tx) error {
				all, err := record.ReferralsOf(tx, r.ID)
				if len(all) != 1 || all[0].State != after.want {
					c.Errorf("after %d days: %s", after.days, fmt.Sprint(all))
				}
				return err
			})
		}
		if got := c.told(f); got.Step != record.VerbLapse || got.Unit != r.Unit {
			c.Errorf("the sender is told %+v of the lapse", got)
		}
		if now := c.numbered("product_sample", "PS-1"); now.Unit != r.Unit {
			c.Error("a lapsed offer moved the record")
		}
		_, err = c.settle("west", f, record.VerbAccept, "")
		c.refused(errs.Conflict, err, "a lapsed offer is accepted")
		dbtest.Outside(c.T, c.d, "UPDATE units SET closes_on = '2020-01-01' WHERE code = '"+west+"'")
		_, err = c.refer("market", r, west, "生产者在西川区")
		c.refused(errs.Invalid, err, "an offer to a unit that is closed")
	})
}

func TestAnOfferEndsWithTheUnitThatMadeIt(t *testing.T) {
	eachTown(t, func(c *town) {
		r, west := c.numbered("product_sample", "PS-1"), c.people["west"].Posts[0].Unit
		f, err := c.refer("market", r, west, "生产者在西川区")
		if err != nil {
			c.Fatal(err)
		}
		heir := c.people["office"].Posts[0].Unit
		must(c, func(tx *db.Tx) (int, error) {
			return 0, record.Module(nil).Holds[0].Move(tx, journal.System, r.Object(), r.Unit, heir, "adjustment/A")
		})
		_, err = c.settle("west", f, record.VerbAccept, "")
		c.refused(errs.Conflict, err, "what a unit that is no more offered is accepted")
		if now := c.numbered("product_sample", "PS-1"); now.Unit != heir || now.Offered != "" {
			c.Errorf("the record is with %s and offered to %q", now.Unit, now.Offered)
		}
		c.audited("")
	})
}
