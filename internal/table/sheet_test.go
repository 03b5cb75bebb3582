package table

// A form as a workbook locks all but its inputs, comes back filled in, and is refused if it is another form's. Measured
// in LibreOffice's own calculation and print.

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/document/doctest"
	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
)

func statutory() Sheet {
	return Sheet{
		Name: "婚检1表", Title: "婚前医学检查情况", Lines: []string{"表号：示范1表", "地区：甲区　期间：2018年"},
		Heads: []string{"行次", "项目", "本期", "上期"},
		Rows: []SheetRow{
			{[]string{"01", "结婚登记人数"}, []SheetCell{{Input: true}, {Value: "8000"}}},
			{[]string{"02", "检查率（%）"}, []SheetCell{{Input: true, Value: "1.5", Decimals: 2}, {Value: "—"}}},
		},
		Notes: []string{"本表由统计负责人填写。"},
		Words: []string{"不适用", "暂缺"}, Marks: []string{"近", "余", "保密"},
	}
}

func open(t *testing.T, s Sheet) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := s.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestSheetLocksAllButItsInputs(t *testing.T) {
	t.Parallel()
	s := statutory()
	f := open(t, s)
	if p, err := f.GetSheetProtection(s.Name); err != nil || !p.SelectUnlockedCells || p.InsertRows || p.FormatCells {
		t.Errorf("protection is %+v, %v", p, err)
	}
	inputs := []string{s.CellName(0, 0), s.CellName(1, 0)}
	if !slices.Equal(inputs, []string{"C5", "C6"}) {
		t.Errorf("inputs are at %v", inputs)
	}
	for _, cell := range []string{"A1", "A2", "A4", "A5", "B5", "C5", "D5", "C6", "D6", "A8"} {
		id, err := f.GetCellStyle(s.Name, cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if unlocked := style.Protection != nil && !style.Protection.Locked; unlocked != slices.Contains(inputs, cell) {
			t.Errorf("%s is unlocked: %v", cell, unlocked)
		}
	}
	validations, err := f.GetDataValidations(s.Name)
	if err != nil || len(validations) != 2 {
		t.Fatalf("%d validations, %v", len(validations), err)
	}
	if v := validations[1]; v.Sqref != "C6" || *v.ErrorStyle != "warning" ||
		!strings.Contains(*v.Error, "最多2位小数的数，或填不适用、暂缺") {
		t.Errorf("the rule of %s says %s, %s", v.Sqref, *v.ErrorStyle, *v.Error)
	}
}

// The rule lets pass what the reader of cells takes, so that nobody is asked about it, and not what it refuses.
func TestTheRuleOfAnInputAgreesWithTheReader(t *testing.T) {
	t.Parallel()
	s := statutory()
	s.Words, s.Marks = []string{quantity.NotApplicable.Words(), quantity.Pending.Words()}, quantity.Around()[:7]
	rule := s.rule("C106", SheetCell{Decimals: 1, Negative: true})
	if n := utf8.RuneCountInString(rule); n > 255 {
		t.Errorf("Excel does not take a rule of %d characters", n)
	}
	samples := []any{0, 12, 12.5, 12.55, 1e15, -1, "不适用", "暂缺", "近5000", "5000余", "5000以上", "约5000",
		"保密 12", "超过52", "40左右", "1234", "五千", "无", "-", "12人", "近", true}
	f := excelize.NewFile()
	defer f.Close()
	for i, sample := range samples {
		name := cellName(1, i+1)
		for _, err := range []error{f.SetCellValue("Sheet1", name, sample),
			f.SetCellFormula("Sheet1", cellName(2, i+1), s.rule(name, SheetCell{Decimals: 1}))} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	calculated := doctest.Rewrite(t, b.Bytes(), "xlsx", "csv")
	for i, line := range strings.Split(strings.TrimSpace(string(calculated)), "\n") {
		text := fmt.Sprint(samples[i])
		value, _, err := quantity.ParseCell(strings.Replace(text, "1e+15", "1000000000000000", 1), 1)
		if passes := strings.HasSuffix(line, "TRUE"); passes != (err == nil && value >= 0) && text != "true" {
			t.Errorf("the rule lets %q pass: %v, the reader says %v", text, passes, err)
		}
	}
}

func TestLinesThatWrapHaveRoom(t *testing.T) {
	t.Parallel()
	s := statutory()
	s.Lines[0] = strings.Repeat("批准机关：示范市统计局　", 8)
	pages := doctest.Pages(t, doctest.PDFOf(t, written(t, s), "xlsx"))
	var above doctest.Line
	for _, line := range pages[0].Lines {
		if line.Top < above.Bottom-2 && line.Left < above.Right && above.Left < line.Right {
			t.Errorf("%q is drawn over %q", line.Text, above.Text)
		}
		above = line
	}
	if text := strings.ReplaceAll(pages[0].Text(), "\n", ""); strings.Count(text, "示范市统计局") != 8 {
		t.Errorf("a line is cut: %s", text)
	}
}

func written(t *testing.T, s Sheet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSheetComesBackFilledIn(t *testing.T) {
	t.Parallel()
	s := statutory()
	f := open(t, s)
	for cell, value := range map[string]any{"C5": 1234, "C6": 16.1, "D5": 7999} {
		if err := f.SetCellValue(s.Name, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	read := func(s Sheet, data []byte) (Filled, error) {
		book, err := ReadXLSX(data)
		if err != nil {
			t.Fatal(err)
		}
		return s.Read(book)
	}
	filled, err := read(s, b.Bytes())
	if err != nil || !slices.Equal(filled.Inputs[0], []string{"1234", "8000"}) ||
		!slices.Equal(filled.Inputs[1], []string{"16.1", "—"}) {
		t.Errorf("inputs are %q, %v", filled.Inputs, err)
	}
	if !filled.Known || filled.Was[0][0] != "" || filled.Was[1][0] != "1.5" {
		t.Errorf("the workbook was made with %q", filled.Was)
	}
	other := statutory()
	other.Lines[1] = "地区：甲区　期间：2017年"
	if _, err := read(other, b.Bytes()); errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), "A3") {
		t.Errorf("the form of another year gives %v, want a refusal that names A3", err)
	}
	moved := statutory()
	slices.Reverse(moved.Rows)
	if _, err := read(moved, b.Bytes()); errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), "A5") {
		t.Errorf("moved rows give %v, want a refusal that names A5", err)
	}
	if err := errors.Join(f.DeleteSheet(rememberedSheet), f.SetSheetName(s.Name, "改了名")); err != nil {
		t.Fatal(err)
	}
	front, err := f.NewSheet("说明")
	if err != nil {
		t.Fatal(err)
	}
	f.SetActiveSheet(front)
	b.Reset()
	if err := errors.Join(f.MoveSheet("说明", "改了名"), f.Write(&b)); err != nil {
		t.Fatal(err)
	}
	if again, err := read(s, b.Bytes()); err != nil || again.Known || again.Inputs[0][0] != "1234" {
		t.Errorf("a renamed sheet behind another gives %+v, %v", again, err)
	}
}

// What takes the same is ruled once, so a form of a hundred thousand cells stays within what is read back.
func TestALargeSheetComesBack(t *testing.T) {
	t.Parallel()
	const rows, columns = 14_000, 4
	s := Sheet{Name: "大表", Title: "大表", Words: []string{"暂缺"},
		Heads: []string{"行号", "项目", "单位", "甲", "乙", "丙", "丁"}}
	for i := range rows {
		row := SheetRow{Heads: []string{strconv.Itoa(i + 1), "数据项" + strconv.Itoa(i), "人"}}
		for j := range columns {
			row.Cells = append(row.Cells, SheetCell{Value: strconv.Itoa(i*columns + j), Input: true})
		}
		s.Rows = append(s.Rows, row)
	}
	if blocks := s.blocks(); len(blocks) != 1 || blocks[0].rows != rows || blocks[0].cells != columns {
		t.Errorf("cells that take the same are ruled in %d blocks: %+v", len(blocks), blocks[:1])
	}
	var file bytes.Buffer
	if err := s.WriteXLSX(&file); err != nil {
		t.Fatal(err)
	}
	book, err := ReadXLSX(file.Bytes())
	if err != nil {
		t.Fatalf("98,000 cells of our own are refused: %v", err)
	}
	filled, err := s.Read(book)
	if err != nil || !filled.Known || filled.Inputs[rows-1][columns-1] != strconv.Itoa(rows*columns-1) {
		t.Errorf("they read back as known %t, %v", filled.Known, err)
	}
}

// Inputs of other kinds, and what is fixed between them, part the blocks.
func TestBlocksOfInputs(t *testing.T) {
	t.Parallel()
	whole, parts, fixed := SheetCell{Input: true}, SheetCell{Input: true, Decimals: 2}, SheetCell{Value: "—"}
	row := func(cells ...SheetCell) SheetRow { return SheetRow{Cells: cells} }
	s := Sheet{Rows: []SheetRow{row(whole, whole, fixed, whole), row(whole, whole, fixed, whole),
		row(whole, parts, parts, fixed), row(fixed), row(parts)}}
	var got []string
	for _, b := range s.blocks() {
		got = append(got, fmt.Sprint(b.row, b.cell, b.rows, b.cells, b.Decimals))
	}
	slices.Sort(got)
	if want := []string{"0 0 2 2 0", "0 3 2 1 0", "2 0 1 1 0", "2 1 1 2 2", "4 0 1 1 2"}; !slices.Equal(got, want) {
		t.Errorf("the blocks are %q, want %q", got, want)
	}
}
