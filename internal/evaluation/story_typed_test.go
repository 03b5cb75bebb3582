package evaluation_test

// What the story of a round tells of figures that somebody typed: they are flagged wherever they show, and a reference
// with the same number takes the flag away.

import (
	"fmt"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/request"
	"yipanqi/internal/web/webtest"
)

// types has unit a answer with figures of its own in the text, be sent back, and cite one of them.
func (s *story) types() {
	site := s.site()
	s.handsIn("我区母婴室达到31间，托位有902个。", nil)
	page := func(as, path string, says, not []string) {
		s.T.Helper()
		site.Run(s.T, webtest.Scenario{As: as, Path: s.r.URL() + path, Contains: says, NotContains: not})
	}
	both := []string{"自评里手写的数", "31间", "902个"}
	page("office", "/participants/a", both, nil)
	page("a", "/participants/a", both, nil)
	page("office", "/comparison", both, nil)
	page("office", "/participants/b", nil, both[:1])
	answer := s.answerOf("a")
	done(s.city, func(tx *db.Tx) (request.Answer, error) {
		return request.Return(tx, s.People["office"], answer.ID, answer.Version,
			map[string]string{"1": "请引用数据"}, 5)
	})
	s.handsIn("全市母婴室达到31间，托位有902个。", []request.Figure{{Indicator: "ROOMS", Area: "990000",
		Year: "2022"}})
	page("office", "/comparison", []string{"902个"}, []string{"<td data-label=\"数值\">31间</td>"})
	paper := done(s.city, s.paperOf)
	if !strings.Contains(paper, "没有引用数据的数") || !strings.Contains(paper, "902个（") ||
		strings.Contains(paper, "31间（") {
		s.T.Errorf("the self-evaluation report does not say which of its figures are typed:\n%s", paper)
	}
	s.looked()
}

// paperOf is the self-evaluation report of unit a, as text.
func (s *story) paperOf(tx *db.Tx) (text string, err error) {
	p, _ := s.r.Participant("a")
	d, err := evaluation.ReportPaper(tx, s.r, p, s.Issuer)
	for _, b := range d.Blocks {
		text += fmt.Sprintln(b)
	}
	return text, err
}

// looked has the office accept what unit a handed in.
func (s *story) looked() {
	a := s.answerOf("a")
	done(s.city, func(tx *db.Tx) (request.Answer, error) {
		return request.Accept(tx, s.People["office"], a.ID, a.Version)
	})
}

func (s *story) answerOf(unit string) request.Answer {
	return done(s.city, func(tx *db.Tx) (a request.Answer, err error) {
		asked, err := s.r.Asked(tx)
		s.Must(err)
		all, err := request.Answers(tx, asked[0].ID)
		for _, one := range all {
			if one.Unit == unit {
				a = one
			}
		}
		return a, err
	})
}

// handsIn has unit a answer every question that it must, with a text of its own and figures, signed by two.
func (s *story) handsIn(text string, figures []request.Figure) {
	s.T.Helper()
	writer, leader := s.People["a"], s.People["a leader"]
	a := s.answerOf("a")
	if a.State == request.Sent {
		a = done(s.city, func(tx *db.Tx) (request.Answer, error) { return request.Receive(tx, writer, a.ID) })
	}
	given := request.Content{"1": {Text: text}, "7": {Figures: figures}}
	for _, number := range []string{"2", "3", "4", "5"} {
		given[number] = request.Given{Text: "照计划做。"}
	}
	done(s.city, func(tx *db.Tx) (request.Answer, error) {
		a, err := request.Save(tx, writer, a.ID, a.Version, given, a.Draft)
		s.Must(err)
		a, err = request.Prepare(tx, writer, a.ID, a.Version, s.Keys["a"])
		s.Must(err)
		paper, err := s.paperOf(tx)
		s.Must(err)
		if strings.Contains(paper, text) {
			s.T.Errorf("the report says “%s”, which nobody has handed in yet", text)
		}
		all, err := request.VersionsOf(tx, a.ID)
		s.Must(err)
		return request.Submit(tx, leader, a.ID, a.Version, all[len(all)-1].Digest, s.Keys["a leader"])
	})
}
