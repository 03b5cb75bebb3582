package table

// Any CSV that Excel, WPS or LibreOffice saves is read, whatever separates or encodes it; what is none is refused in
// one true sentence. Mistakes within a CSV: csv_test.go.

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// What Excel, WPS and LibreOffice save as CSV or as text is read, whatever separates it and whatever it is encoded in.
func TestEveryKindOfCSVIsRead(t *testing.T) {
	t.Parallel()
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) encoding.Encoding {
		return unicode.UTF16(order, mark)
	}
	for encoded, e := range map[string]encoding.Encoding{
		"UTF-8": unicode.UTF8, "UTF-8 with mark": unicode.UTF8BOM, "GB18030": simplifiedchinese.GB18030,
		"UTF-16LE":           utf16(unicode.LittleEndian, unicode.IgnoreBOM),
		"UTF-16BE":           utf16(unicode.BigEndian, unicode.IgnoreBOM),
		"UTF-16LE with mark": utf16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16BE with mark": utf16(unicode.BigEndian, unicode.UseBOM),
	} {
		for separated, text := range map[string]string{
			"comma":     "名称,值\n\"东山,区\",1;2\n",
			"semicolon": "名称;值\r\n东山,区;\"1;2\"\r\n",
			"tab":       "名称\t值\r\n东山,区\t1;2\r\n",
			"sep=;":     "sep=;\r\n名称;值\r\n东山,区;\"1;2\"\r\n", "sep=,": "\"sep=,\"\n名称,值\n\"东山,区\",1;2\n",
			"SEP=tab": "SEP=\t\r\n名称\t值\r\n东山,区\t1;2\r\n", "bar": "名称|值\n东山,区|1;2\n",
			"head in quotes": "\"名称\",\"值\"\n\"东山,区\",1;2\n", "empty lines": "\n\n名称\t值\n东山,区\t1;2\n",
		} {
			data, err := e.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			records, err := ReadCSV("a.csv", data, "名称", "值")
			if err != nil || len(records) != 1 || records[0].Values["名称"] != "东山,区" ||
				records[0].Values["值"] != "1;2" {
				t.Errorf("%s %s: %v, %v", encoded, separated, records, err)
			}
		}
	}
	mac, err := ReadCSV("a.csv", []byte("名称,值\r\"东山,区\",1\r乙,2\r"))
	if err != nil || len(mac) != 2 || mac[0].Values["名称"] != "东山,区" || mac[1].Line != 3 {
		t.Errorf("saved for an old Macintosh: %v, %v", mac, err)
	}
	records, err := ReadCSV("a.csv", []byte("sep=;\n名称;值\n甲;1\n"))
	if err != nil || records[0].Line != 3 {
		t.Errorf("after sep=; the lines count as %v, %v", records, err)
	}
}

// What is no CSV is refused in one sentence that is true.
func TestWhatIsNoCSV(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"PK\x03\x04rest":                   "a.csv：这是Excel工作簿，不是CSV",
		"\xd0\xcf\x11\xe0\xa1\xb1":         "a.csv：这是Excel工作簿，不是CSV",
		"\xff\xfe\x00\x00\x0d\x54\x00\x00": "a.csv：编码既不是UTF-8也不是GBK",
		"名称，值\n甲，1\n乙，2\n":                 "a.csv第1行：列名之间是全角逗号“，”，分不开",
		"\xff\xfe\x0d\x54\xf0":             "这里有损坏的UTF-16字符",
		"名称,值\n甲\x00,1\n乙,2\n丙丙丙丙,3\n":     "a.csv第2行“名称”列：这里有看不见的控制字符（U+0000）",
		"名称,值\n甲,\x1b1\n":                  "a.csv第2行“值”列：这里有看不见的控制字符（U+001B）",
	} {
		_, err := ReadCSV("a.csv", []byte(data))
		problems, ok := errors.AsType[Problems](err)
		if !ok || len(problems) != 1 || !strings.Contains(problems.Error(), want) {
			t.Errorf("%q: %v, want one mistake %q", data, err, want)
		}
	}
}
