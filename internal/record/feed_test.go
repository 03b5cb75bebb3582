package record_test

// What a register counted goes into the reports of those who keep it, and into no other's; a report opened later is
// filled in when it is opened.

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/record"
	"yipanqi/internal/reference"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

// ask makes a form for elements and opens it for an area's unit and a year.
func (c *town) ask(code, level, kind string, elements ...string) form.Form {
	c.Helper()
	return must(c, func(tx *db.Tx) (form.Form, error) {
		f := form.Form{Code: code, Name: "儿童之家情况", NameEN: "Homes", Number: code, Issuer: "演示单位",
			ValidUntil: "2030-12-31", Frequency: period.Year, Level: level, Reporters: kind, Due: "+1-01-31",
			Signers: form.Signers{First: auth.Statistician, Second: auth.Leader},
			Levels:  map[string]element.Method{level: element.OwnReport},
			Columns: []form.Column{{Code: "T", Name: "合计", NameEN: "Total", Sex: quantity.SexTotal}}}
		known, err := element.All(tx)
		if err != nil {
			return f, err
		}
		for i, one := range elements {
			f.Rows = append(f.Rows, form.Row{Number: string(rune('1' + i)), Label: one, LabelEN: one, Element: one,
				Calibre: element.NoCalibre, Of: known[one]})
		}
		if _, _, err := form.Put(tx, f); err != nil {
			return f, err
		}
		return form.ByCode(tx, code)
	})
}

// bySex makes the same form for men and women.
func (c *town) bySex(code, kind, element string) form.Form {
	c.Helper()
	f := c.ask(code, "district", kind, element)
	return must(c, func(tx *db.Tx) (form.Form, error) {
		f.Columns = []form.Column{{Code: "M", Name: "男", NameEN: "Men", Sex: quantity.SexMale},
			{Code: "F", Name: "女", NameEN: "Women", Sex: quantity.SexFemale}}
		if _, _, err := form.Put(tx, f); err != nil {
			return f, err
		}
		return form.ByCode(tx, code)
	})
}

func (c *town) open(f form.Form, unit, area, year string) submission.Submission {
	c.Helper()
	return must(c, func(tx *db.Tx) (submission.Submission, error) {
		p, err := period.Parse(year)
		if err != nil {
			return submission.Submission{}, err
		}
		a, err := network.NewestArea(tx, area)
		if err != nil {
			return submission.Submission{}, err
		}
		units, err := network.AllUnits(tx)
		for _, u := range units {
			if u.Name == unit {
				s, _, err := submission.Open(tx, journal.System, submission.Owed{Form: f, Unit: u, Area: a, Period: p,
					DueOn: f.DueOn(p)})
				return s, err
			}
		}
		return submission.Submission{}, errs.Missingf("no unit %s: %v", unit, err)
	})
}

func (c *town) report(id string) (s submission.Submission) {
	c.Helper()
	c.view(func(tx *db.Tx) (err error) { s, err = submission.Get(tx, id); return err })
	return s
}

func TestWhatARegisterCountedNobodyTypes(t *testing.T) {
	eachTown(t, func(c *town) {
		mine := c.ask("H1", "district", "bureau", "CH_NEW", "CH_OPEN", "AD_CASES")
		foreign := c.ask("H2", "city", "office", "CH_STANDARD")
		must(c, func(tx *db.Tx) (bool, error) {
			_, err := record.Assign(tx, "child_home", "keeper", "bureau", []string{auth.Statistician})
			if err != nil {
				return false, err
			}
			return record.Assign(tx, "child_home", "owner", "bureau", []string{auth.Liaison})
		})
		east := c.open(mine, "东岭区妇联", "980101", "2023")
		other := c.open(foreign, "示范市妇儿工委办", "980100", "2023")
		wrong := c.open(c.bySex("H3", "bureau", "CH_COVERED"), "东岭区妇联", "980101", "2023")
		closed := must(c, func(tx *db.Tx) (record.Closing, error) {
			a, err := network.NewestArea(tx, "980100")
			if err != nil {
				return record.Closing{}, err
			}
			p, _ := period.Parse("2023")
			return record.Close(tx, c.people["city"], "child_home", p, a)
		})
		got := c.report(east.ID)
		if got.Typed.Cells["1.T"] == "" || got.Typed.Cells["2.T"] == "" || got.Typed.Cells["3.T"] != "" {
			t.Errorf("the report says %v", got.Typed.Cells)
		}
		from := got.Typed.Counted["2.T"]
		if from.Closing != closed.ID || from.Register != "child_home" || from.Measure != "homes_open" ||
			from.Value != c.homes("2023") || from.Digest != closed.Digest || from.Records == "0" {
			t.Errorf("the cell comes from %+v, there are %s homes", from, c.homes("2023"))
		}
		if closed.Filled != 2 {
			t.Errorf("closing says that it filled %d cells", closed.Filled)
		}
		if s := c.report(other.ID); len(s.Typed.Cells) > 0 {
			t.Errorf("the report of a unit that has no part in the register is filled in: %v", s.Typed.Cells)
		}
		if s := c.report(wrong.ID); len(s.Typed.Cells) > 0 {
			t.Errorf("what is not counted by sex fills in men and women: %v", s.Typed.Cells)
		}
		west := c.open(mine, "西川区妇联", "980102", "2023")
		if s := c.report(west.ID); len(s.Typed.Cells) > 0 {
			t.Errorf("opening fills in by itself: %v", s.Typed.Cells)
		}
		c.followed(west)
		if s := c.report(west.ID); s.Typed.Counted["1.T"].Closing != closed.ID || s.Typed.Cells["1.T"] == "" {
			t.Errorf("a report opened after the closing says %v", s.Typed)
		}
		c.audited("")
		dbtest.Outside(t, c.d, "UPDATE record_closings SET counts = replace(counts, 'homes_open', 'homes_shut')")
		c.audited("closing.fed")
	})
}

