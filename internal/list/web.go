// Package list is the one way to make a list page: a module says its columns, filters and orders, and has heads that
// sort, filters that act at once, pages, an address that can be saved, cards on a phone, and the whole list as CSV and
// xlsx. It works without JavaScript. A module needs about forty lines:
//
//	type listInput struct {
//		State string `json:"state" enum:"open,closed"` // a filter
//		Sort  string `json:"sort"`
//		Page  int    `json:"page"`
//	}
//	type listData struct {
//		Items []Matter `json:"matters"`
//		list.Shown[Matter]
//	}
//	func matters() list.List[Matter]                          // web.go: address, words, columns
//	func source(by auth.User, in listInput) list.Source[Matter] // store_list.go: tables, conditions, orders
//	func show(r *web.Request, in listInput) (d listData, err error) {
//		at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{…}}
//		d.Items, d.Shown, err = matters().Read(r, at, source(r.User, in))
//		return d, err
//	}
//	templ page(d listData) { @list.Page(d.Shown) }
//
// Rows go through Read, which finds their ids by an index, or are worked out in memory and go through Sorted. Every
// head sorts, or its column says why not. A plain list of few rows with nothing to choose is part.Table.
package list

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// List is what a module says of its list. Words are Chinese and said in the reader's language.
type List[T any] struct {
	Path    string // address of the page
	File    string // name of the saved table
	Title   say.Key
	Intro   say.Words
	Columns []Column[T]
	First   string // the order where the address names none; empty: as Sorted is given them, in groups
	Size    int    // rows of a page
	Empty   Empty  // where there is nothing at all

	Returns bool // what is saved is changed and brought in again: it has the columns alone

	Heading say.Key // of the list itself, where something stands above it

	Above, Below, Actions templ.Component // what stands over and under the list, and beside its title; may be nil
}

// Empty says that there is nothing yet and what to do next; URL may be empty.
type Empty struct {
	Title, Next, Label say.Key
	URL                string
}

// Column is one column: Text on the page and in what is saved, unless Show draws it or Saved keeps it off the page.
type Column[T any] struct {
	Name     string  // in ?sort=; a column that the page shows has one, or says why it has none
	Unsorted say.Key // why nobody sorts by it
	Label    say.Key
	Numeric  bool
	Newest   bool // a first click on its head sorts down
	Saved    bool // not on the page
	Drawn    bool // not in what is saved
	Aside    bool // for programs: not on what is printed
	Group    bool // in the first order its text stands over the rows that share it, not beside each
	Text     func(context.Context, T) string
	URL      func(T) string
	Show     func(T) templ.Component
	Compare  func(a, b T) int // in memory; where it is left out, its text is compared
}

// Filter is one choice over the list: of Options, to which the page adds 全部, or a word to search for, or a day. A
// Hidden one only stays in the addresses.
type Filter struct {
	Name, Value  string
	Label        say.Key
	Options      []part.Option
	Type, Help   string // of the field without options: search if empty, date; words in it while it is empty
	Hidden, Must bool   // Must: there is no 全部
}

// At is what the address asks for.
type At struct {
	Sort    string
	Page    int
	Filters []Filter
}

// Shown is a page of a list. Total is exact unless Over.
type Shown[T any] struct {
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
	Next  bool   `json:"next"`
	Total int    `json:"total"`
	Over  bool   `json:"total_over,omitempty"` // there are more than that

	list    List[T]
	filters []Filter
	rows    []T
	more    func(func(T) error) error // the whole list, to be saved
}

// Found is how rows are found by whom neither an index of Source nor memory serves: a part and whether more follow, how
// many there are up to a limit, all of them.
type Found[T any] struct {
	Sorts []string
	Part  func(sort string, offset, limit int) ([]T, bool, error)
	Count func(most int) (int, error)
	Each  func(sort string, fn func(T) error) error
}

// Read finds the page that is asked for in the database. Where the whole list is to be saved it reads nothing yet.
func (l List[T]) Read(r *web.Request, at At, s Source[T]) ([]T, Shown[T], error) {
	return l.Find(r, at, Found[T]{Sorts: slices.Collect(maps.Keys(s.Orders)),
		Part:  func(sort string, offset, limit int) ([]T, bool, error) { return s.Part(r.Tx, sort, offset, limit) },
		Count: func(most int) (int, error) { return s.total(r.Tx, most) },
		Each:  func(sort string, fn func(T) error) error { return s.Each(r.Tx, sort, fn) }})
}

// Find is Read of rows that the module finds itself.
func (l List[T]) Find(r *web.Request, at At, f Found[T]) ([]T, Shown[T], error) {
	d, err := l.asked(at)
	if err != nil {
		return nil, d, err
	}
	indexed := func(name string) bool { return slices.Contains(f.Sorts, name) }
	if !indexed(strings.TrimPrefix(d.Sort, "-")) {
		return l.worked(r, d, f)
	}
	if r.Whole {
		d.more = func(fn func(T) error) error { return f.Each(d.Sort, fn) }
		return nil, d, nil
	}
	offset := (d.Page - 1) * l.Size
	if d.rows, d.Next, err = f.Part(d.Sort, offset, l.Size); err != nil {
		return nil, d, err
	}
	if d.rows == nil {
		d.rows = []T{} // none is [] for programs
	}
	switch d.Total = offset + len(d.rows); {
	case !d.Next && (len(d.rows) > 0 || d.Page == 1):
	case d.Next && d.Total > Most:
		d.Total, d.Over = Most, true
	default:
		d.Total, err = f.Count(Most + 1)
		d.Total, d.Over = min(d.Total, Most), d.Total > Most
	}
	if d.Over {
		d.list.unsort(indexed, tooMany)
	}
	return d.rows, d, err
}

