package request

// What stands below a request and below an answer, and the files that an answer to a question is given by.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

func words(verb string) say.Key { return lifeWords[verb] }

// Trail is the place of requests among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "request", Page: func(id string) string { return "/requests/" + id }, Words: words,
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		}, Hides: hides}
}

// hides: who else is asked, and what, is for who asks and oversees.
func hides(tx *db.Tx, by auth.User, id string) (func(*trail.Line) bool, error) {
	r, err := Get(tx, id)
	if err != nil || r.owns(by) {
		return nil, err
	}
	return func(l *trail.Line) bool {
		l.Without(func(key string) bool { return key == "=questions" || key == "=addressees" || key == "units" })
		return l.Verb == VerbCreate || l.Verb == VerbEdit
	}, nil
}

// AnswerTrail is that of answers. Files lie on it as long as it can be written.
func AnswerTrail() trail.Place {
	return trail.Place{Kind: "answer", Page: func(id string) string { return "/answers/" + id }, Words: words,
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, _, err := ReadAnswer(tx, by, id)
			return err
		}, Holds: holds, Fields: provable, Told: notice.Told("answer")}
}

func holds(tx *db.Tx, by auth.User, id string) (unit string, err error) {
	r, a, err := ReadAnswer(tx, by, id)
	if err != nil {
		return "", err
	}
	open := life.Open(by, r.answerAs(by, a, Version{}))
	if !slices.ContainsFunc(open, func(st flow.Step) bool { return st.Verb == VerbAnswer }) {
		return "", errs.Conflictf("现在不能附材料：签收之后、提交之前，由答复单位的联络员附。")
	}
	u, err := network.UnitByCode(tx, a.Unit)
	return u.Name, err
}

// provable are the questions of an answer that a file can answer.
func provable(tx *db.Tx, id string) (fields []trail.Field, err error) {
	a, err := AnswerByID(tx, id)
	if err != nil {
		return nil, err
	}
	r, err := Get(tx, a.RequestID)
	for _, q := range r.For(a.Asked) {
		fields = append(fields, trail.Field{Key: q.Number, Name: q.Number + " " + say.Cut(q.Text, 30)})
	}
	return fields, err
}
