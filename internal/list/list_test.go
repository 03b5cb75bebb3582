package list_test

// A list reads the same from the database and from memory: orders, filters, pages, groups, files; what it does not have
// is refused by name, and of many rows each order is read from an index.

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/list"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// fruit is a row of a table that stands for any.
type fruit struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

type asked struct {
	Kind string `json:"kind"`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type answer struct {
	Items []fruit `json:"fruits"`
	list.Shown[fruit]
}

func fruits(first string) list.List[fruit] {
	return list.List[fruit]{Path: "/fruits", File: "fruits", Title: "单位", First: first, Size: 3,
		Empty: list.Empty{Title: "还没有单位", Next: "请先导入。", Label: "导入", URL: "/import"},
		Columns: []list.Column[fruit]{
			{Name: "name", Label: "名称", URL: func(f fruit) string { return "/fruits/" + f.ID },
				Text:    func(_ context.Context, f fruit) string { return f.Name },
				Compare: func(a, b fruit) int { return strings.Compare(a.Name, b.Name) }},
			{Label: "代码", Saved: true, Text: func(_ context.Context, f fruit) string { return f.ID }},
			{Name: "kind", Label: "类别", Group: true,
				Text:    func(ctx context.Context, f fruit) string { return part.Name(ctx, f.Kind, "kind "+f.Kind) },
				Compare: func(a, b fruit) int { return strings.Compare(a.Kind, b.Kind) }},
			{Name: "count", Label: "数值", Numeric: true, Newest: true,
				Text:    func(_ context.Context, f fruit) string { return fmt.Sprint(f.Count) },
				Compare: func(a, b fruit) int { return a.Count - b.Count }},
			{Name: "number", Label: "编号", Drawn: true, // no index has it, and nothing compares it
				Text: func(_ context.Context, f fruit) string {
					return strings.TrimSuffix(fmt.Sprintf("表%d", f.Count*2), "表2")
				}},
			{Label: "办理", Drawn: true,
				Show: func(f fruit) templ.Component { return templ.Raw("<b>" + f.ID + "</b>") }},
		}}
}

func at(in asked) list.At {
	return list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{{Name: "kind", Label: "类别", Value: in.Kind,
		Options: []part.Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}, {Value: "c", Label: "C"}}}}}
}

func source(in asked) list.Source[fruit] {
	s := list.Source[fruit]{Key: "p.id", From: "pieces p", Select: "p.id, p.name, p.kind, p.count FROM pieces p",
		Scan: func(r db.Row) (f fruit, err error) { return f, r.Scan(&f.ID, &f.Name, &f.Kind, &f.Count) },
		ID:   func(f fruit) string { return f.ID },
		Orders: map[string][]string{"name": {"p.name", "p.id"}, "kind": {"p.kind", "p.name DESC", "p.id"},
			"count": {"p.count", "p.id"}}}
	if in.Kind != "" {
		s.Equal("kind", "p.kind", in.Kind)
	}
	return s
}

