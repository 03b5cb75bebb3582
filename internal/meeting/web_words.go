package meeting

// Short texts of the pages that templates would only clutter themselves with.

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"yipanqi/internal/db"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// Page is what the phone shows to who signed in.
func (d welcome) Page() templ.Component { return welcomePage(d) }

// Words are the Chinese words of a status.
func (s Status) Words() say.Key {
	return map[Status]say.Key{Proposed: "待确认", Confirmed: "已确认", Off: "停用"}[s]
}

func options(ctx context.Context, choices []choice) (all []part.Option) {
	for _, c := range choices {
		all = append(all, part.Option{Value: c.Code, Label: part.T(ctx, c.Word)})
	}
	return all
}

func outcomeOptions(ctx context.Context) []part.Option {
	return append([]part.Option{{Label: part.T(ctx, "还没有结果")}}, options(ctx, outcomes)...)
}

func formOptions(ctx context.Context) (all []part.Option) {
	for _, code := range []string{Room, Video, Written} {
		all = append(all, part.Option{Value: code, Label: part.T(ctx, formWords[code])})
	}
	return all
}

// local is an instant as a browser's field has it.
func local(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(db.China).Format("2006-01-02T15:04")
}

func stateTone(s State) string {
	switch s {
	case Held, Minuted, Closed:
		return "chip-proven"
	case Cancelled:
		return "chip-invalid"
	case Draft:
		return "chip-incomplete"
	}
	return ""
}

func (d showData) subtitle(ctx context.Context) string {
	words := []string{part.T(ctx, d.m.State.Words()), d.when(ctx)}
	if d.m.Number != "" {
		words = append([]string{d.m.Number}, words...)
	}
	return strings.Join(words, " · ")
}

// when is the meeting's time: its day once, if it ends on the same.
func (d showData) when(ctx context.Context) string {
	from, to := clock(d.m.Starts), clock(d.m.Ends)
	if d.m.State == Recorded && strings.HasSuffix(from, "00:00") {
		return d.m.Day() // the source names no hour
	}
	if dayOf(d.m.Starts) == dayOf(d.m.Ends) {
		to = to[len("2006-01-02 "):]
	}
	return from + part.T(ctx, "至") + to
}

func (d showData) unit(ctx context.Context, code string) string {
	if code == "" {
		return ""
	}
	return part.Name(ctx, d.units[code].Name, d.units[code].NameEN)
}

func (d showData) unitList(ctx context.Context, codes []string) string {
	all := make([]string, len(codes))
	for i, code := range codes {
		all[i] = d.unit(ctx, code)
	}
	return part.Join(ctx, all)
}

func (d showData) rhythm(ctx context.Context) string {
	text := "（" + d.kind.Rhythm + "）"
	if d.kind.Status == Proposed {
		text = part.T(ctx, "（%s，待确认）", d.kind.Rhythm)
	}
	return text
}

// replyWords say to a unit what it is asked and what it said.
func (d showData) replyWords(ctx context.Context, i invited) string {
	if i.RepliedAt != "" {
		return part.T(ctx, "回执已报：参会%d人，请假%d人。", i.Coming, i.Excused)
	}
	if d.m.ReplyBy != "" {
		return part.T(ctx, "请在%s前报送回执，名额%d。", d.m.ReplyBy, i.Seats)
	}
	return part.T(ctx, "请报送回执，名额%d。", i.Seats)
}

// todo is what the host does next: words, button and where it leads.
func (d showData) todo(ctx context.Context) (words, label, url string) {
	switch {
	case d.may(VerbNotify):
		return part.T(ctx, "议程和邀请单位安排好以后，拟发会议通知。"), part.T(ctx, "会议通知"), "/notify"
	case d.may(VerbHold):
		return part.T(ctx, "会议开过以后，确认召开。"), part.T(ctx, "确认召开"), "/hold"
	case d.may(VerbArrive) && d.m.State == Notified:
		return part.T(ctx, "等开会：开会前1小时起可以签到。"), part.T(ctx, "签到名单"), "/list"
	case d.may(VerbOutcome), d.may(VerbMinutesDraft):
		if d.kind.NeedsMinutes {
			return part.T(ctx, "请记录议程结果和议定事项，写纪要送核签。"), part.T(ctx, "结果和纪要"), "/minutes"
		}
		return part.T(ctx, "请记录议程结果。这类会议不要求纪要。"), part.T(ctx, "结果和纪要"), "/minutes"
	case d.minutes.State == Sent:
		return part.T(ctx, "纪要正在核签，发出以后本会议自动转为纪要已签发。"), part.T(ctx, "看看发出没有"), "/settle"
	}
	return "", "", ""
}

