package submission_test

// Cells that a register counted: nobody types over them, both signatures stand under where they come from, and whoever
// changes that past the program is found.

import (
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/submission"
)

// fill puts a number into the cell 1.M as a closing would.
func (c *city) fill(id, closing, value string) (filled int, err error) {
	err = c.update(func(tx *db.Tx) (err error) {
		filled, err = submission.Fill(tx, id, map[string]submission.Counted{"1.M": {Register: "premarital_month",
			Name: "婚检月报", Definition: "1", Measure: "pme_married", Closing: closing, Records: "12", Digest: "d",
			Value: value}})
		return err
	})
	return filled, err
}

// faults are what the audit of all submissions finds.
func (c *city) faults() string {
	return view(c, func(tx *db.Tx) (string, error) {
		found, err := submission.Verify(tx, c.issuer)
		var words []string
		for _, f := range found {
			words = append(words, f.Code+" "+f.Table+" "+f.Column+" "+f.Expected+" -> "+f.Actual)
		}
		return strings.Join(words, "\n"), err
	})
}

func TestACountedCellIsTypedByNobody(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, map[string]string{"1.M": "99", "1.F": "100"}))
		if _, err := c.fill(s.ID, "C0", "12.5"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("half a person is put into a cell of whole ones: %v", err)
		}
		last := c.open(0, "2017")
		c.must(c.update(func(tx *db.Tx) error {
			n, err := submission.Fill(tx, last.ID, map[string]submission.Counted{"2.F": {Closing: "C", Value: "3"}})
			if got, _ := submission.Get(tx, last.ID); n != 1 || got.Typed.Cells["2.F"] != "3" {
				t.Errorf("of a closing with one number, for the last cell, %d are filled", n)
			}
			return err
		}))
		if n, err := c.fill(s.ID, "C1", "100"); n != 1 || err != nil {
			t.Fatalf("a cell of a draft is filled %d times: %v", n, err)
		}
		if n, err := c.fill(s.ID, "C2", "101"); n != 0 || err != nil {
			t.Errorf("another closing takes the cell over: %d, %v", n, err)
		}
		for _, typed := range []string{"101", "", "近100"} {
			err := c.save(c.first[0], s.ID, map[string]string{"1.M": typed})
			if errs.KindOf(err) != errs.Invalid || errs.FieldsOf(err)["cells[1.M]"].IsZero() {
				t.Errorf("%q is typed over what a register counted: %v", typed, err)
			}
		}
		c.must(c.save(c.first[0], s.ID, cells("100", "100", "80", "90")))
		c.must(c.prepare(c.first[0], s.ID))
		if n, err := c.fill(s.ID, "C3", "7"); n != 0 || err != nil {
			t.Errorf("a cell is filled under a signature: %d, %v", n, err)
		}
		c.must(c.sign(c.second[0], s.ID))
		c.must(c.do(c.office, s.ID, c.accept))
		versions := view(c, func(tx *db.Tx) ([]submission.Version, error) { return submission.Versions(tx, s.ID) })
		content, err := submission.ParseContent(versions[0].Text)
		c.must(err)
		if got := content.Typed().Counted["1.M"]; got.Closing != "C1" || got.Records != "12" || got.Value != "100" {
			t.Errorf("both signed that the cell comes from %+v", got)
		}
		vouched := view(c, func(tx *db.Tx) (submission.Vouched, error) {
			return submission.Vouch(tx, c.get(s.ID), c.issuer)
		})
		if len(vouched.Counted) != 1 || vouched.Counted[0].Counted.Closing != "C1" {
			t.Errorf("the proof says that registers counted %+v", vouched.Counted)
		}
		if len(content.Typed().Counted) != 1 {
			t.Errorf("cells that people typed are said to be counted: %v", content.Typed().Counted)
		}
		c.must(c.do(c.first[0], s.ID, amend))
		if err := c.save(c.first[0], s.ID, map[string]string{"1.M": "98"}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("an amendment types over what a register counted: %v", err)
		}
		if n, err := c.fill(s.ID, "C4", "100"); n != 0 || err != nil {
			t.Errorf("an amendment takes another closing's number: %d, %v", n, err)
		}
		c.must(c.do(c.first[0], s.ID, func(tx *db.Tx, by auth.User, id string, version int64) error {
			_, err := submission.Drop(tx, by, id, version, "不改了")
			return err
		}))
		if got := c.get(s.ID).Typed.Counted["1.M"]; got.Closing != "C1" {
			t.Errorf("after the amendment was given up the cell comes from %+v", got)
		}
		if faults := c.faults(); faults != "" {
			t.Errorf("untouched: %s", faults)
		}
	})
}

