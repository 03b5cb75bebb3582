package register

// The part of a measure that says in which columns of a form its records are: by the codes of a field, each a category
// of the element that the measure fills. What else a measure says is read_measure.go's.

import (
	"slices"

	"yipanqi/internal/definition"
)

// categories reads which code fills which category, and holds it against the field, the element and the lists.
func (r *reader) categories(n, as *definition.Node, m *Measure) {
	if as == nil && m.By == "" {
		return
	}
	f := r.d.At(m.By)
	switch {
	case as == nil || m.By == "" || m.Into == "":
		r.Problem(n, "统计“%s”按分类计入报表，要写明计入（数据项）、分项（字段）和分类（代码和归类）。", m.Name.ZH)
		return
	case !slices.Contains([]string{"count", "sum", "distinct"}, m.Method):
		r.Problem(n, "统计“%s”不能按分类计入报表：只有数、合计和去重可以。", m.Name.ZH)
	case m.By != "unit.kind" && (!r.d.splits(*m, m.By) ||
		!slices.Contains([]string{"one", "many", "calc", "sexed"}, f.Type) || f.Type == "sexed" && f.By == ""):
		r.Problem(n, "统计“%s”的分项“%s”要是它自己的单选、多选、计算或有分项的分性别数。", m.Name.ZH, m.By)
	}
	if !slices.Contains(m.Split, m.By) {
		m.Split = append(m.Split, m.By)
	}
	r.List(as, func(n *definition.Node) {
		var c Category
		r.Fields(n, definition.Need("code", r.Text(&c.Code)), definition.Need("category", r.Text(&c.Category)))
		switch list := r.known.Counted[m.Into]; {
		case slices.ContainsFunc(m.As, func(o Category) bool { return o.Code == c.Code || o.Category == c.Category }):
			r.Problem(n, "统计“%s”：“%s”或“%s”写了两次。几个代码合成一类的，请加一个计算字段。", m.Name.ZH, c.Code, c.Category)
		case !r.offers(f, c.Code):
			r.Problem(n, "统计“%s”的分项“%s”没有“%s”这个代码。", m.Name.ZH, m.By, c.Code)
		case r.known.Counted == nil || r.known.Elements != nil && !r.known.Elements[m.Into]:
		case list == "":
			r.Problem(n, "统计“%s”计入的数据项%s不分类。请先在数据项里写明分类表。", m.Name.ZH, m.Into)
		case r.known.Categories[c.Category] != list:
			r.Problem(n, "统计“%s”：数据项%s按“%s”分类，“%s”不是其中一类。", m.Name.ZH, m.Into, list, c.Category)
		}
		m.As = append(m.As, c)
	})
	if len(m.As) == 0 {
		r.Problem(n, "统计“%s”按分类计入报表，要写明计入（数据项）、分项（字段）和分类（代码和归类）。", m.Name.ZH)
	}
}

// offers says whether a field can hold a code, as far as the file and the installation say which it can.
func (r *reader) offers(f Field, code string) bool {
	list := f.Of
	if f.Type == "sexed" {
		list = f.By
	}
	switch {
	case f.Code == "" || f.Type == "calc":
		return true
	case len(f.Options) > 0:
		return slices.ContainsFunc(f.Options, func(o Option) bool { return o.Code == code })
	}
	return r.known.Items == nil || r.known.Items[list] == nil || r.known.Items[list][code]
}
