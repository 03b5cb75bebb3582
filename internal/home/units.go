package home

// The list of the units that are open today, by kind, as far as the user may see them.

import (
	"sort"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// UnitList is the units of an area and of all below it, by kind.
type UnitList struct {
	Area   network.Area   `json:"area"`
	Areas  []network.Area `json:"areas"` // to choose from: the root and those directly below
	Groups []UnitGroup    `json:"groups"`
	Cut    bool           `json:"cut,omitempty"` // there are more than maxUnits
}

// UnitGroup is the units of one kind, in their order.
type UnitGroup struct {
	Kind  network.Label `json:"kind"`
	Units []ListedUnit  `json:"units"`
}

// ListedUnit is a unit with its area and how many goals it answers for.
type ListedUnit struct {
	network.Unit
	Area   string `json:"area"`
	AreaEN string `json:"area_en"`
	Goals  int    `json:"goals"`
}

const maxUnits = 500

// ReadUnits lists the units that are open today in an area, the root if code is empty, as far as the user may see.
func ReadUnits(tx *db.Tx, by auth.User, code string) (l UnitList, err error) {
	root, err := network.Root(tx)
	if errs.KindOf(err) == errs.Missing {
		return l, nil // nothing has been imported yet
	}
	if err != nil {
		return l, err
	}
	if l.Area = root; code != "" {
		if l.Area, err = network.AreaByCode(tx, code, ""); err != nil {
			return l, err
		}
	}
	if err := checkVisible(by, l.Area); err != nil {
		return l, err
	}
	below, err := network.Children(tx, root.ID, "")
	if err != nil {
		return l, err
	}
	l.Areas = within(by, append([]network.Area{root}, below...))
	inside, err := network.Subtree(tx, l.Area)
	if err != nil {
		return l, err
	}
	kinds, err := network.Labels(tx, "unit_kind")
	if err != nil {
		return l, err
	}
	units, err := openUnits(tx, within(by, inside), maxUnits+1)
	if l.Cut = len(units) > maxUnits; l.Cut {
		units = units[:maxUnits]
	}
	l.Groups = group(units, kinds)
	return l, err
}

// group puts units together whose kinds are called the same: a form needs a kind for each department that fills it in,
// a reader does not.
func group(units []ListedUnit, kinds map[string]network.Label) []UnitGroup {
	by := map[string]*UnitGroup{}
	for _, u := range units {
		label, known := kinds[u.Kind]
		if !known {
			label = network.Label{Code: u.Kind, Name: u.Kind}
		}
		g := by[label.Name]
		if g == nil {
			g = &UnitGroup{Kind: label}
			by[label.Name] = g
		}
		if label.Position < g.Kind.Position {
			g.Kind = label
		}
		g.Units = append(g.Units, u)
	}
	var groups []UnitGroup
	for _, g := range by {
		groups = append(groups, *g)
	}
	sort.Slice(groups, func(i, j int) bool {
		a, b := groups[i].Kind, groups[j].Kind
		return a.Position < b.Position || a.Position == b.Position && a.Code < b.Code
	})
	return groups
}
