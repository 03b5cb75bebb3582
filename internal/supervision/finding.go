package supervision

// What a visit found, the letter that tells the area of it, and an objection to it: their rows, not what is done.

import (
	"time"

	"yipanqi/internal/say"
)

// Finding is 督导发现.
type Finding struct {
	ID          string    `json:"id"`
	Number      string    `json:"number"`
	VisitID     string    `json:"visit"`
	About       string    `json:"about,omitempty"`
	GroupID     string    `json:"-"`
	Office      string    `json:"-"`
	OfficePath  string    `json:"-"`
	AreaID      int64     `json:"-"`
	AreaPath    string    `json:"-"`
	Kind        string    `json:"kind"`
	Text        string    `json:"text"`
	Goal        string    `json:"goal,omitempty"`
	Measure     string    `json:"measure,omitempty"`
	Clause      string    `json:"clause,omitempty"`
	Evidence    []string  `json:"evidence"` // visit_note/ID, visit_site/ID, or words
	Indicator   string    `json:"indicator,omitempty"`
	Weight      string    `json:"weight,omitempty"`
	CauseKind   string    `json:"cause_kind,omitempty"`
	Advice      string    `json:"advice,omitempty"`
	Lead        string    `json:"lead,omitempty"`
	PersonID    string    `json:"-"`
	Person      string    `json:"by"`
	FiledOn     string    `json:"filed_on"`
	ConfirmedOn string    `json:"confirmed_on,omitempty"`
	ConfirmedBy string    `json:"confirmed_by,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	ShownOn     string    `json:"shown_on,omitempty"`
	AnswerDue   string    `json:"answer_due,omitempty"`
	Says        string    `json:"area_says,omitempty"`
	SaysText    string    `json:"area_text,omitempty"`
	SaysBy      string    `json:"said_by,omitempty"`
	SaidOn      string    `json:"said_on,omitempty"`
	FeedbackID  string    `json:"feedback,omitempty"`
	State       State     `json:"state"`
	Version     int64     `json:"version"`
	UpdatedBy   string    `json:"-"`
	UpdatedAt   time.Time `json:"-"`

	group Group
}

// Object is the finding's name in the journal.
func (f Finding) Object() string { return "finding/" + f.ID }

// URL is its page.
func (f Finding) URL() string { return "/findings/" + f.ID }

// Silent says whether the area let its days pass, which counts as agreeing and is marked.
func (f Finding) Silent(today string) bool { return f.State == Shown && f.AnswerDue < today }

// told says whether the area has been told of the finding.
func (f Finding) told() bool { return f.ShownOn != "" }

// Feedback is 书面反馈: what one area is told, in one letter to its government and its committee.
type Feedback struct {
	ID          string    `json:"id"`
	About       string    `json:"about,omitempty"`
	GroupID     string    `json:"-"`
	Office      string    `json:"-"`
	OfficePath  string    `json:"-"`
	AreaID      int64     `json:"-"`
	AreaPath    string    `json:"-"`
	Government  string    `json:"government"`
	Committee   string    `json:"committee"`
	Letter      string    `json:"letter"` // letter/ID
	PlanDue     string    `json:"plan_due"`
	DueOn       string    `json:"due"`
	ConsentedBy string    `json:"consented_by,omitempty"`
	ConsentedOn string    `json:"consented_on,omitempty"`
	Agreed      string    `json:"-"`                 // digest of the words that the head agreed to
	Further     []Assent  `json:"further,omitempty"` // other groups whose findings it tells
	Matter      string    `json:"matter,omitempty"`  // matter/ID
	Reason      string    `json:"reason,omitempty"`
	State       State     `json:"state"`
	Version     int64     `json:"version"`
	UpdatedBy   string    `json:"-"`
	UpdatedAt   time.Time `json:"-"`

	group Group
}

// Object is the feedback's name in the journal, and what its letter is about.
func (b Feedback) Object() string { return "feedback/" + b.ID }

// URL is its page.
func (b Feedback) URL() string { return "/feedbacks/" + b.ID }

// Objection is 复核申请: the area's leader thinks that findings are wrong; somebody outside the group decides.
type Objection struct {
	ID          string            `json:"id"`
	FeedbackID  string            `json:"feedback"`
	GroupID     string            `json:"-"`
	Office      string            `json:"-"`
	OfficePath  string            `json:"-"`
	AreaID      int64             `json:"-"`
	AreaPath    string            `json:"-"`
	Findings    []string          `json:"findings"`
	Reason      string            `json:"reason"`
	PersonID    string            `json:"-"`
	Person      string            `json:"by"`
	FiledOn     string            `json:"filed_on"`
	DueOn       string            `json:"due"`
	Verdict     string            `json:"verdict,omitempty"`
	Explanation string            `json:"explanation,omitempty"`
	Changes     map[string]string `json:"changes,omitempty"`
	DeciderID   string            `json:"-"`
	Decider     string            `json:"decided_by,omitempty"`
	DecidedOn   string            `json:"decided_on,omitempty"`
	State       State             `json:"state"`
	Version     int64             `json:"version"`
	UpdatedBy   string            `json:"-"`
	UpdatedAt   time.Time         `json:"-"`

	group   Group
	further []Group // other groups whose findings the letter tells
	odd     string
}

// Object is the objection's name in the journal.
func (o Objection) Object() string { return "objection/" + o.ID }

// URL is its page.
func (o Objection) URL() string { return "/objections/" + o.ID }

var (
	weights  = []choice{{"serious", "严重"}, {"normal", "一般"}, {"slight", "轻微"}}
	answers  = []choice{{"agrees", "同意"}, {"adds", "补充"}, {"objects", "不同意"}}
	verdicts = []choice{{"kept", "维持意见"}, {"changed", "修改意见"}, {"dropped", "撤销意见"}}
)

// saysWord is what the area says, as it stands on a day.
func (f Finding) saysWord(today string) say.Key {
	if f.Silent(today) {
		return "逾期未答复，视为同意"
	}
	return wordOf(answers, f.Says)
}
