package record

// Whose a facility is, for what hangs on its record: who keeps it, who oversees it, and where they are found.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// Keeps says whether by keeps records of a register in a unit, and whether they oversee such of its area.
func Keeps(tx *db.Tx, by auth.User, code, unit, areaPath string) (post auth.Post, keeps, oversees bool, err error) {
	d, err := ByCode(tx, code)
	if err != nil {
		return post, false, false, err
	}
	c, err := castOf(tx, d)
	if err != nil {
		return post, false, false, err
	}
	for i, p := range d.Parts {
		if found, no := c.plays(by, p.Code, unit, areaPath); no == nil {
			if post.Unit == "" {
				post = found
			}
			keeps, oversees = keeps || i == 0, oversees || p.Above
		}
	}
	return post, keeps, oversees || c.inside(by, Record{Unit: unit, AreaPath: areaPath}), nil
}

// Reporting are the registers of whose facilities the public may report faults.
func Reporting(tx *db.Tx) (all []register.Definition, err error) {
	kinds, err := Kinds(tx)
	for _, d := range kinds {
		if d.Public.Report {
			all = append(all, d)
		}
	}
	return all, err
}

// ScopeOf is whose facilities by works with or oversees: “register unit” and “register path”; of what they keep
// themselves alone the units, if own.
func ScopeOf(tx *db.Tx, by auth.User, own bool) (units, paths []string, err error) {
	all, err := Reporting(tx)
	for _, d := range all {
		c, err := castOf(tx, d)
		if err != nil {
			return nil, nil, err
		}
		some, under := c.scope(by)
		if own {
			some, under = nil, nil
			for _, post := range by.Posts {
				if c.fits(d.Parts[0], post) {
					some = append(some, post.Unit)
				}
			}
		}
		for _, unit := range some {
			units = append(units, d.Code+" "+unit)
		}
		for _, path := range under {
			paths = append(paths, d.Code+" "+path)
		}
	}
	return units, paths, err
}

// KeeperOf fills in of what is due who keeps the facility.
func KeeperOf(tx *db.Tx, code, unit, areaPath string, d *module.Due) error {
	def, err := ByCode(tx, code)
	if err != nil {
		return err
	}
	c, err := castOf(tx, def)
	if err != nil {
		return err
	}
	u := c.places.units[unit]
	d.Unit, d.UnitName, d.UnitNameEN, d.AreaPath = unit, u.Name, u.NameEN, areaPath
	for _, role := range auth.Roles() {
		if c.fits(def.Parts[0], auth.Post{Unit: unit, Role: role}) {
			d.Roles = map[string]string{"first": role}
			break
		}
	}
	return nil
}

// itemList is the list of what may be wrong with any facility.
const itemList = "fault_item"

// Items are what may be wrong with facilities of a register, its own first.
func Items(tx *db.Tx, code string) ([]register.Option, error) {
	all, err := lists(tx)
	if err != nil {
		return nil, err
	}
	d, err := ByCode(tx, code)
	items := append(append([]register.Option{}, all[d.Public.Items]...), all[itemList]...)
	if len(items) == 0 {
		items = []register.Option{{Code: "other", Name: say.Name{ZH: "其他", EN: "Other"}}}
	}
	return items, err
}

// Checklist is the first checklist of a register with what stands on it; none if the register has none, or there is no
// such register.
func Checklist(tx *db.Tx, code string) (f register.Field, items []register.Option, err error) {
	d, err := ByCode(tx, code)
	if errs.KindOf(err) == errs.Missing {
		return f, nil, nil
	}
	if err != nil {
		return f, nil, err
	}
	at := slices.IndexFunc(d.Fields, func(f register.Field) bool { return f.Type == "checklist" })
	if at < 0 {
		return f, nil, nil
	}
	all, err := lists(tx)
	return d.Fields[at], all[d.Fields[at].Of], err
}

// UnitName is what a unit is called.
func UnitName(tx *db.Tx, code string) (say.Name, error) {
	p, err := placed(tx)
	if err != nil {
		return say.Name{}, err
	}
	return p.unitName(code), nil
}

// UnitsBelow are the units that there are today in an area and below it.
func UnitsBelow(tx *db.Tx, path string) (units []network.Unit, err error) {
	p, err := placed(tx)
	if err != nil {
		return nil, err
	}
	for _, u := range p.all {
		if u.OpenOn(tx.Today()) && strings.HasPrefix(p.area(u.AreaID).Path, path) {
			units = append(units, u)
		}
	}
	return units, nil
}

// KindName is what a register is called.
func KindName(tx *db.Tx, code string) say.Name {
	d, err := ByCode(tx, code)
	if err != nil {
		return say.Name{ZH: strings.ToUpper(code), EN: code}
	}
	return d.Name
}

// AreaAt is the area of a path.
func AreaAt(tx *db.Tx, path string) (network.Area, error) {
	p, err := placed(tx)
	if err != nil {
		return network.Area{}, err
	}
	return p.paths[path], nil
}
