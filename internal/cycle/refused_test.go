package cycle_test

// What is refused of cycles, by the specification's list of bad input (oversight.md §11): each input with what is said.
// The steps' own refusals are the story's.

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/cycle"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/web/webtest"
)

func TestWhatIsNoCycle(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		good := func() cycle.Cycle {
			y := year2022()
			y.Year, y.Forms = 2023, []string{"EDU-A", "HEA-A", "D-A"}
			y.OpensOn, y.Due = "2024-01-22", []cycle.Due{{Level: "city", On: "2024-03-31"},
				{Level: "district", On: "2024-04-15"}}
			return y
		}
		plan := func(as string, y cycle.Cycle) error {
			_, err := do(c, func(tx *db.Tx) (cycle.Cycle, error) { return cycle.Plan(tx, c.people[as], y) })
			return err
		}
		due := func(city, district string) []cycle.Due {
			return []cycle.Due{{Level: "city", On: city}, {Level: "district", On: district}}
		}
		for words, bad := range map[string]func(*cycle.Cycle){
			"title: 请写名称":                        func(y *cycle.Cycle) { y.Title = " " },
			"title: 请写名称，最多60个字":                 func(y *cycle.Cycle) { y.Title = strings.Repeat("长", 61) },
			"year: 请填统计年度":                       func(y *cycle.Cycle) { y.Year = 20 },
			"basis: 请写报表的依据":                     func(y *cycle.Cycle) { y.Basis = "" },
			"opens_on: 请填开放填报的日期":                func(y *cycle.Cycle) { y.OpensOn = "2024-02-30" },
			"forms: 请选择要报的报表":                    func(y *cycle.Cycle) { y.Forms = nil },
			"forms: 没有代码为“NONE”的报表":              func(y *cycle.Cycle) { y.Forms = []string{"NONE"} },
			"forms: “EDU-M表”不是年报":                func(y *cycle.Cycle) { y.Forms = []string{"EDU-M"} },
			"forms: “CUL-A表”有效期至2022-12-31，不能用于": func(y *cycle.Cycle) { y.Forms = append(y.Forms, "CUL-A") },
			"due_district: 请填这一层级的截止日期":          func(y *cycle.Cycle) { y.Due = y.Due[:1] },
			"due_city: 截止日期要写成":                  func(y *cycle.Cycle) { y.Due = due("3月底", "2024-04-15") },
			"due_city: “HEA-A表”的统计年度到2023-12-31才结束": func(y *cycle.Cycle) {
				y.OpensOn, y.Due = "2023-01-01", due("2023-12-31", "2024-04-15")
			},
			// the statistical year of this form runs from October to September
			"due_district: “D-A表”的统计年度到2023-09-30才结束": func(y *cycle.Cycle) {
				y.OpensOn, y.Due = "2023-01-01", due("2024-03-31", "2023-09-30")
			},
			"due_city: 截止日期要在开放填报的日期":  func(y *cycle.Cycle) { y.OpensOn = "2024-03-31" },
			"lead: 没有单位“NONE”":         func(y *cycle.Cycle) { y.Lead = "NONE" },
			"trainings: 没有找到这次会议":      func(y *cycle.Cycle) { y.Trainings = []string{"meeting/none"} },
			"review_meeting: 没有找到这次会议": func(y *cycle.Cycle) { y.ReviewMeeting = "meeting/none" },
		} {
			y := good()
			bad(&y)
			if err := plan("office", y); errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), words) {
				t.Errorf("it says %v; want %s", err, words)
			}
		}
		early := good() // the form's own year ended in September: a day in October is no fault
		early.Forms, early.OpensOn, early.Due = []string{"D-A"}, "2023-10-09", []cycle.Due{{Level: "district",
			On: "2023-11-30"}}
		c.must(plan("office", early))
		if err := plan("office", good()); err == nil || !strings.Contains(err.Error(), "同一张报表一年只报一次") {
			t.Errorf("a form in two cycles of a year: %v", err)
		}
		if err := plan("EDU liaison", good()); errs.KindOf(err) != errs.Denied {
			t.Errorf("a unit's liaison plans a cycle: %v", err)
		}
		c.page(t)
	})
}

// page sends a bad form as a browser does: what was typed stays, and the field says what is wrong.
func (c *city) page(t *testing.T) {
	c.site().Run(t,
		webtest.Scenario{As: "office", Path: "/cycles", Form: url.Values{"year": {"2023"}, "title": {"年报"},
			"basis": {"制度"}, "forms": {"EDU-A"}, "opens_on": {"2024-01-22"}, "level": {"city", "district"},
			"due": {"2023-06-30", ""}}, Status: http.StatusUnprocessableEntity,
			Contains: []string{"的统计年度到2023-12-31才结束", `value="2023-06-30"`, `value="年报"`}},
		webtest.Scenario{As: "HEA stat", Path: "/cycles/none", Status: http.StatusNotFound},
		webtest.Scenario{As: "office", Path: "/cycles/none/slip?unit=EDU", Status: http.StatusNotFound},
		webtest.Scenario{As: "EDU stat", Path: "/cycles", Contains: []string{"没有监测周期"}})
}
