package figurecheck

// Words of time as codes of periods: 去年, 2018年, 上半年, 十三五期间.

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// periods are the codes of those that f may be of, the likeliest first; sure if the text says so near it or in its
// title.
func (s *scene) periods(f Figure) (found []string, sure bool) {
	if m := yearBehind.FindStringSubmatch(string(s.text.folded[f.End:min(f.End+9, len(s.text.folded))])); m != nil {
		year, _ := yearOf(m[1]) // 37.1%（2021年），2020年为36.0%
		return years(year), year > 0
	}
	found, sure = s.told(f)
	sure = sure && !s.afterThat(f)
	said := string(s.text.folded[max(f.Sentence.Start, f.Start-maxSpread):f.Start])
	if n := yearsBack(said); n > 0 && len(found) > 0 && f.Kind == Value {
		year, _ := yearOf(found[0])
		return years(year - n), false
	}
	if len(found) == 0 || len(found[0]) != 4 || f.Kind == Change || strings.Contains(said, "全年") {
		return found, sure
	}
	year, _ := yearOf(found[0])
	at := max(strings.LastIndex(said, "半年"), strings.LastIndex(said, "季度"))
	titled := f.Period == "" || s.dated.Start <= f.periodAt && f.periodAt < s.dated.End
	switch {
	case at >= 0 && (f.periodAt < f.Sentence.Start || f.Period == ""): // 上半年 says it of the year above
		return part(year, said)
	case titled && s.portion != "" && year == s.year && !strings.Contains(said, "年"):
		return part(year, s.portion)
	}
	return found, sure
}

// afterThat says whether f is said of the time behind what happened then: 2020年普查之后，甲率为90%.
func (s *scene) afterThat(f Figure) bool {
	if f.Period == "" || f.periodAt < f.Sentence.Start || f.Start-f.periodAt > maxSpread {
		return false
	}
	clause, _, more := strings.Cut(string(s.text.folded[f.periodAt:f.Start]), ",")
	return more && (strings.HasSuffix(clause, "之后") || strings.HasSuffix(clause, "以后"))
}

// yearsAgo is what says of how many years before the text a number is: 五年前，甲率为56.3%; not what it is compared
// with (比五年前高), nor what is told of behind 如今.
var (
	yearsAgo = regexp.MustCompile(`(^|[^比较与由从自一二三四五六七八九十\d])([两二三四五六七八九十]|\d{1,2})年(以)?前`)
	nowadays = regexp.MustCompile(`如今|现在|目前|现已|今年|去年|\d{4}年`)
)

// yearBehind is the year of a number in brackets of its own right behind it.
var yearBehind = regexp.MustCompile(`^\((\d{4}年)(末|底)?\)`)

// yearsBack is how many years before the text the last words for that say; 0 if none do.
func yearsBack(said string) int {
	if !strings.Contains(said, "年前") && !strings.Contains(said, "年以前") {
		return 0
	}
	all := yearsAgo.FindAllStringSubmatchIndex(said, -1)
	if len(all) == 0 {
		return 0
	}
	last := all[len(all)-1]
	if nowadays.MatchString(said[last[1]:]) {
		return 0
	}
	return countOfYears(said[last[4]:last[5]])
}

// countOfYears is 两, 五, 十 or a number in digits.
func countOfYears(word string) int {
	switch word {
	case "两":
		return 2
	case "十":
		return 10
	}
	if n, err := strconv.Atoi(word); err == nil {
		return n
	}
	return max(strings.Index(chineseDigits, word)/len("〇"), 0)
}

// told is periods by the word of time that is carried to f.
func (s *scene) told(f Figure) (found []string, sure bool) {
	if f.Period == "" {
		return years(s.year), s.year > 0
	}
	if _, whole := yearOf(f.Period); !whole && f.periodAt < s.line(f.Start).Start &&
		!strings.ContainsAny(f.Period, "0123456789〇月") {
		return years(s.year), s.year > 0 // 去年 of a paragraph above
	}
	if s.dated.Start <= f.periodAt && f.periodAt < s.dated.End && f.Start > s.dated.End { // 2018年总结和2019年思路
		return years(s.year), s.year > 0
	}
	// 2016—2018年: of either, or of all of them together
	if start, end := yearsOf(f.Period); end > start && f.Kind != Change {
		return append(years(start), years(end)...), false
	}
	after := f.periodAt + len([]rune(f.Period))
	found, sure = s.when(f.Period, string(s.text.folded[min(after, len(s.text.folded)):min(after+8,
		len(s.text.folded))]), s.year)
	if len(found) > 0 && strings.Contains(found[0], "-") && s.wholeYear(after, f) { // 6月……。全年共举办
		year, _ := yearOf(found[0])
		return years(year), year > 0
	}
	if within := s.text.folded[max(f.Clause.Start, f.Start-maxSubject, min(after, f.Start)):f.Start]; len(found) > 0 &&
		partial(string(within)) { // 第三季度 of the year before it
		year, _ := yearOf(found[0])
		return part(year, string(within))
	}
	if f.periodAt >= f.Sentence.Start || len(found) == 0 {
		return found, sure
	}
	// another year of a sentence before may have passed
	if year := strconv.Itoa(s.year); s.year > 0 && !strings.HasPrefix(found[0], year) {
		return append(found, year), false
	}
	return found, sure
}

