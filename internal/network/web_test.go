package network_test

// The pages of members and rules, and the papers of a body.

import (
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/document"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func TestPagesOfMembers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var area network.Area
		update(t, d, func(tx *db.Tx) error {
			area = put(tx, t, network.Area{Code: "C", Level: "city"})
			for i, code := range []string{"WCC", "A", "B"} {
				if _, err := network.PutUnit(tx, network.Unit{Code: code, Name: "示范单位" + code, Kind: "dept",
					AreaID:  area.ID,
					OpensOn: "2000-01-01", Position: i}); err != nil {
					return err
				}
			}
			for _, code := range []string{"A", "B"} {
				if _, _, err := network.PutMembership(tx, network.Membership{Body: "WCC", Member: code,
					Seat: network.MemberUnit, OpensOn: "2010-01-01", Basis: "演示〔2010〕1号"}); err != nil {
					return err
				}
			}
			if _, err := network.PutDeclared(tx, network.Declared{Body: "WCC", OpensOn: "2010-01-01", Members: 36,
				Basis: "工作总结"}); err != nil {
				return err
			}
			p, err := network.AddPerson(tx, network.Person{Name: "联络员甲"})
			if err == nil {
				_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: "A", Role: auth.Liaison,
					OpensOn: "2010-01-01", Title: "科长", Phone: "0000-1"})
			}
			return err
		})
		post := auth.Post{Unit: "WCC", AreaID: area.ID, AreaPath: area.Path}
		m := web.NewMux(web.Config{DB: d, Committed: func() {}, User: func(_ *db.Tx, id string) (auth.User, error) {
			p := post
			p.Role = id
			return auth.User{ID: id, Name: id, Posts: []auth.Post{p}}, nil
		}})
		network.Routes(m, func(*db.Tx, auth.User, module.Of) ([]module.Card, error) { return nil, nil })
		s := &webtest.Site{Handler: m.Handler(), DB: d, People: map[string]auth.User{"office": {ID: auth.Office},
			"liaison": {ID: auth.Liaison}, "admin": {ID: auth.SystemAdmin}}}
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/network", Contains: []string{"成员单位 2 / 36，联络员空缺 1",
				"联络员甲", "空缺",
				"应有成员单位36个，这里列出2个"}},
			webtest.Scenario{As: "office", Path: "/network?gap=liaison", Contains: []string{"示范单位B"},
				NotContains: []string{"联络员甲"}},
			webtest.Scenario{As: "office", Path: "/network?day=2009-01-01", Contains: []string{"没有"},
				NotContains: []string{"示范单位B"}},
			webtest.Scenario{As: "office", Path: "/network?day=x", Status: 422},
			webtest.Scenario{As: "office", Path: "/network?body=X", Status: 422},
			webtest.Scenario{As: "liaison", Path: "/network", JSON: true, Contains: []string{`"declared":36`,
				`"listed":2`,
				`"vacant":1`, `"members":[`}},
			webtest.Scenario{As: "admin", Path: "/network", Status: 403},
			webtest.Scenario{As: "liaison", Path: "/network?format=csv", Contains: []string{"示范单位A",
				"联络员甲,科长,0000-1"}},
			webtest.Scenario{As: "liaison", Path: "/rules", Contains: []string{"没有工作制度"},
				NotContains: []string{"登记工作制度"}},
			webtest.Scenario{As: "office", Path: "/rules/new", Contains: []string{"示范单位WCC"}},
			webtest.Scenario{As: "office", Path: "/rules", Form: url.Values{"body": {"WCC"}, "code": {"R 1"},
				"kind":  {"meeting"},
				"title": {"会议制度"}, "text": {"每年一次。"}, "in_force_on": {"2010-01-01"}}, Status: 422,
				Contains: []string{"不含空格和斜杠"}},
			webtest.Scenario{As: "office", Path: "/rules", Form: url.Values{"body": {"WCC"}, "code": {"R1"},
				"kind":  {"meeting"},
				"title": {"会议制度"}, "text": {"每年一次。"}, "in_force_on": {"2010-01-01"}}, Status: 303,
				Location: "/rules/R1"},
			webtest.Scenario{As: "office", Path: "/rules", Form: url.Values{"body": {"WCC"}, "code": {"R1"},
				"kind":  {"meeting"},
				"title": {"会议制度"}, "text": {"每年两次。"}, "in_force_on": {"2015-01-01"}}, Status: 303,
				Location: "/rules/R1"},
			webtest.Scenario{As: "liaison", Path: "/rules/R1", Contains: []string{"每年两次。", "第2版", "历次版本"}},
			webtest.Scenario{As: "liaison", Path: "/rules/R1?version=1", Contains: []string{"每年一次。",
				"这一版到2015-01-01为止"}},
			webtest.Scenario{As: "liaison", Path: "/rules/R9", Status: 404},
			webtest.Scenario{As: "office", Path: "/rules/R1/repeal", Form: url.Values{"repealed_on": {"2014-01-01"},
				"basis": {"通知"}}, Status: 422, Contains: []string{"废止日期须在施行日2015-01-01之后"}},
			webtest.Scenario{As: "liaison", Path: "/rules/R1/repeal", Form: url.Values{"repealed_on": {"2024-03-31"},
				"basis": {"通知"}}, Status: 403},
			webtest.Scenario{As: "office", Path: "/rules/R1/repeal", Form: url.Values{"repealed_on": {"2024-03-31"},
				"basis": {"通知"}}, Status: 303, Location: "/rules/R1"},
			webtest.Scenario{As: "office", Path: "/rules/R1/repeal", Form: url.Values{"repealed_on": {"2025-03-31"},
				"basis": {"通知"}}, Status: 409, Contains: []string{"已定于2024-03-31废止"}},
			webtest.Scenario{As: "liaison", Path: "/rules/R1?version=2", Contains: []string{"这一版到2024-03-31为止"}},
		)
		for path, want := range map[string]string{"/network/roster?body=WCC": "示范单位A",
			"/network/liaisons?body=WCC": "0000-1", "/network/duties?body=WCC": "（没有登记）"} {
			paper(t, s, path, want)
		}
	})
}

func paper(t *testing.T, s *webtest.Site, path, want string) {
	t.Helper()
	answer := s.Ask(t, webtest.Scenario{As: "liaison", Path: path})
	text, err := document.ReadText("answer.docx", answer.Body.Bytes())
	if err != nil || !strings.Contains(text, want) {
		t.Errorf("%s does not say %s: %d, %v\n%s", path, want, answer.Code, err, text)
	}
}