// site serves the same rows twice: from the database and from memory.
func site(t *testing.T, d *db.DB, rows []fruit) http.Handler {
	t.Helper()
	err := d.Update(context.Background(), func(tx *db.Tx) error {
		if err := tx.Exec(`CREATE TABLE pieces (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL,
			count BIGINT NOT NULL)`); err != nil {
			return err
		}
		for _, f := range rows {
			if err := tx.Exec(`INSERT INTO pieces VALUES ($1, $2, $3, $4)`, f.ID, f.Name, f.Kind, f.Count); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	m := web.NewMux(web.Config{DB: d, Asset: func(n string) string { return "/" + n }})
	page := func(d answer) templ.Component { return list.Page(d.Shown) }
	web.View(m, "GET /fruits", web.Public, func(r *web.Request, in asked) (d answer, err error) {
		d.Items, d.Shown, err = fruits("name").Read(r, at(in), source(in))
		return d, err
	}, page)
	web.View(m, "GET /sorted", web.Public, func(r *web.Request, in asked) (d answer, err error) {
		kept := []fruit{}
		for _, f := range rows {
			if in.Kind == "" || f.Kind == in.Kind {
				kept = append(kept, f)
			}
		}
		d.Items, d.Shown, err = fruits("").Sorted(r, at(in), kept)
		return d, err
	}, page)
	return m.Handler()
}

var basket = []fruit{{"1", "apple", "a", 5}, {"2", "banana", "a", 2}, {"3", "cherry", "b", 9}, {"4", "date", "b", 9},
	{"5", "elder", "b", 1}}

func get(t *testing.T, h http.Handler, path, accept string) (int, string) {
	t.Helper()
	hr := httptest.NewRequest(http.MethodGet, path, nil)
	hr.Header.Set("Accept", accept)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, hr)
	return w.Code, w.Body.String()
}

func TestPagesInEveryOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := site(t, d, basket)
		for path, want := range map[string]string{
			"/fruits":                     "123 next of 5",
			"/fruits?page=2":              "45 of 5",
			"/fruits?page=3":              " of 5",
			"/fruits?sort=-name":          "543 next of 5",
			"/fruits?sort=kind":           "215 next of 5", // within a kind by name downwards
			"/fruits?sort=-kind":          "345 next of 5", // the same from its end
			"/fruits?sort=-count":         "431 next of 5",
			"/fruits?kind=b":              "345 of 3",
			"/fruits?kind=b&sort=kind":    "543 of 3",
			"/fruits?kind=c":              " of 0",
			"/fruits?sort=number":         "213 next of 5", // 表4, 表10, 表18; what says nothing comes last
			"/fruits?sort=-number":        "341 next of 5",
			"/fruits?sort=-number&page=2": "25 of 5",
			"/fruits?kind=b&sort=number":  "345 of 3",
			"/sorted?sort=number":         "213 next of 5",
			"/sorted":                     "123 next of 5",
			"/sorted?sort=-name":          "543 next of 5",
			"/sorted?sort=count":          "521 next of 5",
			"/sorted?sort=-count":         "341 next of 5", // equal ones stay in their first order
			"/sorted?page=2":              "45 of 5",
			"/sorted?page=9":              " of 5",
		} {
			code, body := get(t, h, path, "application/json")
			var got answer
			if err := json.Unmarshal([]byte(body), &got); err != nil || code != 200 {
				t.Fatalf("%s: %d %s", path, code, body)
			}
			text := ""
			for _, f := range got.Items {
				text += f.ID
			}
			if got.Next {
				text += " next"
			}
			if text += fmt.Sprint(" of ", got.Total); text != want {
				t.Errorf("%s: %q, want %q", path, text, want)
			}
		}
	})
}

