package meeting

// What pages of units, areas, goals, indicators and bodies say of meetings, decisions and training.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// cards are the cards of a thing: for a unit the meetings that it is asked to or holds, for an area those held in it,
// for an indicator or a goal what was decided about it, for a body who of it owes training.
func cards(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	switch of.Kind {
	case "unit", "area":
		return meetingCard(tx, by, of)
	case "indicator", "goal":
		return decisionCard(tx, by, of)
	case "body":
		return trainingCard(tx, by, of)
	}
	return nil, nil
}

const shownOnCard = 5

func meetingCard(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	ids, err := concerning(tx, of)
	if err != nil {
		return nil, err
	}
	card, ahead := module.Card{Title: "会议", More: "/meetings"}, 0
	if of.Kind == "unit" {
		card.More += "?unit=" + of.Code
	}
	due, err := dueRule(tx)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		m, seen, err := db.Maybe(Read(tx, by, id))
		if err != nil {
			return nil, err
		}
		if !seen {
			continue
		}
		if m.State == Notified && tx.Now.Before(m.Ends) {
			ahead++
		}
		kind, err := KindOf(tx, m.Kind)
		if err != nil {
			return nil, err
		}
		if next := due.next(m, kind); len(card.Lines) < shownOnCard {
			card.Lines = append(card.Lines, module.Line{Object: m.Object(), Name: say.Name{ZH: m.Title}, URL: m.URL(),
				State: m.State.Words(), DueOn: m.Day(), Lamp: flow.Lamp(next, tx.Today(), flow.Near)})
		}
	}
	if ahead > 0 {
		card.Note = say.New("要开的%d次", ahead)
	}
	return some(card), nil
}

func decisionCard(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	all, err := decidedAbout(tx, of.Kind, of.Code)
	if err != nil {
		return nil, err
	}
	card := module.Card{Title: "会议议定", More: "/decisions"}
	for _, d := range all {
		m, seen, err := db.Maybe(Read(tx, by, d.Meeting))
		if err != nil {
			return nil, err
		}
		if !seen || len(card.Lines) >= shownOnCard {
			continue
		}
		v, err := matterOf(tx, by, d)
		if err != nil {
			return nil, err
		}
		card.Lines = append(card.Lines, module.Line{Object: m.Object(), Name: say.Name{ZH: d.Text}, URL: m.URL(),
			State: d.words(v), DueOn: m.Day()})
	}
	return some(card), nil
}

// trainingCard is how many of a body's posts owe training.
func trainingCard(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbTrainings) {
		return nil, nil
	}
	owed, err := OwingOf(tx, by, of.Code)
	if err != nil || len(owed) == 0 {
		return nil, err
	}
	share := trained(owed)
	card := module.Card{Title: "应训人员", More: "/trainings?body=" + of.Code,
		Note:  say.New("未培训%d人，应训%d人", share.Of-share.Part, share.Of),
		Brief: say.New("未培训 %d", share.Of-share.Part),
		Empty: "岗位所需的培训都已参加。"}
	for _, o := range owed {
		if o.Trained() || len(card.Lines) >= shownOnCard {
			continue
		}
		card.Lines = append(card.Lines, module.Line{Object: "unit/" + o.Unit, URL: card.More,
			Name: say.Name{ZH: o.Person, EN: o.PersonEN}, DueOn: o.Since})
	}
	return []module.Card{card}, nil
}

// some is the card, if it says anything.
func some(c module.Card) []module.Card {
	if len(c.Lines) == 0 {
		return nil
	}
	return []module.Card{c}
}

// words is how a decision stands: as its matter does, if it became one.
func (d Decision) words(v matterView) say.Key {
	switch {
	case d.Matter == "" && !d.Follow:
		return "不督办"
	case d.Matter == "":
		return lifeWords[d.state()]
	}
	return v.State.Words()
}
