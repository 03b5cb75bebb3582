// Package evaluation is evaluation rounds: a plan judged half-way and at its end from signed numbers, with every voice
// kept apart until it is compared. Asking is package request's, letters are package letter's, remarks package
// opinion's, what has to be done after it package matter's.
package evaluation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/panel"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

// Round is one run of an evaluation.
type Round struct {
	ID             string        `json:"id"`
	Title          string        `json:"title"`
	Kind           string        `json:"kind"`
	Plans          []string      `json:"plans"`
	From           string        `json:"from"`  // first period judged
	Until          string        `json:"until"` // last one
	CutoffOn       string        `json:"cutoff_on"`
	Unit           string        `json:"organiser"`
	AreaID         int64         `json:"-"`
	AreaPath       string        `json:"-"`
	Leading        []Seat        `json:"leading_group"`
	Basis          string        `json:"basis"`
	Papers         []BasisFile   `json:"basis_files,omitempty"` // where somebody has asked
	InspectionPlan string        `json:"inspection_plan,omitempty"`
	Unplanned      bool          `json:"unplanned,omitempty"`
	LegalNature    string        `json:"legal_nature"`
	Participants   []Participant `json:"participants"`
	Stages         []Stage       `json:"stages"`
	Scheme         Scheme        `json:"scheme"`
	Edition        int64         `json:"edition"` // of the scheme in force
	State          State         `json:"state"`
	Reason         string        `json:"reason,omitempty"`
	LaunchedOn     string        `json:"launched_on,omitempty"`
	ClosedOn       string        `json:"closed_on,omitempty"`
	CreatedBy      string        `json:"-"`
	CreatedAt      time.Time     `json:"created_at"`
	Version        int64         `json:"version"`
	UpdatedBy      string        `json:"-"`
	UpdatedAt      time.Time     `json:"-"`
}

// Participant is who takes part: a unit for itself, or for an area.
type Participant struct {
	Unit string `json:"unit"`
	Area string `json:"area,omitempty"` // code of the area for which the unit answers
	Path string `json:"-"`              // of that area
}

// Seat is a place in the leading group: a post, not a person.
type Seat struct {
	Unit string `json:"unit"`
	Post string `json:"post"`
	Seat string `json:"seat"`
}

// Stage is a dated part of a round. Stages overlap.
type Stage struct {
	Title string `json:"title"`
	Kind  string `json:"kind"`
	From  string `json:"from"`
	Until string `json:"until"`
	Lead  string `json:"lead"` // unit
	// of a panel: how many experts there are at least, as digits; none: as package panel has it
	Experts string     `json:"experts,omitempty"`
	State   StageState `json:"state"`
	Reason  string     `json:"reason,omitempty"` // why it was skipped
}

// StageState is where a stage stands.
type StageState string

const (
	StageWaiting StageState = "waiting"
	StageRunning StageState = "running"
	StageDone    StageState = "done"
	StageSkipped StageState = "skipped"
)

// experts is how many a panel of the stage has at least; -1 if that is no number.
func (s Stage) experts() int {
	if s.Experts == "" {
		return panel.Least
	}
	n, err := strconv.Atoi(s.Experts)
	if err != nil {
		return -1
	}
	return n
}

// over says whether nothing more happens in the stage.
func (s Stage) over() bool { return s.State == StageDone || s.State == StageSkipped }

// late says whether the stage should have ended before today and has not.
func (s Stage) late(today string) bool { return !s.over() && s.Until < today }

// Object is the round's name in the journal.
func (r Round) Object() string { return "round/" + r.ID }

// URL is its page.
func (r Round) URL() string { return "/rounds/" + r.ID }

// choice is a code with its words.
type choice struct {
	Code string
	Word say.Key
}

// Kinds of stage that the program acts on.
const (
	Kickoff = "kickoff"
	Lessons = "training"
	Self    = "self"
	Third   = "third_party"
	Panel   = "panel"
	Visits  = "visits"
	Report  = "report"
)

