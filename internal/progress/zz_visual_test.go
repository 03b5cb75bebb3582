package progress_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/exchange"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/sign"
	"yipanqi/internal/web"
)

func TestVisual(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t))
	installation, _ := sign.Generate()
	secrets := account.Secrets{Pepper: make([]byte, 32), Installation: installation}
	report, err := exchange.LoadSample(context.Background(), d, secrets, os.DirFS("../../samples/beijing"), func(string, int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(report.String())
	var secret string
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		person, err := network.AddPerson(tx, network.Person{Name: "工作人员"})
		must(t, err)
		secret, _, err = auth.OpenSession(tx, person.ID, auth.Bearer)
		return err
	}))
	manifest := map[string]string{}
	text, _ := os.ReadFile("../../web/dist/manifest.json")
	json.Unmarshal(text, &manifest)
	m := web.NewMux(web.Config{DB: d, Committed: func() {}, Asset: func(name string) string { return "/" + manifest[name] },
		User: func(_ *db.Tx, id string) (auth.User, error) {
			return auth.User{ID: id, Posts: []auth.Post{{Role: auth.Office}}}, nil
		}})
	progress.Routes(m)
	indicator.Routes(m)
	form.Routes(m)
	for name, path := range map[string]string{"list": "/indicators", "pme": "/indicators/W-HEA-007", "pme_en": "/indicators/W-HEA-007", "mmr": "/indicators/W-HEA-001", "imr": "/indicators/C-HEA-001", "district": "/indicators/W-HEA-007?area=110101",
		"form": "/forms/PME", "form_en": "/forms/PME", "parameters": "/parameters", "list_en": "/indicators"} {
		request := httptest.NewRequest(http.MethodGet, path, nil)
		request.Header.Set("Authorization", "Bearer "+secret)
		request.Header.Set("Accept", "text/html")
		if strings.HasSuffix(name, "_en") {
			request.Header.Set("Accept-Language", "en")
		}
		answer := httptest.NewRecorder()
		m.Handler().ServeHTTP(answer, request)
		must(t, os.WriteFile("/tmp/w/stat_pages/"+name+".html", answer.Body.Bytes(), 0o644))
		t.Log(name, answer.Code)
	}
}
