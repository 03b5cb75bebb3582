package supervision

// The checklist of a place: what the register of such places asks to be looked at, answered on the visit item by item.
// Answers are notes like any other, so they come from a phone without network, once, and none is ever lost.

import (
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// Checked is one item of a place's checklist with what was noted of it: the last answer stands, all are shown.
type Checked struct {
	Item       string `json:"item"`
	Name       string `json:"name"`
	Must       bool   `json:"must,omitempty"`       // it is looked at in any case
	Found      string `json:"found,omitempty"`      // ok, defect or na; '' = not looked at
	Registered string `json:"registered,omitempty"` // what the record says of it, for who may see the record
	Split      bool   `json:"split,omitempty"`      // people on the visit saw it differently
	Notes      []Note `json:"notes"`

	name say.Name
}

// registers have the checklist of a kind of place that names no record of its own.
var registers = map[string]string{"child_home": "child_home", "baby_room": "mother_baby_room"}

// register is the register whose checklist a place has, empty if none.
func (s Site) register(tx *db.Tx) (string, error) {
	if s.Record == "" {
		return registers[s.Kind], nil
	}
	r, err := record.Get(tx, strings.TrimPrefix(s.Record, "record/"))
	if errs.KindOf(err) == errs.Missing {
		return registers[s.Kind], nil
	}
	return r.Register, err
}

// items are what the checklist of a place asks for.
func (s Site) items(tx *db.Tx) (register.Field, []register.Option, error) {
	code, err := s.register(tx)
	if err != nil || code == "" {
		return register.Field{}, nil, err
	}
	return record.Checklist(tx, code)
}

// checks are the items of a place's checklist with what was noted.
func (s Site) checks(tx *db.Tx, notes []Note) (all []Checked, err error) {
	_, items, err := s.items(tx)
	for _, o := range items {
		c := Checked{Item: o.Code, Name: o.Name.ZH, Must: o.Must, Notes: []Note{}, name: o.Name}
		for _, n := range notes {
			if n.Kind != CheckNote || n.Place != s.Object() || n.Item != o.Code {
				continue
			}
			c.Split = c.Split || c.Found != "" && c.Found != n.Found && n.PersonID != c.Notes[len(c.Notes)-1].PersonID
			c.Found, c.Notes = n.Found, append(c.Notes, n)
		}
		all = append(all, c)
	}
	return all, err
}

// checked fills the checklists of the places of a visit.
func checked(tx *db.Tx, sites []Site, notes []Note) (err error) {
	for n := range sites {
		if sites[n].Checks, err = sites[n].checks(tx, notes); err != nil {
			return err
		}
	}
	return nil
}

// tally is how many items were found to be what, and how many nobody looked at.
func (s Site) tally() (ok, defect, left int) {
	for _, c := range s.Checks {
		switch c.Found {
		case "ok":
			ok++
		case "defect":
			defect++
		case "":
			left++
		}
	}
	return ok, defect, left
}

// fits refuses an answer to what the place's checklist does not ask.
func (n Note) fits(tx *db.Tx, visit string) error {
	sites, err := sitesOf(tx, visit)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(sites, func(s Site) bool { return s.Object() == n.Place })
	if at < 0 {
		return wrongly("place", "请选点位的名称。")
	}
	_, items, err := sites[at].items(tx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(items, func(o register.Option) bool { return o.Code == n.Item }) {
		return wrongly("item", "“%s”的检查单里没有这一项，请刷新页面后再记。", sites[at].Place)
	}
	return nil
}

// calledIn says in each answer to a checklist which item it answers.
func calledIn(tx *db.Tx, notes []Note) error {
	var sites []Site
	for n := range notes {
		if notes[n].Kind != CheckNote {
			continue
		}
		if sites == nil {
			var err error
			if sites, err = sitesOf(tx, notes[n].VisitID); err != nil {
				return err
			}
		}
		at := slices.IndexFunc(sites, func(s Site) bool { return s.Object() == notes[n].Place })
		if at < 0 {
			continue
		}
		_, items, err := sites[at].items(tx)
		if err != nil {
			return err
		}
		for _, o := range items {
			if o.Code == notes[n].Item {
				notes[n].what = o.Name
			}
		}
	}
	return nil
}
