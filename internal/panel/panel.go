// Package panel is 专家论证: experts who are engaged review one version of a text, each alone until all have finished,
// and their head concludes. The opinions are package opinion's, what the experts see package engagement's.
package panel

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Panel is an expert panel on one text.
type Panel struct {
	ID          string     `json:"id"`
	Office      string     `json:"office"`
	AreaPath    string     `json:"-"`
	Title       string     `json:"title"`
	About       string     `json:"about,omitempty"`
	Text        string     `json:"text"`
	Author      string     `json:"author"`
	Head        string     `json:"head"`
	Members     []string   `json:"members"`
	Quorum      int        `json:"quorum"`
	FileBy      string     `json:"file_by"`
	Meeting     string     `json:"meeting,omitempty"`
	Edition     int        `json:"edition,omitempty"`
	Conclusion  Conclusion `json:"conclusion,omitempty"`
	Statement   string     `json:"statement,omitempty"`
	Present     []string   `json:"present"`
	ConcludedOn string     `json:"concluded_on,omitempty"`
	SignedOn    string     `json:"signed_on,omitempty"`
	Scan        string     `json:"scan,omitempty"`
	Reason      string     `json:"reason,omitempty"`
	State       State      `json:"state"`
	Version     int64      `json:"version"`
	UpdatedBy   string     `json:"-"`
	UpdatedAt   time.Time  `json:"-"`
}

// Conclusion is what a panel came to.
type Conclusion string

// What a panel can come to.
const (
	Agree             Conclusion = "agree"
	AgreeAfterChanges Conclusion = "agree_after_changes"
	Again             Conclusion = "again"
)

// Conclusions are all, in the order in which a page offers them.
var Conclusions = []Conclusion{Agree, AgreeAfterChanges, Again}

var conclusionWords = map[Conclusion]say.Key{Agree: "通过", AgreeAfterChanges: "修改后通过", Again: "重新论证"}

// Words is the conclusion in Chinese.
func (c Conclusion) Words() say.Key { return conclusionWords[c] }

// Object is the panel's name in the journal.
func (p Panel) Object() string { return "panel/" + p.ID }

// URL is its page.
func (p Panel) URL() string { return "/panels/" + p.ID }

// Least is how many experts a panel has at least, unless what it is about says otherwise: our proposal, no rule that we
// could read sets one.
const Least = 3

const (
	maxTitle     = 120
	maxStatement = 5000
	maxReason    = 600
	maxMembers   = 30
)

func longer(text string, most int) bool { return utf8.RuneCountInString(text) > most }

// check refuses a panel that cannot be.
func (p *Panel) check(today string, least int) error {
	wrong := errs.Fields{}
	p.Title = strings.TrimSpace(p.Title)
	if p.Title == "" || longer(p.Title, maxTitle) {
		wrong.Say("title", "请写标题，最多%d个字。", maxTitle)
	}
	slices.Sort(p.Members)
	p.Members = slices.Compact(p.Members)
	if len(p.Members) < least || len(p.Members) > maxMembers {
		wrong.Say("members", "专家至少%d人（待确认），最多%d人。", least, maxMembers)
	}
	if !slices.Contains(p.Members, p.Head) {
		wrong.Say("head", "组长要是专家之一。")
	}
	if p.Quorum == 0 {
		p.Quorum = len(p.Members)/2 + 1
	}
	if p.Quorum < 2 || p.Quorum > len(p.Members) {
		wrong.Say("quorum", "法定人数至少2人，不多于专家人数。")
	}
	if !calendar.IsDay(p.FileBy) || p.FileBy < today {
		wrong.Say("due", "请填提意见的截止日期，不早于今天。")
	}
	return wrong.Check("没有组织：请先改正标出的地方。")
}
