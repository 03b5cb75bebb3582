package form

// A form as the file that it is made from, both ways: YAML, or a sheet marked for it. What is written reads back as the
// same definition.

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/definition"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
	"yipanqi/internal/table"
)

// sheetMark names the sheet of a workbook that defines a form.
const sheetMark = "报表定义"

// ReadFile reads a form from YAML or from a marked sheet, and finds all mistakes in one go.
func ReadFile(file string, data []byte, known Known) (f Form, problems table.Problems) {
	if !bytes.HasPrefix(data, []byte("PK")) && !bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return ParseYAML(file, data, known)
	}
	lines, err := markedLines(data)
	if err != nil {
		return f, table.Problems{{File: file, Reason: errs.WordsOf(err)}}
	}
	problems = definition.Grid(file, lines, keys, map[string]bool{"columns": true, "rows": true, "checks": true},
		func(d *definition.Reader, n *definition.Node) { f = (&reader{d, known}).form(n) })
	return f, problems
}

// markedLines are the lines of the sheet that is marked as a definition.
func markedLines(data []byte) ([][]string, error) {
	book, err := table.ReadXLSX(data)
	if err != nil {
		return nil, err
	}
	for _, cells := range book {
		if cells.Sheet == sheetMark || strings.TrimSpace(cells.At["A1"]) == sheetMark {
			return cells.Lines()
		}
	}
	return nil, errs.Invalidf("工作簿里没有报表定义：左上角的格（A1）要写“%s”。可以先导出一张现有的报表，照着改。", sheetMark)
}

// YAML is the file of the form.
func (f Form) YAML() ([]byte, error) {
	m := definition.Mapping{{Key: "code", Value: f.Code}}
	for _, line := range f.head() {
		m = append(m, definition.Entry{Key: line.key, Value: line.value})
	}
	var signers definition.Mapping
	for _, line := range f.Signers.lines() {
		signers = append(signers, definition.Entry{Key: line.key, Value: line.value})
	}
	m = append(m, definition.Entry{Key: "signers", Value: signers})
	var columns, rows, checks []definition.Mapping
	for _, c := range f.Columns {
		column := definition.Mapping{{Key: "code", Value: c.Code}, {Key: "name", Value: c.Name},
			{Key: "name_en", Value: c.NameEN}, {Key: "sex", Value: quantity.SexCode(c.Sex)}}
		if f.ByCategory() {
			column = append(column, definition.Entry{Key: "category", Value: cmp.Or(c.Category, element.WholeCode)})
		}
		columns = append(columns, column)
	}
	for _, r := range f.Rows {
		rows = append(rows, definition.Mapping{{Key: "number", Value: r.Number}, {Key: "element", Value: r.Element},
			{Key: "calibre", Value: r.Calibre}, {Key: "label", Value: r.Label}, {Key: "label_en", Value: r.LabelEN},
			{Key: "indent", Value: r.Indent}, {Key: "negative", Value: r.Negative}})
	}
	for _, r := range f.Rules {
		var check definition.Mapping
		for _, cell := range r.cells() {
			check = append(check, definition.Entry{Key: cell.key, Value: cell.value})
		}
		checks = append(checks, check)
	}
	var levels definition.Mapping
	for _, level := range slices.Sorted(maps.Keys(f.Levels)) {
		levels = append(levels, definition.Entry{Key: level, Value: string(f.Levels[level])})
	}
	return definition.Write(append(m, definition.Entry{Key: "columns", Value: columns},
		definition.Entry{Key: "rows", Value: rows}, definition.Entry{Key: "levels", Value: levels},
		definition.Entry{Key: "checks", Value: checks}))
}

// line is a value with the names of its key in both languages.
type line struct{ key, name, value string }

// head are the values at the head of a form, in the order of a file.
func (f Form) head() []line {
	return []line{{"name", "名称", f.Name}, {"name_en", "英文名", f.NameEN}, {"number", "表号", f.Number},
		{"issuer", "制定机关", f.Issuer}, {"approver", "批准机关", f.Approver},
		{"approval_number", "批准文号", f.ApprovalNumber}, {"valid_until", "有效期至", f.ValidUntil},
		{"note", "说明", f.Note}, {"frequency", "频率", string(f.Frequency)},
		{"year_start", "年度起始", string(f.YearStart)}, {"level", "填报层级", f.Level},
		{"reporters", "填报单位", f.Reporters}, {"due", "截止日期", f.Due}}
}

