package supervision

// What findings are held against in words: on pages, on papers, and to choose from in a form.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// kindWords are what the kinds of criteria are called.
var kindWords = map[string]say.Key{"goal": "规划目标", "measure": "规划措施", "indicator": "指标", "clause": "规定"}

// words are what a criterion says, in the reader's language: an indicator with the target that is asked for.
func (c Criterion) words(ctx context.Context) string {
	text := part.Name(ctx, c.name.ZH, c.name.EN)
	if c.target.Op == "" {
		return text
	}
	return part.T(ctx, "%s（目标：%s）", text, progress.TargetWords(ctx, c.of, c.target))
}

// onPaper is a criterion as papers cite it.
func (c Criterion) onPaper() string {
	target := ""
	if c.target.Op != "" {
		target = progress.TargetWords(context.Background(), c.of, c.target)
	}
	return c.cited(target)
}

// inLetter is a criterion as a letter cites it: what is asked of an area is no figure that somebody typed, but read
// when the letter is issued.
func (c Criterion) inLetter() string {
	target := ""
	if c.target.Op != "" {
		target = fmt.Sprintf("目标{{target %s year=%d area=%s}}", c.Code, c.year, c.area)
	}
	return c.cited(target)
}

func (c Criterion) cited(target string) string {
	if c.Code == "" {
		return c.Text
	}
	_, number, of := strings.Cut(c.Code, "/") // as the plan counts; the code of an indicator says nothing on paper
	var beside []string
	if of {
		beside = append(beside, number)
	}
	if target != "" {
		beside = append(beside, target)
	}
	said := string(kindWords[c.Kind]) + "“" + strings.TrimSuffix(c.Text, "。") + "”"
	if len(beside) > 0 {
		said += "（" + strings.Join(beside, "，") + "）"
	}
	return said
}

// yardsticks are what findings can be held against, for the form in which one is written.
type yardsticks struct{ goals, measures []part.Option }

// yardsticksFor are the goals and measures of the plans in force for an area, the newest plan first.
func yardsticksFor(ctx context.Context, tx *db.Tx, path string) (y yardsticks, err error) {
	none := part.Option{Label: part.T(ctx, "不选")}
	y.goals, y.measures = []part.Option{none}, []part.Option{none}
	plans, err := plansFor(tx, path)
	if err != nil {
		return y, err
	}
	for _, p := range slices.Backward(plans) {
		short := part.Name(ctx, p.Name, p.NameEN)
		goals, err := plan.Goals(tx, p.Code)
		if err != nil {
			return y, err
		}
		for _, g := range goals {
			y.goals = append(y.goals, part.Option{Value: p.Code + "/" + g.Code,
				Label: g.Code + " " + part.Name(ctx, g.Text, g.TextEN) + " · " + short})
		}
		measures, err := plan.Measures(tx, p.Code)
		if err != nil {
			return y, err
		}
		for _, m := range measures {
			y.measures = append(y.measures, part.Option{Value: p.Code + "/" + m.Code,
				Label: m.Code + " " + part.Name(ctx, m.Text, m.TextEN) + " · " + short})
		}
	}
	return y, nil
}

// with is a list that also offers what was written in words before there was one.
func with(options []part.Option, value string) []part.Option {
	if value == "" || slices.ContainsFunc(options, func(o part.Option) bool { return o.Value == value }) {
		return options
	}
	return append(slices.Clone(options), part.Option{Value: value, Label: value})
}
