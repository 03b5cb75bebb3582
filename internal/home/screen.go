package home

// The big screen of an office: what is being followed up, area by area, in numbers that a room can read. It names no
// people and ranks nobody: areas stand in their own order.

import (
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/issue"
	"yipanqi/internal/matter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
	"yipanqi/internal/supervision"
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

	Coverage []ScreenShare    `json:"coverage"` // how much there is of what should be
	Domains  []ScreenDomain   `json:"domains"`  // with the members that work there
	Meetings []meeting.Ahead  `json:"meetings"` // of today, else the next
	Requests []request.Listed `json:"requests"` // that somebody still owes an answer to
	Issues   []issue.OnWall   `json:"issues"`   // listed ones that are not over
}

// ScreenShare is a part of a whole, by name.
type ScreenShare struct {
	Name say.Key `json:"name"`
	Part int     `json:"part"`
	Of   int     `json:"of"`
}

// ScreenArea is a tile: an area with its items.
type ScreenArea struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	NameEN  string `json:"name_en,omitempty"`
	Open    int    `json:"open"`
	Overdue int    `json:"overdue"`
	Visited bool   `json:"visited,omitempty"` // by a supervision group, in the last round of visits
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
	if err != nil {
		return s, err
	}
	today, err := matter.LampDay(tx)
	if err != nil {
		return s, err
	}
	for _, i := range oldest {
		unit, err := network.UnitByCode(tx, i.Unit)
		if err != nil {
			return s, err
		}
		s.Oldest = append(s.Oldest, ScreenItem{Text: i.Text, Unit: unit.Name, UnitEN: unit.NameEN, Due: i.NextOn,
			Lamp: today.Lamp(i)})
	}
	return s, s.second(tx, by, top)
}

// mostIssues fit on the wall without scrolling.
const mostIssues = 4

// second is the other views: members and what should be there, the meeting of today, requests; and the key issues.
func (s *Screen) second(tx *db.Tx, by auth.User, top network.Area) error {
	s.Coverage, s.Domains, s.Meetings, s.Requests = []ScreenShare{}, []ScreenDomain{}, []meeting.Ahead{},
		[]request.Listed{}
	bodies, err := network.SeenBodies(tx, by)
	if err != nil {
		return err
	}
	for _, body := range bodies {
		if body.AreaID != top.ID {
			continue
		}
		c, err := network.ReadCouncil(tx, body.Code, "")
		if err != nil {
			return err
		}
		owed, err := meeting.OwingOf(tx, by, body.Code)
		if err != nil {
			return err
		}
		trained := 0
		for _, o := range owed {
			if o.Trained() {
				trained++
			}
		}
		s.Coverage = append(s.Coverage, ScreenShare{"成员单位", c.Listed, max(c.Declared, c.Listed)},
			ScreenShare{"有联络员", len(c.Members) - c.Vacant, len(c.Members)},
			ScreenShare{"已培训", trained, len(owed)})
		if s.Domains, err = byDomain(tx, top, members(c, owed)); err != nil {
			return err
		}
		break
	}
	reached, err := supervision.Latest(tx, by)
	if err != nil {
		return err
	}
	if reached.Areas > 0 {
		s.Coverage = append(s.Coverage, ScreenShare{"督导覆盖", reached.Visited, reached.Areas})
	}
	for n, a := range s.Areas {
		s.Areas[n].Visited = slices.ContainsFunc(reached.Tiles, func(t supervision.Tile) bool {
			return t.Code == a.Code && t.Visits > 0
		})
	}
	day, err := time.Parse(time.DateOnly, s.Day)
	if err != nil {
		return err
	}
	due, in, err := arrivedSince(tx, top.Path, day.AddDate(-1, 0, 1).Format(time.DateOnly), s.Day)
	if err != nil {
		return err
	}
	if due > 0 {
		s.Coverage = append(s.Coverage, ScreenShare{"一年来到期报表已审核通过", in, due})
	}
	meetings, err := meeting.TodayOrNext(tx, by)
	if err != nil {
		return err
	}
	requests, err := request.Running(tx, by, 5)
	if err != nil {
		return err
	}
	s.Meetings, s.Requests = append(s.Meetings, meetings...), append(s.Requests, requests...)
	issues, err := issue.Wall(tx, by, mostIssues)
	s.Issues = append([]issue.OnWall{}, issues...)
	return err
}
