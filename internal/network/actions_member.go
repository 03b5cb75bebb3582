package network

// What becomes of units and their seats on the day of an adjustment; each step is journaled. Whether it may be is
// package change's business.

import (
	"cmp"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
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
	if err := r.keeps(tx, by); err != nil {
		return errs.In("body", err)
	}
	if _, err := PutRule(tx, r); err != nil {
		return err
	}
	return journal.Log(tx, by, VerbRule, "rule/"+r.Code, map[string]string{"title": r.Title, "body": r.Body,
		"in_force_on": r.InForceOn, "basis": r.Basis})
}

// keeps says whether by works in the office that keeps the rule.
func (r Rule) keeps(tx *db.Tx, by auth.User) error {
	path, err := pathOf(tx, r.Body)
	if err != nil {
		return err
	}
	if _, ok := by.Oversees(path); !ok {
		return errs.Missingf("没有找到这个机构，或者它不在您的工作范围内。")
	}
	return nil
}

// Repeal ends a rule on a day without another in its place; what was in force until then stays readable.
func Repeal(tx *db.Tx, by auth.User, code, day, basis string) error {
	if err := by.Check(VerbRule); err != nil {
		return err
	}
	versions, err := RulesOf(tx, code)
	if err != nil {
		return err
	}
	if len(versions) == 0 || versions[0].keeps(tx, by) != nil {
		return errs.Missingf("没有找到这项制度，或者它不在您的工作范围内。")
	}
	newest := versions[0]
	f := errs.Fields{}
	switch {
	case !calendar.IsDay(day):
		f.Say("repealed_on", "请填废止日期，例如 2024-03-31。")
	case day <= newest.InForceOn:
		f.Say("repealed_on", "废止日期须在施行日%s之后。", newest.InForceOn)
	}
	required(f, "basis", basis)
	if err := f.Check("没有保存：请先改正标出的地方。"); err != nil {
		return err
	}
	if newest.RepealedOn != "" {
		return errs.Conflictf("这项制度已定于%s废止。", newest.RepealedOn)
	}
	newest.RepealedOn = day
	if _, err := PutRule(tx, newest); err != nil {
		return err
	}
	return journal.Log(tx, by, VerbRule, "rule/"+code, map[string]string{"title": newest.Title, "body": newest.Body,
		"repealed_on": day, "basis": basis})
}
