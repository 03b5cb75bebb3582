package indicator

// What the form of a published figure says and offers.

import (
	"context"

	"yipanqi/internal/network"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

func (d newPublishedData) heading(ctx context.Context) string {
	if d.Figure.ID != "" {
		return part.T(ctx, "改正公开来源的数据")
	}
	return part.T(ctx, "登记公开来源的数据")
}

func (d newPublishedData) button(ctx context.Context) string {
	if d.Figure.ID != "" {
		return part.T(ctx, "保存改正")
	}
	return part.T(ctx, "登记")
}

// back is where the form was opened from.
func (d newPublishedData) back() string {
	switch {
	case d.check != "":
		return "/checks/" + d.check
	case d.Figure.ID != "":
		return "/published/" + d.Figure.ID
	}
	return "/published"
}

func (d newPublishedData) sexValue() string {
	if d.sex == "" {
		return "_T"
	}
	return d.sex
}

func (d newPublishedData) markValue() string {
	for code, mark := range markCodes {
		if code != "" && mark == d.Figure.Mark {
			return code
		}
	}
	return "exact"
}

func marks(ctx context.Context) []part.Option {
	return []part.Option{{Value: "exact", Label: part.T(ctx, "精确")},
		{Value: "nearly", Label: part.T(ctx, say.Key(quantity.Nearly.Words()))},
		{Value: "over", Label: part.T(ctx, say.Key(quantity.Over.Words()))},
		{Value: "at_least", Label: part.T(ctx, say.Key(quantity.AtLeast.Words()))},
		{Value: "about", Label: part.T(ctx, say.Key(quantity.About.Words()))}}
}

func labelled(ctx context.Context, none string, all []network.Label) (options []part.Option) {
	if none != "" {
		options = append(options, part.Option{Value: "", Label: none})
	}
	for _, l := range all {
		options = append(options, part.Option{Value: l.Code, Label: part.Name(ctx, l.Name, l.NameEN)})
	}
	return options
}
