package record

// What values of records may name, looked up: units, areas, people, other records, lists, standards, parameters.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// places are the units and areas of the installation, with what finds them.
type places struct {
	units  map[string]network.Unit
	areas  map[string]network.Area // the newest of a code
	paths  map[string]network.Area
	ids    map[int64]network.Area
	root   network.Area
	sorted []network.Area
	all    []network.Unit
	goals  []aim
	aims   map[string]aim
}

type placesKey struct{}

// placed reads them once for each state of the definitions.
func placed(tx *db.Tx) (*places, error) {
	return db.Remember(tx, placesKey{}, func(tx *db.Tx) (*places, error) {
		p := &places{units: map[string]network.Unit{}, areas: map[string]network.Area{},
			paths: map[string]network.Area{}, ids: map[int64]network.Area{}}
		units, err := network.AllUnits(tx)
		if err != nil {
			return nil, err
		}
		for _, u := range units {
			p.units[u.Code] = u
		}
		p.all = units
		if p.sorted, err = network.AllAreas(tx); err != nil {
			return nil, err
		}
		for _, a := range p.sorted {
			p.paths[a.Path], p.ids[a.ID] = a, a
			if before, known := p.areas[a.Code]; !known || before.OpensOn < a.OpensOn {
				p.areas[a.Code] = a
			}
			if a.ParentID == 0 {
				p.root = a
			}
		}
		return p, p.aimed(tx)
	})
}

func (p *places) area(id int64) network.Area { return p.ids[id] }

type parametersKey struct{}

// world is what a record of an area may name. by is who asks: other records must be theirs to see; the zero user, for
// what the program does itself, sees all.
func world(tx *db.Tx, by auth.User, areaPath string) (w register.World, err error) {
	p, err := placed(tx)
	if err != nil {
		return w, err
	}
	all, err := lists(tx)
	if err != nil {
		return w, err
	}
	rows, err := standards(tx)
	if err != nil {
		return w, err
	}
	parameters, err := db.Remember(tx, parametersKey{}, indicator.Parameters)
	if err != nil {
		return w, err
	}
	w.Today = tx.Today()
	w.List = func(list string) []register.Option { return all[list] }
	w.Unit = func(text string) (string, bool) { return p.unitCalled(text, w.Today) }
	w.Area = func(text, level string) (string, bool) { return p.areaCalled(text, level, areaPath, w.Today) }
	w.Person = func(text string) (string, bool) { return personCalled(tx, text) }
	w.Record = func(code, text string) (string, bool) {
		r, err := byNumber(tx, code, text)
		if err != nil {
			r, err = byTitle(tx, code, text)
		}
		if err == nil && by.ID != "" && !r.Counts { // what counts may be named by whoever knows its number
			_, err = Read(tx, by, r.ID)
		}
		return r.Number, err == nil
	}
	w.Goal = func(text string) (string, bool) { return p.goalCalled(text, areaPath) }
	w.Beyond = p.beyond(tx)
	w.Call = func(function, code string) (formula.Value, string) {
		if function == "standard" {
			return p.standard(rows, code, w.Today)
		}
		return p.parameter(parameters, code, areaPath, w.Today)
	}
	w.Called = func(function, code string) (n say.Name) {
		if s, known := p.standardOn(rows, code, w.Today); function == "standard" && known {
			return say.Name{ZH: s.Applies}
		}
		i := slices.IndexFunc(rows, func(s Standard) bool { return s.Code == code })
		if function == "standard" && i >= 0 {
			return say.Name{ZH: rows[i].Applies} // it is of another region, or no longer
		}
		i = slices.IndexFunc(parameters, func(p indicator.Parameter) bool { return p.Code == code })
		if function == "parameter" && i >= 0 {
			return say.Name{ZH: parameters[i].Name, EN: parameters[i].NameEN}
		}
		return n
	}
	return w, nil
}

