package directory

// What becomes of a fault: reported by anybody, answered by who keeps the facility, followed up by the office.

import (
	"crypto/rand"
	"net"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

var unseen = errs.Missingf("没有找到这条报修。它可能不存在，或者您没有查看权限。")

// letters are those of a code to look a fault up: none that is taken for another.
const letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

const codeLength = 10

// newCode is a code that nobody guesses: ten letters of 31 are 49 bits, and a machine may try 300 a minute.
func newCode() string {
	code := make([]byte, 0, codeLength)
	for one := make([]byte, 1); len(code) < codeLength; {
		rand.Read(one) // never fails
		if int(one[0]) < 256/len(letters)*len(letters) {
			code = append(code, letters[int(one[0])%len(letters)])
		}
	}
	return string(code)
}

// tooMany refuses a machine that reported as often as it may in an hour, to whichever server. Of its address only a
// digest is kept, until the hour is over.
func tooMany(tx *db.Tx, remote string) error {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote // behind a proxy that nobody named all share one allowance
	}
	hour := tx.Now.UTC().Format("2006-01-02T15")
	n, err := countReport(tx, sign.Digest([]byte(hour+" "+host)), hour)
	if err == nil && n > ReportsAnHour {
		err = &errs.Error{Kind: errs.Often, Words: say.New(Often)}
	}
	return err
}

// Report takes down what somebody says is wrong with a public facility; remote is the address of who does.
func Report(tx *db.Tx, remote, code, number, item, text string) (Fault, error) {
	place, err := record.FacilityOf(tx, code, number)
	if err != nil {
		return Fault{}, err
	}
	if !place.Reports {
		return Fault{}, errs.Conflictf("这类设施不在这里报修。请与管理单位联系。")
	}
	items, err := record.Items(tx, code)
	if err != nil {
		return Fault{}, err
	}
	wrong := errs.Fields{}
	if !slices.ContainsFunc(items, func(o register.Option) bool { return o.Code == item }) {
		wrong.Say("item", "请选哪里有问题。")
	}
	text = strings.Join(strings.Fields(text), " ")
	checkText(text, wrong)
	if err := wrong.Check("没有提交：请先改正标出的地方。"); err != nil {
		return Fault{}, err
	}
	open, err := openOf(tx, place.ID, mostOpen)
	if err != nil {
		return Fault{}, err
	}
	if len(open) == mostOpen {
		return Fault{}, errs.Conflictf("这处设施已有%d条报修正在处理，暂时不再收新的。请过几天再看。", mostOpen)
	}
	f := Fault{ID: db.NewID(), Code: newCode(), Record: place.ID, Item: item, Text: text, State: Opened,
		ReportedAt: tx.Now, DueOn: tx.Now.In(db.China).AddDate(0, 0, answerDays).Format(time.DateOnly), Version: 1,
		Register: code, Number: number, Title: place.Name, Unit: place.Unit, AreaPath: place.Path}
	if err := tooMany(tx, remote); err != nil {
		return Fault{}, err
	}
	if err := insert(tx, f); err != nil {
		return f, err
	}
	return f, held.Log(tx, Anybody, VerbReport, f.Object(), nil, f.row(), nil)
}

// Read is a fault that by may see, of a facility that they work with or oversee; any other is missing.
func Read(tx *db.Tx, by auth.User, id string) (Fault, error) {
	f, err := get(tx, id)
	if errs.KindOf(err) == errs.Missing {
		return f, unseen
	}
	if err != nil {
		return f, err
	}
	_, keeps, oversees, err := record.Keeps(tx, by, f.Register, f.Unit, f.AreaPath)
	if err == nil && !keeps && !oversees {
		err = unseen
	}
	return f, err
}

