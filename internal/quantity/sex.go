package quantity

// Codes of sex by GB/T 2261.1 and their words; the total is no sex.

import (
	"strconv"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Codes of GB/T 2261.1. A total is not a sex: SexTotal is "_T" (SDMX) at the edges, and is stored only for an element
// that is not reported by sex.
const (
	SexTotal       = -1
	SexUnknown     = 0
	SexMale        = 1
	SexFemale      = 2
	SexUnspecified = 9
)

// SexCode is the code at the edges: _T, 0, 1, 2 or 9.
func SexCode(sex int) string {
	if sex == SexTotal {
		return "_T"
	}
	return strconv.Itoa(sex)
}

// SexWords are the Chinese words for a code.
func SexWords(sex int) say.Key {
	switch sex {
	case SexTotal:
		return "合计"
	case SexMale:
		return "男"
	case SexFemale:
		return "女"
	case SexUnspecified:
		return "未说明的性别"
	}
	return "未知的性别"
}

// ParseSex reads a code at the edges; "" is the total.
func ParseSex(code string) (int, error) {
	switch code {
	case "", "_T":
		return SexTotal, nil
	case "0", "1", "2", "9":
		return strconv.Atoi(code)
	}
	return 0, errs.Invalidf("性别代码“%s”不对：合计是 _T，男是 1，女是 2。", code)
}
