package home

// The list of tag sets, and the choices of a set's page. What stands on the page is tags.go's.

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/list"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type tagsInput struct {
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type tagsData struct {
	Sets []TagSet `json:"sets"`
	list.Shown[TagSet]
}

// TagSet is a set with how many tags it has and how many goals and indicators are marked by them today.
type TagSet struct {
	tag.Set
	Tags  int `json:"tags"`
	Marks int `json:"marks"`
}

func tagSets() list.List[TagSet] {
	text := func(of func(TagSet) string) func(context.Context, TagSet) string {
		return func(_ context.Context, s TagSet) string { return of(s) }
	}
	return list.List[TagSet]{Path: "/tags", File: "tag-sets", Title: "标签", Size: 100,
		Intro: say.New("一组标签标出规划目标和指标，总览、规划、指标等页都可以只看某个标签。"),
		Empty: list.Empty{Title: "还没有标签组",
			Next: "用 yipanqi import 导入 tag_sets.csv、tags.csv 和 tagged.csv 后显示在这里。"},
		Columns: []list.Column[TagSet]{
			{Name: "name", Label: "标签组", URL: func(s TagSet) string { return "/tags/" + url.PathEscape(s.Code) },
				Text:    func(ctx context.Context, s TagSet) string { return part.Name(ctx, s.Name, s.NameEN) },
				Compare: func(a, b TagSet) int { return strings.Compare(a.Name, b.Name) }},
			{Label: "代码", Saved: true, Text: text(func(s TagSet) string { return s.Code })},
			{Name: "opens", Label: "启用日期", Newest: true, Text: text(func(s TagSet) string { return s.OpensOn }),
				Compare: func(a, b TagSet) int { return strings.Compare(a.OpensOn, b.OpensOn) }},
			{Name: "closes", Label: "停用日期", Newest: true, Text: text(func(s TagSet) string { return s.ClosesOn }),
				Compare: func(a, b TagSet) int { return strings.Compare(a.ClosesOn, b.ClosesOn) }},
			{Name: "tags", Label: "标签数", Numeric: true, Newest: true,
				Text:    text(func(s TagSet) string { return strconv.Itoa(s.Tags) }),
				Compare: func(a, b TagSet) int { return cmp.Compare(a.Tags, b.Tags) }},
			{Name: "marks", Label: "标出的目标和指标", Numeric: true, Newest: true,
				Text:    text(func(s TagSet) string { return strconv.Itoa(s.Marks) }),
				Compare: func(a, b TagSet) int { return cmp.Compare(a.Marks, b.Marks) }},
			{Name: "source", Label: "来源", Text: text(func(s TagSet) string { return s.SourceTitle })},
			{Label: "说明", Saved: true, Text: text(func(s TagSet) string { return s.Note })},
		}}
}

func showTags(r *web.Request, in tagsInput) (d tagsData, err error) {
	sets, err := tag.Sets(r.Tx)
	if err != nil {
		return d, err
	}
	tags, err := tag.Tags(r.Tx)
	if err != nil {
		return d, err
	}
	marks, err := tag.Today(r.Tx)
	if err != nil {
		return d, err
	}
	plans, err := plan.Seen(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	seen := map[string]bool{"": true} // an indicator's mark names no plan
	for _, p := range plans {
		seen[p.Code] = true
	}
	rows := []TagSet{}
	for _, s := range sets {
		one := TagSet{Set: s}
		for _, t := range tags {
			if t.Set == s.Code {
				one.Tags++
			}
		}
		for _, m := range marks {
			if m.Set == s.Code && seen[m.Plan] {
				one.Marks++
			}
		}
		rows = append(rows, one)
	}
	d.Sets, d.Shown, err = tagSets().Sorted(r, list.At{Sort: in.Sort, Page: in.Page}, rows)
	return d, err
}

type tagInput struct {
	Code string `json:"code"`
	Area string `json:"area"`
	Year int    `json:"year"`
}

// boardURL is a page that lists only what the tag marks.
func boardURL(path string, t tag.Tag) string {
	return path + "?" + url.Values{"tag": {t.Set + "/" + t.Code}}.Encode()
}

// span says from when to when something is used.
func span(ctx context.Context, from, until string) string {
	switch {
	case from == "" && until == "":
		return part.T(ctx, "一直使用")
	case until == "":
		return part.T(ctx, "%s起使用", from)
	case from == "":
		return part.T(ctx, "%s起停用", until)
	}
	return part.T(ctx, "%s起使用，%s起停用", from, until)
}

// note says how what the tag marks stands: 9项指标：已达标3项、数据不足4项.
func (r TagRows) note(ctx context.Context) string {
	inside := Board{Lamps: r.Lamps}
	if inside.total() == 0 {
		return part.T(ctx, "还没有指标")
	}
	_, words := inside.counted(ctx, func(progress.Lamp) bool { return true })
	return part.T(ctx, "%d项指标：%s", inside.total(), words)
}

// Table is the set, a line for each goal without indicators and each indicator below its goal.
func (p TagPage) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "tags-" + p.Set.Code, Columns: []table.Column{{Name: "标签代码"}, {Name: "标签"},
		{Name: "规划代码"}, {Name: "目标代码"}, {Name: "主要目标"}, {Name: "指标代码"}, {Name: "指标"},
		{Name: "地区代码"}, {Name: "期间"}, {Name: "数值", Number: true}, {Name: "计量单位"}, {Name: "进展"},
		{Name: "进展代码"}, {Name: "数的说明"}}}
	for _, of := range p.Tags {
		head := []string{of.Code, part.Name(ctx, of.Name, of.NameEN)}
		line := func(goal []string, r Row) {
			i := r.latest.Indicator
			t.Rows = append(t.Rows, slices.Concat(head, goal, []string{i.Code, part.Name(ctx, i.Name, i.NameEN),
				p.Area.Code, r.Period, r.Value, part.Unit(ctx, i.Unit, i.UnitEN),
				part.LampWord(ctx, string(r.Verdict.Lamp)), string(r.Verdict.Lamp),
				part.Say(ctx, r.latest.Why...)}))
		}
		for _, g := range of.Goals {
			goal := []string{g.Plan.Code, g.Code, part.Name(ctx, g.Text, g.TextEN)}
			if len(g.Rows) == 0 {
				t.Rows = append(t.Rows, slices.Concat(head, goal, make([]string, 9)))
			}
			for _, r := range g.Rows {
				line(goal, r)
			}
		}
		for _, r := range of.Rows {
			line(make([]string, 3), r)
		}
	}
	slices.SortStableFunc(t.Rows, func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
	return t
}
