package flow

// How the limit of a thing stands today, as a lamp. Computed when read, never stored; part.DueLamp draws it.

import "time"

// Lamps: no limit runs; there is time; the day is near; it has passed; the clock is stopped.
const (
	Grey  = "grey"
	Green = "green"
	Blue  = "blue"
	Red   = "red"
	Pause = "pause"
)

// Near is how many days before its day a lamp turns blue, if the installation does not say otherwise.
const Near = 3

// Lamp is the lamp of a limit on a day; both days as 2024-03-15, dueOn "" for none.
func Lamp(dueOn, today string, near int) string {
	if dueOn == "" {
		return Grey
	}
	if dueOn < today {
		return Red
	}
	day, err := time.Parse(time.DateOnly, today)
	if err == nil && dueOn <= day.AddDate(0, 0, near).Format(time.DateOnly) {
		return Blue
	}
	return Green
}
