package record_test

// A children's home from a draft to the figures, and what people may not do with it.

import (
	"context"
	"maps"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/record"
	"yipanqi/internal/sign"
)

// town is the fixture's database with people in it.
type town struct {
	*testing.T
	d      *db.DB
	people map[string]auth.User
}

func eachTown(t *testing.T, test func(t *town)) {
	t.Helper()
	t.Parallel()
	fixture.Each(t, func(t *testing.T, d *db.DB) {
		test(newTown(t, d))
	})
}

// posts are who works where. both keeps homes in the east and confirms them in the city.
var posts = map[string][][2]string{"east": {{"东岭区妇联", auth.Statistician}},
	"east2":  {{"东岭区妇联", auth.Statistician}},
	"west":   {{"西川区妇联", auth.Statistician}},
	"west2":  {{"西川区妇联", auth.Liaison}},
	"market": {{"示范市市场监管局", auth.Liaison}}, "city": {{"示范市妇联", auth.Liaison}},
	"both":   {{"东岭区妇联", auth.Statistician}, {"示范市妇联", auth.Liaison}},
	"office": {{"示范市妇儿工委办", auth.Office}}, "health": {{"示范市卫生健康委", auth.Liaison}},
	"system": {{"示范市妇儿工委办", auth.SystemAdmin}}}

func (c *town) hire(tx *db.Tx) error {
	units, err := network.AllUnits(tx)
	if err != nil {
		return err
	}
	codes := map[string]string{}
	for _, u := range units {
		codes[u.Name] = u.Code
	}
	all := maps.Clone(posts)
	for login, at := range tellers {
		all[login] = [][2]string{at}
	}
	for login, at := range all {
		person, err := network.AddPerson(tx, network.Person{Name: login})
		if err != nil {
			return err
		}
		for _, post := range at {
			if _, err := network.AddPost(tx, network.Post{PersonID: person.ID, Unit: codes[post[0]], Role: post[1],
				OpensOn: "2020-01-01"}); err != nil {
				return err
			}
		}
		if c.people[login], err = account.UserOf(tx, person.ID); err != nil {
			return err
		}
	}
	return nil
}

func (c *town) view(fn func(tx *db.Tx) error) {
	c.Helper()
	if err := c.d.View(context.Background(), fn); err != nil {
		c.Fatal(err)
	}
}

func do[T any](c *town, fn func(tx *db.Tx) (T, error)) (v T, err error) {
	c.Helper()
	err = c.d.Update(context.Background(), func(tx *db.Tx) (err error) {
		v, err = fn(tx)
		return err
	})
	return v, err
}

func must[T any](c *town, fn func(tx *db.Tx) (T, error)) T {
	c.Helper()
	v, err := do(c, fn)
	if err != nil {
		c.Fatal(err)
	}
	return v
}

func (c *town) refused(kind errs.Kind, err error, what string) {
	c.Helper()
	if err == nil || errs.KindOf(err) != kind {
		c.Errorf("%s: %v, want a refusal of kind %v", what, err, kind)
	}
}

// home is what the keeper writes about a new home.
func home(name string, more ...string) map[string]string {
	given := map[string]string{"facility_name": name, "served_communities": "桐花社区", "location:lon": "118.1",
		"location:lat": "36.2", "home_host": "community_station", "operating_unit": "桐花社区居委会",
		"facility_state": "open",
		"opened_on":      "2024-01-10", "indoor_area": "42.5", "book_count": "150", "functions_offered:play": "on",
		"functions_offered:education": "1", "free_of_charge": "是", "weekly_hours": "12", "staff_full": "1",
		"staff_checked_on": "2024-01-02", "standard_check:H1": "ok"}
	for _, item := range []string{"2", "4", "5", "6", "7", "8", "9", "10", "11"} {
		given["standard_check:H"+item] = "ok"
	}
	for i := 0; i < len(more); i += 2 {
		given[more[i]] = more[i+1]
	}
	return given
}

func (c *town) create(who, code string, given map[string]string) (record.Record, error) {
	return do(c, func(tx *db.Tx) (record.Record, error) {
		return record.Create(tx, c.people[who], record.Draft{Register: code, Given: given})
	})
}

func (c *town) take(who string, r record.Record, verb, reason string, given map[string]string) (record.Record, error) {
	return do(c, func(tx *db.Tx) (record.Record, error) {
		return record.Take(tx, c.people[who], r.ID, verb, r.Edits, reason, given)
	})
}

func (c *town) save(who string, r record.Record, was, given map[string]string) (record.Record, error) {
	return do(c, func(tx *db.Tx) (record.Record, error) {
		return record.Save(tx, c.people[who], r.ID, r.Edits, was, given)
	})
}

// homes is how many homes are open in the district at the end of a year.
func (c *town) homes(year string) (value string) {
	c.view(func(tx *db.Tx) error {
		d, err := record.ByCode(tx, "child_home")
		if err != nil {
			return err
		}
		top, err := network.NewestArea(tx, "980101")
		if err != nil {
			return err
		}
		p, err := period.Parse(year)
		if err != nil {
			return err
		}
		tally, err := record.Count(tx, d, p, top.Path)
		value = tally.Value("homes_open", top.Path, "")
		return err
	})
	return value
}

