package holiday

// The file of days off and made-up working days.

import (
	"yipanqi/internal/calendar"
	"yipanqi/internal/intake"
)

// Files are those that days off are imported from.
func Files() []intake.File {
	return []intake.File{{Path: "holidays.csv", Title: "放假安排", Columns: "date*=日期 weekday=星期 holiday_zh*=节日 " +
		"holiday_en=英文名 kind*=类别（放假、上班） announced_on*=公布日期 notice*=通知（网址） note=说明",
		Help: "只写通知点名的日子，周末不用写；后来的通知改了同一天，另写一行，按公布日期在后的算",
		Key:  "date announced_on", Row: take}}
}

func take(r *intake.Run, w *intake.Row) (bool, error) {
	d := calendar.Day{On: w.Day("date"), Name: w.Text("holiday_zh"), NameEN: w.Text("holiday_en"),
		Off:       intake.Word(w, "kind", map[string]bool{"放假": true, "上班": false, "off": true, "work": false}),
		Announced: w.Day("announced_on"), Notice: w.Address("notice"), Note: w.Text("note")}
	if w.Bad() {
		return false, nil
	}
	return Put(r.Tx, d, w.Text("weekday"))
}
