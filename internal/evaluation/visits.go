package evaluation

// What supervision and score sheets need to know of a round: who takes part, and who is visited between which days.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/panel"
	"yipanqi/internal/supervision"
)

// Asked are the units that take part in the round that an object names; asked is false for what is no round.
func Asked(tx *db.Tx, about string) (units []string, asked bool, err error) {
	id, is := strings.CutPrefix(about, "round/")
	if !is {
		return nil, false, nil
	}
	r, err := Get(tx, id)
	for _, p := range r.Participants {
		units = append(units, p.Unit)
	}
	return units, true, err
}

// LeastExperts is how many experts a panel on a text about an object has at least: as the round's stage of panels says,
// else as package panel has it.
func LeastExperts(tx *db.Tx, about string) (int, error) {
	id, is := strings.CutPrefix(about, "round/")
	if !is {
		return panel.Least, nil
	}
	r, err := Get(tx, id)
	s, _ := r.stage(Panel)
	return s.experts(), err
}

// Causes are the rounds for which by can engage somebody: those of the own office that are not over.
func Causes(tx *db.Tx, by auth.User) (all []engagement.Cause, err error) {
	rounds, err := unfinished(tx)
	for _, r := range rounds {
		if _, not := r.plays(by, organiser); not == nil {
			all = append(all, engagement.Cause{Object: r.Object(), Title: r.Title})
		}
	}
	return all, err
}

// Visited is the round that an object names, for groups and visits; Missing if by may not see it or it is no round.
func Visited(tx *db.Tx, by auth.User, about string) (v supervision.Round, err error) {
	kind, id, _ := strings.Cut(about, "/")
	if kind != "round" {
		return v, errs.Missingf("没有找到这一轮评估。")
	}
	r, err := Read(tx, by, id)
	if err != nil {
		return v, err
	}
	stage, _ := r.stage(Visits)
	v.Title, v.Areas, v.From, v.To = r.Title, r.Areas(), stage.From, stage.Until
	hired, err := engagement.Of(tx, about)
	for _, e := range hired {
		if e.Role == engagement.ByContract && e.State != engagement.Dropped && e.Office == r.Unit {
			v.Contractors = append(v.Contractors, e.PersonID)
		}
	}
	return v, err
}
