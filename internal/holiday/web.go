package holiday

// The page of a year's days off, with the notices that set them.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
)

// Routes serves the page of the days off.
func Routes(m *web.Mux) {
	web.View(m, "GET /holidays 看一年的节假日和调休", "holiday.read", show, showPage)
}

type showInput struct {
	Year string `json:"year"` // this year if empty
}

type showData struct {
	Year      int      `json:"year"`
	Announced bool     `json:"announced"` // a notice for the year is there
	Years     []int    `json:"years"`     // that notices are for
	Gaps      []int    `json:"gaps"`      // years between them without one
	Days      []listed `json:"days"`
	Off       int      `json:"days_off"`  // announced days off
	Made      int      `json:"days_made"` // weekends that are worked
	choices   []int
}

// listed is what a notice says of a day.
type listed struct {
	calendar.Day
	Replaced bool `json:"replaced,omitempty"` // a later notice says otherwise
}

func show(r *web.Request, in showInput) (d showData, err error) {
	t, err := Table(r.Tx)
	if err != nil {
		return d, err
	}
	d.Year, _ = strconv.Atoi(r.Tx.Today()[:4]) // a day has a year
	this := d.Year
	if in.Year != "" {
		if d.Year, err = strconv.Atoi(in.Year); err != nil || d.Year < period.FirstYear || d.Year > period.LastYear {
			return d, errs.Fields{"year": say.New("“%s”不是年份，请填%d至%d之间的年份，例如 2018", in.Year,
				period.FirstYear, period.LastYear)}.Check("没有这一年。")
		}
	}
	d.Announced, d.Years, d.Gaps, d.Days = t.Announced(d.Year), t.Years(), t.Gaps(), []listed{}
	d.Years, d.Gaps = append([]int{}, d.Years...), append([]int{}, d.Gaps...)
	for _, day := range t.Year(d.Year) {
		d.Days = append(d.Days, listed{day, !t.Holds(day)})
		switch {
		case !t.Holds(day):
		case day.Off:
			d.Off++
		case WeekdayWord(day.On) == weekdayWords[0] || WeekdayWord(day.On) == weekdayWords[6]:
			d.Made++
		}
	}
	d.choices = append(slices.Concat(d.Years, d.Gaps), this, this+1, d.Year)
	slices.Sort(d.choices)
	d.choices = slices.Compact(d.choices)
	return d, nil
}

// Table is the year's days under the Chinese heads of the import file, so that it can be mended and imported again.
func (d showData) Table(context.Context) table.Table {
	t := table.Table{Name: "holidays-" + strconv.Itoa(d.Year), Columns: []table.Column{{Name: "日期"},
		{Name: "星期", Words: true}, {Name: "节日"}, {Name: "英文名"}, {Name: "类别", Words: true}, {Name: "公布日期"},
		{Name: "通知"}, {Name: "说明"}}}
	for _, day := range d.Days {
		t.Rows = append(t.Rows, []string{day.On, string(WeekdayWord(day.On)), day.Name, day.NameEN,
			string(day.kindWord()),
			day.Announced, day.Notice, day.Note})
	}
	return t
}

func (d listed) kindWord() say.Key {
	if d.Off {
		return "放假"
	}
	return "上班"
}
