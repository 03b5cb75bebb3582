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

var update = flag.Bool("update", false, "rewrite the golden files and sort the dictionary")

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
var other = "不是给人看的"
var e = &errs.Error{Kind: errs.Internal, Msg: "打不开"}
`)},
		"a/a_templ.go": {Data: []byte("package a\nfunc p() { templruntime.WriteString(w, 1, \"<p>写死的字</p>\") }\n")},
		"a/a_test.go":  {Data: []byte("package a\nvar x = t(\"测试\")\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"字段的话", "另一个字段的话", "页面的话%d", "标题", "导航", "请改%s", "参数", "请修改后再提交", "已接收并公布", "委员会", "打不开"}
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

// TestDictionary holds en.json against the sources of the whole program.
func TestDictionary(t *testing.T) {
	t.Parallel()
	l, err := part.Keys(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	words := dictionary(t)
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

func TestDictionaryIsSorted(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	words := dictionary(t)
	b.WriteString("{\n")
	for i, key := range slices.Sorted(maps.Keys(words)) {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString("  " + quoted(key) + ": " + quoted(words[key]))
	}
	b.WriteString("\n}\n")
	if *update {
		if err := os.WriteFile("en.json", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile("en.json"); err != nil || string(have) != b.String() {
		t.Errorf("en.json is not one sorted key a line (%v): go test ./internal/web/part -run Sorted -update", err)
	}
}

func dictionary(t *testing.T) (words map[string]string) {
	t.Helper()
	text, err := os.ReadFile("en.json")
	if err == nil {
		err = json.Unmarshal(text, &words)
	}
	if err != nil {
		t.Fatalf("en.json: %v", err)
	}
	return words
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
