package indicator_test

// The page of parameters says what applies since when and that it is no statistic. Pages of indicators: package
// progress.

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
)

func TestParametersPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var secret string
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			root, _, err := network.PutArea(tx,
				network.Area{Code: "1", Name: "示范市", Level: "city", OpensOn: "2000-01-01"})
			must(t, err)
			_, err = indicator.PutParameter(tx, indicator.Parameter{Code: "RATIO", AreaID: root.ID,
				OpensOn: "2018-01-01", Name: "公厕男女厕位比例", Value: "1:2", Unit: "男:女", SourceTitle: "规范"})
			must(t, err)
			person, err := network.AddPerson(tx, network.Person{Name: "工作人员"})
			must(t, err)
			secret, _, err = auth.OpenSession(tx, person.ID, auth.Bearer)
			return err
		}))
		m := web.NewMux(web.Config{DB: d, Committed: func() {}, Asset: func(name string) string { return name },
			User: func(_ *db.Tx, id string) (auth.User, error) {
				return auth.User{ID: id, Posts: []auth.Post{{Role: auth.Office}}}, nil
			}})
		indicator.Routes(m)
		for accept, words := range map[string][]string{
			"text/html":        {"公厕男女厕位比例", "1:2", "2018-01-01起", "示范市", "不是统计数"},
			"application/json": {`"value":"1:2"`, `"area":"示范市"`},
			"text/csv":         {"RATIO,公厕男女厕位比例,示范市,1:2,男:女,2018-01-01"},
		} {
			request := httptest.NewRequest(http.MethodGet, "/parameters", nil)
			request.Header.Set("Authorization", "Bearer "+secret)
			request.Header.Set("Accept", accept)
			answer := httptest.NewRecorder()
			m.Handler().ServeHTTP(answer, request)
			for _, word := range words {
				if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), word) {
					t.Errorf("%s: %d, lacks %q", accept, answer.Code, word)
				}
			}
		}
	})
}
