package panel_test

// Three experts review one text, each alone until all have finished; the head concludes with a quorum; what nobody
// replied to stops a letter; dissent is printed. The city is made in city_test.go.

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/opinion"
	"yipanqi/internal/panel"
	"yipanqi/internal/sign"
	"yipanqi/internal/web/webtest"
)

func TestWhoMayNotSit(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		for what, one := range map[string]struct {
			field  string
			change func(*panel.Panel)
		}{
			"two experts":           {"members", func(p *panel.Panel) { p.Members = p.Members[:2] }},
			"a head from elsewhere": {"head", func(p *panel.Panel) { p.Head = c.seats["丁"] }},
			"one works for the unit": {"members", func(p *panel.Panel) {
				p.Author, p.Members[2] = "STA",
					c.seats["丁"]
			}},
			"of another round": {"members", func(p *panel.Panel) { p.About = "round/2" }},
			"an engagement too short": {"members", func(p *panel.Panel) {
				p.FileBy = "2023-10-08"
			}},
			"no engagement":           {"members", func(p *panel.Panel) { p.Members[2] = "x" }},
			"a quorum of one":         {"quorum", func(p *panel.Panel) { p.Quorum = 1 }},
			"a quorum that cannot be": {"quorum", func(p *panel.Panel) { p.Quorum = 4 }},
			"a day that is over":      {"due", func(p *panel.Panel) { p.FileBy = "2023-08-20" }},
			"no title":                {"title", func(p *panel.Panel) { p.Title = "" }},
		} {
			p := c.called()
			one.change(&p)
			_, err := c.call(p)
			c.refused(errs.Invalid, one.field, err, what)
		}
		_, err := as(c, "office", func(tx *db.Tx, by auth.User) (panel.Panel, error) {
			h := c.panels()
			h.Adds = func(*db.Tx, auth.User, string) error { return errs.Deniedf("别人的") }
			return panel.Call(tx, by, c.called(), report, h)
		})
		c.refused(errs.Denied, "", err, "a panel on what another office keeps")
		_, err = as(c, "office", func(tx *db.Tx, by auth.User) (panel.Panel, error) {
			h := c.panels()
			h.Least = func(*db.Tx, string) (int, error) { return 4, nil }
			return panel.Call(tx, by, c.called(), report, h)
		})
		c.refused(errs.Invalid, "members", err, "three experts where the round asks for four")
	})
}

