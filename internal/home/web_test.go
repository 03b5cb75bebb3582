package home_test

// What each person sees first, on the board, of areas, units and the own work; an acceptance changes it at once, and
// administrators see none of it. That pages agree with each other: agree_test.go.

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net/url"
	"os"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/home"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestStartLeadsToTheOwnWork(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		for as, to := range map[string]string{"": "/signin", "office": "/board", "chief": "/board",
			"district office": "/board", "H3 statistician": "/todo",
			"audit": "/journal", "system": "/users"} {
			s.Run(t, webtest.Scenario{As: as, Path: "/", Status: 303, Location: to})
		}
	})
}

func TestBoardPage(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		page := s.Check(t, webtest.Scenario{As: "office", Path: "/board", Contains: []string{
			"2018年进展总览", "示范市的婚前医学检查率：3个区中2个已报，缺南湖区", "15.63", "主要责任单位",
			"市卫生健康委", "全国≥40%（2020年）", "已达标"}}).Body.String()
		const golden = "testdata/board.html"
		got := []byte(webtest.Stable(page))
		if *update {
			c.must(os.WriteFile(golden, got, 0o644))
		}
		if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(got, want) {
			t.Errorf("the board differs from %s (%v); run go test -update and read the difference", golden, err)
		}
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/board?lamp=met",
				Contains:    []string{"就业人员中女性比例", "只列出一部分指标"},
				NotContains: []string{`row-name"><a href="/indicators/RATE`}},
			webtest.Scenario{As: "office", Path: "/board?year=2017",
				Contains: []string{"2017年进展总览", "12.76", "公开发布"}, NotContains: []string{"缺南湖区"}},
			webtest.Scenario{As: "office", Path: "/board?plan=none", Status: 422},
			webtest.Scenario{As: "office", Path: "/board?format=csv",
				Contains: []string{"RATE,婚前医学检查率,2018,15.63,%,数据不全,incomplete,填报,entered,2,3"}},
		)
	})
}

// A plan's page joins each goal to its indicators: value, target, lamp, and the unit that leads.
func TestPlanPageShowsIndicatorsUnderGoals(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		s.Run(t, webtest.Scenario{As: "office", Path: "/plans/W", Contains: []string{
			"目标下列出指标：示范市2018年的数、目标和进展。", `href="/indicators/RATE?area=99&amp;`, "15.63",
			"全国≥40%（2020年）", "lamp-met", "市卫生健康委"}},
			webtest.Scenario{As: "district office", Path: "/plans/W",
				Contains: []string{"东山区2018年的数", "15.00"}, NotContains: []string{"15.63"}},
			webtest.Scenario{As: "office", Path: "/plans/W?format=csv", Contains: []string{"婚前医学检查率"}})
	})
}

// A plan that is still being written is nobody's work yet: the wall counts its goals neither as led nor as unled.
func TestTheWallShowsPlansInForceAlone(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		domain := func(code, status string) {
			t.Helper()
			c.must(s.DB.Update(context.Background(), func(tx *db.Tx) error {
				in, err := plan.ByCode(tx, "W")
				c.must(err)
				in.Code, in.Name, in.Status, in.Parent = code, code, status, ""
				in.Starts, in.Ends = tx.Now.Year(), tx.Now.Year()+4
				_, err = plan.Put(tx, in)
				c.must(err)
				_, err = plan.PutDomain(tx, plan.Domain{Plan: code, Code: code, Name: code + "领域"})
				c.must(err)
				_, err = plan.PutGoal(tx, plan.Goal{Plan: code, Code: "1", Domain: code, Text: "没有牵头单位的目标"})
				return err
			}))
		}
		c.must(s.DB.Update(context.Background(), func(tx *db.Tx) error {
			_, _, err := network.PutMembership(tx, network.Membership{Body: "CO", Member: "WJW", Seat: "member",
				OpensOn: "2000-01-01", Basis: "成员单位名单（模拟）"})
			return err
		}))
		domain("NEXT", plan.Consultation)
		s.Run(t, webtest.Scenario{As: "office", Path: "/screen", JSON: true, NotContains: []string{"NEXT领域"}})
		domain("NOW", plan.Issued)
		s.Run(t, webtest.Scenario{As: "office", Path: "/screen", JSON: true, Contains: []string{"NOW领域"},
			NotContains: []string{"NEXT领域"}})
	})
}

