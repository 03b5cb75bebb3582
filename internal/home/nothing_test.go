package home_test

// The five kinds of nothing, and a number beside them, stay what they are from the cell in which they are typed to
// every page and file: nothing reported, zero, not applicable, not yet available, confidential.

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/progress"
	"yipanqi/internal/submission"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

// nothings are what is typed into the cell, by what it is.
var nothings = []struct{ kind, typed string }{{"nothing", ""}, {"zero", "0"}, {"not applicable", "不适用"},
	{"not yet available", "暂缺"}, {"confidential", "保密 12"}, {"a number", "450"}}

func TestFiveKindsOfNothingStayFive(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		m := web.NewMux(web.Config{DB: c.d, User: account.UserOf, Committed: func() {}})
		progress.Routes(m, func(*db.Tx, auth.User, module.Of) ([]module.Card, error) { return nil, nil })
		submission.Routes(m, c.secrets, blob.Open(t.TempDir()), nil)
		more := &webtest.Site{Handler: m.Handler(), DB: c.d, People: c.people}
		pages := []struct {
			site     *webtest.Site
			as, path string
			json     bool
			from, to string // what of it is told
		}{
			{s, "office", "/areas/9903?year=2018", true, `"indicators":[`, `"tiles"`},
			{s, "office", "/areas/9903?year=2018&format=csv", false, "RATE", "\n"},
			{s, "office", "/areas/99?year=2018", true, `"indicators":[`, `"tiles"`},
			{s, "office", "/board?year=2018", true, `"domains":`, ""},
			{s, "office", "/board?year=2018&area=9903&format=csv", false, "RATE", "\n"},
			{more, "office", "/indicators?year=2018&format=csv", false, "RATE", "\n"},
			{s, "office", "/board?year=2018&area=9903", true, `"domains":`, ""},
			{more, "office", "/indicators/RATE?area=9903&year=2018", true, `"series":`, `"below"`},
			{more, "office", "/indicators/RATE/values?area=9903&period=2018&format=csv", false, "RATE", "\n"},
			{more, "office", "/indicators/RATE/values?area=99&period=2018&format=csv", false, "RATE", "\n"},
			{more, "office", "/submissions/" + c.open[2].ID, true, `"values":`, ""},
			// as workbooks
			{s, "office", "/areas/9903?year=2018&format=xlsx", false, "RATE", "\n"},
			{s, "office", "/board?year=2018&area=9903&format=xlsx", false, "RATE", "\n"},
			{more, "office", "/indicators?year=2018&format=xlsx", false, "RATE", "\n"},
			{more, "office", "/indicators/RATE/values?area=9903&period=2018&format=xlsx", false, "RATE", "\n"},
			{more, "office", "/submissions/" + c.open[2].ID + "/sheet", false, "", ""},
			// as pages
			{s, "office", "/areas/9903?year=2018", false, "/indicators/RATE", "</tr>"},
			{s, "office", "/board?year=2018&area=9903", false, `<main`, "</main>"},
			{more, "office", "/indicators/RATE?area=9903&year=2018", false, "<main", "</main>"},
			{more, "office", "/submissions/" + c.open[2].ID, false, "<tbody", "</tbody>"},
		}
		said := make([]map[string]string, len(pages))
		for i := range said {
			said[i] = map[string]string{}
		}
		for n, one := range nothings {
			switch n {
			case 0:
			case 1:
				c.must(c.d.UpdateAlone(t.Context(), func(tx *db.Tx) error {
					c.report(tx, 2, "3000", one.typed)
					return nil
				}))
			default:
				c.amend(2, "3000", one.typed)
			}
			for i, p := range pages {
				w := p.site.Check(t, webtest.Scenario{As: p.as, Path: p.path, JSON: p.json})
				text := w.Body.String()
				if strings.HasPrefix(text, "PK") {
					text = lines(t, w.Body.Bytes())
				}
				if _, after, found := strings.Cut(text, p.from); found {
					text = after
				}
				if p.to != "" {
					text, _, _ = strings.Cut(text, p.to)
				}
				said[i][one.kind] = text
			}
		}
		for i, p := range pages {
			for a, one := range nothings {
				for _, other := range nothings[:a] {
					// In a sum that is saved flat, what does not apply adds what a zero does; its parts tell them
					// apart.
					if one.kind == "not applicable" && other.kind == "zero" && !p.json &&
						!strings.Contains(p.path, "9903") {
						continue
					}
					if said[i][one.kind] == said[i][other.kind] {
						t.Errorf("%s says the same of %s and %s: %.700s", p.path, other.kind, one.kind,
							said[i][one.kind])
					}
				}
			}
		}
	})
}

// lines are the rows of the first sheet of a workbook as it is read back, in the order of their cells' names.
func lines(t *testing.T, body []byte) string {
	t.Helper()
	book, err := table.ReadXLSX(body)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[int]string{}
	for _, name := range slices.Sorted(maps.Keys(book[0].At)) {
		at, err := strconv.Atoi(strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		if err != nil {
			t.Fatal(err)
		}
		rows[at] += name + "=" + book[0].At[name] + "\t"
	}
	text := ""
	for _, n := range slices.Sorted(maps.Keys(rows)) {
		text += rows[n] + "\n"
	}
	return text
}
