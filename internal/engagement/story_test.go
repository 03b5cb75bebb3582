package engagement_test

// A third party from its contract over a survey of 612 valid answers to the day after, on which nothing answers; what
// is refused at each step; every edit of the rows is found. The city is made in city_test.go.

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/journal"
	"yipanqi/internal/opinion"
	"yipanqi/internal/sign"
	"yipanqi/internal/web/webtest"
)

func contract() engagement.ThirdParty {
	return engagement.ThirdParty{Name: "评估中心（模拟）", OpensOn: "2023-06-01", ClosesOn: "2023-08-31",
		Scope: "两个规划的实施情况（模拟）", Methods: []string{"survey"},
		Deliverables: []engagement.Deliverable{{Title: "评估报告（模拟）", Due: "2023-08-25"},
			{Title: "问卷报告（模拟）", Due: "2023-08-11"}}}
}

func hired(third string) engagement.Registered {
	return engagement.Registered{Engagement: engagement.Engagement{Person: "项目负责人", Role: engagement.ByContract,
		Third: third, OpensOn: "2023-06-01", ClosesOn: "2023-08-31", Areas: []string{"990101"},
		Interests: []engagement.Interest{{Kind: engagement.None}}}}
}

func (c *city) contract(t engagement.ThirdParty) (engagement.ThirdParty, error) {
	return as(c, "office", func(tx *db.Tx, by auth.User) (engagement.ThirdParty, error) {
		return engagement.Contract(tx, by, t, c.house)
	})
}

func (c *city) invite(name string, in engagement.Registered) (engagement.Engagement, error) {
	return as(c, name, func(tx *db.Tx, by auth.User) (engagement.Engagement, error) {
		return engagement.Invite(tx, by, in, c.house)
	})
}

func (c *city) start(id string) (engagement.Engagement, error) {
	return as(c, "office", func(tx *db.Tx, by auth.User) (engagement.Engagement, error) {
		e, err := engagement.Get(tx, id)
		if err != nil {
			return e, err
		}
		return engagement.Start(tx, by, id, e.Version, c.house)
	})
}

