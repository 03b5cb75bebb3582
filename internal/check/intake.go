package check

// The file of what texts call indicators, standards and elements.

import (
	"strings"
	"unicode/utf8"

	"yipanqi/internal/element"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
)

// Files are those that the check of figures is imported from.
func Files() []intake.File {
	return []intake.File{{Path: "aliases.csv", Title: "别名", Columns: "code*=代码（指标、标准或数据项） alias*=别名 note=说明",
		Help:  "报告里对这项指标的其他叫法，数据核对用它认出数字说的是什么；别名里空一格，表示中间可以隔着别的字：`儿童之家 覆盖率`",
		Key:   "code alias",
		After: []string{element.Codes.File, indicator.Codes.File, indicator.ParameterFile}, Row: takeAlias}}
}

func takeAlias(r *intake.Run, w *intake.Row) (bool, error) {
	code := w.Text("code")
	if _, known := intake.Find(r, element.Codes, code); !known && !indicator.HasParameter(r, code) {
		intake.Ref(w, "code", indicator.Codes)
	}
	if utf8.RuneCountInString(strings.ReplaceAll(w.Text("alias"), " ", "")) < 2 {
		w.Fail("alias", "别名至少要两个字。")
	}
	if w.Bad() {
		return false, nil
	}
	return indicator.PutAlias(r.Tx, code, strings.Join(strings.Fields(w.Text("alias")), " "), w.Position)
}
