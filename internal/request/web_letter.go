package request

// The letter that carries a request to the units that are asked: drafted from it, checked, signed and issued as any
// other. The letter names the request as what it is about, so each leads to the other.

import (
	"strings"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Carrier is a letter about the request, as far as its reader may know of it.
type Carrier struct {
	ID        string       `json:"id"`
	Number    string       `json:"number,omitempty"`
	Title     string       `json:"title"`
	State     letter.State `json:"state"`
	Received  int64        `json:"received"`
	Addressed int64        `json:"addressed"`
}

// carriers are the letters about the request: until they are issued only who asks knows of them, and then who may read
// them.
func (d *showData) carriers(r *web.Request) error {
	d.Letters = []Carrier{}
	all, err := letter.Of(r.Tx, d.Object())
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.State == letter.StateWithdrawn || !l.Issued() && !d.owns(r.User) {
			continue
		}
		switch _, err := letter.Read(r.Tx, r.User, l.ID); {
		case errs.KindOf(err) == errs.Missing:
		case err != nil:
			return err
		default:
			d.Letters = append(d.Letters, Carrier{l.ID, l.Number, l.Title, l.State, l.Received, l.Addressed})
		}
	}
	return nil
}

// carried tells a program which letter was drafted.
type carried struct {
	Letter string `json:"letter"`
}

// draftLetter drafts the notice that carries a request.
func draftLetter(r *web.Request, in idInput) (done web.Done[carried], err error) {
	d, ctx, err := inChinese(r, in.ID)
	if err != nil {
		return done, err
	}
	if _, err := d.plays(r.User, Answer{}, asker); err != nil {
		return done, err
	}
	if d.State == Withdrawn {
		return done, errs.Conflictf("征集已撤回，不能再发通知。")
	}
	if len(d.Letters) > 0 {
		return done, errs.Conflictf("通知已经起草（%s）。要改请打开那一份；要重新起草，请先撤回它。", d.Letters[0].Title)
	}
	l := letter.Letter{Kind: letter.KindNotice, Issuer: d.Unit, About: d.Object(), ReplyDue: d.DueOn,
		Disclosure: "not_open", Title: "关于" + say.Title(d.Title, 60) + "的通知"}
	for _, a := range d.Answers {
		if a.State != Replaced {
			l.Main = append(l.Main, a.Unit)
		}
	}
	if len(l.Main) == 0 {
		l.Main = d.Addressees
	}
	// the questions stand on the request's page and in its paper: numbers in them are no figures of the letter
	l.Body = strings.TrimSpace(strings.Join([]string{strings.TrimSpace(d.Basis), "一、答复方式",
		"请在系统的“征集”里打开“" + d.Title + "”，逐题答复；题目和要求也可以在那里下载成征集通知。", "二、要求",
		"请于" + document.Day(d.DueOn) + "前在系统中答复。没有的内容请选“无此项”并说明原因。",
		"签字要求：" + d.signWords(ctx) + "。", "三、联系人",
		strings.TrimSpace(d.ReviewerName + " " + d.reviewer.Phone)}, "\n"))
	l, err = letter.Draft(r.Tx, r.User, l)
	return web.Done[carried]{To: l.URL(), Flash: part.In(r.Lang, "通知已起草。请核对后送核稿、签发。"),
		Data: carried{l.ID}}, err
}
