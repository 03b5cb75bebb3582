package letter

// The cover note 发文稿纸 of an edition: what the letter is, and through whose hands its text went, as journal and rows
// say. It goes with the file in the office and is nothing for whom the letter is only addressed to.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

// Cover is the cover note of an edition.
type Cover struct {
	Letter  Letter
	Version Version
	Text    Content
	Steps   []Handled
}

// Handled is a step of those who work on a letter, or one that is waited for: it has no time.
type Handled struct {
	Verb     string    `json:"verb"`
	UnitCode string    `json:"-"`
	Unit     string    `json:"unit"`
	Post     string    `json:"post,omitempty"`
	Person   string    `json:"person,omitempty"`
	At       time.Time `json:"at,omitzero"`
	On       string    `json:"on,omitempty"`          // the day on the paper
	Recorded string    `json:"recorded_by,omitempty"` // who registered what was signed on paper
	Reason   string    `json:"reason,omitempty"`
}

// handling are the steps that a cover note tells; receipts have a list of their own.
var handling = []string{VerbDraft, VerbEdit, VerbCheck, VerbCountersign, VerbEnterCountersign, VerbSign, VerbEnterSign,
	VerbReturn, VerbIssue, VerbReplace, VerbWithdraw}

// CoverOf is the cover note of an edition, 0 for the newest. issuer is the key by which signed figures are verified.
func CoverOf(tx *db.Tx, by auth.User, id string, edition int64, issuer sign.PublicKey) (c Cover, err error) {
	if c.Letter, err = Read(tx, by, id); err != nil {
		return c, err
	}
	if !c.Letter.insider(by) {
		return c, errs.Missingf("没有找到这份发文稿纸。它只给办理这件发文的单位。")
	}
	if edition == 0 {
		edition = c.Letter.Edition
	}
	c.Version, err = VersionOf(tx, id, edition)
	switch {
	case err == nil:
		c.Text, err = c.Version.Content()
	case errs.KindOf(err) == errs.Missing && edition == c.Letter.Edition: // written still, or withdrawn as a draft
		c.Version, c.Text, err = Preview(tx, c.Letter, issuer)
	}
	if err != nil {
		return c, err
	}
	if c.Steps, err = handled(tx, c.Letter, edition); err != nil {
		return c, err
	}
	return c, c.waiting(tx)
}

// handled are the steps of an edition as the journal has them; of a text that one person saved again and again, the
// last time.
func handled(tx *db.Tx, l Letter, edition int64) (steps []Handled, err error) {
	entries, err := journal.Of(tx, l.Object())
	if err != nil {
		return nil, err
	}
	units, err := units(tx)
	if err != nil {
		return nil, err
	}
	at := int64(1)
	for _, e := range entries {
		switch e.Verb {
		case VerbReplace:
			if at, err = strconv.ParseInt(e.Detail["version"], 10, 64); err != nil {
				return nil, fmt.Errorf("%s of %s: %w", e.Verb, l.Object(), err)
			}
		case VerbDrop: // as if the correction had not been begun
			if at == edition {
				steps = nil
			}
			at--
		}
		if at != edition || !slices.Contains(handling, e.Verb) {
			continue
		}
		h := taking(e, units)
		if h.Unit == "" {
			h.Unit = units[l.Unit].Name
		}
		if last := len(steps) - 1; last >= 0 && e.Verb == VerbEdit && steps[last].Verb == VerbEdit &&
			steps[last].Person == h.Person {
			steps[last] = h
			continue
		}
		steps = append(steps, h)
	}
	return steps, nil
}

// taking is what an entry says of who took a step. What was signed on paper, the paper's signer did.
func taking(e journal.Entry, units map[string]network.Unit) Handled {
	h := Handled{Verb: e.Verb, Unit: e.Detail["unit"], Post: e.Detail["post"], Person: e.Actor, At: e.At,
		Reason: e.Detail["reason"]}
	if e.Verb == VerbDraft {
		h.Unit = units[e.Detail["unit"]].Name // by its code
	}
	if e.Verb == VerbEnterSign || e.Verb == VerbEnterCountersign {
		h.Unit, h.Post, h.Person = units[e.Detail["code"]].Name, e.Detail["as"], e.Detail["person"]
		h.On, h.Recorded = e.Detail["on"], e.Actor
	}
	return h
}

