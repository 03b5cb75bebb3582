package revision_test

// The story of oversight.md §12 from its first step to its last, with everything on the way that is refused.

import (
	"net/url"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/opinion"
	"yipanqi/internal/request"
	"yipanqi/internal/revision"
	"yipanqi/internal/web/webtest"
)

type (
	record = revision.Record
	batch  = revision.Revision
)

func open(o revision.Opened) func(*db.Tx, auth.User) (record, error) {
	return func(tx *db.Tx, by auth.User) (record, error) { return revision.OpenRecord(tx, by, o) }
}

func answer(r *record, verb string, said revision.Said) func(*db.Tx, auth.User) (record, error) {
	return func(tx *db.Tx, by auth.User) (record, error) {
		return revision.Answer(tx, by, r.ID, r.Version, verb, said)
	}
}

func propose(b *batch, p revision.Proposal, after revision.Definition) func(*db.Tx, auth.User) (batch, error) {
	return func(tx *db.Tx, by auth.User) (batch, error) {
		return revision.Propose(tx, by, b.ID, b.Version, p, after)
	}
}

func decide(b *batch, d revision.Decision) func(*db.Tx, auth.User) (batch, error) {
	return func(tx *db.Tx, by auth.User) (batch, error) {
		return revision.Decide(tx, by, b.ID, b.Version, d)
	}
}

func TestTheStoryOfARevision(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := &story{city: c}
		for _, step := range []struct {
			name string
			fn   func()
		}{{"1 the health of 64 indicators, 9 without data", s.health1}, {"2 two records with owners", s.records},
			{"3 a register proves to hold one", s.found}, {"4 another moves into a department's system", s.regime},
			{"5 one is proposed to be dropped, the national set has it", s.dropping},
			{"6 seven proposals", s.proposals}, {"7 the consultation with two that must be heeded", s.consultation},
			{"8 effects", s.effects}, {"9 the plenary passes six and sends one back", s.plenary},
			{"10 new versions when the year begins", s.applied}, {"11 lamps across the break", s.lamps},
			{"12 figures by sex", s.sexes}, {"13 papers", s.papers}, {"14 coverage rises", s.coverage}} {
			if !t.Run(step.name, func(t *testing.T) { c.t = t; step.fn() }) {
				t.FailNow()
			}
		}
		c.t = t
		c.verifies()
	})
}

type story struct {
	*city
	first, second, third record
	b                    batch
}

func (s *story) health1() {
	if has, of := s.city.health("office", revision.NoData); has != 55 || of != 64 {
		s.t.Errorf("%d of %d have data", has, of)
	}
	if has, of := s.city.health("D1", revision.NoData); has != 55 || of != 64 {
		s.t.Errorf("a district sees %d of %d", has, of)
	}
	s.site().Run(s.t, webtest.Scenario{As: "office", Path: "/health?gap=data", Contains: []string{"指标56",
		"/no-data/new?indicator=I56", "55<span"}, NotContains: []string{"指标55<"}},
		webtest.Scenario{As: "M01", Path: "/health?plan=P&gap=data", NotContains: []string{"/no-data/new"}},
		webtest.Scenario{As: "office", Path: "/health?plan=Q", Status: 422},
		webtest.Scenario{As: "office", Path: "/health", JSON: true, Contains: []string{`"has":55,"of":64`}})
}

func (s *story) records() {
	good := revision.Opened{Indicator: "I56", Since: "2021", Cause: "no_source", Owner: "M01", DueOn: "2024-06-28",
		Needs: []string{"administrative_record"}, Substitute: "I01"}
	refused(s.city, "M01", errs.Denied, "", open(good))
	for says, change := range map[string]func(*revision.Opened){
		"今天以后":   func(o *revision.Opened) { o.DueOn = "2024-03-15" },
		"为什么没有":  func(o *revision.Opened) { o.Cause = "luck" },
		"没有这个单位": func(o *revision.Opened) { o.Owner = "NONE" },
		"没有这个指标": func(o *revision.Opened) { o.Indicator = "I99" },
		"它自己":    func(o *revision.Opened) { o.Substitute = "I56" },
		"哪一期":    func(o *revision.Opened) { o.Since = "" },
		"选项":     func(o *revision.Opened) { o.Needs = []string{"magic"} },
	} {
		wrong := good
		change(&wrong)
		refused(s.city, "office", errs.Invalid, says, open(wrong))
	}
	s.first = may(s.city, "office", open(good))
	if s.first.HalfOn != "2024-05-06" {
		s.t.Errorf("half of the time is over on %s", s.first.HalfOn)
	}
	refused(s.city, "office", errs.Invalid, "没办结", open(good))
	good.Indicator, good.Owner = "I57", "M02"
	s.second = may(s.city, "office", open(good))
	good.Indicator, good.Owner = "I58", "M03"
	s.third = may(s.city, "office", open(good))
	if tasks := may(s.city, "M01", revision.Tasks); len(tasks) != 1 || tasks[0].DueOn != s.first.HalfOn {
		s.t.Errorf("the owner is asked for %+v", tasks)
	}
}

