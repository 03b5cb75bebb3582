package matter_test

// How long the ledger and the lists take among 50,000 items: pages over HTTP as a reader has them, and the module's
// read beside SQL that somebody wrote by hand for just these filters, in the same run.

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account/accounttest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/matter"
)

// benchItems are in the ledger; each page is asked for so often by one, and by ten at once as often together.
const (
	benchItems = 50_000
	rounds     = 100
)

// spread says what is not as in the one that was raised, as SQL over the number of a matter (q) and of an item (n.i):
// half of the matters are of a meeting, immediate, slow and the education bureau's; the others of a finding, phased and
// the health bureau's; of a thousand one is a review's and the district's, and one is slow.
var spread = map[string]map[string]string{
	"matters": {
		"id": `'m' || CAST(q AS TEXT)`, "serial": `q + 10`, "number": `'示范市督〔2024〕' || CAST(q + 10 AS TEXT) || '号'`,
		"title": `t.title || CAST(q AS TEXT)`, "class": ofClass,
		"due":    `CASE WHEN q % 7 < 4 THEN '2024-03-20' ELSE '2024-11-10' END`,
		"shown":  `CASE WHEN q % 3 = 0 THEN 'in_progress' ELSE 'raised' END`,
		"facets": facetsOf(),
	},
	"matter_items": {
		"id": `'i' || CAST(n.i AS TEXT)`, "matter_id": `'m' || CAST(q AS TEXT)`, "position": `n.i % 10 + 1`,
		"serial": `q + 10`, "number": `'示范市督〔2024〕' || CAST(q + 10 AS TEXT) || '号'`,
		"unit": ofUnit, "class": ofClass, "kinds": `' ' || ` + ofKind + ` || ' '`,
		"flags":   `CASE WHEN ` + isSlow + ` THEN ' slow ' ELSE '' END`,
		"state":   `CASE WHEN n.i % 3 = 0 THEN 'closed' WHEN n.i % 3 = 1 THEN 'in_progress' ELSE 'raised' END`,
		"next_on": `'2024-' || CASE WHEN q % 7 < 4 THEN '03' ELSE '11' END || '-' || CAST(n.i % 10 + 10 AS TEXT)`,
		"facets":  facetsOf(),
	},
}

const (
	ofUnit  = `CASE WHEN q % 2 = 0 THEN 'EDU' WHEN q % 1000 = 7 THEN 'NORTH' ELSE 'HEA' END`
	ofClass = `CASE WHEN q % 2 = 0 THEN 'immediate' ELSE 'phased' END`
	ofKind  = `CASE WHEN q % 2 = 0 THEN 'decision' WHEN q % 1000 = 7 THEN 'review' ELSE 'finding' END`
	isSlow  = `q % 2 = 0 OR q % 1000 = 1`
	coded   = `CASE WHEN q % 2 = 0 THEN '^e^d^u' WHEN q % 1000 = 7 THEN '^n^o^r^t^h' ELSE '^h^e^a' END`
)

// words are those of a thing, and whether rows of them are kept.
var words = []struct {
	text string
	kept bool
}{{`'a:1'`, false}, {`'c:' || ` + ofClass, false}, {`CASE WHEN ` + isSlow + ` THEN 'f:slow' ELSE 'y:2024' END`, true},
	{`'k:' || ` + ofKind, true}, {`'s:' || ` + coded, true}, {`'s:^w^c^c^o'`, true}, {`'u:' || ` + coded, true},
	{`'y:2024'`, false}}

func facetsOf() (text string) {
	text = `' '`
	for _, w := range words {
		text += ` || ` + w.text + ` || ' '`
	}
	return text
}