// The board says in one sentence how the plan stands, and what the newest acceptance changed: each figure once, as it
// was and as it is, an amendment from what was amended.
func TestBoardSaysWhatChangedLast(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		changes := func(as, path string) (all []home.Change) {
			var board struct{ Changes []home.Change }
			w := s.Check(t, webtest.Scenario{As: as, Path: path, JSON: true})
			c.must(json.Unmarshal(w.Body.Bytes(), &board))
			return board.Changes
		}
		expect := func(as, path, before, after, reported string) {
			t.Helper()
			got := changes(as, path)
			if len(got) != 1 || got[0].Before.Value != before || got[0].After.Value != after ||
				got[0].ReportedBy != reported || got[0].After.Proof == "" {
				t.Errorf("%s sees at %s %+v, not %s → %s by %s", as, path, got, before, after, reported)
			}
		}
		expect("office", "/board", "15.00", "15.63", "西河区")
		expect("district office", "/board", "", "15.00", "东山区")
		c.must(c.d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
			c.report(tx, 2, "4000", "800")
			return nil
		}))
		expect("office", "/board", "15.63", "16.50", "南湖区")
		expect("H1 leader", "/board?area=99", "15.63", "16.50", "")
		c.amend(0, "10000", "2500")
		expect("office", "/board", "16.50", "21.50", "东山区")
		expect("district office", "/board", "15.00", "25.00", "东山区")
		if got := changes("office", "/board?year=2017"); len(got) != 0 {
			t.Errorf("in 2017 the board shows changes of later years: %+v", got)
		}
		s.Run(t, webtest.Scenario{As: "office", Path: "/board", Contains: []string{
			"2项指标都能评价：符合进度1项、已达标1项。", "没有落后、逆向变化或未达标的指标。", "16.50%", "21.50", "东山区的婚前保健情况表，2019-01-15 09:00审核通过", "/proof?area=99"}})
	})
}

func TestLastDistrictCompletesTheBoard(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		c.must(c.d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
			c.report(tx, 2, "4000", "800")
			return nil
		}))
		s.Run(t, webtest.Scenario{As: "chief", Path: "/board", NotContains: []string{"缺南湖区", "3个区中2个"},
			Contains: []string{"16.50", "比2017年的12.76%提高3.74个百分点", "等于已公布的16.5%", "已证实",
				"从2017年的12.76%到2018年的16.50%"}})
		w := s.Check(t, webtest.Scenario{As: "chief", Path: "/board", JSON: true})
		var board struct {
			Domains []struct {
				Goals []struct {
					Indicators []struct {
						Value, Change, Status, Origin, Proof string
						Verdict                              struct{ Lamp string }
					}
				}
			}
		}
		c.must(json.Unmarshal(w.Body.Bytes(), &board))
		if r := board.Domains[0].Goals[0].Indicators[0]; r.Value != "16.50" || r.Change != "3.74" ||
			r.Status != "proven" || r.Origin != "entered" ||
			r.Verdict.Lamp != "on_pace" || r.Proof != "/proof?area=99&indicator=RATE&period=2018&sex=_T" {
			t.Errorf("JSON of the rate is %+v", r)
		}
	})
}

