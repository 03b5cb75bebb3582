package notice_test

// Who is told when, morning by morning: rung by rung, once, until the act ends it. Its office is the package's fixture.

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"yipanqi/internal/module"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
)

// office is a small town: an office, a unit with two people, things that wait, and a clock.
type office struct {
	t      testing.TB
	d      *db.DB
	mu     sync.Mutex
	at     time.Time
	desk   notice.Desk
	runner *job.Runner
	things map[string]module.Due
	mails  []job.Delivery
	person map[string]string
	area   network.Area
}

func (o *office) now() time.Time { o.mu.Lock(); defer o.mu.Unlock(); return o.at }

func eachOffice(t *testing.T, test func(*testing.T, *office)) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			target := dbtest.SQLite(t)
			if kind == "postgres" {
				target = dbtest.Postgres(t)
			}
			test(t, newOffice(t, target))
		})
	}
}

func newOffice(t testing.TB, target string) *office {
	o := &office{t: t, things: map[string]module.Due{}, person: map[string]string{}}
	o.morning("2026-03-01")
	o.d = dbtest.Open(t, target, db.WithClock(o.now))
	must(t, journal.Adopt(context.Background(), o.d, nil))
	o.desk = notice.Desk{Sources: []module.Reminder{o.source()}, Mail: true, Chat: true,
		BaseURL:   "https://city.example",
		City:      func(*db.Tx) (string, error) { return "新河市", nil },
		Languages: func(*db.Tx) (map[string]string, error) { return o.languages(), nil }}
	jobs := o.desk.Jobs()
	for _, name := range []string{notice.MailChannel, notice.ChatChannel} {
		jobs.Channels = append(jobs.Channels, job.Channel{Name: name,
			Send: func(_ context.Context, all []job.Delivery, done func(job.Delivery, error)) error {
				for _, d := range all {
					o.mails = append(o.mails, d)
					done(d, nil)
				}
				return nil
			}})
	}
	var err error
	o.runner, err = job.NewRunner(o.d, jobs)
	must(t, err)
	o.update(func(tx *db.Tx) error {
		city, _, err := network.PutArea(tx, network.Area{Code: "900100", Name: "新河市", Level: "city",
			OpensOn: "2016-01-01"})
		must(t, err)
		o.area, _, err = network.PutArea(tx, network.Area{Code: "900101", Name: "东区", Level: "district",
			ParentID: city.ID, OpensOn: "2016-01-01"})
		must(t, err)
		for code, area := range map[string]int64{"WCCO": city.ID, "CLINIC": o.area.ID, "SCHOOL": o.area.ID} {
			_, err := network.PutUnit(tx, network.Unit{Code: code, Name: code + "单位", NameEN: code, Kind: "unit",
				AreaID: area, OpensOn: "2016-01-01"})
			must(t, err)
		}
		for _, l := range []string{"office", "statistician", "leader", "committee_leader", "acting_statistician"} {
			_, err := network.PutLabel(tx, network.Label{Kind: "role", Code: l, Name: "岗位" + l, NameEN: l})
			must(t, err)
		}
		return nil
	})
	for _, p := range []string{"张三 CLINIC statistician", "李四 CLINIC leader", "王五 WCCO office",
		"赵六 SCHOOL statistician"} {
		o.hire(p, "2016-01-01")
	}
	return o
}

func (o *office) languages() map[string]string {
	all := map[string]string{}
	for name, id := range o.person {
		if all[id] = "zh"; name == "李四" {
			all[id] = "en"
		}
	}
	return all
}

// hire puts a person into a post: 张三 CLINIC statistician. Everybody but 赵六 has an address.
func (o *office) hire(text, from string) {
	o.t.Helper()
	parts := strings.Fields(text)
	o.update(func(tx *db.Tx) error {
		p, err := network.AddPerson(tx, network.Person{Name: parts[0], NameEN: parts[0] + "-en"})
		must(o.t, err)
		_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: parts[1], Role: parts[2], OpensOn: from})
		must(o.t, err)
		if o.person[parts[0]] = p.ID; parts[0] != "赵六" {
			_, err = network.SetEmail(tx, p.ID, fmt.Sprintf("p%d@city.example", len(o.person)))
		}
		return err
	})
}

