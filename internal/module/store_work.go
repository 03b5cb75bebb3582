package module

// Whose work a measure counts, as a condition of SQL. What is counted is the modules' business.

import (
	"fmt"
	"slices"

	"yipanqi/internal/db"
)

// Work is what measures count: a year's, of all units or of those that a reader asks for.
type Work struct {
	Year  int      // 0: all years
	Units []string // codes; nil: all
}

// Of says whether the work of a unit counts.
func (w Work) Of(unit string) bool { return w.Units == nil || slices.Contains(w.Units, unit) }

// Days are the first and the last of the year.
func (w Work) Days() (first, last string) {
	if w.Year == 0 {
		return "0001-01-01", "9999-12-31"
	}
	return fmt.Sprintf("%04d-01-01", w.Year), fmt.Sprintf("%04d-12-31", w.Year)
}

// In says whether a day is in the year.
func (w Work) In(day string) bool {
	first, last := w.Days()
	return first <= day && day <= last
}

// Keys are the units as a parameter of Counts.
func (w Work) Keys() string {
	if w.Units != nil && len(w.Units) == 0 {
		return db.Texts([]string{""})
	}
	return db.Texts(w.Units)
}

// Counts is the condition that the work of the unit in a column counts; n is the parameter that Keys fills.
func Counts(column string, n int) string {
	return fmt.Sprintf(`(NOT EXISTS (SELECT 1 FROM json_each($%[2]d) j)
		OR %[1]s IN (SELECT j.key FROM json_each($%[2]d) j))`, column, n)
}
