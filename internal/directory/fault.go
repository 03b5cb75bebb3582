package directory

// Faults that the public reports of facilities: their life, and what may stand in a report. Whose a facility is,
// package record says.

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/say"
)

// State is where a fault stands. What is not ours is still a fault: somebody else has to mend it.
type State string

const (
	Opened    State = "open"
	Fixed     State = "fixed"
	NotOurs   State = "not_ours"
	WontFix   State = "wont_fix"
	Duplicate State = "duplicate"
)

var states = []State{Opened, Fixed, NotOurs, WontFix, Duplicate}

// Permissions, words of the journal and buttons.
const (
	VerbRead   = "fault.read"
	VerbReport = "fault.report"
	VerbFix    = "fault.fix"
	VerbPass   = "fault.pass"
	VerbWont   = "fault.wont"
	VerbSame   = "fault.same"
	VerbReopen = "fault.reopen"
	VerbAsk    = "fault.ask"
	VerbRaise  = "fault.raise"
)

// Parts: who keeps the facility or oversees it in its own line; the committee's office of the area.
const (
	keeper = "keeper"
	office = "office"
)

var answers = []string{VerbFix, VerbPass, VerbWont, VerbSame, VerbReopen}

var grants = auth.Grant(auth.Grants{
	auth.Readers:      {VerbRead},
	auth.Statistician: append([]string{VerbAsk}, answers...),
	auth.Liaison:      append([]string{VerbAsk}, answers...),
	auth.Leader:       append([]string{VerbAsk}, answers...),
	auth.Office:       append([]string{VerbAsk, VerbRaise}, answers...),
})

var words = map[string]say.Key{string(Opened): "待处理", string(Fixed): "已修复", string(NotOurs): "非本单位责任",
	string(WontFix): "暂不处理", string(Duplicate): "重复", VerbReport: "公众报修", VerbFix: "已修复",
	VerbPass: "不归本单位管", VerbWont: "暂不处理", VerbSame: "与另一条重复", VerbReopen: "重新打开",
	VerbAsk: "报请督办", VerbRaise: "转为督办事项",
	flow.Program: "公众", keeper: "设施管理单位", office: "妇儿工委办"}

var verbs = auth.Name(map[string]say.Key{VerbRead: "看公众报修", VerbReport: words[VerbReport],
	VerbFix: "报修：已修复", VerbPass: "报修：不归本单位管", VerbWont: "报修：暂不处理", VerbSame: "报修：与另一条重复",
	VerbReopen: "报修：重新打开", VerbAsk: "报修：报请督办", VerbRaise: "报修：转为督办事项"})

var reasoned = flow.Rule{Needs: []string{"reason"}}

// life is the whole state table.
var life = flow.Table{Object: "fault", Words: words, Ends: []string{string(Fixed), string(WontFix),
	string(Duplicate)}, Steps: steps(),
	Note: "Who reports one has no account. What is not ours stays open until it is mended."}

func steps() []flow.Step {
	all := []flow.Step{flow.Line("", VerbReport, flow.Program, Opened)}
	for _, from := range []State{Opened, NotOurs} {
		all = append(all, flow.Line(from, VerbFix, keeper, Fixed), flow.Line(from, VerbWont, keeper, WontFix, reasoned),
			flow.Line(from, VerbSame, keeper, Duplicate, flow.Rule{Needs: []string{"same_as"}}),
			flow.Line(from, VerbAsk, keeper, from, reasoned), flow.Line(from, VerbRaise, office, from))
	}
	all = append(all, flow.Line(Opened, VerbPass, keeper, NotOurs, reasoned),
		flow.Line(NotOurs, VerbReopen, keeper, Opened, reasoned))
	for _, from := range []State{Fixed, WontFix, Duplicate} {
		all = append(all, flow.Line(from, VerbReopen, keeper, Opened, reasoned))
	}
	return all
}

