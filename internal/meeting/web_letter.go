package meeting

// The letters about a meeting: the notice drafted from what is known, and how each stands.

import (
	"context"
	"strings"

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

// noticeText is the notice as it follows from the meeting: time and place, agenda, who is asked, what is asked of them,
// whom to ask, and the reply slip. It is a paper, so it is Chinese whatever language the page has.
func (d showData) noticeText(ctx context.Context) string {
	ctx = part.With(ctx, part.Env{Lang: "zh"})
	var b strings.Builder
	line := func(text string) { b.WriteString(text + "\n") }
	line(part.T(ctx, "定于%s召开%s，现将有关事项通知如下。", day(ctx, d.m.Day()), d.m.Title))
	line(part.T(ctx, "一、时间和地点"))
	line(strings.TrimSpace(d.when(ctx) + " " + d.m.Place))
	line(part.T(ctx, "二、议程"))
	for _, a := range d.Meeting.Agenda {
		line(number(a.Number) + ". " + a.said(ctx, d.units))
	}
	line(part.T(ctx, "三、参会范围"))
	if d.m.Scope != "" {
		line(d.m.Scope)
	}
	for _, c := range capacities {
		var units []string
		for _, i := range d.Meeting.Invitations {
			if i.Capacity == c.Code {
				units = append(units, part.Name(ctx, d.units[i.Unit].ShortName, d.units[i.Unit].NameEN)+"（"+
					seatsWords(ctx, i)+"）")
			}
		}
		if len(units) > 0 {
			line(part.T(ctx, c.Word) + "：" + part.Join(ctx, units))
		}
	}
	line(part.T(ctx, "四、有关要求"))
	if d.m.ReplyBy != "" {
		line(part.T(ctx, "请于%s前报送参会回执。", day(ctx, d.m.ReplyBy)))
	}
	line(part.T(ctx, "因故不能参会的，请写明请假原因和代会人员。"))
	files, speakers := 0, []string{}
	for _, a := range d.Meeting.Agenda {
		if files += len(a.Files); len(a.Files) == 0 && a.SpeakerUnit != "" && a.SpeakerUnit != d.m.Host {
			speakers = append(speakers, d.units[a.SpeakerUnit].ShortName)
		}
	}
	if files > 0 {
		line(part.T(ctx, "会议材料%d份在系统的会议页上，请会前阅读。", files))
	}
	if len(speakers) > 0 {
		line(part.T(ctx, "请%s在会前把发言材料交会务。", part.Join(ctx, speakers)))
	}
	if d.contact != "" {
		line(part.T(ctx, "五、联系人"))
		line(d.contact)
	}
	line(part.T(ctx, "附：参会回执"))
	line("| " + part.T(ctx, "单位") + " | " + part.T(ctx, "姓名") + " | " + part.T(ctx, "职务") + " | " +
		part.T(ctx, "电话") + " | " + part.T(ctx, "参会、请假或代会") + " |")
	line("|  |  |  |  |  |")
	return strings.TrimSpace(b.String())
}
