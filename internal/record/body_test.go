package record_test

// Bodies are read as the library reads them, or left to it.

import (
	"encoding/json"
	"maps"
	"testing"

	"yipanqi/internal/record"
)

func TestBodiesAreReadAsTheLibraryReadsThem(t *testing.T) {
	t.Parallel()
	for text, plain := range map[string]bool{
		`{}`: true, `{ }`: true, `{"a":"1"}`: true, ` { "a" : "一" , "b:2": "" } `: true, `{"a":"1","a":"2"}`: true,
		`{"a":"{\"b\":1}"}`: false, `{"a":"\u4e00"}`: false, "{\"a\":\"\n\"}": false, "{\"a\":\"\xff\"}": false,
		``: false, `{`: false, `}`: false, `{"a"`: false, `{"a":`: false, `{"a":1}`: false, `{"a":null}`: false,
		`{"a":"1",}`: false, `{"a":"1"}}`: false, `{"a":"1"} {}`: false, `[]`: false, `{a:"1"}`: false,
		`{"a","1"}`:         false,
		`{"a":"1" "b":"2"}`: false, `{,"a":"1"}`: false,
	} {
		got, is := record.Flat(text)
		if is != plain {
			t.Errorf("%q is read without the library: %v", text, is)
		}
		want := map[string]string{}
		if err := json.Unmarshal([]byte(text), &want); is && (err != nil || !maps.Equal(got, want)) {
			t.Errorf("%q is read as %v, the library says %v, %v", text, got, want, err)
		}
	}
	const whole = `{"a":"abcdefghijklmnop","一":"二三四五六七八九"}`
	for at := range whole {
		for _, sign := range []string{"\x00", "\x1f", "\n", `\`, "\x7f", " "} {
			text := whole[:at] + sign + whole[at+1:]
			got, is := record.Flat(text)
			want := map[string]string{}
			if err := json.Unmarshal([]byte(text), &want); is && (err != nil || !maps.Equal(got, want)) {
				t.Errorf("%q is read as %v, the library says %v, %v", text, got, want, err)
			}
		}
	}
}