func TestAHomeFromDraftToFigure(t *testing.T) {
	eachTown(t, func(c *town) {
		before := c.homes("2099")
		_, err := c.create("system", "child_home", home("系统管理员的"))
		c.refused(errs.Denied, err, "an administrator makes a record")
		_, err = c.create("east", "child_home", map[string]string{"facility_name": "缺", "weekly_hours": "200",
			"no_such": "1", "opened_on": "2024-02-30", "home_host": "castle", "functions_offered": "play、fly",
			"served_communities": "无此社区"})
		c.refused(errs.Invalid, err, "a record of mistakes is made")
		for _, field := range []string{"weekly_hours", "no_such", "opened_on", "home_host", "functions_offered",
			"served_communities"} {
			if errs.FieldsOf(err)["value["+field+"]"].Key == "" {
				c.Errorf("the mistake in %s is not named: %v", field, errs.FieldsOf(err))
			}
		}
		r, err := c.create("east", "child_home", map[string]string{"facility_name": "桐花二社区儿童之家"})
		if err != nil {
			c.Fatal(err)
		}
		if r.State != "draft" || !strings.HasPrefix(r.Number, "980101-ETZJ-") || r.DueOn != "" {
			c.Errorf("a new record is %s, %s, due %q", r.State, r.Number, r.DueOn)
		}
		_, err = c.take("east", r, "submit", "", nil)
		c.refused(errs.Invalid, err, "an unfinished record leaves its keeper")
		r, err = c.save("east", r, nil, home("桐花二社区儿童之家", "free_of_charge", "否"))
		if err != nil {
			c.Fatal(err)
		}
		_, err = c.take("east", r, "submit", "", nil)
		c.refused(errs.Invalid, err, "a home that is not free, against a hard check")
		r, err = c.save("east", r, nil, map[string]string{"free_of_charge": "是", "remark": "核对过"})
		if err != nil {
			c.Fatal(err)
		}
		if r, err = c.take("east", r, "submit", "", nil); err != nil {
			c.Fatal(err)
		}
		if r.DueOn == "" {
			c.Error("nobody is told by when to confirm it")
		}
		_, err = c.take("east", r, "confirm", "", nil)
		c.refused(errs.Denied, err, "the keeper confirms what it sent")
		_, err = c.take("west", r, "confirm", "", nil)
		c.refused(errs.Missing, err, "another district sees a record that is not confirmed")
		if c.homes("2099") != before {
			c.Error("a record counts before it is confirmed")
		}
		_, err = c.take("city", r, "return", "", nil)
		c.refused(errs.Invalid, err, "it is returned without a reason")
		stale := r
		if r, err = c.take("city", r, "confirm", "", nil); err != nil {
			c.Fatal(err)
		}
		_, err = c.take("city", stale, "return", "慢了一步", nil)
		c.refused(errs.Conflict, err, "two people take a step at once")
		if got := c.homes("2099"); got == before {
			c.Errorf("after it was confirmed there are %s homes, as before", got)
		}
		c.corrected(r)
	})
}

// corrected changes a confirmed home: figures keep what was confirmed until the change is confirmed too.
func (c *town) corrected(r record.Record) {
	counted := c.homes("2099")
	_, err := c.save("east", r, nil, map[string]string{"indoor_area": "1"})
	c.refused(errs.Invalid, err, "a confirmed record is written in")
	r, err = c.take("east", r, "correct", "已经关了", nil)
	if err != nil {
		c.Fatal(err)
	}
	r, err = c.save("east", r, nil, map[string]string{"facility_state": "closed", "closed_on": "2024-02-01"})
	if err != nil {
		c.Fatal(err)
	}
	if c.homes("2099") != counted {
		c.Error("a figure changes while somebody is still writing")
	}
	if r, err = c.take("east", r, "submit", "", nil); err != nil {
		c.Fatal(err)
	}
	if _, err = c.take("city", r, "confirm", "", nil); err != nil {
		c.Fatal(err)
	}
	if c.homes("2099") == counted {
		c.Error("a confirmed correction does not reach the figure")
	}
}

func TestTwoEditorsOfOneRecord(t *testing.T) {
	eachTown(t, func(c *town) {
		r, err := c.create("east", "child_home", home("两人改"))
		if err != nil {
			c.Fatal(err)
		}
		was := map[string]string(r.Body)
		if _, err := c.save("east2", r, was, map[string]string{"book_count": "200", "staff_full": "2"}); err != nil {
			c.Fatal(err)
		}
		now, err := c.save("east", r, was, map[string]string{"book_count": "150", "weekly_hours": "20",
			"functions_offered": "", "functions_offered:play": "1"})
		if err != nil {
			c.Fatalf("changes of different fields stand in each other's way: %v", err)
		}
		if now.Body["book_count"] != "200" || now.Body["weekly_hours"] != "20" || now.Body["staff_full"] != "2" ||
			now.Body["functions_offered:education"] != "" || now.Body["functions_offered:play"] != "1" {
			c.Errorf("after both saved it says %v", now.Body)
		}
		_, err = c.save("east", r, was, map[string]string{"book_count": "300"})
		c.refused(errs.Invalid, err, "both changed one field")
		_, err = c.save("east", r, nil, map[string]string{"staff_full": "3"})
		c.refused(errs.Conflict, err, "an editor who does not say what they read")
	})
}

