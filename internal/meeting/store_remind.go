package meeting

// What people are reminded of: units that have not replied, and hosts that owe minutes.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

// waiting is an invitation that nobody replied to yet.
type waiting struct {
	id, unit string
	meeting  Meeting
}

// unreplied are the invitations of units to meetings that are notified, the earliest first.
func unreplied(tx *db.Tx, units []string) ([]waiting, error) {
	return waitingFor(tx,
		`i.replied_at IS NULL AND m.state = 'notified' AND i.unit IN (SELECT j.key FROM json_each($1) j)
		ORDER BY m.starts, i.id`, db.Texts(units))
}

func waitingFor(tx *db.Tx, where string, args ...any) (all []waiting, err error) {
	type pair struct{ id, unit, meeting string }
	rows, err := db.All(tx, func(r db.Row) (p pair, err error) { return p, r.Scan(&p.id, &p.unit, &p.meeting) },
		`SELECT i.id, i.unit, i.meeting FROM invitations i JOIN meetings m ON m.id = i.meeting WHERE `+where, args...)
	for _, p := range rows {
		m, err := byID(tx, p.meeting)
		if err != nil {
			return nil, err
		}
		all = append(all, waiting{p.id, p.unit, m})
	}
	return all, err
}

// Reminders are the things of this module that wait for people.
func Reminders() []module.Reminder {
	return []module.Reminder{
		{Object: "invitation", Verbs: VerbReply,
			Steps: []module.Ask{{Verb: VerbReply, Label: "报送会议回执", Ask: "请报送会议回执"}},
			Due:   dueReplies, Of: repliesOf},
		{Object: "meeting", Verbs: "minutes.",
			Steps: []module.Ask{{Verb: VerbMinutesSend, Label: "写会议纪要送核签", Ask: "请写会议纪要送核签"}},
			Due:   dueMinutes, Of: minutesDue},
		paperReminder(),
	}
}

// dueReplies lists all at once: units are asked to a few meetings at a time.
func dueReplies(tx *db.Tx, until, _ string) (things []module.Due, next string, err error) {
	rows, err := waitingFor(tx, `i.replied_at IS NULL AND m.state = 'notified' AND m.reply_by <> '' AND m.reply_by <= $1
		ORDER BY m.reply_by, i.id`, until)
	for _, w := range rows {
		t, err := w.thing(tx)
		if err != nil {
			return nil, "", err
		}
		things = append(things, t)
	}
	return things, "", err
}

func repliesOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	ids := make([]string, len(objects))
	for i, o := range objects {
		ids[i] = strings.TrimPrefix(o, "invitation/")
	}
	rows, err := waitingFor(tx, `i.id IN (SELECT j.key FROM json_each($1) j)`, db.Texts(ids))
	all := map[string]module.Due{}
	for _, w := range rows {
		t, err := w.thing(tx)
		if err != nil {
			return nil, err
		}
		still, err := unreplied(tx, []string{w.unit})
		if err != nil {
			return nil, err
		}
		waits := false
		for _, s := range still {
			waits = waits || s.id == w.id
		}
		if !waits || w.meeting.ReplyBy == "" {
			t.Step, t.DueOn = "", ""
		}
		all[t.Object] = t
	}
	return all, err
}

func (w waiting) thing(tx *db.Tx) (t module.Due, err error) {
	t = w.meeting.thing(VerbReply, w.meeting.ReplyBy)
	t.Object, t.URL = "invitation/"+w.id, w.meeting.URL()+"/reply?invitation="+w.id
	unit, area, err := homeOfUnit(tx, w.unit)
	t.Unit, t.UnitName, t.UnitNameEN, t.AreaPath = unit.Code, unit.Name, unit.NameEN, area.Path
	return t, err
}

// thing is the meeting as somebody is told of it.
func (m Meeting) thing(step, due string) module.Due {
	return module.Due{Object: m.Object(), Title: m.Title, URL: m.URL(), Step: step, DueOn: due}
}

func dueMinutes(tx *db.Tx, until, _ string) (things []module.Due, next string, err error) {
	held, err := every(tx, Held)
	if err != nil {
		return nil, "", err
	}
	for _, m := range held {
		t, err := m.owesMinutes(tx)
		if err != nil {
			return nil, "", err
		}
		if t.Step != "" && t.DueOn <= until {
			things = append(things, t)
		}
	}
	return things, "", nil
}

func minutesDue(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	all := map[string]module.Due{}
	for _, o := range objects {
		m, found, err := db.Maybe(byID(tx, strings.TrimPrefix(o, "meeting/")))
		if err != nil {
			return nil, err
		}
		if found {
			if all[o], err = m.owesMinutes(tx); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// owesMinutes is the meeting with the day of its minutes, without a step if none are owed.
func (m Meeting) owesMinutes(tx *db.Tx) (t module.Due, err error) {
	kind, err := KindOf(tx, m.Kind)
	if err != nil {
		return t, err
	}
	due, err := dueRule(tx)
	if err != nil {
		return t, err
	}
	n, _, err := minutesOf(tx, m.ID)
	if err != nil {
		return t, err
	}
	t = m.thing(VerbMinutesSend, due.next(m, kind))
	if m.State != Held || !kind.NeedsMinutes || n.State == Sent {
		t.Step, t.DueOn = "", ""
	}
	t.URL += "/minutes"
	unit, area, err := homeOfUnit(tx, m.Host)
	t.Unit, t.UnitName, t.UnitNameEN, t.AreaPath = unit.Code, unit.Name, unit.NameEN, area.Path
	return t, err
}

func homeOfUnit(tx *db.Tx, code string) (network.Unit, network.Area, error) {
	unit, err := network.UnitByCode(tx, code)
	if err != nil {
		return unit, network.Area{}, err
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	return unit, area, err
}

// askedTo are how many meetings from a day on until before another units were asked to, and for how many people, of
// meetings held where by sees all of them.
func askedTo(tx *db.Tx, by auth.User, from, until string) (map[string][2]int, error) {
	units, paths := by.Scope()
	of := map[string][2]int{}
	start, _ := calendar.Start(from)
	end, _ := calendar.Start(until)
	return of, db.Each(tx, func(r db.Row) error {
		var unit string
		var n [2]int
		err := r.Scan(&unit, &n[0], &n[1])
		of[unit] = n
		return err
	}, `SELECT i.unit, count(*), sum(i.seats) FROM invitations i JOIN meetings m ON m.id = i.meeting
		WHERE m.state IN ('notified', 'held', 'minuted', 'closed') AND m.starts >= $3 AND m.starts < $4
		AND `+auth.Visible("m.host", "m.area_path", 1)+` GROUP BY i.unit`, db.Texts(units), db.Texts(paths), start, end)
}
