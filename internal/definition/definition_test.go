package definition_test

// A definition file reads the same with Chinese or English keys, and every mistake in it is named by its line. What
// real files define is tested in their packages.

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/definition"
	"yipanqi/internal/errs"
)

// thing is what the files of these tests define.
type thing struct {
	code, day, sort string
	count           int
	open            bool
	parts           []string
	rules           map[string]string
	total           string
}

const keys definition.Keys = "code=代码 day=日期 sort=类型 count=个数 open=开放 parts=部分 " +
	"name=部分名,名称 rules=规则 total=合计"

func read(text string) (made thing, said []string) {
	problems := definition.Read("x.yaml", []byte(text), keys, func(r *definition.Reader, n *definition.Node) {
		var total *definition.Node
		r.Fields(n,
			definition.Need("code", r.Text(&made.code, definition.Matches(`^[a-z0-9-]+$`, "代码由小写字母组成。"))),
			definition.May("day", r.Text(&made.day, definition.Day)),
			definition.May("sort", r.Text(&made.sort, definition.Among(map[string]bool{"a": true}, "没有“%s”。"))),
			definition.May("count", r.Int(&made.count)),
			definition.May("open", r.Yes(&made.open)),
			definition.May("total", definition.Later(&total)),
			definition.May("parts", func(n *definition.Node) {
				r.List(n, func(n *definition.Node) {
					name := ""
					r.Fields(n, definition.Need("name", r.Text(&name)))
					made.parts = append(made.parts, name)
				})
			}),
			definition.May("rules", func(n *definition.Node) {
				made.rules = map[string]string{}
				r.Each(n, func(key, value *definition.Node) {
					rule := ""
					r.Text(&rule)(value)
					made.rules[key.Value] = rule
				})
			}),
		)
		if total != nil {
			r.Text(&made.total)(total)
			if !slices.Contains(made.parts, made.total) {
				r.Refuse(total, errs.Invalidf("没有部分“%s”。", made.total))
			}
		}
	})
	for _, p := range problems {
		said = append(said, p.Error())
	}
	return made, said
}

func TestKeysInEitherLanguage(t *testing.T) {
	t.Parallel()
	english := `
total: b
code: 007
day: 2018-12-31
sort: a
count: 012
open: true
parts: [{name: a}, {name: b}]
rules: {代码: no, 2: 1e3}
`
	chinese := `
合计: b
代码: 007
日期: 2018-12-31
类型: a
个数: 012
开放: 是
部分:
  - 部分名: a
  - 名称: b
规则: {代码: no, 2: 1e3}
`
	want := thing{"007", "2018-12-31", "a", 12, true, []string{"a", "b"},
		map[string]string{"代码": "no", "2": "1e3"}, "b"}
	for _, text := range []string{english, chinese, strings.Replace(chinese, "代码: 0", "code: 0", 1),
		"\ufeff" + english, strings.ReplaceAll(english, "\n", "\r\n"), "---\n" + english + "\n...\n"} {
		if made, said := read(text); fmt.Sprint(made) != fmt.Sprint(want) || len(said) > 0 {
			t.Errorf("%s reads as %+v, want %+v; said %q", text, made, want, said)
		}
	}
}

func TestMistakesAreNamedByLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                      {"x.yaml：文件是空的。"},
		"# nothing":             {"x.yaml：文件是空的。"},
		"code: [1":              {"第1行：不是正确的YAML"},
		"code: a\n\tday: b":     {"第2行：不是正确的YAML"},
		"- 1":                   {"第1行：这里应当是“名称: 值”的几行。"},
		"code: a\n---\ncode: b": {"第2行：一个文件只能有一份内容。"},
		"code: a\n---\ncode: [": {"不是正确的YAML"},
		"count: 1":              {"第1行：缺少“code”。"},
		"个数: 1":                 {"第1行：缺少“代码”。"},
		"代码: a\n部分: [{}]":       {"第2行：缺少“name”。"},
		"代码: a\n部分:\n- 颜色: 红\n  名称: b\n": {"第3行：不认识的名称“颜色”。"},
		"代码: a\n部分:\n- 颜色: 红":            {"第3行：不认识的名称“颜色”。", "第3行：缺少“name”。"},
		"code: a\n代码: b":                 {"第2行：“代码”写了两次。"},
		"code: a\ncolour: red":           {"第2行：不认识的名称“colour”。"},
		"code:":                          {"第1行：这里要填一个值。"},
		"code: {a: b}":                   {"第1行：这里要填一个值。"},
		"code: A":                        {"第1行：代码由小写字母组成。"},
		"code: a\nday: 2018-02-30":       {"第2行：日期请写成 2018-12-31 这样。"},
		"code: a\nsort: b":               {"第2行：没有“b”。"},
		"code: a\ncount: -1\nopen: yes":  {"第2行：这里要填一个不小于0的整数。", "第3行：这里要填 true（是）"},
		"code: a\ncount: 1.5":            {"第2行：这里要填一个不小于0的整数。"},
		"code: a\nparts: []":             {"第2行：这里应当是以“- ”开头的几项。"},
		"code: a\nparts: a":              {"第2行：这里应当是以“- ”开头的几项。"},
		"total: c\ncode: A":              {"第1行：没有部分“c”。", "第2行：代码由小写字母"},
		"code: &a b\nday: *a":            {"第2行：这里要填一个值。"},
		"code: a\nday:\nparts: ~":        nil,
	} {
		_, said := read(text)
		ok := len(said) == len(want)
		for i := range min(len(said), len(want)) {
			ok = ok && strings.Contains(said[i], want[i])
		}
		if !ok {
			t.Errorf("%q says %q, want %q", text, said, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("code: a\nparts: [{name: b}]")
	f.Add("代码: a\n规则: {甲: 乙}\n---\n")
	f.Add("? [a]\n: b\n<<: *c")
	f.Fuzz(func(t *testing.T, text string) {
		made, said := read(text)
		if len(said) == 0 && made.code == "" {
			t.Errorf("%q is accepted without its code", text)
		}
	})
}
