package form

// The list of forms, and a form's file as it can be taken away, changed and brought back.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type listInput struct {
	Frequency string `json:"frequency" enum:"A,S,Q,M" doc:"A: yearly; S: half-yearly; Q: quarterly; M: monthly."`
	Valid     string `json:"valid" enum:"yes,no" doc:"no: its validity has ended."`
	Word      string `json:"q" doc:"Part of a name or number."`
	Sort      string `json:"sort"`
	Page      int    `json:"page"`
}

// listed is a form as the list has it.
type listed struct {
	Form
	Void  bool `json:"void"`
	Cells int  `json:"cells"`
}

type listData struct {
	Forms []listed `json:"forms"`
	list.Shown[listed]
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	all, err := List(r.Tx)
	if err != nil {
		return d, err
	}
	var rows []listed
	for _, f := range all {
		void := f.Void(r.Tx.Today())
		words := f.Code + " " + f.Number + " " + f.Name + " " + f.NameEN
		if in.Frequency != "" && in.Frequency != string(f.Frequency) || in.Valid == "yes" && void ||
			in.Valid == "no" && !void || !strings.Contains(strings.ToLower(words), strings.ToLower(in.Word)) {
			continue
		}
		rows = append(rows, listed{f, void, len(f.Cells())})
	}
	named, err := labelled(r.Tx)
	if err != nil {
		return d, err
	}
	l := forms(named)
	if r.User.Can(VerbPublish) {
		l.Actions = part.Link(part.T(ctx, "上传报表文件"), "/editions/new")
	}
	var frequencies []part.Option
	for _, k := range []string{"A", "S", "Q", "M"} {
		frequencies = append(frequencies, part.Option{Value: k, Label: part.T(ctx, frequencyWord(kindOf(k)))})
	}
	d.Forms, d.Shown, err = l.Sorted(r, list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{
		{Name: "q", Label: "名称或表号", Value: in.Word},
		{Name: "frequency", Label: "报送频率", Value: in.Frequency, Options: frequencies},
		{Name: "valid", Label: "有效期", Value: in.Valid, Options: []part.Option{
			{Value: "yes", Label: part.T(ctx, "有效")}, {Value: "no", Label: part.T(ctx, "已失效")}}}}}, rows)
	d.Forms = append([]listed{}, d.Forms...)
	return d, err
}

func forms(named labels) list.List[listed] {
	number := func(l listed) string { return l.Number }
	valid := func(l listed) string { return l.ValidUntil }
	plain := func(of func(listed) string) func(context.Context, listed) string {
		return func(_ context.Context, l listed) string { return of(l) }
	}
	return list.List[listed]{Path: "/forms", File: "forms", Title: "统计报表", Size: 100, First: "number",
		Intro: say.New("各张统计报表的表样、校验和版本。超过有效期的报表失效，不能再开新的一期。"),
		Empty: list.Empty{Title: "没有报表", Next: "导入forms/目录里的报表文件，或上传一张。"},
		Columns: []list.Column[listed]{
			{Name: "number", Label: "表号", Text: plain(number)},
			{Name: "name", Label: "名称", URL: func(l listed) string { return "/forms/" + l.Code },
				Text: func(ctx context.Context, l listed) string { return part.Name(ctx, l.Name, l.NameEN) }},
			{Name: "reporters", Label: "填报单位", Text: func(ctx context.Context, l listed) string {
				return named.of(ctx, "unit_kind", l.Reporters)
			}},
			{Name: "frequency", Label: "报送频率",
				Text: func(ctx context.Context, l listed) string { return part.T(ctx, frequencyWord(l.Frequency)) }},
			{Name: "cells", Label: "格数", Numeric: true,
				Text: plain(func(l listed) string { return strconv.Itoa(l.Cells) })},
			{Name: "valid_until", Label: "有效期至", Text: plain(valid)},
			{Name: "state", Label: "状态", Show: func(l listed) templ.Component { return validity(l.Void) },
				Text: func(ctx context.Context, l listed) string {
					if l.Void {
						return part.T(ctx, "已失效")
					}
					return part.T(ctx, "有效")
				}},
		}}
}

type fileInput struct {
	Code string `json:"code"`
	As   string `json:"as" enum:"yaml,xlsx" doc:"The kind of file; YAML if left out."`
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// file is the form as the file that it is made from.
func file(r *web.Request, in fileInput) (web.File, error) {
	f, err := ByCode(r.Tx, in.Code)
	if err != nil {
		return web.File{}, err
	}
	if in.As == "xlsx" {
		body, err := f.XLSX()
		return web.File{Name: f.Code + ".xlsx", MediaType: xlsxType, Body: body}, err
	}
	body, err := f.YAML()
	return web.File{Name: f.Code + ".yaml", MediaType: "application/yaml", Body: body}, err
}

// past are the editions before the present one, newest first, as the page lists them.
func (d showData) past() []Published {
	all := slices.Clone(d.history)
	slices.Reverse(all)
	return all
}
