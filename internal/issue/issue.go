// Package issue is key difficult issues: problems that one unit cannot solve, which get a home for years, a cause and
// proof of relief. Joint conferences are package meeting's, what units have to do is package matter's.
package issue

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/holiday"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
)

// Issue is one key difficult issue.
type Issue struct {
	ID         string     `json:"id"`
	Number     string     `json:"number"`
	Title      string     `json:"title"`
	Unit       string     `json:"unit"`
	AreaID     int64      `json:"-"`
	AreaPath   string     `json:"-"`
	Goals      []string   `json:"goals"`
	Indicators []string   `json:"indicators"`
	Relief     string     `json:"relief,omitempty"`
	Why        []string   `json:"why_hard"`
	WhyText    string     `json:"why_text,omitempty"`
	Lead       string     `json:"lead"`
	Supporting []string   `json:"supporting"`
	State      State      `json:"state"`
	ListedOn   string     `json:"listed_on,omitempty"`
	Basis      string     `json:"listed_by,omitempty"` // meeting/ID, or meeting/ID#decision
	ClosedBy   string     `json:"closed_by,omitempty"` // likewise, of who called it solved
	ActedOn    string     `json:"acted_on,omitempty"`
	Proposals  []Proposal `json:"proposals"`
	Acts       []Act      `json:"acts"`
	Researches []Research `json:"researches"`
	Years      []Year     `json:"years"`
	Reviews    []Review   `json:"reviews"`
	Reason     string     `json:"reason,omitempty"`
	Carried    string     `json:"carried_from,omitempty"`
	Source     string     `json:"source,omitempty"` // of one that was published
	CreatedBy  string     `json:"-"`
	CreatedAt  time.Time  `json:"created_at"`
	Version    int64      `json:"version"`
	UpdatedBy  string     `json:"-"`
	UpdatedAt  time.Time  `json:"-"`
}

// Proposal is a question that a unit brings forward, in an answer to a call for issues.
type Proposal struct {
	Unit         string `json:"unit"`
	Ref          string `json:"ref,omitempty"` // answer/…
	Question     string `json:"question"`
	Tried        string `json:"tried,omitempty"`
	Disagreement string `json:"disagreement,omitempty"`
	ToDecide     string `json:"to_decide"`
}

// Act is something done about the issue: a mark on its series.
type Act struct {
	Kind   string `json:"kind"`
	On     string `json:"on"`
	Text   string `json:"text"`
	Ref    string `json:"ref,omitempty"`    // meeting/…, matter/…
	Advice string `json:"advice,omitempty"` // the proposal that it is what became of: research.proposal, each from 0
	By     string `json:"by"`
}

// Kinds of act.
const (
	Conference = "conference"
	Study      = "research"
	Policy     = "policy"
	Funding    = "funding"
	Standard   = "standard"
	Motion     = "motion" // a proposal in the congress or the consultative conference
	Matter     = "matter"
	OtherAct   = "other"
)

// Research is a joint research into the issue.
type Research struct {
	Title      string            `json:"title"`
	Head       string            `json:"head"`             // unit
	Team       []string          `json:"team"`             // units
	Others     []string          `json:"others,omitempty"` // experts and research bases, by what they are called
	Questions  []string          `json:"questions"`
	Methods    string            `json:"methods,omitempty"`
	Sites      []string          `json:"sites"`              // that could be visited
	Register   string            `json:"register,omitempty"` // from which sites were taken
	Records    map[string]string `json:"records,omitempty"`  // ids of records, by site
	Seed       string            `json:"seed,omitempty"`
	Drawn      []string          `json:"drawn"` // by the seed
	Causes     []string          `json:"causes"`
	Grounds    []Ground          `json:"grounds,omitempty"` // of each cause, where something is known of it
	Figures    []request.Figure  `json:"figures,omitempty"` // that the report rests on
	Report     string            `json:"report,omitempty"`
	ReportedBy string            `json:"reported_by,omitempty"`
	ReportedOn string            `json:"reported_on,omitempty"`
	Reporter   string            `json:"reporter,omitempty"`
	Advice     []Advice          `json:"proposals"`
	Second     string            `json:"second,omitempty"` // what the second unit says of the report
	SecondBy   string            `json:"second_by,omitempty"`
	SecondUnit string            `json:"second_unit,omitempty"`
	SecondOn   string            `json:"second_on,omitempty"`
}

// Year is what is meant to be reached in a year, and by what.
type Year struct {
	Year     string   `json:"year"`
	Goal     string   `json:"goal"`
	Measures []string `json:"measures"`
}

// Advice is what a research proposes, to whom.
type Advice struct {
	Text   string `json:"text"`
	To     string `json:"to"` // unit
	Kind   string `json:"kind"`
	Matter string `json:"matter,omitempty"` // id of what it became
}

// Review is the yearly word on whether the issue eased.
type Review struct {
	Year    string `json:"year"`
	Verdict string `json:"verdict"`
	Words   string `json:"words"`
	Values  string `json:"values,omitempty"` // what the indicators were then
	By      string `json:"by"`
	On      string `json:"on"`
}

