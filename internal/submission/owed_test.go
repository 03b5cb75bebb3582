package submission_test

// What is due is what was asked for, as the journal has it; and how what is in is counted by who vouches for it.

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/signed"
	"yipanqi/internal/submission"
)

func TestWhatIsDueIsWhatWasAskedFor(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a, b := c.open(0, "2018"), c.open(1, "2018")
		c.open(0, "2019")
		due := func(tx *db.Tx) bool {
			t.Helper()
			check, err := submission.DueCheck(tx, a.Form.ID, a.Period, c.root)
			c.must(err)
			return check.OK
		}
		if !view(c, func(tx *db.Tx) (bool, error) { return due(tx), nil }) {
			t.Error("two were asked for and two are due")
		}
		for unit, want := range map[string]bool{a.Unit.Code: true, b.Unit.Code: false} {
			asked := view(c, func(tx *db.Tx) (bool, error) { return submission.AskedOf(tx, a, unit) })
			if asked != want {
				t.Errorf("%s was asked for what the first owes: %t", unit, asked)
			}
		}
		c.must(c.update(func(tx *db.Tx) error {
			_, err := submission.Withdraw(tx, c.office, b.ID, c.get(b.ID).Version, "撤并")
			return err
		}))
		if !view(c, func(tx *db.Tx) (bool, error) { return due(tx), nil }) {
			t.Error("one of two was let off and one is due")
		}
		for _, edit := range []struct {
			what string
			edit func(*db.Tx) error
		}{
			{"a sum", exec(`UPDATE expectations SET due = due + 1 WHERE period = 201800`)},
			{"a due date", exec(`UPDATE submissions SET due_on = '2001-01-01' WHERE id = $1`, a.ID)},
			{"a unit", exec(`UPDATE submissions SET unit = 'health2' WHERE id = $1`, a.ID)},
			{"one let off by nobody", exec(`UPDATE submissions SET state = 'withdrawn' WHERE id = $1`, a.ID)},
			{"one removed", func(tx *db.Tx) error {
				c.must(tx.Exec(`UPDATE expectations SET due = due - 1 WHERE period = 201800`))
				return tx.Exec(`DELETE FROM submissions WHERE id = $1`, a.ID)
			}},
			{"what was asked", exec(`UPDATE journal SET detail = replace(detail, 'health1', 'health2')
				WHERE object = $1`, "owed/PME/2018")},
			{"the first that was asked", exec(`DELETE FROM journal WHERE object = $1 AND object_seq = 1`,
				"owed/PME/2018")},
		} {
			undone := fmt.Errorf("undo")
			if err := c.Update(context.Background(), func(tx *db.Tx) error {
				c.must(edit.edit(tx))
				if due(tx) {
					t.Errorf("%s was edited and all fits", edit.what)
				}
				return undone
			}); err != undone {
				t.Fatal(err)
			}
		}
	})
}

// Who owes a report is by the network at the end of its period; its day can be set anew until it was sent.
func TestWhoOwesAReport(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		owing := func(year, under string) (words string) {
			return view(c, func(tx *db.Tx) (string, error) {
				owed, unclear, err := submission.Owing(tx, c.form, c.owed(0, year).Period, under)
				for _, o := range owed {
					words += o.Unit.Code + "@" + o.Area.Name + " "
				}
				for _, a := range unclear {
					words += "?" + a.Name + " "
				}
				return words, err
			})
		}
		c.must(c.update(func(tx *db.Tx) error {
			closing := c.districts[1]
			closing.ClosesOn = "2018-06-01"
			_, _, err := network.PutArea(tx, closing)
			c.must(err)
			_, err = network.PutUnit(tx, network.Unit{Code: "again", Name: "东山区卫健委（新）", Kind: "health",
				AreaID: c.districts[0].ID, OpensOn: "2019-03-01"})
			return err
		}))
		for _, x := range []struct{ year, under, want string }{
			{"2017", c.root.Path, "health1@东山区 health2@西河区 "}, {"2017", c.districts[0].Path, "health1@东山区 "},
			{"2018", c.root.Path, "health1@东山区 "}, {"2019", c.root.Path, "?东山区 "},
		} {
			if got := owing(x.year, x.under); got != x.want {
				t.Errorf("of %s in %s owe %q, want %q", x.year, x.under, got, x.want)
			}
		}
		day := func(what, id, due, want string) {
			t.Helper()
			o, before := c.owed(0, "2018"), c.get(id).Version
			o.DueOn = due
			c.must(c.update(func(tx *db.Tx) error { return submission.Ask(tx, c.office, o) }))
			if got := c.get(id); got.DueOn != want || (got.Version != before) != (what == "a draft") {
				t.Errorf("%s, asked for by %s, is due on %s in version %d after %d", what, due, got.DueOn, got.Version,
					before)
			}
		}
		s := c.open(0, "2018")
		day("as it was asked before", s.ID, s.DueOn, s.DueOn)
		day("a draft", s.ID, "2019-03-31", "2019-03-31")
		c.through(0, s.ID, cells("1", "1", "1", "1"))
		day("accepted", s.ID, "2019-04-30", "2019-03-31")
		c.must(c.do(c.first[0], s.ID, amend))
		day("amended", s.ID, "2019-04-30", "2019-03-31")
		c.must(c.do(c.first[0], s.ID, drop))
		if faults := c.faults(); faults != "" {
			t.Errorf("the audit finds %s", faults)
		}
	})
}

