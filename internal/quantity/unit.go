package quantity

// This file writes a number together with its mark and its unit, in Chinese and in English. It is the only place that
// knows which unit is glued to a number, which needs a space and which stands in brackets.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Written is a number with its unit, in the pieces that a page may set differently; String is the whole. Unit starts
// with the space that it needs.
type Written struct{ Before, Number, Unit, After string }

func (w Written) String() string { return w.Before + w.Number + w.Unit + w.After }

// Measured writes them as Chinese does: 16.5%, 近5000件, 4000余个, 超过52%, 99%以上, 8.17/10万, 3.5 km²,
// 110.5（女孩=100）.
func Measured(number string, mark Mark, unit string) Written {
	word := ""
	switch {
	case mark == Over && overBefore(number, unit):
		word = "超过"
	case mark > Exact && mark <= About:
		word = mark.Words()
	}
	return chinese(number, word, unit)
}

// overBefore: 余 follows a whole number that is counted, or one in 万; before anything else 超过 says the same.
func overBefore(number, unit string) bool {
	scaled := strings.HasSuffix(number, "万") || strings.HasSuffix(number, "亿")
	return strings.Contains(number, ".") && !scaled || unit != "" && joint(unit) != counted
}

func chinese(number, qualifier, unit string) Written {
	w := Written{Number: number, Unit: unit}
	switch qualifier {
	case "近", "约", "超过":
		w.Before = qualifier
	case "余":
		w.Number += qualifier
	default:
		w.After = qualifier
	}
	switch joint(unit) {
	case per:
		w.Unit = strings.TrimPrefix(unit, "1")
	case spaced:
		w.Unit = " " + unit
	case bracketed:
		w.Number, w.Unit, w.After = w.Number+w.After, "（"+unit+"）", ""
	}
	return w
}

// joints are the ways in which a unit stands with its number.
const (
	counted   = iota // 件 人 元/月: right after it
	sign             // % ‰ ℃: right after it, in any language
	per              // 1/10万: the number takes the place of the 1
	spaced           // km² kg: a space between
	bracketed        // 每10万人, 女孩=100: would run into the number
)

func joint(unit string) int {
	first, _ := utf8.DecodeRuneInString(unit)
	switch {
	case strings.HasPrefix(unit, "1/"), first == '/':
		return per
	case unit == "", strings.ContainsRune("%‰‱℃°′″％", first):
		return sign
	case strings.ContainsAny(unit, "=＝:："), unicode.IsDigit(first), strings.Contains(unit, "分之"),
		first == '每', first == '以':
		return bracketed
	case first < utf8.RuneSelf, !unicode.Is(unicode.Han, first):
		return spaced
	}
	return counted
}

// MeasuredEN writes them as English does: 16.5%, nearly 5,000 cases, over 52%, at least 99%, 8.17 per 100,000.
func MeasuredEN(number string, mark Mark, unit string) Written {
	w := Written{Number: number, Unit: unit, Before: map[Mark]string{Nearly: "nearly ", Over: "over ",
		AtLeast: "at least ", About: "about "}[mark]}
	switch joint(unit) {
	case sign:
	case per:
		w.Unit = strings.TrimPrefix(unit, "1")
	case bracketed:
		w.Unit = " (" + unit + ")"
	default:
		w.Unit = " " + unit
		if one := strings.TrimSuffix(unit, "s"); number == "1" && !strings.HasSuffix(one, "s") {
			w.Unit = " " + one
		}
	}
	return w
}

// UnitEN is a unit's English: its own, or that of a common one; nothing for what only Chinese counts with, as 个.
func UnitEN(zh, en string) string {
	if en != "" {
		return en
	}
	if common, ok := commonUnits[zh]; ok {
		return common
	}
	return zh
}

var commonUnits = map[string]string{"个": "", "家": "", "座": "", "所": "", "处": "", "项": "",
	"人": "persons", "名": "persons", "人次": "person-times", "件": "cases", "元": "yuan", "岁": "years",
	"天": "days", "年": "years", "场": "events", "册": "books", "平方米": "m²", "周岁": "years",
	"元/月":  "yuan a month",
	"个百分点": "percentage points", "个千分点": "per mille points", "1/10万": "per 100,000", "1/万": "per 10,000"}

// Points is the unit of a difference of two values: 百分点 of percentages, so that nobody takes it for a share of the
// earlier one.
func Points(unit string) string {
	switch unit {
	case "%", "％":
		return "个百分点"
	case "‰":
		return "个千分点"
	}
	return unit
}

// Readable writes a long whole number of the unit as Chinese does, without rounding anything away: 40亿 and 2154.2万.
// What is counted in 万元 keeps its number.
func Readable(number, unit string) string {
	r, decimals, ok := Decimal(number)
	first, _ := utf8.DecodeRuneInString(unit)
	if !ok || decimals > 0 || len(number) < 7 || strings.ContainsRune("百千万亿", first) {
		return number
	}
	for _, scale := range []string{"亿", "万"} {
		for decimals := range 3 {
			style := Style{Scale: scale, Decimals: decimals}
			if text := style.Format(r); style.Exact(r) && strings.TrimPrefix(text, "-")[0] != '0' {
				return text
			}
		}
	}
	return number
}
