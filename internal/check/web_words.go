package check

// Verdicts, witnesses and hints in the reader's language. It decides nothing.

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// Words are the verdict in Chinese.
func (v Verdict) Words() say.Key {
	switch v {
	case Proven:
		return "已证实"
	case Paper:
		return "与纸质签字的报表一致"
	case Published:
		return "与公开来源一致"
	case Consistent:
		return "取整或约数相符"
	case Contradicted:
		return "不符"
	case Changed:
		return "数据已变"
	}
	return "未知"
}

// Words are why a figure was not judged, as the page counts it.
func (l Lack) Words() say.Key {
	return map[Lack]say.Key{NoArea: "没有写明地区", NoPeriod: "没有写明时间", NoIndicator: "没有认出指标",
		NoData: "本系统没有数据", Elsewhere: "是别的地区的", Doubt: "说法不够确切"}[l]
}

// Act is what the reader can do about it.
func (l Lack) Act() say.Key {
	return map[Lack]say.Key{NoArea: "选定地区", NoPeriod: "填写年份", NoIndicator: "看这些，指明一次以后都认得",
		NoData: "看这些，补上数据或公开来源", Elsewhere: "看这些", Doubt: "看这些，人工核对"}[l]
}

// sign stands before the words where colours may be missing: in comments, as on the page.
func (v Verdict) sign() string {
	return map[Verdict]string{Proven: "✓", Paper: "✎", Published: "＝", Consistent: "≈", Contradicted: "✕",
		Changed: "↻", Unknown: "·"}[v]
}

// Right is the expected value as the text would write it.
func (i Item) Right() string { return measured(i.Expected, i.Unit).ZH }

func (i Item) start() string { return strconv.Itoa(i.Start) }

// hint is what a pointer resting on a mark says.
func (i Item) hint(ctx context.Context) string {
	verdict := part.T(ctx, i.Verdict.Words())
	if i.Expected != "" {
		return part.T(ctx, "%s：应为%s", verdict, i.Right())
	}
	return verdict
}

// about names the indicator in the reader's language.
func (c corrects) about(ctx context.Context, i Item) string {
	if t, known := c.names[i.Indicator]; known {
		return part.Name(ctx, t.Name, t.NameEN)
	}
	return i.Name
}

// likely is about with a caution where the words left a doubt.
func (c corrects) likely(ctx context.Context, i Item) string {
	if i.Verdict == Unknown && i.Corrected == nil {
		return part.T(ctx, "可能指：%s", c.about(ctx, i))
	}
	return c.about(ctx, i)
}

// termName is what an indicator, a standard or an element is called.
func (c corrects) termName(ctx context.Context, code string) string {
	if n := c.names[code]; n.Name != "" {
		return part.Name(ctx, n.Name, n.NameEN)
	}
	return code
}

// who says who made a correction, in which unit and when.
func (c Correction) who(ctx context.Context) string {
	return part.T(ctx, "由%s%s于%s改正", part.Name(ctx, c.Of.ZH, c.Of.EN), part.Name(ctx, c.Person.ZH, c.Person.EN),
		part.When(c.At))
}

// where names the area and the period that the figure was held against.
func (c corrects) where(ctx context.Context, i Item) (text string) {
	if a, known := c.all[i.AreaCode]; known {
		text = part.Name(ctx, a.Name, a.NameEN)
	}
	p, err := period.Parse(i.PeriodCode)
	if err != nil || i.PeriodCode == "" {
		return text
	}
	if text != "" {
		text += " · "
	}
	if part.From(ctx).Lang == "en" {
		return text + p.LabelEN("")
	}
	return text + p.Label("")
}

