package cli

// `yipanqi round`: evaluation rounds, as they stand.

import (
	"fmt"

	"yipanqi/internal/db"
	"yipanqi/internal/evaluation"
)

type roundCommand struct {
	JSON bool `help:"Print as JSON."`
}

func (o roundCommand) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	var all evaluation.Listed
	if err := a.DB.View(c, func(tx *db.Tx) (err error) {
		all, err = evaluation.All(tx)
		return err
	}); err != nil {
		return err
	}
	if o.JSON {
		return c.json(all)
	}
	for _, r := range all.Rounds {
		fmt.Fprintf(c.out, "%-9s %-9s %s-%s %s %2d/%-2d %2d/%-2d %3d %s\n", r.State, r.Kind, r.From, r.Until, r.CutoffOn,
			r.StagesDone, r.Stages, r.SheetsSigned, r.Participants, r.Differences, r.Title)
	}
	fmt.Fprintln(c.out, all.Total)
	return nil
}