// A database from before what is owed was journaled is taken over once.
func TestWhatWasOwedBeforeIsJournaledOnce(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a := c.open(0, "2018")
		c.open(1, "2018")
		c.must(c.update(exec(`DELETE FROM journal WHERE object = $1`, "owed/PME/2018")))
		for range 2 {
			c.must(submission.BeginOwing(context.Background(), c.DB))
			entries := view(c, func(tx *db.Tx) ([]journal.Entry, error) { return journal.Of(tx, "owed/PME/2018") })
			if len(entries) != 2 || entries[0].Actor != journal.System.Name {
				t.Fatalf("%d entries, want one of each", len(entries))
			}
		}
		if check := view(c, func(tx *db.Tx) (signed.Assertion, error) {
			return submission.DueCheck(tx, a.Form.ID, a.Period, c.root)
		}); !check.OK {
			t.Error("what was taken over does not fit")
		}
	})
}

// A signature is of its own step, whoever gives it: on this the independence of the next step rests.
func TestSignaturesAreOfTheirSteps(t *testing.T) {
	t.Parallel()
	did := submission.Deeds([]signed.Signature{{Role: submission.First, PersonID: "甲"},
		{Role: submission.Second, PersonID: "乙"}}, nil)
	if want := []flow.Deed{{Verb: submission.VerbPrepare, PersonID: "甲"},
		{Verb: submission.VerbSign, PersonID: "乙"}}; !slices.Equal(did, want) {
		t.Errorf("%v, want %v", did, want)
	}
	scan := submission.Scan{RecordedID: "丙", First: submission.Inked{ID: "甲"}, Second: submission.Inked{ID: "乙"}}
	laid := flow.Deed{Verb: submission.VerbScan, PersonID: "丙"}
	for verdict, want := range map[string][]flow.Deed{"": append([]flow.Deed{laid}, did...),
		submission.Refused: {laid}} {
		scan.Verdict = verdict
		if got := submission.Deeds(nil, []submission.Scan{scan}); !slices.Equal(got, want) {
			t.Errorf("of a scan with the verdict %q: %v, want %v", verdict, got, want)
		}
	}
}

func TestTally(t *testing.T) {
	t.Parallel()
	two := []signed.Signature{{}, {}}
	var tally submission.Tally
	if words := tally.Words(); tally.In() != 0 || !tally.AllSigned() || len(words) != 0 {
		t.Errorf("nothing is %d in, all signed %t, %v", tally.In(), tally.AllSigned(), words)
	}
	for _, v := range []struct {
		source string
		origin string
		signed []signed.Signature
		times  int
	}{{"", "", two, 1}, {"", submission.Simulated, two, 2}, {"年鉴", "", nil, 3},
		{"年鉴", submission.Simulated, nil, 4}, {"年鉴", "", two, 5}, {"", "", two[:1], 6}} {
		one := submission.Version{Origin: v.origin, Signatures: v.signed}
		one.Source = v.source
		for range v.times {
			tally.Add(one)
		}
	}
	tally.Missing = 1
	want := submission.Tally{Signed: 1, Demonstrated: 2, Unsigned: 3 + 5 + 6, UnsignedSimulated: 4, Missing: 1}
	if tally != want || tally.In() != 21 || tally.AllSigned() {
		t.Errorf("%+v, %d in; want %+v", tally, tally.In(), want)
	}
	if (submission.Tally{Signed: 1, Unsigned: 1}).AllSigned() || (submission.Tally{UnsignedSimulated: 1}).AllSigned() ||
		!(submission.Tally{Signed: 1, Demonstrated: 1}).AllSigned() {
		t.Error("all signed is not all signed")
	}
	var said []string
	for _, w := range tally.Words() {
		said = append(said, say.Chinese([]say.Words{w}))
	}
	if !slices.Equal(said, []string{"双签字报表1份", "演示双签字报表（模拟）2份", "历史报表（未签字）14份",
		"历史报表（未签字，模拟）4份", "未报1份"}) {
		t.Errorf("%q", said)
	}
}
