// Package letter is official documents that go out: drafted, checked by another person, countersigned and signed with
// the signers' keys, issued under a gapless number, received unit by unit, corrected as a new version, withdrawn with a
// reason. It knows no meeting and no matter: they draft letters here and ask for those about them.
package letter

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

// Kind is 文种, by the 2012 rules on official documents.
type Kind string

const (
	KindNotice   Kind = "notice"
	KindLetter   Kind = "letter"
	KindReport   Kind = "report"
	KindRequest  Kind = "request"
	KindCircular Kind = "circular"
	KindOpinions Kind = "opinions"
	KindMinutes  Kind = "minutes"
)

// Kinds are all of them, in the order in which they are offered.
var Kinds = []Kind{KindNotice, KindLetter, KindReport, KindRequest, KindCircular, KindOpinions, KindMinutes}

var kindWords = map[Kind]say.Key{KindNotice: "通知", KindLetter: "函", KindReport: "报告", KindRequest: "请示",
	KindCircular: "通报", KindOpinions: "意见", KindMinutes: "纪要", Heading: "发文机关标志"}

// Words are the Chinese words for a kind.
func (k Kind) Words() say.Key { return kindWords[k] }

// Urgencies and disclosures that a letter can have, in the order in which they are offered.
var (
	Urgencies   = []string{"normal", "urgent", "immediate"}
	Disclosures = []string{"open", "on_request", "not_open"}
)

var choiceWords = map[string]say.Key{"normal": "平件", "urgent": "加急", "immediate": "特急",
	"open": "主动公开", "on_request": "依申请公开", "not_open": "不予公开"}

// Letter is a document with where it stands. What Draft is given is Kind, Title and whatever else is known; the rest of
// a draft can be written later.
type Letter struct {
	ID             string
	Unit           string // the office that drafts it
	Issuer         string // the unit that it goes out from: the office, or the committee that it serves
	AreaPath       string // of the office
	Kind           Kind
	Title          string
	Main           []string // units that it is addressed to
	Copies         []string
	Countersigners []string
	Body           string
	Urgency        string
	Disclosure     string
	ReplyDue       string // 回复期限
	About          string // object that it is about: meeting/ID
	People         []People

	State      State
	Edition    int64  // the version that is being written, or the one in force
	Reason     string // of a correction
	Note       string // why it was sent back or withdrawn
	Number     string // 发文字号, once issued
	InForce    int64  // the edition that was issued last; 0 = none
	Addressed  int64  // units that have to receive it
	Received   int64  // those that did
	ReceiptDue string // until when
	Drafter    string // who began this edition
	Writers    []string
	Entries    int64 // in the journal
	Version    int64 // of the row, so that two people cannot overwrite each other unseen
	CreatedAt  time.Time
	UpdatedBy  string
	UpdatedAt  time.Time

	number numbering
}

// Object is the letter's name in the journal.
func (l Letter) Object() string { return "letter/" + l.ID }

// URL is the letter's page.
func (l Letter) URL() string { return "/letters/" + l.ID }

// Issued says whether it is in force, whatever is being corrected.
func (l Letter) Issued() bool { return l.InForce > 0 && l.State != StateWithdrawn }

// Correcting says whether another edition is being written while one is in force.
func (l Letter) Correcting() bool { return l.InForce > 0 && l.Edition > l.InForce }

// Due is the day by which somebody still has to receive it; empty if nobody has.
func (l Letter) Due() string {
	if !l.Issued() || l.Received >= l.Addressed {
		return ""
	}
	return l.ReceiptDue
}

// Lamp is how its receipts stand on a day: grey before its issue and after a withdrawal, green once all have it.
func (l Letter) Lamp(today string) string {
	if l.Issued() && l.Due() == "" {
		return flow.Green
	}
	return flow.Lamp(l.Due(), today, flow.Near)
}

// drafted is what a draft says, as the row keeps it and the journal knows it by its digest. Units stand by their codes.
type drafted struct {
	Issuer         string   `json:"issuer"`
	Kind           Kind     `json:"kind"`
	Title          string   `json:"title"`
	Main           []string `json:"main"`
	Copies         []string `json:"copies"`
	Countersigners []string `json:"countersigners"`
	Body           string   `json:"body"`
	Urgency        string   `json:"urgency"`
	Disclosure     string   `json:"disclosure"`
	ReplyDue       string   `json:"reply_due"`
	About          string   `json:"about"`
	People         []People `json:"people,omitempty"`
}

// People are who attended, was excused or sat in, as minutes list them: names with titles.
type People struct {
	As    string   `json:"as"`
	Names []string `json:"names"`
}

// How people stand in minutes.
const (
	Attended = "attended"
	Excused  = "excused"
	SatIn    = "sat_in"
)

var peopleWords = map[string]say.Key{Attended: "出席", Excused: "请假", SatIn: "列席"}

