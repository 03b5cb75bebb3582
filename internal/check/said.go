package check

import (
	"math/big"
	"strings"

	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
)

// said is a number of the data as people write it: 近5000件, 4000余个, 超过52%, 99%以上, 42.3万人; nearly 5,000 cases.
func said(r *big.Rat, decimals int, mark quantity.Mark, unit, unitEN string) progress.Both {
	unit = strings.TrimPrefix(normal(unit), "1")
	plain := quantity.Style{Decimals: decimals}.Format(r)
	return progress.Both{ZH: saidChinese(r, decimals, plain, mark, unit), EN: saidEnglish(plain, mark, unit, unitEN)}
}

func saidChinese(r *big.Rat, decimals int, number string, mark quantity.Mark, unit string) string {
	if decimals == 0 && r.Cmp(big.NewRat(10_000, 1)) >= 0 {
		for _, scale := range []struct {
			word   string
			digits int
		}{{"亿", 8}, {"万", 4}} {
			part := new(big.Rat).Quo(r, big.NewRat(pow10(scale.digits), 1))
			if short := quantity.Round(part, 2); part.Cmp(big.NewRat(1, 1)) >= 0 && shown(part, 2).Cmp(part) == 0 {
				number = trimZeros(short) + scale.word
				break
			}
		}
	}
	switch mark {
	case quantity.Nearly, quantity.About:
		return mark.Words() + number + unit
	case quantity.Over:
		if rates[unit] != nil {
			return "超过" + number + unit
		}
		return number + mark.Words() + unit
	}
	return number + unit + mark.Words()
}

func saidEnglish(number string, mark quantity.Mark, unit, unitEN string) string {
	before := map[quantity.Mark]string{quantity.Nearly: "nearly ", quantity.Over: "over ",
		quantity.AtLeast: "at least ", quantity.About: "about "}[mark]
	switch {
	case unit == "%" || unit == "‰" || strings.HasPrefix(unit, "/"):
		return before + number + unit
	case unit == "个百分点":
		return before + number + " percentage points"
	case unitEN != "":
		return before + quantity.Grouped(number) + " " + unitEN
	}
	return before + quantity.Grouped(number)
}
