package report_test

// The annual report of the sample stands against its own data, says which figures are not proven and who signed, and is
// printed as a sample. Changes across breaks: break_test.go.

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/document/doctest"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/report"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/submission"
)

// everyone sees all areas.
var everyone = auth.User{Posts: []auth.Post{{Role: auth.Office}}}

func annual(t *testing.T, d *db.DB, secrets account.Secrets) (r report.Report) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		r, err = report.Annual(tx, everyone, 2018, "", secrets)
		return err
	}))
	return r
}

func TestAnnualReportOfTheSample(t *testing.T) {
	t.Parallel()
	sampletest.Beijing.Each(t, func(t *testing.T, d *db.DB) {
		r := annual(t, d, sampletest.Secrets())
		if !r.Sample {
			t.Error("a sample's report does not say that it is one")
		}
		for _, f := range r.Figures {
			if f.Indicator == "W-HEA-007" {
				if f.Status != "incomplete" || f.Origin != "simulated" ||
					!strings.Contains(f.Problem, "16个区中15个已报") {
					t.Errorf("while one district is missing, %s is %s, %s: %q", f.Key, f.Status, f.Origin, f.Problem)
				}
				continue
			}
			if f.Problem != "" {
				t.Errorf("%s (%s): %s", f.Key, f.Text, f.Problem)
			}
			if f.Digest == "" || f.Source == "" || f.Proof == "" {
				t.Errorf("%s lacks digest, source or proof: %+v", f.Key, f)
			}
		}
		whole := paper(t, r)
		for _, want := range []string{"投入40亿元", "8.6亿元", "1.87亿元", "近5000件", "4000余个", "99%以上", "5万余名",
			"42.3万人", "1010座", "85.8%", "演示〔2019〕1号", "数据不全"} {
			if !strings.Contains(whole, want) {
				t.Errorf("the document does not say %q", want)
			}
		}
	})
}

func TestAnnualReportOnPaper(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t)
	r := annual(t, d, sampletest.Secrets())
	var b bytes.Buffer
	must(t, document.Write(&b, r.Document()))
	pdf := doctest.PDF(t, b.Bytes())
	pages := doctest.Pages(t, pdf)
	if len(pages) < 8 {
		t.Errorf("%d pages, want the whole report with its appendix", len(pages))
	}
	for i, p := range pages {
		if !strings.Contains(p.Text(), "演示样稿") {
			t.Errorf("page %d is not marked as a sample", i+1)
		}
	}
}

// A text is about its year: figures of another year under it would be false.
func TestNoTextForAnotherYear(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t)
	secrets := sampletest.Secrets()
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		if r, err := report.Annual(tx, everyone, 0, "", secrets); err != nil || r.Year != 2018 || len(r.Years) != 1 {
			t.Errorf("without a year the report is of %d, offers %v: %v", r.Year, r.Years, err)
		}
		_, err := report.Annual(tx, everyone, 2017, "", secrets)
		if errs.KindOf(err) != errs.Missing || !strings.Contains(err.Error(), "没有2017年的报告正文") {
			t.Errorf("the report of 2017 from the text of 2018: %v", err)
		}
		return nil
	}))
}

// The report held against its own data: nothing but what is incomplete remains open, 去年底 is the year it is about,
// and the appendix counts no figure.
func TestReportHoldsAgainstItsOwnData(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t)
	r := annual(t, d, sampletest.Secrets())
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		result, err := check.Text(tx, check.Everything, paper(t, r), "", 0)
		must(t, err)
		if n := result.Statistics(); n < 35 || n > len(r.Figures) {
			t.Errorf("%d figures are found in a text of %d references", n, len(r.Figures))
		}
		for _, i := range result.Figures {
			open := i.Verdict != check.Proven && i.Verdict != check.Published && i.Verdict != check.Consistent
			if i.Kind.Statistic() && open && i.Indicator != "W-HEA-007" {
				t.Errorf("%s (%s) is %s: %s", i.Text, i.Name, i.Verdict, i.Reason())
			}
		}
		return nil
	}))
}

