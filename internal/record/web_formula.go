package record

// A register's rules as people read them: the names of fields and choices for their codes, and words for functions.

import (
	"fmt"
	"slices"
	"strings"

	"yipanqi/internal/formula"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// spoken are functions and word operators of rules; a list is what is between its brackets.
var spoken = map[string]say.Name{
	"and": {ZH: "%s，并且%s", EN: "%s, and %s"}, "or": {ZH: "%s，或者%s", EN: "%s, or %s"},
	"not": {ZH: "并非（%s）", EN: "not (%s)"}, "in": {ZH: "%[2]s里有%[1]s", EN: "%[1]s is among %[2]s"},
	"if": {ZH: "如果%s，取%s；否则取%s",
		EN: "if %s: %s; otherwise %s"},
	"missing": {ZH: "%s没有填", EN: "%s is not given"}, "given": {ZH: "%s填了", EN: "%s is given"},
	"days": {ZH: "%s到%s的天数", EN: "days from %s to %s"},
	"year": {ZH: "%s的年份", EN: "year of %s"}, "yes": {ZH: "%s是“是”", EN: "%s is yes"},
	"total": {ZH: "%s的合计", EN: "total of %s"}, "number": {ZH: "%s", EN: "%s"},
	"count 1": {ZH: "%s的条数", EN: "number of %s"}, "count 2": {ZH: "%s里（%s）的条数", EN: "number of %s with (%s)"},
	"sum 1": {ZH: "%s之和", EN: "sum of %s"}, "sum 2": {ZH: "（%[2]s）的%[1]s之和", EN: "sum of %s with (%s)"},
	"any": {ZH: "%s里有（%s）的", EN: "any of %s with (%s)"}, "ratio": {ZH: "%s : %s", EN: "%s : %s"},
	"least": {ZH: "最小的（%s）", EN: "least of (%s)"}, "most": {ZH: "最大的（%s）", EN: "most of (%s)"},
	"parameter": {ZH: "本地参数“%s”", EN: "local parameter “%s”"}, "standard": {ZH: "标准“%s”", EN: "standard “%s”"},
}

// signs are those of what a standard asks for.
var signs = strings.NewReplacer(">=", "≥", "<=", "≤", "!=", "≠")

// parts are those of fields that a rule may ask for, beside choices and columns.
var parts = map[string]say.Name{"men": men, "women": women,
	"men_most":   {ZH: "某类最多的男", EN: "M of the largest kind"},
	"women_most": {ZH: "最多一类的女", EN: "F of the largest kind"},
	"ok":         {ZH: "符合的项数", EN: "items passed"}, "defect": {ZH: "不符合的项数", EN: "items failed"},
	"na": {ZH: "不适用的项数", EN: "items not applicable"}}

// worded is a rule in words.
func (k desk) worded(tell reader, e formula.Expression) string {
	return e.Words(formula.Naming{
		Name: func(n formula.Name) string {
			code, part, _ := strings.Cut(n.Name, ".")
			f, known := k.field(n.Table, code)
			if !known {
				return n.Name
			}
			if of, known := parts[part]; known {
				return tell(f.Name) + "·" + tell(of)
			}
			if part != "" && f.Type != "rows" {
				return tell(f.Name) + "·" + tell(name(f.Choices(k.w), part))
			}
			if i := slices.IndexFunc(f.Columns, func(c register.Field) bool { return c.Code == part }); i >= 0 {
				return tell(f.Name) + "·" + tell(f.Columns[i].Name)
			}
			return tell(f.Name)
		},
		Literal: func(whose, text string) string {
			if f, known := k.field("", whose); known {
				return "“" + k.one(tell, f, text) + "”"
			}
			for _, f := range k.d.Fields { // the only one that has such a choice
				if f.Of != "" || len(f.Options) > 0 {
					if n := name(f.Choices(k.w), text); n.ZH != text {
						return "“" + tell(n) + "”"
					}
				}
			}
			return "“" + text + "”"
		},
		Call: func(function string, args []string) (string, bool) {
			if function == "list" {
				return strings.Join(args, tell(say.Name{ZH: "、", EN: ", "})), true
			}
			if called := k.w.Called; called != nil && (function == "standard" || function == "parameter") {
				if n := called(function, args[0]); n.ZH != "" {
					args = []string{tell(n)}
				}
			}
			as, ok := spoken[function]
			if !ok {
				as, ok = spoken[fmt.Sprint(function, " ", len(args))]
			}
			if function == "least" || function == "most" {
				args = []string{strings.Join(args, tell(say.Name{ZH: "、", EN: ", "}))}
			}
			values := make([]any, len(args))
			for i, a := range args {
				values[i] = a
			}
			return fmt.Sprintf(tell(as), values...), ok
		},
	})
}

// field is a field of the record, or a column of a table of it: of that one, or of the one that has such a column.
func (k desk) field(table, code string) (f register.Field, known bool) {
	if f, known = k.d.Field(code); known && table == "" {
		return f, known
	}
	for _, of := range k.d.Fields {
		i := slices.IndexFunc(of.Columns, func(c register.Field) bool { return c.Code == code })
		if i >= 0 && (table == "" || table == of.Code) {
			return of.Columns[i], true
		}
	}
	return f, known
}
