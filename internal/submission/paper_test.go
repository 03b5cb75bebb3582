package submission_test

// The paper route: printed, signed by two people in ink, scanned, confirmed by somebody else. It counts as signed, is
// called a weaker proof everywhere; whatever is edited of it behind the program's back is found.

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/fact"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

// print freezes what is typed for two signatures in ink.
func (c *city) print(by auth.User, id string) error {
	return c.update(func(tx *db.Tx) error {
		s, err := submission.Get(tx, id)
		if err != nil {
			return err
		}
		v, _, err := submission.Preview(tx, by, s)
		if err != nil {
			return err
		}
		_, err = submission.Print(tx, by, id, v.Digest)
		return err
	})
}

func (c *city) versions(id string) []submission.Version {
	c.t.Helper()
	return view(c, func(tx *db.Tx) ([]submission.Version, error) { return submission.Versions(tx, id) })
}

// layDown uploads a scan with these bytes, as the change says.
func (c *city) layDown(by auth.User, district int, id, body string, change func(*submission.Signing)) error {
	all := c.versions(id)
	in := submission.Signing{First: c.first[district].ID, Second: c.second[district].ID, On: "2019-01-15",
		File: evidence.File{Digest: sign.Digest([]byte(body)), Name: "签字件.pdf", MediaType: "application/pdf",
			Size: int64(len(body))}}
	if change != nil {
		change(&in)
	}
	return c.update(func(tx *db.Tx) error {
		_, err := submission.LayDown(tx, by, id, all[len(all)-1].Digest, in)
		return err
	})
}

func confirm(tx *db.Tx, by auth.User, id string, version int64) error {
	_, err := submission.Confirm(tx, by, id, version)
	return err
}

func refuse(tx *db.Tx, by auth.User, id string, version int64) error {
	_, err := submission.Refuse(tx, by, id, version, "扫描件上没有签字")
	return err
}

// onPaper takes a submission of a district from its draft to accepted, signed in ink.
func (c *city) onPaper(district int, id string, filled map[string]string) {
	c.t.Helper()
	c.must(c.save(c.first[district], id, filled))
	c.must(c.print(c.first[district], id))
	c.must(c.layDown(c.first[district], district, id, id+fmt.Sprint(filled), nil))
	c.must(c.do(c.office, id, confirm))
	c.must(c.do(c.office, id, c.accept))
}