func TestWhatAListDoesNotHaveIsNamed(t *testing.T) {
	t.Parallel()
	h := site(t, dbtest.Open(t, dbtest.SQLite(t)), basket)
	for path, field := range map[string]string{"/fruits?sort=colour": "sort", "/fruits?sort=-": "sort",
		"/fruits?sort=--name": "sort", "/fruits?sort=name%20DESC": "sort", "/fruits?page=-1": "page",
		"/fruits?kind=z": "kind", "/fruits?colour=red": "colour", "/sorted?sort=Name": "sort", "/sorted?kind=z": "kind",
		"/fruits?sort=colour&format=csv": "sort"} {
		code, body := get(t, h, path, "application/json")
		if code != 422 || !strings.Contains(body, `"`+field+`":`) {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
}

func TestThePage(t *testing.T) {
	t.Parallel()
	h := site(t, dbtest.Open(t, dbtest.SQLite(t)), basket)
	_, page := get(t, h, "/fruits?kind=a&sort=-count", "text/html")
	for _, want := range []string{
		`aria-sort="descending"`,                         // the column that it is sorted by
		`href="/fruits?kind=a&amp;sort=count"`,           // whose head turns it round
		`href="/fruits?kind=a"`,                          // the first order needs no word in the address
		`href="/fruits?kind=a&amp;sort=kind"`,            //
		`<option value="a" selected>A</option>`,          //
		`data-label="类别"`, `data-label="数值"`, `<b>1</b>`, // a phone's labels are the server's
		`<a href="/fruits/1">`, `共2条`, `<button class="btn">`, // without script there is a button
		`hx-get="/fruits"`, `hx-trigger="change"`, `href="/fruits?format=csv&amp;kind=a&amp;sort=-count"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	if strings.Contains(page, `data-label="名称"`) || strings.Contains(page, `data-label="代码"`) {
		t.Error("the row's name has a label, or a column that is only saved is shown")
	}
	_, page = get(t, h, "/fruits?page=2&sort=count", "text/html")
	for _, want := range []string{`rel="prev" href="/fruits?sort=count"`, "第2页，共5条"} {
		if !strings.Contains(page, want) {
			t.Errorf("page 2 lacks %s", want)
		}
	}
	if strings.Contains(page, `rel="next"`) {
		t.Error("the last page has a next one")
	}
	for path, want := range map[string]string{"/fruits?kind=c": "没有符合条件的内容",
		"/fruits?page=7": "这一页没有内容"} {
		if _, page = get(t, h, path, "text/html"); !strings.Contains(page, want) {
			t.Errorf("%s does not say %s", path, want)
		}
	}
	empty := site(t, dbtest.Open(t, dbtest.SQLite(t)), nil)
	if _, page = get(t, empty, "/fruits", "text/html"); !strings.Contains(page, `href="/import"`) ||
		strings.Contains(page, "<table") {
		t.Errorf("a list of nothing does not say what to do next:\n%s", page)
	}
}

// In its first order a list of kinds has a head over each; in any other the kind is a column.
func TestGroups(t *testing.T) {
	t.Parallel()
	h := site(t, dbtest.Open(t, dbtest.SQLite(t)), basket)
	_, page := get(t, h, "/sorted", "text/html")
	if n := strings.Count(page, `scope="rowgroup"`); n != 2 || strings.Contains(page, `data-label="类别"`) {
		t.Errorf("%d heads of groups, or the kind stands twice", n)
	}
	_, page = get(t, h, "/sorted?sort=-count", "text/html")
	if strings.Contains(page, `scope="rowgroup"`) || !strings.Contains(page, `data-label="类别"`) {
		t.Error("a sorted list is still in groups, or lost its kind")
	}
}

func TestTheWholeListIsSaved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := site(t, d, basket)
		for path, want := range map[string]string{
			"/fruits?format=csv&sort=-count": "名称,代码,类别,数值,网址\r\ndate,4,b,9,/fruits/4\r\ncherry,3,b,9,/fruits/3\r\napple,1,a,5,/fruits/1\r\n" +
				"banana,2,a,2,/fruits/2\r\nelder,5,b,1,/fruits/5\r\n",
			"/fruits?format=csv&kind=a&page=2": "名称,代码,类别,数值,网址\r\napple,1,a,5,/fruits/1\r\nbanana,2,a,2,/fruits/2\r\n",
			"/sorted?format=csv&kind=a":        "名称,代码,类别,数值,网址\r\napple,1,a,5,/fruits/1\r\nbanana,2,a,2,/fruits/2\r\n",
		} {
			if code, body := get(t, h, path, "text/csv"); code != 200 || strings.TrimPrefix(body, "\ufeff") != want {
				t.Errorf("%s: %d %q", path, code, body)
			}
		}
	})
}

// fill adds so many pieces, of which one in a thousand is of kind c.
func fill(t *testing.T, d *db.DB, n int) {
	t.Helper()
	err := d.Update(context.Background(), func(tx *db.Tx) error {
		for _, statement := range []string{`WITH RECURSIVE n (i) AS (SELECT 100000 UNION ALL SELECT i + 1 FROM n
			WHERE i < 100000 + ` + fmt.Sprint(n-1) + `) INSERT INTO pieces
			SELECT CAST(i AS TEXT), 'n' || CAST(i AS TEXT),
			CASE WHEN i % 1000 = 0 THEN 'c' WHEN i % 2 = 0 THEN 'a' ELSE 'b' END, i * 7919 % 10007 FROM n`,
			`CREATE INDEX pieces_by_name ON pieces (name, id, kind)`,
			`CREATE INDEX pieces_by_kind ON pieces (kind, name DESC, id)`,
			`CREATE INDEX pieces_by_count ON pieces (count, id, kind)`} {
			if err := tx.Exec(statement); err != nil {
				return err
			}
		}
		if tx.Postgres() {
			return tx.Exec(`ANALYZE pieces`)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// plan is how the database finds the ids, as it says itself; PostgreSQL is asked to prefer an index where it can.
func plan(t *testing.T, d *db.DB, in asked) (plan string) {
	t.Helper()
	err := d.Update(context.Background(), func(tx *db.Tx) error {
		query, args, err := source(in).Ids(tx, in.Sort, 0, 3)
		if err != nil {
			return err
		}
		explain, column := `EXPLAIN QUERY PLAN `, 3
		if tx.Postgres() {
			explain, column = `EXPLAIN `, 0
			if err := tx.Exec(`SET LOCAL enable_seqscan = off`); err != nil {
				return err
			}
		}
		return db.Each(tx, func(r db.Row) error {
			cells := make([]any, column+1)
			for i := range cells {
				cells[i] = new(string)
			}
			err := r.Scan(cells...)
			plan += *cells[column].(*string) + "\n"
			return err
		}, explain+query, args...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Of many rows each order is read from its index, forwards or backwards, with and without a filter; a filter that lets
// few rows through leads to them, and they are sorted.
func TestEveryOrderOfAFilterIsReadFromAnIndex(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := site(t, d, nil)
		fill(t, d, 12_000)
		for _, kind := range []string{"", "a", "b", "c"} {
			for _, sort := range []string{"name", "-name", "kind", "-kind", "count", "-count"} {
				got := plan(t, d, asked{Kind: kind, Sort: sort})
				want := "pieces_by_" + strings.TrimPrefix(sort, "-")
				if kind == "c" {
					want = "pieces_by_kind"
				}
				sorts := strings.Contains(got, "TEMP B-TREE") || strings.Contains(got, "Sort")
				if !d.Postgres && !strings.Contains(got, want) || sorts && kind != "c" ||
					strings.Contains(got, "Seq Scan") {
					t.Errorf("kind %q by %s, want index %s:\n%s", kind, sort, want, got)
				}
			}
		}
		for path, want := range map[string]string{
			"/fruits":                          `"page":1,"next":true,"total":10000,"total_over":true`,
			"/fruits?sort=-count&page=3000":    `"page":3000,"next":true,"total":10000`, // 9,001 are not 10,000 yet
			"/fruits?page=3500":                `"next":true,"total":10000,"total_over":true`,
			"/fruits?page=4000":                `"next":false,"total":12000`, // the end is counted by being there
			"/fruits?kind=c":                   `"next":true,"total":12}`,
			"/fruits?kind=b&sort=-count":       `"next":true,"total":6000}`,
			"/fruits?kind=a&sort=count":        `"next":true,"total":5988}`,
			"/fruits?kind=c&sort=-name&page=4": `"next":false,"total":12}`,
		} {
			_, body := get(t, h, path, "application/json")
			if body = strings.TrimSpace(body); !strings.Contains(body, want) {
				t.Errorf("%s ends with …%s, want %s", path, body[max(0, len(body)-120):], want)
			}
		}
		_, page := get(t, h, "/fruits", "text/html")
		if !strings.Contains(page, "10 000+ 条") {
			t.Error("a long list does not say that it is long")
		}
		const why = "列表超过一万条，不能按这一列排；请先筛选。"
		if strings.Contains(page, "sort=number") || !strings.Contains(page, `title="`+why+`"`) {
			t.Error("a head that no index has leads somewhere in a long list, or does not say why it does not")
		}
		for path, want := range map[string]int{"/fruits?sort=number": 422, "/fruits?sort=number&format=csv": 422,
			"/fruits?kind=a&sort=number": 200} {
			if code, body := get(t, h, path, "application/json"); code != want || code == 422 &&
				!strings.Contains(body, why) {
				t.Errorf("%s: %d %.200s", path, code, body)
			}
		}
		left := 0 // of a value that led to many rows a moment ago
		if err := d.Update(context.Background(), func(tx *db.Tx) (err error) {
			if err := tx.Exec(`DELETE FROM pieces WHERE kind = 'b' AND count > 500`); err != nil {
				return err
			}
			left, err = db.Value[int](tx, `SELECT count(*) FROM pieces WHERE kind = 'b'`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf(`"total":%d}`, left)
		if _, body := get(t, h, "/fruits?kind=b&sort=-name", "application/json"); !strings.Contains(body, want) {
			t.Errorf("what is remembered of a value cuts its list: …%s, want %s", body[max(0, len(body)-120):], want)
		}
		code, body := get(t, h, "/fruits?format=csv&sort=count", "text/csv")
		if lines := strings.Count(body, "\r\n"); code != 200 || lines != 12_001-6000+left {
			t.Errorf("saved are %d lines", lines)
		}
	})
}