func (d showData) agendaNote(ctx context.Context) string {
	total := 0
	for _, a := range d.Meeting.Agenda {
		total += a.Minutes
	}
	if total == 0 {
		return ""
	}
	return part.T(ctx, "共%d项，%d分钟", len(d.Meeting.Agenda), total)
}

func (d showData) agendaActions() templ.Component {
	if !d.may(VerbAgenda) {
		return nil
	}
	return agendaLink(d.m.URL() + "/agenda")
}

func (d showData) invitationActions() templ.Component {
	if !d.may(VerbArrive) && !d.may(VerbInvite) && !d.inside {
		return nil
	}
	return invitationLinks(d)
}

// attendanceWords are the three facts, and the measures of them.
func (d showData) attendanceWords(ctx context.Context) string {
	a := d.Meeting.Attendance
	if a.Units == 0 {
		return ""
	}
	words := part.T(ctx, "邀请%d个单位%d人，回执%d/%d，请假%d人", a.Units, a.Seats, a.Replied.Part, a.Replied.Of,
		a.Excused)
	if d.m.State == Draft || d.m.State == Notified && a.Present.Part == 0 {
		return words
	}
	return words + part.T(ctx, "，到会%d/%d，按要求层级到会%d/%d", a.Present.Part, a.Present.Of, a.Level.Part,
		a.Level.Of)
}

func (d showData) decisionsNote(ctx context.Context) string {
	follow, ended := 0, 0
	for _, o := range d.Meeting.Decisions {
		if o.Follow {
			follow++
			if o.matter.Ended {
				ended++
			}
		}
	}
	if len(d.Meeting.Decisions) == 0 {
		return ""
	}
	return part.T(ctx, "共%d项，督办%d项，已办结%d项", len(d.Meeting.Decisions), follow, ended)
}

func (d showData) decisionsActions() templ.Component {
	return decisionsLink(d)
}

func (d showData) newDecision() templ.Component {
	if !d.may(VerbOutcome) {
		return nil
	}
	return newDecisionLink(d.m.URL() + "/decision")
}

func (d showData) trainingNote(ctx context.Context, a item) string {
	return part.T(ctx, "%s，%s学时，到会%d人记入培训记录", subjectWords(ctx, a.Subjects), a.Hours,
		d.Meeting.Attendance.Present.Part)
}

// said is what is known of a person beside the name.
func (p person) said(ctx context.Context) string {
	var words []string
	if p.Title != "" {
		words = append(words, p.Title)
	}
	if p.Level != "" && p.Level != anyLevel {
		words = append(words, part.T(ctx, wordOf(levels, p.Level)))
	}
	if p.StandsInFor != "" {
		words = append(words, part.T(ctx, "代%s", p.StandsInFor))
	}
	if p.Excuse != "" {
		words = append(words, part.T(ctx, "请假：%s", p.Excuse))
	}
	if p.ArrivedAt != "" {
		words = append(words, part.T(ctx, "%s签到（%s）", p.ArrivedAt[len("2006-01-02 "):],
			part.T(ctx, wordOf(checkIns, p.CheckIn))))
	}
	return strings.Join(words, " · ")
}

func (d editData) heading(ctx context.Context) string {
	if d.ID == "" {
		return part.T(ctx, "筹备会议")
	}
	return part.T(ctx, "修改会议")
}

func (d editData) action() string {
	if d.ID == "" {
		return "/meetings"
	}
	return d.m.URL() + "/edit"
}

