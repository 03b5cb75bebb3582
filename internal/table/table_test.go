package table

// A table leaves as CSV and xlsx with every digit, runs nothing in Excel, comes back as it was, and takes little
// memory.

import (
	"bytes"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func districts() Table {
	return Table{
		Name:    "婚前医学检查率[2018]",
		Title:   "2018年婚前医学检查率",
		Columns: []Column{{Name: "地区"}, {Name: "检查人数", Number: true}, {Name: "检查率", Number: true}},
		Rows: [][]string{
			{"甲区", "1234", "16.50"},
			{"乙区", "123456789012345678", "-0.5"},
			{"丙区", "待填", "16.5%"},
			{"=1+1", "0012", ""},
		},
		Notes: []string{"示范数据"},
	}
}

func TestCSVOpensInExcelAndRunsNothing(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := districts().WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff地区,检查人数,检查率\r\n甲区,1234,16.50\r\n乙区,123456789012345678,-0.5\r\n丙区,待填,16.5%\r\n'=1+1,0012,\r\n"
	if b.String() != want {
		t.Errorf("CSV is %q, want %q", b.String(), want)
	}
	for cell, formula := range map[string]bool{
		"=1": true, "+A1": true, "-A1": true, "@SUM(A1)": true, "\t=1": true, "--1": true,
		"-1+2": true, "+": false, "'=1": true,
		"-": false, "-3.74": false, "+3.74": false, "-1,234.5": false, "-12%": false, "": false,
		"a=1": false, "'": false, "－1": false,
	} {
		if isFormula(cell) != formula {
			t.Errorf("%q counts as a formula: %v, want %v", cell, !formula, formula)
		}
	}
}

func TestCSVComesBackAsItWas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[-=+@'",甲a0-9%.\n ]{0,6}`).Filter(
			func(s string) bool { return s == strings.TrimSpace(s) })
		rows := rapid.SliceOf(rapid.SliceOfN(cell, 2, 2)).Draw(t, "rows")
		rows = slices.DeleteFunc(rows, func(row []string) bool { return row[0]+row[1] == "" })
		var b bytes.Buffer
		if err := (Table{Columns: []Column{{Name: "x"}, {Name: "y"}}, Rows: rows}).WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		records, err := ReadCSV("t.csv", b.Bytes(), "x", "y")
		if err != nil || len(records) != len(rows) {
			t.Fatalf("%d rows come back as %d, %v", len(rows), len(records), err)
		}
		for i, row := range rows {
			if got := records[i].Values; got["x"] != row[0] || got["y"] != row[1] {
				t.Fatalf("%q comes back as %q", row, got)
			}
		}
	})
}

func TestXLSXKeepsEveryDigit(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := districts().WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := "婚前医学检查率2018"
	if got := f.GetSheetList(); !slices.Equal(got, []string{sheet}) {
		t.Errorf("sheets are %q", got)
	}
	for cell, want := range map[string]struct {
		shown  string
		number bool
	}{
		"A1": {"2018年婚前医学检查率", false},
		"B2": {"检查人数", false},
		"B3": {"1234", true},
		"C3": {"16.50", true},
		"B4": {"123456789012345678", false},
		"C4": {"-0.5", true},
		"B5": {"待填", false},
		"C5": {"16.5%", false},
		"A6": {"=1+1", false},
		"B6": {"0012", false},
		"A8": {"示范数据", false},
	} {
		shown, err := f.GetCellValue(sheet, cell)
		kind, kindErr := f.GetCellType(sheet, cell)
		if number := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber; err != nil || kindErr != nil ||
			shown != want.shown || number != want.number {
			t.Errorf("%s shows %q, a number: %v, want %q, %v (%v)", cell, shown, number, want.shown, want.number, err)
		}
	}
	if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 2 {
		t.Errorf("the column names do not stay in sight: %+v, %v", panes, err)
	}
	if got, err := f.GetColWidth(sheet, "B"); err != nil || got != 20 {
		t.Errorf("column B is %v wide for 18 digits, %v", got, err)
	}
	cells, err := cellsOf(b.Bytes(), districts().Name)
	if err != nil || cells["C3"] != "16.5" || cells["B4"] != "123456789012345678" ||
		cells["A6"] != "=1+1" || cells["C6"] != "" {
		t.Errorf("the cells are read back as %q, %v", cells, err)
	}
}

