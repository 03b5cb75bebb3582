package notice

// What stands on the page of a thing of who was reminded of it: the same list everywhere, below the thing's trail.

import (
	"cmp"
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Told are the reminders of the things of a kind of object, for trail.Place.
func Told(kind string) func(*db.Tx, auth.User, string) ([]trail.Told, error) {
	return func(tx *db.Tx, _ auth.User, id string) ([]trail.Told, error) { return Of(tx, kind+"/"+id) }
}

// Of lists who was told of objects or parts of them, and when: oldest first.
func Of(tx *db.Tx, objects ...string) (lines []trail.Told, err error) {
	var all []told
	for _, object := range objects {
		some, err := toldUnder(tx, object)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	if len(all) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(all, func(a, b told) int { return cmp.Compare(a.ID, b.ID) })
	roles, err := network.Labels(tx, "role")
	if err != nil {
		return nil, err
	}
	for _, n := range all {
		u, err := network.UnitByCode(tx, n.Unit)
		if errs.KindOf(err) == errs.Missing {
			u.Name = n.Unit // what is left of a unit that was taken out
		} else if err != nil {
			return nil, err
		}
		role := roles[n.Role]
		when, _ := ParseWhen(n.Rung) // the program wrote it
		lines = append(lines, trail.Told{On: n.ToldOn, Role: role.Name, RoleEN: role.NameEN, Unit: u.Name,
			UnitEN: u.NameEN, Step: n.Step, DueOn: n.DueOn, Rung: n.Rung, Ended: n.Ended,
			Words: say.New("%s提醒%s的%s（%s）", date(n.ToldOn), say.Name{ZH: u.Name, EN: u.NameEN},
				say.Name{ZH: role.Name, EN: role.NameEN}, when.words())})
	}
	return lines, nil
}

// date is a day as people write it.
type date string

// In is the date in lang.
func (d date) In(lang string) string {
	at, err := time.Parse(time.DateOnly, string(d))
	switch {
	case err != nil:
		return string(d)
	case lang == "en":
		return at.Format("2 January 2006")
	}
	return at.Format("2006年1月2日")
}
