package exchange

// The template of a report, from its text file.

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/report"
)

func putTemplate(r *run, file, body string) (bool, error) {
	t, err := report.ParseTemplate(body)
	if err != nil {
		e, ok := errors.AsType[*errs.Error](err)
		if !ok {
			return false, err
		}
		for name, message := range e.Fields { // "line12": what is wrong there
			line, _ := strconv.Atoi(strings.TrimPrefix(name, "line"))
			r.problem(file, line, "%s", strings.TrimPrefix(message.String(), fmt.Sprintf("第%d行：", line)))
		}
		return false, nil
	}
	for _, ref := range t.References(0) {
		if ref.Kind == report.ParameterRef {
			if !slices.ContainsFunc(r.parameters, func(p indicator.Parameter) bool { return p.Code == ref.Code }) {
				r.problem(file, ref.Line, "没有这个标准：%s", ref.Code)
			}
		} else if _, known := r.indicators.known[ref.Code]; !known &&
			!r.indicators.refused[ref.Code] && !r.indicators.broken {
			r.problem(file, ref.Line, "没有这个指标：%s", ref.Code)
		}
	}
	if len(r.problems) > 0 {
		return false, nil
	}
	code := strings.TrimSuffix(path.Base(file), ".md")
	return report.Put(r.tx, report.Stored{Code: code, Name: t.Meta["title"], NameEN: t.Meta["title_en"], Body: body})
}
