package directory_test

// A fault that anybody reports goes to its keeper and comes to an end; the report names nobody, and what was written is
// the keeper's to read. Looking facilities up: web_test.go.

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/directory"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/sign"
	"yipanqi/internal/web/webtest"
)

const toilet = "/directory/public_toilet/GC-1/faults"

// report reports a fault and gives the code to ask after it and, found in its keeper's list, the fault itself.
func (c *town) report(text string) (code string, f directory.Fault) {
	c.Helper()
	var got struct{ Code string }
	w := c.Site.Check(c.T, webtest.Scenario{Method: "POST", Path: toilet, JSON: true,
		Body: fmt.Sprintf(`{"item": "T1", "text": %q}`, text)})
	c.read(w.Body.Bytes(), &got)
	var all struct{ Faults []directory.Fault }
	c.read(c.Site.Check(c.T, webtest.Scenario{As: "east", Path: "/faults", JSON: true}).Body.Bytes(), &all)
	for _, one := range all.Faults {
		if one.Text == text {
			return got.Code, one
		}
	}
	c.Fatalf("the keeper does not see “%s”: %+v", text, all)
	return "", f
}

func (c *town) read(body []byte, into any) {
	c.Helper()
	if err := json.Unmarshal(body, into); err != nil {
		c.Fatalf("%v: %s", err, body)
	}
}

// answer takes a step and gives the fault as it is then.
func (c *town) answer(as string, f directory.Fault, verb, more string, status int) directory.Fault {
	c.Helper()
	w := c.Site.Check(c.T, webtest.Scenario{As: as, Method: "POST", Path: f.URL() + "/" + verb, JSON: true,
		Body: fmt.Sprintf(`{"version": %d%s}`, f.Version, more), Status: status})
	if status != 0 && status != 200 {
		return f
	}
	c.read(w.Body.Bytes(), &f)
	return f
}

func (c *town) tasks(login string) (all []module.Task) {
	c.Helper()
	if err := c.DB.View(context.Background(), func(tx *db.Tx) (err error) {
		all, err = directory.Tasks(tx, c.People[login])
		return err
	}); err != nil {
		c.Fatal(err)
	}
	return all
}

func TestAFaultFromTheReportToItsEnd(t *testing.T) {
	eachTown(t, func(c *town) {
		c.Site.Check(c.T, webtest.Scenario{Path: "/directory/public_toilet/GC-1", Contains: []string{"报修",
			"地面、洁具干净无异味", "设施损坏", "不记下您是谁"}})
		code, f := c.report("女厕洗手池漏水（模拟）")
		if f.State != directory.Opened || len(code) != 10 {
			c.Fatalf("a new fault is %+v, code %s", f, code)
		}
		if len(c.tasks("east")) != 1 || len(c.tasks("office")) != 0 || len(c.tasks("west")) != 0 {
			c.Error("a new fault waits for somebody else than its keeper")
		}
		c.Site.Run(c.T,
			webtest.Scenario{Path: "/directory/faults?code=" + strings.ToLower(code), Contains: []string{"待处理",
				"东岭商业街公厕"}, NotContains: []string{"漏水"}},
			webtest.Scenario{Path: "/directory/faults?code=AAAAAAAAAA", JSON: true, Status: 404},
			webtest.Scenario{Path: "/directory/public_toilet/GC-1", Contains: []string{"已有人报过"},
				NotContains: []string{"漏水", code}}, // what somebody wrote is the keeper's to read
			webtest.Scenario{As: "west", Path: "/faults", NotContains: []string{"漏水"}},
			webtest.Scenario{As: "west", Path: f.URL(), Status: 404},
			webtest.Scenario{As: "east", Path: f.URL(), Contains: []string{"漏水", "暂不处理"},
				NotContains: []string{code}},
			webtest.Scenario{As: "office", Path: f.URL(), Contains: []string{"漏水", "转为督办事项"}},
			webtest.Scenario{Path: f.URL(), Status: 303},
		)
		c.answer("west", f, "fix", "", 404)
		c.answer("office", f, "fix", "", 403) // the office follows up, it does not mend
		c.answer("east", f, "wont", "", 422)
		c.answer("east", f, "raise", "", 403)
		f = c.answer("east", f, "pass", `, "reason": "水管由物业负责，已转告"`, 0)
		if f.State != directory.NotOurs || f.EndedOn != "" {
			c.Errorf("what is not ours is over: %+v", f)
		}
		stale := f
		f = c.answer("east", f, "fix", `, "reason": "物业已修好"`, 0)
		c.answer("east", stale, "wont", `, "reason": "旧页面"`, 409)
		c.Site.Check(c.T, webtest.Scenario{Path: "/directory/faults?code=" + code, JSON: true,
			Contains: []string{`"state":"fixed"`, "物业已修好"}})
		if len(c.tasks("east")) != 0 {
			c.Error("what is mended still waits")
		}
		f = c.answer("city", f, "reopen", `, "reason": "回访发现仍漏水"`, 0)
		_, other := c.report("洗手池漏水，地面湿滑（模拟）")
		c.answer("east", other, "same", fmt.Sprintf(`, "same_as": %q`, other.ID), 422)
		other = c.answer("east", other, "same", fmt.Sprintf(`, "same_as": %q`, f.ID), 0)
		c.answer("east", f, "same", fmt.Sprintf(`, "same_as": %q`, other.ID), 422)
		if other.State != directory.Duplicate || other.EndedOn == "" {
			c.Errorf("a duplicate is %+v", other)
		}
		f = c.answer("east", f, "ask", `, "reason": "需要协调物业"`, 0)
		c.answer("east", f, "ask", `, "reason": "再报"`, 409)
		if tasks := c.tasks("office"); len(tasks) != 1 || tasks[0].Verb != directory.VerbRaise {
			c.Errorf("the office that was asked has %+v", tasks)
		}
		f = c.answer("office", f, "raise", `, "due": "2099-01-01"`, 0)
		if f.Matter == "" || len(c.tasks("office")) != 0 {
			c.Errorf("the fault became no matter: %+v", f)
		}
		c.answer("office", f, "raise", "", 409)
		c.found(0)
		dbtest.Outside(c.T, c.DB, "UPDATE faults SET state = 'fixed', ended_on = '2024-01-01' WHERE id = '"+f.ID+"'")
		c.found(2)
	})
}

