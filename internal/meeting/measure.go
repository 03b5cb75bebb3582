package meeting

// Measures of meetings, each with numerator and denominator; where there is nothing to divide by they say nothing.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/matter"
)

// Share is a part of a whole. Of 0 is nothing to be said.
type Share struct {
	Part int `json:"part"`
	Of   int `json:"of"`
}

// Attendance is who was asked, who cannot come and who was there: three facts of one meeting.
type Attendance struct {
	Units   int   `json:"units"`
	Seats   int   `json:"seats"`
	Replied Share `json:"replied"` // units that replied, of units asked
	Excused int   `json:"excused"`
	Present Share `json:"present"` // of invited seats
	Level   Share `json:"level"`   // units of which somebody at the asked level was there, of units asked for one
}

// attendance counts a meeting. Whoever is asked at any level is asked for no level.
func attendance(all []Invitation, coming map[string][]Attendee) (a Attendance) {
	for _, i := range all {
		a.Units++
		a.Seats += i.Seats
		a.Replied.Of++
		if !i.RepliedAt.IsZero() {
			a.Replied.Part++
		}
		if i.Level != anyLevel {
			a.Level.Of++
		}
		high := false
		for _, p := range coming[i.ID] {
			if p.Excuse != "" {
				a.Excused++
			}
			if p.Present() {
				a.Present.Part++
				high = high || p.Level == i.Level
			}
		}
		if high && i.Level != anyLevel {
			a.Level.Part++
		}
	}
	a.Present.Of = a.Seats
	return a
}

// anyLevel asks for nobody of a level.
const anyLevel = "any"

// AttendanceOf is the attendance of a meeting.
func AttendanceOf(tx *db.Tx, id string) (Attendance, error) {
	all, err := invitationsOf(tx, id)
	if err != nil {
		return Attendance{}, err
	}
	coming, err := attendeesOf(tx, id)
	return attendance(all, coming), err
}

// add counts a decision that is to be followed up and is due, or done before its day. One that was withdrawn counts for
// nothing.
func (s *Share) add(follow, ended, done bool, due, today string) {
	switch {
	case !follow || ended && !done:
	case done:
		s.Part++
		s.Of++
	case due != "" && due < today:
		s.Of++
	}
}

// DecisionsDone is how many of a meeting's followed decisions are closed, of those that are due: whose day has
// passed, or that are closed already.
func DecisionsDone(tx *db.Tx, id string) (s Share, err error) {
	all, err := decisionsOf(tx, id)
	if err != nil {
		return s, err
	}
	n, _, err := minutesOf(tx, id)
	if err != nil {
		return s, err
	}
	for _, d := range all {
		due, err := d.dueOf(tx, n.IssuedAt)
		if err != nil {
			return s, err
		}
		m, found, err := d.followed(tx)
		if err != nil {
			return s, err
		}
		s.add(d.Follow, found && over(m), found && m.Shown == matter.Closed, due, tx.Today())
	}
	return s, err
}
