package sample_test

// A form is changed under its fillers, by pages: while a draft is open, while a page of it is open, while a report
// waits for its second signature, while its validity runs out; rows moved and gone, a category gone. Nobody loses what
// they typed, nothing lands in another cell, and everybody is told (oversight.md §11, step 1 and decision 0027).

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/period"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

func TestAFormChangesUnderItsFillers(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		w := newWhole(t, d, true)
		for _, one := range []scene{{"1 a form expires and is replaced", (*whole).formExpires},
			{"a month is filled in and waits", (*whole).monthFilled},
			{"who waits for a signature is in the way", (*whole).monthBlocked},
			{"the new edition", (*whole).monthChanged}, {"a page that was open", (*whole).monthStale},
			{"signed and accepted", (*whole).monthSigned}, {"a category goes", (*whole).categoryGoes}} {
			w.scene(one.name, one.play)
		}
		clean(t, d)
	})
}

// edited is the file of a form of the city with some of its text replaced.
func (w *whole) edited(code string, pairs ...string) string {
	w.t.Helper()
	body, err := os.ReadFile("../../samples/shifan/forms/" + code + ".yaml")
	must(w.t, err)
	text := strings.NewReplacer(pairs...).Replace(string(body))
	if text == string(body) {
		w.t.Fatalf("%s is not changed", code)
	}
	return text
}

// uploads a form's file and returns where its preview is.
func (w *whole) uploads(code, text string) string {
	w.t.Helper()
	w.may("E", "office", "POST /editions", "", "file:"+code+".yaml:"+text)
	return w.filled("/editions/{E.digest}") + "?name=" + code + ".yaml"
}

// publishes presses the button of a preview.
func (w *whole) publishes(preview, from string) {
	w.t.Helper()
	at := preview + "&from=" + from
	forms, err := webtest.Forms(w.browses("office", http.MethodGet, at, "text/html", "", nil).Body.String())
	must(w.t, err)
	path, _, _ := strings.Cut(preview, "?")
	for _, f := range forms {
		if f.Action == path+"/publish" {
			media, body := w.written(f)
			said := w.browses("office", http.MethodPost, f.Action, "text/html", media, body)
			if said.Code != http.StatusSeeOther {
				w.t.Fatalf("%s cannot be published: %d %.600s", at, said.Code, said.Body)
			}
			return
		}
	}
	w.t.Fatalf("%s offers no publishing", at)
}

func (w *whole) formExpires() {
	w.on("2024-03-18")
	w.may("C", "office", "GET /cycles", "")
	w.may("Y", "office", "GET /cycles/{C.cycles.0.id}", "")
	denied := w.sends("housing-statistician", "POST /editions", "",
		"file:HOU-C.yaml:"+w.edited("HOU-C", "2026", "2023"))
	if denied.Code != http.StatusForbidden { // the page is for issuers of forms too
		w.t.Errorf("a unit that is asked changes the form: %d", denied.Code)
	}
	w.publishes(w.uploads("HOU-C", w.edited("HOU-C", "2026-12-31", "2023-12-31")), "2023")
	w.shows("housing-statistician", "/forms/HOU-C", "2023-12-31", "失效")
	w.shows("office", "/forms?valid=no", "儿童友好公共空间情况统计表")
	w.may("N", "office", "POST /cycles/{Y.cycle.id}/copy", "")
	w.may("No", "office", "GET /cycles/{N.id}", "")
	w.holds("No", "expired_forms.0", "儿童友好公共空间情况统计表（演示）")
	w.shows("office", "/cycles/{N.id}", "儿童友好公共空间情况统计表")
	w.shows("office", "/cycles/{N.id}/edit", "2023-12-31")
	w.publishes(w.uploads("HOU-C", w.edited("HOU-C", "2026-12-31", "2028-12-31")), "2024")
	w.may("No", "office", "GET /cycles/{N.id}", "")
	w.holds("No", "expired_forms", nil)
}

