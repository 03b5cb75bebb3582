package meeting

// Measures of meetings, each with numerator and denominator; where there is nothing to divide by they say nothing.

import (
	"fmt"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
	"yipanqi/internal/module"
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
	return attendanceOf(tx, id, module.Work{})
}

// attendanceOf is that of the units whose work counts.
func attendanceOf(tx *db.Tx, id string, of module.Work) (Attendance, error) {
	all, err := invitationsOf(tx, id)
	if err != nil {
		return Attendance{}, err
	}
	all = slices.DeleteFunc(all, func(i Invitation) bool { return !of.Of(i.Unit) })
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

// decisionsDone is how many of a meeting's followed decisions are closed, of those that are due: whose day has passed,
// or that are closed already. They are led by units whose work counts.
func decisionsDone(tx *db.Tx, id string, of module.Work) (s Share, err error) {
	all, err := decisionsOf(tx, id)
	if err != nil {
		return s, err
	}
	n, _, err := minutesOf(tx, id)
	if err != nil {
		return s, err
	}
	for _, d := range all {
		if !of.Of(d.Lead) {
			continue
		}
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

// Measures are those of the meetings of a year that by may see, and of the training that was owed at its end; of the
// current year, today.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	held, err := every(tx, Held, Minuted, Closed)
	if err != nil {
		return nil, err
	}
	var came Attendance
	var decided Share
	for _, m := range held {
		if !of.In(m.Day()) {
			continue
		}
		if _, err := Read(tx, by, m.ID); errs.KindOf(err) == errs.Missing {
			continue
		} else if err != nil {
			return nil, err
		}
		one, err := attendanceOf(tx, m.ID, of)
		if err != nil {
			return nil, err
		}
		done, err := decisionsDone(tx, m.ID, of)
		if err != nil {
			return nil, err
		}
		for sum, s := range map[*Share]Share{&came.Replied: one.Replied, &came.Present: one.Present,
			&came.Level: one.Level, &decided: done} {
			sum.Part, sum.Of = sum.Part+s.Part, sum.Of+s.Of
		}
	}
	at := fmt.Sprintf("/meetings/attendance?year=%d", of.Year)
	all := []module.Measure{
		module.Counted("replied", "回执率", came.Replied.Part, came.Replied.Of,
			"报送回执的单位 ÷ 邀请的单位（次）", at),
		module.Counted("attendance", "到会率", came.Present.Part, came.Present.Of, "到会人数 ÷ 邀请的名额", at),
		module.Counted("level", "按要求层级到会", came.Level.Part, came.Level.Of,
			"有要求层级的人到会的单位 ÷ 要求了层级的单位（次）", at),
		module.Counted("decision_done", "议定落实", decided.Part, decided.Of,
			"已办结的督办议定事项 ÷ 到期或已办结的督办议定事项", "/decisions")}
	if !by.Can(VerbTrainings) {
		return all, nil
	}
	_, last := of.Days()
	owing, err := owingOn(tx, by, min(last, tx.Today()))
	s := trained(slices.DeleteFunc(owing, func(o Owed) bool { return !of.Of(o.Unit) }))
	return append(all, module.Counted("trained", "应训已训", s.Part, s.Of, "到岗以后参加了所需培训的岗位 ÷ 应训的岗位（今天；往年为年末）",
		"/trainings?show=all")), err
}

// trained is how many of the posts that owe training had all of it.
func trained(all []Owed) (s Share) {
	for _, o := range all {
		if s.Of++; o.Trained() {
			s.Part++
		}
	}
	return s
}
