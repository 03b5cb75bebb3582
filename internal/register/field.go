package register

// A field of a register: its type from a closed list, what it asks for, who may write and see it, and under which keys
// its parts stand in a record's body.

import (
	"slices"
	"strings"

	"yipanqi/internal/formula"
	"yipanqi/internal/say"
)

// Field is one.
type Field struct {
	Code     string
	Name     say.Name
	Group    say.Name // of this field and those after it
	Type     string
	Required bool
	When     formula.Expression // required if it holds
	Help     string
	Of       string   // list of codes; register for a link
	Options  []Option // of one and many, where the file lists them itself
	Unit     string
	UnitEN   string
	Decimals int
	Min, Max string // decimals, or "" for none
	Level    string // of areas
	Value    formula.Expression
	Columns  []Field  // of rows
	By       string   // list of categories of a number by sex
	Append   bool     // rows are added, never changed
	Ordered  bool     // several values stand in the order in which they were given
	Noted    []string // answers of a checklist that need a note
	Parts    []string // who may write it; none: the keeper
	States   []string // and when
	Seen     []string // who may see it until
	Until    formula.Expression
}

// Option is one of a choice, or an item of a checklist.
type Option struct {
	Code    string
	Name    say.Name
	Heading string // that it stands under
	Must    bool   // of a checklist: it is looked at in any case
}

// Types are the closed list, with what they are called in files in Chinese.
var Types = map[string]string{"text": "文字", "para": "长文字", "number": "数", "money": "金额", "date": "日期",
	"instant": "时间", "month": "月份", "year": "年份", "y/n": "是否", "one": "单选", "many": "多选", "unit": "单位",
	"units": "多单位", "area": "区域", "areas": "多区域", "person": "人员", "link": "关联", "links": "多关联",
	"files": "附件", "point": "位置", "shape": "边界", "rows": "表", "checklist": "检查表", "sexed": "分性别数",
	"goals": "规划目标", "identity": "身份", "calc": "计算"}

// In a body the parts of a field stand under its code, a colon and theirs: a choice of many under its option, a number
// by sex under 1 and 2, a row's column under its place and its code.
const mark = ":"

// Sexes are the keys of a number by sex.
var Sexes = []string{"1", "2"}

// Answers are those of a checklist.
var Answers = []Option{{Code: "ok", Name: say.Name{ZH: "符合", EN: "Met"}},
	{Code: "defect", Name: say.Name{ZH: "不符合", EN: "Not met"}},
	{Code: "na", Name: say.Name{ZH: "不适用", EN: "Not applicable"}}}

// key joins a field and its parts.
func key(parts ...string) string { return strings.Join(parts, mark) }

// Key is where a field, or a part of one, stands in a body.
func Key(parts ...string) string { return key(parts...) }

// several are the types of many values, each a key of its own.
var several = []string{"many", "units", "areas", "links", "goals"}

// Several says whether the field has many values.
func (f Field) Several() bool { return slices.Contains(several, f.Type) }

// Plain says whether the field is one value under its own code.
func (f Field) Plain() bool {
	return !f.Several() && !slices.Contains([]string{"point", "rows", "checklist", "sexed", "files"}, f.Type)
}

// Numeric says whether the field is a number.
func (f Field) Numeric() bool {
	return slices.Contains([]string{"number", "money", "year", "sexed"}, f.Type) ||
		f.Type == "calc" && f.Unit != ""
}

// Nothing are the kinds of nothing that may stand where a value is asked for, beside none at all. They are never taken
// for 0.
var Nothing = []Option{{Code: "~na", Name: say.Name{ZH: "不适用", EN: "Not applicable"}},
	{Code: "~pending", Name: say.Name{ZH: "尚未取得", EN: "Pending"}},
	{Code: "~confidential", Name: say.Name{ZH: "保密", EN: "Confidential"}}}

// IsNothing says whether a value is one of Nothing, or none at all.
func IsNothing(value string) bool { return value == "" || strings.HasPrefix(value, "~") }

// OfLevel says whether an area's level is one of those that a file names: community, or community+village.
func OfLevel(level, named string) bool { return slices.Contains(strings.Split(named, "+"), level) }

// anyLevel says whether one at least of the levels that a file names is known: a city need not have villages.
func anyLevel(known map[string]bool, named string) bool {
	return slices.ContainsFunc(strings.Split(named, "+"), func(level string) bool { return known[level] })
}
