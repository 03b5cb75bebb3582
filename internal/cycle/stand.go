package cycle

// How a cycle stands: a line for each report that is owed, read from the submissions whenever somebody asks; and the
// people who fill in and sign, with whether they were trained. Nothing of it is stored.

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/meeting"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/signed"
	"yipanqi/internal/submission"
)

// Line is one report of the cycle. A report that was not opened has no ID and no State.
type Line struct {
	ID         string           `json:"submission,omitempty"`
	Form       string           `json:"form"`
	FormName   string           `json:"form_name"`
	FormEN     string           `json:"form_name_en,omitempty"`
	Level      string           `json:"level"`
	Unit       string           `json:"unit"`
	UnitName   string           `json:"unit_name"`
	UnitEN     string           `json:"unit_name_en,omitempty"`
	Area       string           `json:"area"`
	AreaName   string           `json:"area_name"`
	AreaPath   string           `json:"-"`
	State      submission.State `json:"state,omitempty"`
	DueOn      string           `json:"due_on,omitempty"`
	Lamp       string           `json:"lamp"`
	Late       bool             `json:"late,omitempty"` // sent, or still missing, after its day
	SentOn     string           `json:"sent_on,omitempty"`
	AcceptedOn string           `json:"accepted_on,omitempty"`
	Days       int              `json:"days,omitempty"` // from opening to acceptance
	Signed     string           `json:"signed,omitempty"`
	Gap        bool             `json:"gap,omitempty"` // known to be missing when the cycle was closed
}

// How a report was signed: with two keys, or in ink. What nobody signed, as historical data, says nothing.
const (
	ByKey   = submission.ByKey
	OnPaper = signed.InInk
)

// Missing says whether the unit has not sent it, with both signatures.
func (l Line) Missing() bool {
	return l.State == "" || l.State.Unsent() && l.SentOn == "" || l.State == submission.Returned && l.AcceptedOn == ""
}

// Owed says whether it counts: what a unit was let off does not.
func (l Line) Owed() bool { return l.State != submission.Withdrawn }

// Accepted says whether its numbers count, also while it is being amended.
func (l Line) Accepted() bool { return l.AcceptedOn != "" || l.State == submission.Historical }

// lines are all that the cycle asks for, by unit and form, whoever asks.
func (c Cycle) lines(tx *db.Tx) (all []Line, err error) {
	owed, _, err := c.owing(tx)
	if err != nil {
		return nil, err
	}
	opened, err := c.opened(tx)
	if err != nil {
		return nil, err
	}
	if !c.State.begun() {
		opened = nil // what else was opened for the year becomes the cycle's when it is
	}
	var ids []string
	for _, i := range opened {
		ids = append(ids, i.ID)
	}
	times, err := submission.TimesOf(tx, ids)
	if err != nil {
		return nil, err
	}
	for _, o := range owed {
		l := Line{Form: o.Form.Code, FormName: o.Form.Name, FormEN: o.Form.NameEN, Level: o.Form.Level,
			Unit: o.Unit.Code, UnitName: o.Unit.Name, UnitEN: o.Unit.NameEN, Area: o.Area.Code, AreaName: o.Area.Name,
			AreaPath: o.Area.Path, DueOn: o.DueOn}
		at := place{o.Form.Code, o.Area.Code}
		if i, is := opened[at]; is {
			l.take(c, i, times[i.ID])
			delete(opened, at)
		}
		all = append(all, l.lit(tx.Today()))
	}
	forms, err := c.editions(tx)
	if err != nil {
		return nil, err
	}
	for at, i := range opened { // asked of an area or a unit that is no more
		l := Line{Form: at.form, FormName: i.Form, FormEN: i.FormEN, Area: i.AreaCode, AreaName: i.Area,
			AreaPath: i.AreaPath, Level: forms[at.form].Level}
		l.take(c, i, times[i.ID])
		all = append(all, l.lit(tx.Today()))
	}
	for n := range all {
		all[n].Gap = slices.ContainsFunc(c.Gaps, func(g Gap) bool {
			return g.Form == all[n].Form && g.Area == all[n].Area
		})
	}
	slices.SortStableFunc(all, func(a, b Line) int {
		return cmp.Or(len(a.AreaPath)-len(b.AreaPath), strings.Compare(a.Area, b.Area), strings.Compare(a.Unit, b.Unit),
			strings.Compare(a.Form, b.Form))
	})
	return all, nil
}

// take fills in what the report itself says.
func (l *Line) take(c Cycle, i submission.Item, t submission.Times) {
	l.ID, l.State, l.DueOn = i.ID, i.State, i.DueOn
	l.Unit, l.UnitName, l.UnitEN = i.UnitCode, i.Unit, i.UnitEN
	l.Late = i.Late || i.Overdue
	if !t.Sent.IsZero() {
		l.SentOn = t.Sent.In(db.China).Format(time.DateOnly)
	}
	if i.Accepted == 0 {
		return
	}
	if i.State == submission.Historical {
		return
	}
	if !t.Accepted.IsZero() {
		l.AcceptedOn = t.Accepted.In(db.China).Format(time.DateOnly)
		l.Days = calendar.Between(c.OpenedOn, l.AcceptedOn)
	}
	l.Signed = i.Signed
}