// What an area imported was signed by nobody: neither its tile nor the words about its form say that it was accepted.
func TestImportedHistoryIsNotCalledAccepted(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		s.Run(t, webtest.Scenario{As: "chief", Path: "/board", NotContains: []string{"未签字"}})
		c.must(c.d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
			owed := submission.Owed{Form: c.form, Unit: c.open[2].Unit, Area: c.areas[2], Period: periodOf(2018),
				DueOn: "2019-01-31"}
			_, _, err := submission.Import(tx, journal.System, owed, submission.Filled{Source: "示范年鉴（虚构）",
				Cells: map[string]string{"1.V": "4000", "2.V": "800"}})
			return err
		}))
		w := s.Check(t, webtest.Scenario{As: "chief", Path: "/board", JSON: true})
		var board struct {
			Tiles []struct {
				Area     struct{ Code string }
				In       int
				Unsigned bool
			}
			Reporting []struct{ Unsigned bool }
		}
		c.must(json.Unmarshal(w.Body.Bytes(), &board))
		for i, tile := range board.Tiles {
			if tile.In != 1 || tile.Unsigned != (i == 2) {
				t.Errorf("the tile of %s says %+v", tile.Area.Code, tile)
			}
		}
		if len(board.Tiles) != 3 || len(board.Reporting) != 1 || !board.Reporting[0].Unsigned {
			t.Errorf("the board says %+v", board)
		}
		s.Run(t, webtest.Scenario{As: "chief", Path: "/board", NotContains: []string{"全部审核通过"},
			Contains: []string{"应报3份，已报3份，其中有未签字的历史数据", "3个区中3个已报，其中有未签字的历史数据"}})
		s.Run(t, webtest.Scenario{As: "chief", Path: "/areas/9903", Contains: []string{"历史数据（未签字）"},
			NotContains: []string{">已审核通过<"}})
	})
}

func TestWhoSeesWhichArea(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/areas/99",
				Contains: []string{"东山区", "西河区", "南湖区", "待报", "市卫生健康委"}},
			webtest.Scenario{As: "office", Path: "/areas/9903", Contains: []string{"南湖区妇幼保健院", "未报"}},
			webtest.Scenario{As: "district office", Path: "/areas/9901", Contains: []string{"15.00"}},
			webtest.Scenario{As: "district office", Path: "/areas/9902", Status: 404},
			webtest.Scenario{As: "H1 leader", Path: "/areas/9901", Contains: []string{"15.00"}},
			webtest.Scenario{As: "H1 leader", Path: "/areas/9902", Status: 404},
			webtest.Scenario{As: "H1 leader", Path: "/board?area=9902", Status: 422},
			webtest.Scenario{As: "H1 leader", Path: "/areas/99", Contains: []string{"3个区中2个已报"},
				NotContains: []string{"西河", "南湖"}},
			webtest.Scenario{As: "H1 leader", Path: "/board?area=99",
				Contains:    []string{"3个区中2个已报", "2019-01-15 09:00有报表审核通过", "已报：1 → 2，应报3"},
				NotContains: []string{"西河", "南湖"}},
			webtest.Scenario{As: "H1 leader", Path: "/board", Contains: []string{"东山区 · 示范市妇女发展规划",
				`href="/board?area=99&amp;plan=W&amp;year=2018"`}, NotContains: []string{"3个区中2个"}},
			webtest.Scenario{As: "H1 leader", Path: "/areas/9901?format=csv",
				Contains: []string{"RATE,婚前医学检查率,2018,合计,_T,15.00,%,1500,10000,已证实,proven,填报,entered,1,1"}},
			webtest.Scenario{As: "office", Path: "/areas/none", Status: 404},
		)
	})
}

func TestAdministratorsReadNoBusinessData(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		for _, path := range []string{"/board", "/areas/99", "/units", "/units/WJW", "/todo", "/plans", "/plans/W"} {
			s.Run(t, webtest.Scenario{As: "system", Path: path, Status: 403},
				webtest.Scenario{As: "audit", Path: path, Status: 403})
		}
	})
}

func TestTodoSaysWhoSignsAndWhen(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{As: "H3 statistician", Path: "/todo",
				Contains: []string{"婚前保健情况表", "待填", "2019-01-31", "先：H3 statistician", "后：H3 leader",
					"/submissions/" + c.open[2].ID}},
			webtest.Scenario{As: "H3 leader", Path: "/todo", Contains: []string{"目前没有待办事项"}},
			webtest.Scenario{As: "H1 statistician", Path: "/todo", Contains: []string{"目前没有待办事项"},
				NotContains: []string{c.open[2].ID}},
			webtest.Scenario{As: "H3 statistician", Path: "/todo", JSON: true,
				Contains: []string{`"form":"PME"`, `"due_on":"2019-01-31"`}},
		)
	})
}

