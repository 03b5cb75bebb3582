package letter_test

// A letter is checked, countersigned, signed, numbered without a gap, received by each unit, corrected and withdrawn;
// whatever SQL changes of it is found. The city is made in city_test.go, pages are web_test.go's.

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/letter"
	"yipanqi/internal/module"
	"yipanqi/internal/web/webtest"
)

// The life of a letter as §2.1 of the specification tells it.
func TestALetterGoesOut(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		l := c.draft("meeting/1")
		id := l.ID
		c.Must(c.update(func(tx *db.Tx) error {
			l.Countersigners = []string{"HEA"}
			_, err := letter.Save(tx, c.People["office"], id, 1, l)
			return err
		}))
		t.Run("who wrote it does not check it", func(t *testing.T) {
			c.refused(c.check("office", id), errs.Denied, "您写过这份文稿")
			c.refused(c.check("edu", id), errs.Missing, "")
			c.refused(c.checks("colleague", id, "0000"), errs.Conflict, "有变化")
			c.Must(c.check("colleague", id))
			c.refused(c.update(func(tx *db.Tx) error {
				_, err := letter.Save(tx, c.People["office"], id, 0, l)
				return err
			}), errs.Conflict, "不能办“")
		})
		t.Run("nobody signs before every named unit has countersigned", func(t *testing.T) {
			c.refused(c.signs("head", id, letter.Sign), errs.Conflict, "还有1个单位没有会签")
			c.refused(c.signs("eduhead", id, letter.Countersign), errs.Missing, "")
			c.Must(c.signs("heahead", id, letter.Countersign))
			if s := c.get(id).State; s != letter.StateCountersigned {
				t.Errorf("it is %s", s)
			}
		})
		t.Run("the leader signs, the office issues", func(t *testing.T) {
			c.refused(c.issue("office", id), errs.Conflict, "")
			c.Must(c.signs("chief", id, letter.Sign))
			if n := c.get(id).Number; n != "" {
				t.Errorf("before its issue it has the number %s", n)
			}
			c.Must(c.issue("office", id))
			got := c.get(id)
			if got.Number != "示妇儿工委办通知〔2024〕1号" || got.Addressed != 3 || got.ReceiptDue != "2024-03-19" {
				t.Errorf("issued as %s to %d units, due %s", got.Number, got.Addressed, got.ReceiptDue)
			}
		})
		t.Run("each unit receives it, one on paper", func(t *testing.T) {
			c.Must(c.receive("edu", id))
			c.refused(c.receive("edu", id), errs.Denied, "每个单位签收一次")
			c.Must(c.receive("east", id)) // the office of the committee that it is addressed to
			c.refused(c.record("office", id, "HEA", "", "某人"), errs.Invalid, "")
			c.refused(c.record("office", id, "EDU", "d1", "某人"), errs.Conflict, "已经签收过")
			site := newSite(c)
			c.Must(c.record("office", id, "HEA", c.scanned, "某收发员"))
			c.Look(func(tx *db.Tx) error {
				m, units, err := letter.Received(tx, c.People["office"], module.Work{Year: 2024})
				if m != (letter.Reception{Of: 3, Received: 3, InTime: 3, Paper: 1, Median: "0"}) || len(units) != 3 ||
					units["HEA"] != (letter.Reception{Of: 1, Received: 1, InTime: 1, Paper: 1, Median: "0"}) {
					t.Errorf("received as %+v, by unit %+v", m, units)
				}
				return err
			})
			got := c.get(id)
			if got.Received != 3 || got.Lamp("2024-04-30") != flow.Green {
				t.Errorf("received by %d, lamp %s", got.Received, got.Lamp("2024-04-30"))
			}
			// a unit is told that the others have it, not by whom, and nothing of how it came to be
			file := ""
			c.Look(func(tx *db.Tx) error {
				files, err := evidence.Of(tx, got.Object())
				file = "/files/" + files[len(files)-1].ID
				return err
			})
			site.Run(t, webtest.Scenario{As: "edu", Path: file, Status: 404},
				webtest.Scenario{As: "east", Path: file, Status: 404},
				webtest.Scenario{As: "office", Path: file, Contains: []string{string(scan)}},
				webtest.Scenario{As: "edu", Path: "/trail/" + got.Object(),
					NotContains: []string{"回执.pdf", `某east`}},
				webtest.Scenario{As: "edu", Path: "/trail/" + got.Object() + "?format=csv",
					Contains: []string{"某edu"}, NotContains: []string{"回执.pdf", `某east`}},
				webtest.Scenario{As: "office", Path: got.URL(), JSON: true,
					Contains: []string{`"某edu"`, `"某收发员"`, `"letter.draft"`}},
				webtest.Scenario{As: "edu", Path: got.URL(), JSON: true, Contains: []string{`"某edu"`},
					NotContains: []string{`"某east"`, "某收发员", "回执.pdf", `"letter.draft"`, `"letter.edit"`}},
				webtest.Scenario{As: "east", Path: got.URL(), JSON: true, Contains: []string{`"某east"`},
					NotContains: []string{`"某edu"`, "某收发员", "回执.pdf"}})
			c.clean()
		})
		t.Run("a correction is a second version, received anew", func(t *testing.T) {
			c.refused(c.by("office", id, letter.Replace, " "), errs.Invalid, "原因")
			c.Must(c.by("office", id, letter.Replace, "时间改了"))
			if got := c.get(id); !got.Issued() || !got.Correcting() || got.InForce != 1 {
				t.Errorf("while it is corrected: %+v", got)
			}
			l = c.get(id)
			l.Body = "时间改为2024年4月2日。"
			c.Must(c.update(func(tx *db.Tx) error {
				_, err := letter.Save(tx, c.People["office"], id, l.Version, l)
				return err
			}))
			c.Must(c.check("colleague", id))
			c.Must(c.signs("heahead", id, letter.Countersign))
			c.Must(c.by("chief", id, letter.Return, "还要改"))
			newSite(c).Run(t, webtest.Scenario{As: "edu", Path: l.URL(), JSON: true,
				NotContains: []string{"时间改了", "还要改", "4月2日", `"letter.replace"`, `"letter.return"`}},
				webtest.Scenario{As: "edu", Path: l.URL(), NotContains: []string{"时间改了", "还要改"}},
				webtest.Scenario{As: "office", Path: l.URL(), Contains: []string{"时间改了", "还要改"}})
			c.clean()
			c.Must(c.check("colleague", id))
			c.Must(c.signs("heahead", id, letter.Countersign))
			c.Must(c.signs("head", id, letter.Sign))
			c.Must(c.issue("office", id))
			got := c.get(id)
			if got.Number != "示妇儿工委办通知〔2024〕1号" || got.Received != 0 || got.InForce != 2 {
				t.Errorf("corrected: number %s, received %d, edition %d", got.Number, got.Received, got.InForce)
			}
			c.Must(c.receive("edu", id))
			newSite(c).Run(t, webtest.Scenario{As: "edu", Path: l.URL(), JSON: true,
				Contains: []string{"时间改了", `"letter.replace"`}, NotContains: []string{"还要改", `"letter.return"`}})
			c.clean()
		})
		t.Run("another correction is given up", func(t *testing.T) {
			c.Must(c.by("office", id, letter.Replace, "再改"))
			l = c.get(id)
			l.Title, l.Urgency = "关于另一件事的通知", "urgent"
			c.Must(c.update(func(tx *db.Tx) error {
				_, err := letter.Save(tx, c.People["office"], id, l.Version, l)
				return err
			}))
			newSite(c).Run(t, webtest.Scenario{As: "edu", Path: l.URL(), JSON: true,
				NotContains: []string{"再改", "另一件事", `"urgency":"urgent"`}})
			c.refused(c.by("office", id, letter.Withdraw, "不要了"), errs.Conflict, "先放弃更正")
			c.Must(c.by("office", id, letter.Drop, "不改了"))
			got := c.get(id)
			if got.State != letter.StateIssued || got.Edition != 2 || got.Body != l.Body {
				t.Errorf("after the drop: %+v", got)
			}
			c.clean()
		})
		t.Run("withdrawn, it keeps its number, and the next gets the next", func(t *testing.T) {
			c.Must(c.by("office", id, letter.Withdraw, "会议取消"))
			got := c.get(id)
			if got.Issued() || got.Number == "" || got.Lamp("2024-04-30") != flow.Grey {
				t.Errorf("withdrawn: %+v", got)
			}
			second := c.draft("meeting/1")
			c.out(second.ID)
			if n := c.get(second.ID).Number; n != "示妇儿工委办通知〔2024〕2号" {
				t.Errorf("the next is %s", n)
			}
			c.Look(func(tx *db.Tx) error {
				about, err := letter.Of(tx, "meeting/1")
				if len(about) != 2 || about[0].ID != second.ID || !about[0].Issued() || about[1].Issued() {
					t.Errorf("about the meeting: %+v", about)
				}
				return err
			})
			c.clean()
		})
	})
}

