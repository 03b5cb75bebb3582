package find_test

// How long one reader waits for the first hits among BENCH_FINDS things (200,000 if it is not set), for a word that
// half of them hold and for one that ten hold, as an office that sees all, as a clerk who sees a two-hundredth, and as
// one who sees none of those that hold the word. The peer is what people write without an index: LIKE '%word%', newest
// first, in the same run.

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/find"
)

func BenchmarkFind(b *testing.B) {
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := dbtest.Open(b, target(b))
			n := 200_000
			if text := os.Getenv("BENCH_FINDS"); text != "" {
				n, _ = strconv.Atoi(text)
			}
			start := time.Now()
			fill(b, d, n)
			b.ReportMetric(float64(time.Since(start).Microseconds())/float64(n), "µs/put")
			none := user(auth.Statistician, "NOBODY", "1.9999.", 9999)
			for _, c := range []struct {
				word, as string
				by       auth.User
				hits     int
			}{
				{"半数", "office", office, find.Limit}, {"半数", "clerk", clerkOf(7), find.Limit},
				{"半数", "none", none, 0},
				{"十个", "office", office, 10}, {"十个", "none", none, 0}, {"报", "office", office, find.Limit},
				{"半数 十个", "office", office, 5}, {"从未", "office", office, 0},
			} {
				var took []time.Duration
				for range 100 {
					start := time.Now()
					hits := found(b, d, c.by, c.word)
					took = append(took, time.Since(start))
					if hits != c.hits {
						b.Fatalf("%s finds %d of %s, want %d", c.as, hits, c.word, c.hits)
					}
				}
				report(b, c.word+"/"+c.as, took)
			}
			var took []time.Duration
			for range 5 {
				start := time.Now()
				like(b, d, "%十个%")
				took = append(took, time.Since(start))
			}
			report(b, "十个/LIKE", took)
		})
	}
}

func report(b *testing.B, name string, took []time.Duration) {
	slices.Sort(took)
	b.Logf("%s: p50 %v, p99 %v", name, took[len(took)/2], took[len(took)*99/100])
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, strings.ReplaceAll(name, " ", "+")+"-p99-ms")
}

func clerkOf(unit int) auth.User {
	return user(auth.Statistician, fmt.Sprint("UNIT-", unit), fmt.Sprintf("1.%d.", unit+2), int64(unit+2))
}

// fill puts n submissions of 200 units: every second holds 半数, ten of them 十个.
func fill(b *testing.B, d *db.DB, n int) {
	const at = 5000
	for from := 0; from < n; from += at {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			for i := from; i < min(from+at, n); i++ {
				word := []string{"半数", "其余"}[i%2]
				if i%(n/10+1) == 0 {
					word += "十个"
				}
				unit := i / 2 % 200
				err := find.Put(tx, find.Doc{Object: fmt.Sprint("submission/", i), Many: true,
					Title: word + "儿童之家建设情况报表", TitleEN: "Building of children's homes",
					Note:  fmt.Sprintf("第%d区 %d年 妇幼保健机构", unit, 2000+i%20),
					Scope: find.Scope{Unit: fmt.Sprint("UNIT-", unit), Path: fmt.Sprintf("1.%d.", unit+2)}})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func found(b *testing.B, d *db.DB, by auth.User, words string) (n int) {
	err := d.View(context.Background(), func(tx *db.Tx) error {
		hits, err := find.Find(tx, by, kinds, words)
		n = len(hits)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func like(b *testing.B, d *db.DB, pattern string) {
	err := d.View(context.Background(), func(tx *db.Tx) error {
		_, err := db.All(tx, db.Single[string], `SELECT title FROM finds WHERE title LIKE $1 ORDER BY id DESC LIMIT 20`,
			pattern)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}
