package instruction

// What the pages of units, areas, goals and indicators say of what leaders wrote on them.

import (
	"net/url"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// shownOnCard is how many instructions a card shows.
const shownOnCard = 5

// About is the card of what was written on a thing, with the way to write on it for who may.
func About(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbRead) || !slices.Contains([]string{"unit", "area", "indicator"}, of.Kind) {
		return nil, nil
	}
	c := module.Card{Title: "批示"}
	if by.Can(VerbWrite) {
		c.Empty = "还没有人在这里写批示。"
		c.Do = module.Link{Label: "写批示", URL: "/instructions/new?about=" + url.QueryEscape(of.Kind+"/"+of.Code)}
	}
	all, err := Of(tx, of.Kind+"/"+of.Code)
	for _, i := range all {
		if len(c.Lines) == shownOnCard || !i.seen(by) || i.State == StateWithdrawn {
			continue
		}
		c.Lines = append(c.Lines, module.Line{Object: i.Object(), Name: say.Name{ZH: i.Title}, URL: i.URL(),
			State: i.State.Words(), Lamp: i.Lamp(tx.Today()), DueOn: i.DueOn,
			Note: say.New("%s %s", i.Leader, i.WrittenOn)})
	}
	return []module.Card{c}, err
}
