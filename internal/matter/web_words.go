package matter

// What pages say of a matter and of what happened to it.

import (
	"context"
	"strings"

	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

func (d showData) counted(ctx context.Context) string {
	closed, of := d.m.Counted()
	return part.T(ctx, "%d项，已销号%d项", of, closed)
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
	{"reason", "理由：%s"}}

func (l Line) said(ctx context.Context) (all []string) {
	if l.Text != "" {
		all = append(all, l.Text)
	}
	if l.File != nil {
		all = append(all, l.File.Name)
	}
	if judged := l.Detail["judgement"]; judged != "" && judged != emptied {
		all = append(all, part.T(ctx, "判定：%s", part.T(ctx, judgements.word(judged))))
	}
	for _, t := range told {
		if text := strings.TrimSpace(l.Detail[t.key]); text != "" && text != emptied {
			all = append(all, part.T(ctx, t.word, text))
		}
	}
	return all
}
