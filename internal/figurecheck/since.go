package figurecheck

import "strings"

// dated says whether a time stands between the word that opens the base f and f itself.
func (c *claimant) dated(f Figure) bool {
	for k := f.token - 1; k >= 0 && k > f.token-maxLook && c.tokens[k].start >= f.Clause.Start; k-- {
		t := c.tokens[k]
		if t.role&(from|compare|versus) != 0 {
			return false
		}
		if t.role&period != 0 || t.role == number && t.quantity.kind == Date {
			return true
		}
	}
	return false
}

// since finds what a change is measured from: a time, or another place.
func (c *claimant) since(f Figure, claim *Claim) {
	year := c.year
	if len(claim.Periods) > 0 {
		year, _ = yearOf(claim.Periods[0])
	}
	switch f.Base {
	case "":
		if claim.Base = c.farBase(f, year); len(claim.Base) > 0 {
			return
		}
		if first, last := yearsOf(f.Period); last > first { // 2016—2018年提高
			claim.Base, claim.Periods = years(first), years(last)
		} else if year > 0 && f.periodAt >= f.Sentence.Start { // 2017年提高, since the year before
			claim.Base = years(year - 1)
		}
		claim.Trust = min(claim.Trust, Likely)
		return
	case "同比", "上年", "上年同期", "去年", "去年同期", "上年末", "上一年":
		claim.Base = years(max(year-1, 0))
		return
	}
	if claim.Base, _ = c.when(f.Base, "", year); len(claim.Base) > 0 {
		return
	}
	word := strings.Trim(f.Base, " 的平均水平")
	if at, known := c.called[word]; known {
		claim.Against = c.places[at].Code
	} else if len([]rune(word)) == 2 && strings.ContainsAny(placeEnds, lastRune(word)) {
		claim.Against = c.upTo(c.area, lastRune(word))
	}
}

// yearsOf are the two years of a span: 2016—2018年.
func yearsOf(word string) (first, last int) {
	if first, _ = yearOf(word); first == 0 {
		return 0, 0
	}
	if runes := []rune(word); len(runes) > 5 {
		last, _ = yearOf(string(runes[4:]))
	}
	return first, last
}

// farBase is since when a change is measured, if brackets stand between: 比2016年（11.05%）提高5.45个百分点.
func (c *claimant) farBase(f Figure, year int) []string {
	for k := f.token - 1; k > 0 && k > f.token-maxLook && c.tokens[k].start >= f.Sentence.Start; k-- {
		t := c.tokens[k]
		if t.role&(compare|versus) != 0 {
			found, _ := c.when(string(c.page.folded[t.end:min(t.end+8, f.Start)]), "", year)
			return found
		}
		if t.role&mark != 0 {
			return nil
		}
	}
	return nil
}
