package exchange

// Days off and made-up working days, row by row.

import (
	"yipanqi/internal/calendar"
	"yipanqi/internal/holiday"
)

func putHoliday(r *run, w *row) (bool, error) {
	d := calendar.Day{On: w.day("date"), Name: w.text("holiday_zh"), NameEN: w.text("holiday_en"),
		Off:       word(w, "kind", map[string]bool{"放假": true, "上班": false, "off": true, "work": false}),
		Announced: w.day("announced_on"), Notice: w.address("notice"), Note: w.text("note")}
	if w.bad {
		return false, nil
	}
	return holiday.Put(r.tx, d, w.text("weekday"))
}
