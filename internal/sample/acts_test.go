package sample

// A line of acts/*.csv becomes the request that a person would send, at its moment, and a wrong one stops the story by
// file and line. That the samples' own lines are taken is tested by loading them.

import (
	"bytes"
	"encoding/json"
	"mime"
	"mime/multipart"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/intake"
	"yipanqi/internal/table"
)

// What earlier answers said stands in later lines.
func TestActsReferToEarlierAnswers(t *testing.T) {
	t.Parallel()
	p := &player{kept: map[string]json.RawMessage{
		"M1": json.RawMessage(`{"id":"7f","matter":{"items":[{"id":"a"},{"id":"b","version":3}]}}`)}}
	for text, want := range map[string]string{
		"/matters/{M1}":                           "/matters/7f",
		"/items/{M1.matter.items.1.id}/note":      "/items/b/note",
		`{"version":{M1.matter.items.1.version}}`: `{"version":3}`,
		`{"title":"没有引用","n":{"a":1}}`:            `{"title":"没有引用","n":{"a":1}}`,
	} {
		if got, err := p.said(text, plainly); got != want || err != nil {
			t.Errorf("%s becomes %s (%v), want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"/matters/{M2}", "{M1.matter.items.7.id}", "{M1.matter}"} {
		if got, err := p.said(text, plainly); err == nil {
			t.Errorf("%s is understood as %s", text, got)
		}
	}
}

// A line goes through the door as a request; a file goes along as a form.
func TestActsAreRequests(t *testing.T) {
	t.Parallel()
	c, err := act{method: "POST", path: "/x"}.request("/items/1/note", `{"text":"好"}`)
	if err != nil || c.path != "/items/1/note" || string(c.body) != `{"text":"好"}` ||
		c.media != "application/json" {
		t.Errorf("the request is %+v (%v)", c, err)
	}
	c, err = act{method: "POST", file: "file:验收单.docx:母婴室已开放"}.request("/items/1/report",
		`{"result":"好","version":0}`)
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(c.media)
	if err != nil {
		t.Fatal(err)
	}
	form, err := multipart.NewReader(bytes.NewReader(c.body), params["boundary"]).ReadForm(1 << 20)
	if err != nil {
		t.Fatal(err)
	}
	if got := form.File["file"]; len(got) != 1 || got[0].Filename != "验收单.docx" || got[0].Size < 1000 ||
		form.Value["result"][0] != "好" || form.Value["version"][0] != "0" {
		t.Errorf("the form is %v %v", form.Value, got)
	}
	if _, err := (act{method: "POST", file: "没有名字"}).request("/x", ""); err == nil {
		t.Error("a file without name is taken")
	}
}

// The days of a line are China's; without a time it is nine in the morning.
func TestActsHappenInChina(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"2024-01-10": "2024-01-10T01:00:00Z",
		"2024-01-10 17:30": "2024-01-10T09:30:00Z"} {
		if at, err := instant(text); err != nil || at.Format(time.RFC3339) != want {
			t.Errorf("%s is %s (%v), want %s", text, at, err, want)
		}
	}
	if _, err := instant("10 January"); err == nil {
		t.Error("a day in words is taken")
	}
}

// Who is not in the sample does nothing, and the story says on which line.
func TestAnActOfNobodyStopsTheStory(t *testing.T) {
	t.Parallel()
	row := &intake.Row{Record: table.Record{File: "acts/matters.csv", Line: 7}}
	err := (&player{}).act(act{row: row, who: "nobody", method: "POST", path: "/matters"})
	if err == nil || !strings.Contains(err.Error(), "acts/matters.csv") || !strings.Contains(err.Error(), "7") ||
		!strings.Contains(err.Error(), "nobody") {
		t.Errorf("it is refused as %v", err)
	}
}