func TestAPanelBlindUntilAllHaveFinished(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		p, err := c.call(c.called())
		c.must(err)
		_, err = c.says(p.Text, "甲", "fact", opinion.Must, "早了")
		c.refused(errs.Missing, "", err, "an expert writes before the engagement has begun")
		c.begin()
		c.now.Add(86400)
		secret := map[string]string{"甲": "甲独自写的话", "乙": "乙独自写的话", "丙": "丙独自写的话"}
		all := map[string]opinion.Opinion{}
		for name, reason := range secret {
			all[name], err = c.says(p.Text, name, "data", opinion.Must, reason)
			c.must(err)
		}
		_, err = c.says(p.Text, "甲", "content", opinion.Note, "别的类别")
		c.refused(errs.Invalid, "kind", err, "a kind of another use")
		_, err = c.says(p.Text, "office", "fact", opinion.Note, "办公室的话")
		c.refused(errs.Denied, "", err, "the office writes an opinion")
		blocks := func() error {
			_, err := as(c, "office", func(tx *db.Tx, _ auth.User) (bool, error) {
				return true, opinion.Blocks(tx, "round/1", "CO")
			})
			return err
		}
		c.refused(errs.Conflict, "", blocks(), "a letter goes out past a must-opinion without reply")
		c.blind(p, secret)
		reply := func(name, verdict, why, changed string) error {
			o, err := as(c, "office", func(tx *db.Tx, by auth.User) (opinion.Opinion, error) {
				now, err := opinion.ByID(tx, all[name].ID)
				if err != nil {
					return now, err
				}
				return opinion.Reply(tx, by, now.ID, now.Version, verdict, why, changed)
			})
			all[name] = o
			return err
		}
		c.refused(errs.Missing, "", reply("甲", opinion.Adopted, "", "改了"), "the office replies while all write alone")
		say := panel.Concluding{Conclusion: panel.AgreeAfterChanges, Statement: "总的看符合实际（模拟）",
			Present: []string{c.seats["甲"], c.seats["乙"], c.seats["丙"]}}
		_, err = c.conclude(p.ID, "甲", say)
		c.refused(errs.Conflict, "", err, "a conclusion before all have finished")
		c.must(c.finish(p.Text, "甲"))
		_, err = c.says(p.Text, "甲", "fact", opinion.Note, "又想起一条")
		c.refused(errs.Conflict, "", err, "more after having finished")
		c.must(c.finish(p.Text, "乙"))
		_, err = as(c, "office", func(tx *db.Tx, by auth.User) (opinion.Text, error) {
			now, err := opinion.Get(tx, p.Text)
			c.must(err)
			return opinion.Close(tx, by, p.Text, now.Version)
		})
		c.refused(errs.Conflict, "", err, "the office ends it so as to read what is not open yet")
		c.blind(p, secret)
		c.must(c.finish(p.Text, "丙"))
		c.site().Run(t, webtest.Scenario{As: "甲", Path: "/opinions/" + p.Text,
			Contains: []string{secret["甲"], secret["乙"], secret["丙"], "供专家甲（专家）查阅"}})

		c.must(reply("甲", opinion.Adopted, "", "已改"))
		c.must(reply("乙", opinion.Partly, "只改一处", "改了一处"))
		c.must(reply("丙", opinion.NotAdopted, "另有专门报告", ""))
		c.must(blocks())
		for name, keeps := range map[string]bool{"甲": false, "丙": true} {
			may(c, name, func(tx *db.Tx, by auth.User) (opinion.Opinion, error) {
				return opinion.Stance(tx, by, all[name].ID, all[name].Version, keeps)
			})
		}
		few := say
		few.Present = []string{c.seats["甲"]}
		_, err = c.conclude(p.ID, "甲", few)
		c.refused(errs.Invalid, "present", err, "a conclusion without a quorum")
		few.Present = []string{c.seats["乙"], c.seats["丙"]}
		_, err = c.conclude(p.ID, "甲", few)
		c.refused(errs.Invalid, "present", err, "a conclusion without the head")
		_, err = c.conclude(p.ID, "乙", say)
		c.refused(errs.Denied, "", err, "a member concludes")
		_, err = c.conclude(p.ID, "office", say)
		c.refused(errs.Denied, "", err, "the office concludes")
		p, err = c.conclude(p.ID, "甲", say)
		c.must(err)
		sign1 := func(f evidence.File) error {
			_, err := as(c, "office", func(tx *db.Tx, by auth.User) (panel.Panel, error) {
				return panel.Sign(tx, by, p.ID, p.Version, f)
			})
			return err
		}
		c.refused(errs.Invalid, "scan", sign1(evidence.File{}), "signed without a scan")
		c.must(sign1(evidence.File{Digest: "01", Name: "签名.pdf"}))
		c.statement(t, p, secret["丙"])
		c.tampered(t)
	})
}

