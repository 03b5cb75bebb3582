package record_test

// What was published of a measure, beside what the records come to.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/web/webtest"
)

func TestAPublishedFigureStandsBesideTheCount(t *testing.T) {
	eachTown(t, func(c *town) {
		must(c, func(tx *db.Tx) (bool, error) {
			i, _, err := indicator.Put(tx, indicator.Indicator{Code: "W-ENV-002", Name: "母婴关爱室数量", Unit: "个"})
			if err != nil {
				return false, err
			}
			city, err := network.NewestArea(tx, "980100")
			if err != nil {
				return false, err
			}
			year, err := period.Parse("2023")
			if err != nil {
				return false, err
			}
			return indicator.PutPublished(tx, indicator.Published{ID: db.NewID(), IndicatorID: i.ID, AreaID: city.ID,
				Period: year, Value: "4000", Mark: quantity.Over, SourceTitle: "示范市工作总结（模拟）",
				SourceURL: "http://example.invalid/2023"})
		})
		s := newSite(c)
		const page = "/registers/mother_baby_room/measures?area=980100&period="
		s.Check(c.T, webtest.Scenario{As: "city", Path: page + "2023", Contains: []string{"4000余个",
			"示范市工作总结（模拟）", "http://example.invalid/2023"}})
		s.Check(c.T, webtest.Scenario{As: "city", Path: page + "2023", JSON: true,
			Contains: []string{`"value":"4000","mark":"余"`, `"value":"4"`}})
		s.Check(c.T, webtest.Scenario{As: "city", Path: page + "2022", NotContains: []string{"4000"}})
		s.Check(c.T, webtest.Scenario{As: "city", Contains: []string{"青石社区"}, // of four communities it has no home
			Path: "/registers/child_home/measures?area=980100&period=2023"})
		s.Check(c.T, webtest.Scenario{As: "city", Contains: []string{"扩充学前教育学位 3000 个"},
			Path: "/registers/funding_item/measures?area=980100&period=2023"})
	})
}