// Fault is one.
type Fault struct {
	ID         string    `json:"id"`
	Code       string    `json:"-"` // for who reported it alone
	Record     string    `json:"record"`
	Item       string    `json:"item"`
	Text       string    `json:"text"`
	State      State     `json:"state"`
	Reason     string    `json:"reason,omitempty"`
	SameAs     string    `json:"same_as,omitempty"`
	Asked      string    `json:"asked,omitempty"`
	Matter     string    `json:"matter,omitempty"`
	ReportedAt time.Time `json:"reported_at"`
	DueOn      string    `json:"due"`
	EndedOn    string    `json:"ended_on,omitempty"`
	AnsweredBy string    `json:"answered_by,omitempty"`
	Version    int64     `json:"version"`

	// of its facility
	Register string `json:"register"`
	Number   string `json:"number"`
	Title    string `json:"title"`
	Unit     string `json:"unit"`
	AreaPath string `json:"-"`
}

// Anybody is who reports: nobody knows who.
var Anybody = auth.User{ID: "public", Name: "公众"}

// answerDays is how long a fault may be open before everybody who oversees it is told.
const answerDays = 7

// Object is the fault in the journal, URL its page.
func (f Fault) Object() string { return "fault/" + f.ID }

// URL is the page of the fault, for who is signed in.
func (f Fault) URL() string { return "/faults/" + f.ID }

// days is how long the fault was open, or is.
func (f Fault) days(today string) int {
	from := f.ReportedAt.In(db.China).Format(time.DateOnly)
	until := today
	if f.EndedOn != "" {
		until = f.EndedOn
	}
	return calendar.Between(from, until)
}

func (f Fault) late(today string) bool { return f.EndedOn == "" && f.days(today) > answerDays }

// row is what of a fault the journal has to say.
func (f Fault) row() held.Row {
	return held.Row{"code": f.Code, "record": f.Record, "item": f.Item, "text": f.Text, "state": string(f.State),
		"reason": f.Reason, "same_as": f.SameAs, "asked": f.Asked, "matter": f.Matter,
		"reported_at": held.Time(f.ReportedAt), "due_on": f.DueOn, "ended_on": f.EndedOn, "answered_by": f.AnsweredBy}
}

const (
	leastText, mostText = 4, 200
	mostReason          = 300
	mostOpen            = 50 // faults of one facility

	// ReportsAnHour is how many faults one machine may report in an hour. The database counts those that were taken
	// down; package app slows down whoever tries on and on.
	ReportsAnHour = 10

	// Often is the refusal of both.
	Often = "这台设备一小时里报修的次数太多，这次没有收下。请过一小时再报。"
)

// Numbers of telephones and of identity cards are long rows of digits, however they are parted or written; addresses
// of mail have an @.
var (
	longNumber = regexp.MustCompile(`[0-9〇零一二三四五六七八九幺](?:[\s\-—–－·.,，()（）]*[0-9〇零一二三四五六七八九幺xX]){6,}`)
	date       = regexp.MustCompile(`(?:19|20)[0-9]{2}[-./][01]?[0-9][-./][0-3]?[0-9]`)
	mail       = regexp.MustCompile(`[^\s@]\s*@\s*[^\s@]`)
)

// personal says whether a text looks as if it named how to find somebody.
func personal(text string) bool {
	text = date.ReplaceAllString(norm.NFKC.String(text), "那天")
	return longNumber.MatchString(text) || mail.MatchString(text)
}

// checkText refuses a report that is no sentence or names somebody.
func checkText(text string, wrong errs.Fields) {
	switch n := utf8.RuneCountInString(text); {
	case n < leastText:
		wrong.Say("text", "请用一句话写清哪里有什么问题。")
	case n > mostText:
		wrong.Say("text", "最多%d个字。", mostText)
	case personal(text):
		wrong.Say("text", "请不要写电话、证件号码、邮箱等个人信息：只写设施有什么问题。处理情况凭查询码查看，不会有人联系您。")
	case strings.Contains(strings.ToLower(text), "http"):
		wrong.Say("text", "请不要写网址，只写设施有什么问题。")
	}
}
