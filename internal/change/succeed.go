package change

// Who takes over what an adjustment handed on: the liaison of each unit that got work has it to take over, as a
// successor in a post has. What is handed on is apply.go's.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// takers are the units that the lines hand work to, in order of code.
func (p Preview) takers() (units []string) {
	for _, l := range p.Lines {
		for _, g := range l.Groups {
			for _, t := range g.Things {
				if g.Kind != kindPost && !t.Stays && t.To != "" {
					units = append(units, t.To)
				}
			}
		}
	}
	slices.Sort(units)
	return slices.Compact(units)
}

// succeed asks the liaisons of the units that got work to take it over. A unit without one is a vacancy, of which its
// leader is reminded.
func (a Adjustment) succeed(tx *db.Tx, p Preview) error {
	days, err := holiday.Table(tx)
	if err != nil {
		return err
	}
	s, _ := personLife.Step("", VerbPlace)
	due, err := s.Deadline(tx, days, tx.Now)
	if err != nil {
		return err
	}
	for _, code := range p.takers() {
		unit, err := network.UnitByCode(tx, code)
		if err != nil {
			return err
		}
		area, err := network.AreaByID(tx, unit.AreaID)
		if err != nil {
			return err
		}
		staff, err := network.Staff(tx, code, a.EffectiveOn)
		if err != nil {
			return err
		}
		for _, post := range staff {
			if post.Role != auth.Liaison {
				continue
			}
			c := PostChange{ID: db.NewID(), Unit: code, Role: post.Role, Person: post.Person, Title: post.Title,
				Room: post.Room, Phone: post.Phone, ChangedOn: a.EffectiveOn, ReportedOn: tx.Today(), DueOn: tx.Today(),
				ReportedBy: journal.System.Name, ConfirmedOn: tx.Today(), TakeBy: due.On, State: s.To, Version: 1,
				Adjustment: a.ID, Note: a.Title, personID: post.PersonID, post: post.ID, areaPath: area.Path}
			if err := insertPerson(tx, c); err != nil {
				return err
			}
			if err := journal.Log(tx, journal.System, VerbPlace, c.Object(), map[string]string{"unit": code,
				"post": post.ID, "basis": a.Object(), "take_by": c.TakeBy}); err != nil {
				return err
			}
		}
	}
	return nil
}
