package matter

// What pages of units, areas, goals and indicators say of their items, and what open items a unit hands on when it is
// closed.

import (
	"net/url"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// shownOnCard is how many items a card shows.
const shownOnCard = 5

// About is the card of a thing's items, as the user may see them.
func About(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	f := Filter{}
	switch of.Kind {
	case "unit":
		f.Unit = of.Code
	case "area":
		f.Area = of.Code
	case "indicator":
		f.Indicator = of.Code
	case "goal":
		f.Goal = of.Code
	default:
		return nil, nil
	}
	if !by.Can(VerbRead) {
		return nil, nil
	}
	items, open, late, err := onCard(tx, by, f)
	if err != nil || open == 0 {
		return nil, err
	}
	today, err := LampDay(tx)
	if err != nil {
		return nil, err
	}
	c := module.Card{Title: "督办", Note: say.New("在办%d项，逾期%d项", open, late),
		More: "/items?" + of.Kind + "=" + url.QueryEscape(of.Code)}
	for _, i := range items {
		unit, err := network.UnitByCode(tx, i.Unit)
		if err != nil {
			return nil, err
		}
		c.Lines = append(c.Lines, module.Line{Object: i.Object(), Name: say.Name{ZH: i.Text}, URL: itemPage(i.ID),
			State: i.State.Words(), Lamp: today.Lamp(i), DueOn: i.NextOn,
			Note: say.New("%s", say.Name{ZH: unit.Name, EN: unit.NameEN})})
	}
	return []module.Card{c}, nil
}

// hold is the open items of a unit, handed on with their clocks and states as they are.
func hold() module.Hold {
	return module.Hold{Kind: "item", Label: "在办的整改项", Move: move,
		List: func(tx *db.Tx, unit, day string) (all []module.Held, err error) {
			t, err := lampDay(tx, day)
			if err != nil {
				return nil, err
			}
			items, err := openOf(tx, unit)
			for _, i := range items {
				all = append(all, module.Held{Object: i.Object(), Name: say.Name{ZH: i.Text}, URL: itemPage(i.ID),
					Lamp: t.Lamp(i), DueOn: i.NextOn})
			}
			return all, err
		}}
}

// move gives an item to the unit that takes over, and the lead with it if that was the one that ends.
func move(tx *db.Tx, by auth.User, object, from, to, basis string) error {
	id := strings.TrimPrefix(object, "item/")
	of, err := matterOf(tx, id)
	if err != nil {
		return err
	}
	m, err := Get(tx, of)
	if err != nil {
		return err
	}
	if m.Lead == from {
		before := said(m.own())
		m.Lead = to
		if err := m.log(tx, by, VerbMove, before, map[string]string{"basis": basis}); err != nil {
			return err
		}
	}
	for at := range m.Items {
		i := &m.Items[at]
		if i.ID != id {
			continue
		}
		if i.Unit != from || !i.open() {
			return errs.Conflictf("这一项已不由原单位承办，没有移交。")
		}
		before := said(i.own())
		i.Unit, i.Responsible, i.HandlerID, i.Handler = to, "", "", ""
		if err := m.logItem(tx, by, i, VerbItemMove, before, map[string]string{"basis": basis}); err != nil {
			return err
		}
	}
	return m.save(tx)
}
