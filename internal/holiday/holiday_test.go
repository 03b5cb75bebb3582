package holiday_test

// A notice of days off counts from the next transaction, a later one over an earlier; the page shows both. Counting
// limits by them: package calendar.

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
	"yipanqi/internal/web"
)

const first, second = "http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm",
	"http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm"

func day(on, announced, notice string, off bool) calendar.Day {
	return calendar.Day{On: on, Off: off, Name: "劳动节", NameEN: "Labour Day", Announced: announced, Notice: notice}
}

func put(t *testing.T, d *db.DB, days ...calendar.Day) (changed int) {
	t.Helper()
	if err := d.Update(context.Background(), func(tx *db.Tx) error {
		changed = 0
		for _, day := range days {
			new, err := holiday.Put(tx, day, "")
			if err != nil {
				return err
			}
			if new {
				changed++
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return changed
}

func due(t *testing.T, d *db.DB, from, limit string) (due calendar.Due) {
	t.Helper()
	if err := d.View(context.Background(), func(tx *db.Tx) error {
		l, err := calendar.Parse(limit)
		if err != nil {
			return err
		}
		start, _ := calendar.Start(from)
		due, err = holiday.Due(tx, start, l)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return due
}

// What is imported counts from the next transaction on, a second notice over the first, and is put once.
func TestWhatIsPutCounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if got := due(t, d, "2019-04-30", "2 wd"); got.On != "2019-05-02" || !slices.Equal(got.Unknown, []int{2019}) {
			t.Errorf("without a notice it is %+v", got)
		}
		may := []calendar.Day{day("2019-05-01", "2018-12-06", first, true)}
		if n := put(t, d, may...); n != 1 {
			t.Errorf("%d days changed", n)
		}
		if got := due(t, d, "2019-04-30", "2 wd"); got.On != "2019-05-03" || got.Unknown != nil {
			t.Errorf("by the first notice it is %+v", got)
		}
		may = append(may, day("2019-05-01", "2019-03-22", second, true), day("2019-05-02", "2019-03-22", second, true),
			day("2019-05-03", "2019-03-22", second, true), day("2019-05-05", "2019-03-22", second, false))
		if n := put(t, d, may...); n != 4 {
			t.Errorf("%d days changed, want the 4 of the second notice", n)
		}
		if n := put(t, d, may...); n != 0 {
			t.Errorf("put again, %d days changed", n)
		}
		if got := due(t, d, "2019-04-30", "2 wd"); got.On != "2019-05-06" {
			t.Errorf("by both notices it is %+v", got)
		}
	})
}

func TestWhatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for field, c := range map[string]struct {
			calendar.Day
			weekday string
		}{
			"weekday":      {day("2019-05-01", "2018-12-06", first, true), "星期二"},
			"notice":       {day("2019-05-01", "2018-12-06", "见通知", true), "星期三"},
			"announced_on": {day("2021-05-01", "2019-12-06", first, true), ""},
		} {
			err := d.Update(context.Background(), func(tx *db.Tx) error {
				_, err := holiday.Put(tx, c.Day, c.weekday)
				return err
			})
			if errs.KindOf(err) != errs.Invalid || len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[field].IsZero() {
				t.Errorf("a wrong %s gives %v", field, err)
			}
		}
	})
}

func TestThePageShowsAYearWithItsNotices(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, day("2019-05-01", "2018-12-06", first, true), day("2019-05-01", "2019-03-22", second, true),
			day("2019-05-05", "2019-03-22", second, false), day("2021-05-01", "2020-11-25", first, true))
		var secret string
		if err := d.Update(context.Background(), func(tx *db.Tx) error {
			person, err := network.AddPerson(tx, network.Person{Name: "工作人员"})
			if err == nil {
				secret, _, err = auth.OpenSession(tx, person.ID, auth.Bearer)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		m := web.NewMux(web.Config{DB: d, Committed: func() {}, Asset: func(name string) string { return name },
			User: func(_ *db.Tx, id string) (auth.User, error) {
				return auth.User{ID: id, Posts: []auth.Post{{Role: auth.Liaison}}}, nil
			}})
		holiday.Routes(m)
		for _, c := range []struct {
			accept, query string
			status        int
			want          []string
		}{
			{"text/html", "?year=2019", 200, []string{"2019年放假安排", "放假1天，周末上班1天",
				"已由后来的通知改变", second, "2019-05-05 星期日", "中间缺这些年的通知：2020。"}},
			{"text/html", "?year=2020", 200, []string{"2020年的放假通知还没有导入", "这一年还没有放假安排"}},
			{"application/json", "?year=2019", 200, []string{`"gaps":[2020]`, `"announced":true`, `"replaced":true`}},
			{"text/csv", "?year=2019", 200, []string{"日期,星期,节日,英文名,类别,公布日期,通知,说明",
				"2019-05-05,星期日,劳动节,Labour Day,上班,2019-03-22," + second}},
			{"application/json", "?year=明年", 422, []string{"不是年份"}},
			{"application/json", "?year=20190", 422, []string{"不是年份"}},
		} {
			request := httptest.NewRequest(http.MethodGet, "/holidays"+c.query, nil)
			request.Header.Set("Authorization", "Bearer "+secret)
			request.Header.Set("Accept", c.accept)
			answer := httptest.NewRecorder()
			m.Handler().ServeHTTP(answer, request)
			for _, word := range c.want {
				if answer.Code != c.status || !strings.Contains(answer.Body.String(), word) {
					t.Errorf("%s %s: %d, lacks %q", c.query, c.accept, answer.Code, word)
				}
			}
		}
	})
}

// TestALimitIsTheInstallations: what the office set counts at once, what it did not is the proposal.
func TestALimitIsTheInstallations(t *testing.T) {
	t.Parallel()
	of := flow.Limited{Name: "visit.ahead", Within: calendar.Within(5, calendar.WorkDays)}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Update(context.Background(), func(tx *db.Tx) error {
			for _, c := range []struct{ day, set, want string }{{"2019-03-04", "", "2019-03-11"},
				{"2019-03-04", "3工作日", "2019-03-07"}, {"", "3工作日", ""}} {
				if _, err := setting.Put(tx, flow.LimitKey(of.Name), c.set); err != nil {
					return err
				}
				if got, err := holiday.By(tx, c.day, of); err != nil || got != c.want {
					t.Errorf("%q after %s: %s, %v, want %s", c.set, c.day, got, err, c.want)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}
