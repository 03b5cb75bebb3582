package document_test

// Text comes out of any Word file in its order, and what is none is refused in words within limits of size. Other
// formats: text_test.go.

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
)

func read(docx []byte) ([]string, error) {
	return document.Read(bytes.NewReader(docx), int64(len(docx)))
}

func TestReadInOrder(t *testing.T) {
	t.Parallel()
	got, err := read(write(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"演示〔2018〕1号", "示范市妇女儿童工作委员会\n关于2018年工作情况的报告", "市人民政府：",
		"2018年工作总结", "一、总体情况", "（一）婚前医学检查", "1.进展", "（1）数据",
		"全市检查率达到16.5%，详见网页。", "附件：1.数据来源", "2.说明", "演示单位", "2018年12月31日",
		"附件1", "数据来源", "表1　数据来源", "指标", "数值", "摘要", "检查率", "16.5%", strings.Repeat("f", 64),
		"第二张表见下。", "区", "人数", "率", "无", "无", "无", "附件2", "说明",
	}
	if !slices.Equal(got, want) {
		t.Errorf("read\n%q\nwant\n%q", got, want)
	}
}

// Whatever a text holds, the document opens and the text comes back, without what XML cannot carry.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\x00-\x20<>&"'\]a一\x{FFFE}\x{10FFFF}]*`))
	rapid.Check(t, func(t *rapid.T) {
		texts := []string{text.Draw(t, "title"), text.Draw(t, "heading"), text.Draw(t, "run"), text.Draw(t, "cell")}
		texts[0] = string([]rune(texts[0])[:min(15, len([]rune(texts[0])))]) // a longer title is broken into lines
		var docx bytes.Buffer
		err := document.Write(&docx, document.Document{Title: texts[0], Sample: texts[0], Blocks: []document.Block{
			document.Heading{Level: 1, Text: texts[1]},
			document.Text(texts[2]),
			document.Table{Columns: make([]document.Column, 1),
				Rows: [][]document.Run{{{Text: texts[3], Anchor: texts[0]}}}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, s := range texts {
			s = strings.Map(func(r rune) rune {
				if r < 0x20 && !strings.ContainsRune("\t\n", r) || r == 0xFFFE || r == 0xFFFF {
					return -1
				}
				return r
			}, s)
			if strings.TrimSpace(s) != "" {
				want = append(want, s)
			}
		}
		got, err := read(docx.Bytes())
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("read %q, %v, want %q", got, err, want)
		}
	})
}

const (
	rels = `<Relationships><Relationship Type="http://x/officeDocument" Target="/w/main.xml"/></Relationships>`
	open = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="mc"><w:body>`
	end  = `</w:body></w:document>`
)

// pack makes a package of pairs of a name and a content.
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadWhatOthersWrote(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, xml, want string }{
		{"runs join", `<w:p><w:r><w:t>16.</w:t></w:r><w:r><w:t>5%</w:t></w:r></w:p>`, "16.5%"},
		{"a tab stop is not a tab", `<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>`, "a\tb"},
		{"tracked changes: the new text", `<w:p><w:del><w:r><w:delText>1</w:delText></w:r></w:del><w:ins><w:r><w:t>2</w:t></w:r></w:ins></w:p>`, "2"},
		{"moved text once", `<w:p><w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>a</w:t></w:r></w:moveTo></w:p>`, "a"},
		{"a field's result", `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>`, "3"},
		{"a text box once, after its paragraph",
			`<w:p><w:r><w:t>a</w:t><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>b</w:t></w:r></w:p></mc:Choice>` +
				`<mc:Fallback><w:p><w:r><w:t>b</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:t>c</w:t></w:r></w:p>`, "ac|b"},
		{"nested tables", `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>`, "a|b"},
		{"breaks and hyphens", `<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r></w:p>`, "a\nb-c"},
		{"nothing at all", `<w:p/>`, ""},
	} {
		docx := pack(t, "_RELS/.rels", rels, "w/main.xml", open+c.xml+end, "w/footnotes.xml",
			`<footnotes><p><r><t>注</t></r></p></footnotes>`)
		got, err := read(docx)
		if want := strings.TrimPrefix(c.want+"|注", "|"); err != nil || strings.Join(got, "|") != want {
			t.Errorf("%s: read %q, %v, want %q", c.name, got, err, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	good := write(t, small())
	main := func(xml string) []byte { return pack(t, "_rels/.rels", rels, "w/main.xml", xml) }
	damaged := bytes.Clone(good)
	copy(damaged[bytes.Index(damaged, []byte("word/document.xml"))+60:], "0123456789")
	locked := main(open + end)
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1 // the directory's flag of the first part
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"nothing", nil, "不是 Word 文档"},
		{"plain text", []byte("全市检查率达到16.5%"), "不是 Word 文档"},
		{"an old .doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), "旧版"},
		{"an encrypted zip", locked, "加密"},
		{"a zip of something else", pack(t, "readme.txt", "a"), "不是 Word 文档"},
		{"a workbook", main(`<workbook/>`), "不是 Word 文档"},
		{"a package without its document", pack(t, "_rels/.rels", rels), "不是 Word 文档"},
		{"a file cut short", good[:len(good)/2], "损坏"},
		{"overwritten bytes", damaged, "损坏"},
		{"XML that does not end", main(open), "损坏"},
		{"elements without end", main(open + strings.Repeat("<a>", 2000)), "损坏"},
		{"a bomb", main(open + strings.Repeat("<w:p/>", 2<<20) + end), "过大"},
		{"one endless element", main(open + `<w:p a="` + strings.Repeat("0", 8<<20) + `"/>` + end), "过大"},
	} {
		got, err := read(c.file)
		if e, ok := errors.AsType[*errs.Error](err); !ok || e.Kind != errs.Invalid ||
			!strings.Contains(e.Error(), c.want) || got != nil {
			t.Errorf("%s: read %d paragraphs, error %v; want none and %q", c.name, len(got), err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(write(f, small()))
	f.Add(pack(f, "_rels/.rels", rels, "w/main.xml", open+end))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, err := read(file); err != nil && errs.KindOf(err) != errs.Invalid {
			t.Errorf("%v is not a refusal", err)
		}
	})
}

// FuzzReadDocument goes past the zip to the XML.
func FuzzReadDocument(f *testing.F) {
	golden, err := os.ReadFile("testdata/document.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(golden))
	f.Add(open + `</w:p><w:p><w:del/></w:p>` + end)
	f.Fuzz(func(t *testing.T, xml string) {
		if _, err := read(pack(t, "_rels/.rels", rels, "w/main.xml", xml)); err != nil &&
			errs.KindOf(err) != errs.Invalid {
			t.Errorf("%v is not a refusal", err)
		}
	})
}
