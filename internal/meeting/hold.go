package meeting

// What a unit has open in meetings, handed on when another takes over: meetings that it holds, invitations that it has
// not replied to, decisions that it leads and that are no matter yet.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Holds is open work of meetings.
func Holds() []module.Hold {
	return []module.Hold{{Kind: "meeting", Label: "会议事项", List: held, Move: hand}}
}

func held(tx *db.Tx, unit, _ string) (all []module.Held, err error) {
	due, err := dueRule(tx)
	if err != nil {
		return nil, err
	}
	add := func(object, name, nameEN, url, on string) {
		all = append(all, module.Held{Object: object, Name: say.Name{ZH: name, EN: nameEN}, URL: url, DueOn: on,
			Lamp: flow.Lamp(on, tx.Today(), flow.Near)})
	}
	hosted, err := hostedBy(tx, unit)
	if err != nil {
		return nil, err
	}
	for _, m := range hosted {
		kind, err := KindOf(tx, m.Kind)
		if err != nil {
			return nil, err
		}
		add(m.Object(), "主办："+m.Title, m.Title+" (host)", m.URL(), due.next(m, kind))
	}
	asked, err := unreplied(tx, []string{unit})
	if err != nil {
		return nil, err
	}
	for _, w := range asked {
		if m := w.meeting; tx.Now.Before(m.Starts) {
			add("invitation/"+w.id, "待回执："+m.Title, m.Title+" (reply)", m.URL(), m.ReplyBy)
		}
	}
	decided, err := unfollowed(tx, unit)
	for _, d := range decided {
		add("decision/"+d.ID, "牵头：议定事项 "+d.Text, d.Text+" (lead)", "/meetings/"+d.Meeting, d.DueOn)
	}
	return all, err
}

// hand gives one on; basis is the object that decided it.
func hand(tx *db.Tx, by auth.User, object, from, to, basis string) error {
	kind, id, _ := strings.Cut(object, "/")
	var m Meeting
	var rows []row
	var err error
	switch kind {
	case "meeting":
		if m, err = byID(tx, id); err != nil {
			return err
		}
		m.Host = to
		rows = []row{m.row()}
	case "invitation":
		m, rows, err = handInvitation(tx, id, to)
	case "decision":
		d, derr := decisionByID(tx, id)
		if derr != nil {
			return derr
		}
		if m, err = byID(tx, d.Meeting); err != nil {
			return err
		}
		d.Lead = to
		d.Supporting = slices.DeleteFunc(d.Supporting, func(s string) bool { return s == to || s == from })
		rows = []row{d.row()}
		err = putDecision(tx, d)
	default:
		err = errs.Missingf("没有这种会议事项：%s", object)
	}
	if err != nil {
		return err
	}
	st, ok := life.Step(string(m.State), VerbHand)
	if !ok {
		return errs.Conflictf("这次会议已经办完，没有要交接的事。")
	}
	if err := move(tx, by, &m, st, map[string]string{"from": from, "to": to, "basis": basis}, rows...); err != nil {
		return err
	}
	return findable(tx, m)
}

// handInvitation invites another unit in a unit's stead; one that is invited already comes for both.
func handInvitation(tx *db.Tx, id, to string) (m Meeting, rows []row, err error) {
	i, err := invitationByID(tx, id)
	if err != nil {
		return m, nil, err
	}
	if m, err = byID(tx, i.Meeting); err != nil {
		return m, nil, err
	}
	all, err := invitationsOf(tx, m.ID)
	if err != nil {
		return m, nil, err
	}
	if slices.ContainsFunc(all, func(o Invitation) bool { return o.Unit == to }) {
		return m, []row{gone(i.row())}, dropInvitation(tx, id)
	}
	i.Unit = to
	return m, []row{i.row()}, moveInvitation(tx, i)
}

// HeldBy are the meetings that a unit held, newest first, at most so many, as by may see them.
func HeldBy(tx *db.Tx, by auth.User, host string, most int) (seen []Meeting, err error) {
	return newestSeen(tx, by, host, most, Held, Minuted, Closed)
}

// HostedBy are those that it holds, likewise: planned ones too.
func HostedBy(tx *db.Tx, by auth.User, host string, most int) (seen []Meeting, err error) {
	return newestSeen(tx, by, host, most, Draft, Notified, Held, Minuted, Closed)
}

func newestSeen(tx *db.Tx, by auth.User, host string, most int, states ...State) (seen []Meeting, err error) {
	all, err := newest(tx, host, most, states)
	for _, m := range all {
		switch _, err := Read(tx, by, m.ID); {
		case err == nil:
			seen = append(seen, m)
		case errs.KindOf(err) != errs.Missing:
			return nil, err
		}
	}
	return seen, err
}
