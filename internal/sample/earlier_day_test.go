package sample_test

// The pages of an earlier day say what they said then, word for word, whatever was accepted, amended and redefined
// since; and whoever changes the history of a definition by SQL is found. Both in the fictional city.

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/asof"
	"yipanqi/internal/attest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/revision"
	"yipanqi/internal/sample"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/submission"
)

// city is a program over the fictional city.
type earlier struct {
	*db.DB
	t     *testing.T
	house sample.House
}

func newEarlier(t *testing.T, d *db.DB) *earlier {
	t.Helper()
	house, err := app.HouseOf(d, sampletest.Secrets(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &earlier{d, t, house}
}

func (c *earlier) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *earlier) update(fn func(*db.Tx) error) {
	c.t.Helper()
	c.must(c.Update(context.Background(), fn))
}

func signedIn(tx *db.Tx, login string) (auth.User, error) {
	id, err := db.Value[string](tx, `SELECT person_id FROM accounts WHERE login = $1`, login)
	if err != nil {
		return auth.User{}, err
	}
	return account.Present(tx, id)
}

// get asks for a page as a program does.
func (c *earlier) get(login, path string) (answer map[string]any, refused error) {
	c.t.Helper()
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		by, err := signedIn(tx, login)
		if err != nil {
			return err
		}
		var body json.RawMessage
		if body, refused = c.house.Door(tx, by, "GET", path, "", nil); refused != nil {
			return nil
		}
		return json.Unmarshal(body, &answer)
	}))
	return answer, refused
}

func (c *earlier) page(login, path string) map[string]any {
	c.t.Helper()
	answer, refused := c.get(login, path)
	if refused != nil {
		c.t.Fatalf("%s as %s: %v", path, login, refused)
	}
	return answer
}

// one is the first report of a state, with the version that a step on it names.
func (c *earlier) one(state string) (id string, version int64) {
	c.t.Helper()
	list := c.page("office", "/submissions?state="+state)["submissions"].([]any)
	if len(list) == 0 {
		c.t.Fatalf("the city has no report that is %s", state)
	}
	id = list[0].(map[string]any)["id"].(string)
	return id, int64(c.page("office", "/submissions/"+id)["version"].(float64))
}

// answers proposes to drop an indicator that has no data.
func (c *earlier) answers(login, indicator string) {
	c.t.Helper()
	for _, one := range c.page("office", "/no-data")["records"].([]any) {
		if r := one.(map[string]any); r["indicator"] == indicator {
			c.update(func(tx *db.Tx) error {
				by, err := signedIn(tx, login)
				if err == nil {
					_, err = revision.Answer(tx, by, r["id"].(string), int64(r["version"].(float64)),
						revision.VerbDrop, revision.Said{Reason: "没有人用（模拟）"})
				}
				return err
			})
		}
	}
	if then, now := c.page("office", "/no-data?state=drop_proposed")["total"], 1.0; then.(float64) < now {
		c.t.Errorf("%v indicators are proposed to be dropped", then)
	}
}

// pages are of every kind that shows earlier days, by who reads them.
var pages = []string{"office /board?plan=SF-W21&year=2023", "xichuan-statistician /board?plan=SF-C21&year=2022",
	"office /indicators", "office /indicators/W-HEA-001", "office /indicators/W-HEA-001/values",
	"office /submissions?page=2", "labour-liaison /submissions", "office /plans", "office /plans/SF-W21",
	"office /areas/990101", "office /units", "office /units/SF-EDU", "xichuan-statistician /units/990102-WCCO",
	"office /published", "office /published?page=2", "office /forms", "office /forms/EDU-S", "office /health",
	"office /health?plan=SF-C21", "xichuan-statistician /health?gap=data", "office /no-data", "office /sex-duties",
	"office /indicator-links", "office /parameters", "office /tags", "office /tags/SF-4",
	"office /board?tag=SF-4/HEALTH",
	"office /indicators?tag=SF-4/HEALTH",
	"office /proof?indicator=W-HEA-001&area=990100&period=2022",
	"office /proof?indicator=W-HEA-001&area=990100&period=2023",
	"xichuan-statistician /proof?indicator=W-HEA-001&area=990102&period=2022"}

