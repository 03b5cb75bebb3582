package app_test

// How long the board of 300 indicators takes to read and, by many readers at once, to open; with the plan it shows.

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/home"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
)

const (
	domains          = 6
	goalsOfADomain   = 5
	indicatorsOfGoal = 10
	reads            = 100
	readers          = 10
)

// putPlan makes a plan with 300 indicators, each the rate of two elements, with a target and a published figure.
func putPlan(tx *db.Tx, root network.Area) error {
	p := plan.Plan{Code: "P", Name: "基准规划", Kind: "women", AreaID: root.ID, Starts: 2011, Ends: 2020,
		Status: "issued", SourceTitle: "基准"}
	if _, err := plan.Put(tx, p); err != nil {
		return err
	}
	n, elements := 0, forms*rowsOfAForm
	for d := range domains {
		domain := plan.Domain{Plan: p.Code, Code: fmt.Sprintf("D%d", d), Name: fmt.Sprintf("领域%d", d), Position: d}
		if _, err := plan.PutDomain(tx, domain); err != nil {
			return err
		}
		for g := range goalsOfADomain {
			goal := plan.Goal{Plan: p.Code, Code: fmt.Sprintf("G%d%d", d, g), Domain: domain.Code,
				Text: fmt.Sprintf("目标%d-%d", d, g), Position: g}
			if _, err := plan.PutGoal(tx, goal); err != nil {
				return err
			}
			for range indicatorsOfGoal {
				formula := fmt.Sprintf("E%03d / E%03d * 100", n%elements+1, (n+1)%elements+1)
				n++
				if err := putIndicator(tx, p, goal, n, formula); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func putIndicator(tx *db.Tx, p plan.Plan, g plan.Goal, n int, formula string) error {
	i, _, err := indicator.Put(tx, indicator.Indicator{Code: fmt.Sprintf("I%03d", n), Name: fmt.Sprintf("指标%d", n),
		Unit: "%", Decimals: 2, Direction: 1, Position: n})
	if err != nil {
		return err
	}
	if _, err := indicator.PutVersion(tx, indicator.Version{IndicatorID: i.ID, Formula: formula,
		Definition: formula}); err != nil {
		return err
	}
	if _, err := indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: p.Code, Goal: g.Code, IndicatorID: i.ID,
		Position: n}); err != nil {
		return err
	}
	target := indicator.Target{Plan: p.Code, IndicatorID: i.ID, AreaID: p.AreaID, Op: indicator.AtLeast, Value: "120",
		Year: p.Ends, Level: indicator.Own, SourceTitle: "基准"}
	if _, err := indicator.PutTarget(tx, target); err != nil {
		return err
	}
	year, err := period.FromInt(2015 * 100)
	if err != nil {
		return err
	}
	_, err = indicator.PutPublished(tx, indicator.Published{IndicatorID: i.ID, AreaID: p.AreaID, Period: year,
		Sex: quantity.SexTotal, Value: "99.5", SourceTitle: "基准"})
	return err
}

// BenchmarkBoard reads 300 indicators in the city and its 16 districts, then opens the page that shows them.
func BenchmarkBoard(b *testing.B) {
	for name, open := range engines() {
		b.Run(name, func(b *testing.B) {
			c := open(b, size(b))
			areas := append([]network.Area{c.root}, c.areas["district"]...)
			year, err := period.FromInt(lastYear * 100)
			must(b, err)
			var queries, values times
			for range reads {
				must(b, c.View(context.Background(), func(tx *db.Tx) error {
					queries = append(queries, timed(func() { must(b, queryBoard(tx, areas, year)) }))
					values = append(values, timed(func() {
						found, err := progress.Values(tx, progress.Query{Areas: areas, Periods: []period.Period{year}})
						must(b, err)
						if len(found) != 300*(districts+1) || found[0].Rat == nil {
							b.Fatalf("%s: %d values, the first is %+v", c.name, len(found), found[0])
						}
					}))
					return nil
				}))
			}
			atMost(b, c.name+": 300 indicators × 17 areas, queries, p50", queries.at(0.5), 10, "ms")
			b.Logf("%-60s %8.2f ms   (no target)", "the same with the arithmetic, p50", values.at(0.5))
			board, page := c.page(b)
			b.Logf("%-60s %8.2f ms   (no target)", "ReadBoard in this process, 10 readers, p99", board.at(0.99))
			b.Logf("%-60s %8.2f ms   (no target)", "the page over HTTP, 10 readers, p50", page.at(0.5))
			atMost(b, "page ÷ ReadBoard, which does not even render, p99", page.at(0.99)/board.at(0.99), 3, "×")
		})
	}
}

// queryBoard reads all that progress.Values reads.
func queryBoard(tx *db.Tx, areas []network.Area, year period.Period) error {
	elements, err := element.All(tx)
	if err != nil {
		return err
	}
	q := fact.Query{Periods: []period.Period{year}}
	for _, e := range elements {
		q.Elements = append(q.Elements, e.ID)
	}
	for _, a := range areas {
		q.Areas = append(q.Areas, a.ID)
	}
	for _, read := range []func() error{
		func() error { _, err := indicator.List(tx); return err }, // what is defined: read anew only after a change
		func() error { _, err := element.Calibres(tx); return err },
		func() error { _, err := network.Labels(tx, "area_level"); return err },
		func() error { _, err := indicator.Versions(tx); return err },
		func() error {
			for _, id := range q.Areas {
				if _, err := indicator.PublishedIn(tx, id); err != nil {
					return err
				}
			}
			return nil
		},
		func() error { _, err := fact.Read(tx, q); return err },
	} {
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

// page opens the board of the city by many readers at once: what it is read from, in this process, and the page itself.
func (c *bigCity) page(b *testing.B) (board, page times) {
	b.Helper()
	a, err := app.Open(b.Context(), c.config)
	must(b, err)
	defer a.Close()
	handler, err := a.Handler()
	must(b, err)
	server := httptest.NewServer(handler)
	defer server.Close()
	server.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = readers
	var session string
	must(b, c.Update(b.Context(), func(tx *db.Tx) (err error) {
		session, _, err = auth.OpenSession(tx, c.office.ID, auth.Cookie)
		return err
	}))
	board = atOnce(func() error {
		return c.View(b.Context(), func(tx *db.Tx) error {
			_, err := home.ReadBoard(tx, c.office, home.Choice{Year: lastYear})
			return err
		})
	}, b)
	page = atOnce(func() error {
		request, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/board?year=%d", server.URL, lastYear), nil)
		if err != nil {
			return err
		}
		request.AddCookie(&http.Cookie{Name: "session", Value: session})
		answer, err := server.Client().Do(request)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if answer.StatusCode != http.StatusOK || len(body) < 100_000 {
			return fmt.Errorf("the board answers %s with %d bytes", answer.Status, len(body))
		}
		return err
	}, b)
	return board, page
}

// atOnce has every reader do it again and again.
func atOnce(do func() error, b *testing.B) (all times) {
	b.Helper()
	took := make(chan time.Duration)
	for range readers {
		go func() {
			for range reads / 2 {
				start := time.Now()
				if err := do(); err != nil {
					b.Error(err)
				}
				took <- time.Since(start)
			}
		}()
	}
	for range readers * (reads / 2) {
		all = append(all, <-took)
	}
	return all
}
