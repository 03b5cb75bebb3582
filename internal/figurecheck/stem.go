package figurecheck

// What stands beside the numbers of a table in cells of its own: the place or the time of a row in its first cell, and
// the unit in a column, a head or the line above.

import "strings"

// stem is what the first cell of a row says of it beside its name, and of the rows below whose first cell is empty.
type stem struct {
	place   string // code
	periods []string
}

// stemOf is what the first cell of a row says of a place or a time.
func (c *claimant) stemOf(first cell, head tableHead) (s stem) {
	text := c.text(short(first))
	if place, known := c.called[text]; known {
		s.place = c.places[place].Code
	} else if found, sure := c.when(text, "", c.year); len(found) > 0 && sure && c.onlyTime(text) &&
		(!isYear(text) || len(head.columns) > 0 && head.columns[0].years) {
		s.periods = found
	}
	return s
}

// unitIn is the unit that the head gives in brackets or behind 单位, and the power of ten of its 万 or 亿:
// 婚前医学检查率（%）, 单位：亿元.
func (c *claimant) unitIn(at cell) (unit string, scale int) {
	text := string(c.folded[at.Start:at.End])
	if i := strings.LastIndex(text, "单位"); i >= 0 {
		text = strings.TrimLeft(text[i+len("单位"):], ": ")
	} else if open := strings.LastIndexByte(text, '('); open >= 0 {
		text = text[open+1:]
	} else {
		return "", 0
	}
	if end := strings.IndexAny(text, ");。\n\t"); end >= 0 {
		text = text[:end]
	}
	for piece := range strings.SplitSeq(text, ",") { // （2022年，%）
		if unit, scale = c.unitOf(piece); unit != "" {
			return unit, scale
		}
	}
	return "", 0
}

// unitOf reads a unit that stands alone: 亿元 is 元 and 8.
func (c *claimant) unitOf(text string) (unit string, scale int) {
	text = strings.TrimSpace(text)
	switch text {
	case "百分比", "百分率", "百分数":
		return "%", 0
	case "千分比", "千分率":
		return "‰", 0
	}
	for _, power := range []struct {
		word  string
		scale int
	}{{"亿", 8}, {"万", 4}} {
		if rest, found := strings.CutPrefix(text, power.word); found && rest != "" {
			text, scale = rest, power.scale
		}
	}
	if w := c.units.at(newPage(text), 0); len(w.text) > 0 && w.role&not == 0 && len(w.text) == len([]rune(text)) {
		return w.unit, scale
	}
	if rest, found := strings.CutPrefix(text, "1/"); found || strings.HasPrefix(text, "/") {
		return "/" + strings.TrimPrefix(rest, "/"), 0
	}
	return "", 0
}
