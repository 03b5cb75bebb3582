package form

// A form's parts read from its file: signers, columns, rows, levels, rules.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/definition"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

func (r *reader) form(n *definition.Node) Form {
	f := Form{Signers: Signers{First: auth.Statistician, Second: auth.Leader}}
	frequency, yearStart := "", ""
	var rows, levels, checks *definition.Node
	r.Fields(n,
		definition.Need("code", r.Text(&f.Code, definition.Matches(`^[A-Za-z0-9_-]{1,40}$`,
			"报表代码由字母、数字、横线和下划线组成。"))),
		definition.Need("name", r.Text(&f.Name)),
		definition.May("name_en", r.Text(&f.NameEN)),
		definition.Need("number", r.Text(&f.Number)),
		definition.Need("issuer", r.Text(&f.Issuer)),
		definition.May("approver", r.Text(&f.Approver)),
		definition.May("approval_number", r.Text(&f.ApprovalNumber)),
		definition.Need("valid_until", r.Text(&f.ValidUntil, definition.Day)),
		definition.May("note", r.Text(&f.Note)),
		definition.Need("frequency", r.Text(&frequency,
			definition.Matches(`^[ASQM]$`, "频率请填 A（年）、S（半年）、Q（季）或 M（月）。"))),
		definition.May("year_start", r.Text(&yearStart, validYearStart)),
		definition.Need("level", r.Text(&f.Level, definition.Among(r.known.Levels, "没有“%s”这个地区层级。"))),
		definition.Need("reporters", r.Text(&f.Reporters, definition.Among(r.known.Kinds, "没有“%s”这个单位类别。"))),
		definition.Need("due", r.Text(&f.Due, validDueRule)),
		definition.May("signers", func(n *definition.Node) { r.signers(n, &f.Signers) }),
		definition.May("columns", func(n *definition.Node) { r.columns(n, &f) }),
		definition.Need("rows", definition.Later(&rows)),
		definition.May("levels", definition.Later(&levels)),
		definition.May("checks", definition.Later(&checks)),
	)
	f.Frequency = period.Kind(frequency)
	f.YearStart, _ = period.ParseYearStart(yearStart) // refused above
	if len(f.Columns) == 0 {
		f.Columns = []Column{{Code: "V", Name: "数值", NameEN: "Value", Sex: quantity.SexTotal}}
	}
	// what refers to other parts of the file is read after them
	if rows != nil {
		r.rows(rows, &f)
	}
	f.Levels = map[string]element.Method{f.Level: element.OwnReport}
	if levels != nil {
		r.levels(levels, &f)
	}
	if checks != nil {
		r.List(checks, func(n *definition.Node) { r.check(n, &f) })
	}
	return f
}

func (r *reader) signers(n *definition.Node, s *Signers) {
	r.Fields(n,
		definition.Need("first", r.Text(&s.First, role)), definition.May("first_label", r.Text(&s.FirstLabel)),
		definition.Need("second", r.Text(&s.Second, role)), definition.May("second_label", r.Text(&s.SecondLabel)),
		definition.May("third", r.Text(&s.Third, role)), definition.May("third_label", r.Text(&s.ThirdLabel)))
	places := s.Places()
	for i, p := range places {
		switch {
		case p.Role == "": // said above
		case slices.ContainsFunc(places[:i], func(o Place) bool { return o.Role == p.Role }):
			r.Problem(n, "各签字人的岗位角色不能相同：每一处由不同的人签。")
		case !slices.Contains(maySign[[2]bool{i == 0, i+1 == len(places)}], p.Role):
			r.Problem(n, "岗位“%s”不能在第%d处签字：先由 liaison（填表人）或 statistician 签，三处签字时中间由 statistician 签，"+
				"最后由 leader 签。", p.Role, i+1)
		}
	}
	if s.Third == "" && s.ThirdLabel != "" {
		r.Problem(n, "写了第三处的栏名，没有写由谁签。")
	}
}

// maySign are the roles that a place can be given to, by whether it is the first and whether it is the last: whoever
// fills the form in signs first, the head of the unit last.
var maySign = map[[2]bool][]string{{true, false}: {auth.Liaison, auth.Statistician},
	{false, false}: {auth.Statistician}, {false, true}: {auth.Leader}}

var (
	columnCode = definition.Matches(`^[A-Za-z0-9]{1,10}$`, "列代码由字母和数字组成。")
	rowNumber  = definition.Matches(`^[A-Za-z0-9]{1,10}$`, "行号由字母和数字组成。")
)

func (r *reader) columns(n *definition.Node, f *Form) {
	type holds struct {
		sex      int
		category string
	}
	codes, sexes, categories, held := map[string]bool{}, map[int]bool{}, map[string]bool{}, map[holds]bool{}
	r.List(n, func(n *definition.Node) {
		var c Column
		r.Fields(n,
			definition.Need("code", r.Text(&c.Code, columnCode)),
			definition.Need("name", r.Text(&c.Name)),
			definition.May("name_en", r.Text(&c.NameEN)),
			definition.Need("sex", r.sex(&c.Sex)),
			definition.May("category", r.category(&c)),
		)
		if codes[c.Code] || held[holds{c.Sex, c.Category}] {
			same := say.Key("列“%s”的代码或性别与前面的列相同。")
			if len(f.lists(r.known.Categories)) > 0 {
				same = "列“%s”的代码，或性别和分类，与前面的列相同。"
			}
			r.Problem(n, same, c.Code)
		}
		codes[c.Code], sexes[c.Sex], categories[c.Category] = true, true, true
		held[holds{c.Sex, c.Category}] = true
		f.Columns = append(f.Columns, c)
	})
	if sexes[quantity.SexTotal] && len(sexes) > 1 {
		r.Problem(n, "分性别填报的表不能再有合计列：合计由各性别相加得出。")
	}
	lists := f.lists(r.known.Categories)
	if len(lists) > 1 {
		r.Problem(n, "各列的分类要出自同一张分类表，这里有%s。", strings.Join(lists, "、"))
	}
	if len(held) != len(sexes)*len(categories) {
		r.Problem(n, "每个性别要有同样的各类：缺了的列请补上。")
	}
}

