// Package network is the organisation: areas (the GB/T 2260 tree, dated), units, people and the posts that
// join them. It knows no plan and no number.
package network

import (
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

// Area is one row of the dated tree of areas. A row's code, parent and path never change: a change closes
// the row and opens a successor, which is the next row of the same code. Days are 2018-12-31; an empty ClosesOn means
// still open.
type Area struct {
	ID        int64  `json:"-"`
	Code      string `json:"code"`
	Name      string `json:"name"`
	ShortName string `json:"short_name"`
	NameEN    string `json:"name_en"`
	Level     string `json:"level"`
	ParentID  int64  `json:"-"` // 0 = root
	Path      string `json:"-"` // ids from the root to itself, each followed by a dot: "1.4.17."
	OpensOn   string `json:"opens_on"`
	ClosesOn  string `json:"closes_on,omitempty"`
	Successor int64  `json:"-"`
	TileRow   int    `json:"tile_row,omitempty"` // place on the tile map, from 1; 0 = none
	TileCol   int    `json:"tile_col,omitempty"`
}

// AncestorIDs are the ids above the area, nearest first.
func (a Area) AncestorIDs() []int64 {
	ids := strings.Split(strings.TrimSuffix(a.Path, "."), ".")
	var up []int64
	for i := len(ids) - 2; i >= 0; i-- {
		id, err := strconv.ParseInt(ids[i], 10, 64)
		if err != nil {
			panic("area path " + a.Path) // only PutArea writes paths
		}
		up = append(up, id)
	}
	return up
}

// Within says whether the area is top or lies below it.
func (a Area) Within(top Area) bool { return strings.HasPrefix(a.Path, top.Path) }

// OpenOn says whether the row is valid on day.
func (a Area) OpenOn(day string) bool { return openOn(a.OpensOn, a.ClosesOn, day) }

// OpenIn says whether the row is valid on any day of a period.
func (a Area) OpenIn(p period.Period) bool {
	first, last := p.Range("")
	return a.OpensOn <= last && (a.ClosesOn == "" || first < a.ClosesOn)
}

func openOn(opens, closes, day string) bool { return opens <= day && (closes == "" || day < closes) }

// subtreeEnd is the first text after every path below path: "." is followed by "/" in every encoding.
func subtreeEnd(path string) string { return strings.TrimSuffix(path, ".") + "/" }

// Unit is an organisation with a jurisdiction: committee, office, member unit, district committee or
// institution. Kind is a code whose words are a Label.
type Unit struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	ShortName string `json:"short_name"`
	NameEN    string `json:"name_en"`
	Kind      string `json:"kind"`
	Parent    string `json:"parent,omitempty"`
	AreaID    int64  `json:"-"`
	Note      string `json:"note,omitempty"`
	OpensOn   string `json:"opens_on"`
	ClosesOn  string `json:"closes_on,omitempty"`
	Successor string `json:"successor,omitempty"`
	Position  int    `json:"-"`
}

// Label is what an office calls a role, a kind of unit or an area level.
type Label struct {
	Kind     string `json:"-"` // role, unit_kind or area_level
	Code     string `json:"code"`
	Name     string `json:"name"`
	NameEN   string `json:"name_en"`
	Position int    `json:"-"`
}

// Called is the label as a name.
func (l Label) Called() say.Name { return say.Name{ZH: l.Name, EN: l.NameEN} }

// Person is somebody who holds posts. Sample people are role labels, never names of real people.
type Person struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
	Sample bool   `json:"sample,omitempty"`
}

// Post joins a person, a unit and a role from OpensOn until ClosesOn.
type Post struct {
	ID       string `json:"id"`
	PersonID string `json:"-"`
	Person   string `json:"person"`
	PersonEN string `json:"person_en"`
	Unit     string `json:"unit"`
	Role     string `json:"role"`
	OpensOn  string `json:"opens_on"`
	ClosesOn string `json:"closes_on,omitempty"`
	Title    string `json:"title,omitempty"` // position in the unit
	Room     string `json:"room,omitempty"`
	Phone    string `json:"phone,omitempty"` // of the office
}

// Validate checks what the database cannot.
func (a Area) Validate() error {
	f := errs.Fields{}
	required(f, "code", a.Code)
	required(f, "name", a.Name)
	required(f, "level", a.Level)
	dated(f, a.OpensOn, a.ClosesOn)
	return f.Check("地区信息不完整。")
}

// Validate checks what the database cannot.
func (u Unit) Validate() error {
	f := errs.Fields{}
	required(f, "code", u.Code)
	required(f, "name", u.Name)
	required(f, "kind", u.Kind)
	if u.AreaID == 0 {
		f.Say("area", "请填所辖区域的代码。")
	}
	dated(f, u.OpensOn, u.ClosesOn)
	return f.Check("单位信息不完整。")
}

func required(f errs.Fields, name, value string) {
	if strings.TrimSpace(value) == "" {
		f.Say(name, "此项必填。")
	}
}

func dated(f errs.Fields, opens, closes string) {
	if opens == "" {
		f.Say("opens_on", "请填开始日期，例如 2016-01-01。")
	}
	if closes != "" && closes < opens {
		f.Say("closes_on", "结束日期不能早于开始日期。")
	}
}

// OpenOn says whether the unit is there on a day.
func (u Unit) OpenOn(day string) bool { return openOn(u.OpensOn, u.ClosesOn, day) }
