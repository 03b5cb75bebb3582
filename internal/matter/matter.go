// Package matter is everything that must be followed up, from whatever source, in one ledger: a matter with the items
// that units owe of it, each with a clock and a state of its own, closed only by somebody else's check. What a meeting
// or a letter is it does not know: they raise matters, and are told apart by the names of their objects. The words of
// each step are the journal's; rows say where things stand.
package matter

import (
	"slices"

	"yipanqi/internal/say"
)

// Kinds of source.
const (
	Finding        = "finding"
	Recommendation = "recommendation"
	Decision       = "decision"
	Instruction    = "instruction"
	KeyIssue       = "key_issue"
	SelfInspection = "self_inspection"
	EarlyWarning   = "early_warning"
	Assessment     = "assessment_opinion"
	Review         = "review"
	Other          = "other"
)

// Classes of rectification.
const (
	Immediate  = "immediate"
	Phased     = "phased"
	Continuing = "continuing"
)

// Urgencies.
const (
	Normal = "normal"
	Urgent = "urgent"
	AtOnce = "immediate"
)

// Flags of a matter.
const (
	Slow  = "slow"
	Hard  = "hard"
	Upper = "upper"
)

// Judgements of a re-check. Only the first two close; the last closes with the director's reason.
const (
	Done         = "done"
	Mostly       = "mostly"
	Partly       = "partly"
	NotDone      = "not_done"
	Unverifiable = "unverifiable"
	Obsolete     = "obsolete"
)

// choice is a code with its word, in the order in which it is offered.
type choice struct {
	code string
	word say.Key
}

type choices []choice

var (
	kinds = choices{{Finding, "督导发现"}, {Recommendation, "评估建议"}, {Decision, "会议议定"},
		{Instruction, "领导批示"}, {KeyIssue, "重难点问题"}, {SelfInspection, "自查差距"}, {EarlyWarning, "指标预警"},
		{Assessment, "性别平等评估意见"}, {Review, "评审结论"}, {Other, "其他来源"}}
	classes    = choices{{Immediate, "立行立改"}, {Phased, "分阶段整改"}, {Continuing, "持续整改"}}
	urgencies  = choices{{Normal, "一般"}, {Urgent, "加急"}, {AtOnce, "特急"}}
	flags      = choices{{Slow, "进度缓慢"}, {Hard, "推进难度大"}, {Upper, "需上级政策"}}
	judgements = choices{{Done, "完成"}, {Mostly, "基本完成"}, {Partly, "部分完成"}, {NotDone, "未完成"},
		{Unverifiable, "无法核实"}, {Obsolete, "不再适用"}}
	ways       = choices{{"papers", "材料审核"}, {"site", "现场核查"}, {"sample", "抽查"}, {"data", "数据核对"}}
	causeKinds = choices{{"policy", "政策制度"}, {"resources", "资源投入"}, {"cooperation", "部门协同"},
		{"data", "数据统计"}, {"execution", "工作推进"}, {"external", "外部因素"}}
)

func (c choices) has(code string) bool {
	return slices.ContainsFunc(c, func(o choice) bool { return o.code == code })
}

// word is what a code is called; a code that is none is its own word.
func (c choices) word(code string) say.Key {
	for _, o := range c {
		if o.code == code {
			return o.word
		}
	}
	return say.Key(code)
}

func (c choices) words() (all []string) {
	for _, o := range c {
		all = append(all, string(o.word))
	}
	return all
}

// Source is why a matter exists. Ref is an object: meeting/ID; empty for what the program does not hold.
type Source struct {
	Kind  string `json:"kind"`
	Ref   string `json:"ref,omitempty"`
	On    string `json:"on"`
	Quote string `json:"quote,omitempty"`
}

// Matter is one thing that must be followed up.
type Matter struct {
	ID          string
	Office      string
	AreaID      int64
	Year        int
	Serial      int
	Number      string
	Title       string
	Problem     string
	Sources     List[Source]
	Lead        string
	Supporting  List[string]
	Goal        string // plan/code
	Measure     string
	Indicator   string
	NoIndicator string
	Urgency     string
	Class       string
	Aim         string
	AimOperator string
	AimValue    string
	AimPeriod   string
	Flags       List[string]
	HardSince   string
	MergedInto  string
	State       State
	Reason      string
	RaisedOn    string
	Entries     int
	Version     int64
	Shown       State
	Due         string
	AreaPath    string
	facets      string

	Items []Item // in order, read with the row

	read int64 // version of the row as it was read
}

// own are the columns that the journal has.
func (m *Matter) own() []field {
	return []field{{"office", &m.Office}, {"area_id", &m.AreaID}, {"year", &m.Year}, {"serial", &m.Serial},
		{"number", &m.Number}, {"title", &m.Title}, {"problem", &m.Problem}, {"sources", &m.Sources},
		{"lead_unit", &m.Lead}, {"supporting", &m.Supporting}, {"goal", &m.Goal}, {"measure", &m.Measure},
		{"indicator", &m.Indicator}, {"no_indicator", &m.NoIndicator}, {"urgency", &m.Urgency}, {"class", &m.Class},
		{"aim", &m.Aim}, {"aim_operator", &m.AimOperator}, {"aim_value", &m.AimValue}, {"aim_period", &m.AimPeriod},
		{"flags", &m.Flags}, {"hard_since", &m.HardSince}, {"merged_into", &m.MergedInto}, {"state", &m.State},
		{"reason", &m.Reason}, {"raised_on", &m.RaisedOn}}
}

// all are the columns of the row.
func (m *Matter) all() []field {
	return slices.Concat([]field{{"id", &m.ID}}, m.own(), []field{{"entries", &m.Entries}, {"version", &m.Version}},
		m.derived())
}

// Object is the matter's name in the journal.
func (m Matter) Object() string { return "matter/" + m.ID }

// URL is the matter's page.
func (m Matter) URL() string { return "/matters/" + m.ID }

// Called is the matter as a line names it.
func (m Matter) Called() string {
	if m.Number == "" {
		return m.Title
	}
	return m.Number + " " + m.Title
}

// Has says whether the matter bears a flag.
func (m Matter) Has(flag string) bool { return slices.Contains(m.Flags, flag) }

// Counted is how many items are closed, of how many that are not withdrawn or merged.
func (m Matter) Counted() (closed, of int) {
	for _, i := range m.Items {
		switch i.State {
		case Withdrawn, Merged:
		case Closed:
			closed++
			of++
		default:
			of++
		}
	}
	return closed, of
}

// settle works out what the matter shows of its items.
func (m *Matter) settle() {
	m.Shown, m.Due = m.State, ""
	if m.State != Raised {
		return
	}
	least := len(advance)
	for _, i := range m.Items {
		if at := slices.Index(advance, i.State); at >= 0 && at < least {
			least = at
		}
		if i.runs() && (m.Due == "" || i.NextOn < m.Due) && i.NextOn != "" {
			m.Due = i.NextOn
		}
	}
	if least < len(advance) {
		m.Shown = advance[least]
	}
}

// advance is the order in which the states of an item count as further on: a matter shows the least.
var advance = []State{InDraft, Declined, Raised, Received, Planned, InProgress, Suspended, Reported, Closed, Withdrawn,
	Merged}

// KindWord is what a kind of source is called.
func KindWord(kind string) say.Key { return kinds.word(kind) }

// CauseKinds are the kinds of cause, each with its word, in the order in which they are offered.
func CauseKinds() (codes []string, words []say.Key) {
	for _, k := range causeKinds {
		codes, words = append(codes, k.code), append(words, k.word)
	}
	return codes, words
}
