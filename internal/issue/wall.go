package issue

// Issues as a room reads them on its wall: what each is about and who leads, how its indicators stand, what was done.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
)

// OnWall is an issue that somebody works on, or that has eased.
type OnWall struct {
	Title  string     `json:"title"`
	Lead   string     `json:"lead"`
	LeadEN string     `json:"lead_en,omitempty"`
	State  State      `json:"state"`
	Acts   int        `json:"acts"`
	DueOn  string     `json:"due,omitempty"`
	Lamp   string     `json:"lamp"`
	Lines  []WallLine `json:"indicators"`
}

// WallLine is how one of its indicators stands.
type WallLine struct {
	Name   string              `json:"name"`
	NameEN string              `json:"name_en,omitempty"`
	Year   string              `json:"year,omitempty"`
	Value  string              `json:"value,omitempty"`
	Target string              `json:"target,omitempty"`
	Of     indicator.Indicator `json:"-"`
}

// Wall are the issues listed in what by may see that are not over, the latest first.
func Wall(tx *db.Tx, by auth.User, most int) (wall []OnWall, err error) {
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(i Issue) bool {
		return !slices.Contains([]State{Listed, UnderWay, Eased}, i.State) || !i.seenBy(by)
	})
	slices.Reverse(all)
	p, err := paceOf(tx)
	if err != nil {
		return nil, err
	}
	for _, i := range all[:min(len(all), most)] {
		lead := network.Unit{}
		if i.led() {
			if lead, err = network.UnitByCode(tx, i.Lead); err != nil {
				return nil, err
			}
		}
		one := OnWall{Title: i.Title, Lead: lead.Name, LeadEN: lead.NameEN, State: i.State, Acts: len(i.Acts),
			DueOn: p.due(i), Lamp: flow.Lamp(p.due(i), tx.Today(), near), Lines: []WallLine{}}
		stood, err := i.stand(tx)
		if err != nil {
			return nil, err
		}
		for _, l := range stood {
			line := WallLine{Name: l.Indicator.Name, NameEN: l.Indicator.NameEN, Target: l.Target.Value,
				Of: l.Indicator}
			if n := len(l.Series); n > 0 {
				line.Year, line.Value = l.Series[n-1].Period.String(), l.Series[n-1].Plain()
			}
			one.Lines = append(one.Lines, line)
		}
		wall = append(wall, one)
	}
	return wall, nil
}
