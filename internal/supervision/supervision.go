// Package supervision is 评估督导: groups that visit areas, what they see there and write down, findings that their
// head confirms and the area answers to, and the letter that tells the area. It knows of a round only as what a visit
// is about. What becomes of a problem afterwards is package matter's, who has received a letter package letter's.
package supervision

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/say"
)

// Round is what the module is told of what visits are about: when they may be and where they have to be.
type Round struct {
	Title       string
	Areas       []string // codes
	From, To    string   // days of the stage in which visits are made; '' = open
	Contractors []string // people of whoever evaluates for money
}

// Rounds finds a round that by may see; nil finds none.
type Rounds func(tx *db.Tx, by auth.User, about string) (Round, error)

// Member is somebody in a group. Who has no account here has a name and says whom they stand for.
type Member struct {
	Person string `json:"person,omitempty"` // id
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Unit   string `json:"unit,omitempty"` // code
	From   string `json:"from,omitempty"` // whom they stand for, in words
	Part   string `json:"part"`           // head, deputy, member
}

// Parts of members in their group.
const (
	HeadOf   = "head"
	DeputyOf = "deputy"
	MemberOf = "member"
)

// Group is 评估督导组.
type Group struct {
	ID        string    `json:"id"`
	About     string    `json:"about,omitempty"`
	Office    string    `json:"office"`
	AreaID    int64     `json:"-"`
	AreaPath  string    `json:"-"`
	Title     string    `json:"title"`
	Members   []Member  `json:"members"`
	Areas     []string  `json:"areas"` // codes
	Lacks     string    `json:"lacks,omitempty"`
	TrainedOn string    `json:"trained_on,omitempty"`
	Version   int64     `json:"version"`
	UpdatedBy string    `json:"-"`
	UpdatedAt time.Time `json:"-"`

	left bool // its head holds no post any more
	out  bool // one of its visits has begun, where somebody has asked
}

// Object is the group's name in the journal.
func (g Group) Object() string { return "supervision_group/" + g.ID }

// URL is its page.
func (g Group) URL() string { return "/supervision/groups/" + g.ID }

// Head is who answers for the group.
func (g Group) Head() Member {
	for _, m := range g.Members {
		if m.Part == HeadOf {
			return m
		}
	}
	return Member{}
}

// deputies are those who stand in for the head, if they can sign in here.
func (g Group) deputies() (all []Member) {
	for _, m := range g.Members {
		if m.Part == DeputyOf && m.Person != "" {
			all = append(all, m)
		}
	}
	return all
}

// heads says whether a person acts as head: the head does, and a deputy once the head has left.
func (g Group) heads(person string) bool {
	if person == "" {
		return false
	}
	return g.Head().Person == person || g.left && g.stands(person)
}

// stands says whether a person is a deputy.
func (g Group) stands(person string) bool {
	return slices.ContainsFunc(g.deputies(), func(m Member) bool { return m.Person == person })
}

// has says whether a person is in the group.
func (g Group) has(person string) bool {
	return person != "" && slices.ContainsFunc(g.Members, func(m Member) bool { return m.Person == person })
}

// unitIn says whether somebody of a unit is in the group.
func (g Group) unitIn(unit string) bool {
	return unit != "" && slices.ContainsFunc(g.Members, func(m Member) bool { return m.Unit == unit })
}

// Missing are the kinds of members that a group should have and has not.
func (g Group) Missing() (kinds []string) {
	for _, kind := range needed {
		ok := func(m Member) bool { return slices.Contains(kind.any, m.Kind) }
		if !slices.ContainsFunc(g.Members, ok) {
			kinds = append(kinds, kind.code)
		}
	}
	return kinds
}

// Visit is 督导走访: one of a group to one area on one day.
type Visit struct {
	ID           string            `json:"id"`
	About        string            `json:"about,omitempty"`
	GroupID      string            `json:"group"`
	Office       string            `json:"office"`
	OfficePath   string            `json:"-"`
	AreaID       int64             `json:"-"`
	AreaPath     string            `json:"-"`
	OnDay        string            `json:"on"`
	Half         string            `json:"half"`
	Methods      []string          `json:"methods"`
	Agenda       []string          `json:"agenda"`
	Present      string            `json:"present,omitempty"`
	OralFeedback string            `json:"oral_feedback,omitempty"`
	Unannounced  bool              `json:"unannounced,omitempty"`
	Hasty        string            `json:"hasty,omitempty"`
	Notice       string            `json:"notice,omitempty"` // letter/ID
	StartedOn    string            `json:"started_on,omitempty"`
	NotedOn      string            `json:"noted_on,omitempty"`
	NoteDue      string            `json:"note_due,omitempty"`
	Choices      map[string]string `json:"choices"`
	Reason       string            `json:"reason,omitempty"`
	State        State             `json:"state"`
	Version      int64             `json:"version"`
	UpdatedBy    string            `json:"-"`
	UpdatedAt    time.Time         `json:"-"`

	group    Group
	recalled bool // its notice was withdrawn
	odd      string
}

// Object is the visit's name in the journal.
func (v Visit) Object() string { return "visit/" + v.ID }

// URL is its page.
func (v Visit) URL() string { return "/visits/" + v.ID }

