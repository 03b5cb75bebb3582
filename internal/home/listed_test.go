package home

// Open work that a card of its own module shows is not listed a second time.

import (
	"testing"

	"yipanqi/internal/module"
)

func TestOpenWorkIsShownOnce(t *testing.T) {
	p := UnitPage{Holds: []Open{{Kind: "letter", module: "letter"}, {Kind: "request", module: "request"}},
		About: []module.Card{{Module: "letter"}, {Module: "issue"}}}
	if all := p.Listed(); len(all) != 1 || all[0].Kind != "request" {
		t.Errorf("beside a card of letters the page lists %+v", all)
	}
}
