package meeting

// Meetings as a calendar: a month as a page, and all that are to come as one file for a mail program or a phone.

import (
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/holiday"
	"yipanqi/internal/web"
)

func calendarRoutes(m *web.Mux) {
	web.View(m, "GET /meetings/calendar 看一个月的会议日程", VerbRead, showCalendar, calendarPage)
	web.View(m, "GET /meetings/calendar/ics 下载会议日程", VerbRead, calendarsFile, nil)
}

type calendarInput struct {
	Month string `json:"month" doc:"Month, such as 2024-03; this one if it is not said."`
}

// calendarDay is a day with the meetings that begin on it, or go on.
type calendarDay struct {
	Day      string         `json:"day"`
	Off      bool           `json:"off,omitempty"`
	Outside  bool           `json:"outside,omitempty"` // of the month before or after
	Meetings []calendarLine `json:"meetings"`
}

// calendarLine is a meeting on a day.
type calendarLine struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	State State  `json:"state"`
	Time  string `json:"time,omitempty"` // when it begins; empty on the days after
	Place string `json:"place,omitempty"`
}

type calendarData struct {
	Month   string        `json:"month"`
	Before  string        `json:"before"`
	After   string        `json:"after"`
	Days    []calendarDay `json:"days"` // whole weeks, from a Monday
	today   string
	next    string // of a month without meetings: the one of the next meeting; empty if none is announced
	mayPlan bool
}

const monthly = "2006-01"

func showCalendar(r *web.Request, in calendarInput) (d calendarData, err error) {
	d.today = r.Tx.Today()
	if in.Month == "" {
		in.Month = d.today[:7]
	}
	first, err := time.ParseInLocation(monthly, in.Month, db.China)
	if err != nil || first.Year() < 1949 || first.Year() > 2199 {
		return d, errs.Fields{"month": {Key: "月份请写成2024-03。"}}.Check("月份请写成2024-03。")
	}
	d.Month, d.Before = in.Month, first.AddDate(0, -1, 0).Format(monthly)
	d.After = first.AddDate(0, 1, 0).Format(monthly)
	from := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	until := first.AddDate(0, 1, 0)
	for until.Weekday() != time.Monday {
		until = until.AddDate(0, 0, 1)
	}
	off, err := holiday.Table(r.Tx)
	if err != nil {
		return d, err
	}
	meetings, err := seenBetween(r, from, until)
	if err != nil {
		return d, err
	}
	for at := from; at.Before(until); at = at.AddDate(0, 0, 1) {
		text := at.Format(time.DateOnly)
		day := calendarDay{Day: text, Off: off.Off(text), Outside: text[:7] != in.Month, Meetings: []calendarLine{}}
		for _, m := range meetings {
			if text < m.Day() || text > dayOf(m.Ends) {
				continue
			}
			line := calendarLine{ID: m.ID, Title: m.Title, State: m.State, Place: m.Place}
			if text == m.Day() {
				line.Time = clock(m.Starts)[11:]
			}
			day.Meetings = append(day.Meetings, line)
		}
		d.Days = append(d.Days, day)
	}
	d.mayPlan = r.User.Can(VerbDraft)
	if d.none() {
		next, err := seenBetween(r, first.AddDate(0, 1, 0), first.AddDate(5, 0, 0))
		if err != nil || len(next) == 0 {
			return d, err
		}
		d.next = next[0].Day()[:7]
	}
	return d, nil
}

// seenBetween are the meetings of a span of time that the reader sees, but for those that were called off, by time.
func seenBetween(r *web.Request, from, until time.Time) (seen []Meeting, err error) {
	all, err := between(r.Tx, from.UTC(), until.UTC())
	for _, m := range all {
		if _, err := Read(r.Tx, r.User, m.ID); errs.KindOf(err) == errs.Missing {
			continue
		} else if err != nil {
			return nil, err
		}
		seen = append(seen, m)
	}
	return seen, err
}

// calendarsFile is what the reader is asked to or holds, of the last month and all that is to come.
func calendarsFile(r *web.Request, _ struct{}) (f web.File, err error) {
	units, err := unitNames(r.Tx, r.User)
	if err != nil {
		return f, err
	}
	meetings, err := seenBetween(r, r.Tx.Now.AddDate(0, -1, 0), r.Tx.Now.AddDate(5, 0, 0))
	if err != nil {
		return f, err
	}
	body := Calendar("PUBLISH", func(b *strings.Builder) {
		for _, m := range meetings {
			m.event(b, r.Site+m.URL(), units[m.Host].Name)
		}
	})
	return web.File{Name: "meetings.ics", MediaType: "text/calendar; charset=utf-8", Body: body}, nil
}
