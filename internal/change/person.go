package change

// A change of person: who speaks, signs or reports for a unit. The unit reports it, the office puts the successor into
// the post, who then takes the open work over. What an adjustment hands over is preview.go's.

import (
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/say"
)

// PostChange is one change of person.
type PostChange struct {
	ID          string `json:"id"`
	Unit        string `json:"unit"`
	Role        string `json:"role"`
	Outgoing    string `json:"outgoing"` // who left; empty: the post was vacant
	Person      string `json:"person"`   // who takes it
	Title       string `json:"title"`
	Room        string `json:"room,omitempty"`
	Phone       string `json:"phone,omitempty"`
	ChangedOn   string `json:"changed_on"`
	ReportedOn  string `json:"reported_on"`
	ReportedBy  string `json:"reported_by"`
	DueOn       string `json:"due"` // last day on which the report is in time
	Late        bool   `json:"late"`
	Note        string `json:"note,omitempty"`
	State       string `json:"state"`
	ConfirmedOn string `json:"confirmed_on,omitempty"`
	TakeBy      string `json:"take_by,omitempty"`
	Adjustment  string `json:"adjustment,omitempty"` // that gave the work; empty: somebody reported the change
	TakenOn     string `json:"taken_on,omitempty"`
	Taken       string `json:"taken,omitempty"` // what was taken over, a thing a line
	Version     int64  `json:"version"`

	outgoingPost string
	personID     string
	post         string // the new one
	reportedID   string
	areaPath     string
}

// Object is the change's name in the journal.
func (c PostChange) Object() string { return "post_change/" + c.ID }

// URL is its page.
func (c PostChange) URL() string { return "/changes/" + c.ID }

// States and verbs of a change of person.
const (
	Reported   = "reported"
	InPost     = "in_post"
	HandedOver = "handed_over"
	Dropped    = "dropped"

	VerbReport   = "post.report"
	VerbConfirm  = "post.confirm"
	VerbTakeOver = "post.take_over"
	VerbDrop     = "post.drop"
	VerbPlace    = "post.place" // an adjustment gave the unit work to take over
)

const (
	partUnit     = "unit"
	partIncoming = "incoming"
)

var personLife = flow.Table{Object: "post", Ends: []string{HandedOver, Dropped},
	Words: map[string]say.Key{Reported: "已报告，待确认", InPost: "已到岗，待接手", HandedOver: "已接手",
		Dropped:    "已撤回",
		VerbReport: "报告人员变动", VerbConfirm: "确认到岗", VerbTakeOver: "接手工作", VerbDrop: "撤回报告",
		VerbPlace: "调整后待接手",
		partUnit:  "单位负责人、联络员", partOffice: "妇儿工委办", partIncoming: "接任人", flow.Program: "系统"},
	Apart: map[string]say.Key{VerbConfirm: "这项变动是您报告的，须由另一位同事确认。"},
	Steps: []flow.Step{
		flow.Line("", VerbReport, partUnit, Reported),
		flow.Line(Reported, VerbConfirm, partOffice, InPost, flow.Rule{Not: []string{VerbReport},
			Within: calendar.Within(5, calendar.WorkDays)}), // our proposal: no rule that we could read sets one
		flow.Line(Reported, VerbDrop, partUnit, Dropped, flow.Rule{Needs: []string{"reason"}}),
		flow.Line("", VerbPlace, flow.Program, InPost, flow.Rule{Needs: []string{"post", "basis"},
			Within: calendar.Within(5, calendar.WorkDays)}),
		flow.Line(InPost, VerbTakeOver, partIncoming, HandedOver),
	},
	Limits: []flow.Limited{
		{Name: limitReport, Words: "人员变动以后多久报告", Within: calendar.Within(1, calendar.Months)},
		{Name: limitVacancy, Words: "联络员空缺多久提醒", Within: calendar.Within(10, calendar.WorkDays)}}}

// StateWords is the state in Chinese.
func (c PostChange) StateWords() say.Key { return personLife.Words[c.State] }

// Limits that are no step's.
const (
	limitReport  = "post.change"  // in which a change has to be reported
	limitVacancy = "post.vacancy" // how long a member may be without a liaison before anybody is reminded
)

// reportBy is the last day on which a change of a day is reported in time.
func reportBy(tx *db.Tx, changedOn string) (string, error) {
	return holiday.By(tx, changedOn, personLife.Limit(limitReport))
}

// plays is the post in which by plays a part. A unit without anybody is spoken for by its office.
func (c PostChange) plays(by auth.User, part string) (auth.Post, error) {
	switch part {
	case partUnit:
		for _, role := range []string{auth.Leader, auth.Liaison} {
			if post, ok := by.PostFor(c.Unit, role); ok {
				return post, nil
			}
		}
		if post, ok := by.Oversees(c.areaPath); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("人员变动由本单位负责人或联络员报告，也可以由妇儿工委办代录。")
	case partOffice:
		if post, ok := by.Oversees(c.areaPath); ok {
			return post, nil
		}
		return auth.Post{}, errs.Deniedf("这一步由负责本地区的妇儿工委办办理。")
	}
	for _, post := range by.Posts {
		if post.ID == c.post {
			return post, nil
		}
	}
	return auth.Post{}, errs.Deniedf("交接由接任人自己办理。")
}

func (c PostChange) fits(today string) func(flow.Step) error {
	return func(s flow.Step) error {
		if s.Verb == VerbConfirm && c.ChangedOn > today {
			return errs.Conflictf("变动日%s还没有到，到那天再确认。", c.ChangedOn)
		}
		return nil
	}
}

func (c PostChange) as(by auth.User, today string) flow.Case {
	return flow.Case{State: c.State, Fits: c.fits(today),
		Plays: func(part string) (auth.Post, error) { return c.plays(by, part) },
		Did:   []flow.Deed{{Verb: VerbReport, PersonID: c.reportedID}}}
}

// Open are the steps that by may take now.
func (c PostChange) Open(by auth.User, today string) []flow.Step {
	return personLife.Open(by, c.as(by, today))
}

func (c PostChange) sees(by auth.User) bool { return by.Sees(c.Unit, c.areaPath) }

func (c PostChange) validate(today string) error {
	f := errs.Fields{}
	required(f, "unit", c.Unit)
	required(f, "role", c.Role)
	required(f, "person", c.Person)
	required(f, "title", c.Title)
	if c.Role != "" && (!auth.KnownRole(c.Role) || auth.Apart(c.Role, auth.Liaison)) {
		f.Say("role", "请从列表里选一个岗位。")
	}
	day, err := time.Parse(time.DateOnly, c.ChangedOn)
	now, _ := time.Parse(time.DateOnly, today)
	switch {
	case err != nil:
		f.Say("changed_on", "请填变动日期，例如 2024-03-01。")
	case day.After(now.AddDate(0, 0, 60)):
		f.Say("changed_on", "变动日期最多提前60天报告。")
	}
	for name, text := range map[string]string{"person": c.Person, "title": c.Title, "room": c.Room, "phone": c.Phone} {
		if len([]rune(text)) > 60 {
			f.Say(name, "最多60个字。")
		}
	}
	if len([]rune(c.Note)) > 1000 {
		f.Say("note", "交接说明最多1000个字。")
	}
	if strings.ContainsAny(c.Phone, "@") {
		f.Say("phone", "请填办公电话。")
	}
	return f.Check("没有报告：请先改正标出的地方。")
}
