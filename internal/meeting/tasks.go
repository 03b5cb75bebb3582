package meeting

// What waits for a person: replies, days that a lead unit is to set, minutes to be written. Each ends by the act
// itself.

import (
	"maps"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Tasks are those of a user, by day.
func Tasks(tx *db.Tx, by auth.User) ([]module.Task, error) {
	var all []module.Task
	if !by.Has(auth.Office) && !by.Has(auth.Liaison) {
		return nil, nil // leaders and the committee's chiefs may reply, and are not asked to
	}
	units, err := speaksFor(tx, by)
	if err != nil {
		return nil, err
	}
	today := tx.Today()
	task := func(m Meeting, verb string, ask, state say.Key, due, url string) {
		all = append(all, module.Task{Object: m.Object(), Name: say.Name{ZH: m.Title}, URL: url, Verb: verb, Ask: ask,
			State: state, DueOn: due, Lamp: flow.Lamp(due, today, flow.Near)})
	}
	waiting, err := unreplied(tx, slices.Sorted(maps.Keys(units)))
	if err != nil {
		return nil, err
	}
	for _, w := range waiting {
		if m := w.meeting; tx.Now.Before(m.Starts) {
			due := m.ReplyBy
			if due == "" {
				due = m.Day()
			}
			task(m, VerbReply, "报送回执", "待回执", due, m.URL()+"/reply?invitation="+w.id)
		}
	}
	open, err := led(tx, slices.Sorted(maps.Keys(units)))
	if err != nil {
		return nil, err
	}
	for _, d := range open {
		m, err := byID(tx, d.Meeting)
		if err != nil {
			return nil, err
		}
		task(m, VerbDue, "定办理期限", "待定期限", "", m.URL()+"#decisions")
	}
	held, err := every(tx, Held)
	if err != nil {
		return nil, err
	}
	due, err := dueRule(tx)
	if err != nil {
		return nil, err
	}
	for _, m := range held {
		kind, err := KindOf(tx, m.Kind)
		if err != nil {
			return nil, err
		}
		n, _, err := minutesOf(tx, m.ID)
		if err != nil {
			return nil, err
		}
		if _, notHost := m.plays(tx, by, Host); kind.NeedsMinutes && n.State != Sent && notHost == nil {
			task(m, VerbMinutesSend, "写纪要", "待写纪要", due.next(m, kind), m.URL()+"/minutes")
		}
	}
	return all, nil
}
