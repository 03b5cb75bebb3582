// Package calendar counts the days of a limit: days, working days, months, hours, by the table of days off that the
// state announces year by year. It knows neither where the table is kept (package holiday) nor what the time is: every
// count starts from an instant that it is given.
package calendar

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Zone is the time zone of all days: China has one, UTC+8, no summer time.
var Zone = time.FixedZone("CST", 8*60*60)

// Day is what a notice says of one day: off, or worked although it is a weekend. A later notice may say otherwise of
// the same day; both stay.
type Day struct {
	On        string `json:"date"`
	Off       bool   `json:"off"`
	Name      string `json:"name"`
	NameEN    string `json:"name_en,omitempty"`
	Announced string `json:"announced_on"`
	Notice    string `json:"notice"` // its address
	Note      string `json:"note,omitempty"`
}

// Table is the days off and the days made up for them, as far as they are announced. The zero Table knows weekends
// alone.
type Table struct {
	days      map[string]Day // the latest notice of each day
	announced map[int]bool   // years that a notice is for
	all       []Day
}

// New makes the table. A notice is for the year of the last day that it names: that for 2019 also sets the last days of
// 2018. One that comes in the course of a year and leaves its first days alone changes some of it; whether the year's
// own notice is there it does not say.
func New(days []Day) Table {
	t := Table{days: map[string]Day{}, announced: map[int]bool{}, all: slices.Clone(days)}
	slices.SortFunc(t.all, func(a, b Day) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Announced, b.Announced))
	})
	type notice struct{ address, announced string }
	first, last := map[notice]string{}, map[notice]string{}
	for _, d := range t.all { // by day, the latest notice last
		t.days[d.On] = d
		n := notice{d.Notice, d.Announced}
		if last[n] = d.On; first[n] == "" {
			first[n] = d.On
		}
	}
	for n, day := range last {
		year := day[:len("2018")]
		if n.announced < year || first[n] <= year+"-01-03" {
			t.announced[yearOf(day)] = true
		}
	}
	return t
}

// AsOf is the table as it was known on a day: what was announced later is not in it.
func (t Table) AsOf(day string) Table {
	return New(slices.DeleteFunc(slices.Clone(t.all), func(d Day) bool { return d.Announced > day }))
}

// Year is what all notices say of the days of a year, in order; a day on which a later notice says otherwise stands
// there more than once, the one that holds last.
func (t Table) Year(year int) (days []Day) {
	for _, d := range t.all {
		if yearOf(d.On) == year {
			days = append(days, d)
		}
	}
	return days
}

// Holds says whether d is what holds for its day, and not replaced by a later notice.
func (t Table) Holds(d Day) bool { return t.days[d.On] == d }

// Years are those that a notice is for, in order.
func (t Table) Years() []int { return slices.Sorted(maps.Keys(t.announced)) }

// Gaps are the years between the first and the last that no notice is for.
func (t Table) Gaps() (gaps []int) {
	years := t.Years()
	for i := 1; i < len(years); i++ {
		for year := years[i-1] + 1; year < years[i]; year++ {
			gaps = append(gaps, year)
		}
	}
	return gaps
}

// Announced says whether a notice for the year is in the table.
func (t Table) Announced(year int) bool { return t.announced[year] }

// Off says whether a day is off: by the latest notice that names it, else by its weekday.
func (t Table) Off(day string) bool {
	if d, named := t.days[day]; named {
		return d.Off
	}
	at, err := time.Parse(time.DateOnly, day)
	return err == nil && (at.Weekday() == time.Saturday || at.Weekday() == time.Sunday)
}

// unknown adds the years whose notice could still change a day and is not in the table. The last week of December is
// set by the notice for the next year: 29 December 2018 was made a working Saturday by that for 2019.
func (t Table) unknown(years []int, day string) []int {
	ask := []int{yearOf(day)}
	if day[len("2018-"):] >= "12-25" {
		ask = append(ask, yearOf(day)+1)
	}
	for _, year := range ask {
		if !t.announced[year] && !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	return years
}

func yearOf(day string) int {
	at, _ := time.Parse(time.DateOnly, day) // a Day has one
	return at.Year()
}
