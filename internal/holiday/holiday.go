// Package holiday keeps the days off and made-up working days that the state announces year by year, as the office
// imported them, and shows them. What a limit comes to by them is package calendar's.
package holiday

import (
	"time"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// Table is the days off as imported, to count limits by.
func Table(tx *db.Tx) (calendar.Table, error) {
	return db.Remember(tx, tableKey{}, func(tx *db.Tx) (calendar.Table, error) {
		days, err := all(tx)
		return calendar.New(days), err
	})
}

type tableKey struct{}

// Due is when a limit that starts at an instant ends, by the days off as imported.
func Due(tx *db.Tx, from time.Time, l calendar.Limit) (calendar.Due, error) {
	t, err := Table(tx)
	return t.Due(from, l), err
}

// By is the last day of a limit that counts from a day, as the installation set it or as it is proposed; empty if the
// day is none.
func By(tx *db.Tx, day string, l flow.Limited) (string, error) {
	from, ok := calendar.Start(day)
	if !ok {
		return "", nil
	}
	now, err := l.InForce(tx)
	if err != nil {
		return "", err
	}
	due, err := Due(tx, from, now.Limit)
	return due.On, err
}

// weekdayWords are written beside days in files, so that a slip of the pen is found.
var weekdayWords = []say.Key{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// WeekdayWord is the Chinese word for the weekday of a day.
func WeekdayWord(day string) say.Key {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return weekdayWords[at.Weekday()]
}

// validate refuses what cannot be: weekday is what the file says of it, "" if nothing.
func validate(d calendar.Day, weekday string) error {
	fields := errs.Fields{}
	if weekday != "" && say.Key(weekday) != WeekdayWord(d.On) {
		fields.Say("weekday", "%s是%s，不是%s", d.On, WeekdayWord(d.On), weekday)
	}
	if !errs.WebAddress(d.Notice) {
		fields.Say("notice", "“%s”不是网址，请写成 https:// 或 http:// 开头的完整网址", d.Notice)
	}
	said, _ := calendar.Start(d.Announced)
	if on, _ := calendar.Start(d.On); on.Year() > said.Year()+1 {
		fields.Say("announced_on", "%s公布的通知不会安排%s：通知只安排当年和下一年", d.Announced, d.On)
	}
	return fields.Check("放假安排有误。")
}
