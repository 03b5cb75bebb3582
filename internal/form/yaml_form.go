package form

// A form's parts read from its file: signers, columns, rows, levels, rules.

import (
	"go.yaml.in/yaml/v3"

	"yipanqi/internal/element"
	"yipanqi/internal/formula"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

func (r *reader) form(n *yaml.Node) Form {
	f := Form{Signers: Signers{"statistician", "leader"}}
	frequency, yearStart := "", ""
	var rows, levels, checks *yaml.Node
	keep := func(into **yaml.Node) func(*yaml.Node) { return func(n *yaml.Node) { *into = n } }
	r.fields(n,
		entry{"code", true, r.text(&f.Code, matches(`^[A-Za-z0-9_-]{1,40}$`,
			"报表代码由字母、数字、横线和下划线组成。"))},
		entry{"name", true, r.text(&f.Name, nil)},
		entry{"name_en", false, r.text(&f.NameEN, nil)},
		entry{"number", true, r.text(&f.Number, nil)},
		entry{"issuer", true, r.text(&f.Issuer, nil)},
		entry{"approver", false, r.text(&f.Approver, nil)},
		entry{"approval_number", false, r.text(&f.ApprovalNumber, nil)},
		entry{"valid_until", true, r.text(&f.ValidUntil, day)},
		entry{"note", false, r.text(&f.Note, nil)},
		entry{"frequency", true, r.text(&frequency,
			matches(`^[ASQM]$`, "频率请填 A（年）、S（半年）、Q（季）或 M（月）。"))},
		entry{"year_start", false, r.text(&yearStart, validYearStart)},
		entry{"level", true, r.text(&f.Level, among(r.known.Levels, "没有“%s”这个区域层级。"))},
		entry{"reporters", true, r.text(&f.Reporters, among(r.known.Kinds, "没有“%s”这个单位类别。"))},
		entry{"due", true, r.text(&f.Due, validDueRule)},
		entry{"signers", false, func(n *yaml.Node) { r.signers(n, &f.Signers) }},
		entry{"columns", false, func(n *yaml.Node) { r.columns(n, &f) }},
		entry{"rows", true, keep(&rows)},
		entry{"levels", false, keep(&levels)},
		entry{"checks", false, keep(&checks)},
	)
	f.Frequency = period.Kind(frequency)
	f.YearStart, _ = period.ParseYearStart(yearStart) // refused above
	if len(f.Columns) == 0 {
		f.Columns = []Column{{"V", "数值", "Value", quantity.SexTotal}}
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
		r.list(checks, func(n *yaml.Node) { r.check(n, &f) })
	}
	return f
}

func (r *reader) signers(n *yaml.Node, s *Signers) {
	r.fields(n, entry{"first", true, r.text(&s.First, role)}, entry{"second", true, r.text(&s.Second, role)})
	if s.First == s.Second {
		r.problem(n, "两个签字人的岗位角色不能相同。")
	}
}

func (r *reader) columns(n *yaml.Node, f *Form) {
	codes, sexes := map[string]bool{}, map[int]bool{}
	r.list(n, func(n *yaml.Node) {
		var c Column
		r.fields(n,
			entry{"code", true, r.text(&c.Code, matches(`^[A-Za-z0-9]{1,10}$`, "列代码由字母和数字组成。"))},
			entry{"name", true, r.text(&c.Name, nil)},
			entry{"name_en", false, r.text(&c.NameEN, nil)},
			entry{"sex", true, r.sex(&c.Sex)},
		)
		if codes[c.Code] || sexes[c.Sex] {
			r.problem(n, "列“%s”的代码或性别与前面的列相同。", c.Code)
		}
		codes[c.Code], sexes[c.Sex] = true, true
		f.Columns = append(f.Columns, c)
	})
	if sexes[quantity.SexTotal] && len(sexes) > 1 {
		r.problem(n, "分性别填报的表不能再有合计列：合计由各性别相加得出。")
	}
}

func (r *reader) rows(n *yaml.Node, f *Form) {
	numbers, asked := map[string]bool{}, map[string]bool{}
	r.list(n, func(n *yaml.Node) {
		row := Row{Calibre: "_Z"}
		r.fields(n,
			entry{"number", true, r.text(&row.Number, matches(`^[A-Za-z0-9]{1,10}$`, "行号由字母和数字组成。"))},
			entry{"label", false, r.text(&row.Label, nil)},
			entry{"label_en", false, r.text(&row.LabelEN, nil)},
			entry{"element", true, r.text(&row.Element, nil)},
			entry{"calibre", false, r.text(&row.Calibre, nil)},
			entry{"indent", false, r.number(&row.Indent)},
			entry{"negative", false, r.yes(&row.Negative)},
		)
		r.resolve(n, f, &row)
		if numbers[row.Number] {
			r.problem(n, "行号%s用了两次。", row.Number)
		}
		if asked[row.Element+" "+row.Calibre] {
			r.problem(n, "数据项%s在本表中问了两次。", row.Element)
		}
		numbers[row.Number], asked[row.Element+" "+row.Calibre] = true, true
		f.Rows = append(f.Rows, row)
	})
}

// resolve looks up what the row refers to and takes its words where the file gives none.
func (r *reader) resolve(n *yaml.Node, f *Form, row *Row) {
	e, found := r.known.Elements[row.Element]
	if !found {
		r.problem(n, "没有数据项“%s”。", row.Element)
		return
	}
	if row.CalibreID, found = r.known.Calibres[row.Calibre]; !found {
		r.problem(n, "没有口径“%s”。", row.Calibre)
	}
	if row.Of = e; row.Label == "" {
		row.Label = e.Name
	}
	if row.LabelEN == "" {
		row.LabelEN = e.NameEN
	}
	if e.BySex != f.BySex() {
		r.problem(n, "数据项%s是否分性别与本表的列不一致。", row.Element)
	}
	if e.YearStart != f.YearStart {
		r.problem(n, "数据项%s的统计年度起始日与本表不一致。", row.Element)
	}
}

func (r *reader) levels(n *yaml.Node, f *Form) {
	f.Levels = map[string]element.Method{}
	if n.Kind != yaml.MappingNode {
		r.problem(n, "这里应当是“名称: 值”的几行。")
		return
	}
	for i := 0; i < len(n.Content); i += 2 {
		level, method := n.Content[i], element.Method(n.Content[i+1].Value)
		switch {
		case !r.known.Levels[level.Value]:
			r.problem(level, "没有“%s”这个区域层级。", level.Value)
		case method != element.OwnReport && method != element.RolledUp && method != element.OwnChecked:
			r.problem(level, "取数方式请填 own（本级填报）、rolled_up（下级汇总）或 own_checked（本级填报并与汇总核对）。")
		case method != element.OwnReport && !f.sums():
			r.problem(level, "表中有不能汇总的数据项，各级只能是 own。")
		}
		f.Levels[level.Value] = method
	}
	if method := f.Levels[f.Level]; method != element.OwnReport && method != element.OwnChecked {
		r.problem(n, "填报的层级%s要写 own 或 own_checked。", f.Level)
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

func (r *reader) check(n *yaml.Node, f *Form) {
	c, kind := Rule{}, "hard"
	r.fields(n,
		entry{"expr", true, r.text(&c.Expr, nil)},
		entry{"message", true, r.text(&c.Message, nil)},
		entry{"message_en", false, r.text(&c.MessageEN, nil)},
		entry{"kind", false, r.text(&kind, matches(`^(hard|soft)$`,
			"校验类型请填 hard（不改不能报）或 soft（说明原因可以报）。"))},
	)
	c.Hard = kind == "hard"
	parsed, err := formula.ParseComparison(c.Expr)
	r.refuse(n, err)
	if err == nil {
		for _, o := range parsed.Operands() {
			r.refuse(n, f.unique(o))
		}
	}
	f.Rules = append(f.Rules, c)
}
