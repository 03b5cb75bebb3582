package submission_test

// A form that names three places: it counts only when three people have signed, each in their own place, with keys or
// in ink. What two can do is the other tests'.

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/delegation"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

// three has the form signed by a liaison, who fills it in, the statistician and the leader.
func (c *city) three() (liaison auth.User) {
	c.t.Helper()
	c.must(c.update(func(tx *db.Tx) (err error) {
		if _, err = network.PutLabel(tx, network.Label{Kind: "role", Code: auth.Liaison, Name: "联络员"}); err != nil {
			return err
		}
		liaison = c.hire(tx, "东山区丙", c.units[0].Code, auth.Liaison)
		f := c.form
		f.Signers = form.Signers{First: auth.Liaison, FirstLabel: "填表人", Second: auth.Statistician,
			Third: auth.Leader}
		if _, _, err = form.Put(tx, f); err == nil {
			c.form, err = form.ByCode(tx, f.Code)
		}
		return err
	}))
	return liaison
}

func TestAFormIsSignedByThree(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		liaison := c.three()
		s := c.open(0, "2018")
		filled := cells("100", "120", "10", "20")
		stands := func(state submission.State) {
			t.Helper()
			if got := c.get(s.ID).State; got != state {
				t.Fatalf("it is %s, want %s", got, state)
			}
			if found := c.audit(); len(found) != 0 {
				t.Fatalf("%s: an honest database has findings: %s", state, strings.Join(found, "\n"))
			}
		}
		refused := func(what string, kind errs.Kind, err error) {
			t.Helper()
			if errs.KindOf(err) != kind {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused("who does not sign first fills in", errs.Denied, c.save(c.first[0], s.ID, filled))
		c.must(c.save(liaison, s.ID, filled))
		refused("who signs second prepares", errs.Denied, c.prepare(c.first[0], s.ID))
		c.must(c.prepare(liaison, s.ID))
		stands(submission.Prepared)
		refused("the third signs before the second", errs.Denied, c.sign(c.second[0], s.ID))
		c.must(c.sign(c.both, s.ID)) // who holds two of the posts
		stands(submission.Seconded)
		if got := c.get(s.ID); !got.Overdue("2099-01-01") {
			t.Error("a report that two of three have signed is not owed any more")
		}
		refused("one person signs in two places", errs.Denied, c.sign(c.both, s.ID))
		refused("who signed second signs third", errs.Denied, c.sign(c.first[0], s.ID))
		refused("two signatures of three are accepted", errs.Conflict, c.do(c.office, s.ID, c.accept))
		c.must(c.do(c.second[0], s.ID, giveBack))
		stands(submission.Returned)
		c.must(c.prepare(liaison, s.ID))
		c.must(c.sign(c.first[0], s.ID))
		c.must(c.do(liaison, s.ID, func(tx *db.Tx, by auth.User, id string, version int64) error {
			_, err := submission.Recall(tx, by, id, version, "少填一格")
			return err
		}))
		c.must(c.prepare(liaison, s.ID))
		c.must(c.sign(c.first[0], s.ID))
		site := newSite(c)
		site.Run(t,
			webtest.Scenario{As: "second", Path: s.URL(), Contains: []string{"待第三人签字", "填表人签字", "三人签字",
				"第三签字人", s.URL() + "/sign"}},
			webtest.Scenario{As: "first", Path: s.URL(), Contains: []string{"下一个签字须由另一个人办理"},
				NotContains: []string{s.URL() + "/sign"}},
			webtest.Scenario{As: "second", Path: "/submissions/signing", Contains: []string{"已核对，签这份"}},
			webtest.Scenario{As: "first", Path: s.URL() + "/receipt", Status: 404})
		c.must(c.sign(c.second[0], s.ID))
		stands(submission.Signed)
		c.must(c.do(c.office, s.ID, c.accept))
		stands(submission.Accepted)
		c.provenByThree(s.ID)
		site.Run(t, webtest.Scenario{As: "first", Path: s.URL() + "/receipt",
			Contains:    []string{"填表人", c.second[0].Name, "三个签名出自不同的三个人"},
			NotContains: []string{"第一签字人"}})

		c.must(c.update(exec(`DELETE FROM signatures WHERE role = 'third'`)))
		if found := strings.Join(c.audit(), "\n"); !strings.Contains(found, "三人都已签字") {
			t.Errorf("a third signature that was taken away is not missed: %s", found)
		}
		if vouched := view(c, func(tx *db.Tx) (submission.Vouched, error) {
			return submission.Vouch(tx, c.get(s.ID), c.issuer)
		}); func() bool { _, ok := vouched.Holds(); return ok }() {
			t.Error("a figure is proven by two signatures of three")
		}
	})
}