func (s *story) found() {
	refused(s.city, "M02", errs.Denied, "找来源的单位", answer(&s.first, revision.VerbPlan, revision.Said{Plan: "查"}))
	refused(s.city, "M01", errs.Invalid, "请填写", answer(&s.first, revision.VerbPlan, revision.Said{Plan: " "}))
	s.first = may(s.city, "M01", answer(&s.first, revision.VerbPlan, revision.Said{Plan: "查登记（模拟）"}))
	s.first = may(s.city, "M01", answer(&s.first, revision.VerbFind, revision.Said{Source: "登记里有（模拟）"}))
	refused(s.city, "M01", errs.Conflict, "不得重复调查", answer(&s.first, revision.VerbSurvey,
		revision.Said{Reason: "要问"}))
	if s.first.State != revision.SourceFound {
		s.t.Errorf("the record is %s", s.first.State)
	}
}

func (s *story) regime() {
	s.second = may(s.city, "M02", answer(&s.second, revision.VerbRegime, revision.Said{Regime: "演示〔2024〕2号"}))
	refused(s.city, "office", errs.Conflict, "还没有", func(tx *db.Tx, by auth.User) (record, error) {
		return revision.Solve(tx, by, s.second.ID, s.second.Version)
	})
}

func (s *story) dropping() {
	link := func(l revision.Link) func(*db.Tx, auth.User) (revision.Link, error) {
		return func(tx *db.Tx, by auth.User) (revision.Link, error) { return revision.PutLink(tx, by, l) }
	}
	l := revision.Link{Local: "I58", Level: revision.National, Upper: "国家指标58", UpperUnit: "人",
		Relation: revision.Same}
	refused(s.city, "office", errs.Invalid, "计量单位不同", link(l))
	l.UpperUnit = "%"
	refused(s.city, "M01", errs.Denied, "", link(l))
	may(s.city, "office", link(l))
	refused(s.city, "office", errs.Invalid, "已经登记", link(l))
	l.Local, l.Relation = "I01", "unit"
	refused(s.city, "office", errs.Invalid, "差在哪里", link(l))
	l.Difference = "国家报人数（模拟）"
	may(s.city, "office", link(l))
	s.third = may(s.city, "M03", answer(&s.third, revision.VerbDrop, revision.Said{Reason: "没有人用（模拟）"}))
	s.site().Run(s.t, webtest.Scenario{As: "office", Path: s.third.URL(),
		Contains: []string{"国家指标体系里有这个指标"}},
		webtest.Scenario{As: "M05", Path: s.third.URL(), Contains: []string{"国家指标58"},
			NotContains: []string{s.third.URL() + "/solve"}})
}

