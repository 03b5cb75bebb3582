package edition

// Small helps for pages: keys in order, a draft and a period in words.

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"yipanqi/internal/form"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

func sortedKeys[T any](all map[string]T) []string { return slices.Sorted(maps.Keys(all)) }

// options are the periods that the edition may be from.
func (d previewData) options(ctx context.Context) (all []part.Option) {
	for _, p := range d.periods {
		all = append(all, part.Option{Value: p.String(), Label: label(ctx, p, d.was.YearStart)})
	}
	return all
}

func label(ctx context.Context, p period.Period, start period.YearStart) string {
	return part.Name(ctx, p.Label(start), p.LabelEN(start))
}

// columns are the heads of the form as its fillers see it.
func (d previewData) columns(ctx context.Context) []part.Col {
	all := []part.Col{{Label: part.T(ctx, "行号")}, {Label: part.T(ctx, "名称")}, {Label: part.T(ctx, "计量单位")}}
	for _, c := range d.Form.Columns {
		all = append(all, part.Col{Label: part.Name(ctx, c.Name, c.NameEN), Numeric: true})
	}
	return all
}

func (d previewData) cell(row form.Row, c form.Column) string { return d.Cells[form.Key(row, c)] }

func (u Use) name(ctx context.Context) string { return part.Name(ctx, u.Name, u.NameEN) }

func count(n int) string { return strconv.Itoa(n) }

// ready says whether the form can be published as it is.
func (d previewData) ready() bool {
	return len(d.Fixed) == 0 && len(d.Effects.Obstacle) == 0 && (d.New || len(d.Changes) > 0)
}

func (d previewData) publishLabel(ctx context.Context) string {
	if d.New {
		return part.T(ctx, "发布这张新报表")
	}
	return part.T(ctx, "从%s起发布", d.From)
}

func (d previewData) confirm(ctx context.Context) string {
	if d.New {
		return part.T(ctx, "发布以后各单位都看得到这张表，不能收回。确定发布吗？")
	}
	return part.T(ctx, "从%s起按新版本填报，%d份草稿会换成新表。发布不能收回。确定吗？", d.From, len(d.Effects.Drafts))
}

func (d previewData) filledWith(ctx context.Context) string {
	if d.Last == "" {
		return part.T(ctx, "没有上期的数可以填入")
	}
	return part.T(ctx, "填的是%s %s的数，行对得上的才有", d.LastOf, d.Last)
}

// name is what changed; parts of the head are the program's words, all else the form's.
func (c Change) name(ctx context.Context) string {
	if c.Part == Head {
		return part.T(ctx, say.Key(c.Name))
	}
	return part.Name(ctx, c.Name, c.NameEN)
}

// before and after are what was and is said there; a rule as its fillers read it.
func (d previewData) before(ctx context.Context, c Change) string {
	return ruled(ctx, d.was, c.rules[0], c.Was)
}

func (d previewData) after(ctx context.Context, c Change) string {
	return ruled(ctx, d.Form, c.rules[1], c.Is)
}

func ruled(ctx context.Context, f form.Form, rule *form.Rule, text string) string {
	if rule == nil {
		return text
	}
	otherwise := say.Key("说明原因后可以报送")
	if rule.Hard {
		otherwise = "不能报送"
	}
	return f.RuleWords(ctx, *rule) + " · " + part.T(ctx, otherwise)
}
