package instruction

// A leader's desk: what waits for words, what is being done, what came of it. The office's own tasks are here too.

import (
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

const dayLayout = time.DateOnly

// Desk is what lies before a leader, the oldest first.
type Desk struct {
	Awaited  []Instruction   // the office laid it here
	Letters  []letter.Letter // addressed to the leader's committee, and without words of the leader
	Unsure   []Instruction   // the office wrote it down; the leader has not confirmed it
	Running  []Instruction
	Reported []Instruction
	Matters  map[string][]matter.Matter // of what is being done, by the instruction
	Late     []matter.Item              // overdue under the leader's eyes, the longest first
	Idle     []string                   // ids of what is being done and nobody did anything about in time
	Open     int                        // items that are not ended
	Overdue  int
}

// Waiting is how much of it waits for the leader.
func (d Desk) Waiting() int { return len(d.Awaited) + len(d.Letters) + len(d.Unsure) + len(d.Reported) }

// lateOnDesk is how many overdue items a desk shows.
const lateOnDesk = 10

// ReadDesk reads a leader's desk.
func ReadDesk(tx *db.Tx, by auth.User) (d Desk, err error) {
	post, ok := leads(by)
	if !ok {
		return d, by.Check(VerbDesk)
	}
	for state, into := range map[State]*[]Instruction{StateAwaited: &d.Awaited, StateRunning: &d.Running,
		StateReported: &d.Reported} {
		if *into, err = ofLeader(tx, by.ID, state); err != nil {
			return d, err
		}
	}
	if d.Unsure, err = unconfirmed(tx, by.ID); err != nil {
		return d, err
	}
	slices.SortStableFunc(d.Running, func(a, b Instruction) int { return module.ByDay(a.DueOn, b.DueOn) })
	if d.Letters, err = unwritten(tx, post, by.ID); err != nil {
		return d, err
	}
	if d.Late, err = matter.Late(tx, by, lateOnDesk); err != nil {
		return d, err
	}
	standing, err := matter.Standings(tx, by)
	if err != nil {
		return d, err
	}
	for _, s := range standing {
		d.Open, d.Overdue = d.Open+s.Open, d.Overdue+s.Overdue
	}
	d.Matters = map[string][]matter.Matter{}
	for _, i := range slices.Concat(d.Running, d.Reported) {
		if d.Matters[i.ID], err = matter.BySource(tx, i.Object()); err != nil {
			return d, err
		}
		idle, err := i.idle(tx)
		if err != nil {
			return d, err
		}
		if idle {
			d.Idle = append(d.Idle, i.ID)
		}
	}
	return d, nil
}

// limitIdle is how long what a leader asked for may wait until somebody does something about it.
const limitIdle = "instruction.idle"

// idle says whether nobody did anything about an instruction in time: what its office is reminded of.
func (i Instruction) idle(tx *db.Tx) (bool, error) {
	d, err := i.reminder(tx)
	return d.DueOn != "" && d.DueOn < tx.Today(), err
}

// unwritten are reports and requests to the leader's committee on which the leader has not written.
func unwritten(tx *db.Tx, post auth.Post, leader string) (left []letter.Letter, err error) {
	all, err := letter.To(tx, post.Unit, letter.KindReport, letter.KindRequest)
	for _, l := range all {
		written, err := Of(tx, l.Object())
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(written, func(i Instruction) bool {
			return i.LeaderID == leader && i.State != StateWithdrawn
		}) {
			left = append(left, l)
		}
	}
	return left, err
}

// Tasks are what waits for by: a leader's words, confirmations and looks; an office's reports.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	today := tx.Today()
	add := func(all []Instruction, verb string, ask, state say.Key) {
		for _, i := range all {
			tasks = append(tasks, module.Task{Object: i.Object(), Name: say.Name{ZH: i.Title}, URL: i.URL(), Verb: verb,
				Ask: ask, State: state, DueOn: i.DueOn, Lamp: i.Lamp(today)})
		}
	}
	if _, ok := leads(by); ok {
		d, err := ReadDesk(tx, by)
		if err != nil {
			return nil, err
		}
		add(d.Awaited, VerbWrite, "写批示", StateAwaited.Words())
		add(d.Unsure, VerbConfirm, "确认", "代录的批示待确认")
		add(d.Reported, VerbSatisfy, "过目", StateReported.Words())
		for _, l := range d.Letters {
			tasks = append(tasks, module.Task{Object: l.Object(), Name: say.Name{ZH: l.Title}, URL: newURL(l.Object()),
				Verb: VerbWrite, Ask: "写批示", State: "来文待批示"})
		}
	}
	for _, p := range by.Posts {
		if p.Role != auth.Office {
			continue
		}
		running, err := kept(tx, p.Unit, StateRunning)
		if err != nil {
			return nil, err
		}
		for _, i := range running {
			s, err := staged(tx, i)
			if err != nil {
				return nil, err
			}
			switch from, err := matter.BySource(tx, i.Object()); {
			case err != nil:
				return nil, err
			case len(from) == 0:
				add([]Instruction{i}, VerbReport, "交办", "批示待交办")
			case len(s.open) == 0:
				add([]Instruction{i}, VerbReport, "报领导过目", "办结待报告")
			}
		}
	}
	return tasks, nil
}

// newURL is where an instruction on an object is written.
func newURL(object string) string { return "/instructions/new?about=" + object }
