package calendar

// A limit as people write it, 3工作日 or 10 wd, and as it is said back to them. What day it comes to is due.go's.

import (
	"regexp"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
)

// Kind is what a limit counts.
type Kind string

const (
	Days     Kind = "days"
	WorkDays Kind = "working_days"
	Months   Kind = "months"
	Hours    Kind = "hours"
	Until    Kind = "day" // a day of its own
)

// Limit is how long something may take, or its last day. Limits compare with ==; the zero Limit is none.
type Limit struct {
	kind  Kind
	n     int
	on    string // Until
	rolls bool   // a last day off moves to the next working day
}

// maxCount bounds what a limit may count, so that no due day leaves the calendar.
var maxCount = map[Kind]int{Days: 7300, WorkDays: 5000, Months: 240, Hours: 8760}

// Within is n of a kind, moving from a day off as civil law has it: days and months do, hours never. A number that no
// limit has is a mistake in the program's own tables.
func Within(n int, kind Kind) Limit {
	if n < 1 || n > maxCount[kind] {
		panic("calendar: no limit of " + strconv.Itoa(n) + " " + string(kind))
	}
	return Limit{kind: kind, n: n, rolls: kind == Days || kind == Months}
}

// Fixed is the limit that stays on its last day, off or not.
func (l Limit) Fixed() Limit { l.rolls = false; return l }

// IsZero says that there is no limit.
func (l Limit) IsZero() bool { return l == Limit{} }

// Kind is what the limit counts, empty for none.
func (l Limit) Kind() Kind { return l.kind }

// units are the words for what is counted, longest first where one begins another.
var units = map[string]Kind{
	"天": Days, "日": Days, "d": Days, "day": Days, "days": Days,
	"工作日": WorkDays, "个工作日": WorkDays, "wd": WorkDays, "working day": WorkDays, "working days": WorkDays,
	"个月": Months, "mo": Months, "month": Months, "months": Months,
	"年": "years", "y": "years", "year": "years", "years": "years",
	"小时": Hours, "个小时": Hours, "h": Hours, "hour": Hours, "hours": Hours,
}

var (
	counted = regexp.MustCompile(`^(\d{1,5})\s*(\pL+(?: days?)?)$`)
	moving  = map[string]bool{"顺延": true, "roll": true, "不顺延": false, "fixed": false}
	suffix  = regexp.MustCompile(`\s*[,，]?\s*(不顺延|顺延|roll|fixed)$`)
)

const howToWrite = "期限“%s”无法识别。请写成 7天、3工作日、1个月、24小时 或一个日期；遇放假不顺延的，后面加“不顺延”"

// Parse reads a limit in either language: 7天, 3工作日, 10 wd, 24h, 1 month, 2018-12-31. Behind it may stand whether it
// moves from a day off: 顺延 or roll, 不顺延 or fixed. Without that, days and months move and a day that is named does
// not. A month is written 1个月, because 1月 is January.
func Parse(text string) (Limit, error) {
	bare, rolls, said := strings.TrimSpace(text), false, false
	if found := suffix.FindStringSubmatch(bare); found != nil {
		bare, rolls, said = strings.TrimSuffix(bare, found[0]), moving[found[1]], true
	}
	l, ok := parse(bare)
	if !ok {
		return Limit{}, errs.Invalidf(howToWrite, text)
	}
	if !said {
		return l, nil
	}
	if rolls && (l.kind == Hours || l.kind == WorkDays) {
		return Limit{}, errs.Invalidf("期限“%s”不能顺延：小时从当时算起，工作日本来就不在放假日截止", text)
	}
	l.rolls = rolls
	return l, nil
}

func parse(text string) (Limit, bool) {
	if IsDay(text) {
		return Limit{kind: Until, on: text}, true
	}
	found := counted.FindStringSubmatch(strings.ToLower(text))
	if found == nil {
		return Limit{}, false
	}
	n, _ := strconv.Atoi(found[1]) // five digits
	kind := units[found[2]]
	if kind == "years" {
		kind, n = Months, n*12
	}
	if n < 1 || n > maxCount[kind] {
		return Limit{}, false
	}
	return Within(n, kind), true
}

// In is the limit in lang, as a page says it.
func (l Limit) In(lang string) string {
	if lang == "en" {
		return l.English()
	}
	return strings.Replace(l.String(), "工作日", "个工作日", 1)
}

// String is the limit as Parse reads it, in Chinese; empty for none.
func (l Limit) String() string {
	return l.text(map[Kind]string{Days: "天", WorkDays: "工作日", Months: "个月", Hours: "小时"}, "顺延", "不顺延")
}

// English is the limit as Parse reads it, in English.
func (l Limit) English() string {
	words := map[Kind]string{Days: " days", WorkDays: " working days", Months: " months", Hours: " hours"}
	if l.n == 1 {
		for kind, word := range words {
			words[kind] = strings.TrimSuffix(word, "s")
		}
	}
	return l.text(words, " roll", " fixed")
}

func (l Limit) text(words map[Kind]string, rolls, fixed string) string {
	text, usual := strconv.Itoa(l.n)+words[l.kind], true
	switch l.kind {
	case "":
		return ""
	case Until:
		text, usual = l.on, false
	case WorkDays, Hours:
		return text
	}
	switch {
	case l.rolls == usual:
		return text
	case l.rolls:
		return text + rolls
	}
	return text + fixed
}

// MarshalText writes the limit as Parse reads it, so JSON holds "3工作日".
func (l Limit) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads a limit; no text is none.
func (l *Limit) UnmarshalText(text []byte) (err error) {
	*l = Limit{}
	if len(text) > 0 {
		*l, err = Parse(string(text))
	}
	return err
}
