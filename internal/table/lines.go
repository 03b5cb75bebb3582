package table

// A sheet that is laid out as its author likes, line by line, and written so: for definitions. Lists are table.go's,
// forms to be filled in sheet.go's.

import (
	"io"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
)

// Bounds of a sheet that is read line by line.
const (
	maxLines   = 5000
	maxAbreast = 50
)

// Lines are the cells of a sheet as lines from the first on; empty ones are empty texts.
func (c Cells) Lines() ([][]string, error) {
	var lines [][]string
	for cell, text := range c.At {
		found := cellRef.FindStringSubmatch(cell)
		if text = strings.TrimSpace(text); found == nil || text == "" {
			continue
		}
		row, _ := strconv.Atoi(found[2]) // seven digits
		column := 0
		for _, letter := range found[1] {
			column = column*26 + int(letter-'A') + 1
		}
		if row > maxLines || column > maxAbreast {
			return nil, errs.Invalidf("单元格%s离表太远：最多%d行、%d列。请删掉多余的内容。", cell, maxLines, maxAbreast)
		}
		for len(lines) < row {
			lines = append(lines, nil)
		}
		for len(lines[row-1]) < column {
			lines[row-1] = append(lines[row-1], "")
		}
		lines[row-1][column-1] = text
	}
	return lines, nil
}

// WriteLines writes such a sheet, all of it as text; the first line is its title, those that begin with # are bold.
func WriteLines(w io.Writer, name string, lines [][]string) error {
	b := newWorkbook(name)
	for i, line := range lines {
		mark := len(line) > 0 && (i == 0 || strings.HasPrefix(line[0], "#"))
		for j, text := range line {
			switch {
			case text == "":
			case len(line) == 1: // headings and words to people do not widen the first column
				b.text(1, i+1, text, look{title: i == 0, bold: mark})
			default:
				b.cell(j+1, i+1, text, false, look{framed: true})
			}
		}
	}
	return b.write(w)
}