func (l Letter) drafted() drafted {
	whole := func(codes []string) []string { return append([]string{}, codes...) }
	return drafted{l.Issuer, l.Kind, l.Title, whole(l.Main), whole(l.Copies), whole(l.Countersigners), l.Body,
		l.Urgency, l.Disclosure, l.ReplyDue, l.About, l.People}
}

// take puts what a draft says into the letter.
func (l *Letter) take(d drafted) {
	l.Issuer, l.Kind, l.Title, l.Main, l.Copies, l.Countersigners = d.Issuer, d.Kind, d.Title, d.Main, d.Copies,
		d.Countersigners
	l.Body, l.Urgency, l.Disclosure, l.ReplyDue, l.About = d.Body, d.Urgency, d.Disclosure, d.ReplyDue, d.About
	l.People = d.People
}

// text is the draft as kept, and its digest.
func (d drafted) text() (text, digest string, err error) {
	b, err := sign.Canonical(d)
	return string(b), sign.Digest(b), err
}

func readDrafted(text string) (d drafted, err error) { return d, json.Unmarshal([]byte(text), &d) }

const (
	maxTitle  = 120     // characters
	maxBody   = 30_000  // characters
	maxReport = 150_000 // a report on a whole plan, some 150 pages
	maxReason = 600
)

// MostBody is how many characters the body of a letter of a kind has at most.
func MostBody(k Kind) int {
	if k == KindReport {
		return maxReport
	}
	return maxBody
}

// clean trims what was typed and refuses what no draft may say, however early.
func (l *Letter) clean(tx *db.Tx) error {
	l.Title, l.Body = strings.TrimSpace(l.Title), strings.TrimSpace(strings.ReplaceAll(l.Body, "\r\n", "\n"))
	if l.Urgency == "" {
		l.Urgency = Urgencies[0]
	}
	wrong := errs.Fields{}
	if n := utf8.RuneCountInString(l.Title); n == 0 || n > maxTitle {
		wrong.Say("title", "请写标题，1到%d个字。", maxTitle)
	}
	if most := MostBody(l.Kind); utf8.RuneCountInString(l.Body) > most {
		wrong.Say("body", "正文最多%d个字，长的内容请作为附件。", most)
	}
	if _, err := l.asked(tx); errs.KindOf(err) == errs.Invalid {
		wrong["body"] = errs.WordsOf(err)
	} else if err != nil {
		return err
	}
	if !slices.Contains(Kinds, l.Kind) {
		wrong.Say("kind", "请选一个文种。")
	}
	if !slices.Contains(Urgencies, l.Urgency) {
		wrong.Say("urgency", "请选紧急程度。")
	}
	if l.Disclosure != "" && !slices.Contains(Disclosures, l.Disclosure) {
		wrong.Say("disclosure", "请选公开属性。")
	}
	if l.ReplyDue != "" && !calendar.IsDay(l.ReplyDue) {
		wrong.Say("reply_due", "日期应写成2024-03-15。")
	}
	seen := map[string]string{}
	for _, to := range []struct {
		name  string
		codes *[]string
	}{{"main", &l.Main}, {"copies", &l.Copies}, {"countersigners", &l.Countersigners}} {
		*to.codes = unique(*to.codes)
		for _, code := range *to.codes {
			u, err := network.UnitByCode(tx, code)
			switch {
			case errs.KindOf(err) == errs.Missing:
				wrong.Say(to.name, "没有代码为%s的单位。", code)
			case err != nil:
				return err
			case u.ClosesOn != "" && u.ClosesOn <= tx.Today():
				wrong.Say(to.name, "%s已于%s撤销，请改选承接它的单位。", u.Name, u.ClosesOn)
			case to.name == "copies" && seen[code] == "main":
				wrong.Say(to.name, "%s已在主送里，不必再抄送。", u.Name)
			case to.name == "countersigners" && (code == l.Unit || code == l.Issuer):
				wrong.Say(to.name, "发文单位自己不必会签。")
			}
			seen[code] = to.name
		}
	}
	return wrong.Check("还有几处要改，已填的内容都保留着。")
}

// unique keeps the first of equal codes, in order.
func unique(codes []string) []string {
	var kept []string
	for _, code := range codes {
		if code = strings.TrimSpace(code); code != "" && !slices.Contains(kept, code) {
			kept = append(kept, code)
		}
	}
	return kept
}

// ready says what is still missing before the letter can be checked.
func (l Letter) ready(tx *db.Tx) error {
	wrong := errs.Fields{}
	if len(l.Main) == 0 {
		wrong.Say("main", "请选主送单位。")
	}
	if l.Body == "" {
		wrong.Say("body", "请写正文。")
	}
	if l.Disclosure == "" {
		wrong.Say("disclosure", "请选公开属性。")
	}
	if l.ReplyDue != "" && l.ReplyDue < tx.Today() {
		wrong.Say("reply_due", "回复期限已经过了。")
	}
	return wrong.Check("还不能送核稿：请先补齐标出的各项。")
}
