package request

// An answer as a workbook: one row for each question, filled in without network and read back. What is right is kept as
// the draft, what is wrong is named by row and column; what is left blank stays as it is.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// Columns of the workbook.
const (
	sheetNumber say.Key = "题号"
	sheetText   say.Key = "题目"
	sheetHow    say.Key = "怎样答"
	sheetGiven  say.Key = "答复"
	sheetNone   say.Key = "无此项的理由"
)

var sheetColumns = []say.Key{sheetNumber, sheetText, sheetHow, sheetGiven, sheetNone}

// maxSheetRows is how far down a workbook is read: rows may be moved about, but not without end.
const maxSheetRows = 500

// between parts the cells of a table's row within one cell of the workbook.
const between = "|"

// inSheet is what stands in the workbook of what was given.
func (g Given) inSheet(q Question) string {
	switch q.Kind {
	case Choice:
		return g.Choice
	case Figures:
		return g.figureLines()
	case Table:
		rows := make([]string, len(g.Rows))
		for i, row := range g.Rows {
			rows[i] = strings.Join(row, between)
		}
		return strings.Join(rows, "\n")
	case File:
		return ""
	}
	return g.Text
}

// Wrong is a mistake in a workbook.
type Wrong struct {
	Row    int       `json:"row"`
	Column say.Key   `json:"column"`
	Words  say.Words `json:"-"`
	Reason string    `json:"reason"`
}

// FromSheet keeps what a filled workbook says of an answer: how many questions were read, and what was not kept.
func FromSheet(tx *db.Tx, by auth.User, id string, version int64, book table.Workbook, area string) (a Answer, read int,
	wrong []Wrong, err error) {
	m, err := takeAnswer(tx, by, id, VerbAnswer)
	if a = m.Answer; err != nil {
		return a, 0, nil, err
	}
	if version != a.Version {
		return a, 0, nil, errs.Conflictf("%s刚刚改过这份答复。请刷新页面，看过之后再上传。", a.UpdatedBy)
	}
	cells, err := book.Sheet("")
	if err != nil {
		return a, 0, nil, err
	}
	for i, head := range sheetColumns {
		if at := string(rune('A'+i)) + "1"; strings.TrimSpace(cells[at]) != string(head) {
			return a, 0, nil, errs.Fields{"file": say.New("第1行%s格应是“%s”。请用本页下载的答题表填写。", at, head)}.
				Check("没有读入：这不是这次征集的答题表。")
		}
	}
	given, rows := Content{}, map[string]int{}
	for n, g := range a.Draft {
		given[n] = g
	}
	questions := m.request.For(a.Asked)
	for row := 2; row <= maxSheetRows; row++ {
		cell := func(column string) string { return strings.TrimSpace(cells[column+strconv.Itoa(row)]) }
		number, text, none := cell("A"), cell("D"), cell("E")
		if text == "" && none == "" {
			continue
		}
		add := func(column say.Key, words say.Words) {
			wrong = append(wrong, Wrong{row, column, words, words.String()})
		}
		at := slices.IndexFunc(questions, func(q Question) bool { return q.Number == number })
		switch {
		case at < 0:
			add(sheetNumber, say.New("没有问本单位第“%s”题。", number))
		case rows[number] > 0:
			add(sheetNumber, say.New("第%s题在第%d行已经答过。", number, rows[number]))
		default:
			rows[number] = row
			g, column, words := questions[at].read(tx, by, text, none, area)
			if words.Key != "" {
				add(column, words)
				continue
			}
			given[number] = g
			read++
		}
	}
	if read == 0 {
		return a, 0, wrong, nil
	}
	a, err = Save(tx, by, id, version, given, a.Draft)
	return a, read, wrong, err
}

// read is what a row says to the question, or in which column it is wrong.
func (q Question) read(tx *db.Tx, by auth.User, text, none, area string) (g Given, in say.Key, why say.Words) {
	g.None = none
	switch {
	case text == "":
	case q.Kind == File:
		return g, sheetGiven, say.New("这一题要附文件，请在系统里附上。")
	case q.Kind == Choice:
		g.Choice = text
	case q.Kind == Figures:
		figures, err := ParseFigures(text, area)
		if err == nil {
			_, err = Resolve(tx, by, slices.Clone(figures))
		}
		if err != nil {
			return g, sheetGiven, errs.WordsOf(err)
		}
		g.Figures = figures
	case q.Kind == Table:
		for _, line := range strings.Split(text, "\n") {
			row := strings.Split(strings.ReplaceAll(line, "｜", between), between)
			if len(row) > len(q.Columns) {
				return g, sheetGiven, say.New("“%s”有%d格，这张表只有%d列。", line, len(row), len(q.Columns))
			}
			g.Rows = append(g.Rows, row)
		}
	default:
		g.Text = text
	}
	_, err := keep([]Question{q}, Content{q.Number: g})
	for name, words := range errs.FieldsOf(err) {
		if strings.HasPrefix(name, "none") {
			return g, sheetNone, words
		}
		return g, sheetGiven, words
	}
	return g, "", say.Words{}
}
