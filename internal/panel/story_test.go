package panel_test

// Three experts review one text, each alone until all have finished; the head concludes with a quorum; what nobody
// replied to stops a letter; dissent is printed. The city is made below.

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/document"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/find"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/panel"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct {
	*db.DB
	t     *testing.T
	now   *atomic.Int64
	house engagement.House
	files blob.Store
	ids   map[string]string // of people
	seats map[string]string // engagements of the experts
}

func sees(*db.Tx, auth.User, string) error { return nil }

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		now.Store(time.Date(2023, 8, 21, 1, 0, 0, 0, time.UTC).Unix())
		c := &city{DB: d, t: t, now: now, ids: map[string]string{}, seats: map[string]string{}, files: blob.Open(t.TempDir())}
		kinds := opinion.Module(nil).Exhibits
		kinds = append(kinds, panel.Module(sees, c.files).Exhibits...)
		c.house = engagement.House{Sees: sees, Files: c.files, Exhibits: func() []module.Exhibit { return kinds },
			Kinds: func() []find.Kind { return nil }}
		c.must(d.Update(context.Background(), c.build))
		test(t, c)
	})
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) build(tx *db.Tx) error {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "unit_kind", Code: "office", Name: "办公室"}, {Kind: "role", Code: "outsider", Name: "受聘人员"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990000", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	c.must(err)
	for code, name := range map[string]string{"CO": "示范市妇儿工委办", "STA": "示范市统计局"} {
		_, err := network.PutUnit(tx, network.Unit{Code: code, Name: name, Kind: "office", AreaID: root.ID,
			OpensOn: "1900-01-01"})
		c.must(err)
	}
	p, err := network.AddPerson(tx, network.Person{Name: "office"})
	c.must(err)
	_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: "CO", Role: auth.Office, OpensOn: "2018-01-01"})
	c.must(err)
	c.ids["office"] = p.ID
	office, err := account.UserOf(tx, p.ID)
	c.must(err)
	for _, name := range []string{"甲", "乙", "丙", "丁"} {
		e := engagement.Engagement{Person: "专家" + name, Role: engagement.Expert, About: "round/1",
			OpensOn: "2023-08-21", ClosesOn: "2023-09-29", Interests: []engagement.Interest{{Kind: engagement.None}}}
		if name == "丁" {
			e.Interests[0] = engagement.Interest{Unit: "STA", Kind: "works_for"}
		}
		made, err := engagement.Invite(tx, office, engagement.Registered{Engagement: e}, c.house)
		c.must(err)
		c.ids[name], c.seats[name] = made.PersonID, made.ID
		c.must(account.Create(tx, office, made.PersonID, "expert"+strconv.Itoa(len(c.ids)), "-"))
		_, err = evidence.Attach(tx, office, evidence.File{Object: made.Object(), Field: "undertaking", Digest: "00",
			Name: "承诺书.pdf"})
		c.must(err)
	}
	return nil
}

func as[T any](c *city, name string, fn func(*db.Tx, auth.User) (T, error)) (v T, err error) {
	err = c.Update(context.Background(), func(tx *db.Tx) (err error) {
		user, err := account.UserOf(tx, c.ids[name])
		if err != nil {
			return err
		}
		v, err = fn(tx, user)
		return err
	})
	return v, err
}

func may[T any](c *city, name string, fn func(*db.Tx, auth.User) (T, error)) T {
	c.t.Helper()
	v, err := as(c, name, fn)
	c.must(err)
	return v
}

func (c *city) refused(kind errs.Kind, field string, err error, what string) {
	c.t.Helper()
	if errs.KindOf(err) != kind || field != "" && errs.FieldsOf(err)[field].IsZero() {
		c.t.Errorf("%s: %v %v, want a refusal of kind %d at %q", what, err, errs.FieldsOf(err), kind, field)
	}
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.Present, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	engagement.Routes(m, c.house)
	opinion.Routes(m, sees)
	panel.Routes(m, sees, c.files)
	trail.Routes(m, c.files, []trail.Place{engagement.Trail(), opinion.Trail(), panel.Trail()})
	people := map[string]auth.User{}
	for name, id := range c.ids {
		people[name] = auth.User{ID: id}
	}
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: people}
}

func (c *city) called() panel.Panel {
	return panel.Panel{Title: "评估报告（模拟）", About: "round/1", Author: "CO", Head: c.seats["甲"], FileBy: "2023-09-08",
		Members: []string{c.seats["甲"], c.seats["乙"], c.seats["丙"]}}
}

const report = "一、指标总体平稳。\n二、托育供给不足。\n三、建议加强配合。"

func (c *city) call(p panel.Panel) (panel.Panel, error) {
	return as(c, "office", func(tx *db.Tx, by auth.User) (panel.Panel, error) {
		return panel.Call(tx, by, p, report, sees)
	})
}

func (c *city) begin() {
	c.t.Helper()
	for _, name := range []string{"甲", "乙", "丙"} {
		may(c, "office", func(tx *db.Tx, by auth.User) (engagement.Engagement, error) {
			e, err := engagement.Get(tx, c.seats[name])
			c.must(err)
			return engagement.Start(tx, by, e.ID, e.Version, c.house)
		})
	}
}

func (c *city) says(text, name, kind, weight, reason string) (opinion.Opinion, error) {
	return as(c, name, func(tx *db.Tx, by auth.User) (opinion.Opinion, error) {
		return opinion.Write(tx, by, opinion.Opinion{TextID: text, Kind: kind, Weight: weight, Reason: reason,
			Anchor: opinion.Anchor{Paragraph: "p2"}, ShownAs: "name"}, true)
	})
}

func (c *city) finish(text, name string) error {
	_, err := as(c, name, func(tx *db.Tx, by auth.User) (opinion.Text, error) { return opinion.Finish(tx, by, text) })
	return err
}

func (c *city) conclude(id, name string, say panel.Concluding) (panel.Panel, error) {
	return as(c, name, func(tx *db.Tx, by auth.User) (panel.Panel, error) {
		p, err := panel.Get(tx, id)
		if err != nil {
			return p, err
		}
		return panel.Conclude(tx, by, id, p.Version, say)
	})
}

func TestWhoMayNotSit(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		for what, one := range map[string]struct {
			field  string
			change func(*panel.Panel)
		}{
			"two experts":            {"members", func(p *panel.Panel) { p.Members = p.Members[:2] }},
			"a head from elsewhere":  {"head", func(p *panel.Panel) { p.Head = c.seats["丁"] }},
			"one works for the unit": {"members", func(p *panel.Panel) { p.Author, p.Members[2] = "STA", c.seats["丁"] }},
			"of another round":       {"members", func(p *panel.Panel) { p.About = "round/2" }},
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
	for _, part := range []string{"修改后通过", "到会3人", "总的看符合实际", "意见采纳表", "采纳1条，部分采纳1条，不予采纳1条", "采纳率2／3",
		"保留意见", kept} {
		if !strings.Contains(text, part) {
			t.Errorf("the statement does not say %q", part)
		}
	}
	c.site().Run(t, webtest.Scenario{As: "甲", Path: p.URL() + "/document", Status: 403},
		webtest.Scenario{As: "office", Path: "/opinions?document=round/1", JSON: true,
			Contains: []string{`"title":"评估报告（模拟）"`}},
		webtest.Scenario{As: "office", Path: "/opinions?document=round/2", JSON: true, NotContains: []string{"评估报告"}})
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
