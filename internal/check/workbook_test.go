package check_test

// Uploaded workbooks are read as the tables that they are, and none fills the memory.

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/sample/sampletest"
)

// workbook makes a file of one sheet.
func workbook(t testing.TB, sheet string, cells map[string]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must(t, f.SetSheetName("Sheet1", sheet))
	for at, value := range cells {
		must(t, f.SetCellValue(sheet, at, value))
	}
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	body := workbook(t, "示范市2022年", map[string]any{"B2": "示范市妇女发展监测表",
		"B4": "指标", "C4": "单位", "D4": "2021年", "E4": "2022年",
		"B5": "居民健康素养水平", "C5": "%", "D5": 29.0, "E5": 33.0,
		"B6": "妇女健康服务网点数", "C6": "个", "D6": 170, "E6": 178})
	text, err := check.ReadText("表.xlsx", body)
	must(t, err)
	const want = "示范市2022年\n示范市妇女发展监测表\n\n指标\t单位\t2021年\t2022年\n居民健康素养水平\t%\t29\t33\n" +
		"妇女健康服务网点数\t个\t170\t178\n\n"
	if text != want {
		t.Fatalf("the workbook says %q", text)
	}
	d := sampletest.Shifan(t)
	var got []string
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		r, err := check.Text(tx, check.Everything, text, "", 0)
		for _, i := range r.Figures {
			if i.Kind.Statistic() {
				got = append(got, i.Text+" "+string(i.Verdict)+" "+i.Expected)
			}
		}
		return err
	}))
	for n, said := range []string{"29 proven ", "33 contradicted 31", "170 proven ", "178 proven "} {
		if n >= len(got) || got[n] != said {
			t.Errorf("of the workbook's figures the program says %q; number %d should be %q", got, n, said)
		}
	}
	if _, err := check.ReadText("表.xlsx", workbook(t, "空", nil)); errs.KindOf(err) != errs.Invalid {
		t.Errorf("an empty workbook is read: %v", err)
	}
	named := strings.NewReplacer("xl/", `XL\`)
	if other, err := check.ReadText("表", renamed(t, body, named.Replace)); err != nil || other != text {
		t.Errorf("a workbook whose parts are called otherwise says %q, %v", other, err)
	}
	far := map[string]any{}
	for n := range 200 { // a cell at the far right in each row would be three million tabs
		far[cellName(t, 16384-n, n+1)] = n
	}
	far["A1"] = "始"
	if _, err := check.ReadText("表.xlsx", workbook(t, "远", far)); errs.KindOf(err) != errs.Invalid {
		t.Errorf("cells far apart are filled up with tabs: %v", err)
	}
}

// renamed is an archive whose parts are called otherwise, as some programs do.
func renamed(t *testing.T, body []byte, by func(string) string) []byte {
	t.Helper()
	was, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	must(t, err)
	var out bytes.Buffer
	now := zip.NewWriter(&out)
	for _, f := range was.File {
		from, err := f.Open()
		must(t, err)
		to, err := now.Create(by(f.Name))
		must(t, err)
		_, err = io.Copy(to, from)
		must(t, err)
	}
	must(t, now.Close())
	return out.Bytes()
}

func cellName(t *testing.T, column, row int) string {
	t.Helper()
	name, err := excelize.CoordinatesToCellName(column, row)
	must(t, err)
	return name
}

// FuzzReadText: no file makes the reader of uploads panic, and what it refuses is said to be the file's fault.
func FuzzReadText(f *testing.F) {
	for _, cells := range []map[string]any{{"A1": "指标", "B1": "2018年", "A2": "婚检率（%）", "B2": 16.5},
		{"C3": "单位：亿元", "XFD9": 1}, {"A1": "=1+1", "B2": "\t|\n", "A9": -1e300}} {
		f.Add("a.xlsx", workbook(f, "表", cells))
	}
	for name, body := range map[string]string{"a.docx": "PK\x03\x04",
		"a.html": "<table><tr><td>婚检率<td>16.5%</table>",
		"a.csv":  "指标,单位,2018年\n婚检率,%,\"16.5\"", "a.txt": "\xff\xfe婚",
		"a.htm": "<table><tr rowspan=9><td colspan=99999>1"} {
		f.Add(name, []byte(body))
	}
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		if _, err := check.ReadText(name, body); err != nil && errs.KindOf(err) != errs.Invalid {
			t.Fatalf("%s %q is refused as our mistake: %v", name, body, err)
		}
	})
}
