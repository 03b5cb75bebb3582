package edition

// What follows elsewhere from publishing an edition: drafts that it reaches, and what forbids it because something
// rests on what it no longer asks for.

import (
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/record"
	"yipanqi/internal/submission"
)

// Effects is what publishing would do.
type Effects struct {
	Drafts   []Draft `json:"drafts"`
	Obstacle []Use   `json:"obstacles"` // while there are any, it cannot be published
}

// Draft is an open report that the edition reaches: how many cells are filled, and which find no place any more.
type Draft struct {
	ID     string            `json:"id"`
	Unit   string            `json:"unit"`
	UnitEN string            `json:"-"`
	Area   string            `json:"area"`
	AreaEN string            `json:"-"`
	Period string            `json:"period"`
	Filled int               `json:"filled"`
	Left   []submission.Left `json:"left,omitempty"`
}

// Use is something that rests on what the edition no longer asks for, or a report that it cannot touch.
type Use struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	NameEN string `json:"-"`
	URL    string `json:"url"`
	Needs  string `json:"needs"` // what it rests on
}

// Kinds of use.
const (
	ByIndicator = "indicator"
	ByRegister  = "register"
	ByForm      = "form"
	ByReport    = "report"
	BySexes     = "sexes"
)

// most is how many reports are listed one by one.
const most = 50

// EffectsOf is what publishing is from a period on, in the place of was, would do.
func EffectsOf(tx *db.Tx, was, is form.Form, from period.Period) (e Effects, err error) {
	e = Effects{Drafts: []Draft{}, Obstacle: []Use{}}
	open, fixed, err := submission.Reached(tx, was.ID, from)
	if err != nil {
		return e, err
	}
	for _, s := range open {
		typed, left := s.CarriedTo(is)
		e.Drafts = append(e.Drafts, Draft{s.ID, s.Unit.Name, s.Unit.NameEN, s.Area.Name, s.Area.NameEN,
			s.Period.String(), len(typed.Cells) + len(left), left})
	}
	for _, s := range fixed[:min(len(fixed), most)] {
		e.Obstacle = append(e.Obstacle, Use{ByReport, s.Unit.Name + " " + s.Period.String(),
			s.Unit.NameEN + " " + s.Period.String(), s.URL(), s.Period.String()})
	}
	if !sameSexes(was, is) {
		counts, err := submission.AnyAccepted(tx, was.ID)
		if err != nil {
			return e, err
		}
		if counts {
			e.Obstacle = append(e.Obstacle, Use{BySexes, was.Name, was.NameEN, "/forms/" + was.Code, ""})
		}
	}
	type search func(tx *db.Tx, was, is form.Form, from period.Period) ([]Use, error)
	for _, of := range []search{indicators, registers, others} {
		uses, err := of(tx, was, is, from)
		if err != nil {
			return e, err
		}
		e.Obstacle = append(e.Obstacle, uses...)
	}
	return e, nil
}

// indicators are those that could be computed until now and could not any more.
func indicators(tx *db.Tx, was, is form.Form, from period.Period) (uses []Use, err error) {
	before, err := form.List(tx)
	if err != nil {
		return nil, err
	}
	after := slices.Clone(before)
	for i := range after {
		if after[i].Code == is.Code {
			after[i] = is
		}
	}
	elements, err := element.All(tx)
	if err != nil {
		return nil, err
	}
	all, err := indicator.List(tx)
	if err != nil {
		return nil, err
	}
	versions, err := indicator.Versions(tx)
	for _, i := range all {
		for _, v := range versions[i.ID] {
			later := v.From.Int() >= from.Int() || v.From == indicator.VersionAt(versions[i.ID], from).From
			if !later || v.Formula == "" || indicator.CanFeed(before, elements, i, v) != nil {
				continue
			}
			if wrong := indicator.CanFeed(after, elements, i, v); wrong != nil {
				uses = append(uses, Use{ByIndicator, i.Name, i.NameEN, "/indicators/" + i.Code, v.Formula})
				break
			}
		}
	}
	return uses, err
}

// registers are those that count into what is not asked for any more.
func registers(tx *db.Tx, was, is form.Form, _ period.Period) (uses []Use, err error) {
	gone := removed(was, is)
	if len(gone) == 0 {
		return nil, nil
	}
	all, err := record.Registers(tx)
	for _, d := range all {
		for _, m := range d.Measures {
			if slices.ContainsFunc(gone, func(r form.Row) bool {
				return m.Into == r.Element && (m.Calibre == "" || m.Calibre == r.Calibre)
			}) {
				uses = append(uses, Use{ByRegister, d.Name.ZH, d.Name.EN, "/registers/" + d.Code, m.Into})
			}
		}
	}
	return uses, err
}

// others are forms that check what they ask for against what this one adds up.
func others(tx *db.Tx, was, is form.Form, _ period.Period) (uses []Use, err error) {
	all, err := form.List(tx)
	for _, f := range all {
		for _, r := range removed(was, is) {
			if f.Code != is.Code && f.ChecksBelow(r.Element) {
				uses = append(uses, Use{ByForm, f.Name, f.NameEN, "/forms/" + f.Code, r.Element})
			}
		}
	}
	return uses, err
}
