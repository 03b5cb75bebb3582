package network

// What a user may ask for by its code. What they may not see is missing like what there is not.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

var unseen = errs.Missingf("没有找到这项内容。它可能已被删除，或者您没有查看权限。")

// SeenUnit is a unit of an area whose figures by may see.
func SeenUnit(tx *db.Tx, by auth.User, code string) (Unit, error) {
	unit, err := UnitByCode(tx, code)
	if err != nil {
		return unit, err
	}
	_, err = SeenArea(tx, by, unit.AreaID)
	return unit, err
}

// UnitURL is the page of a unit; empty if by may not look there.
func UnitURL(tx *db.Tx, by auth.User, unit Unit) (string, error) {
	area, err := AreaByID(tx, unit.AreaID)
	if err != nil || !by.SeesFigures(area.Path) || !by.Can("unit.read") {
		return "", err
	}
	return "/units/" + unit.Code, nil
}

// SeenArea is an area whose figures by may see.
func SeenArea(tx *db.Tx, by auth.User, id int64) (Area, error) {
	area, err := AreaByID(tx, id)
	if err == nil && !by.SeesFigures(area.Path) {
		return Area{}, unseen
	}
	return area, err
}

// seesUnit and seesRule say so of what has a page and no trail.
func seesUnit(tx *db.Tx, by auth.User, code string) error {
	_, err := SeenUnit(tx, by, code)
	return err
}

func seesRule(tx *db.Tx, by auth.User, code string) error {
	seen, err := seenRules(tx, by, func(r Rule) bool { return r.Code == code })
	if err == nil && (len(seen) == 0 || !by.Can("rule.read")) {
		err = unseen
	}
	return err
}