func (o *office) source() module.Reminder {
	const piece = 3
	return module.Reminder{Object: "thing", Verbs: "thing.",
		Steps: []module.Ask{{Verb: "submission.prepare", Part: "first", Label: "填报", Ask: "请填报并签字"},
			{Verb: "submission.accept", Part: auth.Office, Label: "审核", Ask: "请审核"}},
		Due: func(_ *db.Tx, until, from string) (things []module.Due, next string, err error) {
			var keys []string
			for k, t := range o.things {
				if k > from && t.Step != "" && t.DueOn <= until {
					keys = append(keys, k)
				}
			}
			slices.Sort(keys)
			for i, k := range keys {
				if i == piece {
					return things, next, nil
				}
				things, next = append(things, o.things[k]), k
			}
			return things, "", nil
		},
		Of: func(_ *db.Tx, objects []string) (map[string]module.Due, error) {
			found := map[string]module.Due{}
			for _, object := range objects {
				t, there := o.things[object]
				if !there { // as a module says of what it does not find
					return nil, errs.Missingf("没有找到这项内容。")
				}
				found[object] = t
			}
			return found, nil
		}}
}

func (o *office) due(n int, unit, day string) string {
	object := fmt.Sprintf("thing/%02d", n)
	o.things[object] = module.Due{Object: object, Title: fmt.Sprintf("表%d", n), TitleEN: fmt.Sprintf("Form %d", n),
		URL: "/things/" + object[6:], Unit: unit, UnitName: unit + "单位", UnitNameEN: unit, AreaPath: o.area.Path,
		Step: "submission.prepare", DueOn: day, Roles: map[string]string{"first": "statistician", "second": "leader"}}
	return object
}

func (o *office) update(fn func(*db.Tx) error) {
	o.t.Helper()
	must(o.t, o.d.Update(context.Background(), fn))
}

func (o *office) morning(day string) {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 07:31", db.China)
	must(o.t, err)
	o.mu.Lock()
	o.at = at
	o.mu.Unlock()
}

// passes lets days go by, one morning after the other.
func (o *office) passes(from, to string) {
	o.t.Helper()
	for day := from; day <= to; {
		o.morning(day)
		must(o.t, o.runner.Tick(context.Background()))
		at, err := time.Parse(time.DateOnly, day)
		must(o.t, err)
		day = at.AddDate(0, 0, 1).Format(time.DateOnly)
	}
}

func (o *office) told(object string) (lines []string) {
	o.t.Helper()
	must(o.t, o.d.View(context.Background(), func(tx *db.Tx) error {
		all, err := notice.Of(tx, object)
		lines = nil
		for _, l := range all {
			lines = append(lines, l.On[5:]+" "+l.RoleEN+" "+l.Rung)
		}
		return err
	}))
	return lines
}

func (o *office) unread(name, unit string, roles ...string) (n int) {
	o.t.Helper()
	by := auth.User{ID: o.person[name]}
	for _, role := range roles {
		by.Posts = append(by.Posts, auth.Post{Unit: unit, Role: role})
	}
	must(o.t, o.d.View(context.Background(), func(tx *db.Tx) (err error) {
		n, err = o.desk.Unread(tx, by)
		return err
	}))
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A form that is due reminds its statistician, then the leader, then the office, then the committee, each rung once,
// until it is sent.
func TestLadder(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		object := o.due(1, "CLINIC", "2026-03-17")
		o.hire("孙主任 WCCO committee_leader", "2016-01-01")
		o.passes("2026-03-01", "2026-04-30")
		same(t, "told", o.told(object), "03-03 statistician -10wd", "03-13 statistician -3d", "03-17 statistician 0d",
			"03-18 statistician +1wd", "03-18 leader +1wd", "03-24 office +5wd", "03-31 leader +10wd",
			"03-31 committee_leader +10wd")
		var mails []string
		for _, m := range o.mails {
			if m.Channel == notice.MailChannel {
				own := m.Person == o.person["张三"]
				if asked := strings.Contains(m.Body, "请填报并签字"); asked != own {
					t.Errorf("who is to do it, and who is to look into it: %s", m.Body)
				}
				mails = append(mails, m.Key[strings.Index(m.Key, "/")+6:]+" "+m.Subject)
			}
		}
		same(t, "mails", mails, "03-03 【新河市】2026-03-03：1件事提醒", "03-13 【新河市】2026-03-13：1件事提醒",
			"03-17 【新河市】2026-03-17：1件事提醒", "03-18 【新河市】2026-03-18：1件事提醒",
			"03-18 [新河市] 2026-03-18: 1 reminder(s)", "03-24 【新河市】2026-03-24：1件事提醒",
			"03-31 [新河市] 2026-03-31: 1 reminder(s)", "03-31 【新河市】2026-03-31：1件事提醒")
	})
}

