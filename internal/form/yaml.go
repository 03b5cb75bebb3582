package form

// What a form file is called and may refer to, and the values that only forms have. Its parts are yaml_form.go's, the
// reading of mappings and lists definition's.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/definition"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/table"
)

// Known is what a form file may refer to.
type Known struct {
	Elements   map[string]element.Element
	Calibres   map[string]int64 // ID by code
	Categories map[string]element.Category
	Levels     map[string]bool // of areas
	Kinds      map[string]bool // of units
}

// keys are those of a form file in Chinese.
const keys definition.Keys = "head=表头 code=代码 name=名称 name_en=英文名 number=表号,行号 issuer=制定机关 approver=批准机关 " +
	"approval_number=批准文号 valid_until=有效期至 note=说明 frequency=频率 year_start=年度起始 level=填报层级 " +
	"reporters=填报单位 due=截止日期 signers=签字岗位 first=第一签字人 second=第二签字人 third=第三签字人 " +
	"first_label=第一签字栏名 second_label=第二签字栏名 third_label=第三签字栏名 columns=列 sex=性别 category=分类 rows=行 " +
	"label=行名 label_en=英文行名 element=数据项 calibre=口径 indent=缩进 negative=可为负数 levels=各级取数 checks=校验 " +
	"expr=校验式 message=提示 message_en=英文提示 kind=类型 rule=规则 limit=界限 total=合计 " +
	"parts=分项 part=部分 whole=整体"

// ParseYAML reads a form file and finds all its mistakes in one go. The form is usable only if there are none.
func ParseYAML(file string, data []byte, known Known) (f Form, problems table.Problems) {
	problems = definition.Read(file, data, keys, func(d *definition.Reader, n *definition.Node) {
		f = (&reader{d, known}).form(n)
	})
	return f, problems
}

// reader reads the parts of a form.
type reader struct {
	*definition.Reader
	known Known
}

func role(s string) error {
	if !auth.KnownRole(s) {
		return errs.Invalidf("没有“%s”这个岗位角色。", s)
	}
	return nil
}

func (r *reader) sex(into *int) func(*definition.Node) {
	text := ""
	return r.Text(&text, func(s string) error {
		sex, err := quantity.ParseSex(s)
		if err != nil || s == "" {
			return errs.Invalidf("性别请填 1（男）、2（女）、0（未知）、9（未说明）或 _T（不分性别）。")
		}
		*into = sex
		return nil
	})
}

func validYearStart(s string) error {
	_, err := period.ParseYearStart(s)
	return err
}

func validDueRule(s string) error {
	if !validDue(s) {
		return errs.Invalidf("截止日期请写成 +1-01-31（次年1月31日）或 +20d（期末后第20天）。")
	}
	return nil
}

// unique is the row that a check means by an element, if there is just one.
func (f Form) unique(o formula.Operand) error {
	n := 0
	for _, row := range f.Rows {
		if row.Element == o.Element {
			n++
		}
	}
	switch {
	case n == 0:
		return errs.Invalidf("校验式里的数据项%s不在本表中。", o.Element)
	case n > 1:
		return errs.Invalidf("数据项%s在本表中不止一行，校验式里不能用。", o.Element)
	case o.Category != "" && !slices.ContainsFunc(f.Columns, func(c Column) bool { return c.Category == o.Category }):
		return errs.Invalidf("校验式里的分类%s在本表中没有列。", o.Category)
	}
	return nil
}
