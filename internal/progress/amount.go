package progress

// An amount as an argument of a sentence; how it is written in either language is web_words.go's.

import (
	"yipanqi/internal/indicator"
	"yipanqi/internal/quantity"
)

// amount is a value of the indicator as a sentence says it: 4000余个, over 4000. Where apart is set it is how far two
// of them are apart: 3.74个百分点.
type amount struct {
	of     indicator.Indicator
	number string
	mark   quantity.Mark
	apart  bool
}

func (v Value) amount() amount { return amount{of: v.Indicator, number: v.Plain(), mark: v.Mark} }
