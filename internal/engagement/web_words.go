package engagement

// Choices and short forms of the pages.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/find"
	"yipanqi/internal/web/part"
)

func roles(ctx context.Context) (all []part.Option) {
	for _, r := range Roles {
		all = append(all, part.Option{Value: string(r), Label: part.T(ctx, r.Words())})
	}
	return all
}

func ties(ctx context.Context) []part.Option {
	all := []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, kind := range Ties {
		all = append(all, part.Option{Value: kind, Label: part.T(ctx, TieWords(kind))})
	}
	return all
}

func modes(ctx context.Context) (all []part.Option) {
	for _, mode := range Modes {
		all = append(all, part.Option{Value: mode, Label: part.T(ctx, ModeWords(mode))})
	}
	return all
}

func methods(ctx context.Context) part.ChooseView {
	group := part.ChooseGroup{Code: "methods", Label: part.T(ctx, "评估方法"), Open: true}
	for _, m := range Methods {
		group.Options = append(group.Options, part.Option{Value: m, Label: part.T(ctx, MethodWords(m))})
	}
	return part.ChooseView{Name: "methods", Label: part.T(ctx, "评估方法"), Required: true,
		Groups: []part.ChooseGroup{group}}
}

func methodList(ctx context.Context, codes []string) string {
	all := make([]string, len(codes))
	for n, code := range codes {
		all[n] = part.T(ctx, MethodWords(code))
	}
	return part.Join(ctx, all)
}

func thirds(ctx context.Context, some []ThirdParty) []part.Option {
	all := []part.Option{{Label: part.T(ctx, "没有")}}
	for _, t := range some {
		all = append(all, part.Option{Value: t.ID, Label: t.Name})
	}
	return all
}

func tieName(n int, field string) string { return rowName("interests", n, field) }

func rowName(list string, n int, field string) string {
	return list + "[" + strconv.Itoa(n+1) + "." + field + "]"
}

// pageOf is the page of an object.
func pageOf(object string) string {
	kind, id, _ := strings.Cut(object, "/")
	if kind == "text" {
		return "/opinions/" + id
	}
	return "/" + kind + "s/" + id
}

func roomTitle(ctx context.Context, d roomData) string {
	if d.About == "" {
		return part.T(ctx, d.Role.Words())
	}
	return part.T(ctx, d.Role.Words()) + " · " + d.About
}

func heads(t document.Table) (cols []part.Col) {
	for _, c := range t.Columns {
		cols = append(cols, part.Col{Label: c.Head, Numeric: c.Align == document.Right})
	}
	return cols
}

// causes are the choices of what somebody is engaged for, nothing first, with what the page was opened for; none if
// there is nothing to choose.
func (h House) causes(ctx context.Context, tx *db.Tx, by auth.User, about string) (all []part.Option, err error) {
	if h.Causes == nil {
		return nil, nil
	}
	some, err := h.Causes(tx, by)
	for n, c := range some {
		if n == 0 {
			all = append(all, part.Option{Label: part.T(ctx, "不针对某一轮评估")})
		}
		all = append(all, part.Option{Value: c.Object, Label: c.Title})
	}
	if err != nil || len(all) == 0 || slices.ContainsFunc(all, func(o part.Option) bool { return o.Value == about }) {
		return all, err
	}
	name, _, err := find.Called(tx, about)
	return append(all, part.Option{Value: about, Label: name.ZH}), err
}