func TestBadInput(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		third, err := c.contract(contract())
		c.must(err)
		for what, one := range map[string]struct {
			field  string
			change func(*engagement.Registered)
		}{
			"no name":             {"name", func(e *engagement.Registered) { e.Person = " " }},
			"no role":             {"role", func(e *engagement.Registered) { e.Role = "friend" }},
			"closes before opens": {"closes_on", func(e *engagement.Registered) { e.ClosesOn = "2023-05-31" }},
			"no day":              {"opens_on", func(e *engagement.Registered) { e.OpensOn = "soon" }},
			"is over already": {"closes_on", func(e *engagement.Registered) {
				e.OpensOn,
					e.ClosesOn = "2023-05-01", "2023-05-21"
			}},
			"longer than contract": {"closes_on", func(e *engagement.Registered) { e.ClosesOn = "2023-09-01" }},
			"no third party":       {"third_party", func(e *engagement.Registered) { e.Third = "" }},
			"an expert of a third": {"third_party", func(e *engagement.Registered) { e.Role = engagement.Expert }},
			"an area there is not": {"areas", func(e *engagement.Registered) { e.Areas = []string{"1"} }},
			"figures without areas": {"areas", func(e *engagement.Registered) {
				e.Areas, e.Indicators = nil,
					[]string{"X"}
			}},
			"an unknown indicator": {"indicators", func(e *engagement.Registered) { e.Indicators = []string{"X"} }},
			"a case store": {"documents",
				func(e *engagement.Registered) { e.Documents = []string{"record/1"} }},
			"a text there is not":  {"documents", func(e *engagement.Registered) { e.Documents = []string{"text/1"} }},
			"a tie without a unit": {"interests", func(e *engagement.Registered) { e.Interests[0].Kind = "family" }},
			"a tie in the scope": {"interests", func(e *engagement.Registered) {
				e.Interests[0] = engagement.Interest{Unit: "EO", Kind: "worked_for_3y"}
			}},
			"a tie by the full name": {"interests", func(e *engagement.Registered) {
				e.Interests[0] = engagement.Interest{Unit: "东岭区妇儿工委办(筹)", Kind: "family"}
			}},
			"a tie by the short name": {"interests", func(e *engagement.Registered) {
				e.Interests[0] = engagement.Interest{Unit: " 东岭区办", Kind: "family"}
			}},
			"tied to the office": {"interests",
				func(e *engagement.Registered) { e.Interests[0] = engagement.Interest{Unit: "CO", Kind: "contract"} }},
			"somebody of the house": {"another", func(e *engagement.Registered) { e.Person = "hea" }},
		} {
			in := hired(third.ID)
			one.change(&in)
			_, err := c.invite("office", in)
			c.refused(errs.Invalid, one.field, err, what)
		}
		in := hired(third.ID)
		in.Interests = []engagement.Interest{{Unit: "市卫生局", Kind: "family"}, {Unit: "外地大学", Kind: "works_for"}}
		in.Person = "有别的关系"
		e, err := c.invite("office", in)
		c.must(err)
		if e.Interests[0].Unit != "HEA" || !e.Tied("HEA") || e.Interests[1].Unit != "外地大学" {
			t.Errorf("ties by name are kept as %v", e.Interests)
		}
		c.site().Run(t, webtest.Scenario{As: "office", Path: e.URL(), Contains: []string{"示范市卫生局 · ",
			"外地大学（网络外的单位）"}})
		in = hired(third.ID)
		in.Person, in.Same = "hea", c.ids["hea"]
		_, err = c.invite("office", in)
		c.refused(errs.Conflict, "", err, "who works here is engaged from outside")
		if text := err.Error(); !strings.Contains(text, "现任示范市卫生局") || strings.Contains(text, "三员") {
			t.Errorf("who works here is refused with %q", text)
		}
		c.house.Adds = func(*db.Tx, auth.User, string) error { return errs.Deniedf("别人的") }
		in.About, in.Person, in.Same = "round/1", "外来的人", ""
		_, err = c.invite("office", in)
		c.refused(errs.Denied, "", err, "somebody is engaged for what another office keeps")
		other := contract()
		other.About = "round/1"
		_, err = c.contract(other)
		c.refused(errs.Denied, "", err, "a contract about what another office keeps")
		c.house.Adds = sees
		_, err = c.invite("hea", hired(third.ID))
		c.refused(errs.Denied, "", err, "a member unit engages")
		_, err = c.invite("east", hired(third.ID))
		c.refused(errs.Invalid, "third_party", err, "a district engages for another's contract")
		for what, one := range map[string]struct {
			field  string
			change func(*engagement.ThirdParty)
		}{
			"a member unit":        {"unit", func(t *engagement.ThirdParty) { t.Unit = "HEA" }},
			"the office itself":    {"unit", func(t *engagement.ThirdParty) { t.Unit = "CO" }},
			"a member by its name": {"name", func(t *engagement.ThirdParty) { t.Name = "市卫生局" }},
			"closes before opens":  {"closes_on", func(t *engagement.ThirdParty) { t.ClosesOn = "2023-05-01" }},
			"no scope":             {"scope", func(t *engagement.ThirdParty) { t.Scope = "" }},
			"no method":            {"methods", func(t *engagement.ThirdParty) { t.Methods = nil }},
			"an unknown method":    {"methods", func(t *engagement.ThirdParty) { t.Methods = []string{"magic"} }},
			"nothing to deliver":   {"deliverables", func(t *engagement.ThirdParty) { t.Deliverables = nil }},
			"due after its end": {"deliverables",
				func(t *engagement.ThirdParty) { t.Deliverables[0].Due = "2023-09-01" }},
			"a year that nobody means": {"opens_on", func(t *engagement.ThirdParty) { t.OpensOn = "0023-06-01" }},
			"due before it begins": {"deliverables",
				func(t *engagement.ThirdParty) { t.Deliverables[0].Due = "2023-05-01" }},
		} {
			t := contract()
			one.change(&t)
			_, err := c.contract(t)
			c.refused(errs.Invalid, one.field, err, what)
		}
	})
}

