package request

// How answers are written where they stand in one piece.

import (
	"context"
	_ "embed"
	"strings"
	"time"

	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return part.When(t)
}

// line is a cell in one piece.
func (c Cell) line(ctx context.Context) string {
	if c.NotAsked {
		return part.T(ctx, "（不问）")
	}
	parts := few([]string{c.Choice, c.Text})
	for _, row := range c.Rows {
		parts = append(parts, strings.Join(row, "｜"))
	}
	for _, f := range c.Figures {
		parts = append(parts, f.Name+" "+f.Year+" "+f.Value)
	}
	if c.None != "" {
		parts = append(parts, part.T(ctx, "无此项：%s", c.None))
	}
	return strings.Join(append(parts, c.Files...), "\n")
}

// chip is the look of a state.
func (s State) chip() string {
	switch s {
	case Accepted:
		return "chip-proven"
	case Submitted, Prepared:
		return "chip-published"
	case Returned:
		return "chip-invalid"
	case Replaced, Withdrawn, Draft:
		return "chip-unproven"
	}
	return ""
}

// signWords is what is asked of who signs.
func (r Request) signWords(ctx context.Context) string {
	for _, o := range signRules(ctx) {
		if o.Value == r.SignRule {
			return o.Label
		}
	}
	return ""
}

// counted is how many answers came in, of how many.
func (d showData) counted() (in, asked, late int) {
	for _, l := range d.Answers {
		if l.State == Replaced {
			continue
		}
		asked++
		if l.State.Done() {
			in++
		}
		if l.Late {
			late++
		}
	}
	return in, asked, late
}

func kindOf(ctx context.Context, q Question) string {
	for _, o := range questionKinds(ctx) {
		if o.Value == q.Kind {
			return o.Label
		}
	}
	return q.Kind
}

func deadlineWord(ctx context.Context, s State) string {
	if s == Submitted {
		return part.T(ctx, "审核期限")
	}
	return part.T(ctx, "签收期限")
}

// writtenHelp says how long the text is and may be.
func writtenHelp(ctx context.Context, q Question, g Given) string {
	switch {
	case q.Limit == 0:
		return ""
	case q.Over(g) > 0:
		return part.T(ctx, "已写%d字，限%d字：超出的部分会标出，仍可提交。", g.Characters(), q.Limit)
	case g.Text == "":
		return part.T(ctx, "限%d字", q.Limit)
	}
	return part.T(ctx, "已写%d字，限%d字", g.Characters(), q.Limit)
}

func readingTitle(ctx context.Context, d answerData) string {
	if d.State == Prepared && d.shown.Verdict == "" {
		return part.T(ctx, "已定稿，待签字")
	}
	return part.T(ctx, "答复内容")
}
