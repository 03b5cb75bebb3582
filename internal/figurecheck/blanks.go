package figurecheck

// Numbers whose characters are set apart by blanks, as text copied from slides and scans has them: 百 分 之 五,
// 六 个 百 分 点, 四百 点 五. Numbers that are written in one are numeral.go's and quantity.go's; blanks between the
// cells of a row are tables.go's.

// maxBlanks is how many may stand between two characters of one number.
const maxBlanks = 4

// blanks is where the blanks at i end; i itself if there are none, or more than a number has inside.
func (p *page) blanks(i int) int {
	end := i
	for ; p.at(end) == ' '; end++ {
		if end-i == maxBlanks {
			return i
		}
	}
	return end
}

// spread is where the word ends that stands at i, with blanks before and inside it or without; 0 if it does not.
func (p *page) spread(i int, word string) int {
	for _, r := range word {
		if i = p.blanks(i); p.at(i) != r {
			return 0
		}
		i++
	}
	return i
}

// decimals is where the digits behind a 点 begin that goes on the number in Chinese characters that ends at end; 0 if
// there are none. Set apart on both sides, 点 may count what is said: 三 点 一是.
func (p *page) decimals(end int) int {
	dot := p.afterSpace(end)
	if p.at(dot) != '点' {
		return 0
	}
	from := p.afterSpace(dot + 1)
	if chineseDigit(p.at(from)) < 0 {
		return 0
	}
	if next := p.at(from + 1); dot > end && from > dot+1 && (next == '是' || next == '、' || next == '要') {
		return 0
	}
	return from
}

// pointsApart are the names of differences of shares that may have blanks inside.
var pointsApart = []string{"个百分点", "百分点", "个千分点", "千分点"}

// pointApart reads 个 百 分 点 at i: the unit and where it ends, 0 if it is none or has no blanks inside.
func (l *lexer) pointApart(i int) (w word, end int) {
	first := l.at(l.blanks(i))
	if first != '个' && first != '百' && first != '千' {
		return w, 0
	}
	for _, name := range pointsApart {
		if end := l.spread(i, name); end > 0 {
			return l.units.whole([]rune(name)), end
		}
	}
	return w, 0
}

// whole is the word with just these characters; its role is 0 if there is none.
func (w words) whole(text []rune) word {
	var at *letters
	for _, r := range text {
		if at = w[r]; at == nil {
			return word{}
		}
		w = at.longer
	}
	if at == nil {
		return word{}
	}
	return at.word
}
