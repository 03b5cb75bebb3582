package submission

// Reports that a unit owes as work that somebody can take over: unfinished ones, with their due days. What both have
// signed is the office's to check, what was accepted stays with whom it was from.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Holds are the reports that units owe.
func Holds() []module.Hold {
	return []module.Hold{{Kind: "form", Label: "待报的报表", List: heldForms, Move: handForm}}
}

func heldForms(tx *db.Tx, unit, _ string) (held []module.Held, err error) {
	items, err := unfinishedOf(tx, unit)
	for _, i := range items {
		held = append(held, module.Held{Object: "submission/" + i.ID, URL: i.URL(), DueOn: i.DueOn,
			Lamp: flow.Lamp(i.DueOn, tx.Today(), flow.Near),
			Name: say.Name{ZH: i.Form + " " + i.Period.Label("") + " · " + i.Area,
				EN: i.FormEN + " " + i.Period.LabelEN("") + " · " + i.AreaEN}})
	}
	return held, err
}

func handForm(tx *db.Tx, _ auth.User, object, _, to, basis string) error {
	heir, err := network.UnitByCode(tx, to)
	if err != nil {
		return err
	}
	s, err := Get(tx, strings.TrimPrefix(object, "submission/"))
	if err != nil {
		return err
	}
	return s.pass(tx, heir, "由"+heir.Name+"承接（"+basis+"）")
}
