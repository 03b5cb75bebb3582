package figurecheck

// Numbers in Arabic and Chinese digits as exact values; units and 万 are quantity.go's.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// numeral is a number as read, without 万, 亿 and unit. low and high differ only where two digits stand for "three or
// four".
type numeral struct {
	low, high decimal.Decimal
	digits    string // as typed, without separators; empty if 十, 百 or 千 built it
	end       int
	chinese   bool
	point     bool // written with decimals
	places    int  // how many decimals
	dotted    bool // with · for the decimal point
	spaced    bool // thousands are set apart by spaces
	grouped   bool // or by spaces or commas
	hollow    bool // 百, 千 or 万 alone: a number only beside words that say so
}

// maxDigits is what a statistic may have, decimals included; longer runs are codes.
const maxDigits = 18

// numeral reads a number in Arabic or Chinese digits at i; ok is false if there is none.
func (p *page) numeral(i int) (n numeral, ok bool) {
	if value, end := p.pieces(i); end > 0 {
		return numeral{low: value, high: value, end: end}, true
	}
	if isDigit(p.at(i)) {
		return p.arabic(i, true), true
	}
	if before := p.at(i - 1); p.at(i) == '.' && isDigit(p.at(i+1)) && p.run(i+1)-i < maxDigits &&
		(before == '-' || before == '\t' || before == '|' || isIdeograph(before)) { // .5
		end := p.run(i + 1)
		n.low = decimal.RequireFromString("0" + string(p.folded[i:end]))
		n.high, n.point, n.places, n.end = n.low, true, end-i-1, end
		return n, true
	}
	return p.chinese(i)
}

// pieces reads at i the 2千3百 of 2千3百万; end is 0 if there is none. What 5千4百 counts itself is quantity.go's.
func (p *page) pieces(i int) (value decimal.Decimal, end int) {
	sum, last, n := int64(0), int64(10_000), 0
	for end = i; isDigit(p.at(end)) && !isDigit(p.at(end-1)) && p.at(end-1) != '.'; n++ {
		scale := chineseScale(p.at(end + 1))
		if scale == 0 || scale >= last {
			return value, 0
		}
		sum, last, end = sum+int64(p.at(end)-'0')*scale, scale, end+2
	}
	if r := p.at(end); n < 2 || r != '万' && r != '亿' {
		return value, 0
	}
	return decimal.NewFromInt(sum), end
}

// arabic reads 1529, 1,529, 16.5, 16·5 and, if spaces may set thousands apart, 1 529.
func (p *page) arabic(i int, spaces bool) (n numeral) {
	end := p.run(i)
	digits := slices.Clone(p.folded[i:end])
	if end-i <= 3 && p.at(i) != '0' {
		for p.run(end+1) == end+4 && (strings.ContainsRune(",'’", p.at(end)) || spaces && p.at(end) == ' ') {
			n.spaced, n.grouped = n.spaced || p.at(end) == ' ', true
			digits = append(digits, p.folded[end+1:end+4]...)
			end += 4
		}
	}
	n.digits = string(digits)
	if next := p.run(end + 1); next > end+1 && (p.at(end) == '.' || p.at(end) == '·') {
		n.point, n.dotted = true, p.at(end) == '·'
		n.places = next - end - 1
		digits = append(digits, p.folded[end+1:next]...)
		end = next
	}
	exp := 0
	if power, next := p.exponent(end, n.point); next > 0 { // 1.23E+05
		exp, n.point, end = power, true, next
	}
	n.end = end
	if len(digits) > maxDigits {
		return n
	}
	value, _ := strconv.ParseInt(string(digits), 10, 64)
	n.places -= exp
	n.low = decimal.New(value, -int32(n.places))
	if power, next := p.power(end); next > 0 && n.low.IsPositive() { // 10^4
		n.low, n.digits, n.point, n.end = n.low.Pow(decimal.NewFromInt(power)).Round(maxDigits), "", true, next
		n.places = max(0, -int(n.low.Exponent()))
	}
	n.high = n.low
	return n
}

