package meeting

// The letters about a meeting: the notice drafted from what is known, and how each stands.

import (
	"yipanqi/internal/letter"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func letterRoutes(m *web.Mux) {
	web.Form(m, "POST /meetings/{id}/notice 拟会议通知", VerbNotify, draftNotice, notifying, notifyPage)
	web.Form(m, "POST /meetings/{id}/minutes/send 纪要送核签", VerbMinutesSend, sendMinutes, showMinutes, minutesPage)
	web.Form(m, "POST /meetings/{id}/minutes/recall 取回纪要", VerbMinutesRecall, recallMinutes, showMinutes,
		minutesPage)
	web.Update(m, "POST /meetings/{id}/settle 看纪要发出没有", VerbMinutesDraft, settleNow)
}

// letterView is a letter about the meeting.
type letterView struct {
	ID, Number, Title   string
	State               letter.State
	Addressed, Received int64
	issued              bool
}

// readLetters are those about the meeting: of those not issued yet only the host's side knows.
func (d *showData) readLetters(r *web.Request) error {
	all, err := letter.Of(r.Tx, d.m.Object())
	for _, l := range all {
		if l.Issued() || d.host {
			d.letters = append(d.letters, letterView{l.ID, l.Number, l.Title, l.State, l.Addressed, l.Received,
				l.Issued()})
		}
	}
	return err
}

type noticeInput struct {
	ID   string `json:"id"`
	Body string `json:"body" doc:"Text of the notice."`
}

// drafted tells a program which letter was made.
type drafted struct {
	Letter string `json:"letter"`
}

func draftNotice(r *web.Request, in noticeInput) (web.Done[drafted], error) {
	l, err := DraftNotice(r.Tx, r.User, in.ID, in.Body)
	return web.Done[drafted]{To: l.URL(), Flash: part.In(r.Lang, "通知已拟成，请送另一位同事核稿。"),
		Data: drafted{l.ID}}, err
}

type sendInput struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

func sendMinutes(r *web.Request, in sendInput) (web.Done[kept], error) {
	n, err := SendMinutes(r.Tx, r.User, in.ID, in.Version)
	d := doneMinutes(in.ID, n, part.In(r.Lang, "纪要已送核签，请另一位同事核稿。"))
	d.To = "/letters/" + n.Letter
	return d, err
}

func recallMinutes(r *web.Request, in idInput) (web.Done[kept], error) {
	n, err := RecallMinutes(r.Tx, r.User, in.ID)
	return doneMinutes(in.ID, n, part.In(r.Lang, "纪要已取回，可以修改。")), err
}

func settleNow(r *web.Request, in idInput) (web.Done[saved], error) {
	m, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[saved]{}, err
	}
	changed, err := Settle(r.Tx, m.ID)
	if err == nil {
		m, err = Read(r.Tx, r.User, in.ID)
	}
	if !changed {
		return done(r, m, "还没有变化：纪要还没有发出。"), err
	}
	return done(r, m, "会议的状态已更新。"), err
}