// found is how many columns of faults do not say what the journal says.
func (c *town) found(want int) {
	c.Helper()
	if err := c.DB.View(context.Background(), func(tx *db.Tx) error {
		findings, err := directory.Verify(tx, sign.PublicKey(""))
		if len(findings) != want {
			c.Errorf("%d findings, want %d: %+v", len(findings), want, findings)
		}
		return err
	}); err != nil {
		c.Fatal(err)
	}
}

func TestAReportNamesNobody(t *testing.T) {
	eachTown(t, func(c *town) {
		for _, text := range []string{"水管漏水，请打13800138000", "联系 138-0013-8000 漏水",
			"漏水电话１３８００１３８０００", "我的电话一三八零零一三八零零零", "身份证11010119900307123X，门坏了",
			"写信到 a.b@example.com 漏水", "漏水＠x.cn",
			"010-6512 3456 门坏了", "看 http://example.com 门坏了", "坏了", strings.Repeat("长", 201)} {
			c.Site.Check(c.T, webtest.Scenario{Method: "POST", Path: toilet, JSON: true, Status: 422,
				Body: fmt.Sprintf(`{"item": "T1", "text": %q}`, text), Contains: []string{`"text":`}})
		}
		for _, text := range []string{"3楼第2个隔间门锁坏了", "2024-03-15上午没有水", "厕纸用完，洗手液也没有"} {
			c.report(text)
		}
		c.Site.Run(c.T,
			webtest.Scenario{Method: "POST", Path: toilet, JSON: true, Status: 422,
				Body: `{"item": "no", "text": "门锁坏了没人修"}`, Contains: []string{`"item":`}},
			webtest.Scenario{Method: "POST", Path: "/directory/public_toilet/GC-3/faults", JSON: true, Status: 404,
				Body: `{"item": "T1", "text": "门锁坏了没人修"}`},
			webtest.Scenario{Method: "POST", Path: toilet, Form: map[string][]string{"item": {"T1"},
				"text": {"门坏了，电话13800138000"}}, Status: 422, Contains: []string{"不要写电话", "门坏了，电话"}},
		)
	})
}

// A machine reports so many faults an hour, whichever server takes them down; the next hour begins anew.
func TestAMachineReportsSoManyFaultsAnHour(t *testing.T) {
	eachTown(t, func(c *town) {
		report := func(from string, later time.Duration) error {
			return c.DB.Update(context.Background(), func(tx *db.Tx) error {
				tx.Now = time.Date(2024, 5, 6, 7, 8, 0, 0, time.UTC).Add(later)
				_, err := directory.Report(tx, from, "public_toilet", "GC-1", "T2", "没有厕纸了")
				return err
			})
		}
		for i := range directory.ReportsAnHour {
			if err := report(fmt.Sprint("10.0.0.1:", 4000+i), 0); err != nil {
				c.Fatal(err)
			}
		}
		if err := report("10.0.0.1:9", time.Minute); errs.KindOf(err) != errs.Often {
			c.Errorf("one more from the same machine: %v", err)
		}
		if err := report("10.0.0.2:9", time.Minute); err != nil {
			c.Errorf("another machine: %v", err)
		}
		if err := report("10.0.0.1:9", time.Hour); err != nil {
			c.Errorf("an hour later: %v", err)
		}
	})
}

// A facility has so many open faults at most, and one that nobody mended for more than a week waits for the office too.
func TestFaultsHaveABoundAndADay(t *testing.T) {
	eachTown(t, func(c *town) {
		err := c.DB.Update(context.Background(), func(tx *db.Tx) error {
			tx.Now = tx.Now.AddDate(0, 0, -8)
			for i := range 50 {
				_, err := directory.Report(tx, fmt.Sprint("10.0.0.", i, ":1"), "public_toilet", "GC-1", "T2",
					fmt.Sprintf("第%d次没有厕纸", i))
				if err != nil {
					return err
				}
			}
			_, err := directory.Report(tx, "10.0.1.1:1", "public_toilet", "GC-1", "T2", "再一次没有厕纸")
			if errs.KindOf(err) != errs.Conflict {
				c.Errorf("the 51st open fault: %v", err)
			}
			return nil
		})
		if err != nil {
			c.Fatal(err)
		}
		if n := len(c.tasks("office")); n != 50 {
			c.Errorf("the office has %d late faults", n)
		}
		c.Site.Check(c.T, webtest.Scenario{As: "office", Path: "/faults?open=late",
			Contains: []string{"第3次没有厕纸"}})
		c.Site.Check(c.T, webtest.Scenario{As: "east", Path: "/faults?kind=public_toilet&state=open&sort=facility",
			Contains: []string{"第3次没有厕纸"}})
	})
}
