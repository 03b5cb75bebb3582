package sample_test

// The form of the fictional city whose columns are kinds of schools, by its pages: filled in, taken out as a workbook
// and read back, signed, proven category by category, and the indicators over it, today and on an earlier day.

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/edition"
	"yipanqi/internal/form"
	"yipanqi/internal/period"
	"yipanqi/internal/sample/sampletest"
)

func TestAFormByTypeOfSchool(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		c := newEarlier(t, d)
		all := under(c.page("office", "/submissions?form=EDU-S"), "submissions.*")
		if len(all) != 2 {
			t.Fatalf("there are %d reports of EDU-S, want two", len(all))
		}
		for _, one := range all {
			if s := one.(map[string]any); s["state"] != "accepted" {
				t.Errorf("the report of %v is %v", s["period"], s["state"])
			}
		}
		proof := c.page("office", "/proof?indicator=C-EDU-101&area=990100&period=2023&sex=_T")
		if proof["status"] != "proven" {
			t.Errorf("the share of teachers with a degree is %v: %v", proof["status"], proof["assertions"])
		}
		of := func(query, field string) string {
			return fmt.Sprint(under(c.page("office", "/proof?area=990100&period=2023&sex=_T"+query), field))
		}
		if got := of("&indicator=C-EDU-101", "parts.*.total"); got != "[24219 30038]" { // as the report says, not twice
			t.Errorf("the whole takes in %s", got)
		}
		for query, want := range map[string]string{"&indicator=C-EDU-102": "[2849 7318]",
			"&indicator=C-EDU-101&category=SCHOOL_HIGH": "[4650 4662]"} {
			if got := of(query, "parts.*.total"); got != want {
				t.Errorf("%s takes in %s, want %s", query, got, want)
			}
			if got := of(query, "status"); got != "[proven]" {
				t.Errorf("%s is %s", query, got)
			}
		}
		page := c.page("office", "/indicators/C-EDU-101?area=990100&period=2023")
		got := fmt.Sprint(under(page, "by_category.*.category"), under(page, "by_category.*.value"))
		if want := "[SCHOOL_KINDER SCHOOL_PRIMARY SCHOOL_MIDDLE SCHOOL_HIGH] [38.9 88.9 97.8 99.7]"; got != want {
			t.Errorf("the indicator by category is %s, want %s", got, want)
		}
		if early := c.page("office", "/indicators/C-EDU-101?area=990100&as_of=2023-06-30"); slices.Contains(
			under(early, "series.*.period"), any("2023")) {
			t.Errorf("in 2023 its own number was known: %v", under(early, "series.*.period"))
		}
	})
}

func TestACategoryGoesAndItsPastStays(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		c := newEarlier(t, d)
		next, err := period.Parse("2024")
		c.must(err)
		c.update(func(tx *db.Tx) error {
			was, err := form.ByCode(tx, "EDU-S")
			c.must(err)
			known, err := form.LoadKnown(tx)
			c.must(err)
			text, err := was.YAML()
			c.must(err)
			lines := slices.DeleteFunc(strings.Split(string(text), "\n"), func(line string) bool {
				return strings.Contains(line, "SCHOOL_HIGH")
			})
			fewer, problems := form.ReadFile("x.yaml", []byte(strings.Join(lines, "\n")), known)
			if len(problems) > 0 || len(fewer.Columns) != len(was.Columns)-1 {
				t.Fatalf("%d columns, %v", len(fewer.Columns), problems)
			}
			effects, err := edition.EffectsOf(tx, was, fewer, next)
			c.must(err)
			if len(effects.Obstacle) > 0 {
				t.Errorf("a category may not go: %+v", effects.Obstacle)
			}
			office, err := signedIn(tx, "office")
			c.must(err)
			_, err = edition.Publish(tx, office, fewer, next)
			return err
		})
		const proof = "/proof?area=990100&period=2023&sex=_T&indicator=C-EDU-101"
		for query, want := range map[string]string{"": "[24219 30038]", "&category=SCHOOL_HIGH": "[4650 4662]"} {
			if got := fmt.Sprint(under(c.page("office", proof+query), "parts.*.total")); got != want {
				t.Errorf("2023%s takes in %s now, want %s", query, got, want)
			}
		}
	})
}
