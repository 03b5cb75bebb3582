package request_test

// What a unit that is asked is told of the others: nothing, on no page, in no JSON, table or trail.

import (
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/request"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

// loads stand for what other modules ask units for.
func loads() []module.Load {
	return []module.Load{{Code: "forms", Name: "报表", Parts: "格",
		Of: func(_ *db.Tx, _ auth.User, from, until string) (map[string][2]int, error) {
			if from < "2024-03-04" && until > "2024-03-04" {
				return map[string][2]int{"a": {2, 30}}, nil
			}
			return nil, nil
		}}}
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	request.Routes(m, c.Secrets, loads)
	trail.Routes(m, blob.Open(c.T.TempDir()), []trail.Place{request.Trail(), request.AnswerTrail()})
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.People}
}

func TestAUnitIsToldNothingOfTheOthersThatAreAsked(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		r := c.sent(request.Nobody)
		_, err := c.submit(c.write(c.receive(r, "a"), "a", said), "a")
		c.Must(err)
		theirs := c.answer(r, "a")
		own := c.receive(r, "c")
		s := c.site()
		others := []string{"办了十二件实事", "a联络员", "示范市教育局", "附一份名单", `"a"`, `"b"`, `\"a\"`, `\"b\"`}
		for _, path := range []string{r.URL(), own.URL(), "/trail/" + r.Object(), "/trail/" + own.Object()} {
			for _, json := range []bool{false, true} {
				s.Check(t, webtest.Scenario{As: "c", Path: path, JSON: json, NotContains: others})
			}
		}
		s.Run(t,
			webtest.Scenario{As: "c", Path: r.URL() + "?format=csv", Contains: []string{"示范市体育局"},
				NotContains: others},
			webtest.Scenario{As: "c", Path: own.URL(), JSON: true,
				Contains: []string{`"addressees":["c"]`, "一年来做了什么", "还有什么困难"}},
			webtest.Scenario{As: "c", Path: theirs.URL(), Status: 404},
			webtest.Scenario{As: "c", Path: "/trail/" + theirs.Object(), JSON: true, Status: 404},
			webtest.Scenario{As: "a", Path: r.URL(), JSON: true, Contains: []string{"附一份名单", "办了十二件实事"},
				NotContains: []string{`"b"`, "c联络员"}},
			webtest.Scenario{As: "office", Path: r.URL(), JSON: true,
				Contains: []string{`"addressees":["a","b","c"]`, "办了十二件实事", `"request.create"`}})
		r = done(c, func(tx *db.Tx) (request.Request, error) { return request.Read(tx, c.People["office"], r.ID) })
		done(c, func(tx *db.Tx) (request.Request, error) {
			return request.Withdraw(tx, c.People["office"], r.ID, r.Version, "不再需要")
		})
		s.Run(t, webtest.Scenario{As: "c", Path: r.URL(), Contains: []string{"不再需要"}, NotContains: others},
			webtest.Scenario{As: "c", Path: r.URL(), JSON: true, NotContains: others})
	})
}
