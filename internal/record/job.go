package record

// Steps that no person takes: what a definition leaves to the program is done in the morning of the day on which its
// condition holds.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/register"
)

const (
	jobName = "record.advance"
	piece   = 200
)

func advancing() job.Every {
	return job.Every{Name: jobName, Label: "业务登记：到期自动办理的环节", At: "06:10",
		Run: func(tx *db.Tx, r job.Round) (string, error) { return advance(tx, r.Rest) }}
}

func lapsing() job.Every {
	return job.Every{Name: "record.lapse", Label: "业务登记：到期没有接收的转办", At: "06:20",
		Run: func(tx *db.Tx, _ job.Round) (string, error) { return "", lapse(tx) }}
}

// advance goes through records in order of their ids, a piece at a time, and takes the steps that are the program's.
func advance(tx *db.Tx, from string) (rest string, err error) {
	some, err := page(tx, from, piece)
	if err != nil {
		return "", err
	}
	for _, r := range some {
		if err := advanceOne(tx, r); err != nil {
			return "", err
		}
		rest = r.ID
	}
	if len(some) < piece {
		rest = ""
	}
	return rest, nil
}

func advanceOne(tx *db.Tx, r Record) error {
	d, err := ByVersion(tx, r.Register, r.Version)
	if err != nil {
		return err
	}
	for _, s := range d.Stages {
		if s.Who != register.Program || !s.Leaves(r.State) {
			continue
		}
		k, err := deskOf(tx, journal.System, d, r.AreaPath)
		if err != nil {
			return err
		}
		if !s.When.IsZero() && !s.When.Eval(d.Scope(r.Body, r.asked(k.places), k.w)).True() {
			continue
		}
		before := r
		return k.move(tx, journal.System, &r, before, s, auth.Post{Unit: r.Unit}, "")
	}
	return nil
}
