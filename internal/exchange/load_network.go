package exchange

// The city's name, labels, areas, units and posts, row by row; accounts come by other ways.

import (
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/definition"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/setting"
	"yipanqi/internal/submission"
	"yipanqi/internal/table"
)

// city is the file city.yaml: what this installation is called, the year it shows first, and the limits it sets by
// verb. A limit that it does not set, "", is the program's proposal.
type city struct {
	name, nameEN, year string
	limits             map[string]string
}

func readCity(file string, body []byte) (c city, problems table.Problems) {
	c.limits = map[string]string{}
	for _, verb := range submission.Life().Limited() {
		c.limits[verb] = ""
	}
	problems = definition.Read(file, body, "name=名称 name_en=英文名 year=年份 limits=期限",
		func(d *definition.Reader, n *definition.Node) {
			d.Fields(n,
				definition.Need("name", d.Text(&c.name)),
				definition.May("name_en", d.Text(&c.nameEN)),
				definition.May("year", d.Text(&c.year, shownYear)),
				definition.May("limits", func(n *definition.Node) { readLimits(d, n, c.limits) }),
			)
		})
	return c, problems
}

// CityName is what a folder calls its city.
func CityName(fsys fs.FS) (string, error) {
	body, err := fs.ReadFile(fsys, CityFile)
	if err != nil {
		return "", err
	}
	c, problems := readCity(CityFile, body)
	return c.name, problems.Check()
}

func putCity(r *run, file, body string) (bool, error) {
	c, problems := readCity(file, []byte(body))
	if len(problems) > 0 {
		r.problems = append(r.problems, problems...)
		return false, nil
	}
	changed := false
	settings := [][2]string{{setting.Name, c.name}, {setting.NameEN, c.nameEN}, {setting.Year, c.year}}
	for _, verb := range slices.Sorted(maps.Keys(c.limits)) {
		settings = append(settings, [2]string{flow.LimitKey(verb), c.limits[verb]})
	}
	for _, s := range settings {
		was, err := setting.Get(r.tx, s[0])
		if err != nil {
			return false, err
		}
		if was == s[1] {
			continue // what was never set needs no row that says nothing
		}
		new, err := setting.Put(r.tx, s[0], s[1])
		if err != nil {
			return false, err
		}
		changed = changed || new
	}
	return changed, nil
}

// readLimits reads by verb how long the next step may take: submission.sign: 5工作日.
func readLimits(d *definition.Reader, n *definition.Node, limits map[string]string) {
	d.Each(n, func(key, value *definition.Node) {
		if _, known := limits[key.Value]; !known {
			d.Problem(key, "没有“%s”这一步的期限可定，可写：%s", key.Value,
				strings.Join(slices.Sorted(maps.Keys(limits)), " "))
			return
		}
		text := ""
		d.Text(&text)(value)
		l, err := calendar.Parse(text)
		if err != nil {
			d.Refuse(value, err)
			return
		}
		limits[key.Value] = l.String()
	})
}

func shownYear(s string) error {
	if n, err := strconv.Atoi(s); err != nil || !isYear(n) {
		return errs.Invalidf(wrongYear, s, period.FirstYear, period.LastYear)
	}
	return nil
}

func putLabel(r *run, w *row) (bool, error) {
	l := network.Label{Code: w.text("code"), Name: w.text("name"), NameEN: w.text("name_en"), Position: w.position,
		Kind: word(w, "kind", map[string]string{"岗位": "role", "单位类别": "unit_kind", "区域层级": "area_level",
			"role": "role", "unit_kind": "unit_kind", "area_level": "area_level"})}
	if l.Kind == "role" && !auth.KnownRole(l.Code) {
		w.fail("code", "没有“%s”这个岗位角色", l.Code)
	}
	if w.bad {
		return false, nil
	}
	r.labels = append(r.labels, l)
	return network.PutLabel(r.tx, l)
}

