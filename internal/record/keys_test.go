package record_test

// What lists are ordered and filtered by follows the bodies: when they are written, when they move, and when a
// register's file asks for other columns.

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/web/webtest"
)

func TestNumbersAreSortedAsNumbers(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		a, b := random.IntN(4_000_000)-2_000_000, random.IntN(4000)-2000
		if random.IntN(3) == 0 {
			b = a + random.IntN(3) - 1
		}
		x, y := record.Sortable(decimal(a)), record.Sortable(decimal(b))
		if cmp.Compare(x, y) != cmp.Compare(a, b) {
			t.Fatalf("%s and %s are sorted as %s and %s", decimal(a), decimal(b), x, y)
		}
	}
	for _, nothing := range []string{"", "~na"} {
		if record.Sortable(nothing) >= record.Sortable("-999999999999") {
			t.Errorf("%q does not come before all numbers", nothing)
		}
	}
	if record.Sortable("-0.00") != record.Sortable("0") || record.Sortable("1.50") != record.Sortable("1.5") {
		t.Error("equal numbers are sorted apart")
	}
}

// decimal is so many hundredths.
func decimal(hundredths int) string {
	sign := ""
	if hundredths < 0 {
		sign, hundredths = "-", -hundredths
	}
	return strings.TrimSuffix(fmt.Sprintf("%s%d.%02d", sign, hundredths/100, hundredths%100), ".00")
}

func (c *town) inPlace(what string) {
	c.Helper()
	c.view(func(tx *db.Tx) error {
		wrong, err := record.Misplaced(tx)
		if len(wrong) > 0 {
			c.Errorf("%s: %d columns are wrong: %+v", what, len(wrong), wrong[0])
		}
		return err
	})
}

func TestListsFollowWhatRecordsSay(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		shows := func(query string, want bool, what string) {
			c.Helper()
			one := webtest.Scenario{As: "east", Path: "/registers/child_home/records?" + query, JSON: true}
			if one.Contains = []string{"新的家"}; !want {
				one.Contains, one.NotContains = nil, one.Contains
			}
			s.Check(c.T, one)
			c.inPlace(what)
		}
		r, err := c.create("east", "child_home", home("新的家"))
		if err != nil {
			c.Fatal(err)
		}
		shows("where%5Bfunctions_offered%5D=play", true, "made")
		shows("where%5Bhome_host%5D=school", false, "made")
		shows("view=casebook", false, "made")
		if _, err = c.save("east", r, nil, map[string]string{"home_host": "school", "functions_offered:play": "",
			"casebook_year": "2024", "casebook_text": "做法"}); err != nil {
			c.Fatal(err)
		}
		shows("where%5Bfunctions_offered%5D=play", false, "saved")
		shows("where%5Bhome_host%5D=school&sort=-facility_name", true, "saved")
		shows("view=casebook&where%5Bhome_host%5D=school", true, "saved")
		// Another file: other filters, another order, and what was a filter is a column now.
		must(c, func(tx *db.Tx) (bool, error) {
			return c.redefined(tx, "筛选: [area, state, facility_state, home_host, functions_offered, "+
				"free_of_charge], 排序: -opened_on", "筛选: [functions_offered, area], 排序: indoor_area")
		})
		shows("where%5Bfunctions_offered%5D=education", true, "defined anew")
		shows("sort=home_host", true, "defined anew")
		s.Check(c.T, webtest.Scenario{As: "east", Path: "/registers/child_home/records?where%5Bhome_host%5D=school",
			JSON: true, Status: 422})
		// A database from before there were columns.
		must(c, func(tx *db.Tx) (bool, error) {
			return true, tx.Exec(`UPDATE records SET f1 = NULL, s1 = 'x', views = ''`)
		})
		c.view(func(tx *db.Tx) error {
			wrong, err := record.Misplaced(tx)
			if !slices.ContainsFunc(wrong, isOf("s1")) || !slices.ContainsFunc(wrong, isOf("views")) {
				c.Errorf("what was written beside the program is not found: %+v", wrong)
			}
			return err
		})
		must(c, func(tx *db.Tx) (bool, error) { return true, tx.Exec(`DELETE FROM record_layouts`) })
		if err := record.Begin(c.Context(), c.d); err != nil {
			c.Fatal(err)
		}
		c.inPlace("filled anew")
	})
}

// redefined puts the definition of children's homes with something else in its file, as it is checked here.
func (c *town) redefined(tx *db.Tx, old, now string) (bool, error) {
	d, err := record.ByCode(tx, "child_home")
	if err != nil {
		return false, err
	}
	known, err := record.Known(tx)
	if err != nil {
		return false, err
	}
	text := strings.Replace(d.Text, old, now, 1)
	again, problems := register.Parse("child_home.yaml", []byte(text), known)
	if len(problems) > 0 || text == d.Text {
		c.Fatalf("the other file: %v", problems)
	}
	return record.Define(tx, again)
}

func isOf(column string) func(journal.Finding) bool {
	return func(f journal.Finding) bool { return f.Column == column }
}
