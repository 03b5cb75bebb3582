package form_test

// The page of a form shows its statutory head, checks and rows, also as CSV and JSON.

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
)

func TestFormPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var secret string
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			seed(t, tx)
			_, _, err := form.Put(tx, read(t, marriages))
			must(t, err)
			_, err = network.PutLabel(tx, network.Label{Kind: "role", Code: "leader", Name: "单位负责人"})
			must(t, err)
			person, err := network.AddPerson(tx, network.Person{Name: "统计员"})
			must(t, err)
			secret, _, err = auth.OpenSession(tx, person.ID, auth.Bearer)
			return err
		}))
		m := web.NewMux(web.Config{DB: d, Committed: func() {}, Asset: func(name string) string { return name },
			User: func(_ *db.Tx, id string) (auth.User, error) {
				return auth.User{ID: id, Posts: []auth.Post{{Role: auth.Statistician}}}, nil
			}})
		form.Routes(m)
		get := func(status int, path, accept string) string {
			t.Helper()
			request := httptest.NewRequest(http.MethodGet, path, nil)
			request.Header.Set("Authorization", "Bearer "+secret)
			request.Header.Set("Accept", accept)
			answer := httptest.NewRecorder()
			m.Handler().ServeHTTP(answer, request)
			if answer.Code != status {
				t.Fatalf("%s answers %d, want %d: %s", path, answer.Code, status, answer.Body)
			}
			return answer.Body.String()
		}
		page := get(200, "/forms/PME", "text/html")
		for _, word := range []string{"演示1表", "演示〔2018〕1号", "2020-12-31", "次年1月31日", "年报",
			"上年10月1日起的一年", "单位负责人", "下级汇总",
			"　其中：婚前医学检查人数", "婚前医学检查人数 ≤ 结婚登记人数", "不能报送", "说明原因后可以报送", "合计"} {
			if !strings.Contains(page, word) {
				t.Errorf("the page lacks %q", word)
			}
		}
		if csv := get(200, "/forms/PME?format=csv", "*/*"); !strings.Contains(csv,
			"2,其中：婚前医学检查人数,EXAMINED,人,_Z,男、女") {
			t.Errorf("the CSV is %s", csv)
		}
		if json := get(200, "/forms/PME", "application/json"); !strings.Contains(json,
			`"approval_number":"演示〔2018〕1号"`) || !strings.Contains(json, `"code":"EXAMINED"`) {
			t.Errorf("the JSON is %s", json)
		}
		get(404, "/forms/NONE", "text/html")
	})
}
