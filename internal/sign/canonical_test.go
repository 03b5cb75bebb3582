package sign

// A text has one canonical form (RFC 8785, texts and truth values alone), and every changed leaf of it is named by its
// place.

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/errs"
)

func TestCanonicalIsRFC8785(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ what, in, want string }{
		{"keys by UTF-16 code units (RFC 8785, 3.2.3)",
			`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
			"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`,
			`{"\r":"Carriage Return","1":"One","` + "\u0080" +
				`":"Control","ö":"Latin Small Letter O With Diaeresis",` +
				`"€":"Euro Sign","😀":"Emoji: Grinning Face","` + "\ufb33" + `":"Hebrew Letter Dalet With Dagesh"}`},
		{"strings (RFC 8785, 3.2.2)", `"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"`, `"€$\u000f\nA'B\"\\\\\"/"`},
		{"no HTML escapes", `["\u003ca\u003e \u0026 \u2028 \u007f"]`, "[\"<a> & \u2028 \u007f\"]"},
		{"short escapes", `"\u0008\u0009\u000a\u000c\u000d\u001f"`, `"\b\t\n\f\r\u001f"`},
		{"white space", " { \"b\" : [ true , false , [ ] , { } ] ,\n\"a\" : \"\" } ",
			`{"a":"","b":[true,false,[],{}]}`},
		{"half a pair of quotes in a key", `{"a\"b":"x"}`, `{"a\"b":"x"}`},
	} {
		got, err := Canonical(json.RawMessage(c.in))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: got %s, %v\nwant %s", c.what, got, err, c.want)
		}
	}
}

