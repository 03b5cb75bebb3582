package table

// CSV as office programs save it, in whichever encoding and with whichever separator, every bad line named.

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"yipanqi/internal/charset"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Record is one row of a CSV file: its values, trimmed, by column name.
type Record struct {
	File   string
	Line   int
	Values map[string]string
}

// Problem names a mistake in a column of the record.
func (r Record) Problem(column string, reason say.Key, args ...any) Problem {
	return Problem{r.File, r.Line, column, say.New(reason, args...)}
}

const (
	maxProblems = 100
	maxColumns  = 200
)

// ReadCSV reads a file as Excel, WPS and LibreOffice save it: in UTF-8, UTF-16, GBK, GB18030 or Big5, with commas,
// semicolons, tabs or bars, with or without a first line sep=;, its lines ended as Windows, Unix or an old Macintosh
// ends them. Its first row names the columns, among them the required ones. It returns every good record and, as
// Problems, every mistake up to a hundred.
func ReadCSV(name string, data []byte, required ...string) ([]Record, error) {
	_, records, err := ReadColumns(name, data, required...)
	return records, err
}

// ReadColumns is ReadCSV that also returns the names of the columns, which there are where there is no record.
func ReadColumns(name string, data []byte, required ...string) ([]string, []Record, error) {
	text, problem := decode(data)
	if problem != nil {
		problem.File = name
		return nil, nil, Problems{*problem}.Check()
	}
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	comma, text, skipped := separator(text)
	f := file{name: name, csv: csv.NewReader(strings.NewReader(text)), skipped: skipped}
	f.csv.Comma, f.csv.FieldsPerRecord = comma, -1
	f.header(required)
	var records []Record
	for len(f.columns) > 0 && len(f.problems) < maxProblems {
		fields, line, ok := f.next()
		if !ok {
			break
		}
		if values := f.values(fields, line); values != nil {
			records = append(records, Record{name, line, values})
		}
	}
	return f.columns, records, f.problems.Check()
}

type file struct {
	name     string
	csv      *csv.Reader
	columns  []string
	problems Problems
	skipped  int // lines before the first that csv sees
}

func (f *file) problem(line int, column string, reason say.Key, args ...any) {
	f.problems = append(f.problems, Problem{f.name, line, column, say.New(reason, args...)})
}

// next is the next row that is well-formed and not empty; what is not well-formed becomes a problem.
func (f *file) next() (fields []string, line int, ok bool) {
	for len(f.problems) < maxProblems {
		fields, err := f.csv.Read()
		if err == io.EOF {
			return nil, 0, false
		}
		if parseErr, ok := errors.AsType[*csv.ParseError](err); ok {
			f.problem(parseErr.StartLine+f.skipped, "",
				"引号不成对（查到第%d行第%d个字节），文件可能不完整；内容里的引号须写成两个引号",
				parseErr.Line+f.skipped, parseErr.Column)
			continue
		}
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if strings.Join(fields, "") != "" {
			line, _ = f.csv.FieldPos(0)
			return fields, line + f.skipped, true
		}
	}
	return nil, 0, false
}

func (f *file) header(required []string) {
	columns, line, ok := f.next()
	if !ok {
		if len(f.problems) == 0 {
			f.problem(0, "", "文件是空的，第一行应为列名")
		}
		return
	}
	for columns[len(columns)-1] == "" { // Excel keeps the commas of deleted columns
		columns = columns[:len(columns)-1]
	}
	if len(columns) == 1 && strings.Contains(columns[0], "，") {
		f.problem(line, "", "列名之间是全角逗号“，”，分不开。请改用半角逗号，或在Excel中另存为“CSV UTF-8（逗号分隔）”")
		return
	}
	if len(columns) > maxColumns {
		f.problem(line, "", "第一行有%d列，最多%d列", len(columns), maxColumns)
		return
	}
	for i, column := range columns {
		if column == "" {
			f.problem(line, "", "第%d列没有列名", i+1)
		} else if slices.Index(columns, column) < i {
			f.problem(line, column, "列名出现了两次")
		}
	}
	for _, column := range required {
		if !slices.Contains(columns, column) {
			f.problem(line, column, "缺少这一列")
		}
	}
	f.columns = columns
}

