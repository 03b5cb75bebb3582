package letter

// The body of a letter as paragraphs, headings and tables: what stands behind 一、 or （一） alone on a line is a
// heading, lines between bars are the rows of a table, and 图：… above a table asks for a chart of it.

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Block is a paragraph, a heading of level 1 (一、) or 2 （一）, or a table: its rows, the heads first.
type Block struct {
	Level   int
	Text    string
	Rows    [][]string
	Chart   string // of a table: what its chart is called
	Caption string // of a table: what it is called
}

var headed = []*regexp.Regexp{regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`),
	regexp.MustCompile(`^（[一二三四五六七八九十]{1,3}）`)}

const maxHeading = 40 // characters

// Blocks are the body's lines, each a block but for the rows of a table.
func Blocks(body string) (all []Block) {
	chart, caption, open := "", "", false
	said := func() { // what was said of a table stays words where none follows
		for _, text := range []string{caption, chart} {
			if text != "" {
				all = append(all, Block{Text: text})
			}
		}
		chart, caption = "", ""
	}
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.TrimSpace(line)
		row, isRow := cells(line)
		goesOn := open
		open = isRow
		switch {
		case line == "":
		case isRow && goesOn:
			last := &all[len(all)-1]
			last.Rows = append(last.Rows, fitted(row, len(last.Rows[0])))
		case isRow || strings.HasPrefix(line, "{{table "):
			b := Block{Text: line, Chart: chart, Caption: caption}
			if isRow {
				b.Text, b.Rows = "", [][]string{row}
			}
			all, chart, caption = append(all, b), "", ""
		case strings.HasPrefix(line, "图：") && chart == "":
			chart = line
		case strings.HasPrefix(line, "表：") && caption == "":
			caption = line
		default:
			said()
			all = append(all, Block{Text: line, Level: level(line)})
		}
	}
	said()
	return all
}

func level(line string) int {
	for i, pattern := range headed {
		if pattern.MatchString(line) && utf8.RuneCountInString(line) <= maxHeading &&
			!strings.ContainsAny(line, "。；！？") {
			return i + 1
		}
	}
	return 0
}

// cells are those of a line between bars: | 指标 | 数值 |.
func cells(line string) (row []string, is bool) {
	if len(line) < 2 || line[0] != '|' || line[len(line)-1] != '|' {
		return nil, false
	}
	for cell := range strings.SplitSeq(line[1:len(line)-1], "|") {
		row = append(row, strings.TrimSpace(cell))
	}
	return row, true
}

// fitted is a row with as many cells as the heads; what there is too much stands in the last one, lest it be lost.
func fitted(row []string, n int) []string {
	for len(row) < n {
		row = append(row, "")
	}
	if len(row) > n {
		row = append(row[:n-1:n-1], strings.Join(row[n-1:], " "))
	}
	return row
}
