package list

// How a list is in order by a column that no index has: its rows are compared in memory, while they can be counted.
// Orders of the database are store.go's.

import (
	"cmp"
	"context"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// tooMany is why a head of a list that is not counted to its end does not sort.
const tooMany say.Key = "列表超过一万条，不能按这一列排；请先筛选。"

// named says whether a column has the name.
func (l List[T]) named(name string) bool {
	return name != "" && slices.ContainsFunc(l.Columns, func(c Column[T]) bool { return c.Name == name })
}

// unsort takes the names from the columns that do not sort, and says why.
func (l List[T]) unsort(sorts func(name string) bool, why say.Key) {
	for i, c := range l.Columns {
		if c.Name != "" && !sorts(c.Name) {
			l.Columns[i].Name, l.Columns[i].Unsorted = "", why
		}
	}
}

// worked reads all rows, to be compared in memory, and refuses more than are counted.
func (l List[T]) worked(r *web.Request, d Shown[T], f Found[T]) ([]T, Shown[T], error) {
	n, err := f.Count(Most + 1)
	if err != nil {
		return nil, d, err
	}
	if n > Most {
		return nil, d, errs.Fields{"sort": say.New(tooMany)}.Check("条件里有的值不能用，请改选后再看。")
	}
	var rows []T
	if err := f.Each(l.First, func(row T) error { rows = append(rows, row); return nil }); err != nil {
		return nil, d, err
	}
	return l.Sorted(r, At{Sort: d.Sort, Page: d.Page, Filters: d.filters}, rows)
}

// inOrder are the rows as sort has them; those that are equal stay in their first order. What says nothing comes last
// either way.
func (l List[T]) inOrder(r *web.Request, sort string, rows []T) []T {
	name, down := strings.CutPrefix(sort, "-")
	at := slices.IndexFunc(l.Columns, func(c Column[T]) bool { return c.Name == name })
	if name == "" || at < 0 {
		return rows
	}
	c := l.Columns[at]
	turned := func(n int) int {
		if down {
			return -n
		}
		return n
	}
	rows = slices.Clone(rows)
	if c.Compare != nil {
		slices.SortStableFunc(rows, func(a, b T) int { return turned(c.Compare(a, b)) })
		return rows
	}
	type said struct {
		row    T
		text   string
		number *big.Rat
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	all := make([]said, len(rows))
	for i, row := range rows {
		all[i] = said{row: row, text: c.Text(ctx, row)}
		if c.Numeric {
			all[i].number = number(all[i].text)
		}
	}
	slices.SortStableFunc(all, func(a, b said) int {
		if a.text == "" || b.text == "" {
			return strings.Compare(b.text, a.text)
		}
		if a.number != nil && b.number != nil {
			return turned(cmp.Or(a.number.Cmp(b.number), say.Compare(a.text, b.text)))
		}
		return turned(say.Compare(a.text, b.text))
	})
	for i, s := range all {
		rows[i] = s.row
	}
	return rows
}

// leading is the number that a text of a column of numbers begins with: 12.5% and 3/12 have one too.
var leading = regexp.MustCompile(`^[-−]?\d+(\.\d+)?`)

func number(text string) *big.Rat {
	text = strings.NewReplacer(" ", "", "\u202f", "", ",", "").Replace(text)
	n, ok := new(big.Rat).SetString(strings.Replace(leading.FindString(text), "−", "-", 1))
	if !ok {
		return nil
	}
	return n
}

// Lamp is the column of the lamp that stands for a limit; a first click on its head brings up what presses.
func Lamp[T any](of func(T) string) Column[T] {
	return Column[T]{Name: "lamp", Label: "灯", Newest: true,
		Show: func(row T) templ.Component { return part.DueLamp(of(row)) },
		Text: func(ctx context.Context, row T) string { return part.T(ctx, part.DueWord(of(row))) },
		Compare: func(a, b T) int {
			return part.DuePressing(of(a)) - part.DuePressing(of(b))
		}}
}
