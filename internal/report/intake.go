package report

// Files of templates, one report each.

import (
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/reference"
)

// Files are those that reports are imported from.
func Files() []intake.File {
	return []intake.File{{Path: "report/*.md", Title: "报告模板",
		Help:  "文字和引用：`{{figure 指标代码 year=2018 decimals=1 unit=%}}`、`{{change 指标代码 from=2017 to=2018}}`、`{{parameter 代码}}`",
		After: []string{indicator.Codes.File, indicator.ParameterFile}, Text: takeTemplate}}
}

func takeTemplate(r *intake.Run, file, body string) (bool, error) {
	t, err := ParseTemplate(body)
	if err != nil {
		e, ok := errors.AsType[*errs.Error](err)
		if !ok {
			return false, err
		}
		for name, message := range e.Fields { // "line12": what is wrong there
			line, _ := strconv.Atoi(strings.TrimPrefix(name, "line"))
			r.Problem(file, line, "%s", strings.TrimPrefix(message.String(), fmt.Sprintf("第%d行：", line)))
		}
		return false, nil
	}
	whole := true
	for _, ref := range t.References(0) {
		if ref.Kind == reference.ParameterRef {
			if !indicator.HasParameter(r, ref.Code) {
				r.Problem(file, ref.Line, "没有这个标准：%s", ref.Code)
				whole = false
			}
		} else if ref.Kind == reference.MeasureRef {
			continue // definitions of registers come in after templates; what is unknown is told where it is written
		} else if _, known := intake.Find(r, indicator.Codes, ref.Code); !known {
			if !r.Lost(indicator.Codes.File, ref.Code) {
				r.Problem(file, ref.Line, "没有这个指标：%s", ref.Code)
			}
			whole = false
		}
	}
	if !whole {
		return false, nil
	}
	code := strings.TrimSuffix(path.Base(file), ".md")
	return Put(r.Tx, Stored{Code: code, Name: t.Meta["title"], NameEN: t.Meta["title_en"], Body: body})
}