// lines are what a file says of who signs.
func (s Signers) lines() (all []line) {
	for _, l := range []line{{"first", "第一签字人", s.First}, {"first_label", "第一签字栏名", s.FirstLabel},
		{"second", "第二签字人", s.Second}, {"second_label", "第二签字栏名", s.SecondLabel},
		{"third", "第三签字人", s.Third}, {"third_label", "第三签字栏名", s.ThirdLabel}} {
		if l.value != "" {
			all = append(all, l)
		}
	}
	return all
}

// cells are what a file says of a rule.
func (r Rule) cells() []line {
	kind := "soft"
	if r.Hard {
		kind = "hard"
	}
	return []line{{"rule", "规则", string(r.Kind)}, {"element", "数据项", r.Element}, {"limit", "界限", r.Limit},
		{"expr", "校验式", r.Expr}, {"message", "提示", r.Message}, {"message_en", "英文提示", r.MessageEN},
		{"kind", "类型", kind}}
}

// XLSX is the same as a marked sheet.
func (f Form) XLSX() ([]byte, error) {
	lines := [][]string{{sheetMark},
		{"以“#”开头的一格是一节的名称，不要改；其他的可以改，改好后上传。性别：1男，2女，_T不分性别。分类：categories.csv里的代码，_T全部。"},
		{"# 表头"}, {"代码", f.Code}}
	for _, l := range f.head() {
		lines = append(lines, []string{l.name, l.value})
	}
	lines = append(lines, []string{"# 签字岗位"})
	for _, l := range f.Signers.lines() {
		lines = append(lines, []string{l.name, l.value})
	}
	lines = append(lines, []string{"# 列"}, []string{"代码", "名称", "英文名", "性别", "分类"})
	for _, c := range f.Columns {
		category := c.Category
		if f.ByCategory() {
			category = cmp.Or(category, element.WholeCode)
		}
		lines = append(lines, []string{c.Code, c.Name, c.NameEN, quantity.SexCode(c.Sex), category})
	}
	lines = append(lines, []string{"# 行"}, []string{"行号", "数据项", "口径", "行名", "英文行名", "缩进", "可为负数"})
	for _, r := range f.Rows {
		lines = append(lines, []string{r.Number, r.Element, r.Calibre, r.Label, r.LabelEN, digits(r.Indent),
			yes(r.Negative)})
	}
	lines = append(lines, []string{"# 各级取数"})
	for _, level := range slices.Sorted(maps.Keys(f.Levels)) {
		lines = append(lines, []string{level, string(f.Levels[level])})
	}
	if len(f.Rules) > 0 {
		lines = append(lines, []string{"# 校验"}, names(Rule{}.cells()))
	}
	for _, r := range f.Rules {
		lines = append(lines, values(r.cells()))
	}
	var b bytes.Buffer
	err := table.WriteLines(&b, sheetMark, lines)
	return b.Bytes(), err
}

func names(all []line) (texts []string) {
	for _, l := range all {
		texts = append(texts, l.name)
	}
	return texts
}

func values(all []line) (texts []string) {
	for _, l := range all {
		texts = append(texts, l.value)
	}
	return texts
}

func yes(is bool) string {
	if is {
		return "是"
	}
	return ""
}

func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// RulesYAML are the form's rules as its file has them, one a line.
func (f Form) RulesYAML() string {
	body, err := f.YAML()
	_, rules, found := strings.Cut(string(body), "\nchecks:\n")
	if err != nil || !found {
		return ""
	}
	var lines []string
	for line := range strings.Lines(rules) {
		lines = append(lines, strings.TrimPrefix(line, "  "))
	}
	return strings.Join(lines, "")
}

// WithRules is the form with rules of a draft in the place of its own, written as RulesYAML writes them. Mistakes are
// named by the line of the draft.
func (f Form) WithRules(draft string, known Known) (Form, table.Problems) {
	f.Rules = nil
	body, err := f.YAML()
	if err != nil || strings.TrimSpace(draft) == "" {
		return f, nil
	}
	text := string(body) + "checks:\n"
	before := strings.Count(text, "\n")
	with, problems := ParseYAML("", []byte(text+draft), known)
	for i := range problems {
		problems[i].Line = max(problems[i].Line-before, 1)
	}
	with.ID = f.ID
	return with, problems
}
