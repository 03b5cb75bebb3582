package network

// The units that an office deals with, in groups to choose from: what it sends to, invites and asks.

import (
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/say"
)

// Group is some units under a name; a unit may stand in several.
type Group struct {
	Code  string
	Name  say.Key
	Units []Unit
}

// Groups are the units that are open today, as seen from an area: its committee's member units, the committees and
// offices of the areas directly below, the own committee and office, those above, and all others of the area. Empty
// groups are left out.
func Groups(tx *db.Tx, areaID int64) (groups []Group, err error) {
	area, err := AreaByID(tx, areaID)
	if err != nil {
		return nil, err
	}
	own, err := open(tx, area.ID)
	if err != nil {
		return nil, err
	}
	members, committees, others := split(own)
	if members, others, err = seated(tx, committees, members, others); err != nil {
		return nil, err
	}
	groups = []Group{{Code: "members", Name: "全部成员单位", Units: members}}
	below := []Group{{Code: "committees", Name: "全部下级妇儿工委"}, {Code: "offices", Name: "全部下级妇儿工委办"},
		{Code: "below", Name: "下级其他单位"}}
	children, err := Children(tx, area.ID, "")
	if err != nil {
		return nil, err
	}
	for _, child := range children {
		units, err := open(tx, child.ID)
		if err != nil {
			return nil, err
		}
		some, theirs, rest := split(units)
		for _, u := range theirs {
			at := 0
			if officeKind(u) {
				at = 1
			}
			below[at].Units = append(below[at].Units, u)
		}
		below[2].Units = append(append(below[2].Units, some...), rest...)
	}
	groups = append(groups, below...)
	groups = append(groups, Group{Code: "own", Name: "本级妇儿工委和办公室", Units: committees})
	if area.ParentID != 0 {
		units, err := open(tx, area.ParentID)
		if err != nil {
			return nil, err
		}
		_, above, _ := split(units)
		groups = append(groups, Group{Code: "above", Name: "上级妇儿工委和办公室", Units: above})
	}
	groups = append(groups, Group{Code: "others", Name: "本级其他单位", Units: others})
	return slices.DeleteFunc(groups, func(g Group) bool { return len(g.Units) == 0 }), nil
}

func open(tx *db.Tx, areaID int64) ([]Unit, error) {
	units, err := UnitsOf(tx, areaID)
	today := tx.Today()
	return slices.DeleteFunc(units, func(u Unit) bool { return !openOn(u.OpensOn, u.ClosesOn, today) }), err
}

// split tells the units of one area apart: a committee is what an office serves, an office what serves it; the member
// units are the committee's others.
func split(units []Unit) (members, committees, others []Unit) {
	for _, u := range units {
		switch parent := heads(units, u); {
		case committee(u) || parent != nil && officeKind(u):
			committees = append(committees, u)
		case parent != nil && committee(*parent):
			members = append(members, u)
		default:
			others = append(others, u)
		}
	}
	return members, committees, others
}

// heads is the unit above u among units of the same area; nil if there is none.
func heads(units []Unit, u Unit) *Unit {
	at := slices.IndexFunc(units, func(o Unit) bool { return o.Code == u.Parent && u.Parent != "" })
	if at < 0 {
		return nil
	}
	return &units[at]
}

// Serving are the offices that work for a committee; none for any other unit.
func Serving(tx *db.Tx, code string) (offices []string, err error) {
	u, err := UnitByCode(tx, code)
	if err != nil || !committee(u) {
		return nil, err
	}
	units, err := open(tx, u.AreaID)
	for _, o := range units {
		if o.Parent == u.Code && officeKind(o) {
			offices = append(offices, o.Code)
		}
	}
	return offices, err
}

// Governments are the governments of an area, in their order; none where nobody registered one.
func Governments(tx *db.Tx, areaID int64) (codes []string, err error) {
	return those(tx, areaID, func(u Unit) bool { return lastWord(u.Kind) == "government" })
}

// Committees are the committees of an area, in their order; none where nobody registered one.
func Committees(tx *db.Tx, areaID int64) (codes []string, err error) {
	return those(tx, areaID, committee)
}

func those(tx *db.Tx, areaID int64, is func(Unit) bool) (codes []string, err error) {
	units, err := open(tx, areaID)
	for _, u := range units {
		if is(u) {
			codes = append(codes, u.Code)
		}
	}
	return codes, err
}

// committee and officeKind: what a unit is its kind says, whose last word is one of the two.
func committee(u Unit) bool { return lastWord(u.Kind) == "committee" }

func officeKind(u Unit) bool { return lastWord(u.Kind) == "office" }

func lastWord(code string) string { return code[strings.LastIndexByte(code, '_')+1:] }

// seated tells members and others apart by their seats, where the committee has any listed.
func seated(tx *db.Tx, committees, members, others []Unit) (seats, rest []Unit, err error) {
	member := map[string]bool{}
	for _, body := range committees {
		all, err := Members(tx, body.Code, "")
		if err != nil {
			return nil, nil, err
		}
		for _, m := range all {
			member[m.Member] = true
		}
	}
	if len(member) == 0 {
		return members, others, nil
	}
	for _, u := range append(slices.Clone(members), others...) {
		if member[u.Code] {
			seats = append(seats, u)
		} else {
			rest = append(rest, u)
		}
	}
	return seats, rest, nil
}

// Follows says whether a unit follows a committee: its member, or a committee or office below it.
func Follows(u Unit, of string) bool { return of != "" && u.Parent == of }