// The appendix names area and period of each part, says who signed, and shows no code.
func TestAppendixOfSampleAndHistory(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t)
	secrets := sampletest.Secrets()
	r := annual(t, d, secrets)
	if r.Tally.Signed > 0 || r.Tally.Demonstrated == 0 || r.Tally.In() != len(r.Evidence) {
		t.Errorf("the sample's simulated evidence counts as %+v", r.Tally)
	}
	for _, f := range r.Figures {
		if f.Indicator != "W-HEA-007" {
			continue
		}
		if !strings.Contains(f.Formula, "北京市2018年婚前医学检查人数 ÷ 北京市2018年结婚登记人数 × 100") {
			t.Errorf("%s has formula %s", f.Key, f.Formula)
		}
		if strings.HasSuffix(f.Key, "-2017") && (f.Unit != "个百分点" ||
			!strings.Contains(f.Formula, "北京市2017年婚前医学检查人数")) {
			t.Errorf("the change is in %s by %s", f.Unit, f.Formula)
		}
	}
	whole := paper(t, r)
	for _, code := range regexp.MustCompile(`[A-Z]-[A-Z]{3}-\d{3}|[A-Z]{3,}_[A-Z]+|\b(entered|proven|published|simulated)\b`).
		FindAllString(whole, -1) {
		t.Errorf("the document shows the code %s", code)
	}
}

// Whatever rests on imported history says that nobody signed it, and a mixture says how many of each.
func TestUnsignedSaysSo(t *testing.T) {
	t.Parallel()
	sampletest.Beijing.Each(t, func(t *testing.T, d *db.DB) {
		secrets := sampletest.Secrets()
		must(t, d.UpdateAlone(context.Background(), func(tx *db.Tx) error { return missingDistrict(t, tx) }))
		r := annual(t, d, secrets)
		if r.Tally.Unsigned != 1 || r.Tally.AllSigned() {
			t.Errorf("with one district's history the evidence counts as %+v", r.Tally)
		}
		for _, f := range r.Figures {
			if f.Key == "W-HEA-007@2018" && (f.Status != "unproven" ||
				f.Source != "演示双签字报表（模拟）15份、历史报表（未签字）1份") {
				t.Errorf("%s is %s, from %s", f.Key, f.Status, f.Source)
			}
		}
		if whole := paper(t, r); !strings.Contains(whole, "未签字，历史数据：区年鉴") {
			t.Error("the appendix does not say that nobody signed a district's history")
		}
	})
}

// missingDistrict imports history for the one district that the sample leaves open.
func missingDistrict(t *testing.T, tx *db.Tx) error {
	t.Helper()
	p, err := period.Parse("2018")
	must(t, err)
	root, err := network.Root(tx)
	must(t, err)
	i, err := indicator.ByCode(tx, "W-HEA-007")
	must(t, err)
	values, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{i},
		Areas: []network.Area{root}, Periods: []period.Period{p}})
	must(t, err)
	items, err := submission.Under(tx, values[0].Parts[0].FormID, p, root)
	must(t, err)
	for _, item := range items {
		s, err := submission.Get(tx, item.ID)
		must(t, err)
		if s.AcceptedID != 0 {
			continue
		}
		cells := map[string]string{}
		for _, cell := range s.Form.Cells() {
			cells[cell.Key] = "10"
		}
		must(t, tx.Exec(`UPDATE submissions SET updated_by = $1, state = 'draft' WHERE id = $2`,
			journal.System.Name, s.ID))
		_, _, err = submission.Import(tx, journal.System, submission.Owed{Form: s.Form, Unit: s.Unit, Area: s.Area,
			Period: s.Period}, submission.Filled{Source: "区年鉴", Cells: cells})
		return err
	}
	t.Fatal("no district is open")
	return nil
}

// paper is the text of the whole document.
func paper(t *testing.T, r report.Report) string {
	t.Helper()
	var b bytes.Buffer
	must(t, document.Write(&b, r.Document()))
	text, err := document.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	must(t, err)
	return strings.Join(text, "\n")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
