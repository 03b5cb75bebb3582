package figurecheck

// A text as written and, character for character, in one form of its many dashes, spaces and widths.

import (
	"slices"
	"strings"
)

// page is a text as written and, character for character, in half-width form: all rules read the latter.
type page struct {
	written []rune
	folded  []rune
	steps   int // how often a character or a name was looked at: tests hold it against the length
	worded  int // words that were worked out: says
}

func newPage(text string) *page {
	written := []rune(text)
	folded := make([]rune, len(written))
	for i, r := range written {
		folded[i] = fold(r)
	}
	for i, r := range written {
		if digit := formal[r]; digit != 0 && (!strings.ContainsRune(ambiguous, r) || formalBeside(written, i)) {
			folded[i] = digit
		}
	}
	return &page{written: written, folded: folded}
}

// formal are the digits of cheques and the traditional characters of numbers and units.
var formal = pairs("壹一贰二貳二叁三肆四伍五陆六陸六柒七捌八玖九拾十佰百仟千萬万億亿兩两個个項项戶户張张輛辆間间條条點点餘余冊册噸吨畝亩圓元負负幾几倆两" +
	"雙双對对場场處处隻只顆颗塊块歲岁週周學学門门種种類类單单頭头層层節节頁页輪轮劑剂隊队則则頂顶攝摄鎊镑歐欧韓韩盧卢" +
	"時时鐘钟課课級级號号屆届佔占為为達达約约過过僅仅長长縣县鄉乡鎮镇區区減减較较於于與与從从開开")

// ambiguous are those that are common in other words: 队伍, 陆地, 收拾.
const ambiguous = "肆伍陆陸拾"

func pairs(text string) map[rune]rune {
	m, runes := map[rune]rune{}, []rune(text)
	for i := 0; i < len(runes); i += 2 {
		m[runes[i]] = runes[i+1]
	}
	return m
}

// formalBeside says whether a formal digit or a power stands right before or behind i.
func formalBeside(written []rune, i int) bool {
	const digits, powers = "壹贰貳叁肆伍陆陸柒捌玖", "拾佰仟"
	before, after := rune(0), rune(0)
	if i > 0 {
		before = written[i-1]
	}
	if i+1 < len(written) {
		after = written[i+1]
	}
	if written[i] == '拾' {
		return strings.ContainsRune(digits, before) || !strings.ContainsRune("收捡挑朝", before) && after != 0 &&
			(chineseDigit(after) > 0 || strings.ContainsRune("万萬亿億", after))
	}
	if before == '零' && i > 1 && strings.ContainsRune(powers+"万萬亿億", written[i-2]) {
		return true
	}
	if strings.ContainsRune("元圆圓角", before) && (after == '角' || after == '分') { // 玖拾捌元伍角
		return true
	}
	return strings.ContainsRune(powers, after) || strings.ContainsRune(powers, before) || pointed(written[i+1:])
}

// pointed says whether 点 and a digit follow, with a blank before each or without: 陆 点 五.
func pointed(rest []rune) bool {
	for _, chars := range []string{"点點", chineseDigits + "两零"} {
		if len(rest) > 1 && rest[0] == ' ' {
			rest = rest[1:]
		}
		if len(rest) == 0 || !strings.ContainsRune(chars, rest[0]) {
			return false
		}
		rest = rest[1:]
	}
	return true
}

// fold turns a full-width character and the many dashes, colons and spaces of typesetting into one form each.
func fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '　' || r == '\u00a0' || r >= '\u2000' && r <= '\u200a' || r == '\u202f':
		return ' '
	case r == '∶':
		return ':'
	case r == '−' || r == '﹣' || r == '‑' || r == '‐':
		return '-'
	case r == '–' || r == '―' || r == '─':
		return '—'
	case r == '﹪':
		return '%'
	case r == '〔' || r == '【':
		return '['
	case r == '〕' || r == '】':
		return ']'
	case r == '○':
		return '〇'
	}
	return r
}

// at is the folded character at i, 0 outside the text.
func (p *page) at(i int) rune {
	p.steps++
	if i < 0 || i >= len(p.folded) {
		return 0
	}
	return p.folded[i]
}

// has says whether the text reads word at i.
func (p *page) has(i int, word []rune) bool {
	p.steps++
	return i >= 0 && i+len(word) <= len(p.folded) && slices.Equal(p.folded[i:i+len(word)], word)
}

// afterSpace is i, or i+1 if a single space stands there.
func (p *page) afterSpace(i int) int {
	if p.at(i) == ' ' {
		return i + 1
	}
	return i
}

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// isIdeograph leaves out 〇, which is a digit.
func isIdeograph(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }
