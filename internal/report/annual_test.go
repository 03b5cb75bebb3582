package report_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/document"
	"yipanqi/internal/document/doctest"
	"yipanqi/internal/exchange"
	"yipanqi/internal/report"
	"yipanqi/internal/sign"
)

// sample is an installation with the sample city in it.
func sample(t *testing.T, d *db.DB) account.Secrets {
	t.Helper()
	key, err := sign.Generate()
	must(t, err)
	secrets := account.Secrets{Pepper: []byte("0123456789abcdef0123456789abcdef"), Installation: key}
	_, err = exchange.LoadSample(context.Background(), d, secrets, blob.Open(t.TempDir()),
		os.DirFS("../../samples/beijing"), func(string, int, int) {})
	must(t, err)
	return secrets
}

func annual(t *testing.T, d *db.DB, secrets account.Secrets) (r report.Report) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		r, err = report.Annual(tx, 2018, "", secrets)
		return err
	}))
	return r
}

func TestAnnualReportOfTheSample(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := annual(t, d, sample(t, d))
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
		var b bytes.Buffer
		must(t, document.Write(&b, r.Document()))
		text, err := document.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
		must(t, err)
		whole := strings.Join(text, "\n")
		for _, want := range []string{"投入40亿元", "8.6亿元", "1.87亿元", "近5000件", "4000余个", "99%以上", "5万余名",
			"42.3万人", "1010座", "85.8%", "演示〔2018〕1号", "数据不全"} {
			if !strings.Contains(whole, want) {
				t.Errorf("the document does not say %q", want)
			}
		}
	})
}

func TestAnnualReportOnPaper(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	r := annual(t, d, sample(t, d))
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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
