package rectification_test

// A plan by its pages and routes: each step as who may take it and as who may not, what a refused form keeps, and that
// who has no part in it is told of nothing.

import (
	"net/url"
	"strconv"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/matter"
	"yipanqi/internal/rectification"
	"yipanqi/internal/web/webtest"
)

func TestPagesOfAPlan(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.site()
		list, word := "/rectifications", func(text string) []string { return []string{text} }
		asking := url.Values{"matter": {c.m.ID}, "unit": {"NORTH"}, "due": {"2024-03-29"}}
		s.Run(t,
			webtest.Scenario{As: "office", Path: list, Contains: word("没有整改方案")},
			webtest.Scenario{As: "north", Path: list + "/new?matter=" + c.m.ID, Status: 403},
			webtest.Scenario{As: "north", Path: list, Form: asking, Status: 403},
			webtest.Scenario{As: "office", Path: list, Status: 422, Contains: word("请选这件事项的牵头单位或承办单位"),
				Form: url.Values{"matter": {c.m.ID}, "unit": {"HEA"}, "due": {"2024-03-29"}}},
			webtest.Scenario{As: "office", Path: list, Form: asking, Status: 303})
		now := func() plan {
			return may(c, "office", func(tx *db.Tx, _ auth.User) ([]plan, error) {
				return rectification.Of(tx, c.m.ID)
			})[0]
		}
		p := now()
		step := func(name string, more url.Values) (string, url.Values) {
			form := url.Values{"version": {strconv.FormatInt(now().Version, 10)}}
			for field, value := range more {
				form[field] = value
			}
			return p.URL() + "/" + name, form
		}
		take := func(as, name string, status int, says string, more url.Values) {
			t.Helper()
			path, form := step(name, more)
			one := webtest.Scenario{As: as, Path: path, Form: form, Status: status}
			if says != "" {
				one.Contains = word(says)
			}
			s.Check(t, one)
		}
		may(c, "north", func(tx *db.Tx, by auth.User) (matter.Matter, error) {
			return matter.Receive(tx, by, matter.At{ID: c.m.Items[0].ID}, "", "")
		})
		s.Run(t,
			webtest.Scenario{As: "office", Path: list,
				Contains: []string{"儿童之家覆盖率偏低", "待报送", "2024-03-29"}},
			webtest.Scenario{As: "north", Path: list + "?format=csv", Contains: word("待报送")},
			webtest.Scenario{As: "south", Path: list, NotContains: word("儿童之家覆盖率偏低")},
			webtest.Scenario{As: "north", Path: p.URL(), Contains: word("写方案")},
			webtest.Scenario{As: "office", Path: p.URL(), Contains: []string{"还没有报送", "不再要求报送"},
				NotContains: word("写方案")},
			webtest.Scenario{As: "hea", Path: p.URL(), Status: 404})

		written := url.Values{"led_by": {c.Posts["north-chief"]}, "text": {"按月调度（模拟）"},
			"lines[1.item]": {c.m.Items[0].ID}, "lines[1.cause]": {"没有场地（模拟）"},
			"lines[1.kind.resources]": {"on"}, "lines[1.step1]": {"借用学校（模拟）"}}
		wrong := url.Values{"text": {"写了一半（模拟）"}, "sessions[1.on]": {"2024-03-09"},
			"sessions[1.topic]": {"场地"}}
		take("office", "draft", 403, "", written)
		take("edu", "draft", 404, "", written)
		take("north", "draft", 422, "写了一半（模拟）", wrong) // what was typed is kept
		take("north", "draft", 303, "", written)
		s.Run(t,
			webtest.Scenario{As: "north", Path: p.URL() + "/edit",
				Contains: []string{"没有场地（模拟）", "借用学校（模拟）"}},
			webtest.Scenario{As: "office", Path: p.URL(), NotContains: word("没有场地")})
		take("north-head", "file", 403, "组长north-chief", nil)
		take("north-chief", "file", 303, "", nil)
		s.Check(t, webtest.Scenario{As: "office", Path: p.URL(),
			Contains: []string{"没有场地（模拟）", "同意", "退回修改"}})
		take("north", "accept", 403, "", nil)
		take("office", "return", 422, "请写明原因", url.Values{"reason": {""}})
		take("office", "return", 303, "", url.Values{"reason": {"措施要有日期（模拟）"}})
		s.Check(t, webtest.Scenario{As: "north", Path: p.URL(), Contains: word("措施要有日期（模拟）")})
		take("north", "withdraw", 403, "", url.Values{"reason": {"不想报"}})
		take("north-chief", "file", 303, "", nil)
		take("office", "accept", 303, "", nil)
		take("office", "withdraw", 409, "不能办“不再要求整改方案”", url.Values{"reason": {"晚了"}})
		s.Run(t,
			webtest.Scenario{As: "north", Path: p.URL(), JSON: true, Contains: word(`"state":"accepted"`)},
			webtest.Scenario{As: "office", Path: list + "?state=accepted", Contains: word("已审定")},
			webtest.Scenario{As: "office", Path: list + "?state=owed", NotContains: word("儿童之家覆盖率偏低")})
	})
}
