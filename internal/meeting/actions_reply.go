package meeting

// Who is asked, what they reply: so many seats, who comes, who cannot, who stands in.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Invite asks units, or changes what is asked of them: each has a quota, a level and a capacity. Units that are asked
// to another meeting at the same time are named, and asked all the same only if that is confirmed.
func Invite(tx *db.Tx, by auth.User, id string, units []string, as Invitation, confirmed bool) (Meeting, error) {
	m, st, err := take(tx, by, id, VerbInvite)
	if err != nil {
		return m, err
	}
	f := errs.Fields{}
	if len(units) == 0 {
		f.Say("units", "请至少选一个单位。")
	}
	for _, unit := range units {
		if err := standing(tx, f, "units", unit, m.Day()); err != nil {
			return m, err
		}
	}
	if as.Seats < 1 || as.Seats > maxSeats {
		f.Say("seats", "名额请填1至%d。", maxSeats)
	}
	if !known(capacities, as.Capacity) {
		f.Say("capacity", "请选参会身份：出席、列席或特邀。")
	}
	if !known(levels, as.Level) {
		f.Say("level", "请选参会层级。")
	}
	if err := f.Check("没有邀请，请看标出的地方。"); err != nil {
		return m, err
	}
	if !confirmed {
		if err := m.apart(tx, f, "units", units); err != nil {
			return m, err
		}
		if err := f.Check("没有邀请，请看标出的地方。"); err != nil {
			return m, err
		}
	}
	invited, err := invitationsOf(tx, m.ID)
	if err != nil {
		return m, err
	}
	coming, err := attendeesOf(tx, m.ID)
	if err != nil {
		return m, err
	}
	var rows []row
	for _, unit := range units {
		one := Invitation{ID: db.NewID(), Meeting: m.ID, Unit: unit, Position: len(invited) + 1}
		if at := slices.IndexFunc(invited, func(o Invitation) bool { return o.Unit == unit }); at >= 0 {
			if one = invited[at]; taken(coming[one.ID]) > as.Seats {
				f.Say("seats", "%s已报%d人参会，名额不能更少。", unit, taken(coming[one.ID]))
				return m, f.Check("没有邀请，请看标出的地方。")
			}
		} else {
			invited = append(invited, one)
		}
		one.Capacity, one.Level, one.Seats = as.Capacity, as.Level, as.Seats
		if err := putInvitation(tx, one); err != nil {
			return m, err
		}
		rows = append(rows, one.row())
	}
	return m, move(tx, by, &m, st, nil, rows...)
}

// apart says at a field that some of the units are asked to another meeting at the time of this one.
func (m Meeting) apart(tx *db.Tx, f errs.Fields, field string, units []string) error {
	other, err := overlapping(tx, m, units)
	if len(other) > 0 {
		f.Say(field, "同一时间已邀请这些单位参加：%s。仍要邀请的，请勾选“同时开会也邀请”。", strings.Join(other, "、"))
	}
	return err
}

// free refuses the meeting's time where units that it asks are asked to another one.
func (m Meeting) free(tx *db.Tx) error {
	invited, err := invitationsOf(tx, m.ID)
	if err != nil {
		return err
	}
	units := make([]string, len(invited))
	for at, i := range invited {
		units[at] = i.Unit
	}
	f := errs.Fields{}
	if err := m.apart(tx, f, "starts", units); err != nil {
		return err
	}
	return f.Check("会议没有改期，请看标出的地方。")
}

// taken is how many seats people take who come.
func taken(all []Attendee) (n int) {
	for _, a := range all {
		if !a.empty() && (a.Excuse == "" || a.Present()) {
			n++
		}
	}
	return n
}

// Uninvite takes an invitation back; once the notice is out, only one that nobody replied to.
func Uninvite(tx *db.Tx, by auth.User, id, invitation string) error {
	m, st, err := take(tx, by, id, VerbInvite)
	if err != nil {
		return err
	}
	i, _, err := invitationIn(tx, m, invitation)
	if err != nil {
		return err
	}
	if !i.RepliedAt.IsZero() {
		return errs.Conflictf("这个单位已经报送回执，不能撤下邀请。")
	}
	if err := dropInvitation(tx, i.ID); err != nil {
		return err
	}
	return move(tx, by, &m, st, nil, gone(i.row()))
}

// invitationIn is an invitation to the meeting, with whom its unit named.
func invitationIn(tx *db.Tx, m Meeting, id string) (Invitation, []Attendee, error) {
	invited, err := invitationsOf(tx, m.ID)
	if err != nil {
		return Invitation{}, nil, err
	}
	at := slices.IndexFunc(invited, func(o Invitation) bool { return o.ID == id })
	if at < 0 {
		return Invitation{}, nil, errs.Missingf("没有找到这项邀请。请刷新页面看看。")
	}
	coming, err := attendeesOf(tx, m.ID)
	return invited[at], coming[id], err
}

