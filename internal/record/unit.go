package record

// A unit and its registers: what it was asked for already, for whoever is about to ask it again; and the records that
// it hands on when an adjustment gives its work to another.

import (
	"net/url"
	"slices"
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
	records  int
	made     int    // of them since a day
	open     int    // of them with a day
	due      string // the earliest day of those with one
}

// Asked is what a unit is asked for by one register.
type Asked struct {
	Register string `json:"register"`
	say.Name
	Values  int    `json:"values"`  // that one record asks for
	Records int    `json:"records"` // that it keeps
	Made    int    `json:"made"`    // of them in the last twelve months
	Open    int    `json:"open"`    // of them with a limit
	DueOn   string `json:"due,omitempty"`
	Lamp    string `json:"lamp,omitempty"`
	url     string
}

// asked is what registers ask of a unit, as far as by keeps or oversees it there: those that units of its kind keep
// here, and those that it has records of.
func asked(tx *db.Tx, by auth.User, unit network.Unit) (all []Asked, err error) {
	year := tx.Now.In(db.China).AddDate(-1, 0, 0)
	rows, err := keptBy(tx, unit.Code, year)
	if err != nil {
		return nil, err
	}
	kept := map[string]keeping{}
	for _, row := range rows {
		kept[row.register] = row
	}
	registers, err := Registers(tx)
	for _, d := range registers {
		c, err := castOf(tx, d)
		if err != nil {
			return nil, err
		}
		row, has := kept[d.Code]
		if !has && !c.asks(unit) || !c.inside(by, Record{Unit: unit.Code, AreaPath: c.places.area(unit.AreaID).Path}) {
			continue
		}
		a := Asked{Register: d.Code, Name: d.Name, Records: row.records, Made: row.made, Open: row.open, DueOn: row.due,
			url: "/registers/" + d.Code + "/records?where[unit]=" + url.QueryEscape(unit.Code)}
		for _, f := range d.Fields {
			if slices.Contains(d.Editing(f, d.Begin().To), d.Parts[0].Code) {
				a.Values++
			}
		}
		if row.due != "" {
			a.Lamp = flow.Lamp(row.due, tx.Today(), flow.Near)
		}
		all = append(all, a)
	}
	return all, err
}

// asks says whether units of this one's kind keep the register here.
func (c cast) asks(unit network.Unit) bool {
	return slices.ContainsFunc(c.here, func(a assigned) bool {
		return a.part == c.d.Parts[0].Code && a.kind == unit.Kind
	})
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
	all, err := asked(tx, by, unit)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	c := module.Card{Title: "业务登记", More: "/registers?unit=" + url.QueryEscape(of.Code)}
	for _, a := range all {
		c.Lines = append(c.Lines, module.Line{Object: "register/" + a.Register, Name: a.Name, URL: a.url,
			DueOn: a.DueOn, Lamp: a.Lamp, Note: say.New("共%d条，有期限的%d条", a.Records, a.Open)})
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
