package job_test

// The system administrator sees what runs when, what failed and what was set aside, and has it tried again.

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func TestJobsPage(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		must(t, journal.Adopt(context.Background(), d, nil))
		broken := true
		fails := func() error {
			if broken {
				return errors.New("it is broken")
			}
			return nil
		}
		p := &post{take: func(job.Delivery) error {
			if broken {
				return job.Permanent(errors.New("no such address"))
			}
			return nil
		}}
		r := runner(t, d, job.Jobs{Every: []job.Every{{Name: "day", Label: "每日", At: "07:30",
			Run: func(*db.Tx, job.Round) (string, error) { return "", fails() }}},
			After: []job.After{{Name: "follow", Label: "跟随", Verb: "thing.",
				Run: func(*db.Tx, journal.Entry) error { return fails() }}},
			Channels: []job.Channel{p.channel()}})
		var admin, clerk auth.User
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			for user, role := range map[*auth.User]string{&admin: auth.SystemAdmin, &clerk: auth.Office} {
				person, err := network.AddPerson(tx, network.Person{Name: role})
				must(t, err)
				*user = auth.User{ID: person.ID, Name: role, Posts: []auth.Post{{Role: role, AreaPath: "1."}}}
			}
			return nil
		}))
		m := web.NewMux(web.Config{DB: d, Committed: func() {}, Asset: func(name string) string { return name },
			User: func(_ *db.Tx, id string) (auth.User, error) {
				if id == admin.ID {
					return admin, nil
				}
				return clerk, nil
			}})
		job.Routes(m, r, func(*db.Tx) ([]job.Remark, error) {
			return []job.Remark{{Words: say.New("还没有设置邮件服务器")}}, nil
		})
		people := map[string]auth.User{"admin": admin, "clerk": clerk}
		s := &webtest.Site{Handler: m.Handler(), DB: d, People: people}
		tick(t, r)
		s.Run(t, webtest.Scenario{As: "admin", Path: "/jobs", Contains: []string{"每日", "每天07:30", "还没有运行过",
			"正常", "没有寄不出去的", "还没有设置邮件服务器"}},
			webtest.Scenario{As: "clerk", Path: "/jobs", Status: 403})
		logged(t, d, "thing.change", 0, 1)
		put(t, d, 0, 1)
		h.set("2026-03-05", "08:00")
		for range 6 {
			h.add(2 * 60 * 60 * 1e9)
			tick(t, r)
		}
		s = &webtest.Site{Handler: m.Handler(), DB: d, People: people} // the sessions of days ago have ended
		s.Run(t, webtest.Scenario{As: "admin", Path: "/jobs", Contains: []string{"失败，等待重试", "it is broken",
			"搁置的", "thing.change", "no such address", "不再重试"}})
		broken = false
		o := overview(t, d, r)
		for _, form := range []url.Values{{}, {"job": {"day"}},
			{"job": {"follow"}, "entry": {fmt.Sprint(o.Asides[0].Seq)}}} {
			s.Run(t, webtest.Scenario{As: "clerk", Path: "/jobs/retry", Form: form, Status: 403},
				webtest.Scenario{As: "admin", Path: "/jobs/retry", Form: form, Status: 303, Location: "/jobs"})
		}
		s.Run(t, webtest.Scenario{As: "admin", Path: "/jobs/retry", Form: url.Values{"job": {"none"}}, Status: 404})
		tick(t, r)
		s.Run(t, webtest.Scenario{As: "admin", Path: "/jobs", Contains: []string{"没有寄不出去的", "此前错过2次，不补"},
			NotContains: []string{"失败，等待重试", "搁置的"}},
			webtest.Scenario{As: "admin", Path: "/jobs?format=csv", Contains: []string{"day,每日,07:30"}})
	})
}
