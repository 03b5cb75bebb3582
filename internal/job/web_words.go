package job

// Words of the page of jobs that depend on what is shown.

import (
	"context"
	"strconv"
	"time"

	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

func whenText(at *time.Time) string {
	if at == nil {
		return ""
	}
	return part.When(*at)
}

// runs says when a job runs.
func (s State) runs(ctx context.Context) string {
	if s.At != "" {
		return part.T(ctx, "每天%s", s.At)
	}
	return part.T(ctx, "每次办理之后")
}

// last says when it ran last, and for which day.
func (s State) last(ctx context.Context) string {
	switch {
	case s.LastAt == nil:
		return part.T(ctx, "还没有运行过")
	case s.At == "":
		return part.When(*s.LastAt)
	case s.Missed > 0:
		return part.T(ctx, "%s（办%s的；此前错过%d次，不补）", part.When(*s.LastAt), s.LastFor, s.Missed)
	}
	return part.T(ctx, "%s（办%s的）", part.When(*s.LastAt), s.LastFor)
}

func (s State) stateWord() say.Key {
	switch {
	case s.Failures > 0:
		return "失败，等待重试"
	case s.Running:
		return "正在办"
	case s.Behind > 0:
		return "还有没办的"
	}
	return "正常"
}

func (s State) chip() string {
	switch {
	case s.Failures > 0:
		return "chip-invalid"
	case s.Running || s.Behind > 0:
		return "chip-incomplete"
	}
	return "chip-proven"
}

// channelWord is what people call a channel.
func (d Delivery) channelWord() say.Key {
	switch d.Channel {
	case "mail":
		return "邮件"
	case "chat":
		return "聊天工具"
	}
	return say.Key(d.Channel)
}

func (f Failure) next(ctx context.Context) string {
	if f.NextAt == nil {
		return part.T(ctx, "不再重试")
	}
	return part.T(ctx, "%s再试", part.When(*f.NextAt))
}

func (s Sending) note(ctx context.Context) string {
	return part.T(ctx, "等待寄出%d封；90天内已寄出%d封。", s.Waiting, s.Sent)
}

func entryNumber(seq int64) string { return strconv.FormatInt(seq, 10) }
