package request

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {VerbRead},
	auth.Office: {VerbCreate, VerbEdit, VerbSend, VerbWithdraw, VerbSubstitute, VerbReceive, VerbAnswer, VerbPrepare,
		VerbRecall, VerbSubmit, VerbReturn, VerbAccept},
	auth.Liaison:        {VerbReceive, VerbAnswer, VerbPrepare, VerbRecall, VerbSubmit},
	auth.Statistician:   {VerbReceive, VerbAnswer, VerbPrepare, VerbRecall, VerbSubmit},
	auth.Leader:         {VerbSubmit, VerbReturn, VerbAccept},
	auth.CommitteeChief: {VerbSubmit, VerbReturn, VerbAccept},
})

// Module is requests and their answers.
func Module(secrets account.Secrets) module.Module {
	return module.Module{Name: "request", Grants: grants, Places: []trail.Place{Trail(), AnswerTrail()},
		Routes: func(m *web.Mux) { Routes(m, secrets) },
		Nav:    []module.Nav{{Label: "征集", URL: "/requests", Verb: VerbRead, Order: 50, Count: Waiting}},
		Flows:  []flow.Table{life},
		Kinds:  FindKinds(), Reindex: Reindex, Verify: Verify, Waiting: Waiting,
	}
}

// Waiting is how many answers wait for the user to do something.
func Waiting(tx *db.Tx, by auth.User) (int, error) {
	if !by.Can(VerbRead) {
		return 0, nil
	}
	tasks, err := Todo(tx, by)
	return len(tasks), err
}

// Task is an answer that waits for the user, and what for.
type Task struct {
	Request Request
	Answer  Answer
	Verb    string
}

// Todo lists what waits for the user, the most urgent first.
func Todo(tx *db.Tx, by auth.User) (tasks []Task, err error) {
	open, err := openAnswers(tx, by)
	if err != nil {
		return nil, err
	}
	for _, a := range open {
		r, err := Get(tx, a.RequestID)
		if err != nil {
			return nil, err
		}
		v, err := newest(tx, a.ID)
		if err != nil {
			return nil, err
		}
		for _, st := range life.Open(by, r.answerAs(by, a, v)) {
			if st.Verb == VerbReceive || st.Verb == VerbAnswer || st.Verb == VerbSubmit &&
				st.From == string(Prepared) ||
				st.Verb == VerbAccept {
				tasks = append(tasks, Task{r, a, st.Verb})
				break
			}
		}
	}
	return tasks, nil
}