func (s *story) proposals() {
	s.b = may(s.city, "office", func(tx *db.Tx, by auth.User) (batch, error) {
		return revision.Begin(tx, by, "指标体系修订（模拟）", "P", "要和国家对齐（模拟）")
	})
	refused(s.city, "D1", errs.Invalid, "另一级", func(tx *db.Tx, by auth.User) (batch, error) {
		return revision.Begin(tx, by, "区里的修订", "P", "要改")
	})
	p := revision.Proposal{Indicator: "I01", Action: revision.Redefine, Evidence: "对齐（模拟）", Effective: "2023"}
	d := revision.Definition{Formula: "A / C * 100", Definition: "新的分母（模拟）"}
	refused(s.city, "office", errs.Invalid, "已经审核通过或公开", propose(&s.b, p, d))
	s.site().Run(s.t, webtest.Scenario{As: "office", Path: s.b.URL() + "/proposal", Status: 422, Form: url.Values{
		"version": {"1"}, "number": {"0"}, "action": {"redefine"}, "indicator": {"I01"}, "effective": {"2023"},
		"formula": {"A / C * 100"}, "definition": {"新的分母（模拟）"}, "evidence": {"对齐（模拟）"}},
		Contains: []string{"已经审核通过或公开", `value="redefine"`, "A / C * 100", "新的分母（模拟）",
			"对齐（模拟）"}})
	p.Effective = "2025"
	refused(s.city, "office", errs.Invalid, "NOPE不存在", propose(&s.b, p, revision.Definition{Formula: "A / NOPE"}))
	refused(s.city, "office", errs.Invalid, "都没有变", propose(&s.b, p, revision.Definition{Formula: "A/B*100"}))
	refused(s.city, "M01", errs.Missing, "", propose(&s.b, p, d)) // a draft is the office's
	merge := revision.Proposal{Indicator: "I07", Action: revision.Merge, With: []string{"I06"}, Evidence: "合并",
		Effective: "2025"}
	refused(s.city, "office", errs.Invalid, "口径不同", propose(&s.b, merge, revision.Definition{Definition: "合"}))
	for _, one := range []struct {
		code, action string
		after        revision.Definition
	}{{"I01", revision.Redefine, d}, {"I02", revision.Recalibre, revision.Definition{Calibre: "REG"}},
		{"I03", revision.Rename, revision.Definition{Name: "指标3新名（模拟）"}},
		{"I04", revision.Resource, revision.Definition{Source: "M09"}},
		{"I05", revision.Qualitative, revision.Definition{Definition: "看做法（模拟）"}},
		{"I08", revision.Keep, revision.Definition{}}, {"I58", revision.Drop, revision.Definition{}}} {
		s.b = may(s.city, "office", propose(&s.b, revision.Proposal{Indicator: one.code, Action: one.action,
			Evidence: "对齐（模拟）", Effective: "2025"}, one.after))
	}
	refused(s.city, "office", errs.Invalid, "提议1已经改", propose(&s.b, p, d))
	if len(s.b.Proposals) != 7 {
		s.t.Errorf("%d proposals", len(s.b.Proposals))
	}
}

// answers has every unit that was asked agree to all it is asked.
func (s *story) answers() {
	s.t.Helper()
	answers := may(s.city, "office", func(tx *db.Tx, _ auth.User) ([]request.Answer, error) {
		return request.Answers(tx, s.b.Request)
	})
	for _, a := range answers {
		a = may(s.city, a.Unit, func(tx *db.Tx, by auth.User) (request.Answer, error) {
			return request.Receive(tx, by,
				a.ID)
		})
		may(s.city, a.Unit, func(tx *db.Tx, by auth.User) (request.Answer, error) {
			q, err := request.Get(tx, s.b.Request)
			s.must(err)
			given := request.Content{}
			for _, one := range q.For(a.Asked) {
				if one.Kind == request.Choice && one.Feeds != s.b.Title {
					s.t.Errorf("a proposal is said to be for %q, want the name of the revision", one.Feeds)
				}
				given[one.Number] = request.Given{Choice: "同意"}
				if one.Kind == request.Text {
					given[one.Number] = request.Given{None: "没有意见"}
				}
			}
			a, err := request.Save(tx, by, a.ID, a.Version, given, request.Content{})
			s.must(err)
			return request.Submit(tx, by, a.ID, a.Version, "", account.Unlocked{})
		})
	}
}

func (s *story) consultation() {
	s.b = may(s.city, "office", func(tx *db.Tx, by auth.User) (batch, error) {
		return revision.Consult(tx, by, s.b.ID, s.b.Version, revision.Asked{Units: []string{"M01", "M02", "M03", "D1"},
			DueOn: "2024-04-08", Reviewer: s.posts["colleague"]})
	})
	settle := func(tx *db.Tx, by auth.User) (batch, error) { return revision.Settle(tx, by, s.b.ID, s.b.Version) }
	refused(s.city, "office", errs.Conflict, "还有4个单位", settle)
	s.answers()
	for _, unit := range []string{"M01", "M02"} {
		may(s.city, unit, func(tx *db.Tx, by auth.User) (opinion.Opinion, error) {
			editions, err := opinion.Editions(tx, s.b.Opinions)
			s.must(err)
			return opinion.Write(tx, by, opinion.Opinion{TextID: s.b.Opinions, Kind: "content", Weight: opinion.Must,
				Anchor: opinion.Anchor{Number: 1, Paragraph: editions[0].Paragraphs[0].ID, Quote: "提议1"},
				Reason: "写清楚（模拟）", ShownAs: "role"}, true)
		})
	}
	refused(s.city, "office", errs.Conflict, "2条“必须修改”", settle)
	heeded := s.b.Proposals[0]
	heeded.Evidence = "对齐国家的分母（模拟）"
	s.b = may(s.city, "office", propose(&s.b, heeded, heeded.After))
	for _, o := range may(s.city, "office", func(tx *db.Tx, _ auth.User) ([]opinion.Opinion, error) {
		return opinion.On(tx, s.b.Opinions)
	}) {
		may(s.city, "office", func(tx *db.Tx, by auth.User) (opinion.Opinion, error) {
			return opinion.Reply(tx, by, o.ID, o.Version, opinion.NotAdopted, "已经写清楚（模拟）", "")
		})
	}
	s.on("2024-04-10")
	s.b = may(s.city, "office", settle)
}

