package submission_test

// A report from its draft to the figure: who may take which step, what stops a signature, what an amendment, a late
// report and an import are. Steps that undo others are in undo_test.go.

import (
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/journal"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/submission"
)

// want fails unless err is of kind and says what.
func want(t *testing.T, err error, kind errs.Kind, what string) {
	t.Helper()
	if err == nil || errs.KindOf(err) != kind || !strings.Contains(err.Error(), what) {
		t.Errorf("got %v, want kind %d with %q", err, kind, what)
	}
}

func (c *city) amount(areaID int64, year, element string, sex int) fact.Amount {
	c.t.Helper()
	p, err := period.Parse(year)
	c.must(err)
	id := int64(0)
	for _, row := range c.form.Rows {
		if row.Element == element {
			id = row.Of.ID
		}
	}
	return view(c, func(tx *db.Tx) (fact.Amount, error) {
		all, err := fact.Read(tx, fact.Query{Areas: []int64{areaID}, Periods: []period.Period{p}})
		return all.At(areaID, p, id, sex, 0, 0), err
	})
}

func TestFromDraftToFigure(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a, b := c.open(0, "2018"), c.open(1, "2018")
		c.through(0, a.ID, cells("100", "120", "10", "20"))
		got := c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal)
		if got.Value != 220 || got.Reported != 1 || got.Due != 2 || got.Complete() {
			t.Errorf("with one of two districts in, the city has %+v", got)
		}
		c.through(1, b.ID, cells("1,000", "１０００", "不适用", "30"))
		got = c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal)
		if got.Value != 2220 || !got.Complete() {
			t.Errorf("with both districts in, the city has %+v", got)
		}
		s := c.get(b.ID)
		versions := view(c, func(tx *db.Tx) ([]submission.Version, error) { return submission.Versions(tx, b.ID) })
		if s.State != submission.Accepted || s.Late || len(versions) != 1 || s.AcceptedID != versions[0].ID ||
			versions[0].AcceptedAt.IsZero() {
			t.Errorf("accepted, the submission is %+v", s)
		}
		for _, check := range versions[0].Assertions(c.issuer) {
			if !check.OK {
				t.Errorf("a submission that went the whole way fails: %s", check.Words)
			}
		}
		content, err := submission.ParseContent(versions[0].Text)
		c.must(err)
		if content.Cells[1].Value != "１０００" || content.From != "2017-10-01" || content.To != "2018-09-30" ||
			content.Sample || content.Origin != submission.Entered {
			t.Errorf("the signed text says %+v", content)
		}
		entries := view(c, func(tx *db.Tx) ([]journal.Entry, error) { return journal.Of(tx, s.Object()) })
		var verbs []string
		for _, e := range entries {
			verbs = append(verbs, strings.TrimPrefix(e.Verb, "submission."))
		}
		if got := strings.Join(verbs, " "); got != "open prepare sign accept" || int64(len(entries)) != s.Entries {
			t.Errorf("the journal says %q, %d entries counted", got, s.Entries)
		}
	})
}

func TestTwoDifferentPeopleSign(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.both, s.ID, cells("1", "1", "1", "1")))
		want(t, c.prepare(c.second[0], s.ID), errs.Denied, "")
		want(t, c.prepare(c.first[1], s.ID), errs.Missing, "")
		want(t, c.prepare(c.office, s.ID), errs.Denied, "")
		c.must(c.prepare(c.both, s.ID))
		want(t, c.sign(c.both, s.ID), errs.Denied, "同一人不能签两次")
		want(t, c.sign(c.first[0], s.ID), errs.Denied, "")
		want(t, c.sign(c.second[1], s.ID), errs.Missing, "")
		if state := c.get(s.ID).State; state != submission.Prepared {
			t.Fatalf("after refusals the state is %s", state)
		}
		c.must(c.sign(c.second[0], s.ID))
		want(t, c.do(c.second[0], s.ID, c.accept), errs.Denied, "")
		want(t, c.do(c.both, s.ID, c.accept), errs.Denied, "")
		c.must(c.do(c.office, s.ID, c.accept))
	})
}

