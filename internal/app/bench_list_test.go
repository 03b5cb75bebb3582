package app_test

// How long a page of 200,000 submissions takes in every order that the list offers, beside a plain SELECT.

import (
	"context"
	"fmt"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/submission"
)

// listed is how many submissions the list has.
const listed = 200_000

// BenchmarkList finds the first page of submissions and page 400, as the office does, in every order that the page
// offers. Beside it, in the same run, the plain SELECT of the ids of page 400 by the index of the first order.
func BenchmarkList(b *testing.B) {
	for name, open := range engines() {
		b.Run(name, func(b *testing.B) {
			c := open(b, size(b))
			must(b, c.list())
			c.tidy(b)
			office := auth.User{ID: c.office.ID, Posts: []auth.Post{{Role: auth.Office, Unit: "office",
				AreaPath: c.root.Path}}}
			worst := 0.0
			for _, order := range []string{"form", "unit", "period", "state", "due"} {
				for _, sort := range []string{order, "-" + order} {
					for _, page := range []int{1, 400} {
						p50 := c.often(b, func(tx *db.Tx) (int, error) {
							rows, _, err := submission.List(tx, office, submission.Filter{Sort: sort, Page: page})
							return len(rows), err
						})
						worst = max(worst, p50)
						b.Logf("%-60s %8.2f ms", fmt.Sprintf("by %s, page %d with rows and count, p50", sort, page), p50)
					}
				}
			}
			plain := c.often(b, func(tx *db.Tx) (int, error) {
				ids, err := db.All(tx, db.Single[string], `SELECT id FROM submissions
					ORDER BY period DESC, form_key, area_code, id LIMIT 50 OFFSET 19950`)
				return len(ids), err
			})
			atMost(b, c.name+": 200,000 submissions, the slowest order and page, p50", worst, 10, "ms")
			b.Logf("%-60s %8.2f ms   (no target)", "plain SELECT of the ids of page 400, p50", plain)
			b.Logf("%-60s %8.2f ×    (no target)", "the slowest page with its rows ÷ plain SELECT", worst/plain)
		})
	}
}

// often is how long it takes to read fifty rows, the median of 21 times.
func (c *bigCity) often(b *testing.B, read func(*db.Tx) (int, error)) float64 {
	var took times
	for range 21 {
		must(b, c.View(context.Background(), func(tx *db.Tx) error {
			took = append(took, timed(func() {
				n, err := read(tx)
				must(b, err)
				if n != 50 {
					b.Fatalf("%s: %d rows", c.name, n)
				}
			}))
			return nil
		}))
	}
	return took.at(0.5)
}

// list fills up the table of submissions, a form for an area and a year each, without versions: what lists read.
func (c *bigCity) list() error {
	return c.Update(context.Background(), func(tx *db.Tx) error {
		n, err := db.Value[int](tx, `SELECT count(*) FROM submissions`)
		if err != nil || n >= listed {
			return err
		}
		return tx.Exec(fmt.Sprintf(`INSERT INTO submissions (id, form_id, unit, area_id, period, state, due_on, late,
			draft, amend_reason, return_reason, entries, version, updated_by, updated_at, form_key, area_code,
			area_path)
			SELECT 'listed-' || CAST(f.id AS TEXT) || '-' || CAST(e.period AS TEXT) || '-' || CAST(a.id AS TEXT),
			f.id,
			u.code, a.id, e.period, CASE WHEN a.id %% 10 = 0 THEN 'returned' ELSE 'accepted' END, '2019-01-31',
			$1, '{}',
			'', '', 1, 1, '', $2, f.code, a.code, a.path
			FROM expectations e JOIN forms f ON f.id = e.form_id JOIN areas a ON a.id = e.area_id
			JOIN units u ON u.code = '%s'
			WHERE a.level = 'community' ORDER BY a.id, e.period, f.id LIMIT %d
			ON CONFLICT DO NOTHING`,
			c.unit.Code, listed), false, tx.Now)
	})
}