// as is the fault in its flow for a user.
func (f Fault) as(tx *db.Tx, by auth.User) flow.Case {
	return flow.Case{State: string(f.State), Plays: func(part string) (auth.Post, error) {
		if part == office {
			for _, p := range by.Posts {
				if p.Role == auth.Office && strings.HasPrefix(f.AreaPath, p.AreaPath) {
					return p, nil
				}
			}
			return auth.Post{}, errs.Deniedf("这一步须由“%s”办理。", words[office])
		}
		post, _, _, err := record.Keeps(tx, by, f.Register, f.Unit, f.AreaPath)
		if err == nil && post.Unit == "" {
			err = errs.Deniedf("这一步须由“%s”办理。", words[keeper])
		}
		return post, err
	}, Fits: func(s flow.Step) error {
		if (s.Verb == VerbAsk && f.Asked != "" || s.Verb == VerbRaise) && f.Matter != "" {
			return errs.Conflictf("这条报修已经转为督办事项。")
		}
		if s.Verb == VerbAsk && f.Asked != "" {
			return errs.Conflictf("已经报请过督办，请等妇儿工委办处理。")
		}
		return nil
	}}
}

// Answered is what a step says of a fault.
type Answered struct {
	ID      string
	Verb    string
	Version int64
	Reason  string
	SameAs  string // another fault of the facility
	Lead    string // unit that has to mend it, of a matter; the keeper, if empty
	Due     string
}

// Answer takes a step with a fault.
func Answer(tx *db.Tx, by auth.User, a Answered) (Fault, error) {
	if err := by.Check(a.Verb); err != nil {
		return Fault{}, err
	}
	f, err := Read(tx, by, a.ID)
	if err != nil {
		return f, err
	}
	s, post, err := life.Take(a.Verb, by, f.as(tx, by))
	if err != nil {
		return f, err
	}
	if a.Version != f.Version {
		return f, errs.Conflictf("刚刚有人处理过这条报修。请刷新页面，看过之后再办。")
	}
	before := f.row()
	a.Reason = strings.TrimSpace(a.Reason)
	wrong := errs.Fields{}
	if slices.Contains(s.Needs, "reason") && a.Reason == "" {
		wrong.Say("reason", "请写明原因。")
	}
	if len([]rune(a.Reason)) > mostReason {
		wrong.Say("reason", "最多%d个字。", mostReason)
	}
	if a.Verb == VerbSame {
		if err := f.checkSame(tx, a.SameAs, wrong); err != nil {
			return f, err
		}
	}
	if err := wrong.Check("没有办理：请先补齐标出的地方。"); err != nil {
		return f, err
	}
	switch f.State = State(s.To); a.Verb {
	case VerbAsk:
		f.Asked = a.Reason
	case VerbRaise:
		if f.Matter, err = f.raise(tx, by, a); err != nil {
			return f, err
		}
	default:
		f.Reason, f.SameAs, f.AnsweredBy = a.Reason, a.SameAs, by.Name
	}
	if f.EndedOn = ""; life.Ended(string(f.State)) {
		f.EndedOn = tx.Today()
	}
	if err := update(tx, &f); err != nil {
		return f, err
	}
	detail := map[string]string{"of": post.Unit}
	if a.Reason != "" {
		detail["reason"] = a.Reason
	}
	return f, held.Log(tx, by, a.Verb, f.Object(), before, f.row(), detail)
}

// checkSame refuses a twin that is none: of another facility, itself, or a duplicate in its turn.
func (f Fault) checkSame(tx *db.Tx, id string, wrong errs.Fields) error {
	other, err := get(tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && (other.Record != f.Record || other.ID == f.ID) {
		wrong.Say("same_as", "请选同一处设施的另一条报修。")
		return nil
	}
	if err == nil && other.State == Duplicate {
		wrong.Say("same_as", "那一条也是重复的，请选它所指的那条。")
	}
	return err
}

// raise makes a matter of the fault, as of any finding of a record.
func (f Fault) raise(tx *db.Tx, by auth.User, a Answered) (string, error) {
	lead := a.Lead
	if lead == "" {
		lead = f.Unit
	}
	area, err := record.AreaAt(tx, f.AreaPath)
	if err != nil {
		return "", err
	}
	m, err := record.Finding{Ref: f.Object(), Title: f.Title + "：公众报修", Text: f.Text, Lead: lead, Due: a.Due,
		On: f.ReportedAt.In(db.China).Format(time.DateOnly), Aim: "修复，并在报修里写明结果。", Area: area}.Raise(tx, by)
	return m.ID, err
}
