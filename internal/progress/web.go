package progress

// Routes of the indicators, and values for programs. Their list is web_list.go's, one indicator's page web_show.go's.

import (
	"context"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes serves the indicators with their values; about is what else is known of one.
func Routes(m *web.Mux, about About) {
	web.View(m, "GET /indicators 列出指标", "indicator.read", showList, listPage, web.AsOf)
	web.View(m, "GET /indicators/{code} 看一个指标：数值、目标和判断", "indicator.read",
		func(r *web.Request, in showInput) (showData, error) {
			d, err := show(r, in)
			if err == nil {
				d.About, err = about(r.Tx, r.User, module.Of{Kind: "indicator", Code: d.Indicator.Code,
					Path: d.Area.Path, Day: r.Tx.Today()})
			}
			return d, err
		}, showPage, web.AsOf)
	web.View(m, "GET /denominators 列出分母：人口等数据项和用它的指标", "indicator.read", showDenominators,
		denominatorsPage, web.AsOf)
	web.View(m, "GET /indicators/{code}/values 取一个指标各地区各期的数值", "indicator.read", values, nil, web.AsOf)
}

// areaOf is the area with code that is open today, the root if code is empty; missing if its figures are not for the
// user.
func areaOf(r *web.Request, code string) (a network.Area, err error) {
	if code == "" {
		a, err = network.Root(r.Tx)
	} else {
		a, err = network.AreaByCode(r.Tx, code, "")
	}
	if err == nil && !r.User.SeesFigures(a.Path) {
		err = errs.Missingf("没有找到这项内容。它可能已被删除，或者您没有查看权限。")
	}
	return a, err
}

// yearOr is the year asked for, else the one to start with.
func yearOr(tx *db.Tx, areaID int64, asked int) (int, error) {
	if asked != 0 {
		return asked, nil
	}
	return FirstYear(tx, areaID)
}

type valuesInput struct {
	Code     string `json:"code"`
	Area     string `json:"area"`
	Period   string `json:"period"`
	Sex      string `json:"sex"`
	Category string `json:"category"`
}

// valuesData is the answer for programs.
type valuesData struct {
	Indicator indicator.Indicator `json:"indicator"`
	Values    []Shown             `json:"values"`
}

// values answers one period or, without period, all that are known.
func values(r *web.Request, in valuesInput) (d valuesData, err error) {
	if d.Indicator, err = indicator.ByCode(r.Tx, in.Code); err != nil {
		return d, err
	}
	area, err := areaOf(r, in.Area)
	if err != nil {
		return d, err
	}
	sex, err := quantity.ParseSex(in.Sex)
	if err != nil {
		return d, err
	}
	of, err := element.CategoryByCode(r.Tx, in.Category)
	if err != nil {
		return d, err
	}
	q := Query{Indicators: []indicator.Indicator{d.Indicator}, Areas: []network.Area{area}, Sexes: []int{sex},
		Category: of}
	if in.Period != "" {
		p, err := period.Parse(in.Period)
		if err != nil {
			return d, err
		}
		q.Periods = []period.Period{p}
	}
	found, err := Values(r.Tx, q)
	d.Values = shownSeries(found)
	return d, err
}

// Table is the values for CSV.
func (d valuesData) Table(ctx context.Context) table.Table {
	return valuesTable(ctx, d.Indicator.Code, d.Values)
}

func valuesTable(ctx context.Context, name string, values []Shown) table.Table {
	t := table.Table{Name: name, Columns: []table.Column{
		{Name: "指标代码"}, {Name: "指标"}, {Name: "地区代码"}, {Name: "地区"}, {Name: "期间"},
		{Name: "性别", Words: true}, {Name: "性别代码"}, {Name: "口径代码"},
		{Name: "数值", Number: true},
		{Name: "约数"}, {Name: "计量单位"}, {Name: "分子", Number: true}, {Name: "分母", Number: true},
		{Name: "状态", Words: true}, {Name: "状态代码"}, {Name: "来源性质", Words: true}, {Name: "来源性质代码"},
		{Name: "已报份数", Number: true}, {Name: "应报份数", Number: true}, {Name: "公开发布"},
		{Name: "不可比的理由"}, {Name: "出处"}, {Name: "数的说明"},
		{Name: "分类代码"}}}
	for _, v := range values {
		sex, _ := quantity.ParseSex(v.Sex)
		var published []string
		for _, q := range v.Published {
			published = append(published, q.Value+" ("+q.SourceTitle+")")
		}
		t.Rows = append(t.Rows, []string{v.Indicator, part.Name(ctx, v.Name, v.nameEN), v.Area,
			part.Name(ctx, v.AreaName, v.areaEN), v.Period,
			string(quantity.SexWords(sex)), v.Sex, v.Calibre, v.Value, v.Mark,
			part.Unit(ctx, v.Unit, v.unitEN), v.Numerator, v.Denominator,
			string(v.Status.Words()), string(v.Status), string(v.Origin.Words()), string(v.Origin),
			count(v.Reported), count(v.Due), strings.Join(published, "; "), v.Break,
			v.Proof, part.Say(ctx, v.why...), v.Category})
	}
	return t
}
