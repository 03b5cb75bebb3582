package check

// Workbooks as text: every sheet a table, so that figurecheck reads them as it reads all others. Files of other kinds
// are package document's.

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/table"
)

// ReadText is the text of a file that is to be checked: a workbook, or what document.ReadText reads.
func ReadText(name string, body []byte) (string, error) {
	if !table.IsWorkbook(body) {
		return document.ReadText(name, body)
	}
	book, err := table.ReadXLSX(body)
	if err != nil {
		return "", err
	}
	text, err := bookText(book)
	if err == nil && strings.TrimSpace(text) == "" {
		err = errs.Invalidf("这个工作簿里没有文字和数。")
	}
	return text, err
}

// unnamed are the names that sheets have when nobody gave them one.
var unnamed = regexp.MustCompile(`^(Sheet|sheet|工作表)\s*\d*$`)

// bookText is what the sheets say, row by row with tabs between the cells. It stops where a text is too long: cells far
// apart would fill it with tabs.
func bookText(book table.Workbook) (string, error) {
	var out strings.Builder
	for _, sheet := range book {
		rows, err := rowsOf(sheet.At)
		if err != nil {
			return "", err
		}
		if len(rows) > 0 && !unnamed.MatchString(sheet.Sheet) {
			out.WriteString(cellText(sheet.Sheet) + "\n")
		}
		last := 0
		for _, row := range rows {
			if last > 0 && row.at > last+1 {
				out.WriteByte('\n')
			}
			column := 1
			for _, c := range row.cells {
				if c.column-column > document.MaxText-out.Len() {
					return "", errs.Invalidf("文件里的文字超过200万字。请拆成几个文件后再上传。")
				}
				out.WriteString(strings.Repeat("\t", c.column-column) + c.text)
				column = c.column
			}
			out.WriteByte('\n')
			last = row.at
			if out.Len() > 4*document.MaxText {
				return "", errs.Invalidf("文件里的文字超过200万字。请拆成几个文件后再上传。")
			}
		}
		out.WriteByte('\n')
	}
	return out.String(), nil
}

// sheetRow is a row with its cells that hold something, from left to right.
type sheetRow struct {
	at    int
	cells []sheetCell
}

type sheetCell struct {
	column int
	text   string
}

// rowsOf are the rows of a sheet in order, its empty columns on the left left out.
func rowsOf(at map[string]string) (rows []sheetRow, err error) {
	byRow, left := map[int][]sheetCell{}, 0
	for name, text := range at {
		column, row, err := excelize.CellNameToCoordinates(name)
		if err != nil {
			return nil, err
		}
		if text = cellText(text); text == "" {
			continue
		}
		if left == 0 || column < left {
			left = column
		}
		byRow[row] = append(byRow[row], sheetCell{column, text})
	}
	for n, cells := range byRow {
		slices.SortFunc(cells, func(a, b sheetCell) int { return a.column - b.column })
		for k := range cells {
			cells[k].column -= left - 1
		}
		rows = append(rows, sheetRow{n, cells})
	}
	slices.SortFunc(rows, func(a, b sheetRow) int { return a.at - b.at })
	return rows, nil
}

// cellText is what a cell says in one line; a formula that was never calculated says nothing.
func cellText(text string) string {
	if strings.HasPrefix(text, "=") {
		return ""
	}
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == ' ' }), " ")
}