// lit sets the lamp: of what is missing only, the others wait for nobody in the unit.
func (l Line) lit(today string) Line {
	switch {
	case !l.Owed():
		l.Lamp = flow.Grey
	case l.Missing():
		l.Lamp = flow.Lamp(l.DueOn, today, flow.Near)
	default:
		l.Lamp = flow.Green
	}
	return l
}

// Lines are those of the cycle that by may see: all for who runs it, else the own unit's and what by oversees.
func (c Cycle) Lines(tx *db.Tx, by auth.User) ([]Line, error) {
	all, err := c.lines(tx)
	if c.runs(by) {
		return all, err
	}
	return slices.DeleteFunc(all, func(l Line) bool { return !by.Sees(l.Unit, l.AreaPath) }), err
}

// Count is how many of some reports have come how far.
type Count struct {
	Owed     int `json:"owed"`
	Opened   int `json:"opened"`
	Sent     int `json:"sent"`
	InTime   int `json:"in_time"`
	Late     int `json:"late"`
	Accepted int `json:"accepted"`
	Returned int `json:"returned"`
	Key      int `json:"signed_by_key"`
	Paper    int `json:"signed_on_paper"`
	Unsigned int `json:"unsigned"`
	// Days is the median from opening to acceptance, of an even number the mean of both in the middle: "23", "52.5", or
	// "" where nothing was accepted.
	Days string `json:"median_days,omitempty"`
}

// count counts the lines that are owed.
func count(lines []Line) (n Count) {
	var days []int
	for _, l := range lines {
		if !l.Owed() {
			continue
		}
		n.Owed++
		if l.ID != "" {
			n.Opened++
		}
		if l.State == submission.Returned {
			n.Returned++
		}
		if l.Late {
			n.Late++
		}
		if sent := l.SentOn != "" || l.Accepted(); sent {
			n.Sent++
			if !l.Late {
				n.InTime++
			}
		}
		if !l.Accepted() {
			continue
		}
		if n.Accepted++; l.AcceptedOn != "" {
			days = append(days, l.Days)
		}
		switch l.Signed {
		case ByKey:
			n.Key++
		case OnPaper:
			n.Paper++
		default:
			n.Unsigned++
		}
	}
	n.Days = module.Median(days)
	return n
}

// Trainee is somebody who fills in or signs a form of the cycle.
type Trainee struct {
	Unit     string `json:"unit"`
	UnitName string `json:"unit_name"`
	UnitEN   string `json:"unit_name_en,omitempty"`
	Person   string `json:"person"`
	PersonEN string `json:"person_en,omitempty"`
	Role     string `json:"role"`
	Phone    string `json:"phone,omitempty"`
	On       string `json:"trained_on,omitempty"`
	Vacant   bool   `json:"vacant,omitempty"` // nobody holds the post
}

// Trainees are who fills in and signs the forms of some lines, by unit, each with the day of their training in a
// meeting of the cycle.
func (c Cycle) Trainees(tx *db.Tx, lines []Line) (all []Trainee, err error) {
	had := map[string]string{} // person, and unit with name, to day
	for _, object := range c.Trainings {
		records, err := meeting.TrainingOf(tx, strings.TrimPrefix(object, "meeting/"))
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			if r.PersonID != "" {
				had[r.PersonID] = r.On
			}
			had[r.Unit+" "+r.Person] = r.On
		}
	}
	forms, err := c.editions(tx)
	if err != nil {
		return nil, err
	}
	asked := map[string][]string{} // unit to roles, who signs first first
	var units []Line
	var codes []string
	for _, l := range lines {
		if asked[l.Unit] == nil {
			units, codes = append(units, l), append(codes, l.Unit)
		}
		for _, place := range forms[l.Form].Signers.Places() {
			if !slices.Contains(asked[l.Unit], place.Role) {
				asked[l.Unit] = append(asked[l.Unit], place.Role)
			}
		}
	}
	staff, err := network.StaffOf(tx, codes)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		for _, role := range asked[u.Unit] {
			held := false
			t := Trainee{Unit: u.Unit, UnitName: u.UnitName, UnitEN: u.UnitEN, Role: role}
			for _, p := range staff[u.Unit] {
				if p.Role == role {
					t.Person, t.PersonEN, t.Phone, held = p.Person, p.PersonEN, p.Phone, true
					t.On = cmp.Or(had[p.PersonID], had[u.Unit+" "+p.Person])
					all = append(all, t)
				}
			}
			if !held {
				t.Vacant = true
				all = append(all, t)
			}
		}
	}
	return all, nil
}

// trained are how many of some people were trained, and how many there are.
func trained(all []Trainee) (n, of int) {
	for _, t := range all {
		if t.Vacant {
			continue
		}
		if of++; t.On != "" {
			n++
		}
	}
	return n, of
}

// lineOf is the line of a report of the cycle.
func lineOf(lines []Line, id string) (Line, error) {
	at := slices.IndexFunc(lines, func(l Line) bool { return l.ID == id && id != "" })
	if at < 0 {
		return Line{}, errs.Fields{"submission": {Key: "请选择这个周期里的报表。"}}.
			Check("没有记下：请先改正标出的地方。")
	}
	return lines[at], nil
}