var (
	kinds = []choice{{"midterm", "中期评估"}, {"final", "终期评估"}, {"annual", "年度评估"}, {"special", "专项评估"}}

	natures = []choice{{"plan_supervision", "规划评估督导"}, {"designated", "政府指定的督查"},
		{"entrusted", "上级委托"}}

	stageKinds = []choice{{Kickoff, "启动"}, {Lessons, "培训"}, {Self, "自评"}, {Third, "第三方评估"},
		{Panel, "专家论证"}, {Visits, "督导"}, {"feedback", "反馈"}, {"rectification", "整改"}, {"recheck", "复核"},
		{Report, "评估报告"},
		{"archive", "归档"}}

	stageStates = []choice{{string(StageWaiting), "未开始"}, {string(StageRunning), "进行中"},
		{string(StageDone), "已完成"}, {string(StageSkipped), "不开展"}}

	seats = []choice{{"head", "组长"}, {"deputy", "副组长"}, {"member", "成员"}}
)

func word(all []choice, code string) say.Key {
	for _, c := range all {
		if c.Code == code {
			return c.Word
		}
	}
	return ""
}

// Most of anything, so that a page stays a page.
const (
	maxTitle    = 120
	maxText     = 2000
	maxStages   = 20
	maxSeats    = 60
	maxPlans    = 10
	maxFindings = 20

	fewestExperts, mostExperts = 2, 30 // that a round may ask of a panel
)

func longer(text string, most int) bool { return utf8.RuneCountInString(text) > most }

// stage is the first of a kind.
func (r Round) stage(kind string) (Stage, bool) {
	at := slices.IndexFunc(r.Stages, func(s Stage) bool { return s.Kind == kind })
	if at < 0 {
		return Stage{}, false
	}
	return r.Stages[at], true
}

// visits says whether the round goes out to areas.
func (r Round) visits() bool {
	s, has := r.stage(Visits)
	return has && s.State != StageSkipped
}

// Areas are the codes of the areas that take part.
func (r Round) Areas() (codes []string) {
	for _, p := range r.Participants {
		if p.Area != "" {
			codes = append(codes, p.Area)
		}
	}
	return codes
}

// Participant is the one that answers as a unit.
func (r Round) Participant(unit string) (Participant, bool) {
	at := slices.IndexFunc(r.Participants, func(p Participant) bool { return p.Unit == unit })
	if at < 0 {
		return Participant{}, false
	}
	return r.Participants[at], true
}

// Now are the stages that run, else the next one that waits.
func (r Round) Now() (running []Stage) {
	for _, s := range r.Stages {
		if s.State == StageRunning {
			running = append(running, s)
		}
	}
	if len(running) == 0 {
		for _, s := range r.Stages {
			if s.State == StageWaiting {
				return []Stage{s}
			}
		}
	}
	return running
}

// tidy drops what is empty and puts participants in order.
func (r *Round) tidy() {
	r.Title, r.Basis = strings.TrimSpace(r.Title), strings.TrimSpace(r.Basis)
	r.InspectionPlan = strings.TrimSpace(r.InspectionPlan)
	r.Plans = slices.Compact(slices.Sorted(slices.Values(r.Plans)))
	r.Leading = slices.DeleteFunc(r.Leading, func(s Seat) bool { return s.Unit == "" && s.Post == "" })
	r.Stages = slices.DeleteFunc(r.Stages, func(s Stage) bool { return s.Title == "" && s.From == "" && s.Until == "" })
	r.Leading, r.Stages = append([]Seat{}, r.Leading...), append([]Stage{}, r.Stages...) // never null in what is signed
	for i := range r.Stages {
		s := &r.Stages[i]
		s.State, s.Lead = cmp.Or(s.State, StageWaiting), cmp.Or(s.Lead, r.Unit)
		s.Title = cmp.Or(s.Title, string(word(stageKinds, s.Kind)))
		if s.Experts = strings.TrimSpace(s.Experts); s.Kind != Panel {
			s.Experts = ""
		}
	}
	slices.SortFunc(r.Participants, func(a, b Participant) int { return strings.Compare(a.Unit, b.Unit) })
}