// wholeYear says whether the sentence of f, behind the word of time that ends at from, speaks of all the year.
func (s *scene) wholeYear(from int, f Figure) bool {
	from = max(from, f.Sentence.Start, f.Start-maxSubject)
	return from < f.Start && strings.Contains(string(s.text.folded[from:f.Start]), "全年")
}

// partial says whether the words name a part of a year without its number.
func partial(words string) bool {
	month, several := monthsOf(words)
	return strings.Contains(words, "季度") || strings.Contains(words, "半年") || month > 0 || several &&
		strings.Contains(words, "月")
}

func years(year int) []string {
	switch {
	case year == 0:
		return nil
	case year > 0 && year < len(everyYear()):
		return everyYear()[year]
	}
	return []string{strconv.Itoa(year)}
}

// everyYear are the codes of the years, made once: a long text names the same few again and again.
var everyYear = sync.OnceValue(func() [][]string {
	all := make([][]string, 2200)
	for year := range all {
		all[year] = []string{strconv.Itoa(year)}
	}
	return all
})

// when reads a word of time; after is what follows it. now is the year that relative words start from.
func (s *scene) when(word, after string, now int) (found []string, sure bool) {
	if year, _ := yearOf(word); year > 0 {
		return part(year, word+after)
	}
	if now == 0 && s.year == 0 { // （2019年3月8日）去年
		now = s.written
	}
	switch strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(word, "同期"), "底"), "末") {
	case "今年", "本年", "当年":
		return inYear(now, after), now > 0
	case "上年", "上一年", "上年度", "上一年度", "前一年":
		return inYear(now-1, after), now > 0
	case "过去一年", "过去的一年": // said at the beginning of a year it is the one before
		if s.early && s.year == 0 {
			return inYear(s.written-1, after), true
		}
		return inYear(now, after), now > 0 && s.year > 0
	case "去年":
		if s.year == 0 && s.written > 0 {
			return inYear(s.written-1, after), true
		}
		if s.written > s.year && s.year > 0 && now == s.year {
			return inYear(s.written-1, after), true
		}
		// beside the year that the text is of, if nothing says that it was written later
		return inYear(now-1, after), s.year > 0 && now == s.year && s.written <= s.year
	case "前年":
		if s.written > s.year && s.year > 0 && now == s.year { // beside a 去年 that is the year of the text
			return inYear(now-1, after), true
		}
		return inYear(now-2, after), false
	}
	return nil, false
}

func inYear(year int, after string) []string {
	if year < 1900 {
		return nil
	}
	found, _ := part(year, after)
	return found
}

// part is the year, or the part of it that the words name. Several months together that are no half and no quarter are
// none.
func part(year int, words string) (found []string, sure bool) {
	month, several := monthsOf(words)
	code := ""
	switch {
	case strings.Contains(words, "上半年"):
		code = "S1"
	case strings.Contains(words, "下半年"):
		code = "S2"
	case strings.Contains(words, "前三季度"), strings.Contains(words, "前两季度"),
		strings.Contains(words, "前二季度"), several:
		return nil, false
	case month > 0:
		code = fmt.Sprintf("%02d", month)
	}
	for i, name := range []string{"一", "二", "三", "四"} {
		if strings.Contains(words, name+"季度") || strings.Contains(words, strconv.Itoa(i+1)+"季度") {
			code = "Q" + strconv.Itoa(i+1)
		}
	}
	switch {
	case code == "":
		return years(year), true
	case month > 0: // what is counted at the end of November may be known by its year
		end := month == 12 && (strings.Contains(words, "月底") || strings.Contains(words, "月末") ||
			strings.Contains(words, "月31日"))
		return append([]string{fmt.Sprintf("%d-%s", year, code)}, years(year)...), end
	}
	return []string{fmt.Sprintf("%d-%s", year, code)}, true
}

// monthsOf is the month that the words name, if it is one.
func monthsOf(words string) (month int, several bool) {
	at := strings.Index(words, "月")
	if at < 0 {
		return 0, false
	}
	before := []rune(words[:at])
	i := len(before)
	for i > 0 && isDigit(before[i-1]) {
		i--
	}
	if i == len(before) { // 每月
		return 0, false
	}
	for _, r := range before[i:] {
		month = month*10 + int(r-'0')
	}
	if i > 0 && strings.ContainsRune("-—~至到", before[i-1]) {
		return month, true
	}
	return month, month < 1 || month > 12
}

// yearOf is the year that a word of time names: 2018年, 二〇一八年, 2018; whole if it says nothing more exact.
func yearOf(word string) (year int, whole bool) {
	digits, from := 0, -1
	for i, r := range []rune(word) {
		r = fold(r)
		d := chineseDigit(r)
		if isDigit(r) {
			d = int(r - '0')
		}
		if d < 0 || d > 9 {
			digits, year, from = 0, 0, -1
			continue
		}
		if from < 0 {
			from = i
		}
		if year, digits = year*10+d, digits+1; digits == 4 {
			if year < 1900 || year > 2199 {
				return 0, false
			}
			return year, !strings.ContainsAny(word, "月日季-./")
		}
	}
	return 0, false
}
