package submission

// Which figures an acceptance changed, worked out from the signed texts whenever somebody asks.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
)

// AcceptedVersion is an acceptance: the version that was accepted, and what undoes it.
type AcceptedVersion struct {
	Submission Submission
	Version    Version

	undo fact.Undo
}

// Changed is a figure that an acceptance changed. Nothing of it is stored: it follows from the signed texts.
type Changed struct {
	By            AcceptedVersion
	Before, After progress.Value
	Unnamed       bool // the reader may not see whose report it was
}

// maxLately is how many acceptances are undone to see what changed last.
const maxLately = 12

// Lately are the figures that the newest acceptances in the subtree of top changed, newest first: of some indicators
// (all if nil), in some areas and periods. An acceptance is seen after all older and before all newer ones.
func Lately(tx *db.Tx, by auth.User, top network.Area, q progress.Query) ([]Changed, error) {
	accepted, err := lately(tx, q.Periods, top, maxLately)
	if err != nil || len(accepted) == 0 {
		return nil, err
	}
	if q.Indicators == nil {
		if q.Indicators, err = indicator.List(tx); err != nil {
			return nil, err
		}
	}
	var undo []fact.Undo
	for _, a := range accepted {
		undo = append(undo, a.undo)
	}
	q.Periods = touched(undo, q.Periods)
	steps, err := progress.Before(tx, q, undo)
	if err != nil {
		return nil, err
	}
	var all []Changed
	for n, a := range accepted {
		for i, after := range steps[n] {
			if before := steps[n+1][i]; differs(before, after) {
				all = append(all, Changed{a, before, after, !by.SeesFigures(a.Submission.Area.Path)})
			}
		}
	}
	return all, nil
}

// touched are the periods in which a figure can have changed: those reported for, and the ones after, whose growth
// counts from them.
func touched(undo []fact.Undo, periods []period.Period) (some []period.Period) {
	at := map[period.Period]bool{}
	for _, u := range undo {
		at[u.Is.Period], at[u.Is.Period.Next()] = true, true
	}
	for _, p := range periods {
		if at[p] {
			some = append(some, p)
		}
	}
	return some
}

// differs says whether anybody can see a difference: in the number, in who is in, or in how far it is proven.
func differs(before, after progress.Value) bool {
	return before.Text() != after.Text() || before.Reported != after.Reported || before.Hidden != after.Hidden ||
		before.Status != after.Status || before.Computed() != after.Computed()
}

// changed are the figures that the version which counts changed when it was accepted, in its area and those above it
// as far as by may see them; nil if too much was accepted since.
func (s Submission) changed(tx *db.Tx, by auth.User) (own []Changed, err error) {
	lineage, err := network.Lineage(tx, s.Area)
	if err != nil || s.AcceptedID == 0 {
		return nil, err
	}
	q := progress.Query{Periods: []period.Period{s.Period, s.Period.Next()}}
	for i := range lineage {
		if a := lineage[len(lineage)-1-i]; by.SeesFigures(a.Path) {
			q.Areas = append(q.Areas, a)
		}
	}
	all, err := Lately(tx, by, lineage[0], q)
	for _, c := range all {
		if c.By.Version.ID == s.AcceptedID {
			own = append(own, c)
		}
	}
	return own, err
}
