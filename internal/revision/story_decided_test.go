package revision_test

// The second half of the story: the plenary, what comes into force, lamps across the break, figures by sex, papers and
// coverage.

import (
	"fmt"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/revision"
	"yipanqi/internal/web/webtest"
)

func (s *story) plenary() {
	verdicts := map[int]string{}
	for _, p := range s.b.Proposals {
		verdicts[p.Number] = revision.Passed
	}
	refused(s.city, "M01", errs.Denied, "", decide(&s.b, revision.Decision{Verdicts: verdicts}))
	refused(s.city, "office", errs.Invalid, "作出决定的全委会", decide(&s.b, revision.Decision{Verdicts: verdicts}))
	refused(s.city, "chief", errs.Invalid, "要有本级全委会的决定", decide(&s.b, revision.Decision{Verdicts: verdicts}))
	liaisons := s.meets("liaison", "2024-04-18")
	refused(s.city, "office", errs.Invalid, "本级全委会", decide(&s.b, revision.Decision{Meeting: liaisons.ID,
		Verdicts: verdicts}))
	m := s.meets("plenary", "2024-04-26")
	d := revision.Decision{Meeting: m.ID, Verdicts: verdicts, Notes: map[int]string{}}
	d.Verdicts[7] = revision.Back
	refused(s.city, "office", errs.Invalid, "退回的请写明", decide(&s.b, d))
	d.Notes[7] = "国家还要（模拟）"
	s.b = may(s.city, "office", decide(&s.b, d))
	if s.b.State != revision.Decided || s.b.Meeting != m.ID {
		s.t.Errorf("decided it is %s by %q", s.b.State, s.b.Meeting)
	}
}

func (s *story) applied() {
	apply := func(tx *db.Tx, _ auth.User) (int, error) { return 0, revision.ApplyDue(tx) }
	may(s.city, "office", apply)
	s.on("2025-01-02")
	may(s.city, "office", apply)
	may(s.city, "office", apply) // once only
	s.b = may(s.city, "office", func(tx *db.Tx, by auth.User) (batch, error) { return revision.Read(tx, by, s.b.ID) })
	if s.b.State != revision.Applied || s.b.AppliedOn != "2025-01-02" {
		s.t.Errorf("applied it is %s on %s", s.b.State, s.b.AppliedOn)
	}
	may(s.city, "office", func(tx *db.Tx, _ auth.User) (int, error) {
		versions, err := indicator.Versions(tx)
		if v := versions[s.ids["I01"]]; len(v) != 2 || v[0].Formula != "A / B * 100" || v[1].Formula != "A / C * 100" ||
			v[1].From.String() != "2025" || v[1].SourceTitle != s.b.Title {
			s.t.Errorf("the versions are %+v", v)
		}
		i, _ := indicator.ByCode(tx, "I03")
		moved, _ := indicator.ByCode(tx, "I04")
		on, _ := indicator.OnGoals(tx, "P")
		if i.Name != "指标3新名（模拟）" || moved.SourceUnit != "M09" || len(on) != 64 {
			s.t.Errorf("renamed %q, of %s, %d on goals", i.Name, moved.SourceUnit, len(on))
		}
		return 0, err
	})
}

func (s *story) lamps() {
	s.on("2026-03-02")
	may(s.city, "office", func(tx *db.Tx, _ auth.User) (int, error) {
		for _, year := range []int{2024, 2025} {
			for n := 1; n <= 55; n++ {
				s.publish(tx, code(n), year)
			}
		}
		i, err := indicator.ByCode(tx, "I01")
		s.must(err)
		values, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{i},
			Areas: []network.Area{s.root}})
		s.must(err)
		targets, err := progress.Targets(tx, s.root.ID, i.ID)
		s.must(err)
		verdict := progress.Judge(values, targets[i.ID][0])
		said := ""
		for _, w := range verdict.Words {
			said += w.String() + "；"
		}
		if !strings.Contains(said, "与2020年相比：定义有变，不可比") || verdict.Lamp != progress.LampShort {
			s.t.Errorf("across the break the lamp is %s and says %s", verdict.Lamp, said)
		}
		return 0, nil
	})
}