func TestAnEarlierDaySaysWhatItSaidThen(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		c := newEarlier(t, d)
		var day string
		c.must(c.View(context.Background(), func(tx *db.Tx) error { day = tx.Today(); return nil }))
		then := map[string]map[string]any{}
		for _, page := range pages {
			login, path, _ := strings.Cut(page, " ")
			then[page] = c.page(login, path)
		}
		waiting, version := c.one("signed")
		accepted, _ := c.one("accepted")
		before := map[string]map[string]any{}
		for _, id := range []string{waiting, accepted} {
			before[id] = c.page("office", "/submissions/"+id)
		}

		for range 2 {
			c.update(func(tx *db.Tx) error {
				_, err := sample.NextDay(tx, auth.User{ID: "x"})
				return err
			})
		}
		c.update(func(tx *db.Tx) error {
			by, err := signedIn(tx, "office")
			if err != nil {
				return err
			}
			issuer, err := sampletest.Secrets().Installation.Public()
			if err == nil {
				_, err = submission.Accept(tx, by, waiting, version, issuer)
			}
			return err
		})
		c.update(func(tx *db.Tx) error {
			return tx.Exec(`UPDATE indicators SET name = '改过的名称' WHERE code = 'W-HEA-001'`)
		})
		c.update(func(tx *db.Tx) error {
			return tx.Exec(`UPDATE targets SET value = '99' WHERE indicator_id =
				(SELECT id FROM indicators WHERE code = 'W-HEA-001')`)
		})
		c.update(func(tx *db.Tx) error {
			return tx.Exec(`UPDATE tagged SET closes_on = '2024-01-01' WHERE tag = 'HEALTH'`)
		})
		c.update(func(tx *db.Tx) error { return tx.Exec(`DELETE FROM targets WHERE plan = 'SF-C21'`) })
		c.answers("justice-liaison", "C-LAW-002")

		for _, page := range pages {
			login, path, _ := strings.Cut(page, " ")
			join := "?"
			if strings.Contains(path, "?") {
				join = "&"
			}
			differ(t, page, then[page], c.page(login, path+join+"as_of="+day))
		}
		for id, was := range before {
			now := c.page("office", "/submissions/"+id+"?as_of="+day)
			for _, key := range []string{"state", "values", "versions", "number"} {
				if !reflect.DeepEqual(was[key], now[key]) {
					t.Errorf("report %s, %s: was %v, is said to have been %v", id, key, was[key], now[key])
				}
			}
		}
		if same := reflect.DeepEqual(then[pages[3]], c.page("office", "/indicators/W-HEA-001")); same {
			t.Error("today's page of an indicator that was renamed is the one of then")
		}
		since := c.page("office", "/since?day="+day)
		for _, list := range []string{"figures", "reports", "definitions"} {
			if n := len(since[list].([]any)); n == 0 {
				t.Errorf("since %s: no %s changed", day, list)
			}
		}
		c.found(0)
		dbtest.Outside(t, d, `UPDATE attested_past SET text = '' WHERE name = 'targets'`)
		c.found(1)
		dbtest.Outside(t, d, `DELETE FROM attested_past`)
		c.found(2)
	})
}

// found fails unless the audit names as many places of the history at least, or none.
func (c *earlier) found(least int) {
	c.t.Helper()
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		found, err := attest.VerifyPast(tx)
		if len(found) < least || least == 0 && len(found) > 0 {
			c.t.Errorf("the audit of the definitions' history names %d places, want %d: %v", len(found), least, found)
		}
		return err
	}))
}