// followed does what the program does after a report was opened.
func (c *town) followed(s submission.Submission) {
	c.Helper()
	must(c, func(tx *db.Tx) (bool, error) {
		for _, a := range record.Module(nil).After {
			entries, err := journal.Of(tx, s.Object())
			if err != nil {
				return false, err
			}
			for _, e := range entries {
				if err := a.Run(tx, e); err != nil {
					return false, err
				}
			}
		}
		return true, nil
	})
}

func (c *town) audited(code string) {
	c.Helper()
	c.view(func(tx *db.Tx) error {
		findings, err := record.Verify(tx, sign.PublicKey(""))
		found := code == "" && len(findings) == 0
		for _, f := range findings {
			found = found || f.Code == code
		}
		if !found {
			c.Errorf("the audit should find %q, finds %+v", code, findings)
		}
		return err
	})
}

// figure is what a reference to a measure comes to for somebody.
func (c *town) figure(who, text string) (f reference.Figure) {
	c.Helper()
	parts, err := reference.Parse(text, 1)
	if err != nil || len(parts) != 1 {
		c.Fatalf("%s: %v", text, err)
	}
	c.view(func(tx *db.Tx) error {
		area, err := network.NewestArea(tx, "980101")
		if err != nil {
			return err
		}
		_, all, err := reference.Read(tx, c.people[who], sign.PublicKey(""), area, []*reference.Reference{parts[0].Ref})
		f = all[0]
		return err
	})
	return f
}

func TestATextQuotesWhatARegisterCounted(t *testing.T) {
	eachTown(t, func(c *town) {
		for text, want := range map[string]string{
			"{{measure child_home.homes_open year=2023}}":                      c.homes("2023") + "个",
			"{{measure child_home.homes_open year=2023 after=余 unit=处}}":       c.homes("2023") + "余处",
			"{{measure child_home.no_such year=2023}}":                         reference.Gap,
			"{{measure no_such.homes_open year=2023}}":                         reference.Gap,
			"{{measure child_home.homes_open year=2023 split=no_such:school}}": reference.Gap,
		} {
			if f := c.figure("city", text); f.Text != want || f.Problem == "" || f.Status != "unproven" {
				t.Errorf("before the closing %s reads %+v, want %s", text, f, want)
			}
		}
		if _, err := reference.Parse("{{measure homes_open year=2023}}", 1); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a measure without its register is read: %v", err)
		}
		must(c, func(tx *db.Tx) (record.Closing, error) {
			a, err := network.NewestArea(tx, "980100")
			if err != nil {
				return record.Closing{}, err
			}
			p, _ := period.Parse("2023")
			return record.Close(tx, c.people["city"], "child_home", p, a)
		})
		f := c.figure("city", "{{measure child_home.homes_cover year=2023 decimals=1}}")
		if f.Text != "100.0%" || f.Problem != "" || f.Status != "unproven" || len(f.Digest) != 64 {
			t.Errorf("a share of a closed period reads %+v", f)
		}
	})
}

func TestAMeasureGoesIntoNoOtherUnitsElement(t *testing.T) {
	eachTown(t, func(c *town) {
		parts := func(kind string) error {
			_, err := intake.Import(context.Background(), c.d, fixtureFiles, fstest.MapFS{"register_parts.csv": {
				Data: []byte("登记,办理,单位类别,岗位\nchild_home,keeper," + kind + ",statistician\n" +
					"child_home,owner," + kind + ",liaison\n")}}, func(string, int, int) {})
			return err
		}
		c.ask("H4", "city", "office", "CH_STANDARD")
		if err := parts("bureau"); errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), "CH_STANDARD") {
			t.Errorf("an office’s element is counted by bureaus alone: %v", err)
		}
		if err := parts("office"); err != nil {
			t.Errorf("whose element it is plays a part, and is refused: %v", err)
		}
	})
}