func TestACountedCellIsEmptiedWhereNobodySigned(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		all := func(string) bool { return true }
		empty := func(closing string, which func(string) bool) (n int) {
			t.Helper()
			c.must(c.update(func(tx *db.Tx) (err error) {
				n, err = submission.Unfill(tx, s.ID, closing, which)
				return err
			}))
			return n
		}
		if _, err := c.fill(s.ID, "C1", "100"); err != nil {
			t.Fatal(err)
		}
		c.must(c.save(c.first[0], s.ID, cells("100", "100", "80", "90")))
		for closing, which := range map[string]func(string) bool{"C2": all,
			"C1": func(cell string) bool { return cell == "1.F" }} {
			if n := empty(closing, which); n != 0 {
				t.Errorf("%d cells of %s are emptied", n, closing)
			}
		}
		c.must(c.prepare(c.first[0], s.ID))
		if n := empty("C1", all); n != 0 {
			t.Errorf("%d cells are emptied under a signature", n)
		}
		c.must(c.do(c.first[0], s.ID, func(tx *db.Tx, by auth.User, id string, version int64) error {
			_, err := submission.Recall(tx, by, id, version, "写错了")
			return err
		}))
		if n := empty("C1", all); n != 1 {
			t.Errorf("%d cells are emptied", n)
		}
		if got := c.get(s.ID).Typed; got.Cells["1.M"] != "" || got.Cells["1.F"] != "100" || len(got.Counted) != 0 {
			t.Errorf("the draft says %+v", got)
		}
		c.must(c.save(c.first[0], s.ID, map[string]string{"1.M": "7"}))
		if faults := c.faults(); faults != "" {
			t.Errorf("untouched: %s", faults)
		}
	})
}

func TestWhereANumberComesFromIsEvidence(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		if _, err := c.fill(s.ID, "C1", "100"); err != nil {
			t.Fatal(err)
		}
		claims := c.open(1, "2018")
		c.must(c.update(func(tx *db.Tx) error {
			return tx.Exec(`UPDATE submissions SET draft = (SELECT draft FROM submissions WHERE id = $1) WHERE id = $2`,
				s.ID, claims.ID)
		}))
		c.must(c.save(c.first[1], claims.ID, cells("100", "100", "1", "90")))
		c.must(c.prepare(c.first[1], claims.ID))
		if faults := c.faults(); !strings.Contains(faults, "version.counted") {
			t.Errorf("a signed text that claims a cell was counted is not found: %q", faults)
		}
		c.must(c.do(c.first[1], claims.ID, recall))
		c.must(c.update(exec(`UPDATE submissions SET draft = '{"cells":{}}' WHERE id = $1`, claims.ID)))
		before := "UPDATE submissions SET draft = replace(draft, 'C1', 'C9')"
		dbtest.Outside(t, c.DB, before)
		if faults := c.faults(); !strings.Contains(faults, "submissions draft") {
			t.Errorf("a draft that names another closing is not found: %q", faults)
		}
		dbtest.Outside(t, c.DB, "UPDATE submissions SET draft = replace(draft, 'C9', 'C1')",
			`UPDATE submissions SET draft = replace(draft, '"counted"', '"nothing"')`)
		if faults := c.faults(); !strings.Contains(faults, "submissions draft") {
			t.Errorf("a draft that forgot that the cell was counted is not found: %q", faults)
		}
		c.must(c.save(c.first[0], s.ID, cells("1", "100", "1", "90")))
		c.must(c.prepare(c.first[0], s.ID))
		if faults := c.faults(); strings.Count(faults, "version.counted") != 2 {
			t.Errorf("a signed text that hides a counted cell is not found: %q", faults)
		}
	})
}

func TestAFileNeedNotSayWhatARegisterCounted(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		if _, err := c.fill(s.ID, "C1", "100"); err != nil {
			t.Fatal(err)
		}
		bring := func(cells map[string]string) error {
			return c.update(func(tx *db.Tx) error {
				_, _, err := submission.Import(tx, journal.System, c.owed(0, "2018"), submission.Filled{Cells: cells})
				return err
			})
		}
		c.must(bring(map[string]string{"1.F": "100"}))
		if got := c.get(s.ID).Typed; got.Cells["1.M"] != "100" || got.Cells["1.F"] != "100" ||
			got.Counted["1.M"].Closing != "C1" {
			t.Errorf("after an import the draft says %+v", got)
		}
		if err := bring(map[string]string{"1.M": "7", "1.F": "100"}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("an import says another number than the register counted: %v", err)
		}
		if faults := c.faults(); faults != "" {
			t.Errorf("untouched: %s", faults)
		}
	})
}