func TestAThirdPartyUntilTheDayAfter(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		third, err := c.contract(contract())
		c.must(err)
		e, err := c.invite("office", hired(third.ID))
		c.must(err)
		c.ids["hired"] = e.PersonID
		may(c, "office", func(tx *db.Tx, by auth.User) (bool, error) {
			return true, account.Create(tx, by, e.PersonID, "hired", "-")
		})
		_, err = c.start(e.ID)
		c.refused(errs.Conflict, "", err, "begun without an undertaking")
		c.attach(e.Object(), "undertaking")
		_, err = c.start(e.ID)
		c.refused(errs.Conflict, "", err, "begun without contract and statement of independence")
		c.attach(third.Object(), "contract")
		c.attach(third.Object(), "independence")
		paper := c.attach(e.Object(), "room")
		e, err = c.start(e.ID)
		c.must(err)

		open := func() int {
			return len(may(c, "hired", func(tx *db.Tx, by auth.User) ([]engagement.Engagement, error) {
				return engagement.Open(tx, by)
			}))
		}
		room, take := "/room/"+e.ID, "/room/"+e.ID+"/files/"+paper.ID
		nothing := func(when string) {
			t.Helper()
			if open() != 0 {
				t.Errorf("%s: the engagement is open", when)
			}
			s := c.site()
			for _, path := range []string{"/room", room, "/engagements", e.URL(), third.URL(), "/third-parties"} {
				if w := s.Ask(t, webtest.Scenario{As: "hired", Path: path, JSON: true}); w.Code < 401 || w.Code > 404 {
					t.Errorf("%s: %s answers %d", when, path, w.Code)
				}
			}
			if w := s.Ask(t, webtest.Scenario{As: "hired", Path: take, Form: url.Values{}}); w.Code != 403 &&
				w.Code != 401 {
				t.Errorf("%s: a file is handed out: %d", when, w.Code)
			}
		}
		c.on("2023-05-31")
		nothing("the day before")
		c.on("2023-07-20")
		s := c.site()
		s.Run(t, webtest.Scenario{As: "hired", Path: "/room", Contains: []string{"room.pdf", "还有43天",
			"供项目负责人"}},
			webtest.Scenario{As: "hired", Path: "/engagements", Status: 403},
			webtest.Scenario{As: "hired", Path: third.URL(), Status: 403},
			webtest.Scenario{As: "hea", Path: room, Status: 403},
			webtest.Scenario{As: "hired", Path: take, Form: url.Values{}},
			webtest.Scenario{As: "hired", Path: room + "/notes", Form: url.Values{"text": {"只给自己看的话"}},
				Status: 303},
			webtest.Scenario{As: "hired", Path: room, Contains: []string{"只给自己看的话"}},
			webtest.Scenario{As: "office", Path: e.URL(), NotContains: []string{"只给自己看的话"}},
			webtest.Scenario{As: "hired", Path: room + "/export", Form: url.Values{}})
		if n := may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
			all, err := journal.OfVerb(tx, engagement.VerbDownload)
			return len(all), err
		}); n != 1 {
			t.Errorf("%d downloads are journaled, want 1", n)
		}
		c.survey(t, third.ID)
		c.deliver(t, third.ID)
		c.on("2023-08-31")
		if open() != 1 {
			t.Error("nothing is shown on the last day")
		}
		c.on("2023-09-01")
		nothing("the day after")
		if n := may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) { return engagement.Lapse(tx) }); n != 1 {
			t.Errorf("%d engagements lapse, want 1", n)
		}
		nothing("after the morning of the day after")
		if a := may(c, "office", func(tx *db.Tx, _ auth.User) (account.Account, error) {
			return account.Of(tx, e.PersonID)
		}); a.Enabled {
			t.Error("the account is still open")
		}
		c.tampered(t)
	})
}

// survey: 612 of 680 are valid; more than were sent cannot be.
func (c *city) survey(t *testing.T, id string) {
	t.Helper()
	add := func(valid int, from string, results string) error {
		_, err := as(c, "hired", func(tx *db.Tx, by auth.User) (engagement.ThirdParty, error) {
			now, _, err := engagement.ReadThird(tx, by, id)
			if err != nil {
				return now, err
			}
			return engagement.AddSurvey(tx, by, id, now.Version, engagement.Survey{Who: "家长（模拟）", Mode: "online",
				Sent: 680, Valid: valid, From: from, Until: "2023-07-18"},
				evidence.File{Digest: c.put("问卷"), Name: "问卷.pdf"}, evidence.File{Digest: results,
					Name: "结果.pdf"})
		})
		return err
	}
	c.refused(errs.Invalid, "valid", add(681, "2023-07-03", c.put("结果")), "more valid answers than were sent")
	c.refused(errs.Invalid, "until", add(612, "2023-05-03", c.put("结果")), "a survey before the contract")
	c.refused(errs.Invalid, "results", add(612, "2023-07-03", ""), "a survey without results")
	c.must(add(612, "2023-07-03", c.put("结果")))
}