// differ names what two answers do not have in common. What other modules add to a page is no part of an earlier day.
func differ(t *testing.T, page string, was, is map[string]any) {
	t.Helper()
	for _, answer := range []map[string]any{was, is} {
		if standing, of := answer["standing"].(map[string]any); of {
			delete(standing, "records") // registers' own
		}
	}
	for key := range was {
		if key == "about" || key == "holds" || reflect.DeepEqual(was[key], is[key]) {
			continue
		}
		t.Errorf("%s, %s: was\n%s\nis said to have been\n%s", page, key, brief(was[key]), brief(is[key]))
	}
}

func brief(v any) string {
	text, _ := json.Marshal(v)
	if len(text) > 1500 {
		return fmt.Sprintf("%s … (%d bytes)", text[:1500], len(text))
	}
	return string(text)
}

func TestDaysThatCannotBeShown(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		c := newEarlier(t, d)
		for day, want := range map[string]string{"2018-12-31": "最早可以查看2019-01-02", "2099-01-01": "还没有到",
			"2024-02-30": "日期“2024-02-30”不对", "gestern": "日期“gestern”不对"} {
			if _, refused := c.get("office", "/board?as_of="+day); refused == nil ||
				!strings.Contains(refused.Error(), want) {
				t.Errorf("%s: %v, want …%s…", day, refused, want)
			}
		}
		for _, path := range []string{"/areas/990101?as_of=2023-03-20", "/since?day=2023-03-20&area=990101",
			"/proof?indicator=W-HEA-001&area=990101&period=2022&as_of=2023-03-20"} {
			if answer, refused := c.get("xichuan-statistician", path); refused == nil {
				t.Errorf("%s shows another district's figures: %s", path, brief(answer))
			}
		}
		if _, refused := c.get("office", "/holidays?as_of=2024-01-01"); refused == nil {
			t.Error("a page without earlier days takes as_of")
		}
		days := asof.New(d, t.TempDir(), func(*db.Tx, *db.Tx, int64) error { return nil })
		defer days.Close()
		var open []*asof.Day
		for _, day := range []string{"2022-01-01", "2022-02-01", "2022-03-01", "2022-04-01"} {
			one, err := days.Open(context.Background(), day)
			c.must(err)
			open = append(open, one)
		}
		if _, err := days.Open(context.Background(), "2022-05-01"); errs.KindOf(err) != errs.Busy {
			t.Errorf("a fifth day while four are read: %v, want it refused as busy", err)
		}
		open[0].Release()
		fifth, err := days.Open(context.Background(), "2022-05-01")
		c.must(err)
		for _, one := range append(open[1:], fifth) {
			one.Release()
		}
		crowded(t, d, days)
		today := c.page("office", "/board?as_of="+time.Date(2024, 3, 15, 0, 0, 0, 0, db.China).Format(time.DateOnly))
		if !reflect.DeepEqual(today["area"], c.page("office", "/board")["area"]) {
			t.Error("the board of today is another than the board")
		}
	})
}

// crowded has every reader that the database has wait for one day at once: it is put together all the same.
func crowded(t *testing.T, d *db.DB, days *asof.Book) {
	t.Helper()
	var reading, begun sync.WaitGroup
	var shown atomic.Int64
	begun.Add(d.AtOnce())
	for range d.AtOnce() {
		reading.Go(func() {
			err := d.View(context.Background(), func(tx *db.Tx) error {
				begun.Done()
				begun.Wait()
				one, err := days.OpenWithin(tx, "2021-06-01")
				if err == nil {
					shown.Add(1)
					one.Release()
				}
				return err
			})
			if err != nil && errs.KindOf(err) != errs.Busy {
				t.Errorf("a day that all readers wait for: %v", err)
			}
		})
	}
	reading.Wait()
	if shown.Load() == 0 {
		t.Error("a day that all readers wait for is shown to none of them")
	}
}
