package panel

// Choices of the pages.

import (
	"context"

	"yipanqi/internal/web/part"
)

func conclusions(ctx context.Context) (all []part.Option) {
	for _, c := range Conclusions {
		all = append(all, part.Option{Value: string(c), Label: part.T(ctx, c.Words())})
	}
	return all
}

func present(ctx context.Context, d showData) part.ChooseView {
	group := part.ChooseGroup{Code: "present", Label: part.T(ctx, "到会专家"), Open: true}
	for _, m := range d.Experts {
		group.Options = append(group.Options, part.Option{Value: m.Engagement, Label: m.Person})
	}
	return part.ChooseView{Name: "present", Label: part.T(ctx, "到会"), Required: true,
		Groups: []part.ChooseGroup{group}}
}