func TestAReportIsSignedOnPaper(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("100", "120", "10", "20")))
		stale := c.update(func(tx *db.Tx) error {
			_, err := submission.Print(tx, c.first[0], s.ID, "digest of something else")
			return err
		})
		if errs.KindOf(stale) != errs.Conflict {
			t.Errorf("what was not read is printed: %v", stale)
		}
		if err := c.print(c.second[0], s.ID); errs.KindOf(err) != errs.Denied {
			t.Errorf("who does not fill in prints: %v", err)
		}
		c.must(c.print(c.first[0], s.ID))
		if got := c.get(s.ID); got.State != submission.Printed || !got.Overdue("2099-01-01") {
			t.Fatalf("printed it is %s, overdue %v", got.State, got.Overdue("2099-01-01"))
		}
		if err := c.save(c.first[0], s.ID, cells("101", "120", "10", "20")); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a printed report is typed in: %v", err)
		}
		for field, change := range map[string]func(*submission.Signing){
			"first":  func(in *submission.Signing) { in.First = c.first[1].ID },
			"second": func(in *submission.Signing) { in.First, in.Second = c.both.ID, c.both.ID },
			"on":     func(in *submission.Signing) { in.On = "2019-01-16" },
			"scan":   func(in *submission.Signing) { in.File = evidence.File{} },
		} {
			err := c.layDown(c.first[0], 0, s.ID, "scan", change)
			if errs.FieldsOf(err)[field].IsZero() {
				t.Errorf("a bad %s is not named: %v", field, err)
			}
		}
		swapped := errs.FieldsOf(c.layDown(c.first[0], 0, s.ID, "scan", func(in *submission.Signing) {
			in.First, in.Second = in.Second, in.First
		}))
		if swapped["first"].IsZero() || swapped["second"].IsZero() {
			t.Errorf("of two who sign in each other's place is said %v", swapped)
		}
		for says, change := range map[string]func(*submission.Signing){
			"不早于定稿打印那天":  func(in *submission.Signing) { in.On = "2019-01-14" },
			"只收PDF、JPEG": func(in *submission.Signing) { in.File.MediaType = "application/vnd.ms-excel" },
		} {
			if err := c.layDown(c.first[0], 0, s.ID, "scan", change); !strings.Contains(said(err), says) {
				t.Errorf("%v, want %q", err, says)
			}
		}
		if err := c.do(c.office, s.ID, confirm); errs.KindOf(err) != errs.Conflict {
			t.Errorf("what was not scanned is confirmed: %v", err)
		}
		c.must(c.layDown(c.first[0], 0, s.ID, "a scan without signatures", nil))
		if err := c.do(c.office, s.ID, c.accept); errs.KindOf(err) != errs.Conflict {
			t.Errorf("what was not confirmed is accepted: %v", err)
		}
		if err := c.do(c.first[0], s.ID, confirm); errs.KindOf(err) != errs.Denied {
			t.Errorf("the unit confirms its own scan: %v", err)
		}
		silent := c.do(c.office, s.ID, func(tx *db.Tx, by auth.User, id string, version int64) error {
			_, err := submission.Refuse(tx, by, id, version, " ")
			return err
		})
		if errs.FieldsOf(silent)["reason"].IsZero() {
			t.Errorf("a scan is refused without a reason: %v", silent)
		}
		c.must(c.do(c.office, s.ID, refuse))
		if got := c.get(s.ID); got.State != submission.Printed || got.ReturnReason != "扫描件上没有签字" {
			t.Errorf("after a refusal it is %s, because %q", got.State, got.ReturnReason)
		}
		if err := c.layDown(c.first[0], 0, s.ID, "a scan without signatures", nil); !strings.Contains(said(err),
			"已经作为扫描件上传过") {
			t.Errorf("the refused scan is taken again: %v", err)
		}
		c.must(c.layDown(c.first[0], 0, s.ID, "a scan with both", nil))
		c.must(c.do(c.office, s.ID, confirm))
		v := c.versions(s.ID)[0]
		if !v.OnPaper() || len(v.Signatures) != 2 || v.Signatures[0].Paper.On != "2019-01-15" ||
			v.Signatures[1].Paper.ConfirmedBy != c.office.Name || len(v.Scans) != 2 {
			t.Errorf("the version is %+v", v)
		}
		c.must(c.do(c.office, s.ID, c.accept))
		c.paperCounts(t)
		c.paperReceipt(t, s.ID)
		if found := c.audit(); len(found) != 0 {
			t.Errorf("an honest database has findings: %s", strings.Join(found, "\n"))
		}

		c.must(c.do(c.first[0], s.ID, amend))
		c.must(c.save(c.first[0], s.ID, cells("101", "120", "10", "20")))
		c.must(c.print(c.first[0], s.ID))
		c.must(c.do(c.first[0], s.ID, recall))
		c.must(c.print(c.first[0], s.ID))
		c.must(c.layDown(c.first[0], 0, s.ID, "the amended one, scanned", nil))
		c.must(c.do(c.first[0], s.ID, recall))
		c.must(c.do(c.first[0], s.ID, drop))
		if got := c.get(s.ID); got.State != submission.Accepted || got.Typed.Cells["1.M"] != "100" {
			t.Errorf("a dropped amendment leaves it %s with %s", got.State, got.Typed.Cells["1.M"])
		}
		c.must(c.do(c.first[0], s.ID, amend))
		c.through(0, s.ID, cells("102", "120", "10", "20"))
		if newest := c.versions(s.ID)[3]; newest.OnPaper() {
			t.Error("an amendment signed with keys is called signed on paper")
		}
		if found := c.audit(); len(found) != 0 {
			t.Errorf("after amendments it has findings: %s", strings.Join(found, "\n"))
		}
	})
}

func recall(tx *db.Tx, by auth.User, id string, version int64) error {
	_, err := submission.Recall(tx, by, id, version, "数有误")
	return err
}

