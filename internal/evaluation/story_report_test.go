package evaluation_test

// The end of the story of a round: the report goes out as a letter, once, with nothing left to write in it; what
// somebody still owes is named before the round ends.

import (
	"errors"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/letter"
	"yipanqi/internal/request"
)

func (s *story) reports() {
	draft := func() (letter.Letter, error) {
		return do(s.city, func(tx *db.Tx) (letter.Letter, error) {
			return evaluation.DraftReport(tx, s.People["office"], s.r.ID)
		})
	}
	s.take("the report stage is done without a report", errs.Conflict, s.stage(evaluation.VerbFinish, 4, ""))
	l, err := draft()
	s.Must(err)
	for _, want := range []string{"| 经努力可达标 | 母婴室 |", "| 母婴室够用 | 母婴室 | {{target ROOMS year=2022}} | " +
		"{{figure ROOMS year=2022}} | 经努力可达标 |", evaluation.ToWrite, "母婴室慢于进度",
		"附：自评中手工填写的数", "902个"} {
		if !strings.Contains(l.Body, want) {
			s.T.Errorf("the report has no %s:\n%s", want, l.Body)
		}
	}
	if _, err := draft(); errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), l.Title) {
		s.T.Errorf("from a second tab it is drafted again: %v", err)
	}
	s.take("the report stage is done with a draft", errs.Conflict, s.stage(evaluation.VerbFinish, 4, ""))
	blocked := func(tx *db.Tx, about, unit string) error { return evaluation.Blocks(tx, about, unit) }
	done(s.city, func(tx *db.Tx) (letter.Letter, error) {
		l.Main = []string{"a"}
		l, err = letter.Save(tx, s.People["office"], l.ID, l.Version, l)
		return l, err
	})
	err = s.issues(l, blocked)
	if errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "没写的部分") {
		s.T.Errorf("a report with an unwritten part goes out: %v", err)
	}
	done(s.city, func(tx *db.Tx) (letter.Letter, error) {
		return letter.Save(tx, s.People["office"], l.ID, l.Version, written(l))
	})
	done(s.city, func(tx *db.Tx) (bool, error) {
		return true, letter.SetMark(tx, s.People["office"], letter.Mark{Issuer: "CO", Kind: letter.KindReport,
			Mark: "示妇儿报"})
	})
	s.Must(s.issues(l, blocked))
}

func written(l letter.Letter) letter.Letter {
	l.Body, l.Main = strings.ReplaceAll(l.Body, evaluation.ToWrite, "街道每月公示安排。"), []string{"a"}
	return l
}

var errStop = errors.New("not to be kept")

// issues has the letter checked, signed and issued, all or nothing.
func (s *story) issues(of letter.Letter, blocked letter.Blocked) error {
	_, err := do(s.city, func(tx *db.Tx) (letter.Letter, error) {
		l, err := letter.Get(tx, of.ID)
		s.Must(err)
		v, _, err := letter.Preview(tx, l, s.Issuer)
		s.Must(err)
		l, err = letter.Check(tx, s.People["reviewer"], l.ID, l.Version, v.Digest, s.Issuer)
		s.Must(err)
		l, err = letter.Sign(tx, s.People["chief"], l.ID, v.Digest, s.Keys["chief"])
		s.Must(err)
		return letter.Issue(tx, s.People["office"], l.ID, l.Version, blocked)
	})
	return err
}

// owes: a recommendation that nobody answered, and an answer that nobody has looked at, are named.
func (s *story) owes() {
	left, err := s.recommend("office", advice())
	s.Must(err)
	_, err = do(s.city, s.close("office"))
	if errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "评估建议4“建成十间”还没有回应") {
		s.T.Errorf("it ends with a recommendation open: %v", err)
	}
	done(s.city, func(tx *db.Tx) (evaluation.Recommendation, error) {
		return evaluation.TakeBack(tx, s.People["office"], left.ID, left.Version, "重复")
	})
	_, err = do(s.city, func(tx *db.Tx) (evaluation.Round, error) {
		s.Must(tx.Exec(`UPDATE answers SET state = $1 WHERE unit = 'b'`, string(request.Submitted)))
		if _, err := s.close("office")(tx); errs.KindOf(err) != errs.Conflict ||
			!strings.Contains(err.Error(), "示范市卫生健康委的自评答复还没有审核") {
			s.T.Errorf("it ends with an answer that nobody looked at: %v", err)
		}
		return s.r, errStop
	})
	if !errors.Is(err, errStop) {
		s.T.Error(err)
	}
}
