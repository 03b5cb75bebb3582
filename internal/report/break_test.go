package report_test

// {{change}} subtracts rates to percentage points, and across a break of definition not at all: the gap says why.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/reference"
	"yipanqi/internal/report"
	"yipanqi/internal/sample/sampletest"
)

func TestAChangeAcrossABreakIsAGap(t *testing.T) {
	t.Parallel()
	sampletest.Beijing.Each(t, func(t *testing.T, d *db.DB) {
		secrets := sampletest.Secrets()
		must(t, d.UpdateAlone(context.Background(), func(tx *db.Tx) error { return missingDistrict(t, tx) }))
		change := func() reference.Figure {
			for _, f := range annual(t, d, secrets).Figures {
				if f.Key == "W-HEA-007@2018-2017" {
					return f
				}
			}
			t.Fatal("the report has no change of the rate")
			return reference.Figure{}
		}
		before := change()
		if before.Unit != "个百分点" || before.Value == "" || strings.Contains(before.Text, "%") {
			t.Errorf("the change of a rate is %q, %q in %q", before.Text, before.Value, before.Unit)
		}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			rate, err := indicator.ByCode(tx, "W-HEA-007")
			must(t, err)
			versions, err := indicator.Versions(tx)
			must(t, err)
			v := versions[rate.ID][0]
			v.From, err = period.Parse("2018")
			must(t, err)
			v.Definition = "只算初婚"
			_, err = indicator.PutVersion(tx, v)
			return err
		}))
		if f := change(); f.Value != "" || strings.Contains(f.Text, "个百分点") ||
			!strings.Contains(f.Problem, "2017年和2018年的数定义有变，不可比") {
			t.Errorf("across the break the change is %q, value %q: %s", f.Text, f.Value, f.Problem)
		}
	})
}

// A gap where nothing is due either leads to the indicator: there is no proof to open.
func TestAGapLeadsSomewhere(t *testing.T) {
	t.Parallel()
	sampletest.Beijing.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			_, err := report.Put(tx, report.Stored{Code: "annual", Name: "更早的报告",
				Body: "---\ntitle: 更早的报告\nyear: 2012\n---\n\n婚检率为{{figure W-HEA-007 year=2012}}。\n"})
			return err
		}))
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			r, err := report.Annual(tx, everyone, 2012, "", sampletest.Secrets())
			if err != nil {
				return err
			}
			if len(r.Figures) != 1 || r.Figures[0].Text != reference.Gap ||
				r.Figures[0].Proof != "/indicators/W-HEA-007" {
				t.Errorf("the figures of a year without data are %+v", r.Figures)
			}
			return nil
		}))
	})
}
