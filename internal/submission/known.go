package submission

// Values as they were known at the end of an earlier day: what was accepted since is taken back in what was read.
// Definitions and published figures are today's; pages of a whole earlier day are package asof's.

import (
	"slices"
	"time"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
)

// Known are the values of q as they are, and in the same order as they were at the end of a day, by what was accepted
// in the subtree of top since. q names its periods.
func Known(tx *db.Tx, top network.Area, q progress.Query, day string) (now, then []progress.Value, err error) {
	start, ok := calendar.Start(day)
	if !ok {
		return nil, nil, errs.Invalidf("日期“%s”不对。请写成 2024-03-15。", day)
	}
	if now, err = progress.Values(tx, q); err != nil {
		return nil, nil, err
	}
	undo, err := acceptedFrom(tx, q, top, start.AddDate(0, 0, 1))
	if err != nil || len(undo) == 0 {
		return now, now, err
	}
	back := q
	back.Periods = touched(undo, q.Periods)
	before, err := progress.Back(tx, back, undo)
	if err != nil {
		return nil, nil, err
	}
	type key struct {
		indicator, area int64
		period          int
	}
	was := map[key]progress.Value{}
	for _, v := range before {
		was[key{v.Indicator.ID, v.Area.ID, v.Period.Int()}] = v
	}
	then = slices.Clone(now)
	for i, v := range then {
		if before, changed := was[key{v.Indicator.ID, v.Area.ID, v.Period.Int()}]; changed {
			then[i] = before
		}
	}
	return now, then, nil
}

// mostSince bounds how much is taken back.
const mostSince = 5000

// acceptedFrom undoes what was accepted from an instant on, the newest first.
func acceptedFrom(tx *db.Tx, q progress.Query, top network.Area, from time.Time) ([]fact.Undo, error) {
	found, err := acceptedSince(tx, q.Periods, top, from, mostSince)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	reports, accepted, err := acceptedTexts(tx, found)
	if err != nil {
		return nil, err
	}
	var undo []fact.Undo
	for _, row := range found {
		s, u := reports[row.submission], fact.Undo{}
		for _, v := range accepted[row.submission] { // the oldest first
			c, err := s.change(v)
			if err != nil {
				return nil, err
			}
			if u.Is = c; v.ID == row.ID {
				break
			}
			u.Was = c
		}
		undo = append(undo, u)
	}
	return undo, nil
}
