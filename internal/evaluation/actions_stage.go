package evaluation

// Stages and the end of a round: what is finished has to be there. What may be done with the round itself is
// actions.go's.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
)

// Lack is something without which a stage or a round is not over: what it is, and where it is put right.
type Lack struct {
	Words say.Words `json:"-"`
	URL   string    `json:"url"`
}

// lacks is what is missing before a stage of a kind is done: answers that somebody asked for, a report that went out.
func (r Round) lacks(tx *db.Tx, kind string) (all []Lack, err error) {
	switch kind {
	case Self:
		asked, err := r.Asked(tx)
		if err == nil && len(asked) == 0 {
			all = append(all, Lack{say.New("自评还没有布置到参加单位"), r.URL() + "#parts"})
		}
		return all, err
	case Report:
		l, is, err := r.report(tx)
		switch {
		case err != nil || is && l.State == letter.StateIssued:
		case is:
			all = append(all, Lack{say.New("评估报告已起草，还没有发出"), l.URL()})
		default:
			all = append(all, Lack{say.New("评估报告还没有起草和发出"), r.URL() + "#report"})
		}
		return all, err
	}
	return nil, nil
}

// report is the letter that tells of the round, unless it was withdrawn; the newest if there are several.
func (r Round) report(tx *db.Tx) (letter.Letter, bool, error) { return r.letter(tx, letter.KindReport) }

// notice is the letter that announces the round, likewise.
func (r Round) notice(tx *db.Tx) (letter.Letter, bool, error) { return r.letter(tx, letter.KindNotice) }

func (r Round) letter(tx *db.Tx, kind letter.Kind) (l letter.Letter, is bool, err error) {
	all, err := letter.Of(tx, r.Object())
	for _, l := range all {
		if l.Kind == kind && l.State != letter.StateWithdrawn {
			return l, true, err
		}
	}
	return l, false, err
}

// unsettled is what somebody still owes a round that is to end: a response to a recommendation, a look at an answer.
func (r Round) unsettled(tx *db.Tx) (all []Lack, err error) {
	advice, err := RecommendationsOf(tx, r.ID)
	for _, c := range advice {
		if c.State == Made {
			all = append(all, Lack{say.New("评估建议%d“%s”还没有回应", c.Number, c.What), c.URL()})
		}
	}
	if err != nil {
		return nil, err
	}
	answers, _, err := r.answers(tx)
	if err != nil {
		return nil, err
	}
	names, err := called(tx)
	for _, p := range r.Participants {
		if a := answers[p.Unit]; a.State == request.Submitted {
			all = append(all, Lack{say.New("%s的自评答复还没有审核", names(p.Unit)), a.URL()})
		}
	}
	return all, err
}

// missing says what lacks, as a refusal; refused says what was not done.
func missing(refused say.Key, all []Lack) error {
	const most = 5
	if len(all) == 0 {
		return nil
	}
	words := all[0].Words
	for _, l := range all[1:min(len(all), most)] {
		words = say.New("%s；%s", words, l.Words)
	}
	if len(all) > most {
		words = say.New("%s等%d项", words, len(all))
	}
	return errs.Conflictf(refused, words)
}

// Step starts, finishes or skips a stage, counted from 0; verb says which.
func Step(tx *db.Tx, by auth.User, id string, version int64, verb string, n int, reason string) (Round, error) {
	return do(tx, by, id, version, verb, func(r *Round) (detail map[string]string, err error) {
		if n < 0 || n >= len(r.Stages) {
			return nil, errs.Missingf("没有这个阶段。")
		}
		s := &r.Stages[n]
		switch {
		case s.over():
			return nil, errs.Conflictf("“%s”已经办完，不能再改。", s.Title)
		case verb == VerbStart && s.State == StageRunning:
			return nil, errs.Conflictf("“%s”已经开始。", s.Title)
		case verb == VerbFinish && s.State == StageWaiting:
			return nil, errs.Conflictf("“%s”还没有开始。", s.Title)
		}
		detail = map[string]string{"stage": s.Title}
		switch verb {
		case VerbStart:
			s.State = StageRunning
		case VerbFinish:
			lacks, err := r.lacks(tx, s.Kind)
			if err != nil {
				return nil, err
			}
			if err := missing("没有完成：%s。确实不开展的，请注明“不开展”的原因。", lacks); err != nil {
				return nil, err
			}
			s.State = StageDone
		default:
			s.State = StageSkipped
			s.Reason, err = why(reason)
			detail["reason"] = s.Reason
		}
		return detail, err
	})
}

// Close ends a round all of whose stages are done or skipped. What is still open of it lives on in the ledger.
func Close(tx *db.Tx, by auth.User, id string, version int64) (Round, error) {
	return do(tx, by, id, version, VerbClose, func(r *Round) (map[string]string, error) {
		owed, err := r.unsettled(tx)
		if err != nil {
			return nil, err
		}
		r.ClosedOn = tx.Today()
		return nil, missing("没有结束：%s。", owed)
	})
}
