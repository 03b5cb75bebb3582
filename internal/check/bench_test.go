package check_test

// How long a report of a hundred pages takes, whatever share of its figures is contradicted.

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sample/sampletest"
)

// page is how many characters one of a report has.
const page = 800

// BenchmarkContradicted checks reports on what has been reported in a city, with none, a half or all of their figures
// wrong; and one of a fifth of the pages, to say what a figure costs there.
func BenchmarkContradicted(b *testing.B) {
	d := sampletest.Shifan(b)
	sentences := sentences(b, d)
	per := func(share, pages int) (took time.Duration, each float64, contradicted int) {
		var all []time.Duration
		statistics := 0
		for range 5 {
			start := time.Now()
			must(b, d.View(b.Context(), func(tx *db.Tx) error {
				r, err := check.Text(tx, check.Everything, reportOf(sentences, share, pages), "", 0)
				statistics, contradicted = r.Statistics(), r.Count(check.Contradicted)
				return err
			}))
			all = append(all, time.Since(start))
		}
		slices.Sort(all)
		return all[2], float64(all[2].Microseconds()) / float64(statistics), contradicted
	}
	for _, share := range []int{0, 50, 100} {
		took, each, contradicted := per(share, 100)
		_, few, _ := per(share, 20)
		missed := ""
		if took > time.Second {
			missed = "   MISSED"
		}
		b.Logf("%-60s %8.3f s    target ≤ 1%s", fmt.Sprintf("100 pages, %d %% of the figures wrong (%d contradicted)", share,
			contradicted), took.Seconds(), missed)
		b.Logf("%-60s %8.2f ×    (no target)", "a figure in 100 pages ÷ one in 20", each/few)
	}
}

// sentence says one number of the data, rightly or not.
type sentence struct{ right, wrong string }

// sentences are on all that the reports of the city come to.
func sentences(b *testing.B, d *db.DB) (all []sentence) {
	must(b, d.View(context.Background(), func(tx *db.Tx) error {
		areas, err := network.AllAreas(tx)
		if err != nil {
			return err
		}
		for _, a := range areas {
			values, err := progress.Values(tx, progress.Query{Areas: []network.Area{a}, Periods: years(tx.Now.Year())})
			if err != nil {
				return err
			}
			for _, v := range values {
				if !v.Computed() || !v.Complete() || v.Rat == nil || v.Rat.Sign() == 0 {
					continue
				}
				said := func(r *big.Rat) string {
					return fmt.Sprintf("%s年，%s%s为%s%s。\n", v.Period, v.Area.Name, v.Indicator.Name,
						quantity.Round(r, v.Indicator.Decimals), v.Indicator.Unit)
				}
				off := new(big.Rat).Mul(v.Rat, big.NewRat(13, 10))
				all = append(all, sentence{said(v.Rat), said(off.Add(off, big.NewRat(3, 1)))})
			}
		}
		return nil
	}))
	return all
}

func years(last int) (all []period.Period) {
	for y := last - 9; y <= last; y++ {
		if p, err := period.FromInt(y * 100); err == nil {
			all = append(all, p)
		}
	}
	return all
}

// reportOf is a text of so many pages, with so many of a hundred figures wrong.
func reportOf(all []sentence, wrong, pages int) string {
	var text strings.Builder
	for n, i := 0, 0; n < pages*page; i++ {
		s := all[i%len(all)].right
		if i%100 < wrong {
			s = all[i%len(all)].wrong
		}
		text.WriteString(s)
		n += utf8.RuneCountInString(s)
	}
	return text.String()
}
