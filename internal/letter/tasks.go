package letter

// What waits for somebody: to receive, to check, to countersign, to sign, to issue, to mend.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// asks are what is to be done for each step that a letter can wait for, and how it is called while it waits.
var asks = map[string][2]say.Key{VerbReceive: {"签收", "待签收"}, VerbCheck: {"核稿", "待核稿"},
	VerbCountersign: {"会签", "待会签"}, VerbSign: {"签发", "待签发"}, VerbIssue: {"编号发出", "待发出"},
	VerbEdit: {"修改文稿", "退回待改"}}

// Tasks are the letters that wait for by. A draft waits for nobody until it was sent back: that it is ready its writer
// says by asking a colleague, so it waits for the colleagues from its first save on.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can("letter.read") {
		return nil, nil
	}
	mine, err := receivable(tx, by)
	if err != nil {
		return nil, err
	}
	owed, err := owedBy(tx, mine)
	if err != nil {
		return nil, err
	}
	for _, l := range owed {
		tasks = append(tasks, l.task(VerbReceive, l.ReceiptDue, flow.Lamp(l.ReceiptDue, tx.Today(), flow.Near)))
	}
	open, err := inHand(tx, by)
	if err != nil {
		return nil, err
	}
	for _, l := range open {
		s, err := staged(tx, by, l)
		if err != nil {
			return nil, err
		}
		for _, st := range s.open(by) {
			if s.waitsFor(tx, by, st.Verb) {
				tasks = append(tasks, l.task(st.Verb, "", ""))
				break
			}
		}
	}
	return tasks, nil
}

// waitsFor says whether the letter waits for by to take a step that they may take. A draft that was sent back waits for
// its writer, any other that is complete for somebody who may check it.
func (s scene) waitsFor(tx *db.Tx, by auth.User, verb string) bool {
	switch verb {
	case VerbEdit:
		return s.Note != "" && slices.Contains(s.Writers, by.ID)
	case VerbCheck:
		return s.Note == "" && s.ready(tx) == nil
	}
	_, known := asks[verb]
	return known && verb != VerbReceive
}

func (l Letter) task(verb, due, lamp string) module.Task {
	return module.Task{Object: l.Object(), Name: say.Name{ZH: l.Title, EN: l.Title}, URL: l.URL(), Verb: verb,
		Ask: asks[verb][0], State: asks[verb][1], DueOn: due, Lamp: lamp}
}

// receivable are the units for which it is on by to receive: as liaison or office, or as leader where the unit has
// neither.
func receivable(tx *db.Tx, by auth.User) (units []string, err error) {
	for _, p := range by.Posts {
		switch p.Role {
		case auth.Office:
			served, err := serves(tx, p.Unit)
			if err != nil {
				return nil, err
			}
			units = append(append(units, p.Unit), served...)
		case auth.Liaison:
			units = append(units, p.Unit)
		case auth.Leader:
			staff, err := network.Staff(tx, p.Unit, "")
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(staff, func(o network.Post) bool {
				return o.Role == auth.Liaison || o.Role == auth.Office
			}) {
				units = append(units, p.Unit)
			}
		}
	}
	return units, nil
}
