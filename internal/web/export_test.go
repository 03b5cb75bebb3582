package web_test

// A table is exported whole, not the page of it that is shown; what has no table or no such method says so.

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type long struct {
	rows int
}

func (l long) Table(ctx context.Context) table.Table {
	return table.Table{Name: "long", Columns: []table.Column{{Name: "单位"}, {Name: "数值", Number: true},
		{Name: "状态", Words: true}},
		More: func(yield func([]string) error) error {
			for i := range l.rows {
				if err := yield([]string{part.Name(ctx, "甲", "A"),
					"1" + strings.Repeat("0", i%3), "已证实"}); err != nil {
					return err
				}
			}
			return nil
		}}
}

func exporting(t *testing.T) http.Handler {
	t.Helper()
	m := web.NewMux(web.Config{DB: dbtest.Open(t, dbtest.SQLite(t)), Asset: func(n string) string { return n }})
	web.View(m, "GET /long", web.Public, func(r *web.Request, _ struct{}) (long, error) {
		if !r.Whole {
			return long{rows: 2}, nil
		}
		return long{rows: 5000}, nil
	}, nil)
	web.View(m, "GET /plain", web.Public, func(*web.Request, struct{}) (struct{}, error) {
		return struct{}{}, nil
	}, nil)
	web.Update(m, "POST /only", web.Public, func(*web.Request, struct{}) (struct{}, error) {
		return struct{}{}, nil
	})
	m.Finish("1")
	return m.Handler()
}

func TestExportsAreWhole(t *testing.T) {
	t.Parallel()
	h := exporting(t)
	code, body, header := do(t, h, request{"GET", "/long?format=csv", "", map[string]string{"Accept-Language": "en"}})
	if lines := strings.Count(body, "\r\n"); code != 200 || lines != 5001 || !strings.Contains(body,
		"Units,Value,Status\r\nA,1,proven\r\n") {
		t.Errorf("CSV is %d with %d lines: %.80q", code, lines, body)
	}
	if at := header.Get("Content-Disposition"); !strings.Contains(at, "long.csv") {
		t.Errorf("CSV is called %q", at)
	}
	code, body, header = do(t, h, request{"GET", "/long?format=xlsx", "", nil})
	f, err := excelize.OpenReader(bytes.NewReader([]byte(body)))
	if err != nil || code != 200 || !strings.Contains(header.Get("Content-Disposition"), "long.xlsx") {
		t.Fatalf("xlsx: %d %v %v", code, err, header)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(rows) != 5001 || rows[0][0] != "单位" {
		t.Errorf("xlsx has %d rows: %v", len(rows), err)
	}
}

func TestWhatHasNoTableAndNoSuchMethod(t *testing.T) {
	t.Parallel()
	h := exporting(t)
	for _, format := range []string{"csv", "xlsx"} {
		code, body, header := do(t, h, request{"GET", "/plain?format=" + format, "",
			map[string]string{"Accept": "text/html"}})
		if code != 406 || !strings.Contains(header.Get("Content-Type"), "text/html") ||
			!strings.Contains(body, "没有表格") {
			t.Errorf("%s of a page without a table: %d %s", format, code, header.Get("Content-Type"))
		}
	}
	code, body, header := do(t, h, request{"GET", "/only", "", map[string]string{"Accept": "text/html",
		"Referer": "http://example.com/long?a=1"}})
	if code != 405 || header.Get("Allow") != "POST" || !strings.Contains(body, `href="/long?a=1"`) {
		t.Errorf("a form's address opened as a page: %d %v %s", code, header, body)
	}
	code, body, _ = do(t, h, request{"GET", "/nowhere", "", map[string]string{"Accept": "text/html",
		"Referer": "http://elsewhere.example/x"}})
	if code != 404 || strings.Contains(body, "elsewhere") {
		t.Errorf("a page that is not there: %d %s", code, body)
	}
}
