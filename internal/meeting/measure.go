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

// DecisionsDone is how many of a meeting's followed decisions are closed, of those that are followed.
func DecisionsDone(tx *db.Tx, id string) (s Share, err error) {
	all, err := decisionsOf(tx, id)
	for _, d := range all {
		if !d.Follow {
			continue
		}
		s.Of++
		m, found, err := d.followed(tx)
		if err != nil {
			return s, err
		}
		if found && m.Shown == matter.Closed {
			s.Part++
		}
	}
	return s, err
}
