package evaluation_test

// Which indicators stand on a participant's data sheet: those with a figure, a target, or a report that is still owed.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

func TestAnIndicatorWhoseReportIsOwedStandsOnTheSheet(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		lines := done(c, func(tx *db.Tx) ([]evaluation.Line, error) {
			from, err := period.Parse("2021")
			c.Must(err)
			for _, code := range []string{"OWED", "NEVER"} {
				made, _, err := indicator.Put(tx, indicator.Indicator{Code: code, Name: code, Unit: "间"})
				c.Must(err)
				_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: "W", Goal: "1.1", IndicatorID: made.ID})
				c.Must(err)
				if code == "OWED" { // from the form that the eastern district has not sent for 2022
					_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: made.ID, From: from,
						Formula: "ROOMS"})
					c.Must(err)
				}
			}
			root, err := network.Root(tx)
			c.Must(err)
			r := evaluation.Round{ID: "r", AreaID: root.ID, Plans: []string{"W"}, From: "2021", Until: "2022",
				CutoffOn: "2023-03-01"}
			return r.Attainment(tx, evaluation.Participant{Unit: "EO", Area: "990101"})
		})
		if len(lines) != 1 || lines[0].Indicator != "OWED" || lines[0].Period != "2022" || lines[0].Value != "" ||
			lines[0].Status != "incomplete" || lines[0].Class != evaluation.NoData {
			t.Errorf("the sheet of a district that owes the report of 2022 says %+v; want one line without a figure that"+
				" is due for 2022", lines)
		}
	})
}