func TestNobodyAcceptsTheirOwnUnit(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var judge, signer auth.User
		c.must(c.update(func(tx *db.Tx) error {
			judge = c.hire(tx, "本单位的办公室", c.units[0].Code, auth.Office)
			signer = c.hire(tx, "两处任职", "office", auth.Office)
			signer.Posts = append(signer.Posts, c.second[0].Posts...)
			return nil
		}))
		c.keys[signer.ID] = c.keys[c.second[0].ID]
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("1", "1", "1", "1")))
		c.must(c.prepare(c.first[0], s.ID))
		want(t, c.sign(signer, s.ID), errs.Conflict, "签名证书")
		c.must(c.sign(c.second[0], s.ID))
		want(t, c.do(judge, s.ID, c.accept), errs.Denied, "不能是填报单位自己")
		leader := c.second[0]
		leader.Posts = append(leader.Posts, c.office.Posts...)
		want(t, c.do(leader, s.ID, c.accept), errs.Denied, "签过字")
	})
}

func TestBadCellsAreKeptInTheDraftAndStopTheSignature(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		for what, filled := range map[string]map[string]string{
			"letters":               cells("百", "1", "1", "1"),
			"too many decimals":     cells("1.5", "1", "1", "1"),
			"negative":              cells("-1", "1", "1", "1"),
			"empty":                 cells("", "1", "1", "1"),
			"more examined than in": cells("5", "5", "6", "5"),
			"soft without a reason": cells("1000", "5", "1", "5"),
		} {
			c.must(c.save(c.first[0], s.ID, filled))
			err := c.prepare(c.first[0], s.ID)
			if errs.KindOf(err) != errs.Invalid || len(errs.FieldsOf(err)) == 0 {
				t.Errorf("%s: signing gives %v", what, err)
			}
			got := c.get(s.ID)
			for key, text := range filled {
				if got.Typed.Cells[key] != text {
					t.Errorf("%s: cell %s is kept as %q, typed %q", what, key, got.Typed.Cells[key], text)
				}
			}
			if got.State != submission.Draft {
				t.Errorf("%s: the state is %s", what, got.State)
			}
		}
		want(t, c.save(c.first[0], s.ID, map[string]string{"3.F": "1"}), errs.Invalid, "cells[3.F]")
	})
}

func TestReasonOfASoftFindingIsSigned(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("1000", "5", "1", "5")))
		review := c.get(s.ID).Review()
		if len(review.Soft) != 1 || len(review.Hard) != 0 {
			t.Fatalf("findings are %+v", review)
		}
		version := c.get(s.ID).Version
		c.must(c.update(func(tx *db.Tx) error {
			_, err := submission.SaveDraft(tx, c.first[0], s.ID, version,
				submission.Typed{Notes: map[string]string{review.Soft[0].Key: "当年机构改革"}}, nil)
			return err
		}))
		c.must(c.prepare(c.first[0], s.ID))
		versions := view(c, func(tx *db.Tx) ([]submission.Version, error) { return submission.Versions(tx, s.ID) })
		content, err := submission.ParseContent(versions[0].Text)
		if err != nil || len(content.Notes) != 1 || content.Notes[0].Reason != "当年机构改革" ||
			content.Notes[0].Words == "" || content.Cells[0].Value != "1000" {
			t.Errorf("the signed text says %+v, %v", content, err)
		}
	})
}

func TestTwoEditorsDoNotOverwriteEachOther(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("1", "2", "3", "4")))
		err := c.update(func(tx *db.Tx) error {
			_, err := submission.SaveDraft(tx, c.both, s.ID, s.Version,
				submission.Typed{Cells: cells("9", "9", "9", "9")}, nil)
			return err
		})
		want(t, err, errs.Conflict, c.first[0].Name)
		if got := c.get(s.ID).Typed.Cells["1.M"]; got != "1" {
			t.Errorf("the loser overwrote the winner: %q", got)
		}
	})
}

