package check

// The list of a unit's texts, below the form for a new one.

import (
	"context"
	"strconv"

	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type listInput struct {
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

// listData is a page of the unit's checks, with the areas that a new one may be about.
type listData struct {
	Items []Listed `json:"checks"`
	list.Shown[Listed]
	areas []network.Area
	usual usual
}

func checks(d listData) list.List[Listed] {
	return list.List[Listed]{Path: "/checks", File: "checks", Title: "数据核对", First: "-time", Size: 20,
		Intro: say.New("找出文中每一个数字，与已审核通过的报表和公开来源对照：哪些有据，哪些只是约数，哪些不符，哪些还没有数据。"),
		Above: newCheck(d), Heading: "本单位核对过的文字",
		Empty: list.Empty{Title: "还没有核对过", Next: "在上面粘贴文字或选择文件，再按“开始核对”。"},
		Columns: []list.Column[Listed]{
			{Label: "编号", Saved: true, Aside: true,
				Text: func(_ context.Context, l Listed) string { return l.ID }},
			{Name: "name", Label: "名称", Text: func(_ context.Context, l Listed) string { return l.Name },
				URL: func(l Listed) string { return l.URL() }},
			{Name: "person", Label: "提交人",
				Text: func(ctx context.Context, l Listed) string { return part.Name(ctx, l.Person, l.PersonEN) }},
			{Name: "time", Label: "时间", Newest: true,
				Text: func(_ context.Context, l Listed) string { return part.When(l.CreatedAt) }},
			{Name: "characters", Label: "字数", Numeric: true, Newest: true,
				Text: func(_ context.Context, l Listed) string { return strconv.Itoa(l.Characters) }},
			{Label: "地区代码", Saved: true, Text: func(_ context.Context, l Listed) string { return l.Area }},
			{Label: "年份", Saved: true, Text: func(_ context.Context, l Listed) string { return yearText(l.Year) }},
		}}
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	if d.areas, err = seen(r); err != nil {
		return d, err
	}
	if d.usual, err = usualOf(r, d.areas); err != nil {
		return d, err
	}
	d.Items, d.Shown, err = checks(d).Read(r, list.At{Sort: in.Sort, Page: in.Page}, source(r.User))
	return d, err
}

func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}
