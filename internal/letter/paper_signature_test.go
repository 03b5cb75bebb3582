package letter_test

// Signatures that were given on paper: registered with their scan, marked so, held by the journal like any other.

import (
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/letter"
	"yipanqi/internal/web/webtest"
)

func TestALetterIsSignedOnPaper(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var l letter.Letter
		c.Must(c.update(func(tx *db.Tx) (err error) {
			l, err = letter.Draft(tx, c.People["office"], letter.Letter{Kind: letter.KindNotice, Main: []string{"EDU"},
				Countersigners: []string{"HEA"}, Title: "关于报送材料的通知", Disclosure: "open", Body: "请按时报送。"})
			return err
		}))
		c.Must(c.check("colleague", l.ID))
		digest := c.digest(l.ID)
		today := ""
		c.Look(func(tx *db.Tx) error { today = tx.Today(); return nil })
		good := letter.PaperSignature{Unit: "HEA", Person: "王局长", Post: "局长", On: today,
			Scan: evidence.File{Digest: strings.Repeat("0", 64), Name: "签字页.pdf",
				MediaType: "application/pdf", Size: 1}}
		enter := func(as string, countersign bool, p letter.PaperSignature, digest string) error {
			return c.update(func(tx *db.Tx) (err error) {
				if countersign {
					_, err = letter.EnterCountersign(tx, c.People[as], l.ID, digest, p)
				} else {
					_, err = letter.EnterSign(tx, c.People[as], l.ID, digest, p)
				}
				return err
			})
		}
		c.refused(enter("office", false, good, digest), errs.Conflict, "没有会签")
		c.refused(enter("edu", true, good, digest), errs.Missing, "没有找到")
		c.refused(enter("office", true, good, "other"), errs.Conflict, "文稿刚刚改过")
		for field, bad := range map[string]func(*letter.PaperSignature){
			"person": func(p *letter.PaperSignature) { p.Person = c.People["office"].Name },
			"post":   func(p *letter.PaperSignature) { p.Post = "" },
			"on":     func(p *letter.PaperSignature) { p.On = "2099-01-01" },
			"scan":   func(p *letter.PaperSignature) { p.Scan = evidence.File{} },
			"unit":   func(p *letter.PaperSignature) { p.Unit = "EDU" },
		} {
			p := good
			bad(&p)
			if err := enter("office", true, p, digest); errs.FieldsOf(err)[field].IsZero() {
				t.Errorf("a bad %s: %v", field, err)
			}
		}
		c.Must(enter("office", true, good, digest))
		good.Person, good.Post = "李主任", "主任"
		c.Must(enter("colleague", false, good, digest))
		if got := c.get(l.ID); got.State != letter.StateSigned {
			t.Errorf("it is %s", got.State)
		}
		newSite(c).Run(t, webtest.Scenario{As: "office", Path: l.URL(), Contains: []string{"王局长", "李主任",
			"纸质签字，" + c.People["colleague"].Name + "代录"}},
			webtest.Scenario{As: "office", Path: l.URL() + "/cover", Contains: []string{"王局长", "李主任",
				"纸质签字，" + c.People["colleague"].Name + "代录"}},
			webtest.Scenario{As: "office", Path: l.URL(), JSON: true,
				Contains: []string{`"recorded_by":"` + c.People["office"].Name + `"`}})
		c.Must(c.issue("office", l.ID))
		c.clean()
		for column, sql := range map[string]string{
			"person":      `UPDATE letter_signatures SET person = '别人' WHERE role = 'signer'`,
			"scan":        `UPDATE letter_signatures SET scan = 'x' WHERE role = 'signer'`,
			"recorded_by": `UPDATE letter_signatures SET recorded_by = '' WHERE role = 'signer'`,
		} {
			before := len(c.findings())
			dbtest.Outside(t, c.DB, sql)
			if len(c.findings()) <= before {
				t.Errorf("a changed %s is not found", column)
			}
		}
	})
}