// values is nil if the row does not fit the columns.
func (f *file) values(fields []string, line int) map[string]string {
	if len(fields) < len(f.columns) {
		f.problem(line, f.columns[len(fields)], "从这一列起没有内容：只有%d列，应有%d列，文件可能不完整",
			len(fields), len(f.columns))
		return nil
	}
	for i, extra := range fields[len(f.columns):] {
		if extra != "" {
			f.problem(line, "", "第%d列“%.40s”没有列名：只应有%d列，内容里的逗号须放在引号里",
				len(f.columns)+i+1, extra, len(f.columns))
			return nil
		}
	}
	values := make(map[string]string, len(f.columns))
	for i, column := range f.columns {
		value := fields[i]
		if strings.HasPrefix(value, "'") && isFormula(value) {
			value = strings.TrimSpace(value[1:])
		}
		if why, bad := errs.Unreadable(value); bad {
			f.problem(line, column, why.Key, why.Args...)
			return nil
		}
		values[column] = value
	}
	return values
}

const unknownEncoding = "编码既不是UTF-8也不是GBK，请在Excel中另存为“CSV UTF-8（逗号分隔）”"

// decode makes UTF-8 of the encodings in which Excel and WPS save CSV.
func decode(data []byte) (string, *Problem) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return "", &Problem{Reason: say.New("这是Excel工作簿，不是CSV，只是文件名以.csv结尾。请打开后另存为“CSV UTF-8（逗号分隔）”")}
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")) || bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")) {
		return "", &Problem{Reason: say.New(unknownEncoding)} // UTF-32
	}
	if order, ok := utf16(data); ok {
		decoded, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
		if bad := bytes.IndexRune(decoded, utf8.RuneError); err != nil || bad >= 0 || len(data)%2 > 0 {
			return "", &Problem{Line: lineAt(string(decoded), max(bad, 0)),
				Reason: say.New("这里有损坏的UTF-16字符，文件可能不完整")}
		}
		data = decoded
	}
	text := string(data)
	if unmarked, ok := strings.CutPrefix(text, byteOrderMark); ok || utf8.ValidString(text) {
		return unmarked, checkUTF8(unmarked)
	}
	if bad := invalidUTF8(text); !utf8.FullRuneInString(text[bad:]) {
		return "", checkUTF8(text) // cut within its last character
	}
	decoded, err := charset.Of(data).NewDecoder().String(text)
	if bad := strings.IndexRune(decoded, utf8.RuneError); err != nil || bad >= 0 {
		return "", &Problem{Line: lineAt(decoded, max(bad, 0)),
			Reason: say.New(unknownEncoding)}
	}
	return decoded, nil
}

// utf16 says whether data is UTF-16, by its mark or by the zero bytes of its line ends, and in which order.
func utf16(data []byte) (order unicode.Endianness, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return unicode.BigEndian, true
	}
	little, big, all := 0, 0, 0
	for i, b := range data {
		if b != '\n' {
			continue
		}
		all++
		if i%2 == 0 && i+1 < len(data) && data[i+1] == 0 {
			little++
		} else if i%2 == 1 && data[i-1] == 0 {
			big++
		}
	}
	if most := max(little, big); most > 0 && most*2 >= all {
		return map[bool]unicode.Endianness{true: unicode.LittleEndian, false: unicode.BigEndian}[little > big], true
	}
	return unicode.LittleEndian, false
}

// separator is what parts the fields: what a first line sep=; says, else the one of comma, semicolon, tab and bar
// that stands most often, outside of quotes, in the line of the column names. rest is the text without such a line.
func separator(text string) (comma rune, rest string, skipped int) {
	first, rest, _ := strings.Cut(text, "\n")
	said := strings.Trim(strings.TrimRight(first, "\r"), "\"")
	if len(said) == len("sep=;") && strings.EqualFold(said[:4], "sep=") && strings.ContainsAny(said[4:], ",;\t|") {
		return rune(said[4]), rest, 1
	}
	for line := range strings.Lines(text) {
		if first = line; strings.Trim(line, ",;\t| \r\n") != "" {
			break
		}
	}
	counts, quoted := map[rune]int{}, false
	for _, r := range first {
		if r == '"' {
			quoted = !quoted
		} else if !quoted {
			counts[r]++
		}
	}
	comma = ','
	for _, r := range ";\t|" {
		if counts[r] > counts[comma] {
			comma = r
		}
	}
	return comma, text, 0
}

func checkUTF8(text string) *Problem {
	if bad := invalidUTF8(text); bad < len(text) {
		return &Problem{Line: lineAt(text, bad), Reason: say.New("这里有损坏的UTF-8字符，文件可能不完整")}
	}
	return nil
}

// invalidUTF8 is the index of the first byte that is not UTF-8, or the length.
func invalidUTF8(text string) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return len(text)
}

func lineAt(text string, i int) int { return 1 + strings.Count(text[:i], "\n") }