func TestWhoSignsHasReadTheFrozenContent(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("1", "1", "1", "1")))
		for _, digest := range []string{"", strings.Repeat("0", 64)} {
			err := c.update(func(tx *db.Tx) error {
				_, err := submission.Prepare(tx, c.first[0], s.ID, digest, c.keys[c.first[0].ID])
				return err
			})
			want(t, err, errs.Conflict, "没有签字")
		}
		c.must(c.prepare(c.first[0], s.ID))
		err := c.update(func(tx *db.Tx) error {
			_, err := submission.Sign(tx, c.second[0], s.ID, "", c.keys[c.second[0].ID])
			return err
		})
		want(t, err, errs.Conflict, "没有签字")
	})
}

func TestReturnAndStaleSteps(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("1", "1", "1", "1")))
		c.must(c.prepare(c.first[0], s.ID))
		stale := c.get(s.ID).Version
		for _, reason := range []string{" ", strings.Repeat("改", 601)} {
			want(t, c.update(func(tx *db.Tx) error {
				_, err := submission.Return(tx, c.second[0], s.ID, stale, reason)
				return err
			}), errs.Invalid, "原因")
		}
		c.must(c.do(c.second[0], s.ID, giveBack))
		got := c.get(s.ID)
		if got.State != submission.Returned || got.ReturnReason != "请核对" {
			t.Fatalf("returned, it is %+v", got)
		}
		c.must(c.save(c.first[0], s.ID, cells("2", "1", "1", "1")))
		c.must(c.prepare(c.first[0], s.ID))
		want(t, c.update(func(tx *db.Tx) error {
			_, err := submission.Return(tx, c.second[0], s.ID, stale, "旧")
			return err
		}), errs.Conflict, "刷新")
		c.must(c.sign(c.second[0], s.ID))
		want(t, c.do(c.second[0], s.ID, giveBack), errs.Denied, "")
		c.must(c.do(c.office, s.ID, func(tx *db.Tx, by auth.User, id string, version int64) error {
			_, err := submission.Return(tx, by, id, version, strings.Repeat("改", 600)) // as long as it may be
			return err
		}))
		want(t, c.do(c.office, s.ID, c.accept), errs.Conflict, "不能办")
		versions := view(c, func(tx *db.Tx) ([]submission.Version, error) { return submission.Versions(tx, s.ID) })
		if len(versions) != 2 || len(versions[0].Signatures) != 1 || len(versions[1].Signatures) != 2 {
			t.Errorf("old versions keep their signatures: %+v", versions)
		}
	})
}

func TestAmendmentKeepsTheOldFactsUntilAccepted(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.through(0, s.ID, cells("100", "100", "10", "10"))
		want(t, c.save(c.first[0], s.ID, cells("1", "1", "1", "1")), errs.Conflict, "不能办")
		c.must(c.do(c.first[0], s.ID, amend))
		c.must(c.save(c.first[0], s.ID, cells("101", "100", "10", "10")))
		c.must(c.prepare(c.first[0], s.ID))
		c.must(c.sign(c.second[0], s.ID))
		if got := c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal); got.Value != 200 {
			t.Errorf("before the amendment is accepted the city has %d", got.Value)
		}
		c.must(c.do(c.office, s.ID, c.accept))
		if got := c.amount(c.root.ID, "2018", "PME_MARRIED", quantity.SexTotal); got.Value != 201 {
			t.Errorf("after the amendment the city has %d", got.Value)
		}
		versions := view(c, func(tx *db.Tx) ([]submission.Version, error) { return submission.Versions(tx, s.ID) })
		content, err := submission.ParseContent(versions[1].Text)
		if err != nil || content.Version != "2" || content.Reason != "漏报一户" {
			t.Errorf("the new version says %+v, %v", content, err)
		}
		old, err := submission.ParseContent(versions[0].Text)
		c.must(err)
		if d := submission.Differences(c.form, old.Typed().Cells, content.Typed().Cells); len(d) != 1 ||
			d[0].Key != "1.M" || d[0].Was != "100" || d[0].Is != "101" {
			t.Errorf("cell by cell the versions differ in %+v", d)
		}
	})
}

