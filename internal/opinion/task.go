package opinion

// What waits for whom: remarks to be answered, and answers that their authors have not spoken about.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/job"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Tasks lists what waits for the user.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	open, err := waitingFor(tx, by)
	for _, o := range open {
		t, err := Get(tx, o.TextID)
		if err != nil {
			return nil, err
		}
		if o.State == Filed && t.Blind(tx.Today()) {
			continue
		}
		task := module.Task{Object: o.Object(), Name: say.Name{ZH: t.Title}, URL: o.URL(), Verb: VerbReply,
			Ask:   "回应意见",
			State: o.State.Words(), Lamp: flow.Grey,
			Note: say.New("%s · %s", WeightWords(o.Weight), say.Cut(o.Reason, 30))}
		if o.State == Replied {
			task.Verb, task.Ask = VerbSettle, "表态"
			due, err := o.deadline(tx)
			if err != nil {
				return nil, err
			}
			task.DueOn, task.Lamp = due.On, flow.Lamp(due.On, tx.Today(), flow.Near)
		}
		tasks = append(tasks, task)
	}
	return tasks, err
}

// lapsing settles every morning what authors have said nothing about in time.
func lapsing() job.Every {
	return job.Every{Name: "opinion.lapse", Label: "意见回应到期未表态的视为同意", At: "06:10",
		Run: func(tx *db.Tx, r job.Round) (string, error) {
			n, err := Lapse(tx)
			if n == lapsePiece {
				return "more", err
			}
			return "", err
		}}
}