// blind: nobody but its author reads an opinion, on page, as JSON, in the trail, in a list, as a document.
func (c *city) blind(p panel.Panel, secret map[string]string) {
	c.t.Helper()
	s := c.site()
	paths := []string{"/opinions/" + p.Text, "/opinions?document=round/1", p.URL(), "/panels", "/room",
		"/room/" + c.seats["甲"], "/trail/text/" + p.Text, "/trail/panel/" + p.ID, "/opinions/" + p.Text + "/document",
		p.URL() + "/document"}
	for _, reader := range []string{"office", "甲", "乙", "丙"} {
		for _, path := range paths {
			for _, form := range []string{"", "json", "csv"} {
				sc := webtest.Scenario{As: reader, Path: path, JSON: form == "json"}
				if form == "csv" {
					sc.Path = strings.Replace(path+"?format=csv", "1?", "1&", 1)
				}
				w := s.Ask(c.t, sc)
				text := w.Body.String()
				if strings.HasPrefix(text, "PK") {
					var err error
					text, err = document.ReadText("answer.docx", w.Body.Bytes())
					c.must(err)
				}
				for author, said := range secret {
					if author != reader && strings.Contains(text, said) {
						c.t.Errorf("%s reads at %s %s what %s wrote alone", reader, path, form, author)
					}
				}
			}
		}
		if reader == "office" {
			continue
		}
		mine := s.Ask(c.t, webtest.Scenario{As: reader, Path: "/opinions/" + p.Text}).Body.String()
		if !strings.Contains(mine, secret[reader]) {
			c.t.Errorf("%s does not read the own opinion", reader)
		}
		for other := range secret {
			if other != reader && strings.Contains(mine, "专家"+other) {
				c.t.Errorf("%s is told that %s sits on the panel", reader, other)
			}
		}
	}
	for who, counted := range map[string]string{"office": `"filed":3`, "chief": `"filed":0`} {
		s.Run(c.t, webtest.Scenario{As: who, Path: "/opinions?document=round/1", JSON: true,
			Contains: []string{counted}})
	}
	s.Run(c.t, webtest.Scenario{As: "chief", Path: "/opinions/" + p.Text, NotContains: []string{"1条"}},
		webtest.Scenario{As: "office", Path: "/opinions/" + p.Text, Contains: []string{"1条"}})
	for _, name := range []string{"甲", "乙"} {
		s.Run(c.t, webtest.Scenario{As: name, Path: "/opinions?format=csv", Status: 404},
			webtest.Scenario{As: name, Path: "/opinions/" + p.Text + "/opinions", Form: url.Values{}, Status: 409})
		break
	}
}

// statement: the document has the conclusion, the table of opinions and the dissent.
func (c *city) statement(t *testing.T, p panel.Panel, kept string) {
	t.Helper()
	w := c.site().Ask(t, webtest.Scenario{As: "office", Path: p.URL() + "/document"})
	text, err := document.ReadText("意见.docx", w.Body.Bytes())
	c.must(err)
	for _, part := range []string{"修改后通过", "到会3人", "总的看符合实际", "意见采纳表",
		"采纳1条，部分采纳1条，不予采纳1条", "采纳率2／3",
		"保留意见", kept} {
		if !strings.Contains(text, part) {
			t.Errorf("the statement does not say %q", part)
		}
	}
	c.site().Run(t, webtest.Scenario{As: "甲", Path: p.URL() + "/document", Status: 403},
		webtest.Scenario{As: "office", Path: "/opinions?document=round/1", JSON: true,
			Contains: []string{`"title":"评估报告（模拟）"`}},
		webtest.Scenario{As: "office", Path: "/opinions?document=round/2", JSON: true,
			NotContains: []string{"评估报告"}})
}

func (c *city) tampered(t *testing.T) {
	t.Helper()
	findings := func(text string) (n int) {
		err := c.Update(context.Background(), func(tx *db.Tx) error {
			if text != "" {
				if err := tx.Exec(text); err != nil {
					return err
				}
			}
			some, err := panel.Verify(tx, sign.PublicKey(""))
			if err != nil {
				return err
			}
			more, err := opinion.Verify(tx, sign.PublicKey(""))
			if n = len(some) + len(more); err != nil {
				return err
			}
			return errs.Conflictf("back")
		})
		if errs.KindOf(err) != errs.Conflict {
			t.Fatal(err)
		}
		return n
	}
	if n := findings(""); n != 0 {
		t.Errorf("honest rows have %d findings", n)
	}
	for _, edit := range []string{"panels SET conclusion = 'agree'", "panels SET present = '[]'",
		"panels SET statement = 'x'", "opinion_reviewers SET finished_at = NULL", "opinion_reviewers SET person_id = 'x'",
		"opinions SET engagement = ''", "opinion_texts SET purpose = ''"} {
		if findings("UPDATE "+edit) == 0 {
			t.Errorf("nobody finds %s", edit)
		}
	}
}

