package notice

// Words of the inbox and of the ladder that depend on what is shown.

import (
	"context"
	"net/url"

	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// as is the role of a rung in words: a part of the thing, or a post.
func (r rungRow) roleWords(ctx context.Context) string {
	if words, ok := as[r.Role]; ok {
		return part.T(ctx, words)
	}
	if r.as == "" {
		return r.Role
	}
	return part.Name(ctx, r.as, r.en)
}

// whenWords say how far from the due day.
func (r rungRow) whenWords(ctx context.Context) string { return part.Say(ctx, r.When.words()) }

func (w When) words() say.Words {
	switch {
	case w.Days == 0:
		return say.New("到期当天")
	case w.Working && w.Days < 0:
		return say.New("到期前%d个工作日", -w.Days)
	case w.Working:
		return say.New("过期后%d个工作日", w.Days)
	case w.Days < 0:
		return say.New("到期前%d天", -w.Days)
	}
	return say.New("过期后%d天", w.Days)
}

func (e Entry) due(ctx context.Context, today string) string {
	return dueWords(part.From(ctx).Lang, e.DueOn, today)
}

// name is what the reminder is about. What nobody can tell any more has no name, and its code is not one.
func (e Entry) name(ctx context.Context) string {
	if e.Title == "" {
		return part.T(ctx, "这件事已了结，或已不在系统中")
	}
	return part.Name(ctx, e.Title, e.TitleEN)
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
