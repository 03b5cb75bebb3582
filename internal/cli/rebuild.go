package cli

// `yipanqi rebuild`: sums recounted from the facts and the search written anew, or the sums only compared.

import (
	"fmt"

	"yipanqi/internal/fact"
)

type rebuildCommand struct {
	Check bool `help:"Change nothing: compare and name every difference."`
	JSON  bool `help:"Print the result as JSON."`
}

func (r rebuildCommand) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	report, err := fact.Rebuild(c, a.DB, r.Check)
	if err != nil {
		return err
	}
	if !r.Check { // what the search finds is made from the rest, too
		if err := a.DB.Update(c, a.Reindex); err != nil {
			return err
		}
	}
	if r.JSON {
		err = c.json(report)
	} else {
		_, err = fmt.Fprint(c.out, report.String())
	}
	if err == nil && r.Check && len(report.Differences) > 0 {
		return errSaid
	}
	return err
}