func (r *reader) rows(n *definition.Node, f *Form) {
	numbers, asked := map[string]bool{}, map[string]bool{}
	r.List(n, func(n *definition.Node) {
		row := Row{Calibre: element.NoCalibre}
		r.Fields(n,
			definition.Need("number", r.Text(&row.Number, rowNumber)),
			definition.May("label", r.Text(&row.Label)),
			definition.May("label_en", r.Text(&row.LabelEN)),
			definition.Need("element", r.Text(&row.Element)),
			definition.May("calibre", r.Text(&row.Calibre)),
			definition.May("indent", r.Int(&row.Indent)),
			definition.May("negative", r.Yes(&row.Negative)),
		)
		r.resolve(n, f, &row)
		if numbers[row.Number] {
			r.Problem(n, "行号%s用了两次。", row.Number)
		}
		if asked[row.Element+" "+row.Calibre] {
			r.Problem(n, "数据项%s在本表中问了两次。", row.Element)
		}
		numbers[row.Number], asked[row.Element+" "+row.Calibre] = true, true
		f.Rows = append(f.Rows, row)
	})
}

// category reads the category of a column: _T is the whole.
func (r *reader) category(into *Column) func(*definition.Node) {
	text := ""
	return r.Text(&text, func(s string) error {
		c, known := r.known.Categories[s]
		if s == element.WholeCode {
			return nil
		}
		into.Category = s // also one that is refused: it is not the whole
		switch {
		case !known:
			return errs.Invalidf("没有分类“%s”。请先写在 categories.csv 里；合计列写 _T。", s)
		case c.List == "":
			return errs.Invalidf("“%s”是分类表，不是其中的一类。每一类写一列。", s)
		}
		into.CategoryID = c.ID
		return nil
	})
}

// lists are those that the columns' categories are of, in order of appearance.
func (f Form) lists(known map[string]element.Category) (lists []string) {
	for _, c := range f.Columns {
		if list := known[c.Category].List; list != "" && !slices.Contains(lists, list) {
			lists = append(lists, list)
		}
	}
	return lists
}

// resolve looks up what the row refers to and takes its words where the file gives none.
func (r *reader) resolve(n *definition.Node, f *Form, row *Row) {
	e, found := r.known.Elements[row.Element]
	if !found {
		r.Problem(n, "没有数据项“%s”。", row.Element)
		return
	}
	if row.CalibreID, found = r.known.Calibres[row.Calibre]; !found {
		r.Problem(n, "没有口径“%s”。", row.Calibre)
	}
	if row.Of = e; row.Label == "" {
		row.Label = e.Name
	}
	if row.LabelEN == "" {
		row.LabelEN = e.NameEN
	}
	if e.BySex != f.BySex() {
		r.Problem(n, "数据项%s是否分性别与本表的列不一致。", row.Element)
	}
	switch lists := f.lists(r.known.Categories); {
	case e.Categories == "" && len(lists) > 0:
		r.Problem(n, "本表的列按%s分，数据项%s不分类。请另设一张报表，或在 elements.csv 里写明它按什么分。", lists[0], row.Element)
	case e.Categories != "" && !slices.Contains(lists, e.Categories):
		r.Problem(n, "数据项%s按%s分类填报，本表没有这样的列。", row.Element, e.Categories)
	}
	if e.YearStart != f.YearStart {
		r.Problem(n, "数据项%s的统计年度起始日与本表不一致。", row.Element)
	}
}

func (r *reader) levels(n *definition.Node, f *Form) {
	f.Levels = map[string]element.Method{}
	r.Each(n, func(level, value *definition.Node) {
		text := ""
		r.Text(&text)(value)
		switch method := element.Method(text); {
		case !r.known.Levels[level.Value]:
			r.Problem(level, "没有“%s”这个地区层级。", level.Value)
		case f.Levels[level.Value] != "":
			r.Problem(level, "“%s”写了两次。", level.Value)
		case method != element.OwnReport && method != element.RolledUp && method != element.OwnChecked:
			r.Problem(level, "取数方式请填 own（本级填报）、rolled_up（下级汇总）或 own_checked（本级填报并与汇总核对）。")
		case method != element.OwnReport && !f.sums():
			r.Problem(level, "表中有不能汇总的数据项，各级只能是 own。")
		}
		f.Levels[level.Value] = element.Method(text)
	})
	if method := f.Levels[f.Level]; method != element.OwnReport && method != element.OwnChecked {
		r.Problem(n, "填报的层级%s要写 own 或 own_checked。", f.Level)
	}
}

func (f Form) sums() bool {
	for _, row := range f.Rows {
		if !row.Of.Sums && row.Of.Code != "" {
			return false
		}
	}
	return true
}
