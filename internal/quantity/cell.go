package quantity

import (
	"regexp"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
)

var (
	number  = regexp.MustCompile(`^-?(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$`)
	grouped = regexp.MustCompile(`^-?[\d,]+(?:\.\d+)?$`)
)

// affixes are the words around a number that carry its mark, before it or after it.
var affixes = [...]struct {
	before, after string
	mark          Mark
}{
	{"近", "", Nearly}, {"超过", "", Over}, {"", "余", Over}, {"", "以上", AtLeast}, {"约", "", About},
	{"", "左右", About}, {"保密", "", Confidential},
}

// maxDigits keeps |value| below 10^15, so that sums of many stay exact in 64 bits.
const maxDigits = 15

// ParseCell reads a cell as typed, into the smallest unit of an element with so many decimals. Full-width characters
// and thousands commas are read as what they mean. An excess decimal is refused, never rounded. The error is
// errs.Invalid and says what to type.
func ParseCell(text string, decimals int) (value int64, mark Mark, err error) {
	text = strings.TrimSpace(halfWidth(text))
	switch text {
	case "":
		return 0, Empty, nil
	case "不适用":
		return 0, NotApplicable, nil
	case "暂缺":
		return 0, Pending, nil
	case "保密":
		return 0, Confidential, errs.Invalidf("保密的数也要填，只是不公开，例如：保密 12")
	}
	for _, a := range affixes {
		inner, before := strings.CutPrefix(text, a.before)
		inner, after := strings.CutSuffix(inner, a.after)
		if before && after {
			text, mark = strings.TrimSpace(inner), a.mark
			break
		}
	}
	value, err = parseNumber(text, decimals)
	return value, mark, err
}

func parseNumber(text string, decimals int) (int64, error) {
	found := number.FindStringSubmatch(text)
	if found == nil {
		if grouped.MatchString(text) && strings.Contains(text, ",") {
			return 0, errs.Invalidf("千分位逗号的位置不对，请去掉逗号，例如 1234")
		}
		return 0, errs.Invalidf("请填数字，例如 1234")
	}
	whole, fraction := strings.ReplaceAll(found[1], ",", ""), found[2]
	if len(fraction) > decimals {
		if decimals == 0 {
			return 0, errs.Invalidf("小数位太多：本项只填整数")
		}
		return 0, errs.Invalidf("小数位太多：本项最多%d位小数", decimals)
	}
	all := strings.TrimLeft(whole+fraction, "0") + strings.Repeat("0", decimals-len(fraction))
	if len(all) > maxDigits {
		return 0, errs.Invalidf("数太大，请核对单位")
	}
	value, _ := strconv.ParseInt("0"+all, 10, 64)
	if text[0] == '-' {
		value = -value
	}
	return value, nil
}

// halfWidth turns full-width characters (１２．５，　) and the minus sign U+2212 into their ASCII twins.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　', r == '\u00a0':
			return ' '
		case r == '−':
			return '-'
		}
		return r
	}, s)
}