// unitCalled finds a unit that there is on a day, by code, name or short name, if only one is called so.
func (p *places) unitCalled(text, day string) (code string, ok bool) {
	if u, known := p.units[text]; known {
		return text, u.OpenOn(day)
	}
	n := 0
	for _, u := range p.all {
		if (u.Name == text || u.ShortName == text || u.NameEN == text) && u.OpenOn(day) {
			code, n = u.Code, n+1
		}
	}
	return code, n == 1
}

// areaCalled finds an area of a level, if one is asked for: by code, or by a name that only one has, first among those
// below the record's own area.
func (p *places) areaCalled(text, level, within, day string) (code string, ok bool) {
	fits := func(a network.Area) bool { return level == "" || register.OfLevel(a.Level, level) }
	if a, known := p.areas[text]; known {
		return text, fits(a) && a.OpenOn(day)
	}
	for _, below := range []string{within, ""} {
		n := 0
		for _, a := range p.sorted {
			if (a.Name == text || a.ShortName == text || a.NameEN == text) && fits(a) && a.OpenOn(day) &&
				strings.HasPrefix(a.Path, below) {
				code, n = a.Code, n+1
			}
		}
		if n > 0 {
			return code, n == 1
		}
	}
	return "", false
}

func personCalled(tx *db.Tx, text string) (id string, ok bool) {
	if _, err := network.PersonByID(tx, text); err == nil {
		return text, true
	}
	posts, err := network.Namesakes(tx, text)
	if err != nil || len(posts) == 0 {
		return "", false
	}
	one := !slices.ContainsFunc(posts, func(q network.Post) bool { return q.PersonID != posts[0].PersonID })
	return posts[0].PersonID, one
}

// standard is what a standard asks for on a day; by says which row that is.
func (p *places) standard(rows []Standard, code, day string) (v formula.Value, by string) {
	s, known := p.standardOn(rows, code, day)
	if !known {
		return v, ""
	}
	if v = formula.Decimal(s.Value); v.Missing() {
		v = formula.Text(s.Value)
	}
	return v, s.called()
}

// standardOn is the row of a standard that holds on a day: of the region that the installation lies in, else of the
// whole country.
func (p *places) standardOn(rows []Standard, code, day string) (s Standard, known bool) {
	for _, here := range []bool{true, false} {
		for _, s := range rows { // newest first
			local := s.Region != "" && s.Region != "全国" && strings.HasPrefix(p.root.Name, s.Region)
			if s.Code == code && s.From <= day && (s.To == "" || s.To > day) && local == here &&
				(here || s.Region == "全国") {
				return s, true
			}
		}
	}
	return s, false
}

// parameter is a parameter of the smallest area around the record that has it on a day.
func (p *places) parameter(all []indicator.Parameter, code, areaPath, day string) (v formula.Value, by string) {
	best := ""
	for _, one := range all {
		at := p.area(one.AreaID).Path
		if one.Code != code || one.OpensOn > day || one.ClosesOn != "" && one.ClosesOn <= day ||
			!strings.HasPrefix(areaPath, at) || len(at) < len(best) {
			continue
		}
		best, by = at, one.Name+" "+one.Value+one.Unit
		if v = formula.Decimal(one.Value); v.Missing() {
			v = formula.Text(one.Value)
		}
	}
	return v, by
}

// row is what rules may ask of a record.
func (r Record) asked(p *places) register.Row {
	return register.Row{State: r.State, Unit: r.Unit, UnitKind: p.units[r.Unit].Kind, Area: r.Area,
		AreaLevel: p.paths[r.AreaPath].Level, Number: r.Number, Due: r.DueOn}
}

// unitName and areaName are what codes are called.
func (p *places) unitName(code string) say.Name {
	u, known := p.units[code]
	if !known {
		return say.Name{ZH: code, EN: code}
	}
	return say.Name{ZH: u.Name, EN: u.NameEN}
}

func (p *places) areaName(code string) say.Name {
	a, known := p.areas[code]
	if !known {
		return say.Name{ZH: code, EN: code}
	}
	return say.Name{ZH: a.Name, EN: a.NameEN}
}
