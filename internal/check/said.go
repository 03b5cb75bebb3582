package check

// Numbers of the data as a text would write them, 42.3万人 and over 52%, so that the expected one can be copied.

import (
	"math/big"

	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// said is a number of the data as people write it: 近5000件, 4000余个, 超过52%, 99%以上, 42.3万人; nearly 5,000 cases.
func said(r *big.Rat, decimals int, mark quantity.Mark, unit, unitEN string) say.Name {
	number := quantity.Style{Decimals: decimals}.Format(r)
	english := quantity.Grouped(number)
	if decimals == 0 {
		number = short(r, number)
	}
	return say.Name{ZH: quantity.Measured(number, mark, unit).String(),
		EN: quantity.MeasuredEN(english, mark, quantity.UnitEN(unit, unitEN)).String()}
}

// measured is a number that a text should say, in the text's own unit.
func measured(number, unit string) say.Name {
	return say.Name{ZH: quantity.Measured(number, quantity.Exact, unit).String(),
		EN: quantity.MeasuredEN(number, quantity.Exact, quantity.UnitEN(unit, "")).String()}
}

// short writes ten thousand and more in 万 or 亿 where two decimals hold it.
func short(r *big.Rat, number string) string {
	for _, scale := range []struct {
		word   string
		digits int
	}{{"亿", 8}, {"万", 4}} {
		part := new(big.Rat).Quo(r, big.NewRat(pow10(scale.digits), 1))
		if text := quantity.Round(part, 2); part.Cmp(big.NewRat(1, 1)) >= 0 && shown(part, 2).Cmp(part) == 0 {
			return trimZeros(text) + scale.word
		}
	}
	return number
}
