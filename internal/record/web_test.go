package record_test

// Pages of registers as people ask for them: what foreign eyes see, and what filters refuse.

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/layer"
	"yipanqi/internal/record"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func newSite(c *town) *webtest.Site {
	m := web.NewMux(web.Config{DB: c.d, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	record.Routes(m, nil)
	layer.Routes(m)
	trail.Routes(m, blob.Open(c.TempDir()), []trail.Place{record.Trail()})
	return &webtest.Site{Handler: m.Handler(), DB: c.d, People: c.people}
}

func (c *town) numbered(code, number string) (r record.Record) {
	c.view(func(tx *db.Tx) (err error) {
		r, err = record.ByNumber(tx, code, number)
		return err
	})
	return r
}

func TestFromOutsideARecordIsAsItWasConfirmed(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		r, err := c.take("east", c.numbered("child_home", "CHH-1"), "correct", "名称有误", nil)
		if err != nil {
			c.Fatal(err)
		}
		if r, err = c.save("east", r, nil, map[string]string{"facility_name": "还没确认的名称"}); err != nil {
			c.Fatal(err)
		}
		draft, err := c.create("east", "child_home", home("别人的草稿"))
		if err != nil {
			c.Fatal(err)
		}
		const typed, confirmed = "还没确认的名称", "桐花社区儿童之家"
		for _, json := range []bool{true, false} {
			for _, path := range []string{r.URL(), "/registers/child_home/records",
				"/registers/child_home/records?format=csv", "/registers/child_home", "/trail/record/" + r.ID} {
				csv := strings.Contains(path, "csv")
				if json && csv {
					continue
				}
				inside := webtest.Scenario{As: "city", Path: path, JSON: json}
				if !csv || !json {
					s.Check(c.T, inside)
				}
				outside := webtest.Scenario{As: "west", Path: path, JSON: json,
					NotContains: []string{typed, "别人的草稿"}}
				if strings.HasPrefix(path, "/trail") {
					outside.Status = 404
				} else if !strings.HasSuffix(path, "/child_home") {
					outside.Contains = []string{confirmed}
				}
				s.Check(c.T, outside)
			}
		}
		s.Check(c.T, webtest.Scenario{As: "west", Path: draft.URL(), Status: 404})
		s.Check(c.T, webtest.Scenario{As: "west", Path: r.URL() + "/edit", Status: 403})
		s.Check(c.T, webtest.Scenario{As: "west", Path: "/records/" + draft.ID, Status: 404})
		s.Check(c.T, webtest.Scenario{As: "west", Method: "POST", Path: r.URL() + "/submit", JSON: true,
			Body: `{"version": 3}`, Status: 403})
	})
}

func TestAPlannedVisitIsKeptFromTheVisited(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		r, err := c.create("health", "obstetric_inspection", map[string]string{"inspection_round": "2024下半年",
			"inspected_institution": "东岭区园林局", "planned_on": "2024-09-09", "unannounced_inspection": "是",
			"inspectors:0:inspector": "EXP-3", "inspectors:0:conflict_declared": "否"})
		if err != nil {
			c.Fatal(err)
		}
		for _, path := range []string{r.URL(), "/registers/obstetric_inspection/records",
			"/registers/obstetric_inspection/records?format=csv", "/trail/record/" + r.ID,
			"/registers/obstetric_inspection"} {
			for _, who := range []string{"office", "city"} { // neither who oversees nor who has nothing to do with it
				for _, json := range []bool{true, false} {
					if json && strings.Contains(path, "csv") {
						continue
					}
					want := webtest.Scenario{As: who, Path: path, JSON: json,
						NotContains: []string{"2024-09-09", "东岭区园林局", c.numberedUnit("东岭区园林局"),
							"2024下半年"}}
					if strings.Contains(path, r.ID) {
						want.Status = 404
					}
					s.Check(c.T, want)
				}
			}
		}
		s.Check(c.T, webtest.Scenario{As: "health", Path: r.URL(), Contains: []string{"2024-09-09", "东岭区园林局"}})
	})
}

// numberedUnit is the code of a unit of the fixture.
// Every form is offered where it can be printed: those of one record on its page, those of many on the list.
func TestFormsAreOfferedWhereTheyCanBePrinted(t *testing.T) {
	eachTown(t, func(c *town) {
		s, pages, forms := newSite(c), map[string]string{}, 0
		c.view(func(tx *db.Tx) error {
			all, err := record.Registers(tx)
			for _, d := range all {
				some, err := record.OfRegister(tx, d.Code)
				if err != nil {
					return err
				}
				for _, who := range []string{"office", "health", "market", "court"} {
					if len(some) == 0 || pages[some[0].URL()] != "" {
						continue
					}
					if _, err := record.Read(tx, c.people[who], some[0].ID); err == nil {
						pages[some[0].URL()], pages["/registers/"+d.Code+"/records"] = who, who
						forms += len(d.Prints)
					}
				}
			}
			return err
		})
		link := regexp.MustCompile(`/registers/[a-z_]+/(records/[^/"]+/)?print/[a-z_]+`)
		offered := 0
		for page, who := range pages {
			w := s.Check(c.T, webtest.Scenario{As: who, Path: page})
			for _, url := range link.FindAllString(w.Body.String(), -1) {
				b := s.Check(c.T, webtest.Scenario{As: who, Path: url}).Body.Bytes()
				text, err := document.Read(bytes.NewReader(b), int64(len(b)))
				if err != nil {
					c.Errorf("%s cannot be opened: %v", url, err)
				}
				if said := strings.Join(text, "\n"); strings.Contains(url, "child_home_activity") &&
					!strings.Contains(said, "社区儿童之家") {
					c.Errorf("the home is not named on %q", said)
				}
				offered++
			}
		}
		if offered != forms || forms < 30 {
			c.Errorf("%d forms are offered, of %d", offered, forms)
		}
	})
}

