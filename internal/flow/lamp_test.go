package flow_test

// What colour a limit has on which day; how the day is found: package calendar.

import (
	"testing"

	"yipanqi/internal/flow"
)

func TestLamp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ due, today, want string }{
		{"", "2024-03-15", flow.Grey},
		{"2024-03-14", "2024-03-15", flow.Red},
		{"2024-03-15", "2024-03-15", flow.Blue}, // the day itself is in time
		{"2024-03-18", "2024-03-15", flow.Blue},
		{"2024-03-19", "2024-03-15", flow.Green},
		{"2024-03-01", "2024-02-27", flow.Blue}, // over the end of a leap February
		{"2024-03-02", "2024-02-27", flow.Green},
	} {
		if got := flow.Lamp(c.due, c.today, flow.Near); got != c.want {
			t.Errorf("due %s on %s is %s, want %s", c.due, c.today, got, c.want)
		}
	}
}
