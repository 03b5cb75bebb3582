package home

// The big screen of an office: what is being followed up, area by area, in numbers that a room can read. It names no
// people and ranks nobody: areas stand in their own order.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
)

// Screen is what the screen shows.
type Screen struct {
	City     string       `json:"city"`
	CityEN   string       `json:"city_en,omitempty"`
	Day      string       `json:"day"`
	Open     int          `json:"open"`
	Overdue  int          `json:"overdue"`
	Reported int          `json:"reported"` // wait for a re-check
	Closed   int          `json:"closed"`
	Areas    []ScreenArea `json:"areas"`
	Oldest   []ScreenItem `json:"oldest"`
}

// ScreenArea is a tile: an area with its items.
type ScreenArea struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	NameEN  string `json:"name_en,omitempty"`
	Open    int    `json:"open"`
	Overdue int    `json:"overdue"`
}

// ScreenItem is one of the oldest open items.
type ScreenItem struct {
	Text   string `json:"text"`
	Unit   string `json:"unit"`
	UnitEN string `json:"unit_en,omitempty"`
	Due    string `json:"due"`
	Lamp   string `json:"lamp"`
}

// Shade of a tile: nothing open, nothing overdue, less than half overdue, half or more.
func (a ScreenArea) Shade() string {
	switch {
	case a.Open == 0:
		return "none"
	case a.Overdue == 0:
		return "calm"
	case a.Overdue*2 < a.Open:
		return "some"
	}
	return "many"
}

// ReadScreen reads the screen of the area that the user oversees, with the areas directly below it as tiles; what is
// further below counts to the tile above it.
func ReadScreen(tx *db.Tx, by auth.User) (s Screen, err error) {
	var top network.Area
	for _, p := range by.Posts {
		if p.Role == auth.Office || p.Role == auth.CommitteeChief {
			if top, err = network.AreaByID(tx, p.AreaID); err != nil {
				return s, err
			}
			break
		}
	}
	if top.ID == 0 {
		return s, errs.Deniedf("大屏由妇儿工委办和妇儿工委主任、副主任打开。")
	}
	s.City, s.CityEN, s.Day, s.Areas, s.Oldest = top.Name, top.NameEN, tx.Today(), []ScreenArea{}, []ScreenItem{}
	tiles, err := network.Children(tx, top.ID, "")
	if err != nil {
		return s, err
	}
	for _, a := range tiles {
		s.Areas = append(s.Areas, ScreenArea{Code: a.Code, Name: a.Name, NameEN: a.NameEN})
	}
	standings, err := matter.Standings(tx, by)
	if err != nil {
		return s, err
	}
	for _, one := range standings {
		at, err := network.AreaByID(tx, one.AreaID)
		if err != nil {
			return s, err
		}
		s.Open, s.Overdue, s.Reported, s.Closed = s.Open+one.Open, s.Overdue+one.Overdue, s.Reported+one.Reported,
			s.Closed+one.Closed
		for n, tile := range tiles {
			if at.Within(tile) {
				s.Areas[n].Open, s.Areas[n].Overdue = s.Areas[n].Open+one.Open, s.Areas[n].Overdue+one.Overdue
			}
		}
	}
	oldest, err := matter.Oldest(tx, by, 5)
	for _, i := range oldest {
		unit, err := network.UnitByCode(tx, i.Unit)
		if err != nil {
			return s, err
		}
		s.Oldest = append(s.Oldest, ScreenItem{Text: i.Text, Unit: unit.Name, UnitEN: unit.NameEN, Due: i.Due,
			Lamp: flow.Lamp(i.Due, s.Day, flow.Near)})
	}
	return s, err
}
