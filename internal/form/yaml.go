package form

// The reader of form files: mappings with known keys, mistakes all at once by line. What a form holds is
// yaml_form.go's.

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"yipanqi/internal/auth"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/table"
)

// Known is what a form file may refer to.
type Known struct {
	Elements map[string]element.Element
	Calibres map[string]int64 // ID by code
	Levels   map[string]bool  // of areas
	Kinds    map[string]bool  // of units
}

// ParseYAML reads a form file and finds all its mistakes in one go. The form is usable only if there are none.
func ParseYAML(file string, data []byte, known Known) (Form, table.Problems) {
	r := reader{file: file, known: known}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		r.syntax(err)
		return Form{}, r.problems
	}
	if len(document.Content) == 0 {
		r.problem(&document, "文件是空的。")
		return Form{}, r.problems
	}
	f := r.form(document.Content[0])
	slices.SortStableFunc(r.problems, func(a, b table.Problem) int { return a.Line - b.Line })
	return f, r.problems
}

type reader struct {
	file     string
	known    Known
	problems table.Problems
}

func (r *reader) problem(at *yaml.Node, msg string, args ...any) {
	r.problems = append(r.problems, table.Problem{File: r.file, Line: at.Line, Reason: msg, Args: args})
}

func (r *reader) refuse(at *yaml.Node, err error) {
	if e, ok := errors.AsType[*errs.Error](err); ok {
		r.problem(at, e.Msg, e.Args...)
	}
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

func (r *reader) syntax(err error) {
	at := yaml.Node{}
	if found := yamlLine.FindStringSubmatch(err.Error()); found != nil {
		at.Line, _ = strconv.Atoi(found[1]) // digits
	}
	r.problem(&at, "不是正确的YAML：请检查缩进（用空格，不用制表符）、冒号后的空格和引号。")
}

// entry is one key that a mapping may have.
type entry struct {
	key      string
	required bool
	read     func(*yaml.Node)
}

// fields reads a mapping: each key at most once, none that is not in entries, all that are required.
func (r *reader) fields(n *yaml.Node, entries ...entry) {
	if n.Kind != yaml.MappingNode {
		r.problem(n, "这里应当是“名称: 值”的几行。")
		return
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := slices.IndexFunc(entries, func(e entry) bool { return e.key == key.Value })
		switch {
		case at < 0:
			r.problem(key, "不认识的名称“%s”。", key.Value)
		case seen[key.Value]:
			r.problem(key, "“%s”写了两次。", key.Value)
		default:
			entries[at].read(value)
		}
		seen[key.Value] = true
	}
	for _, e := range entries {
		if e.required && !seen[e.key] {
			r.problem(n, "缺少“%s”。", e.key)
		}
	}
}

func (r *reader) list(n *yaml.Node, item func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.problem(n, "这里应当是以“- ”开头的几项。")
		return
	}
	for _, child := range n.Content {
		item(child)
	}
}

// text reads a scalar as it stands, so that 01 and 2018-12-31 stay what was typed.
func (r *reader) text(into *string, valid func(string) error) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			r.problem(n, "这里要填一个值。")
			return
		}
		*into = strings.TrimSpace(n.Value)
		if valid != nil {
			r.refuse(n, valid(*into))
		}
	}
}

func matches(pattern, msg string) func(string) error {
	re := regexp.MustCompile(pattern)
	return func(s string) error {
		if !re.MatchString(s) {
			return errs.Invalidf(msg)
		}
		return nil
	}
}

func among(words map[string]bool, msg string) func(string) error {
	return func(s string) error {
		if !words[s] {
			return errs.Invalidf(msg, s)
		}
		return nil
	}
}

func day(s string) error {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return errs.Invalidf("日期请写成 2018-12-31 这样。")
	}
	return nil
}

func role(s string) error {
	if !auth.KnownRole(s) {
		return errs.Invalidf("没有“%s”这个岗位角色。", s)
	}
	return nil
}

func (r *reader) number(into *int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || v < 0 {
			r.problem(n, "这里要填一个不小于0的整数。")
			return
		}
		*into = v
	}
}

func (r *reader) yes(into *bool) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Value != "true" && n.Value != "false" {
			r.problem(n, "这里要填 true 或 false。")
			return
		}
		*into = n.Value == "true"
	}
}

func (r *reader) sex(into *int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		sex, err := quantity.ParseSex(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || n.Value == "" {
			r.problem(n, "性别请填 1（男）、2（女）、0（未知）、9（未说明）或 _T（不分性别）。")
			return
		}
		*into = sex
	}
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
	case o.Last:
		return errs.Invalidf("校验式里不能用 last()。")
	case n == 0:
		return errs.Invalidf("校验式里的数据项%s不在本表中。", o.Element)
	case n > 1:
		return errs.Invalidf("数据项%s在本表中不止一行，校验式里不能用。", o.Element)
	}
	return nil
}
