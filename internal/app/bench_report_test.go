package app_test

// How long the report of an evaluation round takes: put together, made as long as a real one, printed. The round is
// bench_round_test.go's.

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/document/doctest"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/letter"
)

const (
	reportPages   = 150
	reportFigures = 400
)

// writes drafts the report, makes it as long as a real one, and has it printed.
func (c *roundCity) writes(b *testing.B, s site) {
	var l letter.Letter
	start := time.Now()
	must(b, c.Update(b.Context(), func(tx *db.Tx) (err error) {
		l, err = evaluation.DraftReport(tx, c.office, c.round.ID)
		return err
	}))
	drafted := time.Since(start)
	must(b, c.Update(b.Context(), func(tx *db.Tx) (err error) {
		l.Body = c.lengthen(l.Body)
		l, err = letter.Save(tx, c.office, l.ID, l.Version, l)
		return err
	}))
	start = time.Now()
	docx := s.read(b, l.URL()+"/document")
	printed := time.Since(start)
	figures := 0
	must(b, c.View(b.Context(), func(tx *db.Tx) error {
		l, err := letter.Get(tx, l.ID)
		if err != nil {
			return err
		}
		_, content, err := letter.Preview(tx, l, c.issuer)
		figures = content.Counted().All
		return err
	}))
	pages := len(doctest.Pages(b, doctest.PDF(b, docx)))
	if figures < reportFigures || pages < reportPages {
		b.Errorf("the report has %d figures on %d pages, want %d and %d", figures, pages, reportFigures, reportPages)
	}
	b.Logf("%-60s %8.2f s    (no target)", "the report put together from the round", drafted.Seconds())
	atMost(b, fmt.Sprintf("%s: a report of %d pages with %d figures", c.name, pages, figures),
		(drafted + printed).Seconds(), 5, "s")
}

// read is what a path answers.
func (s site) read(b *testing.B, path string) []byte {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, s.URL+path, nil)
	must(b, err)
	request.AddCookie(&http.Cookie{Name: "session", Value: s.session})
	answer, err := s.Client().Do(request)
	must(b, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(b, err)
	if answer.StatusCode != http.StatusOK {
		b.Fatalf("%s: %s", path, answer.Status)
	}
	return body
}

// lengthen adds to a report what its authors write, with figures, until it has 150 pages.
func (c *roundCity) lengthen(body string) string {
	var text strings.Builder
	text.WriteString(strings.ReplaceAll(body, evaluation.ToWrite, "各区做法不同。"))
	for n := 0; text.Len() < len(body)+reportPages*570*len("字"); n++ {
		fmt.Fprintf(&text, "\n（%s）做法\n", "一")
		for range 5 {
			text.WriteString(strings.Repeat("各区把规划目标写进年度工作要点并按季度看进展。", 12) + "\n")
		}
		for year := lastYear - 2; year < lastYear; year++ {
			fmt.Fprintf(&text, "到%d年这项指标是{{figure I%03d year=%d}}，各单位照此安排下一年的工作。\n", year,
				n%roundIndicators+1, year)
		}
	}
	return text.String()
}
