package submission_test

// A new edition of a form reaches open reports of its periods and no others: nothing typed is lost, signed texts keep
// the edition that they were made with, and rules look at what counts already.

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/period"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

// without is the form without its second row, the first one moved to its place.
func without(f form.Form) form.Form {
	f.Rows = slices.Clone(f.Rows[:1])
	f.Rows[0].Number = "2"
	f.Rules = nil
	return f
}

func year(c *city, code string) period.Period {
	p, err := period.Parse(code)
	c.must(err)
	return p
}

// publish puts an edition in force and carries drafts over, as package edition does.
func (c *city) publish(f form.Form, from string) error {
	return c.update(func(tx *db.Tx) error {
		open, _, err := submission.Reached(tx, f.ID, year(c, from))
		if err != nil {
			return err
		}
		if f, err = form.Publish(tx, c.office, f, year(c, from)); err != nil {
			return err
		}
		for _, s := range open {
			if err := submission.Carry(tx, s, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// stale saves what a page says that shows an earlier version.
func (c *city) stale(id string, version int64, typed submission.Typed, was map[string]string) error {
	return c.update(func(tx *db.Tx) error {
		_, err := submission.SaveDraft(tx, c.first[0], id, version, typed, was)
		return err
	})
}

func TestAFormChangesUnderOpenAndSignedReports(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		old, draft := c.open(0, "2018"), c.open(0, "2019")
		c.through(0, old.ID, cells("100", "100", "50", "60"))
		c.must(c.save(c.first[0], draft.ID, cells("110", "120", "55", "不适用")))
		seen := c.get(draft.ID).Version

		c.must(c.publish(without(c.form), "2019"))
		now := c.get(draft.ID)
		if now.Typed.Cells["2.M"] != "110" || now.Typed.Cells["2.F"] != "120" || len(now.Typed.Cells) != 2 {
			t.Errorf("what was typed is now %v, want it where it is asked for", now.Typed.Cells)
		}
		left := now.Typed.Left
		if len(left) != 2 || left[0].Value != "55" || left[1].Value != "不适用" ||
			!strings.Contains(left[0].Label, "婚前医学检查人数·男") {
			t.Errorf("without a cell are %+v, want both of the second row", left)
		}
		// a page that was open before writes nothing into cells that mean something else now, and loses nothing
		c.must(c.stale(draft.ID, seen, submission.Typed{Cells: map[string]string{"1.M": "112", "1.F": "120",
			"2.M": "56", "2.F": ""}}, map[string]string{"1.M": "110", "1.F": "120", "2.M": "55", "2.F": "不适用"}))
		got := c.get(draft.ID).Typed
		if !maps.Equal(got.Cells, map[string]string{"2.M": "112", "2.F": "120"}) || len(got.Left) != 1 ||
			got.Left[0].Value != "56" {
			t.Errorf("a page from before the change makes of the draft %+v", got)
		}
		c.must(c.save(c.first[0], draft.ID, map[string]string{"2.M": "111", "2.F": "120"}))
		// what somebody has changed since stays, and what the page says is kept beside it
		c.must(c.stale(draft.ID, seen, submission.Typed{Cells: map[string]string{"1.M": "113", "2.F": "57"},
			Notes: map[string]string{"1.M": "核对过"}}, map[string]string{"1.M": "110", "2.F": "不适用"}))
		got = c.get(draft.ID).Typed
		if got.Cells["2.M"] != "111" || len(got.Notes) != 0 || len(got.Left) != 4 || got.Left[1].Value != "113" ||
			got.Left[2].Value != "57" || got.Left[3].Value != "核对过" {
			t.Errorf("a page from before that says otherwise makes of it %+v", got)
		}
	})
}

func TestAReportKeepsTheEditionOfItsPeriod(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		old, next := c.open(0, "2018"), c.open(0, "2019")
		c.through(0, old.ID, cells("100", "100", "50", "60"))
		c.must(c.publish(without(c.form), "2019"))
		if f := c.get(old.ID).Form; len(f.Rows) != 2 || f.Digest() != c.form.Digest() {
			t.Errorf("the report of 2018 is read with an edition of %d rows", len(f.Rows))
		}
		if f := c.get(next.ID).Form; len(f.Rows) != 1 {
			t.Errorf("the report of 2019 is asked by an edition of %d rows", len(f.Rows))
		}
		c.must(c.View(context.Background(), func(tx *db.Tx) error {
			s, err := submission.Get(tx, old.ID)
			if err != nil {
				return err
			}
			v, err := submission.Vouch(tx, s, c.issuer)
			if failed, ok := v.Holds(); err != nil || !ok {
				t.Errorf("the report of 2018 is no longer proven: %v, %v", failed, err)
			}
			findings, err := submission.Verify(tx, c.issuer)
			if err != nil || len(findings) > 0 {
				t.Errorf("the audit finds %+v, %v", findings, err)
			}
			wrong, err := attest.Verify(tx)
			if err != nil || len(wrong) > 0 {
				t.Errorf("definitions differ: %+v, %v", wrong, err)
			}
			return nil
		}))
		// amended, it is still asked by its own edition
		c.must(c.do(c.first[0], old.ID, amend))
		c.must(c.save(c.first[0], old.ID, cells("101", "100", "50", "60")))
		c.must(c.prepare(c.first[0], old.ID))
		// what cannot change, and from when
		for name, change := range map[string]func(*form.Form){
			"another frequency": func(f *form.Form) { f.Frequency = period.Month },
			"another level":     func(f *form.Form) { f.Level = "city" },
			"the same again":    func(f *form.Form) {},
		} {
			f := without(c.form)
			change(&f)
			if err := c.publish(f, "2020"); err == nil {
				t.Errorf("an edition with %s is published", name)
			}
		}
		f := c.form
		f.Note = "更早"
		if err := c.publish(f, "2018"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("an edition from before the last one is published: %v", err)
		}
		// a file of before, imported again, takes nothing back
		c.must(c.View(context.Background(), func(tx *db.Tx) error {
			history, err := form.History(tx, "PME")
			if err != nil || len(history) != 2 || history[1].From != "2019" || history[1].Actor != c.office.Name {
				t.Errorf("editions are listed as %+v, %v", history, err)
			}
			return nil
		}))
	})
}

func TestAVoidFormIsNotOpened(t *testing.T) {
	t.Parallel()
	f := form.Form{Code: "PME", Frequency: period.Year, ValidUntil: "2020-06-30"}
	for code, says := range map[string]string{"2020": "", "2021": "已经失效，不能再开2021", "2020-Q1": "请改期别"} {
		p, err := period.Parse(code)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.NotFor(p); (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", code, err, says)
		}
	}
}

// A workbook that was handed out before the form changed is read into the form as it is now: each number goes to where
// it is asked for, what is not asked any more is named, and nothing typed meanwhile is overwritten unasked.
func TestAnOldWorkbookIsReadIntoTheNewForm(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		draft := c.open(0, "2019")
		at := draft.URL()
		c.must(c.save(c.first[0], draft.ID, cells("5", "6", "7", "1")))
		handed := s.Check(t, webtest.Scenario{As: "first", Path: at + "/sheet"}).Body.Bytes()
		fill := func(cells map[string]string) []byte {
			f, err := excelize.OpenReader(bytes.NewReader(handed))
			c.must(err)
			defer f.Close()
			for name, text := range cells {
				c.must(f.SetCellStr(c.form.Name, name, text))
			}
			var b bytes.Buffer
			c.must(f.Write(&b))
			return b.Bytes()
		}
		upload := func(file []byte) http.Header {
			t.Helper()
			return s.Check(t, webtest.Scenario{As: "first", Path: at + "/sheet", Form: url.Values{}, File: file,
				Status: 303}).Header()
		}
		c.must(c.publish(without(c.form), "2019"))

		says, err := url.QueryUnescape(between(upload(fill(map[string]string{"E7": "66", "D8": "8"})).Get("Set-Cookie"),
			"flash=", ";"))
		c.must(err)
		for _, words := range []string{"换表以前下载的旧表", "没有读入：D8", " 8。"} {
			if !strings.Contains(says, words) {
				t.Errorf("after the upload the page says %q, want %q in it", says, words)
			}
		}
		if strings.Contains(says, "E8") {
			t.Errorf("the page says %q; E8 was not touched in the workbook", says)
		}
		if got := c.get(draft.ID).Typed.Cells; !maps.Equal(got, map[string]string{"2.M": "5", "2.F": "66"}) {
			t.Errorf("after the upload the draft is %v", got)
		}

		c.must(c.save(c.first[0], draft.ID, map[string]string{"2.M": "50"}))
		question := upload(fill(map[string]string{"D7": "55", "E8": "3"})).Get("Location")
		s.Check(t, webtest.Scenario{As: "first", Path: question, Contains: []string{"这1格会被改掉", "D7", "50", "55"}})
		asked := s.Check(t, webtest.Scenario{As: "first", Path: question, JSON: true}).Body.String()
		if !strings.Contains(asked, `"key":"2.M"`) || strings.Contains(asked, `"key":"1.M"`) {
			t.Errorf("a program is asked about %s, want the cell of the form as it is now", asked)
		}
		if got := c.get(draft.ID).Typed.Cells; !maps.Equal(got, map[string]string{"2.M": "50", "2.F": "66"}) {
			t.Errorf("before the answer the draft is %v", got)
		}
	})
}
