package app_test

// The meeting of each of the two districts: announced by a letter, so that its invited unit sees it, and held with a
// decision, so that every step finds something to be asked for.

import (
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
)

// meet holds a district's meeting to which its unit was invited.
func (c *twoDistricts) meet(tx *db.Tx, d *district) {
	office, chief, now := d.staff[auth.Office], d.staff[auth.CommitteeChief], tx.Now
	person, err := network.AddPerson(tx, network.Person{Name: office.Name + "同事"})
	c.must(err)
	_, err = network.AddPost(tx, network.Post{PersonID: person.ID, Unit: office.Posts[0].Unit, Role: auth.Office,
		OpensOn: "2018-01-01"})
	c.must(err)
	colleague, err := account.UserOf(tx, person.ID)
	c.must(err)
	m, err := meeting.Plan(tx, office, meeting.Meeting{Title: d.area.Name + "联席会", Kind: "joint_conference",
		Host: office.Posts[0].Unit, Form: meeting.Video, Starts: now.AddDate(0, 0, 9), Ends: now.AddDate(0, 0,
			9).Add(time.Hour),
		ChairUnit: office.Posts[0].Unit}, 0)
	c.must(err)
	item, err := meeting.SetAgenda(tx, office, m.ID, meeting.AgendaItem{Title: d.area.Name + "通报", Kind: "brief"})
	c.must(err)
	_, err = meeting.Invite(tx, office, m.ID, []string{d.objects["unit"]}, meeting.Invitation{Capacity: "attend",
		Level: "any", Seats: 2}, false)
	c.must(err)
	l, err := meeting.DraftNotice(tx, office, m.ID, d.area.Name+"的会议通知。")
	c.must(err)
	c.must(letter.SetMark(tx, office, letter.Mark{Issuer: l.Issuer, Kind: l.Kind, Mark: d.area.Code}))
	v, _, err := letter.Preview(tx, l, "")
	c.must(err)
	l, err = letter.Check(tx, colleague, l.ID, l.Version, v.Digest, "")
	c.must(err)
	l, err = letter.Sign(tx, chief, l.ID, v.Digest, c.keys[chief.ID])
	c.must(err)
	_, err = letter.Issue(tx, office, l.ID, l.Version, nil)
	c.must(err)
	_, err = meeting.Notify(tx, office, m.ID, "")
	c.must(err)
	invitation, err := db.Value[string](tx, `SELECT id FROM invitations WHERE meeting = $1`, m.ID)
	c.must(err)
	_, people, err := meeting.Reply(tx, d.staff[auth.Liaison], m.ID, invitation, []meeting.Attendee{
		{Name: d.staff[auth.Leader].Name, Title: "院长", Level: "head"}})
	c.must(err)
	tx.Now = m.Starts.Add(time.Minute)
	_, err = meeting.Hold(tx, office, m.ID)
	c.must(err)
	decision, err := meeting.Decide(tx, office, m.ID, meeting.Decision{Text: d.area.Name + "的议定事项",
		AgendaItem: item.ID, WhyNot: "自行落实"})
	c.must(err)
	_, err = meeting.SetOutcome(tx, office, m.ID, item.ID, "heard")
	c.must(err)
	n, err := meeting.WriteMinutes(tx, office, m.ID, 0, d.area.Name+"的纪要。")
	c.must(err)
	_, err = meeting.SendMinutes(tx, office, m.ID, n.Version)
	c.must(err)
	tx.Now = now
	d.objects["meeting"], d.objects["agenda"], d.objects["invitation"] = m.ID, item.ID, invitation
	d.objects["attendee"], d.objects["decision"] = people[0].ID, decision.ID
}