func drop(tx *db.Tx, by auth.User, id string, version int64) error {
	_, err := submission.Drop(tx, by, id, version, "不改了")
	return err
}

// paperCounts: the facts, their sums and what counts them say that they rest on ink.
func (c *city) paperCounts(t *testing.T) {
	amount := view(c, func(tx *db.Tx) (fact.Amount, error) {
		s := c.owed(0, "2018")
		got, err := fact.Read(tx, fact.Query{Areas: []int64{c.root.ID}, Elements: []int64{c.form.Rows[0].Of.ID},
			Periods: []period.Period{s.Period}})
		return got.At(c.root.ID, s.Period, c.form.Rows[0].Of.ID, 1, 0, c.form.Rows[0].CalibreID), err
	})
	if amount.Paper != 1 || amount.Unsigned != 0 {
		t.Errorf("the sum says that %d of it are on paper and %d unsigned, want 1 and 0", amount.Paper, amount.Unsigned)
	}
	items := view(c, func(tx *db.Tx) ([]submission.Item, error) {
		items, _, err := submission.List(tx, c.office, submission.Filter{State: "accepted"})
		return items, err
	})
	if len(items) != 1 || items[0].Signed != "paper" {
		t.Errorf("the list says %+v", items)
	}
	var tally submission.Tally
	tally.Add(c.versions(items[0].ID)[0])
	if tally.Signed != 0 || tally.Paper != 1 || tally.Weakens(progress.Proven) != progress.Paper ||
		!strings.Contains(tally.Words()[0].String(), "纸质签字") {
		t.Errorf("a tally says %+v", tally)
	}
}

// paperReceipt: it is valid and says on what it rests; one that says more is not.
func (c *city) paperReceipt(t *testing.T, id string) {
	receipt := view(c, func(tx *db.Tx) (submission.Receipt, error) {
		s, err := submission.Get(tx, id)
		c.must(err)
		v, err := submission.VersionByID(tx, s.AcceptedID)
		c.must(err)
		return submission.Issue(tx, s, v, c.secrets.Installation)
	})
	text, err := json.Marshal(receipt)
	c.must(err)
	good := submission.VerifyReceipt(text, string(c.issuer))
	if !good.Valid || !good.OnPaper || !strings.Contains(good.String(), "纸质签字，证明力较弱") {
		t.Errorf("the receipt is %s", good)
	}
	bad := strings.Replace(string(text), `"kind":"paper",`, "", 1)
	if got := submission.VerifyReceipt([]byte(bad), string(c.issuer)); got.Intact {
		t.Errorf("a receipt that passes ink off as a key's signature is intact: %s", got)
	}
}