func (s *story) effects() {
	s.site().Run(s.t, webtest.Scenario{As: "office", Path: s.b.URL(), JSON: true, Contains: []string{
		`"targets":["示范市 ≥90（2030）"`, `"lamps":1`, `"forms":[{"name":"表F1","url":"/forms/F1"},{"name":"表F2"`,
		`"reports":[{"name":"年度报告","url":"/reports/annual"}]`, `"break":"2025"`, `"since":"2020","until":"2023"`,
		"国家指标体系里有这个指标（国家指标58）"}},
		webtest.Scenario{As: "office", Path: s.b.URL(), Contains: []string{"A / C * 100", "记录决定", "3个："}},
		webtest.Scenario{As: "M05", Path: s.b.URL(), Contains: []string{"A / C * 100"},
			NotContains: []string{"/decide"}})
}

// meets holds a plenary that decides something.
func (s *story) meets(kind, day string) meeting.Meeting {
	s.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 09:00", db.China)
	s.must(err)
	m := may(s.city, "office", func(tx *db.Tx, by auth.User) (meeting.Meeting, error) {
		return meeting.Plan(tx, by, meeting.Meeting{Title: day + "的会（模拟）", Kind: kind, Host: "WCCO",
			Form:  meeting.Room,
			Place: "会议室", Starts: at.UTC(), Ends: at.Add(2 * time.Hour).UTC(), ChairUnit: "WCC",
			ChairRole: auth.CommitteeChief,
			ReplyBy:   s.today(), Scope: "各单位"}, 0)
	})
	item := may(s.city, "office", func(tx *db.Tx, by auth.User) (meeting.AgendaItem, error) {
		return meeting.SetAgenda(tx, by, m.ID, meeting.AgendaItem{Title: "审议指标体系修订", Kind: "review",
			Minutes: 30,
			Paper:   s.b.Object()})
	})
	may(s.city, "office", func(tx *db.Tx, by auth.User) (meeting.Meeting, error) {
		return meeting.Invite(tx, by, m.ID, []string{"M01", "M02", "D1"}, meeting.Invitation{Capacity: "attend",
			Level: "head", Seats: 1}, true)
	})
	s.sends(may(s.city, "office", func(tx *db.Tx, by auth.User) (letter.Letter, error) {
		return meeting.DraftNotice(tx, by, m.ID, "请参加。")
	}))
	may(s.city, "office", func(tx *db.Tx, by auth.User) (meeting.Meeting, error) {
		return meeting.Notify(tx, by, m.ID, "时间紧（模拟）")
	})
	s.on(day)
	s.now.Add(4 * 3600)
	m = may(s.city, "office", func(tx *db.Tx, by auth.User) (meeting.Meeting, error) {
		return meeting.Hold(tx, by,
			m.ID)
	})
	may(s.city, "office", func(tx *db.Tx, by auth.User) (meeting.Decision, error) {
		return meeting.Decide(tx, by, m.ID, meeting.Decision{Text: "通过修订（模拟）", WhyNot: "由系统生效",
			AgendaItem: item.ID})
	})
	return m
}

// sends has a letter checked, signed and issued.
func (s *story) sends(l letter.Letter) {
	s.t.Helper()
	may(s.city, "colleague", func(tx *db.Tx, by auth.User) (letter.Letter, error) {
		v, _, err := letter.Preview(tx, l, s.issuer)
		s.must(err)
		if l, err = letter.Check(tx, by, l.ID, l.Version, v.Digest, s.issuer); err != nil {
			return l, err
		}
		if l, err = letter.Sign(tx, s.people["chief"], l.ID, v.Digest, s.key); err != nil {
			return l, err
		}
		return letter.Issue(tx, s.people["office"], l.ID, l.Version, meeting.Blocks)
	})
}

func (s *story) today() string { return time.Unix(s.now.Load(), 0).In(db.China).Format(time.DateOnly) }
