package notice

// Words of the inbox and of the ladder that depend on what is shown.

import (
	"context"
	"net/url"
	"time"

	"yipanqi/internal/web/part"
)

// as is the role of a rung in words: a part of the thing, or a post.
func (r rungRow) roleWords(ctx context.Context) string {
	switch r.Role {
	case "first":
		return part.T(ctx, "第一签字人")
	case "second":
		return part.T(ctx, "第二签字人")
	}
	if r.as == "" {
		return r.Role
	}
	return part.Name(ctx, r.as, r.en)
}

// whenWords say how far from the due day.
func (r rungRow) whenWords(ctx context.Context) string { return r.When.words(ctx) }

func (w When) words(ctx context.Context) string {
	switch {
	case w.Days == 0:
		return part.T(ctx, "到期当天")
	case w.Working && w.Days < 0:
		return part.T(ctx, "到期前%d个工作日", -w.Days)
	case w.Working:
		return part.T(ctx, "过期后%d个工作日", w.Days)
	case w.Days < 0:
		return part.T(ctx, "到期前%d天", -w.Days)
	}
	return part.T(ctx, "过期后%d天", w.Days)
}

// Words say one line of who was told: 3月5日提醒某单位的某岗位（到期前3天）.
func (l Line) Words(ctx context.Context) string {
	when, _ := ParseWhen(l.Rung) // the program wrote it
	return part.T(ctx, "%s提醒%s的%s（%s）", dayWords(ctx, l.On), part.Name(ctx, l.Unit, l.UnitEN),
		part.Name(ctx, l.Role, l.RoleEN), when.words(ctx))
}

func dayWords(ctx context.Context, day string) string {
	at, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return day
	case part.From(ctx).Lang == "en":
		return at.Format("2 January 2006")
	}
	return at.Format("2006年1月2日")
}

func (e Entry) due(ctx context.Context, today string) string {
	return dueWords(part.From(ctx).Lang, e.DueOn, today)
}

func (e Entry) late(today string) bool { return e.DueOn < today }

// tabs are the choices of the inbox.
func (p Inbox) tabs(ctx context.Context) []part.Option {
	return []part.Option{{Value: "", Label: part.T(ctx, "还在等待的")}, {Value: "unread", Label: part.T(ctx, "未读的")},
		{Value: "all", Label: part.T(ctx, "全部，含已办完的")}}
}

func (p Inbox) older() string {
	q := url.Values{"before": {number(p.Older)}}
	if p.in.Show != "" {
		q.Set("show", p.in.Show)
	}
	return "/inbox?" + q.Encode()
}

// subtitle says what the inbox is, and how many are unread.
func (p Inbox) subtitle(ctx context.Context) string {
	switch {
	case p.Unread == 0:
		return part.T(ctx, "每个工作日早上，快到期和已过期的事提醒给该办的岗位。没有未读的提醒。")
	case p.Unread >= 100:
		return part.T(ctx, "每个工作日早上，快到期和已过期的事提醒给该办的岗位。未读100条以上。")
	}
	return part.T(ctx, "每个工作日早上，快到期和已过期的事提醒给该办的岗位。未读%d条。", p.Unread)
}