// What is printed is for people: no addresses, room for words that wrap, each sheet with what it is.
func TestXLSXIsPrintedForPeople(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("很长的说明", 30)
	table := Table{Name: "发现", Heading: "2024年督导发现 A&B",
		Columns: []Column{{Name: "编号", Aside: true}, {Name: "内容"}, {Name: "说明"}},
		Rows:    [][]string{{"01a2", "甲", long}, {"01a3", "乙", "短"}}}
	for range 6 {
		table.Columns = append(table.Columns, Column{Name: "意见"})
		for n := range table.Rows {
			table.Rows[n] = append(table.Rows[n], long)
		}
	}
	var b bytes.Buffer
	if err := table.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A1": "内容", "A2": "甲", "I1": "编号", "I2": "01a2"} {
		if got, err := f.GetCellValue("发现", cell); err != nil || got != want {
			t.Errorf("%s is %q, want %q, %v", cell, got, want, err)
		}
	}
	for _, name := range f.GetDefinedName() {
		want := map[string]string{"_xlnm.Print_Area": "'发现'!$A$1:$H$3",
			"_xlnm.Print_Titles": "'发现'!$A:$A,'发现'!$1:$1"}
		if name.RefersTo != want[name.Name] {
			t.Errorf("%s is %s, want %s", name.Name, name.RefersTo, want[name.Name])
		}
	}
	if names := f.GetDefinedName(); len(names) != 2 {
		t.Errorf("%d names are defined", len(names))
	}
	if height, err := f.GetRowHeight("发现", 2); err != nil || height < 6*lineHeight {
		t.Errorf("the row of long words is %v high, %v", height, err)
	}
	around, err := f.GetHeaderFooter("发现")
	if err != nil || !strings.HasSuffix(around.OddHeader, " 2024年督导发现 A&&B") {
		t.Errorf("over the sheets stands %+v, %v", around, err)
	}
}

func TestXLSXOfLittleIsStillAWorkbook(t *testing.T) {
	t.Parallel()
	for _, table := range []Table{{}, {Name: strings.Repeat("很长的名字", 10), Columns: []Column{{Name: "甲"}}},
		{Rows: [][]string{{"a", "b\x00"}}}} {
		var b bytes.Buffer
		if err := table.WriteXLSX(&b); err != nil {
			t.Errorf("%+v: %v", table, err)
		}
		if _, err := cellsOf(b.Bytes(), table.Name); err != nil {
			t.Errorf("%+v is not read back: %v", table, err)
		}
	}
	if exact15, _ := exactNumber("123456789012.345"); exact15 != 3 {
		t.Error("15 digits are exact")
	}
	if _, exact := exactNumber("123456789012.3456"); exact {
		t.Error("16 digits pass as exact")
	}
}

// A long list takes the memory of some of its rows, not of all of them.
func TestXLSXOfManyRowsTakesLittleMemory(t *testing.T) {
	const rows = 150_000
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, after := heap(), uint64(0)
	long := Table{Name: "long", Columns: []Column{{Name: "名称"}, {Name: "数值", Number: true}, {Name: "说明"}}}
	long.More = func(yield func([]string) error) error {
		for i := range rows {
			row := []string{"某某街道妇幼保健机构", strconv.Itoa(i), "说明文字" + strconv.Itoa(i)}
			if err := yield(row); err != nil {
				return err
			}
		}
		after = heap()
		return nil
	}
	var b bytes.Buffer
	if err := long.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	if after > before+32<<20 {
		t.Errorf("%d rows hold %d MB", rows, (after-before)>>20)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	last, err := f.GetCellValue("long", "B"+strconv.Itoa(rows+1))
	if err != nil || last != strconv.Itoa(rows-1) {
		t.Errorf("the last row says %q, %v", last, err)
	}
}