// opens has the units that owe a form asked for it, as an import of the month does.
func (w *whole) opens(code, of string) {
	w.t.Helper()
	w.update(func(tx *db.Tx) error {
		p, err := period.Parse(of)
		must(w.t, err)
		f, err := form.ByCode(tx, code)
		must(w.t, err)
		owed, _, err := submission.Owing(tx, f, p, "")
		for i := 0; i < len(owed) && err == nil; i++ {
			owed[i].DueOn = f.DueOn(p)
			_, _, err = submission.Open(tx, journal.System, owed[i])
		}
		return err
	})
}

// monthly is the monthly report of a station, kept under a name.
func (w *whole) monthly(name, login, unit string) {
	w.t.Helper()
	w.may("M", "office", "GET /submissions?form=S-ACT&period=2024-03&unit="+unit, "")
	w.may(name, login, "GET /submissions/{M.submissions.0.id}", "")
}

func (w *whole) monthFilled() {
	w.on("2024-04-02")
	w.opens("S-ACT", "2024-03")
	w.monthly("A", "dongling-town-statistician", "990101001-WCS")
	w.monthly("B", "songfeng-statistician", "990101002-WCS")
	w.may("", "dongling-town-statistician", "POST /submissions/{A.id}/draft",
		`{"version":{A.version},"cells":{"1.V":"12","2.V":"2000","3.V":"20"}}`)
	w.may("", "songfeng-statistician", "POST /submissions/{B.id}/draft",
		`{"version":{B.version},"cells":{"1.V":"13","2.V":"2100","3.V":"21"}}`)
	w.may("Bp", "songfeng-statistician", "GET /submissions/{B.id}/prepare", "")
	w.may("", "songfeng-statistician", "POST /submissions/{B.id}/prepare",
		`{"digest":"{Bp.digest}","phrase":"yipanqi-sign"}`)
}