// check refuses what is incomplete, with everything that is wrong. What the database has to say is known's.
func (r Round) check() error {
	wrong := errs.Fields{}
	if r.Title == "" || longer(r.Title, maxTitle) {
		wrong.Say("title", "请写名称，最多%d个字。", maxTitle)
	}
	if word(kinds, r.Kind) == "" {
		wrong.Say("kind", "请选择类别。")
	}
	if word(natures, r.LegalNature) == "" {
		wrong.Say("legal_nature", "请选择这次评估的性质。")
	}
	if len(r.Plans) == 0 || len(r.Plans) > maxPlans {
		wrong.Say("plans", "请选择要评估的规划，1到%d个。", maxPlans)
	}
	if r.Basis == "" || longer(r.Basis, maxText) {
		wrong.Say("basis", "请写依据（文件名称和文号），最多%d个字。原件在保存以后附上。", maxText)
	}
	if longer(r.InspectionPlan, maxTitle) {
		wrong.Say("inspection_plan", "编号最多%d个字。", maxTitle)
	}
	if len(r.Participants) == 0 {
		wrong.Say("units", "请选择参加单位和地区，至少一个。")
	}
	r.span(wrong)
	r.seated(wrong)
	r.staged(wrong)
	return wrong.Check("没有保存：请先改正标出的地方。")
}

// span checks the periods and the day of the figures.
func (r Round) span(wrong errs.Fields) {
	from, err := period.Parse(r.From)
	if err != nil || from.Kind() != period.Year {
		wrong.Say("from", "请填评估的起始年份，如 2021。")
	}
	until, err := period.Parse(r.Until)
	switch {
	case err != nil || until.Kind() != period.Year:
		wrong.Say("until", "请填评估的截止年份，如 2022。")
	case from.Int() > until.Int():
		wrong.Say("until", "截止年份不能早于起始年份。")
	}
	if _, last := until.Range(""); !calendar.IsDay(r.CutoffOn) {
		wrong.Say("cutoff", "请填数据截止日，如 2023-05-31。")
	} else if err == nil && r.CutoffOn < last {
		wrong.Say("cutoff", "数据截止日不能早于%s年的最后一天：那时这一年的数还没有。", r.Until)
	}
}

func (r Round) seated(wrong errs.Fields) {
	if len(r.Leading) > maxSeats {
		wrong.Say("leading", "领导小组最多%d人。", maxSeats)
	}
	heads := 0
	for n, s := range r.Leading {
		if s.Unit == "" || s.Post == "" || word(seats, s.Seat) == "" {
			wrong.Say("leading", "领导小组第%d行要写明单位、职务和席位；写职务，不写姓名。", n+1)
		} else if longer(s.Post, maxTitle) {
			wrong.Say("leading", "领导小组第%d行的职务最多%d个字。", n+1, maxTitle)
		}
		if s.Seat == "head" {
			heads++
		}
	}
	if heads > 1 {
		wrong.Say("leading", "领导小组只能有一位组长。")
	}
}

func (r Round) staged(wrong errs.Fields) {
	if len(r.Stages) == 0 || len(r.Stages) > maxStages {
		wrong.Say("stages", "请列出阶段，1到%d个。", maxStages)
	}
	for n, s := range r.Stages {
		switch {
		case word(stageKinds, s.Kind) == "":
			wrong.Say("stages", "第%d个阶段没有选类型。", n+1)
		case longer(s.Title, maxTitle):
			wrong.Say("stages", "第%d个阶段的名称最多%d个字。", n+1, maxTitle)
		case !calendar.IsDay(s.From) || !calendar.IsDay(s.Until):
			wrong.Say("stages", "第%d个阶段要写明起止日期。", n+1)
		case s.experts() < fewestExperts || s.experts() > mostExperts:
			wrong.Say("stages", "第%d个阶段的专家人数要写成数，%d到%d人。", n+1, fewestExperts, mostExperts)
		case s.Until < s.From:
			wrong.Say("stages", "第%d个阶段的结束日期早于开始日期。", n+1)
		}
	}
	panel, argued := r.stage(Panel)
	if report, has := r.stage(Report); has && argued && calendar.IsDay(panel.From) && report.Until < panel.From {
		wrong.Say("stages", "评估报告不能在专家论证之前完成。")
	}
}
