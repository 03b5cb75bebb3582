package letter

// Receipts that are owed: as reminders, as a card on a unit's page, and as open work that another unit takes over.

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// reminders are the receipts as things that wait, each on its own: letter/ID/UNIT.
func reminders() module.Reminder {
	return module.Reminder{Object: "letter", Verbs: "letter.", Due: dueReceipts, Of: receiptsOf,
		Steps: []module.Ask{{Verb: VerbReceive, Part: auth.Liaison, Label: "签收发文", Ask: "请签收"}}}
}

const duePiece = 2000

// dueReceipts lists a piece of what is due up to a day. A place is the day, the letter and the unit of the last.
func dueReceipts(tx *db.Tx, until, from string) (things []module.Due, next string, err error) {
	rows, err := owing(tx, until, from, duePiece)
	if err != nil {
		return nil, "", err
	}
	for _, o := range rows {
		t, err := o.due(tx)
		if err != nil {
			return nil, "", err
		}
		things = append(things, t)
	}
	if len(rows) == duePiece {
		last := rows[len(rows)-1]
		next = last.DueOn + " " + last.Letter + " " + last.Unit
	}
	return things, next, nil
}

func receiptsOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	var ids []string
	for _, o := range objects {
		if part := strings.Split(o, "/"); len(part) == 3 {
			ids = append(ids, part[1])
		}
	}
	rows, err := receiptsFor(tx, ids)
	if err != nil {
		return nil, err
	}
	things := map[string]module.Due{}
	for _, o := range rows {
		t, err := o.due(tx)
		if err != nil {
			return nil, err
		}
		if slices.Contains(objects, t.Object) {
			things[t.Object] = t
		}
	}
	return things, nil
}

// owedRow is a receipt of an edition in force with what a reminder says of its letter.
type owedRow struct {
	Receipt
	title    string
	withdraw bool // the letter was withdrawn
}

// due is the receipt as somebody is told of it: whoever serves a committee is told for it.
func (o owedRow) due(tx *db.Tx) (d module.Due, err error) {
	holder := o.Holder
	serving, err := network.Serving(tx, holder)
	if err != nil {
		return d, err
	}
	if len(serving) > 0 {
		holder = serving[0]
	}
	u, err := network.UnitByCode(tx, holder)
	if err != nil {
		return d, err
	}
	area, err := network.AreaByID(tx, u.AreaID)
	d = module.Due{Object: "letter/" + o.Letter + "/" + o.Unit, Title: o.title, URL: "/letters/" + o.Letter,
		Unit: u.Code, UnitName: u.Name, UnitNameEN: u.NameEN, AreaPath: area.Path}
	if !o.Done() && !o.withdraw {
		d.Step, d.DueOn = VerbReceive, o.DueOn
	}
	return d, err
}

const cardLines = 5

// about is the card on a unit's page: what it has to receive, as far as the reader may see it.
func about(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if of.Kind != "unit" || !by.Can("letter.read") {
		return nil, nil
	}
	owed, err := owedBy(tx, []string{of.Code})
	if err != nil {
		return nil, err
	}
	card, late, all := module.Card{Title: "待签收的发文"}, 0, 0
	for _, l := range owed {
		seen, err := sees(tx, by, l)
		if err != nil {
			return nil, err
		}
		if !seen {
			continue
		}
		lamp := flow.Lamp(l.ReceiptDue, tx.Today(), flow.Near)
		if all++; lamp == flow.Red {
			late++
		}
		if len(card.Lines) < cardLines {
			card.Lines = append(card.Lines, module.Line{Object: l.Object(), Name: say.Name{ZH: l.Title, EN: l.Title},
				URL: l.URL(), State: asks[VerbReceive][1], Lamp: lamp, DueOn: l.ReceiptDue})
		}
	}
	if all == 0 {
		return nil, nil
	}
	card.Note = say.New("%d件没有签收，其中%d件逾期", all, late)
	return []module.Card{card}, nil
}

// hold is what a unit has to receive, as work that another takes over.
func hold() module.Hold {
	return module.Hold{Kind: "letter", Label: "待签收的发文", List: held, Move: Hand}
}

func held(tx *db.Tx, unit, day string) (all []module.Held, err error) {
	owed, err := owedBy(tx, []string{unit})
	for _, l := range owed {
		all = append(all, module.Held{Object: l.Object(), Name: say.Name{ZH: cmp.Or(l.Number, l.Title), EN: l.Title},
			URL: l.URL(), Lamp: flow.Lamp(l.ReceiptDue, day, flow.Near), DueOn: l.ReceiptDue})
	}
	return all, err
}

// Hand has another unit receive what one has not; the limit stays. basis is the object that decided it.
func Hand(tx *db.Tx, by auth.User, object, from, to, basis string) error {
	l, err := Get(tx, strings.TrimPrefix(object, "letter/"))
	if err != nil {
		return err
	}
	units, err := handOver(tx, l.ID, l.InForce, from, to)
	if err != nil {
		return err
	}
	if len(units) == 0 {
		return errs.Conflictf("这件发文没有要由这个单位签收的。请刷新页面看看。")
	}
	st, ok := life.Step(string(l.State), VerbHand)
	detail := map[string]string{"from": from, "to": to, "basis": basis, "units": strings.Join(units, " "),
		"version": strconv.FormatInt(l.InForce, 10)}
	if lacks := st.Lacks(detail); !ok || len(lacks) > 0 {
		return fmt.Errorf("%s in state %s without %v", VerbHand, l.State, lacks)
	}
	l.UpdatedBy, l.UpdatedAt = by.Name, tx.Now
	l.Entries++
	if err := update(tx, &l); err != nil {
		return err
	}
	if err := findable(tx, l); err != nil {
		return err
	}
	return journal.Log(tx, by, VerbHand, l.Object(), detail)
}