func (c *city) record(as, id, unit, digest, person string) error {
	edition := c.get(id).InForce
	return c.update(func(tx *db.Tx) error {
		_, err := letter.Record(tx, c.People[as], id, edition, letter.Paper{Unit: unit, Person: person,
			On: tx.Today(), Scan: evidence.File{Digest: digest, Name: "回执.pdf", MediaType: "application/pdf",
				Size: 9}})
		return err
	})
}

// Two people who issue at the same moment get neither one number nor a gap.
func TestNumbersHaveNoGapWhoeverIssues(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		const many = 8
		var ids []string
		for range many {
			l := c.draft("")
			c.Must(c.check("colleague", l.ID))
			c.Must(c.signs("head", l.ID, letter.Sign))
			ids = append(ids, l.ID)
		}
		var all sync.WaitGroup
		for i, id := range ids {
			all.Go(func() {
				if err := c.issue([]string{"office", "colleague"}[i%2], id); err != nil {
					t.Errorf("not issued: %v", err)
				}
			})
		}
		all.Wait()
		seen := map[string]bool{}
		for _, id := range ids {
			seen[c.get(id).Number] = true
		}
		for i := range many {
			if n := fmt.Sprintf("示妇儿工委办通知〔2024〕%d号", i+1); !seen[n] {
				t.Errorf("%s is missing among %v", n, seen)
			}
		}
		c.clean()
	})
}