// many adds so many items, ten to a matter, as copies of one that was raised.
func (c *city) many(n int) {
	c.T.Helper()
	m := c.raised(proposal())
	c.Must(c.Update(context.Background(), func(tx *db.Tx) error {
		for _, table := range []string{"matters", "matter_items"} {
			rows, id, q := n, m.Items[0].ID, `n.i / 10`
			if table == "matters" {
				rows, id, q = n/10, m.ID, `n.i`
			}
			names, err := db.All(tx, db.Single[string], map[bool]string{
				false: `SELECT name FROM pragma_table_info('` + table + `') ORDER BY cid`,
				true: `SELECT column_name FROM information_schema.columns WHERE table_name = '` + table + `'
					ORDER BY ordinal_position`}[tx.Postgres()])
			if err != nil {
				return err
			}
			values := make([]string, len(names))
			for at, name := range names {
				if values[at] = spread[table][name]; values[at] == "" {
					values[at] = "t." + name
				}
			}
			if err := tx.Exec(fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
				INSERT INTO %s (%s) SELECT %s FROM (SELECT i, %s AS q FROM n) n JOIN %s t ON t.id = '%s'`, rows-1,
				table, strings.Join(names, ", "), strings.Join(values, ", "), q, table, id)); err != nil {
				return err
			}
			for _, w := range words {
				if !w.kept {
					continue
				}
				of, q := `'i'`, `CAST(substr(id, 2) AS INTEGER) / 10`
				if table == "matters" {
					of, q = `'m'`, `CAST(substr(id, 2) AS INTEGER)`
				}
				if err := tx.Exec(`INSERT INTO matter_facets (facet, thing) SELECT ` + of + ` || ` + w.text + `, id
					FROM (SELECT id, ` + q + ` AS q FROM ` + table + ` WHERE number LIKE '%号' AND id LIKE ` + of +
					` || '%') t WHERE true ON CONFLICT DO NOTHING`); err != nil {
					return err
				}
			}
		}
		for _, part := range []string{`unit, id, 'owner'`, `unit, id, 'lead'`, `'WCCO', id, 'office'`} {
			if err := tx.Exec(`INSERT INTO matter_parties (unit, item_id, part) SELECT ` + part + ` FROM matter_items
				WHERE id LIKE 'i%'`); err != nil {
				return err
			}
		}
		return nil
	}))
}

// tidy does what PostgreSQL does by itself, some time after many rows were written.
func tidy(b *testing.B, target string) {
	b.Helper()
	d, err := sql.Open("pgx", target)
	if err == nil {
		defer d.Close()
		_, err = d.Exec(`VACUUM ANALYZE`)
	}
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkLedger(b *testing.B) {
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			now := &atomic.Int64{}
			at := target(b)
			c := built(accounttest.New(b, dbtest.Open(b, at, db.WithClock(func() time.Time {
				return time.Unix(now.Add(1), 0)
			})), now, "2024-03-01"))
			c.many(benchItems)
			if c.Postgres {
				tidy(b, at)
			}
			c.On("2024-06-03")
			handler := newSite(c).Handler
			for _, p := range []struct{ what, who, path string }{
				{"ledger, no filter", "office", "/items"},
				{"ledger, three filters that half pass", "office", "/items?source=decision&class=immediate&unit=EDU"},
				{"ledger, three filters that 0.1 % pass", "office", "/items?source=review&class=phased&unit=NORTH"},
				{"ledger, three filters of half each that 0.1 % pass", "office",
					"/items?source=finding&class=phased&flag=slow"},
				{"ledger, overdue of a bureau by day", "office", "/items?lamp=red&unit=EDU&class=immediate&sort=due"},
				{"the bureau's own, overdue", "edu", "/items?lamp=red&source=decision&state=raised"},
				{"leader's list", "chief", "/matters?source=decision&class=immediate&unit=EDU"},
				{"leader's list, 0.1 %", "chief", "/matters?source=review&class=phased&lamp=red"},
				{"leader's list by day", "chief", "/matters?lamp=red&sort=due"},
			} {
				one := c.asked(handler, p.who, p.path, 1, rounds)
				ten := c.asked(handler, p.who, p.path, 10, rounds/5)
				b.Logf("%-56s one p50 %6.1f p99 %6.1f ms (target 100) · ten p99 %6.1f ms (target 300): %s", p.what,
					quantile(one, 0.5), quantile(one, 0.99), quantile(ten, 0.99),
					kept(quantile(one, 0.99) <= 100 && quantile(ten, 0.99) <= 300))
			}
			c.beside(b, at)
		})
	}
}

// kept says whether targets were; scripts/bench fails of the word MISSED once all have run.
func kept(all bool) string {
	if all {
		return "met"
	}
	return "MISSED"
}

// asked asks for a page again and again, by so many at once, and says how long each time took.
func (c *city) asked(h http.Handler, who, path string, readers, times int) (took []time.Duration) {
	c.T.Helper()
	var secret string
	c.Must(c.Update(context.Background(), func(tx *db.Tx) (err error) {
		secret, _, err = auth.OpenSession(tx, c.People[who].ID, auth.Cookie)
		return err
	}))
	var lock sync.Mutex
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			for range times {
				r := httptest.NewRequest(http.MethodGet, path, nil)
				r.AddCookie(&http.Cookie{Name: "session", Value: secret})
				r.Header.Set("Accept", "text/html")
				w, start := httptest.NewRecorder(), time.Now()
				h.ServeHTTP(w, r)
				lock.Lock()
				took = append(took, time.Since(start))
				lock.Unlock()
				if w.Code != http.StatusOK {
					c.T.Errorf("%s: %d %s", path, w.Code, w.Body)
				}
			}
		})
	}
	all.Wait()
	return took
}

func quantile(took []time.Duration, q float64) float64 {
	slices.Sort(took)
	return float64(took[min(len(took)-1, int(q*float64(len(took))))].Microseconds()) / 1000
}

// beside reads first pages as the module does, and as SQL does that was written for just these filters with an index
// for just them, one after the other in one run.
func (c *city) beside(b *testing.B, target string) {
	must := c.Must
	must(c.Update(context.Background(), func(tx *db.Tx) error {
		return tx.Exec(`CREATE INDEX by_hand ON matter_items (kinds, class, unit, year DESC, serial DESC, position, id)`)
	}))
	if c.Postgres {
		tidy(b, target)
	}
	for _, p := range []struct {
		what             string
		kind, class, who string
	}{{"half", "decision", "immediate", "EDU"}, {"0.1 %", "review", "phased", "NORTH"}} {
		f := matter.Filter{Kind: p.kind, Class: p.class, Unit: p.who}
		var ours, theirs []time.Duration
		for range 101 {
			must(c.View(context.Background(), func(tx *db.Tx) error {
				start := time.Now()
				rows, err := matter.FirstPage(tx, c.People["office"], f)
				ours = append(ours, time.Since(start))
				if err == nil && len(rows) != 50 {
					b.Fatalf("%s: %d rows", p.what, len(rows))
				}
				return err
			}))
			must(c.View(context.Background(), func(tx *db.Tx) error {
				start := time.Now()
				rows, err := matter.ByHand(tx, ` WHERE i.kinds = $1 AND i.class = $2 AND i.unit = $3
					ORDER BY i.year DESC, i.serial DESC, i.position, i.id LIMIT 51`, " "+p.kind+" ", p.class, p.who)
				theirs = append(theirs, time.Since(start))
				if err == nil && len(rows) < 50 {
					b.Fatalf("%s by hand: %d rows", p.what, len(rows))
				}
				return err
			}))
		}
		ratio := quantile(ours, 0.5) / quantile(theirs, 0.5)
		b.Logf("first page of %s: the module %.2f ms, by hand %.2f ms: %.2f × (target 3): %s", p.what,
			quantile(ours, 0.5), quantile(theirs, 0.5), ratio, kept(ratio <= 3))
	}
}
