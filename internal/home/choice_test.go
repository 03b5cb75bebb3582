package home

// The board's address takes each lamp that there is, and no other.

import (
	"reflect"
	"strings"
	"testing"

	"yipanqi/internal/progress"
)

func TestTheBoardTakesEveryLamp(t *testing.T) {
	t.Parallel()
	field, _ := reflect.TypeFor[Choice]().FieldByName("Lamp")
	taken := map[string]bool{}
	for _, lamp := range strings.Split(field.Tag.Get("enum"), ",") {
		taken[lamp] = true
	}
	for _, lamp := range progress.Lamps() {
		if !taken[string(lamp)] {
			t.Errorf("/board?lamp=%s is refused", lamp)
		}
		delete(taken, string(lamp))
	}
	if len(taken) > 0 {
		t.Errorf("/board takes lamps that there are not: %v", taken)
	}
}
