package home

// The units that are open today, by kind, as far as the user may see them.

import (
	"cmp"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
)

// UnitList is a page of the units of an area and of all below it, by kind.
type UnitList struct {
	Area   network.Area   `json:"area"`
	Areas  []network.Area `json:"areas"` // to choose from: the root and those directly below
	Groups []UnitGroup    `json:"groups"`
	list.Shown[ListedUnit]

	kinds []network.Label // that there are, in their order
	units []ListedUnit
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

	areaCode string
	kind     network.Label
}

// readUnits reads the units that are open today in an area, the root if code is empty, as far as the user may see. They
// are as many as a network has, and each has a number of goals to be sorted by: they are sorted here.
func readUnits(tx *db.Tx, by auth.User, code string) (l UnitList, err error) {
	root, err := network.Root(tx)
	if errs.KindOf(err) == errs.Missing && code == "" {
		return l, nil // nothing has been imported yet
	}
	if l.Area = root; code != "" {
		l.Area, err = network.AreaByCode(tx, code, "")
	}
	if err == nil {
		err = checkVisible(by, l.Area)
	}
	if err != nil {
		return l, errs.In("area", err)
	}
	below, err := network.Children(tx, root.ID, "")
	if err != nil {
		return l, err
	}
	l.Areas = within(by, append([]network.Area{root}, below...))
	if !slices.ContainsFunc(l.Areas, func(a network.Area) bool { return a.ID == l.Area.ID }) {
		l.Areas = append(l.Areas, l.Area)
	}
	inside, err := network.Subtree(tx, l.Area)
	if err != nil {
		return l, err
	}
	kinds, err := network.Labels(tx, "unit_kind")
	if err != nil {
		return l, err
	}
	l.units, err = openUnits(tx, within(by, inside))
	for i, u := range l.units {
		label, known := kinds[u.Kind]
		if !known {
			label = network.Label{Code: u.Kind, Name: u.Kind}
		}
		if l.units[i].kind = label; !slices.Contains(l.kinds, label) {
			l.kinds = append(l.kinds, label)
		}
	}
	slices.SortFunc(l.kinds, byPosition)
	slices.SortStableFunc(l.units, func(a, b ListedUnit) int { return byPosition(a.kind, b.kind) })
	return l, err
}

func byPosition(a, b network.Label) int {
	return cmp.Or(cmp.Compare(a.Position, b.Position), strings.Compare(a.Code, b.Code))
}

// chosen keeps the units of a kind, any if it is empty, whose name or code has the words.
func (l UnitList) chosen(kind, words string) []ListedUnit {
	words = strings.ToLower(strings.TrimSpace(words))
	return slices.DeleteFunc(l.units, func(u ListedUnit) bool {
		return kind != "" && u.Kind != kind ||
			!strings.Contains(strings.ToLower(u.Code+" "+u.Name+" "+u.ShortName+" "+u.NameEN), words)
	})
}

// group lays rows that follow each other into the groups of their kinds.
func group(units []ListedUnit) (groups []UnitGroup) {
	for _, u := range units {
		if n := len(groups); n == 0 || groups[n-1].Kind != u.kind {
			groups = append(groups, UnitGroup{Kind: u.kind})
		}
		last := &groups[len(groups)-1]
		last.Units = append(last.Units, u)
	}
	return groups
}
