package record

// A unit and its registers: what it was asked for already, for whoever is about to ask it again; and the records that
// it hands on when an adjustment gives its work to another.

import (
	"net/url"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// VerbPass is the program's act: a record goes to the unit that takes the work over.
const VerbPass = "record.pass"

// keeping is what a unit keeps of one register in one state.
type keeping struct {
	register string
	state    string
	records  int
	open     int    // of them with a day
	due      string // the earliest day of those with one
}

// AboutUnit is the card of the registers that a unit keeps, as the user may see them.
func AboutUnit(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if of.Kind != "unit" || !by.Can(VerbRead) {
		return nil, nil
	}
	unit, err := network.UnitByCode(tx, of.Code)
	if errs.KindOf(err) == errs.Missing {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	rows, err := keptBy(tx, of.Code)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	c := module.Card{Title: "业务登记", More: "/registers"}
	at, records, open := map[string]int{}, map[string]int{}, map[string]int{}
	for _, row := range rows {
		d, err := ByCode(tx, row.register)
		if err != nil {
			return nil, err
		}
		k, err := castOf(tx, d)
		if err != nil {
			return nil, err
		}
		area := k.places.area(unit.AreaID)
		if !k.inside(by, Record{Unit: of.Code, AreaPath: area.Path}) {
			continue
		}
		if _, listed := at[d.Code]; !listed {
			at[d.Code] = len(c.Lines)
			c.Lines = append(c.Lines, module.Line{Object: "register/" + d.Code, Name: d.Name,
				URL: "/registers/" + d.Code + "/records?where[unit]=" + url.QueryEscape(of.Code)})
		}
		line := &c.Lines[at[d.Code]]
		records[d.Code] += row.records
		if row.due != "" {
			open[d.Code] += row.open
			if line.DueOn == "" || row.due < line.DueOn {
				line.DueOn, line.Lamp = row.due, flow.Lamp(row.due, tx.Today(), flow.Near)
			}
		}
		line.Note = say.New("共%d条，有期限的%d条", records[d.Code], open[d.Code])
	}
	if len(c.Lines) == 0 {
		return nil, nil
	}
	c.Note = say.New("已要求这个单位办理%d项登记", len(c.Lines))
	return []module.Card{c}, nil
}

// handed are the records that a unit has in hand: all that have not come to their end.
func handed() []module.Hold {
	return []module.Hold{{Kind: "record", Label: "业务登记的记录", Move: handRecord,
		List: func(tx *db.Tx, unit, day string) (all []module.Held, err error) {
			rows, err := ofUnit(tx, unit)
			for _, r := range rows {
				d, err := ByVersion(tx, r.Register, r.Version)
				if err != nil {
					return nil, err
				}
				if !d.State(r.State).Ends {
					all = append(all, module.Held{Object: r.Object(), Name: say.Name{ZH: d.Name.ZH + "：" + r.Title,
						EN: d.Name.EN + ": " + r.Title}, URL: r.URL(), DueOn: r.DueOn,
						Lamp: flow.Lamp(r.DueOn, day, flow.Near)})
				}
			}
			return all, err
		}}}
}

// handRecord gives a record to another unit, with its state and its clock as they are; an offer of it lapses.
func handRecord(tx *db.Tx, by auth.User, object, from, to, basis string) error {
	r, err := Get(tx, strings.TrimPrefix(object, "record/"))
	if err != nil {
		return err
	}
	if r.Unit != from {
		return errs.Conflictf("“%s”已不在原单位，请刷新后再办。", r.Title)
	}
	d, err := ByVersion(tx, r.Register, r.Version)
	if err != nil {
		return err
	}
	k, err := deskOf(tx, by, d, r.AreaPath)
	if err != nil {
		return err
	}
	all, err := referralsOf(tx, r.ID)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.State == Offered { // by a unit that is no more: the heir may offer it anew
			if err := f.end(tx, k); err != nil {
				return err
			}
		}
	}
	before := r
	r.Unit = to
	return k.keep(tx, by, VerbPass, &r, before, map[string]string{"of": to, "basis": basis})
}
