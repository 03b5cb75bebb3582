// Package instruction is 批示: what a leader of a committee wrote on a paper or on anything that the program shows,
// word for word; who is to do what of it, what came of it, and whether the leader has anything to add. Only the leader
// who wrote it closes it. The work itself is package matter's: an instruction is a source there.
package instruction

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

// Kind says what the leader wants with it.
type Kind string

// Kinds, in the order in which they are offered.
const (
	Circled    Kind = "circled"     // 圈阅: read
	Noted      Kind = "noted"       // 阅知
	Act        Kind = "act"         // 请办理
	ReportBack Kind = "report_back" // 请办理并报结果
)

// Kinds are all of them.
var Kinds = []Kind{Circled, Noted, Act, ReportBack}

var kindWords = map[Kind]say.Key{Circled: "圈阅", Noted: "阅知", Act: "请办理", ReportBack: "请办理并报结果"}

// Words are the Chinese words for a kind.
func (k Kind) Words() say.Key { return kindWords[k] }

// Asks says whether somebody has to do something.
func (k Kind) Asks() bool { return k == Act || k == ReportBack }

// Who wrote it into the program: the leader, or the office for what stands on paper (代录).
const (
	Self     = "self"
	OnBehalf = "on_behalf"
)

// Instruction is one of them.
type Instruction struct {
	ID        string
	Unit      string // the committee of the leader
	AreaPath  string
	Office    string // that sees to it
	LeaderID  string
	Leader    string
	WrittenOn string // '' = laid before the leader, not yet written on
	Text      string
	About     string // the object that it stands on: matter/ID; '' = a paper that came in
	Title     string // of that object or paper
	Proposal  string // 拟办意见 of the office
	Kind      Kind
	Units     []string // that are to do it
	DueOn     string
	Entered   string
	Paper     string // on behalf: where the paper is
	Confirmed time.Time
	Follows   string // the instruction whose report it answers

	Report     string // 办理情况
	ReportedOn string
	Reason     string
	State      State
	Entries    int64
	Version    int64 // of the row, so that two people cannot overwrite each other unseen
	CreatedAt  time.Time
	UpdatedBy  string
	UpdatedAt  time.Time
}

// Object is its name in the journal.
func (i Instruction) Object() string { return Object(i.ID) }

// Object is the name in the journal of the instruction with an id.
func Object(id string) string { return "instruction/" + id }

// URL is its page.
func (i Instruction) URL() string { return "/instructions/" + i.ID }

// Unconfirmed says that the office wrote it down from paper and that the leader has not yet looked at it.
func (i Instruction) Unconfirmed() bool {
	return i.Entered == OnBehalf && i.Confirmed.IsZero() && i.WrittenOn != "" && i.State != StateWithdrawn
}

// Lamp is how its day stands: only what is being done has one.
func (i Instruction) Lamp(today string) string {
	if i.State != StateRunning {
		return flow.Grey
	}
	return flow.Lamp(i.DueOn, today, flow.Near)
}

// words is what the leader wrote, as the journal knows it by its digest.
type words struct {
	Leader   string   `json:"leader"`
	On       string   `json:"on"`
	Text     string   `json:"text"`
	About    string   `json:"about"`
	Title    string   `json:"title"`
	Proposal string   `json:"proposal"`
	Kind     Kind     `json:"kind"`
	Units    []string `json:"units"`
	DueOn    string   `json:"due_on"`
	Entered  string   `json:"entered"`
	Paper    string   `json:"paper"`
	Follows  string   `json:"follows"`
}

// digest is that of everything that was written, as it stands.
func (i Instruction) digest() (string, error) {
	text, err := sign.Canonical(words{i.LeaderID, i.WrittenOn, i.Text, i.About, i.Title, i.Proposal, i.Kind,
		append([]string{}, i.Units...), i.DueOn, i.Entered, i.Paper, i.Follows})
	return sign.Digest(text), err
}

// digestOf is that of a plain text.
func digestOf(text string) string {
	body, _ := json.Marshal(text) // a text always marshals
	return sign.Digest(body)
}

const (
	maxTitle = 120  // characters
	maxText  = 2000 // characters
)

// clean trims what was typed and refuses what cannot be.
func (i *Instruction) clean(tx *db.Tx) error {
	i.Title, i.Text, i.Proposal, i.Paper = strings.TrimSpace(i.Title), strings.TrimSpace(i.Text),
		strings.TrimSpace(i.Proposal), strings.TrimSpace(i.Paper)
	wrong := errs.Fields{}
	if n := utf8.RuneCountInString(i.Title); n == 0 || n > maxTitle {
		wrong.Say("title", "请写来件或事项的标题，1到%d个字。", maxTitle)
	}
	for name, text := range map[string]string{"text": i.Text, "proposal": i.Proposal, "paper": i.Paper} {
		if utf8.RuneCountInString(text) > maxText {
			wrong.Say(name, "最多%d个字。", maxText)
		}
	}
	if i.State != StateAwaited {
		i.cleanWritten(tx, wrong)
	}
	if err := i.cleanUnits(tx, wrong); err != nil {
		return err
	}
	return wrong.Check("还有几处要改，已填的内容都保留着。")
}

func (i *Instruction) cleanWritten(tx *db.Tx, wrong errs.Fields) {
	if !slices.Contains(Kinds, i.Kind) {
		wrong.Say("kind", "请选批示类型。")
	}
	if i.Text == "" && i.Kind != Circled {
		wrong.Say("text", "请写批示原文；只是圈阅可以不写。")
	}
	if !calendar.IsDay(i.WrittenOn) {
		wrong.Say("on", "日期应写成2024-03-15。")
	} else if i.WrittenOn > tx.Today() {
		wrong.Say("on", "批示日期不能在今天之后。")
	}
	if i.Entered == OnBehalf && i.Paper == "" {
		wrong.Say("paper", "代录的批示请写明原件存在哪里，例如：原件存办公室2024年第3卷。")
	}
	if i.DueOn != "" && !calendar.IsDay(i.DueOn) {
		wrong.Say("due", "日期应写成2024-03-15。")
	} else if i.DueOn != "" && i.DueOn < i.WrittenOn {
		wrong.Say("due", "期限不能早于批示日期。")
	}
	if !i.Kind.Asks() && (len(i.Units) > 0 || i.DueOn != "") {
		wrong.Say("units", "圈阅、阅知不交办，不必选单位和期限。")
	}
	if i.Kind.Asks() && len(i.Units) == 0 {
		wrong.Say("units", "请选交办单位。")
	}
}

func (i *Instruction) cleanUnits(tx *db.Tx, wrong errs.Fields) error {
	var kept []string
	for _, code := range i.Units {
		if code = strings.TrimSpace(code); code == "" || slices.Contains(kept, code) {
			continue
		}
		u, err := network.UnitByCode(tx, code)
		switch {
		case errs.KindOf(err) == errs.Missing:
			wrong.Say("units", "没有代码为%s的单位。", code)
			continue
		case err != nil:
			return err
		case u.ClosesOn != "" && u.ClosesOn <= tx.Today():
			wrong.Say("units", "%s已于%s撤销，请改选承接它的单位。", u.Name, u.ClosesOn)
		}
		area, err := network.AreaByID(tx, u.AreaID)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(area.Path, i.AreaPath) {
			wrong.Say("units", "%s不在本级妇儿工委的范围内。", u.Name)
		}
		kept = append(kept, code)
	}
	i.Units = kept
	return nil
}
