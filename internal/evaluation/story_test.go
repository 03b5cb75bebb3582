package evaluation_test

// One round from its draft to its end, step by step as the specification tells it (oversight.md §6): what is refused on
// the way, what the pages show, and every edit of its rows found. The city is made in city_test.go.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/panel"
)

type step func(*db.Tx) (evaluation.Round, error)

// drafted is a round as an office would draft it.
func drafted() evaluation.Round {
	return evaluation.Round{Title: "中期评估", Kind: "midterm", Plans: []string{"W"}, From: "2021", Until: "2022",
		CutoffOn: "2023-05-31", Basis: "规划第五章", LegalNature: "plan_supervision",
		Leading:      []evaluation.Seat{{Unit: "CO", Post: "主任", Seat: "head"}},
		Participants: []evaluation.Participant{{Unit: "a"}, {Unit: "b"}, {Area: "990101"}},
		Stages: []evaluation.Stage{{Kind: evaluation.Kickoff, From: "2023-03-15", Until: "2023-03-15"},
			{Title: "自评", Kind: evaluation.Self, From: "2023-04-03", Until: "2023-06-30"},
			{Kind: evaluation.Visits, From: "2023-06-12", Until: "2023-08-31"},
			{Kind: evaluation.Panel, From: "2023-09-04", Until: "2023-09-15", Experts: "5"},
			{Kind: evaluation.Report, From: "2023-09-18", Until: "2023-11-30"}}}
}

func scheme() evaluation.Scheme {
	return evaluation.Scheme{"purpose": "看进展", "principles": "用数据说话", "contents": "目标完成情况",
		"methods": "数据分析",
		"demands": "按时自评", "outline": "一、措施\n二、问题"}
}

// story runs numbered steps; each must leave honest rows.
type story struct {
	*city
	r evaluation.Round
}

func (s *story) numbered(name string, do func()) {
	s.T.Helper()
	outer := s.T
	outer.Run(name, func(t *testing.T) {
		s.T = t
		do()
		if n, text := s.verified(); n > 0 {
			t.Errorf("honest rows have findings:\n%s", text)
		}
	})
	if s.T = outer; outer.Failed() {
		outer.FailNow()
	}
}

// take takes a step with the round: one that must be refused with a kind, or, with 0, one that goes.
func (s *story) take(what string, kind errs.Kind, fn step) {
	s.T.Helper()
	now, err := do(s.city, fn)
	if kind != 0 {
		s.Refused(kind, err, what)
		return
	}
	if err != nil {
		s.T.Fatalf("%s: %v", what, err)
	}
	s.r = now
}

func (s *story) approve(as string) step {
	return func(tx *db.Tx) (evaluation.Round, error) {
		text, err := s.r.Frozen(tx)
		s.Must(err)
		return evaluation.Approve(tx, s.People[as], s.r.ID, s.r.Version, text.Digest)
	}
}

func (s *story) launch(number string, anyway bool) step {
	return func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Launch(tx, s.People["office"], s.r.ID, s.r.Version, number, anyway)
	}
}

func (s *story) stage(verb string, n int, reason string) step {
	return func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Step(tx, s.People["office"], s.r.ID, s.r.Version, verb, n, reason)
	}
}