// label is the code that a label's code or name stands for.
func (r *run) label(w *row, column, kind string) string {
	s := w.text(column)
	for _, l := range r.labels {
		if l.Kind == kind && (l.Code == s || l.Name == s) {
			return l.Code
		}
	}
	if s != "" && !r.in.broken["labels.csv"] {
		w.fail(column, "“%s”没有在labels.csv里登记", s)
	}
	w.bad = true
	return ""
}

func putArea(r *run, w *row) (bool, error) {
	code := w.text("code")
	parent := r.areas.find(w, "parent", w.text("parent"))
	a := network.Area{Code: code, Name: w.text("name"),
		ShortName: w.or("short_name", w.text("name")), NameEN: w.text("name_en"),
		Level: r.label(w, "level", "area_level"), ParentID: parent.ID, OpensOn: w.day("opens_on"),
		ClosesOn: w.day("closes_on"),
		TileRow:  w.int("tile_row"), TileCol: w.int("tile_col")}
	if _, known := r.areas.known[code]; !known {
		r.areas.expect(code)
	}
	if w.bad {
		return false, nil
	}
	a, changed, err := network.PutArea(r.tx, a)
	if err == nil {
		r.tree[a.ID] = a
		if newest, ok := r.areas.known[code]; !ok || newest.OpensOn <= a.OpensOn {
			r.areas.add(code, a)
		}
	}
	return changed, err
}

func putUnit(r *run, w *row) (bool, error) {
	code := w.text("code")
	r.units.find(w, "parent", w.text("parent"))
	u := network.Unit{Code: code, Name: w.text("name"), ShortName: w.or("short_name", w.text("name")),
		NameEN: w.text("name_en"), Kind: r.label(w, "kind", "unit_kind"),
		Parent: w.text("parent"), AreaID: r.areas.find(w, "area", w.text("area")).ID, Note: w.text("note"),
		OpensOn:  w.day("opens_on"),
		ClosesOn: w.day("closes_on"), Successor: w.text("successor"), Position: w.position}
	r.units.expect(code)
	if w.bad {
		return false, nil
	}
	changed, err := network.PutUnit(r.tx, u)
	if err == nil {
		r.units.add(code, u)
	}
	return changed, err
}

// putPost finds a person by name: within the same unit, then among the people of this file.
func putPost(r *run, w *row) (bool, error) {
	r.units.find(w, "unit", w.text("unit"))
	p := network.Post{Person: w.text("person"), Unit: w.text("unit"), Role: r.label(w, "role", "role"),
		OpensOn: w.day("opens_on"), ClosesOn: w.day("closes_on")}
	if w.bad {
		return false, nil
	}
	staff, err := network.Staff(r.tx, p.Unit, p.OpensOn)
	if err != nil {
		return false, err
	}
	for _, old := range staff {
		if old.Person != p.Person {
			continue
		}
		r.people[p.Person] = old.PersonID
		if old.Role == p.Role && old.OpensOn == p.OpensOn {
			return r.closePost(old, p.ClosesOn)
		}
	}
	if p.PersonID, err = r.person(network.Person{Name: p.Person, NameEN: w.text("name_en")}); err != nil {
		return false, err
	}
	if err := account.Apart(r.tx, p); err != nil {
		return false, err
	}
	_, err = network.AddPost(r.tx, p)
	return err == nil, err
}

func (r *run) closePost(old network.Post, day string) (bool, error) {
	switch {
	case old.ClosesOn == day:
		return false, nil
	case old.ClosesOn != "" || day == "":
		return false, errs.Conflictf("%s的这个岗位已在%s结束，不能再改", old.Person, old.ClosesOn)
	}
	return true, network.ClosePost(r.tx, old.ID, day)
}

func (r *run) person(p network.Person) (id string, err error) {
	if id := r.people[p.Name]; id != "" {
		return id, nil
	}
	p, err = network.AddPerson(r.tx, p)
	r.people[p.Name] = p.ID
	return p.ID, err
}
