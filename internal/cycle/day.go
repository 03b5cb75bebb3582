package cycle

// Days as they are kept, and how far they lie apart. Working days are package calendar's.

import "time"

const dayForm = time.DateOnly

// daysBetween is how many days lie from one day to another; 0 if one of them is none.
func daysBetween(from, to string) int {
	a, wrong := time.Parse(dayForm, from)
	b, err := time.Parse(dayForm, to)
	if wrong != nil || err != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}
