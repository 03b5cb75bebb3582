package list

// What a list says of itself: how many rows, in which order; and the list as a table to be saved.

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"unicode/utf8"

	"yipanqi/internal/table"
	"yipanqi/internal/web/part"
)

// Table is the whole list, without what only a page draws.
func (d Shown[T]) Table(ctx context.Context) table.Table {
	t := table.Table{Name: d.list.File, Heading: part.T(ctx, d.list.Title)}
	var saved []Column[T]
	for _, c := range d.list.Columns {
		if !c.Drawn {
			saved = append(saved, c)
		}
	}
	// what a row is, whatever it is called by then: its address has its code, and is the API's
	at := slices.IndexFunc(d.list.Columns, func(c Column[T]) bool { return c.URL != nil })
	if at >= 0 && !d.list.Returns {
		to := d.list.Columns[at].URL
		saved = append(saved, Column[T]{Label: "网址", Aside: true,
			Text: func(_ context.Context, row T) string { return to(row) }})
	}
	for _, c := range saved {
		t.Columns = append(t.Columns, table.Column{Name: c.Label, Number: c.Numeric, Aside: c.Aside})
	}
	t.More = func(yield func([]string) error) error {
		return d.more(func(row T) error {
			cells := make([]string, len(saved))
			for i, c := range saved {
				cells[i] = c.Text(ctx, row)
			}
			return yield(cells)
		})
	}
	return t
}

// unbroken are one day or two, which a narrow column would break at their hyphens, and the numbers of papers:
// 示范督〔2024〕6号.
var unbroken = regexp.MustCompile(`^(\d{4}-\d\d-\d\d( → \d{4}-\d\d-\d\d)?|\p{Han}{1,8}〔\d{4}〕\d{1,4}号)$`)

func (c Column[T]) unbroken(ctx context.Context, row T) bool {
	return c.Text != nil && unbroken.MatchString(c.Text(ctx, row))
}

// long says whether a row's name is one of words, not a short number, so that its column keeps room for it.
func (c Column[T]) long(ctx context.Context, row T) bool {
	return c.URL != nil && utf8.RuneCountInString(c.Text(ctx, row)) > 14
}

// countWords say how many rows there are.
func (d Shown[T]) countWords(ctx context.Context) string {
	if d.Over {
		return part.T(ctx, "10 000+ 条")
	}
	return part.T(ctx, "共%d条", d.Total)
}

// fields are the filters as fields of a form.
func (d Shown[T]) fields(ctx context.Context) []part.FieldView { return Fields(ctx, d.filters) }

// Fields are filters as a form shows them, for pages that are no list but have its filters.
func Fields(ctx context.Context, filters []Filter) (all []part.FieldView) {
	for _, f := range filters {
		v := part.FieldView{Name: f.Name, Label: part.T(ctx, f.Label), Value: f.Value, Options: f.Options}
		if f.Hidden {
			continue
		}
		if f.Options == nil {
			v.Type, v.Placeholder = cmp.Or(f.Type, "search"), f.Help
		} else if !f.Must {
			v.Options = append([]part.Option{{Label: part.T(ctx, "全部")}}, f.Options...)
		}
		all = append(all, v)
	}
	return all
}

// orders are the choices of a phone, where the heads are not shown.
func (d Shown[T]) orders(ctx context.Context) part.FieldView {
	v := part.FieldView{Name: "sort", Label: part.T(ctx, "排序"), Value: d.Sort}
	if d.list.First == "" {
		v.Options = append(v.Options, part.Option{Label: part.T(ctx, "按类")})
	}
	for _, c := range d.list.Columns {
		if c.Name != "" {
			label := part.T(ctx, c.Label)
			v.Options = append(v.Options, part.Option{Value: c.Name, Label: label + " ↑"},
				part.Option{Value: "-" + c.Name, Label: label + " ↓"})
		}
	}
	return v
}

// turnWords tell those who hear the head what a click does.
func (d Shown[T]) turnWords(ctx context.Context, c Column[T]) string {
	if d.turned(c) == c.Name {
		return part.T(ctx, "按“%s”从小到大排", part.T(ctx, c.Label))
	}
	return part.T(ctx, "按“%s”从大到小排", part.T(ctx, c.Label))
}
