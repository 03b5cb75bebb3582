package table

// A CSV is read row by row with its line, and every mistake in it is named, up to a hundred.

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

func gbk(t testing.TB, text string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func TestReadCSVInEveryEncodingExcelWrites(t *testing.T) {
	t.Parallel()
	const text = "代码,名称\r\n110105,\"甲,\"\"区\"\"\"\r\n,\r\n\r\n110106, 乙区 \r\n"
	for name, data := range map[string]string{"UTF-8": text, "UTF-8 with BOM": "\ufeff" + text, "GBK": gbk(t, text)} {
		records, err := ReadCSV("areas.csv", []byte(data), "代码")
		if err != nil || len(records) != 2 {
			t.Errorf("%s: %d records, %v", name, len(records), err)
			continue
		}
		if first, second := records[0], records[1]; first.Line != 2 || first.Values["名称"] != `甲,"区"` ||
			second.Line != 5 || second.Values["名称"] != "乙区" {
			t.Errorf("%s: records are %+v", name, records)
		}
	}
	rare, err := simplifiedchinese.GB18030.NewEncoder().String("名称\n𬱖㛃\n")
	if err != nil {
		t.Fatal(err)
	}
	if records, err := ReadCSV("a.csv", []byte(rare)); err != nil || records[0].Values["名称"] != "𬱖㛃" {
		t.Errorf("characters that only GB18030 has are read as %v, %v", records, err)
	}
}

func TestReadCSVNamesEveryMistake(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, data string
		good       int
		want       []string
	}{
		{"short and long rows", "代码,名称,级别\n1,甲,2\n2,乙\n3,丙,2,多,余\n4,丁,2,,\n", 2, []string{
			"a.csv第3行“级别”列：从这一列起没有内容：只有2列，应有3列，文件可能不完整",
			"a.csv第4行：第4列“多”没有列名：只应有3列，内容里的逗号须放在引号里",
		}},
		{"a file cut within quotes", "代码,名称\n1,甲\n2,\"乙", 1, []string{
			"a.csv第3行：引号不成对（查到第3行第7个字节），文件可能不完整；内容里的引号须写成两个引号",
		}},
		{"a bare quote, then good rows", "代码,名称\n1,甲\"乙\n2,丙\n", 1, []string{
			"a.csv第2行：引号不成对（查到第2行第6个字节），文件可能不完整；内容里的引号须写成两个引号",
		}},
		{"a file cut within a character", "代码,名称\n1,甲\n2,乙"[:len("代码,名称\n1,甲\n2,乙")-1], 0,
			[]string{"a.csv第3行：这里有损坏的UTF-8字符，文件可能不完整"}},
		{"broken UTF-8 after a byte order mark", "\ufeff代码\n\xd6\xd0\n", 0,
			[]string{"a.csv第2行：这里有损坏的UTF-8字符，文件可能不完整"}},
		{"no encoding", "code\n\xff\xff\xff\n", 0,
			[]string{"a.csv第2行：编码既不是UTF-8也不是GBK，请在Excel中另存为“CSV UTF-8（逗号分隔）”"}},
		{"UTF-16", "\xff\xfea\x00", 0, []string{"a.csv第1行“代码”列：缺少这一列"}},
		{"nothing", "", 0, []string{"a.csv：文件是空的，第一行应为列名"}},
		{"too many columns", strings.Repeat("a,", 300) + "代码\n1\n", 0,
			[]string{"a.csv第1行：第一行有301列，最多200列"}},
		{"only commas", ",,\n,,\n", 0, []string{"a.csv：文件是空的，第一行应为列名"}},
		{"names missing, twice and empty", "名称,,名称,\n甲,乙,丙,\n", 1, []string{
			"a.csv第1行：第2列没有列名", "a.csv第1行“名称”列：列名出现了两次", "a.csv第1行“代码”列：缺少这一列",
		}},
	} {
		records, err := ReadCSV("a.csv", []byte(c.data), "代码")
		problems, _ := errors.AsType[Problems](err)
		if errs.KindOf(err) != errs.Invalid || problems.Error() != strings.Join(c.want,
			"\n") || len(records) != c.good {
			t.Errorf("%s: %d good records and problems\n%v\nwant %d and\n%s", c.what, len(records), problems, c.good,
				strings.Join(c.want, "\n"))
		}
	}
}

func TestReadCSVStopsAfterAHundredMistakes(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"1\n", "a\"b\n"} {
		_, err := ReadCSV("a.csv", []byte("a,b\n"+strings.Repeat(line, 5000)))
		if problems, _ := errors.AsType[Problems](err); len(problems) != maxProblems {
			t.Errorf("%d problems with %q", len(problems), line)
		}
	}
}

func TestRecordProblemNamesItsPlace(t *testing.T) {
	t.Parallel()
	records, err := ReadCSV("units.csv", []byte("code,parent\nA,B\n"))
	if err != nil {
		t.Fatal(err)
	}
	err = Problems{records[0].Problem("parent", "没有代码为“%s”的单位", "B")}.Check()
	if want := "units.csv第2行“parent”列：没有代码为“B”的单位"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	if err := (Problems{}).Check(); err != nil {
		t.Errorf("no problems give %v", err)
	}
}

// FuzzReadCSV: whatever is read without a mistake is written and read again as the same.
func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\ufeffa\n'=1\n", gbk(f, "代码,名称\n1,甲\n"), "a,b\n\"1,2\n",
		"a\r\"\"\n", "\xff\xfe", "a,,\n1,,\n", "a\n'\r=c\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		records, err := ReadCSV("f.csv", data)
		if err != nil {
			if problems, _ := errors.AsType[Problems](err); len(problems) == 0 || problems.Error() == "" {
				t.Fatalf("refused without a problem: %v", err)
			}
			return
		}
		for _, r := range records {
			again := Table{Rows: [][]string{{"row"}}, Columns: []Column{{Name: "row"}}}
			for _, value := range r.Values {
				again.Columns = append(again.Columns, Column{Name: say.Key(fmt.Sprint("c", len(again.Columns)))})
				again.Rows[0] = append(again.Rows[0], value)
			}
			var b bytes.Buffer
			if err := again.WriteCSV(&b); err != nil {
				t.Fatal(err)
			}
			back, err := ReadCSV("f.csv", b.Bytes())
			if len(again.Columns) > maxColumns {
				return
			}
			for i, c := range again.Columns {
				want := strings.ReplaceAll(again.Rows[0][i], "\r", "")
				if err != nil || len(back) != 1 || back[0].Values[string(c.Name)] != want {
					t.Fatalf("%q comes back as %v, %v", want, back, err)
				}
			}
		}
	})
}
