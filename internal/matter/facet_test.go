package matter_test

// What a filter finds is what the list shows: lamps, words, and units whose codes differ in one letter's size.

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/db"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/web/webtest"
)

// seenAt are the ids that a list shows, with the lamp of each.
func (c *city) seenAt(s *webtest.Site, who, path, list string) map[string]string {
	c.T.Helper()
	var all map[string]json.RawMessage
	body := s.Check(c.T, webtest.Scenario{As: who, Path: path, JSON: true}).Body.Bytes()
	c.Must(json.Unmarshal(body, &all))
	var rows []struct{ ID, Lamp string }
	c.Must(json.Unmarshal(all[list], &rows))
	seen := map[string]string{}
	for _, r := range rows {
		seen[r.ID] = r.Lamp
	}
	return seen
}

func TestALampIsFilteredAsItIsShown(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		late, soon, far := c.started("2024-03-20", ""), c.started("2024-04-03", ""), c.started("2024-06-28", "")
		in, out := c.started("2024-03-29", ""), c.started("2024-03-20", "")
		c.started("2024-12-31", matter.Continuing)
		two := proposal()
		two.Items = append(two.Items, matter.Asked{Unit: "HEA", Text: "另一项", Due: "2024-06-28"})
		c.raised(two)
		stopped := c.started("2024-04-30", "")
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Flag(x, by, stopped.ID, 0, []string{matter.Upper})
		})
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Suspend(x, by, id(stopped), "2024-06-30", "等上级政策")
		})
		gone := c.started("2024-03-20", "")
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.WithdrawItem(x, by, id(gone), "重复")
		})
		c.reported(in)
		c.On("2024-03-25")
		c.reported(out)
		c.On("2024-04-02")
		s := newSite(c)
		for _, list := range []struct{ path, name string }{{"/items", "items"}, {"/matters", "matters"}} {
			all := c.seenAt(s, "office", list.path, list.name)
			counted := 0
			for _, lamp := range []string{"red", "blue", "green", "pause", "grey"} {
				for id, shown := range c.seenAt(s, "office", list.path+"?lamp="+lamp, list.name) {
					if counted++; shown != lamp || all[id] != lamp {
						t.Errorf("%s?lamp=%s has %s, which shows %s", list.path, lamp, id, shown)
					}
				}
			}
			if counted != len(all) {
				t.Errorf("%s: %d of %d are of some lamp: %v", list.path, counted, len(all), all)
			}
			if !slices.Contains([]int{9, 10}, counted) {
				t.Errorf("%s lists %d", list.path, counted)
			}
		}
		for m, lamp := range map[string]string{late.ID: "red", soon.ID: "blue", far.ID: "green", in.ID: "green",
			out.ID: "red", stopped.ID: "pause", gone.ID: "grey"} {
			if got := c.seenAt(s, "office", "/matters?lamp="+lamp, "matters"); got[m] != lamp {
				t.Errorf("%s is not among %s: %v", m, lamp, got)
			}
		}
		c.verifies()
	})
}

// A code is what it is: EDU, edu and ED_ are three units, whatever LIKE says of them.
func TestAUnitSeesNoOthersOfALikeCode(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		like := []string{"edu", "ED_", "E%", "k:decision", "E^d^u"}
		c.Must(c.Update(context.Background(), func(x *db.Tx) error {
			root, err := network.Root(x)
			c.Must(err)
			for _, code := range like {
				_, err := network.PutUnit(x, network.Unit{Code: code, Name: "单位" + code, AreaID: root.ID,
					Kind: "dept", OpensOn: "2010-01-01"})
				c.Must(err)
				p, err := network.AddPerson(x, network.Person{Name: "of " + code})
				c.Must(err)
				_, err = network.AddPost(x, network.Post{PersonID: p.ID, Unit: code, Role: "liaison",
					OpensOn: "2010-01-01"})
				c.Must(err)
				c.People["of "+code], err = account.UserOf(x, p.ID)
				c.Must(err)
			}
			return nil
		}))
		m := c.raised(proposal())
		s := newSite(c)
		for _, list := range []struct{ path, name, id string }{{"/items", "items", m.Items[0].ID},
			{"/matters", "matters", m.ID}} {
			if got := c.seenAt(s, "edu", list.path+"?unit=EDU&source=decision", list.name); got[list.id] == "" {
				t.Errorf("the owner does not see it in %s: %v", list.path, got)
			}
			for _, code := range like {
				if got := c.seenAt(s, "of "+code, list.path, list.name); len(got) > 0 {
					t.Errorf("%s sees in %s what is EDU's: %v", code, list.path, got)
				}
			}
			if got := c.seenAt(s, "office", list.path+"?unit=edu", list.name); len(got) > 0 {
				t.Errorf("%s?unit=edu finds what is EDU's: %v", list.path, got)
			}
		}
	})
}

// A list that few rows pass and one that many pass are the same list: here the border between them is crossed.
func TestRareAndCommonWordsFindTheSame(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.many(4_000)
		c.On("2024-06-03")
		s := newSite(c)
		for query, want := range map[string]int{"?source=review": 10, "?source=review&class=phased&unit=NORTH": 10,
			"?source=decision":                          2001,
			"?source=decision&unit=EDU&class=immediate": 2001,
			"?source=finding&class=phased&flag=slow":    10,
			"?source=review&class=immediate":            0} {
			var got struct{ Total int }
			body := s.Check(t, webtest.Scenario{As: "office", Path: "/items" + query, JSON: true}).Body.Bytes()
			if c.Must(json.Unmarshal(body, &got)); got.Total != want {
				t.Errorf("/items%s lists %d, want %d", query, got.Total, want)
			}
		}
		if n := len(c.seenAt(s, "north", "/items", "items")); n != 10 {
			t.Error(fmt.Sprint("the district sees ", n))
		}
	})
}