// Reply says who comes for a unit, who cannot, and who stands in for whom. It replaces what was said before.
func Reply(tx *db.Tx, by auth.User, id, invitation string, people []Attendee) (Invitation, []Attendee, error) {
	m, st, err := take(tx, by, id, VerbReply)
	if err != nil {
		return Invitation{}, nil, err
	}
	i, before, err := invitationIn(tx, m, invitation)
	if err != nil {
		return i, nil, err
	}
	units, err := speaksFor(tx, by)
	if err != nil {
		return i, nil, err
	}
	if _, speaks := units[i.Unit]; !speaks {
		return i, nil, errs.Deniedf("回执须由受邀单位自己报送。")
	}
	people = trimmed(people)
	if err := i.checkReply(people, inReply); err != nil {
		return i, nil, err
	}
	people = slices.DeleteFunc(people, Attendee.empty)
	var rows []row
	for _, a := range before {
		if a.Present() {
			return i, nil, errs.Conflictf("%s已经签到，回执不能再改。变动请到签到处登记。", a.Name)
		}
		if err := dropAttendee(tx, a.ID); err != nil {
			return i, nil, err
		}
		rows = append(rows, gone(a.row()))
	}
	i.RepliedBy, i.RepliedAt = by.Name, tx.Now
	if err := putInvitation(tx, i); err != nil {
		return i, nil, err
	}
	rows = append(rows, i.row())
	for n := range people {
		a := &people[n]
		*a = Attendee{ID: db.NewID(), Invitation: i.ID, Position: n + 1, Name: a.Name, Title: a.Title, Level: a.Level,
			Phone: a.Phone, Excuse: a.Excuse, StandsInFor: a.StandsInFor}
		if err := a.identify(tx, i.Unit, m.Day()); err != nil {
			return i, nil, err
		}
		if err := putAttendee(tx, *a); err != nil {
			return i, nil, err
		}
		rows = append(rows, a.row())
	}
	detail := map[string]string{"unit": i.Unit}
	if m.ReplyBy != "" && tx.Today() > m.ReplyBy {
		detail["late"] = "true"
	}
	return i, people, move(tx, by, &m, st, detail, rows...)
}

// trimmed are people as typed, without spaces around what was typed.
func trimmed(people []Attendee) []Attendee {
	all := slices.Clone(people)
	for n := range all {
		a := &all[n]
		for _, text := range []*string{&a.Name, &a.Title, &a.Phone, &a.Excuse, &a.StandsInFor} {
			*text = strings.TrimSpace(*text)
		}
	}
	return all
}

// empty says that nothing but a level was typed.
func (a Attendee) empty() bool { return a.Name+a.Title+a.Phone+a.Excuse+a.StandsInFor == "" }

// checkReply holds a reply against the quota, and each person against what has to be known of them. key names a field
// of the person of a place, from 1.
func (i Invitation) checkReply(people []Attendee, key func(field string, n int) string) error {
	f := errs.Fields{}
	if !slices.ContainsFunc(people, func(a Attendee) bool { return !a.empty() }) {
		f.Say(key("name", 1), "请写明谁来参会，或谁请假。")
	}
	if len(people) > 2*i.Seats+5 {
		f.Say(key("name", 1), "报的人太多。请只报参会的人和请假的人。")
	}
	come := 0
	for at, a := range people {
		if a.empty() {
			continue
		}
		say := func(field string, msg say.Key, args ...any) { f.Say(key(field, at+1), msg, args...) }
		switch {
		case a.Name == "" && a.StandsInFor != "":
			say("name", "代会要写明代会人的姓名。")
		case a.Name == "":
			say("name", "请写姓名。")
		case a.Excuse == "" && a.Title == "":
			say("title", "请写%s的职务。", a.Name)
		case a.Excuse != "" && a.StandsInFor != "":
			say("excuse", "%s又请假又代会，请只选一样。", a.Name)
		}
		if !known(levels, a.Level) {
			say("level", "请选%s的层级。", a.Name)
		}
		for field, text := range map[string]string{"name": a.Name, "title": a.Title, "phone": a.Phone,
			"excuse": a.Excuse, "stands_in_for": a.StandsInFor} {
			if !short(text, maxTitle) {
				say(field, "请不要超过%d个字。", maxTitle)
			}
		}
		if come += taken(people[at : at+1]); come == i.Seats+1 && taken(people[at:at+1]) == 1 {
			say("name", "名额是%d个，报了%d人。请减少人数，或请主办单位增加名额。", i.Seats, taken(people))
		}
	}
	return f.Check("回执没有报送，请看标出的地方。")
}

// inReply is how a reply's form names its fields: names[1].
func inReply(field string, n int) string { return field + "[" + strconv.Itoa(n) + "]" }

// identify finds the person and the post that a name stands for in the unit on a day; a name that nobody there has
// stands for somebody whom the program does not know.
func (a *Attendee) identify(tx *db.Tx, unit, day string) error {
	staff, err := staffOf(tx, unit, day)
	for _, p := range staff {
		if p.Person == a.Name {
			a.PersonID, a.PostID = p.PersonID, p.ID
			return err
		}
	}
	return err
}

// staffOf are the people of a unit on a day; a committee's are also those of its office.
func staffOf(tx *db.Tx, unit, day string) ([]network.Post, error) {
	staff, err := network.Staff(tx, unit, day)
	if err != nil {
		return nil, err
	}
	one, err := network.UnitByCode(tx, unit)
	if err != nil {
		return nil, err
	}
	beside, err := network.UnitsOf(tx, one.AreaID)
	if err != nil {
		return nil, err
	}
	for _, u := range beside {
		if u.Parent != unit || u.Code == unit {
			continue
		}
		below, err := network.Staff(tx, u.Code, day)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(below, func(p network.Post) bool { return p.Role == auth.Office }) {
			staff = append(staff, below...)
		}
	}
	return staff, nil
}
