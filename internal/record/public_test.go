package record_test

// What the public sees of records, and what it does not.

import (
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/record"
)

// look is the names of what a question finds, page by page.
func (c *town) look(ask record.Look, most int) (names []string) {
	c.Helper()
	for pages := 0; pages < 50; pages++ {
		var found []record.Facility
		var next string
		c.view(func(tx *db.Tx) (err error) {
			found, next, err = record.LookUp(tx, ask, most)
			return err
		})
		if len(found) > most {
			c.Errorf("a page of %d has %d", most, len(found))
		}
		for _, f := range found {
			names = append(names, f.Name)
		}
		if ask.From = next; next == "" {
			return names
		}
	}
	c.Error("the directory has no end")
	return names
}

func TestThePublicSeesConfirmedFacilities(t *testing.T) {
	eachTown(t, func(c *town) {
		all := c.look(record.Look{}, 100)
		if len(all) < 8 {
			c.Fatalf("the directory has %d facilities: %v", len(all), all)
		}
		if paged := c.look(record.Look{}, 1); strings.Join(paged, "、") != strings.Join(all, "、") {
			c.Errorf("one by one it is another directory: %v, %v", paged, all)
		}
		homes := c.look(record.Look{Kind: "child_home"}, 100)
		if found := c.look(record.Look{Kind: "child_home", Area: "980102"}, 100); len(found) >= len(homes) {
			c.Errorf("a district has all homes: %v", found)
		}
		r, err := c.take("east", c.numbered("child_home", "CHH-1"), "correct", "名称有误", nil)
		if err != nil {
			c.Fatal(err)
		}
		if _, err = c.save("east", r, nil, map[string]string{"facility_name": "还没确认的名称"}); err != nil {
			c.Fatal(err)
		}
		if _, err := c.create("east", "child_home", home("别人的草稿")); err != nil {
			c.Fatal(err)
		}
		if now := c.look(record.Look{Kind: "child_home"}, 100); strings.Join(now, "、") != strings.Join(homes, "、") {
			c.Errorf("drafts and corrections change the directory: %v, before %v", now, homes)
		}
		for _, words := range []string{"还没确认", "别人的草稿", "42.5"} { // the area inside is not public
			if found := c.look(record.Look{Words: words}, 100); len(found) > 0 {
				c.Errorf("“%s” finds %v: by what the public may not see", words, found)
			}
		}
		if found := c.look(record.Look{Words: "东岭 儿童之家"}, 100); len(found) == 0 {
			c.Error("two words that both stand there find nothing")
		}
		c.view(func(tx *db.Tx) error {
			f, err := record.FacilityOf(tx, "child_home", "CHH-1")
			if err != nil {
				return err
			}
			if f.Name != "桐花社区儿童之家" || f.Value["indoor_area"] != "" || f.Value["facility_state"] != "open" {
				c.Errorf("the page says %+v", f)
			}
			for _, other := range [][2]string{{"child_home", "no-such"}, {"expert", "EXP-1"}, {"no_such", "1"},
				{"typical_case", "CASE-1"}} {
				if _, err := record.FacilityOf(tx, other[0], other[1]); errs.KindOf(err) != errs.Missing {
					c.Errorf("%v has a public page: %v", other, err)
				}
			}
			return nil
		})
	})
}

// A facility that its rule takes back is gone, from the list and from its address.
func TestWhatIsClosedIsGone(t *testing.T) {
	eachTown(t, func(c *town) {
		r, err := c.take("east", c.numbered("child_home", "CHH-1"), "correct", "已停用", nil)
		for _, step := range []func() (record.Record, error){
			func() (record.Record, error) {
				return c.save("east", r, nil, home(r.Title, "facility_state", "closed", "closed_on", "2024-01-31",
					"remark", "已停用"))
			},
			func() (record.Record, error) { return c.take("east", r, "submit", "", nil) },
			func() (record.Record, error) { return c.take("city", r, "confirm", "", nil) },
		} {
			if err != nil {
				c.Fatal(err)
			}
			r, err = step()
		}
		if err != nil {
			c.Fatal(err)
		}
		for _, name := range c.look(record.Look{Kind: "child_home"}, 100) {
			if name == r.Title {
				c.Error("a closed home stands in the directory")
			}
		}
		c.view(func(tx *db.Tx) error {
			_, err := record.FacilityOf(tx, "child_home", r.Number)
			c.refused(errs.Missing, err, "the page of a closed home")
			return nil
		})
	})
}
