package network

// What becomes of units and their seats on the day of an adjustment; each step is journaled. Whether it may be is
// package change's business.

import (
	"cmp"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
)

// Seated gives a unit a seat in a body from a day on.
func Seated(tx *db.Tx, by auth.User, m Membership) error {
	m, _, err := PutMembership(tx, m)
	if err != nil {
		return err
	}
	return journal.Log(tx, by, "membership.open", m.Object(), map[string]string{"body": m.Body, "member": m.Member,
		"seat": string(m.Seat), "opens_on": m.OpensOn, "basis": m.Basis})
}

// Unseated ends a seat on a day.
func Unseated(tx *db.Tx, by auth.User, m Membership, day string) error {
	if err := endMembership(tx, m.ID, day); err != nil {
		return err
	}
	return journal.Log(tx, by, "membership.close", m.Object(), map[string]string{"body": m.Body, "member": m.Member,
		"closes_on": day})
}

// Renamed gives a unit another name from a day on; what it was called before stays known.
func Renamed(tx *db.Tx, code string, name, shortName, nameEN, day string) error {
	u, err := UnitByCode(tx, code)
	if err != nil {
		return err
	}
	if err := insertFormerName(tx, u, day); err != nil {
		return err
	}
	if u.Name, u.ShortName, u.NameEN = name, shortName, nameEN; shortName == "" {
		u.ShortName = name
	}
	_, err = PutUnit(tx, u)
	return err
}

// Succeeded ends a unit on a day. Its seats go to its heirs where they have none in the body yet: the given seat if
// there is one, else its own. The first heir is its successor.
func Succeeded(tx *db.Tx, by auth.User, code string, heirs []string, day, basis string, seat Seating) error {
	u, err := UnitByCode(tx, code)
	if err != nil {
		return err
	}
	seats, err := MembershipsOf(tx, code, day)
	if err != nil {
		return err
	}
	for _, m := range seats {
		if err := Unseated(tx, by, m, day); err != nil {
			return err
		}
		members, err := Members(tx, m.Body, day)
		if err != nil {
			return err
		}
		for _, heir := range heirs {
			if slices.ContainsFunc(members, func(other Membership) bool { return other.Member == heir }) {
				continue
			}
			if err := Seated(tx, by, Membership{Body: m.Body, Member: heir, Seat: cmp.Or(seat, m.Seat), OpensOn: day,
				Basis: basis, Position: m.Position}); err != nil {
				return err
			}
		}
	}
	u.ClosesOn, u.Successor = day, heirs[0]
	_, err = PutUnit(tx, u)
	return err
}

// Enact is PutRule of the office: the next version, journaled.
func Enact(tx *db.Tx, by auth.User, r Rule) error {
	if err := by.Check(VerbRule); err != nil {
		return err
	}
	r.Version = 0
	body, err := UnitByCode(tx, r.Body)
	if err != nil {
		return errs.In("body", err)
	}
	area, err := AreaByID(tx, body.AreaID)
	if err != nil {
		return err
	}
	if _, ok := by.Oversees(area.Path); !ok {
		return errs.In("body", errs.Missingf("没有找到这个机构，或者它不在您的工作范围内。"))
	}
	if _, err := PutRule(tx, r); err != nil {
		return err
	}
	return journal.Log(tx, by, VerbRule, "rule/"+r.Code, map[string]string{"title": r.Title, "body": r.Body,
		"in_force_on": r.InForceOn, "basis": r.Basis})
}
