package score_test

// Points exactly, totals that are open while a score is missing, and the order of those that are not.

import (
	"testing"

	"yipanqi/internal/score"
)

func TestPoints(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"12.5": "12.5", "20": "20", " 0.1 ": "0.1", "0": "0", "1000": "1000"} {
		if got, ok := score.Points(text); !ok || got.String() != want {
			t.Errorf("%q is %s, %t, want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "x", "-1", "1.25", "10001", "1e3", "一"} {
		if got, ok := score.Points(text); ok {
			t.Errorf("%q is taken as %s", text, got)
		}
	}
}

func TestOpenTotalsHaveNoPlace(t *testing.T) {
	t.Parallel()
	of := func(unit string, sum score.Tenths, open bool) score.Placed {
		return score.Placed{Subject: unit, Total: score.Total{Sum: sum, Open: open}}
	}
	got := score.Order([]score.Placed{of("a", 900, true), of("b", 800, false), of("c", 850, false), of("d", 800, false),
		of("e", 700, false)})
	want := []struct {
		unit  string
		place int
	}{{"c", 1}, {"b", 2}, {"d", 2}, {"e", 4}, {"a", 0}}
	for n, w := range want {
		if got[n].Subject != w.unit || got[n].Place != w.place {
			t.Errorf("number %d is %s in place %d, want %s in %d", n+1, got[n].Subject, got[n].Place, w.unit, w.place)
		}
	}
}
