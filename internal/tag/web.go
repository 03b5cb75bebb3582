package tag

// The choice of a tag as pages have it: a filter of lists, and a field beside other choices.

import (
	"context"

	"yipanqi/internal/list"
	"yipanqi/internal/web/part"
)

// Filter is the choice in a list; it is not shown where there is nothing to choose from.
func (k Kept) Filter(ctx context.Context) list.Filter {
	f := list.Filter{Name: "tag", Label: "标签", Value: k.Tag, Options: []part.Option{}, Hidden: len(k.Offered) == 0}
	for _, o := range k.Offered {
		f.Options = append(f.Options, part.Option{Value: o.Value, Label: o.Name().In(part.From(ctx).Lang)})
	}
	return f
}