// deliver: the third party delivers, the office accepts; nobody accepts what they delivered.
func (c *city) deliver(t *testing.T, id string) {
	t.Helper()
	deliver := func(as1 string, number int) error {
		_, err := as(c, as1, func(tx *db.Tx, by auth.User) (engagement.ThirdParty, error) {
			now, err := engagement.GetThird(tx, id)
			if err != nil {
				return now, err
			}
			return engagement.Deliver(tx, by, id, now.Version, number, evidence.File{Digest: c.put(as1),
				Name: as1 + ".pdf"})
		})
		return err
	}
	accept := func(as1 string, number int) error {
		_, err := as(c, as1, func(tx *db.Tx, by auth.User) (engagement.ThirdParty, error) {
			now, err := engagement.GetThird(tx, id)
			if err != nil {
				return now, err
			}
			return engagement.Accept(tx, by, id, now.Version, number)
		})
		return err
	}
	c.refused(errs.Conflict, "", accept("office", 1), "accepted before it is there")
	c.refused(errs.Missing, "", deliver("hired", 3), "something that is not owed")
	c.must(deliver("hired", 1))
	c.refused(errs.Denied, "", accept("hired", 1), "the third party accepts its own work")
	c.must(accept("office", 1))
	c.refused(errs.Conflict, "", deliver("hired", 1), "what was accepted is replaced")
	c.must(deliver("office", 2)) // on behalf
	c.refused(errs.Denied, "", accept("office", 2), "who delivered on behalf accepts")
	c.must(accept("second", 2))
}

// tampered: every column decides something.
func (c *city) tampered(t *testing.T) {
	t.Helper()
	findings := func(text string) (n int) {
		err := c.Update(context.Background(), func(tx *db.Tx) error {
			if text != "" {
				if err := tx.Exec(text); err != nil {
					return err
				}
			}
			all, err := engagement.Verify(tx, sign.PublicKey(""))
			n = len(all)
			return errs.Conflictf("back to before%s", errText(err))
		})
		if !strings.Contains(err.Error(), "back to before") {
			t.Fatal(err)
		}
		return n
	}
	if n := findings(""); n != 0 {
		t.Errorf("honest rows have %d findings", n)
	}
	for _, edit := range []string{"engagements SET closes_on = '2033-01-01'", "engagements SET areas = '[]'",
		"engagements SET state = 'active'", "engagements SET documents = '[\"text/1\"]'",
		"engagements SET interests = '[]'", "engagements SET person_id = 'x'", "engagement_notes SET text = 'x'",
		"third_parties SET surveys = '[]'", "third_parties SET closes_on = '2033-01-01'"} {
		if findings("UPDATE "+edit) == 0 {
			t.Errorf("nobody finds %s", edit)
		}
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// An engagement that is ended early shows nothing from that moment on; so does one whose contract is ended.
func TestEndedEarly(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		text := may(c, "office", func(tx *db.Tx, by auth.User) (opinion.Text, error) {
			return opinion.LayOpen(tx, by, opinion.Text{Title: "文本", DueOn: "2023-06-30", Readers: []string{"HEA"}},
				"一句话")
		})
		third, err := c.contract(contract())
		c.must(err)
		c.attach(third.Object(), "contract")
		c.attach(third.Object(), "independence")
		in := hired(third.ID)
		in.Documents = []string{text.Object()}
		e, err := c.invite("office", in)
		c.must(err)
		c.ids["hired"] = e.PersonID
		c.attach(e.Object(), "undertaking")
		_, err = c.start(e.ID)
		c.must(err)
		c.on("2023-06-05")
		read := func() error {
			_, err := as(c, "hired", func(tx *db.Tx, by auth.User) (opinion.Text, error) {
				return opinion.Read(tx, by, text.ID)
			})
			return err
		}
		c.must(read())
		finish := func(why string) error {
			_, err := as(c, "office", func(tx *db.Tx, by auth.User) (engagement.ThirdParty, error) {
				return engagement.Finish(tx, by, third.ID, third.Version, why)
			})
			return err
		}
		c.refused(errs.Invalid, "reason", finish(" "), "a contract ended without a reason")
		c.must(finish("合同解除（模拟）"))
		c.refused(errs.Missing, "", read(), "the text after the contract ended")
	})
}