func TestImportNeverSigns(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		put := func(district int, in submission.Filled) (s submission.Submission, changed bool, err error) {
			err = c.update(func(tx *db.Tx) error {
				s, changed, err = submission.Import(tx, journal.System, c.owed(district, "2016"), in)
				return err
			})
			return s, changed, err
		}
		history := submission.Filled{Cells: cells("50", "50", "5", ""), Source: "示范市统计年鉴2017", Simulated: true}
		s, changed, err := put(0, history)
		if err != nil || !changed || s.State != submission.Historical {
			t.Fatalf("history: %+v, %v, %v", s, changed, err)
		}
		if _, changed, err = put(0, history); err != nil || changed {
			t.Errorf("the same history again: changed %v, %v", changed, err)
		}
		got := c.amount(c.districts[0].ID, "2016", "PME_MARRIED", quantity.SexTotal)
		if got.Value != 100 || got.Unsigned == 0 || got.Simulated == 0 {
			t.Errorf("history makes unsigned, simulated facts; got %+v", got)
		}
		_, _, err = put(1, submission.Filled{Cells: cells("x", "1", "1", "1"), Source: "年鉴"})
		want(t, err, errs.Invalid, "cells[1.M]")
		_, _, err = put(1, submission.Filled{Cells: cells("1", "1", "2", "1"), Source: "年鉴"})
		want(t, err, errs.Invalid, "检查人数")
		draft, changed, err := put(1, submission.Filled{Cells: cells("x", "1", "1", "1")})
		if err != nil || !changed || draft.State != submission.Draft || draft.Typed.Cells["1.M"] != "x" {
			t.Errorf("a draft arrives as %+v, %v, %v", draft, changed, err)
		}
		c.must(c.save(c.first[1], draft.ID, cells("7", "1", "1", "1")))
		if _, changed, err = put(1, submission.Filled{Cells: cells("8", "1", "1", "1")}); err != nil || changed ||
			c.get(draft.ID).Typed.Cells["1.M"] != "7" {
			t.Errorf("an import overwrote what somebody typed: %v, %v", changed, err)
		}
		c.must(c.do(c.first[0], s.ID, amend))
		c.must(c.save(c.first[0], s.ID, cells("50", "50", "5", "6")))
		c.must(c.prepare(c.first[0], s.ID))
		c.must(c.sign(c.second[0], s.ID))
		c.must(c.do(c.office, s.ID, c.accept))
		if got := c.amount(c.districts[0].ID, "2016", "PME_MARRIED",
			quantity.SexTotal); got.Unsigned != 0 || got.Simulated != 0 {
			t.Errorf("signed by two, the amendment's facts are still %+v", got)
		}
	})
}

func TestEverybodySeesWhatWaitsForThem(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.open(1, "2018")
		waiting := func(by auth.User) string {
			tasks := view(c, func(tx *db.Tx) ([]submission.Task, error) { return submission.Todo(tx, by) })
			var words []string
			for _, task := range tasks {
				words = append(words, string(task.Words())+" "+task.Area)
			}
			return strings.Join(words, ", ")
		}
		check := func(when string, first, second, office string) {
			t.Helper()
			for who, pair := range map[string][2]string{"the statistician": {waiting(c.first[0]), first},
				"the leader": {waiting(c.second[0]), second}, "the office": {waiting(c.office), office}} {
				if pair[0] != pair[1] {
					t.Errorf("%s: for %s waits %q, want %q", when, who, pair[0], pair[1])
				}
			}
		}
		check("draft", "待填 东山区", "", "")
		c.must(c.save(c.first[0], s.ID, cells("1", "1", "1", "1")))
		c.must(c.prepare(c.first[0], s.ID))
		check("prepared", "", "待签字 东山区", "")
		c.must(c.sign(c.second[0], s.ID))
		check("signed", "", "", "待审核 东山区")
		c.must(c.do(c.office, s.ID, giveBack))
		check("returned", "退回待改 东山区", "", "")
		for _, by := range []auth.User{c.first[0], c.office} {
			items := view(c, func(tx *db.Tx) ([]submission.Item, error) {
				items, total, err := submission.List(tx, by, submission.Filter{Period: "2018", Form: "PME"})
				if total != len(items) {
					t.Errorf("%d of %d items on one page", len(items), total)
				}
				return items, err
			})
			if want := map[string]int{c.first[0].ID: 1, c.office.ID: 2}[by.ID]; len(items) != want {
				t.Errorf("%s sees %d submissions, want %d", by.Name, len(items), want)
			}
		}
	})
}
