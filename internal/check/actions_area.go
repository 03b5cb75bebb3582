package check

// Saying which area a text is about whose words name none, for one text or for all of a unit. Nothing is guessed here.

import (
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
)

// SetArea says which area the whole text is about where its words name none; "" leaves it to the words again. With
// remember it is the default of the user's unit from now on.
func SetArea(tx *db.Tx, by auth.User, c Check, remember bool) error {
	was, err := Get(tx, by, c.ID)
	if err != nil {
		return err
	}
	if err := mayChoose(tx, by, c.Area); err != nil {
		return err
	}
	if err := putArea(tx, c); err != nil {
		return err
	}
	err = journal.Log(tx, by, "check.area", "check/"+c.ID, map[string]string{"from": was.Area, "to": c.Area})
	if err == nil && remember {
		err = SetDefaultArea(tx, by, c.Area)
	}
	return err
}

// SetYear says which year the whole text tells of where its words name no time; 0 leaves it to the words again.
func SetYear(tx *db.Tx, by auth.User, c Check) error {
	was, err := Get(tx, by, c.ID)
	if err != nil {
		return err
	}
	if !sensible(c.Year) {
		return errs.Fields{"year": say.New(wrongYear)}.Check("没有核对：请先改正标出的地方。")
	}
	if err := putYear(tx, c); err != nil {
		return err
	}
	return journal.Log(tx, by, "check.area", "check/"+c.ID, map[string]string{"from": strconv.Itoa(was.Year),
		"to": strconv.Itoa(c.Year)})
}

// SetDefaultArea keeps the area that the texts of the user's unit are about unless they say otherwise; "" forgets it.
func SetDefaultArea(tx *db.Tx, by auth.User, area string) error {
	if len(by.Posts) == 0 {
		return errs.Deniedf("您没有在任岗位，不能为单位选定地区。")
	}
	if err := mayChoose(tx, by, area); err != nil {
		return err
	}
	unit := by.Posts[0].Unit
	if err := putDefaultArea(tx, unit, area, by.Name); err != nil {
		return err
	}
	return journal.Log(tx, by, "check.area", "unit/"+unit, map[string]string{"to": area})
}

// mayChoose says whether a text may be said to be about the area: one whose figures the user may read.
func mayChoose(tx *db.Tx, by auth.User, area string) error {
	if area == "" {
		return nil
	}
	_, err := Text(tx, SeenBy(by), "", area, 0)
	return err
}
