// Package rectification is 整改方案: how a unit sets out to mend what a matter asks of it, led by somebody who is
// named, point by point. The office asks for it with a day; once it is accepted its points stand on the matter's
// items, and from then on package matter alone has them. It judges nothing that was done.
package rectification

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/matter"
)

// Plan is one unit's for one matter.
type Plan struct {
	ID          string    `json:"id"`
	MatterID    string    `json:"matter"`
	Office      string    `json:"office"`
	Unit        string    `json:"unit"`
	AreaID      int64     `json:"-"`
	AreaPath    string    `json:"-"`
	Basis       string    `json:"basis,omitempty"`
	DueOn       string    `json:"due"`
	LedBy       string    `json:"led_by,omitempty"` // a post
	LeaderID    string    `json:"-"`
	Leader      string    `json:"leader,omitempty"`
	Instruction string    `json:"instruction,omitempty"`
	Sessions    []Session `json:"sessions"`
	Lines       []Line    `json:"items"`
	Body        string    `json:"text,omitempty"`
	AskedOn     string    `json:"asked_on"`
	FiledOn     string    `json:"filed_on,omitempty"` // the first time
	FilerID     string    `json:"-"`
	AcceptedOn  string    `json:"accepted_on,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	State       State     `json:"state"`
	Version     int64     `json:"version"`
	UpdatedBy   string    `json:"-"`
	UpdatedAt   time.Time `json:"-"`
}

// Session is one time at which the points were gone through, one by one.
type Session struct {
	On         string `json:"on"`
	Topic      string `json:"topic"`
	Conclusion string `json:"conclusion"`
}

// Line is one point: an item of the matter that the unit owes, or a new one that comes of the plan.
type Line = matter.Promise

// Object is the plan's name in the journal.
func (p Plan) Object() string { return "rectification/" + p.ID }

// URL is its page.
func (p Plan) URL() string { return "/rectifications/" + p.ID }

// waits says whether the plan is still to be filed.
func (p Plan) waits() bool { return p.State == Owed || p.State == Drafted }

// Lamp is how its day stands: by today while it is to be filed, by the day of filing once it was.
func (p Plan) Lamp(today string) string {
	switch {
	case p.State == Withdrawn:
		return flow.Grey
	case p.FiledOn == "":
		return flow.Lamp(p.DueOn, today, flow.Near)
	case p.FiledOn > p.DueOn:
		return flow.Red
	}
	return flow.Green
}

// limitDue is how long a plan may take where nobody names a day.
const limitDue = "rectification.due"

const (
	maxText  = 3000 // characters
	maxLine  = 200
	maxLines = 30
)

// Content is what the unit writes.
type Content struct {
	LedBy       string
	Instruction string
	Sessions    []Session
	Lines       []Line
	Body        string
}

func (c *Content) trim() {
	c.Body = strings.TrimSpace(c.Body)
	for n := range c.Sessions {
		s := &c.Sessions[n]
		s.On, s.Topic, s.Conclusion = strings.TrimSpace(s.On), strings.TrimSpace(s.Topic),
			strings.TrimSpace(s.Conclusion)
	}
	c.Sessions = slices.DeleteFunc(c.Sessions, func(s Session) bool { return s == Session{} })
	for n := range c.Lines {
		l := &c.Lines[n]
		l.Text, l.Cause = strings.TrimSpace(l.Text), strings.TrimSpace(l.Cause)
		for k := range l.Steps {
			l.Steps[k].Text = strings.TrimSpace(l.Steps[k].Text)
		}
		l.Steps = slices.DeleteFunc(l.Steps, func(s matter.Step) bool { return s.Text == "" })
	}
	c.Lines = slices.DeleteFunc(c.Lines, func(l Line) bool {
		return l.Item == "" && l.Text == "" && l.Cause == "" && len(l.Steps) == 0
	})
}

// check refuses what cannot be kept, even half written.
func (c Content) check(today string) error {
	wrong := errs.Fields{}
	if utf8.RuneCountInString(c.Body) > maxText {
		wrong.Say("text", "最多%d个字。", maxText)
	}
	if len(c.Lines) > maxLines || len(c.Sessions) > maxLines {
		wrong.Say("lines", "最多%d项。", maxLines)
	}
	for n, s := range c.Sessions {
		if !calendar.IsDay(s.On) || s.On > today {
			wrong.Say("sessions", "第%d次研究：请写已经开过的那一天，如 2024-03-15。", n+1)
		}
		if s.Topic == "" || s.Conclusion == "" || utf8.RuneCountInString(s.Topic+s.Conclusion) > maxText {
			wrong.Say("sessions", "第%d次研究：请写研究了什么、定了什么。", n+1)
		}
	}
	for n, l := range c.Lines {
		if utf8.RuneCountInString(l.Text) > maxLine || utf8.RuneCountInString(l.Cause) > maxText {
			wrong.Say("lines", "第%d项：内容最多%d个字。", n+1, maxLine)
		}
	}
	return wrong.Check("方案没有保存，请按提示修改。")
}

// whole refuses a plan that cannot be filed: who leads it, what is done about each point and by when.
func (p Plan) whole() error {
	wrong := errs.Fields{}
	if p.LedBy == "" {
		wrong.Say("led_by", "请选组长：方案要有一位负责人牵头。")
	}
	if p.Body == "" {
		wrong.Say("text", "请写总体要求和保障措施。")
	}
	if len(p.Lines) == 0 {
		wrong.Say("lines", "请至少写一项整改。")
	}
	for n, l := range p.Lines {
		if l.Cause == "" || len(l.CauseKinds) == 0 {
			wrong.Say("lines", "第%d项：请写原因并选原因类别。", n+1)
		}
		if len(l.Steps) == 0 {
			wrong.Say("lines", "第%d项：请至少写一条措施。", n+1)
		}
		if l.Item == "" && (l.Text == "" || l.Due == "") {
			wrong.Say("lines", "第%d项是新增的：请写内容和期限。", n+1)
		}
	}
	return wrong.Check("方案还不完整，没有报送。")
}
