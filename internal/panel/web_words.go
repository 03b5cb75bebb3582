package panel

// Choices of the pages.

import (
	"context"
	"slices"

	"yipanqi/internal/web/part"
)

func conclusions(ctx context.Context) (all []part.Option) {
	for _, c := range Conclusions {
		all = append(all, part.Option{Value: string(c), Label: part.T(ctx, c.Words())})
	}
	return all
}

// heads are the experts who can head the panel instead.
func heads(ctx context.Context, d showData) []part.Option {
	all := []part.Option{{Label: part.T(ctx, "请选择")}}
	for _, m := range d.Experts {
		if !m.Head && m.out.IsZero() {
			all = append(all, part.Option{Value: m.Engagement, Label: m.Person})
		}
	}
	return all
}

// headless says whether the panel's head does not count any more.
func (d showData) headless() bool {
	return slices.ContainsFunc(d.Experts, func(m Member) bool { return m.Head && !m.out.IsZero() })
}

func present(ctx context.Context, d showData) part.ChooseView {
	group := part.ChooseGroup{Code: "present", Label: part.T(ctx, "到会专家"), Open: true}
	for _, m := range d.Experts {
		if !m.out.IsZero() {
			continue
		}
		group.Options = append(group.Options, part.Option{Value: m.Engagement, Label: m.Person})
	}
	return part.ChooseView{Name: "present", Label: part.T(ctx, "到会"), Required: true,
		Groups: []part.ChooseGroup{group}}
}
