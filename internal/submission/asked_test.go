package submission

// Which unit fills a form in on a day: of the kind, open, or whoever took over from it; each once.

import (
	"fmt"
	"testing"

	"yipanqi/internal/form"
	"yipanqi/internal/network"
)

func TestWhoReportsOnADay(t *testing.T) {
	areas := []network.Area{{ID: 1, Code: "E"}, {ID: 2, Code: "W"}}
	const from, day = "2000-01-01", "2018-12-31"
	health := func(code string, area int64) network.Unit {
		return network.Unit{Code: code, Kind: "health", AreaID: area, OpensOn: from}
	}
	closed := func(code string, area int64, heir string) network.Unit {
		u := health(code, area)
		u.ClosesOn, u.Successor = "2018-01-01", heir
		return u
	}
	opens := func(on string) network.Unit {
		u := health("new", 1)
		u.OpensOn = on
		return u
	}
	school := network.Unit{Code: "school", Kind: "school", AreaID: 1, OpensOn: from}
	for _, c := range []struct {
		what string
		all  []network.Unit
		want string
	}{
		{"one in each area", []network.Unit{school, health("a", 1), health("b", 2)}, "map[E:[a] W:[b]]"},
		{"two in one area", []network.Unit{health("a", 1), health("b", 1)}, "map[E:[a b]]"},
		{"of another kind", []network.Unit{school}, "map[]"},
		{"open from that day on", []network.Unit{opens(day)}, "map[E:[new]]"},
		{"open from the day after", []network.Unit{opens("2019-01-01"), health("b", 2)}, "map[W:[b]]"},
		{"closed", []network.Unit{closed("a", 1, "")}, "map[]"},
		{"closed, with an heir of another kind", []network.Unit{closed("a", 1, "school"), school}, "map[E:[school]]"},
		{"two closed, with one heir", []network.Unit{closed("a", 1, "c"), closed("b", 1, "c"), health("c", 1)},
			"map[E:[c]]"},
		{"an heir that closed too", []network.Unit{closed("a", 1, "b"), closed("b", 1, "c"), health("c", 2)},
			"map[W:[c]]"},
		{"still open, with an heir to come", []network.Unit{{Code: "a", Kind: "health", AreaID: 1, OpensOn: from,
			ClosesOn: "2019-06-01", Successor: "school"}, school}, "map[E:[a]]"},
		{"each the heir of the other", []network.Unit{closed("a", 1, "b"), closed("b", 1, "a")}, "map[]"},
	} {
		got := map[string][]string{}
		for area, units := range reporters(areas, c.all, form.Form{Reporters: "health"}, day) {
			for _, u := range units {
				got[area] = append(got[area], u.Code)
			}
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.what, got, c.want)
		}
	}
}
