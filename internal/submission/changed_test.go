package submission_test

// An accepted report names the figures that its acceptance changed, in its area and above, as they were and as they
// are; later acceptances elsewhere do not change what it says.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/web/webtest"
)

// rate defines an indicator over the form's two elements.
func (c *city) rate() {
	c.t.Helper()
	c.must(c.update(func(tx *db.Tx) error {
		i, _, err := indicator.Put(tx,
			indicator.Indicator{Code: "RATE", Name: "婚前医学检查率", Unit: "%", Decimals: 1})
		c.must(err)
		_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: i.ID,
			Formula: "PME_EXAMINED / PME_MARRIED * 100"})
		return err
	}))
}

func TestAcceptedReportNamesWhatItChanged(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.rate()
		s := newSite(c)
		first, second := c.open(0, "2018"), c.open(1, "2018")
		c.through(0, first.ID, cells("100", "100", "10", "10"))
		says := []string{"审核通过后变动的指标", "东山区 · 2018年", "示范市 · 2018年", "已报：0 → 1，应报2",
			"未报", "10.0"}
		s.Run(t, webtest.Scenario{As: "first", Path: first.URL(), Contains: says},
			webtest.Scenario{As: "office", Path: second.URL(), NotContains: []string{"审核通过后变动的指标"}})
		c.through(1, second.ID, cells("100", "100", "40", "40"))
		s.Run(t, webtest.Scenario{As: "first", Path: first.URL(), Contains: says, NotContains: []string{"25.0"}},
			webtest.Scenario{As: "office", Path: second.URL(), Contains: []string{"已报：1 → 2，已报齐",
				"10.0%", "25.0", "/proof?area=990000"}})
	})
}
