package sample_test

// The register of denominators in the fictional city: what rates are held against, as the facts have it, each with its
// proof and with the indicators whose formula divides by it.

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/period"
	"yipanqi/internal/sample/sampletest"
)

func TestDenominatorsAreListedWithWhatTheyChange(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		c := newEarlier(t, d)
		rows := func(login, query string) []map[string]any {
			var all []map[string]any
			for page := 1; ; page++ {
				answer := c.page(login, fmt.Sprintf("/denominators?page=%d%s", page, query))
				some := under(answer, "denominators.*")
				for _, one := range some {
					all = append(all, one.(map[string]any))
				}
				if next, _ := answer["next"].(bool); !next {
					return all
				}
			}
		}
		city := rows("office", "&year=2023")
		if len(city) == 0 {
			t.Fatal("there are no denominators")
		}
		seen := map[string]bool{}
		for _, r := range city {
			seen[fmt.Sprint(r["element"])] = true
			if n := len(under(r, "indicators.*")); n == 0 {
				t.Errorf("%v is listed and no indicator is held against it", r["element"])
			}
		}
		for _, element := range []string{"LABOUR", "RESIDENTS", "AGE15_17"} {
			if !seen[element] {
				t.Errorf("%s is no denominator of 2023", element)
			}
		}
		in, err := period.Parse("2023")
		must(t, err)
		for _, r := range rows("office", "&year=2023&q=LABOUR&sex=2") {
			var sum int64
			must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
				sum, err = db.Value[int64](tx, `SELECT CAST(sum(f.value) AS BIGINT) FROM facts f
					JOIN elements e ON e.id = f.element_id JOIN areas a ON a.id = f.area_id
					WHERE e.code = $1 AND f.sex = 2 AND f.period = $3 AND (a.code = $2 OR a.parent_id =
						(SELECT id FROM areas WHERE code = $2))`, r["element"], r["area"], in.Int())
				return err
			}))
			if r["value"] != fmt.Sprint(sum) || r["sex"] != "2" {
				t.Errorf("women of %v in %v are %v, the facts come to %d", r["element"], r["area"], r["value"], sum)
			}
			if !slices.Contains(under(r, "indicators.*"), any("W-EDU-001")) {
				t.Errorf("W-EDU-001 divides by %v since 2021, and is not named: %v", r["element"], r["indicators"])
			}
		}
		proof := c.page("office", fmt.Sprint(rows("office", "&year=2023&q=LABOUR")[0]["proof"]))
		if !slices.Contains(under(proof, "parts.*.element"), any("LABOUR")) {
			t.Errorf("the proof says nothing of LABOUR: %v", under(proof, "parts.*.element"))
		}
		now := len(rows("office", ""))
		if early := rows("office", "&as_of=2021-12-31"); len(early) == 0 || len(early) >= now {
			t.Errorf("%d denominators are known at the end of 2021, and %d today", len(early), now)
		}
		district := rows("zhonghu-statistician", "&year=2023&area=990100")
		for _, r := range district {
			if a := fmt.Sprint(r["area"]); a != "990100" && a != "990105" {
				t.Errorf("a district sees the numbers of %s", a)
			}
		}
		for _, wrong := range []string{"area=zz", "sex=x", "calibre=zz", "year=1800", "area=990101"} {
			if _, err := c.get("zhonghu-statistician", "/denominators?"+wrong); errs.KindOf(err) != errs.Invalid {
				t.Errorf("%s is taken: %v", wrong, err)
			}
		}
	})
}
