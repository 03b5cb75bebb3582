package notice_test

// The inbox shows a reader what still waits for the own posts; the page of ladders says what nobody has confirmed.

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/notice"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

// site serves the inbox to people in posts: 张三 CLINIC statistician.
func (o *office) site(people ...string) *webtest.Site {
	known, users := map[string]auth.User{}, map[string]auth.User{}
	for _, text := range people {
		p := strings.Fields(text)
		u := auth.User{ID: o.person[p[0]], Name: p[0],
			Posts: []auth.Post{{Unit: p[1], Role: p[2], AreaPath: o.area.Path}}}
		known[p[0]], users[u.ID] = u, u
	}
	m := web.NewMux(web.Config{DB: o.d, Committed: func() {}, Asset: func(name string) string { return name },
		User: func(_ *db.Tx, id string) (auth.User, error) { return users[id], nil }})
	o.desk.Routes(m)
	return &webtest.Site{Handler: m.Handler(), DB: o.d, People: known}
}

// The inbox shows what still waits for the reader's posts, page by page and as a table; what was read stays.
func TestInbox(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		s := o.site("张三 CLINIC statistician", "赵六 SCHOOL statistician", "李四 CLINIC leader")
		s.Run(t, webtest.Scenario{As: "张三", Path: "/inbox", Contains: []string{"这里没有提醒", "每个工作日早上"}})
		for n := range 60 {
			o.due(n, "CLINIC", "2026-03-17")
		}
		o.passes("2026-03-01", "2026-03-03")
		// the sessions of days ago have ended
		s = o.site("张三 CLINIC statistician", "赵六 SCHOOL statistician", "李四 CLINIC leader")
		first := s.Check(t, webtest.Scenario{As: "张三", Path: "/inbox", JSON: true})
		var page struct {
			Notices []struct {
				ID   int64
				Read bool
			}
			Unread int
			Before int64
		}
		must(t, json.Unmarshal(first.Body.Bytes(), &page))
		if len(page.Notices) != 50 || page.Unread != 60 || page.Before == 0 {
			t.Fatalf("first page: %d, %d unread, before %d", len(page.Notices), page.Unread, page.Before)
		}
		next := s.Check(t, webtest.Scenario{As: "张三", Path: fmt.Sprintf("/inbox?before=%d", page.Before), JSON: true})
		one := page.Notices[0].ID
		must(t, json.Unmarshal(next.Body.Bytes(), &page))
		if len(page.Notices) != 10 {
			t.Errorf("second page: %d", len(page.Notices))
		}
		s.Run(t,
			webtest.Scenario{As: "张三", Path: "/inbox", Contains: []string{"表59", "请填报并签字", "还有14天",
				"更早的提醒", "未读60条"}},
			webtest.Scenario{As: "赵六", Path: "/inbox", NotContains: []string{"表59"},
				Contains: []string{"这里没有提醒"}},
			webtest.Scenario{As: "李四", Path: "/inbox", JSON: true, Contains: []string{`"notices":[]`}},
			// somebody else's notice is marked by nobody
			webtest.Scenario{As: "赵六", Path: "/inbox/read", Form: url.Values{"id": {fmt.Sprint(one)}}, Status: 303},
			webtest.Scenario{As: "张三", Path: "/inbox", Contains: []string{"未读60条"}},
			webtest.Scenario{As: "张三", Path: "/inbox/read", Form: url.Values{"id": {fmt.Sprint(one)},
				"show": {"unread"}}, Status: 303, Location: "/inbox?show=unread"},
			webtest.Scenario{As: "张三", Path: "/inbox", Contains: []string{"未读59条", "已读", "表59"}},
			webtest.Scenario{As: "张三", Path: "/inbox?show=unread", NotContains: []string{"表59"}},
			webtest.Scenario{As: "张三", Path: "/inbox?show=some", Status: 422},
			webtest.Scenario{As: "张三", Path: "/inbox/read", Form: url.Values{}, Status: 303, Location: "/inbox"},
			webtest.Scenario{As: "张三", Path: "/inbox", Contains: []string{"没有未读的提醒", "表59"}},
		)
		csv := s.Check(t, webtest.Scenario{As: "张三", Path: "/inbox?format=csv"}).Body.String()
		if n := strings.Count(csv, "\n"); n != 61 {
			t.Errorf("the table has %d lines:\n%s", n, csv)
		}
		for n := range 60 {
			if object := fmt.Sprintf("thing/%02d", n); n != 7 {
				done := o.things[object]
				done.Step = ""
				o.things[object] = done
			}
		}
		s.Run(t, // across pages of what is done
			webtest.Scenario{As: "张三", Path: "/inbox", Contains: []string{"表7"},
				NotContains: []string{"表59", "更早的提醒"}},
			webtest.Scenario{As: "张三", Path: "/inbox?show=all", Contains: []string{"表59", "已办完或不再等待"}})
	})
}