// Whatever of an issued letter is changed past the program is found.
func TestChangesOfLettersAreFound(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		l := c.draft("")
		c.out(l.ID)
		c.Must(c.receive("edu", l.ID))
		c.Must(c.record("office", l.ID, "HEA", "d1", "某收发员"))
		c.clean()
		for _, edit := range [][2]string{
			{`UPDATE letters SET seq = 7`, `UPDATE letters SET seq = 1`},
			{`UPDATE letters SET title = '别的'`, `UPDATE letters SET title = '` + l.Title + `'`},
			{`UPDATE letters SET state = 'withdrawn'`, `UPDATE letters SET state = 'issued'`},
			{`UPDATE letters SET received = 3`, `UPDATE letters SET received = 2`},
			{`UPDATE letters SET receipt_due = '2024-12-31'`, `UPDATE letters SET receipt_due = '2024-03-19'`},
			{`UPDATE letters SET mark = '他办'`, `UPDATE letters SET mark = '示妇儿工委办通知'`},
			{`UPDATE letters SET area_path = ''`, ``},
			{`UPDATE letter_versions SET text = replace(text, '请按时参加', '不必参加')`,
				`UPDATE letter_versions SET text = replace(text, '不必参加', '请按时参加')`},
			{`UPDATE letter_versions SET dated_on = '2024-01-01'`,
				`UPDATE letter_versions SET dated_on = '2024-03-15'`},
			{`UPDATE letter_signatures SET person = '别人'`, `UPDATE letter_signatures SET person = '某head'`},
			{`UPDATE letter_signatures SET digest = digest || 'x'`,
				`UPDATE letter_signatures SET digest = substr(digest, 1, 64)`},
			{`UPDATE letter_receipts SET person = '别人' WHERE unit = 'HEA'`,
				`UPDATE letter_receipts SET person = '某收发员' WHERE unit = 'HEA'`},
			{`UPDATE letter_receipts SET channel = 'system', person = '某甲' WHERE unit = 'EAST'`,
				`UPDATE letter_receipts SET channel = '', person = '' WHERE unit = 'EAST'`},
			{`UPDATE letter_receipts SET due_on = '2030-01-01' WHERE unit = 'EAST'`,
				`UPDATE letter_receipts SET due_on = '2024-03-19'`},
			{`UPDATE letter_receipts SET holder = 'EDU' WHERE unit = 'EAST'`,
				`UPDATE letter_receipts SET holder = 'EAST' WHERE unit = 'EAST'`},
			{`DELETE FROM letter_receipts WHERE unit = 'EAST'`, ``},
			{`DELETE FROM letter_signatures`, ``},
			{`UPDATE letter_marks SET mark = '他办'`, ``},
		} {
			before := len(c.findings())
			dbtest.Outside(t, c.DB, edit[0])
			if after := len(c.findings()); after <= before {
				t.Errorf("not found: %s", edit[0])
			}
			if edit[1] != "" {
				dbtest.Outside(t, c.DB, edit[1])
				if after := len(c.findings()); after != before {
					t.Errorf("%s leaves %d findings, want %d", edit[1], after, before)
				}
			}
		}
	})
}