// misgrouped is where digits end that commas part at i as no thousands are, 1,2345件, and no list is; 0 if they are not
// so. Which number was meant nobody can tell.
func (l *lexer) misgrouped(i int) (end int) {
	if before := l.at(i - 1); !isDigit(l.at(i)) || isDigit(before) || strings.ContainsRune(".,", before) {
		return 0
	}
	whole, pieces := 0, 0 // pieces of three digits behind the first, all behind it
	first := l.run(i) - i
	for end = l.run(i); l.at(end) == ',' && isDigit(l.at(end+1)); pieces++ {
		next := l.run(end + 1)
		if next == end+4 {
			whole++
		}
		end = next
	}
	year := first == 4 && (l.page.has(i, []rune("19")) || l.page.has(i, []rune("20")))
	if pieces == 0 || year || first > 4 || whole == pieces && first <= 3 || pieces > 1 && whole < pieces-1 {
		return 0
	}
	_, behind := l.scale(end)
	if l.units.at(l.page, l.afterSpace(behind)).role&(count|measure|rate) == 0 && behind == end || l.lists(i) {
		return 0
	}
	return end
}

// lists says whether the words before i in its clause tell numbers one by one: 分别为12,2345件.
func (l *lexer) lists(i int) bool {
	from := i
	for from > 0 && i-from < maxSubject && !strings.ContainsRune("。;\n\t|", l.at(from-1)) {
		from--
	}
	lead := string(l.folded[from:i])
	return strings.Contains(lead, "分别") || strings.Contains(lead, "依次") || strings.HasSuffix(lead, "、")
}

// exponent reads at i the power of ten of 1.23E+05, as spreadsheets write it; end is 0 if there is none. Without a sign
// only a number with decimals has one: 3E2 is a room.
func (p *page) exponent(i int, point bool) (power, end int) {
	if r := p.at(i); r != 'E' && r != 'e' {
		return 0, 0
	}
	sign, from := p.at(i+1), i+1
	if sign == '+' || sign == '-' {
		from++
	} else if !point {
		return 0, 0
	}
	end = p.run(from)
	if end == from || end > from+2 || isLetter(p.at(end)) || p.at(end) == '.' {
		return 0, 0
	}
	if power, _ = strconv.Atoi(string(p.folded[from:end])); power >= maxDigits {
		return 0, 0
	}
	if sign == '-' {
		power = -power
	}
	return power, end
}

// power reads ^4 and ^-1 at i; end is 0 if there is none.
func (p *page) power(i int) (power int64, end int) {
	from := i + 1
	if sign := p.at(from); sign == '-' || sign == '+' {
		from++
	}
	end = p.run(from)
	if p.at(i) != '^' || end == from || end > from+2 {
		return 0, 0
	}
	power, err := strconv.ParseInt(string(p.folded[i+1:end]), 10, 64)
	if err != nil || power >= 2*maxDigits {
		return 0, 0
	}
	return power, end
}

// run is where the digits at i end; i itself if there are none.
func (p *page) run(i int) int {
	for isDigit(p.at(i)) {
		i++
	}
	return i
}

// code says whether the number is too long to be a statistic.
func (n numeral) code() bool { return len(n.digits)+n.places > maxDigits }

// one says whether the number is 一, which is often no number at all.
func (n numeral) one() bool { return n.chinese && !n.point && n.low.Equal(decimal.NewFromInt(1)) }

// year says whether the number can be a year: 2018, 二〇一八.
func (n numeral) year() bool {
	return len(n.digits) == 4 && !n.point && !n.grouped && (n.digits[:2] == "19" || n.digits[:2] == "20")
}

const chineseDigits = "〇一二三四五六七八九"

// chineseDigit is the value of a Chinese digit, -1 for any other character.
func chineseDigit(r rune) int {
	switch r {
	case '两':
		return 2
	case '零':
		return 0
	}
	if at := strings.IndexRune(chineseDigits, r); at >= 0 {
		return at / len("〇")
	}
	return -1
}

// chineseScale is 10, 100 or 1000 for 十, 百 and 千, else 0.
func chineseScale(r rune) int64 {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return 0
}

