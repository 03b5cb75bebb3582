package part

// Entries of a group stand together where the first would; few entries need no menu.

import (
	"slices"
	"strings"
	"testing"
)

func TestNavigationIsGrouped(t *testing.T) {
	t.Parallel()
	bar := func(e Env) (said []string) {
		for _, g := range e.navGroups() {
			names := []string{}
			for _, item := range g.Items {
				names = append(names, item.Label)
			}
			text := strings.Join(names, "+")
			if g.Active {
				text = "*" + text
			}
			said = append(said, text)
		}
		return said
	}
	nav := []NavItem{{Label: "a", URL: "/a"}, {Label: "b", URL: "/b", Group: "g", Count: 2}, {Label: "c", URL: "/c"},
		{Label: "d", URL: "/d", Group: "h"}, {Label: "e", URL: "/e", Group: "g", Count: 1}, {Label: "f", URL: "/f"},
		{Label: "i", URL: "/i"}}
	if got := bar(Env{Nav: nav, Path: "/e/7"}); !slices.Equal(got, []string{"a", "*b+e", "c", "d", "f", "i"}) {
		t.Errorf("the bar is %q", got)
	}
	if n := (Env{Nav: nav}).navGroups()[1].Count; n != 3 {
		t.Errorf("%d things wait in the menu, want those of all its entries", n)
	}
	if got := bar(Env{Nav: nav[:6], Path: "/a"}); !slices.Equal(got, []string{"*a", "b", "c", "d", "e", "f"}) {
		t.Errorf("a bar of six is %q", got)
	}
}
