package edition_test

// How long the rules of a form take over all that was reported: 10 years of 16 districts with 300 cells each, tried as
// the page and `rules try` do it, on both databases.

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/edition"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/submission"
)

func BenchmarkRules(b *testing.B) {
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := dbtest.Open(b, target(b))
			must := func(err error) {
				b.Helper()
				if err != nil {
					b.Fatal(err)
				}
			}
			var f form.Form
			must(d.UpdateAlone(context.Background(), func(tx *db.Tx) (err error) {
				f, err = reported(tx)
				return err
			}))
			var took []time.Duration
			n := 0
			for range 15 {
				must(d.View(context.Background(), func(tx *db.Tx) error {
					start := time.Now()
					all, err := edition.Try(tx, f, func(string, string) bool { return true })
					took = append(took, time.Since(start))
					n = 0
					for _, t := range all {
						n += t.Applied + t.Skipped
					}
					return err
				}))
			}
			slices.Sort(took)
			p50, word := took[len(took)/2], "met"
			if p50 > 200*time.Millisecond {
				word = "MISSED"
			}
			b.Logf("%s: %d rules over 10 years × 16 districts × 300 cells, %d verdicts, p50 %s, slowest %s "+
				"target ≤ 200 ms: %s", name, len(f.Rules), n, p50.Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond), word)
		})
	}
}

// reported is a form of 300 cells, with rules of each kind, that 16 districts have answered ten times.
func reported(tx *db.Tx) (f form.Form, err error) {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"}, {Kind: "unit_kind", Code: "health", Name: "卫生"}} {
		if _, err = network.PutLabel(tx, l); err != nil {
			return f, err
		}
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990000", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	if err != nil {
		return f, err
	}
	var text strings.Builder
	text.WriteString("code: BIG\nname: 大表\nnumber: 示范1表\nissuer: 示范市统计局\nvalid_until: 2030-12-31\nfrequency: A\n" +
		"level: district\nreporters: health\ndue: \"+1-02-20\"\nlevels: {district: own, city: rolled_up}\ncolumns:\n" +
		"  - {code: M, name: 男, sex: 1}\n  - {code: F, name: 女, sex: 2}\nrows:\n")
	for i := range 150 {
		code := fmt.Sprintf("E%03d", i)
		if _, _, err = element.Put(tx, element.Element{Code: code, Name: code, Sums: true, BySex: true}); err != nil {
			return f, err
		}
		fmt.Fprintf(&text, "  - {number: %d, element: %s}\n", i+1, code)
	}
	text.WriteString("checks:\n  - {rule: range, element: \"*\", limit: 5, message: 与往年差得多, kind: soft}\n" +
		"  - {rule: change, element: \"*\", limit: 30, message: 变动大, kind: soft}\n")
	for i := range 50 {
		fmt.Fprintf(&text, "  - {expr: E%03d <= E%03d + E%03d, message: 部分不多于整体, kind: hard}\n", i, i+50, i+100)
	}
	known, err := form.LoadKnown(tx)
	if err != nil {
		return f, err
	}
	f, problems := form.ReadFile("big.yaml", []byte(text.String()), known)
	if len(problems) > 0 {
		return f, problems
	}
	if _, _, err = form.Put(tx, f); err != nil {
		return f, err
	}
	if f, err = form.ByCode(tx, f.Code); err != nil {
		return f, err
	}
	for n := range 16 {
		area, _, err := network.PutArea(tx, network.Area{Code: fmt.Sprintf("9901%02d", n), Name: fmt.Sprintf("%d区", n),
			Level: "district", ParentID: root.ID, OpensOn: "1900-01-01"})
		if err != nil {
			return f, err
		}
		unit := network.Unit{Code: fmt.Sprintf("health%d", n), Name: "卫生", Kind: "health", AreaID: area.ID,
			OpensOn: "1900-01-01"}
		if _, err = network.PutUnit(tx, unit); err != nil {
			return f, err
		}
		for year := 2010; year < 2020; year++ {
			p, _ := period.FromInt(year * 100)
			cells := map[string]string{}
			for i, spec := range f.Cells() {
				cells[spec.Key] = fmt.Sprint(1000 + 7*i + 13*n + (year*31+i*17)%90)
			}
			owed := submission.Owed{Form: f, Unit: unit, Area: area, Period: p}
			in := submission.Filled{Cells: cells, Source: "年鉴"}
			if _, _, err = submission.Import(tx, journal.System, owed, in); err != nil {
				return f, err
			}
		}
	}
	return f, nil
}