func TestUnitPage(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/units/WJW",
				Contains: []string{"婚前医学检查率稳步提高", "主要责任单位", "共36个成员单位，已公布20个。",
					"15.63", "/plans/W?unit=WJW"}},
			webtest.Scenario{As: "office", Path: "/units/H3",
				Contains: []string{"H3 statistician", "统计负责人", "2019-01-31", "待填报"}},
			webtest.Scenario{As: "H1 leader", Path: "/units/H3", Status: 404},
			webtest.Scenario{As: "H1 leader", Path: "/units/WJW", Contains: []string{"示范市卫生健康委员会"}},
			webtest.Scenario{As: "H1 leader", Path: "/units",
				Contains:    []string{"东山区妇幼保健院", "示范市卫生健康委员会"},
				NotContains: []string{"西河", "南湖"}},
			webtest.Scenario{As: "H1 leader", Path: "/units?area=9902", Status: 422, JSON: true,
				Contains: []string{`"area":`}},
			webtest.Scenario{As: "office", Path: "/units?area=none", Status: 422, JSON: true,
				Contains: []string{`"area":`}},
			webtest.Scenario{As: "office", Path: "/units?kind=none", Status: 422, JSON: true,
				Contains: []string{`"kind":`}},
			webtest.Scenario{As: "office", Path: "/units?sort=size", Status: 422, JSON: true,
				Contains: []string{`"sort":`}},
			webtest.Scenario{As: "office", Path: "/units?q=" + url.QueryEscape("西河") + "&sort=-goals",
				Contains:    []string{"西河区妇幼保健院", `aria-sort="descending"`, `data-label="单位类别"`},
				NotContains: []string{"东山区妇幼保健院", "rowgroup"}},
			webtest.Scenario{As: "office", Path: "/units?format=csv&area=9902",
				Contains: []string{"单位代码,单位,单位类别,单位类别代码,所辖区域,地区代码,承担目标,说明,网址\r\n",
					"西河区妇幼保健院", ",9902,"}},
			webtest.Scenario{As: "office", Path: "/units",
				Contains: []string{"妇幼保健机构", "成员单位", "示范市卫生健康委员会"}},
			webtest.Scenario{As: "office", Path: "/units?area=9902", Contains: []string{"西河区妇幼保健院"},
				NotContains: []string{"东山区妇幼保健院"}},
			webtest.Scenario{As: "office", Path: "/units/none", Status: 404},
			webtest.Scenario{As: "office", Path: "/measures?year=2018", Contains: []string{"签收率", "33.3%", "2018年",
				"/letters/receipts", "暂无"}},
			webtest.Scenario{As: "office", Path: "/measures?year=2018", JSON: true, Contains: []string{`"year":2018`,
				`"numerator":1,"denominator":3,"share":"33.3"`, `"beside":"2018年"`}},
			webtest.Scenario{As: "office", Path: "/measures?year=2018&format=csv",
				Contains: []string{"received,签收率,1,3,33.3%"}},
			webtest.Scenario{As: "office", Path: "/measures?year=2018&area=9902&unit=none", Status: 422, JSON: true,
				Contains: []string{`"unit":`}},
			webtest.Scenario{As: "office", Path: "/measures?area=none", Status: 422, JSON: true,
				Contains: []string{`"area":`}},
			webtest.Scenario{As: "office", Path: "/measures?year=1800", Status: 422, JSON: true,
				Contains: []string{`"year":`}},
		)
	})
}

func TestEmptyInstallationSaysWhatToDo(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city, s *webtest.Site) {
		c.must(c.d.Update(context.Background(), func(tx *db.Tx) error {
			for _, table := range []string{"goal_indicators", "goal_units", "targets", "goals", "domains", "plans"} {
				if err := tx.Exec(`DELETE FROM ` + table); err != nil {
					return err
				}
			}
			return nil
		}))
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/board", Contains: []string{"还没有规划"}},
			webtest.Scenario{As: "office", Path: "/plans", Contains: []string{"还没有规划"}},
			webtest.Scenario{As: "office", Path: "/areas/99", Contains: []string{"示范市"}},
			webtest.Scenario{As: "office", Path: "/units/WJW", Contains: []string{"没有承担的目标"}},
		)
	})
}
