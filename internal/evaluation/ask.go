package evaluation

// Self-evaluation: one request to all who take part, made and sent in one step. Answering is package request's.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
)

// outline are the questions of a self-evaluation, as the reports of such evaluations have them.
var outline = []struct {
	text     string
	kind     string
	required bool
	limit    int
}{
	{"规划实施概况：组织领导、制度、经费", request.Text, true, 1500},
	{"主要措施和成效", request.Text, true, 3000},
	{"困难和问题（逐条写）", request.Text, true, 2000},
	{"原因（与问题逐条对应）", request.Text, true, 2000},
	{"下一步措施", request.Text, true, 2000},
	{"对市级的建议", request.Text, false, 1000},
	{"文字里用到的数据（引用，不手写）", request.Figures, false, 0},
}

// Ask makes the request for self-evaluations and sends it. reviewer is the post that looks through the answers; none:
// that of by.
func Ask(tx *db.Tx, by auth.User, id string, version int64, due, reviewer string) (Round, error) {
	return do(tx, by, id, version, VerbAsk, func(r *Round) (map[string]string, error) {
		asked, err := r.Asked(tx)
		if err != nil {
			return nil, err
		}
		if len(asked) > 0 {
			return nil, errs.Conflictf("这轮评估的自评已经布置过。")
		}
		if reviewer == "" {
			post, _ := by.PostFor(r.Unit, auth.Office)
			reviewer = post.ID
		}
		q := request.Request{Kind: request.SelfEvaluation, Title: say.Title(r.Title, maxTitle-2) + "自评",
			Basis: r.Basis, Unit: r.Unit, DueOn: due, Reviewer: reviewer, SignRule: request.Two, About: r.Object()}
		if due == "" {
			s, _ := r.stage(Self)
			q.DueOn = s.Until
		}
		for _, p := range r.Participants {
			q.Addressees = append(q.Addressees, p.Unit)
		}
		for _, one := range outline {
			q.Questions = append(q.Questions, request.Question{Text: one.text, Kind: one.kind, Required: one.required,
				Limit: one.limit})
		}
		if q, err = request.Create(tx, by, q); err != nil {
			return nil, err
		}
		if q, err = request.Send(tx, by, q.ID, q.Version); err != nil {
			return nil, err
		}
		return map[string]string{"request": q.ID}, nil
	})
}

// Asked are the requests for self-evaluations that were sent and not taken back.
func (r Round) Asked(tx *db.Tx) ([]request.Request, error) {
	all, err := request.AboutObject(tx, r.Object())
	return slices.DeleteFunc(all, func(q request.Request) bool {
		return q.Kind != request.SelfEvaluation || q.State != request.Sent
	}), err
}

// ready says why nothing can be asked yet: kickoff and training come first.
func (r Round) ready() error {
	for _, kind := range []string{Kickoff, Lessons} {
		if s, has := r.stage(kind); has && !s.over() {
			return errs.Conflictf("“%s”还没有完成。先开启动会、办统计培训，再布置自评。", s.Title)
		}
	}
	return nil
}

// answers are the answers to the self-evaluation, by the unit that was asked; where another took over, by that one too.
func (r Round) answers(tx *db.Tx) (by map[string]request.Answer, asked request.Request, err error) {
	by = map[string]request.Answer{}
	all, err := r.Asked(tx)
	if err != nil || len(all) == 0 {
		return by, asked, err
	}
	asked = all[len(all)-1]
	given, err := request.Answers(tx, asked.ID)
	for _, a := range given {
		if a.State != request.Replaced {
			by[a.Unit] = a
		}
	}
	for _, a := range given {
		by[a.Asked] = a
	}
	return by, asked, err
}

// answerWords is the state of an answer, or that nothing was asked.
func answerWords(a request.Answer) say.Key {
	if a.ID == "" {
		return "未布置"
	}
	return a.State.Words()
}
