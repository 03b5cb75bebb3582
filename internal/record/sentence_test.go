package record_test

// The figures of the source's sentences from records: a generated city with codes of its own, where as many homes were
// built, outlets opened and toilets rebuilt as a year's work summary says. None of it is shipped.

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/db"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
)

// grown is the fixture's city with streets and communities up to ten and a hundred.
func (c *town) grown() {
	c.Helper()
	areas := fixtureAreas
	for i := range 7 {
		areas += fmt.Sprintf("9801010%02d,第%d街道,第%d街道,Street %d,street,980101,2010-01-01\n", i+10, i, i, i)
	}
	for i := range 97 {
		areas += fmt.Sprintf("980101010%03d,第%d社区,第%d社区,Community %d,community,980101010,2010-01-01\n", i, i, i,
			i)
	}
	folder := fstest.MapFS{"areas.csv": {Data: []byte(areas)}}
	still := func(string, int, int) {}
	if _, err := intake.Import(context.Background(), c.d, network.Files(), folder, still); err != nil {
		c.Fatal(err)
	}
}

// has puts n records that count, each with a body of its own.
func (c *town) has(code string, n int, body func(i int) register.Body) {
	c.Helper()
	must(c, func(tx *db.Tx) (int, error) {
		top, err := network.NewestArea(tx, "980100")
		if err != nil {
			return 0, err
		}
		for i := range n {
			if err := record.Insert(tx, record.Record{Register: code, Number: fmt.Sprintf("GEN-%05d", i), Title: "生成",
				Unit: "U00", Area: "980100", AreaPath: top.Path, State: "confirmed", Counted: body(i)}); err != nil {
				return 0, err
			}
		}
		return n, nil
	})
}

func TestTheSourceSentencesComeFromRecords(t *testing.T) {
	eachTown(t, func(c *town) {
		c.grown()
		community := func(i int) string { return fmt.Sprintf("980101010%03d", i) }
		const in2018 = "2018-06-30"
		// 新建儿童之家2144个,建设覆盖率达到30.7%: 31 of 101, the paper’s four homes among them.
		c.has("child_home", 2140, func(i int) register.Body {
			return register.Body{"opened_on": in2018, "served_communities:" + community(i%28): "1"}
		})
		c.counts("child_home", "2023", "示范市", "homes_built", "2144", "homes_cover", "30.7")
		c.counts("child_home", "2018", "示范市", "homes_new", "2140")
		// 建设提升基本便民网点1529个; kinds come to more than the whole.
		c.has("convenience_outlet", 1529, func(i int) register.Body {
			b := register.Body{"finished_on": in2018, "outlet_functions:convenience": "1"}
			if i%2 == 0 {
				b["outlet_functions:vegetables"] = "1"
			}
			return b
		})
		c.counts("convenience_outlet", "2018", "示范市", "co_done", "1529", "co_done convenience", "1529",
			"co_done vegetables", "765")
		// “一刻钟社区服务圈”城市社区覆盖率达到92%: 89 more of a hundred.
		c.has("fifteen_minute_service_circle", 89, func(i int) register.Body {
			return register.Body{"recognised_on": in2018, "covered_communities:" + community(i): "1"}
		})
		c.counts("fifteen_minute_service_circle", "2023", "示范市", "sc_cover", "92.0")
		// 对1010座公厕进行提升改造.
		c.has("public_toilet", 1010, func(int) register.Body {
			return register.Body{"upgraded_on": in2018, "upgrade_kinds:rebuild": "1", "upgrade_kinds:odour": "1"}
		})
		c.counts("public_toilet", "2018", "示范市", "wc_upgraded", "1010")
		// 全市4000余个“母婴关爱室”: 327 of the public and 3882 of employers.
		c.has("mother_baby_room", 2, func(i int) register.Body {
			return []register.Body{{"opened_on": in2018, "room_scope": "public", "room_count": "327"},
				{"opened_on": in2018, "room_scope": "employer", "room_count": "3882"}}[i]
		})
		c.counts("mother_baby_room", "2018", "示范市", "mbr_rooms", "4209", "mbr_rooms public", "327")
		// 垃圾分类示范片区覆盖率达到30%: three of ten streets.
		c.has("waste_sorting_area", 2, func(i int) register.Body {
			return register.Body{"creation_started_on": in2018, "sorting_street": fmt.Sprintf("9801010%02d", i+10)}
		})
		c.counts("waste_sorting_area", "2023", "示范市", "ws_cover", "30.0")
		// 抽样合格率达到85.8%.
		c.has("product_sample", 127, func(i int) register.Body {
			result := "pass"
			if i >= 109 {
				result = "fail"
			}
			return register.Body{"sampled_on": in2018, "final_result": result}
		})
		c.counts("product_sample", "2018", "示范市", "ps_rate", "85.8")
		// 全市17家法律援助中心……提供法律援助服务近5000件: the city's centre and 16 of districts.
		c.has("legal_aid_outlet", 17, func(i int) register.Body {
			return register.Body{"opened_on": in2018, "outlet_level": fmt.Sprint(min(i+1, 2))}
		})
		c.counts("legal_aid_outlet", "2018", "示范市", "lao_centres", "17")
		c.has("legal_aid_count", 1, func(int) register.Body {
			b := register.Body{"report_month": "2018-12"}
			for key, n := range map[string]string{"granted:2": "1900", "advice:2": "2900", "minors_granted:1": "80",
				"minors_advice:1": "90"} {
				b[key] = n
			}
			return b
		})
		c.counts("legal_aid_count", "2018", "示范市", "la_services", "4970")
		// 婚前医学检查率达到16.5%,比2017年提高了3.74个百分点.
		for year, persons := range map[string][2]string{"2017-06": {"1276", "5000"}, "2018-06": {"1650", "5000"}} {
			c.has("premarital_month", 1, func(int) register.Body {
				return register.Body{"report_month": year, "examined_persons:1": persons[0], "examined_persons:2": "0",
					"married_persons:1": persons[1], "married_persons:2": persons[1]}
			})
			c.renumber(year)
		}
		c.counts("premarital_month", "2018", "示范市", "pme_rate", "16.5")
		c.counts("premarital_month", "2017", "示范市", "pme_rate", "12.8")
		// 40 + 8.6 + 4 + 1.87 亿元, each with what it did.
		amounts := []string{"4000000000", "860000000", "400000000", "187000000"}
		c.has("funding_item", 4, func(i int) register.Body {
			return register.Body{"budget_year": "2018", "fund_purpose": string(rune('甲' + i)),
				"spent_amount":          amounts[i],
				"effects:0:effect_text": "惠及", "effects:0:effect_value": "30000", "effects:0:effect_unit": "个"}
		})
		c.counts("funding_item", "2018", "示范市", "fund_spent", "5447000000")
		c.tells("funding_item", "2018", "fund_effect", slices.Repeat([]string{"惠及 30000 个"}, 4)...)
		// 制定的十件政策.
		c.has("policy_document", 10, func(int) register.Body {
			return register.Body{"issued_on": in2018, "benefited_group:both": "1"}
		})
		c.counts("policy_document", "2018", "示范市", "pd_issued", "10")
	})
}

// renumber makes room for another generated record.
func (c *town) renumber(to string) {
	must(c, func(tx *db.Tx) (int, error) {
		return 0, tx.Exec(`UPDATE records SET number = $1 WHERE register = 'premarital_month' AND number = 'GEN-00000'`,
			"GEN-"+strings.ReplaceAll(to, "-", ""))
	})
}