func (s *story) sexes() {
	put := func(d revision.Duty) func(*db.Tx, auth.User) (revision.Duty, error) {
		return func(tx *db.Tx, by auth.User) (revision.Duty, error) { return revision.PutDuty(tx, by, d) }
	}
	d := revision.Duty{Element: "HOMES", Unit: "M01", Should: true, Now: revision.Yes}
	refused(s.city, "office", errs.Invalid, "不是数人的", put(d))
	var all []revision.Duty
	for n := range 22 {
		d := revision.Duty{Element: fmt.Sprintf("P%02d", n+1), Unit: fmt.Sprintf("M%02d", n%12+1), Should: true,
			Now: revision.Yes}
		if n >= 14 {
			d.Now = revision.No
			refused(s.city, "office", errs.Invalid, "障碍", put(d))
			d.Obstacle = "没有这一栏（模拟）"
		}
		all = append(all, may(s.city, "office", put(d)))
	}
	refused(s.city, "office", errs.Invalid, "已有这个数据项", put(revision.Duty{Element: "P01", Unit: "M01",
		Should: true,
		Now:    revision.Yes}))
	for _, n := range []int{14, 15} {
		now := all[n]
		now.TargetYear = 2027
		report := func(tx *db.Tx, by auth.User) (revision.Duty, error) { return revision.ReportDuty(tx, by, now) }
		refused(s.city, "M12", errs.Denied, "", report)
		if done := may(s.city, now.Unit, report); done.TargetYear != 2027 || done.State != revision.Owed {
			s.t.Errorf("the duty is %+v", done)
		}
	}
	s.site().Run(s.t, webtest.Scenario{As: "office", Path: "/sex-duties", JSON: true,
		Contains: []string{`"split":14,"should":22`}}, webtest.Scenario{As: "M05", Path: "/sex-duties",
		Contains: []string{"应分22项，已分14项"}, NotContains: []string{"/sex-duties/new"}},
		webtest.Scenario{As: "M12", Path: all[14].URL(), NotContains: []string{"/report"}},
		webtest.Scenario{As: all[14].Unit, Path: all[14].URL(), Contains: []string{"/report", "没有这一栏"}})
}

func (s *story) papers() {
	for _, path := range []string{"/indicator-links/document", "/no-data/document", "/sex-duties/document",
		s.b.URL() + "/document"} {
		s.site().Run(s.t, webtest.Scenario{As: "office", Path: path}, webtest.Scenario{As: "D1", Path: path})
	}
	s.site().Run(s.t, webtest.Scenario{As: "office", Path: "/indicator-links", Contains: []string{"国家指标58",
		"单位不同"}},
		webtest.Scenario{As: "office", Path: "/no-data?unit=M01", Contains: []string{"指标56"},
			NotContains: []string{"指标57"}})
}

func (s *story) coverage() {
	may(s.city, "office", func(tx *db.Tx, _ auth.User) (int, error) {
		for _, n := range []int{56, 57, 60, 61, 62} {
			s.publish(tx, code(n), 2025)
		}
		return 0, nil
	})
	if has, of := s.city.health("office", revision.NoData); has != 60 || of != 64 {
		s.t.Errorf("%d of %d have data", has, of)
	}
	for _, r := range []record{s.first, s.second} {
		solved := may(s.city, "office", func(tx *db.Tx, by auth.User) (record, error) {
			return revision.Solve(tx, by, r.ID, r.Version)
		})
		if solved.State != revision.Solved {
			s.t.Errorf("the record of %s is %s", r.Indicator, solved.State)
		}
	}
	// every morning the program proposes a record for what has none: I59, I63 and I64
	may(s.city, "office", func(tx *db.Tx, _ auth.User) (int, error) { return 0, revision.ProposeDue(tx) })
	may(s.city, "office", func(tx *db.Tx, _ auth.User) (int, error) { return 0, revision.ProposeDue(tx) })
	tasks := may(s.city, "office", revision.Tasks)
	if len(tasks) != 1 || slices.Contains([]string{tasks[0].Verb}, revision.VerbPlan) {
		s.t.Errorf("the office is asked for %+v", tasks)
	}
	s.site().Run(s.t, webtest.Scenario{As: "office", Path: "/no-data?state=proposed", JSON: true,
		Contains: []string{`"total":3`}})
}