// The day passes for who does not finish.
func TestTheDayOpensThePanel(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		p, err := c.call(c.called())
		c.must(err)
		c.begin()
		_, err = c.says(p.Text, "甲", "structure", opinion.Advise, "分成两段")
		c.must(err)
		c.now.Store(time.Date(2023, 9, 9, 1, 0, 0, 0, time.UTC).Unix())
		c.site().Run(t, webtest.Scenario{As: "乙", Path: "/opinions/" + p.Text, Contains: []string{"分成两段"}})
		_, err = c.says(p.Text, "乙", "fact", opinion.Note, "看过之后再说")
		c.refused(errs.Conflict, "", err, "an opinion after those of others are open")
	})
}

// An expert who is found to be tied, has taken back the undertaking or whose engagement has ended does not count; the
// office names another head, with a reason.
func TestWhoDoesNotCountAnyMore(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		called := c.called()
		called.Author, called.Quorum = "STA", 2
		p, err := c.call(called)
		c.must(err)
		c.begin()
		c.now.Add(86400)
		_, err = c.says(p.Text, "甲", "data", opinion.Note, "供参考（模拟）")
		c.must(err)
		for _, name := range []string{"甲", "乙", "丙"} {
			c.must(c.finish(p.Text, name))
		}
		conclude := func(name string, present ...string) error {
			say := panel.Concluding{Conclusion: panel.AgreeAfterChanges, Statement: "符合实际（模拟）"}
			for _, one := range present {
				say.Present = append(say.Present, c.seats[one])
			}
			_, err := c.conclude(p.ID, name, say)
			return err
		}
		declares := func(unit, kind string) {
			may(c, "office", func(tx *db.Tx, by auth.User) (engagement.Engagement, error) {
				e, err := engagement.Get(tx, c.seats["乙"])
				c.must(err)
				e.Interests = []engagement.Interest{{Unit: unit, Kind: kind}}
				return engagement.Edit(tx, by, e, c.house)
			})
		}
		declares("示范市统计局", "family")
		c.refused(errs.Invalid, "present", conclude("甲", "甲", "乙"), "who is tied to the author is counted")
		declares("", engagement.None)
		may(c, "office", func(tx *db.Tx, by auth.User) (evidence.File, error) {
			e := engagement.Engagement{ID: c.seats["乙"]}
			paper, _, err := e.Undertaken(tx)
			c.must(err)
			return evidence.Withdraw(tx, by, e.Object(), paper.ID, "本人收回（模拟）")
		})
		c.refused(errs.Invalid, "present", conclude("甲", "甲", "乙"), "who took the undertaking back is counted")
		c.site().Run(t, webtest.Scenario{As: "乙", Path: "/opinions/" + p.Text, Status: 404},
			webtest.Scenario{As: "office", Path: "/engagements/" + c.seats["乙"], Contains: []string{"承诺书已撤下"}})
		may(c, "office", func(tx *db.Tx, by auth.User) (evidence.File, error) {
			return evidence.Attach(tx, by, evidence.File{Object: "engagement/" + c.seats["乙"], Field: "undertaking",
				Digest: strings.Repeat("2", 64), Name: "承诺书（新）.pdf"})
		})
		may(c, "office", func(tx *db.Tx, by auth.User) (engagement.Engagement, error) {
			e, err := engagement.Get(tx, c.seats["甲"])
			c.must(err)
			return engagement.End(tx, by, e.ID, e.Version, "本人辞去（模拟）")
		})
		c.refused(errs.Denied, "", conclude("丙", "乙", "丙"), "a member concludes for the head who has left")
		c.site().Run(t, webtest.Scenario{As: "office", Path: p.URL(), Contains: []string{"今天不在聘期内", "改任组长"}})
		lead := func(name, why string) error {
			_, err := as(c, "office", func(tx *db.Tx, by auth.User) (panel.Panel, error) {
				now, err := panel.Get(tx, p.ID)
				c.must(err)
				return panel.Lead(tx, by, p.ID, now.Version, c.seats[name], why)
			})
			return err
		}
		c.refused(errs.Invalid, "head_of", lead("丁", "组长辞去"), "a head who does not sit on the panel")
		c.refused(errs.Invalid, "head_of", lead("甲", "组长辞去"), "the head who has left")
		c.refused(errs.Invalid, "reason", lead("丙", " "), "another head without a reason")
		c.must(lead("丙", "组长辞去（模拟）"))
		c.must(conclude("丙", "乙", "丙"))
		c.tampered(t)
	})
}