func (c *town) numberedUnit(name string) (code string) {
	c.view(func(tx *db.Tx) (err error) {
		code, err = db.Value[string](tx, `SELECT code FROM units WHERE name = $1`, name)
		return err
	})
	return `"` + code + `"`
}

func TestFiltersOfRegistersTakeWhatTheyKnow(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		for _, query := range []string{"where[functions_offered]=play'+OR+'1'='1",
			"where[state]=asleep",
			"where[area]=000000", "where[no_such]=1", "view=nothing", "sort=served_communities", "sort=nothing",
			"page=-1",
			"view=below_standard&where[functions_offered]=x'", "other=1"} {
			s.Check(c.T, webtest.Scenario{As: "city", JSON: true, Status: 422,
				Path: "/registers/child_home/records?" +
					strings.NewReplacer("[", "%5B", "]", "%5D", "'", "%27").Replace(query)})
		}
		for _, path := range []string{"/registers/nothing", "/registers/nothing/records", "/registers/nothing/measures",
			"/registers/child_home/records/none", "/registers/child_home/print/nothing",
			"/registers/child_home/closings/none"} {
			s.Check(c.T, webtest.Scenario{As: "city", JSON: true, Status: 404, Path: path})
		}
		for _, query := range []string{"period=2023-W1", "period=soon", "area=000000"} {
			s.Check(c.T, webtest.Scenario{As: "city", JSON: true, Status: 422,
				Path: "/registers/child_home/measures?" + query})
		}
		s.Check(c.T, webtest.Scenario{As: "city", Path: "/registers/child_home/measures?period=2023",
			Contains: []string{
				"75.0", "有4条是导入的"}})
		s.Check(c.T, webtest.Scenario{As: "west", Path: "/registers/child_home/records/new",
			Contains: []string{"服务功能", "formnovalidate"}})
		s.Check(c.T, webtest.Scenario{As: "office", Path: "/registers/child_home/records/new", Status: 403})
		s.Check(c.T, webtest.Scenario{As: "east", Method: "POST", Path: "/registers/child_home/records",
			Form: url.Values{"value[facility_name]": {"新的家"}, "value[weekly_hours]": {"很多"}}, Status: 422,
			Contains: []string{"新的家", "请填数字"}})
	})
}

func TestAFilterTellsNothingThatIsNotConfirmed(t *testing.T) {
	eachTown(t, func(c *town) {
		var r record.Record
		c.view(func(tx *db.Tx) (err error) {
			r, err = record.ByNumber(tx, "child_home", "CHH-1")
			return err
		})
		r, err := c.take("east", r, "correct", "改依托场所", nil)
		if err != nil {
			c.Fatal(err)
		}
		other := "school"
		if r.Body["home_host"] == other {
			other = "community_station"
		}
		if _, err = c.save("east", r, nil, map[string]string{"home_host": other, "casebook_year": "2023",
			"casebook_text": "做法"}); err != nil {
			c.Fatal(err)
		}
		s := newSite(c)
		path := "/registers/child_home/records?where[home_host]=" + other
		for _, path := range []string{path, "/registers/child_home/records?view=casebook"} {
			s.Run(c.T, webtest.Scenario{As: "east", Path: path, JSON: true, Contains: []string{`"number":"CHH-1"`}},
				webtest.Scenario{As: "city", Path: path, JSON: true, Contains: []string{`"number":"CHH-1"`}},
				webtest.Scenario{As: "west", Path: path, JSON: true, NotContains: []string{`"number":"CHH-1"`}})
		}
		order := func() (numbers []string) {
			page := s.Check(c.T, webtest.Scenario{As: "west", Path: "/registers/child_home/records?sort=facility_name",
				JSON: true}).Body.String()
			for _, found := range regexp.MustCompile(`"number":"([^"]+)"`).FindAllStringSubmatch(page, -1) {
				numbers = append(numbers, found[1])
			}
			return numbers
		}
		before := order()
		c.view(func(tx *db.Tx) (err error) {
			r, err = record.ByNumber(tx, "child_home", "CHH-1")
			return err
		})
		for _, name := range []string{"0号", "龘龘"} {
			if r, err = c.save("east", r, nil, map[string]string{"facility_name": name}); err != nil {
				c.Fatal(err)
			}
			if now := order(); len(now) < 2 || !slices.Equal(now, before) {
				c.Errorf("called %s and not confirmed, the order tells it: %v, before %v", name, now, before)
			}
		}
	})
}
