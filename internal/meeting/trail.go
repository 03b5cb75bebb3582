package meeting

// The trail below a meeting, and the papers that lie on the items of its agenda: who may read those the item says.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Trail is the place of meetings among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "meeting", Page: func(id string) string { return "/meetings/" + id },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Words: func(verb string) say.Key { return lifeWords[verb] }, Hides: hides, Told: told}
}

// hides: who was named for another unit, and by whom, is for the host's side alone.
func hides(tx *db.Tx, by auth.User, id string) (func(l *trail.Line) bool, error) {
	m, err := byID(tx, id)
	if err != nil || m.inside(tx, by) {
		return nil, err
	}
	own, err := speaksFor(tx, by)
	return func(l *trail.Line) bool {
		_, mine := own[l.Detail["unit"]]
		l.Without(func(key string) bool {
			return strings.HasPrefix(key, "attendee/") || strings.HasPrefix(key, "invitation/")
		})
		return l.Verb == VerbSignin || l.Verb == VerbReply && !mine // it stands under the name of who comes
	}, err
}

// told: who was reminded of its minutes, and of its replies those of the own units unless by may know all.
func told(tx *db.Tx, by auth.User, id string) ([]trail.Told, error) {
	m, err := byID(tx, id)
	if err != nil {
		return nil, err
	}
	own, err := speaksFor(tx, by)
	if err != nil {
		return nil, err
	}
	asked, err := invitationsOf(tx, id)
	objects, inside := []string{m.Object()}, m.inside(tx, by)
	for _, i := range asked {
		if _, mine := own[i.Unit]; mine || inside {
			objects = append(objects, "invitation/"+i.ID)
		}
	}
	if err != nil {
		return nil, err
	}
	return notice.Of(tx, objects...)
}

// inside says whether by may know who was named for whom: the host's side and whoever oversees it.
func (m Meeting) inside(tx *db.Tx, by auth.User) bool {
	_, err := m.plays(tx, by, Host)
	return err == nil || by.Sees(m.Host, m.AreaPath)
}

// papers are the place of items of an agenda: files lie on them.
func papers() trail.Place {
	return trail.Place{Kind: "agenda", Page: func(id string) string { return "/agenda/" + id },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, _, err := readItem(tx, by, id)
			return err
		},
		Holds: holds, Words: func(verb string) say.Key { return lifeWords[verb] }, Told: notice.Told("agenda")}
}

// readItem is an item whose papers by may read, with its meeting.
func readItem(tx *db.Tx, by auth.User, id string) (AgendaItem, Meeting, error) {
	a, err := agendaByID(tx, id)
	if err != nil {
		return a, Meeting{}, err
	}
	m, err := Read(tx, by, a.Meeting)
	if err != nil {
		return a, m, err
	}
	open, err := m.shows(tx, by, a)
	if err == nil && !open {
		err = errs.Missingf("没有找到这项议程，或者您没有查看权限。")
	}
	return a, m, err
}

// shows says whether by may read the papers of an item: who sees the meeting, the units that attend, or the host alone.
func (m Meeting) shows(tx *db.Tx, by auth.User, a AgendaItem) (bool, error) {
	if m.inside(tx, by) {
		return true, nil
	}
	switch a.VisibleTo {
	case "all":
		return true, nil
	case "office":
		return false, nil
	}
	units, err := speaksFor(tx, by)
	if err != nil {
		return false, err
	}
	invited, err := invitationsOf(tx, m.ID)
	for _, i := range invited {
		if _, own := units[i.Unit]; own && i.Capacity == "attend" {
			return true, err
		}
	}
	_, chairs := units[m.ChairUnit]
	return chairs, err
}

// holds: the host lays papers down until the meeting was held.
func holds(tx *db.Tx, by auth.User, id string) (unit string, err error) {
	_, m, err := readItem(tx, by, id)
	if err != nil {
		return "", err
	}
	if _, err := m.plays(tx, by, Host); err != nil {
		return "", err
	}
	if m.State != Draft && m.State != Notified {
		return "", errs.Conflictf("会议已经召开或取消，会议材料不能再增减。")
	}
	host, err := network.UnitByCode(tx, m.Host)
	return host.Name, err
}