func TestCanonicalOfGoValues(t *testing.T) {
	t.Parallel()
	type cell struct {
		Value string          `json:"value"`
		Raw   json.RawMessage `json:"raw,omitempty"`
	}
	got, err := Canonical(map[string]any{"z": []cell{{"1<2", json.RawMessage(`{"b":"", "a":true}`)}}, "a": "甲"})
	if want := `{"a":"甲","z":[{"raw":{"a":true,"b":""},"value":"1<2"}]}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

func TestCanonicalRefuses(t *testing.T) {
	t.Parallel()
	for what, v := range map[string]any{
		"a number":                        json.RawMessage(`{"a":1}`),
		"a Go number":                     map[string]any{"a": 16.5},
		"null":                            json.RawMessage(`[null]`),
		"a nil slice":                     map[string][]string{"a": nil},
		"a duplicate key":                 json.RawMessage(`{"a":"1","a":"2"}`),
		"a key duplicated in other words": json.RawMessage(`{"a":"1","\u0061":"2"}`),
		"a nested duplicate key":          map[string]any{"x": json.RawMessage(`{"a":"1","a":"1"}`)},
		"bytes that are not UTF-8":        json.RawMessage("[\"\xff\"]"),
		"a Go string that is not UTF-8":   []string{"\xd6\xd0"},
		"a Go key that is not UTF-8":      map[string]string{"\xff": ""},
		"half a surrogate pair":           json.RawMessage(`["\ud800"]`),
		"half a surrogate pair in a key":  json.RawMessage(`{"\udc00x":""}`),
		"a replacement character":         []string{"\ufffd"},
		"nothing":                         json.RawMessage(``),
		"cut text":                        json.RawMessage(`{"a":"1"`),
		"two texts":                       json.RawMessage(`"a""b"`),
		"a trailing comma":                json.RawMessage(`["a",]`),
		"a byte order mark":               json.RawMessage("\ufeff[]"),
		"33 levels":                       json.RawMessage(strings.Repeat("[", 33) + strings.Repeat("]", 33)),
		"a hundred thousand levels":       json.RawMessage(strings.Repeat("[", 100_000)),
		"a key of a megabyte": json.RawMessage(`{"` + strings.Repeat("k", 1<<20) + `":[` +
			strings.Repeat(`"",`, 1<<19) + `""]}`),
		"more than 4 MiB":                  json.RawMessage(`"` + strings.Repeat("a", maxText) + `"`),
		"a Go value of more than 4 MiB":    strings.Repeat("a", maxText),
		"a control character in the clear": json.RawMessage("\"\n\""),
	} {
		if got, err := Canonical(v); errs.KindOf(err) != errs.Invalid {
			if _, isText := v.(json.RawMessage); isText || err == nil {
				t.Errorf("%s: got %.40s, %v", what, got, err)
			}
		}
	}
	if _, err := Canonical(json.RawMessage(strings.Repeat("[", 32) + strings.Repeat("]", 32))); err != nil {
		t.Errorf("32 levels are refused: %v", err)
	}
	if _, err := Canonical(json.RawMessage(`{"content":{"cells":["1",2]}}`)); err == nil ||
		!strings.Contains(err.Error(), "content.cells[1]") {
		t.Errorf("the message must name the place of the number, got %v", err)
	}
	if _, err := Canonical(func() {}); errs.KindOf(err) != errs.Internal {
		t.Errorf("a value JSON cannot hold is our mistake, got %v", err)
	}
}

func TestIsCanonicalKnowsTheOneWayToWriteIt(t *testing.T) {
	t.Parallel()
	if err := IsCanonical([]byte(`{"a":"1","b":[true]}`)); err != nil {
		t.Errorf("canonical text is refused: %v", err)
	}
	for _, text := range []string{`{"b":"","a":""}`, `{"a": "1"}`, `"\u0041"`, `"\/"`, "[]\n", `{"a":1}`, ``} {
		if IsCanonical([]byte(text)) == nil {
			t.Errorf("%q passes as canonical", text)
		}
	}
}

func TestChangedLeavesNameThePlace(t *testing.T) {
	t.Parallel()
	text := `{"content":{"cells":[{"value":"12"},{"value":"340"}],"none":[],"a.b":"x"},"sample":true}`
	leaves, err := Leaves(json.RawMessage(text))
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{`content["a.b"]`, "content.cells[0].value", "content.cells[1].value", "content.none", "sample"}
	if len(leaves) != len(paths) {
		t.Errorf("leaves are %v, want %v", leaves, paths)
	}
	for _, path := range paths {
		if len(leaves[path]) != 16 {
			t.Errorf("%s has digest %q, want 16 hex digits", path, leaves[path])
		}
	}
	for _, c := range []struct {
		what, old, new string
		want           []string
	}{
		{"nothing", "", "", nil},
		{"one digit", "340", "341", []string{"content.cells[1].value"}},
		{"a truth value", "true", "false", []string{"sample"}},
		{"a truth value made text", "true", `"true"`, []string{"sample"}},
		{"a member removed", `,"sample":true`, ``, []string{"sample"}},
		{"an item added", `"none":[]`, `"none":["x"]`, []string{"content.none", "content.none[0]"}},
		{"an array made an object", `"none":[]`, `"none":{}`, []string{"content.none"}},
		{"a quoted key made a path", `"a.b":"x"`, `"a":{"b":"x"}`, []string{"content.a.b", `content["a.b"]`}},
	} {
		got, err := ChangedLeaves(json.RawMessage(strings.Replace(text, c.old, c.new, 1)), leaves)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: changed are %v, %v; want %v", c.what, got, err, c.want)
		}
	}
	if _, err := ChangedLeaves(json.RawMessage(`{"a":1}`), leaves); err == nil {
		t.Error("a number passes")
	}
}

// FuzzCanonical: what is accepted is said again in exactly one way, and says the same.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{`{"b":"\u20ac","a":[true,{"x":""}]}`, `"\ud83d\ude00"`, `["\ud800"]`, `{"a":1}`,
		`{"":[],".":{}}`, "[\"\xff\"]", `{"a":"","a":""}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		canonical, err := Canonical(json.RawMessage(text))
		if err != nil {
			return
		}
		if err := IsCanonical(canonical); err != nil {
			t.Fatalf("%q becomes %q, which is not canonical: %v", text, canonical, err)
		}
		var before, after any
		if json.Unmarshal(text, &before) != nil || json.Unmarshal(canonical, &after) != nil ||
			!reflect.DeepEqual(before, after) {
			t.Fatalf("%q becomes %q, which says something else", text, canonical)
		}
		leaves, err := Leaves(json.RawMessage(text))
		if err != nil {
			t.Fatalf("%q has a canonical form but no leaves: %v", text, err)
		}
		if changed, err := ChangedLeaves(json.RawMessage(canonical), leaves); err != nil || len(changed) > 0 {
			t.Fatalf("%q: unchanged, but %v differ, %v", text, changed, err)
		}
	})
}

func TestEveryChangeOfALeafIsNamed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.StringMatching(`[0-9a-z甲乙."\[\]]{0,4}`), 1, 8).Draw(t, "cells")
		leaves, err := Leaves(map[string]any{"cells": cells})
		if err != nil {
			t.Fatal(err)
		}
		i := rapid.IntRange(0, len(cells)-1).Draw(t, "i")
		edited := slices.Clone(cells)
		edited[i] += "1"
		changed, err := ChangedLeaves(map[string]any{"cells": edited}, leaves)
		if want := []string{itemPath("cells", i)}; err != nil || !slices.Equal(changed, want) {
			t.Fatalf("changed are %v, %v; want %v", changed, err, want)
		}
	})
}
