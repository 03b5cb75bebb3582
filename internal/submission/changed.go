package submission

// Which figures an acceptance changed, worked out from the signed texts whenever somebody asks.

import (
	"maps"
	"slices"

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
	Base          bool // what changed it is what it is held against: its denominator
}

// maxLately is how many acceptances are undone to see what changed last.
const maxLately = 12

// fewFirst is how many acceptances are undone before more are: the newest alone mostly changed enough figures.
const fewFirst = 2

// Lately are the figures that the newest acceptances in the subtree of top changed, newest first: of some indicators
// (all if nil), in some areas and periods. An acceptance is seen after all older and before all newer ones. Once enough
// says that what was found will do, nothing older is looked at.
func Lately(tx *db.Tx, by auth.User, top network.Area, q progress.Query, enough func([]Changed) bool) ([]Changed,
	error) {
	if q.Indicators == nil {
		all, err := indicator.List(tx)
		if err != nil {
			return nil, err
		}
		q.Indicators = all
	}
	var accepted []AcceptedVersion
	for _, most := range []int{fewFirst, maxLately} {
		rows, err := lately(tx, q.Periods, top, most)
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		for _, row := range rows[len(accepted):] {
			a, err := row.read(tx)
			if err != nil {
				return nil, err
			}
			accepted = append(accepted, a)
		}
		all, err := changedBy(tx, by, accepted, q)
		if err != nil || len(rows) < most || most == maxLately || enough(all) {
			return all, err
		}
	}
	return nil, nil // the last round has all
}

// changedBy are the figures that the newest acceptances changed, all of which up to the oldest of them are given.
func changedBy(tx *db.Tx, by auth.User, accepted []AcceptedVersion, q progress.Query) (all []Changed, err error) {
	var undo []fact.Undo
	for _, a := range accepted {
		undo = append(undo, a.undo)
	}
	q.Periods = touched(undo, q.Periods)
	steps, err := progress.Before(tx, q, undo)
	if err != nil {
		return nil, err
	}
	for n, a := range accepted {
		changes := a.changes()
		for i, after := range steps[n] {
			if before := steps[n+1][i]; differs(before, after) {
				all = append(all, Changed{a, before, after, !by.SeesFigures(a.Submission.Area.Path),
					after.Held(changes)})
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
// as far as by may see them; if too much was accepted since, what it changes as all else stands now.
func (s Submission) changed(tx *db.Tx, by auth.User) (own []Changed, err error) {
	if s.AcceptedID == 0 {
		return nil, nil
	}
	q, top, err := s.reaches(tx, by)
	if err != nil {
		return nil, err
	}
	newest, err := lately(tx, q.Periods, top, maxLately)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(newest, func(row acceptedRow) bool { return row.ID == s.AcceptedID }) {
		return s.changedAlone(tx, q)
	}
	its := func(c Changed) bool { return c.By.Version.ID == s.AcceptedID }
	all, err := Lately(tx, by, top, q, func(all []Changed) bool { return slices.ContainsFunc(all, its) })
	for _, c := range all {
		if its(c) {
			own = append(own, c)
		}
	}
	return own, err
}

// reaches asks for the figures that the report can change: in its area and those above as far as by may see them, the
// last of which is returned, for its period and the one after.
func (s Submission) reaches(tx *db.Tx, by auth.User) (q progress.Query, top network.Area, err error) {
	lineage, err := network.Lineage(tx, s.Area)
	if err != nil {
		return q, top, err
	}
	q.Periods = []period.Period{s.Period, s.Period.Next()}
	for i := range lineage {
		if a := lineage[len(lineage)-1-i]; by.SeesFigures(a.Path) {
			q.Areas = append(q.Areas, a)
		}
	}
	q.Indicators, err = indicator.List(tx)
	return q, lineage[0], err
}

// changedAlone takes back the accepted version alone.
func (s Submission) changedAlone(tx *db.Tx, q progress.Query) ([]Changed, error) {
	v, err := VersionByID(tx, s.AcceptedID)
	if err != nil {
		return nil, err
	}
	by, err := acceptedRow{ID: v.ID, number: v.Number, submission: s.ID}.read(tx)
	if err != nil {
		return nil, err
	}
	steps, err := progress.Before(tx, q, []fact.Undo{by.undo})
	if err != nil {
		return nil, err
	}
	return compared(by, steps[1], steps[0]), nil
}

// ahead are the figures that would change if a version that waits were accepted now, as changed has them afterwards.
func (s Submission) ahead(tx *db.Tx, by auth.User, v Version) ([]Changed, error) {
	q, _, err := s.reaches(tx, by)
	if err != nil {
		return nil, err
	}
	turned := fact.Undo{Is: fact.Change{Area: s.Area, Period: s.Period}}
	unread := error(nil) // such a text fails its checks on the same page
	turned.Was, unread = s.change(v)
	if s.AcceptedID != 0 && unread == nil {
		live, err := VersionByID(tx, s.AcceptedID)
		if err != nil {
			return nil, err
		}
		turned.Is, unread = s.change(live)
	}
	if unread != nil {
		return nil, nil
	}
	steps, err := progress.Before(tx, q, []fact.Undo{turned})
	if err != nil {
		return nil, err
	}
	return compared(AcceptedVersion{Submission: s, Version: v, undo: turned}, steps[0], steps[1]), nil
}

// compared are the figures that differ.
func compared(by AcceptedVersion, before, after []progress.Value) (all []Changed) {
	for i := range after {
		if differs(before[i], after[i]) {
			all = append(all, Changed{By: by, Before: before[i], After: after[i], Base: after[i].Held(by.changes())})
		}
	}
	return all
}

// changes are the elements that had a number before and have another now: what comes in for the first time changes
// nothing that was there.
func (a AcceptedVersion) changes() map[int64]bool {
	was, is := byElement(a.undo.Was.Cells), byElement(a.undo.Is.Cells)
	changed := map[int64]bool{}
	for element, cells := range was {
		changed[element] = len(is[element]) > 0 && !maps.Equal(cells, is[element])
	}
	return changed
}

func byElement(cells []fact.Cell) map[int64]map[fact.Cell]bool {
	by := map[int64]map[fact.Cell]bool{}
	for _, c := range cells {
		if by[c.Element] == nil {
			by[c.Element] = map[fact.Cell]bool{}
		}
		by[c.Element][c] = true
	}
	return by
}
