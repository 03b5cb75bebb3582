// Package engagement is 受聘: outsiders who are let in from a day to a day for what their engagement names, and the
// bodies that are hired to evaluate. On the day after nothing of it answers. What they write elsewhere (opinions,
// findings, scores) its own modules keep.
package engagement

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Engagement is one person's for one round or another object.
type Engagement struct {
	ID          string     `json:"id"`
	Office      string     `json:"office"`
	AreaPath    string     `json:"-"`
	PersonID    string     `json:"person_id"`
	Person      string     `json:"person"`
	Role        Role       `json:"role"`
	About       string     `json:"about,omitempty"`
	Third       string     `json:"third_party,omitempty"`
	OpensOn     string     `json:"opens_on"`
	ClosesOn    string     `json:"closes_on"`
	Areas       []string   `json:"areas"`
	Documents   []string   `json:"documents"`
	Indicators  []string   `json:"indicators"`
	Interests   []Interest `json:"interests"`
	Appointment string     `json:"appointment,omitempty"`
	Post        string     `json:"-"`
	StartedOn   string     `json:"started_on,omitempty"`
	EndedOn     string     `json:"ended_on,omitempty"`
	Reason      string     `json:"reason,omitempty"`
	State       State      `json:"state"`
	Version     int64      `json:"version"`
	UpdatedBy   string     `json:"-"`
	UpdatedAt   time.Time  `json:"-"`
}

// Role is what somebody is engaged as.
type Role string

// What somebody is engaged as.
const (
	Expert     Role = "expert"
	ByContract Role = "third_party"
	Supervisor Role = "supervisor"
)

// Roles are all, in the order in which a page offers them.
var Roles = []Role{Expert, ByContract, Supervisor}

var roleWords = map[Role]say.Key{Expert: "专家", ByContract: "第三方人员", Supervisor: "督导员"}

// Words is what the role is called.
func (r Role) Words() say.Key { return roleWords[r] }

// Interest is a tie of the person to a unit: a code of the network, or the name of a body outside of it.
type Interest struct {
	Unit string `json:"unit,omitempty"`
	Kind string `json:"kind"`
}

// None says that there is no tie.
const None = "none"

// Ties are the kinds of interests, in the order in which a page offers them.
var Ties = []string{None, "works_for", "worked_for_3y", "contract", "family"}

// TieWords is what a kind of interest is called.
func TieWords(kind string) say.Key {
	return map[string]say.Key{None: "没有利害关系", "works_for": "在该单位任职", "worked_for_3y": "三年内在该单位任职",
		"contract": "与该单位有合同", "family": "近亲属在该单位任职"}[kind]
}

// Object is the engagement's name in the journal.
func (e Engagement) Object() string { return "engagement/" + e.ID }

// URL is its page for the office.
func (e Engagement) URL() string { return "/engagements/" + e.ID }

// Room is its page for the person.
func (e Engagement) Room() string { return "/room/" + e.ID }

// OpenOn says whether the person may see what it names on a day.
func (e Engagement) OpenOn(day string) bool {
	return e.State == Active && e.OpensOn <= day && day <= e.ClosesOn
}

// StateOn is the state as it is shown on a day: what is over has ended, whether or not the morning has said so.
func (e Engagement) StateOn(day string) State {
	if e.State == Active && e.ClosesOn < day {
		return Ended
	}
	return e.State
}

// Names says whether an object stands in the scope.
func (e Engagement) Names(object string) bool { return slices.Contains(e.Documents, object) }

// Tied says whether the person has a tie to a unit.
func (e Engagement) Tied(unit string) bool {
	return slices.ContainsFunc(e.Interests, func(i Interest) bool { return i.Kind != None && i.Unit == unit })
}

const (
	maxName = 60
	maxText = 2000
	maxMany = 200 // areas, documents or indicators
	soon    = 5   // days before the end on which the office is told
)

func longer(text string, most int) bool { return utf8.RuneCountInString(text) > most }

// check refuses what contradicts itself.
func (e *Engagement) check(today string) error {
	wrong := errs.Fields{}
	if roleWords[e.Role] == "" {
		wrong.Say("role", "请选择受聘的角色。")
	}
	switch {
	case !calendar.IsDay(e.OpensOn):
		wrong.Say("opens_on", "请填开始日期，例如 2016-01-01。")
	case !calendar.IsDay(e.ClosesOn):
		wrong.Say("closes_on", "请填最后一天，例如 2024-03-15。过了这一天什么都看不到。")
	case e.ClosesOn < e.OpensOn:
		wrong.Say("closes_on", "结束日期不能早于开始日期。")
	case e.ClosesOn < today:
		wrong.Say("closes_on", "最后一天已经过去，请改填今天或以后的日期。")
	}
	if len(e.Areas)+len(e.Documents)+len(e.Indicators) > maxMany {
		wrong.Say("documents", "范围太大：地区、材料和指标合计最多%d项。", maxMany)
	}
	if len(e.Indicators) > 0 && len(e.Areas) == 0 {
		wrong.Say("areas", "选了指标，就要选看哪些地区的数。")
	}
	for n, i := range e.Interests {
		if TieWords(i.Kind) == "" || i.Kind != None && i.Unit == "" || longer(i.Unit, maxName) {
			wrong.Say("interests", "第%d条利害关系：请选类型，并写明单位。", n+1)
		}
	}
	if longer(e.Appointment, maxName) {
		wrong.Say("appointment", "最多%d个字。", maxName)
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

// clean takes doubles and blanks out of lists.
func clean(all []string) []string {
	kept := []string{}
	for _, one := range all {
		if one = strings.TrimSpace(one); one != "" && !slices.Contains(kept, one) {
			kept = append(kept, one)
		}
	}
	return kept
}

// Note is what the person wrote down for themselves.
type Note struct {
	ID         string    `json:"id"`
	Engagement string    `json:"-"`
	Text       string    `json:"text"`
	WrittenAt  time.Time `json:"written_at"`
}