// chinese reads a number below ten thousand: 三百二十, 十三点五, 三四百, 二〇一八.
func (p *page) chinese(i int) (n numeral, ok bool) {
	end := i
	var low []rune
	for len(low) <= maxDigits && (chineseDigit(p.at(end)) >= 0 || chineseScale(p.at(end)) > 0) {
		if p.at(end) == '千' && end > i && strings.ContainsRune(thousandOf, p.at(end+1)) { // 一百二十千米
			break
		}
		low = append(low, p.at(end))
		if end++; p.at(end) == ' ' && p.goesOn(end) {
			end++
		}
	}
	if last := len(low) - 1; last > 0 && low[last] == '两' && (chineseScale(low[last-1]) > 0 && p.at(end) != '个' ||
		low[last-1] != '一' && !isIdeograph(p.at(end))) { // 三十两 of silver
		low, end = low[:last], end-1
	}
	if end == i || len(low) > maxDigits {
		return numeral{end: end}, false
	}
	n = numeral{chinese: true, end: end}
	high := low
	if at := neighbours(low); at >= 0 {
		low, high = slices.Delete(slices.Clone(low), at+1, at+2), slices.Delete(slices.Clone(high), at, at+1)
	}
	if n.low, ok = section(low); !ok {
		return n, false
	}
	if n.high, ok = section(high); !ok {
		return n, false
	}
	n.hollow = chineseScale(low[0]) >= 100
	if !slices.ContainsFunc(low, func(r rune) bool { return chineseScale(r) > 0 }) && len(low) > 1 {
		n.digits = n.low.String()
	}
	if from := p.decimals(end); from > 0 {
		fraction := "0."
		for end = from; chineseDigit(p.at(end)) >= 0; end++ {
			fraction += string(rune('0' + chineseDigit(p.at(end))))
		}
		if len(fraction) > maxDigits {
			return n, false
		}
		n.low = n.low.Add(decimal.RequireFromString(fraction))
		n.high, n.end, n.point, n.digits, n.places = n.low, end, true, "", len(fraction)-2
	}
	return n, true
}

// thousandOf is what 千 begins a unit with: 千米, 千克, 千瓦, 千伏, 千卡, 千焦.
const thousandOf = "米克瓦伏卡焦赫"

// goesOn says whether the number in Chinese characters goes on behind the space at i: 三千 八百, 九十 六, 五 十.
func (p *page) goesOn(i int) bool {
	before, after := p.at(i-1), p.at(i+1)
	return chineseScale(before) > 0 && chineseDigit(after) > 0 || chineseDigit(before) > 0 && chineseScale(after) > 0
}

// neighbours finds two digits that stand for "about": 三四 in 三四百, 七八 in 十七八. It returns -1 in 九五 and
// 二〇一二.
func neighbours(run []rune) int {
	for at := range len(run) - 1 {
		a, b := chineseDigit(run[at]), chineseDigit(run[at+1])
		if a > 0 && b == a+1 {
			alone := (at == 0 || chineseScale(run[at-1]) > 0) && (at+2 == len(run) || chineseScale(run[at+2]) > 0)
			if alone {
				return at
			}
		}
	}
	return -1
}

// section is the value of digits with 十, 百 and 千, or of digits set one after the other like a year.
func section(run []rune) (decimal.Decimal, bool) {
	var total, digit, last int64 = 0, -1, 10_000
	positional := !slices.ContainsFunc(run, func(r rune) bool { return chineseScale(r) > 0 })
	for i, r := range run {
		scale := chineseScale(r)
		switch {
		case positional:
			total = total*10 + int64(chineseDigit(r))
		case scale == 0 && digit > 0:
			return decimal.Zero, false
		case scale == 0:
			digit = int64(chineseDigit(r))
		case scale >= last || digit < 0 && i > 0 && scale > 10:
			return decimal.Zero, false
		default:
			if digit <= 0 { // 十五, 一百零十五
				digit = 1
			}
			total, digit, last = total+digit*scale, -1, scale
		}
	}
	if digit > 0 && last > 10 && chineseScale(run[len(run)-2]) > 0 { // 一百五 is 150
		digit *= last / 10
	}
	return decimal.NewFromInt(total + max(digit, 0)), true
}
