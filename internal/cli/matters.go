package cli

// `yipanqi matters`: what must be followed up, as it stands.

import (
	"fmt"

	"yipanqi/internal/db"
	"yipanqi/internal/matter"
)

type mattersCommand struct {
	JSON bool `help:"Print as JSON."`
}

func (m mattersCommand) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	var all matter.Listed
	if err := a.DB.View(c, func(tx *db.Tx) (err error) {
		all, err = matter.All(tx)
		return err
	}); err != nil {
		return err
	}
	if m.JSON {
		return c.json(all)
	}
	for _, one := range all.Matters {
		fmt.Fprintf(c.out, "%-18s %-12s %-6s %-10s %s\n", one.Number, one.State, one.Lamp, one.Due, one.Title)
	}
	fmt.Fprintln(c.out, all.Total)
	return nil
}