// Note is what somebody wrote down on a visit, as their device sent it: it never changes.
type Note struct {
	ID         string    `json:"id"`
	VisitID    string    `json:"visit"`
	OwnID      string    `json:"own_id"`
	PersonID   string    `json:"-"`
	Person     string    `json:"person"`
	Kind       string    `json:"kind"`
	At         string    `json:"at"`
	ReceivedAt time.Time `json:"received_at"`
	Text       string    `json:"text,omitempty"`
	Item       string    `json:"item,omitempty"`
	Found      string    `json:"found,omitempty"`
	Place      string    `json:"place,omitempty"` // visit_site/ID
	Of         string    `json:"of,omitempty"`
	Photo      string    `json:"photo,omitempty"` // digest
	Stripped   bool      `json:"stripped,omitempty"`
	Digest     string    `json:"digest"`
	Against    string    `json:"against,omitempty"`
	Late       bool      `json:"late,omitempty"`
	Finding    string    `json:"finding,omitempty"`

	what say.Name // the item of a checklist that it answers
}

// Object is the note's name in the journal.
func (n Note) Object() string { return "visit_note/" + n.ID }

// Kinds of notes.
const (
	PlainNote   = "note"
	FileNote    = "file"
	SiteNote    = "site"
	CheckNote   = "check" // an item of a place's checklist
	FindingNote = "finding"
	PhotoNote   = "photo" // a further photo of another note
)

var noteKinds = []string{PlainNote, FileNote, SiteNote, CheckNote, FindingNote, PhotoNote}

// Site is 点位: a place that was seen, and how it came to be seen.
type Site struct {
	ID       string    `json:"id"`
	VisitID  string    `json:"visit"`
	Place    string    `json:"place"`
	Kind     string    `json:"kind"`
	Record   string    `json:"record,omitempty"`
	Chosen   string    `json:"chosen"`
	Draw     string    `json:"draw,omitempty"`
	PersonID string    `json:"-"`
	AddedAt  time.Time `json:"added_at"`
	Checks   []Checked `json:"checks,omitempty"` // where somebody has asked
}

// Object is the site's name in the journal, and what a note names.
func (s Site) Object() string { return "visit_site/" + s.ID }

const (
	maxTitle   = 60 // characters
	maxText    = 2000
	maxList    = 400 // places of a draw, lines of an agenda
	maxTeam    = 60  // members of a group, pieces of evidence
	maxCode    = 64  // what only names something that there is
	aheadYears = 2   // how far ahead a visit is planned or a plan is wanted
)

// choice is a code with its words.
type choice struct {
	Code  string
	Words say.Key
}

var (
	memberKinds = []choice{{"unit_leader", "成员单位主管领导"}, {"unit_staff", "业务处室负责人"}, {"deputy",
		"人大代表"},
		{"cppcc", "政协委员"}, {"expert", "专家"}, {"office", "办公室"}, {"recorder", "记录员"}}
	memberParts = []choice{{HeadOf, "组长"}, {DeputyOf, "副组长"}, {MemberOf, "组员"}}
	halves      = []choice{{"morning", "上午"}, {"afternoon", "下午"}, {"day", "全天"}}
	methods     = []choice{{"hear", "听取汇报"}, {"files", "查阅档案"}, {"site", "实地考察"}, {"symposium", "座谈"},
		{"household", "入户访谈"}, {"survey", "问卷调查"}, {"draw", "随机抽取"}}
	// the catalogue of files that a visit asks for
	catalogue = []choice{{"organisation", "组织机构"}, {"meetings", "会议"}, {"plan", "规划与分解"},
		{"statistics", "监测统计"}, {"evaluation", "评估督导"}, {"training", "培训宣传"}, {"funding", "经费保障"},
		{"issues", "重难点"}, {"examples", "典型"}}
	founds    = []choice{{"complete", "齐全"}, {"partly", "部分"}, {"missing", "缺"}, {"not_due", "未到期"}}
	siteKinds = []choice{{"health", "妇幼保健机构"}, {"school", "学校"}, {"kindergarten", "幼儿园"},
		{"child_home", "儿童之家"}, {"baby_room", "母婴关爱室"}, {"premarital", "婚检点"}, {"legal_aid", "法援点"},
		{"community", "社区"}, {"other", "其他"}}
	choosings    = []choice{{"proposed", "区里推荐"}, {"assigned", "指定"}, {"drawn", "抽中"}}
	findingKinds = []choice{{"problem", "问题"}, {"practice", "经验"}, {"suggestion", "建议"}}
	// the kinds of members that the rules of the source ask for
	needed = []struct {
		code string
		any  []string
	}{{"unit_leader", []string{"unit_leader"}}, {"unit_staff", []string{"unit_staff", "office", "recorder"}},
		{"deputy", []string{"deputy"}}, {"cppcc", []string{"cppcc"}}, {"expert", []string{"expert"}}}
)

func knows(all []choice, code string) bool {
	return slices.ContainsFunc(all, func(c choice) bool { return c.Code == code })
}

// wordOf are the words of a code; empty if there is none.
func wordOf(all []choice, code string) say.Key {
	for _, c := range all {
		if c.Code == code {
			return c.Words
		}
	}
	return ""
}

// wordsOf are the words of several codes, in Chinese, for papers.
func wordsOf(all []choice, codes []string) string {
	var words []string
	for _, code := range codes {
		words = append(words, string(wordOf(all, code)))
	}
	return strings.Join(words, "、")
}

// lines are the lines of a text that say something.
func lines(text string) (all []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}
