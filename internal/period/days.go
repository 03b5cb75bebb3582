package period

// The days of a period, in a calendar or in a statistical year, and its name in words. Codes and steps are period.go's.

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"yipanqi/internal/errs"
)

// YearStart is the first day of a statistical year as "--10-01", empty for the calendar year. Such a
// year is named after the year in which it ends: the premarital-examination year 2018 runs from the
// fourth quarter of 2017 to the third of 2018. (SDMX names it so under REPORTING_YEAR_END_DAY; under
// REPORTING_YEAR_START_DAY the same year is called 2017.)
type YearStart string

var yearStartPattern = regexp.MustCompile(`^--(0[1-9]|1[0-2])-01$`)

// ParseYearStart reads "--10-01"; "" and "--01-01" are both the calendar year, so that equal starts
// are equal strings.
func ParseYearStart(s string) (YearStart, error) {
	if s == "" || s == "--01-01" {
		return "", nil
	}
	if !yearStartPattern.MatchString(s) {
		return "", errs.Invalidf("统计年度起始日“%s”无效：须为某月1日，如“--10-01”；按自然年统计的留空", s)
	}
	return YearStart(s), nil
}

// shift is the months between the start of a calendar year and of the statistical year named like it.
func (s YearStart) shift() int {
	if !yearStartPattern.MatchString(string(s)) || s == "--01-01" {
		return 0
	}
	return int(s[2]-'0')*10 + int(s[3]-'0') - 13
}

// Range is the first and the last day of p as "2017-10-01", "2018-09-30". Halves and quarters count
// from the start of the statistical year; a month is always the calendar month. Empty for no period.
func (p Period) Range(start YearStart) (from, to string) {
	if p.IsZero() {
		return "", ""
	}
	first, afterLast := p.bounds(start)
	return first.Format(time.DateOnly), afterLast.AddDate(0, 0, -1).Format(time.DateOnly)
}

func (p Period) bounds(start YearStart) (first, afterLast time.Time) {
	month := p.firstMonth()
	if p.Kind() != Month {
		month += start.shift()
	}
	first = time.Date(0, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC)
	return first, first.AddDate(0, p.division().months, 0)
}

// Label is p in Chinese, with the months it covers if the year is not the calendar year:
// "2018年第1季度", "2018年（2017年10月—2018年9月）".
func (p Period) Label(start YearStart) string {
	label := fmt.Sprintf("%d年", p.Year())
	switch p.Kind() {
	case "":
		return ""
	case Half:
		label += []string{"上半年", "下半年"}[p.number()-1]
	case Quarter:
		label += fmt.Sprintf("第%d季度", p.number())
	case Month:
		label += fmt.Sprintf("%d月", p.number())
	}
	return label + p.months(start, "（%s—%s）", "2006年1月")
}

// In is p in lang, zh or en, by the calendar: an argument of say.Words.
func (p Period) In(lang string) string {
	if lang == "en" {
		return p.LabelEN("")
	}
	return p.Label("")
}

// LabelEN is p in English: "2018 Q1", "Jan 2018", "2018 (Oct 2017–Sep 2018)".
func (p Period) LabelEN(start YearStart) string {
	label := p.String()
	switch p.Kind() {
	case Half:
		label = strings.Replace(label, "-S", " H", 1)
	case Quarter:
		label = strings.Replace(label, "-", " ", 1)
	case Month:
		first, _ := p.bounds("")
		label = first.Format("Jan 2006")
	}
	return label + p.months(start, " (%s–%s)", "Jan 2006")
}

func (p Period) months(start YearStart, format, layout string) string {
	if p.IsZero() || p.Kind() == Month || start.shift() == 0 {
		return ""
	}
	first, afterLast := p.bounds(start)
	return fmt.Sprintf(format, first.Format(layout), afterLast.AddDate(0, -1, 0).Format(layout))
}
