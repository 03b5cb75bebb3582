package part_test

// Every Chinese text that people are shown is found by its type and has one English in the program; what no longer
// stands anywhere is dropped.

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files and tidy the dictionary")

func TestKeysAreFoundByTheirType(t *testing.T) {
	t.Parallel()
	l, err := everything()
	if err != nil {
		t.Fatal(err)
	}
	l = newLiterals(l.set, l.imported)
	file, err := parser.ParseFile(l.set, "a.go", `package a

import (
	"github.com/a-h/templ"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

func link(label, url string) templ.Component { return nil }

const joined = "已接收" + "并公布"

func view(pattern, verb string) {}

var templruntime struct{ WriteString func(w, n int, text string) error }

func f(fields errs.Fields, x string) error {
	fields["x"] = say.Words{Key: "字段的话"}
	fields.Say("y", joined)
	_ = []say.Name{{ZH: "区"}, {ZH: "县", EN: "County"}, {"乡", ""}}
	view("GET /a/{b} 看一页", "a.read")
	link("写死的链接", "/a")
	templruntime.WriteString(1, 2, "<p>写死的字</p>")
	if x != "不是给人看的" {
		return errs.Invalidf("请改%s", "参数")
	}
	return errs.Fields{"z": {Key: word(x)}}.Check("请修改后再提交")
}

func word(x string) say.Key {
	if x == "" {
		return map[string]say.Key{"a": "委员会"}[x]
	}
	return "一" + "二"
}
`, parser.SkipObjectResolution)
	if err == nil {
		err = l.read("a", []*ast.File{file})
	}
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"字段的话", "已接收并公布", "请改%s", "请修改后再提交", "委员会", "一二", "看一页"}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(l.keys)); !slices.Equal(got, want) {
		t.Errorf("keys are\n%q, want\n%q", got, want)
	}
	if got := slices.Sorted(maps.Keys(l.names)); !slices.Equal(got, []string{"乡", "区"}) {
		t.Errorf("names without English are %q", got)
	}
	if l.all["不是给人看的"] == "" || l.all["参数"] == "" {
		t.Error("a text that is no key is not listed at all")
	}
	if l.bare["写死的链接"] == "" {
		t.Error("a link's text that nothing translates was not found")
	}
	if place := l.bare["<p>写死的字</p>"]; place != "a.go:24:33" {
		t.Errorf("Chinese outside of T was found at %q", place)
	}
}

// TestDictionary holds every en.json, this package's and the modules', against the sources of the whole program;
// -update sorts them and drops what is unused.
func TestDictionary(t *testing.T) {
	t.Parallel()
	l, err := everything()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../*/en.json")
	if err != nil {
		t.Fatal(err)
	}
	words, from := map[string]string{}, map[string]string{}
	for _, file := range append(files, "en.json") {
		some, text := dictionary(t, file)
		if *update {
			maps.DeleteFunc(some, func(key, _ string) bool { return l.all[key] == "" })
			text = written(some)
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if text != written(some) {
			t.Errorf("%s is not one sorted key a line: go test ./internal/web/part -run Dictionary -update", file)
		}
		for key, en := range some {
			if other := from[key]; other != "" && words[key] != en {
				t.Errorf("%q is %q in %s and %q in %s: say it once, or give it words of its own", key, words[key], other,
					en, file)
			}
			words[key], from[key] = en, file
		}
	}
	var missing []string
	for _, key := range slices.Sorted(maps.Keys(l.keys)) {
		if words[key] == "" {
			missing = append(missing, fmt.Sprintf("%s: %q", l.keys[key], key))
		}
	}
	if len(missing) > 0 {
		t.Errorf("%d texts have no English in the en.json of their module or of part:\n%s", len(missing), strings.Join(missing, "\n"))
	}
	for _, key := range slices.Sorted(maps.Keys(words)) {
		if _, used := l.all[key]; !used {
			t.Errorf("%s has %q, which stands nowhere in the program", from[key], key)
		}
		if zh, en := verbs(key), verbs(words[key]); !slices.Equal(zh, en) {
			t.Errorf("%s: %q takes %v, its English %v", from[key], key, zh, en)
		}
	}
	for text, place := range l.names {
		t.Errorf("%s: a name without English: %q", place, text)
	}
	for text, place := range l.bare {
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

func dictionary(t *testing.T, file string) (words map[string]string, text string) {
	t.Helper()
	read, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(read, &words)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
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
