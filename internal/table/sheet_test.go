package table

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/errs"
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
		Words: []string{"不适用", "暂缺"},
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
	want := `OR(OR(AND(ISNUMBER(C6),C6>=0,C6<1E+15,ROUND(C6,2)=C6),C6="不适用"),C6="暂缺")`
	if v := validations[1]; v.Sqref != "C6" || v.Formula1 != want || !strings.Contains(*v.Error,
		"最多2位小数的数，或填不适用、暂缺") {
		t.Errorf("the rule of %s is %s, %s; want %s", v.Sqref, v.Formula1, *v.Error, want)
	}
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
	cells, err := ReadXLSX(b.Bytes(), s.Name)
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := s.Inputs(cells)
	if err != nil || !slices.Equal(inputs[0], []string{"1234", "8000"}) ||
		!slices.Equal(inputs[1], []string{"16.1", "—"}) {
		t.Errorf("inputs are %q, %v", inputs, err)
	}
	other := statutory()
	other.Lines[1] = "地区：甲区　期间：2017年"
	if _, err := other.Inputs(cells); errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), "A3") {
		t.Errorf("the form of another year gives %v, want a refusal that names A3", err)
	}
	moved := statutory()
	slices.Reverse(moved.Rows)
	if _, err := moved.Inputs(cells); errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), "A5") {
		t.Errorf("moved rows give %v, want a refusal that names A5", err)
	}
}