// waiting adds the countersignatures that are waited for, and the signature.
func (c *Cover) waiting(tx *db.Tx) error {
	l := c.Letter
	if c.Version.Edition != l.Edition || l.State != StateChecked && l.State != StateCountersigned {
		return nil
	}
	signatures, err := signaturesOf(tx, l.ID, l.Edition)
	if err != nil {
		return err
	}
	for _, g := range signatures {
		if g.At.IsZero() && g.Role == Countersigner {
			u, err := network.UnitByCode(tx, g.Unit)
			if err != nil {
				return err
			}
			c.Steps = append(c.Steps, Handled{Verb: VerbCountersign, Unit: u.Name})
		}
	}
	c.Steps = append(c.Steps, Handled{Verb: VerbSign, Unit: c.Text.Issuer.Name})
	return nil
}

// coverRow is a line of the note: what it is called, what it says.
type coverRow struct {
	Label say.Key   `json:"label"`
	Text  say.Words `json:"text"`
}

// rows are what the letter is. A number stands on it from its issue on.
func (c Cover) rows() (rows []coverRow) {
	put := func(label say.Key, text say.Words) {
		if !text.IsZero() {
			rows = append(rows, coverRow{label, text})
		}
	}
	as := func(text string) (w say.Words) { // what is not translated
		if text != "" {
			w = say.Name{ZH: text}.Words()
		}
		return w
	}
	number := say.New("发出时编号")
	if c.Letter.Number != "" {
		number = as(c.Letter.Number)
	}
	var files []string
	for i, f := range c.Text.Files {
		files = append(files, strconv.Itoa(i+1)+". "+f.Name)
	}
	put("标题", as(c.Text.Title))
	put("发文字号", number)
	put("发文单位", as(c.Text.Issuer.Name))
	put("文种", say.New(c.Text.Kind.Words()))
	put("紧急程度", say.New(choiceWords[c.Text.Urgency]))
	put("公开属性", say.New(choiceWords[c.Text.Disclosure]))
	put("主送", as(names(c.Text.Main, "、")))
	put("抄送", as(names(c.Text.Copies, "、")))
	put("会签单位", as(names(c.Text.Countersigners, "、")))
	put("附件", as(strings.Join(files, "\n")))
	put("回复期限", as(c.Text.ReplyDue))
	put("成文日期", as(c.Version.DatedOn))
	put("更正原因", as(c.Text.Reason))
	if n := c.Text.Counted(); n.All > 0 {
		put("数据", say.New("%d项数据，%d项已双签字", n.All, n.Signed))
	}
	if !c.Version.IssuedAt.IsZero() && c.Version.Edition == c.Letter.InForce {
		put("签收", say.New("%d个单位中%d个已签收", c.Letter.Addressed, c.Letter.Received))
	}
	return rows
}

// Paper is the note as a document.
func (c Cover) Paper() (name string, d document.Document) {
	d = document.Document{Title: "发文稿纸"}
	of := document.Table{Columns: []document.Column{{Head: "项目", Width: 1}, {Head: "内容", Width: 5}}}
	for _, r := range c.rows() {
		of.Rows = append(of.Rows, []document.Run{{Text: string(r.Label), Bold: true}, {Text: r.Text.String()}})
	}
	hands := document.Table{Caption: "办理过程", Columns: []document.Column{{Head: "环节", Width: 2},
		{Head: "单位和岗位", Width: 6}, {Head: "办理人", Width: 5}, {Head: "时间", Width: 4}, {Head: "说明", Width: 3}}}
	for _, h := range c.Steps {
		hands.Rows = append(hands.Rows, document.Row(string(lifeWords[h.Verb]), h.place(), h.Person, h.when(),
			h.remark()))
	}
	d.Blocks = []document.Block{of, hands}
	return strings.TrimSpace(c.Letter.Number + " " + c.Text.Title + " 发文稿纸"), d
}

// place is where the step was taken: unit and post.
func (h Handled) place() string { return strings.TrimSpace(h.Unit + "\n" + h.Post) }

// when is the minute of the step, the day that a paper says, or that it is waited for.
func (h Handled) when() string {
	switch {
	case h.At.IsZero():
		return "待办"
	case h.On != "":
		return document.Day(h.On)
	}
	return h.At.In(db.China).Format("2006-01-02 15:04")
}

// remark is why, or that the step was taken on paper.
func (h Handled) remark() string {
	if h.Recorded != "" {
		return "纸质签字，" + h.Recorded + "代录"
	}
	return h.Reason
}
