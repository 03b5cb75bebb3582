package web_test

// An input takes what it declares, in any way it is sent, and refuses everything else by its name. Unreadable texts:
// unreadable_test.go.

import (
	"net/http"
	"strings"
	"testing"

	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/web"
)

type typed struct {
	ID      string            `json:"id"`
	Version int64             `json:"version"`
	State   string            `json:"state" enum:"draft,signed"`
	Tags    []string          `json:"tags"`
	Cells   map[string]string `json:"cells"`
	Late    bool              `json:"late"`
	File    *web.Upload       `json:"file"`
}

// parted is typed with what it shares with another input under a name of its own.
type parted struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	shared
}

type shared struct {
	State string            `json:"state" enum:"draft,signed"`
	Tags  []string          `json:"tags"`
	Cells map[string]string `json:"cells"`
	Late  bool              `json:"late"`
	File  *web.Upload       `json:"file"`
}

func decoding(t *testing.T) http.Handler {
	t.Helper()
	m := web.NewMux(web.Config{DB: dbtest.Open(t, dbtest.SQLite(t)), Asset: func(n string) string { return n },
		Committed: func() {}})
	get := func(_ *web.Request, in typed) (typed, error) { return in, nil }
	web.View(m, "GET /typed/{id}", web.Public, get, nil)
	web.Update(m, "POST /typed/{id}", web.Public, get)
	apart := func(_ *web.Request, in parted) (parted, error) { return in, nil }
	web.View(m, "GET /parted/{id}", web.Public, apart, nil)
	web.Update(m, "POST /parted/{id}", web.Public, apart)
	return m.Handler()
}

// both are an input written in one piece and one that embeds what it shares: they take and refuse the same.
var both = []string{"/typed/a", "/parted/a"}

// What an input has no place for is refused by its name, however it is sent.
func TestNothingUnknownIsTakenForUnderstood(t *testing.T) {
	t.Parallel()
	h := decoding(t)
	const asJSON = "application/json"
	for _, c := range []struct{ path, media, body, name string }{
		{"?stat=draft", "", "", "stat"},
		{"?state=drafts", "", "", "state"},
		{"?format=pdf", "", "", "format"},
		{"?State=draft", "", "", "State"},
		{"?hidden=1", "", "", "hidden"},
		{"?late=perhaps", "", "", "late"},
		{"?version=two", "", "", "version"},
		{"?state=draft&state=signed", "", "", "state"},
		{"?id=b", "", "", "id"},
		{"?cells=1", "", "", ""},
		{"", form, "version=1&cell%5B1.F%5D=2", "cell[1.F]"},
		{"", form, "version=1&cells%5B1.F=2", "cells[1.F"},
		{"", form, "version=1&cells%5B1.F%5D=2&cells%5B1.F%5D=3", "cells[1.F]"},
		{"", form, "version=1&x=3", "x"},
		{"", form, "late=on", "version"},
		{"", asJSON, `{"version":1,"cell":{"1.F":"2"}}`, "cell"},
		{"", asJSON, `{"version":1,"Cells":{"1.F":"2"}}`, "Cells"},
		{"", asJSON, `{"version":1,"cells":{"1.F":2}}`, "cells"},
		{"", asJSON, `{"version":1,"cells":["2"]}`, "cells"},
		{"", asJSON, `{"version":"1"}`, "version"},
		{"", asJSON, `{"version":1.5}`, "version"},
		{"", asJSON, `{"version":1,"late":"yes"}`, "late"},
		{"", asJSON, `{"version":1,"state":"gone"}`, "state"},
		{"", asJSON, `{"version":1,"file":"x"}`, "file"},
		{"", asJSON, `{"version":1,"id":"b"}`, "id"},
		{"", asJSON, `{"state":"draft"}`, "version"},
		{"", asJSON, `{"version":null}`, "version"},
		{"", asJSON, "", "version"},
		{"?version=1", asJSON, `{"state":"draft","hidden":"1"}`, "hidden"},
		{"", asJSON, `{"version":1}}`, ""},
		{"", asJSON, `[1]`, ""},
		{"", asJSON, `null`, ""},
		{"", "text/plain", `version=1`, ""},
		{"", asJSON, `{"version":1,"tags":["\u0001"]}`, "tags"},
		{"", form, "version=1&cells%5B1.F%5D=%00", "cells[1.F]"},
	} {
		method := "GET"
		if c.media != "" {
			method = "POST"
		}
		if c.path == "?cells=1" {
			c.name = "cells"
		}
		for _, at := range both {
			code, body, _ := do(t, h, request{method, at + c.path, c.body,
				map[string]string{"Content-Type": c.media, "Accept": asJSON}})
			named := c.name == "" || strings.Contains(body, `"`+c.name+`":"`)
			if code != 422 || !named {
				t.Errorf("%s %s%s %s: %d %s; want 422 that names %q", method, at, c.path, c.body, code, body, c.name)
			}
			for _, ours := range []string{"Go ", "json:", "web_test", "typed", "parted", "shared", "struct",
				"invalid character"} {
				if strings.Contains(body, ours) {
					t.Errorf("%s%s %s: the answer shows %q: %s", at, c.path, c.body, ours, body)
				}
			}
		}
	}
}

func TestWhatAnInputTakes(t *testing.T) {
	t.Parallel()
	h := decoding(t)
	for _, c := range []struct{ path, media, body, want string }{
		{"?state=&late=on&tags=a&tags=b&format=json", "", "", `"late":true`},
		{"?state=signed", "", "", `"state":"signed"`},
		{"?state=signed&from=singlemessage&isappinstalled=0", "", "", `"state":"signed"`}, // passed on by WeChat
		{"", form, "version=1&cells%5B1.F%5D=2&_charset_=UTF-8", `"1.F":"2"`},
		{"", form, "version=1&x=3&y=4", `"version":1`}, // an image button
		{"", form, "version=1&go.x=3&go.y=4", `"version":1`},
		{"", "application/json; charset=utf-8", `{"version":0,"tags":["a"],"id":"a"}`, `"tags":["a"]`},
	} {
		method := "GET"
		if c.media != "" {
			method = "POST"
		}
		for _, at := range both {
			code, body, _ := do(t, h, request{method, at + c.path, c.body,
				map[string]string{"Content-Type": c.media, "Accept": "application/json"}})
			if code != 200 || !strings.Contains(body, c.want) {
				t.Errorf("%s %s%s %s: %d %s; want %s", method, at, c.path, c.body, code, body, c.want)
			}
		}
	}
}