// fewer is the monthly form without its second row, and with the other two exchanged.
func (w *whole) fewer() string {
	body := w.edited("S-ACT", `number: "1", element: SESSIONS`, `number: "2", element: SESSIONS`,
		`number: "3", element: HOME_DAYS`, `number: "1", element: HOME_DAYS`)
	lines := strings.Split(body, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if !strings.Contains(line, "HOME_VISITS") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

func (w *whole) monthBlocked() {
	preview := w.uploads("S-ACT", w.fewer())
	w.answers["preview"] = map[string]any{"at": preview}
	page := w.shows("office", preview+"&from=2024-03", "现在不能发布", "松风街道", "2000",
		"儿童之家接待儿童人次")
	if strings.Contains(page, `action="`+strings.Split(preview, "?")[0]+`/publish"`) {
		w.t.Error("publishing is offered while a report waits for its second signature")
	}
	path, query, _ := strings.Cut(preview, "?")
	form := url.Values{"name": {"S-ACT.yaml"}, "from": {"2024-03"}}
	said := w.browses("office", http.MethodPost, path+"/publish", "text/html", "application/x-www-form-urlencoded",
		[]byte(form.Encode()))
	if said.Code != http.StatusConflict || !strings.Contains(said.Body.String(), "还用着这个版本不再问的数") {
		w.t.Errorf("publishing over a signature is %d (%s)", said.Code, query)
	}
	// from the next month on nobody is in the way; to have it from March, the leader sends the report back
	if page := w.shows("office", preview+"&from=2024-04"); strings.Contains(page, "现在不能发布") {
		w.t.Error("the next month is in the way too")
	}
	w.may("Bd", "songfeng-leader", "GET /submissions/{B.id}", "")
	w.may("", "songfeng-leader", "POST /submissions/{B.id}/return",
		`{"version":{Bd.version},"reason":"表要换新版（模拟）"}`)
}

func (w *whole) monthChanged() {
	page := w.browses("dongling-town-statistician", http.MethodGet, w.filled("/submissions/{A.id}"), "text/html", "",
		nil).Body.String()
	w.answers["open"] = map[string]any{"page": page}
	w.publishes(w.text(dig(w.answers["preview"], "at"), "preview"), "2024-03")
	w.shows("songfeng-statistician", "/submissions/{B.id}", "这张表换了新版", "表要换新版（模拟）",
		"新表不再问这些", "2100")
	w.may("B", "songfeng-statistician", "GET /submissions/{B.id}", "")
	w.holds("B", "cells", map[string]any{"1.V": "21", "2.V": "13"})
	w.shows("songfeng-statistician", "/forms/S-ACT", "儿童之家开放天数")
}

// monthStale sends a page that was open before, without scripts, after somebody has filled in more there.
func (w *whole) monthStale() {
	const login = "dongling-town-statistician"
	forms, err := webtest.Forms(dig(w.answers["open"], "page").(string))
	must(w.t, err)
	for _, f := range forms {
		if f.Action != w.filled("/submissions/{A.id}/draft") {
			continue
		}
		must(w.t, f.Fill([]byte(`{"cells":{"1.V":"14","2.V":"2001"},"next":"prepare"}`)))
		media, body := w.written(f)
		said := w.browses(login, http.MethodPost, f.Action, "text/html", media, body)
		if said.Code != http.StatusSeeOther || said.Header().Get("Location") != w.filled("/submissions/{A.id}") {
			w.t.Errorf("a page of before is answered %d %s", said.Code, said.Header().Get("Location"))
		}
		told := w.browses(login, http.MethodPost, f.Action, "application/json", media, body)
		if !strings.Contains(told.Body.String(), `"moved":true`) {
			w.t.Errorf("its script is told %s", told.Body)
		}
	}
	w.may("A", login, "GET /submissions/{A.id}", "")
	w.holds("A", "cells", map[string]any{"1.V": "20", "2.V": "14"})
	w.holds("A", "left", []any{map[string]any{"label": "第2行 儿童之家接待儿童人次", "value": "2001"}})
	w.shows(login, "/submissions/{A.id}", "这张表换了新版", "2001")
}

func (w *whole) monthSigned() {
	for name, who := range map[string]string{"A": "dongling-town", "B": "songfeng"} {
		at := "/submissions/{" + name + ".id}"
		w.may("Sp", who+"-statistician", "GET "+at+"/prepare", "")
		sign := `{"digest":"{Sp.digest}","phrase":"yipanqi-sign"}`
		w.may("", who+"-statistician", "POST "+at+"/prepare", sign)
		w.may("", who+"-leader", "POST "+at+"/sign", sign)
		w.may("Sd", "office", "GET "+at, "")
		w.may("", "office", "POST "+at+"/accept", `{"version":{Sd.version}}`)
	}
	w.reads("office", "/submissions/{A.id}/receipt", "SESSIONS", "HOME_DAYS")
}

// categoryGoes takes a column of schools off the form of next year while its draft is open.
func (w *whole) categoryGoes() {
	w.on("2025-01-06")
	w.opens("EDU-S", "2024")
	w.may("S", "office", "GET /submissions?form=EDU-S&period=2024", "")
	w.may("Sd", "education-statistician", "GET /submissions/{S.submissions.0.id}", "")
	w.may("", "education-statistician", "POST /submissions/{Sd.id}/draft",
		`{"version":{Sd.version},"cells":{"1.A":"100","1.K":"40","1.P":"30","1.J":"20","1.H":"10"}}`)
	kept := []string{}
	for _, line := range strings.Split(w.edited("EDU-S", "2026-12-31", "2027-12-31"), "\n") {
		if !strings.Contains(line, "SCHOOL_HIGH") {
			kept = append(kept, line)
		}
	}
	preview := w.uploads("EDU-S", strings.Join(kept, "\n"))
	w.shows("office", preview+"&from=2024", "普通高中", "市教育局")
	w.publishes(preview, "2024")
	w.may("Sd", "education-statistician", "GET /submissions/{Sd.id}", "")
	w.holds("Sd", "cells", map[string]any{"1.A": "100", "1.K": "40", "1.P": "30", "1.J": "20"})
	w.holds("Sd", "left.0.value", "10")
	w.shows("education-statistician", "/submissions/{Sd.id}", "这张表换了新版", "普通高中")
}
