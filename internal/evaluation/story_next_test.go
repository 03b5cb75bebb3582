package evaluation_test

// The next round remembers what the one before asked of a participant, and tells nobody else.

import (
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/web/webtest"
)

// remembers has the office hold another round two years later.
func (s *story) remembers() {
	before := s.r
	s.Now.Add(int64(2 * 365 * 24 * time.Hour / time.Second))
	next := drafted()
	next.Title, next.Kind, next.Until, next.CutoffOn = "终期评估", "final", "2024", "2025-05-30"
	for i := range next.Stages {
		next.Stages[i].From, next.Stages[i].Until = "2025-06-02", "2025-09-30"
	}
	s.take("the office drafts the next round", 0, func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Create(tx, s.People["office"], next)
	})
	s.take("its scheme is written", 0, func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Write(tx, s.People["office"], s.r.ID, s.r.Version, scheme())
	})
	s.take("the leader approves it", 0, s.approve("chief"))
	s.take("it is launched", 0, s.launch("", true))
	told := []string{"上一轮提出的问题和建议", before.Title, "建成十间", "评估建议"}
	page := func(unit string) string { return s.r.URL() + "/participants/" + unit }
	s.site().Run(s.T,
		webtest.Scenario{As: "a", Path: page("a"), Contains: told},
		webtest.Scenario{As: "office", Path: page("a"), Contains: told},
		webtest.Scenario{As: "b", Path: page("b"), NotContains: told[2:3]},
		webtest.Scenario{As: "b", Path: page("a"), Status: 404},
		webtest.Scenario{As: "a", Path: before.URL() + "/participants/a", NotContains: told[:1]})
	s.take("who takes part in neither", errs.Missing, s.read("c"))
	s.r = before
}