// provenByThree holds the accepted version, its receipt and the figure that rests on it against three signatures.
func (c *city) provenByThree(id string) {
	c.t.Helper()
	s := c.get(id)
	receipt := view(c, func(tx *db.Tx) (r submission.Receipt, err error) {
		v, err := submission.VersionByID(tx, s.AcceptedID)
		if err != nil {
			return r, err
		}
		return submission.Issue(tx, s, v, c.secrets.Installation)
	})
	data, err := json.Marshal(receipt)
	c.must(err)
	if result := submission.VerifyReceipt(data, string(c.issuer)); !result.Valid || len(result.Signatures) != 3 {
		c.t.Errorf("the receipt of three is not valid:\n%s", result)
	}
	receipt.Signatures = receipt.Signatures[:2]
	data, err = json.Marshal(receipt)
	c.must(err)
	if result := submission.VerifyReceipt(data, string(c.issuer)); result.Valid ||
		!strings.Contains(result.String(), "✗ 三人都已签字") {
		c.t.Errorf("a receipt without the third signature passes:\n%s", result)
	}
}

// Who fills in lends that place, for its reports and nothing else; what is signed says for whom.
func TestAColleagueSignsForWhoFillsIn(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		liaison := c.three()
		s := c.open(0, "2018")
		var colleague auth.User
		c.must(c.update(func(tx *db.Tx) (err error) {
			colleague = c.hire(tx, "周同事", c.units[0].Code, auth.CommitteeChief)
			for login, who := range map[string]auth.User{"liaison": liaison, "colleague": colleague} {
				c.must(account.Create(tx, c.office, who.ID, login, "-"))
			}
			_, err = delegation.Give(tx, liaison, delegation.Delegation{Unit: c.units[0].Code, Role: auth.Liaison,
				ToID: colleague.ID, OpensOn: tx.Today(), ClosesOn: tx.Today(), Reason: "休假"})
			c.must(err)
			colleague, err = account.UserOf(tx, colleague.ID)
			return err
		}))
		c.must(c.save(colleague, s.ID, cells("100", "120", "10", "20")))
		c.must(c.prepare(colleague, s.ID))
		if err := c.sign(colleague, s.ID); errs.KindOf(err) != errs.Denied {
			t.Errorf("who acts for the filler signs second as well: %v", err)
		}
		if g := c.versions(s.ID)[0].Signatures[0]; !strings.Contains(g.Post, "（受"+liaison.Name+"委托）") {
			t.Errorf("under the signature stands %q", g.Post)
		}
		if found := c.audit(); len(found) != 0 {
			t.Errorf("an honest database has findings: %s", strings.Join(found, "\n"))
		}
	})
}

func TestThreeSignOnPaper(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		liaison := c.three()
		s := c.open(0, "2018")
		c.must(c.save(liaison, s.ID, cells("100", "120", "10", "20")))
		c.must(c.print(liaison, s.ID))
		shows := func(third string) func(*submission.Signing) {
			return func(in *submission.Signing) {
				in.First, in.Second, in.Third = liaison.ID, c.both.ID, third
			}
		}
		for third, says := range map[string]string{"": "请选纸面上的签字人", c.both.ID: "每一处须由不同的人签字"} {
			if words := errs.FieldsOf(c.layDown(liaison, 0, s.ID, "scan", shows(third)))["third"]; !strings.Contains(
				fmt.Sprint(words), says) {
				t.Errorf("of a paper whose third place is %q is said %v, want %s", third, words, says)
			}
		}
		c.must(c.layDown(liaison, 0, s.ID, "scan", shows(c.second[0].ID)))
		site := newSite(c)
		site.Run(t, webtest.Scenario{As: "office", Path: s.URL(), Contains: []string{"确认签字齐全", c.second[0].Name}})
		c.must(c.do(c.office, s.ID, confirm))
		c.must(c.do(c.office, s.ID, c.accept))
		v := c.versions(s.ID)[0]
		if !v.Signed() || !v.OnPaper() || len(v.Signatures) != 3 {
			t.Errorf("on paper signed: %v", v.Signatures)
		}
		if found := c.audit(); len(found) != 0 {
			t.Errorf("an honest database has findings: %s", strings.Join(found, "\n"))
		}
		c.must(c.update(exec(`UPDATE paper_scans SET third_name = '某人'`)))
		if found := strings.Join(c.audit(), "\n"); !strings.Contains(found, "third") {
			t.Errorf("another third name on the paper is not found: %s", found)
		}
	})
}