func TestAPeriodIsClosedOnceAndKeepsItsNumbers(t *testing.T) {
	eachTown(t, func(c *town) {
		p, _ := period.Parse("2023")
		area := func(tx *db.Tx) network.Area {
			a, err := network.NewestArea(tx, "980100")
			if err != nil {
				c.Fatal(err)
			}
			return a
		}
		shut := func(who string, code string, p period.Period) (record.Closing, error) {
			return do(c, func(tx *db.Tx) (record.Closing, error) {
				return record.Close(tx, c.people[who], code, p, area(tx))
			})
		}
		_, err := shut("east", "child_home", p)
		c.refused(errs.Denied, err, "a keeper closes the city's period")
		future, _ := period.Parse("2098")
		_, err = shut("office", "child_home", future)
		c.refused(errs.Conflict, err, "a period that is not over is closed")
		closed, err := shut("office", "child_home", p)
		if err != nil {
			c.Fatal(err)
		}
		_, err = shut("office", "child_home", p)
		c.refused(errs.Conflict, err, "a period is closed twice")
		differences := func() []record.Difference {
			return must(c, func(tx *db.Tx) ([]record.Difference, error) { return closed.Differences(tx) })
		}
		if found := differences(); len(found) > 0 {
			c.Errorf("right after closing it differs: %+v", found)
		}
		var r record.Record
		c.view(func(tx *db.Tx) (err error) {
			r, err = record.ByNumber(tx, "child_home", "CHH-1")
			return err
		})
		if r, err = c.take("east", r, "correct", "日期填错", nil); err != nil {
			c.Fatal(err)
		}
		if r, err = c.save("east", r, nil, home(r.Title, "opened_on", "2022-05-31", "remark", "核对过")); err != nil {
			c.Fatal(err)
		}
		if r, err = c.take("east", r, "submit", "", nil); err != nil {
			c.Fatal(err)
		}
		if _, err = c.take("city", r, "confirm", "", nil); err != nil {
			c.Fatal(err)
		}
		found := differences()
		ok := false
		for _, x := range found {
			if x.Measure == "homes_new" && x.Area == "980100" {
				ok = x.Was == "3" && x.Now == "2" && len(x.Records) == 1 && x.Records[0].Number == "CHH-1"
			}
		}
		if !ok {
			c.Errorf("the difference is told as %+v", found)
		}
	})
}

func TestRecordsAreHeldByTheJournal(t *testing.T) {
	eachTown(t, func(c *town) {
		c.view(func(tx *db.Tx) error {
			findings, err := record.Verify(tx, sign.PublicKey(""))
			if len(findings) > 0 {
				c.Errorf("untouched records are found fault with: %+v", findings[0])
			}
			return err
		})
	})
}

func TestWhoWroteARecordDoesNotConfirmIt(t *testing.T) {
	eachTown(t, func(c *town) {
		r, err := c.create("east", "child_home", home("谁写谁不确认", "remark", "核对过"))
		if err != nil {
			c.Fatal(err)
		}
		if r, err = c.save("both", r, nil, map[string]string{"book_count": "155"}); err != nil {
			c.Fatal(err)
		}
		_, err = c.save("city", r, nil, map[string]string{"remark": "我来补一句"})
		c.refused(errs.Invalid, err, "who does not keep it writes in the remark")
		if r, err = c.take("east", r, "submit", "", nil); err != nil {
			c.Fatal(err)
		}
		_, err = c.take("both", r, "confirm", "", nil)
		c.refused(errs.Denied, err, "who saved it last, in another post, confirms it")
		_, err = do(c, func(tx *db.Tx) (record.Record, error) {
			return record.Take(tx, c.people["city"], r.ID, "confirm", r.Edits, "", map[string]string{"book_count": "9"})
		})
		c.refused(errs.Invalid, err, "a field is changed with a step that does not ask for it")
		if r, err = c.take("city", r, "confirm", "", nil); err != nil {
			c.Fatal(err)
		}
		if r, err = c.take("east", r, "correct", "面积量错", nil); err != nil {
			c.Fatal(err)
		}
		if r, err = c.save("east", r, nil, map[string]string{"indoor_area": "40"}); err != nil {
			c.Fatal(err)
		}
		if r, err = c.take("east", r, "submit", "", nil); err != nil {
			c.Fatal(err)
		}
		if _, err = c.take("both", r, "confirm", "", nil); err != nil {
			c.Errorf("who wrote before it was confirmed and not since cannot confirm the correction: %v", err)
		}
	})
}
