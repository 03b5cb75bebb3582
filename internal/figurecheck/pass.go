package figurecheck

// What the search for a name passes over because it names nothing: who sent a text, labels of news, dates and spans of
// years. What may stand between a name and its number beside these is claim.go's.

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// sender is who sent what follows: 中湖晚报讯, 示范融媒消息（记者 王某）.
var sender = regexp.MustCompile(`^\p{Han}{2,10}(讯|电|消息|报道)(\([^()]{0,20}\))?[ :]`)

// sentBy is where the line at i says no more who sent it; i if it does not say so.
func (c *claimant) sentBy(i int) int {
	if i > 0 && c.page.at(i-1) != '\n' {
		return i
	}
	text := string(c.page.folded[i:min(i+maxCell, len(c.page.folded))])
	return i + utf8.RuneCountInString(sender.FindString(text))
}

// labelled is where the label in brackets ends that begins at i, 【动态】; it only says what kind of news follows.
func (c *claimant) labelled(i int) int {
	for end := i + 1; end < min(i+maxSubject/2, len(c.page.written)); end++ {
		switch r := c.page.written[end]; {
		case r == '】':
			return end + 1
		case !isIdeograph(r) || c.scopes.at(c.page, end).role&(doubt|target|male|female) != 0:
			return i + 1
		}
	}
	return i + 1
}

// passed is where the date or the ordinal that begins at i ends, or i.
func (c *claimant) passed(i int) int {
	if !isDigit(c.page.at(i)) && isIdeograph(c.page.at(i)) && chineseDigit(c.page.at(i)) < 0 &&
		chineseScale(c.page.at(i)) == 0 && c.page.at(i) != '第' {
		return i
	}
	at, there := slices.BinarySearchFunc(c.tokens, i, func(t token, i int) int { return t.start - i })
	if !there {
		return i
	}
	t := c.tokens[at]
	switch {
	case t.role != number:
	case t.quantity.kind == Date || t.quantity.kind == Ordinal:
		return t.end
	case t.quantity.unit == "年" && !c.mover(at).statistic: // 四年来提高
		if strings.ContainsRune("来间", c.page.at(t.end)) {
			return t.end + 1
		}
		return t.end
	}
	return i
}
