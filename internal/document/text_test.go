package document_test

// Text of uploads in any format and encoding that people send, and a plain refusal of what cannot be read or is too
// much. Word's own XML is read_test.go's.

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
)

func encode(t testing.TB, e encoding.Encoding, text string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadTextOfEveryEncoding(t *testing.T) {
	t.Parallel()
	const in, want = "一、共12人。\r\n二、\x00率\t16.5%\r完", "一、共12人。\n二、率\t16.5%\n完"
	const page = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>x</title></head><body><p>共12人</p></body></html>`
	for _, c := range []struct {
		name string
		body []byte
		want string
	}{
		{"utf8.txt", []byte(in + strings.Repeat("。", 40)), want + strings.Repeat("。", 40)},
		{"bom.md", []byte("\xEF\xBB\xBF# 题"), "# 题"},
		{"gbk.txt", encode(t, simplifiedchinese.GBK, "全市共12人，占16.5％。"), "全市共12人，占16.5％。"},
		{"gb18030.txt", encode(t, simplifiedchinese.GB18030, "㐀12人😀"), "㐀12人😀"},
		{"utf16le.txt", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "共12人"), "共12人"},
		{"utf16be.csv", encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "共,12人"), "共\t12人"},
		{"quoted.csv", []byte("指标,2017年,2018年\n\"率,\n百分\",\"1,234\",\n,,\n\"坏,1\n"),
			"指标\t2017年\t2018年\n率, 百分\t1,234\n坏,1"},
		{"gbk.html", encode(t, simplifiedchinese.GBK, page), "共12人"},
		{"label.html", []byte(page), "共12人"},
		{"utf16.html", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), page), "共12人"},
		{"no name but HTML", []byte("\xEF\xBB\xBF <!DOCTYPE html>\n<p>共12人"), "共12人"},
		{"pasted.txt", []byte("<p>不是网页</p>"), "<p>不是网页</p>"},
	} {
		got, err := document.ReadText(c.name, c.body)
		if err != nil || got != c.want {
			t.Errorf("%s: read %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}

func TestReadTextOfPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ html, want string }{
		{`<h1>题</h1>共<b>1</b>2&nbsp;人&lt;<p>一<br>二 </p><ul><li>三<li>四</ul>`, "题\n共12 人<\n一\n二\n三\n四"},
		{`<style>p{}</style><script>var a="<p>"</script><!-- c --><p hidden>a</p><p style="DISPLAY : none">b</p><noscript>n</noscript>见`, "见"},
		{`<table><tr><th>指标<th colspan=2>2018<br>年<th>单位<tr><td><p>率</p><p>（%）</p><td>16.5<td>	</table>`,
			"指标\t2018 年\t\t单位\n率 （%）\t16.5"},
		{`<table><tr><td rowspan=2>甲区<td>率<td rowspan=2>8<td>1<tr><td>人<td>2<tr><td>乙区<td>率<td>9<td>3</table>`,
			"甲区\t率\t8\t1\n\t人\t\t2\n乙区\t率\t9\t3"},
		{`<table><tr><td><p>一</p><p>二</p></td></tr></table>`, "一\n二"},
		{`<table><tr><td>栏</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>`, "栏\na\tb"},
		{`<table><tr><td>栏</td><td><p>一</p><p>` + strings.Repeat("长", 300) + `</p></td></tr></table>`,
			"栏\n一\n" + strings.Repeat("长", 300)},
		{"<pre>a  b\nc</pre>d  \n e", "a  b\nc\nd e"},
	} {
		got, err := document.ReadText("a.HTM", []byte(c.html))
		if err != nil || got != c.want {
			t.Errorf("%s: read %q, %v, want %q", c.html, got, err, c.want)
		}
	}
}

func TestReadTextOfTables(t *testing.T) {
	t.Parallel()
	p := func(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }
	tc := func(s string) string { return `<w:tc>` + s + `</w:tc>` }
	for _, c := range []struct{ xml, want string }{
		{p("前") + `<w:tbl><w:tr>` + tc(p("指标")) + tc(p("2017年")) + tc(p("2018年")) + `</w:tr><w:tr>` +
			tc(p("率")+p("（%）")) + tc(`<w:p/>`) +
			tc(`<w:p><w:r><w:t>1</w:t><w:br/><w:t>6</w:t><w:tab/></w:r></w:p>`) + `</w:tr></w:tbl>` + p("后"),
			"前\n指标\t2017年\t2018年\n率 （%）\t\t1 6 \n后"},
		{`<w:tbl><w:tr>` + tc(`<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>`+p("a")) + tc(p("b")) + `</w:tr><w:tr>` +
			tc(`<w:p/>`) + tc(`<w:p/>`) + `</w:tr></w:tbl>`, "a\t\tb"},
		{`<w:tbl><w:tr>` + tc(p("一")+p("二")) + `</w:tr></w:tbl>`, "一\n二"},
	} {
		got, err := document.ReadText("x", word(t, c.xml))
		if err != nil || got != c.want {
			t.Errorf("read %q, %v, want %q", got, err, c.want)
		}
	}
}

func TestManyEmptyCellsTakeNoLongerThanFullOnes(t *testing.T) {
	t.Parallel()
	text, err := document.ReadText("x.csv", []byte("x"+strings.Repeat(",", 400_000)+"y"))
	if want := "x" + strings.Repeat("\t", 400_000) + "y"; err != nil || text != want {
		t.Errorf("a row of 400,000 cells is read as %d characters, %v", len(text), err)
	}
}

func TestReadTextRefuses(t *testing.T) {
	t.Parallel()
	const oleHead = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	wide := func(s string) string {
		return string(encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), s))
	}
	docx := write(t, small())
	for _, c := range []struct{ name, body, want string }{
		{"a.doc", oleHead + wide("WordDocument"), "旧版文档"},
		{"a.docx", oleHead + wide("EncryptedPackage"), "密码"},
		{"a.docx", string(docx[:len(docx)/2]), "损坏"},
		{"a.docx", "PK\x05\x06" + strings.Repeat("\x00", 18), "损坏"},
		{"a.docx", string(pack(t, "a.txt", "b")), "不是 Word 文档"},
		{"a.docx", string(word(t, strings.Repeat("<w:p/>", 2<<20))), "过大"},
		{"a.docx", string(word(t, `<w:p/>`)), "没有文字"},
		{"a.docx", string(pack(t, "_rels/.rels", rels, "w/main.xml",
			`<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>`+open+
				`<w:p><w:r><w:t>&c;</w:t></w:r></w:p>`+wordEnd)), "损坏"},
		{"a.docx", string(word(t, strings.Repeat(`<w:p><w:r><w:t>`+strings.Repeat("多",
			1000)+`</w:t></w:r></w:p>`, document.MaxText/1000))), "200万字"},
		{"a.xlsx", string(pack(t, "xl/workbook.xml", "")), "Excel"},
		{"a.ofd", string(pack(t, "OFD.xml", "")), "版式文件"},
		{"a.pdf", "%PDF-1.4 ", "版式文件"},
		{"a.txt", "\x89PNG\r\n\x1a\n", "图片"},
		{"a.jpg", "\xFF\xD8\xFF\xE0", "图片"},
		{"a.rtf", `{\rtf1`, "格式无法读取"},
		{"a.mht", "MIME-Version: 1.0\nx", "格式无法读取"},
		{"a.xml", `<?xml version="1.0"?><a/>`, "格式无法读取"},
		{"a.txt", "\x01\x02\x03\x04abc", "不是文字文件"},
		{"a.txt", "\x81\x00\xFF\xFF" + strings.Repeat("\x9D\x01", 50), "不是文字文件"},
		{"a.txt", "\xFF\xFE" + strings.Repeat("\x00\xD8", 50), "不是文字文件"},
		{"a.txt", "", "没有文字"},
		{"a.txt", " \n\t\u3000\xEF\xBB\xBF", "没有文字"},
		{"a.html", `<script>1</script><img src=a>`, "没有文字"},
		{"a.html", strings.Repeat("<div>", 600) + "1", "格式无法读取"},
		{"a.txt", strings.Repeat("多", document.MaxText+1), "200万字"},
		{"a.csv", strings.Repeat(",", document.MaxText+1), "200万字"},
		{"a.txt", strings.Repeat("a", 20<<20+1), "20 MB"},
	} {
		got, err := document.ReadText(c.name, []byte(c.body))
		if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), c.want) || got != "" {
			t.Errorf("%s %.20q: read %d bytes, %v; want %s", c.name, c.body, len(got), err, c.want)
		}
	}
}

func TestReadFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	big, good := filepath.Join(dir, "big.docx"), filepath.Join(dir, "a.txt")
	f, err := os.Create(big)
	if err == nil {
		err = f.Truncate(200 << 20) // sparse
		f.Close()
	}
	if err == nil {
		err = os.WriteFile(good, []byte("共12人"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if body, err := document.ReadFile(good); err != nil || string(body) != "共12人" {
		t.Errorf("read %q, %v", body, err)
	}
	for path, want := range map[string]errs.Kind{big: errs.Invalid, dir: errs.Missing,
		filepath.Join(dir, "none"): errs.Missing} {
		if body, err := document.ReadFile(path); errs.KindOf(err) != want || body != nil {
			t.Errorf("%s: read %d bytes, %v", path, len(body), err)
		}
	}
	endless := strings.NewReader(strings.Repeat("a", 21<<20))
	if _, err := document.ReadBody(endless); errs.KindOf(err) != errs.Invalid || endless.Len() < 1<<20-512 {
		t.Errorf("%v, %d bytes left", err, endless.Len())
	}
}

func FuzzReadText(f *testing.F) {
	for name, body := range map[string][]byte{
		"a.docx": write(f, small()), "a.csv": []byte("a,\"b\nc\",d\n"),
		"a.html": []byte("<table><tr><td>a<td><p>b<p>c&lt;"),
		"a.txt":  encode(f, simplifiedchinese.GBK, "共12人"), "": []byte("\xFE\xFF\x4E\x00"),
		"b.htm": []byte("<meta charset=big5>\xA4\xA4"),
	} {
		f.Add(name, body)
	}
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		text, err := document.ReadText(name, body)
		if err != nil {
			if errs.KindOf(err) != errs.Invalid {
				t.Errorf("%v is not a refusal", err)
			}
			return
		}
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r\uFEFF\x7f") {
			t.Errorf("read %q", text)
		}
		// What was read stays what it is, in a document too.
		var b bytes.Buffer
		if _, err := document.Marked(&b, "", text, []document.Note{{Start: 0, End: 1}}, noted); err != nil &&
			errs.KindOf(err) != errs.Invalid {
			t.Error(err)
		}
	})
}