// Sorted sorts rows that are in memory, in their first order, and cuts the page out.
func (l List[T]) Sorted(r *web.Request, at At, rows []T) ([]T, Shown[T], error) {
	d, err := l.asked(at)
	if err != nil {
		return nil, d, err
	}
	rows = l.inOrder(r, d.Sort, rows)
	if r.Whole {
		d.more = func(fn func(T) error) error {
			for _, row := range rows {
				if err := fn(row); err != nil {
					return err
				}
			}
			return nil
		}
		return nil, d, nil
	}
	from := min((d.Page-1)*l.Size, len(rows))
	to := min(from+l.Size, len(rows))
	d.rows = append([]T{}, rows[from:to]...) // none is [] for programs
	d.Next, d.Total = to < len(rows), len(rows)
	return d.rows, d, nil
}

// asked takes the order and the page from the address, and refuses what the list does not have by its name.
func (l List[T]) asked(at At) (Shown[T], error) {
	l.Columns = slices.Clone(l.Columns)
	for i, c := range l.Columns {
		if c.Text == nil {
			l.Columns[i].Unsorted = "这一列是能办的事，不能按它排。"
		}
	}
	d := Shown[T]{Sort: at.Sort, Page: max(at.Page, 1), list: l, filters: at.Filters}
	if d.Sort == "" {
		d.Sort = l.First
	}
	wrong := errs.Fields{}
	if at.Page < 0 {
		wrong.Say("page", "页码从1数起。")
	}
	if name := strings.TrimPrefix(at.Sort, "-"); at.Sort != "" && !l.named(name) {
		wrong.Say("sort", "不能按“%s”排序，可选：%s。", at.Sort, strings.Join(l.names(), "、"))
	}
	at.unknown(wrong)
	return d, wrong.Check("条件里有的值不能用，请改选后再看。")
}

// Check refuses values that the filters do not have or that are no days: for pages that are no list but have its
// filters.
func (at At) Check() error {
	wrong := errs.Fields{}
	at.unknown(wrong)
	return wrong.Check("条件里有的值不能用，请改选后再看。")
}

func (at At) unknown(wrong errs.Fields) {
	for _, f := range at.Filters {
		_, notDay := time.Parse(time.DateOnly, f.Value)
		switch {
		case f.Value == "":
		case f.Type == "date" && notDay != nil:
			wrong.Say(f.Name, "日期请写成 2018-12-31，或者留空。")
		case f.Options != nil && !slices.ContainsFunc(f.Options,
			func(o part.Option) bool { return o.Value == f.Value }):
			wrong.Say(f.Name, "没有“%s”这个选项。", f.Value)
		}
	}
}

// names are those by which the list can be sorted.
func (l List[T]) names() (all []string) {
	for _, c := range l.Columns {
		if c.Name != "" {
			all = append(all, c.Name, "-"+c.Name)
		}
	}
	return all
}

// url is the address of the list with another order and page.
func (d Shown[T]) url(sort string, page int) string {
	q := Query(d.filters)
	if sort != d.list.First {
		q.Set("sort", sort)
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return d.list.Path
	}
	return d.list.Path + "?" + q.Encode()
}

// Query are the filters that are set, as an address has them.
func Query(filters []Filter) url.Values {
	q := url.Values{}
	for _, f := range filters {
		if f.Value != "" {
			q.Set(f.Name, f.Value)
		}
	}
	return q
}

// chosen says whether a filter is set that somebody could take back.
func (d Shown[T]) chosen() bool {
	return slices.ContainsFunc(d.filters, func(f Filter) bool { return f.Value != "" && !f.Hidden && !f.Must })
}

// offered says whether there is a filter to choose from.
func (d Shown[T]) offered() bool {
	return slices.ContainsFunc(d.filters, func(f Filter) bool { return !f.Hidden })
}

// grouped says whether rows stand in groups now.
func (d Shown[T]) grouped() bool { return d.Sort == "" }

// columns are those of the page.
func (d Shown[T]) columns() []Column[T] {
	return slices.DeleteFunc(slices.Clone(d.list.Columns), func(c Column[T]) bool {
		return c.Saved || c.Group && d.grouped()
	})
}

// group is the text over the rows that share it; empty in any order but the first.
func (d Shown[T]) group(ctx context.Context, row T) string {
	var all []string
	for _, c := range d.list.Columns {
		if text := ""; c.Group && d.grouped() {
			if text = c.Text(ctx, row); text != "" {
				all = append(all, text)
			}
		}
	}
	return strings.Join(all, " · ")
}

// direction is how the list is sorted by the column now: ascending, descending or not at all.
func (d Shown[T]) direction(c Column[T]) string {
	switch {
	case c.Name == "":
	case d.Sort == c.Name:
		return "ascending"
	case d.Sort == "-"+c.Name:
		return "descending"
	}
	return ""
}

// turned is the order that a click on the column's head asks for.
func (d Shown[T]) turned(c Column[T]) string {
	switch d.direction(c) {
	case "ascending":
		return "-" + c.Name
	case "descending":
		return c.Name
	}
	if c.Newest {
		return "-" + c.Name
	}
	return c.Name
}