// What a closed unit has not received its successor receives, by the same day; both are told of it as before.
func TestASuccessorReceives(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		l := c.draft("")
		c.out(l.ID)
		owed := func(unit string) (n int) {
			c.Look(func(tx *db.Tx) error {
				all, err := letter.Module(c.Secrets, blob.Store{}, letter.Going{}).Holds[0].List(tx, unit, tx.Today())
				n = len(all)
				return err
			})
			return n
		}
		c.Must(c.receive("edu", l.ID))
		c.Must(c.update(func(tx *db.Tx) error {
			return letter.Hand(tx, c.People["office"], l.Object(), "HEA", "EDU", "adjustment/1")
		}))
		c.refused(c.update(func(tx *db.Tx) error {
			return letter.Hand(tx, c.People["office"], l.Object(), "HEA", "EDU", "adjustment/1")
		}), errs.Conflict, "没有要由这个单位签收的")
		if owed("HEA") != 0 || owed("EDU") != 1 {
			t.Errorf("the old unit owes %d, its successor %d", owed("HEA"), owed("EDU"))
		}
		c.refused(c.receive("hea", l.ID), errs.Denied, "")
		c.Must(c.receive("edu", l.ID))
		if got := c.get(l.ID); got.Received != 2 {
			t.Errorf("received by %d", got.Received)
		}
		c.clean()
	})
}

// A receipt that is missing is reminded of until it is there: the liaison, or the office of the committee addressed.
func TestMissingReceiptsAreReminded(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		l := c.draft("")
		c.out(l.ID)
		remind := letter.Module(c.Secrets, blob.Store{}, letter.Going{}).Reminders[0]
		due := func(until string) (said []string) {
			c.Look(func(tx *db.Tx) error {
				things, next, err := remind.Due(tx, until, "")
				for _, d := range things {
					said = append(said, strings.TrimPrefix(d.Object, "letter/"+l.ID+"/")+"@"+d.Unit+" "+d.DueOn)
				}
				if next != "" {
					t.Errorf("there is more behind %s", next)
				}
				return err
			})
			return said
		}
		if got := strings.Join(due("2024-03-19"), ", "); got !=
			"EAST@EASTO 2024-03-19, EDU@EDU 2024-03-19, HEA@HEA 2024-03-19" || due("2024-03-18") != nil {
			t.Errorf("due are %s", got)
		}
		c.Must(c.receive("edu", l.ID))
		c.Look(func(tx *db.Tx) error {
			objects := []string{l.Object() + "/EDU", l.Object() + "/HEA", l.Object()}
			things, err := remind.Of(tx, objects)
			if len(things) != 2 || things[objects[0]].Step != "" || things[objects[1]].Step != letter.VerbReceive {
				t.Errorf("what waits is %+v", things)
			}
			return err
		})
	})
}
