package evaluation

// What a unit has open in rounds, handed on when the unit ends: recommendations that it was given, and its place in
// rounds that are not over. What it signed stays as it signed it.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

func holds() []module.Hold {
	return []module.Hold{
		{Kind: "recommendation", Label: "没有办完的评估建议", List: heldAdvice, Move: moveAdvice},
		{Kind: "participant", Label: "评估里要交的数据表", List: heldParts, Move: movePart}}
}

// open says whether its addressee still has to do with it: to answer, or to do what it accepted. What became a matter
// goes with the matter's items.
func (c Recommendation) open() bool {
	return c.State == Made || (c.State == Accepted || c.State == Partly) && c.Matter == ""
}

func heldAdvice(tx *db.Tx, unit, day string) (things []module.Held, err error) {
	all, err := adviceTo(tx, unit)
	for _, c := range all {
		if !c.open() {
			continue
		}
		h := module.Held{Object: c.Object(), Name: say.Name{ZH: c.What}, URL: c.URL(), DueOn: c.DueOn}
		if c.State == Made {
			h.DueOn, h.Lamp = c.AnswerBy, c.Lamp(day)
		}
		things = append(things, h)
	}
	return things, err
}

func moveAdvice(tx *db.Tx, by auth.User, object, from, to, basis string) error {
	c, err := getRecommendation(tx, strings.TrimPrefix(object, "recommendation/"))
	if err != nil {
		return err
	}
	if c.Unit != from || !c.open() {
		return errs.Conflictf("这条建议已不由原单位办理，没有移交。")
	}
	if c.round, err = Get(tx, c.RoundID); err != nil {
		return err
	}
	before := c.row()
	c.Unit, c.UpdatedBy, c.UpdatedAt = to, by.Name, tx.Now
	if err := c.place(tx); err != nil {
		return err
	}
	if err := updateRecommendation(tx, &c); err != nil {
		return err
	}
	if err := c.findable(tx); err != nil {
		return err
	}
	return held.Log(tx, by, VerbAdviceMove, c.Object(), before, c.row(), map[string]string{"basis": basis})
}

// heldParts are the rounds in which a unit has still to sign its sheet.
func heldParts(tx *db.Tx, unit, day string) (things []module.Held, err error) {
	rounds, err := unfinished(tx)
	if err != nil {
		return nil, err
	}
	for _, r := range rounds {
		p, is := r.Participant(unit)
		if !is {
			continue
		}
		w, err := sheetOf(tx, r, p)
		if err != nil {
			return nil, err
		}
		if w.State == SheetSigned {
			continue
		}
		h := module.Held{Object: "participant/" + r.ID + "." + unit, Name: say.Name{ZH: r.Title},
			URL: r.URL() + "/participants/" + unit}
		if s, has := r.stage(Self); has {
			h.DueOn, h.Lamp = s.Until, flow.Lamp(s.Until, day, flow.Near)
		}
		things = append(things, h)
	}
	return things, nil
}

// movePart puts the unit that takes over in the place of a participant; if that one takes part itself, it stands for
// both. Its sheet is prepared anew: who signs answers for the figures.
func movePart(tx *db.Tx, by auth.User, object, from, to, basis string) error {
	id, _, _ := strings.Cut(strings.TrimPrefix(object, "participant/"), ".")
	r, err := Get(tx, id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(r.Participants, func(p Participant) bool { return p.Unit == from })
	if at < 0 || r.State == Closed || r.State == Withdrawn {
		return errs.Conflictf("原单位已不参加这轮评估，没有移交。")
	}
	if _, err := network.UnitByCode(tx, to); err != nil {
		return err
	}
	before := r.row()
	if _, both := r.Participant(to); both || to == r.Unit {
		r.Participants = slices.Delete(r.Participants, at, at+1)
	} else {
		r.Participants[at].Unit = to
		r.tidy()
	}
	r.UpdatedBy, r.UpdatedAt = by.Name, tx.Now
	if err := update(tx, &r); err != nil {
		return err
	}
	if err := r.findable(tx); err != nil {
		return err
	}
	return held.Log(tx, by, VerbMove, r.Object(), before, r.row(), map[string]string{"basis": basis, "from": from,
		"to": to})
}
