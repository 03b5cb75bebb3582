package notice

// The morning of a working day: first everybody is told, thing by thing, then the digests are laid ready. Each piece is
// a transaction of its own, see package job.

import (
	"slices"
	"strings"
	"time"
	"yipanqi/internal/module"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// Desk is what notices need of the program around them.
type Desk struct {
	Sources []module.Reminder
	// Language is the language of everybody who has an account that is open, by person.
	Languages func(*db.Tx) (map[string]string, error)
	// Mail and Chat say whether there is a mail server and a chat tool to send to.
	Mail, Chat bool
	BaseURL    string // for addresses in mails; empty: none are given
	City       func(*db.Tx) (string, error)
}

// JobMorning is the name of the day's job.
const JobMorning = "notice.morning"

// Jobs are the day's reminders, and their end when the thing is done.
func (d Desk) Jobs() (jobs job.Jobs) {
	jobs.Every = []job.Every{{Name: JobMorning, Label: "工作日提醒：收件箱和邮件摘要", At: "07:30", Run: d.morning}}
	for _, s := range d.Sources {
		jobs.After = append(jobs.After, job.After{Name: "notice.end." + s.Object, Label: "办完的事不再提醒",
			Verb: s.Verbs, Run: func(tx *db.Tx, e journal.Entry) error { return ended(s, tx, e.Object) }})
	}
	return jobs
}

// Pieces of a morning are told apart by the beginning of where they go on.
const digests = "digests"

func (d Desk) morning(tx *db.Tx, r job.Round) (rest string, err error) {
	works, err := workdays(tx)
	if err != nil {
		return "", err
	}
	today, err := time.Parse(time.DateOnly, r.Day())
	if err != nil || !works.works(today) {
		return "", err
	}
	if r.Rest == digests {
		return "", d.digests(tx, r.Day())
	}
	ladder, err := Ladder(tx)
	if err != nil {
		return "", err
	}
	object, from, _ := strings.Cut(r.Rest, " ")
	for i, s := range d.Sources {
		if s.Object != object && r.Rest != "" {
			continue
		}
		next, err := walk(s, tx, works.morning(today), ladder, from)
		switch {
		case err != nil:
			return "", err
		case next != "":
			return s.Object + " " + next, nil
		case i+1 < len(d.Sources):
			return d.Sources[i+1].Object + " ", nil
		}
	}
	return digests, nil
}

// walk tells of a piece of a source's things.
func walk(s module.Reminder, tx *db.Tx, m morning, ladder []Rung, from string) (next string, err error) {
	things, next, err := s.Due(tx, m.horizon(ladder).Format(time.DateOnly), from)
	if err != nil || len(things) == 0 {
		return next, err
	}
	var objects []string
	for _, t := range things {
		objects = append(objects, t.Object)
	}
	before, err := toldOf(tx, objects)
	if err != nil {
		return "", err
	}
	was, of := map[string]bool{}, map[string][]told{}
	for _, n := range before {
		was[n.key()], of[n.Object] = true, append(of[n.Object], n)
	}
	addresses := addressBook{tx: tx, seats: map[Place][]network.Seat{}, acting: map[string][]network.Seat{}}
	fired := map[[2]string][]Rung{} // by step and day: there are few
	var all []told
	var over []int64
	for _, t := range things {
		at := [2]string{t.Step, t.DueOn}
		rungs, seen := fired[at]
		if !seen {
			due, err := time.Parse(time.DateOnly, t.DueOn)
			if err != nil {
				continue // what is no day comes never
			}
			rungs = m.newest(ladder, t.Step, due)
			fired[at] = rungs
		}
		for _, r := range rungs {
			unit, roles, err := addresses.everybody(t, r)
			if err != nil {
				return "", err
			}
			for _, role := range roles {
				n := told{Unit: unit, Role: role, Object: t.Object, Step: t.Step, DueOn: t.DueOn, Rung: r.When.String()}
				if unit == "" || was[n.key()] || m.overtaken(n, of[t.Object]) {
					continue
				}
				all = append(all, n)
				for _, o := range of[t.Object] {
					if o.Unit == unit && o.Role == role && o.Ended == nil {
						over = append(over, o.ID) // a later rung takes its place
					}
				}
			}
		}
		for _, o := range of[t.Object] {
			if o.Ended == nil && !waits(t, o.Step, o.DueOn) {
				over = append(over, o.ID)
			}
		}
	}
	if err := end(tx, over); err != nil {
		return "", err
	}
	return next, tell(tx, m.today.Format(time.DateOnly), all)
}

// addressBook finds the unit and the role that a rung means for a thing.
type addressBook struct {
	tx     *db.Tx
	seats  map[Place][]network.Seat
	acting map[string][]network.Seat // by role
}

var headed = map[Place]string{Office: auth.Office, Committee: auth.CommitteeChief}

// everybody is where a rung leads, and in that unit also who acts for the role today, where they may take the step.
func (a addressBook) everybody(t module.Due, r Rung) (unit string, roles []string, err error) {
	unit, role, err := a.find(t, r)
	if roles = []string{role}; err != nil || r.Of != Unit || !auth.RoleCan(auth.Acting(role), t.Step) {
		return unit, roles, err
	}
	seats, known := a.acting[role]
	if !known {
		if seats, err = network.Seats(a.tx, auth.Acting(role)); err != nil {
			return unit, roles, err
		}
		a.acting[role] = seats
	}
	if slices.ContainsFunc(seats, func(s network.Seat) bool { return s.Unit == unit }) {
		roles = append(roles, auth.Acting(role))
	}
	return unit, roles, nil
}

// find is where a rung leads; no unit if there is none above.
func (a addressBook) find(t module.Due, r Rung) (unit, role string, err error) {
	role = r.Role
	if part, ok := t.Roles[role]; ok {
		role = part
	}
	if r.Of == Unit {
		return t.Unit, role, nil
	}
	seats, known := a.seats[r.Of]
	if !known {
		if seats, err = network.Seats(a.tx, headed[r.Of]); err != nil {
			return "", "", err
		}
		a.seats[r.Of] = seats
	}
	nearest := -1
	for _, s := range seats {
		if s.Unit != t.Unit && strings.HasPrefix(t.AreaPath, s.AreaPath) && len(s.AreaPath) > nearest {
			unit, nearest = s.Unit, len(s.AreaPath)
		}
	}
	return unit, role, nil
}

// ended closes the notices about an object that it waits for no longer.
func ended(s module.Reminder, tx *db.Tx, object string) error {
	if !strings.HasPrefix(object, s.Object+"/") {
		return nil
	}
	open, err := toldUnder(tx, object)
	if err != nil || len(open) == 0 {
		return err
	}
	var objects []string
	for _, n := range open {
		objects = append(objects, n.Object)
	}
	things, err := s.Found(tx, objects)
	if err != nil {
		return err
	}
	var over []int64
	for _, n := range open {
		if n.Ended == nil && !waits(things[n.Object], n.Step, n.DueOn) {
			over = append(over, n.ID)
		}
	}
	return end(tx, over)
}