func (d editData) kindOptions(ctx context.Context) (all []part.Option) {
	for _, k := range d.kinds {
		if k.Status != Off || k.Code == d.m.Kind {
			all = append(all, part.Option{Value: k.Code, Label: part.Name(ctx, k.Name, k.NameEN)})
		}
	}
	return all
}

func (d itemData) heading(ctx context.Context) string {
	if d.Item.ID == "" {
		return part.T(ctx, "加一项议程")
	}
	return strconv.Itoa(d.Item.Number) + ". " + d.Item.Title
}

func (d itemData) action() string {
	if d.Item.ID == "" {
		return d.m.URL() + "/agenda"
	}
	return "/agenda/" + d.Item.ID
}

func (d itemData) has(subject string) bool { return slices.Contains(d.Item.Subjects, subject) }

func (d itemData) refused(ctx context.Context) bool { return len(part.From(ctx).Fields) > 0 }

func (d itemData) speaker(ctx context.Context) string {
	for _, u := range d.units {
		if u.Value == d.Item.SpeakerUnit && u.Value != "" {
			return strings.TrimSpace(u.Label + " " + d.Item.Speaker)
		}
	}
	return d.Item.Speaker
}

func (d replyData) name(ctx context.Context, unit string) string {
	return part.Name(ctx, d.units[unit].Name, d.units[unit].NameEN)
}

// asks is what a unit is asked: who, how many, until when.
func (d replyData) asks(ctx context.Context, i invited) string {
	words := part.T(ctx, "%s，%s，名额%d个，层级：%s。", clock(d.m.Starts), d.m.Place, i.Seats,
		part.T(ctx, wordOf(levels, i.Level)))
	if d.m.ReplyBy != "" {
		words += part.T(ctx, "请在%s前报送。", d.m.ReplyBy)
	}
	return words
}

// refused says whether a row has a message under what is folded away.
func (d replyData) refused(ctx context.Context, n int) bool {
	fields := part.From(ctx).Fields
	return fields[inReply("excuse", n)]+fields[inReply("stands_in_for", n)]+fields[inReply("phone", n)] != ""
}

func (d arrivalsData) unitOptions(ctx context.Context) (all []part.Option) {
	for _, i := range d.Invitations {
		all = append(all, part.Option{Value: i.ID, Label: part.Name(ctx, d.units[i.Unit].Name, d.units[i.Unit].NameEN)})
	}
	return all
}

func (d signingData) options(ctx context.Context) (all []part.Option) {
	all = []part.Option{{Label: part.T(ctx, "请选单位")}}
	for _, u := range d.Units {
		all = append(all, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	return all
}

func (d minutesData) note(ctx context.Context) string {
	switch d.State {
	case "":
		return ""
	case Drafted:
		return part.T(ctx, "%s拟稿。拟稿人不能自己核稿和签发。", d.d.minutes.DraftedBy)
	case Signed:
		return part.T(ctx, "%s，%s发出", d.d.minutes.Number, clock(d.d.minutes.IssuedAt))
	}
	return part.T(ctx, "已送核签")
}

func (d minutesData) help(ctx context.Context) string {
	if d.written {
		return part.T(ctx, "不写个案和受访家庭、儿童的姓名。")
	}
	return part.T(ctx, "由议程、结果和议定事项写成，可以改。不写个案和受访家庭、儿童的姓名。")
}

func needsNote(ctx context.Context, table []Need) string {
	for _, n := range table {
		if n.Status == Proposed {
			return part.T(ctx, "程序默认，待办公室确认")
		}
	}
	return ""
}

// learn adds the module's English.
func learn(file []byte) []byte { return part.Learn(file) }

// words are how the remarks stand, with the paper's name.
func (c Consulted) words(ctx context.Context) string { return c.Title + "：" + c.said(ctx) }

func (c Consulted) said(ctx context.Context) string {
	said := part.T(ctx, "%d条意见，%d条已回应", c.Filed, c.Replied)
	if c.Must > 0 {
		said += part.T(ctx, "，%d条必须修改的待回应", c.Must)
	}
	return said
}
