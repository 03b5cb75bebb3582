package supervision

// Where a group may go and who must not go with it: who works or worked there, who is tied to a unit of the area, who
// evaluates for money.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// engaged says whether a post only lets in somebody from outside: it makes them nobody's staff.
func engaged(p network.Post) bool { return p.Role == auth.Outsider }

// placed are the areas that the group goes to: below its own, and of the round if there is one.
func (g Group) placed(tx *db.Tx, round Round, wrong errs.Fields) (areas []network.Area, err error) {
	if len(g.Areas) == 0 {
		wrong.Say("areas", "请选这个组负责的地区。")
	}
	for _, code := range g.Areas {
		a, err := network.AreaByCode(tx, code, tx.Today())
		if errs.KindOf(err) == errs.Missing || err == nil && !strings.HasPrefix(a.Path, g.AreaPath) {
			wrong.Say("areas", "没有代码为%s的地区，请从列表里选。", code)
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(round.Areas) > 0 && !slices.Contains(round.Areas, code) {
			wrong.Say("areas", "%s不在这一轮评估里。", a.Name)
		}
		areas = append(areas, a)
	}
	return areas, nil
}

// apartYears is how long somebody who worked in an area does not supervise it: our proposal.
const apartYears = 3

// apart refuses who works or worked in an area that the group visits, and who evaluates for money.
func (m Member) apart(tx *db.Tx, areas []network.Area, round Round, wrong errs.Fields) error {
	if m.Person != "" && slices.Contains(round.Contractors, m.Person) {
		wrong.Say("members", "%s是受托第三方的人，不能进督导组。", m.Name)
	}
	if m.Person == "" && m.Unit == "" {
		return nil
	}
	since := daysBefore(tx.Today(), apartYears)
	posts, err := network.AllPostsOf(tx, m.Person)
	if err != nil {
		return err
	}
	if err := m.untied(tx, areas, wrong); err != nil {
		return err
	}
	if posts = slices.DeleteFunc(posts, engaged); m.Person == "" {
		posts = []network.Post{{Unit: m.Unit, OpensOn: tx.Today()}}
	}
	for _, p := range posts {
		if p.ClosesOn != "" && p.ClosesOn <= since {
			continue
		}
		unit, err := network.UnitByCode(tx, p.Unit)
		if errs.KindOf(err) == errs.Missing {
			wrong.Say("members", "没有代码为“%s”的单位。", p.Unit)
			continue
		}
		if err != nil {
			return err
		}
		own, err := network.AreaByID(tx, unit.AreaID)
		if err != nil {
			return err
		}
		for _, a := range areas {
			switch {
			case !strings.HasPrefix(own.Path, a.Path):
			case p.ClosesOn != "" && p.ClosesOn <= tx.Today():
				wrong.Say("members", "%s三年内在%s（%s）任过职，不能督导%s。", m.Name, unit.Name, p.ClosesOn, a.Name)
			default:
				wrong.Say("members", "%s是%s的人，不能督导%s。", m.Name, unit.Name, a.Name)
			}
		}
	}
	return nil
}

// untied refuses who has declared, when they were engaged, a tie to a unit of an area that the group visits.
func (m Member) untied(tx *db.Tx, areas []network.Area, wrong errs.Fields) error {
	ties, err := engagement.TiesOf(tx, m.Person)
	if err != nil || m.Person == "" {
		return err
	}
	for _, tie := range ties {
		unit, err := network.UnitByCode(tx, tie.Unit)
		if errs.KindOf(err) == errs.Missing { // a body outside of the network
			continue
		}
		if err != nil {
			return err
		}
		own, err := network.AreaByID(tx, unit.AreaID)
		if err != nil {
			return err
		}
		for _, a := range areas {
			if strings.HasPrefix(own.Path, a.Path) {
				wrong.Say("members", "%s受聘时声明与%s有利害关系，不能督导%s。", m.Name, unit.Name, a.Name)
			}
		}
	}
	return nil
}

// daysBefore is the same day some years earlier.
func daysBefore(day string, years int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return at.AddDate(-years, 0, 0).Format(time.DateOnly)
}
