package home

// What a leader must act on and what changed last, picked from the board's rows.

import (
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/submission"
)

// Change is a figure of the board that a report changed when it was accepted: the latest change of each figure.
type Change struct {
	Before     progress.Shown `json:"before"`
	After      progress.Shown `json:"after"` // with its proof
	At         time.Time      `json:"at"`
	Form       string         `json:"form"`
	ReportedBy string         `json:"reported_by"` // the area that the report is about; empty if hidden

	of submission.Changed
}

const (
	maxWorst   = 3
	maxChanges = 4
)

// lately are the figures of an area that changed last, each once.
func lately(tx *db.Tx, by auth.User, area network.Area, indicators []indicator.Indicator,
	periods []period.Period) ([]Change, error) {
	found, err := submission.Lately(tx, by, area, progress.Query{Indicators: indicators, Areas: []network.Area{area},
		Periods: periods}, func(all []submission.Changed) bool { return len(eachOnce(all)) == maxChanges })
	changes := []Change{}
	for _, c := range eachOnce(found) {
		change := Change{c.Before.Shown(), c.After.Shown(), c.By.Version.AcceptedAt, c.By.Submission.Form.Name, "", c}
		if !c.Unnamed {
			change.ReportedBy = c.By.Submission.Area.Name
		}
		changes = append(changes, change)
	}
	return changes, err
}

// eachOnce are the newest changes, that of each figure once, as many as the board has.
func eachOnce(all []submission.Changed) (some []submission.Changed) {
	type figure struct {
		indicator int64
		period    period.Period
	}
	seen := map[figure]bool{}
	for _, c := range all {
		at := figure{c.After.Indicator.ID, c.After.Period}
		if !seen[at] && len(some) < maxChanges {
			seen[at], some = true, append(some, c)
		}
	}
	return some
}

// pressing are the lamps that a leader must act on, the worst first.
func pressing() []progress.Lamp {
	return []progress.Lamp{progress.LampWorsening, progress.LampBehind, progress.LampShort}
}

// worst are the rows with a pressing lamp, the worst first, in the plan's order.
func worst(indicators []indicator.Indicator, rows map[int64]Row) []Row {
	found := []Row{}
	for _, lamp := range pressing() {
		for _, i := range indicators {
			if r := rows[i.ID]; r.Verdict.Lamp == lamp {
				found = append(found, r)
			}
		}
	}
	return slices.Clip(found[:min(len(found), maxWorst)])
}