func areaOptions(ctx context.Context, first string, d []network.Area) []part.Option {
	options := []part.Option{{Value: "", Label: first}}
	for _, a := range d {
		options = append(options, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
	}
	return options
}

func (c corrects) areaField(ctx context.Context) part.FieldView {
	return part.FieldView{Name: "area", Label: part.T(ctx, "地区"),
		Options: areaOptions(ctx, part.T(ctx, "按文中所说"), c.areas)}
}

func (c corrects) sexField(ctx context.Context) part.FieldView {
	return part.FieldView{Name: "sex", Label: part.T(ctx, "性别"),
		Options: []part.Option{{Value: "", Label: part.T(ctx, "按文中所说")},
			{Value: "_T", Label: part.T(ctx, "合计")}, {Value: "1", Label: part.T(ctx, "男")},
			{Value: "2", Label: part.T(ctx, "女")}}}
}

func (d listData) fields(ctx context.Context) (text, file, area, year part.FieldView) {
	text = part.FieldView{Name: "text", Label: part.T(ctx, "粘贴文字"), Type: "textarea", Rows: 9,
		Placeholder: part.T(ctx, "把报告、总结、讲话稿的文字粘贴在这里")}
	file = part.FieldView{Name: "file", Label: part.T(ctx, "或者选择文件"), Type: "file",
		Accept: ".docx,.xlsx,.txt,.html,.htm,.csv",
		Help:   part.T(ctx, "Word（.docx）、Excel（.xlsx）、文本（.txt）或网页（.html），最大20 MB。选了文件就只核对文件。")}
	area = part.FieldView{Name: "area", Label: part.T(ctx, "地区（可不选）"),
		Options: areaOptions(ctx, part.T(ctx, "按文中所说"), d.areas),
		Value:   d.usual.code, Help: part.T(ctx, "文中没有写明地区的数字，按这里选的核对；不选就不与数据对照。")}
	if d.usual.code != "" {
		area.Help = part.T(ctx, "文中没有写明地区的数字，按这里选的核对。已选的是本单位默认地区，由%s设定。", d.usual.person)
	}
	year = part.FieldView{Name: "year", Label: part.T(ctx, "年份（可不填）"), Placeholder: part.T(ctx, "按文中所说"),
		Help: part.T(ctx, "文中没有写明年份的数字，按这里填的核对。")}
	return text, file, area, year
}

// intro says what the check is of.
func (d showData) intro(ctx context.Context) string {
	text := part.T(ctx, "%d字，%d个数字", utf8.RuneCountInString(d.text.Text), d.result.Statistics())
	if a, known := d.all[d.Area]; known {
		text += " · " + part.Name(ctx, a.Name, a.NameEN)
	}
	if d.Year != 0 {
		text += " · " + part.T(ctx, "%d年", d.Year)
	}
	return text + " · " + part.When(d.text.CreatedAt)
}

// why is the reason in the reader's language; a sentence, so that no entry is without one.
func (d showData) why(ctx context.Context, i Item) string { return part.Say(ctx, i.Why...) }

// shown is how many figures the filter lets through.
func (d showData) shown() int {
	n := 0
	for _, i := range d.result.Figures {
		if i.Kind.Statistic() && d.in.lets(i) {
			n++
		}
	}
	return n
}

// after are the qualifiers that stand behind the number.
var after = strings.Fields("以上 以下 以内 之内 左右 上下 及以上 及以下 或以上 或以下 有余 不等 之多 开外 余 多")

// Qualified is the figure with the word that hedges it.
func (i Item) Qualified() string {
	if i.Qualifier == "" || strings.HasPrefix(i.Qualifier, "达") || strings.Contains(i.Text, i.Qualifier) {
		return i.Text
	}
	if slices.Contains(after, i.Qualifier) {
		return i.Text + i.Qualifier
	}
	return i.Qualifier + i.Text
}

// Choices of the page, for address.
func all(in *showInput)          { in.Verdict, in.Lacks = "", "" }
func toggleOthers(in *showInput) { in.Others = !in.Others }

func only(v Verdict) func(*showInput) {
	return func(in *showInput) { in.Verdict, in.Lacks = string(v), "" }
}

func lacking(l Lack) func(*showInput) {
	return func(in *showInput) { in.Verdict, in.Lacks = string(Unknown), string(l) }
}

func editing(i Item) func(*showInput) {
	return func(in *showInput) { in.Start, in.Edit = i.start(), true }
}

func selecting(start string) func(*showInput) { return func(in *showInput) { in.Start = start } }
