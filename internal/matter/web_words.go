package matter

// What pages say of a matter and of what happened to it.

import (
	"context"
	"strings"

	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web/part"
)

func (d showData) counted(ctx context.Context) string {
	closed, of := d.m.Counted()
	return part.T(ctx, "%d项，已销号%d项", of, closed)
}

// target is the aim as a figure.
func (m Matter) target(ctx context.Context) string {
	by := m.AimPeriod
	if p, err := period.Parse(by); err == nil {
		by = p.In(part.From(ctx).Lang)
	}
	if m.AimOperator == indicator.AtMost {
		return part.T(ctx, "%s不高于%s", by, m.AimValue)
	}
	return part.T(ctx, "%s不低于%s", by, m.AimValue)
}

// others are the steps that the user may take on the matter beside the one that is shown.
func (d showData) others() (steps []string) {
	for _, verb := range []string{VerbRaise, VerbSource, VerbFlag, VerbMerge, VerbWithdraw} {
		if d.may(verb) && verb != "matter."+d.step {
			steps = append(steps, verb)
		}
	}
	return steps
}

// told are what a line of the trail says beside who did what, in order.
var told = []struct {
	key  string
	word say.Key
}{{"result", "结果：%s"}, {"measures", "措施：%s"}, {"figure", "数：%s"}, {"note", "进展：%s"},
	{"obstacles", "困难：%s"}, {"next", "下一步：%s"}, {"cause", "原因：%s"}, {"wanted_due", "拟延至%s"},
	{"due", "期限：%s"}, {"looked_at", "查看：%s"}, {"place", "地点：%s"}, {"sample", "抽样：%s"},
	{"urge", "要求：%s"}, {"reply_by", "%s前回复"}, {"paper", "代签收，原件：%s"}}

func (l Line) said(ctx context.Context) (all []string) {
	if l.Text != "" {
		all = append(all, l.Text)
	}
	if l.File != nil {
		all = append(all, l.File.Name)
	}
	all = append(all, says(ctx, l.Line)...)
	if reason := l.Detail["reason"]; reason != "" && reason != emptied {
		all = append(all, part.T(ctx, "理由：%s", reason))
	}
	return all
}

// says is what an entry of a matter or an item tells beside its reason.
func says(ctx context.Context, l trail.Line) (all []string) {
	if level := l.Detail["level"]; level != "" {
		all = append(all, part.T(ctx, "%s催办单", part.T(ctx, levels.word(level))))
	}
	if judged := l.Detail["judgement"]; judged != "" && judged != emptied {
		all = append(all, part.T(ctx, "判定：%s", part.T(ctx, judgements.word(judged))))
	}
	if quoted, signed := quotes(l.Detail["references"]); len(quoted) > 0 {
		all = append(all, part.T(ctx, "引用%d项数据，%d项已双签字", len(quoted), signed))
	}
	for _, t := range told {
		if text := strings.TrimSpace(l.Detail[t.key]); text != "" && text != emptied {
			all = append(all, part.T(ctx, t.word, text))
		}
	}
	return all
}