// What a reminder is about may be deleted, or be read by nobody any more: the reminder is over, the others stay, and
// every page of its reader lives.
func TestWhatIsGoneIsRemindedOfNoLonger(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		gone := o.due(1, "CLINIC", "2026-03-17")
		o.due(2, "CLINIC", "2026-03-17")
		o.passes("2026-03-01", "2026-03-03")
		delete(o.things, gone)
		s := o.site("张三 CLINIC statistician")
		s.Run(t,
			webtest.Scenario{As: "张三", Path: "/inbox", Contains: []string{"表2", "未读1条"},
				NotContains: []string{"表1", gone}},
			webtest.Scenario{As: "张三", Path: "/inbox?show=all", NotContains: []string{gone},
				Contains: []string{"表2", "这件事已了结，或已不在系统中"}},
			webtest.Scenario{As: "张三", Path: "/inbox?format=csv", Contains: []string{"表2"},
				NotContains: []string{"表1"}})
		o.update(func(tx *db.Tx) error { return journal.Log(tx, journal.System, "thing.drop", gone, nil) })
		must(t, journal.Seal(context.Background(), o.d))
		o.passes("2026-03-04", "2026-03-17")
		o.update(func(tx *db.Tx) error {
			lines, err := notice.Of(tx, gone)
			if len(lines) != 1 || lines[0].Ended == nil {
				t.Errorf("the reminder of what is gone goes on: %+v", lines)
			}
			return err
		})
		for _, m := range o.mails {
			last := strings.HasSuffix(m.Key, "03-17")
			if strings.Contains(m.Body, "（）") || last && strings.Contains(m.Body, "表1") {
				t.Errorf("a mail tells of what is gone: %s", m.Body)
			}
		}
	})
}

// The ladder says which rungs nobody confirmed, and the office's own takes their place.
func TestLadderPage(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		s := o.site("张三 CLINIC statistician")
		s.Run(t, webtest.Scenario{As: "张三", Path: "/reminders", Contains: []string{"待确认", "到期前10个工作日",
			"第一签字人", "妇儿工委办 · 岗位office"}},
			webtest.Scenario{As: "张三", Path: "/reminders?format=csv",
				Contains: []string{"submission.prepare,'-10wd,first,本单位,待确认"}})
		r, err := notice.ReadRung("submission.prepare", "-7", "first", "本单位", "已确认", "本市工作制度")
		must(t, err)
		must(t, o.d.Update(context.Background(), func(tx *db.Tx) error {
			_, err := notice.PutRung(tx, r)
			return err
		}))
		s.Run(t, webtest.Scenario{As: "张三", Path: "/reminders", Contains: []string{"已确认", "到期前7天"}},
			webtest.Scenario{As: "张三", Path: "/reminders?format=csv", Contains: []string{"submission.prepare,'-7d"},
				NotContains: []string{"submission.prepare,'-10wd"}})
	})
}
