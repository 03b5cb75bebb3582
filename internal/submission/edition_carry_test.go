package submission_test

// A new edition moves what has to move and nothing else: open reports, numbers of registers, pages that are still open;
// and which reports of the period before it is shown with. What a draft becomes cell by cell is carried_test.go's.

import (
	"maps"
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

// changed is the form with its rows as the change leaves them, without rules.
func changed(f form.Form, change func(*form.Form)) form.Form {
	f.Rows, f.Rules = slices.Clone(f.Rows), nil
	change(&f)
	return f
}

func TestAnEditionMovesWhatHasToMove(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		typed, counted, empty := c.open(0, "2025"), c.open(1, "2025"), c.open(0, "2026")
		c.must(c.save(c.first[0], typed.ID, cells("5", "6", "3", "4")))
		if _, err := c.fill(counted.ID, "C1", "100"); err != nil {
			t.Fatal(err)
		}
		c.must(c.publish(changed(c.form, func(*form.Form) {}), "2018"))
		before := c.get(typed.ID).Version
		note := changed(c.form, func(f *form.Form) { f.Note = "口径不变" })
		c.must(c.publish(note, "2019"))
		if got := c.get(typed.ID); got.Version != before {
			t.Errorf("an edition with another note alone saves a draft anew")
		}

		c.must(c.publish(changed(note, func(f *form.Form) { f.Rows[0].Number = "9" }), "2020"))
		want := map[string]string{"9.M": "5", "9.F": "6", "2.M": "3", "2.F": "4"}
		if got := c.get(typed.ID); !maps.Equal(got.Typed.Cells, want) || len(got.Typed.Left) != 0 {
			t.Errorf("with its first row called 9 the draft is %+v", got.Typed)
		}
		c.must(c.stale(typed.ID, before, submission.Typed{Cells: map[string]string{"1.M": "7"}},
			map[string]string{"1.M": "5"}))
		if got := c.get(typed.ID).Typed.Cells; got["9.M"] != "7" || got["1.M"] != "" {
			t.Errorf("a page from before makes of the draft %v", got)
		}
		got := c.get(counted.ID).Typed
		if got.Cells["9.M"] != "100" || len(got.Counted) != 1 || got.Counted["9.M"].Closing != "C1" {
			t.Errorf("what a register counted is now %+v", got)
		}

		before = c.get(empty.ID).Version
		c.must(c.publish(changed(note, func(f *form.Form) {
			f.Rows[0].Number, f.Rows[1].Number = "2", "1"
		}), "2021"))
		c.must(c.stale(empty.ID, before, submission.Typed{Cells: map[string]string{"9.M": "7", "2.M": "8"}}, nil))
		if got := c.get(empty.ID).Typed; !maps.Equal(got.Cells, map[string]string{"2.M": "7", "1.M": "8"}) {
			t.Errorf("rows were exchanged; a page of the empty draft from before makes of it %+v", got)
		}

		c.must(c.publish(changed(note, func(f *form.Form) {
			f.Rows = f.Rows[1:]
			f.Rows[0].Number = "1"
		}), "2022"))
		if got := c.get(typed.ID).Typed; !maps.Equal(got.Cells, map[string]string{"1.M": "3", "1.F": "4"}) ||
			len(got.Left) != 2 {
			t.Errorf("without the other row the draft is %+v", got)
		}
		if faults := c.faults(); faults != "" {
			t.Errorf("the audit finds %s", faults)
		}
	})
}

func TestWhichReportsAnEditionReaches(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		amended, signed := c.open(0, "2018"), c.open(1, "2018")
		draft, off := c.open(0, "2019"), c.open(1, "2019")
		c.open(0, "2017")
		// nothing was accepted for the year before: there is nothing to compare with, and nothing in the way
		s.Check(t, webtest.Scenario{As: "first", Path: amended.URL(), NotContains: []string{"上期"}})
		c.through(0, amended.ID, cells("100", "100", "50", "60"))
		c.must(c.do(c.first[0], amended.ID, amend))
		c.must(c.save(c.first[1], signed.ID, cells("100", "100", "50", "60")))
		c.must(c.prepare(c.first[1], signed.ID))
		c.must(c.update(func(tx *db.Tx) error {
			_, err := submission.Withdraw(tx, c.office, off.ID, c.get(off.ID).Version, "撤并")
			return err
		}))
		c.must(c.update(func(tx *db.Tx) error {
			open, fixed, err := submission.Reached(tx, c.form.ID, year(c, "2018"))
			ids := func(all []submission.Submission) (ids []string) {
				for _, s := range all {
					ids = append(ids, s.ID)
				}
				slices.Sort(ids)
				return ids
			}
			want := func(ids ...string) []string { slices.Sort(ids); return ids }
			if !slices.Equal(ids(open), want(draft.ID, off.ID)) ||
				!slices.Equal(ids(fixed), want(amended.ID, signed.ID)) {
				t.Errorf("open are %v, want the draft %s and what was let off, %s; fixed %v", ids(open), draft.ID,
					off.ID, ids(fixed))
			}
			for code, id := range map[string]string{"2018": "", "2019": amended.ID, "2020": ""} {
				last, cells, err := submission.LastFilled(tx, c.form, c.form.ID, year(c, code))
				if err != nil || last.ID != id || id != "" && cells["1.M"] != "100" {
					t.Errorf("%s is shown filled in with %q, %v, %v", code, last.ID, cells, err)
				}
			}
			return err
		}))
	})
}
