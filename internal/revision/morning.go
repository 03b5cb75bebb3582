package revision

// What the program does by itself every morning: it applies what was decided for a year that has begun, and proposes a
// record for each indicator of a plan in force whose period passed without a value.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
)

func morning() job.Every {
	return job.Every{Name: "revision.morning", Label: "指标体系：到期生效的修订，过期没有数的指标", At: "06:20",
		Run: func(tx *db.Tx, _ job.Round) (string, error) {
			if err := ApplyDue(tx); err != nil {
				return "", err
			}
			return "", ProposeDue(tx)
		}}
}

// ProposeDue proposes records for what has no number, and takes back what has one since.
func ProposeDue(tx *db.Tx) error {
	plans, err := plan.List(tx)
	if err != nil {
		return err
	}
	for _, p := range inForce(plans, yearOf(tx.Today())) {
		if err := proposeFor(tx, p); err != nil {
			return err
		}
	}
	return nil
}

func proposeFor(tx *db.Tx, p plan.Plan) error {
	area, err := network.AreaByID(tx, p.AreaID)
	if err != nil {
		return err
	}
	unit, err := matter.OfficeOf(tx, area)
	if errs.KindOf(err) == errs.Invalid {
		return nil // nobody there to tell
	}
	if err != nil {
		return err
	}
	by := journal.System
	by.Posts = []auth.Post{{Unit: unit, Role: auth.Office, AreaID: area.ID, AreaPath: area.Path}}
	all, err := Health(tx, by, []plan.Plan{p})
	if err != nil {
		return err
	}
	for _, s := range all {
		if err := s.propose(tx, Kept{Office: unit, AreaPath: area.Path}); err != nil {
			return err
		}
	}
	return nil
}

// propose proposes a record if there is none of the indicator, and none was said to be needless for the same year.
func (s Standing) propose(tx *db.Tx, k Kept) error {
	records, err := recordsAbout(tx, s.Indicator)
	if err != nil {
		return err
	}
	since, err := period.FromInt(s.since * 100)
	if err != nil {
		return nil // nothing was due yet
	}
	for _, r := range records {
		switch {
		case r.AreaPath != k.AreaPath:
		case r.State == Proposed && !s.lacks(NoData):
			before := rowOf(&r)
			r.State, r.EndedOn, r.UpdatedBy, r.UpdatedAt = Solved, tx.Today(), journal.System.Name, tx.Now
			if err := update(tx, &r); err != nil {
				return err
			}
			if err := held.Log(tx, journal.System, VerbSolve, r.Object(), before, rowOf(&r), nil); err != nil {
				return err
			}
		case !r.ended(), r.State == Dismissed && r.Since.Int() >= since.Int():
			return nil
		}
	}
	if !s.lacks(NoData) {
		return nil
	}
	k.ID, k.State, k.Version = db.NewID(), Proposed, 1
	return addRecord(tx, journal.System, VerbPropose, &Record{Kept: k, Indicator: s.Indicator, Since: since})
}