func TestEditsOfPaperSignaturesAreFound(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		a, b := c.open(0, "2018"), c.open(1, "2018")
		c.onPaper(0, a.ID, cells("100", "120", "10", "20"))
		c.must(c.save(c.first[1], b.ID, cells("7", "8", "5", "6")))
		c.must(c.print(c.first[1], b.ID))
		c.must(c.layDown(c.first[1], 1, b.ID, "blank", nil))
		c.must(c.do(c.office, b.ID, refuse))
		if found := c.audit(); len(found) != 0 {
			t.Fatalf("an honest database has findings: %s", strings.Join(found, "\n"))
		}
		waits := c.open(1, "2017")
		c.must(c.save(c.first[1], waits.ID, cells("7", "8", "5", "6")))
		c.must(c.print(c.first[1], waits.ID))
		c.must(c.layDown(c.first[1], 1, waits.ID, "not decided", nil))
		first := `id = '` + a.ID + `.1'`
		for what, sql := range map[string]string{
			"the scan replaced": `UPDATE paper_scans SET digest = 'other' WHERE ` + first,
			"another file": `UPDATE paper_scans SET file = (SELECT max(id) FROM evidence WHERE id <> file)
				WHERE ` + first,
			"what its file is":          `UPDATE evidence SET digest = 'other' WHERE object = 'paper/` + a.ID + `.1'`,
			"what its file lies on":     `UPDATE evidence SET object = 'paper/1' WHERE object = 'paper/` + a.ID + `.1'`,
			"a name":                    `UPDATE paper_scans SET first_name = '别人' WHERE ` + first,
			"a post":                    `UPDATE paper_scans SET second_post = '局长' WHERE ` + first,
			"the day":                   `UPDATE paper_scans SET signed_on = '2019-01-14' WHERE ` + first,
			"who laid it down":          `UPDATE paper_scans SET recorded_by = '别人' WHERE ` + first,
			"the confirmation removed":  `UPDATE paper_scans SET verdict = '' WHERE ` + first,
			"who confirmed":             `UPDATE paper_scans SET decided_by = '别人' WHERE ` + first,
			"a refusal turned":          `UPDATE paper_scans SET verdict = 'confirmed' WHERE id = '` + b.ID + `.1'`,
			"why it was refused":        `UPDATE paper_scans SET reason = '' WHERE id = '` + b.ID + `.1'`,
			"a refused scan removed":    `DELETE FROM paper_scans WHERE id = '` + b.ID + `.1'`,
			"a decision before any":     `UPDATE paper_scans SET decided_by = '别人' WHERE id = '` + waits.ID + `.1'`,
			"paper passed off as a key": `UPDATE signatures SET kind = 'key' WHERE role = 'first'`,
			"a signer in ink":           `UPDATE signatures SET person = '别人' WHERE role = 'second'`,
			"a signature removed":       `DELETE FROM signatures WHERE role = 'second'`,
			"a fact made signed":        `UPDATE facts SET grade = 0`,
		} {
			undone := fmt.Errorf("undo")
			err := c.Update(context.Background(), func(tx *db.Tx) error {
				c.must(exec(sql)(tx))
				found, err := submission.Verify(tx, c.issuer)
				c.must(err)
				if len(found) == 0 {
					t.Errorf("%s: not found", what)
				}
				s, err := submission.Get(tx, a.ID)
				c.must(err)
				vouched, err := submission.Vouch(tx, s, c.issuer)
				c.must(err)
				if _, ok := vouched.Holds(); ok && !strings.Contains(sql, b.ID) && !strings.Contains(sql, waits.ID) {
					t.Errorf("%s: the proof of a figure does not say so", what)
				}
				return undone
			})
			if err != undone {
				t.Fatal(err)
			}
		}
	})
}

