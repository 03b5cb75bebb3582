package web_test

// Whatever way a text comes in by, one that is no UTF-8 or holds a control character is refused with its field named,
// on both databases alike.

import (
	"bytes"
	"mime/multipart"
	"net/textproto"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
)

func TestUnreadableTextsStayOutside(t *testing.T) {
	t.Parallel()
	var upload bytes.Buffer
	w := multipart.NewWriter(&upload)
	part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {
		"form-data; name=\"file\"; filename=\"\xff.xlsx\"",
	}})
	part.Write([]byte("x"))
	w.Close()
	named := func(name string) string {
		return strings.Replace(upload.String(), "\xff", name, 1)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, bearer := site(t, d), session(t, d, auth.Statistician, auth.Bearer)
		for _, c := range []struct{ method, path, media, body, field string }{
			{"GET", "/open/a%00b", "", "", "name"},
			{"GET", "/open/%FF", "", "", "name"},
			{"GET", "/open/a?count=1&name=%E4%BA", "", "", "name"},
			{"GET", "/open/a?other=%1B", "", "", "other"},
			{"GET", "/open/a?%00=1", "", "", "?"},
			{"POST", "/open/%00", form, "count=1", "name"},
			{"POST", "/open/a", form, "name=%C0%80", "name"},
			{"POST", "/open/a?name=%00", form, "", "name"},
			{"POST", "/open/a", form, "cells%5B1.F%5D=1%00", "cells[1.F]"},
			{"POST", "/open/a", "application/json", `{"name":"\u0000"}`, "name"},
			{"POST", "/open/a", "application/json", "{\"name\":\"\xff\"}", "name"},
			{"POST", "/open/a", "application/json", `{"name":"\ud800"}`, "name"},
			{"POST", "/open/a", "application/json", `{"cells":{"1.F":"\u001f"}}`, "cells[1.F]"},
			{"POST", "/open/a", "application/json", `{"cells":{"\u0000":"1"}}`, "cells"},
			{"POST", "/upload", w.FormDataContentType(), upload.String(), "file"},
			{"POST", "/upload", w.FormDataContentType(), named("a\x00b"), "file"},
			{"POST", "/upload", w.FormDataContentType(), named("表\x1b[31m"), "file"},
			{"POST", "/upload", w.FormDataContentType(), named("a\x7f"), "file"},
		} {
			code, body, _ := do(t, h, request{c.method, c.path, c.body,
				map[string]string{"Content-Type": c.media, "Accept": "application/json",
					"Authorization": "Bearer " + bearer}})
			if code != 422 || !strings.Contains(body, `"`+c.field+`":"这里有`) {
				t.Errorf("%s %s %q: %d %s", c.method, c.path, c.body, code, body)
			}
		}
		for _, c := range []struct{ media, body string }{
			{form, "note=%E4%BA%8C%0D%0A%09x&count=1"},
			{"application/json", `{"note":"二\n","count":1,"cells":{"1.F":"\ufffd"}}`},
			{"application/json", ""},
		} {
			code, body, _ := do(t, h, request{"POST", "/open/a" + strings.Repeat("b", len(c.body)), c.body,
				map[string]string{"Content-Type": c.media, "Accept": "application/json"}})
			if code != 200 {
				t.Errorf("%q: %d %s", c.body, code, body)
			}
		}
	})
}