func TestTheStoryOfARound(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := &story{city: c}
		s.numbered("1 a scheme is approved, the plan number is missing and asked for", func() { s.begins() })
		s.numbered("2 kickoff first, then what comes after", func() {
			s.take("a stage is finished before it began", errs.Conflict, s.stage(evaluation.VerbFinish, 0, ""))
			s.take("the kickoff begins", 0, s.stage(evaluation.VerbStart, 0, ""))
			s.take("it begins again", errs.Conflict, s.stage(evaluation.VerbStart, 0, ""))
			s.take("it is done", 0, s.stage(evaluation.VerbFinish, 0, ""))
			s.take("a stage that there is not", errs.Missing, s.stage(evaluation.VerbStart, 9, ""))
			s.take("the round ends too early", errs.Conflict, s.close("office"))
		})
		s.numbered("3 all who take part receive the request, once", s.asks)
		s.numbered("4 figures as known on the cutoff, moved with a reason", s.stands)
		s.numbered("5 a number is typed, flagged, and replaced by a reference", s.types)
		s.numbered("6 two sign the sheet, 7 one is sent back", s.signs)
		s.numbered("12 the comparison lists what differs", s.compares)
		s.numbered("13 a remark that must be answered holds the report back", s.waits)
		s.numbered("14 recommendations are answered by those who can act", s.advises)
		s.numbered("15 every stage done or skipped, the report out, nothing owed: the round ends", func() {
			s.take("a stage is skipped without a reason", errs.Invalid, s.stage(evaluation.VerbSkip, 3, " "))
			s.take("the panel is skipped", 0, s.stage(evaluation.VerbSkip, 3, "没有需要论证的"))
			s.take("self-evaluation is done", 0, s.stage(evaluation.VerbFinish, 1, ""))
			s.take("visits begin", 0, s.stage(evaluation.VerbStart, 2, ""))
			s.take("and are done", 0, s.stage(evaluation.VerbFinish, 2, ""))
			s.take("the report begins", 0, s.stage(evaluation.VerbStart, 4, ""))
			s.reports()
			s.take("the report is done", 0, s.stage(evaluation.VerbFinish, 4, ""))
			s.take("a unit ends the round", errs.Denied, s.close("a"))
			s.owes()
			s.take("the round ends", 0, s.close("office"))
		})
		s.numbered("16 the next round remembers", s.remembers)
	})
}

func (s *story) close(as string) step {
	return func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Close(tx, s.People[as], s.r.ID, s.r.Version)
	}
}

// begins is the first step of the story.
func (s *story) begins() {
	s.take("a unit drafts", errs.Denied, func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Create(tx, s.People["a"], drafted())
	})
	s.publish(2020, "20")
	s.publish(2022, "31")
	s.take("the office drafts", 0, func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Create(tx, s.People["office"], drafted())
	})
	if p, is := s.r.Participant("EO"); !is || p.Area != "990101" || len(s.r.Participants) != 3 {
		s.T.Errorf("participants are %+v", s.r.Participants)
	}
	s.take("a scheme that nobody has written", errs.Conflict, s.approve("chief"))
	s.take("the scheme is written", 0, func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Write(tx, s.People["office"], s.r.ID, s.r.Version, scheme())
	})
	s.take("the office approves its own scheme", errs.Denied, s.approve("office"))
	s.take("the leader approves what was not read", errs.Conflict, func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Approve(tx, s.People["chief"], s.r.ID, s.r.Version, "0")
	})
	s.take("a launch before the approval", errs.Conflict, s.launch("7", false))
	s.take("the leader approves", 0, s.approve("chief"))
	s.take("the office takes it back", 0, func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Reopen(tx, s.People["office"], s.r.ID, s.r.Version, "改日期")
	})
	s.take("and it is approved as the next edition", 0, s.approve("chief"))
	if s.r.Edition != 2 {
		s.T.Errorf("the scheme's edition is %d", s.r.Edition)
	}
	for _, who := range []string{"a", "east", "east leader"} {
		s.take(who+" sees it before it is launched", errs.Missing, s.read(who))
	}
	s.take("with visits and without a number", errs.Invalid, s.launch("", false))
	s.take("the same, after it was asked", 0, s.launch("", true))
	for about, want := range map[string]int{s.r.Object(): 5, "": panel.Least} {
		if n := done(s.city, func(tx *db.Tx) (int, error) { return evaluation.LeastExperts(tx, about) }); n != want {
			s.T.Errorf("a panel about %q has at least %d experts, want %d", about, n, want)
		}
	}
	if !s.r.Unplanned || s.r.State != evaluation.Running {
		s.T.Errorf("the round is %s, unplanned %v", s.r.State, s.r.Unplanned)
	}
	for who, kind := range map[string]errs.Kind{"a": 0, "east leader": 0, "chief": 0, "c": errs.Missing,
		"west": errs.Missing} {
		s.take(who+" reads it", kind, s.read(who))
	}
}

func (s *story) read(as string) step {
	return func(tx *db.Tx) (evaluation.Round, error) { return evaluation.Read(tx, s.People[as], s.r.ID) }
}