// What pages and files say, and what they refuse, from the sheet that is printed to the receipt.
func TestThePaperRouteInTheBrowser(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		report := c.open(0, "2018")
		c.must(c.save(c.first[0], report.ID, cells("100", "120", "10", "20")))
		at := report.URL()
		page := s.Check(t, webtest.Scenario{As: "first", Path: at + "/prepare",
			Contains: []string{"走纸质签字", "定稿打印"}})
		digest := between(page.Body.String(), `name="digest" value="`, `"`)
		form := func(change ...string) url.Values {
			f := url.Values{"digest": {digest}, "first": {c.first[0].ID}, "second": {c.second[0].ID},
				"on": {"2019-01-15"}}
			for i := 0; i+1 < len(change); i += 2 {
				f.Set(change[i], change[i+1])
			}
			return f
		}
		pdf := []byte("%PDF-1.7 signed")
		upload := webtest.Scenario{As: "first", Path: at + "/scan", Form: form(), File: pdf, FileField: "scan",
			FileName: "签字件.pdf", Status: 303, Location: at}
		bad := func(says string, change ...string) webtest.Scenario {
			sc := upload
			sc.Form, sc.Status, sc.Location, sc.Contains = form(change...), 422, "", []string{says}
			return sc
		}
		text := bad("只收PDF、JPEG、PNG")
		text.File, text.FileName = []byte("no scan"), "签字件.txt"
		s.Run(t,
			webtest.Scenario{As: "first", Path: at + "/paper", Status: 404},
			webtest.Scenario{As: "first", Path: at + "/print", Form: url.Values{"digest": {"other"}}, Status: 409,
				Contains: []string{"没有定稿"}},
			webtest.Scenario{As: "second", Path: at + "/print", Form: url.Values{"digest": {digest}}, Status: 403},
			webtest.Scenario{As: "first", Path: at + "/print", Form: url.Values{"digest": {digest}}, Status: 303,
				Location: at + "/paper"},
			webtest.Scenario{As: "first", Path: at + "/paper", Contains: []string{digest, "<svg", "填报单位（盖章）",
				"填表人", "证明力弱于密钥签名"}},
			webtest.Scenario{As: "other", Path: at + "/paper", Status: 404},
			webtest.Scenario{As: "first", Path: at, Contains: []string{"待纸质签字", "上传签字扫描件", c.first[0].Name,
				c.second[0].Name}},
			bad("请选纸面上的签字人", "second", c.first[1].ID), bad("不晚于今天", "on", "2019-02-01"), text,
			webtest.Scenario{As: "office", Path: at + "/scan", Form: form(), File: pdf, FileField: "scan",
				FileName: "签字件.pdf", Status: 403}, upload,
			webtest.Scenario{As: "first", Path: at, Contains: []string{"待确认纸质签字", "看扫描件"},
				NotContains: []string{"确认签字齐全", "签名有效"}})
		file := between(s.Check(t, webtest.Scenario{As: "office", Path: at, Contains: []string{"确认签字齐全",
			"不能确认的原因", digest}}).Body.String(), `href="/files/`, `"`)
		step := func() url.Values { return url.Values{"version": {fmt.Sprint(c.get(report.ID).Version)}} }
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/files/" + file, Contains: []string{"%PDF-1.7 signed"}},
			webtest.Scenario{As: "other", Path: "/files/" + file, Status: 404},
			webtest.Scenario{As: "first", Path: "/trail/paper/" + report.ID + ".1/files/" + file + "/withdraw",
				Form: url.Values{"reason": {"换一份"}}, Status: 409},
			webtest.Scenario{As: "office", Path: at + "/refuse", Form: step(), Status: 422,
				Contains: []string{"请写明不予确认的原因"}},
			webtest.Scenario{As: "first", Path: at + "/confirm", Form: step(), Status: 403},
			webtest.Scenario{As: "office", Path: at + "/confirm", Form: step(), Status: 303, Location: at},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"已签字，待审核", "第1版 · 纸质签字",
				"没有密钥签名，证明力较弱", c.first[0].Name + "上传扫描件"}, NotContains: []string{"签名有效"}})
		s.Run(t,
			webtest.Scenario{As: "office", Path: at + "/accept", Form: step(), Status: 303, Location: at},
			webtest.Scenario{As: "office", Path: "/submissions", Contains: []string{`chip-paper`, "纸质签字"}},
			webtest.Scenario{As: "office", Path: "/submissions?format=csv", Contains: []string{",纸质签字,"}},
			webtest.Scenario{As: "office", Path: "/submissions", JSON: true, Contains: []string{`"signed":"paper"`}},
			webtest.Scenario{As: "first", Path: at + "/receipt", Contains: []string{"纸质签字", "证明力较弱"},
				NotContains: []string{"签名有效"}},
			webtest.Scenario{As: "first", Path: at + "/receipt", JSON: true, Contains: []string{`"kind":"paper"`,
				`"confirmed_by":"` + c.office.Name + `"`}},
			webtest.Scenario{As: "first", Path: at + "/paper", Status: 404})
	})
}

// Who confirms is told from who laid the scan down by who they are: two people may have one name.
func TestTwoPeopleOfOneNameConfirmAScan(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var namesake auth.User
		c.must(c.update(func(tx *db.Tx) error {
			namesake = c.hire(tx, c.first[0].Name, "office", auth.Office)
			return nil
		}))
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("1", "1", "1", "1")))
		c.must(c.print(c.first[0], s.ID))
		c.must(c.layDown(c.first[0], 0, s.ID, "scan", nil))
		c.must(c.do(namesake, s.ID, confirm))
		c.must(c.do(c.office, s.ID, c.accept))
		for _, g := range c.versions(s.ID)[0].Signatures {
			if p := g.Paper; p.RecordedID != c.first[0].ID || p.ConfirmedID != namesake.ID {
				t.Errorf("of the scan speak %+v", p)
			}
		}
		c.clean()
	})
}
