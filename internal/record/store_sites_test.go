package record_test

// Places that a research draws from: of registers that know where theirs are, the confirmed ones in an area
// that its reader may see, all of them.

import (
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
)

func TestPlacesToDrawFromAreThoseThatOneMaySee(t *testing.T) {
	eachTown(t, func(c *town) {
		if _, err := c.create("east", "child_home", home("别人的草稿")); err != nil {
			c.Fatal(err)
		}
		c.view(func(tx *db.Tx) error {
			placed, err := record.Placed(tx)
			if err != nil {
				return err
			}
			for code, want := range map[string]bool{"child_home": true, "expert": false} {
				has := func(d register.Definition) bool { return d.Code == code }
				if slices.ContainsFunc(placed, has) != want {
					t.Errorf("that %s knows where its facilities are: want %t", code, want)
				}
			}
			sites := func(who, area string) map[string]bool {
				in, err := network.NewestArea(tx, area)
				if err != nil {
					t.Fatal(err)
				}
				some, err := record.Sites(tx, c.people[who], "child_home", in.Path)
				if err != nil {
					t.Fatal(err)
				}
				titles := map[string]bool{}
				for _, r := range some {
					titles[r.Title] = true
				}
				return titles
			}
			confirmed, err := db.Value[int](tx, `SELECT count(*) FROM records
				WHERE register = 'child_home' AND counts = 1`)
			if err != nil {
				return err
			}
			city, east, west := sites("city", "980100"), sites("city", "980101"), sites("west", "980100")
			if len(city) != confirmed || city["别人的草稿"] || len(east) == 0 || len(east) >= len(city) {
				t.Errorf("of %d confirmed homes the city may draw %v, in one district %v", confirmed, city, east)
			}
			if len(west) != len(city) { // confirmed homes are everybody's to know
				t.Errorf("a district knows of %v, the city of %v", west, city)
			}
			return nil
		})
	})
}
