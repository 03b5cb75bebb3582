package part_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/web/part"
)

var update = flag.Bool("update", false, "rewrite the golden files and tidy the dictionary")

func TestKeysFindsWhatUsersRead(t *testing.T) {
	t.Parallel()
	l, err := part.Keys(fstest.MapFS{
		"a/a.go": {Data: []byte("package a\n" + `
func f(t func(string) string) error {
	fields["x"] = "字段的话"
	f := errs.Fields{"y": "另一个字段的话"}
	part.T(ctx, "页面的话%d", g("别的参数"))
	part.In(lang, "标题")
	t("导航")
	if x { return errs.Invalidf("请改%s", "参数") }
	return f.Check("请修改后再提交")
}
func stateWord(s string) string { return "已接收" + "并公布" }
func rowWords(n string) string { return "第" + n + "行" }
var kindWords = map[string]string{"a": "委员会"}
var l = list.List[int]{Title: "清单", Columns: []list.Column[int]{{Label: "列头"}}}
var other = "不是给人看的"
func routes() { web.View(m, "GET /a/{b} 看一页", "a.read", show, page) }
var e = &errs.Error{Kind: errs.Internal, Msg: "打不开"}
`)},
		"a/a_templ.go": {Data: []byte("package a\nfunc p() { templruntime.WriteString(w, 1, \"<p>写死的字</p>\") }\n")},
		"a/a_test.go":  {Data: []byte("package a\nvar x = t(\"测试\")\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"字段的话", "另一个字段的话", "页面的话%d", "标题", "导航", "请改%s", "参数", "请修改后再提交",
		"已接收并公布", "委员会", "打不开", "清单", "列头", "看一页"}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(l.Keys)); !slices.Equal(got, want) {
		t.Errorf("keys are\n%q, want\n%q", got, want)
	}
	if _, ok := l.All["不是给人看的"]; !ok {
		t.Error("a text that is no key is not listed at all")
	}
	if place := l.Bare["<p>写死的字</p>"]; place != "a/a_templ.go:2:43" {
		t.Errorf("Chinese outside of T was found at %q", place)
	}
}

// TestDictionary holds en.json against the sources of the whole program; -update sorts it and drops what is unused.
func TestDictionary(t *testing.T) {
	t.Parallel()
	l, err := part.Keys(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	words, text := dictionary(t)
	if *update {
		maps.DeleteFunc(words, func(key, _ string) bool { return l.All[key] == "" })
		text = written(words)
		if err := os.WriteFile("en.json", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text != written(words) {
		t.Error("en.json is not one sorted key a line: go test ./internal/web/part -run Dictionary -update")
	}
	var missing []string
	for _, key := range slices.Sorted(maps.Keys(l.Keys)) {
		if words[key] == "" {
			missing = append(missing, fmt.Sprintf("%s: %q", l.Keys[key], key))
		}
	}
	if len(missing) > 0 {
		t.Errorf("%d texts have no English in en.json:\n%s", len(missing), strings.Join(missing, "\n"))
	}
	for _, key := range slices.Sorted(maps.Keys(words)) {
		if _, used := l.All[key]; !used {
			t.Errorf("en.json has %q, which stands nowhere in the program", key)
		}
		if zh, en := verbs(key), verbs(words[key]); !slices.Equal(zh, en) {
			t.Errorf("en.json: %q takes %v, its English %v", key, zh, en)
		}
	}
	for text, place := range l.Bare {
		t.Errorf("%s: Chinese on a page outside of T: %q", place, text)
	}
}

// written is how en.json is kept: one key a line, sorted, so that two people can add to it.
func written(words map[string]string) string {
	var b strings.Builder
	b.WriteString("{")
	for i, key := range slices.Sorted(maps.Keys(words)) {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n  " + quoted(key) + ": " + quoted(words[key]))
	}
	b.WriteString("\n}\n")
	return b.String()
}

func dictionary(t *testing.T) (words map[string]string, text string) {
	t.Helper()
	read, err := os.ReadFile("en.json")
	if err == nil {
		err = json.Unmarshal(read, &words)
	}
	if err != nil {
		t.Fatalf("en.json: %v", err)
	}
	return words, string(read)
}

func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(s)
	return strings.TrimSpace(b.String())
}

var verb = regexp.MustCompile(`%(\[\d+\])?[+#.0-9]*[a-z]|\{\w+\}`)

// verbs are a format's verbs in any order, as English may name them by number.
func verbs(format string) []string {
	found := verb.FindAllString(format, -1)
	for i := range found {
		found[i] = regexp.MustCompile(`\[\d+\]`).ReplaceAllString(found[i], "")
	}
	slices.Sort(found)
	return found
}