// Verdicts of a review.
const (
	Easing = "eased"
	Same   = "same"
	Worse  = "worse"
)

type choice struct {
	Code string
	Word say.Key
}

var (
	whys = []choice{{"several_units", "涉及多个部门"}, {"rule_gap", "制度空白"}, {"money", "经费不足"},
		{"land_staff", "场地和人员不足"}, {"data", "数据不清"}, {"behaviour", "观念和习惯"}}
	actKinds = []choice{{Conference, "联席会议"}, {Policy, "出台政策"}, {Funding, "落实经费"}, {Standard, "出台标准"},
		{Motion, "人大建议、政协提案"}, {OtherAct, "其他举措"}, {Study, "联合调研"}, {Matter, "转为事项"}}
	adviceKinds = []choice{{"rule", "制度"}, {"money", "经费"}, {"service", "服务"}, {"data", "数据"}, {"pilot",
		"试点"}}
	verdicts = []choice{{Easing, "缓解"}, {Same, "持平"}, {Worse, "加重"}}
)

func word(all []choice, code string) say.Key {
	for _, c := range all {
		if c.Code == code {
			return c.Word
		}
	}
	return ""
}

// Object is the issue's name in the journal.
func (i Issue) Object() string { return "issue/" + i.ID }

// URL is its page.
func (i Issue) URL() string { return "/issues/" + i.ID }

// Sits says whether a unit has a part in the issue.
func (i Issue) Sits(unit string) bool {
	return unit == i.Lead || unit == i.Unit || slices.Contains(i.Supporting, unit)
}

const (
	maxTitle = 120
	maxText  = 3000
	maxMany  = 30
	maxSites = 400
	// maxPlaces are the most that come from a register: a city has some thousand children's homes.
	maxPlaces = 5000
	// maxAdvice is what a matter's item holds: every proposal may become one.
	maxAdvice = 200
	// held is how many periods in a row must be at the target before an issue is solved: our proposal.
	heldPeriods = 2
)

func longer(text string, most int) bool { return utf8.RuneCountInString(text) > most }

// pace is how long an issue may be without an act.
type pace struct {
	days  calendar.Table
	limit calendar.Limit
}

func paceOf(tx *db.Tx) (p pace, err error) {
	now, err := life.Limit(limitQuiet).InForce(tx)
	if err == nil {
		p.limit = now.Limit
		p.days, err = holiday.Table(tx)
	}
	return p, err
}

// due is the day by which something has to be done about the issue again; "" if nothing has.
func (p pace) due(i Issue) string {
	day, ok := calendar.Start(i.ActedOn)
	if !ok || i.State != Listed && i.State != UnderWay {
		return ""
	}
	return p.days.Due(day, p.limit).On
}

// check refuses an issue that cannot be kept.
func (i *Issue) check() error {
	wrong := errs.Fields{}
	i.Title, i.Relief, i.WhyText = strings.TrimSpace(i.Title), strings.TrimSpace(i.Relief), strings.TrimSpace(i.WhyText)
	if i.Title == "" || longer(i.Title, maxTitle) {
		wrong.Say("title", "请写名称，最多%d个字。", maxTitle)
	}
	if len(i.Indicators) == 0 && i.Relief == "" {
		wrong.Say("indicators", "请选择指标；没有指标的，请写明怎样看出缓解。")
	}
	if len(i.Indicators) > maxMany || len(i.Goals) > maxMany {
		wrong.Say("indicators", "指标和目标最多各选%d个。", maxMany)
	}
	if len(i.Why) == 0 && !i.told() {
		wrong.Say("why", "请选择为什么难，至少一项。")
	}
	for _, code := range i.Why {
		if word(whys, code) == "" {
			wrong.Say("why", "没有“%s”这个选项。", code)
		}
	}
	if i.Lead == "" && !i.told() {
		wrong.Say("lead", "请选择牵头单位。")
	}
	if len(i.Supporting) == 0 && !i.told() {
		wrong.Say("supporting", "请选择配合单位：一个单位能解决的，不列为重难点问题。")
	}
	if longer(i.Source, maxText) {
		wrong.Say("source", "最多%d个字。", maxText)
	}
	if longer(i.Relief, maxText) || longer(i.WhyText, maxText) {
		wrong.Say("why_text", "最多%d个字。", maxText)
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

// Draw picks n of the sites by a seed: who has the seed draws the same again. The order of the sites does not matter.
func Draw(sites []string, seed string, n int) []string {
	type drawn struct{ site, lot string }
	lots := make([]drawn, len(sites))
	for i, site := range sites {
		sum := sm3.Sum([]byte(seed + "\n" + site))
		lots[i] = drawn{site, hex.EncodeToString(sum[:])}
	}
	slices.SortFunc(lots, func(a, b drawn) int {
		return cmp.Or(cmp.Compare(a.lot, b.lot), cmp.Compare(a.site,
			b.site))
	})
	var picked []string
	for _, l := range lots[:min(n, len(lots))] {
		picked = append(picked, l.site)
	}
	return picked
}

// lines are the texts of a field that has one a line.
func lines(text string) (all []string) {
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all
}