// The act ends the reminder, at once where it is read, and no later rung fires.
func TestTheActEndsIt(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		object := o.due(1, "CLINIC", "2026-03-17")
		o.passes("2026-03-01", "2026-03-18")
		if n := o.unread("张三", "CLINIC", "statistician"); n != 1 { // a later rung takes the place of those before
			t.Errorf("%d unread before", n)
		}
		done := o.things[object]
		done.Step, done.DueOn = "", ""
		o.things[object] = done
		if n := o.unread("张三", "CLINIC", "statistician"); n != 0 {
			t.Errorf("%d unread after, before the journal is followed", n)
		}
		o.update(func(tx *db.Tx) error { return journal.Log(tx, journal.System, "thing.sign", object, nil) })
		must(t, journal.Seal(context.Background(), o.d))
		o.passes("2026-03-19", "2026-04-10")
		if lines := o.told(object); len(lines) != 5 {
			t.Errorf("told: %v", lines)
		}
		o.update(func(tx *db.Tx) error {
			lines, err := notice.Of(tx, object)
			for _, l := range lines {
				if l.Ended == nil {
					t.Errorf("still open: %+v", l)
				}
			}
			return err
		})
	})
}

// A clock that jumps a month tells each address once, of the day that it is; days off are no mornings; a second run of
// the same day, or of an earlier one, tells nobody anything.
func TestJumpsAndRepetitions(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		object := o.due(1, "CLINIC", "2026-03-17")
		o.passes("2026-03-01", "2026-03-02")
		o.passes("2026-04-04", "2026-04-05") // a weekend
		if lines := o.told(object); len(lines) != 0 {
			t.Errorf("told on a day off: %v", lines)
		}
		o.passes("2026-04-07", "2026-04-07")
		want := []string{"04-07 statistician +1wd", "04-07 leader +10wd", "04-07 office +5wd"}
		same(t, "told", o.told(object), want...)
		for range 2 {
			o.update(func(tx *db.Tx) error { return o.runner.Bring(tx, notice.JobMorning) })
			must(t, o.runner.Tick(context.Background()))
		}
		o.passes("2026-03-20", "2026-03-25")
		same(t, "told again", o.told(object), want...)
	})
}

// Nobody is told of what is not theirs; a successor inherits; whoever has no address has the inbox.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		for n := range 8 {
			o.due(n, "CLINIC", "2026-03-17")
		}
		o.due(8, "SCHOOL", "2026-03-17")
		o.passes("2026-03-01", "2026-03-03")
		for name, want := range map[string]int{"张三 CLINIC statistician": 8, "赵六 SCHOOL statistician": 1,
			"李四 CLINIC leader": 0, "王五 WCCO office": 0, "张三 SCHOOL leader": 0} {
			p := strings.Fields(name)
			if n := o.unread(p[0], p[1], p[2]); n != want {
				t.Errorf("%s: %d unread, want %d", name, n, want)
			}
		}
		if len(o.mails) != 2 { // 张三's, and the office's chat
			t.Errorf("mails: %+v", o.mails)
		}
		for _, m := range o.mails {
			if m.Channel == notice.MailChannel && (m.Person != o.person["张三"] ||
				!strings.Contains(m.Body, "https://city.example/things/00") || strings.Contains(m.Body, "SCHOOL")) {
				t.Errorf("mail: %+v", m)
			}
		}
		o.hire("周八 CLINIC statistician", "2026-03-05")
		if n := o.unread("周八", "CLINIC", "statistician"); n != 8 {
			t.Errorf("the successor has %d", n)
		}
		o.mails = nil
		o.passes("2026-03-05", "2026-03-13")
		people := map[string]bool{}
		for _, m := range o.mails {
			if m.Channel == notice.MailChannel {
				people[m.Person] = true
			}
		}
		if !people[o.person["周八"]] {
			t.Errorf("the successor gets no mail: %v", people)
		}
	})
}

// The office's own ladder takes the place of the program's, for its step.
func TestOwnLadder(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		o.update(func(tx *db.Tx) error {
			for _, row := range [][2]string{{"-1d", "已确认"}, {"-5d", "停用"}} {
				r, err := notice.ReadRung("submission.prepare", row[0], "leader", "本单位", row[1], "本市工作制度")
				must(t, err)
				changed, err := notice.PutRung(tx, r)
				must(t, err)
				if again, err := notice.PutRung(tx, r); !changed || again || err != nil {
					t.Errorf("put: %v, again: %v %v", changed, again, err)
				}
			}
			return nil
		})
		object := o.due(1, "CLINIC", "2026-03-18")
		o.passes("2026-03-01", "2026-04-30")
		same(t, "told", o.told(object), "03-17 leader -1d")
	})
}
